"""A scene: pages of elements with every word, number, ink and picture filled in; nothing is placed yet.

What the elements are stands in :mod:`producer.scene.content`; later stages take their names from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import hypot

from producer.brand.model import Anchor, Artwork, BorderSpec, Colour, Face, Ink, PanelShape, PressSpec
from producer.diagnostics import Diagnostic, Span
from producer.geometry import Insets, Size
from producer.plan.model import Imposition, Medium
from producer.recipe.model import Move
from producer.scene.content import (
    ChartElement,
    ChartKind,
    Divider,
    Element,
    Fill,
    FlagElement,
    Gradient,
    ListElement,
    ListItem,
    Look,
    MarkElement,
    NumberCard,
    NumberElement,
    NumbersElement,
    Origin,
    Picture,
    PictureElement,
    QrElement,
    Role,
    Run,
    SignatureElement,
    Solid,
    TableElement,
    TextElement,
    TimelineElement,
    TimelineEntry,
    Told,
)

__all__ = [
    "About",
    "Border",
    "Canvas",
    "ChartElement",
    "ChartKind",
    "Divider",
    "Element",
    "Fact",
    "Field",
    "Fill",
    "FlagElement",
    "Gradient",
    "Ground",
    "ListElement",
    "ListItem",
    "Look",
    "MarkElement",
    "MotifUse",
    "NumberCard",
    "NumberElement",
    "NumbersElement",
    "Origin",
    "Panel",
    "Picture",
    "PictureElement",
    "Press",
    "QrElement",
    "Role",
    "Run",
    "Scene",
    "ScenePage",
    "SignatureElement",
    "Solid",
    "Sound",
    "Stamp",
    "TableElement",
    "TextElement",
    "TimelineElement",
    "TimelineEntry",
    "Told",
    "Waiver",
]


AT_ARMS_LENGTH_DPI = 250  # and more: such a print is held in the hand
PPI_METRES, CAP_MM_PER_METRE = 180.0, 3.0


@dataclass(frozen=True, slots=True)
class MotifUse:
    """A motif on a page."""

    art: Artwork
    at: Anchor
    ink: Ink
    size: float  # width in % of the page's shorter side


@dataclass(frozen=True, slots=True)
class Field:
    """A flat field over a ground's fill, from ``meet`` (0 to 1) of the way along ``angle`` to its end."""

    ink: Ink
    angle: float
    meet: float


@dataclass(frozen=True, slots=True)
class Border:
    """A line around a page."""

    ink: Ink
    spec: BorderSpec


@dataclass(frozen=True, slots=True)
class Ground:
    """What lies under a page: a fill, over it a picture with its scrim, over both the motifs and a border."""

    fill: Fill
    picture: PictureElement | None = None
    scrim: Ink | None = None  # the layout finds how strong it must be
    motifs: tuple[MotifUse, ...] = ()
    field: Field | None = None
    border: Border | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """What lies under some cells."""

    cells: tuple[str, ...]
    fill: Ink | None
    radius: float  # % of the page's shorter side, as the next
    pad: float
    bleed: bool
    line: Ink | None = None
    line_width: float = 0.0
    bar: Ink | None = None
    shadow: bool = False
    shape: PanelShape = PanelShape.PLAIN
    offset: float = 0.0  # % of the page's shorter side, that its line stands inside its edge
    hugs: bool = False  # only as large as its words


@dataclass(frozen=True, slots=True)
class ScenePage:
    """One page: its cells by name, its elements by the cell's name."""

    name: str  # of the template's page: slides made from one page share a layout
    title: str  # what the page is called, unique in a deck
    cells: tuple[tuple[str, ...], ...]
    elements: tuple[Element, ...]  # in reading order
    ground: Ground
    panels: tuple[Panel, ...]
    hold: Decimal | None  # seconds; nothing means as long as the words take to read
    move: Move
    span: Span
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """What the finished file must say: a field of the data and its words."""

    field: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Waiver:
    """A check that need not hold, in writing: for all of a product, or for one row of a sheet."""

    check: str  # the code of its problem
    reason: str
    row: str | None = None  # nothing where it is for all of the product

    def covers(self, problem: Diagnostic) -> bool:
        """Whether it accepts a problem: that check, in all of the job or in that row."""
        return self.check == problem.code and self.row in (None, problem.facts.get("row"))


@dataclass(frozen=True, slots=True)
class Sound:
    """Music under a clip."""

    path: str
    digest: str


@dataclass(frozen=True, slots=True)
class Press:
    """How print files are made: the brand's terms with its printer, and what the page of checks is set in."""

    spec: PressSpec
    face: Face
    bold: Face
    day: date  # of the recipe: stands where other programs write the hour
    channel: str
    ink: str  # token that stands for all others where there is one ink
    checked: bool = True  # this file carries the page of checks: of several formats one does


PHONE_WIDTH = 360.0  # CSS px
SLIDE_WIDTH_PT = 960.0  # 13.33 in
HAND_METRES = 0.6
# In print. The eye parts ppi · distance of 180 a metre, as in the table of channels.toml. A page is looked at from
# twice its diagonal; who walks up to a poster stops at an arm and a half, and a card is held nearer than that.
DIAGONALS, NEAREST, FARTHEST, METRES_PER_INCH = 2.0, 0.6, 1.2, 0.0254

LEAST_SCREEN = 2.03  # % of a side, the least type on a screen
WIDEST = 1.2  # of the height, what counts of a banner for its least type


