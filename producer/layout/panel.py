"""What lies under cells, and how panels and pictures run out of the page."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce

from producer.brand.model import PanelShape
from producer.geometry import Box, Insets
from producer.layout.area import (
    WorkArea,
    air_of,
    beside_flush,
    beside_picture,
    inner_of,
    insides_of,
    neighbours,
    span_of,
)
from producer.layout.block import Setter, bar_shape
from producer.layout.grid import Grid, Place
from producer.layout.ground import OpenEdge
from producer.layout.model import Item, Paint, Shape
from producer.layout.panel_outline import (
    EVERY_SIDE,
    Inner,
    edge_paths,
    grown_over_pictures,
    panel_outline,
)
from producer.plan.model import Medium
from producer.scene.model import Canvas, Panel, PictureElement, Role, ScenePage, Solid

# In % of the page's shorter side.
BAR = 0.9
SHADOW_DROP = 0.6
SHADOW_BLUR = 1.4
SHADOW_ALPHA = 0.28
DEEP_EDGE = 2.0  # margins


# px beyond the bleed in print: where two smoothed edges share one line, the lower one shows through as a hair.
OVERSCAN = 0.75


def bleeding_box(box: Box, place: Place, page: ScenePage, canvas: Canvas) -> Box:
    """Return a box run out of the page, bleed and all, on the sides at which its cell touches the drawing's edge."""
    columns = max(len(row) for row in page.cells)
    out = canvas.bleed + (OVERSCAN if canvas.bleed else 0.0)
    left = -out if place.left == 0 else box.x
    top = -out if place.top == 0 else box.y
    right = canvas.size.width + out if place.right == columns - 1 else box.right
    bottom = canvas.size.height + out if place.bottom == len(page.cells) - 1 else box.bottom
    return Box(left, top, right - left, bottom - top)


def open_edge(element: PictureElement, place: Place, page: ScenePage) -> OpenEdge:
    """Which edge of a picture its frame shapes: one that is inside the page."""
    if not element.bleed or place.bottom < len(page.cells) - 1:
        return OpenEdge()
    columns = max(len(row) for row in page.cells)
    sides = (0.0,) * (place.left > 0) + (1.0,) * (place.right < columns - 1)
    return OpenEdge(above=not sides and place.top > 0, sides=sides)


def hugging_item(panel: Panel, words: Box, area: WorkArea, page: ScenePage, setter: Setter) -> Item:
    """A panel only as large as its words."""
    pad = insides_of(panel, span_of(panel, area.places), page, setter.scene.canvas)
    box = words.inset(Insets(-pad.top, -pad.right, -pad.bottom, -pad.left))
    paints = tuple(_paints(panel, box, EVERY_SIDE, setter, lies=False))
    return Item(_name(panel), Role.DECORATION, box, paints)


def panel_item(panel: Panel, area: WorkArea, grid: Grid, page: ScenePage, setter: Setter) -> Item:
    """One panel with its edge, bar and shadow."""
    place = span_of(panel, area.places)
    canvas, inner = setter.scene.canvas, inner_of(panel, place, page)
    whole = reduce(Box.union, (grid.boxes[name] for name in panel.cells))
    box = whole.inset(Insets(-area.above[place.top], 0, -area.below[place.bottom], 0))
    if not panel.bleed:
        box = _apart(box, place, page, setter)
    else:
        whole = bleeding_box(_joined(box, place, page, setter), place, page, canvas)
        box = _short_of_deep_edges(whole, box, canvas)
        box = grown_over_pictures(panel.shape, box, inner, setter.unit, canvas.gap)
    paints = tuple(_paints(panel, box, inner, setter, lies=panel.bleed and _spans(place, area, page)))
    return Item(_name(panel), Role.DECORATION, box, paints, bleeds=panel.bleed)


def _name(panel: Panel) -> str:
    return f"panel-{panel.cells[0]}"


