"""A sheet of a workbook: cells of their own types, a head that may be merged, and no cell lost in silence."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from io import BytesIO
from itertools import chain, islice

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetVisibleEnum,
    XmlError,
    ZipError,
)

from producer.data.cell import cell_of
from producer.data.head import MOST_ABOVE, filled, head_row
from producer.data.model import Cell, Record, Sheet
from producer.data.sheet_extent import LAST_PLACE, MOST_CELLS, FarCellError, NoSuchPlaceError
from producer.data.workbook_part import LargePartError, lost_cells
from producer.diagnostics import Diagnostic, ProducerError, Scope, SourceText, Span

# What calamine, zipfile and its unpackers say of a file that is not what it calls itself.
BROKEN = (
    CalamineError, ZipError, XmlError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error,
    EOFError, LookupError, NotImplementedError, OSError, RuntimeError, ValueError,
)  # fmt: skip
PANIC = "PanicException"  # of calamine's Rust; no module of Python has it to import
JOINED = " / "  # between the names of a head of two rows
Merged = Sequence[tuple[tuple[int, int], tuple[int, int]]]  # first and last row and column, from 0


def open_xlsx(path: SourceText, data: bytes, sheet: SourceText | None) -> Sheet:
    """Return a sheet of a workbook, the first that is shown where none is named.

    Raises:
        ProducerError: the file is no workbook, it is too large, or it has no such sheet.
    """
    with _readable(str(path)):
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        name = _sheet_name(book, path, sheet)
        lost = lost_cells(data, book.sheet_names.index(name)) if zipfile.is_zipfile(BytesIO(data)) else {}
        return _sheet(book.get_sheet_by_name(name), str(path), lost)


@contextmanager
def _readable(path: str) -> Iterator[None]:
    """Turn what readers of workbooks raise into the problem of a file.

    Raises:
        ProducerError: what is read inside is no workbook, it is too large, or a cell of it stands nowhere.
    """
    try:
        yield
    except LargePartError as error:
        facts: dict[str, str | int] = {"bytes": error.size, "most": error.most}
        raise ProducerError([Diagnostic("recipe/too-large", Span(path), facts)]) from error
    except FarCellError as error:
        facts = {"cells": error.cells, "most": MOST_CELLS}
        span = Span(path, error.row, error.column)
        raise ProducerError([Diagnostic("data/far-cell", span, facts)]) from error
    except NoSuchPlaceError as error:
        raise ProducerError(
            [Diagnostic("data/no-such-cell", Span(path), {"place": error.place, "last": LAST_PLACE})]
        ) from error
    except BROKEN as error:
        raise ProducerError([Diagnostic("data/bad-workbook", Span(path), {"problem": str(error)})]) from error
    except BaseException as error:
        if type(error).__name__ != PANIC:
            raise
        facts = {"problem": str(error).splitlines()[0]}
        raise ProducerError([Diagnostic("data/bad-workbook", Span(path), facts)]) from error


def _sheet_name(book: CalamineWorkbook, path: SourceText, sheet: SourceText | None) -> str:
    shown = [one.name for one in book.sheets_metadata if one.visible is SheetVisibleEnum.Visible]
    if sheet is None and shown:
        return shown[0]
    if sheet is not None and sheet in book.sheet_names:
        return str(sheet)
    near = get_close_matches(str(sheet), shown, n=1, cutoff=0.5)
    facts = {"name": str(sheet or ""), "nearest": near[0] if near else "", "known": ", ".join(shown) or "–"}
    raise ProducerError([Diagnostic("data/no-sheet", sheet.span if sheet is not None else path.span, facts)])


def _sheet(found: CalamineSheet, path: str, lost: Mapping[tuple[int, int], str]) -> Sheet:
    left = found.start[1] if found.start else 0
    rows = _rows(found, left)
    first = list(islice(rows, MOST_ABOVE * 4))
    if not first:
        raise ProducerError([Diagnostic("data/no-columns", Span(path))])
    at = head_row([row for _, row in first])
    merged: Merged = found.merged_cell_ranges or ()
    names, depth = _head(first[at:], merged)
    body = chain(first[at + depth :], rows)
    line = first[at][0]
    return Sheet(
        names,
        _records(body, path, lost),
        f"{found.name} · {line}" if line > 1 else found.name,
        ordinary=line == 1 and depth == 1,
        line=line,
    )


def _rows(found: CalamineSheet, left: int) -> Iterator[tuple[int, list[Cell]]]:
    """Yield rows that hold anything, with their numbers from 1; of one that cannot be read, no cells."""
    for number, row in enumerate(_read(found.iter_rows()), start=1):
        if row is None:
            yield number, []
            continue
        cells = [""] * left + [cell_of(cell) for cell in row]
        if filled(cells):
            yield number, cells


def _read(rows: Iterator[Sequence[object]]) -> Iterator[Sequence[object] | None]:
    """Yield the rows of a reader, nothing for one with a duration of millions of years; it goes on behind it."""
    while True:
        try:
            yield next(rows)
        except StopIteration:
            return
        except OverflowError:
            yield None


def _head(rows: Sequence[tuple[int, list[Cell]]], merged: Merged) -> tuple[tuple[str, ...], int]:
    """Return the names of the columns and how many rows they take: cells merged across have names below them."""
    number, top = rows[0]
    across = {
        at
        for begin, end in merged
        if begin[0] == end[0] == number - 1
        for at in range(begin[1], min(end[1], len(top)) + 1)
    }
    if not across or len(rows) < 2 or rows[1][0] != number + 1:
        return tuple(_words(cell) for cell in top), 1
    under = rows[1][1]
    names, over = [], ""
    for at, cell in enumerate(top):
        over = _words(cell) or (over if at in across else "")
        names.append(JOINED.join(filter(None, (over, _words(under[at])))))
    return tuple(names), 2


def _words(cell: Cell) -> str:
    return str(cell).strip() if cell is not None else ""


def _records(
    rows: Iterator[tuple[int, list[Cell]]], path: str, lost: Mapping[tuple[int, int], str]
) -> Iterator[Record]:
    by_row: dict[int, tuple[Diagnostic, ...]] = {}
    for (row, column), said in lost.items():
        problem = Diagnostic("data/lost-cell", Span(path, row, column), {"value": said}, scope=Scope.ROW)
        by_row[row] = (*by_row.get(row, ()), problem)
    for number, cells in rows:
        problems = by_row.pop(number, ())
        if not cells:
            problems += (Diagnostic("data/long-duration", Span(path, number, 1), {}, scope=Scope.ROW),)
        yield Record(number, cells, odd=True, problems=problems)
    for number, problems in sorted(by_row.items()):  # of rows that hold nothing else
        yield Record(number, (), problems=problems)
