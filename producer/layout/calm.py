"""Where a small panel stands on a picture: in the corner of its free cells under which least is to be seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from producer.geometry import Box, Insets
from producer.layout.area import WorkArea
from producer.layout.block import Setter
from producer.layout.grid import EMPTY, Grid, Place, column_box
from producer.layout.model import Item, Photo, Shape
from producer.layout.scrim import See
from producer.scene.model import Gradient, Panel, ScenePage

SIDE = 160  # px of the longer side of the picture that is looked at
STEEP = 48  # of 255 from px to px: an edge that the eye does not pass over
AROUND = 0.25  # of a panel's height: what is nearer to it than that, it touches
WORTH = 0.75  # of what its own corner covers, at most, for another to be worth moving to


def calm_panels(  # noqa: PLR0913 -- a solved page and what is drawn of it so far
    page: ScenePage,
    area: WorkArea,
    grid: Grid,
    hugging: Mapping[Panel, Item],
    ground: Sequence[Item],
    setter: Setter,
) -> dict[Panel, Box]:
    """Return the panels of one cell that stand calmer elsewhere on the picture under their page, and where."""
    paints = [paint for item in ground for paint in item.paints]
    photo = next((paint for paint in paints if isinstance(paint, Photo)), None)
    fills = [paint.fill for paint in paints if isinstance(paint, Shape) and photo and paint.box == photo.box]
    fading = next((fill for fill in fills if isinstance(fill, Gradient)), None)
    found: dict[Panel, Box] = {}
    for panel, item in hugging.items() if photo is not None else ():
        if photo is not None and len(panel.cells) == 1:
            place, gap = area.places[panel.cells[0]], setter.scene.canvas.gap
            free = free_cells(place, page.cells, area, grid, gap)
            found[panel] = calm_corner(item.box, free, photo, fading, setter.see)
    return found


def calm_corner(panel: Box, free: Box, photo: Photo, fading: Gradient | None, see: See) -> Box:
    """Return ``panel`` in the calmest corner of ``free``: its own, unless far less of the picture is covered elsewhere.

    ``fading`` is what the picture fades away under, where it does: what is hardly seen can be covered.
    """
    things = _things(photo, panel.height, see)
    if fading is not None:
        things = things * _shown(fading, things.shape)
    own = _covered(panel, photo.box, things)
    best = min(_corners(panel, free), key=lambda box: _covered(box, photo.box, things), default=panel)
    return best if _covered(best, photo.box, things) < WORTH * own else panel


def free_cells(
    place: Place, cells: tuple[tuple[str, ...], ...], area: WorkArea, grid: Grid, gap: float
) -> Box:
    """Return the part of the page that one cell and the empty ones around it take: first its row, then all rows."""
    row = cells[place.top]
    left, right = place.left, place.right
    while left > 0 and row[left - 1] == EMPTY:
        left -= 1
    while right < len(row) - 1 and row[right + 1] == EMPTY:
        right += 1
    left = min(left + 1, place.left) if left else 0  # beside words a column stays empty
    right = max(right - 1, place.right) if right < len(row) - 1 else right
    x, width = column_box(area.box, area.columns, gap, Place(place.top, place.bottom, left, right))
    return _between(Box(x, area.box.y, width, area.box.height), place, (left, right), cells, grid.boxes, gap)


def _between(  # noqa: PLR0913 -- one step of the function above, and no more than it
    strip: Box,
    place: Place,
    columns: tuple[int, int],
    cells: tuple[tuple[str, ...], ...],
    boxes: Mapping[str, Box],
    gap: float,
) -> Box:
    """The part of a strip of columns between the words over a cell and those under it."""

    def words(rows: range) -> Iterator[Box]:
        for y in rows:
            yield from (boxes[name] for name in cells[y][columns[0] : columns[1] + 1] if name != EMPTY)

    top = max((box.bottom + gap for box in words(range(place.top))), default=strip.y)
    bottom = min((box.y - gap for box in words(range(place.bottom + 1, len(cells)))), default=strip.bottom)
    return Box(strip.x, top, strip.width, bottom - top)


def _corners(panel: Box, free: Box) -> Iterator[Box]:
    """The panel in each corner that it fits in."""
    if free.width < panel.width or free.height < panel.height:
        return
    for y in (free.y, free.bottom - panel.height):
        for x in (free.x, free.right - panel.width):
            yield Box(x, y, panel.width, panel.height)


def _things(photo: Photo, reach: float, see: See) -> NDArray[np.float64]:
    """Where a picture has things, 0 to 1 by px: edges, and what lies between edges that are close together.

    Sky and wall have no edges; a sign has them around a plain field that is as much a part of it.
    """
    scale = SIDE / max(photo.box.width, photo.box.height)
    size = (max(round(photo.box.width * scale), 2), max(round(photo.box.height * scale), 2))
    down, across = np.gradient(see(photo, *size).astype(np.float64), axis=(0, 1))
    edges = np.clip(np.hypot(down, across).max(axis=2) / STEEP, 0, 1)
    side = max(round(reach * scale), 1)
    kernel = np.ones((side, side), np.uint8)
    return np.asarray(cv2.morphologyEx(edges, cv2.MORPH_CLOSE, kernel), np.float64)


def _shown(fading: Gradient, shape: tuple[int, ...]) -> NDArray[np.float64]:
    """How much of each row or column of a picture is seen through what it fades away under."""
    alphas = np.array([ink.alpha for ink in fading.inks])
    upright = fading.angle in (0.0, 180.0)
    length = shape[0 if upright else 1]
    along = 1 - np.interp(np.linspace(0, 1, length), np.linspace(0, 1, len(alphas)), alphas)
    ordered = along[::-1] if fading.angle in (0.0, 270.0) else along  # against the axis
    return np.asarray(ordered[:, None] if upright else ordered[None, :])


def _covered(panel: Box, place: Box, things: NDArray[np.float64]) -> float:
    """How much of the things is under a panel and close around it; beside the picture there are none."""
    touched = panel.inset(Insets.even(-AROUND * panel.height)).overlap(place)
    if touched is None:
        return 0.0
    height, width = things.shape
    across, down = width / place.width, height / place.height
    left, right = int((touched.x - place.x) * across), int((touched.right - place.x) * across) + 1
    top, bottom = int((touched.y - place.y) * down), int((touched.bottom - place.y) * down) + 1
    return float(things[top:bottom, left:right].sum())
