"""Fonts as HarfBuzz sees them: shaped text in em, what each glyph inks, which letters are there."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar, cast

import uharfbuzz as hb

from producer.brand.model import Face
from producer.kept import Kept

# Letters whose ink gives a face's descent: dots below, tails. The same for all texts, so that boxes agree.
DEEP_LETTERS = "ạẹịọụỵậệộựẠẸỊỌỤỴẬỆỘỰgjpqy"
# Kerning and mark positioning stay on. Ligatures are off, or PDF text reads "o ce" for "office".
FEATURES = {"liga": False, "clig": False, "dlig": False}
STRETCHES = 20_000  # of a word or two, about 2 KB each
FONTS = 64  # opened files: more than any brand brings
LARGE = 2_000  # set texts, about 5 KB each

Made = TypeVar("Made")
InkBox = tuple[float, float, float, float]  # left, top, right, bottom in em; y down from the baseline


@dataclass(frozen=True, slots=True)
class Stretch:
    """Glyphs of one face: ids, and their origins' x and y in em from the start of the shaped text, y down."""

    face: Face
    glyphs: tuple[int, ...]
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Shaped:
    """A shaped text in em. ``advance`` ends with one tracking too many, which the end of a line drops."""

    stretches: tuple[Stretch, ...]
    advance: float
    boxes: tuple[InkBox, ...]  # of the glyphs that ink anything
    missing: tuple[str, ...]  # letters (with their marks) that no face has; ``stretches`` are without them
    top: float  # the highest ink, negative above the baseline; 0 where there is none
    bottom: float  # the lowest ink


@dataclass(frozen=True, slots=True)
class DigitCells:
    """What a counter needs: glyphs of 0 to 9, of "." and ",", and the widths of their cells in px."""

    digits: tuple[int, ...]
    group_mark: int
    decimal_mark: int
    digit_width: float
    mark_width: float


class LoadedFont:
    """One font file, measured in em."""

    def __init__(self, face: Face, data: bytes) -> None:
        """Read the file; a variable font is taken at its default weight, so a brand brings static ones."""
        self.face = face
        self.hb = hb.Font(hb.Face(data))
        self.upem: int = self.hb.face.upem
        self.hb.scale = (self.upem, self.upem)
        self.coverage = frozenset(self.hb.face.unicodes)
        self._boxes: dict[int, InkBox | None] = {}
        self.cap_height = -self.ink_of("H")[0]
        self.descent = self.ink_of(DEEP_LETTERS)[1]
        self.even = (
            len({self.advance(self.glyph(digit)) for digit in "0123456789"}) == 1
        )  # figures of one width

    def glyph(self, letter: str) -> int:
        """The glyph of a letter; 0 where there is none."""
        return self.hb.get_nominal_glyph(ord(letter)) or 0

    def advance(self, glyph: int) -> float:
        """How far a glyph moves the pen, in em."""
        width: int = self.hb.get_glyph_h_advance(glyph)
        return width / self.upem

    def box(self, glyph: int) -> InkBox | None:
        """What a glyph inks, in em from its origin; nothing for a space."""
        if glyph not in self._boxes:
            ink = self.hb.get_glyph_extents(glyph)
            left, top = ink.x_bearing, -ink.y_bearing
            box = (left, top, left + ink.width, top - ink.height)
            em = self.upem
            self._boxes[glyph] = (
                (box[0] / em, box[1] / em, box[2] / em, box[3] / em) if ink.width and ink.height else None
            )
        return self._boxes[glyph]

    def ink_of(self, letters: str) -> tuple[float, float]:
        """The highest and the lowest ink of some letters, in em, y down; letters it lacks do not count."""
        found = [self.box(glyph) for glyph in map(self.glyph, letters) if glyph]
        boxes = [box for box in found if box]
        return min((box[1] for box in boxes), default=-0.7), max((box[3] for box in boxes), default=0.24)


