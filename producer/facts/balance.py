"""What is left, and how far one number is from another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from producer.facts.model import Finding, doubt
from producer.facts.number import Number, plain, same_kind

_LEFT = re.compile(r"\b(?:còn|tồn|dư|thừa)(?:\s+(?:lại|dư|tồn|thừa|kho))*(?:\s+là)?\s*$", re.IGNORECASE)
_CAME = re.compile(r"\b(?:thu|thêm|nhập|kết\s+nạp|bổ\s+sung|tăng|nhận)\b", re.IGNORECASE)
# What makes less of a whole.
_WENT = re.compile(
    r"\b(?:đã|phát|cấp|bán|dùng|sử\s+dụng|chi|trao|tặng|loại|giải\s+quyết|hoàn\s+thành|nộp|thanh\s+lý|chuyển|rút|nghỉ|vắng|giao"
    r"|trả|giảm|hết|bàn\s+giao|tiêu\s+thụ|xuất|đăng\s+ký|xong)\b",
    re.IGNORECASE,
)


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
    yield from list(_balance(text, numbers)) or _left_over(text, numbers)


def _left_over(text: str, numbers: Sequence[Number]) -> Iterator[Finding]:
    """Yield what is left that the whole less what went does not make: "in 500 bản, đã phát 300 bản, còn 100 bản"."""
    for at, one in enumerate(numbers):
        same = [other for other in numbers[:at] if same_kind(other, one)]
        if len(same) < 2 or not _LEFT.search(text[: one.start]) or one.value > same[0].value:
            continue
        whole, gone = same[0], same[1:]
        if _CAME.search(text[: one.start]):
            return
        if not _WENT.search(text[whole.end : gone[-1].start]) and not re.search(
            r"lại\s*(?:là\s*)?$", text[: one.start]
        ):
            continue
        ends = range(1, len(gone) + 1)
        rests = {
            whole.value - sum(part.value for part in gone[first:last])
            for last in ends
            for first in range(last)
        }
        steps = {two.value - three.value for two, three in pairwise(same)}
        if one.value not in rests | steps:
            right = whole.value - sum(part.value for part in gone)
            yield doubt(
                "facts/wrong-sum", written=one.written, right=plain(right if right >= 0 else min(rests))
            )
        return


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
