"""One page: its cells measured and solved, its ground, pictures, panels and words as items at absolute places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from producer.diagnostics import Diagnostic, ProducerError, Scope, Span
from producer.geometry import Box, Insets
from producer.layout.area import WorkArea, make_area, rows_of
from producer.layout.block import Measured, Setter
from producer.layout.grid import EMPTY, Grid, Need, solve
from producer.layout.ground import ground_items, picture_paints, zoom_of
from producer.layout.measure import alt_of, measure, role_of
from producer.layout.model import Item, Photo
from producer.layout.panel import bleeding_box, inner_edges, panel_item
from producer.scene.model import (
    Canvas,
    Element,
    NumbersElement,
    PictureElement,
    Role,
    ScenePage,
    SignatureElement,
    TextElement,
)

MOST_STEPS = 12  # as many as a style may have
NOISE = 0.5  # px, that nobody sees
# Where nothing grows, this much of what is left goes over the words: a little less than half, for the eye's middle.
OVER_WORDS = 0.46

Laid = tuple[tuple[Item, ...], tuple[int, ...]]


def lay_out_page(page: ScenePage, setter: Setter) -> Laid:
    """Return the items of a page in painting order, and the order in which they are read.

    Every step of the ladder makes all words smaller, down to what can be read: words give way before pictures do.

    Raises:
        ProducerError: words that do not fit at the last step; the problem says by how much.
    """
    canvas = setter.scene.canvas
    area = make_area(page, canvas)
    problems: tuple[Diagnostic, ...] = ()
    for step in range(MOST_STEPS):
        at_step = replace(setter, step=step)
        measured = {e.name: measure(e, area.width(e.name, canvas.gap), at_step, page) for e in page.elements}
        grid = solve_page(page, area, measured, canvas)
        problems = tuple(_problems(page, measured, grid))
        if not problems:
            return items_of(page, area, grid, measured, at_step)
    raise ProducerError(problems)


def _problems(page: ScenePage, measured: Mapping[str, Measured], grid: Grid) -> Iterator[Diagnostic]:
    """What does not hold at one step."""
    for one in measured.values():
        yield from one.problems
    if grid.missing > NOISE:
        row = page.elements[0].origin.row if page.elements else ""
        facts: dict[str, str | int] = {"page": page.name, "over": round(grid.missing), "row": row}
        yield Diagnostic("layout/too-tall", _blame(page), facts, scope=Scope.ROW)


def _blame(page: ScenePage) -> Span:
    """Where the longest words of a page were written: they are what can be made shorter."""
    texts = [e for e in page.elements if isinstance(e, TextElement)]
    longest = max(texts, key=lambda e: sum(len(run.text) for run in e.runs), default=None)
    return longest.origin.span if longest is not None else page.span


def solve_page(page: ScenePage, area: WorkArea, measured: Mapping[str, Measured], canvas: Canvas) -> Grid:
    """Return the boxes; where nothing grows, what is left goes where it looks meant."""
    needs = {name: Need(one.height, one.grows) for name, one in measured.items()}
    grid = solve(page.cells, area.box, canvas.gap, area.gaps, needs)
    springs = any(all(name == EMPTY for name in row) for row in page.cells)
    if springs or any(need.grows for need in needs.values()) or grid.missing or not grid.boxes:
        return grid
    spare = area.box.bottom - max(box.bottom for box in grid.boxes.values())
    closing = {e.name for e in page.elements if isinstance(e, SignatureElement)} & set(page.cells[-1])
    if closing and len(page.cells) > 1:  # the signature closes the page, the words stay at its head
        return Grid({n: b.moved(0, spare) if n in closing else b for n, b in grid.boxes.items()}, 0.0)
    share = 1.0 if page.ground.picture is not None else OVER_WORDS  # over a picture words stand low
    return Grid({name: box.moved(0, spare * share) for name, box in grid.boxes.items()}, 0.0)


def items_of(
    page: ScenePage, area: WorkArea, grid: Grid, measured: Mapping[str, Measured], setter: Setter
) -> Laid:
    """Return ground, pictures, panels and words as items, and the reading order."""
    words = [e for e in page.elements if not isinstance(e, PictureElement)]
    items = [
        *ground_items(page, [grid.boxes[e.name] for e in words], setter),
        *(_picture_item(e, area, grid, page, setter) for e in page.elements if isinstance(e, PictureElement)),
        *(panel_item(panel, area, grid, page, setter) for panel in page.panels),
    ]
    for element in words:
        box = _words_box(element, area, grid, page, measured[element.name].height)
        built = measured[element.name].build(box)
        role, alt = role_of(element), alt_of(element)
        items.append(Item(element.name, role, box, built.paints, element, built.text, alt))
    order = {e.name: at for at, e in enumerate(page.elements)}
    spoken = [at for at, item in enumerate(items) if item.role is not Role.DECORATION and item.name in order]
    return tuple(items), tuple(sorted(spoken, key=lambda at: order[items[at].name]))


def _words_box(element: Element, area: WorkArea, grid: Grid, page: ScenePage, height: float) -> Box:
    """The box of an element inside its cell."""
    pad, place = area.pads[element.name], area.places[element.name]
    box = grid.boxes[element.name].inset(Insets(0, pad.right, 0, pad.left))
    under = [panel for panel in page.panels if element.name in panel.cells]
    if isinstance(element, NumbersElement) and not under:
        # Its cards are panels of their own: level with those beside them.
        return box.inset(Insets(-area.above[place.top], 0, -area.below[place.bottom], 0))
    level = [panel for panel in page.panels if rows_of(panel, area.places) == {place.top, place.bottom}]
    if under and len(level) > 1:  # beside another panel, words stand in the middle of theirs
        return Box(box.x, box.y + (box.height - height) / 2, box.width, height)
    return box


def _picture_item(
    element: PictureElement, area: WorkArea, grid: Grid, page: ScenePage, setter: Setter
) -> Item:
    """A picture in its cell, run out of the page where it bleeds."""
    box, place = grid.boxes[element.name], area.places[element.name]
    if element.bleed:
        box = bleeding_box(box, place, page, setter.scene.canvas)
    paints = picture_paints(element, box, setter, inner_edges(element, place, page))
    photo = next(paint for paint in paints if isinstance(paint, Photo))
    return Item(
        element.name,
        role_of(element),
        box,
        paints,
        element,
        alt=alt_of(element),
        bleeds=element.bleed,
        zoom=zoom_of(page.move, photo.crop, photo.picture) if element.cover else None,
    )
