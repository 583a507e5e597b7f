"""Rises, spans of time and lists against what is said of them beside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from producer.facts.clock import Hours, read_hours
from producer.facts.model import Finding, doubt
from producer.facts.number import MEASURES, WORDS, Number, plain, spelt
from producer.facts.reading import Reading

_UP = re.compile(r"\b(?:lên|xuống|còn|thành)(?:\s+(?:mức|đến|tới))?\s*$", re.IGNORECASE)
_FROM = re.compile(r"\btừ(?:\s+mức)?\s*$", re.IGNORECASE)
_BY = re.compile(r"\b(?:tăng|giảm|thêm|bớt|hơn|kém)(?:\s+(?:thêm|đúng|được|đi))?\s*$", re.IGNORECASE)
_SUM = re.compile(r"^\W*(?:tổng\s+cộng|tổng|cộng)(?:\s+(?:số|tiền|là))*\s*:?\s*$", re.IGNORECASE)
_LASTS = re.compile(
    rf"[,\s;(–-]*(?:kéo\s+dài|tổng\s+cộng|cả\s+thảy|tất\s+cả|trong|nghỉ|gồm|(?:thời\s+gian|tổng)\s+là)\s+(?:\w+\s+){{0,2}}?"
    rf"(?P<n>\d{{1,3}}|{WORDS})\s+ngày\b(?!\s+(?:\d|đầu|cuối|thường|lễ))",
    re.IGNORECASE,
)
_THROUGH = re.compile(r"\bhết\b", re.IGNORECASE)
_BREAK = re.compile(r"\b(?:nghỉ|giải\s+lao|sớm|muộn|trước|sau)\b[^.;,]*$", re.IGNORECASE)
_MINUTES = {"phút": 1, "giờ": 60, "tiếng": 60}
_PIECE = re.compile(r"\s*(?:và\s+)?(\d{1,3})\s+([^\W\d_]+(?:\s+[^\W\d_]+){0,2})\s*")
_MIXED = re.compile(r"(?P<n>\d{1,3})\s+(?P<unit>[^\W\d_]+(?:\s+[^\W\d_]+)?)\s*:(?P<parts>[^:;.\n]+)")
MOST = 40  # numbers of a sentence: beyond that it is a table


def wrong_differences(reading: Reading) -> Iterator[Finding]:
    """Yield rises that their ends deny, durations that days or hours deny, and lists that miss their total."""
    if not reading.has_digits:
        return
    for sentence in reading.sentences:
        counts = [one for one in sentence.counts if one.unit != "%"]
        if len(counts) <= MOST:
            yield from _rises(sentence.text, counts)
            yield from _minutes(sentence.text, counts)
        yield from _days(sentence)
        yield from _mixed(sentence.text)
    yield from _column(reading)


def _rises(text: str, counts: Sequence[Number]) -> Iterator[Finding]:
    """Yield "tăng D, từ A lên B" and "từ A lên B, thêm D" where D is not what lies between A and B."""
    for at in range(len(counts) - 1):
        before, after = counts[at], counts[at + 1]
        if not (_FROM.search(text[: before.start]) and _UP.search(text[before.end : after.start])):
            continue
        if before.unit != after.unit and before.unit:
            continue
        right = abs(after.value - before.value)
        for one in (*counts[at - 1 : at], *counts[at + 2 : at + 3]):
            glue = text[after.end : one.start] if one.start > after.end else text[one.end : before.start]
            near = not re.search(r"[.;\d]", glue.replace("từ", "")) and len(glue) < 40
            if near and _BY.search(text[: one.start]) and one.unit == after.unit and one.value != right:
                yield doubt("facts/wrong-sum", written=one.written, right=plain(right))
                return


def _minutes(text: str, counts: Sequence[Number]) -> Iterator[Finding]:
    """Yield "90 phút, từ 8h00 đến 9h00"."""
    hours = read_hours(text)
    if len(hours) != 1:
        return
    span = hours[0]
    told = [one for one in counts if one.unit in _MINUTES and _of_span(text, one, span)]
    length = (span.last - span.first) % (24 * 60)
    if len(told) == 1 and told[0].value * _MINUTES[told[0].unit] != length:
        right = f"{length} phút" if told[0].unit == "phút" else f"{plain(Decimal(length) / 60)} giờ"
        yield doubt("facts/wrong-count", written=f"{told[0].written} {told[0].unit}", right=right)


def _of_span(text: str, one: Number, span: Hours) -> bool:
    """Whether a duration is said of hours: before them with "từ", or behind with a word of length."""
    if _BREAK.search(text[: one.start]):
        return False
    if one.end <= span.start:
        return bool(
            re.fullmatch(r"\s*(?:phút|giờ|tiếng)\s*(?:[,:(–-]\s*)?(?:từ\s+)?", text[one.end : span.start])
        )
    glue = text[span.end : one.start]
    return bool(
        re.fullmatch(r"[\s,(]*(?:kéo\s+dài|trong|tổng\s+cộng|tức|thời\s+gian)\s*", glue, re.IGNORECASE)
    )


def _days(reading: Reading) -> Iterator[Finding]:
    """Yield "từ A đến hết B, tổng cộng 6 ngày"; where the last day is not said to count, one less is let be."""
    text = reading.text
    suns = [(day, sun) for day in reading.days if (sun := day.solar) is not None]
    if len(suns) != 2 or not re.search(r"\btừ\b", text[: suns[0][0].start], re.IGNORECASE):
        return
    (one, first), (two, last) = suns
    glue = text[one.end : two.start]
    found = _LASTS.match(text, two.end)
    if found is None or not re.search(r"đến|tới|–|-", glue):
        return
    length = (last - first).days + 1
    allowed = {length} if _THROUGH.search(glue) else {length, length - 1}
    if length > 0 and spelt(found["n"]) not in allowed:
        yield doubt("facts/wrong-count", written=f"{found['n']} ngày", right=str(length))


def _mixed(text: str) -> Iterator[Finding]:
    """Ask about "12 tiết mục: 5 ca, 4 múa, 2 kịch": kinds of one thing that nearly make its number."""
    for found in _MIXED.finditer(text):
        pieces = [_PIECE.fullmatch(part) for part in re.split(r",|\s+(?=và\s+\d)", found["parts"])]
        numbers = [int(piece[1]) for piece in pieces if piece]
        whole = int(found["n"])
        if len(numbers) < 3 or len(numbers) != len(pieces) or whole == len(numbers):
            continue
        if any(piece and piece[2].split()[0].lower() in MEASURES for piece in pieces):
            continue
        if sum(numbers) != whole and abs(sum(numbers) - whole) * 3 <= whole:
            yield doubt("facts/wrong-sum", written=f"{whole} {found['unit']}", right=str(sum(numbers)))


def _column(reading: Reading) -> Iterator[Finding]:
    """Yield the total under a list whose lines do not come to it."""
    lines = [Reading(line) for line in reading.text.split("\n") if line.strip()]
    if len(lines) < 3:
        return
    parts: list[Number] = []
    for line in lines[: MOST + 1]:
        last = line.counts[-1] if line.counts else None
        if last is None or line.text[last.end :].strip(" .;)").lower() not in ("", last.unit, "đ", last.noun):
            parts = []
            continue
        if _SUM.match(line.text[: last.start]):
            right = sum((one.value for one in parts), Decimal(0))
            if len(parts) > 1 and last.value != right:
                yield doubt("facts/wrong-sum", written=last.written, right=plain(right))
            parts = []
        elif parts and parts[0].unit != last.unit:
            parts = [last]
        else:
            parts.append(last)
