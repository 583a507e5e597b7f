"""The layers of a page in time: what stands, what enters, what counts, what zooms."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import cv2
import numpy as np

from producer.geometry import Box
from producer.layout.model import Counter, GlyphRun, Item, Paint, Photo, Zoom
from producer.render._skia import skia
from producer.render.clip.motion import counted, counter_pose, pose, zoomed
from producer.render.clip.yuv import Pixels
from producer.render.outline import outline
from producer.render.paint import Painter
from producer.render.picture import picture_pixels

State = tuple[object, ...]
EDGE = 2  # px around a picture that is resampled
SHARPNESS = 1.0  # px of the pre-scaled picture to one px of the clip at the nearest zoom; below 1 it blurs


@dataclass(frozen=True, slots=True)
class Cutout:
    """Painted px with alpha, cut to what is painted, and where they stand."""

    image: Any  # skia.Image
    left: int
    top: int
    bottom: int


def cut_out(size: tuple[int, int], paint: Callable[[Any], None]) -> Cutout | None:
    """Return what ``paint`` leaves on an empty canvas of the page; nothing where it leaves nothing."""
    pixels = np.zeros((size[1], size[0], 4), np.uint8)
    paint(_surface(pixels, opaque=False).getCanvas())
    rows = np.flatnonzero(pixels[..., 3].any(axis=1))
    if not rows.size:
        return None
    columns = np.flatnonzero(pixels[..., 3].any(axis=0))
    left, right, top, bottom = columns[0], columns[-1] + 1, rows[0], rows[-1] + 1
    part = np.ascontiguousarray(pixels[top:bottom, left:right])
    kind = skia.kOpaque_AlphaType if (part[..., 3] == 255).all() else skia.kPremul_AlphaType
    image = skia.Image.fromarray(part, colorType=skia.kBGRA_8888_ColorType, alphaType=kind)
    return Cutout(image, int(left), int(top), int(bottom))


def _surface(pixels: Pixels, *, opaque: bool) -> Any:  # noqa: ANN401 — skia has no types
    kind = skia.kOpaque_AlphaType if opaque else skia.kPremul_AlphaType
    info = skia.ImageInfo.Make(pixels.shape[1], pixels.shape[0], skia.kBGRA_8888_ColorType, kind)
    return skia.Surface.MakeRasterDirect(info, pixels)


def opaque_surface(pixels: Pixels) -> Any:  # noqa: ANN401
    """A surface over a (height, width, 4) BGRA frame, which must outlive it."""
    return _surface(pixels, opaque=True)


class Layer(ABC):
    """Some of a page's paints that move as one."""

    @abstractmethod
    def state(self, frame: int) -> State:
        """What the layer looks like at a frame; equal states look alike."""

    @abstractmethod
    def rows(self, state: State) -> tuple[int, int]:
        """The rows that a state touches, the second excluded; they may lie outside the page."""

    @abstractmethod
    def draw(self, canvas: Any, state: State) -> None:  # noqa: ANN401
        """Draw a state."""


class Standing(Layer):
    """Items that never move: painted once."""

    def __init__(self, size: tuple[int, int], painter: Painter, paints: Sequence[Paint]) -> None:
        """Paint them."""
        self._cutout = cut_out(size, lambda canvas: _paint(painter, canvas, paints))

    def state(self, frame: int) -> State:  # noqa: ARG002 — it is the same at every frame
        """See :class:`Layer`."""
        return ()

    def rows(self, state: State) -> tuple[int, int]:  # noqa: ARG002
        """See :class:`Layer`."""
        return (self._cutout.top, self._cutout.bottom) if self._cutout else (0, 0)

    def draw(self, canvas: Any, state: State) -> None:  # noqa: ANN401, ARG002
        """See :class:`Layer`."""
        if self._cutout:
            canvas.drawImage(self._cutout.image, self._cutout.left, self._cutout.top)


class Entering(Layer):
    """An item that rises or fades in: painted once, drawn with an alpha at an offset."""

    def __init__(self, size: tuple[int, int], painter: Painter, item: Item) -> None:
        """Paint it where it will stand."""
        self._motion = item.motion
        self._cutout = cut_out(size, lambda canvas: _paint(painter, canvas, item.paints))

    def state(self, frame: int) -> State:
        """See :class:`Layer`: alpha and the px below its place."""
        return pose(self._motion, frame)

    def rows(self, state: State) -> tuple[int, int]:
        """See :class:`Layer`."""
        alpha, below = _floats(state)
        if self._cutout is None or alpha <= 0:
            return 0, 0
        return int(self._cutout.top + below) - 1, int(self._cutout.bottom + below) + 2

    def draw(self, canvas: Any, state: State) -> None:  # noqa: ANN401
        """See :class:`Layer`."""
        alpha, below = _floats(state)
        if self._cutout is None or alpha <= 0:
            return
        sampling = skia.SamplingOptions(skia.FilterMode.kLinear if below % 1 else skia.FilterMode.kNearest)
        top = self._cutout.top + below
        canvas.drawImage(self._cutout.image, self._cutout.left, top, sampling, skia.Paint(Alphaf=alpha))


