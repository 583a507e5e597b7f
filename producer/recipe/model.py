"""What authors write, typed: recipe and template. Every text knows its line and column."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import Enum

from producer.brand.model import Brand
from producer.data.model import ColumnType
from producer.diagnostics import Diagnostic, SourceText, Span
from producer.geometry import Insets, Size
from producer.occasion import Occasion


class SlotType(Enum):
    """What a slot of a template holds."""

    TEXT = "text"
    LIST = "list"
    PHOTO = "photo"
    NUMBER = "number"
    NUMBERS = "numbers"
    CHART = "chart"
    TABLE = "table"
    TIMELINE = "timeline"
    STEPS = "steps"
    QUOTE = "quote"
    QR = "qr"
    SIGNATURE = "signature"
    SOUND = "sound"
    ROWS = "rows"
    FLAG = "flag"
    MARK = "mark"
    UNIT = "unit"


class Kind(Enum):
    """The medium that a template is written for."""

    STILL = "still"
    CLIP = "clip"
    DECK = "deck"


class PageShape(Enum):
    """The shape of a page by width : height: strip ≥ 2.4 > wide ≥ 1.2 > square > 0.85 ≥ tall."""

    TALL = "tall"
    SQUARE = "square"
    WIDE = "wide"
    STRIP = "strip"

    @classmethod
    def of(cls, ratio: float) -> PageShape:
        """Return the shape of a page whose width over height is ``ratio``."""
        if ratio >= 2.4:
            return cls.STRIP
        if ratio >= 1.2:
            return cls.WIDE
        return cls.SQUARE if ratio > 0.85 else cls.TALL


@dataclass(frozen=True, slots=True)
class Drawing:
    """Where the slots of a page stand: rows of cells, a name twice spans, ``.`` is empty.

    ``without`` names the slots that must be absent for this drawing to be taken, ``upright`` the photographs that must
    be higher than wide, ``omits`` the slots that its designer leaves out although they may be filled.
    """

    shape: PageShape | None  # None serves any shape
    without: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    span: Span
    omits: tuple[str, ...] = ()
    upright: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The slots that it places, in reading order."""
        seen = dict.fromkeys(name for row in self.cells for name in row if name != ".")
        return tuple(seen)


def choose_drawing(
    drawings: Sequence[Drawing], there: Collection[str], upright: Collection[str] = ()
) -> Drawing:
    """Return the drawing made for most of what is missing and of what stands upright, else the first of any."""

    def fits(drawing: Drawing) -> bool:
        return not any(name in there for name in drawing.without) and all(
            name in upright for name in drawing.upright
        )

    fitting = [drawing for drawing in drawings if fits(drawing)] or [d for d in drawings if not d.upright]
    return max(fitting or drawings, key=lambda drawing: len(drawing.without) + len(drawing.upright))


# Behind the name of a photo slot or column: the point of the picture that every crop keeps, and what it shows.
FOCUS, ALT = "_focus", "_alt"
BESIDE_PHOTO = (FOCUS, ALT)


class Need(Enum):
    """What the words of a slot must hold, or no product is made."""

    DOCUMENT = "document-number"  # as 50/2024/QH15
    DAY = "date"


@dataclass(frozen=True, slots=True)
class Slot:
    """A place to be filled, and how its content is set."""

    name: SourceText
    type: SlotType
    span: Span
    style: SourceText | None = None
    optional: bool = False
    when: SourceText | None = None  # only where that slot is filled
    label: str = ""
    help: str = ""
    text: SourceText | None = None  # what it says where neither recipe nor row fill it
    items: tuple[SourceText, ...] = ()
    icons: tuple[SourceText, ...] = ()
    each: SourceText | None = None  # one item for every row of that `rows` slot
    treatment: SourceText | None = None
    ink: SourceText | None = None  # role
    emphasis: SourceText | None = None  # role of the words between two stars
    align: str = "start"
    crop: str = "faces"  # faces · centre · whole
    count: str = ""  # "up" lets a number of a clip count
    most: int | None = None  # items that it can show; more is an error
    need: Need | None = None
    quote: bool = False  # somebody's own words: no check of spelling or of tidiness touches them


