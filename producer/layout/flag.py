"""The national flag, drawn by rule: two to three, its star by a fifth of its length."""

from __future__ import annotations

from math import cos, floor, pi, sin

from producer.geometry import Box
from producer.layout.block import Built, Measured, Setter
from producer.layout.model import Shape
from producer.layout.outline import polygon, rectangle
from producer.scene.model import FlagElement, Solid

HEIGHT = 2 / 3  # of its length
STAR = 1 / 5  # of its length: from the star's centre to a point
# Of the outer radius, where two sides of a five-pointed star whose edges are straight meet: sin 18° / sin 54°.
WAIST = sin(pi / 10) / sin(3 * pi / 10)
MOST = 22.0  # % of the page's shorter side: how high it asks to be; a cell that is higher for others fills


def measure_flag(element: FlagElement, width: float, setter: Setter) -> Measured:
    """The flag, whole and in the middle of its cell."""

    def build(box: Box) -> Built:
        return Built(flag_shapes(element, flag_box(box, whole_px=setter.on_screen)))

    return Measured(min(width * HEIGHT, MOST * setter.unit), build)


def flag_box(cell: Box, *, whole_px: bool = False) -> Box:
    """Return the largest flag inside a cell, in its middle; on screens its edges are those of px."""
    part = min(cell.width / 3, cell.height / 2)
    if whole_px and part >= 1:
        part = float(floor(part))
    x, y = cell.centre[0] - 1.5 * part, cell.centre[1] - part
    if whole_px:
        x, y = float(round(x)), float(round(y))
    return Box(x, y, 3 * part, 2 * part)


def flag_shapes(element: FlagElement, box: Box) -> tuple[Shape, ...]:
    """Return field and star of a flag that fills ``box``.

    Source: Constitution of 2013, article 13: a rectangle whose width is two thirds of its length, red, in the middle
    a five-pointed gold star. Guidance 3420/HD-BVHTTDL: a fifth of the length from centre to point, one point up.
    """
    field = Shape(rectangle(box), fill=Solid(element.red), box=box, rounded=(box, 0.0))
    return field, Shape(polygon(*star(box.centre, box.width * STAR)), fill=Solid(element.gold))


def star(centre: tuple[float, float], radius: float) -> tuple[tuple[float, float], ...]:
    """Return the ten corners of a five-pointed star, clockwise from the point that stands up."""
    turns = ((turn * pi / 5, radius if turn % 2 == 0 else radius * WAIST) for turn in range(10))
    return tuple((centre[0] + out * sin(angle), centre[1] - out * cos(angle)) for angle, out in turns)
