"""Calendars (ICS): an event is a row, its days and hours those of its own clock."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component

from producer.data.model import Cell, ColumnType, Record, Sheet
from producer.diagnostics import Diagnostic, Level, ProducerError, Scope, Span
from producer.world import World

# Times with a zone are told on the clock of the brand's language.
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
COLUMNS = (
    "uid",
    "title",
    "start_date",
    "start_time",
    "end_date",
    "end_time",
    "place",
    "message",
    "link",
    "kinds",
    "status",
)
TYPES = {
    "start_date": ColumnType.DATE,
    "start_time": ColumnType.TIME,
    "end_date": ColumnType.DATE,
    "end_time": ColumnType.TIME,
    "kinds": ColumnType.LIST,
}
WORDS = {"title": "SUMMARY", "place": "LOCATION", "message": "DESCRIPTION", "link": "URL", "status": "STATUS"}
EVENT = re.compile(r"^BEGIN:VEVENT\r?$.*?^END:VEVENT\r?$", re.DOTALL | re.MULTILINE | re.IGNORECASE)
ZONES = re.compile(r"^BEGIN:VTIMEZONE\r?$.*?^END:VTIMEZONE\r?$", re.DOTALL | re.MULTILINE | re.IGNORECASE)
REPEATS = ("RRULE", "RDATE")
FIRST_YEAR = 1900  # programs write 0001 or 1601 where they know no year


def open_calendar(path: str, world: World) -> Sheet:
    """Return the events of a calendar.

    Raises:
        OSError, OutsideProjectError: as :meth:`World.open`.
        ProducerError: it is no calendar. An event that cannot be read is a problem of its row alone.
    """
    text = world.read_bytes(path).decode("utf-8-sig", "producer-marked")
    if not re.search(r"^BEGIN:VCALENDAR", text, re.MULTILINE | re.IGNORECASE):
        raise ProducerError(
            [Diagnostic("data/bad-calendar", Span(path, 1, 1), {"problem": "BEGIN:VCALENDAR"})]
        )
    return Sheet(COLUMNS, _records(text, path), "ICS", types=TYPES)


def _records(text: str, path: str) -> Iterator[Record]:
    zones = "".join(f"{found[0]}\n" for found in ZONES.finditer(text))
    line = counted = 0
    for found in EVENT.finditer(text):
        line, counted = line + text.count("\n", counted, found.start()), found.start()
        yield _record(
            f"BEGIN:VCALENDAR\nVERSION:2.0\n{zones}{found[0]}\nEND:VCALENDAR\n", Span(path, line + 1, 1)
        )


def _record(text: str, span: Span) -> Record:
    try:
        event = Calendar.from_ical(text).walk("VEVENT")[0]
        begin, end = _moment(event, "DTSTART"), _end(event)
        cells = _cells(event, begin, end)
    except (ValueError, KeyError, IndexError, AttributeError, TypeError, OverflowError) as error:
        # icalendar says first what we asked it for, and then what is wrong with it.
        facts = {"problem": str(error).rpartition("): ")[2] or type(error).__name__}
        return Record(
            span.line, (), problems=(Diagnostic("data/bad-calendar", span, facts, scope=Scope.ROW),)
        )
    told = tuple(_doubts(event, begin, span))
    return Record(span.line, [cells[name] for name in COLUMNS], odd=True, problems=told)


def _cells(event: Component, begin: date | None, end: date | None) -> Mapping[str, Cell]:
    kinds = event.get("CATEGORIES")
    lists = kinds if isinstance(kinds, list) else [kinds] if kinds is not None else []
    said = {name: str(_only(event, key) or "") for name, key in WORDS.items()}
    return {
        "uid": str(_only(event, "UID") or ""),
        "start_date": _day(begin),
        "start_time": _hour(begin),
        "end_date": _day(end),
        "end_time": _hour(end),
        "kinds": tuple(str(kind) for one in lists for kind in getattr(one, "cats", [one])),
        **said,
    }


def _doubts(event: Component, begin: date | None, span: Span) -> Iterator[Diagnostic]:
    """Yield what an event says that its row does not: its repetitions, and hours on a clock that nobody knows."""
    if any(key in event for key in REPEATS):
        yield Diagnostic("data/repeats", span, {}, Level.WARNING, Scope.ROW)
    start = _only(event, "DTSTART")
    zone = start.params.get("TZID") if begin is not None else None
    if zone is not None and getattr(start.dt, "tzinfo", None) is None:
        yield Diagnostic("data/unknown-zone", span, {"name": str(zone)}, Level.WARNING, Scope.ROW)


def _only(event: Component, key: str) -> Any:  # noqa: ANN401 - icalendar has a type for each property
    """A property that an event has once, or nothing.

    Raises:
        ValueError: it has it several times.
    """
    found = event.get(key)
    if isinstance(found, list):
        raise ValueError(f"{key} × {len(found)}")  # noqa: TRY004 - it is the file that is wrong
    return found


def _moment(event: Component, key: str) -> date | datetime | None:
    """When an event begins or ends, on our clock.

    Raises:
        ValueError: it is no day or moment, or in a year in which no calendar of ours begins.
        OverflowError: our clock is in another year than any calendar has.
    """
    found = _only(event, key)
    if found is None:
        return None
    moment = found.dt
    if not isinstance(moment, date):
        raise ValueError(f"{key}: {moment}")  # noqa: TRY004 - it is the file that is wrong
    if moment.year < FIRST_YEAR:
        raise ValueError(f"{key}: {moment.year:04d}")
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        return moment.astimezone(ZONE).replace(tzinfo=None)
    return moment


def _end(event: Component) -> date | datetime | None:
    """The last day or moment; a calendar gives the day after the last whole one."""
    begin, end = _moment(event, "DTSTART"), _moment(event, "DTEND")
    length = _only(event, "DURATION")
    if end is None and begin is not None and length is not None:
        end = begin + length.dt
    if end is None or isinstance(end, datetime) or begin is None or isinstance(begin, datetime):
        return end
    return end - timedelta(days=1) if end > begin else end


def _day(moment: date | datetime | None) -> date | None:
    return moment.date() if isinstance(moment, datetime) else moment


def _hour(moment: date | datetime | None) -> time | None:
    return moment.time().replace(second=0, microsecond=0) if isinstance(moment, datetime) else None