@dataclass(frozen=True, slots=True)
class Setting:
    """What a look sets anew of a slot; nothing leaves the slot's own."""

    style: SourceText | None = None
    treatment: SourceText | None = None
    ink: SourceText | None = None
    emphasis: SourceText | None = None
    align: str | None = None
    crop: str | None = None

    def of(self, slot: Slot) -> Slot:
        """The slot as this look shows it."""
        own = {name: value for name in self.__slots__ if (value := getattr(self, name)) is not None}
        return replace(slot, **own) if own else slot


class Move(Enum):
    """How the picture of a clip's page moves."""

    NONE = "none"
    ZOOM_IN = "zoom-in"
    ZOOM_OUT = "zoom-out"
    PAN_LEFT = "pan-left"
    PAN_RIGHT = "pan-right"


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page of a template; a still has one, named after its template."""

    name: SourceText
    span: Span
    ground: SourceText | None
    drawings: tuple[Drawing, ...]
    panels: Mapping[SourceText, tuple[SourceText, ...]]  # treatment → slots
    over: SourceText | None = None  # the photo slot that the cells stand on
    when: SourceText | None = None  # only where that slot is filled
    each: SourceText | None = None  # one page for every row of that `rows` slot
    hold: Decimal | None = None  # seconds
    move: Move = Move.NONE
    notes: SourceText | None = None
    look: str = ""  # the look of the template that it belongs to
    set: Mapping[str, Setting] = field(default_factory=dict)  # by slot


@dataclass(frozen=True, slots=True)
class Template:
    """What a piece holds and where it stands; one file, data and no code."""

    name: str
    path: str
    digest: str
    about: str
    kind: Kind
    slots: Mapping[str, Slot]
    pages: tuple[PageSpec, ...]
    abouts: Mapping[str, str] = field(default_factory=dict)  # what each look is for, in words of staff
    until: str = ""  # the column with the last day of what it offers
    approvers: int = 1  # how many must sign its products

    @property
    def looks(self) -> tuple[str, ...]:
        """Its looks by name, the first one before the others; one without a name where it has none."""
        return tuple(dict.fromkeys(page.look for page in self.pages))


@dataclass(frozen=True, slots=True)
class Condition:
    """What one column must hold: any of some values, a range, or nothing."""

    column: SourceText
    any_of: tuple[SourceText, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where the rows of a name come from: a file, or another name."""

    name: SourceText
    span: Span
    file: SourceText | None = None
    parent: SourceText | None = None
    sheet: SourceText | None = None  # of a workbook
    columns: Mapping[SourceText, SourceText] = field(default_factory=dict)  # our name → the file's
    id: tuple[SourceText, ...] = ()
    types: Mapping[SourceText, ColumnType] = field(default_factory=dict)
    only: tuple[Condition, ...] = ()
    exclude: tuple[Condition, ...] = ()
    order: tuple[SourceText, ...] = ()
    group_by: SourceText | None = None
    group: Mapping[SourceText, SourceText] = field(
        default_factory=dict
    )  # column → sum · count · mean · first · last


