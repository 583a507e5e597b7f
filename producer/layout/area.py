"""The working area of a page: its margins, the distances of its rows, and the room that panels take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from producer.geometry import Box, Insets
from producer.layout.grid import EMPTY, Place, column_box, places
from producer.layout.panel_outline import Inner, room_of
from producer.scene.model import Canvas, Panel, PictureElement, ScenePage

TWO_LINES = 3.2  # widths of a border's outer line, to its inner one
INNER_GAP = 0.72  # of the page's gap, between cells of one panel


@dataclass(frozen=True, slots=True)
class Sides:
    """Two distances of a cell or panel, px: at its left and at its right."""

    left: float = 0.0
    right: float = 0.0


@dataclass(frozen=True, slots=True)
class WorkArea:
    """The page's working area and what its panels and pictures add to it."""

    box: Box  # inside margins and safe area
    places: Mapping[str, Place]
    columns: int
    gaps: tuple[float, ...]  # under each row but the last
    pads: Mapping[str, Sides]  # by cell: the air between its words and the edge it stands at
    above: tuple[float, ...]  # by row: the inside distance over the cells of the panels that begin there
    below: tuple[float, ...]  # by row: the same under the panels that end there
    radius: float = 0.0  # px, of the circle that a round page's rows must stay in; 0 where there is none
    narrowed: tuple[float, ...] = ()  # by row: what a round page takes of it at either side

    def across(self, name: str, gap: float) -> tuple[float, float]:
        """The x and the width of a cell."""
        place = self.places[name]
        taken = max(self.narrowed[place.top : place.bottom + 1], default=0.0)
        return column_box(self.box.inset(Insets(0, taken, 0, taken)), self.columns, gap, place)

    def width(self, name: str, gap: float) -> float:
        """The width that a cell's words have."""
        pad = self.pads.get(name, Sides())
        return self.across(name, gap)[1] - pad.left - pad.right

    def rounded(self, boxes: Mapping[str, Box]) -> WorkArea:
        """The same with each row narrowed to the circle at the height where its cells stand; never widened again.

        A row as wide as the circle is there needs the least height, so that narrowing step by step finds the
        widest rows that hold.
        """
        if not self.radius:
            return self
        taken = list(self.narrowed)
        x, y = self.box.centre
        for name, box in boxes.items():
            far = min(max(abs(box.y - y), abs(box.bottom - y)), self.radius)
            half = (self.radius**2 - far**2) ** 0.5
            place = self.places[name]
            for row in range(place.top, place.bottom + 1):
                taken[row] = max(taken[row], x - self.box.x - half)
        return replace(self, narrowed=tuple(taken))


def make_area(page: ScenePage, canvas: Canvas) -> WorkArea:
    """Return the page's working area, with room for the insides of its panels."""
    found = places(page.cells)
    rows = len(page.cells)
    spans = [(panel, span_of(panel, found)) for panel in page.panels]
    pads = [(panel, span, insides_of(panel, span, page, canvas)) for panel, span in spans]
    above = [max((pad.top for _, span, pad in pads if span.top == y), default=0.0) for y in range(rows)]
    below = [max((pad.bottom for _, span, pad in pads if span.bottom == y), default=0.0) for y in range(rows)]
    gaps = []
    for y in range(rows - 1):
        inside = any(span.top <= y < span.bottom for _, span in spans)
        # Two bands across the page meet: a strip of the ground between them would look like a third.
        meet = any(p.bleed and s.bottom == y for p, s in spans) and any(
            p.bleed and s.top == y + 1 for p, s in spans
        )
        gap = 0.0 if meet else canvas.gap * (INNER_GAP if inside else 1.0)
        gaps.append(gap + below[y] + above[y + 1])
    safe, margin = canvas.safe, margin_of(page, canvas)
    # Beside one that bleeds, a panel that does not stands at the margin.
    head = [
        pad.top if panel.bleed else margin + above[0] for panel, span, pad in pads if span.top == 0
    ] * any(panel.bleed for panel, span, _ in pads if span.top == 0)
    foot = [
        pad.bottom if panel.bleed else margin + below[-1]
        for panel, span, pad in pads
        if span.bottom == rows - 1
    ] * any(panel.bleed for panel, span, _ in pads if span.bottom == rows - 1)
    edges = Insets(
        _edge(safe.top, margin, head, above[0] if rows else 0.0),
        max(safe.right, margin),
        _edge(safe.bottom, margin, foot, below[-1] if rows else 0.0),
        max(safe.left, margin),
    )
    part = canvas.part
    box = Box(0, 0, part.width, part.height).inset(edges)
    columns = max((len(row) for row in page.cells), default=1)
    return WorkArea(
        box,
        found,
        columns,
        tuple(gaps),
        _pads(page, found, canvas),
        tuple(above),
        tuple(below),
        radius=min(box.width, box.height) / 2 if canvas.circle else 0.0,
        narrowed=(0.0,) * rows,
    )


def margin_of(page: ScenePage, canvas: Canvas) -> float:
    """The px that words keep from the page's edge: the brand's margin, and a gap from the border's lines."""
    if page.ground.border is None:
        return canvas.margin
    spec = page.ground.border.spec
    return max(canvas.margin, (spec.inset + spec.width * TWO_LINES) * canvas.size.shorter / 100 + canvas.gap)


