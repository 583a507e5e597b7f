"""Letters of before Unicode: TCVN3 and VNI read as Latin, UTF-8 read as Windows-1252, and the eth for đ."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from producer.syllable import is_short, is_syllable

TCVN3, VNI, TWICE = "TCVN3", "VNI", "UTF-8 > Windows-1252"

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
# A letter of UTF-8 whose bytes somebody read as Windows-1252: “á»™” for “ộ”.
_LATIN = {bytes([code]).decode("cp1252", "replace"): code for code in range(0x80, 0xA0)}
_LATIN |= {chr(code): code for code in range(0x80, 0x100)} | {"\u00a0": 0xA0}
_LATIN_SIGNS = [letter for letter, code in _LATIN.items() if 0x80 <= code < 0xA0 and letter not in "–—‘’“”…•"]
_TAIL = "".join(re.escape(letter) for letter, code in _LATIN.items() if code < 0xC0 and letter != "\ufffd")
_TWICE_WORD = re.compile(f"(?:[ÂÃÄÅÆÌ][{_TAIL}]|[áâ][{_TAIL}][{_TAIL}])")
_ETH = re.compile("[\u00d0\u00f0]")
# Vietnamese letters that no page of 256 letters has: a word with one of these was written in Unicode.
_UNICODE_ONLY = re.compile("[\u0102\u0103\u0110\u0111\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")
_HIGH = re.compile("[\u0080-\uffff]")
LEAST = 2  # signs: a foreign name may hold one


@dataclass(frozen=True, slots=True)
class Converted:
    """What a text of before Unicode says, and the words of it that whoever knows should read again."""

    encoding: str
    text: str
    doubtful: tuple[str, ...] = ()


def legacy_words(text: str) -> tuple[str, str] | None:
    """Return which encoding a text was in and what it then says; nothing where it is in Unicode."""
    found = from_legacy(text)
    return (found.encoding, found.text) if found is not None else None


def from_legacy(text: str, known: str = "") -> Converted | None:
    """Return a text in Unicode; nothing where it is so already.

    ``known`` is the encoding that the rest of its file is in: then one sign is enough.
    """
    for encoding, pattern in _WORDS.items():
        if len(pattern.findall(text)) >= LEAST or (encoding == known and _HIGH.search(text)):
            made = convert(text, encoding)
            return made if made.text != text else None
    return None


def convert(text: str, encoding: str) -> Converted:
    """Return a text of ``encoding`` word by word; a word that only Unicode can write stays as it is."""
    doubtful: list[str] = []

    def one(found: re.Match[str]) -> str:
        written = found[0]
        if _UNICODE_ONLY.search(written) or not _HIGH.search(written):
            return written
        read = _composed(_READERS[encoding](written))
        words, raised = _letters(written), _raised(read)
        possible = all(is_syllable(word) or is_short(word) for word in _letters(read))
        if not possible and words and all(map(is_syllable, words)):
            return written  # it makes sense as it stands, and none as the old encoding
        if raised != read or not possible or read == written:
            doubtful.append(raised)
        return raised

    made = re.sub(r"[^ \t\r\n]+", one, text)
    return Converted(encoding, made, tuple(dict.fromkeys(doubtful)))


def _letters(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text)


def _raised(word: str) -> str:
    """A word of capitals with all its letters large: TCVN3 has no capitals with a tone, but fonts of capitals."""
    plain = [letter for letter in word if letter.isalpha() and letter.isascii()]
    return word.upper() if len(plain) > 1 and all(letter.isupper() for letter in plain) else word


def _from_tcvn3(text: str) -> str:
    return "".join(_TCVN3.get(letter, letter) for letter in text)


def _from_vni(text: str) -> str:
    return _VNI_PATTERN.sub(lambda found: _VNI[found[0]], text)


def _from_twice(text: str) -> str:
    """A text whose every letter can have been a byte; else it stays as it is."""
    if any(ord(letter) >= 0x80 and letter not in _LATIN for letter in text):
        return text
    try:
        return bytes(_LATIN.get(letter, ord(letter)) for letter in text).decode()
    except UnicodeDecodeError:
        return text


def without_eth(text: str) -> str:
    """Return a text with Đ and đ for the eths that look like them."""
    return _ETH.sub(lambda found: "Đ" if found[0] == "\u00d0" else "đ", text)


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


_WORDS: Mapping[str, re.Pattern[str]] = {TWICE: _TWICE_WORD, TCVN3: _TCVN3_WORD, VNI: _VNI_WORD}
_READERS: Mapping[str, Callable[[str], str]] = {TWICE: _from_twice, TCVN3: _from_tcvn3, VNI: _from_vni}
# Letters that such a text holds and Vietnamese in Unicode does not. VNI may do with pairs of its own: see `is_odd`.
SIGNS = _TCVN3_SIGNS + "§øûïñöåäëüæîØÛÏÑÖÅÄËÜÆÎÌß" + "".join(_LATIN_SIGNS)
