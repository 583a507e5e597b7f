"""A request as a recipe: a folder that a designer opens, edits and gives back.

`recipe.yaml` says what is made and `rows.csv` what is true, as in any other recipe; `request.json` keeps what neither
has a word for. What staff wrote is in the sheet alone: a brace in it is a brace, for no text of a row is ever read as
a template. Many requests of one template are one recipe with as many rows, so that each gives the same bytes as alone.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath

from producer.build.lock import alone
from producer.build.store import write_whole
from producer.data.cell import plain, read_cell
from producer.data.model import ColumnType, Row, Value
from producer.data.read import read_file
from producer.diagnostics import Diagnostic, ProducerError, Scope, Span
from producer.intake.entry import consent_entries, entered_paths, has_entry, licence_entry
from producer.intake.model import Sent
from producer.recipe.channel import presets
from producer.recipe.licence_file import REGISTER as LICENCES
from producer.recipe.load import load_project
from producer.recipe.model import ALT, FOCUS, Piece, Project, Source
from producer.requests.draft import BESIDE, Draft, Photo, from_json, to_json
from producer.requests.form import COLUMN_TYPES, FieldKind, Form
from producer.requests.upload import PhotoShelf
from producer.rights.model import REGISTER as PEOPLE
from producer.rights.register_text import LOCK, with_entries
from producer.world import FolderWorld, World

RECIPE, ROWS, REQUEST = "recipe.yaml", "rows.csv", "request.json"
DATA = "requests"  # what the recipe calls its rows
ID, LOOK, POST = "id", "look", "post"
PHOTOS = "assets/photos"
ASSETS = "assets/"
ENDS = (".", "!", "?", "…")  # of sentences
PROOF = "khai trong yêu cầu"  # where the consent that a request states is kept
VALID_YEARS = 2  # that a consent is taken to hold where its giver named no end


@dataclass(frozen=True, slots=True)
class Files:
    """What a request puts into its project: new files by path, and entries for the two registers."""

    files: Mapping[str, bytes]
    licences: str
    people: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class ReadBack:
    """A folder as a designer gives it back."""

    drafts: tuple[Draft, ...]
    by_hand: bool  # its recipe says more than a form can: what is made of it is made from the folder, not from drafts


def materialise(draft: Draft, form: Form, project: Path, folder: str) -> None:
    """Write a request into ``folder``, a path of the project; see :func:`materialise_all`."""
    materialise_all((draft,), form, project, folder)


def materialise_all(drafts: Sequence[Draft], form: Form, project: Path, folder: str) -> None:
    """Write requests of one template, day and set of channels as one recipe; files of before are written over.

    Photographs go to the project's own, with their entries in both registers.

    Raises:
        ProducerError: a photograph was never sent, or a register is not UTF-8.
        OSError: a file cannot be written.
    """
    made = files_of(drafts, form, folder, PhotoShelf(project))
    with alone(project, LOCK):
        _enter(made, project)
    for path, data in made.files.items():
        write_whole(project / path, data)


def laid_over(world: World, made: Files) -> Mapping[str, bytes]:
    """Return the files of a request, and both registers with its entries, to be laid over the project unsaved."""
    files = dict(made.files)
    if made.licences:
        before = world.read_bytes(LICENCES) if world.exists(LICENCES) else b""
        files[LICENCES] = before.rstrip(b"\n") + b"\n" + made.licences.encode()
    if made.people:
        before = world.read_bytes(PEOPLE) if world.exists(PEOPLE) else b""
        new = [entry for entry in made.people if not has_entry(before, entry)]
        files[PEOPLE] = with_entries(before, new) if new else before
    return files


def _enter(made: Files, project: Path) -> None:
    """Enter photographs into both registers, each once."""
    licences, people = project / LICENCES, project / PEOPLE
    text = _text_of(licences) if licences.is_file() else ""
    new = [path for path in made.files if path.startswith(ASSETS) and path not in entered_paths(text)]
    if not new:
        return
    world = FolderWorld(project)
    laid = laid_over(world, made)
    if PEOPLE in laid:
        write_whole(people, laid[PEOPLE])
    write_whole(licences, laid[LICENCES])


def _text_of(licences: Path) -> str:
    try:
        return licences.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ProducerError([Diagnostic("recipe/not-utf8", Span(LICENCES))]) from error


def files_of(drafts: Sequence[Draft], form: Form, folder: str, shelf: PhotoShelf) -> Files:
    """Return the files of requests that share template, day and channels.

    Raises:
        ProducerError: ``request/photo-gone``: a photograph is not on the shelf.
    """
    pictures: dict[str, bytes] = {}
    rows, licences, people = [], [], list[Mapping[str, str]]()
    for number, draft in enumerate(drafts, start=1):
        paths = {key: _path_of(photo, draft) for key, photo in draft.photos.items()}
        for key, photo in draft.photos.items():
            place = shelf.place(photo.digest)
            if place is None:
                raise ProducerError([Diagnostic("request/photo-gone", Span("", field=key), scope=Scope.ROW)])
            path = f"{paths[key]}{place.suffix}"
            paths[key] = path
            if path not in pictures:
                pictures[path] = place.read_bytes()
                sent = _sent(photo, draft)
                licences.append(licence_entry(path, sent, photo.digest))
                people += (entry for entry, _ in consent_entries(path, sent, b""))
        rows.append(_row(draft, form, str(number), paths))
    columns = columns_of(form)
    said = [json.loads(to_json(draft)) for draft in drafts]
    request = json.dumps({"drafts": said}, ensure_ascii=False, indent=1)
    files = {
        f"{folder}/{RECIPE}": recipe_text(drafts[0], form, folder).encode(),
        f"{folder}/{ROWS}": _csv(columns, rows).encode(),
        f"{folder}/{REQUEST}": f"{request}\n".encode(),
        **pictures,
    }
    return Files(files, "".join(licences), tuple(people))


def recipe_text(draft: Draft, form: Form, folder: str) -> str:
    """Return the recipe: nothing in it was written by whoever asks, but names that the form offered."""
    types = ", ".join(f"{_quoted(key)}: {kind.value}" for key, kind in types_of(form).items())
    lines = [
        f"# {form.about}",
        f"title: {_quoted(form.about)}",
        f"today: {draft.today.isoformat()}",
        "data:",
        f"  {DATA}:",
        f"    file: {_quoted(f'{folder}/{ROWS}')}",
        f"    id: {ID}",
        *([f"    types: {{{types}}}"] if types else []),
        "pieces:",
        f"  {_quoted(form.template)}:",
        f"    template: {_quoted(form.template)}",
        f"    each: {DATA}",
        f"    channels: [{', '.join(map(_quoted, draft.channels))}]",
        f'    post: "{{{POST}}}"',
    ]
    return "\n".join(lines) + "\n"


def types_of(form: Form) -> Mapping[str, ColumnType]:
    """Return what the columns of a request's row hold, where it is not text."""
    return {one.key: COLUMN_TYPES[one.kind] for one in form.fields if one.kind in COLUMN_TYPES}


