"""A tall page cut into slices: pictures of one size, to be posted one after another."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from producer.diagnostics import Diagnostic, Level, Scope, Span
from producer.layout.model import Document, Item
from producer.render.raster.file import Bands
from producer.scene.model import Canvas, Role

NOISE = 0.5  # px, that nobody sees


def slices_of(
    document: Document, bands: Bands, scale: float
) -> tuple[tuple[Bands, ...], tuple[Diagnostic, ...]]:
    """Return a page's picture whole and behind it its slices; nothing, and why, where a cut would part a block.

    A document of several pages has no slices: its pages are numbered already.
    """
    canvas = document.canvas
    cuts = canvas.cuts if len(document.pages) == 1 else ()
    if not cuts:
        return (), ()
    parted = [(cut, names) for cut in cuts if (names := blocks_over(cut, document.pages[0].items, canvas))]
    if parted:
        cut, names = parted[0]
        facts: dict[str, str | int] = {"job": document.job, "field": names[0], "at": round(cut)}
        told = Diagnostic("render/no-slices", Span(document.job), facts, Level.WARNING, Scope.ROW)
        return (), (told,)
    pixels = bands.whole()
    rows = [round(cut * scale) for cut in (0, *cuts)] + [bands.height]
    parts = (pixels[top:foot] for top, foot in pairwise(rows))
    return (
        Bands(bands.height, bands.width, (pixels,)),
        *(Bands(len(part), bands.width, (part,)) for part in parts),
    ), ()


def blocks_over(cut: float, items: Sequence[Item], canvas: Canvas) -> tuple[str, ...]:
    """Return what a cut would go through: all items but those that are painted under the whole page."""
    whole = canvas.size.height - NOISE
    blocks = [item for item in items if item.role is not Role.DECORATION or item.box.height < whole]
    return tuple(item.name for item in blocks if item.box.y + NOISE < cut < item.box.bottom - NOISE)
