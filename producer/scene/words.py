"""Slots of words: texts, quotes, lists and steps."""

from __future__ import annotations

import re
from collections.abc import Sequence

from producer.brand.model import Artwork, Ink
from producer.recipe.model import Slot, SlotType
from producer.scene.filler import Filler
from producer.scene.filter import Part
from producer.scene.model import ListElement, ListItem, Role, Run, TextElement

STAR, HIDDEN = "*", "\ue000"  # the second stands for a star of a value, until the words are parted
EMPHASIS = re.compile(r"\*(?=[^\s*])([^*]*[^\s*])\*")


def runs_of(parts: Sequence[Part], ink: Ink | None = None) -> tuple[Run, ...]:
    """Return words as runs, those between two stars bold and in ``ink``.

    Only stars that were written into the text itself count; those of a value are stars: "khách sạn 5*".
    """
    words = "".join(part.words.replace(STAR, HIDDEN) if part.given else part.words for part in parts).strip()
    stretches = EMPHASIS.split(words)  # every other one was between stars
    runs = (
        Run(text.replace(HIDDEN, STAR), ink if at % 2 else None, bool(at % 2))
        for at, text in enumerate(stretches)
    )
    return tuple(run for run in runs if run.text)


def fill_text(filler: Filler, slot: Slot) -> TextElement | None:
    """Words."""
    parts = filler.parts(slot)
    if parts is None:
        return None
    return TextElement(
        str(slot.name),
        Role.BODY,
        runs_of(parts, filler.emphasis(slot)),
        filler.style(slot),
        filler.inks.ink(filler.slot_role(slot, filler.inks.text)),
        filler.origin(slot),
        align=slot.align,
        divider=filler.divider(slot),
    )


def fill_list(filler: Filler, slot: Slot) -> ListElement | None:
    """Items under one another; one whose column is empty gives up its place."""
    of_rows = slot.each is not None or filler.setting(slot, "rows") is not None
    items = _items_of_rows(filler, slot) if of_rows else _items_of_one(filler, slot)
    if not items:
        return None
    filler.check_most(slot, len(items))
    return ListElement(
        str(slot.name),
        Role.BODY,
        items,
        filler.style(slot),
        filler.inks.ink(filler.slot_role(slot, filler.inks.text)),
        filler.inks.ink(filler.inks.accent),
        filler.origin(slot),
        numbered=slot.type is SlotType.STEPS or slot.each is not None,
        divider=filler.divider(slot),
    )


def _items_of_rows(filler: Filler, slot: Slot) -> tuple[ListItem, ...]:
    """One item from every row."""
    given = filler.setting(slot, "text")
    text = given or (slot.items[0] if slot.items else filler.need(slot, "text"))
    told = (context.parts(text) for context in filler.rows(slot))
    return tuple(ListItem(runs_of(parts, filler.emphasis(slot))) for parts in told if parts)


def _items_of_one(filler: Filler, slot: Slot) -> tuple[ListItem, ...]:
    """The recipe's items, else the template's, each with its icon."""
    filling = filler.filling(slot)
    given = filling.items if filling is not None and filling.items else slot.items
    icons: list[Artwork | None] = [filler.brand.icons[str(icon)] for icon in slot.icons]
    icons += [None] * len(given)  # a list may be longer than its icons
    told = [(filler.context.parts(item), icon) for item, icon in zip(given, icons, strict=False)]
    return tuple(ListItem(runs_of(parts, filler.emphasis(slot)), icon) for parts, icon in told if parts)
