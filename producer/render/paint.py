"""The painter: items of a page on a Skia canvas, the same for pixels, PDF and frames."""

from __future__ import annotations

from math import cos, fabs, radians, sin
from typing import Any

import cv2
import numpy as np
from PIL import Image

from producer.brand.model import Colour, Face, Ink
from producer.geometry import Box
from producer.kept import Kept
from producer.layout.model import Counter, GlyphRun, Item, Paint, Photo, Shape
from producer.render._skia import skia
from producer.render.model import Resources
from producer.render.outline import outline
from producer.render.picture import picture_image
from producer.scene.model import Gradient, Solid

EXACT = 1000.0  # px, at which an outline's bounds are taken
GLYPHS = 20_000  # boxes: more than a brand's fonts have letters in use
_inked: Kept[Box | None] = Kept(GLYPHS)
# Pictures at the size they are shown in: the next row of a sheet, or the next size of a set, may show them again.
SHOWN_BYTES = 64_000_000
_shown: Kept[Any] = Kept(SHOWN_BYTES, lambda image: int(image.imageInfo().computeMinByteSize()))
# Skia keeps the glyphs that it has drawn of a typeface for as long as it is the same one.
TYPEFACES = 32
_typefaces: Kept[Any] = Kept(TYPEFACES)


class Painter:
    """Paints in page px on any canvas; ``scale`` is how many px of the target one px of the page takes.

    The canvas is already scaled. The painter keeps typefaces and pictures for as long as it lives: one
    painter for all pages or frames of a document.
    """

    def __init__(self, resources: Resources, scale: float = 1.0) -> None:
        """Nothing is read until it is painted."""
        self.resources = resources
        self.scale = scale
        self._faces: dict[Face, Any] = {}
        self._images: dict[Photo, Any] = {}

    def paint_item(self, canvas: Any, item: Item) -> None:  # noqa: ANN401 - skia has no types, here and below
        """Paint all of one item where it stands."""
        for paint in item.paints:
            self.paint(canvas, paint)

    def paint(self, canvas: Any, paint: Paint) -> None:  # noqa: ANN401
        """Paint one thing; a counter stands on its final figure."""
        match paint:
            case GlyphRun():
                self.paint_run(canvas, paint)
            case Shape():
                self.paint_shape(canvas, paint)
            case Photo():
                self.paint_photo(canvas, paint)
            case Counter():
                for run in paint.final:
                    self.paint_run(canvas, run)

    def paint_run(self, canvas: Any, run: GlyphRun) -> None:  # noqa: ANN401
        """Paint glyphs at their points, unhinted: what was measured is what is drawn."""
        if not run.glyphs:
            return
        builder = skia.TextBlobBuilder()
        points = [skia.Point(x, y) for x, y in run.points]
        builder.allocRunPos(self.font(run.face, run.size), list(run.glyphs), points)
        canvas.drawTextBlob(builder.make(), 0, 0, _ink_paint(self.run_colour(run), run.ink.alpha))

    def ink_box(self, run: GlyphRun) -> Box:
        """What a run's glyphs ink, px of the page; empty where they are spaces."""
        placed = [
            (box, x, y)
            for glyph, (x, y) in zip(run.glyphs, run.points, strict=True)
            if (box := self._glyph_box(run.face, glyph)) is not None
        ]
        if not placed:
            return Box(*run.points[0], 0.0, 0.0)
        em = run.size
        left, top = min(x + b.x * em for b, x, _ in placed), min(y + b.y * em for b, _, y in placed)
        right, bottom = (
            max(x + b.right * em for b, x, _ in placed),
            max(y + b.bottom * em for b, _, y in placed),
        )
        return Box(left, top, right - left, bottom - top)

    def _glyph_box(self, face: Face, glyph: int) -> Box | None:
        """What a glyph inks, in em from its origin, from its outline: Skia's own bounds are up to 1/128 em larger."""

        def make() -> Box | None:
            bounds = self.font(face, EXACT).getPath(glyph)
            if bounds is None or bounds.isEmpty():
                return None
            tight = bounds.computeTightBounds()
            return Box(*(side / EXACT for side in (tight.left(), tight.top(), tight.width(), tight.height())))

        return _inked.get((face, glyph), make)

    def run_colour(self, run: GlyphRun) -> Colour:
        """The colour of a run's ink; print has its own."""
        return self.resources.colour(run.ink)

    def font(self, face: Face, size: float) -> Any:  # noqa: ANN401
        """Return a face at a size as a ``skia.Font``."""
        if face not in self._faces:
            self._faces[face] = self._typeface(face)
        font = skia.Font(self._faces[face], size)
        font.setSubpixel(True)
        font.setHinting(skia.FontHinting.kNone)
        font.setLinearMetrics(True)
        font.setBaselineSnap(False)
        font.setEdging(skia.Font.Edging.kAntiAlias)
        return font

    def _typeface(self, face: Face) -> Any:  # noqa: ANN401
        def made() -> Any:  # noqa: ANN401
            # Skia keeps the pointer, not the bytes: without a copy it reads freed memory.
            data = skia.Data.MakeWithCopy(self.resources.read_bytes(face.path))
            typeface = skia.FontMgr.New_Custom_Empty().makeFromData(data)
            if typeface is None:
                raise ValueError(face.path)
            return typeface

        return _typefaces.get(face.digest, made)

    def paint_shape(self, canvas: Any, shape: Shape) -> None:  # noqa: ANN401
        """Fill, then stroke. A blur is a mask on the shape alone: a filter would make a PDF's text pixels."""
        path = outline(shape.path, even_odd=shape.even_odd)
        if shape.fill is not None:
            canvas.drawPath(path, _blurred(self._fill_paint(shape, path), shape.blur))
        if shape.stroke is not None and shape.width > 0:
            canvas.drawPath(path, _blurred(self._stroke_paint(shape, shape.stroke), shape.blur))

    def _fill_paint(self, shape: Shape, path: Any) -> Any:  # noqa: ANN401
        if isinstance(shape.fill, Solid):
            return _ink_paint(self.resources.colour(shape.fill.ink), shape.fill.ink.alpha)
        if not isinstance(shape.fill, Gradient):
            raise TypeError(shape.fill)
        bounds = path.computeTightBounds()
        across = shape.box or Box(bounds.left(), bounds.top(), bounds.width(), bounds.height())
        paint = skia.Paint(AntiAlias=True)
        paint.setShader(self._gradient(shape.fill, across))
        return paint

    def _gradient(self, gradient: Gradient, box: Box) -> Any:  # noqa: ANN401
        """Source: CSS Images 3, linear-gradient(): the corners of the box get exactly the end colours."""
        angle = radians(gradient.angle)
        length = fabs(box.width * sin(angle)) + fabs(box.height * cos(angle))
        (x, y), dx, dy = box.centre, sin(angle) * length / 2, -cos(angle) * length / 2
        ends = [skia.Point(x - dx, y - dy), skia.Point(x + dx, y + dy)]
        return skia.GradientShader.MakeLinear(ends, [self._packed(ink) for ink in gradient.inks])

    def _packed(self, ink: Ink) -> int:
        colour = self.resources.colour(ink)
        return int(skia.Color(colour.red, colour.green, colour.blue, round(ink.alpha * 255)))

    def _stroke_paint(self, shape: Shape, ink: Ink) -> Any:  # noqa: ANN401
        paint = _ink_paint(self.resources.colour(ink), ink.alpha)
        paint.setStyle(skia.Paint.kStroke_Style)
        paint.setStrokeWidth(shape.width)
        if shape.round_caps:
            paint.setStrokeCap(skia.Paint.kRound_Cap)
            paint.setStrokeJoin(skia.Paint.kRound_Join)
        if shape.dash:
            # Skia wants pairs; SVG repeats an odd list.
            dash = shape.dash if len(shape.dash) % 2 == 0 else shape.dash * 2
            paint.setPathEffect(skia.DashPathEffect.Make(list(dash), 0))
        return paint

    def paint_photo(self, canvas: Any, photo: Photo) -> None:  # noqa: ANN401
        """Paint a picture in its box, cut to its clip."""
        if photo not in self._images:
            self._images[photo] = self.image(photo)
        canvas.save()
        if photo.clip is not None:
            canvas.clipPath(outline(photo.clip), doAntiAlias=True)
        target = skia.Rect.MakeXYWH(photo.box.x, photo.box.y, photo.box.width, photo.box.height)
        sampling = skia.SamplingOptions(skia.FilterMode.kLinear)
        canvas.drawImageRect(self._images[photo], target, sampling, skia.Paint(Alphaf=photo.alpha))
        canvas.restore()

    def image(self, photo: Photo) -> Any:  # noqa: ANN401
        """Return a photo's pixels as a ``skia.Image`` at the size it takes on the target."""
        size, look, colour = self.size_px(photo), photo.look, self.resources.colour

        def made() -> Any:  # noqa: ANN401
            return as_skia(picture_image(photo, *size, self.resources))

        inks = (look, colour(look.dark), colour(look.light)) if look is not None else ()
        digest = photo.picture.digest
        return _shown.get(digest and (digest, photo.crop, size, inks), made)

    def size_px(self, photo: Photo) -> tuple[int, int]:
        """How many px of the target a photo takes, one at least."""
        return max(round(photo.box.width * self.scale), 1), max(round(photo.box.height * self.scale), 1)


def as_skia(picture: Image.Image) -> Any:  # noqa: ANN401
    """Return a picture's pixels as a ``skia.Image``, opaque where it has no alpha."""
    opaque = picture.mode == "RGB"
    # Not by Pillow: on a sheet of A1 each copy of a photograph on the way is a quarter of a gigabyte.
    pixels = cv2.cvtColor(np.asarray(picture), cv2.COLOR_RGB2RGBA) if opaque else np.asarray(picture)
    return skia.Image.fromarray(
        pixels,
        colorType=skia.ColorType.kRGBA_8888_ColorType,
        alphaType=skia.AlphaType.kOpaque_AlphaType if opaque else skia.AlphaType.kUnpremul_AlphaType,
    )


def _ink_paint(colour: Colour, alpha: float) -> Any:  # noqa: ANN401
    return skia.Paint(
        Color4f=skia.Color4f(colour.red / 255, colour.green / 255, colour.blue / 255, alpha), AntiAlias=True
    )


def _blurred(paint: Any, blur: float) -> Any:  # noqa: ANN401
    if blur > 0:
        paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.BlurStyle.kNormal_BlurStyle, blur))
    return paint
