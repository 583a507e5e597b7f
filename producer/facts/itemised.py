"""Lists of lines: their numbers, how many there are, what they come to, and the days that they are for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise, takewhile

from producer.facts.model import Finding, doubt, shown
from producer.facts.number import MEASURES, WORDS, Number, plain, same_kind, spelt
from producer.facts.reading import Reading

_ITEM = re.compile(r"\s*(?:(?P<n>\d{1,2})[.)]|[-–—•*+●▪])\s+(?=\S)")
# The line over a list: what is counted, and a colon.
_HEAD = re.compile(
    rf"(?<![\w.,/])(?P<n>\d{{1,3}}|{WORDS})\s+(?P<what>[^\W\d_]+(?:\s+[^\W\d_]+){{0,9}})[^\d:]{{0,60}}:\s*$",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"\b(?:tổng|tất\s+cả|toàn|số)\b", re.IGNORECASE)
_PARTLY = re.compile(
    r"\b(?:trong\s+đó|như|tiêu\s+biểu|ví\s+dụ|một\s+số|gồm\s+có|v\.v|vân\s+vân)\b|…|\.\.\.|\bv\.\s?v",
    re.IGNORECASE,
)
_DAY_HEAD = re.compile(
    r"\s*(?:[-–—•*+]\s*)?(?:(?:sáng|chiều|tối|thứ\s+\w+|chủ\s+nhật|T[2-7]|CN|ngày)[\s,(]*)*$", re.IGNORECASE
)
MOST = 60  # lines: more are a table
NEAR = Decimal("0.6")  # parts that come to less than so much of a total may be some of many


@dataclass(frozen=True, slots=True)
class _List:
    """A line, and the items right under it."""

    head: str
    items: tuple[str, ...]
    numbers: tuple[int, ...]  # those that the items have, if all have one


def wrong_items(reading: Reading) -> Iterator[Finding]:
    """Ask about lists of lines that their head or their own numbers deny."""
    if reading.text.count("\n") < 2:  # a head and two items
        return
    lines = [line for line in reading.text.split("\n") if line.strip()]
    if len(lines) > MOST:
        return
    for one in _lists(lines):
        yield from _numbering(one) or _count(one) or _sum(one)
    yield from _days(Reading("\n".join(lines), reading.anchor))


def _lists(lines: Sequence[str]) -> Iterator[_List]:
    at = 0
    while at < len(lines):
        items = list(takewhile(_ITEM.match, lines[at:]))
        if len(items) > 1:
            found = [match["n"] for line in items if (match := _ITEM.match(line))]
            numbers = tuple(int(number) for number in found if number) if all(found) else ()
            yield _List(lines[at - 1] if at else "", tuple(items), numbers)
        at += max(len(items), 1)


def _numbering(one: _List) -> list[Finding]:
    """A number that is left out, or there twice."""
    if one.numbers[:1] != (1,):
        return []
    for first, second in pairwise(one.numbers):
        if second != first + 1 and second != 1:  # another list begins
            return [doubt("facts/wrong-count", written=f"{second}.", right=f"{first + 1}.")]
    return []


def _count(one: _List) -> list[Finding]:
    """Another number of items than the line over them says."""
    found = _HEAD.search(one.head)
    if found is None or _PARTLY.search(one.head) or _PARTLY.search(one.items[-1]):
        return []
    unit, said = found["what"].split()[0].lower(), spelt(found["n"])
    money = unit == "đồng" and not found["what"].lower().startswith("đồng chí")
    if (
        money
        or unit in MEASURES - {"người", "đồng"}
        or any(_counts(item, unit) for item in one.items)
        or len(one.items) == said
    ):
        return []
    if one.numbers or found["what"].lower().startswith(("đồng chí", "người", "cá nhân", "tập thể")):
        return [
            doubt("facts/wrong-count", written=f"{found['n']} {found['what']}", right=str(len(one.items)))
        ]
    return []


def _counts(item: str, unit: str) -> bool:
    """Whether an item holds some of what is counted, not one: "Tổ 1: 5 người"."""
    counts = Reading(_ITEM.sub("", item, count=1)).counts
    return any(number.unit == unit or (not number.unit and ":" in item) for number in counts)


def _sum(one: _List) -> list[Finding]:
    """Another total than the items come to."""
    if not _TOTAL.search(one.head) or _PARTLY.search(one.head):
        return []
    totals, parts = Reading(one.head).counts, [_last(item) for item in one.items]
    if len(totals) != 1 or totals[0].unit == "%" or not all(parts):
        return []
    known = [part for part in parts if part is not None]
    if not all(same_kind(part, totals[0]) or not part.unit or not totals[0].unit for part in known):
        return []
    whole, right = totals[0].value, sum((part.value for part in known), Decimal(0))
    if right in (whole, *(part.value * 2 for part in known)) or right < whole * NEAR:
        return []
    return [doubt("facts/wrong-sum", written=totals[0].written, right=plain(right))]


def _last(item: str) -> Number | None:
    """What an item comes to: the first number behind its colon, of which shares in brackets are no part."""
    label, colon, rest = item.rpartition(": ")
    if not colon or not label:
        return None
    counts = Reading(rest).counts
    return counts[0] if counts and counts[0].unit != "%" else None


def _days(reading: Reading) -> Iterator[Finding]:
    """Yield a day at the head of a line that is outside the range over the list, or before that of the line above."""
    starts = [found.start() for found in re.finditer(r"^", reading.text, re.MULTILINE)]
    suns = [(day.start, day.solar) for day in reading.days if day.solar is not None]
    heads: list[date] = []
    for start in starts[1:]:
        first = next(((at, sun) for at, sun in suns if at >= start), None)
        if first is not None and _DAY_HEAD.fullmatch(reading.text[start : first[0]]):
            heads.append(first[1])
    if len(heads) < 2:
        return
    span = [sun for at, sun in suns if at < starts[1]]
    for day in heads:
        if len(span) == 2 and span[0] < span[1] and not span[0] <= day <= span[1]:
            ends = (span[0], day) if day < span[0] else (day, span[1])
            yield doubt("facts/odd-order", first=shown(ends[0]), last=shown(ends[1]))
            return
    for one, two in pairwise(heads):
        if two < one and len(heads) > 2:
            yield doubt("facts/odd-order", first=shown(one), last=shown(two))
            return
