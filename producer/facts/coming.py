"""Past events that are announced as coming."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from producer.facts.model import Finding, doubt, shown
from producer.facts.reading import Reading

_COMING = re.compile(
    r"\b(?:sắp\s+(?:diễn\s+ra|tới|khai\s+mạc|tổ\s+chức)|sẽ\s+(?:diễn\s+ra|được\s+tổ\s+chức|tổ\s+chức|khai\s+mạc|khai\s+giảng)"
    r"|trân\s+trọng\s+kính\s+mời|kính\s+mời)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)  # sheets repeat their words from row to row
def announced(text: str) -> str:
    """Return the words by which a text announces something as coming, or nothing."""
    found = _COMING.search(text)
    return found[0] if found else ""


def past_as_coming(reading: Reading, today: date) -> Iterator[Finding]:
    """Yield an announcement of a day that was before ``today``: the only dated one of its sentence."""
    for sentence in reading.sentences:
        words = announced(sentence.text)
        days = [day.solar for day in sentence.days if day.solar is not None and day.own_year]
        if words and len(days) == 1 and days[0] < today:
            yield doubt("facts/past-as-coming", written=words, date=shown(days[0]), today=shown(today))
