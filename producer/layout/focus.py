"""What of a picture matters: the faces in it, and the point that the eye goes to."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from producer.geometry import Box
from producer.kept import NO_NOTES, Kept, Notes
from producer.photo import in_eight_bits, load_pixels, looks_like_svg, open_picture, upright

Grey = NDArray[np.uint8]

# The longer side, in px, of the copies that are searched; none is made larger than the picture. Frontal faces are
# told from other things at any size; the profile's cascade begins to see faces in foliage above its size here.
FRONTAL, CROWD, PROFILE = 640, 1600, 400
LEAST_FACE = 20  # px, that the cascades were taught with
SMALL_FACE = 48  # px of the first copy: beside such a face stand others that it is too coarse for
# From one size of window to the next; 1.15 takes a third less time and misses whole crowds of small faces.
STEP = 1.1
# Of windows that agree. 3 is OpenCV's own; with these none of our photographs without people has a face.
FRONTAL_VOTES, PROFILE_VOTES = 4, 8
SAME = 0.3  # of the smaller box: what overlaps more is one face, found twice


@dataclass(frozen=True, slots=True)
class Subject:
    """What a crop should keep, in fractions of the picture's width and height.

    A face's box runs from the middle of the forehead to the chin, from cheek to cheek.
    """

    focus: tuple[float, float] = (0.5, 0.5)
    faces: tuple[Box, ...] = ()


SUBJECTS = 4_000  # searched pictures, under 1 KB each
_found: Kept[Subject] = Kept(SUBJECTS)


def subject_of(digest: str, read: Callable[[], bytes], notes: Notes = NO_NOTES) -> Subject:
    """Return what matters in the file of this ``digest``: each is searched once, however many pages show it."""

    def made() -> Subject:
        name = f"subject {digest}"
        noted = notes.get(name)
        if noted is not None:
            return read_subject(noted)
        data = read()
        found = find_subject(data)
        if hashlib.sha256(data).hexdigest() == digest:  # the file may have changed since it was named
            notes.put(name, write_subject(found))
        return found

    return _found.get(digest, made)


def write_subject(subject: Subject) -> str:
    """Return a subject as JSON."""
    return json.dumps([subject.focus, *((face.x, face.y, face.width, face.height) for face in subject.faces)])


def read_subject(text: str) -> Subject:
    """Return the subject that :func:`write_subject` wrote."""
    (x, y), *faces = json.loads(text)
    return Subject((x, y), tuple(Box(*face) for face in faces))


def find_subject(data: bytes) -> Subject:
    """Return the faces of a picture and the point that the eye goes to, the same for the same file.

    Faces come first; without one the eye goes to what stands out from its surroundings, pulled towards the
    middle. A vector picture keeps its middle: its author composed it.

    Raises:
        PictureError: as :func:`read_picture`.
    """
    if looks_like_svg(data):
        return Subject()
    with open_picture(data) as image:
        load_pixels(image, (CROWD, CROWD))
        seen = in_eight_bits(upright(image)).convert("RGB")
    faces = find_faces(seen)
    if not faces:
        return Subject(_salient(seen))
    area = sum(face.width * face.height for face in faces)
    x, y = (sum(face.centre[at] * face.width * face.height for face in faces) / area for at in (0, 1))
    return Subject((round(x, 2), round(y, 2)), faces)


def find_faces(image: Image.Image) -> tuple[Box, ...]:
    """Return the faces of a picture, from left to right, in fractions of its width and height.

    First those that look at us. Where they are small, or none is found, it may be a crowd, and a finer copy is
    searched for small ones. Where nobody looks at us, those that look aside are searched.

    Source:
        Viola and Jones, CVPR 2001, by OpenCV and the cascades in its package. They miss faces that are tilted,
        masked or in deep shade: a focus given by hand comes before anything found.
    """
    grey = image.convert("L")
    found = _detect("frontalface_alt2", _copy(grey, FRONTAL), FRONTAL_VOTES)
    scale = min(FRONTAL / max(grey.size), 1.0)
    if max(grey.size) > FRONTAL and all(face.width * grey.width * scale < SMALL_FACE for face in found):
        crowd = _detect("frontalface_alt2", _copy(grey, CROWD), FRONTAL_VOTES, SMALL_FACE)
        found = _merged(found, crowd)
    if not found:
        small = _copy(grey, PROFILE)
        left = _detect("profileface", small, PROFILE_VOTES)
        right = _detect("profileface", np.ascontiguousarray(small[:, ::-1]), PROFILE_VOTES)
        found = _merged(left, tuple(Box(1 - face.right, face.y, face.width, face.height) for face in right))
    return tuple(sorted(found, key=lambda face: (face.x, face.y)))


def _copy(grey: Image.Image, side: int) -> Grey:
    """A grey copy whose longer side is ``side`` px; a picture that is smaller is searched as it is."""
    share = min(side / max(grey.size), 1.0)
    size = (max(round(grey.width * share), 1), max(round(grey.height * share), 1))
    return np.asarray(grey.resize(size, Image.Resampling.BOX, reducing_gap=2.0))


def _detect(name: str, grey: Grey, votes: int, most: int = 0) -> tuple[Box, ...]:
    """The faces that one cascade finds, in fractions; none wider than ``most`` px where that is given."""
    cv2.setNumThreads(1)  # with more, windows are gathered in the order in which threads end
    boxes = _cascade(name).detectMultiScale(grey, STEP, votes, 0, (LEAST_FACE, LEAST_FACE), (most, most))
    height, width = grey.shape
    return tuple(
        Box(*(round(float(side) / of, 3) for side, of in zip(box, (width, height) * 2, strict=True)))
        for box in boxes
    )


@cache
def _cascade(name: str) -> cv2.CascadeClassifier:
    """A detector of OpenCV's own package."""
    return cv2.CascadeClassifier(str(Path(cv2.__file__).parent / "data" / f"haarcascade_{name}.xml"))


