"""QR codes as shapes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, floor

import segno

from producer.brand.model import Ink
from producer.diagnostics import Diagnostic, Scope
from producer.geometry import Box
from producer.layout.model import Shape
from producer.layout.text import advised
from producer.scene.model import Origin, Solid

NOISE = 1e-6  # modules: what floats may add up to
QUIET = 4  # modules of paper on every side; ISO/IEC 18004, 9.1
MOST_MODULES = 177  # across the largest code, version 40; ISO/IEC 18004, 5.3.1


@dataclass(frozen=True, slots=True)
class QrShapes:
    """A code's paper and its one path of modules, and the side of a module, which a camera must resolve."""

    shapes: tuple[Shape, ...]
    module_px: float


def modules_across(payload: str) -> int:
    """Return how many modules a code is wide, its quiet zone included; for what no code holds, as the largest is."""
    return (_code(payload)[0] if _can_hold(payload) else MOST_MODULES) + 2 * QUIET


def code_problems(payload: str, side: float, least: float, origin: Origin) -> tuple[Diagnostic, ...]:
    """Return the problem of an address whose code in ``side`` px has modules below ``least``, or that no code holds."""
    most = int(side / least + NOISE)  # modules across, quiet zone and all
    if _can_hold(payload) and modules_across(payload) <= most:
        return ()
    facts = origin.facts | {
        "letters": len(payload),
        "fit": advised(_most_letters(payload, most), len(payload)),
        "over": ceil(modules_across(payload) * least - side),
    }
    return (Diagnostic("layout/code-over", origin.span, facts, scope=Scope.ROW),)


def _most_letters(payload: str, most: int) -> int:
    """How many of an address's letters a code of ``most`` modules holds."""
    low, high = 0, len(payload)
    while low < high:
        middle = (low + high + 1) // 2
        part = payload[:middle]
        fits = _can_hold(part) and modules_across(part) <= most
        low, high = (middle, high) if fits else (low, middle - 1)
    return low


def _can_hold(payload: str) -> bool:
    """Whether there is a code that holds an address."""
    try:
        _code(payload)
    except segno.DataOverflowError:
        return False
    return True


def qr_shapes(payload: str, box: Box, ink: Ink, paper: Ink, *, whole_px: bool = False) -> QrShapes:
    """Return ``payload`` as a QR code of level M or better, with its quiet zone, in the middle of ``box``.

    ``whole_px`` makes a module a whole number of px and sets it on the grid, for pages that leave as pixels:
    grey edges cost cameras more than the few px of size do.
    """
    size, modules_of = _code(payload)
    across = size + 2 * QUIET
    side = min(box.width, box.height) / across
    if whole_px and side >= 1:
        side = float(floor(side))
    x, y = (middle - side * across / 2 for middle in box.centre)
    if whole_px:
        x, y = float(round(x)), float(round(y))
    ground = Box(x, y, side * across, side * across)
    modules = "".join(
        _rectangle(x + (QUIET + left) * side, y + (QUIET + top) * side, width * side, height * side)
        for left, top, width, height in modules_of
    )
    sheet = Shape(
        _rectangle(ground.x, ground.y, ground.width, ground.height), fill=Solid(paper), rounded=(ground, 0.0)
    )
    return QrShapes((sheet, Shape(modules, fill=Solid(ink))), side)


@lru_cache(maxsize=256)
def _code(payload: str) -> tuple[int, tuple[tuple[int, int, int, int], ...]]:
    """Return how many modules a code is wide, and its dark ones; kept, since a page is measured many times."""
    matrix = segno.make(payload, error="m", micro=False).matrix
    rows = tuple(tuple(bool(module) for module in row) for row in matrix)
    return len(rows), tuple(_merged(rows))


def _merged(rows: Sequence[Sequence[bool]]) -> Iterator[tuple[int, int, int, int]]:
    """Dark modules as rectangles (left, top, width, height): runs of a row, grown while the next has them.

    Fewer edges than modules have, so fewer hairlines where a viewer smooths each rectangle by itself.
    """
    open_runs: dict[tuple[int, int], int] = {}
    for top, row in enumerate((*rows, ())):
        runs = set(_runs(row))
        for left, width in sorted(set(open_runs) - runs):
            begun = open_runs.pop((left, width))
            yield left, begun, width, top - begun
        for run in runs:
            open_runs.setdefault(run, top)


def _runs(row: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Where dark modules stand side by side: (left, width)."""
    start = None
    for column, dark in enumerate((*row, False)):
        if dark and start is None:
            start = column
        elif not dark and start is not None:
            yield start, column - start
            start = None


def _rectangle(x: float, y: float, width: float, height: float) -> str:
    right, bottom = x + width, y + height
    return f"M{x:.3f} {y:.3f}L{right:.3f} {y:.3f}L{right:.3f} {bottom:.3f}L{x:.3f} {bottom:.3f}Z"
