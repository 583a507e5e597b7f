"""Slips of the pen: abbreviations that are nearly those of the trade, and words often mistyped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from producer.facts.model import Finding, doubt
from producer.facts.reading import Reading
from producer.letter import bare

# What the unions' documents shorten, with what it stands for.
ABBREVIATIONS = {
    "LĐLĐ": "Liên đoàn Lao động",
    "TLĐ": "Tổng Liên đoàn",
    "CĐCS": "công đoàn cơ sở",
    "CĐ": "công đoàn",
    "NLĐ": "người lao động",
    "NSDLĐ": "người sử dụng lao động",
    "CNVCLĐ": "công nhân, viên chức, lao động",
    "CNLĐ": "công nhân, lao động",
    "CBCCVC": "cán bộ, công chức, viên chức",
    "BCH": "Ban Chấp hành",
    "BTV": "Ban Thường vụ",
    "UBKT": "Ủy ban Kiểm tra",
    "UBND": "Ủy ban nhân dân",
    "ATVSLĐ": "an toàn, vệ sinh lao động",
    "ĐVCĐ": "đoàn viên công đoàn",
    "BHXH": "bảo hiểm xã hội",
    "BHYT": "bảo hiểm y tế",
    "BHTN": "bảo hiểm thất nghiệp",
    "HĐLĐ": "hợp đồng lao động",
}
# A tone or a letter that turns one word into another one, which makes no sense there.
WORDS = {
    "dự luận": "dư luận",
    "công đoan": "công đoàn",
    "đoàn viện": "đoàn viên",
    "người lao đông": "người lao động",
    "xã hôi": "xã hội",
    "chế đô": "chế độ",
    "sáng kiên": "sáng kiến",
    "bảo hiễm": "bảo hiểm",
    "chia sẽ": "chia sẻ",
    "sử lý": "xử lý",
    "nổ lực": "nỗ lực",
}
_ABBREVIATION = re.compile(r"(?<![\w/.#-])[A-ZĐ]{3,7}(?![\w/.-])")
LEAST = 4  # letters of which one may be wrong; of three, only the stroke of Đ


def slips(reading: Reading, glossary: Mapping[str, str]) -> Iterator[Finding]:
    """Yield abbreviations that are nearly those of the trade, and words that are easily confused.

    ``glossary`` holds the brand's own words, with what should stand in their place.
    """
    for found in _ABBREVIATION.finditer(reading.text):
        meant = _meant(found[0])
        if meant:
            yield doubt("facts/likely-slip", written=found[0], right=meant)
    words = {**WORDS, **{wrong.lower(): right for wrong, right in glossary.items()}} if glossary else WORDS
    if any(word in reading.lower for word in words):
        for found in _pattern(tuple(words)).finditer(reading.text):
            yield doubt("facts/likely-slip", written=found[0], right=words[found[0].lower()])


@lru_cache(maxsize=8)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in words), re.IGNORECASE)


@lru_cache(maxsize=4096)
def _meant(written: str) -> str:
    """The abbreviation that another letter would make of this one; empty where it is one, or like none."""
    if written in ABBREVIATIONS:
        return ""
    stroke = next((known for known in ABBREVIATIONS if bare(known) == bare(written)), "")
    if stroke or len(written) < LEAST:
        return stroke
    near = [known for known in ABBREVIATIONS if len(known) == len(written) and _off(known, written) == 1]
    return near[0] if len(near) == 1 else ""


def _off(one: str, two: str) -> int:
    """In how many places two words of one length differ."""
    return sum(a != b for a, b in zip(one, two, strict=True))
