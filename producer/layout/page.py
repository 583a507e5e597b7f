"""One page: its cells measured and solved, its ground, pictures, panels and words as items at absolute places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import reduce
from math import ceil

from producer.diagnostics import Diagnostic, ProducerError, Scope
from producer.geometry import Box, Insets
from producer.layout.area import WorkArea, make_area, rows_of
from producer.layout.block import Measured, Setter
from producer.layout.grid import EMPTY, Grid, Need, solve
from producer.layout.ground import ground_items, picture_paints, zoom_of
from producer.layout.measure import alt_of, measure, role_of
from producer.layout.model import Item, Photo
from producer.layout.panel import bleeding_box, hugging_item, inner_edges, panel_item
from producer.scene.model import (
    Canvas,
    Element,
    FlagElement,
    ListElement,
    NumberElement,
    NumbersElement,
    Panel,
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
OPEN = 0.28  # of the page's height: as much of a picture under the page stays free in such a row
LEAST_AIR = 3.0  # gaps between the words over and under a row that was drawn empty

Laid = tuple[tuple[Item, ...], tuple[int, ...]]


def lay_out_page(page: ScenePage, setter: Setter) -> Laid:
    """Return the items of a page in painting order, and the order in which they are read.

    Every step of the ladder makes all words smaller, down to what can be read: words give way before pictures do.
    Where they fit, the largest style takes back what room is left, then the next: what is small for want of
    height shall not make small what has it.

    Raises:
        ProducerError: words that do not fit at the last step; the problem says by how much.
    """
    trial = Trial(page, setter, make_area(page, setter.scene.canvas))
    problems: tuple[Diagnostic, ...] = ()
    first: dict[str, int] | None = None
    for step in range(MOST_STEPS):
        steps = dict.fromkeys(trial.styles, step)
        problems = trial.problems(steps)
        if problems:
            continue
        first = first or steps
        if page.ground.picture is None or trial.keeps_air(steps):
            first = steps
            break  # over a picture words also give way until it can be seen
    if first is None:
        raise ProducerError(problems)
    steps = trial.grown(first)
    return items_of(page, trial.area, trial.grid(steps), trial.measured(steps), setter)


class Trial:
    """One page tried at steps of the ladder, by style; what was measured once is not measured again."""

    def __init__(self, page: ScenePage, setter: Setter, area: WorkArea) -> None:
        """Nothing is measured yet."""
        self.page, self.setter, self.area = page, setter, area
        self.styles = tuple(dict.fromkeys(style_of(element) for element in page.elements))
        self._measured: dict[tuple[str, int], Measured] = {}

    def measured(self, steps: Mapping[str, int]) -> dict[str, Measured]:
        """Every element at the step of its style."""
        return {e.name: self._measure(e, steps[style_of(e)]) for e in self.page.elements}

    def _measure(self, element: Element, step: int) -> Measured:
        key = element.name, step
        if key not in self._measured:
            width = self.area.width(element.name, self.setter.scene.canvas.gap)
            self._measured[key] = measure(element, width, replace(self.setter, step=step), self.page)
        return self._measured[key]

    def grid(self, steps: Mapping[str, int]) -> Grid:
        """The boxes at these steps."""
        return solve_page(self.page, self.area, self.measured(steps), self.setter.scene.canvas)

    def problems(self, steps: Mapping[str, int]) -> tuple[Diagnostic, ...]:
        """What does not hold at these steps."""
        return tuple(_problems(self.page, self.measured(steps), self.grid(steps)))

    def grown(self, steps: dict[str, int]) -> dict[str, int]:
        """Return the steps with each style as large as the page bears, the largest first."""
        growing = [style for style in self.styles if style]
        sizes = {
            style_of(e): e.style.sizes[0]
            for e in self.page.elements
            if not isinstance(e, PictureElement | FlagElement)
        }
        for style in sorted(growing, key=lambda style: -sizes[style]):
            while steps[style] > 0:
                larger = {**steps, style: steps[style] - 1}
                if self.problems(larger) or not self.keeps_air(larger):
                    break
                steps = larger
        return steps

    def keeps_air(self, steps: Mapping[str, int]) -> bool:
        """Whether each row that was drawn empty is left its share: it is meant to be seen."""
        grid, cells = self.grid(steps), self.page.cells
        canvas = self.setter.scene.canvas
        over = self.page.ground.picture is not None
        air = canvas.size.height * OPEN if over else canvas.gap * LEAST_AIR
        for y, row in enumerate(cells):
            if any(name != EMPTY for name in row) or y == 0 or y == len(cells) - 1:
                continue
            above = [grid.boxes[name].bottom for name in cells[y - 1] if name != EMPTY]
            below = [grid.boxes[name].y for name in cells[y + 1] if name != EMPTY]
            if above and below and min(below) - max(above) < air:
                return False
        return True


def style_of(element: Element) -> str:
    """The name of the style that an element's size hangs on; a picture has none."""
    return "" if isinstance(element, PictureElement | FlagElement) else element.style.name