@dataclass(frozen=True, slots=True)
class Canvas:
    """The page's trim size in px, what must stay free inside it, and the bleed outside it."""

    size: Size
    safe: Insets
    bleed: float
    medium: Medium
    px_per_inch: float  # 72 in print; 96 on screens
    dpi: int  # of pictures
    margin: float  # px, from the brand
    gap: float  # px, from the brand
    marks: bool = False
    scale: float = 1.0  # artwork 1:10 is drawn at a tenth of its size: 10
    circle: bool = False  # the trim is the circle inside its square
    inks: str = ""  # all inks · `one` · `flat`
    least_text: float = 0.0  # px, of capitals at final size
    least_line: float = 0.0  # px, of strokes at final size
    press: Press | None = None  # in print
    imposition: Imposition | None = None  # several to a sheet
    max_mb: float | None = None  # of a picture file, 10^6 bytes
    advised_mb: float | None = None  # over which a network serves it badly
    most_inks: int = 0  # of flat ones
    repeat: float = 0.0  # px along the longer side after which the artwork comes again
    slice: float = 0.0  # px of its height, of the slices that a tall page is also made in; 0 for none

    @property
    def cuts(self) -> tuple[float, ...]:
        """How far down the page is cut into slices, px; nothing where it is not."""
        count = round(self.size.height / self.slice) if self.slice else 0
        return tuple(self.slice * at for at in range(1, count))

    def large_px(self, *, bold: bool) -> float:
        """The size from which words are large text, which needs less contrast.

        Source: WCAG 2.2, 1.4.3: 18 pt, or 14 in bold (24 and 18.66 CSS px). A screen is taken for a phone, which
        shows the page 360 CSS px wide; print of few dots is seen from 180 / dpi m, and so must be larger.
        """
        if self.medium in (Medium.IMAGE, Medium.VIDEO):
            return (18.66 if bold else 24.0) / PHONE_WIDTH * self.size.width
        least_pt = 14.0 if bold else 18.0
        if self.medium is Medium.DECK:
            return least_pt * self.size.width / SLIDE_WIDTH_PT
        return least_pt / 72 * self.px_per_inch * max(PPI_METRES / self.dpi / HAND_METRES, 1.0)

    @property
    def least_type(self) -> float:
        """The px below which words cannot be read on a screen.

        22 px of 1080, which a phone shows at some 7 pt. A banner is shown as wide as the screen, however low it is:
        of a picture that lies the mean of its sides counts, up to ``WIDEST`` times its height, beyond which no
        signature would have room.

        Source: reference sheet of fonts, rule 9.
        """
        lies = self.medium is Medium.IMAGE and self.size.width > self.size.height
        mean = (self.size.width * self.size.height) ** 0.5 if lies else self.size.shorter
        return LEAST_SCREEN / 100 * min(mean, WIDEST * self.size.shorter)

    @property
    def least_capitals(self) -> float:
        """How high capitals must be, px: as its material holds them, or as they are read from afar; 0 in the hand.

        Source: ppi ≈ 180 / distance in m; capitals of 3 mm a metre are the least that is read in passing (table of
        viewing distances in ``channels.toml``).
        """
        if self.least_text > 0 or self.medium is not Medium.PRINT or self.dpi >= AT_ARMS_LENGTH_DPI:
            return self.least_text
        return CAP_MM_PER_METRE * PPI_METRES / self.dpi / 25.4 * self.px_per_inch

    @property
    def sharp_dpi(self) -> float:
        """The dots to the inch at which a picture in a print of this size looks sharp, at most its channel's own."""
        diagonal = hypot(self.size.width, self.size.height) / self.px_per_inch * METRES_PER_INCH
        return min(self.dpi, PPI_METRES / min(max(diagonal * DIAGONALS, NEAREST), FARTHEST))

    @property
    def part(self) -> Size:
        """What the artwork fills: the page, or that part of a band after which it comes again."""
        return self.size.part(self.repeat)


@dataclass(frozen=True, slots=True)
class About:
    """What a file says of itself to other programs, in its metadata and on no page."""

    unit: str = ""  # who speaks, and whose it is
    rights: str = ""
    credit: str = ""  # whom its pictures and its music are owed to, else the unit
    keywords: tuple[str, ...] = ()
    captured: bool = False  # it shows photographs


@dataclass(frozen=True, slots=True)
class Stamp:
    """Words across every page of a copy that may not go out yet."""

    words: str
    face: Face
    dark: str  # tokens
    light: str


@dataclass(frozen=True, slots=True)
class Scene:
    """A whole piece, filled in."""

    job: str
    format: str
    title: str
    language: str
    canvas: Canvas
    pages: tuple[ScenePage, ...]
    facts: tuple[Fact, ...]
    rate: int
    enter: str
    between: str
    least_seconds: Decimal | None
    most_seconds: Decimal | None
    joins: tuple[str, ...]
    colours: Mapping[str, Colour]  # what each token means, so that a new shade makes a new key
    sound: Sound | None = None
    link: str = ""
    post: str = ""  # the text file that goes out beside a picture
    alts: tuple[str, ...] = ()  # by page, what it shows to those who cannot see it
    about: About = About()
    stamp: Stamp | None = None  # of a draft
    waivers: tuple[Waiver, ...] = ()
    problems: tuple[Diagnostic, ...] = ()  # what was found on the way and need not stop it
    found: tuple[
        Diagnostic, ...
    ] = ()  # before: of its rows and its preset; told already, but for its page of checks
