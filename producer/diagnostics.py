"""Problems that the author of a recipe can fix, and their words in two languages."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from importlib import resources
from typing import Self

LONGEST = 240  # characters of a value or a source line that a problem shows
SIGNS_OF_CONTROLS = tuple(chr(0x2400 + code) for code in range(0x20))
DAYS = {"date", "since", "until"}  # facts that are days
ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
UNSHOWN = frozenset("\ufeff\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Level(Enum):
    """How much a problem stops."""

    ERROR = "error"
    REFUSED = "refused"  # somebody shown does not agree: not made, and no failure
    WARNING = "warning"
    NOTE = "note"


class Scope(Enum):
    """What a problem takes down: the whole recipe (exit 2) or the jobs of one row (exit 1)."""

    RECIPE = "recipe"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Span:
    """Where a value stands: file, line and column from 1 (row and column in a sheet), and its length in characters.

    ``line`` 0 means the file as a whole. ``field`` is the column's or key's name where there is one.
    """

    file: str
    line: int = 0
    column: int = 0
    length: int = 1
    field: str = ""

    def __str__(self) -> str:
        """Render as ``file:line:column``, the form that editors jump to."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


class SourceText(str):
    """A text that remembers where its author wrote it.

    It is a plain ``str`` for everybody who does not ask for :attr:`span`.
    """

    __slots__ = ("span",)
    span: Span

    def __new__(cls, text: str, span: Span) -> Self:
        """Bind ``text`` to the place it was read from."""
        made = super().__new__(cls, text)
        made.span = span
        return made

    def __reduce__(self) -> tuple[type[SourceText], tuple[str, Span]]:
        """Pickle with the span, so that a worker can still point at it."""
        return SourceText, (str(self), self.span)


def span_of(value: object, fallback: Span) -> Span:
    """Return where ``value`` was written, or ``fallback`` for a value that was computed."""
    return value.span if isinstance(value, SourceText) else fallback


ADVICE = (
    "nearest",
    "fit",
)  # the facts that a help leans on: a name like the one that was written, and letters


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem the author of a recipe can fix."""

    code: str  # stable, documented, has a test: "plan/unknown-ink"; its words are in messages/vi.toml and en.toml
    span: Span  # of the value itself, not of the block around it
    facts: Mapping[str, str | int | float] = field(
        default_factory=dict
    )  # a number is shown as it was rounded
    level: Level = Level.ERROR
    scope: Scope = Scope.RECIPE


def _whole(problem: Diagnostic) -> Hashable:
    return problem.code, problem.span, problem.level, problem.scope, tuple(sorted(problem.facts.items()))


def once(
    problems: Iterable[Diagnostic], key: Callable[[Diagnostic], Hashable] = _whole
) -> tuple[Diagnostic, ...]:
    """Return problems in their order, the first of those that are the same by ``key``: by default, in everything."""
    first: dict[Hashable, Diagnostic] = {}
    for problem in problems:
        first.setdefault(key(problem), problem)
    return tuple(first.values())


class ProducerError(Exception):
    """Carries every problem a stage found; only the command line prints them."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Keep the problems in the order in which they were found."""
        self.diagnostics = tuple(diagnostics)
        super().__init__("; ".join(f"{d.code} at {d.span}" for d in self.diagnostics))


@cache
def catalogue(language: str) -> Mapping[str, Mapping[str, str]]:
    """Return ``{code: {"text": …, "help": …}}`` of one language, from ``producer/messages``.

    Raises:
        FileNotFoundError: there is no catalogue of that language.
    """
    source = resources.files("producer") / "messages" / f"{language}.toml"
    return tomllib.loads(source.read_text("utf-8"))


@cache
def labels(language: str) -> Mapping[str, str]:
    """Return what a problem's levels and its help are called in ``language``; its code is the same in all."""
    source = resources.files("producer") / "messages" / f"ui.{language}.toml"
    return dict(tomllib.loads(source.read_text("utf-8"))["level"])


