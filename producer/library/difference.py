"""How far two files look apart, page by page: by the worst square, because the mean of a page hides a lost word."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]  # (height, width, 3), sRGB
Lab = NDArray[np.float64]  # (height, width, 3), CIELAB

SIDE = 8  # px of a square
PDF_SCALE = 1.0  # px to a point: 72 dpi
_WHITE = np.array([0.95047, 1.0, 1.08883])  # D65, 2° observer
_TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175], [0.0193339, 0.119192, 0.9503041]]
)  # Source: IEC 61966-2-1


def worst_squares(before: bytes, after: bytes, media_type: str) -> tuple[float | None, ...]:
    """Return the worst square of each page in ΔE*ab; nothing of a page whose size is another, or that one has not.

    Nothing at all where the kind has no pages that are painted here, or a file is none of its kind: decks and clips
    are held by what they say.
    """
    pages = [list(_pages(data, media_type)) for data in (before, after)]
    count = max(map(len, pages))
    return tuple(
        _worst(pages[0][at], pages[1][at]) if at < min(map(len, pages)) else None for at in range(count)
    )


def _pages(data: bytes, media_type: str) -> Iterator[Pixels]:
    if media_type == "application/pdf":
        import pypdfium2

        document = pypdfium2.PdfDocument(data)
        for page in document:
            yield np.asarray(page.render(scale=PDF_SCALE).to_pil().convert("RGB"))
        document.close()
    elif media_type.startswith("image/") and media_type != "image/svg+xml":
        from PIL import Image, ImageSequence, UnidentifiedImageError

        with suppress(UnidentifiedImageError), Image.open(BytesIO(data)) as image:
            for frame in ImageSequence.Iterator(image):
                yield np.asarray(frame.convert("RGB"))


def _worst(before: Pixels, after: Pixels) -> float | None:
    if before.shape != after.shape:
        return None
    if np.array_equal(before, after):
        return 0.0
    height, width = (side // SIDE * SIDE for side in before.shape[:2])
    apart = np.linalg.norm(_lab(before) - _lab(after), axis=2)
    squares = apart[:height, :width].reshape(height // SIDE, SIDE, width // SIDE, SIDE).mean(axis=(1, 3))
    edges = (apart[height:], apart[:, width:])  # what is left of a page is a square too
    return float(max(squares.max(initial=0.0), *(edge.mean() for edge in edges if edge.size), 0.0))


def _lab(pixels: Pixels) -> Lab:
    """Return sRGB pixels as CIELAB under D65. Source: ISO/CIE 11664-4."""
    share = pixels.astype(np.float64) / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    ratio = linear @ _TO_XYZ.T / _WHITE
    f = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    x, y, z = f[..., 0], f[..., 1], f[..., 2]
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)
