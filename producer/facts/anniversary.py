"""How many years: beside two dates, the count must be what lies between them."""

from __future__ import annotations

import re
from collections.abc import Iterator

_DATE = r"(\d{1,2})/(\d{1,2})/(\d{4})"
PATTERN = re.compile(
    rf"(?<!\d)(\d{{1,4}})\s+năm\b[^()\d]{{0,80}}\(\s*{_DATE}\s*[–-]\s*{_DATE}\s*\)", re.IGNORECASE
)


def wrong_years(text: str) -> Iterator[tuple[str, str]]:
    """Yield ``(years as written, full years between the dates)`` for each count that its two dates deny.

    Who served from 1/9/1990 to 31/5/2025 has 34 full years and is honoured for 35, as the calendar counts: both hold.
    """
    for found in PATTERN.finditer(text):
        written, *parts = found.groups()
        day, month, year, last_day, last_month, last_year = map(int, parts)
        by_calendar = last_year - year
        full = by_calendar - ((last_month, last_day) < (month, day))
        if int(written) not in (full, by_calendar):
            yield written, str(full)
