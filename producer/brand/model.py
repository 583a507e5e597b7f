"""A brand: inks, type, treatments, mark and the organisation it speaks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import lru_cache
from types import MappingProxyType

from producer.contrast import luminance, ratio
from producer.diagnostics import Span


@dataclass(frozen=True, slots=True)
class Ink:
    """A brand colour by its token, with an alpha between 0 and 1; never numbers."""

    token: str
    alpha: float = 1.0

    def faded(self, alpha: float) -> Ink:
        """The same token with another alpha."""
        return Ink(self.token, alpha)


@dataclass(frozen=True, slots=True)
class Colour:
    """What a token means to each renderer: sRGB from 0 to 255, and the ink build in percent where there is one."""

    red: int
    green: int
    blue: int
    cmyk: tuple[float, float, float, float] | None = None

    @property
    def hex(self) -> str:
        """The sRGB value as ``RRGGBB``."""
        return f"{self.red:02X}{self.green:02X}{self.blue:02X}"

    @property
    def luminance(self) -> float:
        """Relative luminance between 0 and 1."""
        return luminance(self.rgb)

    @property
    def rgb(self) -> tuple[int, int, int]:
        """The sRGB value as three numbers."""
        return self.red, self.green, self.blue


FLAG_RED = "national-flag-red"
FLAG_GOLD = "national-flag-gold"
# The flag's own colours, which no brand may change. The Constitution names them in words, red and yellow; these are
# the values in which the flag is commonly drawn, and in print the full process inks, clean without black.
# Source: Constitution of 2013, article 13; guidance 3420/HD-BVHTTDL of 2012, "đỏ tươi, vàng tươi".
FLAG_COLOURS: Mapping[str, Colour] = MappingProxyType(
    {
        FLAG_RED: Colour(218, 37, 29, (0.0, 100.0, 100.0, 0.0)),
        FLAG_GOLD: Colour(255, 255, 0, (0.0, 0.0, 100.0, 0.0)),
    }
)


@lru_cache(maxsize=4096)  # every word of every page asks for the few pairs of a palette
def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of two opaque colours, from 1 to 21."""
    return ratio(one.luminance, other.luminance)


@dataclass(frozen=True, slots=True)
class Face:
    """One font file: static, one weight."""

    path: str  # from the project folder
    digest: str  # SHA-256 of the file, so that a new font makes a new key
    family: str
    weight: int = 400
    italic: bool = False


class Case(Enum):
    """How a style sets the letters of its text."""

    AS_WRITTEN = "as-written"
    UPPER = "upper"


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a text is set; sizes are steps in % of the page's shorter side, the first that fits is taken."""

    name: str
    face: Face
    bold: Face  # for runs that stand out
    fallbacks: tuple[Face, ...]
    sizes: tuple[float, ...]
    lines: int
    case: Case = Case.AS_WRITTEN
    leading: float = 1.4  # distance of baselines in em
    tracking: float = 0.0  # added between clusters, in em
    bold_fallbacks: tuple[Face, ...] = ()  # of ``bold``; those of ``face`` where there are none

    def lenders(self, *, bold: bool) -> tuple[Face, ...]:
        """The faces that lend a missing letter, in order, in the weight of the words."""
        return self.bold_fallbacks or self.fallbacks if bold else self.fallbacks


class Anchor(Enum):
    """Where a motif stands on its page."""

    TOP_LEFT = "top-left"
    TOP = "top"
    TOP_RIGHT = "top-right"
    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"
    BOTTOM_LEFT = "bottom-left"
    BOTTOM = "bottom"
    BOTTOM_RIGHT = "bottom-right"
    FILL = "fill"  # repeated over the whole page


@dataclass(frozen=True, slots=True)
class Artwork:
    """A vector drawing of the brand: a motif, an icon or the mark."""

    path: str
    digest: str


@dataclass(frozen=True, slots=True)
class Motif:
    """A drawing set into the ground in one ink."""

    art: Artwork
    at: Anchor
    ink: str  # role
    strength: float  # alpha between 0 and 1
    size: float  # width in % of the page's shorter side


