"""Lines: where text may part, and where it is best parted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from icu4py.breakers import LineBreaker

from producer.layout.font import is_khmer
from producer.layout.joins import NBSP, PHRASE, join_words, soft_join

__all__ = [
    "Gap",
    "LineBreaks",
    "Segment",
    "break_lines",
    "fewest_lines",
    "gap_costs",
    "join_words",
    "segments",
]

# In shares of a full line's squared slack: small beside a ragged edge, enough to choose between like ones.
AFTER_MARK = -0.04
AFTER_DASH = -0.06
BEFORE_BRACKET = -0.04
AFTER_SMALL_WORD = 0.05
_SMALL_WORDS = """
    và của về cho với tại ở trong từ đến là các những một mỗi mọi vì do để được bị như hay hoặc không trên
    dưới cùng bằng theo ngày lễ
    """
SMALL_WORDS = frozenset(_SMALL_WORDS.split())  # what belongs to the words behind them
NOISE = 0.01  # px: what floats may add up to


@dataclass(frozen=True, slots=True)
class Segment:
    """A group that never parts, and where it starts; ``spaced`` where a space may stand before it."""

    text: str
    start: int
    spaced: bool = True

    @property
    def syllables(self) -> int:
        """How many syllables it holds."""
        return len(self.text.split(NBSP))


@dataclass(frozen=True, slots=True)
class Gap:
    """What lies between two groups: px where they share a line, and what a break there costs."""

    space: float
    cost: float = 0.0


@dataclass(frozen=True, slots=True)
class LineBreaks:
    """Lines as (first, behind the last) indices of groups."""

    lines: tuple[tuple[int, int], ...]
    over: float = 0.0  # px by which the widest group exceeds the width
    soft: int = 0  # weight of the soft joins that had to part
    widest: int = 0  # index of that widest group


def segments(text: str) -> list[Segment]:
    """Return the groups of one paragraph of joined text: it parts at U+0020, in Khmer between words."""
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


def gap_costs(groups: Sequence[Segment], *, capitals: bool = False) -> list[float]:
    """Return what a break costs between each two groups: PHRASE or more for soft joins, else a taste."""
    return [_gap_cost(one.text, two.text, capitals=capitals) for one, two in pairwise(groups)]


def _gap_cost(before: str, after: str, *, capitals: bool) -> float:
    if soft := soft_join(before, after, capitals=capitals):
        return float(soft)
    if before[-1] in "–—":
        return AFTER_DASH
    if before[-1] in ".,;:!?…)”":
        return AFTER_MARK
    if after[0] in "(“":
        return BEFORE_BRACKET
    return AFTER_SMALL_WORD if before.lower() in SMALL_WORDS else 0.0


Cost = tuple[int, int, int, float]  # lines, weight of what parts, a lonely syllable, raggedness
FREE: Cost = (0, 0, 0, 0.0)


def break_lines(
    widths: Sequence[float], gaps: Sequence[Gap], width: float, *, balanced: bool = True, lonely: bool = False
) -> LineBreaks:
    """Return the best lines of one paragraph: fewest first, then least parting of soft joins.

    Then no line of one syllable at the end (``lonely``: the last group is one). Among what is left,
    ``balanced`` takes the least sum of squared slack (titles), else each line takes what it can (body).
    ``gaps`` stand between neighbours. A group wider than ``width`` gets its own line; ``over`` tells.

    Source:
        Total fit after Knuth and Plass, Breaking Paragraphs into Lines (1981), without stretch and hyphens.
    """
    if not widths:
        return LineBreaks(())
    count = len(widths)
    best, ends = [FREE] * (count + 1), [count] * count
    for first in range(count - 1, -1, -1):
        chosen: Cost | None = None
        for behind, filled in _candidates(first, widths, gaps, width):
            gap = gaps[behind - 1].cost if behind < count else 0.0
            lines, soft, orphans, ragged = best[behind]
            if balanced:
                slack = max(1 - filled / width, 0.0) if 0 < width < inf else 0.0
                ragged += slack * slack + (gap if gap < PHRASE else 0.0)
            orphans += lonely and 0 < first == count - 1
            cost = (lines + 1, soft + (int(gap) if gap >= PHRASE else 0), orphans, ragged)
            if chosen is None or cost <= chosen:  # on a tie the longer line: what greedy would take
                chosen, ends[first] = cost, behind
        best[first] = chosen or FREE  # there is always one: a group alone
    widest = max(range(count), key=widths.__getitem__)
    over = widths[widest] - width
    return LineBreaks(tuple(_lines(ends)), over if over > NOISE else 0.0, best[0][1], widest)


def fewest_lines(widths: Sequence[float], gaps: Sequence[Gap], width: float) -> int:
    """Return how many lines a paragraph takes at least; quicker than breaking it."""
    lines, first = 0, 0
    while first < len(widths):
        first = max(behind for behind, _ in _candidates(first, widths, gaps, width))
        lines += 1
    return max(lines, 1)


def _candidates(
    first: int, widths: Sequence[float], gaps: Sequence[Gap], width: float
) -> Iterator[tuple[int, float]]:
    """The places behind a line from group ``first`` on, and how far the line runs; at least one group."""
    filled = widths[first]
    yield first + 1, filled
    for behind in range(first + 2, len(widths) + 1):
        filled += gaps[behind - 2].space + widths[behind - 1]
        if filled > width + NOISE:
            return
        yield behind, filled


def _lines(ends: Sequence[int]) -> Iterator[tuple[int, int]]:
    first = 0
    while first < len(ends):
        yield first, ends[first]
        first = ends[first]
