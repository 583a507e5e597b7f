"""The painter of pixels: what Skia is slow at on a raster, done in a way that gives the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from producer.brand.model import Ink
from producer.geometry import Box
from producer.layout.model import Shape
from producer.render._skia import skia
from producer.render.paint import Painter
from producer.scene.model import Gradient


class PixelPainter(Painter):
    """Paints on pixels alone: a gradient that runs up or down a rectangle is rows of one colour each."""

    def paint_shape(self, canvas: Any, shape: Shape) -> None:  # noqa: ANN401 - skia has no types
        """Paint a shape; the scrim under the words of a page is a gradient in rows, as are many grounds.

        Skia works every px of a gradient out anew and takes four times as long as for one colour. In rows a level
        of 255 may round the other way.
        """
        upright = _upright(shape)
        matrix = canvas.getTotalMatrix()
        if upright is None or not matrix.isScaleTranslate() or matrix.getScaleY() <= 0:
            super().paint_shape(canvas, shape)
            return
        box = upright.box
        place = matrix.mapRect(skia.Rect.MakeXYWH(box.x, box.y, box.width, box.height))
        seen = canvas.getDeviceClipBounds()
        rows = np.arange(max(floor(place.top()), seen.top()), min(ceil(place.bottom()), seen.bottom()))
        middles = (rows + 0.5 - matrix.getTranslateY()) / matrix.getScaleY()
        colours = self._colours(upright.downwards, (middles - upright.across.y) / upright.across.height)
        paint = skia.Paint(AntiAlias=True)
        canvas.save()
        canvas.resetMatrix()
        for row, colour in zip(rows.tolist(), colours.tolist(), strict=True):
            top, bottom = max(row, place.top()), min(row + 1, place.bottom())
            paint.setColor4f(skia.Color4f(*colour))
            canvas.drawRect(skia.Rect.MakeLTRB(place.left(), top, place.right(), bottom), paint)
        canvas.restore()

    def _colours(self, inks: Sequence[Ink], shares: NDArray[np.float64]) -> NDArray[np.float64]:
        """The colours of a gradient at shares of its way, (n, 4), each 0 to 1; alpha is not multiplied in."""
        found = [(self.resources.colour(ink), round(ink.alpha * 255)) for ink in inks]
        stops = np.array([(c.red, c.green, c.blue, alpha) for c, alpha in found]) / 255
        where = np.linspace(0.0, 1.0, len(inks))
        return np.stack([np.interp(shares, where, channel) for channel in stops.T], axis=1)


@dataclass(frozen=True, slots=True)
class _Upright:
    """A plain rectangle filled with a gradient straight up or down."""

    downwards: tuple[Ink, ...]
    across: Box  # what the gradient runs over
    box: Box  # what is filled


def _upright(shape: Shape) -> _Upright | None:
    """Return the gradient of a shape that is no more than that; of others nothing."""
    if (
        not isinstance(shape.fill, Gradient)
        or shape.fill.angle % 180
        or shape.blur
        or shape.stroke is not None
    ):
        return None
    if shape.box is None or shape.rounded is None or shape.rounded[1] or shape.rounded[0].height <= 0:
        return None
    inks = shape.fill.inks
    return _Upright(inks if shape.fill.angle % 360 else inks[::-1], shape.box, shape.rounded[0])