def _edge(safe: float, margin: float, bleeding: Sequence[float], inside: float) -> float:
    """What stays free at the top or foot of the page.

    A panel that bleeds has its inside distance in place of the margin, so that its words stand in its middle.
    """
    return max(safe, *bleeding) if bleeding else max(safe, margin) + inside


def span_of(panel: Panel, found: Mapping[str, Place]) -> Place:
    """The rows and columns that a panel covers."""
    cells = [found[name] for name in panel.cells]
    return Place(
        min(cell.top for cell in cells),
        max(cell.bottom for cell in cells),
        min(cell.left for cell in cells),
        max(cell.right for cell in cells),
    )


def rows_of(panel: Panel, found: Mapping[str, Place]) -> set[int]:
    """The first and the last row that a panel covers."""
    span = span_of(panel, found)
    return {span.top, span.bottom}


def air_of(canvas: Canvas) -> float:
    """What words keep from a bleeding picture beyond the gap, so that it is the margin there too."""
    return max(canvas.margin - canvas.gap, 0.0)


def _pads(page: ScenePage, found: Mapping[str, Place], canvas: Canvas) -> Mapping[str, Sides]:
    """The air beside each cell's words: inside its panel, and towards a picture that runs out of the page."""
    air, flush, pictures = air_of(canvas), _flush(page), _bleeding_pictures(page)
    made = {}
    for name in found.keys() - pictures:
        meets = beside_picture if name in flush else beside_flush
        made[name] = Sides(*(air if meets(page, found[name], step) else 0.0 for step in (-1, 1)))
    last = max((place.right for place in found.values()), default=0)
    for panel in page.panels:
        span = span_of(panel, found)
        pad = insides_of(panel, span, page, canvas)
        for name in panel.cells:
            place, beside = found[name], made[name]
            left = beside.left or (0.0 if span.left == 0 else pad.left)
            right = beside.right or (0.0 if span.right == last else pad.right)
            made[name] = Sides(
                (left if panel.bleed else pad.left + beside.left) if place.left == span.left else 0.0,
                (right if panel.bleed else pad.right + beside.right) if place.right == span.right else 0.0,
            )
    return made


def insides_of(panel: Panel, span: Place, page: ScenePage, canvas: Canvas) -> Insets:
    """The distances between a panel's edges and its words: its own, and what its outline takes."""
    unit = canvas.size.shorter / 100
    room = room_of(panel.shape, inner_of(panel, span, page), unit)
    pad = panel.pad * unit
    return Insets(pad + room.top, pad + room.right, pad + room.bottom, pad + room.left)


def inner_of(panel: Panel, span: Place, page: ScenePage) -> Inner:
    """The sides at which a panel ends inside the page, and those of them where it lies over a picture."""
    if not panel.bleed:
        return Inner(top=True, right=True, bottom=True, left=True)
    columns = max(len(row) for row in page.cells)
    return Inner(
        top=span.top > 0,
        right=span.right < columns - 1,
        bottom=span.bottom < len(page.cells) - 1,
        left=span.left > 0,
        over=(
            over_picture(page, span, -1),
            beside_picture(page, span, 1),
            over_picture(page, span, 1),
            beside_picture(page, span, -1),
        ),
    )


def over_picture(page: ScenePage, place: Place, step: int) -> bool:
    """Whether the row before (−1) or after (1) a place is a picture that runs out of the page, all along it."""
    y = place.top - 1 if step < 0 else place.bottom + 1
    if not 0 <= y < len(page.cells):
        return False
    return frozenset(page.cells[y][place.left : place.right + 1]) <= _bleeding_pictures(page)


def beside_picture(page: ScenePage, place: Place, step: int) -> bool:
    """Whether the column before (−1) or after (1) a place is a picture that runs out of the page, all along it."""
    beside = neighbours(page, place, step)
    return bool(beside) and beside <= _bleeding_pictures(page)


def beside_flush(page: ScenePage, place: Place, step: int) -> bool:
    """Whether the column before (−1) or after (1) a place is picture or panel that runs out of the page."""
    beside = neighbours(page, place, step)
    return bool(beside) and beside <= _flush(page)


def _flush(page: ScenePage) -> frozenset[str]:
    """The cells of pictures and panels that run out of the page: their edges are as its own to the words beside."""
    panels = frozenset(name for panel in page.panels if panel.bleed for name in panel.cells)
    return panels | _bleeding_pictures(page)


def neighbours(page: ScenePage, place: Place, step: int) -> frozenset[str]:
    """The cells in the column before (−1) or after (1) a place; nothing at the page's edge."""
    x = place.left - 1 if step < 0 else place.right + 1
    rows = page.cells[place.top : place.bottom + 1]
    return frozenset(row[x] if 0 <= x < len(row) else EMPTY for row in rows) if x >= 0 else frozenset()


def _bleeding_pictures(page: ScenePage) -> frozenset[str]:
    return frozenset(e.name for e in page.elements if isinstance(e, PictureElement) and e.bleed)
