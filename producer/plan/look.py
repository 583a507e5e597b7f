"""Which look of its template a row is made in."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from producer.data.model import Row
from producer.plan.model import LOOK_COLUMN
from producer.recipe.model import Drawing, PageSpec, Piece, SlotType, Template

Drawn = tuple[tuple[PageSpec, Drawing], ...]

UNSEEN = (SlotType.ROWS, SlotType.SOUND)  # no drawing shows them


def asked_look(piece: Piece, row: Row | None) -> str | None:
    """Return the look that a row or else its piece asks for."""
    own = row.values.get(LOOK_COLUMN) if row is not None else None
    return own if isinstance(own, str) and own else (str(piece.look) if piece.look is not None else None)


def choose_look(
    piece: Piece, template: Template, row: Row | None, drawn: Mapping[str, Drawn], before: str | None
) -> str:
    """Return one of the looks of ``drawn``, the same for the same row wherever it stands.

    Asked for, it is that one. Otherwise it comes from the row's id, among the looks that show all that the
    recipe fills and need nothing that the row lacks; the next one where the row before, ``before``, has the
    same, so that no two neighbours are alike and a new row changes no more than those beside it.
    """
    asked = asked_look(piece, row)
    if asked in drawn:
        return str(asked)
    shown = [look for look, pages in drawn.items() if _shows_all(piece, template, pages)] or list(drawn)
    fitting = [look for look in shown if _is_served(piece, template, row, drawn[look])] or shown
    if row is None:
        return fitting[0]
    at = int.from_bytes(hashlib.sha256(row.id.encode()).digest()[:8], "big") % len(fitting)
    return fitting[(at + 1) % len(fitting)] if fitting[at] == before else fitting[at]


def _shows_all(piece: Piece, template: Template, pages: Drawn) -> bool:
    """Whether everything that the recipe fills has a place."""
    shown = {name for page, drawing in pages for name in (*drawing.names, str(page.over), str(page.ground))}
    filled = [template.slots[str(name)] for name in piece.fill if str(name) in template.slots]
    return all(slot.type in UNSEEN or str(slot.name) in shown for slot in filled)


def _is_served(piece: Piece, template: Template, row: Row | None, pages: Drawn) -> bool:
    """Whether no picture that the look is made for is missing."""
    missing = [name for name in _photos(template) if not _is_filled(name, piece, template, row)]
    return all(any(_does_without(name, page, drawing) for page, drawing in pages) for name in missing)


def _photos(template: Template) -> Sequence[str]:
    return [name for name, slot in template.slots.items() if slot.type is SlotType.PHOTO]


def _is_filled(name: str, piece: Piece, template: Template, row: Row | None) -> bool:
    filled = name in {str(slot) for slot in piece.fill} or template.slots[name].text is not None
    return filled or (row is not None and row.values.get(name) is not None)


def _does_without(name: str, page: PageSpec, drawing: Drawing) -> bool:
    on_it = name in (str(page.over), str(page.ground))
    return not on_it and (name in drawing.without or name not in drawing.names)
