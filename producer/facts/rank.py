"""Places of a contest against what they were won by: points, times, votes, and the money that they bring."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from producer.facts.model import Finding, doubt
from producer.facts.number import SCALES, decimal_of
from producer.facts.reading import Reading

_PLACES = ("nhất", "nhì", "ba", "tư")
# A place, and the nearest number of points, minutes or đồng behind it, with no other place between.
_PLACE = re.compile(
    rf"(?<!\w)(?:(?:giải|hạng)\s+(?P<p>{'|'.join(_PLACES)})|(?P<p2>nhất|nhì|(?-i:Ba|Tư)))(?!\w)"
    rf"(?P<glue>(?:(?!(?<!\w)(?:{'|'.join(_PLACES)})(?!\w)|\btổng\b)[^;\n]){{0,70}}?)"
    r"(?P<n>\d[\d.]*(?:,\d+)?)\s*(?P<unit>điểm|phút(?:\s+(?P<s>\d{1,2})(?:,\d+)?\s*giây)?|giây|phiếu|(?:nghìn|ngàn|triệu|tỷ)(?:\s+đồng)?|đồng)\b",
    re.IGNORECASE,
)
_FASTER = ("phút", "giây")  # less of them is better


def wrong_ranks(reading: Reading) -> Iterator[Finding]:
    """Ask about a place with more than the one before it: more points or money, or less time.

    Only places that follow each other from the first one are compared, each with a number of one kind; equal numbers
    may have been parted by something else.
    """
    if not reading.has_digits or "nhì" not in reading.lower:
        return
    told = [(found, _rank(found)) for found in _PLACE.finditer(reading.text)]
    if [rank for _, rank in told[:2]] != [0, 1]:
        return
    for (one, first), (two, second) in pairwise(told):
        if second != first + 1 or _unit(one) != _unit(two):
            return
        better = _value(two) < _value(one) if _unit(one) in _FASTER else _value(two) > _value(one)
        if better:
            yield doubt("facts/odd-order", first=_written(one), last=_written(two))
            return


def _rank(found: re.Match[str]) -> int:
    return _PLACES.index((found["p"] or found["p2"]).lower())


def _unit(found: re.Match[str]) -> str:
    unit = found["unit"].lower().split()[0]
    return "đồng" if unit in SCALES else unit


def _value(found: re.Match[str]) -> Decimal:
    value = decimal_of(found["n"]) * SCALES.get(found["unit"].lower().split()[0], 1)
    return value * 60 + int(found["s"] or 0) if _unit(found) == "phút" else value


def _written(found: re.Match[str]) -> str:
    return f"{found['p'] or found['p2']} {found['n']} {found['unit']}"
