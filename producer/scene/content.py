"""What stands in the cells of a page: elements with every word, number, ink and picture filled in."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from producer.brand.model import Artwork, DividerSpec, FrameShape, Ink, LookKind, TextStyle
from producer.diagnostics import Span


class Role(Enum):
    """What an element is to a reader, a screen reader or a slide."""

    TITLE = "title"
    LEAD = "lead"
    BODY = "body"
    FIGURE = "figure"
    CAPTION = "caption"
    PICTURE = "picture"
    CHART = "chart"
    TABLE = "table"
    SIGNATURE = "signature"
    DECORATION = "decoration"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an element's content was written, for a problem found later."""

    span: Span
    field: str  # the slot
    row: str = ""  # the id of the row

    @property
    def facts(self) -> dict[str, str | int]:
        """What a message says of the place: the field and the row; a dash where it is of all rows."""
        return {"field": self.field, "row": self.row or "–"}


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one weight and ink; nothing means those of its element."""

    text: str
    ink: Ink | None = None
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Solid:
    """One ink all over."""

    ink: Ink


@dataclass(frozen=True, slots=True)
class Gradient:
    """Inks at even distances along ``angle`` in degrees; 180 runs from top to bottom as in CSS."""

    inks: tuple[Ink, ...]
    angle: float


Fill = Solid | Gradient


@dataclass(frozen=True, slots=True)
class Look:
    """A photograph's colours: ``dark`` and ``light`` inks and how strongly they are applied, 0 to 1."""

    kind: LookKind
    dark: Ink
    light: Ink
    strength: float


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture file after its EXIF turn. A vector picture has the size of its viewBox and is painted at any size.

    ``focus`` is the point that every crop keeps, in fractions of width and height.
    """

    path: str
    digest: str
    width: int
    height: int
    vector: bool = False
    focus: tuple[float, float] = (0.5, 0.5)
    credit: str = ""  # whom its licence asks to be named
    frames: int = 1  # of which the first is shown
    empty: bool = False  # nothing is seen of it, or one colour


@dataclass(frozen=True, slots=True)
class Divider:
    """The brand's mark beside a text."""

    ink: Ink
    spec: DividerSpec


@dataclass(frozen=True, slots=True)
class TextElement:
    """Words. A line end parts paragraphs. ``caption`` words are burned into clips and go out as subtitles."""

    name: str
    role: Role
    runs: tuple[Run, ...]
    style: TextStyle
    ink: Ink
    origin: Origin
    align: str = "start"  # start · centre · end
    divider: Divider | None = None


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item, with the brand's icon where the template names one."""

    runs: tuple[Run, ...]
    icon: Artwork | None = None


@dataclass(frozen=True, slots=True)
class ListElement:
    """Items under one another; ``numbered`` gives them figures."""

    name: str
    role: Role
    items: tuple[ListItem, ...]
    style: TextStyle
    ink: Ink
    accent: Ink
    origin: Origin
    numbered: bool = False
    divider: Divider | None = None


class Told(Enum):
    """How much the words beside a picture say of what it shows."""

    SHOWN = "shown"  # they were written of it
    NAMED = "named"  # the event or the person that it belongs to
    LABEL = "label"  # its slot alone: nobody wrote anything


@dataclass(frozen=True, slots=True)
class PictureElement:
    """A photograph or illustration, cut to its cell (``cover``) or whole in it."""

    name: str
    picture: Picture
    alt: str
    origin: Origin
    cover: bool = True
    look: Look | None = None
    frame: FrameShape = FrameShape.NONE
    line: Ink | None = None
    line_width: float = 0.0  # % of the page's shorter side
    bleed: bool = True
    find_focus: bool = False  # the layout looks for what the crop must keep
    line_offset: float = 0.0  # % of the page's shorter side, between the picture and its line
    told_focus: bool = False  # its author says what the crop must keep
    told: Told = Told.SHOWN  # of ``alt``


@dataclass(frozen=True, slots=True)
class NumberElement:
    """One figure with what it counts. In clips it may count up from 0 to ``amount``."""

    name: str
    text: str  # as it is set: "1.250"
    amount: Decimal
    decimals: int
    label: str
    style: TextStyle
    label_style: TextStyle
    ink: Ink
    label_ink: Ink
    origin: Origin
    counts: bool = False
    prefix: str = ""
    suffix: str = ""
    align: str = "start"  # start · centre · end


