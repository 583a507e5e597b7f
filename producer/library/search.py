"""Find objects in the catalogue: by words with accents or without, and by what they are."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from producer.library.fold import fold, words_of

WEIGHTS = (
    "10.0, 4.0, 3.0, 1.0"  # of title and body as they are written, then folded: who types marks means them
)
SHOWN = "asset.id, asset.title, asset.day, asset.unit, asset.kind, asset.event, asset.state"


class Hit(NamedTuple):
    """An object that was found."""

    id: str
    title: str
    day: str
    unit: str
    kind: str
    event_id: str
    state: str


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for; what is left out is not asked for."""

    words: str = ""
    kind: str | None = None  # still · clip · deck, or a template's or a piece's name
    year: int | None = None
    unit: str | None = None  # a part of its name
    event: str | None = None
    theme: str | None = None
    channel: str | None = None
    rights: str | None = None
    state: str | None = None
    ranked: bool = False  # the best match first; else the newest
    limit: int = 20


def search(connection: sqlite3.Connection, query: Query) -> tuple[Hit, ...]:
    """Return what matches: all of the words, and every filter.

    What has the words with the marks that were typed comes before what has them without. A word that ends in ``*``
    stands for all that begin so.
    """
    words = _asked(query.words)
    if not words:
        return tuple(_hits(connection, query, None, "asset.n DESC"))
    plain, folded = _match(words, "title body"), _match(tuple(map(fold, words)), "title_f body_f")
    if query.ranked:
        order = f"bm25(found, {WEIGHTS}), found.rowid DESC"
        return tuple(_hits(connection, query, f"({plain}) OR ({folded})", order))
    newest = "found.rowid DESC"  # the rows' own order: reading ends with the last one wanted
    hits = list(_hits(connection, query, plain, newest)) if _has_marks(words) else []
    if len(hits) < query.limit:
        known = {hit.id for hit in hits}
        hits += [hit for hit in _hits(connection, query, folded, newest) if hit.id not in known]
    return tuple(hits[: query.limit])


def _hits(connection: sqlite3.Connection, query: Query, match: str | None, order: str) -> Iterator[Hit]:
    """Yield what matches in an order, as much as is asked for."""
    where, values = _filters(query)
    source = "asset"
    if match is not None:
        source = "found CROSS JOIN asset ON asset.n = found.rowid"
        where, values = ["found MATCH ?", *where], [match, *values]
    clause = f"WHERE {' AND '.join(where)}" if where else ""
    told = f"SELECT {SHOWN} FROM {source} {clause} ORDER BY {order} LIMIT ?"  # noqa: S608 - what people type is bound
    for row in connection.execute(told, (*values, query.limit)):
        yield Hit(*row)


def _asked(text: str) -> tuple[str, ...]:
    """The words of a question, those that stand for many with their star."""
    parts = text.split()
    return tuple(
        f"{word}*" if part.endswith("*") and word == words[-1] else word
        for part in parts
        if (words := words_of(part))
        for word in words
    )


def _has_marks(words: Sequence[str]) -> bool:
    return any(fold(word) != word.casefold() for word in words)


def _match(words: Sequence[str], columns: str) -> str:
    """Return the words as FTS5 has them: each in quotation marks, so that none is a command."""
    terms = [f'"{word.removesuffix("*")}"{"*" * word.endswith("*")}' for word in words]
    return f"{{{columns}}} : ({' AND '.join(terms)})"


def _filters(query: Query) -> tuple[list[str], list[str | int]]:
    """Return the conditions of a query, and the values they ask for."""
    where: list[str] = []
    values: list[str | int] = []
    plain = (("year", query.year), ("event", query.event), ("state", query.state))
    for column, value in plain:
        if value is not None:
            where.append(f"asset.{column} = ?")
            values.append(value)
    if query.kind is not None:
        where.append("? IN (asset.kind, asset.template, asset.piece)")
        values.append(query.kind)
    if query.unit is not None:
        where.append("instr(asset.unit_f, ?) > 0")
        values.append(fold(query.unit))
    for what, value in (("theme", query.theme), ("channel", query.channel), ("rights", query.rights)):
        if value is not None:
            where.append(
                "EXISTS (SELECT 1 FROM tag WHERE tag.what = ? AND tag.value = ? AND tag.n = asset.n)"
            )
            values += [what, value]
    return where, values


@dataclass(frozen=True, slots=True)
class Twins:
    """Objects that have something in common."""

    what: str  # "source" or "photo"
    digest: str
    ids: tuple[str, ...]


def duplicates(connection: sqlite3.Connection) -> tuple[Twins, ...]:
    """Return the objects that were made from the same, word for word, and those that show the same photograph.

    By digests, not by looks: a poster with another date looks more like its neighbour than a cropped copy does.
    """
    same = (
        "SELECT digest, id FROM asset WHERE digest IN "
        "(SELECT digest FROM asset GROUP BY digest HAVING count(*) > 1) ORDER BY digest, n"
    )
    shared = (
        "SELECT tag.value, asset.id FROM tag JOIN asset USING (n) WHERE tag.what = 'photo' AND tag.value IN "
        "(SELECT value FROM tag WHERE what = 'photo' GROUP BY value HAVING count(*) > 1) ORDER BY tag.value, n"
    )
    found: dict[tuple[str, str], list[str]] = {}
    for what, statement in (("source", same), ("photo", shared)):
        for digest, name in connection.execute(statement):
            found.setdefault((what, digest), []).append(name)
    return tuple(Twins(what, digest, tuple(names)) for (what, digest), names in found.items())
