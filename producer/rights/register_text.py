"""Write into the register of people, and leave every letter of other lines as it is."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from producer.diagnostics import Diagnostic, ProducerError, Span
from producer.rights.model import CONSENT, REGISTER, WITHDRAWN
from producer.rights.read import COLUMNS

LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
BOM = "\ufeff"  # how spreadsheets know UTF-8
DAY = "withdrawn"  # the column with the day
SEPARATORS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Text:
    """The register as it is written: each record with its cells and its own letters, the head first."""

    marked: bool
    newline: str
    separator: str
    records: tuple[tuple[tuple[str, ...], str], ...]

    @property
    def head(self) -> tuple[str, ...]:
        """Its columns."""
        return tuple(cell.strip() for cell in self.records[0][0])

    def __str__(self) -> str:
        """The text."""
        return (BOM if self.marked else "") + "".join(raw for _, raw in self.records)

    def row(self, cells: Sequence[str]) -> Mapping[str, str]:
        """Cells by column."""
        return dict(zip(self.head, cells, strict=False))

    def record(self, row: Mapping[str, str]) -> tuple[tuple[str, ...], str]:
        """A row as a record."""
        cells = tuple(row.get(name, "") for name in self.head)
        return cells, line_of(cells, self.newline, self.separator)

    def with_columns(self, names: Iterable[str]) -> Text:
        """The same with further columns, empty in every row."""
        new = [name for name in names if name not in self.head]
        if not new:
            return self
        (head, raw), *rows = self.records
        wide = [((*head, *new), self.separator.join([raw.rstrip("\r\n"), *new]) + self.newline)]
        for cells, line in rows:
            more = self.separator * len(new) if any(cells) else ""
            wide.append(((*cells, *("" for _ in new)), line.rstrip("\r\n") + more + self.newline))
        return replace(self, records=tuple(wide))

    def with_rows(self, rows: Iterable[Mapping[str, str]]) -> Text:
        """The same with rows at its end."""
        *before, (cells, raw) = self.records
        last = (cells, raw if raw.endswith(("\r", "\n")) else raw + self.newline)
        return replace(self, records=(*before, last, *(self.record(row) for row in rows)))


def letters_of(data: bytes, path: str) -> str:
    """Return what the bytes of a register say.

    Raises:
        ProducerError: they are not UTF-8; another encoding is read, and not written.
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProducerError([Diagnostic("recipe/not-utf8", Span(path))]) from error


def read_text(text: str) -> Text:
    """Return the register as it is written; an empty text has the columns of a new one.

    Raises:
        ProducerError: it is no CSV, or has no columns `id` and `consent`.
    """
    marked, plain = text.startswith(BOM), text.removeprefix(BOM)
    newline = "\r\n" if "\r\n" in plain or not plain else "\n"
    separator = separator_of(plain)
    begun = tuple(records(plain, separator)) or ((COLUMNS, line_of(COLUMNS, newline, separator)),)
    found = Text(marked or not plain, newline, separator, begun)
    missing = [name for name in ("id", CONSENT) if name not in found.head]
    if missing:
        raise ProducerError(
            [Diagnostic("consent/missing-column", Span(REGISTER, 1, 1), {"column": name}) for name in missing]
        )
    return found


def with_withdrawal(text: str, entry: Mapping[str, str], day: date) -> str:
    """Return the register's text with ``entry["id"]`` withdrawn on ``day``.

    An entry that is there keeps what else it says, and a second withdrawal its first day; one that is not is added
    with what ``entry`` says.

    Raises:
        ProducerError: as :func:`read_text`.
    """
    register = read_text(text).with_columns([DAY])
    said = {CONSENT: WITHDRAWN, DAY: day.isoformat()}
    made, found = [register.records[0]], False
    for cells, raw in register.records[1:]:
        row = register.row(cells)
        its = same(row.get("id", ""), entry["id"])
        found = found or its
        withdraws = its and row.get(CONSENT) != WITHDRAWN
        made.append(register.record({**row, **said}) if withdraws else (cells, raw))
    changed = replace(register, records=tuple(made))
    return str(changed if found else changed.with_rows([{**entry, **said}]))


def with_entries(text: str, entries: Sequence[Mapping[str, str]]) -> str:
    """Return the register's text with entries at its end.

    Raises:
        ProducerError: as :func:`read_text`.
    """
    filled = dict.fromkeys(name for entry in entries for name, cell in entry.items() if cell)
    return str(read_text(text).with_columns(filled).with_rows(entries))


def separator_of(text: str) -> str:
    """Return what stands between the cells of a register: a spreadsheet of Việt Nam saves semicolons."""
    head = text.lstrip("\r\n").splitlines()[:1]
    return max(SEPARATORS, key=head[0].count) if head else SEPARATORS[0]


def records(text: str, separator: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the cells of each record, and its own letters.

    Raises:
        ProducerError: it is no CSV.
    """
    lines = LINES.findall(text)
    reader, begun = csv.reader(lines, delimiter=separator, strict=True), 0
    try:
        for cells in reader:
            yield tuple(cells), "".join(lines[begun : reader.line_num])
            begun = reader.line_num
    except csv.Error as error:
        raise ProducerError(
            [Diagnostic("data/bad-csv", Span(REGISTER, begun + 1, 1), {"problem": str(error)})]
        ) from error


def line_of(cells: Iterable[str], newline: str, separator: str) -> str:
    """Return cells as a line of CSV."""
    made = io.StringIO()
    csv.writer(made, delimiter=separator, lineterminator=newline).writerow(cells)
    return made.getvalue()


def same(one: str, other: str) -> bool:
    """Whether two ids are one."""
    return unicodedata.normalize("NFC", one.strip()) == unicodedata.normalize("NFC", other.strip())
