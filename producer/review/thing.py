"""How a problem of a page names the thing that it is about."""

from __future__ import annotations

from producer.diagnostics import Diagnostic, Scope, Span
from producer.layout.model import Document, Item
from producer.render.model import Underlay
from producer.scene.model import PictureElement, Role

SLACK = 0.002  # of the page's shorter side: bounds of glyphs are rounded outwards, by a px at most
PANEL = "panel-"  # what layout calls them, before the name of their first cell
SHOWN = 40  # letters of a text that a problem quotes


def item_of(document: Document, underlay: Underlay) -> Item:
    """The item that an underlay is of."""
    return document.pages[underlay.page].items[underlay.item]


def problem(code: str, document: Document, item: Item, **facts: str | float) -> Diagnostic:
    """Return a problem of an item, at the place where its content was written."""
    element = item.element
    span = element.origin.span if element is not None else Span(document.job)
    row = element.origin.row if element is not None else ""
    told = {"field": item.name, "row": row or document.job, "job": document.job, **facts}
    return Diagnostic(code, span, told, scope=Scope.ROW)


def quoted(underlay: Underlay) -> str:
    """The words that an underlay is of, cut to what a line can show."""
    text = underlay.run.text.strip() if underlay.run is not None else ""
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def is_picture(item: Item) -> bool:
    """Whether an item is a photograph or an illustration."""
    return isinstance(item.element, PictureElement)


def is_panel(item: Item) -> bool:
    """Whether an item is a panel under some cells."""
    return item.role is Role.DECORATION and item.name.startswith(PANEL)
