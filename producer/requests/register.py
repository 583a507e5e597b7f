"""The project's registers: rows that staff pick from, so that a fact is typed once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from producer.data.cell import plain
from producer.data.model import Row, Table, Value
from producer.data.read import read_file
from producer.diagnostics import Level, ProducerError
from producer.recipe.load import load_project
from producer.recipe.model import Piece, Project, Source
from producer.recipe.shelf import Shelf
from producer.requests.draft import BESIDE, Draft
from producer.requests.form import FieldKind, Form
from producer.requests.recipe_folder import ASSETS
from producer.world import World

RECIPES = "recipes"
TITLES = ("title", "full_name", "quote")  # the columns that say what a row is about, the best first


@dataclass(frozen=True, slots=True)
class Event:
    """One row of a register."""

    id: str
    title: str
    day: date | None
    register: str  # path of its file
    values: Mapping[str, str] = field(default_factory=dict)  # by column, as a form shows them


@dataclass(frozen=True, slots=True)
class Example:
    """A piece that the project's recipes make with a template: what staff are shown of it."""

    piece: Piece
    row: Row
    source: str  # file of its rows
    today: date  # of its recipe, by which the row is neither past nor unsure


@dataclass(frozen=True, slots=True)
class Registers:
    """What the recipes of a project know: rows by file, and an example of each template."""

    tables: Mapping[str, Table] = field(default_factory=dict)
    examples: Mapping[str, Example] = field(default_factory=dict)  # by template


def read_registers(world: World, recipes: tuple[str, ...], shelf: Shelf) -> Registers:
    """Return the registers of all recipes that can be read; one with a fault is left to `producer check`."""
    tables: dict[str, Table] = {}
    examples: dict[str, Example] = {}
    for path in recipes:
        try:
            project = load_project(path, world, shelf)
            found = dict(_tables(project, world))
        except ProducerError:
            continue
        tables = {**found, **tables}
        for template, example in _examples(project, found):
            examples.setdefault(template, example)
    return Registers(tables, examples)


def _tables(project: Project, world: World) -> Iterator[tuple[str, Table]]:
    """Yield the whole sheets that a recipe reads, by file; those whose rows have no names cannot be picked from."""
    for source in project.recipe.sources:
        if source.file is not None and source.id:
            whole = replace(source, only=(), exclude=(), group_by=None)
            yield str(source.file), read_file(whole, world)


def _examples(project: Project, tables: Mapping[str, Table]) -> Iterator[tuple[str, Example]]:
    sources = {str(source.name): source for source in project.recipe.sources}
    for piece in project.recipe.pieces:
        if piece.each and (file := _file_of(sources, str(piece.rows))) in tables:
            rows = [row for row in tables[file].rows if not any(_stops(row))]
            if rows:
                yield str(piece.template), Example(piece, rows[0], file, project.recipe.today)


def _stops(row: Row) -> Iterator[bool]:
    yield from (problem.level is Level.ERROR for problem in row.problems)


def _file_of(sources: Mapping[str, Source], name: str) -> str:
    """The file that a data name takes its rows from, itself or through others."""
    while name in sources:
        source = sources[name]
        if source.file is not None:
            return str(source.file)
        name = str(source.parent)
    return ""


def events_of(registers: Registers, form: Form | None) -> tuple[Event, ...]:
    """Return the rows to pick from, the latest day first: of every register, or of those that fill a form.

    A register fills a form where the project makes its template from it, or where it has the form's title and a day.
    """
    files = [file for file in registers.tables if form is None or _fills(registers, file, form)]
    found = [
        event_of(row, form) for file in files for row in registers.tables[file].rows if not any(_stops(row))
    ]
    return tuple(sorted(found, key=lambda event: (event.day is None, -(event.day or date.min).toordinal())))


def _fills(registers: Registers, file: str, form: Form) -> bool:
    example = registers.examples.get(form.template)
    columns = registers.tables[file].columns
    days = [one.key for one in form.fields if one.kind is FieldKind.DATE]
    shares = "title" in columns and form.field("title") is not None and any(day in columns for day in days)
    return shares or (example is not None and example.source == file)


def event_of(row: Row, form: Form | None) -> Event:
    """Return a row as staff see it, its values only where the form has a field for them."""
    known = None if form is None else {*BESIDE, *(one.key for one in form.fields)}
    texts = {key: text_of(value) for key, value in row.values.items()}
    title = next((text for name in TITLES if (text := texts.get(name))), row.id)
    values = {key: text for key, text in texts.items() if text and (known is None or key in known)}
    return Event(row.id, " ".join(title.split()), row.day, row.file, values)


def text_of(value: Value) -> str:
    """Return a value as a form shows it."""
    return "\n".join(value) if isinstance(value, tuple) else plain(value).removeprefix(ASSETS)


def filled_from(draft: Draft, event: Event, form: Form) -> Draft:
    """Return a draft with all that an event says; what the event does not say stays as it was filled in."""
    known = {*BESIDE, *(one.key for one in form.fields)}
    said = {key: text for key, text in event.values.items() if key in known}
    return replace(draft, event=event.id, values={**draft.values, **said})
