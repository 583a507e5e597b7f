"""Where the head of a sheet stands: at its beginning, or below a title."""

from __future__ import annotations

import re
from collections.abc import Sequence

MOST_ABOVE = 8  # rows of a title, of days and of empty cells
NUMBER = re.compile(r"[-+\d.,:/%\s]+")


def head_row(rows: Sequence[Sequence[object]]) -> int:
    """Return which of the first rows names the columns.

    It is the first, unless that and what follows it hold one cell each, and then come rows of one length. So a title
    above the head is none of the rows, and a row too long in a sheet of one column is no head.
    """
    wide = next((at for at, row in enumerate(rows[:MOST_ABOVE]) if filled(row) > 1), 0)
    body = rows[wide + 1 :]
    fitting = sum(len(row) == len(rows[wide]) for row in body) if body else 0
    return wide if fitting * 2 > len(body) else 0


def filled(row: Sequence[object]) -> int:
    """How many cells of a row hold anything."""
    return sum(cell is not None and str(cell).strip() != "" for cell in row)


def is_head(row: Sequence[str]) -> bool:
    """Whether a row could name columns: no name twice, and none a number."""
    names = [cell.strip() for cell in row if cell.strip()]
    return len(set(names)) == len(names) > 0 and not any(NUMBER.fullmatch(name) for name in names)
