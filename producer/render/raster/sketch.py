"""One page as a small picture to be looked at, long before its file is made."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from producer.layout.model import Document
from producer.render.flat import flatten
from producer.render.model import Resources, Underlay
from producer.render.pixel import PixelPainter
from producer.render.raster.render import page_bands

# Runs alone, at zlib's first level: whoever types waits for it, and photographs are smaller so than with matches.
FASTEST = (cv2.IMWRITE_PNG_COMPRESSION, 1, cv2.IMWRITE_PNG_STRATEGY, cv2.IMWRITE_PNG_STRATEGY_RLE)
LEAST_SHARE = 0.125  # of the width, that a ribbon is high: it is painted wider, so that its words can be read
WIDEST = 4_000  # px


def sketch(document: Document, resources: Resources, width: int) -> tuple[bytes, tuple[Underlay, ...]]:
    """Return the first page as a PNG ``width`` px wide, and what lay under its words as it was painted.

    A ribbon is painted wider, so that it can be read.

    It is the page of the finished file, painted smaller: nothing is laid out again. A print page is shown as it
    will be cut.

    Raises:
        ProducerError: what a document of few inks cannot have; see :func:`flatten`.
    """
    flat = flatten(document, resources)
    whole = replace(flat, canvas=replace(flat.canvas, marks=False))
    under: list[Underlay] = []
    size = whole.canvas.size
    across = min(max(width, width * LEAST_SHARE * size.width / size.height), WIDEST)
    painter = PixelPainter(resources, across / size.width)
    bands = page_bands(whole, whole.pages[0], painter, 0, under)
    pixels = np.concatenate(list(bands.parts))
    _, png = cv2.imencode(".png", cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR), FASTEST)
    return png.tobytes(), tuple(under)
