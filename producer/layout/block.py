"""Elements measured at a width: how high they are, and how they are built once their box is known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil, inf

from producer.brand.model import Artwork, Face, Ink, TextStyle
from producer.diagnostics import Diagnostic, Scope, Span
from producer.geometry import Box
from producer.kept import NO_NOTES, Notes
from producer.layout.artwork import inks_by_colour, place_artwork, read_artwork
from producer.layout.font import FontBook
from producer.layout.model import Paint, Shape, TextLayout
from producer.layout.outline import rectangle
from producer.layout.scrim import See
from producer.layout.text import TextBlock, fit_text, overflow, set_text
from producer.plan.model import Medium
from producer.scene.model import Divider, Origin, Run, Scene, Solid

# In print 7 pt, for captions. Source: reference sheet of fonts, rule 9; it has the least of screens, too.
LEAST_PRINT_PT = 7.0
# Least side of a code's module: a phone at arm's length resolves 0.35 mm in print and 3 px on a screen of phone size.
LEAST_MODULE_PX = 3.0
LEAST_MODULE_MM = 0.35
MM_PER_INCH = 25.4
ENDLESS = 1e6  # px that no line reaches
NOISE = 0.5  # px, that nobody sees
SHARES = {"start": 0.0, "centre": 0.5, "end": 1.0}  # of what is free, before what is aligned so


@dataclass(frozen=True, slots=True)
class Built:
    """What an element paints, and its lines where it is one text."""

    paints: tuple[Paint, ...]
    text: TextLayout | None = None
    mark: Box | None = None  # where the union's mark stands
    code: Box | None = None  # where a QR code does


@dataclass(frozen=True, slots=True)
class Measured:
    """An element at one width."""

    height: float  # px that it needs
    build: Callable[[Box], Built]
    grows: bool = False  # takes what is left: pictures and charts
    problems: tuple[Diagnostic, ...] = ()
    sizes: tuple[float, ...] = ()  # px of its words, of a chart none


@dataclass(frozen=True, slots=True)
class Setting:
    """How words are set: in which style and ink, and how their lines stand."""

    style: TextStyle
    ink: Ink
    bold: bool = False  # of words that are not runs yet
    align: str = "start"
    balanced: bool = False  # lines of like length: for titles, not for running text

    def runs(self, words: str | Sequence[Run]) -> tuple[Run, ...]:
        """Words as runs."""
        return (Run(words, bold=self.bold),) if isinstance(words, str) else tuple(words)


@dataclass(frozen=True, slots=True)
class Setter:
    """What every element needs to be measured on one page."""

    scene: Scene
    fonts: FontBook
    read_bytes: Callable[[str], bytes]
    see: See
    step: int  # of the size ladder: words give way before pictures do
    notes: Notes = NO_NOTES
    caps: tuple[
        tuple[str, float], ...
    ] = ()  # style and its most, % of the shorter side, where a page has too many sizes

    @property
    def unit(self) -> float:
        """One percent of the page's shorter side, px."""
        return self.scene.canvas.size.shorter / 100

    @property
    def least(self) -> float:
        """The px below which words cannot be read on this medium."""
        canvas = self.scene.canvas
        return LEAST_PRINT_PT if canvas.medium is Medium.PRINT else canvas.least_type

    @property
    def least_module(self) -> float:
        """The px below which a phone cannot tell the modules of a code on this medium."""
        inch = self.scene.canvas.px_per_inch
        return LEAST_MODULE_PX if self.on_screen else LEAST_MODULE_MM / MM_PER_INCH * inch

    @property
    def on_screen(self) -> bool:
        """Whether the page leaves as pixels of its own size."""
        return self.scene.canvas.medium in (Medium.IMAGE, Medium.VIDEO)

    @property
    def darkest(self) -> Ink:
        """The brand's darkest colour: that of shadows."""
        colours = self.scene.colours
        return Ink(min(colours, key=lambda token: colours[token].luminance))

    @property
    def lightest(self) -> Ink:
        """The brand's lightest colour: that of mats."""
        colours = self.scene.colours
        return Ink(max(colours, key=lambda token: colours[token].luminance))

    def least_of(self, style: TextStyle) -> float:
        """The px below which a style's words cannot be read, or cannot be made: thread and pad want capitals."""
        capitals = self.scene.canvas.least_capitals
        return max(self.least, capitals / self.fonts.font(style.face).cap_height if capitals else 0.0)

    def legible(self, style: TextStyle) -> TextStyle:
        """The style without the steps that cannot be read on this medium; where none can, the least that can be.

        A style that is capped has no step above its cap.
        """
        cap, least = dict(self.caps).get(style.name, inf), self.least_of(style)
        sizes = tuple(min(size, cap) for size in style.sizes)
        kept = tuple(size for size in sizes if size * self.unit >= least)
        return replace(style, sizes=kept or (least / self.unit,))

    def figures(self, style: TextStyle) -> TextStyle:
        """The style for figures under one another: in the first face of its chain whose figures have one width."""

        def even(*faces: Face) -> Face:
            return next((face for face in faces if self.fonts.font(face).even), faces[0])

        face, bold = even(style.face, *style.fallbacks), even(style.bold, *style.lenders(bold=True))
        return replace(style, face=face, bold=bold, fallbacks=(style.face, *style.fallbacks))

    def sizes(self, style: TextStyle) -> tuple[float, ...]:
        """The px of a style from the page's step on, the largest first."""
        sizes = self.legible(style).sizes
        return tuple(size * self.unit for size in sizes[min(self.step, len(sizes) - 1) :])

    def size(self, style: TextStyle) -> float:
        """The px of a style at the page's step."""
        return self.sizes(style)[0]

    def fit(
        self, words: str | Sequence[Run], setting: Setting, width: float, origin: Origin
    ) -> tuple[TextBlock, tuple[Diagnostic, ...]]:
        """Words at the first size that holds, and the problem where none does."""
        block = fit_text(
            setting.runs(words),
            self.legible(setting.style),
            setting.ink,
            width,
            self.scene.canvas.size.shorter,
            self.fonts,
            self.scene.joins,
            origin,
            align=setting.align,
            first_step=self.step,
            balanced=setting.balanced,
        )
        return block, () if block.fits else (overflow(block, setting.style, origin),)

    def set(
        self, words: str | Sequence[Run], setting: Setting, size: float, width: float, origin: Origin
    ) -> TextBlock:
        """Words at a size, however many lines they take."""
        return set_text(
            setting.runs(words),
            setting.style,
            size,
            setting.ink,
            width,
            self.fonts,
            self.scene.joins,
            origin,
            align=setting.align,
            balanced=setting.balanced,
        )

    def line(self, words: str, setting: Setting, size: float, origin: Origin) -> TextBlock:
        """Words on one line, however long."""
        return self.set(words, setting, size, ENDLESS, origin)

    def art(self, art: Artwork, box: Box, ink: Ink, span: Span) -> tuple[Shape, ...]:
        """A drawing of the brand inside a box, its own colours as brand inks."""
        drawing = read_artwork(self.read_bytes(art.path), Span(art.path) if art.path else span)
        return place_artwork(drawing, box, inks_by_colour(self.scene.colours, ink))


