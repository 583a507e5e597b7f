"""Where words, marks and codes stand: inside the safe area, and clear of each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import hypot

from producer.diagnostics import Diagnostic
from producer.geometry import Box
from producer.layout.model import Document, Item
from producer.render.model import Underlay
from producer.review.thing import SLACK, is_panel, problem
from producer.scene.model import Canvas

TOUCH = 0.002  # of the page's shorter side: an overlap smaller than this is not seen


def outside_safe(document: Document, underlays: Sequence[Underlay]) -> Iterator[Diagnostic]:
    """Yield each item whose words, mark or code leave the safe area, by how many px."""
    canvas = document.canvas
    slack = SLACK * canvas.size.shorter
    worst: dict[tuple[int, int], float] = {}
    for page, at, box in _fixed(document, underlays):
        over = beyond(box, canvas)
        if over > slack:
            worst[page, at] = max(over, worst.get((page, at), 0.0))
    for (page, at), over in worst.items():
        yield problem(
            "layout/outside-safe", document, document.pages[page].items[at], over=max(round(over), 1)
        )


def _fixed(document: Document, underlays: Sequence[Underlay]) -> Iterator[tuple[int, int, Box]]:
    """Page, item and box of everything that must stay whole: words, marks and codes."""
    for under in underlays:
        yield under.page, under.item, under.box
    for number, page in enumerate(document.pages):
        for at, item in enumerate(page.items):
            if item.code is not None:
                yield number, at, item.code


def beyond(box: Box, canvas: Canvas) -> float:
    """How many px of a box lie outside the safe area, which in a round trim is a circle."""
    safe = Box(0, 0, canvas.size.width, canvas.size.height).inset(canvas.safe)
    if not canvas.circle:
        return max(safe.x - box.x, safe.y - box.y, box.right - safe.right, box.bottom - safe.bottom)
    x, y = safe.centre
    corners = [(a, b) for a in (box.x, box.right) for b in (box.y, box.bottom)]
    return max(hypot(a - x, b - y) for a, b in corners) - min(safe.width, safe.height) / 2


def collisions(document: Document, underlays: Sequence[Underlay]) -> Iterator[Diagnostic]:
    """Yield each pair of items of which one's words, mark or code stand on the other's, once."""
    least = TOUCH * document.canvas.size.shorter
    for number, page in enumerate(document.pages):
        boxes: dict[int, list[Box]] = {}
        for under in underlays:
            if under.page == number:
                boxes.setdefault(under.item, []).append(under.box)
        for at, item in enumerate(page.items):
            if item.code is not None:
                boxes.setdefault(at, []).append(item.code)
        for one, other in combinations(sorted(boxes), 2):
            over = max((_depth(a, b) for a in boxes[one] for b in boxes[other]), default=0.0)
            if over > least:
                yield _collision(document, page.items[one], page.items[other], over)


def crossed_panels(document: Document, underlays: Sequence[Underlay]) -> Iterator[Diagnostic]:
    """Yield each item whose words cross the edge of a panel: they belong on it or beside it."""
    least = TOUCH * document.canvas.size.shorter
    told = set[tuple[int, int, str]]()
    for under in underlays:
        for panel in document.pages[under.page].items:
            if not is_panel(panel) or under.run is None:
                continue
            over, place = _depth(under.box, panel.box), (under.page, under.item, panel.name)
            if over > least and not panel.box.contains(under.box, least) and place not in told:
                told.add(place)
                item = document.pages[under.page].items[under.item]
                yield problem("layout/collision", document, item, other=panel.name, over=max(round(over), 1))


def _depth(one: Box, other: Box) -> float:
    """How deep two boxes lie in each other: the shorter side of what both cover."""
    both = one.overlap(other)
    return both.size.shorter if both is not None else 0.0


def _collision(document: Document, one: Item, other: Item, over: float) -> Diagnostic:
    return problem("layout/collision", document, other, other=one.name, over=max(round(over), 1))
