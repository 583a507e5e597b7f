"""A sheet for many: each row of a CSV or XLSX becomes the draft that its form would have given.

Columns are found by a field's key or by its label in either language, so that a sheet may be made from the form. What
is wrong is told by line and column of the sheet that was sent.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from io import BytesIO

from producer.data.model import Row, Table
from producer.data.read import MAGIC, open_sheet
from producer.data.typed import read_rows, squeezed
from producer.diagnostics import Diagnostic, Level, ProducerError, Scope, SourceText, Span
from producer.recipe.model import ALT, Source
from producer.requests.draft import BESIDE, Draft, clean, problem
from producer.requests.form import FieldKind, Form
from producer.requests.recipe_folder import ID, LOOK, types_of
from producer.requests.register import text_of
from producer.requests.words import LANGUAGES, called
from producer.world import DictWorld

MOST_BYTES = 5_000_000
MOST_UNPACKED = 100_000_000  # bytes of all parts of a workbook
MOST_PARTS = 500
MOST_ROWS = 500
CSV, XLSX = "sheet.csv", "sheet.xlsx"  # what an upload is called here: its sender's name is never a path


@dataclass(frozen=True, slots=True)
class RowDraft:
    """One row of a sheet."""

    line: int
    draft: Draft
    problems: tuple[Diagnostic, ...] = ()  # of its cells, at line and column


@dataclass(frozen=True, slots=True)
class SheetDrafts:
    """A sheet, read."""

    rows: tuple[RowDraft, ...]
    columns: Mapping[str, int]  # field → the column of the sheet, from 1
    problems: tuple[Diagnostic, ...] = ()  # of the sheet as a whole


def read_sheet(data: bytes, name: str, start: Draft, forms: Iterable[Form]) -> SheetDrafts:
    """Return the drafts of a sheet; ``start`` gives what its rows do not say, ``forms`` are one form in its languages.

    Raises:
        ProducerError: it is no sheet, it is too large, or two of its columns are one field.
    """
    in_languages = tuple(forms)
    path = _sniffed(data, name)
    world = DictWorld({path: data})
    source = Source(SourceText("sheet", Span(path)), Span(path), file=SourceText(path, Span(path)))
    try:
        found = open_sheet(source, SourceText(path, Span(path)), world)
    except ProducerError as error:
        raise ProducerError([problem("request/not-a-sheet", "", name=name), *error.diagnostics]) from error
    heads = {squeezed(head): key for head in found.head if (key := _key(head, in_languages))}
    form = in_languages[0]
    columns = {SourceText(key, Span(path)): SourceText(head, Span(path)) for head, key in heads.items()}
    types = {SourceText(key, Span(path)): kind for key, kind in types_of(form).items() if key in columns}
    named = (SourceText(ID, Span(path)),) if ID in columns else ()
    table = read_rows(replace(source, columns=columns, types=types, id=named), path, found)
    if len(table.rows) > MOST_ROWS:
        raise ProducerError([_large(name, f"{len(table.rows)} ×", f"{MOST_ROWS} ×")])
    rows = tuple(
        _row_draft(row, start, form, named=bool(named)) for row in table.rows if any(row.values.values())
    )
    places = {
        column: at for at, head in enumerate(found.head, 1) if (column := heads.get(squeezed(head), ""))
    }
    return SheetDrafts(rows, places, (*table.problems, *_unknown(table, form)))


def _sniffed(data: bytes, name: str) -> str:
    """What a file is called by its first bytes; a workbook is weighed before anybody unpacks it."""
    if len(data) > MOST_BYTES:
        raise ProducerError([_large(name, f"{len(data) / 1e6:.0f} MB", f"{MOST_BYTES // 10**6} MB")])
    if not data.startswith(MAGIC):
        return CSV
    if data.startswith(MAGIC[0]):
        try:
            with zipfile.ZipFile(BytesIO(data)) as archive:
                parts = archive.infolist()
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise ProducerError([problem("request/not-a-sheet", "", name=name)]) from error
        size = sum(part.file_size for part in parts)
        if size > MOST_UNPACKED or len(parts) > MOST_PARTS:
            raise ProducerError([_large(name, f"{size / 1e6:.0f} MB", f"{MOST_UNPACKED // 10**6} MB")])
    return XLSX


def _large(name: str, found: str, most: str) -> Diagnostic:
    return problem("request/sheet-too-large", "", name=name, found=found, most=most)


def _key(head: str, forms: Iterable[Form]) -> str:
    """The field that a column is; nothing where no form has one of that name."""
    said = squeezed(head).casefold()
    for form in forms:
        for one in form.fields:
            if one.kind is not FieldKind.EVENT and said in (
                one.key.casefold(),
                squeezed(one.label).casefold(),
            ):
                return one.key
    beside = (*BESIDE, LOOK, ID)
    known = {
        word.casefold(): key
        for key in beside
        for word in (key, *(called("field", key, of) for of in LANGUAGES))
    }
    return known.get(said, said if said.endswith(ALT) else "")


def _unknown(table: Table, form: Form) -> Iterator[Diagnostic]:
    """Yield the columns that no form has: they are left out, and that is told."""
    known = {*(one.key for one in form.fields), *BESIDE, LOOK, ID}
    for at, column in enumerate(table.columns, 1):
        if column not in known and not column.endswith(ALT):
            span = Span(table.file, 1, at, field=column)
            yield Diagnostic("request/unknown-field", span, {"name": column}, Level.WARNING, Scope.ROW)


def _row_draft(row: Row, start: Draft, form: Form, *, named: bool) -> RowDraft:
    known = {*(one.key for one in form.fields), *BESIDE}
    texts = {key: clean(text_of(value)) for key, value in row.values.items()}
    values = {key: text for key, text in texts.items() if text and key in known}
    draft = replace(
        start,
        values={**start.values, **values},
        look=texts.get(LOOK) or start.look,
        row=row.id if named else "",
        event="",
    )
    return RowDraft(row.number, draft, row.problems)