@cache
def foreign(language: str) -> Mapping[str, str]:
    """Return what libraries' own sentences mean in ``language``; nothing where theirs is the language."""
    source = resources.files("producer") / "messages" / f"foreign.{language}.toml"
    return tomllib.loads(source.read_text("utf-8")) if source.is_file() else {}


def words(diagnostic: Diagnostic, language: str) -> tuple[str, str]:
    """Return the sentence and the help of a problem in ``language``; help may be empty.

    A name that nothing resembles has no ``nearest``, and what no shortening helps no ``fit``: then ``help-far``
    stands for the help.
    """
    entry = catalogue(language)[diagnostic.code]
    known = foreign(language)
    facts = {
        key: number(value, language)
        if isinstance(value, float)
        else shown(known.get(str(value), _day(str(value), language) if key in DAYS else str(value)), LONGEST)
        for key, value in diagnostic.facts.items()
    }
    far = entry.get("help-far") if not any(diagnostic.facts.get(name) for name in ADVICE) else None
    return entry["text"].format_map(facts), (far or entry.get("help", "")).format_map(facts)


def number(value: float, language: str) -> str:
    """Return a number as people of a language write it: ``4,5`` and ``4.5``; one that is whole as a whole one."""
    text = f"{value:.10g}"
    return text.replace(".", ",") if language == "vi" else text


def _day(text: str, language: str) -> str:
    """Return a day as people of a language write it; English and files have year-month-day."""
    found = ISO_DAY.fullmatch(text)
    return f"{found[3]}/{found[2]}/{found[1]}" if found and language == "vi" else text


def shown(text: str, most: int) -> str:
    """Return what an author wrote so that a terminal can show it: on one line, not for ever, and no command.

    Letters that steer a terminal, or turn the direction of reading, are shown as a sign.
    """
    text = text if len(text) <= most else f"{text[:most]}…"
    return "".join("→" if letter == "\t" else sign(letter) for letter in text)


def sign(letter: str) -> str:
    """Return a letter as it is, or its sign where it has no shape of its own."""
    if ord(letter) < len(SIGNS_OF_CONTROLS):
        return SIGNS_OF_CONTROLS[ord(letter)]
    return "\ufffd" if letter in UNSHOWN or 0x7F <= ord(letter) < 0xA0 else letter


def around(line: str, column: int) -> tuple[str, int]:
    """Return the part of a source line that a terminal can show, and the column in it."""
    column = max(column, 1)
    start = max(column - LONGEST // 2, 0) if len(line) > LONGEST else 0
    return shown(line[start : start + LONGEST], LONGEST), column - start


def render_text(diagnostic: Diagnostic, language: str, read_line: Callable[[Span], str | None]) -> str:
    """Return the problem as people read it: code, sentence, place, the line with a caret, help.

    ``read_line`` gives the source line of a span, or nothing where it cannot be shown.
    """
    sentence, help_text = words(diagnostic, language)
    span = diagnostic.span
    number = str(span.line) if span.line else ""
    margin = " " * len(number)
    place = shown(f"{span} ({span.field})" if span.field else str(span), LONGEST)
    called = labels(language)
    lines = [f"{called[diagnostic.level.value]}[{diagnostic.code}]: {sentence}", f"{margin} --> {place}"]
    line = read_line(span) if span.line else None
    if line is not None:
        line, column = around(line, span.column)
        caret = " " * (column - 1) + "^" * max(min(span.length, len(line) - column + 1), 1)
        lines += [f"{margin}  |", f"{number}  | {line}", f"{margin}  | {caret}"]
    accepted = shown(str(diagnostic.facts.get("accepted", "")), LONGEST)
    word, text = ("accepted", accepted) if accepted else ("help", help_text)
    if text:
        told = f"{called[word]}: {text}"
        lines.append(f"{margin}  = {told}" if line is not None else told)
    return "\n".join(lines)
