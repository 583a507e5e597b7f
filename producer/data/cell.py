"""How a cell is written: what people type becomes a value of the column's type."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal

from producer.data.model import ColumnType, Value
from producer.letter import seen

LIST_MARKS = ";"  # what parts a list inside one cell, as people type it
NUMBER = re.compile(r"[-+]?[0-9]{1,15}(\.[0-9]{1,9})?")
# As Vietnamese writes them, and as its office programs save them: dots group thousands, a comma marks decimals.
GROUPED = re.compile(r"[-+]?(?:[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,4}(?:,[0-9]{1,9})?|[0-9]{1,15},[0-9]{1,9})")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
TIME = re.compile(r"[0-9]{1,2}:[0-9]{2}")
# What a value must look like, in signs that need no translation.
FORMS = {
    ColumnType.NUMBER: "1234.5",
    ColumnType.DATE: "YYYY-MM-DD",
    ColumnType.TIME: "HH:MM",
}


def read_cell(cell: str, kind: ColumnType) -> Value:
    """Return a cell's value; nothing where it is empty.

    Raises:
        ValueError: it is not written as its type is.
    """
    text = unicodedata.normalize("NFC", cell.strip())
    return READERS[kind](text if seen(text) else "")


def is_written(cell: str, kind: ColumnType) -> bool:
    """Whether a cell can be read as ``kind``."""
    try:
        read_cell(cell, kind)
    except ValueError:
        return False
    return True


def _number(cell: str) -> Decimal | None:
    if GROUPED.fullmatch(cell):
        cell = cell.replace(".", "").replace(",", ".")
    return Decimal(_of_form(cell, NUMBER)) if cell else None


def _date(cell: str) -> date | None:
    return date.fromisoformat(_of_form(cell, DATE)) if cell else None


def _time(cell: str) -> time | None:
    return time.fromisoformat(_of_form(cell, TIME).zfill(5)) if cell else None


def _of_form(cell: str, form: re.Pattern[str]) -> str:
    """Return the cell; Python itself reads far more as a number, a day or an hour than people mean."""
    if not form.fullmatch(cell):
        raise ValueError(cell)
    return cell


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(LIST_MARKS) if part.strip())


READERS: Mapping[ColumnType, Callable[[str], Value]] = {
    ColumnType.TEXT: lambda cell: cell or None,
    ColumnType.NAME: lambda cell: cell or None,
    ColumnType.PHOTO: lambda cell: f"assets/{cell}" if cell else None,
    ColumnType.NUMBER: _number,
    ColumnType.DATE: _date,
    ColumnType.TIME: _time,
    ColumnType.LIST: _list,
}
