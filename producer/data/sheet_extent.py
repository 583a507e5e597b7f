"""How far the cells of a workbook's sheet reach: what a reader of values would make room for before it reads."""

from __future__ import annotations

import re
from collections.abc import Iterable

LAST_ROW, LAST_COLUMN, LAST_PLACE = 1 << 20, 1 << 14, "XFD1048576"  # of Excel
MOST_CELLS = 1 << 25  # between the first cell and the last, full or empty; 24 bytes each
# Not `A1` … `Z999999` in a row of a like number, written as all programs do: worth a closer look.
ODD_PLACE = re.compile(
    rb'<(?:c (?!r="[A-Z][1-9][0-9]{0,5}")|row (?!r="[1-9][0-9]{0,5}")|(?:c|row)[\t\r\n]|\w+:(?:c|row)\s)'
)
# A row, or a cell that holds anything.
_NODE = re.compile(
    rb"<(?:\w+:)?(?:row\b([^>]*)>|c\b([^>]*)>(?<!/>)(?!\s*</|\s*<(?:\w+:)?v\s*/>\s*</|<(?:\w+:)?v></))"
)
_PLACE_SAID = re.compile(rb"(?:^|\s)r\s*=\s*[\"']([^\"']*)[\"']")
_PLACE = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")


class NoSuchPlaceError(ValueError):
    """A cell that says it stands where no sheet has a cell."""

    def __init__(self, place: str) -> None:
        """Keep what it says."""
        self.place = place
        super().__init__(place)


class FarCellError(ValueError):
    """A cell so far from the others that the room between them would fill the memory."""

    def __init__(self, row: int, column: int, cells: int) -> None:
        """Keep where it stands, from 1, and how many cells there would be."""
        self.row, self.column, self.cells = row, column, cells
        super().__init__(f"{row}:{column}")


def check_extent(pieces: Iterable[bytes]) -> None:
    """Look at every cell of a sheet's XML, given in pieces of whole rows.

    Raises:
        NoSuchPlaceError: a cell's place is none: `3B`, `A0`, a row or a column after Excel's last.
        FarCellError: first and last row and column have more than :data:`MOST_CELLS` cells between them.
    """
    top = left = LAST_ROW
    bottom = right = row = column = 0
    for found in (found for piece in pieces for found in _NODE.finditer(piece)):
        said = _PLACE_SAID.search(found[found.lastindex or 0])
        if found.lastindex == 1:
            row, column = int(said[1]) if said and said[1].isdigit() else row + 1, 0
            continue
        # A cell without a place follows the one before it.
        row, column = place_of(said[1].decode("utf-8", "replace")) if said else within(row, column + 1)
        top, bottom = min(top, row), max(bottom, row)
        left, right = min(left, column), max(right, column)
        cells = (bottom - top + 1) * (right - left + 1)
        if cells > MOST_CELLS:
            raise FarCellError(row, column, cells)


def place_of(text: str) -> tuple[int, int]:
    """Return row and column, from 1, of a place as workbooks write it.

    Raises:
        NoSuchPlaceError: it is none.
    """
    found = _PLACE.fullmatch(text)
    if found is None:
        raise NoSuchPlaceError(text)
    return within(int(found[2]), column_number(found[1]))


def within(row: int, column: int) -> tuple[int, int]:
    """Return row and column, from 1.

    Raises:
        NoSuchPlaceError: no sheet has them.
    """
    if not (0 < row <= LAST_ROW and 0 < column <= LAST_COLUMN):
        raise NoSuchPlaceError(f"R{row}C{column}")
    return row, column


def column_number(letters: str) -> int:
    """Return the number of a column from 1: A, B … Z, AA."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
