"""Where a picture under a page is seen: on the side that its words leave free, fading away under them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

from producer.geometry import Box, Insets
from producer.layout.photo import Sight

LEAST_OPEN = 0.28  # of the page, beside its words: in less a picture is rather seen through them
REACH = 0.2  # of the page's length that a picture runs on under its words


@dataclass(frozen=True, slots=True)
class Opening:
    """A part of the page that no word stands on, and the picture's own place: that part and some way on."""

    part: Box
    place: Box
    angle: float  # from the part to the words, as of a gradient in CSS: 180 runs downwards

    @property
    def share(self) -> float:
        """How far into the picture's place the words begin, 0 to 1."""
        upright = self.angle in (0.0, 180.0)
        part, place = self.part.size, self.place.size
        return part.height / place.height if upright else part.width / place.width

    @property
    def length(self) -> float:
        """The px of the picture's place along the angle."""
        return self.place.height if self.angle in (0.0, 180.0) else self.place.width

    @property
    def sight(self) -> Sight:
        """What of the picture's crop is seen."""
        return self.sight_in(self.place)

    def sight_in(self, place: Box) -> Sight:
        """What is seen of a crop in ``place``: all but what lies under words; its focus is in the middle of that."""
        part, width, height = self.part, place.width, place.height
        hidden = Insets(
            (part.y - place.y) / height,
            (place.right - part.right) / width,
            (place.bottom - part.bottom) / height,
            (part.x - place.x) / width,
        )
        return Sight(hidden, focus=Box(0, 0, 1, 1).inset(hidden).centre)


def opening_of(whole: Box, words: Sequence[Box]) -> Opening | None:
    """Return the largest part of ``whole`` above, below or beside all words; nothing where it is small.

    Where nothing stands on the picture, or words stand at its head and at its foot, it is under the whole page.
    """
    if not words:
        return None
    said = reduce(Box.union, words)
    sides = {
        180.0: Box(whole.x, whole.y, whole.width, said.y - whole.y),
        0.0: Box(whole.x, said.bottom, whole.width, whole.bottom - said.bottom),
        270.0: Box(said.right, whole.y, whole.right - said.right, whole.height),
        90.0: Box(whole.x, whole.y, said.x - whole.x, whole.height),
    }
    angle, part = max(sides.items(), key=lambda side: side[1].width * side[1].height)
    if part.width * part.height < LEAST_OPEN * whole.width * whole.height:
        return None
    down, across = whole.height * REACH, whole.width * REACH
    grown = {
        180.0: Insets(bottom=-down),
        0.0: Insets(top=-down),
        270.0: Insets(left=-across),
        90.0: Insets(right=-across),
    }[angle]
    return Opening(part, part.inset(grown).overlap(whole) or part, angle)
