"""YAML 1.2 read as texts with their places: no types are guessed, no aliases, merges, tags or repeated keys pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from producer.diagnostics import Diagnostic, ProducerError, SourceText, Span
from producer.world import LINE_BREAK

# Deeper than any file of ours and shallow enough that nothing can exhaust the stack.
DEEPEST = 40
# A recipe is a page or two; a file of this size is a mistake or an attack.
LARGEST_BYTES = 2_000_000


class SourceMap(dict[SourceText, object]):
    """A mapping that knows where it begins."""

    span: Span


class SourceList(list[object]):
    """A list that knows where it begins."""

    span: Span


def read_yaml(data: bytes, file: str) -> SourceMap:
    """Return the mapping that a file holds, its scalars as :class:`SourceText`.

    Raises:
        ProducerError: as :func:`read_nodes`, or it is no mapping.
    """
    root, text = read_nodes(data, file)
    if not isinstance(root, SourceMap):
        raise ProducerError(
            [Diagnostic("recipe/not-a-mapping", Span(file, 1, 1) if text.strip() else Span(file))]
        )
    return root


def read_nodes(data: bytes, file: str) -> tuple[object, str]:
    """Return what a file holds, its scalars as :class:`SourceText`, and the file as a text.

    Raises:
        ProducerError: not UTF-8, not YAML, or one of the forms that are refused; all that can be found at once.
    """
    if len(data) > LARGEST_BYTES:
        raise ProducerError(
            [Diagnostic("recipe/too-large", Span(file), {"bytes": len(data), "most": LARGEST_BYTES})]
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProducerError([Diagnostic("recipe/not-utf8", place_of(data, error.start, file))]) from error
    try:
        events = list(shallow(YAML(typ="safe").parse(text), file))  # libyaml: 19 times as fast as pure Python
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        span = within(text, mark.line, mark.column, file) if mark else Span(file)
        facts = {"problem": str(error.problem or error.context or "")}
        raise ProducerError([Diagnostic("recipe/bad-yaml", span, facts)]) from error
    except YAMLError as error:  # a character that YAML does not allow: no mark, only a position
        position = getattr(error, "position", 0)
        span = place_of(text.encode(), position, file)
        told = str(getattr(error, "reason", error)).splitlines()[0]
        raise ProducerError([Diagnostic("recipe/bad-yaml", span, {"problem": told})]) from error
    builder = _Builder(file)
    root = builder.document(iter(events))
    if builder.problems:
        raise ProducerError(builder.problems)
    return root, text


def shallow(events: Iterable[Event], file: str) -> Iterator[Event]:
    """Yield events as long as they nest no deeper than allowed: the scanner is quadratic in the depth.

    Raises:
        ProducerError: they do.
    """
    open_nodes = 0
    for event in events:
        if isinstance(event, MappingStartEvent | SequenceStartEvent):
            open_nodes += 1
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            open_nodes -= 1
        if open_nodes > DEEPEST:
            mark = event.start_mark
            span = Span(file, mark.line + 1, mark.column + 1)
            raise ProducerError([Diagnostic("recipe/too-deep", span, {"most": DEEPEST})])
        yield event


def within(text: str, line: int, column: int, file: str) -> Span:
    """Return a place counted from 0; what is found missing at the end of a file stands behind its last letter."""
    lines = LINE_BREAK.split(text.rstrip())
    if line < len(lines):
        return Span(file, line + 1, column + 1)
    return Span(file, len(lines), max(len(lines[-1]), 1))


def place_of(data: bytes, position: int, file: str) -> Span:
    """Return the line and column of the byte at ``position`` of a UTF-8 file."""
    lines = LINE_BREAK.split(data[:position].decode("utf-8-sig", "replace"))
    return Span(file, len(lines), len(lines[-1]) + 1)


class _Builder:
    """Turns events into nodes and gathers what is refused on the way."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Diagnostic] = []

    def document(self, events: Iterator[Event]) -> object:
        root: object = None
        found = False
        for event in events:
            if isinstance(event, StreamStartEvent | DocumentStartEvent | DocumentEndEvent | StreamEndEvent):
                continue
            node = self.node(event, events)
            if found:
                self.refuse("recipe/second-document", event)
                break
            root, found = node, True
        return root

    def node(self, event: Event, events: Iterator[Event]) -> object:
        if isinstance(event, AliasEvent):
            self.refuse("recipe/alias", event, name=str(event.anchor))
            return SourceText("", self.span(event))
        if getattr(event, "anchor", None):
            self.refuse("recipe/alias", event, name=str(getattr(event, "anchor", "")))
        tag = getattr(event, "tag", None)
        if tag and str(tag) != "!":
            self.refuse("recipe/tag", event, name=str(tag))
        if isinstance(event, ScalarEvent):
            return self.scalar(event)
        if isinstance(event, SequenceStartEvent):
            return self.sequence(event, events)
        return self.mapping(event, events)

    def scalar(self, event: ScalarEvent) -> SourceText | None:
        plain = not event.style
        if plain and event.value in ("", "~", "null"):
            return None
        return SourceText(event.value, self.span(event))

    def sequence(self, start: Event, events: Iterator[Event]) -> SourceList:
        made = SourceList()
        made.span = self.span(start)
        for event in events:
            if isinstance(event, SequenceEndEvent):
                break
            made.append(self.node(event, events))
        return made

    def mapping(self, start: Event, events: Iterator[Event]) -> SourceMap:
        made = SourceMap()
        made.span = self.span(start)
        for event in events:
            if isinstance(event, MappingEndEvent):
                break
            if isinstance(event, MappingStartEvent | SequenceStartEvent | AliasEvent):
                self.refuse("recipe/odd-key", event)
            key = self.node(event, events)
            value = self.node(next(events), events)
            if not isinstance(key, SourceText):
                if key is None:
                    self.refuse("recipe/odd-key", event)
                continue
            if key == "<<":
                self.refuse("recipe/alias", event, name="<<")
            elif key in made:
                first = next(old for old in made if old == key)
                self.refuse("recipe/repeated-key", event, key=str(key), line=first.span.line)
            else:
                made[key] = value
        return made

    def span(self, event: Event) -> Span:
        start, end = event.start_mark, event.end_mark
        one_line = isinstance(event, ScalarEvent | AliasEvent) and end.line == start.line
        return Span(
            self.file, start.line + 1, start.column + 1, max(end.column - start.column, 1) if one_line else 1
        )

    def refuse(self, code: str, event: Event, **facts: str | int) -> None:
        self.problems.append(Diagnostic(code, self.span(event), facts))


def span_at(root: SourceMap, path: tuple[str | int, ...], *, key: bool = False) -> Span:
    """Return where the value at ``path`` stands, or its key; where it is missing, the nearest thing above it."""
    node: object = root
    span = root.span
    for step in path:
        if isinstance(node, SourceMap) and isinstance(step, str):
            found = next((name for name in node if name == step), None)
            if found is None:
                return span
            span = found.span
            node = node[found]
        elif isinstance(node, SourceList) and isinstance(step, int) and step < len(node):
            node = node[step]
            span = getattr(node, "span", span)
        else:
            return span
    return span if key else getattr(node, "span", span)  # an empty value has no place but its key's
