"""What a row and its recipe have to say in the slots of a template, before any of it is drawn."""

from __future__ import annotations

from collections.abc import Iterator

from producer.data.model import Row
from producer.diagnostics import SourceText
from producer.placeholder import SPOKEN, placeholders
from producer.plan.model import Content
from producer.recipe.model import Piece, Slot, SlotType, Template

UNSEEN = (SlotType.ROWS, SlotType.SOUND)  # no drawing shows them
OF_THE_UNIT = (SlotType.SIGNATURE, SlotType.MARK, SlotType.UNIT)  # filled, but not by row or recipe
# What their `text` says is a label: the value is the recipe's, or that of the column of their own name.
LABELLED = (SlotType.NUMBER, SlotType.FLAG)


def content_of(piece: Piece, template: Template, row: Row | None) -> Content:
    """Return what fills the slots of ``template``.

    What a template says of its own accord is no content: nothing is lost where it is not shown.
    """
    seen = {name: slot for name, slot in template.slots.items() if slot.type not in (*UNSEEN, *OF_THE_UNIT)}
    made = {name: frozenset(_columns(slot, piece, row)) for name, slot in seen.items()}
    return Content({name: columns for name, columns in made.items() if columns})


def _columns(slot: Slot, piece: Piece, row: Row | None) -> Iterator[str]:
    filling = piece.fill.get(slot.name)
    if filling is not None:
        texts = (filling.text,) if filling.text is not None else ()
        spoken = any(list(placeholders(text)) for text in texts)
        yield from _filled(texts, row) if spoken else (str(slot.name),)
    elif row is None:
        return
    elif slot.type not in LABELLED and (slot.text is not None or slot.items):
        yield from _filled((slot.text,) if slot.text is not None else slot.items, row)
    elif _has(row, str(slot.name)):
        yield str(slot.name)


def _filled(texts: tuple[SourceText, ...], row: Row | None) -> Iterator[str]:
    """The columns of those texts that have all they need: one with an empty value is empty as a whole."""
    for text in texts:
        columns = [column for column, _ in placeholders(text)]
        if row is None or all(_has(row, column) for column in columns):
            yield from (column for column in columns if not column.startswith(SPOKEN))


def _has(row: Row, column: str) -> bool:
    return column.startswith(SPOKEN) or row.values.get(column) not in (None, ())
