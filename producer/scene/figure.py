"""Slots of figures: one number, or cards of several."""

from __future__ import annotations

from decimal import Decimal

from producer.data.model import Value
from producer.diagnostics import Diagnostic, ProducerError, Scope, SourceText
from producer.recipe.model import Slot
from producer.scene.context import Context
from producer.scene.filler import Filler
from producer.scene.filter import amount_words, number_words, value_words
from producer.scene.model import NumberCard, NumberElement, NumbersElement

MISSING = "–"
MET, SHORT = "Đạt", "Chưa đạt"
WHOLE = Decimal(100)  # where the track of a share ends
OVER = 1.25  # where that of an amount ends, in targets: what is over can be seen
LABEL_OF_NUMBER = "statement"  # style
LABEL_OF_CARD = "label"  # style


def figure_of(context: Context, text: SourceText) -> Decimal | None:
    """Return the figure that a text says or a column holds; nothing stays nothing.

    Raises:
        ProducerError: it holds something else, or no such column is there.
    """
    value = context.raw(text)
    if value is None or isinstance(value, Decimal):
        return value
    number = _read(value)
    if number is None:
        column = context.column_of(text)
        facts: dict[str, str | int] = {"column": column, "value": value_words(value), "form": "1234.5"}
        place = context.span(column, text.span)
        raise ProducerError([Diagnostic("data/wrong-type", place, facts, scope=Scope.ROW)])
    return number


def _read(value: Value) -> Decimal | None:
    if not isinstance(value, str):
        return None
    try:
        number = Decimal(value)
    except ArithmeticError:
        return None
    return number if number.is_finite() else None


def fill_number(filler: Filler, slot: Slot) -> NumberElement | None:
    """One figure; its label is the slot's text."""
    filling = filler.filling(slot)
    written = filling.text if filling is not None else None
    given = written or filler.setting(slot, "value") or filler.column(slot)
    value = figure_of(filler.context, given) if given is not None else None
    if value is None:
        return None
    label = filler.setting(slot, "label") or slot.text
    shown, unit = number_words(value), filler.setting_words(slot, "unit")
    said = (filler.context.words(label) or "") if label is not None else ""
    if not unit and not any(letter.isalnum() for letter in said):  # "%" is no word to stand under a figure
        said, unit = "", said
    return NumberElement(
        str(slot.name),
        shown,
        value,
        len(shown.partition(",")[2]),
        said,
        filler.style(slot),
        filler.brand.styles[LABEL_OF_NUMBER],
        filler.inks.ink(filler.slot_role(slot, filler.inks.accent)),
        filler.inks.ink(filler.inks.text),
        filler.origin(slot),
        counts=slot.count == "up",
        suffix=unit,
        align=slot.align,
    )


def fill_numbers(filler: Filler, slot: Slot) -> NumbersElement | None:
    """Cards of figures, one for each row."""
    cards = (
        tuple(_card(filler, slot, context) for context in filler.rows(slot)) if filler.filling(slot) else ()
    )
    if not cards:
        return None
    inks = filler.inks
    return NumbersElement(
        str(slot.name),
        cards,
        filler.style(slot),
        filler.brand.styles[LABEL_OF_CARD],
        inks.ink("ink"),
        inks.ink("slate" if "slate" in inks.roles else "ink"),
        inks.ink("good"),
        inks.ink("short"),
        running=inks.ink("background"),
        track=inks.ink("line"),
        card=inks.ink("paper"),
        origin=filler.origin(slot),
    )


def _card(filler: Filler, slot: Slot, context: Context) -> NumberCard:
    """One figure with its progress; a missing one says so and has none."""
    label = value_words(context.raw(filler.need(slot, "label")))
    value = figure_of(context, filler.need(slot, "value"))
    if value is None:
        return NumberCard(MISSING, "", label, filler.setting_words(slot, "empty", context), None, None)
    unit_text, target_text = filler.setting(slot, "unit"), filler.setting(slot, "target")
    unit = value_words(context.raw(unit_text)) if unit_text is not None else ""
    target = figure_of(context, target_text) if target_text is not None else None
    share = unit == "%"
    figure, unit = amount_words(value, unit)
    met = None if target is None else value >= target
    if met is False and filler.setting(slot, "running") == "yes":
        met = None  # the period still runs: what is missing today is not short
    progress = float(value / target) if target else None
    note = filler.setting_words(slot, "note", context)
    if met is not None:  # in words too, since colour alone says nothing to some
        note = f"{MET if met else SHORT}: {note}" if note else (MET if met else SHORT)
    track = max(float(WHOLE / target), 1.0) if target and share else OVER
    return NumberCard(figure, unit, label, note, progress, met, track)
