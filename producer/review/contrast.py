"""Whether words can be read on what was painted under them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from producer.brand.model import Colour
from producer.diagnostics import Diagnostic
from producer.layout.model import Document, GlyphRun
from producer.render.model import Underlay
from producer.review.thing import item_of, one_decimal, problem, quoted
from producer.scene.model import Canvas

LEAST_CONTRAST = 4.5  # WCAG 2.2 AA, 1.4.3
LEAST_LARGE = 3.0  # the same, for large text
# The share of the ground that may be worse: a glint of a few px does not hide a letter.
GLINT = 0.03
ROUNDING = 0.05  # of a contrast: what 8 bits a channel and edges of shapes cost
BOLD = 700


def low_contrasts(
    document: Document, underlays: Sequence[Underlay], colours: Mapping[str, Colour]
) -> Iterator[Diagnostic]:
    """Yield the worst words of each item that cannot be read on their ground."""
    worst: dict[tuple[int, int], tuple[float, float, Underlay]] = {}
    for under in underlays:
        if under.run is None or not len(under.ground):
            continue
        ink = under.run.ink
        found = contrast_on(colours[ink.token], ink.alpha, under.ground)
        least = LEAST_LARGE if is_large(under.run, document.canvas) else LEAST_CONTRAST
        place = under.page, under.item
        if found < least - ROUNDING and (place not in worst or found / least < worst[place][0]):
            worst[place] = (found / least, found, under)
    for share, found, under in worst.values():
        facts = {"text": quoted(under), "found": one_decimal(found), "least": one_decimal(found / share)}
        yield problem("layout/low-contrast", document, item_of(document, under), **facts)


def contrast_on(ink: Colour, alpha: float, ground: NDArray[np.uint8]) -> float:
    """Return the contrast, 1 to 21, of an ink on all but the worst few of ``ground``'s (n, 3) sRGB pixels.

    Source: WCAG 2.2, contrast ratio; an ink that lets its ground through is mixed with each pixel.
    """
    own = np.array([ink.red, ink.green, ink.blue], np.float64)
    under = ground.astype(np.float64)
    text, back = luminance(own * alpha + under * (1 - alpha)), luminance(under)
    ratios = (np.maximum(text, back) + 0.05) / (np.minimum(text, back) + 0.05)
    return float(np.quantile(ratios, GLINT))


def luminance(pixels: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the relative luminance of (…, 3) sRGB pixels from 0 to 255. Source: WCAG 2.2."""
    value = pixels / 255
    linear = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722]))


def is_large(run: GlyphRun, canvas: Canvas) -> bool:
    """Whether a run is large text on the medium that it is seen on."""
    return run.size >= canvas.large_px(bold=run.face.weight >= BOLD)
