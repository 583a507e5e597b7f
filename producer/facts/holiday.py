"""A holiday's name against its date, and its anniversaries against the year they count from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from producer.facts.day import Day
from producer.facts.model import Finding, contradiction, doubt
from producer.facts.number import WORDS, spelt
from producer.facts.reading import Reading
from producer.lunar import RECKONED, NoSuchDayError, solar_of
from producer.occasion import Occasion

# What may stand between a holiday's name and the date that is said to be its own.
_BEHIND = re.compile(
    r"(?:\s+năm\s+\d{4})?\s*[(,:]?\s*(?:là\s+)?(?:ngày\s+|mùng\s+|mồng\s+|nhằm\s+)*", re.IGNORECASE
)
_BEHIND_STRICT = re.compile(
    r"(?:\s+tròn\s+\d{1,3}\s+(?:mùa xuân|mùa thu|năm|tuổi))?\s*\(?(?:ngày\s+)?", re.IGNORECASE
)
_BEFORE = re.compile(
    r"\s*[,(–-]\s*(?:nghỉ\s+lễ\s+|là\s+|đúng\s+)?(?:ngày\s+)?"
    r"|\s+(?:đánh\s+dấu\s+)?(?:tròn\s+)?(?:là\s+)?(?:ngày\s+)",
    re.IGNORECASE,
)
# "đúng Trung thu, thứ Năm 24/9/2026": held on the very day.
_ON_IT = re.compile(
    r"\b(?:đúng|rơi\s+vào|nhằm)\s+(?:vào\s+)?(?:ngày\s+|dịp\s+|đêm\s+|Tết\s+)*$", re.IGNORECASE
)
_ON_DAY = re.compile(
    r"\s*[,(–-]?\s*(?:(?:tức|vào|nhằm|là)\s+)*(?:(?:sáng|chiều|tối|đêm)\s+)?(?:(?:thứ\s+\w+|chủ\s+nhật|T[2-7]|CN),?\s*)?(?:\(\s*)?(?:ngày\s+)?",
    re.IGNORECASE,
)
_OFF = re.compile(r"\bnghỉ\s+(?:lễ\s+|Tết\s+)?$", re.IGNORECASE)
_OFF_ON = re.compile(r":[^.;\d]{0,40}\bnghỉ\s+(?:(?:thứ\s+\w+|chủ\s+nhật),?\s*)?(?:ngày\s+)?$", re.IGNORECASE)
_MONTH = re.compile(r"\s*\(\s*tháng\s+(\d{1,2})\s*\)", re.IGNORECASE)
_EVE = re.compile(r"\b(?:đêm|tối)\s+\S*\s*$", re.IGNORECASE)
_COUNT = re.compile(
    rf"(?:lần\s+thứ\s+(\d{{1,3}})|(\d{{1,3}}|(?<!\w){WORDS})\s+(?:năm|mùa\s+(?:xuân|thu)))\s+(?:ngày\s+)?$",
    re.IGNORECASE,
)
_ANY_COUNT = re.compile(r"(?:\d|mươi(?:\s+\w+)?|trăm)\s+(?:năm|mùa)\b|\blần\s+thứ\b", re.IGNORECASE)
NEAR = timedelta(days=60)  # an event so close to an anniversary is held for it
_COMING = re.compile(r"(?:hướng|tiến)\s+tới[^,.;]*$", re.IGNORECASE)
_DASH = re.compile(r"\s*[–—-]\s*|,\s+|\s+")


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a calendar's days, as one pattern; the longest is taken."""

    pattern: re.Pattern[str] | None
    days: Mapping[str, Occasion]


@lru_cache(maxsize=8)
def names_of(occasions: tuple[Occasion, ...]) -> Names:
    """Return the names under which texts speak of ``occasions``: those of one day, or of one whole month."""
    days: dict[str, Occasion] = {}
    for occasion in occasions:
        for name in (occasion.title, *occasion.also):
            plain = _plain(name.removeprefix("Kỷ niệm "))
            if not occasion.after and len(plain) > 5:
                days.setdefault(plain, occasion)
    if not days:
        return Names(None, {})
    longest = sorted(days, key=len, reverse=True)
    pattern = "|".join(r"(?:\s*[–—-]\s*|,\s+|\s+)".join(map(re.escape, name.split())) for name in longest)
    return Names(re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE), days)


def wrong_holidays(reading: Reading, names: Names, row_day: date | None = None) -> Iterator[Finding]:
    """Yield each day beside a holiday's name that is another day, and each count of its years that its year denies.

    A text that names no year counts by the day of its row, ``row_day``.
    """
    dated = row_day is not None and _ANY_COUNT.search(reading.text)
    if names.pattern is None or not (dated or reading.days or reading.years or "tháng" in reading.text):
        return
    for found in names.pattern.finditer(reading.text):
        occasion = names.days[_plain(found[0])]
        day = _day_beside(reading, found.start(), found.end(), occasion)
        if day is not None and not _holds(day, occasion):
            written = f"{day.day}/{day.month}"
            if occasion.lunar is not None and not day.moon:
                # A feast of the moon is often held some days early: "Vui Trung thu 4/10/2025".
                yield doubt("facts/wrong-holiday", name=found[0], written=written, right=_rule(occasion, day))
            else:
                yield contradiction(
                    "facts/wrong-holiday", name=found[0], written=written, right=_rule(occasion, day)
                )
        month = _MONTH.match(reading.text, found.end())
        if month and occasion.day is not None and occasion.day[0][1] != int(month[1]):
            right = f"tháng {occasion.day[0][1]}"
            yield contradiction(
                "facts/wrong-holiday", name=found[0], written=f"tháng {month[1]}", right=right
            )
        yield from _wrong_count(reading, found, occasion, day)
        if row_day is not None and not reading.days and not reading.years:
            yield from _wrong_by_row(reading.text, found, occasion, row_day)


