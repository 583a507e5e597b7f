"""Stretches of the calendar with names of their own: terms, school years, quarters, the day after, weeks and nights."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from producer.facts.model import Finding, contradiction, doubt, shown
from producer.facts.number import WORDS, spelt
from producer.facts.reading import Reading

_YEARS = re.compile(
    r"\b(?P<what>năm\s+học|nhiệm\s+kỳ)\s+(?P<a>(?:19|20)\d\d)\s*[–-]\s*(?P<b>(?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
TERM = 5  # years of the longest term. Source: the statutes of the trade unions, of the party and of its congresses
_QUARTER = r"quý\s+(?P<q>IV|I{1,3}|[1-4])(?![\w])"
_OF_QUARTER = re.compile(rf"\s*\(\s*(?:trong\s+|thuộc\s+)?{_QUARTER}", re.IGNORECASE)
_MONTH = re.compile(
    rf"\btháng\s+(?P<m>\d{{1,2}})(?:/\d{{4}})?\s*\(\s*(?:trong\s+|thuộc\s+)?{_QUARTER}", re.IGNORECASE
)
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
_NEXT = re.compile(
    r"[^.;\n]*?\b(?:ngày\s+)?(?:hôm|kế|tiếp)\s+(?P<way>sau|trước|tiếp|theo)\s*[,(]?\s*(?:(?:thứ\s+\w+|chủ\s+nhật|T[2-7]|CN),?\s+)?(?:ngày\s+)?",
    re.IGNORECASE,
)
_NIGHTS = re.compile(r"(?<![\w./])(?P<d>\d{1,2})\s+ngày\s*,?\s*(?P<n>\d{1,2})\s+đêm\b", re.IGNORECASE)
_LONG = re.compile(
    rf"(?:kéo\s+dài|trong|diễn\s+ra)\s+(?:suốt\s+|đúng\s+)?(?P<n>\d{{1,2}}|{WORDS})\s+(?P<unit>tuần|tháng)\s*[,(]?\s*(?:từ\s+)?(?:ngày\s+)?$",
    re.IGNORECASE,
)
# Days that a week and a month may be: a week's work is five days, and both ends may be counted.
_DAYS = {"tuần": (5, 8), "tháng": (27, 32)}


def wrong_terms(reading: Reading) -> Iterator[Finding]:
    """Yield terms, quarters and stretches of days that their dates deny."""
    if not reading.has_digits:
        return
    lower = reading.lower
    if "năm học" in lower or "nhiệm kỳ" in lower:
        yield from _years(reading.text)
    if "quý" in lower:
        yield from _quarters(reading)
    if "đêm" in lower:
        yield from _nights(reading.text)
    if " sau" in lower or " tiếp" in lower or " trước" in lower:
        yield from _next_day(reading)
    if "tuần" in lower or "tháng" in lower:
        yield from _stretch(reading)


def _years(text: str) -> Iterator[Finding]:
    """Yield school years that are not two years, and terms of more than five."""
    for found in _YEARS.finditer(text):
        first, last = int(found["a"]), int(found["b"])
        most = 1 if found["what"].lower().endswith("học") else TERM
        if last - first > most or (most == 1 and last == first):
            yield doubt("facts/wrong-count", written=found[0], right=f"{first} – {first + most}")


def _quarters(reading: Reading) -> Iterator[Finding]:
    """Yield a day or month with another quarter behind it in brackets."""
    told = [
        (day.month, found)
        for day in reading.days
        if not day.moon and (found := _OF_QUARTER.match(reading.text, day.end))
    ]
    told += [(int(found["m"]), found) for found in _MONTH.finditer(reading.text)]
    for month, found in told:
        quarter = _ROMAN.get(found["q"].upper()) or int(found["q"])
        if (month + 2) // 3 != quarter:
            yield contradiction(
                "facts/wrong-count", written=f"quý {found['q']}", right=f"quý {(month + 2) // 3}"
            )


def _nights(text: str) -> Iterator[Finding]:
    """Yield nights that are two more or less than their days."""
    for found in _NIGHTS.finditer(text):
        if abs(int(found["d"]) - int(found["n"])) > 1:
            yield doubt(
                "facts/wrong-count", written=found[0], right=f"{found['d']} ngày {int(found['d']) - 1} đêm"
            )


def _next_day(reading: Reading) -> Iterator[Finding]:
    """Yield a date behind "hôm sau" or "hôm trước" that is not a day from the one before it."""
    days = [day for day in reading.days if not day.moon]
    for one, two in pairwise(days):
        found = _NEXT.fullmatch(reading.text, one.end, two.start)
        if found is None or one.solar is None or two.solar is None or one.ranged:
            continue
        right = one.solar + timedelta(days=-1 if found["way"].lower() == "trước" else 1)
        if two.solar != right:
            yield doubt("facts/wrong-count", written=reading.text[two.start : two.end], right=shown(right))


def _stretch(reading: Reading) -> Iterator[Finding]:
    """Yield weeks and months that a range of days beside them denies: "kéo dài 2 tháng, từ 1/9 đến 15/10"."""
    for group in reading.groups():
        ends: tuple[date | None, ...] = tuple(day.solar for day in group)
        if len(ends) != 2 or not (group[0].ranged or "đến" in reading.text[group[0].end : group[1].start]):
            continue
        found = _LONG.search(reading.text[: group[0].start])
        first, last = ends
        if found is None or first is None or last is None or last <= first:
            continue
        count, length = spelt(found["n"]), (last - first).days + 1
        least, most = (count * days for days in _DAYS[found["unit"].lower()])
        if not least <= length <= most:
            yield doubt("facts/wrong-count", written=f"{found['n']} {found['unit']}", right=f"{length} ngày")
