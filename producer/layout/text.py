"""Set text: words in a style become glyphs on lines, at the first size that holds."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from producer.brand.model import Case, Face, Ink, TextStyle
from producer.diagnostics import Diagnostic, ProducerError, Scope
from producer.layout.breaking import LineBreaks, Segment, break_lines, join_words, penalties, segments
from producer.layout.font import FontBook, InkBox, Shaped
from producer.layout.joins import NBSP
from producer.layout.model import GlyphRun, Line, TextLayout
from producer.scene.model import Origin, Run

INK_GAP = 0.06  # em that the ink of two lines keeps apart
NOISE = 0.01  # px: what floats may add up to
# Few fonts have these, and a line means the same without them. Source: reference cases enc-hidden and nbsp-glyph.
PLAIN = {
    0x202F: NBSP,
    0x2011: "-",
    0x09: " ",
    0x2028: "\n",
    0x2029: "\n",
    0x0D: None,
    0x00AD: None,
    0xFEFF: None,
}
PLAIN |= dict.fromkeys((0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0x2061, 0x2062, 0x2063, 0x2064))


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A set text, its top left at (0, 0) until it is moved.

    Its top is the ink of the first line or the cap height, whichever is higher; its bottom the deepest letters of the
    face below the last line, whether they occur or not. ``width`` is the widest line's; lines that are not aligned to
    the start stand where the width they were set in puts them. Each line's glyphs but the last one's end in a space,
    so that read in a row they say the text; no ``width`` counts it.
    """

    size: float  # px per em
    leading: float  # px between baselines
    width: float
    height: float
    runs: tuple[GlyphRun, ...]
    lines: tuple[Line, ...]
    over: float  # px by which the widest joined group exceeds the width
    too_many: int  # lines above the limit
    ink_top: float
    ink_bottom: float
    soft: int = 0  # compounds that had to part
    widest_group: str = ""

    @property
    def fits(self) -> bool:
        """Whether everything holds."""
        return not self.over and not self.too_many

    @property
    def layout(self) -> TextLayout:
        """How it was set, for renderers that set words again."""
        return TextLayout(self.size, self.leading, self.lines)

    def moved(self, dx: float, dy: float) -> TextBlock:
        """The same block elsewhere."""
        return replace(
            self,
            runs=tuple(
                replace(run, points=tuple((x + dx, y + dy) for x, y in run.points)) for run in self.runs
            ),
            lines=tuple(
                replace(line, left=line.left + dx, baseline=line.baseline + dy) for line in self.lines
            ),
            ink_top=self.ink_top + dy,
            ink_bottom=self.ink_bottom + dy,
        )


def set_text(
    runs: Sequence[Run],
    style: TextStyle,
    size: float,
    ink: Ink,
    width: float,
    fonts: FontBook,
    joins: tuple[str, ...],
    origin: Origin,
    *,
    align: str = "start",
    balanced: bool = True,
    limit: int | None = None,
) -> TextBlock:
    """Return ``runs`` set at ``size`` px within ``width`` px; ``limit`` is the most lines.

    Raises:
        ProducerError: ``text/missing-glyph``, for each letter that neither the face nor its fallbacks have.
    """
    return _set(_prepare(runs, style, ink, fonts, joins, origin), size, width, align, balanced, limit)


def fit_text(
    runs: Sequence[Run],
    style: TextStyle,
    ink: Ink,
    width: float,
    shorter: float,
    fonts: FontBook,
    joins: tuple[str, ...],
    origin: Origin,
    *,
    align: str = "start",
    height: float | None = None,
    first_step: int = 0,
    balanced: bool = True,
) -> TextBlock:
    """Return ``runs`` at the first of the style's sizes, from ``first_step`` on, that holds.

    Holding means: within the style's lines, ``width`` and ``height`` px. ``shorter`` is the px that the sizes are
    percentages of. Where none holds it is the last step's block, with ``over`` or ``too_many`` set.

    Raises:
        ProducerError: as :func:`set_text`.
    """
    words = _prepare(runs, style, ink, fonts, joins, origin)
    steps = style.sizes[min(first_step, len(style.sizes) - 1) :]
    block = None
    for step in steps:
        block = _set(words, step * shorter / 100, width, align, balanced, style.lines)
        block = block if height is None else _held_to(block, height)
        if block.fits:
            break
    assert block is not None  # a style has at least one size
    return block


