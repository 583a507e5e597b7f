"""Spaces, dashes and quotation marks that a careful hand would set otherwise: told, never changed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from producer.facts.model import Finding, remark
from producer.facts.reading import Reading

_SPACES = re.compile(r"\S( {2,})(?=\S)|[^\W\d_]\s+([,;:!?])(?!\))|[^\W\d_](,)(?=[^\W\d_])")
_SPACED_HYPHEN = re.compile(r"[^\W\d_]\s-\s(?=[^\W\d_])")


def untidy(reading: Reading) -> Iterator[Finding]:
    """Yield one note for each kind of untidiness of a text."""
    text = reading.text
    found = _SPACES.search(text)
    if found and "://" not in text and "@" not in text:
        yield remark("facts/untidy-spaces", written=text[max(found.start() - 8, 0) : found.end() + 8].strip())
    if _SPACED_HYPHEN.search(text) and "–" in text:
        yield remark("facts/untidy-dashes", written="-")
    if '"' in text and ("“" in text or "”" in text):
        yield remark("facts/untidy-quotes", written='"')
