"""The darkening of a picture under words: no stronger than the pixels there ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

from producer.brand.model import Colour, Ink
from producer.contrast import GLINT, contrast_over, luminances
from producer.geometry import Box, Insets
from producer.layout.model import Counter, Item, Photo, Shape
from producer.layout.opening import Opening
from producer.layout.outline import rectangle
from producer.scene.model import Gradient, Solid

Pixels = NDArray[np.uint8]
See = Callable[[Photo, int, int], Pixels]  # a photo at so many px, (height, width, 3), sRGB

VEIL = 0.12  # over a whole picture that words stand on
LEAST, MOST = 0.3, 0.94  # how strong it may be under the words
# A little more than WCAG's 4.5, since motifs, the last digit of a colour and a px of grain come on top.
AIM = 5.0
SIDE = 256  # px of the longer side of the picture that is looked at
LIKE = 32  # px beside the one that decides: of two as light, one may be of another hue
STEPS = 8  # of halving: a 256th
FADE = 0.3  # of the page's height, over which it comes in
APART = 0.25  # of the page's height between two groups of words: each has a scrim of its own
STOPS = 33  # of its gradient
BRIGHT = 0.66  # of the part that no word stands on, that the veil alone lies on
# px that they lie over the picture's edge: where two smoothed edges share one line, the lower one shows as a hair.
OVERLAP = 1.0


@dataclass(frozen=True, slots=True)
class Standing:
    """Words that stand on a picture: their box, and the colours that they are set in, each with its alpha."""

    box: Box
    inks: tuple[tuple[Colour, float], ...]


def standing(items: Sequence[Item], colours: Mapping[str, Colour]) -> tuple[Standing, ...]:
    """Return the words of items, with what their inks mean."""
    return tuple(
        Standing(item.box, tuple((colours[ink.token], ink.alpha) for ink in _inks(item))) for item in items
    )


def _inks(item: Item) -> tuple[Ink, ...]:
    """The inks of an item's words; shapes beside them may be faint."""
    runs = [run for paint in item.paints for run in (paint.final if isinstance(paint, Counter) else (paint,))]
    return tuple(dict.fromkeys(run.ink for run in runs if not isinstance(run, Shape | Photo | Counter)))


def scrim_shapes(
    whole: Box, words: Sequence[Standing], shade: tuple[Ink, Colour], photos: Sequence[Photo], see: See
) -> tuple[Shape, ...]:
    """Return a light veil over all of ``whole``, and a darkening under each group of words.

    ``shade`` is what both are painted in, and what that means; ``photos`` are what the picture shows while its page
    stays: one, or the ends of its movement.
    """
    ink, colour = shade
    veil = Shape(rectangle(whole), fill=Solid(ink.faded(VEIL)), box=whole, rounded=(whole, 0.0))
    if not words:
        return (veil,)
    pictures = [_small(photo, whole, see) for photo in photos]
    shapes = [veil]
    for group in _groups(words, whole):
        strength = max(_strength(one, whole, colour, picture) for one in group for picture in pictures)
        shapes.append(_darkening(group, whole, ink, strength))
    return tuple(shapes)


def fading_shapes(
    opening: Opening, words: Sequence[Standing], shade: tuple[Ink, Colour], photos: Sequence[Photo], see: See
) -> tuple[Shape, ...]:
    """Return the veil over a picture that is seen beside its words, and its fading into the ground under them.

    ``shade`` and ``photos`` as of :func:`scrim_shapes`; the ground of the page is of the same shade. Where the words
    begin it is as strong as their contrast asks for, and at the end of the picture full.
    """
    ink, colour = shade
    place = opening.place
    over = place.inset(Insets.even(-OVERLAP))
    veil = Shape(rectangle(over), fill=Solid(ink.faded(VEIL)), box=over, rounded=(over, 0.0))
    pictures = [_small(photo, place, see) for photo in photos]
    under = [one for one in words if one.box.overlap(place) is not None]
    strength = max((_strength(one, place, colour, px) for one in under for px in pictures), default=LEAST)
    edge = opening.share - 1 / (STOPS - 1)  # it is as strong a step before the words begin
    alphas = [
        strength * _smooth((at - edge * BRIGHT) / (edge * (1 - BRIGHT)))
        + (1 - strength) * _smooth((at - opening.share) / max(1 - opening.share, 1e-6))
        for at in (stop / (STOPS - 1) for stop in range(STOPS))
    ]
    ramp = Gradient(tuple(map(ink.faded, alphas)), opening.angle)
    return veil, Shape(rectangle(over), fill=ramp, box=place, rounded=(over, 0.0))


