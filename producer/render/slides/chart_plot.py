"""What a native chart shows and where: its series, the area of its marks, the places of missing values."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from math import ceil

from producer.brand.model import Ink
from producer.geometry import Box
from producer.render.slides.kit import Kit
from producer.scene.model import ChartElement, ChartKind

# Targets are paler than any value: what was reached is read first.
TARGET_ALPHA = 0.3
GAP_PERCENT, OVERLAP_PERCENT = 55, -6  # of a mark's width: between categories, and within one


@dataclass(frozen=True, slots=True)
class Series:
    """One row of values: its column in the workbook, its ink, and the ink of points that differ."""

    column: str
    name: str
    values: tuple[Decimal | None, ...]
    ink: Ink
    points: tuple[tuple[int, Ink], ...] = ()


@dataclass(frozen=True, slots=True)
class Plot:
    """Where things stand inside the frame, in px from its corner: the marks' area, and the size of the words."""

    frame: Box
    area: Box
    size: float


def series_of(element: ChartElement) -> tuple[Series, ...]:
    """Return the actual values and, where there are any, the targets."""
    actual = Series("B", element.series_name, element.values, element.series, _highlights(element))
    if not any(target is not None for target in element.targets):
        return (actual,)
    paler = element.muted if element.kind is ChartKind.LINE else element.muted.faded(TARGET_ALPHA)
    return actual, Series("C", element.target_name, element.targets, paler)


def _highlights(element: ChartElement) -> tuple[tuple[int, Ink], ...]:
    """The points that are set off, as in the painted charts."""
    return tuple((number, element.highlight) for number, marked in enumerate(element.marked) if marked)


def plot_of(element: ChartElement, frame: Box, size: float, kit: Kit) -> Plot:
    """Set the area of the marks, so that words can be laid at a category that has no mark."""
    metrics = kit.faces.of(element.style.face)
    widths = [metrics.width(category, size) for category in element.categories]
    named = (
        1.3 * size if any(target is not None for target in element.targets) else 0.0
    )  # a label of two lines
    top = 0.3 * size
    if element.kind is ChartKind.BAR:
        left = min(max(widths, default=0.0) * 1.05 + 0.6 * size, 0.4 * frame.width)
        return Plot(
            frame, Box(left, top, frame.width - left - 3.5 * size, frame.height - top - 0.3 * size), size
        )
    top += 1.5 * size + named  # labels over the highest mark
    slot = frame.width / max(len(widths), 1)
    lines = max((ceil(width / (0.9 * slot)) for width in widths), default=1)
    return Plot(frame, Box(0.0, top, frame.width, frame.height - top - (1.35 * lines + 0.7) * size), size)


def empty_boxes(element: ChartElement, plot: Plot) -> tuple[Box, ...]:
    """Return where the words for missing values stand, one box for each stretch of them, in px of the page.

    With targets it is where the mark would be, beside its target's; else as wide as the categories.
    """
    area = plot.area.moved(plot.frame.x, plot.frame.y)
    count = max(len(element.values), 1)
    start, width = 0.06, 0.88
    if element.kind is not ChartKind.LINE and any(target is not None for target in element.targets):
        mark = 1 / (2 + (GAP_PERCENT - OVERLAP_PERCENT) / 100)
        start, width = mark * GAP_PERCENT / 200, mark
    if element.kind is ChartKind.BAR:
        slot, length = (
            area.height / count,
            min(0.5 * area.width, 0.8 * plot.size * (len(element.empty) * 0.6 + 2)),
        )
        return tuple(
            Box(area.x, area.y + (first + start) * slot, length, (last - first + width) * slot)
            for first, last in _stretches(element.values)
        )
    slot, height = area.width / count, min(0.45 * area.height, 6 * plot.size)
    return tuple(
        Box(area.x + (first + start) * slot, area.bottom - height, (last - first + width) * slot, height)
        for first, last in _stretches(element.values)
    )


def _stretches(values: tuple[Decimal | None, ...]) -> list[tuple[int, int]]:
    """First and last index of each run of missing values."""
    missing = [number for number, value in enumerate(values) if value is None]
    runs = groupby(enumerate(missing), lambda pair: pair[1] - pair[0])
    found = [[number for _, number in run] for _, run in runs]
    return [(run[0], run[-1]) for run in found]