@dataclass(frozen=True, slots=True)
class Filling:
    """What a recipe puts into a slot: a text, or a mapping for charts, tables and the like."""

    span: Span
    text: SourceText | None = None
    items: tuple[SourceText, ...] = ()
    settings: Mapping[SourceText, SourceText | tuple[SourceText, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Piece:
    """One kind of product that a recipe makes."""

    name: SourceText
    span: Span
    template: SourceText
    rows: SourceText  # the data's name
    each: bool  # one from every row, or one from all rows
    only: tuple[Condition, ...] = ()
    exclude: tuple[Condition, ...] = ()
    order: tuple[SourceText, ...] = ()
    channels: tuple[SourceText, ...] = ()
    fill: Mapping[SourceText, Filling] = field(default_factory=dict)
    post: SourceText | None = None
    look: SourceText | None = None
    sheet: str = ""  # the printer's sheet that several stand on
    purpose: str = ""  # what people were asked for who agreed to be shown in it


@dataclass(frozen=True, slots=True)
class Recipe:
    """What to make."""

    name: str  # the folder's name: it is in every output path
    path: str
    title: SourceText
    today: date
    sources: tuple[Source, ...]
    pieces: tuple[Piece, ...]
    units: str = "none"
    accept: Mapping[SourceText, Mapping[SourceText, SourceText]] = field(default_factory=dict)


class Medium(Enum):
    """What kind of file a channel takes."""

    IMAGE = "image"
    PRINT = "print"
    VIDEO = "video"
    DECK = "deck"


# What a template of each kind can leave as, at present; another medium is refused at plan.
MEDIA = {
    Kind.STILL: (Medium.IMAGE, Medium.PRINT, Medium.DECK, Medium.VIDEO),
    Kind.CLIP: (Medium.VIDEO, Medium.PRINT, Medium.DECK),
    Kind.DECK: (Medium.DECK, Medium.PRINT),
}


@dataclass(frozen=True, slots=True)
class Channel:
    """Where a product goes: its size, what must stay free, and its files.

    Sizes are in px; a print channel counts 72 px to the inch, so that 1 px is 1 pt, and ``size`` is the trim.
    """

    id: str
    medium: Medium
    size: Size
    safe: Insets
    bleed: float  # px on every side
    formats: tuple[str, ...]
    dpi: int  # of pictures inside a print file; 72 on screens
    max_mb: float | None = None
    group: str = ""
    product: str = ""
    rate: int = 30  # frames a second, of clips
    least_seconds: Decimal | None = None
    most_seconds: Decimal | None = None
    marks: bool = False
    scale: float = 1.0  # artwork 1:10 is drawn at a tenth of its size: 10
    circle: bool = False  # the trim is the circle inside its square
    inks: str = ""  # all inks · `one`: a single brand ink, no tints · `flat`: some flat inks, no tints
    most_inks: int = 0  # of flat ones; 0 where all are printed
    repeat: float = 0.0  # px along the longer side after which the artwork comes again; 0 for once
    least_text: float = 0.0  # px, of capitals at final size
    least_line: float = 0.0  # px, of strokes at final size
    usual: bool = False  # of its product and group, the one that a row means by naming both
    note: str = ""  # what whoever makes it must know
    certain: bool = True  # where its figures are not, the report reminds of asking
    most_letters: int | None = None  # of the text beside a picture
    advised_mb: Mapping[str, float] = field(default_factory=dict)  # by format; more is made, and told
    slice: float = 0.0  # px of its height, of the slices that it is also made in; 0 for none
    name: str = (
        ""  # what people call it, in the language of the presets; one of a recipe's own has only its id
    )
    own_formats: bool = False  # chosen by the recipe: all of them are made, else the first

    @property
    def shape(self) -> PageShape:
        """The shape that drawings are chosen by: that of a band's part, where its artwork comes again."""
        return PageShape.of(self.size.part(self.repeat).ratio)

    @property
    def made(self) -> tuple[str, ...]:
        """The formats that are made."""
        return self.formats if self.own_formats else self.formats[:1]


@dataclass(frozen=True, slots=True)
class Paths:
    """Files by their paths; a folder, `brand/icons/`, stands for the files below it that have no entry of their own."""

    named: frozenset[str] = frozenset()
    entries: frozenset[str] = frozenset()  # further ones, for which it does not hold

    def __contains__(self, path: str) -> bool:
        """Whether a file is named, or else the nearest folder that has an entry."""
        return self.entry_of(path) in self.named

    def entry_of(self, path: str) -> str:
        """The entry that speaks of a file: its own, or else of the nearest folder that has one; empty if none."""
        return nearest_entry(path, self.named, self.entries)


def nearest_entry(path: str, *registers: Collection[str]) -> str:
    """Return the file's own entry, or that of the nearest folder that has one; empty where there is none."""
    folders = (path[: at + 1] for at in range(len(path) - 1, -1, -1) if path[at] == "/")
    named = (entry for entry in (path, *folders) if any(entry in register for register in registers))
    return next(named, "")


@dataclass(frozen=True, slots=True)
class Project:
    """A recipe with its brand, the templates it names and the channels it may use."""

    recipe: Recipe
    brand: Brand
    templates: Mapping[str, Template]
    channels: Mapping[str, Channel]
    credits: Mapping[str, str] = field(
        default_factory=dict
    )  # picture's path → whom its licence asks to be named
    maps: Paths = Paths()  # pictures that show a map
    licensed: Paths = Paths()  # files that may be used: somebody made them, under a licence
    nobody: Paths = Paths()  # pictures in which nobody can be recognised
    unusable: Mapping[str, Diagnostic] = field(
        default_factory=dict
    )  # by entry, why its files may not be used
    calendar: Mapping[str, Occasion] = field(default_factory=dict)  # the days of the year, by name
    terms: Mapping[str, str] = field(default_factory=dict)  # path, or folder with a / → its licence
