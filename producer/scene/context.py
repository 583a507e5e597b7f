"""What a text may speak of: one row, or all rows of a piece."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from producer.data.model import Row, Table, Value
from producer.diagnostics import Diagnostic, ProducerError, Scope, SourceText, Span
from producer.letter import seen
from producer.placeholder import SPOKEN, placeholders
from producer.scene.filter import (
    FILTERS,
    GATHERERS,
    OF_NUMBERS,
    Part,
    UnknownFilterError,
    WrongValueError,
    fill,
    value_words,
    words_of,
)
from producer.scene.voice import CALLED, Voice

NUMBERS = ("page", "pages")  # of a page made from a row: its number, and how many there are


@dataclass(frozen=True, slots=True)
class Context:
    """One row where there is one, else all rows; templates never see more."""

    table: Table
    row: Row | None
    voice: Voice
    place: tuple[int, int] | None = None  # a page's number among those made from rows, and how many

    def columns(self) -> tuple[str, ...]:
        """The columns that a text may name."""
        return self.row.columns if self.row is not None else self.table.columns

    def numbers(self) -> Mapping[str, Value]:
        """What a text of a page made from a row may name beside its columns, which come first."""
        return dict(zip(NUMBERS, map(Decimal, self.place), strict=True)) if self.place is not None else {}

    def span(self, column: str, fallback: Span) -> Span:
        """Where a value stands, else ``fallback``."""
        return self.row.span(column) if self.row is not None and column in self.row.columns else fallback

    def value(self, column: str, filters: tuple[str, ...], span: Span) -> tuple[Value, tuple[str, ...]]:
        """Return a value and the filters that are left once rows are gathered into one.

        Raises:
            ProducerError: no such column; two looks for one value; many rows and nothing that makes one value
                of them, or a sum of words.
        """
        check_looks(filters, span)
        if column.startswith(SPOKEN):
            return self.voice.said(column, self.row, span), filters
        numbers = self.numbers()
        if column in numbers and column not in self.columns():
            return numbers[column], filters
        if column not in self.columns():
            known = ", ".join(self.columns())
            raise ProducerError([Diagnostic("scene/unknown-field", span, {"name": column, "known": known})])
        if self.row is not None:
            return self.row.values[column], filters
        gatherer = next((name for name in filters if name in GATHERERS), None)
        there = [row.values[column] for row in self.table.rows if row.values[column] not in (None, ())]
        if gatherer is not None:
            rest = tuple(name for name in filters if name != gatherer)
            return self.gathered(column, gatherer, there), rest
        same = set(there)
        if len(same) < 2:
            return next(iter(same), None), filters
        known = ", ".join(GATHERERS)
        raise ProducerError([Diagnostic("scene/many-values", span, {"name": column, "known": known})])

    def gathered(self, column: str, gatherer: str, there: Sequence[Value]) -> Value:
        """One value of many; the first cell that it does not suit is reported."""
        if gatherer in OF_NUMBERS:
            wrong = next((v for v in there if not isinstance(v, Decimal)), None)
            if wrong is not None:
                row = next(row for row in self.table.rows if row.values[column] == wrong)
                facts = {"name": gatherer, "column": column, "value": value_words(wrong)}
                raise ProducerError(
                    [Diagnostic("scene/wrong-filter", row.span(column), facts, scope=Scope.ROW)]
                )
        return GATHERERS[gatherer](there)

    def words(self, text: SourceText, empty: str | None = None) -> str | None:
        """Return a text with its placeholders filled; see :meth:`parts`."""
        parts = self.parts(text, empty)
        return None if parts is None else "".join(part.words for part in parts).strip()

    def parts(self, text: SourceText, empty: str | None = None) -> tuple[Part, ...] | None:
        """Return a text with its placeholders filled, in stretches that tell values from what the author wrote.

        Where a value that it needs is empty, ``empty`` stands in its place; without that, nothing is returned.
        A text that nothing can be seen of is empty.

        Raises:
            ProducerError: an unknown column or filter, or a filter that does not suit the value.
        """
        missing = False

        def evaluate(column: str, filters: tuple[str, ...]) -> str:
            nonlocal missing
            value, rest = self.value(column, filters, text.span)
            if value is None or value == ():
                missing = empty is None
                return empty or ""
            return self.shown(column, value, rest, text.span)

        made = fill(text, evaluate)
        if missing:
            return None
        return made if any(seen(part.words) for part in made) else ()

    def shown(self, column: str, value: Value, filters: tuple[str, ...], span: Span) -> str:
        """One value through its filters, wrong ones reported."""
        asked = next((name for name in filters if name in CALLED), None)
        if asked is not None and isinstance(value, str):
            return self.voice.called(value, self.row, self.span(column, span), short=CALLED[asked])
        try:
            return words_of(value, filters)
        except UnknownFilterError as error:
            facts = {"name": str(error), "known": ", ".join([*FILTERS, *CALLED, *GATHERERS])}
            raise ProducerError([Diagnostic("scene/unknown-filter", span, facts)]) from error
        except WrongValueError as error:
            facts = {"name": str(error), "column": column, "value": str(value)}
            place = self.span(column, span)
            raise ProducerError([Diagnostic("scene/wrong-filter", place, facts, scope=Scope.ROW)]) from error

    def raw(self, text: SourceText) -> Value:
        """Return the value of a text that is one placeholder or a column's name; else the text itself."""
        found = _only_placeholder(text)
        if found is not None:
            return self.value(*found, text.span)[0]
        return self.value(str(text), (), text.span)[0] if text in self.columns() else str(text)

    def column_of(self, text: SourceText) -> str:
        """The column that :meth:`raw` reads for a text, or the text where it reads none."""
        found = _only_placeholder(text)
        return found[0] if found is not None else str(text)

    def day(self) -> date | None:
        """The row's first date: the day on which its event is."""
        return None if self.row is None else self.row.day


def check_looks(filters: tuple[str, ...], span: Span) -> None:
    """Raise where a value is to have two looks, or two things are to be made of its rows: only one would count."""
    for known in ({**FILTERS, **CALLED}, GATHERERS):
        found = [name for name in filters if name in known]
        if len(found) > 1:
            raise ProducerError([Diagnostic("scene/two-looks", span, {"names": ", ".join(found)})])


def _only_placeholder(text: str) -> tuple[str, tuple[str, ...]] | None:
    """The column and filters of a text that is one placeholder and nothing else."""
    bare = text.strip()
    found = list(placeholders(bare))
    return found[0] if len(found) == 1 and bare.startswith("{") and bare.endswith("}") else None
