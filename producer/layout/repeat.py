"""Bands whose artwork comes again along them: lanyards, ribbons, tape."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import cycle
from math import floor

from producer.layout.model import Counter, GlyphRun, Item, Paint, Photo
from producer.scene.model import Canvas, Role

# A letter and its numbers; an "e" after a digit is of the number.
_STEPS = re.compile(r"([A-Za-z])((?:[^A-Za-z]|(?<=[\d.])[eE](?=[-+]?\d))*)")
_NUMBERS = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
# Which way each number of a letter moves: across, down, or not at all.
_WAYS = {
    "M": "xy",
    "L": "xy",
    "H": "x",
    "V": "y",
    "C": "xy",
    "Q": "xy",
    "S": "xy",
    "T": "xy",
    "A": "-----xy",
    "Z": "",
}


def repeated(items: Sequence[Item], canvas: Canvas) -> Iterator[Item]:
    """Yield the items of a band's first part, and again for each further part; the ground is the whole band's.

    The repetitions are decoration: a reader hears the words once. A last part that is cut off stays away.
    """
    yield from items
    part, size = canvas.part, canvas.size
    count = floor(max(size.width / part.width, size.height / part.height) + 1e-6)
    for number in range(1, count):
        dx, dy = (number * part.width, 0.0) if part.width < size.width else (0.0, number * part.height)
        for item in items:
            yield replace(_moved(item, dx, dy), role=Role.DECORATION, element=None, text=None, alt="")


def _moved(item: Item, dx: float, dy: float) -> Item:
    """The item elsewhere, paint by paint."""
    return replace(
        item,
        box=item.box.moved(dx, dy),
        paints=tuple(_moved_paint(paint, dx, dy) for paint in item.paints),
        mark=item.mark.moved(dx, dy) if item.mark is not None else None,
        code=item.code.moved(dx, dy) if item.code is not None else None,
    )


def _moved_paint(paint: Paint, dx: float, dy: float) -> Paint:
    match paint:
        case GlyphRun():
            return replace(paint, points=tuple((x + dx, y + dy) for x, y in paint.points))
        case Photo():
            clip = moved_path(paint.clip, dx, dy) if paint.clip is not None else None
            return replace(paint, box=paint.box.moved(dx, dy), clip=clip)
        case Counter():
            raise TypeError(paint)  # only clips count
    box = paint.box.moved(dx, dy) if paint.box is not None else None
    rounded = (paint.rounded[0].moved(dx, dy), paint.rounded[1]) if paint.rounded is not None else None
    return replace(paint, path=moved_path(paint.path, dx, dy), box=box, rounded=rounded)


def moved_path(path: str, dx: float, dy: float) -> str:
    """Return path data of absolute letters elsewhere.

    Raises:
        ValueError: a letter is relative, or none of SVG's.
    """
    made = []
    for letter, numbers in _STEPS.findall(path):
        if letter not in _WAYS:
            raise ValueError(letter)
        ways = cycle(_WAYS[letter] or "-")
        moved = ({"x": dx, "y": dy}.get(next(ways), 0.0) + float(n) for n in _NUMBERS.findall(numbers))
        made.append(letter + " ".join(map(_short, moved)))
    return "".join(made)


def _short(number: float) -> str:
    """A thousandth of a px; an arc's flags must stay the digits that they are."""
    return f"{number:.3f}".rstrip("0").rstrip(".")