def columns_of(form: Form) -> tuple[str, ...]:
    """Return the columns of a request's row."""
    own = [one.key for one in form.fields if one.kind is not FieldKind.EVENT]
    beside = [f"{one.key}{suffix}" for one in form.photos for suffix in (FOCUS, ALT)]
    return tuple(dict.fromkeys((ID, *own, *beside, *BESIDE, LOOK, POST)))


def _row(draft: Draft, form: Form, number: str, paths: Mapping[str, str]) -> Mapping[str, str]:
    """The cells of a request's row."""
    row = {one.key: _cell(draft.value(one.key), one.kind) for one in form.fields}
    row |= {key: draft.value(key) for key in BESIDE}
    for key, path in paths.items():
        photo = draft.photos[key]
        row[key] = path.removeprefix(ASSETS)
        row[f"{key}{FOCUS}"] = "{}% {}%".format(*photo.focus) if photo.focus is not None else ""
        row[f"{key}{ALT}"] = photo.alt
    row[ID] = draft.row or draft.event or number
    row[LOOK] = draft.look or form.looks[0].value
    row[POST] = draft.value(POST) or caption_of(draft, form)
    return row


def _cell(text: str, kind: FieldKind) -> str:
    """What was filled in as its column writes it: `28/7/2025` as `2025-07-28`, so that one request is one sheet."""
    if kind is FieldKind.LIST:
        return "; ".join(line.strip() for line in text.split("\n") if line.strip())
    if kind in (FieldKind.DATE, FieldKind.TIME, FieldKind.NUMBER):
        with suppress(ValueError):  # left for the sheet's reader to tell
            return plain(read_cell(text, COLUMN_TYPES[kind]))
    return text


def caption_of(draft: Draft, form: Form) -> str:
    """Return words to post for somebody who wrote none: what the page says, a sentence for each field."""
    told = (FieldKind.TEXT, FieldKind.LONG, FieldKind.DATE, FieldKind.TIME)
    shown = [one for one in form.fields if one.kind in told and one.key not in BESIDE]
    said = (_said(_cell(draft.value(one.key), one.kind), one.kind) for one in shown)
    return " ".join(text if text.endswith(ENDS) or "://" in text else f"{text}." for text in said if text)


def _said(cell: str, kind: FieldKind) -> str:
    if kind is FieldKind.DATE:
        with suppress(ValueError):
            day = date.fromisoformat(cell)
            return f"{day.day}/{day.month}/{day.year}"
    return " ".join(cell.split())


