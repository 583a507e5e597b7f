"""Whether words can be read on what was painted under them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from producer.brand.model import Colour
from producer.contrast import LEAST_CONTRAST, LEAST_LARGE, contrast_over
from producer.diagnostics import Diagnostic
from producer.layout.model import Document, GlyphRun
from producer.render.model import Underlay
from producer.review.thing import item_of, problem, quoted
from producer.scene.model import Canvas

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
        found = contrast_over(colours[ink.token].rgb, ink.alpha, under.ground.astype(np.float64))
        least = LEAST_LARGE if is_large(under.run, document.canvas) else LEAST_CONTRAST
        place = under.page, under.item
        if found < least - ROUNDING and (place not in worst or found / least < worst[place][0]):
            worst[place] = (found / least, found, under)
    for share, found, under in worst.values():
        facts: dict[str, str | float] = {
            "text": quoted(under),
            "found": round(found, 1),
            "least": round(found / share, 1),
        }
        yield problem("layout/low-contrast", document, item_of(document, under), **facts)


def is_large(run: GlyphRun, canvas: Canvas) -> bool:
    """Whether a run is large text on the medium that it is seen on."""
    return run.size >= canvas.large_px(bold=run.face.weight >= BOLD)
