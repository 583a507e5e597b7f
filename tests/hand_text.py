"""Styles of our fonts for tests of text, and their ink as another program sees it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from producer.brand.model import Case, Face, Ink, TextStyle
from producer.diagnostics import Span
from producer.layout.font import FontBook
from producer.layout.model import GlyphRun
from producer.scene.model import Origin

ROOT = Path(__file__).resolve().parent.parent
FONTS = FontBook(lambda path: (ROOT / path).read_bytes())
OSWALD = Face("brand/fonts/Oswald/Oswald-Bold.ttf", "1", "Oswald", 700)
TEXT = Face("brand/fonts/BeVietnamPro/BeVietnamPro-Regular.ttf", "2", "Be Vietnam Pro")
BOLD = Face("brand/fonts/BeVietnamPro/BeVietnamPro-Bold.ttf", "3", "Be Vietnam Pro", 700)
FIGURES = Face("brand/fonts/SourceSans3/SourceSans3-Regular.ttf", "4", "Source Sans 3")
HEADLINE = TextStyle("headline", OSWALD, OSWALD, (FIGURES,), (11, 9, 7.5, 6), 4, Case.UPPER, 1.22)
BODY = TextStyle("body", TEXT, BOLD, (FIGURES,), (3.6, 3.2), 6, leading=1.45)
INK, RED = Ink("ink"), Ink("red")
ORIGIN = Origin(Span("su-kien.csv", 3, 2), "title", "EV-1")


@cache
def outlines(path: str) -> tuple[dict[str, int], list[str], object, int]:
    """A font as fontTools sees it: cmap, glyph names, outlines, units per em."""
    font = TTFont(ROOT / path)
    return font.getBestCmap(), font.getGlyphOrder(), font.getGlyphSet(), font["head"].unitsPerEm


def ink(run: GlyphRun) -> Iterator[tuple[float, float, float, float]]:
    """Left, top, right, bottom of each glyph, from the outlines as fontTools reads them."""
    _, names, glyphs, upem = outlines(run.face.path)
    scale = run.size / upem
    for glyph, (x, y) in zip(run.glyphs, run.points, strict=True):
        pen = BoundsPen(glyphs)
        glyphs[names[glyph]].draw(pen)
        if pen.bounds:
            left, bottom, right, top = pen.bounds
            yield x + left * scale, y - top * scale, x + right * scale, y - bottom * scale
