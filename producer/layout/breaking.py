"""Lines: where text may part, and where it is best parted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from icu4py.breakers import LineBreaker

from producer.layout.font import is_khmer
from producer.layout.joins import NBSP, join_words, part_softly

__all__ = ["LineBreaks", "Segment", "break_lines", "join_words", "penalties", "segments"]

SOFT = 1.0  # parts a compound: only where otherwise another line is needed
# In shares of a full line's squared slack: small beside a ragged edge, enough to choose between two like ones.
AFTER_MARK = -0.04
AFTER_DASH = -0.06
BEFORE_BRACKET = -0.04
AFTER_SMALL_WORD = 0.05
SMALL_WORDS = frozenset(
    "và của về cho với tại ở trong từ đến là các những một mỗi mọi vì do để được bị như hay hoặc không"
    " trên dưới ngày cùng bằng theo".split()
)
NOISE = 0.01  # px: what floats may add up to


@dataclass(frozen=True, slots=True)
class Segment:
    """A group that never parts, and where it starts in the text; ``spaced`` when a space stands before it."""

    text: str
    start: int
    spaced: bool = True

    @property
    def syllables(self) -> int:
        """How many syllables it holds."""
        return len(self.text.split(NBSP))


@dataclass(frozen=True, slots=True)
class LineBreaks:
    """Lines as (first, behind the last) indices of groups."""

    lines: tuple[tuple[int, int], ...]
    over: float = 0.0  # px by which the widest group exceeds the width
    soft: int = 0  # compounds that had to part
    widest: int = 0  # index of that widest group


def segments(text: str) -> list[Segment]:
    """Return the groups of one paragraph of joined text: it parts at U+0020, and in Khmer between words."""
    found: list[Segment] = []
    start = 0
    for word in text.split(" "):
        if word:
            found += _khmer_words(word, start) if any(map(is_khmer, word)) else [Segment(word, start)]
        start += len(word) + 1
    return found


def _khmer_words(text: str, start: int) -> list[Segment]:
    """Khmer has no spaces between words, so ICU's dictionary finds them."""
    bounds = [(int(first), int(last)) for first, last in LineBreaker(text, "km").segments()]
    return [Segment(text[first:last], start + first, spaced=first == 0) for first, last in bounds]


def penalties(groups: Sequence[Segment], *, capitals: bool = False) -> list[float]:
    """Return, for each gap between two groups, how much a break there costs: SOFT for a compound, else a taste."""
    return [_penalty(one.text, two.text, capitals=capitals) for one, two in pairwise(groups)]


def _penalty(before: str, after: str, *, capitals: bool) -> float:
    if part_softly(before, after, capitals=capitals):
        return SOFT
    if before[-1] in "–—":
        return AFTER_DASH
    if before[-1] in ".,;:!?…)”":
        return AFTER_MARK
    if after[0] in "(“":
        return BEFORE_BRACKET
    return AFTER_SMALL_WORD if before.split(NBSP)[-1].lower() in SMALL_WORDS else 0.0


Cost = tuple[int, int, int, float]  # lines, compounds parted, a single syllable at the end, raggedness


def break_lines(
    widths: Sequence[float],
    spaces: Sequence[float],
    width: float,
    costs: Sequence[float] = (),
    *,
    balanced: bool = True,
    syllables: int = 2,
) -> LineBreaks:
    """Return the best lines of one paragraph: fewest first, then fewest compounds parted, then no lonely syllable.

    Among those, ``balanced`` takes the least sum of squared slack (titles), else each line takes what it can (body).
    ``spaces`` and ``costs`` are of the gaps between neighbours; ``syllables`` of the last group. A group wider than
    ``width`` gets a line of its own and is told by ``over``.

    Source:
        Total fit after Knuth and Plass, Breaking Paragraphs into Lines (1981), without stretching and hyphens.
    """
    count = len(widths)
    if not count:
        return LineBreaks(())
    gaps = costs or [0.0] * (count - 1)
    best: list[Cost] = [(0, 0, 0, 0.0)] * (count + 1)
    ends = [count] * count
    for first in range(count - 1, -1, -1):
        chosen: Cost | None = None
        filled = 0.0
        for behind in range(first + 1, count + 1):
            filled += widths[behind - 1] + (spaces[behind - 2] if behind - 1 > first else 0.0)
            if filled > width + NOISE and behind > first + 1:
                break
            lonely = behind == count and first == count - 1 and first > 0 and syllables < 2
            cost = _cost(
                best[behind], max(width - filled, 0.0) / width, gaps[behind - 1] if behind < count else 0.0
            )
            cost = (cost[0], cost[1], cost[2] + lonely, cost[3] if balanced else 0.0)
            if chosen is None or cost <= chosen:  # on a tie the longer line: what greedy would take
                chosen, ends[first] = cost, behind
        assert chosen is not None  # a first group always stands on its line
        best[first] = chosen
    widest = max(range(count), key=lambda index: widths[index])
    over = widths[widest] - width
    return LineBreaks(tuple(_lines(ends)), over if over > NOISE else 0.0, best[0][1], widest)


def _cost(rest: Cost, slack: float, gap: float) -> Cost:
    """What a line and the rest behind it cost; ``slack`` is the share of the width left free."""
    taste = 0.0 if gap >= SOFT else gap
    return rest[0] + 1, rest[1] + (gap >= SOFT), rest[2], rest[3] + slack * slack + taste


def _lines(ends: Sequence[int]) -> list[tuple[int, int]]:
    lines = []
    first = 0
    while first < len(ends):
        lines.append((first, ends[first]))
        first = ends[first]
    return lines
