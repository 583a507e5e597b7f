"""What lies under cells, and how panels and pictures run out of the page."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce

from producer.brand.model import Ink
from producer.geometry import Box, Insets
from producer.layout.area import WorkArea, air_of, beside_picture, neighbours, span_of
from producer.layout.block import Setter, bar_shape
from producer.layout.grid import Grid, Place
from producer.layout.model import Item, Paint, Shape
from producer.layout.outline import rounded
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


def inner_edges(element: PictureElement, place: Place, page: ScenePage) -> tuple[float, ...]:
    """Where a picture that runs out at the foot of the page ends inside it: at its left (0), its right (1) or both.

    Nothing where it does not run out there: then its lower edge is the one that its frame shapes.
    """
    if not element.bleed or place.bottom < len(page.cells) - 1:
        return ()
    columns = max(len(row) for row in page.cells)
    return (0.0,) * (place.left > 0) + (1.0,) * (place.right < columns - 1)


def panel_item(panel: Panel, area: WorkArea, grid: Grid, page: ScenePage, setter: Setter) -> Item:
    """One panel with its edge, bar and shadow."""
    place = span_of(panel, area.places)
    whole = reduce(Box.union, (grid.boxes[name] for name in panel.cells))
    box = whole.inset(Insets(-area.above[place.top], 0, -area.below[place.bottom], 0))
    if not panel.bleed:
        box = _apart(box, place, page, setter)
    else:
        whole = bleeding_box(_joined(box, place, page, setter), place, page, setter.scene.canvas)
        box = _short_of_deep_edges(whole, box, setter.scene.canvas)
    paints = tuple(_paints(panel, box, setter, lies=panel.bleed and _spans(place, area, page)))
    return Item(f"panel-{panel.cells[0]}", Role.DECORATION, box, paints, bleeds=panel.bleed)


def _apart(box: Box, place: Place, page: ScenePage, setter: Setter) -> Box:
    """A panel within the page, as far from a bleeding picture as words are."""
    air = air_of(setter.scene.canvas)
    left, right = (air if beside_picture(page, place, step) else 0.0 for step in (-1, 1))
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

    A reel's own buttons cover a third of it: a panel run out there would be a third of the page, and empty.
    """
    deep = DEEP_EDGE * canvas.margin
    top = box.y if canvas.safe.top > deep else bleeding.y
    bottom = box.bottom if canvas.safe.bottom > deep else bleeding.bottom
    return Box(bleeding.x, top, bleeding.width, bottom - top)


def _spans(place: Place, area: WorkArea, page: ScenePage) -> bool:
    """Whether a panel reaches from side to side, the edge of a bleeding picture being one too."""
    left = place.left == 0 or beside_picture(page, place, -1)
    return left and (place.right == area.columns - 1 or beside_picture(page, place, 1))


def _paints(panel: Panel, box: Box, setter: Setter, *, lies: bool) -> Iterator[Paint]:
    """Shadow, ground, edge and bar, the last along the top of a panel that ``lies`` across, else along its left."""
    unit = setter.unit
    radius = panel.radius * unit
    path, corners = rounded(box, radius), (box, radius)
    if panel.shadow:
        fallen = rounded(box.moved(0, SHADOW_DROP * unit), radius)
        yield Shape(fallen, fill=Solid(_shadow_ink(setter)), blur=SHADOW_BLUR * unit)
    if panel.fill is not None:
        yield Shape(path, fill=Solid(panel.fill), box=box, rounded=corners)
    if panel.line is not None:
        yield Shape(path, stroke=panel.line, width=panel.line_width * unit, rounded=corners)
    if panel.bar is not None:
        thick = BAR * unit
        bar = Box(box.x, box.y, box.width, thick) if lies else Box(box.x, box.y, thick, box.height)
        yield bar_shape(bar, panel.bar)


def _shadow_ink(setter: Setter) -> Ink:
    """The ink of shadows: the brand's darkest colour, thin."""
    colours = setter.scene.colours
    return Ink(min(colours, key=lambda token: colours[token].luminance), SHADOW_ALPHA)
