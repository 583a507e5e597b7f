"""A weekday beside a date must be the day that it was, or will be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from producer.facts.day import Day
from producer.facts.model import NAMES, Finding, contradiction
from producer.facts.no_such_day import no_such_day
from producer.facts.reading import Reading

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
    "t2": 0,
    "t3": 1,
    "t4": 2,
    "t5": 3,
    "t6": 4,
    "t7": 5,
    "cn": 6,
}
_WEEKDAY = re.compile(
    r"\b(thứ\s+(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7](?!\d))|(?:chủ|chúa)\s+nhật|(?-i:T\.?[2-7]|CN))\b(?!\s+(?:hằng|hàng)\s+tuần)",
    re.IGNORECASE,
)
_LISTED = re.compile(r"\s*(?:,|và|,\s*và|đến|tới|–|-)\s*(?:hết\s+)?", re.IGNORECASE)
# Small words that may stand between a weekday and its date, on either side.
_SMALL = (
    r"(?:[\s,(:–-]|ngày|tức(?:\s+là)?(?:\s+từ)?|là|nhằm|rơi|vào|trùng|với|đúng|hôm"
    r"|tuần\s+(?:này|tới|sau|trước|rồi)(?:\s+nữa)?|vừa\s+(?:qua|rồi)|tới(?=,)|mùng|mồng|cùng|đã|sáng|trưa|chiều|tối|đêm|lúc"
    r"|bắt đầu|kết thúc|\d{1,2}(?:h|g|:|\s*giờ)\s*(?:\d{2})?)*"
)
_BEFORE_DATE = re.compile(_SMALL, re.IGNORECASE)
_STRICT = re.compile(r"\s*[,(]?\s*\(?\s*(?:(?:là\s+)?ngày\s+)?", re.IGNORECASE)
# "the second Saturday of July, the same day as the book fair of 12/7": words that make two days one.
_SAME = re.compile(r"(?:thứ\s+\w+\s+)?của\s+tháng\s+[\d/]+,\s*(?:tức|trùng)\b[^,;.]{0,40}", re.IGNORECASE)
_BEHIND_DATE = re.compile(
    rf"{_SMALL}|\)?\s+năm\s+\d{{4}}{_SMALL}|\s+(?:tại|ở)\s[^,;.]{{2,40}},\s*(?:sáng|trưa|chiều|tối)\s+",
    re.IGNORECASE,
)
# Dates too short to be read anywhere: 16-11, 14.11, 14/11/25. Beside a weekday they can be nothing else.
_SHORT = re.compile(
    r"(?<![\d/.,-])(?P<d>\d{1,2})(?:(?P<s>[.-])(?P<m>\d{1,2})(?:(?P=s)(?P<y>\d\d))?|/(?P<m2>\d{1,2})/(?P<y2>\d\d))"
    r"(?![\d/-]|[.,]\d)(?=\s*(?:$|[),.;:\n]|(?:tại|lúc|ở|năm|sáng|chiều|tối)\b))",
    re.IGNORECASE,
)
# An ordinal in small letters has a noun before it: where a text begins, behind a part of the day, and between a date
# and the end of a clause it is a weekday.
_BEGINS = re.compile(r"(?:^|\b(?:sáng|trưa|chiều|tối|đêm|hôm)\s+)$", re.IGNORECASE)
_ENDS = re.compile(r"\s*(?:$|[).,;:\n]|(?:tại|lúc|ở)\b)")
_FIRST = re.compile(r"\bthứ\s+nhất\b", re.IGNORECASE)
_APPOSED = re.compile(r",\s*(?:tức|nhằm|đúng)?\s*(?:là|vào)?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Named:
    """A weekday in a text. In small letters it may be an ordinal: "sản phẩm thứ bảy" is the seventh."""

    start: int
    end: int
    day: int
    written: str
    sure: bool


def wrong_weekdays(reading: Reading) -> Iterator[Finding]:
    """Yield every weekday that its date denies, and every date beside one that there is not."""
    if not reading.has_digits:
        return
    named = list(_named(reading))
    if not named:
        return
    for weekday, day in _pairs(reading, named):
        if day.year is None:
            continue
        date = day.solar
        written = f"{day.day}/{day.month}/{day.year}"
        if date is None:
            yield no_such_day(day)
        elif date.weekday() != weekday.day:
            right = NAMES[date.weekday()]
            yield contradiction("facts/wrong-weekday", written=weekday.written, date=written, right=right)


def _named(reading: Reading) -> Iterator[_Named]:
    text = reading.text
    for found in _WEEKDAY.finditer(text):
        words = " ".join(found[0].lower().replace(".", "").split())
        sure = found[0][0].isupper() or found[0].split()[-1][:1].isupper() or "nhật" in words
        sure = (
            sure
            or words[-1].isdigit()
            or bool(_BEGINS.search(text[max(found.start() - 7, 0) : found.start()]))
        )
        sure = sure or _closes_date(reading, found)
        yield _Named(found.start(), found.end(), WEEKDAYS[words], found[0], sure)


def _closes_date(reading: Reading, found: re.Match[str]) -> bool:
    """Whether a weekday in small letters closes a date: ``15/11/2025, thứ sáu``."""
    text = reading.text
    return (
        any(day.end <= found.start() and text[day.end : found.start()] in (", ", " ") for day in reading.days)
        and bool(_ENDS.match(text, found.end()))
        and not _FIRST.search(text)
    )


def _short_days(reading: Reading) -> Iterator[Day]:
    """Yield dates that only a weekday beside them tells from numbers."""
    for found in _SHORT.finditer(reading.text):
        day, month = int(found["d"]), int(found["m"] or found["m2"])
        short = found["y"] or found["y2"]
        year = int(short) + (1900 if int(short) > 50 else 2000) if short else None
        if 1 <= day <= 31 and 1 <= month <= 12:
            yield reading.dated(Day(found.start(), found.end(), day, month, year, year is not None))


def _pairs(reading: Reading, named: list[_Named]) -> Iterator[tuple[_Named, Day]]:
    """Yield weekdays with the dates that they name: lists of one length beside each other."""
    weekdays = list(_lists(reading.text, named))
    days = [*reading.groups(), *((day,) for day in _short_days(reading))]
    used: set[int] = set()
    taken: set[int] = set()
    for belong in (_said_of, _follows, _precedes):  # the closest way of saying it first
        for at, group in enumerate(weekdays):
            if at in used:
                continue
            for number, dates in enumerate(days):
                if number in taken or len(dates) != len(group):
                    continue
                if belong(reading.text, group, dates):
                    used.add(at)
                    taken.add(number)
                    yield from zip(group, dates, strict=True)
                    break
    rest = [one for at, group in enumerate(weekdays) if at not in used for one in group if one.sure]
    left = [group for number, group in enumerate(days) if number not in taken and len(group) > 1]
    if len(rest) > 1 and len(left) == 1 and len(left[0]) == len(rest) and not used:
        yield from zip(rest, left[0], strict=True)  # as many weekdays as days are listed: one each


def _lists(text: str, named: list[_Named]) -> Iterator[tuple[_Named, ...]]:
    group: list[_Named] = []
    for one in named:
        if group and not _LISTED.fullmatch(text[group[-1].end : one.start]):
            yield tuple(group)
            group = []
        group.append(one)
    if group:
        yield tuple(group)


def _said_of(text: str, weekdays: tuple[_Named, ...], days: tuple[Day, ...]) -> bool:
    """Whether weekdays are what dates are said to be: ``28/7 là thứ Ba``, ``1/3 (Chủ nhật)``."""
    glue = text[days[-1].end : weekdays[0].start]
    return days[-1].end <= weekdays[0].start and bool(
        re.fullmatch(r"\s*\(|\s+(?:là|nhằm|rơi\s+(?:vào|đúng)|trùng(?:\s+với)?|đúng)\s+", glue)
    )


def _follows(text: str, weekdays: tuple[_Named, ...], days: tuple[Day, ...]) -> bool:
    """Whether dates stand behind their weekdays."""
    if days[0].start < weekdays[-1].end:
        return False
    glue = text[weekdays[-1].end : days[0].start]
    if not all(one.sure for one in weekdays):
        return bool(_STRICT.fullmatch(glue)) or (len(weekdays) > 1 and bool(_BEFORE_DATE.fullmatch(glue)))
    return bool(_BEFORE_DATE.fullmatch(glue) or _SAME.fullmatch(glue.strip()))


def _precedes(text: str, weekdays: tuple[_Named, ...], days: tuple[Day, ...]) -> bool:
    """Whether dates stand before their weekdays."""
    if days[-1].end > weekdays[0].start or not all(one.sure for one in weekdays):
        return False
    glue = text[days[-1].end : weekdays[0].start]
    if "," in glue and not re.search(r"\(|tại|ở", glue) and not _APPOSED.fullmatch(glue):
        return False
    return bool(_BEHIND_DATE.fullmatch(glue))
