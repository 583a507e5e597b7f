"""Pages of items at absolute places. Nothing is measured or looked up after this."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from producer.brand.model import Face, Ink
from producer.diagnostics import Diagnostic, Span
from producer.geometry import Box
from producer.scene.model import About, Canvas, Element, Fact, Fill, Look, Picture, Role, Sound


@dataclass(frozen=True, slots=True)
class GlyphRun:
    """Shaped text of one face, size and ink.

    ``points`` are the absolute (x, y) of each glyph's origin on the page; y is the baseline, or above it for a
    mark that HarfBuzz lifted. ``text`` is what the glyphs say, in NFC, so that PDF can carry it as ActualText.
    """

    face: Face
    size: float  # px per em
    glyphs: tuple[int, ...]
    points: tuple[tuple[float, float], ...]
    text: str
    ink: Ink


@dataclass(frozen=True, slots=True)
class Shape:
    """A path in SVG path data, absolute px of the page, filled or stroked or both."""

    path: str
    fill: Fill | None = None
    stroke: Ink | None = None
    width: float = 0.0  # of the stroke, px
    dash: tuple[float, ...] = ()
    even_odd: bool = False
    round_caps: bool = False
    box: Box | None = None  # what a gradient runs across; the path's own bounds where nothing is given
    rounded: tuple[Box, float] | None = None  # box and radius, where the path is a plain or rounded rectangle
    blur: float = 0.0  # standard deviation in px; only for shadows, never on text


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture in a box: ``crop`` is the part shown, in px of the picture; ``clip`` a path that cuts it."""

    picture: Picture
    box: Box
    crop: Box
    clip: str | None = None
    look: Look | None = None
    alpha: float = 1.0


@dataclass(frozen=True, slots=True)
class Counter:
    """A figure that counts from 0 to ``amount``; on its last frame it reads ``final``'s text, glyph for glyph.

    Digits stand in cells of equal width. ``digits`` holds the glyphs of 0 to 9; the marks "." and "," are the
    groups' and decimals' marks of Vietnamese. ``right`` is the x where the figure ends.
    """

    final: tuple[GlyphRun, ...]
    face: Face
    size: float
    ink: Ink
    digits: tuple[int, ...]
    group_mark: int
    decimal_mark: int
    digit_width: float
    mark_width: float
    left: float
    right: float
    baseline: float
    amount: Decimal
    decimals: int


Paint = GlyphRun | Shape | Photo | Counter


@dataclass(frozen=True, slots=True)
class Motion:
    """How an item comes and goes, in frames of its page; ``distance`` px that it rises."""

    enter: str  # rise · fade · none
    start: int
    length: int
    distance: float = 0.0


@dataclass(frozen=True, slots=True)
class Zoom:
    """How a page's picture moves: its crop at the first and at the last frame, in px of the picture."""

    first: Box
    last: Box


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a laid text: its words and where they are broken, for slides."""

    text: str
    baseline: float
    left: float
    width: float


@dataclass(frozen=True, slots=True)
class TextLayout:
    """How a text was set: what a slide needs to set it again as editable words."""

    size: float  # px per em
    leading: float  # px between baselines
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One element at its place, or one decoration without an element."""

    name: str
    role: Role
    box: Box
    paints: tuple[Paint, ...]
    element: Element | None = None
    text: TextLayout | None = None  # of elements that are one text
    alt: str = ""
    bleeds: bool = False  # may leave the safe area and the trim
    motion: Motion | None = None
    zoom: Zoom | None = None
    mark: Box | None = None  # where the union's mark stands in it
    code: Box | None = None  # where a QR code does


@dataclass(frozen=True, slots=True)
class Cue:
    """A subtitle: words between two frames of the whole clip."""

    first: int
    last: int
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """Items in painting order; ``reading`` holds their indices in reading order, decorations left out."""

    name: str
    title: str
    items: tuple[Item, ...]
    reading: tuple[int, ...]
    frames: int = 1  # of a clip
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """All pages of one job, ready for any renderer."""

    job: str
    format: str
    title: str
    language: str
    canvas: Canvas
    pages: tuple[Page, ...]
    facts: tuple[Fact, ...]
    rate: int
    between: str
    cues: tuple[Cue, ...] = ()
    sound: Sound | None = None
    link: str = ""
    post: str = ""  # the text file that goes out beside a picture
    alts: tuple[str, ...] = ()  # by page, what it shows to those who cannot see it
    about: About = field(default_factory=About)
    stamp: str = ""  # what stands across a draft
    problems: tuple[Diagnostic, ...] = ()  # what layout found and need not stop for

    @property
    def place(self) -> Span:
        """Where its first content was written: a line for what is wrong with the file as a whole."""
        items = (item for page in self.pages for item in page.items)
        return next((item.element.origin.span for item in items if item.element is not None), Span(self.job))
