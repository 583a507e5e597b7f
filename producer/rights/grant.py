"""What the consent columns of a row record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from producer.data.cell import read_cell
from producer.data.model import ColumnType, Row, Value
from producer.rights.column import roles
from producer.rights.fold import folded, joined_ids
from producer.rights.model import (
    AGE,
    CONSENT,
    GUARDIAN,
    NAMES,
    PHOTO_CONSENT,
    PROOF,
    PURPOSES,
    SCHOOL,
    SCOPE,
    SIGNED,
    SINCE,
    UNTIL,
    WITHDRAWN,
    YES,
    Grant,
)

OLDEST = 125  # years
LIST = re.compile(r"[;\n]")
# What sheets with Vietnamese columns answer, in small letters; any other answer means no.
ANSWERS = {"có": YES, "đồng ý": YES, "đã ký": SIGNED, "rút lại": WITHDRAWN, "đã rút lại": WITHDRAWN}


def grants_of(row: Row, pictures: tuple[str, ...]) -> Iterator[Grant]:
    """Yield what a row records for its pictures: of its person, and of the photograph itself where it says so too."""
    for column in (CONSENT, PHOTO_CONSENT):
        yield from grants_in(row, column, pictures)


def grants_in(row: Row, column: str, pictures: tuple[str, ...] = ()) -> Iterator[Grant]:
    """Yield what a row records in each of its columns that means ``column``."""
    for theirs in roles(row.columns, row.heads).get(column, ()):
        yield _grant(row, pictures, column, theirs)


def grant_of(row: Row, pictures: tuple[str, ...] = ()) -> Grant:
    """Return what a row records in one of its columns: of its person, else for its photograph."""
    found = (*grants_in(row, CONSENT, pictures), *grants_in(row, PHOTO_CONSENT, pictures))
    return found[0]


def _grant(row: Row, pictures: tuple[str, ...], column: str, theirs: str) -> Grant:
    there = roles(row.columns, row.heads)

    def cell(ours: str) -> Value:
        return next((row.values[name] for name in there.get(ours, ()) if row.values.get(name)), None)

    since, until = day(cell(SINCE)), day(cell(UNTIL))
    return Grant(
        row.id,
        row.span(theirs),
        answer(row.values.get(theirs)),
        of_photo=column == PHOTO_CONSENT,
        scope=listed(cell(SCOPE)),
        since=since,
        until=until,
        unread_since=word(cell(SINCE)) if since is None else "",
        unread_until=word(cell(UNTIL)) if until is None else "",
        guardian=answer(cell(GUARDIAN)),
        age=years(cell(AGE)),
        names=names_of(row),
        school=word(cell(SCHOOL)),
        proof=word(cell(PROOF)) if PROOF in there else None,
        purposes=listed(cell(PURPOSES)),
        pictures=pictures,
        places={ours: row.span(names[0]) for ours, names in there.items()},
    )


def names_of(row: Row) -> tuple[str, ...]:
    """The names of a row's people, by the columns that hold such."""
    there = roles(row.columns, row.heads)
    columns = (column for name in NAMES for column in there.get(name, ()))
    return tuple(dict.fromkeys(name for column in columns for name in listed(row.values.get(column))))


def ids_of(row: Row) -> tuple[str, ...]:
    """The ids under which the register may speak of a row: its own, their parts, and those of rows grouped in it."""
    own = [name for each in (row, *row.sources) for name in (each.id, *each.keys)]
    return tuple(dict.fromkeys(part for name in own for part in (name, *joined_ids(name))))


def word(value: Value) -> str:
    """A cell as a word; nothing where it is empty."""
    return value.strip() if isinstance(value, str) else ""


def answer(value: Value) -> str:
    """What a cell answers, in small letters; nothing where it is empty."""
    said = folded(value) if isinstance(value, str) else ""
    return ANSWERS.get(said, said)


def listed(value: Value) -> tuple[str, ...]:
    """A cell as a list, typed as one or not."""
    parts: Iterable[str] = value if isinstance(value, tuple) else LIST.split(word(value))
    return tuple(part.strip() for part in parts if part.strip())


def day(value: Value) -> date | None:
    """A cell as a day, typed as one or not, in the forms of every sheet; nothing where nobody can say which."""
    try:
        found = value if isinstance(value, date) else read_cell(word(value), ColumnType.DATE)
    except ValueError:
        return None
    return found if isinstance(found, date) else None


def years(value: Value) -> int | None:
    """A cell as an age; what is written and no number counts as that of a child too young to be asked."""
    text = str(int(value)) if isinstance(value, Decimal) else word(value)
    if not text:
        return None
    known = text.isascii() and text.isdigit() and int(text) <= OLDEST
    return int(text) if known else 0  # 2018 is a year, and whoever was born in it no adult
