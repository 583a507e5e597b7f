"""The catalogue: an index of the archive on a local disk, to be thrown away and made anew at any time.

Words stand twice: as they are, and folded. Both are stored, so that any ``sqlite3`` reads the file.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from producer.library.entry import Entry
from producer.library.fold import fold

VERSION = 1
SEQUENCE_BITS = 24  # objects of one day
TAGS = ("channel", "theme", "rights", "photo")
TABLES = """
PRAGMA user_version = 1;
CREATE TABLE asset (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, head TEXT NOT NULL, title TEXT NOT NULL, kind TEXT NOT NULL,
    template TEXT NOT NULL, piece TEXT NOT NULL, recipe TEXT NOT NULL, event TEXT NOT NULL, day TEXT NOT NULL,
    year INTEGER NOT NULL, unit TEXT NOT NULL, unit_f TEXT NOT NULL, state TEXT NOT NULL, digest TEXT NOT NULL
);
CREATE TABLE tag (n INTEGER NOT NULL, what TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (what, value, n))
    WITHOUT ROWID;
CREATE TABLE words (n INTEGER PRIMARY KEY, title TEXT, body TEXT, title_f TEXT, body_f TEXT);
CREATE VIRTUAL TABLE found USING fts5(
    title, body, title_f, body_f, content='words', content_rowid='n',
    tokenize="unicode61 remove_diacritics 0"
);
"""
INDEXES = """
CREATE INDEX asset_event ON asset (event, n);
CREATE INDEX asset_year ON asset (year, n);
CREATE INDEX asset_state ON asset (state, n);
CREATE INDEX asset_digest ON asset (digest);
CREATE INDEX tag_of ON tag (n);
"""
# An index of words is told what it forgets in the words that it was told.
REMEMBER = """INSERT INTO found (rowid, title, body, title_f, body_f)
    SELECT n, title, body, title_f, body_f FROM words WHERE n = ?"""
DELETE = ("DELETE FROM words WHERE n = ?", "DELETE FROM tag WHERE n = ?", "DELETE FROM asset WHERE n = ?")
FORGET = """INSERT INTO found (found, rowid, title, body, title_f, body_f)
    SELECT 'delete', n, title, body, title_f, body_f FROM words WHERE n = ?"""
ASSET = "INSERT INTO asset VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


class NoCatalogueError(Exception):
    """There is no catalogue, or it is torn, or of another make: it is made anew."""


@contextmanager
def opened(place: Path) -> Iterator[sqlite3.Connection]:
    """Open a catalogue.

    Raises:
        NoCatalogueError: see there; also when that is only found while reading.
    """
    if not place.is_file():
        raise NoCatalogueError(str(place))
    try:
        with closing(sqlite3.connect(place, timeout=30)) as connection:
            if connection.execute("PRAGMA user_version").fetchone()[0] != VERSION:
                raise NoCatalogueError(str(place))
            yield connection
    except sqlite3.DatabaseError as error:
        raise NoCatalogueError(str(place)) from error


def build(place: Path, entries: Iterable[Entry]) -> int:
    """Make a catalogue of all entries, and return how many there are.

    It is made aside and renamed: whoever is killed leaves the one before, as it was.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    aside = place.with_name(f".{place.name}.{os.getpid()}")
    aside.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(aside)) as connection:
            connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + TABLES)
            count = 0
            for count, entry in enumerate(entries, 1):
                _insert(connection, entry, count)
            connection.execute("INSERT INTO found (found) VALUES ('rebuild')")
            connection.executescript(INDEXES)
            connection.commit()
        aside.replace(place)
    finally:
        aside.unlink(missing_ok=True)
    return count


def update(place: Path, entries: Iterable[Entry]) -> None:
    """Lay entries over a catalogue.

    Raises:
        NoCatalogueError: there is none to lay them over.
    """
    with opened(place) as connection, connection:
        for entry in entries:
            old = connection.execute("SELECT n FROM asset WHERE id = ?", (entry.id,)).fetchone()
            if old is not None:
                _remove(connection, old[0])
            (number,) = connection.execute("SELECT count(*) FROM asset").fetchone()
            row = _insert(connection, entry, number + 1)
            connection.execute(REMEMBER, (row,))


def _remove(connection: sqlite3.Connection, row: int) -> None:
    for statement in (FORGET, *DELETE):
        connection.execute(statement, (row,))


def _insert(connection: sqlite3.Connection, entry: Entry, number: int) -> int:
    """Write an entry's row, and return its number: its day, then a number of its own.

    So the newest are the highest, and a search for them ends at the first that match. The number is moved on where
    another entry of the day has it.
    """
    row = (entry.day.toordinal() << SEQUENCE_BITS) + number
    while connection.execute("SELECT 1 FROM asset WHERE n = ?", (row,)).fetchone():
        row += 1
    connection.execute(
        ASSET,
        (
            row, entry.id, entry.head, entry.title, entry.kind, entry.template, entry.piece, entry.recipe,
            entry.event, entry.day.isoformat(), entry.day.year, entry.unit, fold(entry.unit), entry.state,
            entry.digest,
        ),
    )  # fmt: skip
    values = zip(TAGS, (entry.channels, entry.themes, entry.rights, entry.photos), strict=True)
    tags = [(row, what, value) for what, many in values for value in dict.fromkeys(many)]
    connection.executemany("INSERT INTO tag VALUES (?, ?, ?)", tags)
    words = (row, entry.title, entry.body, fold(entry.title), fold(entry.body))
    connection.execute("INSERT INTO words VALUES (?, ?, ?, ?, ?)", words)
    return row