@dataclass(frozen=True, slots=True)
class NumberCard:
    """One of several figures: the words, and progress to target from 0 up (1 is the target), or nothing."""

    value: str
    unit: str
    label: str
    note: str  # "chỉ tiêu 90 %" or "chưa có số liệu"
    progress: float | None
    met: bool | None
    track: float = 1.25  # what the whole track means, in targets: a quarter more, so that what is over shows


@dataclass(frozen=True, slots=True)
class NumbersElement:
    """Cards of figures."""

    name: str
    cards: tuple[NumberCard, ...]
    style: TextStyle  # of the figures
    label_style: TextStyle
    ink: Ink
    muted: Ink
    good: Ink
    short: Ink
    running: Ink  # of a period that is not over
    track: Ink
    card: Ink  # ground of one card
    origin: Origin


class ChartKind(Enum):
    """The charts that all renderers know."""

    COLUMN = "column"
    BAR = "bar"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class ChartElement:
    """Values by category. A missing value stays missing and reads ``empty``; it is never 0."""

    name: str
    kind: ChartKind
    title: str
    unit: str
    categories: tuple[str, ...]
    values: tuple[Decimal | None, ...]
    targets: tuple[Decimal | None, ...]  # as long as values, or empty
    series_name: str
    target_name: str
    empty: str
    style: TextStyle
    ink: Ink  # of words
    muted: Ink  # of axis and target
    series: Ink
    highlight: Ink
    origin: Origin
    alt: str
    source: str = ""

    @property
    def marked(self) -> tuple[bool, ...]:
        """Which values are set off: those short of their target; without targets the largest, or a line's newest."""
        if any(target is not None for target in self.targets):
            pairs = zip(self.values, self.targets, strict=True)
            return tuple(v is not None and t is not None and v < t for v, t in pairs)
        known = [(value, at) for at, value in enumerate(self.values) if value is not None]
        if not known:
            return tuple(False for _ in self.values)
        one = (
            known[-1][1]
            if self.kind is ChartKind.LINE
            else max(known, key=lambda pair: (pair[0], -pair[1]))[1]
        )
        return tuple(at == one for at in range(len(self.values)))


@dataclass(frozen=True, slots=True)
class TableElement:
    """Rows of words under a head; columns of figures stand to the right."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: tuple[bool, ...]  # per column
    style: TextStyle
    ink: Ink
    head_fill: Ink
    head_ink: Ink
    stripe: Ink
    line: Ink
    origin: Origin


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """A moment: its date in words, and what happened."""

    when: str
    text: str
    done: bool


@dataclass(frozen=True, slots=True)
class TimelineElement:
    """Moments in order, along a line."""

    name: str
    entries: tuple[TimelineEntry, ...]
    style: TextStyle
    ink: Ink
    accent: Ink
    line: Ink
    paper: Ink  # inside of the dots of what is to come
    origin: Origin


@dataclass(frozen=True, slots=True)
class QrElement:
    """An address as a QR code, with its words underneath."""

    name: str
    payload: str
    caption: str
    style: TextStyle
    ink: Ink
    paper: Ink
    origin: Origin
    caption_ink: Ink  # that of words on their ground


@dataclass(frozen=True, slots=True)
class SignatureElement:
    """The union's own line: mark, name on that day, hashtags and QR. Always the brand's, never a template's."""

    name: str
    mark: Artwork
    mark_alt: str
    mark_clear: float  # of its height
    mark_least: float  # px
    unit: str
    parent: str
    hashtags: str
    style: TextStyle
    small: TextStyle
    ink: Ink
    accent: Ink
    paper: Ink
    code_ink: Ink  # dark, on paper, whatever the words are set in
    payload: str  # of the QR code; empty for none
    muted: Ink  # of the pictures' makers
    origin: Origin
    credits: str = ""  # the makers of the piece's pictures
    align: str = "start"  # start · centre
    short: str = ""  # the name that stands for ``unit`` where that has no room


@dataclass(frozen=True, slots=True)
class FlagElement:
    """The national flag, whole in its cell, in its own two colours."""

    name: str
    red: Ink
    gold: Ink
    alt: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class MarkElement:
    """The union's mark alone, as its file draws it, with the room that must stay free around it."""

    name: str
    art: Artwork
    alt: str
    clear: float  # of its height
    least: float  # px
    ink: Ink  # of what its file leaves to the page: `currentColor` of a drawing in one colour
    origin: Origin
    align: str = "start"  # start · centre · end


Element = (
    TextElement
    | ListElement
    | PictureElement
    | NumberElement
    | NumbersElement
    | ChartElement
    | TableElement
    | TimelineElement
    | QrElement
    | SignatureElement
    | FlagElement
    | MarkElement
)
