"""The mark of a draft: words that rise across the page, over everything but what nothing may lie on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import asin, cos, radians, sin

import uharfbuzz as hb

from producer.brand.model import Ink
from producer.geometry import Box, Insets
from producer.layout.font import FontBook, LoadedFont, Shaped
from producer.layout.model import Counter, GlyphRun, Item, Shape
from producer.scene.model import Canvas, FlagElement, Role, Solid, Stamp

NAME = "stamp"
RISE = 26.0  # degrees; less where the page is low
SIZE = 0.08  # em, of the page's shorter side
LONGEST = 0.86  # of the page's width that a line takes at the most
TALLEST = 0.8  # and of its height
BAND = 1.2  # times its own height that a line has the page's width to itself
PLACES = 13  # of a line in its band that are tried
MIDDLE = 0.36  # em over the baseline, of capitals
# Hollow letters, so that the words below show through: mixed in so weakly that these keep most of their contrast.
FILL, LINE = 0.15, 0.6
EDGE = 0.03  # em, the light line; the dark one shows on both sides of it
FIGURES = 4.0  # times as much as other words they mind being crossed: a letter is guessed, a digit is not
WHOLE = 0.7  # of the letters of the longest line that any other keeps, or it is left out: no scraps of words
FREE = 0.5  # em that stay free around codes, signatures, marks and flags

Step = tuple[str, tuple[float, ...]]
Point = tuple[float, float]


def with_stamp(items: tuple[Item, ...], stamp: Stamp, canvas: Canvas, fonts: FontBook) -> tuple[Item, ...]:
    """Return a page's items under the mark: decoration, which no voice reads and no proof takes for words.

    A line stands where it crosses the fewest words, the small ones above all; letters that would lie on a QR code,
    the signature, the union's mark or a flag are left out.
    """
    shaped, font = fonts.shape(stamp.face, stamp.words), fonts.font(stamp.face)
    line = _Line.on(canvas, shaped)
    kept = [box.inset(Insets.even(-FREE * line.size)) for box in _kept_free(items)]
    words = [found for item in items for paint in item.paints for found in _words(paint)]
    lines = [
        _best([_letters(shaped, font, line, place) for place in places], kept, words)
        for places in _bands(canvas, line)
    ]
    most = max(map(len, lines))
    path = "".join(letter.path for letters in lines if len(letters) >= WHOLE * most for letter in letters)
    page = Box(0, 0, canvas.size.width, canvas.size.height)
    return (*items, Item(NAME, Role.DECORATION, page, _paints(path, stamp, canvas, line.size), bleeds=True))


@dataclass(frozen=True, slots=True)
class _Line:
    """How the words are set: their size, how far they reach and how they rise."""

    size: float  # px per em
    long: float  # px
    rise: float  # radians

    @property
    def width(self) -> float:
        """Across the page, px."""
        return self.long * cos(self.rise) + self.size

    @property
    def height(self) -> float:
        """Down the page, px."""
        return self.long * sin(self.rise) + self.size

    @classmethod
    def on(cls, canvas: Canvas, shaped: Shaped) -> _Line:
        """As large as the page bears, as steep as it is high."""
        rise = radians(RISE)
        size = min(
            canvas.size.shorter * SIZE,
            LONGEST * canvas.size.width / (shaped.advance * cos(rise)),
            TALLEST * canvas.size.height,
        )
        long = shaped.advance * size
        return cls(
            size, long, min(rise, asin(min(max(TALLEST * canvas.size.height - size, 0.0) / long, 1.0)))
        )


@dataclass(frozen=True, slots=True)
class _Letter:
    """An outline at its place, as path data, and what it takes up."""

    path: str
    box: Box


def _paints(path: str, stamp: Stamp, canvas: Canvas, size: float) -> tuple[Shape, ...]:
    """A dark line and in it a light one, which are seen on any ground; few inks cannot be mixed."""
    edge, line = max(EDGE * size, canvas.least_line), 1.0 if canvas.inks else LINE
    dark, light = Ink(stamp.dark, line), Ink(stamp.light, line)
    fill = None if canvas.inks else Solid(Ink(stamp.light, FILL))
    return (
        Shape(path, fill=fill, stroke=dark, width=2.4 * edge, round_caps=True),
        Shape(path, stroke=light, width=edge, round_caps=True),
    )


def _kept_free(items: Sequence[Item]) -> Iterator[Box]:
    """What says who speaks, what phones read, and what nothing may lie on."""
    for item in items:
        yield from (box for box in (item.code, item.mark) if box is not None)
        if item.role is Role.SIGNATURE or isinstance(item.element, FlagElement):
            yield item.box


def _words(paint: object) -> Iterator[tuple[Box, float]]:
    """What a run of words takes up, and how much it minds being crossed: the smaller the more, figures above all."""
    for run in paint.final if isinstance(paint, Counter) else (paint,):
        if isinstance(run, GlyphRun) and run.points:
            xs, y = [x for x, _ in run.points], run.points[0][1]
            left, weight = min(xs), (FIGURES if any(letter.isdigit() for letter in run.text) else 1.0)
            yield Box(left, y - 0.8 * run.size, max(xs) - left + 0.5 * run.size, run.size), weight / run.size


def _bands(canvas: Canvas, line: _Line) -> Iterator[list[Point]]:
    """Yield the places of each line's middle to choose from: lines stand in columns, each in a band of its own."""
    width, height = canvas.size.width, canvas.size.height
    across = max(int(width // line.width), 1)
    down = max(int(height // (BAND * line.height)), 1)
    for row in range(down):
        top, foot = height * row / down + line.height / 2, height * (row + 1) / down - line.height / 2
        ys = (
            [top + (foot - top) * at / (PLACES - 1) for at in range(PLACES)]
            if foot > top
            else [(top + foot) / 2]
        )
        for column in range(across):
            yield [(width * (column + 0.5) / across, y) for y in ys]


def _best(
    lines: Sequence[list[_Letter]], kept: Sequence[Box], words: Sequence[tuple[Box, float]]
) -> list[_Letter]:
    """The line that loses the fewest letters to what is kept free, and of those crosses the fewest words."""

    def free(letters: list[_Letter]) -> list[_Letter]:
        return [letter for letter in letters if not any(letter.box.overlap(box) for box in kept)]

    def cost(letters: list[_Letter]) -> tuple[int, float]:
        crossed = sum(weight for letter in letters for box, weight in words if letter.box.overlap(box))
        return -len(letters), crossed

    return min(map(free, lines), key=cost)


def _letters(shaped: Shaped, font: LoadedFont, line: _Line, middle: Point) -> list[_Letter]:
    """The outlines of the words around a point of the page."""
    made = []
    for stretch in shaped.stretches:
        for glyph, x, y in zip(stretch.glyphs, stretch.xs, stretch.ys, strict=True):
            at = (x * line.size - line.long / 2, (y + MIDDLE) * line.size)
            letter = _letter(_outline(font.hb, glyph), line.size / font.upem, _turn(middle, at, line.rise))
            made += [letter] if letter is not None else []
    return made


def _turn(middle: Point, at: Point, rise: float) -> Callable[[float, float], Point]:
    """What takes a point of a glyph, px from its origin with y down, to its place on the page."""
    along, up = cos(rise), sin(rise)

    def turn(x: float, y: float) -> Point:
        x, y = x + at[0], y + at[1]
        return middle[0] + x * along + y * up, middle[1] - x * up + y * along

    return turn


def _letter(steps: Sequence[Step], scale: float, turn: Callable[[float, float], Point]) -> _Letter | None:
    """A glyph at its place; nothing for a space."""
    drawn, points = [], list[Point]()
    for name, numbers in steps:
        found = [turn(x * scale, -y * scale) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
        points += found
        drawn.append(name + " ".join(f"{x:.2f} {y:.2f}" for x, y in found))
    if not points:
        return None
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return _Letter("".join(drawn), Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)))


@lru_cache(maxsize=256)
def _outline(font: hb.Font, glyph: int) -> tuple[Step, ...]:
    """The steps of a glyph in units of its font, y up."""
    steps: list[Step] = []
    funcs = hb.DrawFuncs()
    funcs.set_move_to_func(lambda x, y, _: steps.append(("M", (x, y))))
    funcs.set_line_to_func(lambda x, y, _: steps.append(("L", (x, y))))
    funcs.set_quadratic_to_func(lambda a, b, x, y, _: steps.append(("Q", (a, b, x, y))))
    funcs.set_cubic_to_func(lambda a, b, c, d, x, y, _: steps.append(("C", (a, b, c, d, x, y))))
    funcs.set_close_path_func(lambda _: steps.append(("Z", ())))
    font.draw_glyph(glyph, funcs, None)
    return tuple(steps)
