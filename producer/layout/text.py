"""Set text: words in a style become glyphs on lines, at the first size that holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from math import ceil

from producer.brand.model import Ink, TextStyle
from producer.diagnostics import Diagnostic, Scope
from producer.layout.breaking import Aim, LineBreaks, break_lines, fewest_lines
from producer.layout.font import FontBook, InkBox
from producer.layout.joins import NBSP
from producer.layout.model import GlyphRun, Line, TextLayout
from producer.layout.words import Group, Paragraph, Piece, Words, prepare
from producer.scene.model import Origin, Run

INK_GAP = 0.09  # em that the ink of two lines keeps apart
NOISE = 0.01  # px: what floats may add up to
# A title gives size to keep its compounds whole, but a page looks empty when it gives more than a third.
LEAST_ADVISED = 4  # letters: to write less is to write something else
LEAST_SHRINK = 0.66
# What an author wrote on a line of its own is meant to be one: each line more weighs this much.
WRITTEN = 0.45
# Words of one syllable a line hold at any size: from such a one a title goes down to half.
MANY_FLAWS, LEAST_OF_MANY = 0.8, 0.5


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A set text, its top left at (0, 0) until it is moved.

    Its top is the ink of the first line or the cap height, whichever is higher; its bottom the deepest
    letters of the face below the last line, whether they occur or not. ``width`` is the widest line's;
    lines that are not aligned to the start stand where the width they were set in puts them. Each line's
    glyphs but the last one's end in a space, so that read in a row they say the text; no ``width`` counts it.
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
    flaws: float = 0.0  # of its breaks: the share of its size that a title gives to be rid of them
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


def set_text(  # noqa: PLR0913 -- every one of them changes the glyphs
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
    words = prepare(tuple(runs), style, ink, fonts, joins, origin)
    return _set_once(words, _Measure(size, width, align, limit, balanced), fonts)


def fit_text(  # noqa: PLR0913 -- as above
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

    Holding means: within the style's lines, ``width`` and ``height`` px. ``shorter`` is the px that the sizes
    are percentages of. A ``balanced`` text that would part a compound or a phrase, or leave a syllable alone on a
    line, goes a little smaller where that helps; so does any short text that would part an hour from its day.
    Where no step holds it is the last one's block, with ``over`` or ``too_many`` set.

    Raises:
        ProducerError: as :func:`set_text`.
    """
    words = prepare(tuple(runs), style, ink, fonts, joins, origin)
    sizes = [step * shorter / 100 for step in style.sizes[min(first_step, len(style.sizes) - 1) :]]
    held: list[TextBlock] = []
    for size in sizes:
        if held and size < _least_size(_best(held)):
            break
        measure = _Measure(size, width, align, style.lines, balanced)
        if not held and size != sizes[-1] and not _may_hold(words, measure):
            continue
        block = _held_to(_set_once(words, measure, fonts), height)
        if block.fits:
            held.append(block)
        if block.fits and not block.flaws:
            break
    return _best(held) if held else block


def _best(held: Sequence[TextBlock]) -> TextBlock:
    """The block that gives up least: of its size, beside the largest one's, and in flaws."""
    return min(held, key=lambda one: one.flaws - one.size / held[0].size)


def _least_size(block: TextBlock) -> float:
    """How small a text may get for better breaks than those of a block, px."""
    return block.size * (LEAST_OF_MANY if block.flaws > MANY_FLAWS else LEAST_SHRINK)


def overflow(block: TextBlock, style: TextStyle, origin: Origin) -> Diagnostic:
    """Return what to tell the author of a text that does not fit at its smallest step: px over, letters that fit."""
    kept = block.lines[: max(len(block.lines) - block.too_many, 0)]
    facts = origin.facts | {
        "lines": len(block.lines),
        "limit": len(kept),
        "letters": _letters(block.lines),
        "fit": advised(_letters(kept), _letters(block.lines)),
        "size": round(block.size),
        "over": ceil(block.too_many * block.leading),
    }
    if block.over:
        group = block.widest_group.replace(NBSP, " ")
        fit = advised(letters_within(group, block.width, block.over), len(group))
        facts |= {"over": ceil(block.over), "group": group, "fit": fit}
        return Diagnostic("layout/group-over", origin.span, facts, scope=Scope.ROW)
    return Diagnostic("layout/text-over", origin.span, facts | {"style": style.name}, scope=Scope.ROW)


