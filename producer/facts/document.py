"""The number of a document against the day beside it: 74/2024/NĐ-CP is of 2024."""

from __future__ import annotations

import re
from collections.abc import Iterator

from producer.facts.model import Finding, contradiction, shown
from producer.facts.reading import Reading

# A number that holds its year, and the words by which the very next day is that of the document.
_NUMBER = re.compile(r"(?<![\w/])(?P<number>\d{1,4}/(?P<year>(?:19|20)\d\d)/[A-ZĐ]{2,}[\dA-ZĐ-]*)")
_OF_DAY = re.compile(r"\s*,?\s*(?:(?:được\s+)?(?:ký|ban\s+hành)\s+)?ngày\s+", re.IGNORECASE)


def wrong_documents(reading: Reading) -> Iterator[Finding]:
    """Yield documents whose number says another year than the day on which they were signed."""
    if "/" not in reading.text:
        return
    for found in _NUMBER.finditer(reading.text):
        day = next((one for one in reading.days if one.start >= found.end()), None)
        if day is None or not day.own_year or not _OF_DAY.fullmatch(reading.text, found.end(), day.start):
            continue
        if day.solar is not None and day.year != int(found["year"]):
            facts = {"written": found["number"], "year": found["year"], "date": shown(day.solar)}
            yield contradiction("facts/document-year", **facts)
