"""Lines as they were laid: out of a text's layout or its glyphs, and cut up again by the words they say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from producer.brand.model import Face, Ink
from producer.layout.model import Counter, GlyphRun, Line, Paint
from producer.render.slides.face import Faces

JOINERS = "\u2060\u200b\ufeff"
SAME_LINE = 0.5  # px between baselines, for float noise
WORD_SPACE = 0.12  # em; a word space is 0.2 and more
OVERLAP = 0.5  # em that a run may reach back: widths are estimates
# A wider gap between two runs on one baseline parts two columns: word spaces are a third of this.
COLUMN_GAP = 1.0  # em


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of one face, size and ink on a baseline."""

    text: str
    face: Face
    size: float
    ink: Ink


@dataclass(frozen=True, slots=True)
class PaintedLine:
    """Stretches beside one another; ``left`` and ``right`` are where their glyphs begin and end, in px."""

    stretches: tuple[Stretch, ...]
    baseline: float
    left: float
    right: float

    @property
    def size(self) -> float:
        """The largest size on the line: it decides how high the line is."""
        return max(stretch.size for stretch in self.stretches)

    @property
    def text(self) -> str:
        """What the line says."""
        return "".join(stretch.text for stretch in self.stretches)

    @property
    def plain(self) -> Line:
        """The line as a text layout has it."""
        return Line(self.text, self.baseline, self.left, self.right - self.left)


def letters(text: str) -> str:
    """The characters that two settings of one text share: no spaces, no joiners, one case."""
    return "".join(char for char in text if not char.isspace() and char not in JOINERS).casefold()


def painted_lines(paints: Iterable[Paint], faces: Faces) -> tuple[PaintedLine, ...]:
    """Join glyph runs that follow one another on a baseline; a counter reads what it ends on."""
    made: list[PaintedLine] = []
    for run in _glyph_runs(paints):
        if not run.text.strip():
            continue
        line = _line_of(run, faces)
        joined = _joined(made[-1], line) if made else None
        if joined is None:
            made.append(line)
        else:
            made[-1] = joined
    return tuple(made)


def _glyph_runs(paints: Iterable[Paint]) -> Iterable[GlyphRun]:
    for paint in paints:
        if isinstance(paint, GlyphRun):
            yield paint
        elif isinstance(paint, Counter):
            yield from paint.final


def _line_of(run: GlyphRun, faces: Faces) -> PaintedLine:
    left = run.points[0][0] if run.points else 0.0
    # Marks are lifted off the baseline, so the lowest origin is the line's own.
    baseline = max((y for _, y in run.points), default=0.0)
    right = left + faces.of(run.face).width(run.text.strip(), run.size)
    right = max([right, *(x for x, _ in run.points)])
    return PaintedLine((Stretch(run.text, run.face, run.size, run.ink),), baseline, left, right)


def _joined(one: PaintedLine, other: PaintedLine) -> PaintedLine | None:
    gap = (other.left - one.right) / max(one.size, other.size)
    if abs(one.baseline - other.baseline) > SAME_LINE or not -OVERLAP < gap < COLUMN_GAP:
        return None
    first, second = one.stretches[-1], other.stretches[0]
    spaced = first.text[-1:].isspace() or second.text[:1].isspace()
    if gap > WORD_SPACE and not spaced:
        first = Stretch(first.text + " ", first.face, first.size, first.ink)
    return PaintedLine((*one.stretches[:-1], first, *other.stretches), one.baseline, one.left, other.right)


def lines_of(words: str, lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Return the lines at the front that together say ``words``, and those after them.

    Lines that say something else (a bullet, a figure) are passed over; without a match the first is empty.
    """
    wanted = letters(words)
    taken: list[Line] = []
    for number, line in enumerate(lines):
        said = letters(line.text)
        if said and wanted.startswith(said):
            taken.append(line)
            wanted = wanted[len(said) :]
        if not wanted:
            return tuple(taken), tuple(lines[number + 1 :])
    return (), tuple(lines)


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one size under one another: one text of its own."""

    lines: tuple[PaintedLine, ...]
    leading: float
    align: str  # start · centre · end

    @property
    def left(self) -> float:
        """Where the leftmost line begins."""
        return min(line.left for line in self.lines)

    @property
    def right(self) -> float:
        """Where the rightmost line ends."""
        return max(line.right for line in self.lines)


def blocks_of(lines: Sequence[PaintedLine]) -> tuple[Block, ...]:
    """Gather lines that follow one another at an even distance on a common edge or middle."""
    made: list[list[PaintedLine]] = []
    for line in lines:
        if made and _continues(made[-1], line):
            made[-1].append(line)
        else:
            made.append([line])
    return tuple(_block(group) for group in made)


def _continues(group: list[PaintedLine], line: PaintedLine) -> bool:
    last = group[-1]
    step = line.baseline - last.baseline
    first, other = last.stretches[0], line.stretches[0]
    if (first.face, first.size, first.ink) != (other.face, other.size, other.ink):
        return False
    if not 0.9 * line.size < step < 1.75 * line.size or _common_edge([*group, line]) is None:
        return False
    return len(group) == 1 or abs(step - (last.baseline - group[-2].baseline)) < SAME_LINE


def _block(group: list[PaintedLine]) -> Block:
    step = group[1].baseline - group[0].baseline if len(group) > 1 else 1.3 * group[0].size
    return Block(tuple(group), step, _common_edge(group) or "start")


def _common_edge(lines: Sequence[PaintedLine]) -> str | None:
    def spread(values: list[float]) -> float:
        return max(values) - min(values)

    # Right edges are estimates without kerning, hence the slack there.
    slack = 0.08 * lines[0].size
    if spread([line.left for line in lines]) < 1:
        return "start"
    if spread([line.right for line in lines]) < slack:
        return "end"
    return "centre" if spread([(line.left + line.right) / 2 for line in lines]) < slack else None