def counts_on(occasion: Occasion, day: date) -> tuple[int, ...]:
    """Return how many years an occasion may be said to be on a day: by its date near by, else by each one about it.

    An event within :data:`NEAR` of the date is for that date; in between, the year that was and the one to come may
    both be meant. Nothing where its years are not counted. The first is the likeliest.
    """
    if occasion.since is None or occasion.day is None:
        return ()
    number, month = occasion.day[0]
    held = [date(year, month, min(number, 28)) for year in (day.year - 1, day.year, day.year + 1)]
    near = [one for one in held if abs(one - day) <= NEAR]
    return tuple(
        one.year - occasion.since for one in near or sorted(held, key=lambda one: abs(one - day))[:2]
    )


def _day_beside(reading: Reading, start: int, end: int, occasion: Occasion) -> Day | None:
    """The date that is said to be the holiday's: what stands directly behind its name, or before it."""
    text = reading.text
    behind = next((day for day in reading.days if day.start >= end), None)
    if behind is not None:
        glue = text[end : behind.start]
        strict = _BEHIND if behind.moon or occasion.lunar is not None else _BEHIND_STRICT
        if strict.fullmatch(glue) and not (
            behind.ranged and not behind.own_year and not _year_range(text, behind)
        ):
            return None if _EVE.search(text[:start]) and not behind.moon else behind
        if _ON_IT.search(text[:start]) and _ON_DAY.fullmatch(glue) and not behind.ranged:
            return behind
        if _OFF.search(text[:start]) and _OFF_ON.fullmatch(glue) and not behind.ranged:
            return behind
    before = next((day for day in reversed(reading.days) if day.end <= start), None)
    if before is not None and not before.moon and occasion.lunar is None:
        glue = text[before.end : start]
        lead = text[: before.start].rstrip()[-5:].lower()
        if _BEFORE.fullmatch(glue) and (lead.endswith(("ngày", "mồng", "mùng")) or not lead):
            return before
    return None


def _year_range(text: str, day: Day) -> bool:
    """Whether a range runs over years, as (28/7/1929 – 28/7/2025)."""
    return day.year is not None and bool(
        re.match(r"\s*[–-]\s*\d{1,2}[/.-]\d{1,2}[/.-]\d{4}", text[day.end :])
    )


def _holds(day: Day, occasion: Occasion) -> bool:
    """Whether a date is in the days of an occasion."""
    if occasion.lunar is not None:
        if day.moon:
            return (day.day, day.month) == occasion.lunar
        solar = day.solar
        return solar is None or solar.year not in RECKONED or solar in _feasts(occasion.lunar, solar.year)
    if occasion.day is None or day.moon:
        return True
    (first, month), (last, last_month) = occasion.day
    if (first, month) == (last, last_month):
        return (day.day, day.month) == (first, month)
    return True  # a month's campaign has many days


def _feasts(lunar: tuple[int, int], year: int) -> tuple[date, ...]:
    found: list[date] = []
    if year not in RECKONED:
        return ()
    for counted in (year - 1, year):
        try:
            found.append(solar_of(*lunar, counted))
        except NoSuchDayError:
            continue
    return tuple(found)


def _rule(occasion: Occasion, day: Day) -> str:
    """The right day in words."""
    if occasion.lunar is None:
        return f"{occasion.day[0][0]}/{occasion.day[0][1]}" if occasion.day else occasion.short
    feasts = _feasts(occasion.lunar, day.year) if day.year is not None else ()
    solar = next((one for one in feasts if one.year == day.year), None)
    lunar = f"{occasion.lunar[0]}/{occasion.lunar[1]} âm lịch"
    return f"{lunar}, {solar.day}/{solar.month}/{solar.year}" if solar else lunar


def _wrong_count(
    reading: Reading, found: re.Match[str], occasion: Occasion, day: Day | None
) -> Iterator[Finding]:
    """Yield a count of years before a holiday's name that the year of its text denies."""
    text = reading.text
    counted = _COUNT.search(text[: found.start()])
    if occasion.since is None:
        return
    if day is not None and _year_range(text, day) and day.year != occasion.since and _holds(day, occasion):
        right = str(occasion.since)
        yield contradiction("facts/wrong-founding", name=found[0], written=str(day.year), right=right)
        return
    years = {one.year for one in reading.days if one.year is not None} | reading.years
    if counted is None or len(years) != 1 or _COMING.search(text[: found.start()]):
        return
    count = spelt(counted[1] or counted[2])
    gone = next(iter(years)) - occasion.since
    if gone > 0 and count != gone:
        yield contradiction("facts/wrong-years", written=str(count), right=str(gone))


def _wrong_by_row(text: str, found: re.Match[str], occasion: Occasion, day: date) -> Iterator[Finding]:
    """Yield a count of years before a holiday's name that the day of its row denies."""
    counted, rights = _COUNT.search(text[: found.start()]), counts_on(occasion, day)
    if counted is None or not rights or _COMING.search(text[: found.start()]):
        return
    count = spelt(counted[1] or counted[2])
    if rights[0] > 0 and count not in rights:
        yield contradiction("facts/wrong-years", written=str(count), right=str(rights[0]))


def _plain(name: str) -> str:
    return " ".join(part for part in _DASH.split(name.lower()) if part)
