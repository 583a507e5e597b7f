"""What a template cannot do without, and the day after which it makes nothing more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from producer.data.model import Row, Table, Value
from producer.data.view import matches
from producer.diagnostics import Diagnostic, Scope
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
        for row in table.rows:
            if not meant(piece, row):
                continue
            for slot in template.slots.values():
                yield from _without(piece, slot, row)
            last = row.values.get(template.until)
            if isinstance(last, date) and last < project.recipe.today:
                facts = {"date": shown(last), "today": shown(project.recipe.today)}
                yield Diagnostic("facts/offer-over", row.span(template.until), facts, scope=Scope.ROW)


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


def meant(piece: Piece, row: Row) -> bool:
    """Whether the piece's own conditions keep a row; a column that is not there is told by the plan."""
    known = [one for one in (*piece.only, *piece.exclude) if str(one.column) in row.values]
    dropped = [one for one in piece.exclude if one in known]
    return all(matches(row, one) for one in piece.only if one in known) and not (
        dropped and all(matches(row, one) for one in dropped)
    )
