"""Facts: what recipe and data say of themselves, checked before anything is made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from producer.data.model import Row, Table
from producer.diagnostics import Diagnostic, Level, Scope, SourceText, Span, once
from producer.facts.anniversary import wrong_years
from producer.facts.model import SAMPLE_LINK
from producer.facts.slip import slips
from producer.facts.weekday import wrong_weekdays
from producer.legacy import legacy_words, without_eth
from producer.recipe.model import Recipe


def check_facts(recipe: Recipe, tables: Mapping[str, Table]) -> tuple[Diagnostic, ...]:
    """Return every contradiction: those of a row stop its jobs, those of the recipe stop everything."""
    found = [
        problem for text in recipe_texts(recipe) for problem in check_text(text, text.span, Scope.RECIPE)
    ]
    found += once(problem for table in tables.values() for problem in table.problems)
    seen: set[tuple[str, int]] = set()
    for table in tables.values():
        for row in table.rows:
            if (row.file, row.number) not in seen:  # a view shows rows that were checked already
                seen.add((row.file, row.number))
                found += check_row(row)
    return tuple(found)


def check_row(row: Row) -> Iterator[Diagnostic]:
    """Yield the problems of one row: what reading it found, and what it says that cannot be."""
    yield from row.problems
    for column, value in row.values.items():
        if isinstance(value, str):
            yield from check_text(value, row.span(column), Scope.ROW)


def check_text(text: str, span: Span, scope: Scope) -> Iterator[Diagnostic]:
    """Yield the problems of one text."""
    for written, shown, right in wrong_weekdays(text):
        code = "facts/wrong-weekday" if right else "facts/no-such-date"
        yield Diagnostic(code, span, {"written": written, "date": shown, "right": right}, scope=scope)
    for written, right in wrong_years(text):
        yield Diagnostic("facts/wrong-years", span, {"written": written, "right": right}, scope=scope)
    legacy = (
        legacy_words(text) if scope is Scope.RECIPE else None
    )  # of a sheet they were read as they were meant
    if legacy is not None:
        facts = {"written": text, "encoding": legacy[0], "right": legacy[1]}
        yield Diagnostic("facts/legacy-encoding", span, facts, scope=scope)
    elif (right := without_eth(text)) != text:
        facts = {"written": text, "right": right}
        yield Diagnostic("facts/eth-for-dyet", span, facts, Level.WARNING, scope)
    for found in SAMPLE_LINK.finditer(text):
        yield Diagnostic("facts/sample-link", span, {"link": found[0]}, Level.WARNING, scope)
    for written, right in slips(text):
        facts = {"written": written, "right": right}
        yield Diagnostic("facts/likely-slip", span, facts, Level.WARNING, scope)


def recipe_texts(recipe: Recipe) -> Iterator[SourceText]:
    """Yield every text of a recipe that may be printed."""
    yield recipe.title
    for piece in recipe.pieces:
        for filling in piece.fill.values():
            if filling.text is not None:
                yield filling.text
            yield from filling.items
            for setting in filling.settings.values():
                yield from setting if isinstance(setting, tuple) else (setting,)
