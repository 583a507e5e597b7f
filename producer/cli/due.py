"""`producer due`: events and days of the year that lack a product, and weeks with nothing planned."""

from __future__ import annotations

import re
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import click

from producer.build.due import Due, Known, Outlook, know, look_ahead
from producer.build.worker import stages_named
from producer.cli.progress import write_json
from producer.cli.project import OUT, Place, find, project_here, recipes_of
from producer.cli.settings import Settings, with_settings
from producer.cli.words import Words
from producer.diagnostics import ProducerError
from producer.pipeline import calendar_of, prepare
from producer.world import FolderWorld

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")  # whose day it is
YEARS = 1900, 2100  # of which the lunar calendar was compared with another table


class Days(click.ParamType[timedelta]):
    """A number of days: `30d`."""

    name = "days"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """See click."""
        if isinstance(value, timedelta):
            return value
        found = re.fullmatch(r"(\d{1,3})d", str(value))
        if found is None:
            self.fail("30d", param, ctx)
        return timedelta(days=int(found[1]))


class Today(click.DateTime):
    """A day of the years whose moons are known, written `2025-07-01`."""

    def __init__(self) -> None:
        """Take no other form."""
        super().__init__(["%Y-%m-%d"])

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """See click."""
        day: datetime = super().convert(value, param, ctx)
        if not YEARS[0] <= day.year <= YEARS[1]:
            self.fail(f"{YEARS[0]}-01-01 – {YEARS[1]}-12-31", param, ctx)
        return day


class Wish(NamedTuple):
    """The options of `due`."""

    recipes: tuple[Path, ...]
    out: Path | None
    within: timedelta
    today: datetime | None
    as_json: bool


def command(words: Words, stages: str) -> click.Command:
    """Return the command in the reader's language."""
    path = click.Path(path_type=Path)

    @with_settings("due", words, stages)
    @click.argument("recipes", nargs=-1, metavar=f"[{words('meta.recipe')}…]", type=path)
    @click.option("-o", "--out", type=path, metavar=words("meta.dir"), help=words("option.out"))
    @click.option("--within", type=Days(), default="30d", metavar="30d", help=words("option.within"))
    @click.option("--today", type=Today(), metavar="2025-07-01", help=words("option.today"))
    @click.option("--json", "as_json", is_flag=True, help=words("option.json"))
    def due(settings: Settings, **options: Any) -> int:  # noqa: ANN401 - click's
        return run_due(settings, Wish(**options))

    return due


def run_due(settings: Settings, wish: Wish) -> int:
    """Look ahead over all recipes; one that cannot be read is told, and the others count."""
    places = [find(recipe) for recipe in wish.recipes]
    root = places[0].root if places else project_here()
    world = FolderWorld(root)
    settings.console.world = world
    known, code = [], 0
    for place in places or recipes_of(root):
        try:
            known.append(_known(place, wish.out, settings))
        except ProducerError as error:
            code = max(code, settings.console.problems(error.diagnostics))
    today = wish.today.date() if wish.today is not None else datetime.now(ZONE).date()
    outlook = look_ahead(known, calendar_of(world), today, wish.within)
    tell = tell_json if wish.as_json else tell_people
    tell(outlook, settings.words)
    return code


def _known(place: Place, out: Path | None, settings: Settings) -> Known:
    stages = stages_named(settings.stages)
    road = prepare(place.recipe, FolderWorld(place.root), stages)
    return know(road, stages, out or place.root / OUT)


def tell_json(outlook: Outlook, _words: Words) -> None:
    """Write one object for each thing that is due, and for each empty week."""
    for due in outlook.due:
        write_json(
            {
                "event": "due",
                "kind": "event" if due.row is not None else "day",
                "id": due.name,
                "title": due.title,
                "first": due.first.isoformat(),
                "last": due.last.isoformat(),
                "begin": due.begin.isoformat(),
                "state": "planned" if due.planned else "missing",
                "place": str(due.row.span()) if due.row is not None else None,
            }
        )
    for monday in outlook.empty_weeks:
        write_json({"event": "empty-week", "monday": monday.isoformat()})


def tell_people(outlook: Outlook, words: Words) -> None:
    """Write three lists: what is late, what should be begun, and the weeks without anything."""
    late = [due for due in outlook.due if due.begin < outlook.today]
    soon = [due for due in outlook.due if due.begin >= outlook.today]
    lines = [words("due.head", today=shown(outlook.today), until=shown(outlook.until))]
    for heading, listed in (("due.late", late), ("due.soon", soon)):
        if listed:
            lines += [
                "",
                words(heading, count=len(listed)),
                *table([row_of(due, outlook, words) for due in listed]),
            ]
    if outlook.empty_weeks:
        lines += ["", words("due.empty", count=len(outlook.empty_weeks))]
        weeks = [f"{shown(day)} – {shown(day + timedelta(days=6))}" for day in outlook.empty_weeks]
        lines += [f"  {week}" for week in weeks]
    if len(lines) == 1:
        lines += ["", words("due.nothing")]
    sys.stdout.write("\n".join(lines) + "\n")


def row_of(due: Due, outlook: Outlook, words: Words) -> tuple[str, ...]:
    """Return when work begins, when it is, what it is, and what it lacks."""
    days = (due.begin - outlook.today).days
    when = (
        words("due.since", days=-days)
        if days < 0
        else words("due.in", days=days)
        if days
        else words("due.now")
    )
    span = shown(due.first) if due.first == due.last else f"{shown(due.first)} – {shown(due.last)}"
    title = " ".join(due.title.split())
    if due.held is not None and due.first == due.last and (years := due.held.occasion.years(due.first)):
        title = f"{title} ({words('due.years', count=years)})"
    return when, span, words("due.planned" if due.planned else "due.missing"), due.name, title


def table(rows: list[tuple[str, ...]]) -> list[str]:
    """Return rows as lines whose columns stand under each other."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  " + "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def shown(day: date) -> str:
    """Return a day as notices write it."""
    return f"{day.day}/{day.month}/{day.year}"
