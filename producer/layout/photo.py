"""Crops that keep what matters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from producer.geometry import Box, Insets
from producer.scene.model import Picture

# Of a face's box, how far the head reaches beyond it: hair, ears, chin.
HEAD = Insets(top=0.45, right=0.15, bottom=0.15, left=0.15)
EYES = 0.4  # of a face's box, from its top
UPPER_THIRD = 1 / 3  # of a crop's height: where photographers put the eyes
NOISE = 1e-6  # of a px, or of a face
CLOSER = (1.0, 0.9, 0.8, 0.7)  # of the largest crop: how close one may go to get a face out of a corner
FREE = Insets()


@dataclass(frozen=True, slots=True)
class Sight:
    """How a crop is seen: ``hidden`` are the shares of its sides that a frame's outline, or words, may hide.

    ``eyes`` is where the eyes of a face should stand, of its height, and ``focus`` where the focus of a picture
    without faces should, of its width and height.
    """

    hidden: Insets = FREE
    eyes: float = UPPER_THIRD
    focus: tuple[float, float] = (0.5, 0.5)

    def seen(self, crop: Box) -> Box:
        """The part of a crop that nothing hides."""
        width, height, hidden = crop.width, crop.height, self.hidden
        return crop.inset(
            Insets(hidden.top * height, hidden.right * width, hidden.bottom * height, hidden.left * width)
        )


OPEN = Sight()


def cover_crop(picture: Picture, box: Box, faces: Sequence[Box] = (), sight: Sight = OPEN) -> Box:
    """Return the largest part of ``picture`` in the ratio of ``box``, placed by its ``faces``, else its focus.

    Where a face would be hidden that need not be, it is somewhat less than the largest.
    """
    scale = min(picture.width / box.width, picture.height / box.height)
    whole = Box(0, 0, picture.width, picture.height)
    crops = [
        place_crop(picture, whole, box.width * scale * share, box.height * scale * share, faces, sight)
        for share in (CLOSER if faces and sight.hidden != FREE else CLOSER[:1])
    ]
    return min(crops, key=lambda crop: sum(cut > NOISE for cut in face_cuts(faces, sight.seen(crop))))


def place_crop(  # noqa: PLR0913 -- one by one they read better than as a type of their own
    picture: Picture, within: Box, width: float, height: float, faces: Sequence[Box], sight: Sight = OPEN
) -> Box:
    """Return a crop of this size inside ``within``.

    As many heads as it can hold stay whole. They stand in its middle from left to right, their eyes on the upper
    third; without a face the focus stands where ``sight`` wants it, as far as can be.
    """
    seen = sight.seen(Box(0, 0, width, height))
    there = [face for face in faces if face.overlap(within) is not None]
    heads = [head for face in there if (head := head_of(face).overlap(within)) is not None]
    if not heads:
        x = picture.focus[0] * picture.width - sight.focus[0] * width
        y = picture.focus[1] * picture.height - sight.focus[1] * height
    else:
        x = _middle([(head.x, head.right) for head in heads], seen.width) - seen.centre[0]
        area = sum(face.width * face.height for face in there)
        eyes = sum((face.y + EYES * face.height) * face.width * face.height for face in there) / area
        y = eyes - sight.eyes * height
    across = [[(box.x - seen.x, box.right - seen.x) for box in boxes] for boxes in (there, heads)]
    down = [[(box.y - seen.y, box.bottom - seen.y) for box in boxes] for boxes in (there, heads)]
    return Box(
        _start(x, seen.width, (within.x, within.right - width), across),
        _start(y, seen.height, (within.y, within.bottom - height), down),
        width,
        height,
    )


def head_of(face: Box) -> Box:
    """The whole head of a face, hair and chin."""
    width, height = face.width, face.height
    return face.inset(
        Insets(-HEAD.top * height, -HEAD.right * width, -HEAD.bottom * height, -HEAD.left * width)
    )


def _middle(spans: Sequence[tuple[float, float]], length: float) -> float:
    """The middle of all heads where they fit, else of most: large ones count for more."""
    first, last = min(a for a, _ in spans), max(b for _, b in spans)
    if last - first <= length:
        return (first + last) / 2
    return sum((a + b) / 2 * (b - a) ** 2 for a, b in spans) / sum((b - a) ** 2 for a, b in spans)


def _start(
    wanted: float, length: float, ends: tuple[float, float], kept: Sequence[Sequence[tuple[float, float]]]
) -> float:
    """Where a window begins on one axis: near ``wanted``, not beyond ``ends``, with little cut of what is ``kept``.

    That is where things begin and end, the faces before their heads: hair may go where the chin cannot stay
    otherwise. A large thing that is cut weighs more than a small one.
    """

    def loss(start: float) -> tuple[float, ...]:
        cuts = [[(max(start - a, b - start - length, 0.0), b - a) for a, b in things] for things in kept]
        whole = [sum(size for cut, size in things if cut > NOISE) for things in cuts]
        return (*whole, *(sum(cut for cut, _ in things) for things in cuts), abs(start - wanted))

    starts = (wanted, *(end for things in kept for a, b in things for end in (a, b - length)))
    return min((min(max(start, ends[0]), ends[1]) for start in starts), key=loss)


def face_cuts(faces: Sequence[Box], seen: Box) -> list[float]:
    """How much of each face lies outside ``seen``, 0 to 1."""
    shown = [face.overlap(seen) for face in faces]
    return [
        1 - (part.width * part.height / (face.width * face.height) if part is not None else 0.0)
        for face, part in zip(faces, shown, strict=True)
    ]


def contain_box(picture: Picture, box: Box) -> Box:
    """Return the largest box with the ratio of ``picture`` inside ``box``, in its middle."""
    scale = min(box.width / picture.width, box.height / picture.height)
    width, height = picture.width * scale, picture.height * scale
    x, y = box.centre
    return Box(x - width / 2, y - height / 2, width, height)
