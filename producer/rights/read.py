"""assets/consent.csv and the consent columns of sheets become grants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from difflib import get_close_matches

from producer.data.cell import read_cell
from producer.data.model import ColumnType, Row, Table, Value
from producer.data.read import read_file
from producer.diagnostics import Diagnostic, Level, ProducerError, Scope, SourceText, Span, once
from producer.recipe.model import Project, Source
from producer.rights.model import (
    AGE,
    CONSENT,
    GUARDIAN,
    NAMES,
    NO_PHOTO,
    PHOTO_CONSENT,
    REGISTER,
    SCHOOL,
    SCOPE,
    SINCE,
    UNTIL,
    Grant,
    Rights,
)
from producer.world import OutsideProjectError, World

NEEDED = ("id", "who", "photos", CONSENT, SCOPE, UNTIL, "proof")
# Asked of people and kept with their answer; no check reads them.
KEPT = ("purposes", "withdrawn", "note")
COLUMNS = ("id", "who", "photos", CONSENT, SCOPE, SINCE, UNTIL, "proof", AGE, GUARDIAN, SCHOOL, *KEPT)
OLDEST = 125  # years
PATHS = "assets/"  # where the paths of sheets begin


def read_rights(project: Project, tables: Mapping[str, Table], world: World) -> Rights:
    """Return what register and sheets record; a project may have no register of people.

    Raises:
        ProducerError: the register is no sheet, has an unknown column, or lacks one.
    """
    entries = read_register(world)
    register = grouped((entry.id, entry) for entry in entries)
    rows = once_each(row for table in tables.values() if is_about_consent(table) for row in table.rows)
    owners = (grant for row in rows for grant in grants_of(row, tables_photos(row, tables)))
    of_picture = grouped((path, grant) for grant in (*entries, *owners) for path in grant.pictures)
    shown, notes = withhold(tables, register)
    return Rights(
        project.recipe.today,
        project.licensed,
        project.nobody,
        register,
        of_picture,
        shown,
        once(notes),
        project.unusable,
    )


def grouped(grants: Iterable[tuple[str, Grant]]) -> Mapping[str, tuple[Grant, ...]]:
    """Return grants by what they are found under."""
    found: dict[str, list[Grant]] = {}
    for key, grant in grants:
        found.setdefault(key, []).append(grant)
    return {key: tuple(of) for key, of in found.items()}


def withhold(
    tables: Mapping[str, Table], register: Mapping[str, tuple[Grant, ...]]
) -> tuple[Mapping[str, Table], list[Diagnostic]]:
    """Return the tables without the pictures of people who agree to be named and not shown, and what was taken."""
    notes: list[Diagnostic] = []

    def without(row: Row, photos: list[str]) -> Row:
        named = [column for column in photos if row.values.get(column)]
        given = (word(row.values.get(CONSENT)), *(grant.given for grant in register.get(row.id, ())))
        if NO_PHOTO not in given or not named:
            return row
        notes.extend(
            Diagnostic(
                "consent/photo-withheld",
                row.span(column),
                {"id": row.id, "path": str(row.values[column])},
                Level.NOTE,
                Scope.ROW,
            )
            for column in named
        )
        return replace(row, values={**row.values, **dict.fromkeys(named)})

    shown = {}
    for name, table in tables.items():
        photos = [column for column, kind in table.types.items() if kind is ColumnType.PHOTO]
        rows = tuple(without(row, photos) for row in table.rows) if photos else table.rows
        shown[name] = replace(table, rows=rows)
    return shown, notes


def of_row(row: Row, rights: Rights) -> tuple[Grant, ...]:
    """What is recorded of the person that a row is about: by itself, and under its id in the register."""
    own = (grant_of(row),) if CONSENT in row.columns else ()
    return (*own, *rights.register.get(row.id, ()))


def is_about_consent(table: Table) -> bool:
    """Whether the rows of a table say whether they may be shown."""
    return CONSENT in table.columns or PHOTO_CONSENT in table.columns


def once_each(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield each row of a file once, however many names show it."""
    seen: set[tuple[str, int]] = set()
    for row in rows:
        if (row.file, row.number) not in seen:
            seen.add((row.file, row.number))
            yield row


