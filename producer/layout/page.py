"""One page: its cells measured and solved, its ground, pictures, panels and words as items at absolute places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import reduce
from math import ceil

from producer.diagnostics import Diagnostic, ProducerError, Scope
from producer.geometry import Box, Insets
from producer.layout.area import WorkArea, make_area, rows_of
from producer.layout.block import Measured, Setter
from producer.layout.calm import calm_panels
from producer.layout.grid import EMPTY, Grid, Need, solve
from producer.layout.ground import focused, ground_items, picture_paints, zoom_of
from producer.layout.ladder import MOST_SIZES, fewer, sizes_of, styles_of
from producer.layout.measure import alt_of, measure, role_of
from producer.layout.model import Item, Photo
from producer.layout.panel import bleeding_box, hugging_item, open_edge, panel_item
from producer.layout.repeat import repeated
from producer.layout.slices import solve_slices
from producer.layout.text import advised
from producer.scene.model import (
    Canvas,
    Element,
    FlagElement,
    ListElement,
    MarkElement,
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
MOST_TURNS = 16  # of narrowing the rows of a round page
NOISE = 0.5  # px, that nobody sees
# Where nothing grows, this much of what is left goes over the words: a little less than half, for the eye's middle.
OVER_WORDS = 0.46
OPEN = 0.3  # of the page's height: as much of a picture under the page stays free in such a row
MOST_WAYS = 6  # of making fewer sizes that are tried
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
    if setter.scene.canvas.cuts:
        uncut = replace(setter.scene, canvas=replace(setter.scene.canvas, slice=0.0))
        with suppress(ProducerError):  # whoever cuts the page sees that it is not made for it
            return _lay_out(page, setter)
        setter = replace(setter, scene=uncut)
    return _lay_out(page, setter)


def _lay_out(page: ScenePage, setter: Setter) -> Laid:
    """The page at the first steps that hold."""
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
    return _of_few_sizes(trial, trial.grown(first))


def _of_few_sizes(trial: Trial, steps: dict[str, int]) -> Laid:
    """Return the page's items; where it has too many sizes of words, near ones become one, if all still holds."""
    sizes = trial.sizes(steps)
    ways = fewer(sizes) if len(sizes) > MOST_SIZES else []
    for way in ways[:MOST_WAYS]:
        capped = trial.capped({style: to for size, to in way.items() for style in sizes[size]})
        if not capped.problems(steps) and len(capped.sizes(steps)) < len(sizes):
            return items_of(trial.page, capped.at(steps), capped.setter)
    return items_of(trial.page, trial.at(steps), trial.setter)


@dataclass(frozen=True, slots=True)
class Solved:
    """One page at some steps: every element measured, and every cell's box."""

    area: WorkArea
    measured: Mapping[str, Measured]
    grid: Grid


