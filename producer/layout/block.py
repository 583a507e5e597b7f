"""Elements measured at a width: how high they are, and how they are built once their box is known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from producer.brand.model import Artwork, Ink, TextStyle
from producer.diagnostics import Diagnostic, Span
from producer.geometry import Box
from producer.layout.artwork import inks_by_colour, place_artwork, read_artwork
from producer.layout.font import FontBook
from producer.layout.model import Paint, Shape, TextLayout
from producer.layout.outline import rectangle
from producer.layout.text import TextBlock, fit_text, overflow, set_text
from producer.plan.model import Medium
from producer.scene.model import Divider, Origin, Run, Scene, Solid

# Least sizes. On screens 22 px of 1080, which a phone shows at some 7 pt; in print 7 pt, for captions.
# Source: reference sheet of fonts, rule 9.
LEAST_SCREEN = 2.03
LEAST_PRINT_PT = 7.0


@dataclass(frozen=True, slots=True)
class Built:
    """What an element paints, and its lines where it is one text."""

    paints: tuple[Paint, ...]
    text: TextLayout | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """An element at one width."""

    height: float  # px that it needs
    build: Callable[[Box], Built]
    grows: bool = False  # takes what is left: pictures and charts
    problems: tuple[Diagnostic, ...] = ()
    drop: float = 0.0  # px from its top to where its first line's letters begin, for even white space


@dataclass(frozen=True, slots=True)
class Setter:
    """What every element needs to be measured on one page."""

    scene: Scene
    fonts: FontBook
    read_bytes: Callable[[str], bytes]
    step: int  # of the size ladder: words give way before pictures do

    @property
    def unit(self) -> float:
        """One percent of the page's shorter side, px."""
        return self.scene.canvas.size.shorter / 100

    def legible(self, style: TextStyle) -> TextStyle:
        """The style without the steps that cannot be read on this medium; at least its largest stays."""
        least = LEAST_PRINT_PT if self.scene.canvas.medium is Medium.PRINT else LEAST_SCREEN * self.unit
        kept = tuple(size for size in style.sizes if size * self.unit >= least)
        return replace(style, sizes=kept or style.sizes[:1])

    def sizes(self, style: TextStyle) -> tuple[float, ...]:
        """The px of a style from the page's step on, the largest first."""
        sizes = self.legible(style).sizes
        return tuple(size * self.unit for size in sizes[min(self.step, len(sizes) - 1) :])

    def size(self, style: TextStyle) -> float:
        """The px of a style at the page's step."""
        return self.sizes(style)[0]

    def fit(
        self,
        runs: Sequence[Run],
        style: TextStyle,
        ink: Ink,
        width: float,
        origin: Origin,
        *,
        align: str = "start",
        balanced: bool = True,
    ) -> tuple[TextBlock, tuple[Diagnostic, ...]]:
        """Words at the first size that holds, and the problem where none does."""
        block = fit_text(
            tuple(runs),
            self.legible(style),
            ink,
            width,
            self.scene.canvas.size.shorter,
            self.fonts,
            self.scene.joins,
            origin,
            align=align,
            first_step=self.step,
            balanced=balanced,
        )
        if block.fits:
            return block, ()
        return block, (overflow(block, style, origin),)

    def set(
        self,
        words: str | Sequence[Run],
        style: TextStyle,
        size: float,
        ink: Ink,
        width: float,
        origin: Origin,
        *,
        bold: bool = False,
        align: str = "start",
        balanced: bool = False,
    ) -> TextBlock:
        """Words at a size, however many lines they take."""
        runs = (Run(words, bold=bold),) if isinstance(words, str) else tuple(words)
        return set_text(
            runs,
            style,
            size,
            ink,
            width,
            self.fonts,
            self.scene.joins,
            origin,
            align=align,
            balanced=balanced,
        )

    def line(
        self, words: str, style: TextStyle, size: float, ink: Ink, origin: Origin, *, bold: bool = False
    ) -> TextBlock:
        """Words on one line, however long."""
        return self.set(words, style, size, ink, 1e6, origin, bold=bold)

    def art(self, art: Artwork, box: Box, ink: Ink, span: Span) -> tuple[Shape, ...]:
        """A drawing of the brand inside a box, its own colours as brand inks."""
        drawing = read_artwork(self.read_bytes(art.path), Span(art.path) if art.path else span)
        return place_artwork(drawing, box, inks_by_colour(self.scene.colours, ink))


def divider_space(divider: Divider | None, unit: float) -> tuple[float, float]:
    """Return the px that a divider takes to the left of and above its text."""
    if divider is None:
        return 0.0, 0.0
    taken = (divider.spec.width + divider.spec.gap) * unit
    return (taken, 0.0) if divider.spec.at == "left" else (0.0, taken)


def divider_shapes(divider: Divider | None, box: Box, unit: float) -> tuple[Shape, ...]:
    """The bar above or beside a text whose whole box, divider and all, is ``box``."""
    if divider is None:
        return ()
    spec = divider.spec
    width, length = spec.width * unit, spec.length * unit
    bar = Box(box.x, box.y, width, box.height) if spec.at == "left" else Box(box.x, box.y, length, width)
    return (bar_shape(bar, divider.ink),)


def bar_shape(box: Box, ink: Ink) -> Shape:
    """A filled rectangle."""
    return Shape(rectangle(box), fill=Solid(ink), box=box, rounded=(box, 0.0))
