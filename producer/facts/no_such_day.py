"""Days that no month has: 31/6, 29/2 of a common year, "ngày 31 tháng 9"."""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Iterator

from producer.facts.day import Day, month_length
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
            written = f"{day.day}/{day.month}" + (f"/{day.year}" if day.year else "")
            yield contradiction("facts/no-such-date", written=written, date=written, right="")
    for found in _BEYOND.finditer(reading.text):
        if 1 <= int(found["m"]) <= 12:
            date = f"{found['d']}/{found['m']}"
            yield contradiction("facts/no-such-date", written=found[0], date=date, right="")


def _exists(day: Day) -> bool:
    """Whether a month has the day; without a year, February may have 29."""
    if not 1 <= day.month <= 12:
        return False
    length = month_length(day.month, leap=day.year is None or isleap(day.year))
    return 1 <= day.day <= length


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
