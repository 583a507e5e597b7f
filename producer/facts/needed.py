"""What a template cannot do without, and the day after which it makes nothing more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from producer.data.cell import is_written, read_cell
from producer.data.model import ColumnType, Row, Table, Value
from producer.data.view import is_unread, keeper
from producer.diagnostics import Diagnostic, Level, ProducerError, Scope
from producer.facts.day import read_days
from producer.facts.model import shown
from producer.recipe.model import Need, Piece, Project, Slot

# A document's number: 50/2024/QH15, 12/2025/NĐ-CP, 45/QĐ-CĐ, 3420/HD-BVHTTDL.
DOCUMENT = re.compile(r"\d+(?:/\d{4})?/[A-ZĐ]{2,}[\dA-ZĐ-]*")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_COLUMN = re.compile(r"\{\s*([^\W\d]\w*)")


def lacking(project: Project, tables: Mapping[str, Table]) -> Iterator[Diagnostic]:
    """Yield each row that a piece may not be made from: it lacks what a slot needs, or its last day is over."""
    for piece in project.recipe.pieces:
        template, table = project.templates.get(str(piece.template)), tables.get(str(piece.rows))
        if template is None or table is None or not piece.each:
            continue
        for row in rows_of(piece, table):
            for slot in template.slots.values():
                yield from _without(piece, slot, row)
            if template.until:
                yield from _over(template.until, row, project.recipe.today)


def rows_of(piece: Piece, table: Table) -> Iterator[Row]:
    """Yield the rows that a piece's own conditions keep; a condition on a column that is not there is the plan's."""
    try:
        keeps = keeper(table, piece.only, piece.exclude)
    except ProducerError:
        return
    yield from filter(keeps, table.rows)


def _over(until: str, row: Row, today: date) -> Iterator[Diagnostic]:
    """Yield that what a row offers is over, or that it says no day on which it will be."""
    last = _day(row.values.get(until))
    if last is not None and last < today:
        facts = {"date": shown(last), "today": shown(today)}
        yield Diagnostic("facts/offer-over", row.span(until), facts, scope=Scope.ROW)
    elif last is None and not any(is_unread(problem, until) for problem in row.problems):
        yield Diagnostic("facts/no-last-day", row.span(until), {"column": until}, Level.WARNING, Scope.ROW)


def _day(value: Value) -> date | None:
    """The day that a cell says, whether its column is one of days or of texts; nothing where it says none."""
    if isinstance(value, str) and is_written(value, ColumnType.DATE):
        value = read_cell(value, ColumnType.DATE)
    return value if isinstance(value, date) else None


def _without(piece: Piece, slot: Slot, row: Row) -> Iterator[Diagnostic]:
    if slot.need is None:
        return
    filling = piece.fill.get(slot.name)
    text = filling.text if filling is not None else slot.text
    columns = _COLUMN.findall(text) if text is not None else [str(slot.name)]
    values = [row.values.get(column) for column in columns]
    if not any(_has(slot.need, value) for value in (*values, str(text or ""))):
        column = next((name for name in columns if name in row.columns), "")
        facts = {"slot": slot.label or str(slot.name), "field": str(slot.name)}
        code = "facts/no-date" if slot.need is Need.DAY else "facts/no-document-number"
        yield Diagnostic(code, row.span(column), facts, scope=Scope.ROW)


def _has(need: Need, value: Value) -> bool:
    if need is Need.DAY:
        return isinstance(value, date) or (
            isinstance(value, str) and bool(_ISO.fullmatch(value) or read_days(value))
        )
    return isinstance(value, str) and bool(DOCUMENT.search(value))
