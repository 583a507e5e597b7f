"""How a cell is written: what people type becomes a value of the column's type."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import PurePosixPath

from producer.data.model import Cell, ColumnType, Value
from producer.letter import seen

LIST_MARKS = ";"  # what parts a list inside one cell, as people type it
NUMBER = re.compile(r"[-+]?[0-9]{1,15}(\.[0-9]{1,9})?")
# As Vietnamese writes them, and as its office programs save them: dots group thousands, a comma marks decimals.
GROUPED = re.compile(r"[-+]?(?:[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,4}(?:,[0-9]{1,9})?|[0-9]{1,15},[0-9]{1,9})")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# The day before the month, as Vietnamese writes it and as its Excel saves it.
DAY_FIRST = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})")
# As people write hours, and as Excel saves them in two languages: 7h30, 7 giờ 30 phút, 7:30:00 SA, 2 giờ chiều.
TIME = re.compile(
    r"([0-9]{1,2})(?::([0-9]{2})(?::00)?|\s*(?:h|g|giờ)\s*(?:([0-9]{2})(?:\s*(?:phút|p|'))?)?)"
    r"(?:\s*(SA|AM|sáng|trưa|CH|PM|chiều|tối))?",
    re.IGNORECASE,
)
# The hours that a word behind the hour allows; half past seven in the evening is 19:30, 19 in the morning is nothing.
PARTS = {
    "sa": range(12), "am": range(12), "sáng": range(12), "trưa": range(10, 15), "chiều": range(12, 19),
    "tối": range(17, 24), "ch": range(12, 24), "pm": range(12, 24),
}  # fmt: skip
# What another office would read otherwise: 1.250 as one and a quarter, 1,250 as a thousand.
POINTED = re.compile(r"[-+]?[1-9][0-9]{0,2}\.[0-9]{3}")
COMMAED = re.compile(r"[-+]?[1-9][0-9]{0,2},[0-9]{3}")
MINUTES = 24 * 60  # of a day
DIGITS = 20  # of the largest number before its point, and of the smallest behind it
LONGEST = 32_767  # letters in a cell; Excel's own limit
# What a value must look like, in signs that need no translation.
FORMS = {
    ColumnType.NUMBER: "1234.5",
    ColumnType.DATE: "YYYY-MM-DD | D/M/YYYY",
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
    found = DAY_FIRST.fullmatch(cell)
    if found:
        return date(int(found[4]), int(found[3]), int(found[1]))
    return date.fromisoformat(_of_form(cell, DATE)) if cell else None


def _time(cell: str) -> time | None:
    if not cell:
        return None
    found = TIME.fullmatch(cell)
    if found is None:
        raise ValueError(cell)
    hour, minute = int(found[1]), int(found[2] or found[3] or 0)
    if found[4]:
        turned = (hour, (hour + 12) % 24) if 1 <= hour <= 12 else (hour,)
        hour = next((one for one in turned if one in PARTS[found[4].lower()]), 24)
    return time(hour, minute)  # refuses 24


def read_native(cell: Cell, kind: ColumnType) -> Value:
    """Return the value of a cell whose format knows what it is; nothing where it is empty.

    Raises:
        ValueError: its column holds something else.
    """
    if cell is None or isinstance(cell, str):
        return read_cell(cell or "", kind)
    if isinstance(cell, PurePosixPath) and kind is ColumnType.PHOTO:
        return str(cell)
    if isinstance(cell, tuple) and kind is ColumnType.LIST:
        return tuple(part for part in (unicodedata.normalize("NFC", one.strip()) for one in cell) if part)
    if isinstance(cell, Decimal | date | time) and type(cell) is NATIVE.get(kind):
        return cell
    if kind in (ColumnType.TEXT, ColumnType.NAME, ColumnType.LIST, ColumnType.PHOTO):
        return read_cell(plain(cell), kind)
    raise ValueError(plain(cell))


def plain(cell: Cell) -> str:
    """Return what a cell says as a text that its type would read again."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, tuple):
        return "; ".join(cell)
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    if isinstance(cell, time):
        return f"{cell:%H:%M}" if not cell.second else f"{cell:%H:%M:%S}"
    return "" if cell is None else str(cell)


def last_day(cell: str) -> str:
    """Return the last day of the month that a cell names a day of which there is not; nothing for any other cell."""
    found, iso = DAY_FIRST.fullmatch(cell.strip()), DATE.fullmatch(cell.strip())
    if found is None and iso is None:
        return ""
    year, month = (int(found[4]), int(found[3])) if found else (int(cell.strip()[:4]), int(cell.strip()[5:7]))
    return f"{monthrange(year, month)[1]}/{month}/{year}" if 1 <= month <= 12 and year else ""


def _of_form(cell: str, form: re.Pattern[str]) -> str:
    """Return the cell; Python itself reads far more as a number, a day or an hour than people mean."""
    if not form.fullmatch(cell):
        raise ValueError(cell)
    return cell


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(LIST_MARKS) if part.strip())


def cell_of(cell: object) -> Cell:
    """Return a cell as its type says; whole numbers have no point, whatever the workbook keeps them as."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return _plain_number(cell)
    if isinstance(cell, timedelta):
        minutes, seconds = divmod(int(cell.total_seconds()), 60)
        return time(minutes // 60, minutes % 60, seconds) if 0 <= minutes < MINUTES else str(cell)
    if isinstance(cell, date | time):  # a datetime is a date
        return cell
    return re.sub("\r\n?", "\n", str(cell)) if cell is not None else ""


def _plain_number(number: float) -> Decimal | str:
    """A number as it is written, or its text where it is one that nobody means."""
    made = Decimal(repr(number))
    if not is_meant(made):
        return str(number)
    whole = made.to_integral_value()
    return whole if made == whole else made


def is_meant(number: Decimal) -> bool:
    """Whether anybody counts so far: not an infinity, no number of more than 20 digits."""
    return number.is_finite() and -DIGITS < number.adjusted() < DIGITS


READERS: Mapping[ColumnType, Callable[[str], Value]] = {
    ColumnType.TEXT: lambda cell: cell or None,
    ColumnType.NAME: lambda cell: cell or None,
    ColumnType.PHOTO: lambda cell: (
        (cell if cell.startswith("assets/") else f"assets/{cell}") if cell else None
    ),
    ColumnType.NUMBER: _number,
    ColumnType.DATE: _date,
    ColumnType.TIME: _time,
    ColumnType.LIST: _list,
}
# What a cell of a format with types may be, to be taken as it is.
NATIVE: Mapping[ColumnType, type] = {
    ColumnType.NUMBER: Decimal,
    ColumnType.DATE: date,
    ColumnType.TIME: time,
}
