"""Any element, measured at a width; and what it is to a reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from producer.geometry import Box
from producer.layout.area import INNER_GAP, span_of
from producer.layout.block import Built, Measured, Setter
from producer.layout.card import measure_numbers
from producer.layout.chart import chart_sizes, draw_chart
from producer.layout.element import measure_list, measure_number, measure_qr, measure_text
from producer.layout.flag import measure_flag
from producer.layout.grid import places
from producer.layout.mark import measure_mark
from producer.layout.signature import measure_signature, measure_stacked_signature
from producer.layout.table import measure_table
from producer.layout.timeline import measure_timeline
from producer.scene.model import (
    Canvas,
    ChartElement,
    Element,
    FlagElement,
    ListElement,
    MarkElement,
    NumberElement,
    NumbersElement,
    PictureElement,
    QrElement,
    Role,
    ScenePage,
    SignatureElement,
    TableElement,
    TextElement,
    TimelineElement,
)

# Pictures keep a third of the page: words take the next smaller step first.
PICTURE_SHARE = 1 / 3
CHART_SHARE = 0.2
CHART_EM = 9  # of its words, below which a chart has no room for bars
LEAST_CHART_EM = 12  # the same, of its least words: heading of two lines, figures, marks and categories


def measure(element: Element, width: float, setter: Setter, page: ScenePage) -> Measured:
    """Return an element at a width."""
    match element:
        case PictureElement():
            return Measured(_least_picture(element, page, setter.scene.canvas), _nothing, grows=True)
        case ChartElement():
            return _measure_chart(element, setter)
        case SignatureElement() if len(page.elements) == 1:
            return measure_stacked_signature(element, width, setter)
        case SignatureElement():
            return measure_signature(element, width, setter, _apart(element, page, setter))
        case MarkElement():
            return measure_mark(element, width, setter, page.cells)
    return MEASURES[type(element)](element, width, setter)


MEASURES: Mapping[type, Callable[[Any, float, Setter], Measured]] = {
    TextElement: measure_text,
    ListElement: measure_list,
    NumberElement: measure_number,
    NumbersElement: measure_numbers,
    TableElement: measure_table,
    TimelineElement: measure_timeline,
    QrElement: measure_qr,
    FlagElement: measure_flag,
}


def _apart(element: SignatureElement, page: ScenePage, setter: Setter) -> float:
    """How far the rows over and under a cell are at the least, px: with the inside of a panel of its own."""
    gap, found = setter.scene.canvas.gap, places(page.cells)
    own = next((panel for panel in page.panels if element.name in panel.cells), None)
    if own is not None and len(own.cells) == 1:
        return gap + own.pad * setter.unit
    place = found[element.name]
    spans = [span_of(panel, found) for panel in page.panels]
    within = any(s.top <= y < s.bottom for s in spans for y in (place.top - 1, place.bottom))
    return gap * INNER_GAP if within else gap


def _nothing(_box: Box) -> Built:
    """Pictures are painted under the words, when all boxes are known."""
    return Built(())


def _measure_chart(element: ChartElement, setter: Setter) -> Measured:
    size = setter.size(element.style)

    def build(box: Box) -> Built:
        sizes = chart_sizes(size, setter.least)
        return Built(draw_chart(element, box, sizes, setter.fonts, setter.scene.joins))

    least = chart_sizes(size, setter.least)[-1] * LEAST_CHART_EM
    height = max(setter.scene.canvas.size.height * CHART_SHARE, size * CHART_EM, least)
    return Measured(height, build, grows=True)


def _least_picture(element: PictureElement, page: ScenePage, canvas: Canvas) -> float:
    """The least height of a picture's cell: only across the whole page is a third of its height a third of it."""
    if not any(all(cell == element.name for cell in row) for row in page.cells):
        return 0.0
    page_height = canvas.slice or canvas.size.height
    # What an app lays its buttons over is no part of the page that a picture is seen on.
    hidden = sum(max(edge - canvas.margin, 0.0) for edge in (canvas.safe.top, canvas.safe.bottom))
    return (page_height - hidden) * PICTURE_SHARE - (
        _edge_room(element, page, canvas) if element.bleed else 0.0
    )


def _edge_room(element: PictureElement, page: ScenePage, canvas: Canvas) -> float:
    """The px that a picture gains by running out of the page at top or foot."""
    place = places(page.cells)[element.name]
    top = max(canvas.safe.top, canvas.margin) if place.top == 0 else 0.0
    return top + (max(canvas.safe.bottom, canvas.margin) if place.bottom == len(page.cells) - 1 else 0.0)


def role_of(element: Element) -> Role:
    """What an element is to a reader."""
    return element.role if isinstance(element, TextElement | ListElement) else ROLES[type(element)]


ROLES: Mapping[type, Role] = {
    PictureElement: Role.PICTURE,
    NumberElement: Role.FIGURE,
    NumbersElement: Role.FIGURE,
    ChartElement: Role.CHART,
    TableElement: Role.TABLE,
    TimelineElement: Role.BODY,
    QrElement: Role.PICTURE,
    SignatureElement: Role.SIGNATURE,
    FlagElement: Role.PICTURE,
    MarkElement: Role.PICTURE,
}


def alt_of(element: Element) -> str:
    """The words for those who cannot see an element that is not words itself."""
    match element:
        case PictureElement() | ChartElement() | FlagElement() | MarkElement():
            return element.alt
        case SignatureElement():
            return element.mark_alt
        case QrElement():
            return f"QR: {element.payload}"
    return ""