def overflow(block: TextBlock, style: TextStyle, origin: Origin) -> Diagnostic:
    """Return what to tell the author of a text that does not fit at its smallest step."""
    kept = block.lines[: max(len(block.lines) - block.too_many, 0)]
    facts: dict[str, str | int] = {
        "field": origin.field,
        "lines": len(block.lines),
        "limit": len(kept),
        "letters": _letters(block.lines),
        "fit": _letters(kept),
        "size": round(block.size),
    }
    if block.over:
        facts |= {"over": -int(-block.over // 1), "group": block.widest_group.replace(NBSP, " ")}
        return Diagnostic("layout/group-over", origin.span, facts, scope=Scope.ROW)
    return Diagnostic("layout/text-over", origin.span, facts | {"style": style.name}, scope=Scope.ROW)


def _letters(lines: Sequence[Line]) -> int:
    return len(" ".join(line.text for line in lines))


@dataclass(frozen=True, slots=True)
class _Piece:
    """Shaped text of one run inside a group; ``weight`` tells its face."""

    shaped: Shaped
    ink: Ink


@dataclass(frozen=True, slots=True)
class _Group:
    """Pieces that never part, and the space before them (nothing in Khmer and at the start of the text)."""

    pieces: tuple[_Piece, ...]
    space: _Piece | None
    text: str
    advance: float  # em, one tracking too many at its end
    syllables: int


@dataclass(frozen=True, slots=True)
class _Words:
    """A whole text in em, ready to be set at any size."""

    paragraphs: tuple[tuple[tuple[_Group, ...], tuple[float, ...]], ...]  # groups and the costs of their gaps
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
            # All of it again, since a run may start with the mark of the letter before; such a letter keeps its run.
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


def _prepare(
    runs: Sequence[Run], style: TextStyle, ink: Ink, fonts: FontBook, joins: tuple[str, ...], origin: Origin
) -> _Words:
    """Join, part and shape a text once; sizes are tried on the result."""
    source = _Source(runs)
    missing: dict[tuple[str, str], None] = {}

    def shape(run: Run, text: str) -> _Piece:
        face = style.bold if run.bold else style.face
        words = text.replace(NBSP, " ")  # the same width, and it reads as a space in a PDF
        shaped = fonts.shape(face, _cased(words, style), style.tracking, style.fallbacks)
        missing.update(dict.fromkeys((letter, face.path) for letter in shaped.missing))
        return _Piece(shaped, run.ink or ink)

    def group(segment: Segment, at: int) -> _Group:
        start = at + segment.start
        pieces = tuple(shape(run, text) for run, text in source.stretches(start, start + len(segment.text)))
        space = shape(source.runs[source.owner[start - 1]], " ") if segment.spaced and start else None
        advance = sum(piece.shaped.advance for piece in pieces)
        return _Group(pieces, space, _cased(segment.text, style), advance, segment.syllables)

    paragraphs = []
    at = len(source.text) - len(source.text.lstrip(" \n"))
    for line in source.text.strip(" \n").split("\n"):
        parts = segments(join_words(line, joins))
        groups = tuple(group(part, at) for part in parts)
        paragraphs.append((groups, tuple(penalties(parts, capitals=line.isupper()))))
        at += len(line) + 1
    if missing:
        raise ProducerError(_missing_glyph(letter, path, origin) for letter, path in missing)
    faces = [fonts.font(face) for face in _used_faces(source.runs, style)]
    return _Words(
        tuple(paragraphs),
        style.tracking,
        style.leading,
        cap_height=max(font.cap_height for font in faces),
        descent=max(font.descent for font in faces),
    )


def _cased(text: str, style: TextStyle) -> str:
    return text.upper() if style.case is Case.UPPER else text


def _used_faces(runs: Sequence[Run], style: TextStyle) -> tuple[Face, ...]:
    bold = {run.bold for run in runs if run.text}
    return (*((style.face,) if False in bold or not bold else ()), *((style.bold,) if True in bold else ()))


def _missing_glyph(letter: str, path: str, origin: Origin) -> Diagnostic:
    facts = {"letter": letter, "codepoint": f"U+{ord(letter):04X}", "font": path, "field": origin.field}
    return Diagnostic("text/missing-glyph", origin.span, facts, scope=Scope.ROW)


def _set(
    words: _Words, size: float, width: float, align: str, balanced: bool, limit: int | None
) -> TextBlock:  # noqa: FBT001
    """Break and place a prepared text at one size."""
    tracked = words.tracking * size
    broken = [_break(groups, costs, size, width + tracked, balanced) for groups, costs in words.paragraphs]
    rows = [
        groups[first:behind]
        for (groups, _), breaks in zip(words.paragraphs, broken, strict=True)
        for first, behind in breaks.lines or ((0, 0),)
    ]
    if not any(rows):
        return TextBlock(size, words.leading * size, 0.0, 0.0, (), (), 0.0, 0, 0.0, 0.0)
    widths = [_advance(row) * size - tracked if row else 0.0 for row in rows]
    lefts = [_aligned(align, width - line_width) for line_width in widths]
    inks = [tuple(_row_ink(row, left / size)) for row, left in zip(rows, lefts, strict=True)]
    leading = (
        max((words.leading, *(_least_leading(one, two, words.leading) for one, two in pairwise(inks)))) * size
    )
    first = max(words.cap_height, -_top(inks[0])) * size
    baselines = [first + leading * index for index in range(len(rows))]
    widest = max(zip(words.paragraphs, broken, strict=True), key=lambda pair: pair[1].over)
    return TextBlock(
        size=size,
        leading=leading,
        width=max(widths),
        height=baselines[-1] + max(words.descent, _bottom(inks[-1])) * size,
        runs=tuple(_paint(rows, lefts, baselines, size)),
        lines=tuple(
            Line(_words_of(row), baseline, left, line_width)
            for row, baseline, left, line_width in zip(rows, baselines, lefts, widths, strict=True)
        ),
        over=widest[1].over,
        too_many=max(len(rows) - limit, 0) if limit is not None else 0,
        ink_top=min(base + _top(ink) * size for base, ink in zip(baselines, inks, strict=True)),
        ink_bottom=max(base + _bottom(ink) * size for base, ink in zip(baselines, inks, strict=True)),
        soft=sum(breaks.soft for breaks in broken),
        widest_group=widest[0][0][widest[1].widest].text if widest[1].over else "",
    )


def _break(
    groups: Sequence[_Group], costs: Sequence[float], size: float, width: float, balanced: bool
) -> LineBreaks:  # noqa: FBT001
    return break_lines(
        [group.advance * size for group in groups],
        [group.space.shaped.advance * size if group.space else 0.0 for group in groups[1:]],
        width,
        costs,
        balanced=balanced,
        syllables=groups[-1].syllables if groups else 2,
    )


def _held_to(block: TextBlock, height: float) -> TextBlock:
    """Count the lines that stand below ``height``."""
    below = block.height - height
    if below <= NOISE:
        return block
    return replace(block, too_many=max(block.too_many, min(-int(-below // block.leading), len(block.lines))))


def _aligned(align: str, free: float) -> float:
    return {"start": 0.0, "centre": free / 2, "end": free}[align]


def _pieces(row: Sequence[_Group]) -> Iterator[_Piece]:
    """The pieces of a line in order; the space before its first group stays away."""
    for index, group in enumerate(row):
        if index and group.space:
            yield group.space
        yield from group.pieces


def _advance(row: Sequence[_Group]) -> float:
    return sum(piece.shaped.advance for piece in _pieces(row))


def _words_of(row: Sequence[_Group]) -> str:
    return "".join((" " if index and group.space else "") + group.text for index, group in enumerate(row))


def _row_ink(row: Sequence[_Group], x: float) -> Iterator[InkBox]:
    """What a line inks in em, from ``x`` em on."""
    for piece in _pieces(row):
        for left, top, right, bottom in piece.shaped.boxes:
            yield left + x, top, right + x, bottom
        x += piece.shaped.advance


def _top(ink: Sequence[InkBox]) -> float:
    return min((box[1] for box in ink), default=0.0)


def _bottom(ink: Sequence[InkBox]) -> float:
    return max((box[3] for box in ink), default=0.0)


def _least_leading(upper: Sequence[InkBox], lower: Sequence[InkBox], enough: float) -> float:
    """The least leading in em that keeps two lines' ink apart; at once where ``enough`` is enough for any letters.

    Ink counts where it stands over other ink: a dot below may reach in between two accents.
    """
    if _bottom(upper) - _top(lower) + INK_GAP <= enough:
        return enough
    deep = [box for box in upper if box[3] - _top(lower) + INK_GAP > enough]
    high = [box for box in lower if _bottom(upper) - box[1] + INK_GAP > enough]
    return max(
        (
            one[3] - two[1] + INK_GAP
            for one in deep
            for two in high
            if one[0] - INK_GAP < two[2] and two[0] - INK_GAP < one[2]
        ),
        default=enough,
    )


def _paint(
    rows: Sequence[Sequence[_Group]], lefts: Sequence[float], baselines: Sequence[float], size: float
) -> Iterator[GlyphRun]:
    """The glyph runs of all lines: one for each stretch of one face and ink."""
    for index, (row, left, baseline) in enumerate(zip(rows, lefts, baselines, strict=True)):
        pieces = list(_pieces(row))
        following = rows[index + 1][:1] if index + 1 < len(rows) else ()
        pieces += [group.space for group in following if group.space]
        yield from _paint_line(pieces, left, baseline, size)


def _paint_line(pieces: Sequence[_Piece], x: float, y: float, size: float) -> Iterator[GlyphRun]:
    open_run: GlyphRun | None = None
    for piece in pieces:
        for stretch in piece.shaped.stretches:
            points = tuple(
                (x + dx * size, y + dy * size) for dx, dy in zip(stretch.xs, stretch.ys, strict=True)
            )
            run = GlyphRun(stretch.face, size, stretch.glyphs, points, stretch.text, piece.ink)
            if open_run and (open_run.face, open_run.ink) == (run.face, run.ink):
                open_run = replace(
                    open_run,
                    glyphs=open_run.glyphs + run.glyphs,
                    points=open_run.points + run.points,
                    text=open_run.text + run.text,
                )
                continue
            if open_run:
                yield open_run
            open_run = run
        x += piece.shaped.advance * size
    if open_run:
        yield open_run
