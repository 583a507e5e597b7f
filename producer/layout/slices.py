"""A tall page that is also posted in slices: its rows are parted so that every cut falls between two blocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from producer.geometry import Box, Insets
from producer.layout.area import WorkArea
from producer.layout.grid import EMPTY, Grid, Need, solve
from producer.scene.model import Canvas

AIR = 0.75  # of the page's margin, on either side of a cut: in a slice it is the margin
NOISE = 0.5  # px, that nobody sees


@dataclass(frozen=True, slots=True)
class _Part:
    """The rows of one slice, and the part of the page that they have."""

    first: int
    behind: int
    box: Box


def solve_slices(
    cells: tuple[tuple[str, ...], ...], area: WorkArea, needs: Mapping[str, Need], canvas: Canvas
) -> Grid | None:
    """Return the boxes of a page whose rows are parted at its cuts; nothing where no parting can be.

    Of those that hold it is the one that fills its slices most evenly, else the one that misses least; what is left
    in a slice goes between its blocks.
    """
    found = [_solve(parts, cells, area, needs, canvas.gap) for parts in _partings(cells, area, canvas)]
    best = min(found, key=lambda one: (one[1].missing > NOISE, one[1].missing, one[0]), default=None)
    return best[1] if best is not None else None


def _partings(
    cells: tuple[tuple[str, ...], ...], area: WorkArea, canvas: Canvas
) -> Iterator[tuple[_Part, ...]]:
    """Every way to give each slice some rows: none parts a cell that spans rows, or the words of one panel."""
    cuts, rows = canvas.cuts, len(cells)
    free = [y for y in range(1, rows) if not set(cells[y - 1]) & set(cells[y]) - {EMPTY}]
    apart = [y for y in free if _parts_blocks(y, area, canvas.gap)]
    air = canvas.margin * AIR
    for chosen in combinations(apart, len(cuts)) if cuts else ():
        tops = (area.box.y, *(cut + air + area.above[y] for cut, y in zip(cuts, chosen, strict=True)))
        feet = (
            *(cut - air - area.below[y - 1] for cut, y in zip(cuts, chosen, strict=True)),
            area.box.bottom,
        )
        spans = pairwise((0, *chosen, rows))
        yield tuple(
            _Part(first, behind, Box(area.box.x, top, area.box.width, foot - top))
            for (first, behind), top, foot in zip(spans, tops, feet, strict=True)
        )


def _parts_blocks(y: int, area: WorkArea, gap: float) -> bool:
    """Whether a row and the one over it are not inside one panel: its rows stand nearer to each other."""
    return area.gaps[y - 1] - area.below[y - 1] - area.above[y] >= gap - NOISE


def _solve(
    parts: Sequence[_Part],
    cells: tuple[tuple[str, ...], ...],
    area: WorkArea,
    needs: Mapping[str, Need],
    gap: float,
) -> tuple[float, Grid]:
    """The boxes of all parts, and how unlike the shares of them are that their rows leave."""
    boxes: dict[str, Box] = {}
    missing, left = 0.0, []
    for part in parts:
        grid, spare = _solve_part(part, cells, area, needs, gap)
        boxes |= grid.boxes
        missing = max(missing, grid.missing)
        left.append(spare / part.box.height)
    return max(left) - min(left), Grid(boxes, missing)


def _solve_part(
    part: _Part,
    cells: tuple[tuple[str, ...], ...],
    area: WorkArea,
    needs: Mapping[str, Need],
    gap: float,
) -> tuple[Grid, float]:
    """One part, and the px that its words leave; where nothing in it grows they go between its blocks."""
    rows, gaps = cells[part.first : part.behind], area.gaps[part.first : part.behind - 1]
    grid = solve(rows, part.box, gap, gaps, needs)
    own = {name: needs[name] for row in rows for name in row if name != EMPTY}
    bare = solve(rows, part.box.inset(Insets(bottom=part.box.height)), gap, gaps, own)
    spare = part.box.height - bare.missing
    foot = max((box.bottom for box in grid.boxes.values()), default=part.box.bottom)
    rest = part.box.bottom - foot
    wide = [_parts_blocks(y, area, gap) for y in range(part.first + 1, part.behind)]
    if grid.missing or rest <= NOISE or not any(wide):
        return grid, spare
    wider = tuple(one + rest / sum(wide) * takes for one, takes in zip(gaps, wide, strict=True))
    return solve(rows, part.box, gap, wider, needs), spare
