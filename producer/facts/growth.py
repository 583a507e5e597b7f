"""Rises and falls from one time to another: "năm 2024 có 200, năm 2025 có 250, tăng 25%"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from producer.facts.model import Finding, doubt
from producer.facts.number import Number, decimal_of, plain, same_kind
from producer.facts.reading import Reading

_MOVED = re.compile(
    r"\b(?P<way>tăng|giảm)\s+(?:thêm\s+|được\s+|đi\s+)?(?P<about>(?:gần|hơn|khoảng|trên|xấp\s+xỉ)\s+)?(?P<n>\d[\d.]*(?:,\d+)?)(?P<percent>\s*%)?",
    re.IGNORECASE,
)
_AGAINST = re.compile(r"[^\d.;]{0,24}\bso\s+với\s+(?:mức\s+|con\s+số\s+)?(?=\d)", re.IGNORECASE)
_THEN_NOW = re.compile(
    r"\b(?:năm\s+(?P<a>(?:19|20)\d\d)|năm\s+ngoái|năm\s+trước|tháng\s+trước|quý\s+trước|kỳ\s+trước)\b.*?"
    r"\b(?:năm\s+(?P<b>(?:19|20)\d\d)|năm\s+nay|tháng\s+này|quý\s+này|kỳ\s+này)\b",
    re.IGNORECASE | re.DOTALL,
)
_CLAUSE = re.compile(r"[^.;]{0,60}")


def wrong_growth(reading: Reading) -> Iterator[Finding]:
    """Ask about a rise or fall that the numbers of the two times deny, in percent or by how many."""
    lower = reading.lower
    if not reading.has_digits or not ("tăng" in lower or "giảm" in lower):
        return
    for sentence in reading.sentences:
        for found in _MOVED.finditer(sentence.text):
            pair = _against(sentence, found) or _then_and_now(sentence, found)
            if pair is not None and not found["about"]:
                yield from _judged(sentence, found, *pair)


def _against(reading: Reading, found: re.Match[str]) -> tuple[Number, Number] | None:
    """The numbers of "120 tỷ đồng, tăng 20% so với 90 tỷ đồng": before and after."""
    glue = _AGAINST.match(reading.text, found.end())
    if glue is None:
        return None
    counts = [one for one in reading.counts if one.unit != "%"]
    before = next((one for one in counts if one.start == glue.end()), None)
    after = next((one for one in reversed(counts) if one.end <= found.start()), None)
    if before is None or after is None or not same_kind(before, after):
        return None
    return (before, after) if _CLAUSE.fullmatch(reading.text, after.end, found.start()) else None


def _then_and_now(reading: Reading, found: re.Match[str]) -> tuple[Number, Number] | None:
    """The only two numbers of one kind before a change, each told of a time of its own, the earlier first."""
    head = reading.text[: found.start()]
    times = _THEN_NOW.search(head)
    if times is None or (times["a"] and times["b"] and times["a"] >= times["b"]):
        return None
    counts = [one for one in reading.counts if one.unit != "%" and one.end <= found.start()]
    if (
        len(counts) != 2
        or not same_kind(*counts)
        or not _CLAUSE.fullmatch(reading.text, counts[1].end, found.start())
    ):
        return None
    return counts[0], counts[1]


def _judged(reading: Reading, found: re.Match[str], before: Number, after: Number) -> Iterator[Finding]:
    """Yield the change where it is another one."""
    if not before.value:
        return
    moved = after.value - before.value if found["way"].lower() == "tăng" else before.value - after.value
    said = decimal_of(found["n"])
    if found["percent"]:
        places = len(found["n"].partition(",")[2])
        right = moved * 100 / before.value
        if abs(right - said) > Decimal("0.6") / 10**places:
            yield doubt("facts/wrong-percent", written=f"{found['n']}%", right=f"{plain(round(right, 2))}%")
        return
    number = next((one for one in reading.counts if one.start == found.start("n")), None)
    if number is not None and same_kind(number, after) and number.value != moved:
        yield doubt("facts/wrong-sum", written=number.written, right=plain(moved))
