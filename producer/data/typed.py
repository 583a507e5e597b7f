"""Records become rows: columns by the recipe's names and types, ids, and what is wrong with each."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from producer.data.cell import FORMS, LONGEST, last_day, plain
from producer.data.column import Column
from producer.data.letters import has_lost, is_shortened, refused
from producer.data.model import Cell, ColumnType, Record, Row, Sheet, Table, Value
from producer.data.view import check, group, keeper, order
from producer.diagnostics import Diagnostic, Level, ProducerError, Scope, SourceText, Span
from producer.legacy import Converted, from_legacy
from producer.recipe.model import Source

Facts = Mapping[str, str | int]
DAMAGED = "U+FFFD"  # stands for bytes that are no letter
TEXTS = (ColumnType.TEXT, ColumnType.NAME)
WEIGHED = (ColumnType.NUMBER, ColumnType.DATE)  # what one office writes otherwise than another


def columns_of(source: Source) -> tuple[str, ...]:
    """Return the columns that a recipe says a file has, as the file calls them."""
    named = (*source.id, *source.types)
    return tuple(str(source.columns.get(name, name)) for name in named) + tuple(
        map(str, source.columns.values())
    )


def read_rows(source: Source, path: str, sheet: Sheet) -> Table:
    """Return the rows of a sheet that ``source`` keeps, in its order, grouped where it says so.

    Raises:
        ProducerError: the recipe names a column that is not there, or two columns have one name.
    """
    names = named(source, path, sheet)
    reader = Reader(source, path, sheet, names)
    empty = Table(
        str(source.name), path, reader.columns, reader.types, (), sheet.taken, (), reader.heads, sheet.line
    )
    keeps = keeper(empty, source.only, source.exclude)
    chosen = filter(keeps, reader.rows()) if source.only or source.exclude else reader.rows()
    kept = [reader.once(row) for row in chosen]
    rows = tuple(reader.doubted(kept))
    table = order(replace(empty, rows=rows, problems=tuple(reader.file_problems())), source.order)
    return group(table, source) if source.group_by is not None else table


def named(source: Source, path: str, sheet: Sheet) -> tuple[str, ...]:
    """Return what the recipe calls the columns; empty where one has no name.

    Raises:
        ProducerError: no column has a name, two have one, or one that the recipe names is not there.
    """
    heads = tuple(unicodedata.normalize("NFC", " ".join(name.split())) for name in sheet.head)
    if not any(heads):
        raise ProducerError([Diagnostic("data/no-columns", Span(path))])
    ours = {squeezed(theirs): str(name) for name, theirs in source.columns.items()}
    names = tuple(ours.get(head, head) for head in heads)
    first: dict[str, int] = {}
    problems = [
        Diagnostic("data/repeated-column", Span(path, sheet.line, 1 + at, field=name), {"column": name})
        for at, name in enumerate(names)
        if name and first.setdefault(name, at) != at
    ]
    there = Table("", path, tuple(filter(None, heads)), {}, (), sheet.taken)
    problems += missing(
        there, [theirs for theirs in source.columns.values() if squeezed(theirs) not in heads]
    )
    there = replace(there, columns=tuple(filter(None, names)))
    problems += missing(there, [name for name in (*source.id, *source.types) if name not in names])
    if problems:
        raise ProducerError(problems)
    return names


def squeezed(name: str) -> str:
    """Return a column's name as it is compared: what a sheet breaks into lines, a recipe does not."""
    return unicodedata.normalize("NFC", " ".join(name.split()))


def missing(table: Table, columns: list[SourceText]) -> list[Diagnostic]:
    """Return a problem for each of ``columns``, all of which the table lacks."""
    try:
        check(table, columns)
    except ProducerError as error:
        return list(error.diagnostics)
    return []


