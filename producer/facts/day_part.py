"""An hour against the part of the day that it is said to be in: "19 giờ sáng", "sáng 14/11, lúc 14 giờ"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from producer.facts.model import Finding, contradiction
from producer.facts.reading import Reading

_PART = r"sáng|trưa|chiều|tối|đêm"
_HOUR = r"(?<![\d/.,:])(?P<h>\d{1,2})(?:\s*(?:giờ|h|g)\s*(?:\d{2}(?!\d))?(?:\s*phút)?|:\d{2})"
# "8 giờ tối đa" is no evening, "14 giờ sáng tạo" no morning.
_NO_PART = r"(?!\s+(?:đa|thiểu|tạo|kiến|chế|tác|suốt|hôm|mai|dài))"
_BEHIND = re.compile(rf"{_HOUR}\s+(?P<part>{_PART})\b{_NO_PART}", re.IGNORECASE)
_BEFORE = re.compile(
    rf"\b(?P<part>{_PART})(?:[\s,]|(?:thứ\s+\w+|chủ\s+nhật|T[2-7]|CN|ngày|lúc|vào|hồi|từ|nay|mai|qua|\d{{1,2}}/\d{{1,2}}(?:/\d{{4}})?)\b)*"
    rf"(?<=\s){_HOUR}(?!\s+(?:{_PART})\b)",
    re.IGNORECASE,
)
# The hours that each part has, as people say them and as clocks show them.
_HOURS = {
    "sáng": frozenset(range(12)),
    "trưa": frozenset((1, 2, *range(10, 15))),
    "chiều": frozenset((*range(1, 7), *range(12, 19))),
    "tối": frozenset((*range(5, 12), *range(17, 24))),
    "đêm": frozenset((*range(5), *range(7, 13), *range(18, 25))),
}


def wrong_day_parts(reading: Reading) -> Iterator[Finding]:
    """Yield hours that are not in the part of the day beside them."""
    if not reading.has_digits or not any(part in reading.lower for part in _HOURS):
        return
    for pattern in (_BEHIND, _BEFORE):
        for found in pattern.finditer(reading.text):
            hour, part = int(found["h"]), found["part"].lower()
            if hour <= 24 and hour not in _HOURS[part]:
                yield contradiction("facts/odd-hour", written=" ".join(found[0].split()), part=part)