@dataclass(frozen=True, slots=True)
class GroundSpec:
    """What lies under a whole page: one role, a gradient of roles, or two flat fields."""

    roles: tuple[str, ...]
    angle: float = 180.0  # degrees, 180 runs from top to bottom as in CSS
    meet: float | None = None  # how far along ``angle`` two flat fields meet, 0 to 1; nothing for a gradient


class PanelShape(Enum):
    """The outline of a panel."""

    PLAIN = "plain"  # a rectangle, its corners as round as the panel says
    CUT = "cut"  # two opposite corners cut off
    TICKET = "ticket"  # a bite out of either side
    RIBBON = "ribbon"  # swallow tails at both ends
    BUBBLE = "bubble"  # somebody speaks
    ARCH = "arch"  # its head is vaulted
    SLANT = "slant"  # the edges that it has inside the page slope
    WAVE = "wave"  # they swing


@dataclass(frozen=True, slots=True)
class PanelSpec:
    """What lies under some cells of a drawing; roles inside it are swapped by ``text`` and ``accent``."""

    fill: str | None  # role; nothing for a panel that is only a line
    text: str
    accent: str
    muted: str
    radius: float = 0.0  # % of the page's shorter side
    pad: float = 4.0  # % of the page's shorter side
    alpha: float = 1.0
    bleed: bool = False  # runs out of the page on the sides that it touches
    line: str | None = None  # role of an edge
    line_width: float = 0.3  # % of the page's shorter side
    bar: str | None = None  # role of a thick bar along its left or upper side
    shadow: bool = False
    shape: PanelShape = PanelShape.PLAIN
    offset: float = 0.0  # % of the page's shorter side, that its line stands inside its edge
    hugs: bool = False  # only as large as its words


class FrameShape(Enum):
    """The outline that a picture is cut to."""

    NONE = "none"
    ROUNDED = "rounded"
    CIRCLE = "circle"
    ARCH = "arch"
    SLANT = "slant"
    WAVE = "wave"
    HEXAGON = "hexagon"
    BLOB = "blob"  # drawn by hand
    LEAF = "leaf"  # two opposite corners round
    POLAROID = "polaroid"  # a mat with a deep foot


@dataclass(frozen=True, slots=True)
class FrameSpec:
    """How a picture is cut and edged."""

    shape: FrameShape
    line: str | None = None  # role
    line_width: float = 0.6  # % of the page's shorter side
    bleed: bool = True  # runs out of the page on the sides that it touches
    offset: float = 0.0  # % of the page's shorter side, between the picture and its line


class LookKind(Enum):
    """What happens to the colours of a photograph."""

    DUOTONE = "duotone"
    MONO = "mono"
    TINT = "tint"


@dataclass(frozen=True, slots=True)
class LookSpec:
    """A photograph's look in roles: dark and light inks, and how strongly it is applied."""

    kind: LookKind
    dark: str
    light: str
    strength: float = 1.0


@dataclass(frozen=True, slots=True)
class DividerSpec:
    """A mark that sets off a text: a bar above it, a line beside it."""

    ink: str  # role
    length: float = 12.0  # % of the page's shorter side
    width: float = 1.0  # % of the page's shorter side
    gap: float = 2.5  # % of the page's shorter side, to the text
    at: str = "above"  # above · below · left
    art: Artwork | None = None  # a drawing in place of the bar, ``length`` wide


@dataclass(frozen=True, slots=True)
class BorderSpec:
    """A line around the page, inside its edge."""

    ink: str  # role
    inset: float = 3.0  # % of the page's shorter side, from the edge
    width: float = 0.35  # % of the page's shorter side
    kind: str = "single"  # single · double · notched


@dataclass(frozen=True, slots=True)
class Treatment:
    """One look of the brand: any of the parts below, used by its name."""

    name: str
    ground: GroundSpec | None = None
    panel: PanelSpec | None = None
    motifs: tuple[Motif, ...] = ()
    frame: FrameSpec | None = None
    look: LookSpec | None = None
    divider: DividerSpec | None = None
    border: BorderSpec | None = None


@dataclass(frozen=True, slots=True)
class MotionSpec:
    """How the words of a clip come and go."""

    enter: str = "rise"  # rise · fade · none
    between: str = "slide"  # slide · fade · cut


