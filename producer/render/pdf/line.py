"""One line of words of ours, set with HarfBuzz: what stands beside the page, and the page of checks."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import uharfbuzz

from producer.brand.model import Face, Ink
from producer.layout.model import GlyphRun
from producer.render.model import Resources


def set_line(  # noqa: PLR0913 - what is set, in what, and where
    words: str,
    face: Face,
    size: float,
    resources: Resources,
    *,
    at: tuple[float, float] = (0, 0),
    ink: str = "",
) -> tuple[GlyphRun, float]:
    """Return the words as a run whose baseline starts at ``at``, and their width."""
    words = unicodedata.normalize("NFC", words)
    font = _font(resources.read_bytes(face.path))
    buffer = uharfbuzz.Buffer()
    buffer.add_str(words)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer, {"liga": False})
    scale, (x, y), points = size / font.face.upem, at, []
    for place in buffer.glyph_positions:
        points.append((x + place.x_offset * scale, y - place.y_offset * scale))
        x += place.x_advance * scale
    glyphs = tuple(info.codepoint for info in buffer.glyph_infos)
    return GlyphRun(face, size, glyphs, tuple(points), words, Ink(ink)), x - at[0]


@lru_cache(maxsize=8)
def _font(data: bytes) -> uharfbuzz.Font:
    return uharfbuzz.Font(uharfbuzz.Face(data))


def cap_height(face: Face, resources: Resources) -> float:
    """The height of capitals in em, measured on H."""
    font = _font(resources.read_bytes(face.path))
    glyph = font.get_nominal_glyph(ord("H"))
    extents = font.get_glyph_extents(glyph) if glyph is not None else None
    return float(extents.y_bearing) / font.face.upem if extents else 0.7
