"""Dates as Vietnamese writes them: one reader for all checks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from producer.facts.cycle import CYCLE

MONTHS = {
    "giêng": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
    "mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12,
}  # fmt: skip
_CAPITAL_MONTHS = "Mười Một|Mười Hai|Mười một|Mười hai|Mười|Hai|Ba|Tư|Năm|Sáu|Bảy|Bẩy|Tám|Chín"
_MONTH_WORD = (
    f"(?i:giêng|chạp)|{_CAPITAL_MONTHS}|{_CAPITAL_MONTHS.upper()}"
    "|(?<=[Rr]ằm tháng )(?:hai|ba|tư|năm|sáu|bảy|bẩy|tám|chín|mười)"
)
_YEAR = rf"(?:(?:,?\s+(?i:năm)\s+|\s+(?={CYCLE}))(?P<year>\d{{4}}(?!\d)|(?i:{CYCLE})))?"
_DATE = re.compile(
    r"(?P<head>(?:(?<![\d/.,:])\b\d{1,2}(?!\d)\s*(?:,|và|đến|tới|–|-)\s*(?:hết\s+)?(?:ngày\s+)?){1,31})?"
    r"(?:"
    r"(?<![\d/.])(?P<d>\d{1,2})(?P<s>[.-]|\s?/\s?)(?P<m>\d{1,2})(?P=s)(?P<y>\d{4})(?![\d/])"
    r"|(?<![\d/.,])(?P<d1>\d{1,2}|\b[Rr]ằm)\s+(?i:tháng)\s+(?P<m1>\d{1,2}(?!\d)|"
    + _MONTH_WORD
    + r")(?!\s+ngày)(?P<leap>\s+nhuận)?(?P<moon1>\s+âm lịch)?"
    + _YEAR
    + r"(?P<after>\s+âm lịch)?"
    r"|(?<![\d/.,])(?P<d2>\d{1,2})/(?P<m2>\d{1,2})(?![\d/])(?P<moon2>\s+âm lịch)?"
    + _YEAR.replace("year", "year2")
    + r")"
)
_NUMBER = re.compile(r"\d{1,2}")
# Words whose number is no day of the list that comes behind it.
_LABELLED = re.compile(r"\b(?:thứ|lần|đợt|quý|ca|tổ|đội|số|lớp|vòng|giờ)\s+$", re.IGNORECASE)
_HEADED = r"(?:(?:ngày|mùng|mồng)\s+)*"  # words before the number of a day
RANGE = re.compile(rf"\s*(?:\([^()]{{1,40}}\)\s*)?(?:đến|tới|–|-)\s*(?:hết\s+)?{_HEADED}", re.IGNORECASE)
LIST = re.compile(rf"\s*(?:,|và|,\s*và)\s*{_HEADED}", re.IGNORECASE)
NEAREST = timedelta(days=183)  # a day without a year is the one nearest to the day it is read on


@dataclass(frozen=True, slots=True)
class Day:
    """A date in a text: where it stands, its parts, and whether the moon counts it."""

    start: int
    end: int
    day: int
    month: int
    year: int | None = None
    own_year: bool = False  # it says its year itself; else it has that of its list
    moon: bool = False
    leap: bool = False
    cycle: str = ""  # the year's name, as "bính ngọ"
    ranged: bool = False  # the first of a range, whose last comes next

    @property
    def solar(self) -> date | None:
        """The date; nothing for one of the moon, one without a year, and one that there is not."""
        if self.moon or self.year is None:
            return None
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None

    def near(self, anchor: date | None) -> date | None:
        """The date; where it says no year, the one nearest to ``anchor``."""
        if self.year is not None or anchor is None:
            return self.solar
        tries = (replace(self, year=anchor.year + step).solar for step in (-1, 0, 1))
        return next((day for day in tries if day is not None and abs(day - anchor) <= NEAREST), None)


def read_days(text: str) -> tuple[Day, ...]:
    """Return every date of a text in its order; days of a list have the month and year of its last.

    A count as in ``3/4`` may look like a date: who asks for days judges by what stands beside them.
    """
    found = [day for match in _DATE.finditer(text) for day in _days_of(match)]
    for at in range(len(found) - 2, -1, -1):  # years run back through lists and ranges
        day, after = found[at], found[at + 1]
        glue = text[day.end : after.start]
        ranged = day.ranged or bool(RANGE.fullmatch(glue))
        if ranged and not day.own_year and not day.moon and _says_moon(text, after):
            found[at] = day = replace(day, moon=True)  # 27/12 – 6/1 âm lịch
        if day.moon == after.moon and (ranged or LIST.fullmatch(glue)):
            year = day.year if day.year is not None else after.year
            found[at] = replace(day, ranged=ranged, year=year)
    return tuple(found)


def _says_moon(text: str, day: Day) -> bool:
    """Whether a date says in so many words that the moon counts it."""
    return text[day.start : day.end].endswith("âm lịch")


def _days_of(match: re.Match[str]) -> Iterator[Day]:
    """Yield the days of one match: those of its head, which share month and year, and its own."""
    part = match.groupdict()
    written = part["d"] or part["d1"] or part["d2"]
    month_word = (part["m"] or part["m1"] or part["m2"]).lower()
    month = MONTHS[month_word] if month_word in MONTHS else int(month_word)
    full = written.lower() == "rằm"
    number = 15 if full else int(written)
    if not (1 <= number <= 31 and 1 <= month <= 12) and part["y"] is None:
        return  # of a date with a year it is told that there is none
    year_word = part["y"] or part["year"] or part["year2"] or ""
    year = int(year_word) if year_word.isdigit() else None
    cycle = "" if year is not None else " ".join(year_word.lower().split())
    moon = bool(
        full or cycle or part["leap"] or part["moon1"] or part["moon2"] or part["after"]
        or month_word in ("giêng", "chạp")
    )  # fmt: skip
    start = match.start("d") if part["d"] else match.start("d1") if part["d1"] else match.start("d2")
    day = Day(start, match.end(), number, month, year, bool(year), moon, bool(part["leap"]), cycle)
    if part["head"]:
        offset = match.start("head")
        heads = list(_NUMBER.finditer(part["head"]))
        if _LABELLED.search(match.string[max(offset - 9, 0) : offset]):
            heads = heads[1:]  # Thứ 5, 14/11/2025
        for at, head in enumerate(heads):
            if 1 <= int(head[0]) <= 31:
                ends = [one.start() for one in heads[at + 1 :]] or [len(part["head"])]
                ranged = bool(re.search("đến|tới|–|-", part["head"][head.end() : ends[0]]))
                yield replace(
                    day, start=offset + head.start(), end=offset + head.end(), day=int(head[0]),
                    own_year=False, ranged=ranged,
                )  # fmt: skip
    yield day
