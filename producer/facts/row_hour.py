"""The hours of a row's texts against its columns of time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time
from functools import lru_cache

from producer.data.model import Row, Value
from producer.facts.clock import MIDNIGHT, Moment, read_hours, read_moments, shown_clock
from producer.facts.model import Finding, contradiction, doubt
from producer.facts.reading import Reading

# Columns of one row that say when it begins and ends.
SPANS = (("start_time", "end_time"), ("start", "end"), ("begin", "end"), ("from", "until"))
HALF_DAY = MIDNIGHT // 2
MOST = 2  # moments of a text: where more are told, it is a programme
_HOUR = re.compile(r"\d\s*(?:[hg:]|giờ)", re.IGNORECASE)
_BEGINS = re.compile(
    r"\b(?:bắt\s+đầu|khai\s+mạc|khai\s+giảng|diễn\s+ra|tổ\s+chức|được\s+tổ\s+chức|thời\s+gian|giờ\s+bắt\s+đầu)\W*"
    r"(?:(?:vào|lúc|hồi|từ)\s+)*$",
    re.IGNORECASE,
)
_ENDS = re.compile(r"\b(?:kết\s+thúc|bế\s+mạc|đến|tới)\s*:?\s*(?:(?:vào|lúc|hồi)\s+)*$", re.IGNORECASE)
_AT = re.compile(r"(?:^|\b(?:vào|lúc|hồi|từ)\s+|[,;(–-]\s*)$", re.IGNORECASE)
# What goes on beside the event, at an hour of its own.
_BESIDE = re.compile(
    r"đăng\s+ký|\bđón\b|tập\s+trung|có\s+mặt|xuất\s+phát|khởi\s+hành|gửi\s+xe|giải\s+lao|\bnghỉ\b|\băn\b|\btrực\b|\bphát\s+(?!động|triển)|\bnhận\b"
    r"|check-in|văn\s+nghệ|dâng\s+(?:hoa|hương)|\bhạn\b|\btrước\b|\bsau\b|(?:mở|đóng)\s+(?:cửa|cổng)|hằng\s+ngày|mỗi\s+ngày|livestream|duyệt|trao\s+giải"
    r"|chậm\s+nhất|liên\s+hệ|giờ\s+hành\s+chính|\bca\b|điện\s+thoại|chung\s+kết|bán\s+kết|họp\s+báo|truy\s+điệu",
    re.IGNORECASE,
)

Found = tuple[str, Finding]  # of which column


def wrong_hours(row: Row) -> Iterator[Found]:
    """Yield hours of texts that say of the row's beginning or end another hour than its columns do.

    An hour of another day, of what goes on beside the event, or in a cell of its own says nothing of it. A text that
    tells the row's own hour may tell others too.
    """
    columns, opens, closes = _hours_of(row)
    if opens is None:
        return
    for column, value in row.values.items():
        if isinstance(value, str) and column not in columns and _HOUR.search(value):
            finding = _of_text(Reading(value, row.day), opens, closes, row)
            if finding is not None:
                yield column, finding


def _hours_of(row: Row) -> tuple[tuple[str, ...], int | None, int | None]:
    """The columns that say when the row begins and ends, and these times in minutes after midnight."""
    for columns in SPANS:
        opens, closes = (_minutes(row.values.get(column)) for column in columns)
        if opens is not None:
            return columns, opens, closes
    return (), None, None


def _minutes(value: Value) -> int | None:
    """The minutes after midnight of a cell that is an hour, typed or not."""
    if isinstance(value, time):
        return value.hour * 60 + value.minute
    return _of_cell(value) if isinstance(value, str) else None


@lru_cache(maxsize=512)  # a day has few hours at which something begins
def _of_cell(cell: str) -> int | None:
    moments = read_moments(cell)
    return moments[0].minutes if moments and moments[0].written == cell else None


def _of_text(reading: Reading, opens: int, closes: int | None, row: Row) -> Finding | None:
    """What a text says of the row's hours that they are not."""
    text = reading.text
    moments = read_moments(text)
    spans = [one for one in read_hours(text) if not _of_other(reading, one.start, one.end, row)]
    if not moments or len(moments) > MOST or moments[0].written == text.strip():
        return None
    if len(spans) == 1 and len(moments) == MOST:
        begun, ended = moments
        if not _same(begun, opens):
            return contradiction("facts/wrong-hour", written=spans[0].written, right=shown_clock(opens))
        if closes is not None and not _same(ended, closes):
            return contradiction("facts/wrong-hour", written=spans[0].written, right=shown_clock(closes))
        return None
    if any(_same(one, opens) for one in moments if not _ENDS.search(text[: one.start])):
        moments = tuple(one for one in moments if _ENDS.search(text[: one.start]))
    for moment in moments:
        head = text[: moment.start]
        right = closes if _ENDS.search(head) else opens
        if right is None or _same(moment, right) or _of_other(reading, moment.start, moment.end, row):
            continue
        told = contradiction if _BEGINS.search(head) else doubt
        if told is contradiction or _ENDS.search(head) or _AT.search(head):
            return told("facts/wrong-hour", written=moment.written, right=shown_clock(right))
    return None


def _same(moment: Moment, minutes: int) -> bool:
    """Whether a moment is that of a column; half past seven may be that of the evening where nothing says which."""
    return moment.minutes == minutes or (
        not moment.part and moment.minutes < HALF_DAY and moment.minutes + HALF_DAY == minutes
    )


def _of_other(reading: Reading, start: int, end: int, row: Row) -> bool:
    """Whether an hour is of something beside the event, or of another day than the row's."""
    clause = re.split(r"[.;\n(]", reading.text[:start])[-1]
    behind = re.split(r"[.;,\n]", reading.text[end:])[0]
    if _BESIDE.search(clause) or _BESIDE.search(behind[:30]):
        return True
    days = [day.solar for day in reading.days if day.solar is not None]
    return bool(days) and row.day not in days