class Reader:
    """Reads the records of one sheet; what it meets on the way it tells at the end."""

    def __init__(self, source: Source, path: str, sheet: Sheet, names: Sequence[str]) -> None:
        """Take the sheet and the names of its columns, empty where one has none."""
        self.source, self.path, self.sheet, self.names = source, path, sheet, names
        self.nameless = [at for at, name in enumerate(names) if not name]
        self.columns = tuple(filter(None, names))
        heads = tuple(head for head, name in zip(map(squeezed, sheet.head), names, strict=True) if name)
        self.heads = heads if heads != self.columns else ()
        self.places = tuple(at + 1 for at, name in enumerate(names) if name) if self.nameless else ()
        self.begun: dict[int, tuple[int, ...]] = {}  # places of columns that all begin where their row does
        said = {str(name): kind for name, kind in source.types.items()}
        self.types = {
            column: said.get(column, sheet.types.get(column, ColumnType.TEXT)) for column in self.columns
        }
        self.readers = [Column(name, kind) for name, kind in self.types.items()]
        self.reads = [
            (column.name, column.read_text if column.kind in TEXTS else column.read)
            for column in self.readers
        ]
        self.weighed = [(at, column) for at, column in enumerate(self.readers) if column.kind in WEIGHED]
        self.ids = [self.columns.index(column) for column in source.id]
        self.first: dict[str, int] = {}  # by id, the line of its row
        self.count = 0

    def rows(self) -> Iterator[Row]:
        """Yield all rows of the sheet."""
        width, careful = len(self.names), bool(self.nameless or self.sheet.legacy or self.sheet.lossy)
        for record in self.sheet.records:
            self.count += 1
            if careful or record.odd or record.problems or len(record.cells) != width:
                yield self.odd_row(record)
            else:
                yield self.row(record, record.cells, [])

    def odd_row(self, record: Record) -> Row:
        """A row that is looked at cell by cell; whatever is wrong with it is its own."""
        problems = list(record.problems)
        cells = record.cells
        if len(cells) != len(self.names) or self.nameless:
            cells = self.fitted(cells, record, problems)
        return self.row(record, self.clean(cells, record, problems), problems)

    def row(self, record: Record, cells: Sequence[Cell], problems: list[Diagnostic]) -> Row:
        """One row of as many cells as there are columns."""
        try:
            values = {name: read(cell) for (name, read), cell in zip(self.reads, cells, strict=True)}
        except ValueError:
            values = self.readable(cells, record, problems)
        for at, column in self.weighed:
            if column.doubtful and cells[at] in column.doubtful:
                column.lines.add(record.number)
        name = self.id(cells, record, problems)
        keys = tuple(plain(cells[at]).strip() for at in self.ids) if len(self.ids) > 1 else ()
        places = self.places_of(record)
        return Row(
            name, self.path, record.number, self.columns, values, tuple(problems), places, self.heads, keys
        )

    def places_of(self, record: Record) -> tuple[int, ...]:
        """Where the columns of a record stand, if not one after the other from the first."""
        if not record.column:
            return self.places
        return self.begun.setdefault(record.column, (record.column,) * len(self.columns))

    def readable(self, cells: Sequence[Cell], record: Record, problems: list[Diagnostic]) -> dict[str, Value]:
        """The values of a row, nothing for those that are not written as their type is, and a problem for each."""
        values: dict[str, Value] = {}
        for at, (name, read) in enumerate(self.reads):
            try:
                values[name] = read(cells[at])
            except ValueError:
                values[name] = None
                problems.append(self.unreadable(plain(cells[at]), record, at))
        return values

    def unreadable(self, text: str, record: Record, at: int) -> Diagnostic:
        """Why a cell is no value of its column's type."""
        name = self.columns[at]
        last = last_day(text) if self.types[name] is ColumnType.DATE else ""
        if last:
            return self.problem(
                "data/no-such-day", record, at, {"column": name, "value": text, "right": last}
            )
        facts = {"column": name, "value": text, "form": FORMS[self.types[name]]}
        return self.problem("data/wrong-type", record, at, facts)

    def span(self, record: Record, at: int) -> Span:
        """Where the cell of the column number ``at`` stands."""
        places = self.places_of(record)
        return Span(self.path, record.number, places[at] if places else at + 1, field=self.columns[at])

    def problem(
        self, code: str, record: Record, at: int, facts: Facts, level: Level = Level.ERROR
    ) -> Diagnostic:
        """A problem of one cell."""
        return Diagnostic(code, self.span(record, at), facts, level, Scope.ROW)

    def fitted(self, cells: Sequence[Cell], record: Record, problems: list[Diagnostic]) -> Sequence[Cell]:
        """The cells of the columns that have names; of a record of another length no more than its name is sure."""
        place, width = Span(self.path, record.number, 1), len(self.names)
        whole = [*cells, *([None] * (width - len(cells)))]
        if cells and len(cells) != width:
            facts: Facts = {"cells": len(cells), "columns": width, "taken": self.sheet.taken}
            problems.append(Diagnostic("data/ragged-row", place, facts, scope=Scope.ROW))
            kept = [cell for cell, name in zip(whole, self.names, strict=False) if name]
            return [cell if at in self.ids else None for at, cell in enumerate(kept)]
        for at in self.nameless:
            if plain(whole[at]).strip():
                facts = {"value": plain(whole[at])}
                span = replace(place, column=at + 1)
                problems.append(Diagnostic("data/unnamed-column", span, facts, scope=Scope.ROW))
        return [cell for cell, name in zip(whole, self.names, strict=False) if name]

    def clean(self, cells: Sequence[Cell], record: Record, problems: list[Diagnostic]) -> Sequence[Cell]:
        """The cells as they were meant: old encodings are converted, and what nobody can mean is a problem."""
        made: list[Cell] = list(cells)
        for at, cell in enumerate(cells):
            if not isinstance(cell, str) or not cell:
                continue
            fault = self.fault(cell, record, at)
            if fault is not None:
                problems.append(fault)
                made[at] = None
                continue
            found = from_legacy(cell, self.sheet.legacy)
            made[at] = found.text if found is not None else unicodedata.normalize("NFC", cell)
            if found is not None:
                problems.append(self.converted(found, record, at))
        return made

    def fault(self, text: str, record: Record, at: int) -> Diagnostic | None:
        """What is wrong with the letters of a cell."""
        column, letter = self.columns[at], refused(text)
        if len(text) > LONGEST:
            facts: Facts = {"column": column, "letters": len(text), "most": LONGEST}
            return self.problem("data/long-cell", record, at, facts)
        if letter:
            code = "data/damaged-letters" if letter == DAMAGED else "data/odd-letter"
            return self.problem(code, record, at, {"column": column, "letter": letter})
        if self.sheet.lossy and has_lost(text):
            return self.problem("data/lost-letters", record, at, {"column": column, "value": text})
        if is_shortened(text) and self.types[column] in TEXTS:
            return self.problem("data/shortened-number", record, at, {"column": column, "value": text})
        return None

    def converted(self, found: Converted, record: Record, at: int) -> Diagnostic:
        """That a cell was in an encoding of before Unicode, and which of its words somebody should read again."""
        facts = {
            "column": self.columns[at],
            "encoding": found.encoding,
            "right": found.text,
            "doubtful": ", ".join(found.doubtful),
        }
        code = "data/doubtful-letters" if found.doubtful else "data/legacy-encoding"
        return self.problem(code, record, at, facts, Level.WARNING)

    def id(self, cells: Sequence[Cell], record: Record, problems: list[Diagnostic]) -> str:
        """The row's name: what its columns of `id:` say, else its number. The name of another row is a problem."""
        parts = [plain(cells[at]).strip() for at in self.ids]
        if all(parts) and parts:
            return unicodedata.normalize("NFC", "-".join(parts))
        if record.cells:  # else it could not be taken apart
            problems += [
                self.problem("data/missing-id", record, at, {"column": self.columns[at]})
                for at, part in zip(self.ids, parts, strict=True)
                if not part
            ]
        if any(parts):
            return "-".join(parts)
        return (
            f"({record.number})" if self.ids else str(self.count)
        )  # no row's own name is a number in brackets

    def once(self, row: Row) -> Row:
        """A row under a name of its own; one that takes the name of another cannot be made."""
        if row.id not in self.first:
            self.first[row.id] = row.number
            return row
        line = self.first[row.id]
        span = row.span(str(self.source.id[0]) if self.source.id else "")
        problem = Diagnostic("data/repeated-id", span, {"id": row.id, "line": line}, scope=Scope.ROW)
        return replace(row, id=f"{row.id} ({row.number})", problems=(*row.problems, problem))

    def doubted(self, rows: list[Row]) -> Iterator[Row]:
        """Yield rows, with a problem where the rest of a column shows that a value may mean another one."""
        columns = [column for column in self.readers if column.doubted]
        if not columns:
            yield from rows
            return
        for row in rows:
            problems = [problem for column in columns for problem in self.doubt(column, row)]
            yield replace(row, problems=(*row.problems, *problems)) if problems else row

    def doubt(self, column: Column, row: Row) -> Iterator[Diagnostic]:
        """What is unsure of a value: an error where its column is written in two ways, else a warning."""
        written, right = column.doubt_in(row), plain(row.values[column.name])
        facts = {"column": column.name, "value": written, "right": right, "other": column.other}
        if written and column.other:
            yield Diagnostic("data/two-ways", row.span(column.name), facts, scope=Scope.ROW)
        elif written and column.is_unsure(written):
            yield Diagnostic("data/unsure-number", row.span(column.name), facts, Level.WARNING, Scope.ROW)

    def file_problems(self) -> Iterator[Diagnostic]:
        """Yield what is to be told of the file, and how it was read where that is not how we write sheets."""
        yield from self.sheet.problems
        if not self.sheet.ordinary:
            facts: Facts = {"taken": self.sheet.taken, "count": self.count}
            yield Diagnostic("data/read-as", Span(self.path), facts, Level.NOTE, Scope.ROW)
