"""A sheet of a workbook: cells of their own types, a head that may be merged, and no cell lost in silence."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping, Sequence
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
from producer.data.workbook_part import LargePartError, lost_cells
from producer.diagnostics import Diagnostic, ProducerError, Scope, SourceText, Span

JOINED = " / "  # between the names of a head of two rows
Merged = Sequence[tuple[tuple[int, int], tuple[int, int]]]  # first and last row and column, from 0


def open_xlsx(path: SourceText, data: bytes, sheet: SourceText | None) -> Sheet:
    """Return a sheet of a workbook, the first that is shown where none is named.

    Raises:
        ProducerError: the file is no workbook, it is too large, or it has no such sheet.
    """
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        name = _sheet_name(book, path, sheet)
        lost = lost_cells(data, book.sheet_names.index(name)) if zipfile.is_zipfile(BytesIO(data)) else {}
        found = book.get_sheet_by_name(name)
    except LargePartError as error:
        facts: dict[str, str | int] = {"bytes": error.size, "most": error.most}
        raise ProducerError([Diagnostic("recipe/too-large", Span(str(path)), facts)]) from error
    except (CalamineError, ZipError, XmlError, zipfile.BadZipFile, KeyError, OSError) as error:
        facts = {"problem": str(error)}
        raise ProducerError([Diagnostic("data/bad-workbook", Span(str(path)), facts)]) from error
    return _sheet(found, str(path), lost)


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
    """Yield rows that hold anything, with their numbers from 1."""
    for number, row in enumerate(found.iter_rows(), start=1):
        cells = [""] * left + [cell_of(cell) for cell in row]
        if filled(cells):
            yield number, cells


def _head(rows: Sequence[tuple[int, list[Cell]]], merged: Merged) -> tuple[tuple[str, ...], int]:
    """Return the names of the columns and how many rows they take: cells merged across have names below them."""
    number, top = rows[0]
    across = {
        at for begin, end in merged if begin[0] == end[0] == number - 1 for at in range(begin[1], end[1] + 1)
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
        yield Record(number, cells, odd=True, problems=by_row.pop(number, ()))
    for number, problems in sorted(by_row.items()):  # of rows that hold nothing else
        yield Record(number, (), problems=problems)
