"""Which columns of a sheet say whether its people may be shown: by what the file or the recipe calls them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from producer.data.model import Table
from producer.diagnostics import Diagnostic, Level, Scope, Span
from producer.letter import search_form
from producer.rights.model import (
    AGE,
    CONSENT,
    GUARDIAN,
    NAMES,
    PHOTO_CONSENT,
    PHOTOS,
    PROOF,
    PURPOSES,
    SCHOOL,
    SCOPE,
    SINCE,
    UNTIL,
)

# By column, what else people call it: in small letters without marks, `_` and `-` as a blank.
CALLED: Mapping[str, tuple[str, ...]] = {
    CONSENT: ("dong y",),
    PHOTO_CONSENT: (
        "dong y anh",
        "dong y chup anh",
        "dong y dung anh",
        "dong y dang anh",
        "dong y su dung anh",
    ),
    SCOPE: ("kenh dong y", "pham vi dong y"),
    SINCE: ("dong y tu", "dong y tu ngay"),
    UNTIL: ("dong y den", "dong y den ngay"),
    GUARDIAN: ("cha me dong y", "phu huynh dong y", "nguoi giam ho dong y"),
    AGE: ("tuoi",),
    SCHOOL: ("ten truong", "truong hoc"),
    PROOF: ("bang chung",),
    PURPOSES: ("muc dich dong y",),
    NAMES[0]: ("ho ten", "ho va ten"),
    **dict.fromkeys((*NAMES[1:], PHOTOS, "id", "withdrawn", "note"), ()),
}
LIKE_CONSENT = re.compile(r"\b(consent\w*|agrees?|agreed|dong y|dong thuan)\b")


def plain_name(name: str) -> str:
    """Return what is compared of a column's name."""
    return search_form(re.sub(r"[_-]+", " ", name))


COLUMN_OF = {plain_name(called): column for column, others in CALLED.items() for called in (column, *others)}


def column_of(name: str) -> str:
    """Return which of our columns a name means; nothing where it is none of them."""
    return COLUMN_OF.get(plain_name(name), "")


@lru_cache
def roles(columns: tuple[str, ...], heads: tuple[str, ...] = ()) -> Mapping[str, tuple[str, ...]]:
    """Return by our column those of a sheet that mean it: by the name in the recipe, else by that in its file.

    Args:
        columns: as the recipe calls them.
        heads: as the file does, where it calls any otherwise.
    """
    found: dict[str, list[str]] = {}
    for column, head in zip(columns, heads or columns, strict=True):
        ours = column_of(column) or column_of(head)
        if ours:
            found.setdefault(ours, []).append(column)
    return {ours: tuple(theirs) for ours, theirs in found.items()}


def unread(table: Table) -> Iterator[Diagnostic]:
    """Yield each column that looks as if it said who agrees, and that nothing reads."""
    heads = table.heads or table.columns
    places = table.rows[0].places if table.rows else ()
    for at, (column, head) in enumerate(zip(table.columns, heads, strict=True)):
        names = dict.fromkeys((column, head))
        if any(map(column_of, names)) or not any(LIKE_CONSENT.search(plain_name(name)) for name in names):
            continue
        span = Span(table.file, table.line, places[at] if places else at + 1, field=head)
        facts = {"column": head, "known": f"{CONSENT}, {PHOTO_CONSENT}"}
        yield Diagnostic("consent/unread-column", span, facts, Level.WARNING, Scope.ROW)
