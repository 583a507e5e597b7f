"""A request while it is written: what somebody filled in, as a value that goes to JSON and comes back.

Values are texts, as they stand in a cell of a sheet: days as `2025-07-28`, hours as `07:30`, a list with an item on
each line. So a request by form and one by sheet are the same draft, and the same bytes in the end.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from producer.data.cell import is_written
from producer.diagnostics import Diagnostic, Level, ProducerError, Scope, Span
from producer.requests.form import COLUMN_TYPES, LIST_LINES, Field, FieldKind, Form

VERSION = 1
MOST_LETTERS = 64 * 1024  # of a draft as JSON
MOST_VALUES = 60
DIGEST = re.compile(r"[0-9a-f]{64}")
# What a row may say beside the fields of its form: it comes along with an event of the register.
BESIDE = ("theme", "calendar_id", "hashtags", "post")
CONSENTS = ("none_needed", "event_notice", "yes", "unknown")


@dataclass(frozen=True, slots=True)
class Photo:
    """A photograph that was sent along: which, where it may not be cut, who took it, and whether those shown agree."""

    digest: str  # SHA-256 of the picture as it was taken in, see `producer.requests.upload`
    credit: str = ""
    consent: str = "unknown"  # of CONSENTS
    focus: tuple[int, int] | None = None  # % of its width and height
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """One piece as somebody asks for it."""

    template: str
    today: date  # of asking: what is past and what is coming is judged by it
    values: Mapping[str, str] = field(default_factory=dict)  # by field
    look: str = ""  # nothing means the first
    channels: tuple[str, ...] = ()
    row: str = ""  # what its files are called by; nothing means by the event, or by number
    event: str = ""  # the id of the register's row that it was filled from
    unit: str = ""  # who asks; the page does not show it
    photos: Mapping[str, Photo] = field(default_factory=dict)  # by field
    language: str = "vi"

    def value(self, key: str) -> str:
        """What was filled in; nothing where nothing was."""
        return self.values.get(key, "")


def to_json(draft: Draft) -> str:
    """Return a draft as JSON, the same one always as the same text."""
    photos = {key: _plain_photo(photo) for key, photo in sorted(draft.photos.items())}
    said: dict[str, Any] = {
        "version": VERSION,
        "template": draft.template,
        "today": draft.today.isoformat(),
        "values": dict(sorted(draft.values.items())),
        "look": draft.look,
        "channels": list(draft.channels),
        "row": draft.row,
        "event": draft.event,
        "unit": draft.unit,
        "photos": photos,
        "language": draft.language,
    }
    return json.dumps(said, ensure_ascii=False, indent=1)


def _plain_photo(photo: Photo) -> dict[str, Any]:
    said = {one.name: getattr(photo, one.name) for one in fields(photo)}
    return {**said, "focus": list(photo.focus) if photo.focus is not None else None}


def from_json(text: str) -> Draft:
    """Return the draft that a text says.

    Raises:
        ProducerError: ``request/unreadable``: it is no JSON, another version's, or not as we write it. Whoever sends it
            is not trusted: no value is taken that is not a text, and none of these is longer than a form allows.
    """
    try:
        return _draft(json.loads(text[:MOST_LETTERS]))  # a longer one breaks off, and is none
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        facts = {"detail": type(error).__name__}
        raise ProducerError([Diagnostic("request/unreadable", Span(""), facts, scope=Scope.ROW)]) from error


def _draft(said: dict[str, Any]) -> Draft:
    if said["version"] != VERSION or len(said["values"]) > MOST_VALUES or len(said["photos"]) > MOST_VALUES:
        raise ValueError("version")
    return Draft(
        template=_text(said["template"]),
        today=date.fromisoformat(_text(said["today"])),
        values={_text(key): _text(value) for key, value in said["values"].items()},
        look=_text(said["look"]),
        channels=tuple(_text(channel) for channel in said["channels"]),
        row=_text(said["row"]),
        event=_text(said["event"]),
        unit=_text(said["unit"]),
        photos={_text(key): _photo(photo) for key, photo in said["photos"].items()},
        language=_text(said["language"]),
    )


def _photo(said: dict[str, Any]) -> Photo:
    digest, focus = _text(said["digest"]), said["focus"]
    if not DIGEST.fullmatch(digest) or said["consent"] not in CONSENTS:
        raise ValueError("photo")
    point = None if focus is None else (int(focus[0]), int(focus[1]))
    if point is not None and not all(0 <= part <= 100 for part in point):
        raise ValueError("focus")
    return Photo(digest, _text(said["credit"]), said["consent"], point, _text(said["alt"]))


def _text(value: object) -> str:
    """A text as it may stand in a cell: in NFC, no half letters, and none that steer anything."""
    if not isinstance(value, str):
        raise TypeError("text")
    return clean(value)


def clean(text: str) -> str:
    """Return a text without what no keyboard writes: control letters and halves of letters; ends of lines are one."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(
        letter
        for letter in lines
        if letter == "\n" or (unicodedata.category(letter) not in ("Cc", "Cs") or letter == "\t")
    )
    return unicodedata.normalize("NFC", kept).strip()


