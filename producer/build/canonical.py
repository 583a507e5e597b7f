"""One way to write a frozen value as JSON: equal values give equal bytes, wherever they were written down."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, TypeAlias

from producer.diagnostics import Span

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Plain: TypeAlias = "dict[str, Plain] | list[Plain] | str | int | float | bool | None"

# Values that people know by one name: in a list of inputs they are one line, not one for each field.
WHOLE = {"TextStyle": "name", "Face": "path", "Artwork": "path", "Picture": "path", "Sound": "path"}
LONGEST = 160  # characters of a value that the list of inputs keeps as it is


def plain(value: object) -> Plain:
    """Return ``value`` as JSON types. Places (``Span``) are left out: a comment in a recipe changes no file.

    A dataclass becomes a mapping with its class under the empty name, so that unions stay apart; a mapping
    has the order of its keys there, because a stage may walk through it.

    Raises:
        TypeError: a value of a type that the road's models do not use.
    """
    kind = type(value)
    if kind not in _known:
        _known[kind] = _form_of(kind)
    return _known[kind](value)


Form: TypeAlias = Callable[[Any], Plain]  # how values of one type are written
_known: dict[type, Form] = {}  # of thirty types; a scene has a thousand values


def _form_of(kind: type) -> Form:
    if is_dataclass(kind):
        return _fields_form(kind)
    for known, form in _FORMS:
        if issubclass(kind, known):
            return form
    raise TypeError(f"{kind.__name__} has no canonical form")


def _fields_form(kind: type[DataclassInstance]) -> Form:
    names = _names(kind)

    def form(value: object) -> Plain:
        made: dict[str, Plain] = {"": kind.__name__}
        for name in names:
            item = getattr(value, name)
            if not isinstance(item, Span):
                made[name] = plain(item)
        return made

    return form


def _mapping(value: Mapping[object, object]) -> Plain:
    return {"": [str(key) for key in value], **{str(key): plain(item) for key, item in value.items()}}


_FORMS: tuple[tuple[type | UnionType, Form], ...] = (
    (NoneType | bool | int | float, lambda value: value),
    (str, str),
    (tuple | list, lambda value: [plain(item) for item in value]),
    (Enum, lambda value: str(value.value)),
    (Decimal, str),
    (date | time, lambda value: value.isoformat()),
    (Mapping, _mapping),
)


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def parsed(data: bytes | str) -> Any:  # noqa: ANN401 - whoever asks checks what came
    """Return what JSON says that lay on a disk, where anybody may have written it.

    Raises:
        ValueError: it is no JSON, or nests deeper than any of ours.
    """
    try:
        return json.loads(data)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def canonical(value: Plain) -> bytes:
    """Return JSON without choices: sorted keys, no blanks, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(value: Plain) -> str:
    """Return the SHA-256 of the canonical form, in hex."""
    return hashlib.sha256(canonical(value)).hexdigest()


def spans(value: object) -> Iterator[Span]:
    """Yield every place inside ``value``, in the order of its fields: equal forms have equal orders."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple | list):
        for item in value:
            yield from spans(item)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from spans(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for name in _names(type(value)):
            yield from spans(getattr(value, name))


def flat(value: Plain, path: str = "") -> dict[str, str]:
    """Return every leaf under its path, ``pages.opening.title.runs.0.text``; long values end in a digest."""
    if isinstance(value, dict):
        known = WHOLE.get(str(value.get("", "")))
        if known:
            return {path: f"{value[known]} {digest(value)[:12]}"}
        return _merged((f"{path}.{key}".strip("."), item) for key, item in value.items() if key)
    if isinstance(value, list):
        named = zip(_named(value), value, strict=True)
        return _merged((f"{path}.{name}".strip("."), item) for name, item in named)
    return {path: _short(value)}


def _merged(items: Iterator[tuple[str, Plain]]) -> dict[str, str]:
    made: dict[str, str] = {}
    for path, item in items:
        made.update(flat(item, path))
    return made


def _named(items: list[Plain]) -> list[str]:
    """Names, where every item has its own, so that one item more does not move the others; else numbers."""
    names = [str(item.get("name", "")) if isinstance(item, dict) else "" for item in items]
    if all(names) and len(set(names)) == len(names):
        return names
    return [str(place) for place in range(len(items))]


def _short(value: Plain) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} {digest(value)[:12]}"


def files(value: Plain) -> dict[str, str]:
    """Return the digest of every file that ``value`` names, by path: fonts, drawings, pictures, sound."""
    made: dict[str, str] = {}
    if isinstance(value, dict):
        if isinstance(value.get("path"), str) and isinstance(value.get("digest"), str):
            made[str(value["path"])] = str(value["digest"])
        for item in value.values():
            made.update(files(item))
    elif isinstance(value, list):
        for item in value:
            made.update(files(item))
    return made
