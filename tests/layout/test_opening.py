"""A picture under a page: seen beside its words, with small panels where they cover least."""

from __future__ import annotations

import numpy as np
import pytest

from producer.brand.model import Colour, Ink
from producer.geometry import Box
from producer.layout.area import WorkArea
from producer.layout.calm import calm_corner, free_cells
from producer.layout.grid import Grid, places
from producer.layout.model import Photo
from producer.layout.opening import opening_of
from producer.layout.scrim import LEAST, Pixels, Standing, fading_shapes
from producer.scene.model import Gradient, Picture

PAGE = Box(0, 0, 400, 500)
WHITE = Colour(255, 255, 255)


@pytest.mark.parametrize(
    ("words", "part", "angle"),
    [
        (Box(20, 300, 360, 180), Box(0, 0, 400, 300), 180),
        (Box(20, 20, 360, 180), Box(0, 200, 400, 300), 0),
        (Box(20, 20, 180, 460), Box(200, 0, 200, 500), 270),
        (Box(200, 20, 180, 460), Box(0, 0, 200, 500), 90),
    ],
)
def test_a_picture_takes_the_side_that_its_words_leave(words: Box, part: Box, angle: float) -> None:
    """It is placed in the largest part without words, and runs on a fifth of the page under them."""
    opening = opening_of(PAGE, [words])

    assert opening is not None
    assert (opening.part, opening.angle) == (part, angle)
    assert opening.sight.seen(opening.place) == part
    assert opening.length - opening.share * opening.length == pytest.approx(
        0.2 * (500 if angle in (0, 180) else 400)
    )


def test_words_at_head_and_foot_leave_no_side() -> None:
    """Then, and without words, the picture stays under the whole page."""
    assert opening_of(PAGE, []) is None
    assert opening_of(PAGE, [Box(20, 20, 360, 60), Box(20, 400, 360, 60)]) is None


@pytest.mark.parametrize("grey", [0, 140, 255])
def test_a_picture_fades_into_the_ground_under_its_words(grey: int) -> None:
    """Nothing lies on its far half but the veil; it is gone where it ends, and never comes back on the way."""
    opening = opening_of(PAGE, [Box(20, 300, 360, 180)])
    assert opening is not None

    def see(_photo: Photo, width: int, height: int) -> Pixels:
        return np.full((height, width, 3), grey, np.uint8)

    words = [Standing(Box(20, 300, 360, 180), ((WHITE, 1.0),))]
    photo = Photo(Picture("a.jpg", "", 400, 400), opening.place, opening.place)
    _, fading = fading_shapes(opening, words, (Ink("deep"), Colour(8, 47, 102)), [photo], see)
    assert isinstance(fading.fill, Gradient)
    alphas = [ink.alpha for ink in fading.fill.inks]

    assert alphas == sorted(alphas)
    assert (alphas[0], alphas[len(alphas) // 3], alphas[-1]) == (0, 0, pytest.approx(1))
    assert alphas[int(opening.share * (len(alphas) - 1))] >= LEAST


def test_what_a_picture_fades_under_lies_over_its_edge() -> None:
    """Two smoothed edges on one line would leave a hair of the picture; the fading still runs over the picture."""
    opening = opening_of(PAGE, [Box(20, 300.4, 360, 180)])
    assert opening is not None
    photo = Photo(Picture("a.jpg", "", 400, 400), opening.place, opening.place)
    shapes = fading_shapes(
        opening, [], (Ink("deep"), Colour(8, 47, 102)), [photo], lambda *_: np.zeros((1, 1, 3), np.uint8)
    )

    assert [shape.rounded is not None and shape.rounded[0].contains(opening.place) for shape in shapes] == [
        True
    ] * 2
    assert all(shape.rounded is not None and shape.rounded[0] != opening.place for shape in shapes)
    assert shapes[1].box == opening.place


def _things_at(*things: Box) -> tuple[Photo, object]:
    """A picture of the page that is a plain wall but for white signs."""

    def see(_photo: Photo, width: int, height: int) -> Pixels:
        pixels = np.full((height, width, 3), 90, np.uint8)
        for box in things:
            across, down = width / PAGE.width, height / PAGE.height
            rows = slice(round(box.y * down), round(box.bottom * down))
            pixels[rows, round(box.x * across) : round(box.right * across)] = 255
        return pixels

    return Photo(Picture("a.jpg", "", 400, 500), PAGE, PAGE), see


def test_a_panel_leaves_a_sign_free() -> None:
    """On a sign, though its middle is plain, it moves to the calmest corner; on a plain wall it stays."""
    panel, free = Box(20, 20, 100, 60), Box(20, 20, 360, 250)
    for signs, corner in (
        ([], (20, 20)),
        ([Box(30, 30, 70, 70)], (280, 20)),
        ([Box(30, 30, 70, 70), Box(290, 30, 70, 70)], (20, 210)),
    ):
        photo, see = _things_at(*signs)
        moved = calm_corner(panel, free, photo, None, see)
        assert (moved.x, moved.y) == corner


def test_a_panel_may_cover_what_is_hardly_seen() -> None:
    """What the picture fades away under counts less."""
    signs = [Box(30, 30, 70, 70), Box(290, 30, 70, 70), Box(30, 200, 70, 70), Box(290, 200, 70, 70)]
    photo, see = _things_at(*signs)
    fading = Gradient((Ink("deep", 0.0), Ink("deep", 1.0)), 180.0)

    assert calm_corner(Box(20, 20, 100, 60), Box(20, 20, 360, 250), photo, fading, see).y == 210


def test_free_cells_end_at_words() -> None:
    """A cell may move over the empty ones of its row and of the rows under it, a column off from words beside it."""
    cells = (("a", "a", ".", ".", "d"), ("b", "b", ".", ".", "."), ("c", "c", "c", "c", "c"))
    found = places(cells)
    area = WorkArea(Box(0, 0, 500, 300), found, 5, (0.0, 0.0), {}, (0.0,) * 3, (0.0,) * 3)
    boxes = {name: Box(0, 100 * place.top, 100, 100) for name, place in found.items()}

    assert free_cells(found["d"], cells, area, Grid(boxes, 0.0), 0.0) == Box(300, 0, 200, 200)
