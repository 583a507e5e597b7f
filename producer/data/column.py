"""A column while it is read: each way of writing a value is read once, and remembered."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from producer.data.cell import COMMAED, DAY_FIRST, POINTED, read_cell, read_native
from producer.data.model import Cell, ColumnType, Row, Value
from producer.letter import seen

MOST_KEPT = 20_000  # ways of writing that are remembered; more mean that nearly each is another
POINT = re.compile(r"[-+]?[0-9]+\.[0-9]+")  # that marks decimals, where it cannot part thousands
MONTHS = 12
MONTH_FIRST = re.compile(r"[0-9]{1,2}([/.-])(?:1[3-9]|2[0-9]|3[01])\1[0-9]{4}")


@dataclass(slots=True)
class Column:
    """What one column's cells say, and in which ways they say it."""

    name: str
    kind: ColumnType
    kept: dict[str, Value] = field(default_factory=dict)
    doubted: dict[Value, str] = field(default_factory=dict)  # values that another office would read otherwise
    doubtful: set[str] = field(default_factory=set)  # the cells that say these so that it would
    lines: set[int] = field(default_factory=set)  # of the file, with such a cell
    other: str = ""  # how that office writes for certain: `84.2`, `5/28/2025`
    comma: bool = False  # a comma marks decimals, or points part thousands, for certain

    def read(self, cell: Cell) -> Value:
        """Return a cell's value; nothing where it is empty.

        Raises:
            ValueError: it is not written as its type is.
        """
        if not isinstance(cell, str):
            return read_native(cell, self.kind)
        try:
            return self.kept[cell]
        except KeyError:
            self.weigh(cell.strip())
            value = read_cell(cell, self.kind)
            if self.is_doubtful(cell.strip()):
                self.doubted[value] = cell.strip()
                self.doubtful.add(cell)
            if len(self.kept) >= MOST_KEPT:
                self.kept.clear()
            self.kept[cell] = value
            return value

    def read_text(self, cell: Cell) -> Value:
        """:meth:`read` of a column of texts, which seldom say the same twice."""
        if not isinstance(cell, str):
            return read_native(cell, self.kind)
        text = cell.strip()
        return text if text and (text[0].isalnum() or seen(text)) else None

    def doubt_in(self, row: Row) -> str:
        """Return how a row's value is written where another office would read it otherwise; else nothing."""
        return self.doubted.get(row.values[self.name], "") if row.number in self.lines else ""

    def weigh(self, text: str) -> None:
        """Note what the way in which a value is written says of the others of its column."""
        if self.kind is ColumnType.DATE and MONTH_FIRST.fullmatch(text):
            self.other = self.other or text
        if self.kind is not ColumnType.NUMBER or self.is_doubtful(text):
            return
        if POINT.fullmatch(text):
            self.other = self.other or text
        elif "," in text or "." in text:
            self.comma = True

    def is_doubtful(self, text: str) -> bool:
        """Whether another office would read a value otherwise: 1.250 as one and a quarter, 5/6/2025 as a day in May."""
        if self.kind is ColumnType.NUMBER:
            return bool(POINTED.fullmatch(text) or COMMAED.fullmatch(text))
        found = DAY_FIRST.fullmatch(text) if self.kind is ColumnType.DATE else None
        return found is not None and int(found[1]) <= MONTHS and int(found[1]) != int(found[3])

    def is_unsure(self, text: str) -> bool:
        """Whether nothing in the column says that a comma before three digits marks decimals."""
        return self.kind is ColumnType.NUMBER and not self.comma and COMMAED.fullmatch(text) is not None