def letters_within(text: str, length: float, over: float) -> int:
    """Return about how many letters of a text fit, which takes ``length`` px and is ``over`` px too long."""
    return max(int(len(text) * (1 - over / length)), 0) if length > 0 else 0


def advised(fit: int, letters: int) -> int:
    """Return to how many letters to shorten a text of so many; 0 where that is no advice: no fewer, or next to none."""
    return fit if LEAST_ADVISED <= fit < letters else 0


def _letters(lines: Sequence[Line]) -> int:
    return len(" ".join(line.text for line in lines))


@dataclass(frozen=True, slots=True)
class _Measure:
    """What a prepared text is set to."""

    size: float
    width: float
    align: str
    limit: int | None
    balanced: bool


def _may_hold(words: Words, measure: _Measure) -> bool:
    """Whether a text can hold at all: a quick look before it is broken and placed."""
    lines = 0
    for paragraph in words.paragraphs:
        widths, gaps = paragraph.measured(measure.size)
        width = measure.width + words.tracking * measure.size
        if max(widths, default=0.0) > width + NOISE:
            return False
        lines += fewest_lines(widths, gaps, width)
    return measure.limit is None or lines <= measure.limit


def _set_once(words: Words, measure: _Measure, fonts: FontBook) -> TextBlock:
    """The same as the last time: steps of a page end at one size, and posters of a series repeat each other."""
    return fonts.lately((words, measure), lambda: _set(words, measure))


def _set(words: Words, measure: _Measure) -> TextBlock:
    """Break and place a prepared text."""
    size = measure.size
    tracked = words.tracking * size
    broken = _break(words, measure)
    rows = [
        paragraph.groups[first:behind]
        for paragraph, breaks in zip(words.paragraphs, broken, strict=True)
        for first, behind in breaks.lines or ((0, 0),)
    ]
    if not any(rows):
        return TextBlock(size, words.leading * size, 0.0, 0.0, (), (), 0.0, 0, 0.0, 0.0)
    widths = [_advance(row) * size - tracked if row else 0.0 for row in rows]
    lefts = [_aligned(measure.align, measure.width - width) for width in widths]
    placed = [_Row(row, left / size) for row, left in zip(rows, lefts, strict=True)]
    leading = (
        max((_least_leading(*pair, words.leading) for pair in pairwise(placed)), default=words.leading) * size
    )
    first = max(words.cap_height, -placed[0].top) * size
    baselines = [first + leading * index for index in range(len(rows))]
    over, group = max(_widest(*pair) for pair in zip(words.paragraphs, broken, strict=True))
    return TextBlock(
        size=size,
        leading=leading,
        width=max(widths),
        height=baselines[-1] + max(words.descent, placed[-1].bottom) * size,
        runs=tuple(_paint(rows, lefts, baselines, size)),
        lines=tuple(map(Line, map(_words_of, rows), baselines, lefts, widths)),
        over=over,
        too_many=max(len(rows) - measure.limit, 0) if measure.limit is not None else 0,
        ink_top=min(base + row.top * size for base, row in zip(baselines, placed, strict=True)),
        ink_bottom=max(base + row.bottom * size for base, row in zip(baselines, placed, strict=True)),
        flaws=sum(breaks.flaws for breaks in broken) + _written_flaws(broken, measure),
        widest_group=group if over else "",
    )


def _break(words: Words, measure: _Measure) -> list[LineBreaks]:
    """The lines of each paragraph: a title spends lines on whole compounds while it has them."""
    if not measure.balanced:
        return [_break_one(paragraph, words, measure, Aim.BODY) for paragraph in words.paragraphs]
    broken = [_break_one(paragraph, words, measure, Aim.WHOLE_TITLE) for paragraph in words.paragraphs]
    if measure.limit is None or sum(len(breaks.lines) or 1 for breaks in broken) <= measure.limit:
        return broken
    return [_break_one(paragraph, words, measure, Aim.TITLE) for paragraph in words.paragraphs]


def _written_flaws(broken: Sequence[LineBreaks], measure: _Measure) -> float:
    """How much the lines of a title weigh that its author's own line ends do not ask for."""
    if not measure.balanced or len(broken) == 1:
        return 0.0
    return WRITTEN * sum(max(len(breaks.lines) - 1, 0) for breaks in broken)


