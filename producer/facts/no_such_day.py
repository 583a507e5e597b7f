"""Days that no month has: 31/6, 29/2 of a common year, "ngày 31 tháng 9"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator

from producer.facts.day import Day
from producer.facts.model import Finding, contradiction
from producer.facts.reading import Reading

# Before 31/9 these say that it is a date: else it may be a count, a mark, or the number of a house.
_TIME = re.compile(
    r"\b(?:(?:ngày|từ|đến|hết|tới|sáng|chiều|tối|trưa|đêm|hôm|mùng|mồng|hạn(?:\s+(?:chót|cuối|nộp))?|trước|vào"
    r"|diễn\s+ra|tổ\s+chức|khai\s+mạc|bế\s+mạc|bắt\s+đầu|kết\s+thúc|thời\s+gian)\s*:?"
    r"|(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s+nhật|T[2-7]|CN)\s*[,(–-]?)\s*\(?$",
    re.IGNORECASE,
)
# Behind "ngày" even 45/5 is meant for a date.
_BEYOND = re.compile(r"\bngày\s+(?P<d>3[2-9]|[4-9]\d)[/.-](?P<m>\d{1,2})(?![\d/.-]\d|\d)", re.IGNORECASE)
_COUNTS = re.compile(r"\s+(?:số|\w+\s+viên|đường|phố|hẻm|ngõ)\b", re.IGNORECASE)
_NAMES_DAY = re.compile(r"\btháng\b", re.IGNORECASE)


def no_such_days(reading: Reading) -> Iterator[Finding]:
    """Yield dates that there are not: of their year where they say it, of any year where they do not."""
    if not reading.has_digits:
        return
    told: set[tuple[int, int]] = set()
    for group in reading.groups():
        for day in group:
            if _exists(day) or (day.day, day.month) in told or not _is_date(reading.text, day, group[0]):
                continue
            told.add((day.day, day.month))
            yield no_such_day(day)
    for found in _BEYOND.finditer(reading.text):
        if 1 <= int(found["m"]) <= 12:
            yield no_such_day(Day(*found.span(), int(found["d"]), int(found["m"])))


def no_such_day(day: Day) -> Finding:
    """Return that there is no such date, with the last one of its month if there is such a month."""
    year = f"/{day.year}" if day.year else ""
    last = f"{_length(day)}/{day.month}{year}" if 1 <= day.month <= 12 else ""
    return contradiction("facts/no-such-date", date=f"{day.day}/{day.month}{year}", nearest=last)


def _exists(day: Day) -> bool:
    return 1 <= day.month <= 12 and 1 <= day.day <= _length(day)


def _length(day: Day) -> int:
    """How many days its month has; without a year, February may have 29."""
    return monthrange(day.year or 2000, day.month)[1]


def _is_date(text: str, day: Day, first: Day) -> bool:
    """Whether it can be nothing but a date: with a year, with the word for a month, or behind a word of time.

    ``first`` is the first day of its list, beside which that word stands.
    """
    if day.own_year:
        return True
    if "âm lịch" in text.lower():
        return False  # the moon's February has 30 days in some years
    written = text[day.start : day.end]
    if _NAMES_DAY.search(written) or written == text.strip():
        return True
    return bool(_TIME.search(text[: first.start][-24:])) and not _COUNTS.match(text, day.end)
