"""The course of things: deadlines, lives, rounds, documents and ranks that run backwards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from producer.facts.clock import HOUR, first_hour, shown_clock
from producer.facts.model import Finding, contradiction, doubt, shown
from producer.facts.reading import Reading

_UNTIL = re.compile(
    r"[\s,;(–-]*(?:(?:và|có)\s+)?(?:hạn\s+(?:chót|cuối|nộp|cuối\s+cùng|chung)|hết\s+(?:hạn|hiệu\s+lực)|kết\s+thúc|muộn\s+nhất"
    r"|chậm\s+nhất|đóng\s+(?:cổng|đơn)|đáo\s+hạn|thanh\s+lý)(?:\s+(?:là|vào|ngày|đến|hết|đăng\s+ký|nhận\s+\w+)){0,3}\s*:?\s*",
    re.IGNORECASE,
)
_FROM = re.compile(r"\b(?:từ|bắt\s+đầu|mở|kể\s+từ)(?:\s+(?:ngày|hôm|thứ\s+\w+|vào))*\s*,?\s*$", re.IGNORECASE)
_LIFE = re.compile(r"\(\s*(\d{4})\s*[–-]\s*(\d{4})\s*\)")
_LEAVES = re.compile(r"\b(?:ga\s+đi|đi|rời|xuất\s+phát|khởi\s+hành|lên\s+đường)\b", re.IGNORECASE)
_ARRIVES = re.compile(
    rf"[\s,–-]*(?:(?:và|sẽ|dự\s+kiến)\s+)*(?:ga\s+)?(?:đến(?:\s+nơi)?|về(?:\s+(?:đến|tới))?|tới(?:\s+nơi)?|cập\s+bến)\s+(?:lúc\s+)?(?:{HOUR}\s+)?"
    r"(?:(?:sáng|trưa|chiều|tối)\s+)?(?:ngày\s+)?",
    re.IGNORECASE,
)
_FOUNDED = re.compile(r"\b(?:ban\s+hành|ký|số\s+\S+)\s+(?:ngày\s+)?$", re.IGNORECASE)
_ROUNDS = (
    r"sơ\s+(?:khảo|loại|tuyển)|vòng\s+(?:loại|bảng)",
    r"tứ\s+kết",
    r"bán\s+kết",
    r"chung\s+(?:kết|khảo)",
)
_ROUND = re.compile("|".join(rf"(?P<r{rank}>{words})" for rank, words in enumerate(_ROUNDS)), re.IGNORECASE)
# What comes before what, wherever a text tells of it.
_CHAINS = (
    (r"lễ\s+viếng|\bviếng\b", r"truy\s+điệu", r"an\s+táng|hỏa\s+táng|hoả\s+táng"),
    (
        r"(?:đăng\s+ký|xác\s+nhận|phúc\s+đáp|danh\s+sách|hồ\s+sơ|bài\s+dự\s+thi)[^.;,\d]{0,30}\b(?:trước|chậm\s+nhất|muộn\s+nhất|hạn\s+(?:chót|cuối|nộp))",
        r"khai\s+mạc|khởi\s+tranh|\bthi\s+đấu\b|\bdiễn\s+ra\b|\btổ\s+chức\b",
        r"chung\s+kết|bế\s+mạc|trao\s+giải",
    ),
    (r"khởi\s+công|động\s+thổ", r"khánh\s+thành|đưa\s+vào\s+sử\s+dụng|bàn\s+giao"),
)
# Words of which a chain needs one to begin with.
_FIRSTS = (
    ("viếng", "truy điệu"), ("đăng ký", "xác nhận", "phúc đáp", "danh sách", "hồ sơ", "bài dự thi", "khai mạc"),
    ("khởi công", "động thổ"),
)  # fmt: skip
_CHAIN = tuple(
    re.compile("|".join(f"(?P<s{at}>{words})" for at, words in enumerate(chain)), re.IGNORECASE)
    for chain in _CHAINS
)
_MONTH = re.compile(r"tháng\s+(\d{1,2})(?:/|\s+năm\s+)(\d{4})", re.IGNORECASE)
_BUILT = re.compile(r"\b(?:khởi\s+công|khai\s+giảng|khởi\s+động|phát\s+động|khai\s+mạc)\b", re.IGNORECASE)
_DONE = re.compile(
    r"\b(?:khánh\s+thành|hoàn\s+thành|bế\s+giảng|bế\s+mạc|tổng\s+kết|đưa\s+vào\s+(?:sử\s+dụng|hoạt\s+động|khai\s+thác|vận\s+hành)|bàn\s+giao"
    r"|nghiệm\s+thu|kết\s+thúc)\b",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"(?P<way>\b(?:giảm|hạ|rút|xuống|lùi|rút\s+ngắn)\b[^.;]*?)?\btừ\s+(?:đủ\s+)?(?P<a>\d{1,3})\s*(?:tuổi\s+)?(?:đến|tới|–|-)\s*"
    r"(?:dưới\s+|hết\s+)?(?P<b>\d{1,3})\s+(?P<unit>tuổi|người|kg|cm|điểm|suất|phần|câu)\b",
    re.IGNORECASE,
)
_TOLD = re.compile(
    rf"\blúc\s+({HOUR})[^.;\d]*?\b(?:công\s+bố|kết\s+quả|trao\s+giải|kết\s+thúc|bế\s+mạc|ra\s+về)\b[^.;\d]*?({HOUR})\s+cùng\s+(?:ngày|buổi)",
    re.IGNORECASE,
)


def wrong_course(reading: Reading) -> Iterator[Finding]:
    """Yield what follows something that it must precede.

    Contradictions are ends before their beginnings; what rests on the meaning of words is asked about.
    """
    if not reading.has_digits:
        return
    text = reading.text
    if "(" in text:
        for found in _LIFE.finditer(text):
            if int(found[1]) > int(found[2]):
                yield contradiction("facts/ends-before-start", first=found[1], last=found[2])
    yield from _between(text)
    yield from _told(text)
    if sum(day.own_year for day in reading.days) > 1:
        for sentence in reading.sentences:
            yield from _days(sentence)
        yield from list(_rounds(reading)) or _chains(reading)
    if text.count("tháng") > 1:
        for sentence in reading.sentences:
            yield from _months(sentence.text)


def _between(text: str) -> Iterator[Finding]:
    """Yield ranges of numbers that run backwards: "từ 35 đến 18 tuổi"."""
    if "ừ " in text:
        for found in _BETWEEN.finditer(text):
            if not found["way"] and int(found["a"]) > int(found["b"]):
                yield contradiction("facts/ends-before-start", first=found["a"], last=found["b"])


def _told(text: str) -> Iterator[Finding]:
    """Yield what is told on one day before it was done."""
    if "cùng" in text:
        for found in _TOLD.finditer(text):
            first, last = first_hour(found[1]), first_hour(found[5])
            if first is not None and last is not None and first > last:
                yield contradiction(
                    "facts/ends-before-start", first=shown_clock(first), last=shown_clock(last)
                )


def _days(reading: Reading) -> Iterator[Finding]:
    """Yield two days beside each other of which the later in words is the earlier."""
    text = reading.text
    dated = [(day, sun) for day in reading.days if day.own_year and (sun := day.solar) is not None]
    for (one, first), (two, last) in pairwise(dated):
        glue, head = text[one.end : two.start], text[: one.start]
        if first > last and _FROM.search(head) and _UNTIL.fullmatch(glue):
            yield contradiction("facts/ends-before-start", first=shown(first), last=shown(last))
        elif first > last and _travels(head, glue):
            yield doubt("facts/odd-order", first=shown(first), last=shown(last))
        elif first < last and _founded(head, glue):
            yield doubt("facts/odd-order", first=shown(last), last=shown(first))


def _travels(head: str, glue: str) -> bool:
    """Whether somebody leaves on the first day and comes to the place on the second."""
    return bool(_LEAVES.search(re.split(r"[.;\n]", head)[-1]) and _ARRIVES.fullmatch(glue))


def _founded(head: str, glue: str) -> bool:
    """Whether the paper of the first day rests on that of the second."""
    return bool(
        _FOUNDED.search(head)
        and re.search(r"^\s*,?\s*(?:được\s+)?(?:căn\s+cứ|theo|thực\s+hiện|dựa\s+trên)\s", glue, re.IGNORECASE)
        and _FOUNDED.search(glue)
    )


def _months(text: str) -> Iterator[Finding]:
    """Yield what is done in a month before the one that it was begun in."""
    months = list(_MONTH.finditer(text))
    if len(months) != 2:
        return
    one, two = months
    if not (_BUILT.search(text[: one.start()]) and _DONE.search(text[one.end() : two.start()])):
        return
    if (int(one[2]), int(one[1])) > (int(two[2]), int(two[1])):
        yield doubt("facts/odd-order", first=f"{one[1]}/{one[2]}", last=f"{two[1]}/{two[2]}")


def _chains(reading: Reading) -> Iterator[Finding]:
    """Ask about a later stage of one matter that has an earlier day, where each stage is told once."""
    for first_words, pattern in zip(_FIRSTS, _CHAIN, strict=True):
        if not any(word in reading.lower for word in first_words):
            continue
        held: dict[int, list[date]] = {}
        found = list(pattern.finditer(reading.text))
        for number, match in enumerate(found):
            until = found[number + 1].start() if number + 1 < len(found) else len(reading.text)
            day = next((one for one in reading.days if match.end() <= one.start < until), None)
            if (
                day is not None
                and day.solar is not None
                and not re.search(r"[.\n]", reading.text[match.end() : day.start])
            ):
                held.setdefault(int((match.lastgroup or "s0")[1]), []).append(day.solar)
        stages = sorted((rank, days[0]) for rank, days in held.items() if len(set(days)) == 1)
        for (_, first), (_, last) in pairwise(stages):
            if first > last:
                yield doubt("facts/odd-order", first=shown(first), last=shown(last))
                return


def _rounds(reading: Reading) -> Iterator[Finding]:
    """Yield a round of a contest that is held after one that comes later."""
    found = list(_ROUND.finditer(reading.text))
    held: list[tuple[int, date]] = []
    for number, match in enumerate(found):
        until = found[number + 1].start() if number + 1 < len(found) else len(reading.text)
        day = next((one for one in reading.days if match.end() <= one.start < until), None)
        if day is not None and day.solar is not None and len(reading.text[match.end() : day.start]) < 40:
            held.append((int((match.lastgroup or "r0")[1]), day.solar))
    then = re.search(r"\b(?:sau\s+đó|tiếp\s+(?:theo|đến)|rồi\s+đến)\b", reading.text, re.IGNORECASE)
    for (one, first), (two, last) in pairwise(held):
        if one < two and first > last:
            yield doubt("facts/odd-order", first=shown(first), last=shown(last))
        elif one > two and first < last and then:
            yield doubt("facts/odd-order", first=shown(last), last=shown(first))
