"""Lines: where text may part, and where it is best parted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from math import inf

from icu4py.breakers import LineBreaker

from producer.layout.compound import COMPOUND, MOMENT, PHRASE
from producer.layout.font import is_khmer
from producer.layout.joins import NBSP, join_words, soft_joins

__all__ = [
    "Aim",
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
AFTER_MARK, AFTER_COMMA = -0.04, -0.03
AFTER_DASH = -0.06
BEFORE_BRACKET = -0.04
AROUND_QUOTE, IN_QUOTE = -0.1, 0.03  # a name in quotation marks is one thing, and no list of its parts
AFTER_SMALL_WORD = 0.1
AFTER = {
    **dict.fromkeys("–—", AFTER_DASH),
    ",": AFTER_COMMA,
    "”": AROUND_QUOTE,
    **dict.fromkeys(".;:!?…)", AFTER_MARK),
}
AFTER_FIRST_WORD = 0.06  # of a sentence or clause: "báo sau. Chưa / ai bị nhắc"
BEFORE_LAST_WORD = 0.05  # the same: "cây cầu / mới, vườn chim"
_SMALL_WORDS = """
    và là của về cho với tại ở trong từ đến là các những một mỗi mọi vì do để được bị như hay hoặc không trên
    dưới cùng bằng theo ngày lễ có thì phải đã sẽ đang chưa hãy mà nên vẫn còn cần rất giữa nhưng rồi gần
    """
_CLAUSE_ENDS = ".,;:!?…–—"
SMALL_WORDS = frozenset(_SMALL_WORDS.split())  # what belongs to the words behind them
# How much of its size a title gives to be rid of a flaw, by eye on the titles of the sample events.
PARTED, SPENT = 0.4, 0.12
PHRASE_PARTED, STUB, DANGLING, BEGUN = 0.1, 0.1, 0.13, 0.14
SHORT = 0.48  # of the widest line: a line but the last that is shorter is a stub
MOST_MILD = 0.17  # of these together: a title is rather large than without a blemish
HANGING = 0.12  # a stub that ends in a comma: "về an toàn, / vệ sinh lao động"
TAIL, SHORT_TAIL = 0.35, 0.6  # the end of a phrase alone on the last line: "xã hội chủ nghĩa / Việt Nam"
ITEM_LINES = 2  # an item of a list that could be so short is set smaller rather than parted within a moment
WORD, SYLLABLE = (
    5,
    2,
)  # what a word parted weighs, and a syllable alone: two of these rather than one of those
LONGEST_SYLLABLE = 7  # letters: nghiêng
NOISE = 0.01  # px: what floats may add up to


@dataclass(frozen=True, slots=True)
class Segment:
    """A group that never parts, and where it starts; ``spaced`` where a space may stand before it."""

    text: str
    start: int
    spaced: bool = True

    @property
    def lonely(self) -> bool:
        """Whether it is a single syllable, which looks lost on a line of its own. Seven letters are the longest."""
        return NBSP not in self.text and len(self.text.strip(".,;:!?…()“”")) <= LONGEST_SYLLABLE


class Aim(Enum):
    """What lines are for: the order of the goals that their breaks are chosen by."""

    WHOLE_TITLE = "whole-title"  # no compound parted and no syllable alone, fewest lines, then balance
    TITLE = "title"  # fewest lines, compounds, syllables alone, then balance
    BODY = "body"  # fewest lines, compounds, no syllable alone at the end, then each line as long as can be


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
    # Of a title PARTED for a compound parted or a syllable alone on a line, SPENT for a line that mends such,
    # what its phrases and the shape of its lines weigh; of a short item PARTED for a moment.
    flaws: float = 0.0
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
    texts = [group.text for group in groups]
    softs = soft_joins(texts, capitals=capitals)
    begins = (False, *(text[-1] in _CLAUSE_ENDS for text in texts))
    pairs = zip(softs, begins, _quoted(texts), texts, texts[1:], strict=False)
    return [
        float(soft) or _taste(one, two, begins=begin) + IN_QUOTE * quoted
        for soft, begin, quoted, one, two in pairs
    ]


def _quoted(texts: Sequence[str]) -> Iterator[bool]:
    """Whether the gap behind each group is inside quotation marks."""
    depth = 0
    for text in texts:
        depth = max(depth + text.count("“") - text.count("”"), 0)
        yield depth > 0


def _taste(before: str, after: str, *, begins: bool) -> float:
    """Where lines like to end when no word and no phrase is at stake."""
    if after[0] == "“":
        return AROUND_QUOTE
    if before[-1] in AFTER:
        return AFTER[before[-1]]
    if after[0] == "(":
        return BEFORE_BRACKET
    if begins and NBSP not in before:
        return AFTER_FIRST_WORD
    if after[-1] in _CLAUSE_ENDS and NBSP not in after:
        return BEFORE_LAST_WORD
    return AFTER_SMALL_WORD if before.lower() in SMALL_WORDS else 0.0


# Flaws (counted where lines may be spent on mending them), lines, weight of what parts, lonely syllables, raggedness.
Cost = tuple[int, int, int, int, float]
FREE: Cost = (0, 0, 0, 0, 0.0)


def break_lines(
    widths: Sequence[float],
    gaps: Sequence[Gap],
    width: float,
    lonely: Sequence[bool] = (),
    *,
    aim: Aim = Aim.TITLE,
) -> LineBreaks:
    """Return the best lines of one paragraph, by the order that ``aim`` puts the goals in.

    ``gaps`` stand between neighbours; ``lonely`` says which groups are a single syllable. A group wider than
    ``width`` gets its own line; ``over`` tells.

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
            if gap == AFTER_COMMA and filled < SHORT * width:
                gap = HANGING
            alone = bool(lonely) and behind == first + 1 and lonely[first] and count > 1
            alone = alone and (behind == count or aim is not Aim.BODY)
            slack = max(1 - filled / width, 0.0) if 0 < width < inf else 0.0
            cost = _cost(best[behind], gap, slack * slack, aim, alone=alone)
            if chosen is None or cost <= chosen:  # on a tie the longer line: what greedy would take
                chosen, ends[first] = cost, behind
        best[first] = chosen or FREE  # there is always one: a group alone
    widest = max(range(count), key=widths.__getitem__)
    over = widths[widest] - width
    lines = tuple(_lines(ends))
    if aim is Aim.BODY:
        parted = best[0][2] % COMPOUND >= MOMENT and len(lines) <= ITEM_LINES
        flaws = PARTED if parted else 0.0
    else:
        spent = best[0][1] - fewest_lines(widths, gaps, width) if aim is Aim.WHOLE_TITLE else 0
        flaws = PARTED * (best[0][2] // COMPOUND + best[0][3]) + SPENT * spent
        flaws += _mild_flaws(lines, widths, gaps)
    return LineBreaks(lines, over if over > NOISE else 0.0, flaws, widest)


def _mild_flaws(lines: Sequence[tuple[int, int]], widths: Sequence[float], gaps: Sequence[Gap]) -> float:
    """What phrases parted, stubs and small words at line ends weigh in a title, together with its worst two ends."""
    filled = [sum(widths[one:two]) + sum(gap.space for gap in gaps[one : two - 1]) for one, two in lines]
    ends = [gaps[behind - 1].cost for _, behind in lines[:-1]]
    widest = max(filled)
    stubs = [length < SHORT * widest for length in filled[:-1]]
    phrases = sum(int(cost) % COMPOUND for cost in ends if cost >= PHRASE)
    words = DANGLING * ends.count(AFTER_SMALL_WORD) + BEGUN * ends.count(AFTER_FIRST_WORD)
    mild = min(PHRASE_PARTED * phrases + STUB * sum(stubs) + words, MOST_MILD)
    hanging = sum(short and cost == AFTER_COMMA for short, cost in zip(stubs, ends, strict=True))
    tail = bool(ends) and PHRASE <= ends[-1] < COMPOUND and filled[-1] < SHORT_TAIL * widest
    return mild + HANGING * hanging + TAIL * tail


def _cost(rest: Cost, gap: float, ragged: float, aim: Aim, *, alone: bool) -> Cost:
    """What a line and the rest behind it cost."""
    soft = int(gap) if gap >= PHRASE else 0
    mended = WORD * (soft // COMPOUND) + SYLLABLE * alone if aim is Aim.WHOLE_TITLE else 0
    taste = 0.0 if soft else gap
    if aim is Aim.BODY:  # lines as long as can be, but for a small word at their end
        return rest[0] + mended, rest[1] + 1, rest[2] + soft, rest[3] + alone, rest[4] + max(taste, 0.0)
    taste += ragged
    return rest[0] + mended, rest[1] + 1, rest[2] + soft, rest[3] + alone, rest[4] + taste


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
