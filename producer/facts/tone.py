"""Tone marks set in two styles in one piece: hòa beside hoà."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import Enum

from producer.facts.model import Finding, doubt
from producer.facts.reading import Reading
from producer.syllable import without_tone


class Style(Enum):
    """Where an open oa, oe or uy bears its tone."""

    OLD = "hòa"
    NEW = "hoà"


_WORD = re.compile(
    r"(?<![^\W_])(?<!/)[^\W\d_]*?(?:o[àáảãạèéẻẽẹ]|[òóỏõọ][ae]|u[ỳýỷỹỵ]|[ùúủũụ]y)(?![^\W_]|/)", re.IGNORECASE
)


def mixed_tones(reading: Reading) -> Iterator[Finding]:
    """Yield the word whose style is the rarer of two in one text."""
    yield from mixed((reading.text,))


def mixed(texts: Iterable[str], *, names: bool = True) -> Iterator[Finding]:
    """Yield the first word of the rarer style where texts have both; ``names`` tells whether capitals count."""
    words: dict[Style, list[str]] = {Style.OLD: [], Style.NEW: []}
    for text in texts:
        for found in _WORD.finditer(text):
            if names or found[0][0].islower() or not found.start():
                style = style_of(found[0].lower())
                if style is not None:
                    words[style].append(found[0])
    if words[Style.OLD] and words[Style.NEW]:
        rarer = min(words, key=lambda style: len(words[style]))
        other = Style.NEW if rarer is Style.OLD else Style.OLD
        yield doubt("facts/two-tone-styles", written=words[rarer][0], other=words[other][0])


def style_of(word: str) -> Style | None:
    """Return the style of a word that could be set in either; nothing for any other word, as quý."""
    base, tone, place = without_tone(word)
    if not tone or not base.endswith(("oa", "oe", "uy")) or base.startswith("qu"):
        return None
    return Style.NEW if place == len(base) - 1 else Style.OLD
