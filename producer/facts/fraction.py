"""A fraction in words against the numbers that it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from producer.facts.model import Finding, doubt
from producer.facts.number import plain, value_of
from producer.facts.reading import Reading

_UNITS = "một|hai|ba|bốn|năm|sáu|bảy|tám|chín"
_SAID = re.compile(
    rf"(?P<about>\b(?:gần|hơn|khoảng|xấp\s+xỉ|quá|trên|chừng)\s+)?\b(?:(?P<top>{_UNITS})\s+phần\s+(?P<low>hai|ba|tư|năm|sáu|bảy|tám|chín|mười)"
    rf"|(?P<half>một\s+nửa|nửa))\b(?:\s+[^\W\d_]+){{0,6}}\s*\(\s*(?P<part>\d[\d.]*)\s*/\s*(?P<whole>\d[\d.]*)(?![\d/])",
    re.IGNORECASE,
)
EXACT, ROUGH = Decimal("0.03"), Decimal("0.15")  # how far off it may be, of the fraction that is said


def wrong_fractions(reading: Reading) -> Iterator[Finding]:
    """Yield "gần một phần tư (8/20)": fractions in words that the two numbers in brackets deny."""
    if "/" not in reading.text:
        return
    for found in _SAID.finditer(reading.text):
        part, whole = (Decimal(found[name].replace(".", "")) for name in ("part", "whole"))
        if not whole or part > whole:
            continue  # a day, or a grade
        said = Decimal("0.5") if found["half"] else Decimal(value_of(found["top"])) / value_of(found["low"])
        if abs(part / whole - said) > said * (ROUGH if found["about"] else EXACT):
            yield doubt(
                "facts/wrong-percent",
                written=found[0].split("(")[0].strip(),
                right=f"{plain(round(part * 100 / whole, 1))}%",
            )
