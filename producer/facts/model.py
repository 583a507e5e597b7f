"""Names that checks and pages share, and what a check finds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from producer.diagnostics import Level

# Monday first, as date.weekday() counts.
NAMES = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")

# Any letter in capitals, for patterns.
CAPITAL = "[A-Z" + "".join(letter for letter in map(chr, range(0xC0, 0x1EFA)) if letter.isupper()) + "]"

# Hosts that are nobody's, so that samples may have them. Source: RFC 2606 and RFC 6761.
SAMPLE_LINK = re.compile(
    r"(?:https?://)?(?<![\w@.-])(?:[\w-]+\.)*(?:[\w-]+\.(?:example|test|invalid)|example\.(?:com|net|org))(?![\w-]|\.\w)"
    r"(?:[:/?#][^\s]*)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check says of a text: a code, and the words that its sentence needs.

    A contradiction is an error: the text says two things of which one must be false. What is probably a slip of the
    hand, or rests on how such texts are usually meant, is a warning.
    """

    code: str
    facts: Mapping[str, str] = field(default_factory=dict)
    level: Level = Level.ERROR


def contradiction(code: str, **facts: str) -> Finding:
    """Return a finding that stops its row."""
    return Finding(code, facts)


def doubt(code: str, **facts: str) -> Finding:
    """Return a finding that somebody should look at."""
    return Finding(code, facts, Level.WARNING)


def remark(code: str, **facts: str) -> Finding:
    """Return a finding that is only told."""
    return Finding(code, facts, Level.NOTE)


def words_of(text: str) -> frozenset[str]:
    """Return the words of a list written with spaces."""
    return frozenset(text.split())


def shown(day: date) -> str:
    """Return a date as the checks write it: 28/7/2025."""
    return f"{day.day}/{day.month}/{day.year}"
