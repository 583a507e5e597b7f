"""JSON and YAML: a list of rows, each a mapping of its columns."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from producer.data.cell import cell_of, is_meant, plain
from producer.data.encoding import ERRORS, find_encoding
from producer.data.model import Cell, Record, Sheet
from producer.diagnostics import Diagnostic, ProducerError, Scope, SourceText, Span
from producer.recipe.yaml import SourceList, SourceMap, read_nodes
from producer.world import World

SPACE = re.compile(r"[ \t\r\n]*")
NO_NUMBER = re.compile(r"[-+]?\.inf|\.nan", re.IGNORECASE)  # of YAML
MOST_COLUMNS = (
    1000  # that the rows of a file may name, each its own: a place is kept for every one in every row
)
FORM = "[{…: …}, …]"  # what such a file must be


class Entry(NamedTuple):
    """One row as it stands in its file."""

    span: Span
    pairs: Sequence[tuple[str, object]]
    problems: tuple[Diagnostic, ...] = ()


def open_json(path: str, world: World) -> Sheet:
    """Return the rows of a JSON file.

    Raises:
        OSError, OutsideProjectError: as :meth:`World.open`.
        ProducerError: it is no list, or cannot be read from some place on.
    """
    with world.open(path) as file:
        encoding = find_encoding(file)
    text = world.read_bytes(path).decode(encoding.codec, ERRORS.get(encoding.codec, "producer-marked"))
    return _sheet(list(_json_entries(text, path)), "JSON", path)


def open_yaml(path: str, world: World) -> Sheet:
    """Return the rows of a YAML file; its scalars are texts, as everywhere in YAML of ours.

    Raises:
        OSError, OutsideProjectError: as :meth:`World.open`.
        ProducerError: it is no list, or no YAML that we take.
    """
    root, _ = read_nodes(world.read_bytes(path), path)
    if not isinstance(root, SourceList):
        raise _no_rows(path, Span(path, 1, 1))
    return _sheet([_yaml_entry(node, path) for node in root], "YAML", path)


def _json_entries(text: str, path: str) -> Iterator[Entry]:
    decoder = json.JSONDecoder(
        object_pairs_hook=_Pairs, parse_float=_decimal, parse_int=_decimal, parse_constant=_NoNumber
    )
    at, line, counted = _skip(text, 0), 1, 0
    if text[at : at + 1] != "[":
        raise _no_rows(path, Span(path, 1, 1))
    at = _skip(text, at + 1)
    while text[at : at + 1] not in ("]", ""):
        line, counted = line + text.count("\n", counted, at), at
        begin = at
        try:
            value, at = decoder.raw_decode(text, at)
        except (json.JSONDecodeError, RecursionError) as error:
            raise _bad_json(text, error, path, begin) from error
        yield _entry(value, Span(path, line, begin - text.rfind("\n", 0, begin)))
        at = _skip(text, at)
        mark = text[at : at + 1]
        at = _skip(text, at + 1) if mark == "," else at
        if mark not in (",", "]"):
            raise _bad_json(text, json.JSONDecodeError("Expecting ',' delimiter", text, at), path)
    if text[at : at + 1] != "]" or _skip(text, at + 1) != len(text):
        raise _bad_json(text, json.JSONDecodeError("Extra data", text, min(at + 1, len(text))), path)


class _Pairs(list[tuple[str, object]]):
    """An object of JSON with all of its names, also those that stand twice."""


class _NoNumber(str):
    """What JSON and YAML write for a number that is none, or one beyond all counting: it is no text either."""

    __slots__ = ()


def _decimal(number: str) -> object:
    """A number; a text where it is a row of figures that nobody counts to, as an account has them."""
    try:
        made = Decimal(number)
    except InvalidOperation:
        return _NoNumber(number)
    if is_meant(made):
        return made
    return number if number.isdigit() else _NoNumber(number)


def _skip(text: str, at: int) -> int:
    found = SPACE.match(text, at)
    return found.end() if found else at


def _no_rows(path: str, span: Span) -> ProducerError:
    return ProducerError([Diagnostic("data/no-rows", span, {"form": FORM, "file": path})])


def _bad_json(text: str, error: Exception, path: str, begin: int = 0) -> ProducerError:
    at = getattr(error, "pos", begin)  # that it nests too deeply is said without a place
    span = Span(path, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
    return ProducerError([Diagnostic("data/bad-json", span, {"problem": getattr(error, "msg", "too deep")})])


def _entry(value: object, span: Span) -> Entry:
    return Entry(span, value) if isinstance(value, _Pairs) else _no_row(value, span)


def _yaml_entry(node: object, path: str) -> Entry:
    span = getattr(node, "span", Span(path, 1, 1))
    if not isinstance(node, SourceMap):
        return _no_row(node, span)
    return Entry(span, [(str(name), value) for name, value in node.items()])


def _no_row(value: object, span: Span) -> Entry:
    facts = {"value": _shown(value), "form": "{…: …}"}
    return Entry(span, (), (Diagnostic("data/no-row", span, facts, scope=Scope.ROW),))


def _shown(value: object) -> str:
    if isinstance(value, _Pairs | SourceMap):
        return "{…}"
    return "[…]" if isinstance(value, list) else str(value if value is not None else "null")


def _sheet(entries: list[Entry], taken: str, path: str) -> Sheet:
    """The columns are all names that any row has, in the order in which they are first met.

    Raises:
        ProducerError: there are too many.
    """
    names = tuple(dict.fromkeys(name for entry in entries for name, _ in entry.pairs))
    if len(names) > MOST_COLUMNS:
        facts = {"columns": len(names), "most": MOST_COLUMNS}
        raise ProducerError([Diagnostic("data/too-many-columns", Span(path), facts)])
    places = {name: at for at, name in enumerate(names)}
    return Sheet(names, (_record(entry, places) for entry in entries), taken)


def _record(entry: Entry, places: Mapping[str, int]) -> Record:
    span = entry.span
    if entry.problems:
        return Record(span.line, (), problems=entry.problems, column=span.column)
    cells: list[Cell] = [None] * len(places)
    problems: list[Diagnostic] = []
    told: set[str] = set()
    for name, value in entry.pairs:
        at = replace(span, field=" ".join(name.split()))
        if name in told:
            problems.append(Diagnostic("data/repeated-column", at, {"column": name}, scope=Scope.ROW))
        told.add(name)
        cells[places[name]] = cell = _cell(value)
        if cell is None and value is not None:
            facts = {"column": name, "value": _shown(value), "form": "abc | 12.5 | [abc, …]"}
            problems.append(Diagnostic("data/wrong-type", at, facts, scope=Scope.ROW))
    return Record(span.line, cells, odd=True, problems=tuple(problems), column=span.column)


def _cell(value: object) -> Cell:
    """A text, a number or a list of these; nothing for what is none of them."""
    if isinstance(value, list) and not isinstance(value, _Pairs):
        parts = [_scalar(part) for part in value]
        return tuple(plain(part) for part in parts) if None not in parts else None
    return _scalar(value)


def _scalar(value: object) -> Cell:
    """A text or number; nothing for what is neither."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return value
    if isinstance(value, _NoNumber) or (isinstance(value, SourceText) and NO_NUMBER.fullmatch(value)):
        return None
    return str(cell_of(value)) if isinstance(value, str) else None
