"""What is left, and how far one number is from another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from producer.facts.model import Finding, doubt
from producer.facts.number import Number, plain, same_kind

_LEFT = re.compile(r"(?:phần\s+)?còn\s+lại(?:\s+là)?\s*$", re.IGNORECASE)


def changes(text: str, numbers: Sequence[Number]) -> Iterator[Finding]:
    """Yield what is left, and how far one number is from another, that does not come out."""
    spread = re.search(r"\bcao\s+nhất\b.*\bthấp\s+nhất\b.*\bchênh\s+lệch\b", text, re.IGNORECASE)
    moved = re.search(
        r"\b(?:tăng|giảm)\s+từ\b.*\b(?:xuống|lên|còn)\b.*\btức\s+(?:tăng|giảm)\b", text, re.IGNORECASE
    )
    if (
        (spread or moved)
        and len(numbers) >= 3
        and same_kind(numbers[0], numbers[1])
        and same_kind(numbers[1], numbers[2])
    ):
        right = abs(numbers[0].value - numbers[1].value)
        if numbers[2].value != right:
            yield doubt("facts/wrong-sum", written=numbers[2].written, right=plain(right))
        return
    for at, one in enumerate(numbers):
        if (
            at >= 2
            and _LEFT.search(text[: one.start])
            and same_kind(one, numbers[at - 1])
            and same_kind(one, numbers[at - 2])
        ):
            right = numbers[at - 2].value - numbers[at - 1].value
            if one.value != right:
                yield doubt("facts/wrong-sum", written=one.written, right=plain(right))
            return
    yield from _balance(text, numbers)


def _balance(text: str, numbers: Sequence[Number]) -> Iterator[Finding]:
    """Yield a balance that its ins and outs deny: thu A, chi B, còn C."""
    balance = Decimal(0)
    for seen, one in enumerate(numbers):
        clause = re.split(r"[,;:]", text[: one.start])[-1]
        if re.search(r"\b(?:còn|dư|tồn)(?:\s+(?:lại|dư|cuối\s+kỳ))?\s*$", clause, re.IGNORECASE):
            if seen >= 2 and balance > 0 and one.value != balance and same_kind(one, numbers[0]):
                yield doubt("facts/wrong-sum", written=one.written, right=plain(balance))
            return
        if re.search(r"\b(?:chi|giảm|trả|bớt)(?:\s+trong\s+kỳ)?\s*$", clause, re.IGNORECASE) and seen:
            balance -= one.value
        elif re.search(r"\b(?:thu|từ|thêm|đầu\s+kỳ|thu\s+trong\s+kỳ|kết\s+nạp)\s*$", clause, re.IGNORECASE):
            balance += one.value
        else:
            return
