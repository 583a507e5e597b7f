"""Calendars (ICS): an event is a row, its days and hours those of its own clock."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
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
    except (ValueError, KeyError, IndexError, AttributeError, TypeError) as error:
        facts = {"problem": str(error) or type(error).__name__}
        return Record(
            span.line, (), problems=(Diagnostic("data/bad-calendar", span, facts, scope=Scope.ROW),)
        )
    problems = (
        [Diagnostic("data/repeats", span, {}, Level.WARNING, Scope.ROW)]
        if any(map(event.get, REPEATS))
        else []
    )
    said = {name: str(event.get(key, "")) for name, key in WORDS.items()}
    kinds = event.get("CATEGORIES")
    lists = kinds if isinstance(kinds, list) else [kinds] if kinds is not None else []
    cells: dict[str, Cell] = {
        "uid": str(event.get("UID", "")),
        "start_date": _day(begin),
        "start_time": _hour(begin),
        "end_date": _day(end),
        "end_time": _hour(end),
        "kinds": tuple(str(kind) for one in lists for kind in getattr(one, "cats", [one])),
        **said,
    }
    return Record(span.line, [cells[name] for name in COLUMNS], odd=True, problems=tuple(problems))


def _moment(event: Component, key: str) -> date | datetime | None:
    found = event.get(key)
    moment = found.dt if found is not None else None
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        return moment.astimezone(ZONE).replace(tzinfo=None)
    return moment if isinstance(moment, date) else None


def _end(event: Component) -> date | datetime | None:
    """The last day or moment; a calendar gives the day after the last whole one."""
    begin, end = _moment(event, "DTSTART"), _moment(event, "DTEND")
    if end is None and begin is not None and event.get("DURATION") is not None:
        end = begin + event.get("DURATION").dt
    if end is None or isinstance(end, datetime):
        return end
    return (
        max(end - timedelta(days=1), begin) if begin is not None and not isinstance(begin, datetime) else end
    )


def _day(moment: date | datetime | None) -> date | None:
    return moment.date() if isinstance(moment, datetime) else moment


def _hour(moment: date | datetime | None) -> time | None:
    return moment.time().replace(second=0, microsecond=0) if isinstance(moment, datetime) else None