def _problems(page: ScenePage, measured: Mapping[str, Measured], grid: Grid) -> Iterator[Diagnostic]:
    """What does not hold at one step."""
    for one in measured.values():
        yield from one.problems
    if grid.missing > NOISE:
        row = page.elements[0].origin.row if page.elements else ""
        facts: dict[str, str | int] = {"page": page.name, "over": round(grid.missing), "row": row, "fit": 0}
        # The longest words of a page are what can be made shorter.
        texts = [e for e in page.elements if isinstance(e, TextElement)]
        longest = max(texts, key=lambda e: sum(len(run.text) for run in e.runs), default=None)
        if longest is not None:
            facts["fit"] = _letters_that_fit(measured[longest.name], grid.missing)
        span = longest.origin.span if longest is not None else page.span
        yield Diagnostic("layout/too-tall", span, facts, scope=Scope.ROW)


def _letters_that_fit(text: Measured, missing: float) -> int:
    """About how many letters of a text are left when it gives up ``missing`` px, in whole lines; one line stays."""
    layout = text.build(Box(0, 0, 0, text.height)).text
    if layout is None:
        return 0
    kept = max(len(layout.lines) - ceil(missing / layout.leading), 1)
    return len(" ".join(line.text.strip() for line in layout.lines[:kept]))


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
    said: dict[str, Item] = {}
    for element in words:
        box = _words_box(element, area, grid, page, measured[element.name].height)
        built = measured[element.name].build(box)
        role, alt = role_of(element), alt_of(element)
        said[element.name] = Item(element.name, role, box, built.paints, element, built.text, alt)
    on_panels = {name for panel in page.panels if panel.fill is not None for name in panel.cells}
    items = [
        *ground_items(page, [grid.boxes[e.name] for e in words if e.name not in on_panels], setter),
        *(_picture_item(e, area, grid, page, setter) for e in page.elements if isinstance(e, PictureElement)),
        *(
            panel_item(panel, area, grid, page, setter)
            if (hugged := _hugged(panel, said, measured)) is None
            else hugging_item(panel, hugged, area, page, setter)
            for panel in page.panels
        ),
        *said.values(),
    ]
    order = {e.name: at for at, e in enumerate(page.elements)}
    spoken = [at for at, item in enumerate(items) if item.role is not Role.DECORATION and item.name in order]
    return tuple(items), tuple(sorted(spoken, key=lambda at: order[items[at].name]))


def _hugged(panel: Panel, said: Mapping[str, Item], measured: Mapping[str, Measured]) -> Box | None:
    """What the words cover that a panel hugs; nothing where it does not, or where they are not text alone."""
    boxes = []
    for name in panel.cells if panel.hugs else ():
        item = said.get(name)
        if item is None or item.text is None:
            return None
        lines, element = item.text.lines, item.element
        left, right = min(line.left for line in lines), max(line.left + line.width for line in lines)
        if isinstance(element, TextElement) and element.divider is not None:
            left = min(left, item.box.x)
        boxes.append(Box(left, item.box.y, right - left, measured[name].height))
    return reduce(Box.union, boxes) if boxes else None


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
    if place.top != place.bottom and isinstance(element, TextElement | ListElement | NumberElement):
        # Beside several others, words stand in the middle of them.
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