def _apart(box: Box, place: Place, page: ScenePage, setter: Setter) -> Box:
    """A panel within the page, as far from a bleeding picture or panel as words are."""
    air = air_of(setter.scene.canvas)
    left, right = (air if beside_flush(page, place, step) else 0.0 for step in (-1, 1))
    return box.inset(Insets(0, right, 0, left))


def _joined(box: Box, place: Place, page: ScenePage, setter: Setter) -> Box:
    """A bleeding panel run to what it stands beside: a bleeding picture, or half way to the next such panel."""
    others = frozenset(name for panel in page.panels if panel.bleed for name in panel.cells)
    gap = setter.scene.canvas.gap
    shares = []
    for step in (-1, 1):
        beside = neighbours(page, place, step)
        half = 0.5 if beside and beside <= others else 0.0
        shares.append(1.0 if beside_picture(page, place, step) else half)
    return box.inset(Insets(0, -gap * shares[1], 0, -gap * shares[0]))


def _short_of_deep_edges(bleeding: Box, box: Box, canvas: Canvas) -> Box:
    """A panel that stays a band where what must stay free at head or foot is deep.

    A reel's own buttons cover a third of it: a panel run out there would be a third of the page, and empty. In
    print people or a base stand there, and over them a band that ends on bare ground is seen to float.
    """
    if canvas.medium is Medium.PRINT:
        return bleeding
    deep = DEEP_EDGE * canvas.margin
    top = box.y if canvas.safe.top > deep else bleeding.y
    bottom = box.bottom if canvas.safe.bottom > deep else bleeding.bottom
    return Box(bleeding.x, top, bleeding.width, bottom - top)


def _spans(place: Place, area: WorkArea, page: ScenePage) -> bool:
    """Whether a panel reaches from side to side, the edge of a bleeding picture being one too."""
    left = place.left == 0 or beside_picture(page, place, -1)
    return left and (place.right == area.columns - 1 or beside_picture(page, place, 1))


def _paints(panel: Panel, box: Box, inner: Inner, setter: Setter, *, lies: bool) -> Iterator[Paint]:
    """Shadow, ground, edge and bar, the last along the top of a panel that ``lies`` across, else along its left."""
    unit = setter.unit
    radius, offset = panel.radius * unit, panel.offset * unit

    def outline(at: Box) -> str:
        return panel_outline(panel.shape, at, radius, inner, unit)

    def corners(at: Box) -> tuple[Box, float] | None:
        return (at, radius) if panel.shape is PanelShape.PLAIN else None

    if panel.shadow:
        fallen = outline(box.moved(0, SHADOW_DROP * unit))
        yield Shape(fallen, fill=Solid(setter.darkest.faded(SHADOW_ALPHA)), blur=SHADOW_BLUR * unit)
    if panel.fill is not None:
        yield Shape(outline(box), fill=Solid(panel.fill), box=box, rounded=corners(box))
    if panel.line is not None:
        within = box.inset(Insets.even(offset))
        width = panel.line_width * unit
        yield Shape(outline(within), stroke=panel.line, width=width, rounded=corners(within))
    yield from _bar(panel, box, inner, setter, lies=lies)


def _bar(panel: Panel, box: Box, inner: Inner, setter: Setter, *, lies: bool) -> Iterator[Paint]:
    """The bar of a panel; one that slopes or swings has it along that edge."""
    if panel.bar is None:
        return
    thick = BAR * setter.unit
    if panel.shape in (PanelShape.SLANT, PanelShape.WAVE):
        # Run on beyond the page, so that no end of the line shows.
        wide = box.inset(Insets(0, 0.0 if inner.right else -thick, 0, 0.0 if inner.left else -thick))
        for edge in edge_paths(panel.shape, wide, inner, setter.unit):
            yield Shape(edge, stroke=panel.bar, width=thick)
        return
    bar = Box(box.x, box.y, box.width, thick) if lies else Box(box.x, box.y, thick, box.height)
    yield bar_shape(bar, panel.bar)
