"""The sixty names of lunar years: Giáp Tý to Quý Hợi."""

from __future__ import annotations

STEMS = ("giáp", "ất", "bính", "đinh", "mậu", "kỷ", "canh", "tân", "nhâm", "quý")
BRANCHES = ("tý", "sửu", "dần", "mão", "thìn", "tỵ", "ngọ", "mùi", "thân", "dậu", "tuất", "hợi")
# Spellings of the same names.
VARIANTS = {"kỉ": "kỷ", "quí": "quý", "tí": "tý", "tị": "tỵ", "mẹo": "mão", "vị": "mùi"}
CYCLE = (
    r"(?:Giáp|Ất|Bính|Đinh|Mậu|Kỷ|Kỉ|Canh|Tân|Nhâm|Quý|Quí)\s+"
    r"(?:Tý|Tí|Sửu|Dần|Mão|Mẹo|Thìn|Tỵ|Tị|Ngọ|Mùi|Thân|Dậu|Tuất|Hợi)\b"
)


def name_of(year: int) -> str:
    """Return what a lunar year is called: 2026 is Bính Ngọ."""
    return f"{STEMS[(year + 6) % 10].capitalize()} {BRANCHES[(year + 8) % 12].capitalize()}"


def plain(name: str) -> str:
    """Return a year's name in the spelling of :func:`name_of`, in small letters."""
    return " ".join(VARIANTS.get(word, word) for word in name.lower().split())


def is_name_of(name: str, year: int) -> bool:
    """Whether ``year`` is called ``name``."""
    return plain(name) == name_of(year).lower()
