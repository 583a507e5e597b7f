"""Cells of a drawing become boxes: columns of equal width, rows as high as their words, pictures share the rest.

Why not a flexbox engine: a drawing has equal columns and rows by measured words, and the one rule that matters, that
words give way before pictures do, is none that such an engine knows. These are sums of some lines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from producer.geometry import Box

EMPTY = "."


@dataclass(frozen=True, slots=True)
class Place:
    """The rows and columns that a cell covers; both ends included."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Need:
    """How much height a cell needs at its width; ``grows`` takes a share of what is left."""

    height: float
    grows: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """Solved boxes by cell, and the height that was missing."""

    boxes: Mapping[str, Box]
    missing: float


@lru_cache(maxsize=256)  # a page is solved at many sizes of its words
def places(cells: tuple[tuple[str, ...], ...]) -> Mapping[str, Place]:
    """Return where each cell of a drawing stands, in reading order."""
    found: dict[str, Place] = {}
    for y, row in enumerate(cells):
        for x, name in enumerate(row):
            if name == EMPTY:
                continue
            at = found.get(name, Place(y, y, x, x))
            found[name] = Place(min(at.top, y), max(at.bottom, y), min(at.left, x), max(at.right, x))
    return MappingProxyType(found)


def column_box(area: Box, columns: int, gap: float, place: Place) -> tuple[float, float]:
    """Return the x and the width of a cell's columns."""
    width = (area.width - gap * (columns - 1)) / columns
    x = area.x + place.left * (width + gap)
    return x, width * (place.right - place.left + 1) + gap * (place.right - place.left)


def solve(
    cells: tuple[tuple[str, ...], ...],
    area: Box,
    gap: float,
    gaps: Sequence[float],
    needs: Mapping[str, Need],
) -> Grid:
    """Return the boxes of all cells inside ``area``.

    ``gap`` parts columns; ``gaps`` are the distances under each row but the last. A row of ``.`` alone takes a
    share of what is left, as rows with a growing cell do; where none grows, what is left stays under the last row.
    """
    found = places(cells)
    columns = max((len(row) for row in cells), default=1)
    heights = [
        max((needs[n].height for n, p in found.items() if p.top == p.bottom == y), default=0.0)
        for y in range(len(cells))
    ]
    growing = [row_grows(cells, found, needs, y) for y in range(len(cells))]
    for name, place in sorted(found.items(), key=lambda pair: pair[1].bottom - pair[1].top):
        stretch(heights, growing, gaps, place, needs[name].height)
    spare = area.height - sum(heights) - sum(gaps)
    shares = [y for y, grows in enumerate(growing) if grows]
    for y in shares:
        heights[y] += max(spare, 0.0) / len(shares)
    tops = [area.y + sum(heights[:y]) + sum(gaps[:y]) for y in range(len(cells))]
    boxes = {}
    for name, place in found.items():
        x, width = column_box(area, columns, gap, place)
        boxes[name] = Box(
            x, tops[place.top], width, tops[place.bottom] + heights[place.bottom] - tops[place.top]
        )
    return Grid(boxes, max(-spare, 0.0))


def row_grows(
    cells: Sequence[Sequence[str]], found: Mapping[str, Place], needs: Mapping[str, Need], y: int
) -> bool:
    """Whether a row takes a share of what is left: it is empty but for cells that span rows, or grows by itself.

    Where a growing cell spans rows of words alone, those keep their height and the last of them grows.
    """
    spanning = {n for n in cells[y] if n in found and found[n].top != found[n].bottom}
    if EMPTY in cells[y] and all(n == EMPTY or n in spanning for n in cells[y]):
        return True
    if all(n in spanning and needs[n].grows for n in cells[y]):
        return True
    growing = [p for n, p in found.items() if needs[n].grows and p.top <= y <= p.bottom]
    if any(p.top == p.bottom for p in growing):
        return True
    return any(p.bottom == y and not spanned_spring(cells, p) for p in growing)


def spanned_spring(cells: Sequence[Sequence[str]], place: Place) -> bool:
    """Whether beside a cell that spans rows there is a row that is empty but for it: that row grows instead."""
    inside = range(place.left, place.right + 1)
    return any(
        all(name == EMPTY for x, name in enumerate(cells[y]) if x not in inside)
        for y in range(place.top, place.bottom + 1)
    )


def stretch(
    heights: list[float], growing: Sequence[bool], gaps: Sequence[float], place: Place, height: float
) -> None:
    """Make the rows of a spanning cell high enough, the growing ones first."""
    rows = range(place.top, place.bottom + 1)
    missing = height - sum(heights[y] for y in rows) - sum(gaps[y] for y in rows[:-1])
    if missing <= 0:
        return
    taking = [y for y in rows if growing[y]] or [rows[-1]]
    for y in taking:
        heights[y] += missing / len(taking)
