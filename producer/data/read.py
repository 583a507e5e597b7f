"""Files become typed rows, and named views of them."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Mapping
from dataclasses import replace

from producer.data.cell import FORMS, read_cell
from producer.data.model import ColumnType, Row, Table, Value
from producer.data.view import view
from producer.diagnostics import Diagnostic, ProducerError, Scope, SourceText, Span
from producer.recipe.model import Recipe, Source
from producer.world import OutsideProjectError, World, unreadable

Record = tuple[int, list[str]]  # the line on which it begins, and its cells


def read_tables(recipe: Recipe, world: World) -> Mapping[str, Table]:
    """Return every data name of the recipe as a table.

    Raises:
        ProducerError: a file is missing or unreadable, a column that the recipe names is not there, or two rows
            have one id. A value that is not of its type stays with its row.
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
        raise ProducerError([unreadable(error, str(path), path.span)]) from error
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ProducerError([Diagnostic("data/not-utf8", Span(str(path), line, 1))]) from error
    (_, head), *lines = read_records(text, str(path)) or [(1, [])]
    columns = tuple(unicodedata.normalize("NFC", name.strip()) for name in head)
    lines = named_only(columns, lines, str(path))
    columns = tuple(name for name in columns if name)
    check_columns(source, str(path), columns)
    return typed(source, str(path), columns, lines)


def read_records(text: str, path: str) -> list[Record]:
    """Return the records of a CSV text that hold anything, numbered by the line on which each begins.

    Raises:
        ProducerError: a quotation mark without its fellow, or a cell too large to be one.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    records: list[Record] = []
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                records.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise ProducerError(
            [Diagnostic("data/bad-csv", Span(path, line, 1), {"problem": str(error)})]
        ) from error
    return records


def named_only(columns: tuple[str, ...], lines: list[Record], path: str) -> list[Record]:
    """Return the records without the columns that have no name: office programs save empty ones.

    Raises:
        ProducerError: there is no column at all, or one without a name holds something.
    """
    if not any(columns):
        raise ProducerError([Diagnostic("data/no-columns", Span(path))])
    nameless = [at for at, name in enumerate(columns) if not name]
    problems = [
        Diagnostic("data/unnamed-column", Span(path, number, 1 + at), {"value": cells[at]})
        for number, cells in lines
        for at in nameless
        if at < len(cells) and cells[at].strip()
    ]
    if problems:
        raise ProducerError(problems[:1])
    return [(number, [c for at, c in enumerate(cells) if at not in nameless]) for number, cells in lines]


def check_columns(source: Source, path: str, columns: tuple[str, ...]) -> None:
    """Raise for repeated columns and for columns that the recipe names and the file lacks."""
    first: dict[str, int] = {}
    problems = [
        Diagnostic("data/repeated-column", Span(path, 1, 1 + at, field=name), {"column": name})
        for at, name in enumerate(columns)
        if first.setdefault(name, at) != at
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


def typed(source: Source, path: str, columns: tuple[str, ...], lines: list[Record]) -> Table:
    """Return the lines as typed rows with their ids; a cell that cannot be read is a problem of its row alone.

    Raises:
        ProducerError: a row has cells too few or too many, or the id of another.
    """
    types = {column: source.types.get(SourceText(column, source.span), ColumnType.TEXT) for column in columns}
    problems: list[Diagnostic] = []
    rows: list[Row] = []
    ids: dict[str, int] = {}
    for number, cells in lines:
        if len(cells) != len(columns):
            facts = {"cells": len(cells), "columns": len(columns)}
            problems.append(Diagnostic("data/ragged-row", Span(path, number, 1), facts))
            continue
        values, unread = read_cells(cells, types, Span(path, number, 1))
        unread += missing_ids(source, cells, columns, Span(path, number, 1))
        name = "-".join(named) if (named := id_cells(source, cells, columns)) else str(len(rows) + 1)
        if name in ids:
            problems.append(
                Diagnostic("data/repeated-id", Span(path, number, 1), {"id": name, "line": ids[name]})
            )
        ids[name] = number
        rows.append(Row(name, path, number, columns, values, unread))
    if problems:
        raise ProducerError(problems)
    return Table(str(source.name), path, columns, types, tuple(rows))


def id_cells(source: Source, cells: list[str], columns: tuple[str, ...]) -> list[str]:
    """Return what the columns of ``id:`` say; nothing where all of them are empty."""
    found = [unicodedata.normalize("NFC", cells[columns.index(column)].strip()) for column in source.id]
    return found if any(found) else []


def missing_ids(
    source: Source, cells: list[str], columns: tuple[str, ...], begin: Span
) -> tuple[Diagnostic, ...]:
    """Return a problem for each empty cell of ``id:``: its row would change its name when rows move."""
    return tuple(
        Diagnostic(
            "data/missing-id",
            replace(begin, column=1 + columns.index(column), field=str(column)),
            {"column": str(column)},
            scope=Scope.ROW,
        )
        for column in source.id
        if not cells[columns.index(column)].strip()
    )


def read_cells(
    cells: list[str], types: Mapping[str, ColumnType], begin: Span
) -> tuple[dict[str, Value], tuple[Diagnostic, ...]]:
    """Return the values of one row, nothing for those that cannot be read, and a problem for each of these."""
    values: dict[str, Value] = {}
    problems = []
    for at, (column, cell) in enumerate(zip(types, cells, strict=True)):
        try:
            values[column] = read_cell(cell, types[column])
        except ValueError:
            values[column] = None
            facts = {"column": column, "value": cell, "form": FORMS[types[column]]}
            span = replace(begin, column=1 + at, field=column)
            problems.append(Diagnostic("data/wrong-type", span, facts, scope=Scope.ROW))
    return values, tuple(problems)