class Trial:
    """One page tried at steps of the ladder, by style; what was measured once is not measured again."""

    def __init__(self, page: ScenePage, setter: Setter, area: WorkArea) -> None:
        """Nothing is measured yet."""
        self.page, self.setter, self.area = page, setter, area
        self.styles = tuple(dict.fromkeys(style_of(element) for element in page.elements))
        self._measured: dict[tuple[str, int, float], Measured] = {}
        self._solved: dict[tuple[int, ...], Solved] = {}

    def at(self, steps: Mapping[str, int]) -> Solved:
        """The page at these steps."""
        key = tuple(steps[style] for style in self.styles)
        if key not in self._solved:
            self._solved[key] = self._solve(steps)
        return self._solved[key]

    def _solve(self, steps: Mapping[str, int]) -> Solved:
        """The page at these steps; the rows of a round one are narrowed until they hold."""
        area, canvas = self.area, self.setter.scene.canvas
        for _ in range(MOST_TURNS):
            measured = {e.name: self._measure(e, steps[style_of(e)], area) for e in self.page.elements}
            grid = solve_page(self.page, area, measured, canvas)
            rounded = area.rounded(grid.boxes)
            over = max((b - a for a, b in zip(area.narrowed, rounded.narrowed, strict=True)), default=0.0)
            if over <= NOISE:
                break
            area = rounded
        else:
            grid = replace(grid, missing=max(grid.missing, over))
        return Solved(area, measured, grid)

    def _measure(self, element: Element, step: int, area: WorkArea) -> Measured:
        width = area.width(element.name, self.setter.scene.canvas.gap)
        key = element.name, step, width
        if key not in self._measured:
            self._measured[key] = measure(element, width, replace(self.setter, step=step), self.page)
        return self._measured[key]

    def problems(self, steps: Mapping[str, int]) -> tuple[Diagnostic, ...]:
        """What does not hold at these steps."""
        solved = self.at(steps)
        return tuple(_problems(self.page, solved.measured, solved.grid))

    def sizes(self, steps: Mapping[str, int]) -> Mapping[float, frozenset[str]]:
        """The sizes of the words at these steps, with their styles."""
        measured = self.at(steps).measured
        return sizes_of(((e, measured[e.name].sizes) for e in self.page.elements), self.setter.unit)

    def capped(self, caps: Mapping[str, float]) -> Trial:
        """The same page with styles that have no size above these; what they do not touch stays measured."""
        made = Trial(self.page, replace(self.setter, caps=tuple(sorted(caps.items()))), self.area)
        free = {e.name for e in self.page.elements if caps.keys().isdisjoint(s.name for s in styles_of(e))}
        made._measured = {key: one for key, one in self._measured.items() if key[0] in free}
        return made

    def grown(self, steps: dict[str, int]) -> dict[str, int]:
        """Return the steps with each style as large as the page bears.

        Each takes a step in turn, the largest first: none outgrows its neighbours because it was asked before them.
        """
        growing = [style for style in self.styles if style]
        sizes = {
            style_of(e): e.style.sizes[0]
            for e in self.page.elements
            if not isinstance(e, PictureElement | FlagElement | MarkElement)
        }
        ordered = sorted(growing, key=lambda style: -sizes[style])
        while ordered:
            for style in tuple(ordered):
                larger = self._a_step(steps, style)
                if larger is None:
                    ordered.remove(style)
                steps = larger or steps
        return steps

    def _a_step(self, steps: Mapping[str, int], style: str) -> dict[str, int] | None:
        """The steps with one style a step larger; nothing where that does not hold."""
        larger = {**steps, style: steps[style] - 1}
        if steps[style] <= 0 or self.problems(larger) or not self.keeps_air(larger):
            return None
        return larger

    def keeps_air(self, steps: Mapping[str, int]) -> bool:
        """Whether each row that was drawn empty is left its share: it is meant to be seen."""
        grid, cells = self.at(steps).grid, self.page.cells
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
    return "" if isinstance(element, PictureElement | FlagElement | MarkElement) else element.style.name


def _problems(page: ScenePage, measured: Mapping[str, Measured], grid: Grid) -> Iterator[Diagnostic]:
    """What does not hold at one step."""
    for one in measured.values():
        yield from one.problems
    if grid.missing > NOISE:
        yield _too_tall(page, measured, grid.missing)


def _too_tall(page: ScenePage, measured: Mapping[str, Measured], over: float) -> Diagnostic:
    """Words that are together too high, told at the longest text that fewer letters make lower."""
    facts: dict[str, str | int] = {"page": page.name, "over": ceil(over)}
    texts = [(sum(len(run.text) for run in e.runs), e) for e in page.elements if isinstance(e, TextElement)]
    if not texts:
        facts |= page.elements[0].origin.facts if page.elements else {"field": page.name, "row": "–"}
        return Diagnostic("layout/too-tall", page.span, facts | {"letters": 0, "fit": 0}, scope=Scope.ROW)
    fits = {e.name: advised(_letters_that_fit(measured[e.name], over), letters) for letters, e in texts}
    letters, longest = max(texts, key=lambda one: (fits[one[1].name] > 0, one[0]))
    facts |= longest.origin.facts | {"letters": letters, "fit": fits[longest.name]}
    return Diagnostic("layout/too-tall", longest.origin.span, facts, scope=Scope.ROW)


def _letters_that_fit(text: Measured, missing: float) -> int:
    """About how many letters of a text are left when it gives up ``missing`` px, in whole lines; one line stays."""
    layout = text.build(Box(0, 0, 0, text.height)).text
    if layout is None:
        return 0
    kept = max(len(layout.lines) - ceil(missing / layout.leading), 1)
    return len(" ".join(line.text.strip() for line in layout.lines[:kept]))


