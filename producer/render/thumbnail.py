"""Small pictures of pages, for people who choose or approve: what every medium shows in the end, painted once."""

from __future__ import annotations

from producer.layout.model import Document
from producer.render.flat import flatten
from producer.render.model import Resources
from producer.render.pixel import PixelPainter
from producer.render.raster.png import encode_bands
from producer.render.raster.render import page_bands


def thumbnails(document: Document, resources: Resources, side: int) -> tuple[bytes, ...]:
    """Return each page as a PNG whose longer side has ``side`` px; of a clip its last frames.

    Raises:
        ProducerError: what a document of few inks cannot have.
    """
    document = flatten(document, resources)
    size = document.canvas.size
    painter = PixelPainter(resources, side / max(size.width, size.height))
    made = []
    for page in document.pages:
        bands = page_bands(document, page, painter)
        pixels = bands.whole()
        made.append(encode_bands([pixels], pixels.shape))
    return tuple(made)
