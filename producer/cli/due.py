"""`producer due`: events and days of the year that lack a product, and weeks with nothing planned."""

from __future__ import annotations

import re
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import click

from producer.build.due import Due, Known, Outlook, know, look_ahead
from producer.build.worker import stages_named
from producer.cli.day import Day
from producer.cli.progress import write_json
from producer.cli.project import OUT, ZONE, Place, find, project_here, recipes_of
from producer.cli.settings import Settings, with_settings
from producer.cli.words import Words
from producer.diagnostics import ProducerError
from producer.pipeline import calendar_of, prepare
from producer.world import FolderWorld

SMALL = "low"  # the weight of a day of the calendar that is told by number


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


class Wish(NamedTuple):
    """The options of `due`."""

    recipes: tuple[Path, ...]
    out: Path | None
    within: timedelta
    today: date | None
    with_small: bool
    as_json: bool


def command(words: Words, stages: str) -> click.Command:
    """Return the command in the reader's language."""
    path = click.Path(path_type=Path)

    @with_settings("due", words, stages)
    @click.argument("recipes", nargs=-1, metavar=f"[{words('meta.recipe')}…]", type=path)
    @click.option("-o", "--out", type=path, metavar=words("meta.dir"), help=words("option.out"))
    @click.option("--within", type=Days(), default="30d", metavar="30d", help=words("option.within"))
    @click.option("--today", type=Day(words), metavar="2025-07-01", help=words("option.today"))
    @click.option("--all", "with_small", is_flag=True, help=words("option.all"))
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
    today = wish.today or datetime.now(ZONE).date()
    outlook = look_ahead(known, calendar_of(world), today, wish.within)
    if wish.as_json:
        tell_json(outlook)
    else:
        tell_people(outlook, settings.words, with_small=wish.with_small)
    return code


def _known(place: Place, out: Path | None, settings: Settings) -> Known:
    stages = stages_named(settings.stages)
    road = prepare(place.recipe, FolderWorld(place.root), stages)
    return know(road, stages, out or place.root / OUT)


def tell_json(outlook: Outlook) -> None:
    """Write one object for each thing that is due, days of little weight too, and for each empty week."""
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
                "weight": due.held.occasion.weight if due.held is not None else None,
                "state": "planned" if due.planned else "missing",
                "place": str(due.row.span()) if due.row is not None else None,
            }
        )
    for monday in outlook.empty_weeks:
        write_json({"event": "empty-week", "monday": monday.isoformat()})


def tell_people(outlook: Outlook, words: Words, *, with_small: bool) -> None:
    """Write three lists: what is late, what should be begun, and the weeks without anything.

    Days of little weight that nobody planned for are counted, and listed where somebody asks.
    """
    shown_due = [due for due in outlook.due if with_small or not is_small(due)]
    late = [due for due in shown_due if due.begin < outlook.today]
    soon = [due for due in shown_due if due.begin >= outlook.today]
    lines = [words("due.head", today=shown(outlook.today), until=shown(outlook.until))]
    for heading, listed in (("due.late", late), ("due.soon", soon)):
        if listed:
            lines += [
                "",
                words(heading, count=len(listed)),
                *table([row_of(due, outlook, words) for due in listed]),
            ]
    if len(shown_due) < len(outlook.due):
        lines += ["", words("due.small", count=len(outlook.due) - len(shown_due))]
    if outlook.empty_weeks:
        lines += ["", words("due.empty", count=len(outlook.empty_weeks))]
        weeks = [f"{shown(day)} – {shown(day + timedelta(days=6))}" for day in outlook.empty_weeks]
        lines += [f"  {week}" for week in weeks]
    if len(lines) == 1:
        lines += ["", words("due.nothing")]
    sys.stdout.write("\n".join(lines) + "\n")


def is_small(due: Due) -> bool:
    """Whether it is a day that most offices let pass, and no recipe makes anything of it."""
    return due.held is not None and due.held.occasion.weight == SMALL and not due.planned


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
    state = words("due.planned" if due.planned else "due.missing")
    return when, span, state, due.name, title if title != due.name else ""


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
