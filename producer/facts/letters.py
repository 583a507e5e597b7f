"""Texts in a letter set of before Unicode, and the Icelandic eth typed for đ."""

from __future__ import annotations

from collections.abc import Iterator

from producer.facts.model import Finding, contradiction, doubt
from producer.facts.reading import Reading
from producer.legacy import legacy_words, without_eth


def odd_letters(reading: Reading, *, typed: bool) -> Iterator[Finding]:
    """Yield a text that was never turned into Unicode, or has letters that only look right."""
    if reading.text.isascii():
        return
    legacy = legacy_words(reading.text) if typed else None  # of a sheet they were read as they were meant
    if legacy is not None:
        yield contradiction(
            "facts/legacy-encoding", written=reading.text, encoding=legacy[0], right=legacy[1]
        )
    elif (right := without_eth(reading.text)) != reading.text:
        yield doubt("facts/eth-for-dyet", written=reading.text, right=right)
