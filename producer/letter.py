"""Letters of Vietnamese: their plain forms, and the order of its dictionaries."""

from __future__ import annotations

import re
import unicodedata

# Đ and đ are letters of their own: no form of Unicode takes their stroke away.
_BARE = str.maketrans("đĐ", "dD")
TAG = re.compile(r"#(\w+)")
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = (
    "\u0300\u0309\u0303\u0301\u0323"  # huyền hỏi ngã sắc nặng, the order of dictionaries; none comes first
)
LEAST_LETTERS = 2  # of a name
_RANK = {letter: rank for rank, letter in enumerate(ALPHABET)}


def seen(text: str) -> bool:
    """Whether a text holds anything that can be seen: spaces, zero-width signs and controls cannot."""
    return any(unicodedata.category(letter)[0] not in "ZC" for letter in text)


def is_name(text: str) -> bool:
    """Whether a text can be anybody's name: it has two letters at least."""
    return sum(letter.isalpha() for letter in text) >= LEAST_LETTERS


def bare(text: str) -> str:
    """Return a text without its marks, whatever form it came in: ``Đặng`` is ``Dang``."""
    parted = unicodedata.normalize("NFKD", text.translate(_BARE))
    return "".join(letter for letter in parted if not unicodedata.combining(letter)).translate(_BARE)


def search_form(text: str) -> str:
    """Return what a search compares: small letters without marks, so that ``dang thi`` finds ``Đặng Thị``."""
    return " ".join(bare(text).lower().split())


def slug(text: str) -> str:
    """Return a text as the part of an address: ``le-phat-dong``."""
    return re.sub(r"[^a-z0-9]+", "-", search_form(text)).strip("-")


def hashtag(text: str) -> str:
    """Return words as one tag, each with a capital: ``Tết Sum vầy 2025`` becomes ``#TetSumVay2025``.

    A text of tags stays as many tags, in plain letters. Of words without a letter or digit nothing is left.
    """
    if "#" in text:
        return plain_tags(text).strip()
    words = re.findall(r"[A-Za-z0-9]+", bare(text))
    return "#" + "".join(word[0].upper() + word[1:] for word in words) if words else ""


def plain_tags(text: str) -> str:
    """Return ``text`` with its tags in ASCII: a network cuts others off, or finds them apart."""
    return TAG.sub(lambda found: f"#{_ascii(found.group(1))}", unicodedata.normalize("NFC", text))


def _ascii(word: str) -> str:
    """A word without its marks; a letter that is not Latin is left out."""
    return bare(word).encode("ascii", "ignore").decode("ascii")


def text_key(text: str) -> tuple[tuple[tuple[int, str], ...], tuple[int, ...], str]:
    """Return what texts are sorted by: letters in the order of the alphabet, then tones, then as they are written.

    Source: TCVN 6909 has the letters, the order of tones is that of Vietnamese dictionaries.
    """
    letters: list[tuple[int, str]] = []
    tones: list[int] = []
    for letter in unicodedata.normalize("NFC", text).lower():
        parted = unicodedata.normalize("NFD", letter)
        tone = next((mark for mark in parted if mark in TONES), "")
        base = unicodedata.normalize("NFC", parted.replace(tone, "")) if tone else letter
        letters.append((_RANK[base] + len(TONES), "") if base in _RANK else (0, base))
        tones.append(TONES.index(tone) + 1 if tone else 0)
    return tuple(letters), tuple(tones), text


def name_key(name: str) -> tuple[object, ...]:
    """Return what people are sorted by: the given name, which comes last, then the middle ones, then the family's."""
    words = name.split()
    if not words:
        return ()
    return (text_key(words[-1]), text_key(" ".join(words[1:-1])), text_key(words[0]))
