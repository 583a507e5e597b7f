"""Files become typed rows, and named views of them."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date, time
from decimal import Decimal, InvalidOperation

from producer.data.model import ColumnType, Row, Table, Value
from producer.data.view import view
from producer.diagnostics import Diagnostic, ProducerError, SourceText, Span
from producer.recipe.model import Recipe, Source
from producer.world import OutsideProjectError, World

LIST_MARKS = ";"  # what parts a list inside one cell, as people type it
FORMS = {
    ColumnType.NUMBER: "1234.5",
    ColumnType.DATE: "YYYY-MM-DD",
    ColumnType.TIME: "HH:MM",
}


def read_tables(recipe: Recipe, world: World) -> Mapping[str, Table]:
    """Return every data name of the recipe as a table.

    Raises:
        ProducerError: a file is missing or unreadable, a column that the recipe names is not there, a value is
            not of its type, or two rows have one id.
    """
    tables: dict[str, Table] = {}
    problems: list[Diagnostic] = []
    for source in recipe.sources:
        try:
            if source.file is not None:
                read = read_file(source, world)
            elif source.parent is not None and str(source.parent) in tables:
                read = tables[str(source.parent)]
            else:
                continue  # its parent failed and has said so
            tables[str(source.name)] = view(source, read)
        except ProducerError as error:
            problems += error.diagnostics
    if problems:
        raise ProducerError(problems)
    return tables


def read_file(source: Source, world: World) -> Table:
    """Return the rows of a CSV file, typed.

    Raises:
        ProducerError: as :func:`read_tables`.
    """
    path = source.file or SourceText("", source.span)
    try:
        data = world.read_bytes(path)
        text = data.decode("utf-8-sig")
    except OutsideProjectError as error:
        raise ProducerError([Diagnostic("recipe/outside-project", path.span, {"path": str(path)})]) from error
    except OSError as error:
        raise ProducerError([Diagnostic("recipe/no-file", path.span, {"path": str(path)})]) from error
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ProducerError([Diagnostic("data/not-utf8", Span(str(path), line, 1))]) from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        columns = tuple(unicodedata.normalize("NFC", name.strip()) for name in next(reader, []))
        lines = [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        span = Span(str(path), reader.line_num, 1)
        raise ProducerError([Diagnostic("data/bad-csv", span, {"problem": str(error)})]) from error
    check_columns(source, str(path), columns)
    return typed(source, str(path), columns, with_first_lines(lines))


def with_first_lines(lines: Iterable[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """Number each record by the line on which it begins; the reader tells where it ends."""
    return [(end - sum(cell.count("\n") for cell in cells), cells) for end, cells in lines]


def check_columns(source: Source, path: str, columns: tuple[str, ...]) -> None:
    """Raise for repeated columns and for columns that the recipe names and the file lacks."""
    problems = [
        Diagnostic("data/repeated-column", Span(path, 1, 1 + at, field=name), {"column": name})
        for at, name in enumerate(columns)
        if name in columns[:at]
    ]
    named = [*source.id, *source.types]
    problems += [
        Diagnostic(
            "data/missing-column", name.span, {"column": str(name), "file": path, "known": ", ".join(columns)}
        )
        for name in named
        if name not in columns
    ]
    if problems:
        raise ProducerError(problems)


def typed(source: Source, path: str, columns: tuple[str, ...], lines: list[tuple[int, list[str]]]) -> Table:
    """Return the lines as typed rows with their ids."""
    types = {column: source.types.get(SourceText(column, source.span), ColumnType.TEXT) for column in columns}
    problems: list[Diagnostic] = []
    rows: list[Row] = []
    ids: dict[str, int] = {}
    for number, cells in lines:
        if len(cells) != len(columns):
            facts = {"cells": len(cells), "columns": len(columns)}
            problems.append(Diagnostic("data/ragged-row", Span(path, number, 1), facts))
            continue
        values: dict[str, Value] = {}
        for at, (column, cell) in enumerate(zip(columns, cells, strict=True)):
            try:
                values[column] = READERS[types[column]](unicodedata.normalize("NFC", cell.strip()))
            except (ValueError, InvalidOperation):
                facts_of = {"column": column, "value": cell, "form": FORMS[types[column]]}
                span = Span(path, number, 1 + at, field=column)
                problems.append(Diagnostic("data/wrong-type", span, facts_of))
        name = "-".join(cells[columns.index(column)].strip() for column in source.id) or str(len(rows) + 1)
        if name in ids:
            problems.append(
                Diagnostic("data/repeated-id", Span(path, number, 1), {"id": name, "line": ids[name]})
            )
        ids[name] = number
        rows.append(Row(name, path, number, columns, values))
    if problems:
        raise ProducerError(problems)
    return Table(str(source.name), path, columns, types, tuple(rows))


def _number(cell: str) -> Decimal | None:
    if not cell:
        return None
    number = Decimal(cell)
    if not number.is_finite():
        raise ValueError(cell)
    return number


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(LIST_MARKS) if part.strip())


READERS: Mapping[ColumnType, Callable[[str], Value]] = {
    ColumnType.TEXT: lambda cell: cell or None,
    ColumnType.PHOTO: lambda cell: f"assets/{cell}" if cell else None,
    ColumnType.NUMBER: _number,
    ColumnType.DATE: lambda cell: date.fromisoformat(cell) if cell else None,
    ColumnType.TIME: lambda cell: time.fromisoformat(cell) if cell else None,
    ColumnType.LIST: _list,
}
