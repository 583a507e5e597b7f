"""How many years: beside two dates, the count must be what lies between them."""

from __future__ import annotations

import re
from collections.abc import Iterator

_DATE = r"\d{1,2}/\d{1,2}/(\d{4})"
PATTERN = re.compile(
    rf"(?<!\d)(\d{{1,4}})\s+năm\b[^()\d]{{0,80}}\(\s*{_DATE}\s*[–-]\s*{_DATE}\s*\)", re.IGNORECASE
)


def wrong_years(text: str) -> Iterator[tuple[str, str]]:
    """Yield ``(years as written, years between the dates)`` for each count that its two dates deny."""
    for found in PATTERN.finditer(text):
        written, first, last = found.groups()
        years = int(last) - int(first)
        if int(written) != years:
            yield written, str(years)
