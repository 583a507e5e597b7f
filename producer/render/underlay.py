"""What lies under words and marks, sampled from the page as it is being painted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from math import ceil, floor
from typing import Any

import numpy as np

from producer.geometry import Box
from producer.layout.model import Counter, Document, GlyphRun, Item, Page, Paint
from producer.render._skia import skia
from producer.render.flat import flatten
from producer.render.model import Resources, Underlay
from producer.render.paint import Painter
from producer.render.picture import Pixels
from producer.scene.model import Role

LEAST_SHARE = 0.25  # of the length that a page is painted at, its shorter side
SAMPLES = 40  # along each side of a box: enough to see a light stripe behind a line of words


@dataclass(slots=True)
class Watch:
    """Samples the pixels of one page just before words and marks come to stand on them.

    ``pixels`` is (height, width, 3 or 4), sRGB, the very memory that is painted on: all of a picture of ``height`` px,
    or a band of it from ``top`` on. A px of the page is ``scale`` of its px, and its corner lies at ``origin``.
    """

    page: int
    pixels: Pixels
    scale: tuple[float, float]
    origin: tuple[float, float]  # px of the page
    painter: Painter
    height: int
    top: int = 0
    found: list[Underlay] = field(default_factory=list)

    def paint(self, canvas: Any, at: int, item: Item) -> None:  # noqa: ANN401 - skia has no types
        """Paint an item, looking first at what it will cover, and after it at what signs the page."""
        first = len(self.found)
        if item.mark is not None:
            self._keep(at, None, item.mark)
        for paint in item.paints:
            for run in _runs(paint):
                if run.glyphs and run.text.strip():
                    self._keep(at, run, self.painter.ink_box(run))
            self.painter.paint(canvas, paint)
        for place, under in enumerate(self.found[first:], first):
            if under.run is None or item.role is Role.SIGNATURE:
                self.found[place] = replace(under, painted=self._samples(under.box))

    def finish(self) -> list[Underlay]:
        """Return what was found, now that all is painted."""
        return [
            under if under.painted is None else replace(under, left=self._samples(under.box))
            for under in self.found
        ]

    def _keep(self, at: int, run: GlyphRun | None, box: Box) -> None:
        self.found.append(Underlay(self.page, at, run, box, self._samples(box)))

    def _samples(self, zone: Box) -> Pixels:
        """Pixels at even distances over a zone, (n, 3); none where it lies outside, and in a band those that it holds.

        A px that the zone covers in part may show what stands beside it, so it counts only where there is no other.
        """
        held, width = self.pixels.shape[:2]
        x, y = ((a - o) * s for a, o, s in zip((zone.x, zone.y), self.origin, self.scale, strict=True))
        right, bottom = x + zone.width * self.scale[0], y + zone.height * self.scale[1]
        rows = [at - self.top for at in _spread(y, bottom, self.height) if self.top <= at < self.top + held]
        part = self.pixels[rows, :, :3] if rows else self.pixels[:0, :, :3]
        return part[:, _spread(x, right, width)].reshape(-1, 3)


def joined(bands: Sequence[Sequence[Underlay]]) -> tuple[Underlay, ...]:
    """Return what the bands of one page found as if it had been painted at once: each meets the same runs in turn."""
    return tuple(
        replace(
            parts[0],
            ground=np.concatenate([part.ground for part in parts]),
            painted=_whole([part.painted for part in parts]),
            left=_whole([part.left for part in parts]),
        )
        for parts in zip(*bands, strict=True)
    )


def _whole(parts: Sequence[Pixels | None]) -> Pixels | None:
    """The samples of all bands; nothing where none was taken."""
    taken = [part for part in parts if part is not None]
    return np.concatenate(taken) if taken else None


def _spread(start: float, end: float, most: int) -> range:
    """So many px between two places that a stripe among them is seen."""
    inside = _inside(start, end, most)
    return inside[:: max(ceil(len(inside) / SAMPLES), 1)]


def _inside(start: float, end: float, most: int) -> range:
    """The whole px between two places, or those that they touch where there is none."""
    first, last = ceil(start), floor(end)
    if last <= first:
        first, last = floor(start), ceil(end)
    return range(max(first, 0), max(min(last, most), 0))


def surface_on(pixels: Pixels) -> Any:  # noqa: ANN401 - skia has no types
    """Return a surface that paints on an array, (height, width, 4)."""
    height, width, _ = pixels.shape
    info = skia.ImageInfo.Make(
        width, height, skia.ColorType.kRGBA_8888_ColorType, skia.AlphaType.kOpaque_AlphaType
    )
    return skia.Surface.MakeRasterDirect(info, pixels)


def _runs(paint: Paint) -> Sequence[GlyphRun]:
    if isinstance(paint, GlyphRun):
        return (paint,)
    return paint.final if isinstance(paint, Counter) else ()


def underlays(document: Document, resources: Resources, side: int) -> tuple[Underlay, ...]:
    """Return what lies under all words and marks of a document, each page painted ``side`` px long.

    A band or banner is painted longer, so that its words are not too small to be told apart.

    Raises:
        ProducerError: what a document of few inks cannot have; see :func:`flatten`.
    """
    document = flatten(document, resources)
    size = document.canvas.size
    scale = max(side / max(size.width, size.height), side * LEAST_SHARE / size.shorter)
    painter = Painter(resources, scale)
    return tuple(
        under
        for number, page in enumerate(document.pages)
        for under in _of_page(number, page, (size.width, size.height), painter)
    )


def _of_page(number: int, page: Page, size: tuple[float, float], painter: Painter) -> Iterator[Underlay]:
    width, height = (max(round(length * painter.scale), 1) for length in size)
    pixels = np.full((height, width, 4), 255, np.uint8)
    across = (width / size[0], height / size[1])
    watch = Watch(number, pixels, across, (0.0, 0.0), painter, height)
    with surface_on(pixels) as canvas:
        canvas.scale(*across)
        for at, item in enumerate(page.items):
            watch.paint(canvas, at, item)
    yield from watch.finish()
