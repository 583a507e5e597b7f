"""The register of people and the consent columns of sheets become what is known of who may be shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from producer.data.model import ColumnType, Row, Table
from producer.diagnostics import Diagnostic, Level, Scope, once
from producer.recipe.model import Project
from producer.rights.column import roles, unread
from producer.rights.fold import folded, folded_path
from producer.rights.grant import grants_in, grants_of, ids_of, names_of
from producer.rights.model import CONSENT, NO_PHOTO, PHOTO_CONSENT, Filed, Grant, Rights, filed
from producer.rights.register import idle_lines, is_file, people_of, read_register
from producer.world import World


def read_rights(project: Project, tables: Mapping[str, Table], world: World) -> Rights:
    """Return what register and sheets record; a project may have no register of people.

    Raises:
        ProducerError: as :func:`producer.rights.register.read_register`.
    """
    entries = read_register(world)
    sources = tuple(
        once_each(source for table in tables.values() for row in table.rows for source in row.sources)
    )
    asking = [row for row in sources if is_about_consent(row)]
    photos = photo_columns(tables)
    owners = [grant for row in asking for grant in grants_of(row, row_photos(row, photos))]
    named = {path for row in sources for path in row_photos(row, photos)}
    known = people_of(sources, named)
    ids = frozenset(name for row in sources for name in ids_of(row))
    register = filed(((entry.id, entry) for entry in entries), folded, ids.__contains__)
    of_picture = filed(
        ((path, grant) for grant in (*entries, *owners) for path in grant.pictures),
        folded_path,
        lambda path: path in named or is_file(path, world),
    )
    idle = idle_lines(entries, known, world)
    lost = [one.grant for one in idle if one.grant.refuses and not one.picture]
    shown, withheld = withhold(tables, register)
    notes = (
        *(one.told(known, world) for one in idle),
        *(problem for table in tables.values() for problem in unread(table)),
        *withheld,
    )
    return Rights(
        project.recipe.today,
        project.licensed,
        project.nobody,
        register,
        of_picture,
        filed(((name, grant) for grant in lost for name in grant.names), folded, lambda _: False),
        shown,
        tuple(people(sources, entries, owners, register)),
        once(notes),
        project.unusable,
    )


def people(
    rows: Iterable[Row], entries: Iterable[Grant], owners: Iterable[Grant], register: Filed
) -> Iterator[Grant]:
    """Yield what is recorded of people whose names are known: by the record itself, or by the row of its id."""
    yield from (grant for grant in (*entries, *owners) if grant.names and not grant.of_photo)
    for row in rows:
        names = names_of(row)
        yield from (replace(grant, names=names) for grant in entered(row, register) if names)


def withhold(tables: Mapping[str, Table], register: Filed) -> tuple[Mapping[str, Table], list[Diagnostic]]:
    """Return the tables without the pictures of people who agree to be named and not shown, and what was taken."""
    notes: list[Diagnostic] = []

    def without(row: Row, photos: list[str]) -> Row:
        named = [column for column in photos if row.values.get(column)]
        if not named or not any(grant.given == NO_PHOTO for grant in recorded(row, register)):
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


def recorded(row: Row, register: Filed) -> tuple[Grant, ...]:
    """What is recorded of the people whom a row is about, each row that it was grouped from asked by itself.

    So it is by their own columns of consent, and under their ids in the register.
    """
    own = (grant for source in row.sources for grant in grants_in(source, CONSENT))
    return (*own, *entered(row, register))


def entered(row: Row, register: Filed) -> tuple[Grant, ...]:
    """What the register records of the people whom a row is about."""
    return tuple(grant for name in ids_of(row) for grant in register.under(name))


def is_about_consent(row: Row) -> bool:
    """Whether a row says whether it may be shown."""
    there = roles(row.columns, row.heads)
    return CONSENT in there or PHOTO_CONSENT in there


def once_each(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield each row of a file once, however many names show it."""
    seen: set[tuple[str, int]] = set()
    for row in rows:
        if (row.file, row.number) not in seen:
            seen.add((row.file, row.number))
            yield row


def photo_columns(tables: Mapping[str, Table]) -> Mapping[str, tuple[str, ...]]:
    """By file the columns that any of its names takes for photographs."""
    found: dict[str, set[str]] = {}
    for table in tables.values():
        photos = (column for column, kind in table.types.items() if kind is ColumnType.PHOTO)
        found.setdefault(table.file, set()).update(photos)
    return {file: tuple(sorted(columns)) for file, columns in found.items()}


def row_photos(row: Row, columns: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The pictures that a row names in the photograph ``columns`` of its file."""
    found = (row.values.get(column) for column in columns.get(row.file, ()))
    return tuple(path for path in found if isinstance(path, str))
