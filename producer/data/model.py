"""Typed rows that know their file, row and column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import Enum

from producer.diagnostics import Diagnostic, Span


class ColumnType(Enum):
    """What a column holds; text where the recipe says nothing."""

    TEXT = "text"
    NAME = "name"  # of a person: sorted by the given name
    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    LIST = "list"
    PHOTO = "photo"


Value = str | Decimal | date | time | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: the values by column, and where they stand.

    The place of a value is computed from row and column, never stored by cell. A row made by grouping
    stands for its first row.
    """

    id: str
    file: str
    number: int  # line of the file, from 1
    columns: tuple[str, ...]  # in the file's order
    values: Mapping[str, Value]
    problems: tuple[Diagnostic, ...] = ()  # cells that could not be read; what shows the row cannot be made

    def span(self, column: str = "") -> Span:
        """Where the value of ``column`` stands, or the row as a whole."""
        place = self.columns.index(column) + 1 if column in self.columns else 1
        return Span(self.file, self.number, place, field=column)

    @property
    def day(self) -> date | None:
        """The first date of the row: the day on which its event is."""
        return next((day for name in self.columns if isinstance(day := self.values[name], date)), None)


@dataclass(frozen=True, slots=True)
class Table:
    """A named view of rows."""

    name: str
    file: str
    columns: tuple[str, ...]
    types: Mapping[str, ColumnType]
    rows: tuple[Row, ...]
