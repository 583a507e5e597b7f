"""Slots of words: texts, quotes, lists and steps."""

from __future__ import annotations

from producer.brand.model import Artwork
from producer.recipe.model import Slot, SlotType
from producer.scene.filler import Filler
from producer.scene.model import ListElement, ListItem, Role, Run, TextElement

BOLD = "*"


def runs_of(words: str) -> tuple[Run, ...]:
    """Return words with ``*…*`` set bold; an odd star is a star."""
    parts = words.split(BOLD)
    if len(parts) % 2 == 0:
        return (Run(words),)
    return tuple(Run(part, bold=bool(at % 2)) for at, part in enumerate(parts) if part)


def fill_text(filler: Filler, slot: Slot) -> TextElement | None:
    """Words."""
    words = filler.words(slot)
    if words is None:
        return None
    return TextElement(
        str(slot.name),
        Role.BODY,
        runs_of(words),
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
    told = (context.words(text) for context in filler.rows(slot))
    return tuple(ListItem(runs_of(words)) for words in told if words)


def _items_of_one(filler: Filler, slot: Slot) -> tuple[ListItem, ...]:
    """The recipe's items, else the template's, each with its icon."""
    filling = filler.filling(slot)
    given = filling.items if filling is not None and filling.items else slot.items
    icons: list[Artwork | None] = [filler.brand.icons[str(icon)] for icon in slot.icons]
    icons += [None] * len(given)  # a list may be longer than its icons
    told = [(filler.context.words(item), icon) for item, icon in zip(given, icons, strict=False)]
    return tuple(ListItem(runs_of(words), icon) for words, icon in told if words)
