"""One page: its cells measured and solved, its panels and its ground, as items at absolute places."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from producer.brand.model import Ink
from producer.diagnostics import Diagnostic, ProducerError, Scope, Span
from producer.geometry import Box, Insets
from producer.layout.block import Built, Measured, Setter, bar_shape
from producer.layout.card import measure_numbers
from producer.layout.chart import draw_chart
from producer.layout.element import (
    measure_list,
    measure_number,
    measure_qr,
    measure_signature,
    measure_stacked_signature,
    measure_text,
)
from producer.layout.grid import Grid, Need, Place, column_box, places, solve
from producer.layout.ground import ground_items, picture_paints
from producer.layout.model import Item, Paint, Shape
from producer.layout.outline import rounded
from producer.layout.table import measure_table, measure_timeline
from producer.scene.model import (
    Canvas,
    ChartElement,
    Element,
    ListElement,
    NumberElement,
    NumbersElement,
    Panel,
    PictureElement,
    QrElement,
    Role,
    ScenePage,
    SignatureElement,
    Solid,
    TableElement,
    TextElement,
    TimelineElement,
)

# Pictures keep a third of the page: words take the next smaller step first.
PICTURE_SHARE = 1 / 3
CHART_SHARE = 0.2
MOST_STEPS = 10
INNER_GAP = 0.72  # of the page's gap, between cells of one panel


@dataclass(frozen=True, slots=True)
class Frame:
    """The page's working area and what its panels add to it."""

    area: Box  # inside margins and safe area
    places: Mapping[str, Place]
    columns: int
    gaps: tuple[float, ...]
    pads: Mapping[str, tuple[float, float]]  # left and right, by cell

    def width(self, name: str, gap: float) -> float:
        """The width that a cell's words have."""
        left, right = self.pads.get(name, (0.0, 0.0))
        return column_box(self.area, self.columns, gap, self.places[name])[1] - left - right


def lay_out_page(page: ScenePage, setter: Setter) -> tuple[tuple[Item, ...], tuple[int, ...]]:
    """Return the items of a page in painting order, and the order in which they are read.

    Raises:
        ProducerError: words that do not fit at the last step; the problem says by how much.
    """
    canvas = setter.scene.canvas
    frame = make_frame(page, canvas)
    first: tuple[Diagnostic, ...] = ()
    for step in range(MOST_STEPS):
        at_step = replace(setter, step=step)
        measured = {e.name: measure(e, frame.width(e.name, canvas.gap), at_step, page) for e in page.elements}
        problems = tuple(problem for one in measured.values() for problem in one.problems)
        grid = solve_page(page, frame, measured, canvas)
        if not problems and grid.missing <= 0.5:
            return items_of(page, frame, grid, measured, at_step)
        if grid.missing > 0.5:
            facts = {"page": page.name, "over": round(grid.missing), "row": _row(page)}
            problems += (Diagnostic("layout/too-tall", blame(page), facts, scope=Scope.ROW),)
        first = problems
    raise ProducerError(first)


def _row(page: ScenePage) -> str:
    return page.elements[0].origin.row if page.elements else ""


def blame(page: ScenePage) -> Span:
    """Where the longest words of a page were written: they are what can be made shorter."""
    texts = [e for e in page.elements if isinstance(e, TextElement)]
    if not texts:
        return page.span
    return max(texts, key=lambda e: sum(len(run.text) for run in e.runs)).origin.span


def make_frame(page: ScenePage, canvas: Canvas) -> Frame:
    """Return the page's working area, with room for the insides of its panels."""
    found = places(page.cells)
    columns = max((len(row) for row in page.cells), default=1)
    rows = len(page.cells)
    safe = canvas.safe
    edges = [max(side, canvas.margin) for side in (safe.top, safe.right, safe.bottom, safe.left)]
    gaps = [canvas.gap] * max(rows - 1, 0)
    pads: dict[str, tuple[float, float]] = {}
    top = bottom = 0.0
    for panel in page.panels:
        cells = [found[name] for name in panel.cells if name in found]
        if not cells:
            continue
        pad = panel.pad * canvas.size.shorter / 100
        first, last = min(p.top for p in cells), max(p.bottom for p in cells)
        for row in range(first, last):
            gaps[row] = canvas.gap * INNER_GAP
        if first > 0:
            gaps[first - 1] += pad
        elif not panel.bleed:
            top = max(top, pad)
        else:
            edges[0] = max(safe.top, pad)
        if last < rows - 1:
            gaps[last] += pad
        elif not panel.bleed:
            bottom = max(bottom, pad)
        else:  # its inside distance stands for the margin, so that its words stand in its middle
            edges[2] = max(safe.bottom, pad)
        left_column, right_column = min(p.left for p in cells), max(p.right for p in cells)
        for name in panel.cells:
            place = found[name]
            at_left = place.left == left_column and not (panel.bleed and left_column == 0)
            at_right = place.right == right_column and not (panel.bleed and right_column == columns - 1)
            pads[name] = (pad if at_left else 0.0, pad if at_right else 0.0)
    area = Box(0, 0, canvas.size.width, canvas.size.height).inset(Insets(*edges)).inset(Insets(top, 0, bottom, 0))
    return Frame(area, found, columns, tuple(gaps), pads)


