"""What ends must have begun: dates, hours, months and years that run backwards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from producer.facts.clock import HOUR, first_hour, read_hours, shown_clock
from producer.facts.day import NEAREST, RANGE, Day
from producer.facts.model import Finding, contradiction, doubt, shown
from producer.facts.reading import Reading

_YEARS = re.compile(
    r"\b(nhiệm\s+kỳ|giai\s+đoạn|năm\s+học|khóa|khoá|từ\s+năm)\s+(\d{4})\s*(?:–|-|đến\s+(?:năm\s+)?)\s*(\d{4})(?![\d/])",
    re.IGNORECASE,
)
_MONTHS = re.compile(
    r"từ\s+tháng\s+(\d{1,2})(?:\s+năm\s+|/)(\d{4})\s+đến\s+(?:hết\s+)?tháng\s+(\d{1,2})(?:\s+năm\s+|/)(\d{4})",
    re.IGNORECASE,
)
_SHIFT = re.compile(r"\bca\s+(?:đêm|\d|một|hai|ba)\b|\btrực\b|\bđêm\b", re.IGNORECASE)
_NEXT_DAY = re.compile(r"hôm\s+sau|ngày\s+hôm|rạng\s+sáng|sáng\s+hôm")
_SAME_DAY = re.compile(
    rf"(?:bắt\s+đầu|khai\s+mạc|từ)\s+(?:lúc\s+)?({HOUR})(?:(?!{HOUR})[^.;]){{0,30}}?"
    rf"(?:kết\s+thúc|bế\s+mạc|đến)\s+(?:lúc\s+)?({HOUR})\s+cùng\s+ngày",
    re.IGNORECASE,
)
# What comes first, what then, what last; a later word with an earlier date is asked about.
_STAGES = (
    (
        "thư mời gửi|gửi thư mời|phúc đáp|đăng ký|nộp đơn|nộp hồ sơ|nhận hồ sơ|nhận bài"
        "|(?:công văn|kế hoạch|thông báo|hướng dẫn) số"
    ),
    r"khởi tranh|khai mạc|khai giảng|khởi công|khởi hành|xuất phát|rời|phát động|\bkhám|diễn ra|được tổ chức",
    (
        "bế mạc|bế giảng|kết thúc|khánh thành|trở về|trở lại|được trả lời|trả kết quả|trao giải|tổng kết"
        "|(?:báo cáo|hoàn thành) trước"
    ),
)
_STAGE = re.compile(
    "|".join(rf"(?P<s{number}>{words})" for number, words in enumerate(_STAGES)), re.IGNORECASE
)


def wrong_order(reading: Reading) -> Iterator[Finding]:
    """Yield what ends before it begins.

    Hours may run over midnight, and days without a year over its end: from the evening to the morning, from
    December to January. What only follows from the meaning of words is asked, not denied.
    """
    text = reading.text
    if not reading.has_digits:
        return
    for found in _YEARS.finditer(text):
        if int(found[2]) > int(found[3]):
            yield contradiction("facts/ends-before-start", first=found[2], last=found[3])
    for found in _MONTHS.finditer(text):
        month, year, last_month, last_year = map(int, found.groups())
        if (year, month) > (last_year, last_month):
            yield contradiction(
                "facts/ends-before-start", first=f"{month}/{year}", last=f"{last_month}/{last_year}"
            )
    backward = list(_ranges(reading))
    yield from backward
    yield from _hours(text)
    yield from _same_day(text)
    yield from _programme(text)
    if not backward:
        yield from _stages(reading)


def _ranges(reading: Reading) -> Iterator[Finding]:
    """Yield ranges of days that run backwards."""
    text, days = reading.text, reading.days
    for number, first in enumerate(days[:-1]):
        if first.moon:
            yield from _lunar_range(text, first, days[number + 1])
            continue
        last = next((day for day in days[number + 1 :] if not day.moon), None)
        if last is None or not (first.ranged or _from_to(text, first, last)):
            continue
        begun, ended = first.solar, last.solar
        if begun is None or ended is None or begun <= ended:
            continue
        if not first.own_year and first.month != last.month and begun.replace(year=1) > ended.replace(year=1):
            length = ended - begun.replace(day=min(begun.day, 28), year=ended.year - 1)
            if length <= NEAREST and not first.own_year:
                continue  # from December to January
        yield contradiction("facts/ends-before-start", first=shown(begun), last=shown(ended))


def _from_to(text: str, first: Day, last: Day) -> bool:
    """Whether two days are the ends of "từ … đến …", with hours, weekdays or lunar days between."""
    glue = text[first.end : last.start]
    head = text[: first.start]
    begun = re.search(r"\btừ\b[^.;]{0,24}$", head, re.IGNORECASE)
    through = re.fullmatch(
        rf"[\s,]*(?:\([^()]*\)\s*)?(?:đến|tới)\s+(?:hết\s+)?(?:{HOUR}\s+)?(?:thứ\s+\w+\s+|chủ\s+nhật\s+)?(?:ngày\s+)?",
        glue, re.IGNORECASE,
    )  # fmt: skip
    return bool(RANGE.fullmatch(glue)) or bool(begun and through)


def _lunar_range(text: str, first: Day, last: Day) -> Iterator[Finding]:
    same = last.moon and first.month == last.month
    if same and RANGE.fullmatch(text[first.end : last.start]) and first.day > last.day:
        yield contradiction(
            "facts/ends-before-start", first=text[first.start : first.end], last=text[last.start : last.end]
        )


def _hours(text: str) -> Iterator[Finding]:
    for hours in read_hours(text):
        if hours.first < hours.last or hours.last == 0:
            continue
        if hours.overnight and "cùng ngày" not in hours.behind:
            continue
        if _NEXT_DAY.search(hours.behind) or (_SHIFT.search(text[max(hours.start - 25, 0) : hours.start])):
            continue
        yield contradiction(
            "facts/ends-before-start", first=shown_clock(hours.first), last=shown_clock(hours.last)
        )


def _same_day(text: str) -> Iterator[Finding]:
    found = _SAME_DAY.search(text)
    if found:
        begun, ended = first_hour(found[1]), first_hour(found[8])
        if begun is not None and ended is not None and begun > ended:
            yield contradiction("facts/ends-before-start", first=shown_clock(begun), last=shown_clock(ended))


def _programme(text: str) -> Iterator[Finding]:
    """Yield an hour of a programme that is earlier than the one before it."""
    for line in text.split(". "):
        times = [_begins(part) for part in re.split(r"[;\n]", line) if part.strip()]
        if times and times[0] is None:
            times = times[1:]  # the heading
        known = [time for time in times if time is not None]
        if len(known) < 3 or len(known) != len(times):
            continue
        for one, two in pairwise(known):
            if two < one and not (one >= 18 * 60 and two <= 6 * 60):
                yield doubt("facts/odd-order", first=shown_clock(one), last=shown_clock(two))


def _begins(part: str) -> int | None:
    """The time that an entry of a programme begins with, before or behind its colon."""
    hour = first_hour(part.lstrip(" -•+*"))
    return hour if hour is not None else first_hour(part.rsplit(": ", maxsplit=1)[-1])


def _stages(reading: Reading) -> Iterator[Finding]:
    """Yield a later stage with an earlier day: what opens on the 10th does not close on the 6th."""
    seen: list[tuple[int, date]] = []
    days = [day for day in reading.days if not day.moon]
    if len(days) < 2:
        return
    found = list(_STAGE.finditer(reading.text))
    for number, match in enumerate(found):
        until = found[number + 1].start() if number + 1 < len(found) else len(reading.text)
        day = next((day for day in days if match.end() <= day.start < until), None)
        if day is None or day.solar is None or re.search("[.\n]", reading.text[match.end() : day.start]):
            continue
        rank = int((match.lastgroup or "s0")[1])
        if seen and rank > seen[-1][0] and day.solar < seen[-1][1]:
            yield doubt("facts/odd-order", first=shown(seen[-1][1]), last=shown(day.solar))
        seen.append((rank, day.solar))
