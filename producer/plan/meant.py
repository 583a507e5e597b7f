"""What a row asks for by its own words: kinds of product and places, and what to say where nothing comes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from producer.data.model import Row
from producer.diagnostics import Diagnostic, Level, Scope
from producer.plan.model import CHANNELS, FORMATS, ONLINE
from producer.plan.note import asked_words, unknown
from producer.recipe.model import Channel, Piece


def is_meant(channel: Channel, row: Row) -> bool:
    """Whether a row asks for a channel by its own words: what kinds of product it lists, and where it goes.

    A product for networks goes where the row says; what is printed, shown or given goes by its kind alone.
    Without a list of kinds every product of the named groups is meant.
    """
    if not channel.usual or not channel.product:
        return False
    there = channel.group in asked_words(row, CHANNELS)
    if not isinstance(row.values.get(FORMATS), tuple):
        return there
    return channel.product in asked_words(row, FORMATS) and (there or channel.group not in ONLINE)


def drives(row: Row | None) -> bool:
    """Whether a row has a column that says where it goes, filled or not."""
    return row is not None and any(
        isinstance(row.values.get(column), tuple) for column in (FORMATS, CHANNELS)
    )


def lost_row(piece: Piece, row: Row, known: Mapping[str, list[str]]) -> Iterator[Diagnostic]:
    """Yield why nothing is made of a row: its own problems, the words that nobody knows, or that it names no place.

    ``known`` are the words that mean something, by column.
    """
    own = [problem for problem in row.problems if problem.level is Level.ERROR]
    strange = [
        replace(unknown("plan/unknown-kind", word, known[column], row, column), level=Level.ERROR)
        for column in (FORMATS, CHANNELS)
        for word in asked_words(row, column)
        if word not in known[column]
    ]
    column = CHANNELS if CHANNELS in row.columns else FORMATS
    facts = {"piece": str(piece.name)}
    nothing = Diagnostic("plan/no-channel", row.span(column), facts, scope=Scope.ROW)
    yield from own or strange or [nothing]
