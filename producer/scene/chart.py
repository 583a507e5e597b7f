"""Slots of charts: values by category."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from producer.brand.model import Brand
from producer.diagnostics import Diagnostic, ProducerError, SourceText
from producer.recipe.model import Slot
from producer.scene.figure import figure_of
from producer.scene.filler import Filler
from producer.scene.filter import number_words, value_words
from producer.scene.model import ChartElement, ChartKind

EMPTY = "chưa có số liệu"
TARGET = "Chỉ tiêu"


def fill_chart(filler: Filler, slot: Slot) -> ChartElement | None:
    """Values by category; a missing one stays missing."""
    contexts = filler.rows(slot) if filler.filling(slot) else ()
    if not contexts:
        return None
    x, y, target = filler.need(slot, "x"), filler.need(slot, "y"), filler.setting(slot, "target")
    names = filler.pairs(slot, "names")
    found = [value_words(context.raw(x)) for context in contexts]
    categories = tuple(str(names.get(name, name)) for name in found)
    values = tuple(figure_of(context, y) for context in contexts)
    empty = str(filler.setting(slot, "empty") or EMPTY)
    whole = replace(contexts[0], row=None)  # title and unit speak of all rows
    title = filler.setting_words(slot, "title", whole)
    inks = filler.inks
    return ChartElement(
        str(slot.name),
        _kind(filler, slot),
        title,
        filler.setting_words(slot, "unit", whole),
        categories,
        values,
        tuple(figure_of(context, target) for context in contexts) if target is not None else (),
        str(names.get(str(y), slot.label or str(y))),
        str(names.get(str(target), TARGET)),
        empty,
        filler.style(slot),
        inks.ink(inks.text),
        inks.ink(inks.muted),
        series=inks.ink(_series(filler.brand, 0, "background")),
        highlight=inks.ink(_series(filler.brand, 1, "accent")),
        origin=filler.origin(slot),
        alt=_alt(title or slot.label, categories, values, empty),
        source=str(filler.setting(slot, "source") or ""),
    )


def _kind(filler: Filler, slot: Slot) -> ChartKind:
    """The chart's kind by its word in the recipe.

    Raises:
        ProducerError: there is no such chart.
    """
    word = filler.setting(slot, "type") or SourceText(ChartKind.COLUMN.value, slot.span)
    known = [kind.value for kind in ChartKind]
    if word not in known:
        facts: dict[str, str | int] = {
            "name": str(word),
            "nearest": ChartKind.COLUMN.value,
            "known": ", ".join(known),
            "field": "type",
        }
        raise ProducerError([Diagnostic("recipe/unknown-word", word.span, facts)])
    return ChartKind(str(word))


def _series(brand: Brand, at: int, fallback: str) -> str:
    """The ink of a series by its place, else a role."""
    return brand.series[at] if at < len(brand.series) else fallback


def _alt(title: str, categories: tuple[str, ...], values: tuple[Decimal | None, ...], empty: str) -> str:
    """The chart in words, for those who cannot see it."""
    shown = (number_words(value) if value is not None else empty for value in values)
    pairs = (f"{name}: {words}" for name, words in zip(categories, shown, strict=True))
    return f"{title}: {'; '.join(pairs)}"
