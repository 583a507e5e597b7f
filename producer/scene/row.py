"""Slots that list rows: tables and timelines."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from producer.diagnostics import SourceText
from producer.recipe.model import Slot
from producer.scene.figure import MISSING
from producer.scene.filler import Filler
from producer.scene.model import TableElement, TimelineElement, TimelineEntry


def fill_table(filler: Filler, slot: Slot) -> TableElement | None:
    """Rows of words under a head; columns of figures stand to the right."""
    columns = filler.pairs(slot, "columns")
    contexts = filler.rows(slot) if columns else ()
    if not contexts:
        return None
    cells = [SourceText("{" + name + "}", head.span) for name, head in columns.items()]
    empty = str(filler.setting(slot, "empty") or MISSING)
    inks = filler.inks
    return TableElement(
        str(slot.name),
        tuple(str(head) for head in columns.values()),
        tuple(tuple(context.words(cell) or empty for cell in cells) for context in contexts),
        tuple(any(isinstance(context.raw(cell), Decimal) for context in contexts) for cell in cells),
        filler.style(slot),
        inks.ink("ink"),
        head_fill=inks.ink("background"),
        head_ink=inks.ink(inks.on(("background",)).text),
        stripe=inks.ink("tint" if "tint" in inks.roles else "line"),
        line=inks.ink("line"),
        origin=filler.origin(slot),
    )


def fill_timeline(filler: Filler, slot: Slot) -> TimelineElement | None:
    """Moments in their order; those up to the recipe's `today` are done."""
    contexts = filler.rows(slot) if filler.filling(slot) else ()
    if not contexts:
        return None
    when, what = filler.need(slot, "when"), filler.need(slot, "text")
    inks = filler.inks
    return TimelineElement(
        str(slot.name),
        tuple(
            TimelineEntry(c.words(when) or "", c.words(what) or "", (c.day() or date.max) <= filler.today)
            for c in contexts
        ),
        filler.style(slot),
        inks.ink(inks.text),
        inks.ink(inks.accent),
        inks.ink(inks.muted),
        inks.ink(inks.ground[0]),
        filler.origin(slot),
    )
