"""Typed rows that know their file, row and column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from pathlib import PurePosixPath
from typing import NamedTuple

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
# What a file says in a cell: a text, or what its format knows already. A moment is a day with its hour.
Cell = str | Decimal | date | datetime | time | tuple[str, ...] | PurePosixPath | None

STATUS = (
    "status",
    "trạng thái",
    "tình trạng",
)  # columns of a register that say how an event stands, in small letters
_CALLED_OFF = re.compile(
    r"(?:(?:đã|bị|tạm)\s+)*(?:hủy|huỷ|hoãn|cancell?ed|postponed)(?:\s+bỏ)?(?![^\W_])", re.IGNORECASE
)


class Record(NamedTuple):
    """One record of a file before it is read as its columns' types say."""

    number: int  # line or row of the file, from 1
    cells: Sequence[Cell]
    odd: bool = False  # holds letters that nobody writes in Vietnamese: worth a closer look
    problems: tuple[Diagnostic, ...] = ()  # of the record as a whole: it could not be taken apart
    column: int = 0  # where it begins, in a format whose cells have no columns of their own


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file while it is read: its head, and its records one after the other."""

    head: tuple[str, ...]  # the columns as they are called; empty where one has no name
    records: Iterator[Record]
    taken: str  # how it was read, in signs that need no translation: "Windows-1258 · ;"
    ordinary: bool = True  # as we write sheets ourselves; else the reader is told how it was taken
    line: int = 1  # where the head stands
    legacy: str = ""  # the encoding of before Unicode that it is in
    lossy: bool = False  # what its encoding has not, whoever saved it may have written as `?`
    types: Mapping[str, ColumnType] = field(default_factory=dict)  # where the format says them
    problems: tuple[Diagnostic, ...] = ()  # of the file as a whole; none of them stops it


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: the values by column, and where they stand.

    The place of a value is computed from row and column, never stored by cell. A row made by grouping
    stands where its first row stands, and keeps all rows that it was made from.
    """

    id: str
    file: str
    number: int  # line of the file, from 1
    columns: tuple[str, ...]  # in the file's order
    values: Mapping[str, Value]
    problems: tuple[
        Diagnostic, ...
    ] = ()  # of its cells; where one is an error, what shows the row cannot be made
    places: tuple[int, ...] = ()  # of the columns in the file, where some of it have no name
    heads: tuple[str, ...] = ()  # what the file calls its columns, where the recipe calls any otherwise
    keys: tuple[str, ...] = ()  # the parts of its id, where several columns make it
    members: tuple[Row, ...] = ()  # the rows that it was grouped from

    @property
    def sources(self) -> tuple[Row, ...]:
        """The rows of its file that its values come from: those that it was grouped from, or itself."""
        return tuple(source for row in self.members for source in row.sources) or (self,)

    def span(self, column: str = "") -> Span:
        """Where the value of ``column`` stands, or the row as a whole."""
        at = self.columns.index(column) if column in self.columns else 0
        return Span(self.file, self.number, self.places[at] if self.places else at + 1, field=column)

    @property
    def day(self) -> date | None:
        """The first date of the row: the day on which its event is."""
        return next((day for name in self.columns if isinstance(day := self.values[name], date)), None)

    @property
    def called_off(self) -> str:
        """The column by which a register says that the event is called off or put off; nothing where none does."""
        for column in self.columns:
            if column.lower() in STATUS:
                value = self.values.get(column)
                if isinstance(value, str) and _CALLED_OFF.match(value.strip()):
                    return column
        return ""


@dataclass(frozen=True, slots=True)
class Table:
    """A named view of rows."""

    name: str
    file: str
    columns: tuple[str, ...]
    types: Mapping[str, ColumnType]
    rows: tuple[Row, ...]
    taken: str = ""  # how its file was read
    problems: tuple[Diagnostic, ...] = ()  # of its file, none of which stops it
    heads: tuple[str, ...] = ()  # what the file calls its columns, where the recipe calls any otherwise
    line: int = 1  # of its head in the file
