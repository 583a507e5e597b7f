"""Named views of rows: chosen, sorted, grouped; what `only`, `except`, `order` and `group` mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from functools import partial
from typing import Any

from producer.data.cell import FORMS, is_written, read_cell
from producer.data.model import ColumnType, Row, Table, Value
from producer.diagnostics import Diagnostic, Level, ProducerError, SourceText
from producer.letter import name_key, text_key
from producer.recipe.model import Condition, Source

RANGE = ".."
NONE = "none"  # an empty cell
KINDS = {Decimal: ColumnType.NUMBER, date: ColumnType.DATE, time: ColumnType.TIME}


def view(source: Source, table: Table) -> Table:
    """Return the rows of ``table`` that a data name keeps, in its order, grouped where it says so.

    Raises:
        ProducerError: a condition, an order or a group names a column that is not there.
    """
    chosen = choose(table, source.only, source.exclude)
    ordered = order(chosen, source.order)
    grouped = group(ordered, source) if source.group_by is not None else ordered
    return replace(grouped, name=str(source.name))


def choose(table: Table, only: tuple[Condition, ...], exclude: tuple[Condition, ...]) -> Table:
    """Return the rows that match all of ``only`` and not all of ``exclude``.

    Raises:
        ProducerError: a condition names a column that is not there, or a value that is not of its type.
    """
    keeps = keeper(table, only, exclude)
    return replace(table, rows=tuple(row for row in table.rows if keeps(row)))


def keeper(
    table: Table, only: tuple[Condition, ...], exclude: tuple[Condition, ...]
) -> Callable[[Row], bool]:
    """Return whether a row of ``table`` matches all of ``only`` and not all of ``exclude``; see :func:`choose`."""
    check(table, (condition.column for condition in (*only, *exclude)))
    check_values(table, (*only, *exclude))

    def keeps(row: Row) -> bool:
        return all(matches(row, condition) for condition in only) and not (
            exclude and all(matches(row, condition) for condition in exclude)
        )

    return keeps


def matches(row: Row, condition: Condition) -> bool:
    """Whether a row holds any of a condition's values; one that could not be read is never dropped."""
    if any(is_unread(problem, condition.column) for problem in row.problems):
        return True
    value = row.values[str(condition.column)]
    return any(holds(value, wanted) for wanted in condition.any_of)


def is_unread(problem: Diagnostic, column: str) -> bool:
    """Whether a problem leaves open what a row says in ``column``: it is of that cell, or of the whole row."""
    return problem.level is Level.ERROR and problem.span.field in ("", column)


def holds(value: Value, wanted: str) -> bool:
    """Whether a value is ``wanted``: equal, in a range ``a..b``, among a list, or empty for ``none``."""
    if wanted == NONE:
        return value is None or value == ()
    if value is None:
        return False
    if isinstance(value, tuple):
        return any(holds(part, wanted) for part in value)
    if RANGE in wanted and not isinstance(value, str):
        low, _, high = wanted.partition(RANGE)
        return all(
            bound == "" or compare(value, bound) in allowed
            for bound, allowed in ((low, (0, 1)), (high, (-1, 0)))
        )
    return compare(value, wanted) == 0


def compare(value: Value, text: str) -> int | None:
    """Return −1, 0 or 1 as ``value`` is less than, equal to or more than what ``text`` says; nothing if unlike."""
    kind = next((kind for of, kind in KINDS.items() if isinstance(value, of)), ColumnType.TEXT)
    try:
        other = read_cell(text, kind)
    except ValueError:
        return None
    if other is None:
        return None
    if isinstance(value, str) and isinstance(
        other, str
    ):  # as the filter of a spreadsheet: capitals count for nothing
        value, other = value.casefold(), other.casefold()
    return (value > other) - (value < other)  # type: ignore[operator]  # both are of one type by now


def check_values(table: Table, conditions: Iterable[Condition]) -> None:
    """Raise for values that no cell can equal: `2025-6-1` in a column of days."""
    problems = [
        Diagnostic(
            "data/wrong-type",
            wanted.span,
            {"column": str(condition.column), "value": bound, "form": FORMS[kind]},
        )
        for condition in conditions
        if (kind := table.types[str(condition.column)]) in FORMS
        for wanted in condition.any_of
        for bound in unreadable_bounds(wanted, kind)
    ]
    if problems:
        raise ProducerError(problems)


