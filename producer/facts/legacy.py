"""Letters of before Unicode: TCVN3 and VNI read as if they were Latin, and the Icelandic eth typed for đ."""

from __future__ import annotations

import re
import unicodedata

# TCVN3 (ABC) as Latin-1 shows it. Source: TCVN 5712:1993, VN3.
_TCVN3 = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
        strict=True,
    )
)
_TCVN3_SIGNS = "µ¸¶·¹¨»¾¼½©®ª×«¬¡¢§£¤¥¦÷"  # which no word of Unicode holds
# VNI: a letter and its mark behind it. Source: VNI Software, the character set of its fonts.
_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_HAT = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_BREVE = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_VNI: dict[str, str] = {"ñ": "đ", "ö": "ư", "ô": "ơ", "æ": "ỉ", "ò": "ị", "ó": "ĩ", "î": "ỵ"}
_VNI |= {letter + mark: letter + tone for letter in "aeouy" for mark, tone in _TONES.items()}
_VNI |= {"ô" + mark: "ơ" + tone for mark, tone in _TONES.items()}
_VNI |= {"ö" + mark: "ư" + tone for mark, tone in _TONES.items()}
_VNI |= {letter + mark: letter + "\u0302" + tone for letter in "aeo" for mark, tone in _HAT.items()}
_VNI |= {"a" + mark: "a\u0306" + tone for mark, tone in _BREVE.items()}
_VNI |= {one.upper(): two.upper() for one, two in _VNI.items()}
_VNI_PATTERN = re.compile("|".join(sorted(_VNI, key=len, reverse=True)))

# A sign inside a word, or "®" and "§", which stand for đ and Đ, at its head.
_TCVN3_WORD = re.compile(rf"[A-Za-z][{_TCVN3_SIGNS}]+[A-Za-zµ¸¶·¹]|(?<!\w)[®§][a-zµ-ÿ]")
_VNI_WORD = re.compile(
    "[aeo][âåä]|a[êëü]|[aeouyôö][øûï]|ñ[aeiouyôöí]|[aeo]ã(?=[mnpct])|[bcdghklmnpqrstvx]ö[aùøûõïncmpt]",
    re.IGNORECASE,
)
_ETH = re.compile("[\u00d0\u00f0]")
LEAST = 2  # signs: a foreign name may hold one


def legacy_words(text: str) -> tuple[str, str] | None:
    """Return which encoding a text was in and what it then says; nothing where it is in Unicode."""
    if len(_TCVN3_WORD.findall(text)) >= LEAST:
        return "TCVN3", "".join(_TCVN3.get(letter, letter) for letter in text)
    if len(_VNI_WORD.findall(text)) >= LEAST:
        return "VNI", _composed(_VNI_PATTERN.sub(lambda found: _VNI[found[0]], text))
    return None


def without_eth(text: str) -> str:
    """Return a text with Đ and đ for the eths that look like them."""
    return _ETH.sub(lambda found: "Đ" if found[0] == "\u00d0" else "đ", text)


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)
