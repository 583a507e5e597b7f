"""Which look of its template a row is made in."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from producer.data.model import Row
from producer.plan.content import content_of
from producer.plan.model import LOOK_COLUMN, Content
from producer.recipe.model import Drawing, PageSpec, Piece, SlotType, Template, choose_drawing

Drawn = tuple[tuple[PageSpec, Drawing], ...]


def asked_look(piece: Piece, row: Row | None) -> str | None:
    """Return the look that a row or else its piece asks for."""
    own = row.values.get(LOOK_COLUMN) if row is not None else None
    return own if isinstance(own, str) and own else (str(piece.look) if piece.look is not None else None)


def choose_look(  # noqa: PLR0913 -- a row of a piece, and what stands beside it in two directions
    piece: Piece,
    template: Template,
    row: Row | None,
    drawn: Mapping[str, Drawn],
    before: str | None,
    elsewhere: str | None = None,
) -> str:
    """Return one of the looks of ``drawn``, the same for the same row wherever it stands.

    Asked for, it is that one. Otherwise it comes from the row's id, among the looks that lose least of what row
    and recipe fill, and of these among those that need nothing which the row lacks. It is ``elsewhere``, that of the
    row's first channel, where this one bears it: a post and its poster are one announcement. The next one is taken
    where the row before, ``before``, has the same, so that no two neighbours are alike and a new row changes no more
    than those beside it.
    What stands several to a sheet is one batch, not a series: its rows share the first of these looks.
    """
    asked = asked_look(piece, row)
    if asked in drawn:
        return str(asked)
    content = content_of(piece, template, row)
    losses = {look: _weight(_losses(pages, content), piece) for look, pages in drawn.items()}
    shown = [look for look, count in losses.items() if count == min(losses.values())]
    fitting = [look for look in shown if _is_served(template, content, drawn[look])] or shown
    if row is None or piece.sheet:
        return fitting[0]
    own = int.from_bytes(hashlib.sha256(row.id.encode()).digest()[:8], "big") % len(fitting)
    at = fitting.index(elsewhere) if elsewhere in fitting else own
    return fitting[(at + 1) % len(fitting)] if fitting[at] == before else fitting[at]


def _losses(pages: Drawn, content: Content) -> Iterator[str]:
    """The slots with something to say that a look neither shows nor leaves out by design."""
    drawings = _drawings(pages, content.columns)
    shown = {
        name for page, drawing in drawings for name in (*drawing.names, str(page.over), str(page.ground))
    }
    omitted = {name for _, drawing in drawings for name in drawing.omits}
    yield from (name for name in content.lost(shown, omitted) if name not in omitted)


def _weight(losses: Iterable[str], piece: Piece) -> tuple[int, int]:
    """How much is lost: first of what the recipe fills, for that stops the product, then of the row's own."""
    found = tuple(losses)
    own = {str(name) for name in piece.fill}
    return sum(name in own for name in found), len(found)


def _drawings(pages: Drawn, there: Collection[str]) -> Sequence[tuple[PageSpec, Drawing]]:
    """Each page with the one of its drawings that suits what is there."""
    by_page: dict[str, tuple[PageSpec, list[Drawing]]] = {}
    for page, drawing in pages:
        by_page.setdefault(str(page.name), (page, []))[1].append(drawing)
    return [(page, choose_drawing(drawings, there)) for page, drawings in by_page.values()]


def _is_served(template: Template, content: Content, pages: Drawn) -> bool:
    """Whether nothing that the look is made for is missing: a picture, or all that would stand on one of its panels."""
    photos = [name for name, slot in template.slots.items() if slot.type is SlotType.PHOTO]
    missing = [name for name in photos if name not in content.columns and template.slots[name].text is None]
    if not all(any(_does_without(name, page, drawing) for page, drawing in pages) for name in missing):
        return False
    drawings = _drawings(pages, content.columns)
    return not any(_is_bare(template, content, page, drawing) for page, drawing in drawings)


def _is_bare(template: Template, content: Content, page: PageSpec, drawing: Drawing) -> bool:
    """Whether a panel was drawn for what may be missing, and is."""
    for cells in page.panels.values():
        there = [template.slots[str(cell)] for cell in cells if cell in drawing.names]
        meant = [slot for slot in there if slot.optional]
        if meant and not any(str(slot.name) in content.columns for slot in there):
            return True
    return False


def _does_without(name: str, page: PageSpec, drawing: Drawing) -> bool:
    on_it = name in (str(page.over), str(page.ground))
    return not on_it and (name in drawing.without or name not in drawing.names)