def _break_one(paragraph: Paragraph, words: Words, measure: _Measure, aim: Aim) -> LineBreaks:
    width = measure.width + words.tracking * measure.size  # the last letter of a line has no tracking
    widths, gaps = paragraph.measured(measure.size)
    return break_lines(widths, gaps, width, [group.lonely for group in paragraph.groups], aim=aim)


def _widest(paragraph: Paragraph, breaks: LineBreaks) -> tuple[float, str]:
    """By how much the widest group of a paragraph exceeds the width, and that group."""
    return breaks.over, paragraph.groups[breaks.widest].text if paragraph.groups else ""


def _held_to(block: TextBlock, height: float | None) -> TextBlock:
    """Count the lines that stand below ``height``."""
    below = block.height - height if height is not None else 0.0
    if below <= NOISE:
        return block
    return replace(block, too_many=max(block.too_many, min(-int(-below // block.leading), len(block.lines))))


def _aligned(align: str, free: float) -> float:
    return {"start": 0.0, "centre": free / 2, "end": free}[align]


def _pieces(row: Sequence[Group]) -> Iterator[Piece]:
    """The pieces of a line in order; the space before its first group stays away."""
    for index, group in enumerate(row):
        if index and group.space:
            yield group.space
        yield from group.pieces


def _advance(row: Sequence[Group]) -> float:
    return sum(piece.shaped.advance for piece in _pieces(row))


def _words_of(row: Sequence[Group]) -> str:
    return "".join((" " if index and group.space else "") + group.text for index, group in enumerate(row))


class _Row:
    """What a line inks, in em from its baseline."""

    def __init__(self, groups: Sequence[Group], left: float) -> None:
        self.pieces = tuple(_pieces(groups))
        self.left = left
        self.top = min((piece.shaped.top for piece in self.pieces), default=0.0)
        self.bottom = max((piece.shaped.bottom for piece in self.pieces), default=0.0)

    def ink(self) -> Iterator[InkBox]:
        """Each glyph's ink."""
        x = self.left
        for piece in self.pieces:
            for left, top, right, bottom in piece.shaped.boxes:
                yield left + x, top, right + x, bottom
            x += piece.shaped.advance


def _least_leading(upper: _Row, lower: _Row, enough: float) -> float:
    """The least leading in em, from ``enough`` up, that keeps two lines' ink apart.

    Ink counts where it stands over other ink: a dot below may reach in between two accents.
    """
    if upper.bottom - lower.top + INK_GAP <= enough:
        return enough
    deep = [box for box in upper.ink() if box[3] - lower.top + INK_GAP > enough]
    high = [box for box in lower.ink() if upper.bottom - box[1] + INK_GAP > enough]
    overlaps = (
        one[3] - two[1] + INK_GAP
        for one in deep
        for two in high
        if one[0] - INK_GAP < two[2] and two[0] - INK_GAP < one[2]
    )
    return max(enough, max(overlaps, default=enough))


def _paint(
    rows: Sequence[Sequence[Group]], lefts: Sequence[float], baselines: Sequence[float], size: float
) -> Iterator[GlyphRun]:
    """The glyph runs of all lines, each but the last with the space that parts it from the next."""
    for index, (row, left, baseline) in enumerate(zip(rows, lefts, baselines, strict=True)):
        pieces = list(_pieces(row))
        following = rows[index + 1][:1] if index + 1 < len(rows) else ()
        pieces += [group.space for group in following if group.space]
        yield from _paint_line(pieces, left, baseline, size)


def _paint_line(pieces: Sequence[Piece], x: float, y: float, size: float) -> Iterator[GlyphRun]:
    """One run for each stretch of one face and ink."""
    placed = []
    for piece in pieces:
        placed += [(stretch, piece.ink, x) for stretch in piece.shaped.stretches]
        x += piece.shaped.advance * size
    for (face, ink), group in groupby(placed, key=lambda one: (one[0].face, one[1])):
        stretches = [(stretch, left) for stretch, _, left in group]
        yield GlyphRun(
            face,
            size,
            tuple(glyph for stretch, _ in stretches for glyph in stretch.glyphs),
            tuple(
                (left + dx * size, y + dy * size)
                for stretch, left in stretches
                for dx, dy in zip(stretch.xs, stretch.ys, strict=True)
            ),
            "".join(stretch.text for stretch, _ in stretches),
            ink,
        )
