"""Write into the register of people, and leave every byte of other lines as it is."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from producer.data.csv_file import SAID, choose_separator
from producer.data.encoding import MARKS, SINGLE, find_encoding
from producer.data.head import head_row
from producer.diagnostics import Diagnostic, ProducerError, Span
from producer.letter import bare
from producer.rights.column import column_of
from producer.rights.fold import folded
from producer.rights.model import CONSENT, REGISTER, WITHDRAWN
from producer.rights.register import COLUMNS

LOCK = "registers"  # whoever writes into a register waits for others who do
LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
BOM = b"\xef\xbb\xbf"  # how spreadsheets know UTF-8
DAY = "withdrawn"  # the column with the day
SAMPLE = 200  # records by which separator and head are found
BYTES = "latin-1"  # a letter for each byte, and back


@dataclass(frozen=True, slots=True)
class Coding:
    """How the bytes of a register are letters, so that those which nobody changes come back as they were."""

    mark: bytes
    codec: str
    read: Callable[[str], str] = str  # what letters mean, where ``codec`` only keeps bytes apart

    def encoded(self, text: str) -> bytes:
        """The bytes of a text."""
        return self.mark + text.encode(self.codec)

    def writable(self, cell: str) -> str:
        """A new cell in letters that the register has: without marks where it cannot hold them."""
        try:
            cell.encode("ascii" if self.codec == BYTES else self.codec)
        except UnicodeEncodeError:
            return bare(cell).encode("ascii", "ignore").decode()
        return cell


NEW = Coding(BOM, "utf-8")


@dataclass(frozen=True, slots=True)
class Text:
    """The register as it is written: each record with its cells and its own letters, a title above the head too."""

    coding: Coding
    newline: str
    separator: str
    above: str  # the head
    records: tuple[tuple[tuple[str, ...], str], ...]  # the head first

    @property
    def head(self) -> tuple[str, ...]:
        """Its columns, by our names where they mean ours."""
        names = (" ".join(self.coding.read(cell).split()) for cell in self.records[0][0])
        return tuple(column_of(name) or name for name in names)

    def __bytes__(self) -> bytes:
        """The file."""
        return self.coding.encoded(self.above + "".join(raw for _, raw in self.records))

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
            lacking = len(head) + len(new) - len(cells)
            more = self.separator * lacking if any(cells) else ""
            wide.append(((*cells, *("" for _ in range(lacking))), line.rstrip("\r\n") + more + self.newline))
        return replace(self, records=tuple(wide))

    def with_rows(self, rows: Iterable[Mapping[str, str]]) -> Text:
        """The same with rows at its end."""
        *before, (cells, raw) = self.records
        last = (cells, raw if raw.endswith(("\r", "\n")) else raw + self.newline)
        writable = ({name: self.coding.writable(cell) for name, cell in row.items()} for row in rows)
        return replace(self, records=(*before, last, *(self.record(row) for row in writable)))


def decoded(data: bytes) -> tuple[Coding, str]:
    """Return how the bytes of a register are coded, and its letters.

    Raises:
        ProducerError: they are damaged.
    """
    found = find_encoding(io.BytesIO(data))
    mark = next((mark for mark, _, _ in MARKS if data.startswith(mark)), b"")
    if found.name in SINGLE:
        codec, _, read = SINGLE[found.name]
        return Coding(
            b"", BYTES, lambda text: read(text.encode(BYTES).decode(codec, "replace"))
        ), data.decode(BYTES)
    wide = {"utf-16": "utf-16-le", "utf-32": "utf-32-le"}
    codec = found.codec if not mark else wide.get(found.codec, "utf-8")
    if mark[:1] in (b"\xfe", b"\x00"):
        codec = codec.replace("-le", "-be")
    try:
        return Coding(mark, codec), data[len(mark) :].decode(codec)
    except UnicodeDecodeError as error:
        raise ProducerError([Diagnostic("recipe/not-utf8", Span(REGISTER))]) from error


def read_text(data: bytes) -> Text:
    """Return the register as it is written; an empty file has the columns of a new one.

    Raises:
        ProducerError: it is damaged, it is no CSV, or has no columns `id` and `consent`.
    """
    coding, text = decoded(data) if data else (NEW, "")
    newline = "\r\n" if "\r\n" in text or not text else "\n"
    lines = LINES.findall(text)[:SAMPLE]
    said = SAID.fullmatch(lines[0]) if lines else None
    separator = said[1] if said else choose_separator(lines, set(COLUMNS))
    above = said[0] if said else ""
    begun = tuple(records(text[len(above) :], separator)) or (
        (COLUMNS, line_of(COLUMNS, newline, separator)),
    )
    at = head_at([cells for cells, _ in begun[:SAMPLE]])
    found = Text(coding, newline, separator, above + "".join(raw for _, raw in begun[:at]), begun[at:])
    missing = [name for name in ("id", CONSENT) if name not in found.head]
    if missing:
        raise ProducerError(
            [
                Diagnostic("consent/missing-column", Span(REGISTER, at + 1, 1), {"column": name})
                for name in missing
            ]
        )
    return found


def head_at(rows: Sequence[Sequence[str]]) -> int:
    """Return which record is the head; lines with nothing in them are none."""
    filled = [at for at, cells in enumerate(rows) if any(map(str.strip, cells))]
    return filled[head_row([rows[at] for at in filled])] if filled else 0


def with_withdrawal(data: bytes, entry: Mapping[str, str], day: date) -> bytes:
    """Return the register's file with ``entry["id"]`` withdrawn on ``day``.

    An entry that is there keeps what else it says, and a second withdrawal its first day; one that is not is added
    with what ``entry`` says.

    Raises:
        ProducerError: as :func:`read_text`.
    """
    register = read_text(data).with_columns([DAY])
    said = {CONSENT: WITHDRAWN, DAY: day.isoformat()}
    own = own_id(register, entry["id"])
    made, found = [register.records[0]], False
    for cells, raw in register.records[1:]:
        row = register.row(cells)
        its = own(row.get("id", ""))
        found = found or its
        withdraws = its and folded(row.get(CONSENT, "")) != WITHDRAWN
        made.append(register.record({**row, **said}) if withdraws else (cells, raw))
    changed = replace(register, records=tuple(made))
    return bytes(changed if found else changed.with_rows([{**entry, **said}]))


def own_id(register: Text, name: str) -> Callable[[str], bool]:
    """Return what tells whether an id of the register is ``name``: as it is typed, else by what is compared of it."""
    read = register.coding.read
    typed = {read(register.row(cells).get("id", "")).strip() for cells, _ in register.records[1:]}
    if name in typed:
        return lambda written: read(written).strip() == name
    return lambda written: folded(read(written)) == folded(name)


def with_entries(data: bytes, entries: Sequence[Mapping[str, str]]) -> bytes:
    """Return the register's file with entries at its end.

    Raises:
        ProducerError: as :func:`read_text`.
    """
    filled = dict.fromkeys(name for entry in entries for name, cell in entry.items() if cell)
    return bytes(read_text(data).with_columns(filled).with_rows(entries))


def entries_in(data: bytes) -> Iterator[Mapping[str, str]]:
    """Yield the lines of the register's file by column, as they are typed.

    Raises:
        ProducerError: as :func:`read_text`.
    """
    register = read_text(data)
    for cells, _ in register.records[1:]:
        yield {name: register.coding.read(cell) for name, cell in register.row(cells).items()}


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
