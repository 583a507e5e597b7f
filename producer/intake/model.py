"""What came in, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from producer.data.model import Row
from producer.diagnostics import Diagnostic


class Status(Enum):
    """What became of a file."""

    ACCEPTED = "accepted"  # in the project now
    KNOWN = "known"  # was accepted before
    QUARANTINED = "quarantined"  # kept back, with its reason beside it


@dataclass(frozen=True, slots=True)
class Sent:
    """A file of the drop folder, with the lines that speak of it."""

    name: str
    rows: tuple[Row, ...] = ()

    def cell(self, column: str) -> str:
        """What its first line that says anything in a column says."""
        found = (row.values.get(column) for row in self.rows)
        return next((" ".join(word.split()) for word in found if isinstance(word, str)), "")


@dataclass(frozen=True, slots=True)
class Clean:
    """A picture without anything but its px and its colours."""

    data: bytes
    suffix: str  # ".jpg" or ".png"
    located: bool  # whether its file said where it was taken


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file, why, and where it is."""

    sent: Sent
    status: Status
    problems: tuple[Diagnostic, ...] = ()
    path: str = ""  # from the project's folder, or in quarantine from the drop folder
    located: bool = False
