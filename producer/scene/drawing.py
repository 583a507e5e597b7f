"""The drawing of a page that suits what is there, and its cells without what is not."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from producer.recipe.model import Drawing

EMPTY = "."

Cells = tuple[tuple[str, ...], ...]


def choose_drawing(drawings: Sequence[Drawing], there: Collection[str]) -> Drawing:
    """Return the drawing made for the slots that are missing, else the first without conditions."""
    fitting = [d for d in drawings if d.without and not any(name in there for name in d.without)]
    return (fitting or [d for d in drawings if not d.without] or drawings)[0]


def kept_cells(cells: Cells, there: Collection[str]) -> Cells:
    """Return a drawing's cells without those that stay empty; every cell is a rectangle afterwards too.

    A row goes where nothing but the missing cell held it: what else stands in it stands in other rows as well.
    Otherwise a neighbour in the row takes the place. A row drawn of ``.`` alone stays: it takes what is left.
    """
    rows = list(cells)
    for row in cells:
        missing = any(name != EMPTY and name not in there for name in row)
        others = [other for other in rows if other is not row]
        if missing and all(_can_go(name, others, there) for name in row):
            rows = others
    return tuple(tuple(_taker(rows, y, x, there) for x in range(len(row))) for y, row in enumerate(rows))


def _can_go(name: str, others: Sequence[tuple[str, ...]], there: Collection[str]) -> bool:
    """Whether a row may go for all that this name of it says."""
    return name == EMPTY or name not in there or any(name in other for other in others)


def _taker(rows: Sequence[tuple[str, ...]], y: int, x: int, there: Collection[str]) -> str:
    """The name at a place, or where it is missing the nearest before it, else after it, that stays a rectangle."""
    row = rows[y]
    if row[x] == EMPTY or row[x] in there:
        return row[x]
    free = _rows_of(rows, row[x])
    for name in (*reversed(row[:x]), *row[x + 1 :]):
        if name == EMPTY or (name in there and _rows_of(rows, name) <= free):
            return name
    return EMPTY


def _rows_of(rows: Sequence[tuple[str, ...]], name: str) -> set[int]:
    return {y for y, row in enumerate(rows) if name in row}
