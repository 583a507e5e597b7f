"""A share of a number against the number that it is said to be: "một phần tư trong số 88 người, tức 22 người"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from producer.facts.model import Finding, doubt
from producer.facts.number import Number, decimal_of, plain, read_numbers, same_kind, value_of
from producer.facts.reading import Reading

_ONES = "một|hai|ba|bốn|năm|sáu|bảy|tám|chín"
_SHARE = re.compile(
    rf"(?P<about>\b(?:gần|hơn|khoảng|xấp\s+xỉ|quá|trên|chừng)\s+)?(?:(?<![\d.,])(?P<percent>\d+(?:,\d+)?)\s*%"
    rf"|\b(?P<top>{_ONES})\s+phần\s+(?P<low>hai|ba|tư|năm|sáu|bảy|tám|chín|mười)|(?<![\d/])(?P<a>\d)/(?P<b>\d{{1,2}})(?![\d/])"
    r"|\b(?P<half>(?:một\s+)?nửa))\s+(?:trong(?:\s+tổng)?(?:\s+số)?|của(?:\s+tổng\s+số)?|trên\s+tổng\s+số|tổng\s+số)\s+(?=\d)",
    re.IGNORECASE,
)
_IS = re.compile(
    r"(?:\s+[^\W\d_]+){0,9}\s*[,(]?\s*(?:tức|là|bằng|tương\s+đương|tương\s+ứng|được)(?:\s+(?:là|với))?\s+",
    re.IGNORECASE,
)
ROUGH = Decimal("0.08")  # of the whole, how far off a rough share may be


def wrong_ratios(reading: Reading) -> Iterator[Finding]:
    """Ask about numbers that are said to be a share of another one, and are not; rounding is allowed for."""
    if (
        "%" not in reading.text
        and "phần" not in reading.lower
        and "nửa" not in reading.lower
        and "/" not in reading.text
    ):
        return
    for found in _SHARE.finditer(reading.text):
        numbers = read_numbers(reading.text[found.end() :])
        if len(numbers) < 2 or numbers[0].start:
            continue
        whole, part = numbers[:2]
        glue = reading.text[found.end() + whole.end : found.end() + part.start]
        if not _IS.fullmatch(glue) or not _comparable(part, whole) or not whole.value or part.unit == "%":
            continue
        said, slack = _said(found)
        off = abs(part.value / whole.value - said)
        if off > (ROUGH if found["about"] else slack) + Decimal(1) / whole.value:
            right = f"{plain(round(part.value * 100 / whole.value, 1))}%"
            yield doubt("facts/wrong-percent", written=found[0].split(" trong")[0].strip(), right=right)


def _comparable(part: Number, whole: Number) -> bool:
    return same_kind(part, whole) or not part.unit or part.unit == "người"


def _said(found: re.Match[str]) -> tuple[Decimal, Decimal]:
    """The share, and how far rounding may have moved it."""
    if found["percent"]:
        places = len(found["percent"].partition(",")[2])
        reckoned = (
            found[0].split()[-1].lower() == "của"
        )  # the number from the share, and not the share from it
        return decimal_of(found["percent"]) / 100, Decimal(0) if reckoned else Decimal("0.006") / 10**places
    if found["half"]:
        return Decimal("0.5"), Decimal(0)
    top, low = (found["a"], found["b"]) if found["a"] else (found["top"], found["low"])
    values = [Decimal(word) if word.isdigit() else Decimal(value_of(word)) for word in (top, low)]
    return (values[0] / values[1] if values[1] else Decimal(0)), Decimal(0)
