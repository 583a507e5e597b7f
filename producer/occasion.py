"""Days of the year that products are planned for, each by its rule: a day, a lunar day, or days from another one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from producer.lunar import NoSuchDayError, solar_of

CALENDAR_COLUMN = "calendar_id"  # of a row that is about an occasion
DayOfYear = tuple[int, int]  # day and month


@dataclass(frozen=True, slots=True)
class Occasion:
    """A day or a span of days that comes every year. One of ``day``, ``lunar`` and ``after`` says when."""

    id: str
    title: str
    short: str  # as conversations and sheets name it: "Quốc khánh 2/9"
    lead: int  # days before its first day, on which work begins
    day: tuple[DayOfYear, DayOfYear] | None = None  # first and last, the same for a single day
    lunar: DayOfYear | None = None
    after: str = ""  # the occasion that `days` are counted from
    days: tuple[int, int] = (0, 0)  # first and last, less than 0 before it
    since: int | None = None  # the year that anniversaries count from
    weight: str = "medium"  # core · high · medium · low
    note: str = ""
    also: tuple[str, ...] = ()  # other names that texts give it

    def years(self, on: date) -> int | None:
        """How many years it has been held on a day; nothing where they are not counted."""
        return None if self.since is None or on.year <= self.since else on.year - self.since


@dataclass(frozen=True, slots=True)
class Held:
    """An occasion in one year, with its first and last day."""

    occasion: Occasion
    first: date
    last: date


def held_between(occasions: Mapping[str, Occasion], first: date, last: date) -> tuple[Held, ...]:
    """Return every occasion that has a day between two days, both included, the earliest first.

    Raises:
        KeyError: an occasion counts its days from one that is not there.
    """
    found = [
        held
        for occasion in occasions.values()
        for held in _held(occasion, occasions, range(first.year - 1, last.year + 2))
        if held.first <= last and held.last >= first
    ]
    return tuple(sorted(found, key=lambda held: (held.first, held.last, held.occasion.id)))


def _held(occasion: Occasion, occasions: Mapping[str, Occasion], years: range) -> Iterator[Held]:
    """Yield an occasion in each year: of the moon where its rule is a lunar one."""
    if occasion.after:
        base = occasions[occasion.after]
        for held in _held(base, occasions, range(years.start - 1, years.stop + 1)):
            with suppress(OverflowError):  # before the year 1, or after 9999
                begun, ended = (held.first + timedelta(days=days) for days in occasion.days)
                yield Held(occasion, begun, ended)
        return
    for year in years:
        try:
            if occasion.lunar is not None:
                only = solar_of(*occasion.lunar, year)
                yield Held(occasion, only, only)
            elif occasion.day is not None:
                (day, month), (last_day, last_month) = occasion.day
                first, last = date(year, month, day), date(year, last_month, last_day)
                yield Held(occasion, first, last if last >= first else last.replace(year=year + 1))
        except (NoSuchDayError, ValueError, OverflowError):
            continue  # the 30th of a month of 29 days, the 29th of February: not held that year