def unreadable_bounds(wanted: str, kind: ColumnType) -> list[str]:
    """Return what of a value, or of a range ``a..b``, is not written as a column of ``kind`` is."""
    if wanted == NONE:
        return []
    bounds = [part for part in wanted.split(RANGE, 1) if part] if RANGE in wanted else [wanted]
    return [bound for bound in bounds or [wanted] if not (bound and is_written(bound, kind))]


def order(table: Table, columns: tuple[SourceText, ...]) -> Table:
    """Return the rows sorted by ``columns``, empty cells last; ``-`` before a column turns it round.

    Texts stand in the order of Vietnamese dictionaries, people by their given names.
    """
    named = [(SourceText(c.removeprefix("-"), c.span), c.startswith("-")) for c in columns]
    check(table, (column for column, _ in named))
    rows = list(table.rows)
    for column, turned in reversed(named):
        filled = [row for row in rows if row.values[str(column)] is not None]
        empty = [row for row in rows if row.values[str(column)] is None]
        words = name_key if table.types.get(str(column)) is ColumnType.NAME else text_key
        filled.sort(key=partial(rank, str(column), words), reverse=turned)
        rows = filled + empty
    return replace(table, rows=tuple(rows))


def rank(column: str, words: Callable[[str], tuple[object, ...]], row: Row) -> Any:  # noqa: ANN401 - one type a column
    """What a row is sorted by."""
    value = row.values[column]
    return words(value) if isinstance(value, str) else value


def group(table: Table, source: Source) -> Table:
    """Return one row for each value of the `by` column; it stands where the group's first row stands."""
    by = source.group_by or SourceText("", source.span)
    check(table, (by, *source.group))
    check_numbers(table, source.group)
    groups: dict[Value, list[Row]] = {}
    for row in table.rows:
        groups.setdefault(row.values[str(by)], []).append(row)
    rows = tuple(
        replace(
            members[0],
            id=str(value),
            values={
                **members[0].values,
                **{
                    str(column): gather([row.values[str(column)] for row in members], str(word))
                    for column, word in source.group.items()
                },
            },
            problems=tuple(problem for row in members for problem in row.problems),
            members=tuple(members),
        )
        for value, members in groups.items()
    )
    counted = {str(column): ColumnType.NUMBER for column, word in source.group.items() if word == "count"}
    return replace(table, rows=rows, types={**table.types, **counted})


def gather(values: list[Value], word: str) -> Value:
    """Return the sum, count, mean, first or last of the values that are there; nothing where none is."""
    return GATHERERS[word]([value for value in values if value is not None])


def total(values: Sequence[Value]) -> Decimal | None:
    """Return the sum of the numbers among ``values``; where there is none, nothing, which is not 0."""
    numbers = [value for value in values if isinstance(value, Decimal)]
    return sum(numbers, Decimal(0)) if numbers else None


def mean(values: Sequence[Value]) -> Decimal | None:
    """Return the mean of the numbers among ``values``; nothing where there is none."""
    numbers = [value for value in values if isinstance(value, Decimal)]
    return sum(numbers, Decimal(0)) / len(numbers) if numbers else None


# What makes one value of those that are there.
GATHERERS: Mapping[str, Callable[[Sequence[Value]], Value]] = {
    "sum": total,
    "count": lambda values: Decimal(len(values)),
    "mean": mean,
    "first": lambda values: values[0] if values else None,
    "last": lambda values: values[-1] if values else None,
}
OF_NUMBERS = ("sum", "mean")


def check_numbers(table: Table, words: Mapping[SourceText, SourceText]) -> None:
    """Raise for a sum or mean of a column that holds no numbers; the problem stands at the word."""
    problems = [
        Diagnostic("data/not-numbers", word.span, {"column": str(column), "word": str(word)})
        for column, word in words.items()
        if word in OF_NUMBERS and table.types[str(column)] is not ColumnType.NUMBER
    ]
    if problems:
        raise ProducerError(problems)


def check(table: Table, columns: Iterable[SourceText]) -> None:
    """Raise for columns that the table does not have."""
    problems = [
        Diagnostic(
            "data/missing-column",
            column.span,
            {
                "column": str(column),
                "file": table.file,
                "known": ", ".join(table.columns),
                "taken": table.taken,
            },
        )
        for column in columns
        if column not in table.columns
    ]
    if problems:
        raise ProducerError(problems)