class FontBook:
    """The fonts of a brand by their face, and what has been shaped with them."""

    def __init__(self, read_bytes: Callable[[str], bytes]) -> None:
        """Take the way to a file of the project; each font is read once."""
        self._read_bytes = read_bytes
        self._fonts: Kept[LoadedFont] = Kept(FONTS)
        self._shaped: Kept[Shaped] = Kept(STRETCHES)
        self._made: Kept[object] = Kept(STRETCHES)
        self._large: Kept[object] = Kept(LARGE)

    def font(self, face: Face) -> LoadedFont:
        """The font of a face."""
        return self._fonts.get(
            (face.path, face.digest), lambda: LoadedFont(face, self._read_bytes(face.path))
        )

    def shape(self, face: Face, text: str, tracking: float = 0.0, fallbacks: tuple[Face, ...] = ()) -> Shaped:
        """Shape one line of clean text (NFC, no controls), ``tracking`` em added after each cluster.

        A letter that ``face`` lacks comes, with its marks, from the first of ``fallbacks`` that has it.
        """
        faces = (face, *fallbacks)
        key = (tuple(one.path + one.digest for one in faces), text, tracking)
        return self._shaped.get(key, lambda: self._shape(faces, text, tracking))

    def once(self, key: tuple[Hashable, ...], make: Callable[[], Made]) -> Made:
        """What ``make`` gives, made once for a key; for what follows from fonts and words alone."""
        return cast("Made", self._made.get(key, make))

    def lately(self, key: tuple[Hashable, ...], make: Callable[[], Made]) -> Made:
        """As :meth:`once`, of large things: those of the last hundred pages or so."""
        return cast("Made", self._large.get(key, make))

    def digit_cells(self, face: Face, size: float) -> DigitCells:
        """Cells for figures that count up, at ``size`` px."""
        font = self.font(face)
        digits = tuple(font.glyph(digit) for digit in "0123456789")
        marks = font.glyph("."), font.glyph(",")
        return DigitCells(
            digits,
            *marks,
            digit_width=max(map(font.advance, digits)) * size,
            mark_width=max(map(font.advance, marks)) * size,
        )

    def _shape(self, faces: tuple[Face, ...], text: str, tracking: float) -> Shaped:
        fonts = [self.font(face) for face in faces]
        stretches: list[Stretch] = []
        boxes: list[InkBox] = []
        missing: dict[str, None] = {}
        x = 0.0
        for (index, _), letters in groupby(_by_font(text, fonts), key=lambda pair: pair[0]):
            words = "".join(letter for _, letter in letters)
            if index is None:
                missing |= dict.fromkeys(_lacking(words, fonts))
                continue
            stretch, x = _shape_stretch(fonts[index], words, tracking, x)
            stretches.append(stretch)
            boxes += _ink_boxes(fonts[index], stretch)
        top, bottom = min((box[1] for box in boxes), default=0.0), max((box[3] for box in boxes), default=0.0)
        return Shaped(tuple(stretches), x, tuple(boxes), tuple(missing), top, bottom)


def _by_font(text: str, fonts: list[LoadedFont]) -> Iterator[tuple[tuple[int | None, bool], str]]:
    """Each letter with its marks, by the first font that has all of it (none: nothing) and by being Khmer."""
    for letter in _graphemes(text):
        codes = set(map(ord, letter))
        index = next((index for index, font in enumerate(fonts) if codes <= font.coverage), None)
        yield (index, is_khmer(letter[0])), letter


def _lacking(words: str, fonts: list[LoadedFont]) -> str:
    """What no font has of some letters and marks; all of them where each is in one, but not together."""
    return (
        "".join(letter for letter in words if not any(ord(letter) in font.coverage for font in fonts))
        or words
    )


def _graphemes(text: str) -> Iterator[str]:
    """Letters with the marks that follow them."""
    start = 0
    for index in range(1, len(text)):
        if not unicodedata.category(text[index]).startswith("M"):
            yield text[start:index]
            start = index
    if text:
        yield text[start:]


def is_khmer(letter: str) -> bool:
    """Whether a letter is of the Khmer blocks, which know no spaces between words."""
    return "\u1780" <= letter <= "\u17ff" or "\u19e0" <= letter <= "\u19ff"


def _shape_stretch(font: LoadedFont, text: str, tracking: float, x: float) -> tuple[Stretch, float]:
    """Shape from ``x`` em on; gives the glyphs and the x where they end."""
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.language = "km" if is_khmer(text[0]) else "vi"
    hb.shape(font.hb, buffer, FEATURES)
    glyphs: list[int] = []
    xs: list[float] = []
    ys: list[float] = []
    infos, em = buffer.glyph_infos, font.upem
    last = infos[0].cluster if infos else 0
    for info, place in zip(infos, buffer.glyph_positions, strict=True):
        if info.cluster != last:  # by cluster, so that a mark stays on its letter
            x, last = x + tracking, info.cluster
        glyphs.append(info.codepoint)
        xs.append(x + place.x_offset / em)
        ys.append(-place.y_offset / em)
        x += place.x_advance / em
    return Stretch(font.face, tuple(glyphs), tuple(xs), tuple(ys), text), x + tracking


def _ink_boxes(font: LoadedFont, stretch: Stretch) -> Iterator[InkBox]:
    for glyph, x, y in zip(stretch.glyphs, stretch.xs, stretch.ys, strict=True):
        box = font.box(glyph)
        if box:
            yield box[0] + x, box[1] + y, box[2] + x, box[3] + y
