"""One page as a picture file."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import cv2
import numpy as np
from PIL import Image

from producer.diagnostics import Diagnostic, ProducerError, Span
from producer.layout.model import Document, Page
from producer.plan.model import Medium
from producer.render._skia import skia
from producer.render.model import Artifact, Resources
from producer.render.paint import Painter
from producer.render.picture import Pixels, srgb_profile
from producer.render.raster.png import PERCEPTUAL, encode_png, physical_size, words_of

MEDIA_TYPES: Mapping[str, str] = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "webp": "image/webp",
}


def render_raster(document: Document, resources: Resources) -> Artifact:
    """Return the first page as PNG, JPEG or WebP, by the document's format.

    A screen page has a px of the file for each of its own; a print page has ``canvas.dpi`` to the inch, is
    cut at the trim, and keeps its bleed only where the channel asks for marks.

    Raises:
        ProducerError: ``render/unknown-format``.
    """
    if document.format not in MEDIA_TYPES:
        raise ProducerError(
            [Diagnostic("render/unknown-format", Span(document.job), {"format": document.format})]
        )
    scale, dpi = target_scale(document)
    pixels = page_pixels(document, document.pages[0], Painter(resources, scale))
    data = _encode(pixels, document, dpi)
    height, width = pixels.shape[:2]
    return Artifact(data, MEDIA_TYPES[document.format], (width, height), 1)


def target_scale(document: Document) -> tuple[float, float]:
    """Return px of the file for one px of the page, and px of the file to the inch."""
    canvas = document.canvas
    if canvas.medium is Medium.PRINT:
        return canvas.dpi / canvas.px_per_inch, float(canvas.dpi)
    return 1.0, canvas.px_per_inch


def page_pixels(document: Document, page: Page, painter: Painter) -> Pixels:
    """Return a page as (height, width, 3), sRGB, at the painter's scale; what no item covers is white."""
    canvas = document.canvas
    bleed = canvas.bleed if canvas.marks else 0.0
    outer = (canvas.size.width + 2 * bleed, canvas.size.height + 2 * bleed)
    width, height = (max(round(side * painter.scale), 1) for side in outer)
    pixels = np.full((height, width, 4), 255, np.uint8)
    info = skia.ImageInfo.Make(
        width, height, skia.ColorType.kRGBA_8888_ColorType, skia.AlphaType.kOpaque_AlphaType
    )
    surface: Any = skia.Surface.MakeRasterDirect(info, pixels)
    with surface as target:
        target.scale(width / outer[0], height / outer[1])
        target.translate(bleed, bleed)
        for item in page.items:
            painter.paint_item(target, item)
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGBA2RGB))


def _encode(pixels: Pixels, document: Document, dpi: float) -> bytes:
    """The file; nothing in it depends on the day or the machine."""
    if document.format == "png":
        return encode_png(
            pixels, [PERCEPTUAL, physical_size(dpi), words_of("Title", document.title, document.language)]
        )
    out, image = BytesIO(), Image.fromarray(pixels)
    if document.format == "webp":
        image.save(out, "WEBP", quality=92, method=4, icc_profile=srgb_profile())
    else:
        image.save(
            out, "JPEG", quality=92, subsampling=0, optimize=True, dpi=(dpi, dpi), icc_profile=srgb_profile()
        )
    return out.getvalue()
