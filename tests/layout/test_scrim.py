"""The scrim: no stronger than the pixels under the words ask for, and strong enough that they are read."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from producer.brand.model import Colour, Ink, contrast
from producer.geometry import Box
from producer.layout.model import Photo
from producer.layout.scrim import LEAST, MOST, Pixels, Standing, scrim_shapes
from producer.scene.model import Gradient, Picture, Solid

WHOLE = Box(0, 0, 400, 500)
DARK, WHITE = Colour(8, 47, 102), Colour(255, 255, 255)
FOOT, HEAD = Box(20, 380, 360, 80), Box(20, 20, 360, 60)
PHOTO = Photo(Picture("a.jpg", "", 400, 500), WHOLE, WHOLE)


def of(grey: float, *boxes: Box, alpha: float = 1.0) -> list[tuple[Box, tuple[float, ...]]]:
    """The boxes and alphas of what is laid over a picture of one grey under white words."""

    def see(_photo: Photo, width: int, height: int) -> Pixels:
        return np.full((height, width, 3), grey, np.uint8)

    words = [Standing(box, ((WHITE, alpha),)) for box in boxes]
    made = scrim_shapes(WHOLE, words, (Ink("deep"), DARK), [PHOTO], see)
    alphas = []
    for one in made[1:]:
        assert isinstance(one.fill, Gradient)
        assert one.box is not None
        alphas.append((one.box, tuple(ink.alpha for ink in one.fill.inks)))
    return alphas


def seen(grey: float, alpha: float) -> Colour:
    """What a grey becomes under the veil and a scrim."""

    def at(dark: int) -> int:
        return round(dark * alpha + (dark * 0.12 + grey * 0.88) * (1 - alpha))

    return Colour(at(DARK.red), at(DARK.green), at(DARK.blue))


@pytest.mark.parametrize("grey", [0, 60, 120, 180, 255])
def test_words_can_be_read_on_any_grey(grey: int) -> None:
    """Under the words the contrast is at least 4.5 : 1, and on a bright picture little more."""
    ((_, alphas),) = of(grey, FOOT)
    reached = contrast(WHITE, seen(grey, max(alphas)))
    assert reached >= 4.5
    assert max(alphas) == LEAST or reached < 5.6


def test_a_fainter_ink_asks_for_a_darker_ground() -> None:
    """White that lets a third of its ground through is read on less than white itself."""
    (_, full), (_, faint) = of(150, FOOT)[0], of(150, FOOT, alpha=0.66)[0]

    assert max(faint) > max(full)


def test_a_brighter_picture_is_darkened_more() -> None:
    """The strength follows the pixels, between its bounds."""
    strengths = [max(of(grey, FOOT)[0][1]) for grey in (0, 150, 200, 255)]
    assert strengths == sorted(strengths)
    assert strengths[0] == LEAST
    assert strengths[-1] <= MOST


def test_only_what_lies_under_the_words_counts() -> None:
    """A bright sky over a dark street: words on the street need little."""

    def see(_photo: Photo, width: int, height: int) -> Pixels:
        pixels = np.full((height, width, 3), 20, np.uint8)
        pixels[: height // 2] = 255
        return pixels

    made = scrim_shapes(WHOLE, [Standing(FOOT, ((WHITE, 1.0),))], (Ink("deep"), DARK), [PHOTO], see)
    fill = made[1].fill
    assert isinstance(fill, Gradient)
    assert max(ink.alpha for ink in fill.inks) == LEAST


def test_the_darkening_is_full_where_the_words_begin_and_fades_without_an_edge() -> None:
    """Its alphas rise from nothing, never fall, and reach the strength before the first word."""
    ((box, alphas),) = of(200, FOOT)
    step = box.height / (len(alphas) - 1)
    assert alphas[0] == 0
    assert list(alphas) == sorted(alphas)
    before = alphas[int((FOOT.y - box.y) / step)]
    assert before == pytest.approx(max(alphas))
    assert max(b - a for a, b in pairwise(alphas)) < 0.15


def test_words_at_both_ends_leave_the_middle_bright() -> None:
    """Head and foot are darkened apart, and the middle of the picture by the veil alone."""
    shapes = of(200, HEAD, FOOT)
    assert len(shapes) == 2
    (head, above), (foot, below) = shapes
    assert head.y == WHOLE.y
    assert foot.bottom == WHOLE.bottom
    assert foot.y >= head.bottom  # they fade towards each other and do not add up
    assert above[0] == below[0] == 0


def test_without_words_there_is_the_veil_alone() -> None:
    """A picture that nothing stands on is hardly touched."""
    (veil,) = scrim_shapes(WHOLE, [], (Ink("deep"), DARK), [PHOTO], lambda *_: np.zeros((1, 1, 3), np.uint8))
    assert isinstance(veil.fill, Solid)
    assert veil.fill.ink.alpha < 0.2
