"""Layouts of a deck: one for the pages of each name, with their places and what they have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from producer.geometry import Box
from producer.layout.model import Document, Item, Page, Shape
from producer.render.slides.kit import Kit
from producer.scene.model import (
    ChartElement,
    Fill,
    Gradient,
    ListElement,
    NumberElement,
    PictureElement,
    Role,
    TableElement,
    TextElement,
)

FIRST_INDEX = 13  # of placeholders; 10 to 12 are the date, the footer and the number
TITLE = "title"


@dataclass(frozen=True, slots=True)
class Holder:
    """A placeholder: the item's name, what it holds, its number among the layout's, and its first place."""

    name: str
    kind: str  # title · body · pic · chart · tbl
    index: int
    item: Item | None  # the first of that name; none for the title of a page that shows none

    @property
    def xml(self) -> str:
        """What a shape on a slide says to be this placeholder."""
        return (
            '<p:ph type="title"/>' if self.kind == TITLE else f'<p:ph type="{self.kind}" idx="{self.index}"/>'
        )


@dataclass(frozen=True, slots=True)
class LayoutSpec:
    """One layout: its placeholders, its ground, and the decorations that all its slides share."""

    name: str
    holders: tuple[Holder, ...]
    ground: Fill | None
    shared: tuple[Item, ...]

    def holder(self, item: Item) -> Holder | None:
        """The placeholder that an item fills, or none."""
        return next(
            (holder for holder in self.holders if holder.name == item.name and holder.item is not None), None
        )

    @property
    def title(self) -> Holder:
        """The title's placeholder; every layout has one."""
        return self.holders[0]


def layout_specs(document: Document, kit: Kit) -> tuple[LayoutSpec, ...]:
    """Return the layouts in the order in which their pages first come."""
    names = dict.fromkeys(page.name for page in document.pages)
    groups = ([page for page in document.pages if page.name == name] for name in names)
    return tuple(_layout_spec(pages, kit) for pages in groups)


def _layout_spec(pages: Sequence[Page], kit: Kit) -> LayoutSpec:
    shared = _shared(pages)
    ground = ground_of(shared[0], kit) if shared and shared[0] is pages[0].items[0] else None
    return LayoutSpec(pages[0].name, _holders(pages), ground, shared)


def _holders(pages: Sequence[Page]) -> tuple[Holder, ...]:
    firsts: dict[str, Item] = {}
    for page in pages:
        for item in page.items:
            firsts.setdefault(item.name, item)
    title = next((item for item in firsts.values() if _is_title(item)), None)
    made = [Holder(title.name if title else TITLE, TITLE, 0, title)]
    others = [(item, kind_of(item)) for item in firsts.values() if item is not title]
    kept = [(item, kind) for item, kind in others if kind]
    return (*made, *(Holder(item.name, kind, FIRST_INDEX + n, item) for n, (item, kind) in enumerate(kept)))


def _is_title(item: Item) -> bool:
    return item.role is Role.TITLE and isinstance(item.element, TextElement)


def kind_of(item: Item) -> str:
    """Return the type of placeholder for an item, or nothing where shapes and text boxes serve better."""
    if item.role is Role.DECORATION:
        return ""
    if isinstance(item.element, TextElement | ListElement | NumberElement):
        return "body"
    if isinstance(item.element, PictureElement):
        return "pic"
    if isinstance(item.element, ChartElement):
        return "chart"
    return "tbl" if isinstance(item.element, TableElement) else ""


def is_decoration(item: Item) -> bool:
    """Whether an item says nothing: it may move to the layout."""
    return item.role is Role.DECORATION


def _shared(pages: Sequence[Page]) -> tuple[Item, ...]:
    """Return decorations that are equal on all pages and under nothing that stays on a slide.

    A layout lies behind its slides: a decoration that is painted over an element has to stay in front of it. What
    stays may keep the next from leaving, so it is asked until nobody else has to stay.
    """
    kept = [
        item for item in pages[0].items if is_decoration(item) and all(item in page.items for page in pages)
    ]
    while True:
        free = [item for item in kept if all(_is_behind(item, page, kept) for page in pages)]
        if len(free) == len(kept):
            return tuple(kept)
        kept = free


def _is_behind(item: Item, page: Page, shared: Sequence[Item]) -> bool:
    under = page.items[: page.items.index(item)]
    return all(other in shared or not other.box.overlap(item.box) for other in under)


def ground_of(item: Item, kit: Kit) -> Fill | None:
    """Return the fill of a page's ground, where an item begins with one that covers the page and hides all."""
    shape = item.paints[0] if item.paints else None
    if (
        not isinstance(shape, Shape)
        or shape.rounded is None
        or shape.fill is None
        or shape.blur
        or shape.stroke
    ):
        return None
    box, radius = shape.rounded
    inks = shape.fill.inks if isinstance(shape.fill, Gradient) else (shape.fill.ink,)
    page: Box = kit.scale.page_box
    covers = radius <= 0 and box.contains(page) and all(ink.alpha >= 1 for ink in inks)
    return shape.fill if covers else None
