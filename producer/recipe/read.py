"""A file becomes typed keys; every problem becomes a diagnostic at the value itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher, get_close_matches
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from producer.diagnostics import Diagnostic, ProducerError, SourceText, Span, once
from producer.recipe.schema_type import Keys
from producer.recipe.yaml import SourceMap, read_yaml, span_at
from producer.world import OutsideProjectError, World, unreadable

K = TypeVar("K", bound=Keys)

# What a value must look like, in signs that need no translation; by the type of pydantic's error.
FORMS = {
    "date": "YYYY-MM-DD",
    "bool": "true | false",
    "int": "123",
    "float": "1.5",
    "decimal": "1.5",
    "tuple": "[…, …]",
    "too_": "[…, …]",
    "list": "[…, …]",
    "dict": "{…: …}",
    "model": "{…: …}",
    "is_instance": "abc",
    "string": "abc",
}

MOST_PROBLEMS = 200  # of one file; whoever made more will look at the file as a whole
WORD = re.compile(r"[^\W_]+")  # of a name, between its dashes
ALIKE = 0.75  # of the letters: a slip of the hand in the first letter of a longer word
SIGNS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<"}


def read_keys(world: World, path: str, kind: type[K], blame: Span | None = None) -> tuple[K, SourceMap]:
    """Return the file at ``path`` as ``kind``, and its nodes for the places of keys.

    ``blame`` is where the file's name was written; a missing file points there.

    Raises:
        ProducerError: the file is missing or outside, or its content is not as the schema says.
    """
    root = read_yaml(read_file(world, path, blame or Span(path)), path)
    try:
        return kind.model_validate(root), root
    except ValidationError as error:
        details = error.errors(include_url=False)[:MOST_PROBLEMS]
        problems = [diagnose(detail, root, kind) for detail in details]
        raise ProducerError(sorted(set_of(problems), key=lambda d: (d.span.line, d.span.column))) from error


def read_file(world: World, path: str, blame: Span) -> bytes:
    """Return a file's bytes.

    Raises:
        ProducerError: it is missing or outside the project folder; the problem points at ``blame``.
    """
    try:
        return world.read_bytes(path)
    except OutsideProjectError as error:
        raise ProducerError([Diagnostic("recipe/outside-project", blame, {"path": path})]) from error
    except OSError as error:
        raise ProducerError([unreadable(error, path, blame)]) from error


def stray_braces(texts: Iterable[SourceText]) -> Iterator[Diagnostic]:
    """Yield a problem for each text with a brace that has no fellow: `{column | filter}` stands in pairs."""
    for text in texts:
        if re.search("[{}]", re.sub(r"\{\{|\}\}|\{[^{}]*\}", "", text)):
            yield Diagnostic("recipe/stray-brace", text.span, {"text": str(text)})


def set_of(problems: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Drop repetitions: a union of types reports one wrong value once for each of its members."""
    return once(problems, lambda problem: (problem.code, problem.span))


def diagnose(detail: ErrorDetails, root: SourceMap, kind: type[Keys]) -> Diagnostic:  # noqa: PLR0911 - a table
    """Turn one of pydantic's errors into a diagnostic at the value, or at the unknown key."""
    kept = [
        step
        for step in detail["loc"]
        if not (isinstance(step, str) and step.startswith(("function-", "tuple[")))
    ]
    location = tuple(step for step in kept if step != "[key]")
    name = next((step for step in reversed(location) if isinstance(step, str)), "")
    problem = detail["type"]
    if "/" in problem:  # one of our own checks, raised with its code
        facts = {str(k): v for k, v in detail.get("ctx", {}).items() if isinstance(v, str | int)}
        return Diagnostic(problem, span_at(root, location), {"field": name, **facts})
    if problem == "too_short" and not detail["input"]:
        return Diagnostic("recipe/empty", span_at(root, location), {"field": name})
    if problem == "missing" and isinstance(location[-1], int):  # a list with too few parts
        return Diagnostic(
            "recipe/wrong-type", span_at(root, location[:-1]), {"field": name, "form": FORMS["list"]}
        )
    if problem == "missing":
        return Diagnostic("recipe/missing-key", span_at(root, location), {"key": name})
    if problem == "extra_forbidden":
        known = known_keys(kind, location[:-1])
        return unknown("recipe/unknown-key", name, known, span_at(root, location, key=True))
    span = span_at(root, location)
    if problem in ("enum", "literal_error"):
        expected = str(detail.get("ctx", {}).get("expected", "")).replace("'", "").replace(" or ", ", ")
        return unknown("recipe/unknown-word", str(detail["input"]), expected.split(", "), span, field=name)
    form = next((form for start, form in FORMS.items() if problem.startswith(start)), "")
    if detail.get("ctx", {}).get("max_length") == 1:
        form = "[…]"
    limit = ", ".join(f"{SIGNS[k]} {v}" for k, v in detail.get("ctx", {}).items() if k in SIGNS)
    if limit:
        return Diagnostic(
            "recipe/out-of-range", span, {"field": name, "value": str(detail["input"]), "limit": limit}
        )
    return Diagnostic("recipe/wrong-type", span, {"field": name, "form": form or detail["msg"]})


def unknown(code: str, name: str, known: list[str], span: Span, **facts: str) -> Diagnostic:
    """A name that is not there, with the nearest one that is and all of them."""
    near = [other for other in get_close_matches(name, known, n=3, cutoff=0.5) if _resembles(name, other)]
    shown = ", ".join(known[:24]) + (" …" if len(known) > 24 else "")
    return Diagnostic(
        code, span, {"name": name, "nearest": near[0] if near else "", "known": shown or "–", **facts}
    )


def _resembles(name: str, other: str) -> bool:
    """Whether one may be meant by the other: letters in common are not enough, a word must begin alike."""
    begins = {word[:3].casefold() for word in WORD.findall(name)}
    return any(word[:3].casefold() in begins for word in WORD.findall(other)) or (
        SequenceMatcher(None, name.casefold(), other.casefold()).ratio() > ALIKE
    )


def known_keys(kind: type[BaseModel], location: tuple[str | int, ...]) -> list[str]:
    """Return the keys that may stand at ``location`` of a file of ``kind``."""
    model: Any = kind
    steps = list(location)
    while steps:
        step = steps.pop(0)
        if not (isinstance(model, type) and issubclass(model, BaseModel)):
            return []
        field = next((f for n, f in model.model_fields.items() if step in (n, f.alias)), None)
        if field is None:
            return []
        model = _keys_of(field.annotation)
        if get_origin(model) is dict:  # a mapping by name: its values are what has keys
            model = _keys_of(get_args(model)[1])
            steps = steps[1:]
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        return []
    return [field.alias or name for name, field in model.model_fields.items()]


def _keys_of(annotation: Any) -> Any:  # noqa: ANN401 - an annotation may be anything
    """The part of an optional type that has keys."""
    parts = [part for part in get_args(annotation) if part is not type(None)]
    if get_origin(annotation) is dict or not parts:
        return annotation
    return next((part for part in parts if isinstance(part, type) and issubclass(part, BaseModel)), parts[0])