def no_room(origin: Origin, over: float) -> Diagnostic:
    """Return that a cell is ``over`` px too narrow for what stands in it."""
    return Diagnostic("layout/no-room", origin.span, origin.facts | {"over": ceil(over)}, scope=Scope.ROW)


def too_wide(blocks: Iterable[TextBlock], style: TextStyle, origin: Origin) -> tuple[Diagnostic, ...]:
    """Return the problem of the first block whose words stand out of the width that they were set in."""
    return tuple(overflow(block, style, origin) for block in blocks if block.over)[:1]


@dataclass(frozen=True, slots=True)
class DividerRoom:
    """The px that a divider takes of its text's box; all nothing where there is none."""

    left: float = 0.0
    above: float = 0.0
    below: float = 0.0

    @classmethod
    def of(cls, divider: Divider | None, setter: Setter) -> DividerRoom:
        """The room of a text's divider."""
        if divider is None:
            return cls()
        taken = _thickness(divider, setter) + divider.spec.gap * setter.unit
        return cls(**{divider.spec.at: taken})


def _thickness(divider: Divider, setter: Setter) -> float:
    """How high a divider is that lies across, how wide one that stands; px."""
    spec = divider.spec
    if spec.art is None or spec.at == "left":
        return spec.width * setter.unit
    view = read_artwork(setter.read_bytes(spec.art.path), Span(spec.art.path)).view
    return spec.length * setter.unit * view.height / view.width


def divider_problems(
    divider: Divider | None, width: float, origin: Origin, setter: Setter
) -> tuple[Diagnostic, ...]:
    """The problem of a divider that is longer than its cell is wide, and would run out of it, or of the page."""
    if divider is None or divider.spec.at == "left":
        return ()
    over = divider.spec.length * setter.unit - width
    return (no_room(origin, over),) if over > NOISE else ()


def divider_shapes(
    divider: Divider | None, box: Box, setter: Setter, align: str = "start"
) -> tuple[Shape, ...]:
    """The mark above, below or beside a text whose whole box, divider and all, is ``box``."""
    if divider is None:
        return ()
    spec, thick, length = divider.spec, _thickness(divider, setter), divider.spec.length * setter.unit
    if spec.at == "left":
        return (bar_shape(Box(box.x, box.y, thick, box.height), divider.ink),)
    x = box.x + (box.width - length) * SHARES[align]
    y = box.y if spec.at == "above" else box.bottom - thick
    place = Box(x, y, length, thick)
    if spec.art is not None:
        return setter.art(spec.art, place, divider.ink, Span(spec.art.path))
    return (bar_shape(place, divider.ink),)


def bar_shape(box: Box, ink: Ink) -> Shape:
    """A filled rectangle."""
    return Shape(rectangle(box), fill=Solid(ink), box=box, rounded=(box, 0.0))
