"""Letters that a cell must not hold: they steer a terminal or stand for none; and texts that a program spoiled."""

from __future__ import annotations

import re

from producer.legacy import SIGNS

# Controls but tab and line ends; marks that turn the direction of reading; halves, replacements and non-letters.
_REFUSED = (
    "\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffd\ufffe\uffff"
)
REFUSED = re.compile(f"[{_REFUSED}]")
_ODD = re.compile(f"[{_REFUSED}{re.escape(SIGNS)}]")
# What Excel writes for a letter that its old page has not: a question mark inside a word.
LOST = re.compile(r"[A-Za-zÀ-ỹ]\?[A-Za-zÀ-ỹ?]|\?\?[A-Za-z]")
# What Excel writes for a long number, a telephone or an account, in a column that is too narrow for it.
SHORTENED = re.compile(r"-?[1-9](?:[.,][0-9]+)?E\+[0-9]{2,3}")


def is_odd(line: str) -> bool:
    """Whether a line holds anything for which its cells are worth a closer look."""
    if "E+" in line and SHORTENED.search(line) is not None:
        return True
    if line.isascii():
        return REFUSED.search(line) is not None
    if _ODD.search(line) is not None:
        return True
    small = line.lower()
    return "oâ" in small or "aâ" in small or "eâ" in small or "aê" in small  # pairs that only VNI has


def refused(text: str) -> str:
    """Return the first letter of a text that must not stand in it, as ``U+202E``; empty where there is none."""
    found = REFUSED.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""


def has_lost(text: str) -> bool:
    """Whether letters of a text were lost when it was saved: ``Vi?t Nam``. An address may hold the same sign."""
    return "?" in text and "://" not in text and "www." not in text and LOST.search(text) is not None


def is_shortened(text: str) -> bool:
    """Whether a text is a number whose last figures are lost: ``9.04E+08``."""
    return "E+" in text and SHORTENED.fullmatch(text.strip()) is not None
