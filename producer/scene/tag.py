"""Hashtags in plain letters: networks cut others off, or keep them apart from what people type."""

from __future__ import annotations

import re
import unicodedata

TAG = re.compile(r"#(\w+)")
WORD = re.compile(r"\w+")


def plain_letters(text: str) -> str:
    """Return ``text`` in ASCII: letters without their marks, ``đ`` as ``d``; what has no such letter is left out."""
    parted = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return parted.encode("ascii", "ignore").decode("ascii")


def hashtag(text: str) -> str:
    """Return words as one tag, each with a capital: ``Tết Sum vầy 2025`` becomes ``#TetSumVay2025``.

    A text of tags stays as many tags, in plain letters. Of words without a letter or digit nothing is left.
    """
    if "#" in text:
        return plain_tags(text).strip()
    words = WORD.findall(plain_letters(unicodedata.normalize("NFC", text)))
    made = "".join(word[0].upper() + word[1:] for word in words)
    return f"#{made}" if made else ""


def plain_tags(text: str) -> str:
    """Return ``text`` with its tags in plain letters: a network cuts others off, or finds them apart."""
    return TAG.sub(lambda found: f"#{plain_letters(found.group(1))}", unicodedata.normalize("NFC", text))
