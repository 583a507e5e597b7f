"""The plan: jobs with nothing left to look up."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from producer.brand.model import Profile
from producer.data.model import Row, Table
from producer.geometry import Insets, Size
from producer.recipe.model import Drawing, PageSpec, Piece, Template


class Medium(Enum):
    """What kind of file a channel takes."""

    IMAGE = "image"
    PRINT = "print"
    VIDEO = "video"
    DECK = "deck"


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
    least_body: float = 0.0  # px


@dataclass(frozen=True, slots=True)
class Job:
    """One file to make: one piece × one row × one channel × one unit."""

    id: str  # "poster/EV-2025-09-poster-a3": the address in `--only`, errors and reports
    piece: Piece
    template: Template
    drawings: tuple[tuple[PageSpec, Drawing], ...]  # by page, those that serve the channel's shape, best first
    row: Row | None  # of an `each:` piece
    rows: Table  # all rows of the piece's data, after its filters
    channel: Channel
    unit: Profile | None
    format: str
    path: str  # below the output folder


@dataclass(frozen=True, slots=True)
class Plan:
    """Every job of a recipe, in the order of its pieces."""

    recipe: str
    jobs: tuple[Job, ...]
