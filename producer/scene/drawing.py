"""The cells of a drawing without those that stay empty."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from producer.scene.model import Element, PictureElement

EMPTY = "."

Cells = tuple[tuple[str, ...], ...]
Point = tuple[int, int]  # row and column


def upright_of(elements: Mapping[str, Element]) -> frozenset[str]:
    """Return the names of the pictures that are higher than wide."""
    return frozenset(name for name, element in elements.items() if _is_upright(element))


def _is_upright(element: Element) -> bool:
    return isinstance(element, PictureElement) and element.picture.height > element.picture.width


def kept_cells(cells: Cells, there: Collection[str], panels: Sequence[Collection[str]] = ()) -> Cells:
    """Return a drawing's cells without those that stay empty; every cell is a rectangle afterwards too.

    A row goes where nothing but the missing cell held it: what else stands in it stands in other rows as well.
    Otherwise a neighbour in the row takes the place, if none of ``panels``, each the names of the cells on it, would
    then lie under a cell that is not its own. A row drawn of ``.`` alone stays: it takes what is left.
    """
    rows = list(cells)
    for row in cells:
        missing = any(name != EMPTY and name not in there for name in row)
        others = [other for other in rows if other is not row]
        if missing and all(_can_go(name, others, there) for name in row):
            rows = others
    room = _Room(tuple(rows), there, panels)
    return tuple(tuple(room.taker(y, x) for x in range(len(row))) for y, row in enumerate(rows))


def _can_go(name: str, others: Sequence[tuple[str, ...]], there: Collection[str]) -> bool:
    """Whether a row may go for all that this name of it says."""
    return name == EMPTY or name not in there or any(name in other for other in others)


@dataclass(frozen=True, slots=True)
class _Room:
    """The rows that are left of a drawing, some of whose cells are missing, and the panels that lie under them."""

    rows: Cells
    there: Collection[str]
    panels: Sequence[Collection[str]]

    def taker(self, y: int, x: int) -> str:
        """The name at a place, or where it is missing the nearest before it, else after it, that may widen to it."""
        row = self.rows[y]
        if row[x] == EMPTY or row[x] in self.there:
            return row[x]
        free = self.rows_of(row[x])
        for name in (*reversed(row[:x]), *row[x + 1 :]):
            if name == EMPTY:
                return name
            if name in self.there and self.rows_of(name) <= free and self.keeps_apart(name, x):
                return name
        return EMPTY

    def keeps_apart(self, name: str, x: int) -> bool:
        """Whether a cell widened to a column makes no panel lie under a cell of others, beyond what was drawn."""
        taken = {(y, x) for y in self.rows_of(name)}
        return all(
            self.strangers(panel, name, taken) <= self.strangers(panel, name, set()) for panel in self.panels
        )

    def strangers(self, panel: Collection[str], widened: str, taken: set[Point]) -> set[str]:
        """The cells of others that a panel covers where the one called ``widened`` has also ``taken`` places."""
        at = {
            (y, x): cell
            for y, row in enumerate(self.rows)
            for x, cell in enumerate(row)
            if cell in self.there
        } | dict.fromkeys(taken, widened)
        own = [place for place, cell in at.items() if cell in panel]
        if not own:
            return set()
        (top, left), (bottom, right) = (
            tuple(pick(side) for side in zip(*own, strict=True)) for pick in (min, max)
        )
        inside = ((y, x) for y, x in at if top <= y <= bottom and left <= x <= right)
        return {at[place] for place in inside if at[place] not in panel}

    def rows_of(self, name: str) -> set[int]:
        """The rows that a cell stands in."""
        return {y for y, row in enumerate(self.rows) if name in row}
