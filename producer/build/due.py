"""What is due: events and days of the year that lack a product, and weeks with nothing planned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from producer.build.output import path_of
from producer.data.model import Row, Table
from producer.occasion import Held, Occasion, held_between
from producer.pipeline import Road, Stages
from producer.plan.model import Job

CALENDAR, LEAD = "calendar_id", "lead_days"  # columns of a register
LEAD_DAYS = 14  # of an event that names no day of the calendar and has no `lead_days`
TITLES = ("title", "name", "full_name")  # of a row, the first that it has
WORDS = 3  # of a text that may stand for a title
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Due:
    """An event or a day of the year without a product.

    ``row`` is where an event stands; a day of the calendar has none. ``planned`` tells that a recipe makes
    something of it, which is not made yet.
    """

    name: str  # the row's id, or the occasion's
    title: str
    first: date
    last: date
    begin: date  # when work on it should begin
    planned: bool
    row: Row | None = None
    held: Held | None = None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What lies ahead of one day."""

    today: date
    until: date
    due: tuple[Due, ...]  # the most pressing first
    empty_weeks: tuple[date, ...]  # their Mondays


@dataclass(frozen=True, slots=True)
class Known:
    """A recipe's plan, its registers with no row left out, and where its files are."""

    road: Road
    registers: Mapping[str, Table]
    folder: Path


def know(road: Road, stages: Stages, out: Path) -> Known:
    """Read a recipe's files once more without its filters: an event that no piece shows is what we look for.

    Raises:
        ProducerError: a file cannot be read.
    """
    recipe = road.project.recipe
    sources = tuple(
        replace(source, only=(), exclude=(), order=(), group_by=None, group={})
        for source in recipe.sources
        if source.file is not None
    )
    tables = stages.read_tables(replace(recipe, sources=sources), road.world)
    return Known(road, tables, out / road.plan.recipe)


def look_ahead(
    known: Sequence[Known], occasions: Mapping[str, Occasion], today: date, within: timedelta
) -> Outlook:
    """Return what lacks a product and should be begun by ``today + within``, and the weeks with nothing planned."""
    until = today + within
    planned = _planned(known)
    made = {key for key, done in planned.items() if done}
    rows = {_key(row): row for row in _rows(known)}
    due = [
        event
        for key, row in rows.items()
        if key not in made and (event := _event(row, occasions, planned=key in planned)) is not None
    ]
    due += _days(rows.values(), planned, occasions, today, until)
    near = [one for one in due if one.last >= today and one.begin <= until]
    days = [row.day for key, row in rows.items() if key in planned and row.day is not None]
    return Outlook(
        today, until, tuple(sorted(near, key=lambda one: (one.begin, one.first))), _empty(days, today, until)
    )


Key = tuple[str, int]  # of a row: its file and line


def _key(row: Row) -> Key:
    return row.file, row.number


def _rows(known: Iterable[Known]) -> Iterator[Row]:
    for one in known:
        for table in one.registers.values():
            yield from (row for row in table.rows if not row.called_off)


def _planned(known: Iterable[Known]) -> Mapping[Key, bool]:
    """Every row that some recipe makes something of, and whether a file of it is there."""
    found: dict[Key, bool] = {}
    for one in known:
        for job in one.road.plan.jobs:
            done = (one.folder / path_of(job)).is_file()
            for row in _own_rows(job):
                found[_key(row)] = found.get(_key(row), False) or done
    return found


def _own_rows(job: Job) -> Iterator[Row]:
    """The rows that a job is a product of: a deck of a whole year is none of each event."""
    if job.row is not None:
        yield job.row
    for part in job.parts:
        yield from _own_rows(part)


def _event(row: Row, occasions: Mapping[str, Occasion], *, planned: bool) -> Due | None:
    """What an event waits for; nothing for a row without a day."""
    if row.day is None:
        return None
    days = [value for value in row.values.values() if isinstance(value, date)]
    last = max((day for day in days[:2] if day >= row.day), default=row.day)  # the second is when it ends
    lead = row.values.get(LEAD)
    occasion = occasions.get(str(row.values.get(CALENDAR)))
    ahead = int(lead) if isinstance(lead, Decimal) else occasion.lead if occasion is not None else LEAD_DAYS
    return Due(row.id, _title(row), row.day, last, _before(row.day, ahead), planned, row=row)


def _title(row: Row) -> str:
    """What a row is called: its title or name, else the first of its texts that is more than a name for machines."""
    named = next((str(row.values[name]) for name in TITLES if row.values.get(name)), "")
    texts = (value for value in row.values.values() if isinstance(value, str) and value != row.id)
    return named or next((text for text in texts if len(text.split()) >= WORDS), row.id)


def _before(day: date, days: int) -> date:
    """The day so many days before another; the calendar's own ends where that is none of its days."""
    try:
        return day - timedelta(days=days)
    except OverflowError:
        return date.min if days > 0 else date.max


def _days(
    rows: Iterable[Row],
    planned: Mapping[Key, bool],
    occasions: Mapping[str, Occasion],
    today: date,
    until: date,
) -> Iterator[Due]:
    """Yield the days of the calendar that no row of a planned product names, and those not made yet."""
    named = [(row.values.get(CALENDAR), row.day, planned[_key(row)]) for row in rows if _key(row) in planned]
    reach = max((occasion.lead for occasion in occasions.values()), default=0)
    for held in held_between(occasions, today, until + timedelta(days=reach)):
        begin = _before(held.first, held.occasion.lead)
        mine = [
            done
            for name, day, done in named
            if name == held.occasion.id and day and begin <= day <= held.last
        ]
        if not any(mine):
            title = held.occasion.title
            yield Due(held.occasion.id, title, held.first, held.last, begin, bool(mine), held=held)


def _empty(days: Iterable[date], today: date, until: date) -> tuple[date, ...]:
    """The Mondays of the weeks between two days in which no event with a product is."""
    full = {_monday(day) for day in days}
    first = _monday(today)
    weeks = (first + number * WEEK for number in range((until - first).days // 7 + 1))
    return tuple(week for week in weeks if week not in full)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
