"""A weekday beside a date must be the day that it was, or will be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from producer.facts.model import NAMES

# Monday is 0, as in date.weekday(). Short forms are those of office letters.
WEEKDAYS = {
    "thứ hai": 0,
    "thứ 2": 0,
    "thứ ba": 1,
    "thứ 3": 1,
    "thứ tư": 2,
    "thứ 4": 2,
    "thứ năm": 3,
    "thứ 5": 3,
    "thứ sáu": 4,
    "thứ 6": 4,
    "thứ bảy": 5,
    "thứ bẩy": 5,
    "thứ 7": 5,
    "chủ nhật": 6,
    "chúa nhật": 6,
}
PATTERN = re.compile(
    rf"\b({'|'.join(WEEKDAYS)})\s*,?\s*(?:\(\s*)?(?:ngày\s+)?"
    r"(\d{1,2})\s*(?:[/.-]|\s+tháng\s+)\s*(\d{1,2})\s*(?:[/.-]|\s+năm\s+)\s*(\d{4})",
    re.IGNORECASE,
)


def wrong_weekdays(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield ``(written, date as written, right weekday)`` for every weekday that its date denies.

    A date that does not exist yields an empty right weekday.
    """
    for found in PATTERN.finditer(text):
        written, day, month, year = found.groups()
        shown = f"{int(day):02}/{int(month):02}/{year}"
        try:
            right = NAMES[date(int(year), int(month), int(day)).weekday()]
        except ValueError:
            yield written, shown, ""
            continue
        if WEEKDAYS[" ".join(written.lower().split())] != NAMES.index(right):
            yield written, shown, right