@dataclass(frozen=True, slots=True)
class MarkSpec:
    """The union's mark and its rules."""

    art: Artwork
    placeholder: bool
    least_mm: float = 15.0
    least_px: float = 64.0
    clear: float = 0.25  # of its height, free on every side
    mono: Artwork | None = None  # the union's own drawing in one colour
    reverse: Artwork | None = None  # its own drawing for dark grounds
    span: Span = field(default=Span(""), compare=False)  # of its keys in brand.yaml


@dataclass(frozen=True, slots=True)
class PressSpec:
    """What the printer asks for; without a profile of its own, ours for coated paper."""

    profile: Artwork | None = None  # an ICC file of a press
    condition: str = "FOGRA39"  # the name in the registry of print conditions
    ink_limit: float = 300.0  # percent of all inks on one spot


@dataclass(frozen=True, slots=True)
class Profile:
    """Who speaks, between two days; both ends included."""

    id: str  # its key in organisation.yaml
    name: str
    short_name: str
    since: date
    until: date | None = None
    parent: str = ""
    address: str = ""
    phone: str = ""
    link: str = ""
    congress: str = ""  # the last one, as its texts name it
    term: str = ""
    mark: MarkSpec | None = None  # its own, where it has another than the brand's

    def holds(self, day: date) -> bool:
        """Whether it speaks on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class DatedName:
    """What somebody is called between two days, both included: a station, a paper, a partner."""

    name: str
    short_name: str
    since: date = date.min
    until: date = date.max


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who speaks and whom texts speak of, each with the days on which that holds."""

    profiles: tuple[Profile, ...] = ()  # the earliest first
    units: tuple[Profile, ...] = ()  # that have sets of products of their own
    names: Mapping[str, tuple[DatedName, ...]] = field(default_factory=dict)  # by the word that sheets use

    def on(self, day: date) -> Profile | None:
        """Who speaks on a day, or nobody."""
        return next((profile for profile in self.profiles if profile.holds(day)), None)

    def units_on(self, day: date) -> tuple[Profile, ...]:
        """The units that a day has; where none are listed, everybody who speaks."""
        return tuple(unit for unit in self.units or self.profiles if unit.holds(day))

    def called(self, word: str, day: date) -> DatedName | None:
        """What somebody is called on a day; nothing where nobody has that word, or no name on that day."""
        return next((name for name in self.names.get(word, ()) if name.since <= day <= name.until), None)


@dataclass(frozen=True, slots=True)
class Approver:
    """Somebody who may approve products, between two days."""

    id: str
    name: str
    role: str
    key: str  # public, of Ed25519, in base64
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Brand:
    """How the union looks. Templates speak of roles, pages carry inks, renderers ask for colours."""

    name: str
    language: str
    colours: Mapping[str, Colour]
    roles: Mapping[str, str]  # role → token
    themes: Mapping[str, Mapping[str, str]]  # theme → role → token
    series: tuple[str, ...]  # tokens of chart series, in order
    styles: Mapping[str, TextStyle]
    treatments: Mapping[str, Treatment]
    icons: Mapping[str, Artwork]
    mark: MarkSpec
    motion: MotionSpec
    organisation: Organisation
    margin: float = 6.0  # % of the page's shorter side
    gap: float = 3.0  # % of the page's shorter side
    joins: tuple[str, ...] = ()  # groups of words that must share a line
    glossary: Mapping[str, str] = field(default_factory=dict, compare=False)  # confused word → the right one
    digest: str = field(default="", compare=False)
    press: PressSpec = PressSpec()
    approval: bool = field(default=False, compare=False)  # somebody must sign before a product goes out
    places: Mapping[str, Span] = field(default_factory=dict, compare=False)  # token → its line in brand.yaml
    library: str = field(default="", compare=False)  # where the archive lies; empty for the usual place

    def roles_of(self, *themes: str) -> Mapping[str, str]:
        """The roles with those of ``themes`` laid over in turn; an unknown theme changes nothing."""
        roles = dict(self.roles)
        for theme in themes:
            roles |= self.themes.get(theme, {})
        return roles
