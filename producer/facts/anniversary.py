"""How many years: beside two dates or years, the count must be what lies between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from producer.facts.model import Finding, contradiction
from producer.facts.number import WORDS, value_of
from producer.facts.reading import Reading

_N = rf"(\d{{1,4}}|(?<!\w){WORDS})"
# What counts years gone by: 96 năm, 96 mùa thu, tuổi 35, 35 tuổi, lần thứ 96, half a century.
_COUNT = re.compile(
    rf"(?<!số )(?<!lớp ){_N}\s+(?:năm(?!\s+(?:19|20)\d\d)|mùa\s+xuân|mùa\s+thu|tuổi)\b|\btuổi\s+{_N}"
    rf"|(?:(?:lần\s+)?kỷ\s+niệm\s+(?:lần\s+)?thứ)\s+{_N}"
    r"|\b(nửa\s+thế\s+kỷ|một\s+phần\s+tư\s+thế\s+kỷ|(?:một|hai)\s+thế\s+kỷ|(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín)\s+thập\s+(?:kỷ|niên))\b",
    re.IGNORECASE,
)
_PARTS = {"nửa thế kỷ": 50, "một phần tư thế kỷ": 25, "một thế kỷ": 100, "hai thế kỷ": 200}
_AT = r"(?:(?:năm|ngày|mùa\s+xuân|mùa\s+thu)\s+)?"
_DATE = r"(?:(\d{1,2})[/.-](\d{1,2})[/.-])?(\d{4})(?![\d/])"
_SPAN = re.compile(
    rf"(?<![\d/.-]){_DATE}\s*(?:[–-]|đến(\s+hết)?)\s*{_AT}{_DATE}|\(năm\s+(\d{{1,4}})\s*[–-]\s*năm\s+(\d{{4}})\)"
)
# Years in a row, the first one counted too: a plan of five years is 2021 – 2025.
_BOTH = re.compile(r"kế hoạch|giai đoạn|nhiệm kỳ|liền\b|liên tiếp|liên tục|năm học|chiến lược", re.IGNORECASE)
_TERM = re.compile(r"(?:nhiệm kỳ|giai đoạn|khóa|khoá|năm học)\s*\W?$", re.IGNORECASE)
# Part of the way: it says nothing of the whole.
_PARTLY = re.compile(r"(?:sau|trong|hơn|gần|khoảng|mỗi|cứ|suốt|trên|được|qua|thêm)\s*$", re.IGNORECASE)
_ALL_OF = ("sau", "suốt", "qua", "được")
# What makes a count the years between two points of its sentence.
_WHOLE = re.compile(
    r"(?:tròn|cách đây|là|lần|,\s*qua|đi qua|trải qua|chặng đường|hành trình|kỷ niệm|ở|tuổi|,|;|:|^)"
    r"\s*(?:vừa\s+|đã\s+)?(?:tròn\s+)?$",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\b(?:từ|ra đời|thành lập|sinh|khởi xướng|vào nghề|cách đây|trước|\(\d)", re.IGNORECASE)
_POINT = re.compile(rf"(?<![\d/.-]){_DATE}")
_TIMES = re.compile(r"(?:là\s+lần|bước\s+sang\s+năm|là\s+năm|là\s+mùa)\s+thứ\s+(\d{1,3})\b", re.IGNORECASE)
_YEARLY = re.compile(r"thường niên|hằng năm|hàng năm|mỗi năm|năm thứ|không gián đoạn", re.IGNORECASE)
_ORDINAL = re.compile(rf"lần\s+thứ\s+(nhất|tư|{_N})\b[^.;]*?\b(\d{{4}})\b", re.IGNORECASE)
_EVERY = re.compile(rf"(?:cứ|mỗi\s+nhiệm\s+kỳ)\s+{_N}\s+năm", re.IGNORECASE)
NEAR = 90  # letters between a count and its span


@dataclass(frozen=True, slots=True)
class _Span:
    """Two days or years, each (year, month, day) with 0 for what is not told."""

    start: int
    end: int
    first: tuple[int, int, int]
    last: tuple[int, int, int]
    both: bool = False  # both ends are counted

    def counts(self, *, both: bool) -> tuple[int, ...]:
        """How many years it may be said to be, the right one first."""
        by_calendar = self.last[0] - self.first[0]
        full = by_calendar - (self.last[1:] < self.first[1:])
        return (by_calendar + 1, by_calendar) if self.both or both else (full, by_calendar)


def wrong_years(reading: Reading) -> Iterator[Finding]:
    """Yield each count of years that the two dates or years beside it deny.

    Who served from 1/9/1990 to 31/5/2025 has 34 full years and is honoured for 35, as the calendar counts: both hold.
    A plan of five years runs from 2021 to 2025: of plans, terms and years in a row both ends are counted.
    """
    if not re.search(r"\d{4}", reading.text):
        return
    for sentence in reading.sentences:
        text = sentence.text
        counts = list(_COUNT.finditer(text))
        spans = list(_spans(text))
        for written, right in (*_beside(text, counts, spans), *_between(text, counts, spans), *_times(text)):
            yield contradiction("facts/wrong-years", written=str(written), right=str(right))


def _beside(text: str, counts: list[re.Match[str]], spans: list[_Span]) -> Iterator[tuple[int, int]]:
    """Yield counts that a span beside them denies."""
    for span in spans:
        before = next((one for one in reversed(counts) if one.end() <= span.start), None)
        behind = next((one for one in counts if one.start() >= span.end), None)
        count = None
        if before is not None and _of_before(text, before, span):
            count = before
        elif behind is not None and _of_behind(text, behind, span):
            count = behind
        if count is not None:
            around = text[max(count.start() - 30, 0) : max(span.end, count.end())]
            right = span.counts(both=bool(_BOTH.search(around)) and not span.first[1])
            if _value(count) not in right:
                yield _value(count), right[0]


def _of_before(text: str, count: re.Match[str], span: _Span) -> bool:
    glue = text[count.end() : span.start]
    if len(glue) > NEAR or re.search(r"[.;()\d]", glue.rstrip(" (")):
        return False
    term, partly = _TERM.search(text[: span.start]), _PARTLY.search(text[: count.start()])
    if partly and partly[0].strip().lower() in _ALL_OF and re.fullmatch(r"[^,:]*\(\s*", glue):
        partly = None  # "sau 31 năm công tác (1995 – 2026)" is all of it
    return not (term or (partly and not span.first[1]))


def _of_behind(text: str, count: re.Match[str], span: _Span) -> bool:
    glue = text[span.end : count.start()]
    if len(glue) > NEAR or re.search(r"[.;(\d]", glue) or _TERM.search(text[: span.start].rstrip("( ")):
        return False
    return bool(_WHOLE.search(glue))


def _between(text: str, counts: list[re.Match[str]], spans: list[_Span]) -> Iterator[tuple[int, int]]:
    """Yield counts that are denied by the only two points in time that their sentence names."""
    if spans or not _SINCE.search(text):
        return
    points = sorted({_point(found.groups()) for found in _POINT.finditer(text)})
    whole = [
        one for one in counts if _WHOLE.search(text[: one.start()]) or text[one.end() :].startswith(" trước")
    ]
    if len({year for year, _, _ in points}) != 2 or len(whole) != 1:
        return
    first, last = points[0], points[-1]
    right = _Span(0, 0, first, last).counts(both=False)
    born = (right[0] - 1,) if "tuổi" in whole[0][0].lower() and not first[1] else ()
    if _value(whole[0]) not in (*right, *born):
        yield _value(whole[0]), right[0]


def _times(text: str) -> Iterator[tuple[int, int]]:
    """Yield ordinals that do not go with their years: of what comes every year, or every so many years."""
    years = sorted({int(found[3]) for found in _POINT.finditer(text)})
    found = _TIMES.search(text)
    if found and len(years) == 2 and _YEARLY.search(text) and _SINCE.search(text):
        right = years[1] - years[0] + 1
        if int(found[1]) not in (right, right - 1 if "năm thứ" in found[0] else right):
            yield int(found[1]), right
    every = _EVERY.search(text)
    held = [(_ordinal(one[1]), int(one[3])) for one in _ORDINAL.finditer(text)]
    if every is None or len(held) < 2:
        return
    (first, year), step = held[0], _spelt(every[1])
    for number, held_in in held[1:]:
        if held_in - year != (number - first) * step:
            yield number, first + (held_in - year) // step
            return


def _spans(text: str) -> Iterator[_Span]:
    for found in _SPAN.finditer(text):
        if found[8]:
            yield _Span(found.start(), found.end(), (int(found[8]), 0, 0), (int(found[9]), 0, 0))
            continue
        first, last = _point(found.groups()[:3]), _point(found.groups()[4:7])
        if first[0] < last[0]:
            yield _Span(found.start(), found.end(), first, last, found[4] is not None)


def _point(parts: tuple[str | None, ...]) -> tuple[int, int, int]:
    day, month, year = parts[:3]
    return int(year or 0), int(month or 0), int(day or 0)


def _value(found: re.Match[str]) -> int:
    if found[4]:
        words = " ".join(found[4].lower().split())
        return _PARTS[words] if words in _PARTS else value_of(words) * 10
    return _spelt(found[1] or found[2] or found[3])


def _spelt(written: str) -> int:
    return int(written) if written.isdigit() else value_of(written)


def _ordinal(written: str) -> int:
    return 1 if written.lower() == "nhất" else _spelt(written)
