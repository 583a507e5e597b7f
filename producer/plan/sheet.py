"""Several to a sheet: how a piece's rows are laid side by side for cutting."""

from __future__ import annotations

from dataclasses import dataclass

from producer.geometry import Size
from producer.recipe.model import Channel

PT_PER_MM = 72 / 25.4
# Width and height of the printer's sheets, mm, upright. Source: ISO 216; ISO 217 for SRA3.
SHEETS = {"a4": (210.0, 297.0), "a3": (297.0, 420.0), "sra3": (320.0, 450.0)}
EDGE = 10.0  # mm of the sheet that carries the crop marks; presses grip there too


@dataclass(frozen=True, slots=True)
class Imposition:
    """A sheet and how its cells stand on it, in the middle: cells touch at their bleed."""

    size: Size  # px, as the canvas counts them
    columns: int
    rows: int
    marks: bool = True  # room for crop marks is left around; without, ticks stand on the cuts themselves

    @property
    def count(self) -> int:
        """How many stand on one sheet."""
        return self.columns * self.rows

    def sheets(self, pieces: int) -> int:
        """How many sheets so many pieces take."""
        return -(-pieces // self.count)


def impose(channel: Channel, sheet: str) -> Imposition | None:
    """Return how most pieces of a channel stand on a sheet, upright or lying; nothing where not even one does.

    Where a sheet holds but one beside its marks, pieces without bleed may reach its edges: two of A5 are A4.
    """
    best = _best(channel, sheet, EDGE)
    if best.count < 2 and not channel.bleed:
        whole = _best(channel, sheet, 0.0)
        best = whole if whole.count > best.count else best
    return best if best.count else None


def _best(channel: Channel, sheet: str, edge: float) -> Imposition:
    short, long = (side * PT_PER_MM for side in SHEETS[sheet])
    ways = [_grid(channel, Size(short, long), edge), _grid(channel, Size(long, short), edge)]
    return max(ways, key=lambda way: way.count)


def _grid(channel: Channel, size: Size, edge: float) -> Imposition:
    room = [side - 2 * edge * PT_PER_MM for side in (size.width, size.height)]
    cell = [side + 2 * channel.bleed for side in (channel.size.width, channel.size.height)]
    columns, rows = (int(free / side + 1e-6) for free, side in zip(room, cell, strict=True))
    return Imposition(size, columns, rows, marks=edge > 0)