def problems(draft: Draft, form: Form) -> tuple[Diagnostic, ...]:
    """Return what a form knows of a draft without drawing it; the field of each is that of its span."""
    return (
        *_of_the_whole(draft, form),
        *(problem for one in form.fields for problem in _of_field(one, draft)),
        *_half_filled(draft, form),
        *_of_photos(draft, form),
    )


def problem(code: str, key: str, level: Level = Level.ERROR, **facts: str | int) -> Diagnostic:
    """A problem of one field."""
    return Diagnostic(code, Span("", field=key), facts, level, Scope.ROW)


def _of_the_whole(draft: Draft, form: Form) -> Iterator[Diagnostic]:
    known = {one.key for one in form.fields} | set(BESIDE)
    for key in draft.values:
        if key not in known:
            yield problem("request/unknown-field", "", name=key)
    if draft.look and draft.look not in [choice.value for choice in form.looks]:
        yield problem("request/unknown-choice", "look", value=draft.look)
    served = [choice.value for choice in form.channels]
    for channel in draft.channels:
        if channel not in served:
            yield problem("request/unknown-choice", "channels", value=channel)
    if not draft.channels:
        yield problem("request/no-channel", "channels")


def _of_field(one: Field, draft: Draft) -> Iterator[Diagnostic]:
    text = draft.value(one.key)
    if not text:
        if one.required and one.key not in draft.photos:
            yield problem("request/missing", one.key, label=one.label)
        return
    if len(text) > one.most_letters:
        over, most = len(text) - one.most_letters, one.most_letters
        yield problem("request/too-long", one.key, label=one.label, letters=len(text), over=over, most=most)
    kind = COLUMN_TYPES.get(one.kind)
    codes = {
        FieldKind.DATE: "request/not-a-date",
        FieldKind.TIME: "request/not-a-time",
        FieldKind.NUMBER: "request/not-a-number",
    }
    if one.kind in codes and kind is not None:
        if not is_written(text, kind):
            yield problem(codes[one.kind], one.key, label=one.label, value=text)
    elif one.kind is FieldKind.CHOICE and text not in [choice.value for choice in one.choices]:
        yield problem("request/unknown-choice", one.key, value=text)
    elif one.kind is FieldKind.LIST:
        yield from _of_list(one, text)


def _of_list(one: Field, text: str) -> Iterator[Diagnostic]:
    items = [item for item in text.split("\n") if item.strip()]
    if len(items) > LIST_LINES:
        yield problem("request/many-items", one.key, label=one.label, count=len(items), most=LIST_LINES)
    if ";" in text:  # it parts the items of a cell
        yield problem("request/semicolon", one.key, label=one.label)


def _half_filled(draft: Draft, form: Form) -> Iterator[Diagnostic]:
    """Yield the fields without which others are not shown: one line has both, or is left out."""
    for group in form.joined:
        empty = [key for key in group if not draft.value(key)]
        filled = [key for key in group if draft.value(key)]
        for key in empty if filled else ():
            one = form.field(key)
            if one is not None and not one.required:
                others = ", ".join(other.label for name in filled if (other := form.field(name)) is not None)
                yield problem("request/half-filled", key, Level.WARNING, label=one.label, others=others)


def _of_photos(draft: Draft, form: Form) -> Iterator[Diagnostic]:
    known = [one.key for one in form.photos]
    for key, photo in draft.photos.items():
        if key not in known:
            yield problem("request/unknown-field", "", name=key)
            continue
        if not photo.credit:
            yield problem("request/no-credit", key)
        if photo.consent == "unknown":
            yield problem("request/no-consent", key)