def _merged(kept: tuple[Box, ...], more: tuple[Box, ...]) -> tuple[Box, ...]:
    """The faces of two searches, each once."""
    for face in more:
        if not any(_is_same(face, other) for other in kept):
            kept = (*kept, face)
    return kept


def _is_same(one: Box, two: Box) -> bool:
    both = one.overlap(two)
    smaller = min(one.width * one.height, two.width * two.height)
    return both is not None and both.width * both.height > SAME * smaller


def _salient(image: Image.Image) -> tuple[float, float]:
    """The middle of what stands out.

    Source:
        Frequency-tuned salient region detection, Achanta et al., CVPR 2009; spectral residual, Hou and Zhang,
        CVPR 2007. The first finds a thing of another colour, the second a thing of another grain.
    """
    cells = np.asarray(image.resize((64, 64), Image.Resampling.BOX, reducing_gap=2.0), dtype=np.float64)
    weight = _saliency(cells)
    total = weight.sum()
    if total <= 0:
        return 0.5, 0.5
    middles = (np.arange(64) + 0.5) / 64
    # Two decimals: coarser than the noise of the transform on another processor, finer than any crop shows.
    return round(float(weight.sum(0) @ middles / total), 2), round(float(weight.sum(1) @ middles / total), 2)


def _saliency(cells: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much each of 64 × 64 cells stands out; the weakest nine tenths count for nothing."""
    colour = _around(np.linalg.norm(cells - cells.mean((0, 1)), axis=2), 1)
    grain = _around(_residual(cells.mean(2)), 3)
    across = np.linspace(-1, 1, 64)
    towards_middle = np.exp(-(across[:, None] ** 2 + across[None, :] ** 2))
    weight = (colour / (colour.max() or 1) + grain / (grain.max() or 1)) * towards_middle
    # The border rolls over from the far side.
    weight[:4] = weight[-4:] = 0
    weight[:, :4] = weight[:, -4:] = 0
    return np.where(weight >= np.quantile(weight, 0.9), weight**2, 0.0)


def _residual(grey: NDArray[np.float64]) -> NDArray[np.float64]:
    """What the spectrum of a picture has beyond the smooth one that all pictures share."""
    spectrum = np.fft.fft2(grey)
    log = np.log(np.abs(spectrum) + 1.0)
    return np.asarray(np.abs(np.fft.ifft2(np.exp(log - _around(log, 1) + 1j * np.angle(spectrum)))) ** 2)


def _around(cells: NDArray[np.float64], reach: int) -> NDArray[np.float64]:
    """The mean of each cell with its neighbours up to ``reach`` away, rolling over at the border."""
    steps = range(-reach, reach + 1)
    moved = [np.roll(cells, (dy, dx), (0, 1)) for dy in steps for dx in steps]
    return np.asarray(np.mean(moved, axis=0))
