"""What a picture shows, for those who cannot see it: the one source of posts, tags and slides."""

from __future__ import annotations

from producer.recipe.model import ALT, Slot
from producer.scene.filler import Filler
from producer.scene.model import Told

# The columns that say what a row's picture shows, and those that name what it belongs to, the best first.
SHOWING, NAMING = ("photo_alt", "caption"), ("title", "full_name")


def told_of(filler: Filler, slot: Slot) -> tuple[str, Told]:
    """Return the description of a slot's picture, and how much it says.

    It is what was written under the picture's own name and ``_alt``, else the words of its row, else the label. A
    picture that the recipe names for all rows is not the one that a row's columns describe.
    """
    text = filler.beside(slot, ALT)
    words = filler.context.words(text) if text is not None else None
    if words:
        return words, Told.SHOWN
    own = SHOWING if filler.named(slot) else ()
    for told, columns in ((Told.SHOWN, own), (Told.NAMED, NAMING)):
        found = next(filter(None, (_word(filler, column) for column in columns)), None)
        if found is not None:
            return found, told
    return slot.label, Told.LABEL


def _word(filler: Filler, column: str) -> str | None:
    """A column's text, as it may stand in one line."""
    row = filler.context.row
    value = row.values.get(column) if row is not None else None
    return " ".join(value.split()) if isinstance(value, str) else None