class Counting(Layer):
    """An item with a figure that counts; its other paints enter with it."""

    def __init__(self, size: tuple[int, int], painter: Painter, item: Item) -> None:
        """Take the item; every figure it shows is painted anew."""
        self._height, self._painter, self._item = size[1], painter, item
        whole = cut_out(size, lambda canvas: _paint(painter, canvas, item.paints))
        # A digit taller than those of the last figure may stand out of it by a little.
        self._rows = (
            (whole.top - whole.bottom // 50 - 2, whole.bottom + whole.bottom // 50 + 2) if whole else (0, 0)
        )

    def state(self, frame: int) -> State:
        """See :class:`Layer`: alpha, px below its place, and the figure of each counter."""
        motion = self._item.motion
        counters = [paint for paint in self._item.paints if isinstance(paint, Counter)]
        figures = [counted(one, motion, frame) if motion else None for one in counters]
        return *counter_pose(motion, frame), *figures

    def rows(self, state: State) -> tuple[int, int]:
        """See :class:`Layer`."""
        _, below = _floats(state)
        return int(self._rows[0] + below) - 1, int(self._rows[1] + below) + 2

    def draw(self, canvas: Any, state: State) -> None:  # noqa: ANN401
        """See :class:`Layer`."""
        alpha, below = _floats(state)
        figures = iter(state[2:])
        _save(canvas, alpha, below)
        for paint in self._item.paints:
            figure = next(figures) if isinstance(paint, Counter) else None
            if isinstance(paint, Counter) and isinstance(figure, str):
                widths = self._painter.font(paint.face, paint.size).getWidths
                for run in figure_runs(paint, figure, lambda glyph: float(widths([glyph])[0])):  # noqa: B023
                    self._painter.paint_run(canvas, run)
            else:
                self._painter.paint(canvas, paint)
        canvas.restore()


class Zooming(Layer):
    """A page's picture whose crop moves; scaled once to the nearest zoom, then resampled for each frame.

    Linear from a picture of nearly the right size: smooth to 0.05 px, where whole-pixel crops jump by half a px.
    """

    def __init__(self, painter: Painter, item: Item, zoom: Zoom, frames: int) -> None:
        """Decode and scale the picture. Its box is taken at whole px."""
        self._painter, self._item, self._zoom, self._frames = painter, item, zoom, frames
        self._photo = next(paint for paint in item.paints if isinstance(paint, Photo))
        box = self._photo.box
        self._left, self._top = round(box.x), round(box.y)
        self._size = max(round(box.right) - self._left, 1), max(round(box.bottom) - self._top, 1)
        self._union = zoom.first.union(zoom.last)
        nearest = min(zoom.first.width, zoom.last.width)
        scale = self._size[0] / nearest * SHARPNESS
        width, height = round(self._union.width * scale), round(self._union.height * scale)
        still = Photo(self._photo.picture, box, self._union, None, self._photo.look)
        pixels = picture_pixels(still, max(width, 1), max(height, 1), painter.resources)
        bgra = cv2.cvtColor(pixels, cv2.COLOR_RGB2BGRA)
        # An edge of its own, so that the warp need not look after what lies outside: a quarter of its time.
        self._pixels = cv2.copyMakeBorder(bgra, EDGE, EDGE, EDGE, EDGE, cv2.BORDER_REPLICATE)
        self._warped: Pixels = np.empty((self._size[1], self._size[0], 4), np.uint8)
        self._shown: State | None = None

    def state(self, frame: int) -> State:
        """See :class:`Layer`: alpha, px below its place, and the crop."""
        crop = zoomed(self._zoom, frame, self._frames)
        return *pose(self._item.motion, frame), crop.x, crop.y, crop.width, crop.height

    def rows(self, state: State) -> tuple[int, int]:
        """See :class:`Layer`."""
        _, below = _floats(state)
        return int(self._top + below) - 1, int(self._top + self._size[1] + below) + 2

    def draw(self, canvas: Any, state: State) -> None:  # noqa: ANN401
        """See :class:`Layer`."""
        alpha, below = _floats(state)
        _save(canvas, alpha, below)
        for paint in self._item.paints:
            if paint is self._photo:
                self._draw_photo(canvas, state)
            else:
                self._painter.paint(canvas, paint)
        canvas.restore()

    def _draw_photo(self, canvas: Any, state: State) -> None:  # noqa: ANN401
        canvas.save()
        if self._photo.clip is not None:
            canvas.clipPath(outline(self._photo.clip), doAntiAlias=True)
        crop = state[2:]
        if self._shown != crop:
            self._shown = crop
            self._warp(Box(*_floats(crop, 4)))
        kinds = {"colorType": skia.kBGRA_8888_ColorType, "alphaType": skia.kOpaque_AlphaType}
        image = skia.Image.fromarray(self._warped, copy=False, **kinds)
        nearest, paint = skia.SamplingOptions(skia.FilterMode.kNearest), skia.Paint(Alphaf=self._photo.alpha)
        canvas.drawImage(image, self._left, self._top, nearest, paint)
        canvas.restore()

    def _warp(self, crop: Box) -> None:
        height, width = self._pixels.shape[0] - 2 * EDGE, self._pixels.shape[1] - 2 * EDGE
        across, down = width / self._union.width, height / self._union.height
        kx, ky = crop.width * across / self._size[0], crop.height * down / self._size[1]
        x, y = (crop.x - self._union.x) * across + EDGE, (crop.y - self._union.y) * down + EDGE
        # cv2 counts from the middle of the first px, we from its corner: hence the half px.
        matrix = np.array([[kx, 0, x + 0.5 * kx - 0.5], [0, ky, y + 0.5 * ky - 0.5]])
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        cv2.warpAffine(self._pixels, matrix, self._size, dst=self._warped, flags=flags)


def _save(canvas: Any, alpha: float, below: float) -> None:  # noqa: ANN401
    """Have all that is drawn up to the next restore come as one, with an alpha at an offset."""
    if alpha < 1:
        canvas.saveLayerAlpha(None, round(alpha * 255))
    else:
        canvas.save()
    canvas.translate(0, below)


def _paint(painter: Painter, canvas: Any, paints: Sequence[Paint]) -> None:  # noqa: ANN401
    for paint in paints:
        painter.paint(canvas, paint)


def _floats(state: State, count: int = 2) -> tuple[float, ...]:
    return tuple(float(value) for value in state[:count] if isinstance(value, float | int))


def figure_runs(counter: Counter, figure: str, advance: Callable[[int], float]) -> tuple[GlyphRun, ...]:
    """Return a figure on its way, each glyph in the middle of its cell, and the words beside the final one.

    The figure ends where the final one does. ``advance`` gives the width of a glyph, in px.
    """
    right, baseline, beside = _beside(counter, advance)
    points = []
    for letter in reversed(figure):
        cell = _cell(counter, letter)
        points.append((right - (cell + advance(_glyph(counter, letter))) / 2, baseline))
        right -= cell
    glyphs = tuple(_glyph(counter, letter) for letter in figure)
    moving = GlyphRun(counter.face, counter.size, glyphs, tuple(reversed(points)), figure, counter.ink)
    return (*beside, moving)


def _beside(counter: Counter, advance: Callable[[int], float]) -> tuple[float, float, tuple[GlyphRun, ...]]:
    """Where the last cell ends, the baseline, and what the final runs say besides the figure ("hơn", "suất")."""
    last = f"{counter.amount:,.{counter.decimals}f}".translate(str.maketrans(",.", ".,"))
    wanted = tuple(_glyph(counter, letter) for letter in last)
    for number, run in enumerate(counter.final):
        start = _find(run.glyphs, wanted)
        if start is not None:
            stop = start + len(wanted)
            right = run.points[stop - 1][0] + (_cell(counter, last[-1]) + advance(wanted[-1])) / 2
            parts = _part(run, 0, start), _part(run, stop, len(run.glyphs))
            others = counter.final[:number] + counter.final[number + 1 :]
            return right, run.points[start][1], others + tuple(part for part in parts if part.glyphs)
    return counter.right, counter.baseline, ()


def _glyph(counter: Counter, letter: str) -> int:
    marks = {".": counter.group_mark, ",": counter.decimal_mark}
    return marks[letter] if letter in marks else counter.digits[int(letter)]


def _cell(counter: Counter, letter: str) -> float:
    return counter.mark_width if letter in ".," else counter.digit_width


def _find(glyphs: Sequence[int], wanted: Sequence[int]) -> int | None:
    starts = range(len(glyphs) - len(wanted) + 1)
    return next(
        (start for start in starts if tuple(glyphs[start : start + len(wanted)]) == tuple(wanted)), None
    )


def _part(run: GlyphRun, start: int, stop: int) -> GlyphRun:
    return GlyphRun(run.face, run.size, run.glyphs[start:stop], run.points[start:stop], "", run.ink)


def layers(items: Sequence[Item], frames: int, size: tuple[int, int], painter: Painter) -> tuple[Layer, ...]:
    """Return a page's items as layers in painting order, neighbours that stand still in one."""
    made: list[Layer] = []
    for still, group in groupby(items, key=_stands):
        if still:
            made.append(Standing(size, painter, [paint for item in group for paint in item.paints]))
        else:
            made += (_moving(item, frames, size, painter) for item in group)
    return tuple(made)


def _stands(item: Item) -> bool:
    enters = item.motion is not None and (
        item.motion.enter != "none" or any(isinstance(paint, Counter) for paint in item.paints)
    )
    return not enters and item.zoom is None


def _moving(item: Item, frames: int, size: tuple[int, int], painter: Painter) -> Layer:
    if item.zoom is not None and any(isinstance(paint, Photo) for paint in item.paints):
        return Zooming(painter, item, item.zoom, frames)
    if any(isinstance(paint, Counter) for paint in item.paints):
        return Counting(size, painter, item)
    return Entering(size, painter, item)
