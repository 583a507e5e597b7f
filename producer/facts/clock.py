"""Hours of the day in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass

HOUR = r"(\d{1,2})(?:\s*(?:giờ|h|g)(?:\s*(\d{2})(?!\d|/|\.\d))?|:(\d{2}))(?![\w/])"
_RANGE = re.compile(
    rf"(?<![\d/.,:]){HOUR}\s*(?:–|-|đến|tới)\s*{HOUR}(?P<next>[^,;.()]{{0,14}})", re.IGNORECASE
)
_BEGINS = re.compile(rf"(?<![\d/.,:]){HOUR}")
# One moment: minutes in figures, by halves, or a quarter to; the part of the day may stand behind it.
_MOMENT = re.compile(
    r"(?<![\d/.,:])(?P<h>\d{1,2})(?::(?P<m>\d{2})(?::00)?|\s*(?:giờ|h|g)(?:\s*(?P<m2>\d{2})(?!\d|/|\.\d)(?:\s*phút)?"
    r"|\s+(?P<half>rưỡi)|\s+kém\s+(?P<to>\d{1,2})(?:\s*phút)?)?)(?![\w/])"
    r"(?:\s+(?P<part>sáng|trưa|chiều|tối|đêm)\b(?!\s+(?:đa|thiểu|tạo|kiến|mai)))?",
    re.IGNORECASE,
)
_LASTS = re.compile(
    r"\b(?:trong|suốt|sau|mỗi|hơn|gần|đủ|thêm|quá|cả|tối\s+đa|tối\s+thiểu)\s*$", re.IGNORECASE
)
_WORKED = re.compile(r"\s*(?:làm|mỗi|trong|/|liên|học|đồng\s+hồ|công\b)", re.IGNORECASE)
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


@dataclass(frozen=True, slots=True)
class Moment:
    """A time of day in a text, in minutes after midnight; ``part`` is the part of the day that is said of it."""

    start: int
    end: int
    minutes: int
    written: str
    part: str


def read_moments(text: str) -> tuple[Moment, ...]:
    """Return every time of day of a text: ``7h30``, ``7 giờ rưỡi``, ``2 giờ chiều``; "8 giờ làm việc" is none."""
    found = []
    for match in _MOMENT.finditer(text):
        minutes = _minutes((match["h"], match["m"] or match["m2"], None))
        if minutes is None or _LASTS.search(text[: match.start()]) or _WORKED.match(text, match.end()):
            continue
        part = (match["part"] or "").lower()
        if (
            part in ("chiều", "tối", "đêm")
            and 60 <= minutes < NOON
            and not (part == "đêm" and minutes < 5 * 60)
        ):
            minutes += NOON
        minutes += 30 if match["half"] else -int(match["to"] or 0)
        found.append(Moment(match.start(), match.end(), minutes, match[0].strip(), part))
    return tuple(found)


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