def measure(element: Element, width: float, setter: Setter, page: ScenePage) -> Measured:
    """Return an element at a width."""
    canvas = setter.scene.canvas
    if isinstance(element, PictureElement):
        least = canvas.size.height * PICTURE_SHARE if spans_page(element.name, page) else 0.0
        return Measured(
            least - (edge_room(element, page, canvas) if least else 0.0), lambda _box: Built(()), grows=True
        )
    if isinstance(element, ChartElement):
        body = setter.size(element.style)

        def chart(box: Box) -> Built:
            return Built(draw_chart(element, box, body, setter.fonts, setter.scene.joins))

        return Measured(max(canvas.size.height * CHART_SHARE, body * 9), chart, grows=True)
    if isinstance(element, SignatureElement) and len(page.elements) == 1:
        return measure_stacked_signature(element, width, setter)
    return MEASURES[type(element)](element, width, setter)


MEASURES: Mapping[type, Callable[..., Measured]] = {
    TextElement: measure_text,
    ListElement: measure_list,
    NumberElement: measure_number,
    NumbersElement: measure_numbers,
    TableElement: measure_table,
    TimelineElement: measure_timeline,
    QrElement: measure_qr,
    SignatureElement: measure_signature,
}


def spans_page(name: str, page: ScenePage) -> bool:
    """Whether a cell is as wide as its page: only then does a third of the height mean a third of the page."""
    return any(all(cell == name for cell in row) for row in page.cells)


def edge_room(element: PictureElement, page: ScenePage, canvas: Canvas) -> float:
    """The px that a picture gains by running out of the page at top or bottom."""
    if not element.bleed:
        return 0.0
    place = places(page.cells)[element.name]
    top = max(canvas.safe.top, canvas.margin) if place.top == 0 else 0.0
    return top + (max(canvas.safe.bottom, canvas.margin) if place.bottom == len(page.cells) - 1 else 0.0)


def solve_page(page: ScenePage, frame: Frame, measured: Mapping[str, Measured], canvas: Canvas) -> Grid:
    """Return the boxes; where nothing grows, what is left goes where it looks meant."""
    needs = {name: Need(one.height, one.grows) for name, one in measured.items()}
    grid = solve(page.cells, frame.area, canvas.gap, frame.gaps, needs)
    grows = any(need.grows for need in needs.values()) or any(
        all(n == "." for n in row) for row in page.cells
    )
    if grows or grid.missing or not grid.boxes:
        return grid
    spare = frame.area.bottom - max(box.bottom for box in grid.boxes.values())
    last = {name for name in page.cells[-1] if name != "."}
    closing = {e.name for e in page.elements if isinstance(e, SignatureElement)} & last
    if closing and len(page.cells) > 1:
        return replace(
            grid, boxes={n: b.moved(0, spare) if n in closing else b for n, b in grid.boxes.items()}
        )
    share = (
        1.0 if page.ground.picture is not None else 0.46
    )  # over a picture words stand low; else a little high
    return replace(grid, boxes={name: box.moved(0, spare * share) for name, box in grid.boxes.items()})


