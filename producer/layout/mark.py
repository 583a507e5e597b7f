"""The union's mark by itself, on things that are given: large, uncut, with its clear space."""

from __future__ import annotations

from collections.abc import Sequence

from producer.diagnostics import Diagnostic, Span
from producer.geometry import Box
from producer.layout.artwork import inked_share, read_artwork
from producer.layout.block import SHARES, Built, Measured, Setter, no_room
from producer.layout.grid import EMPTY
from producer.scene.model import MarkElement

# How high it asks to be, % of the page's shorter side: in one row, and where its cell spans several, which it then
# fills up to the last.
SIDE = 18.0
LARGE = 34.0
MOST = 50.0


def measure_mark(
    element: MarkElement, width: float, setter: Setter, cells: Sequence[Sequence[str]]
) -> Measured:
    """The mark in its own ratio; over several rows it takes their height, and where some are its own what is left.

    Too narrow a cell is a problem: the mark is never smaller than its least size, nor is its clear space cut.
    """
    drawing = read_artwork(setter.read_bytes(element.art.path), Span(element.art.path))
    view = drawing.view
    ratio = view.width / view.height
    around = 1 + 2 * element.clear
    least = element.least / ratio / inked_share(drawing)

    def height_in(room: float, most: float) -> float:
        return max(min(most * setter.unit, room / (ratio + 2 * element.clear)), least)

    rows = [row for row in cells if element.name in row]
    large = len(rows) > 1
    grows = large and any(all(name in (element.name, EMPTY) for name in row) for row in rows)
    height = height_in(width, LARGE if large else SIDE)
    problems: tuple[Diagnostic, ...] = ()
    over = least * (ratio + 2 * element.clear) - width
    if over > 0.5:
        problems = (no_room(element.origin, over),)

    def build(box: Box) -> Built:
        high = max(min(height_in(width, MOST), box.height / around), least) if large else height
        clear = high * element.clear
        free = box.width - high * ratio - 2 * clear
        place = Box(
            box.x + clear + free * SHARES[element.align],
            box.y + (box.height - high) / 2,
            high * ratio,
            high,
        )
        return Built(tuple(setter.art(element.art, place, element.ink, element.origin.span)), mark=place)

    return Measured(height * around, build, grows=grows, problems=problems)
