"""The words of charts: single lines shaped in the chart's style, and where longer ones break."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator

from producer.brand.model import Face, Ink, TextStyle
from producer.diagnostics import Diagnostic, Scope
from producer.layout.compound import COMPOUND
from producer.layout.font import FontBook
from producer.layout.joins import NBSP, join_words, soft_joins
from producer.layout.model import GlyphRun
from producer.scene.model import Origin

JOINED = "\ue000"  # stands for a space that must not break; never reaches a font

SMALL = 0.88  # of the words of a chart: targets, missing values and the source


class FontLettering:
    """Sets one line in a style's faces, without its tracking: a chart's words are small."""

    def __init__(self, style: TextStyle, fonts: FontBook) -> None:
        """Take the style and the fonts that set it."""
        self.style, self.fonts = style, fonts
        self.missing: set[str] = set()  # letters that no face has

    def width(self, text: str, size: float, *, bold: bool) -> float:
        """How far the line runs, in px."""
        shaped = self.fonts.shape(self._face(bold=bold), text, fallbacks=self.style.lenders(bold=bold))
        self.missing.update(shaped.missing)
        return shaped.advance * size

    def runs(self, text: str, size: float, *, bold: bool, ink: Ink) -> tuple[GlyphRun, ...]:
        """The line with its first origin at (0, 0)."""
        shaped = self.fonts.shape(self._face(bold=bold), text, fallbacks=self.style.lenders(bold=bold))
        return tuple(
            GlyphRun(
                part.face,
                size,
                part.glyphs,
                tuple((x * size, y * size) for x, y in zip(part.xs, part.ys, strict=True)),
                part.text,
                ink,
            )
            for part in shaped.stretches
        )

    def problems(self, origin: Origin) -> list[Diagnostic]:
        """``text/missing-glyph`` for each letter that was asked for and is in no face."""
        path, field = self.style.face.path, origin.field
        return [
            Diagnostic(
                "text/missing-glyph",
                origin.span,
                {"letter": letter, "codepoint": f"U+{ord(letter):04X}", "font": path, "field": field},
                scope=Scope.ROW,
            )
            for letter in sorted(self.missing)
        ]

    def _face(self, *, bold: bool) -> Face:
        return self.style.bold if bold else self.style.face


def wrap(
    words: str, width: float, measure: Callable[[str], float], joins: tuple[str, ...]
) -> tuple[str, ...]:
    """Break at spaces into as few lines as fit, evened out; a single word may still be wider than ``width``.

    Words of ``joins`` stay on one line, as figures with their units do through their own U+00A0; so do the
    syllables of one word, and what else belongs together, where they have room.
    """
    written = " ".join(filter(None, unicodedata.normalize("NFC", words).split(" ")))
    for join in joins:
        written = written.replace(join, join.replace(" ", JOINED))
    tokens = _tokens(written, width, measure)
    lines = _greedy(tokens, width, measure)
    # The same number of lines in the narrowest measure: no single word is left over on the last one.
    narrow = width * 0.94
    tried = _greedy(tokens, narrow, measure)
    while len(tried) == len(lines) > 1 and max(map(measure, tried)) <= narrow:
        narrow, lines = narrow * 0.94, tried
        tried = _greedy(tokens, narrow, measure)
    return tuple(lines)


def _tokens(written: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """The parts of a text that no line parts."""
    made: list[str] = []
    for word, kept in zip(written.split(" "), (False, *_kept(written)), strict=True):
        plain = word.replace(JOINED, " ")
        if kept and measure(f"{made[-1]} {plain}") <= width:
            made[-1] += f" {plain}"
        else:
            made.append(plain)
    return made


def _kept(written: str) -> Iterator[bool]:
    """For each space of a text, whether what it parts belongs together."""
    glued = join_words(written.replace(JOINED, NBSP))
    costs = iter(soft_joins(glued.split(" ")))
    for mark, joined in zip(written, glued, strict=True):
        if mark == " ":
            yield joined == NBSP or next(costs) >= COMPOUND


def _greedy(tokens: list[str], width: float, measure: Callable[[str], float]) -> list[str]:
    lines: list[str] = []
    for token in tokens:
        if lines and measure(f"{lines[-1]} {token}") <= width:
            lines[-1] += f" {token}"
        else:
            lines.append(token)
    return lines
