"""Words as people type them in a hurry: without marks, and đ as d."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"\w+")


def fold(text: str) -> str:
    """Return a text in small letters of ASCII where it was Vietnamese: ``Công đoàn`` is ``cong doan``.

    SQLite's own ``remove_diacritics`` leaves đ alone, which has no form of d and a mark in Unicode.
    """
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter)).casefold()


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text as the catalogue parts them, in NFC."""
    return tuple(_WORD.findall(unicodedata.normalize("NFC", text).replace("_", " ")))