def solve_page(page: ScenePage, area: WorkArea, measured: Mapping[str, Measured], canvas: Canvas) -> Grid:
    """Return the boxes; where nothing grows, what is left goes where it looks meant."""
    # On a round page nothing grows: what is left is at its head and foot, where there is no width.
    needs = {name: Need(one.height, one.grows and not area.radius) for name, one in measured.items()}
    grid = solve(page.cells, area.box, canvas.gap, area.gaps, needs)
    if canvas.cuts:
        return solve_slices(page.cells, area, needs, canvas) or replace(grid, missing=canvas.size.height)
    if area.radius:
        across = {name: area.across(name, canvas.gap) for name in grid.boxes}
        grid = replace(
            grid, boxes={n: Box(across[n][0], b.y, across[n][1], b.height) for n, b in grid.boxes.items()}
        )
    springs = any(all(name == EMPTY for name in row) for row in page.cells)
    if springs or any(need.grows for need in needs.values()) or grid.missing or not grid.boxes:
        return grid
    spare = area.box.bottom - max(box.bottom for box in grid.boxes.values())
    closing = {e.name for e in page.elements if isinstance(e, SignatureElement)} & set(page.cells[-1])
    if closing and len(page.cells) > 1:  # the signature closes the page, the words stay at its head
        return Grid({n: b.moved(0, spare) if n in closing else b for n, b in grid.boxes.items()}, 0.0)
    share = 1.0 if page.ground.picture is not None else OVER_WORDS  # over a picture words stand low
    return Grid({name: box.moved(0, spare * share) for name, box in grid.boxes.items()}, 0.0)


def items_of(page: ScenePage, solved: Solved, setter: Setter) -> Laid:
    """Return ground, pictures, panels and words as items, and the reading order."""
    area, grid, measured = solved.area, solved.grid, solved.measured
    words = [e for e in page.elements if not isinstance(e, PictureElement)]
    boxes = {e.name: _words_box(e, area, grid, page, measured[e.name].height) for e in words}
    said = {e.name: _said(e, measured[e.name], boxes[e.name]) for e in words}
    on_panels = {name for panel in page.panels if panel.fill is not None for name in panel.cells}
    loose = [item for name, item in said.items() if name not in on_panels]
    ground = ground_items(page, loose, [boxes[name] for name in said if name in on_panels], setter)
    hugging = {
        panel: hugging_item(panel, hugged, area, page, setter)
        for panel in page.panels
        if (hugged := _hugged(panel, said, measured)) is not None
    }
    for panel, box in calm_panels(page, area, grid, hugging, ground, setter).items():
        dx, dy = box.x - hugging[panel].box.x, box.y - hugging[panel].box.y
        moved = [e for e in words if e.name in panel.cells]
        said |= {e.name: _said(e, measured[e.name], boxes[e.name].moved(dx, dy)) for e in moved}
        hugging[panel] = hugging_item(panel, _hugged(panel, said, measured) or box, area, page, setter)
    drawn = [
        *(_picture_item(e, area, grid, page, setter) for e in page.elements if isinstance(e, PictureElement)),
        *(hugging.get(panel) or panel_item(panel, area, grid, page, setter) for panel in page.panels),
        *said.values(),
    ]
    items = [*ground, *repeated(drawn, setter.scene.canvas)]
    order = {e.name: at for at, e in enumerate(page.elements)}
    spoken = [at for at, item in enumerate(items) if item.role is not Role.DECORATION and item.name in order]
    return tuple(items), tuple(sorted(spoken, key=lambda at: order[items[at].name]))


def _said(element: Element, measured: Measured, box: Box) -> Item:
    """The words of an element as an item."""
    built, role = measured.build(box), role_of(element)
    return Item(
        element.name,
        role,
        box,
        built.paints,
        element,
        built.text,
        alt_of(element),
        mark=built.mark,
        code=built.code,
    )


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
    paints = picture_paints(element, box, setter, open_edge(element, place, page))
    photo = next(paint for paint in paints if isinstance(paint, Photo))
    return Item(
        element.name,
        role_of(element),
        box,
        paints,
        element,
        alt=alt_of(element),
        bleeds=element.bleed,
        zoom=zoom_of(page.move, photo.crop, *focused(element, setter)) if element.cover else None,
    )
