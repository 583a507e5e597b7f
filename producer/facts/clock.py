"""Hours of the day in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass

HOUR = r"(\d{1,2})(?:\s*(?:giờ|h|g)(?:\s*(\d{2})(?!\d|/|\.\d))?|:(\d{2}))(?![\w/])"
_RANGE = re.compile(
    rf"(?<![\d/.,:]){HOUR}\s*(?:–|-|đến|tới)\s*{HOUR}(?P<next>[^,;.()]{{0,14}})", re.IGNORECASE
)
_BEGINS = re.compile(rf"(?<![\d/.,:]){HOUR}")
MIDNIGHT = 24 * 60
EVENING, NOON = 17 * 60, 12 * 60


@dataclass(frozen=True, slots=True)
class Hours:
    """From one time to another, in minutes after midnight, with the words directly behind."""

    start: int
    end: int
    first: int
    last: int
    written: str
    behind: str

    @property
    def overnight(self) -> bool:
        """Whether it may well run over midnight: from the evening to the morning."""
        return self.first >= EVENING and self.last <= NOON


def read_hours(text: str) -> tuple[Hours, ...]:
    """Return every stretch of hours of a text: ``8h – 11h30``, ``từ 14 giờ đến 16 giờ``."""
    found = []
    for match in _RANGE.finditer(text):
        first, last = _minutes(match.groups()[:3]), _minutes(match.groups()[3:6])
        if first is not None and last is not None:
            end = match.start("next")
            written = text[match.start() : end].strip()
            found.append(Hours(match.start(), end, first, last, written, match["next"].lower()))
    return tuple(found)


def first_hour(text: str) -> int | None:
    """Return the time that a text begins with, in minutes after midnight."""
    found = _BEGINS.match(text.strip())
    return _minutes(found.groups()) if found else None


def _minutes(parts: tuple[str | None, ...]) -> int | None:
    hour, minute = int(parts[0] or 0), int(parts[1] or parts[2] or 0)
    return hour * 60 + minute if hour <= 24 and minute < 60 else None


def shown_clock(minutes: int) -> str:
    """Return a time as the checks write it: 9:40."""
    return f"{minutes % MIDNIGHT // 60}:{minutes % 60:02}" if minutes < MIDNIGHT else "24:00"
