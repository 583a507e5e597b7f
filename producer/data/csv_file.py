"""CSV as office programs save it: any encoding, comma, semicolon or tab, read record by record."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice

from producer.data.cell import LONGEST
from producer.data.encoding import ERRORS, Encoding, find_encoding
from producer.data.head import head_row, is_head
from producer.data.letters import is_odd
from producer.data.model import Record, Sheet
from producer.diagnostics import Diagnostic, Level, ProducerError, Scope, Span
from producer.world import World

SEPARATORS = (",", ";", "\t")  # the first of those that make as much sense
SHOWN = {"\t": "Tab"}
SAMPLE = 200  # lines by which the separator is chosen
MOST_FIT = 0.9  # of the rows; a sheet may have some that do not fit
MOST_CELL = 1 << 24  # letters; a quotation mark without its fellow swallows no more
BLOCK = 256  # lines that are looked at together
MOST_AGAIN = 1 << 26  # letters that may be read again behind such marks
SAID = re.compile(r"sep=([,;\t])\s*", re.IGNORECASE)  # Excel's own word for it, in a line above the head


def open_csv(path: str, wanted: Iterable[str], world: World) -> Sheet:
    """Return a CSV file by its head and its records; ``wanted`` are columns that it is known to have.

    Raises:
        OSError, OutsideProjectError: as :meth:`World.open`.
        ProducerError: there is no head.
    """
    with world.open(path) as file:
        encoding = find_encoding(file)
    lines = read_lines(path, encoding, world)
    sample = list(islice(lines, SAMPLE))
    said = SAID.fullmatch(sample[0]) if sample else None
    separator = said[1] if said else choose_separator(sample, set(wanted))
    first = 2 if said else 1
    found = records(chain(sample[1:] if said else sample, lines), separator, path, first)
    head, body, titled = take_head(found, path)
    taken = f"{encoding.name} · {SHOWN.get(separator, separator)}"
    return Sheet(
        tuple(map(str, head.cells)),
        body,
        f"{taken} · {head.number}" if titled else taken,
        ordinary=separator == "," and encoding.codec.startswith("utf-8") and not titled,
        line=head.number,
        legacy=encoding.legacy,
        lossy=encoding.lossy,
        problems=tuple(encoding_problems(encoding, path)),
    )


def read_lines(path: str, encoding: Encoding, world: World) -> Iterator[str]:
    """Yield the lines of a file with their ends, in NFC: Windows-1258 parts letters from their tones."""
    errors = ERRORS.get(encoding.codec, "producer-marked")
    with io.TextIOWrapper(world.open(path), encoding.codec, errors, newline="") as lines:
        while block := list(islice(lines, BLOCK)):
            whole = "".join(block)
            yield from block if unicodedata.is_normalized("NFC", whole) else map(_composed, block)


def _composed(line: str) -> str:
    return unicodedata.normalize("NFC", line)


def encoding_problems(encoding: Encoding, path: str) -> Iterator[Diagnostic]:
    """Yield a warning where the bytes of a file make sense in two encodings."""
    if encoding.other:
        facts = {"taken": encoding.name, "other": encoding.other}
        yield Diagnostic("data/unsure-encoding", Span(path), facts, Level.WARNING, Scope.ROW)


def choose_separator(lines: Sequence[str], wanted: set[str]) -> str:
    """Return what parts the cells: it finds the columns that are known, and makes rows as long as their head."""

    def score(separator: str) -> tuple[int, bool, bool, bool, float, int]:
        rows = list(_rows(lines, separator))
        if not rows:
            return 0, False, False, False, 0.0, 0
        at = head_row(rows)
        head, body = rows[at], rows[at + 1 :]
        names = {_composed(" ".join(name.split())) for name in head}
        fitting = sum(len(row) == len(head) for row in body) / len(body) if body else 1.0
        parts = len(head) > 1 and fitting > MOST_FIT
        # A line above the head is a title only where no other separator makes it the head.
        return len(wanted & names), parts, at == 0, is_head(head), fitting, len(head)

    return max(SEPARATORS, key=score)  # the first of several


def _rows(lines: Sequence[str], separator: str) -> Iterator[list[str]]:
    csv.field_size_limit(MOST_CELL)
    try:
        yield from (row for row in csv.reader(lines, delimiter=separator) if any(map(str.strip, row)))
    except csv.Error:
        return


class _Feed:
    """Lines for the reader, those of the record at hand kept until it is whole."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.source = iter(lines)
        self.waiting: deque[str] = deque()
        self.taken: list[str] = []
        self.doubtful = self.odd = False  # whether any of the waiting lines is odd, and one of the record's
        self.most = MOST_AGAIN

    def __iter__(self) -> Iterator[str]:
        while True:
            while self.waiting:
                line = self.waiting.popleft()
                self.taken.append(line)
                if self.doubtful and is_odd(line):
                    self.odd = True
                yield line
            self.waiting.extend(islice(self.source, BLOCK))  # looked at together, since few are odd
            if not self.waiting:
                return
            self.doubtful = is_odd("".join(self.waiting))

    def end(self) -> tuple[int, bool]:
        """End a record; return how many lines it had, and whether it is worth a closer look."""
        count = len(self.taken)
        odd = self.odd or sum(map(len, self.taken)) > LONGEST
        self.taken.clear()
        self.odd = False
        return count, odd

    def give_back(self) -> bool:
        """Give back all lines of a record but its first; whether there is still patience for it."""
        back = self.taken[1:]
        del self.taken[1:]
        self.waiting.extendleft(reversed(back))
        self.doubtful = True
        self.most -= sum(map(len, back))
        return self.most >= 0


def records(lines: Iterable[str], separator: str, path: str, line: int = 1) -> Iterator[Record]:
    """Yield the records that hold anything, numbered by the line on which each begins.

    One that cannot be taken apart has a problem and no cells, and reading goes on in the line below it.

    Raises:
        ProducerError: so many quotation marks have no fellow that reading would never end.
    """
    csv.field_size_limit(MOST_CELL)
    feed = _Feed(lines)
    while True:
        try:
            for cells in csv.reader(feed, delimiter=separator, strict=True):
                count, odd = feed.end()
                if any(cells) and any(map(str.strip, cells)):
                    yield Record(line, cells, odd)
                line += count
        except csv.Error as error:
            facts = {"problem": str(error)}
            problem = Diagnostic("data/bad-csv", Span(path, line, 1), facts, scope=Scope.ROW)
            if not feed.give_back():
                raise ProducerError([replace(problem, scope=Scope.RECIPE)]) from error
            feed.end()
            yield Record(line, (), problems=(problem,))
            line += 1
        else:
            return


def take_head(found: Iterator[Record], path: str) -> tuple[Record, Iterator[Record], bool]:
    """Return the record that names the columns, those below it, and whether a title stood above.

    Raises:
        ProducerError: there is nothing but empty lines, or the line of the head cannot be taken apart.
    """
    first = list(islice(found, SAMPLE))
    at = head_row([record.cells for record in first])
    if not first:
        raise ProducerError([Diagnostic("data/no-columns", Span(path))])
    if first[at].problems:
        raise ProducerError([replace(problem, scope=Scope.RECIPE) for problem in first[at].problems])
    return first[at], chain(first[at + 1 :], found), at > 0