def _csv(columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> str:
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(columns)
    writer.writerows([row.get(column, "") for column in columns] for row in rows)
    return made.getvalue()


def _quoted(text: str) -> str:
    """A text as YAML takes it, whatever it holds: JSON is YAML."""
    return json.dumps(text, ensure_ascii=False)


def _path_of(photo: Photo, draft: Draft) -> str:
    """Where a photograph goes, without its ending: another name where its sender says something else of it."""
    said = json.dumps([photo.credit, photo.consent, _scope(draft), draft.today.isoformat()])
    digest = hashlib.sha256(f"{photo.digest}{said}".encode()).hexdigest()
    return f"{PHOTOS}/yeu-cau-{digest[:16]}"


def _scope(draft: Draft) -> str:
    """The words by which a consent means the channels that were asked for, as its giver was told."""
    known = presets()
    groups = (known[channel].group or channel for channel in draft.channels if channel in known)
    return "; ".join(sorted(set(groups)))


def _sent(photo: Photo, draft: Draft) -> Sent:
    """What a request says of a photograph, as a line of the sheet beside pictures that members send."""
    until = draft.today.replace(year=draft.today.year + VALID_YEARS, day=min(draft.today.day, 28))
    said: dict[str, Value] = {
        "credit": photo.credit,
        "caption": photo.alt,
        "consent": photo.consent,
        "consent_scope": _scope(draft),
        "consent_until": until.isoformat() if photo.consent == "yes" else "",
        "proof": PROOF,
    }
    return Sent("photo", (Row("1", "", 1, tuple(said), said),))


def read_back(project: Path, folder: str, form: Form) -> ReadBack:
    """Return the requests of a folder with all that a designer changed in it.

    Raises:
        ProducerError: recipe or sheet cannot be read, or are no request's any more.
    """
    world = FolderWorld(project)
    loaded = load_project(f"{folder}/{RECIPE}", world)
    piece = _piece(loaded, folder)
    before = _drafts_of(world, folder)
    source = next(one for one in loaded.recipe.sources if one.name == piece.rows)
    rows = read_file(source, world).rows
    kept = {_id(draft, number): draft for number, draft in enumerate(before, start=1)}
    drafts = tuple(_changed(kept.get(row.id), row, form, piece, loaded) for row in rows)
    written = world.read_bytes(f"{folder}/{RECIPE}").decode()
    return ReadBack(drafts, by_hand=not drafts or recipe_text(drafts[0], form, folder) != written)


def _piece(project: Project, folder: str) -> Piece:
    """The piece that is made from the folder's own sheet."""
    own = {str(one.name) for one in project.recipe.sources if _is_own(one, folder)}
    found = next((piece for piece in project.recipe.pieces if piece.each and str(piece.rows) in own), None)
    if found is None:
        raise ProducerError([Diagnostic("request/not-a-request", Span(project.recipe.path))])
    return found


def _is_own(source: Source, folder: str) -> bool:
    return source.file is not None and PurePosixPath(source.file) == PurePosixPath(folder) / ROWS


def _drafts_of(world: World, folder: str) -> tuple[Draft, ...]:
    path = f"{folder}/{REQUEST}"
    try:
        said = json.loads(world.read_bytes(path))["drafts"]
        return tuple(from_json(json.dumps(draft)) for draft in said)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ProducerError([Diagnostic("request/not-a-request", Span(path))]) from error


def _id(draft: Draft, number: int) -> str:
    return draft.row or draft.event or str(number)


def _changed(before: Draft | None, row: Row, form: Form, piece: Piece, project: Project) -> Draft:
    """A draft as its row says now; a row that a designer added is a draft of its own."""
    start = before or Draft(form.template, project.recipe.today, row=row.id)
    said = {key: _text(row.values.get(key), form, key) for key in columns_of(form)}
    photos = {key: _photo(photo, key, said) for key, photo in start.photos.items()}
    values = {
        key: text
        for key, text in said.items()
        if text and key not in (ID, LOOK) and key not in photos and not key.endswith((FOCUS, ALT))
    }
    if before is None or not before.value(POST):  # else nobody wrote it: it was made from the other fields
        values.pop(POST, None)
    look = said[LOOK] if start.look or said[LOOK] != form.looks[0].value else ""
    channels = tuple(map(str, piece.channels))
    return replace(
        start, template=str(piece.template), today=project.recipe.today, values=values, look=look,
        channels=channels, photos=photos,
    )  # fmt: skip


def _text(value: Value, form: Form, key: str) -> str:
    one = form.field(key)
    if isinstance(value, tuple):
        return "\n".join(value)
    text = plain(value)
    return text.removeprefix(ASSETS) if one is not None and one.kind is FieldKind.PHOTO else text


def _photo(photo: Photo, key: str, said: Mapping[str, str]) -> Photo:
    parts = said[f"{key}{FOCUS}"].replace("%", "").split()
    focus = (int(float(parts[0])), int(float(parts[1]))) if len(parts) == 2 else None
    return replace(photo, focus=focus, alt=said[f"{key}{ALT}"])