def _small(photo: Photo, whole: Box, see: See) -> NDArray[np.float64]:
    scale = SIDE / max(whole.width, whole.height)
    pixels = see(photo, max(round(whole.width * scale), 1), max(round(whole.height * scale), 1))
    return pixels.astype(np.float64)


def _groups(words: Sequence[Standing], whole: Box) -> list[list[Standing]]:
    """Words at the head of a picture and words at its foot, where much of it lies between them."""
    ordered = sorted(words, key=lambda one: one.box.y)
    groups, bottom = [[ordered[0]]], ordered[0].box.bottom
    for one in ordered[1:]:
        if len(groups) == 1 and one.box.y - bottom > APART * whole.height:
            groups.append([])
        groups[-1].append(one)
        bottom = max(bottom, one.box.bottom)
    return groups


def _strength(words: Standing, whole: Box, dark: Colour, picture: NDArray[np.float64]) -> float:
    """The least alpha of a scrim, besides the veil, on which all of the words' colours can be read."""
    height, width = picture.shape[:2]
    box, across, down = words.box, width / whole.width, height / whole.height
    left, top = max(floor((box.x - whole.x) * across), 0), max(floor((box.y - whole.y) * down), 0)
    right, bottom = ceil((box.right - whole.x) * across), ceil((box.bottom - whole.y) * down)
    under = picture[top : max(bottom, top + 1), left : max(right, left + 1)].reshape(-1, 3)
    light = luminances(under)
    return max((_strength_for(ink, dark, under, light) for ink in words.inks), default=LEAST)


def _strength_for(
    ink: tuple[Colour, float], dark: Colour, under: NDArray[np.float64], light: NDArray[np.float64]
) -> float:
    """The least alpha on which one ink can be read; ``light`` is the luminance of each px ``under`` it.

    The px that are worst for it are the lightest, or the darkest where it is darker than the scrim: only the last of
    the few that may be worse is asked, and its like.
    """
    colour, own = ink
    ordered = np.argsort(light if colour.luminance > dark.luminance else -light)
    last = max(len(ordered) - 1 - int(len(ordered) * GLINT), 0)
    shade = np.array([dark.red, dark.green, dark.blue], np.float64)
    veiled = shade * VEIL + under[ordered[max(last - LIKE, 0) : last + 1]] * (1 - VEIL)

    def readable(alpha: float) -> bool:
        return contrast_over(colour.rgb, own, shade * alpha + veiled * (1 - alpha)) >= AIM

    low, high = LEAST, MOST
    if readable(low):
        return low
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (low, middle) if readable(middle) else (middle, high)
    return high


def _darkening(group: Sequence[Standing], whole: Box, ink: Ink, strength: float) -> Shape:
    """A full ground under a group and on to the page's nearer end, that fades out on its other side.

    One shape and not two that meet: where they did, a line would be seen.
    """
    top, bottom = min(one.box.y for one in group), max(one.box.bottom for one in group)
    fade = whole.height * FADE
    at_head = (top + bottom) / 2 < whole.centre[1] and bottom + fade < whole.bottom
    edge = whole.bottom - bottom if at_head else top - whole.y  # from the far end to the words
    start = max(edge - fade, 0.0)
    box = (
        Box(whole.x, whole.y, whole.width, whole.height - start)
        if at_head
        else Box(whole.x, whole.y + start, whole.width, whole.height - start)
    )
    step = box.height / (STOPS - 1)
    rise = max(edge - start - step, 1e-6)  # it is full a step before the words begin
    alphas = [strength * _smooth(stop * step / rise) for stop in range(STOPS)]
    ramp = Gradient(tuple(map(ink.faded, alphas)), 0.0 if at_head else 180.0)
    return Shape(rectangle(box), fill=ramp, box=box, rounded=(box, 0.0))


def _smooth(share: float) -> float:
    """0 to 1 without a corner at either end, so that no edge of the fading is seen."""
    at = min(max(share, 0.0), 1.0)
    return at * at * (3 - 2 * at)
