"""Khmer as it is written and as it is drawn: some vowels and ra stand before the letter that they follow."""

from __future__ import annotations

import re

_BASE = "[\u1780-\u17b3]"
_BEFORE = "[\u17c1-\u17c3]"  # vowels drawn before their letter
_RA = "\u17d2\u179a"  # the one letter below that is drawn before
_BELOW = f"\u17d2(?!\u179a){_BASE}"
_SIGN = "[\u17b6-\u17d1\u17d3\u17dd]"
_DRAWN = re.compile(f"({_BEFORE}?)((?:{_RA})?)({_BASE})((?:{_BELOW})*)((?:{_BELOW}|(?!{_BEFORE}){_SIGN})*)")
_WRITTEN = re.compile(f"{_BASE}(?:\u17d2{_BASE}|{_SIGN})*")
# Vowels of two parts, the first drawn before the letter: fonts draw these with the signs of other vowels …
_PARTS = str.maketrans({"\u17be": "\u17c1\u17b8", "\u17c4": "\u17c1\u17b6"})
_WHOLE = frozenset("\u17bf\u17c0\u17c5")  # … and for these keep a sign of their own behind the letter
_GAP = re.compile("(?<=[\u1780-\u17ff]) +(?=[\u1780-\u17ff])")


def written_order(drawn: str) -> str:
    """Return letters as they were drawn, from left to right, in the order in which they are written."""
    return _DRAWN.sub(r"\3\4\2\1\5", drawn)


def syllable_form(text: str) -> str:
    """Return written Khmer in the form in which it is compared, and all else as it is.

    Vowels fall into their parts and the marks of each syllable stand in order, since several orders draw the
    same; gaps go, since Khmer has none between words and a line may end at any.
    """
    return _WRITTEN.sub(_in_order, _GAP.sub("", text))


def _in_order(found: re.Match[str]) -> str:
    marks = found[0][1:].translate(_PARTS)
    if not _WHOLE.isdisjoint(marks):
        marks = marks.replace("\u17c1", "")
    return found[0][0] + "".join(sorted(marks))
