"""Words shaped once, in em: cleaned, joined, parted into groups, ready to be set at any size."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from producer.brand.model import Case, Face, Ink, TextStyle
from producer.diagnostics import Diagnostic, ProducerError, Scope
from producer.layout.breaking import Gap, Segment, gap_costs, join_words, segments
from producer.layout.font import FontBook, Shaped
from producer.layout.joins import NBSP
from producer.scene.model import Origin, Run

# Few fonts have these, and a line says the same without. Source: text cases enc-hidden and nbsp-glyph.
PLAIN: dict[int, str | None] = {0x202F: NBSP, 0x2011: "-", 0x09: " ", 0x2028: "\n", 0x2029: "\n"}
PLAIN |= dict.fromkeys((0x0D, 0x00AD, 0xFEFF, *range(0x200B, 0x2010), *range(0x2060, 0x2065)))


@dataclass(frozen=True, slots=True)
class Piece:
    """Shaped text of one run inside a group."""

    shaped: Shaped
    ink: Ink


@dataclass(frozen=True, slots=True)
class Group:
    """Pieces that never part, and the space before them (none in Khmer and at the start of the text)."""

    pieces: tuple[Piece, ...]
    space: Piece | None
    text: str
    advance: float  # em, one tracking too many at its end
    lonely: bool  # a single syllable


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Groups, and what a break costs between each two of them."""

    groups: tuple[Group, ...]
    costs: tuple[float, ...]

    def measured(self, size: float) -> tuple[list[float], list[Gap]]:
        """Widths and gaps in px."""
        groups = self.groups
        spaces = (group.space.shaped.advance * size if group.space else 0.0 for group in groups[1:])
        return [group.advance * size for group in groups], list(map(Gap, spaces, self.costs))


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """A whole text in em, ready to be set at any size; equal to itself alone, which is told at once."""

    paragraphs: tuple[Paragraph, ...]
    tracking: float
    leading: float
    cap_height: float
    descent: float


class _Source:
    """Clean runs laid end to end, and which run each letter came from."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self.text = ""
        self.runs = tuple(runs)
        self.owner: list[int] = []
        for index, run in enumerate(runs):
            before = len(self.text)
            # All of it again: a run may start with the mark of the letter before, which keeps its own run.
            self.text = unicodedata.normalize("NFC", self.text + run.text.translate(PLAIN))
            self.owner += [index] * (len(self.text) - before)

    def stretches(self, start: int, end: int) -> Iterator[tuple[Run, str]]:
        """The letters between two places, cut where the run changes."""
        while start < end:
            behind = start + 1
            while behind < end and self.owner[behind] == self.owner[start]:
                behind += 1
            yield self.runs[self.owner[start]], self.text[start:behind]
            start = behind


def prepare(  # noqa: PLR0913 -- every one of them changes the glyphs
    runs: tuple[Run, ...], style: TextStyle, ink: Ink, fonts: FontBook, joins: tuple[str, ...], origin: Origin
) -> Words:
    """Shape a text, or take it from the last time: boxes are measured again and again at other widths."""
    return fonts.once(
        (runs, style, ink, joins), lambda: _Typist(style, ink, fonts, origin).prepare(runs, joins)
    )


class _Typist:
    """Shapes a text once; sizes are tried on the result."""

    def __init__(self, style: TextStyle, ink: Ink, fonts: FontBook, origin: Origin) -> None:
        self.style, self.ink, self.fonts, self.origin = style, ink, fonts, origin
        self.missing: dict[tuple[str, str], None] = {}

    def prepare(self, runs: Sequence[Run], joins: tuple[str, ...]) -> Words:
        """Join, part and shape.

        Raises:
            ProducerError: letters are missing.
        """
        source = _Source(runs)
        paragraphs = []
        at = len(source.text) - len(source.text.lstrip(" \n"))
        for line in source.text.strip(" \n").split("\n"):
            parts = segments(join_words(line, joins))
            costs = gap_costs(parts, capitals=line.isupper())
            paragraphs.append(Paragraph(tuple(self._group(source, part, at) for part in parts), tuple(costs)))
            at += len(line) + 1
        if self.missing:
            raise ProducerError(_missing_glyph(letter, path, self.origin) for letter, path in self.missing)
        faces = [self.fonts.font(face) for face in _used_faces(source.runs, self.style)]
        return Words(
            tuple(paragraphs),
            self.style.tracking,
            self.style.leading,
            cap_height=max(font.cap_height for font in faces),
            descent=max(font.descent for font in faces),
        )

    def _group(self, source: _Source, segment: Segment, at: int) -> Group:
        start = at + segment.start
        stretches = source.stretches(start, start + len(segment.text))
        pieces = tuple(self._shape(run, text) for run, text in stretches)
        space = self._shape(source.runs[source.owner[start - 1]], " ") if segment.spaced and start else None
        advance = sum(piece.shaped.advance for piece in pieces)
        return Group(pieces, space, _cased(segment.text, self.style), advance, segment.lonely)

    def _shape(self, run: Run, text: str) -> Piece:
        style = self.style
        face = style.bold if run.bold else style.face
        words = text.replace(NBSP, " ")  # the same width, and it reads as a space in a PDF
        shaped = self.fonts.shape(face, _cased(words, style), style.tracking, style.fallbacks)
        self.missing |= dict.fromkeys((letter, face.path) for letter in shaped.missing)
        return Piece(shaped, run.ink or self.ink)


def _cased(text: str, style: TextStyle) -> str:
    return text.upper() if style.case is Case.UPPER else text


def _used_faces(runs: Sequence[Run], style: TextStyle) -> tuple[Face, ...]:
    bold = {run.bold for run in runs if run.text}
    return (*((style.face,) if False in bold or not bold else ()), *((style.bold,) if True in bold else ()))


def _missing_glyph(letter: str, path: str, origin: Origin) -> Diagnostic:
    facts = {"letter": letter, "codepoint": f"U+{ord(letter):04X}", "font": path, "field": origin.field}
    return Diagnostic("text/missing-glyph", origin.span, facts, scope=Scope.ROW)