def tables_photos(row: Row, tables: Mapping[str, Table]) -> tuple[str, ...]:
    """The pictures that a row names, by the columns that any name of its file takes for photographs."""
    columns = {
        column
        for table in tables.values()
        if table.file == row.file
        for column, kind in table.types.items()
        if kind is ColumnType.PHOTO
    }
    found = (row.values.get(column) for column in sorted(columns))
    return tuple(path for path in found if isinstance(path, str))


def read_register(world: World) -> tuple[Grant, ...]:
    """Return the entries of the register of people, in its order.

    Raises:
        ProducerError: as :func:`read_rights`.
    """
    whole = Span(REGISTER)
    try:
        if not world.exists(REGISTER):
            return ()
    except OutsideProjectError as error:
        raise ProducerError([Diagnostic("recipe/outside-project", whole, {"path": REGISTER})]) from error
    source = Source(SourceText("consent", whole), whole, SourceText(REGISTER, whole))
    table = read_file(source, world)
    problems = [
        Diagnostic(
            "consent/unknown-column",
            Span(REGISTER, 1, at, field=name),
            {
                "column": name,
                "nearest": "".join(get_close_matches(name, COLUMNS, n=1)),
                "known": ", ".join(COLUMNS),
            },
        )
        for at, name in enumerate(table.columns, start=1)
        if name not in COLUMNS
    ]
    problems += [
        Diagnostic("consent/missing-column", Span(REGISTER, 1, 1), {"column": name})
        for name in NEEDED
        if name not in table.columns
    ]
    problems += [
        Diagnostic("data/missing-id", row.span("id"), {"column": "id"})
        for row in table.rows
        if not word(row.values.get("id")) and not problems
    ]
    if problems:
        raise ProducerError(problems)
    return tuple(
        grant_of(
            replace(row, id=word(row.values["id"])),
            tuple(f"{PATHS}{path}" for path in listed(row.values["photos"])),
        )
        for row in table.rows
    )


def grants_of(row: Row, pictures: tuple[str, ...]) -> Iterator[Grant]:
    """Yield what a row records for its pictures: of its person, and of the photograph itself where it says so too."""
    for column in (CONSENT, PHOTO_CONSENT):
        if column in row.columns:
            yield grant_of(row, pictures, column)


def grant_of(row: Row, pictures: tuple[str, ...] = (), column: str = "") -> Grant:
    """Return what a row records in one of its columns: of its person, else for its photograph."""
    values = row.values
    column = column or (CONSENT if CONSENT in row.columns else PHOTO_CONSENT)
    names = (values.get(name) for name in NAMES)
    since, until = day(values.get(SINCE)), day(values.get(UNTIL))
    return Grant(
        row.id,
        row.span(column),
        word(values.get(column)),
        of_photo=column == PHOTO_CONSENT,
        scope=listed(values.get(SCOPE)),
        since=since,
        until=until,
        unread_since=word(values.get(SINCE)) if since is None else "",
        unread_until=word(values.get(UNTIL)) if until is None else "",
        guardian=word(values.get(GUARDIAN)),
        age=years(values.get(AGE)),
        name=next((name for name in names if isinstance(name, str)), ""),
        school=word(values.get(SCHOOL)),
        proof=word(values.get("proof")) if "proof" in row.columns else None,
        pictures=pictures,
    )


def word(value: Value) -> str:
    """A cell as a word; nothing where it is empty."""
    return value.strip() if isinstance(value, str) else ""


def listed(value: Value) -> tuple[str, ...]:
    """A cell as a list, typed as one or not."""
    parts = value if isinstance(value, tuple) else word(value).split(";")
    return tuple(part.strip() for part in parts if part.strip())


def day(value: Value) -> date | None:
    """A cell as a day, typed as one or not, in the forms of every sheet; nothing where nobody can say which."""
    try:
        found = value if isinstance(value, date) else read_cell(word(value), ColumnType.DATE)
    except ValueError:
        return None
    return found if isinstance(found, date) else None


def years(value: Value) -> int | None:
    """A cell as an age; what is written and no number counts as that of a child too young to be asked."""
    text = str(int(value)) if isinstance(value, Decimal) else word(value)
    if not text:
        return None
    known = text.isascii() and text.isdigit() and int(text) <= OLDEST
    return int(text) if known else 0  # 2018 is a year, and whoever was born in it no adult
