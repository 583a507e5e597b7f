"""The plan: jobs with nothing left to look up."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from producer.brand.model import Profile
from producer.data.model import Row, Table
from producer.diagnostics import Diagnostic
from producer.plan.sheet import Imposition as Imposition
from producer.recipe.model import Channel as Channel
from producer.recipe.model import Drawing, PageSpec, Piece, SlotType, Template
from producer.recipe.model import Medium as Medium

LOOK_COLUMN = "look"  # of a row that asks for a look
THEME_COLUMN = "theme"  # of a row that asks for a theme of the brand
FORMATS, CHANNELS = "formats", "channels"  # columns of a register: kinds of product, and where they go
OF_ROWS = (
    SlotType.CHART,
    SlotType.TABLE,
    SlotType.TIMELINE,
    SlotType.NUMBERS,
)  # else of all of a piece's rows
ONLINE = ("facebook", "zalo", "tiktok", "youtube", "portal", "tv", "radio")  # a row must name these


@dataclass(frozen=True, slots=True)
class Content:
    """By filled slot the columns that it shows, or its own name where the recipe's words fill it."""

    columns: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def lost(self, shown: Collection[str], omitted: Collection[str]) -> Iterator[str]:
        """Yield the slots that have something to say which no slot of ``shown`` says.

        Of several that would say the same there is one, where it can be one that is ``omitted`` by design.
        """
        said = {column for name in shown for column in self.columns.get(name, ())}
        for name in sorted(self.columns, key=lambda name: name not in omitted):
            if name not in shown and not self.columns[name] <= said:
                said |= self.columns[name]
                yield name


@dataclass(frozen=True, slots=True)
class Job:
    """One file to make: one piece × one row × one channel × one unit."""

    id: str  # "poster/EV-2025-09-poster-a3": the address in `--only`, errors and reports
    piece: Piece
    template: Template
    drawings: tuple[
        tuple[PageSpec, Drawing], ...
    ]  # by page, those that serve the channel's shape, best first
    row: Row | None  # of an `each:` piece
    rows: Table  # all rows of the piece's data, after its filters
    channel: Channel
    unit: Profile | None
    format: str
    path: str  # below the recipe's folder in the output folder
    look: str = ""  # of the template's, where it has several
    asked_look: str = ""  # by the row or the piece; another one is a problem
    content: Content = field(default_factory=Content)  # of its row and recipe, drawn or not
    parts: tuple[Job, ...] = ()  # of a job of several to a sheet: one for each row
    imposition: Imposition | None = None  # how they stand
    together: tuple[Channel, ...] = ()  # all channels that its row is made for: they share their inks

    @property
    def places(self) -> tuple[str, str]:
        """How `accept:` may name it: its row of its piece, in all channels, and by itself."""
        row = f"{self.piece.name}/{self.row.id}" if self.row is not None else str(self.piece.name)
        return row, self.id

    def shown_rows(self, tables: Mapping[str, Table]) -> tuple[Row, ...]:
        """Every row that it may show: its own or all of its piece's, and those that its slots name."""
        rows = list(self.rows.rows) if self.row is None else [self.row]
        for name, filling in self.piece.fill.items():
            slot = self.template.slots.get(str(name))
            of_rows = slot is not None and slot.type is SlotType.ROWS
            setting = next((value for key, value in filling.settings.items() if key == "rows"), None)
            named = filling.text if of_rows else setting
            if isinstance(named, str) and named in tables:
                rows += tables[named].rows
            elif slot is not None and slot.type in OF_ROWS:
                rows += self.rows.rows
        return tuple(rows)

    def row_places(self, tables: Mapping[str, Table]) -> Iterator[tuple[str, str]]:
        """Yield how `accept:` may name each row that its pages speak of, and the row: `album/A-1`."""
        for row in self.shown_rows(tables):
            if row is not self.row:
                yield from ((f"{place}/{row.id}", row.id) for place in self.places)


@dataclass(frozen=True, slots=True)
class Plan:
    """Every job of a recipe, in the order of its pieces."""

    recipe: str
    jobs: tuple[Job, ...]
    notes: tuple[Diagnostic, ...] = ()  # warnings and reminders; nothing of them stops a job
    lost: tuple[Diagnostic, ...] = ()  # why a piece makes nothing of a row that it means
    whole: bool = True  # no job was left out by `--only`