def items_of(
    page: ScenePage, frame: Frame, grid: Grid, measured: Mapping[str, Measured], setter: Setter
) -> tuple[tuple[Item, ...], tuple[int, ...]]:
    """Return ground, panels and elements as items, and the reading order."""
    canvas = setter.scene.canvas
    pictures = [e for e in page.elements if isinstance(e, PictureElement) and e.name in grid.boxes]
    others = [e for e in page.elements if not isinstance(e, PictureElement) and e.name in grid.boxes]
    words = [box for name, box in grid.boxes.items() if name in {e.name for e in others}]
    items = [*ground_items(page, words, setter)]
    for element in pictures:
        box = (
            bleeding_box(grid.boxes[element.name], frame.places[element.name], page, canvas)
            if element.bleed
            else grid.boxes[element.name]
        )
        items.append(
            Item(
                element.name,
                Role.PICTURE,
                box,
                picture_paints(element, box, setter),
                element,
                alt=element.alt,
                bleeds=element.bleed,
            )
        )
    items += [panel_item(panel, frame, grid, page, setter) for panel in page.panels]
    for element in others:
        left, right = frame.pads.get(element.name, (0.0, 0.0))
        box = grid.boxes[element.name].inset(Insets(0, right, 0, left))
        built = measured[element.name].build(box)
        items.append(
            Item(element.name, role_of(element), box, built.paints, element, built.text, alt_of(element))
        )
    order = {e.name: at for at, e in enumerate(page.elements)}
    spoken = [at for at, item in enumerate(items) if item.role is not Role.DECORATION and item.name in order]
    return tuple(items), tuple(sorted(spoken, key=lambda at: order[items[at].name]))


def bleeding_box(box: Box, place: Place, page: ScenePage, canvas: Canvas) -> Box:
    """Return a box run out of the page, bleed and all, on the sides at which its cell touches the drawing's edge."""
    columns = max(len(row) for row in page.cells)
    left = -canvas.bleed if place.left == 0 else box.x
    top = -canvas.bleed if place.top == 0 else box.y
    right = canvas.size.width + canvas.bleed if place.right == columns - 1 else box.right
    bottom = canvas.size.height + canvas.bleed if place.bottom == len(page.cells) - 1 else box.bottom
    return Box(left, top, right - left, bottom - top)


def panel_item(panel: Panel, frame: Frame, grid: Grid, page: ScenePage, setter: Setter) -> Item:
    """One panel with its edge, bar and shadow."""
    canvas = setter.scene.canvas
    boxes = [grid.boxes[name] for name in panel.cells]
    whole = boxes[0]
    for box in boxes[1:]:
        whole = whole.union(box)
    cells = [frame.places[name] for name in panel.cells]
    place = Place(
        min(p.top for p in cells),
        max(p.bottom for p in cells),
        min(p.left for p in cells),
        max(p.right for p in cells),
    )
    pad = panel.pad * setter.unit
    padded = whole.inset(Insets(-pad, 0, -pad, 0))
    if panel.bleed:
        padded = bleeding_box(padded, place, page, canvas)
    radius = panel.radius * setter.unit
    path = rounded(padded, radius)
    paints: list[Paint] = []
    if panel.shadow:
        paints.append(
            Shape(
                rounded(padded.moved(0, 0.6 * setter.unit), radius),
                fill=Solid(shadow_ink(setter)),
                blur=1.4 * setter.unit,
            )
        )
    if panel.fill is not None:
        paints.append(Shape(path, fill=Solid(panel.fill), box=padded, rounded=(padded, radius)))
    if panel.line is not None:
        paints.append(
            Shape(path, stroke=panel.line, width=panel.line_width * setter.unit, rounded=(padded, radius))
        )
    if panel.bar is not None:
        wide = place.right - place.left + 1 == frame.columns and panel.bleed
        thick = 0.9 * setter.unit
        bar = (
            Box(padded.x, padded.y, padded.width, thick)
            if wide
            else Box(padded.x, padded.y, thick, padded.height)
        )
        paints.append(bar_shape(bar, panel.bar))
    return Item(f"panel-{panel.cells[0]}", Role.DECORATION, padded, tuple(paints), bleeds=panel.bleed)


def role_of(element: Element) -> Role:
    """What an element is to a reader."""
    if isinstance(element, TextElement | ListElement):
        return element.role
    return ROLES[type(element)]


ROLES = {
    NumberElement: Role.FIGURE,
    NumbersElement: Role.FIGURE,
    ChartElement: Role.CHART,
    TableElement: Role.TABLE,
    TimelineElement: Role.BODY,
    QrElement: Role.PICTURE,
    SignatureElement: Role.SIGNATURE,
}


def alt_of(element: Element) -> str:
    """The words for those who cannot see an element that is not words itself."""
    if isinstance(element, ChartElement):
        return element.alt
    if isinstance(element, SignatureElement):
        return element.mark_alt
    return f"QR: {element.payload}" if isinstance(element, QrElement) else ""


def shadow_ink(setter: Setter) -> Ink:
    """The ink of shadows: the brand's darkest colour, thin."""
    darkest = min(setter.scene.colours, key=lambda token: setter.scene.colours[token].luminance)
    return Ink(darkest, 0.28)
