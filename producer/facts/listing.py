"""A count against the names or things that are listed behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from producer.facts.model import CAPITAL, Finding, doubt
from producer.facts.number import MEASURES, WORDS, read_numbers, spelt
from producer.facts.reading import Reading

_N = rf"(?P<n>\d{{1,2}}|(?<!\w){WORDS})"
_TITLE = r"(?:(?:ông|bà|anh|chị|em|cháu|cô|chú|bác|đ/c|đồng\s+chí|thầy|cụ)(?:\s+(?=[^\W\d_]))|(?:ĐV|TS|ThS|BS)\.?\s+)"
# One name: words with a capital, of any people of the country.
_NAME = rf"{CAPITAL}[\w’']*(?:\s+{CAPITAL}[\w’']*){{1,4}}"
_PEOPLE = re.compile(
    rf"{_N}\s+(?:người|đồng\s+chí|cá\s+nhân|thành\s+viên|đại\s+biểu|công\s+nhân|đoàn\s+viên|bằng\s+khen|giấy\s+khen|gương|"
    rf"(?:anh|chị)\s+em|anh|chị|vợ\s+chồng|cháu|em|học\s+sinh)\b(?P<colon>\s*(?:gồm|là)?\s*:\s*|\s+(?:gồm\s+|là\s+)?(?={_TITLE}?(?-i:{_NAME}))){{1}}"
    rf"(?P<names>(?:{_TITLE})?(?-i:{_NAME})(?:\s*(?:,\s*và|,|\bvà)\s+(?:{_TITLE})?(?-i:{_NAME}))+)",
    re.IGNORECASE,
)
_THINGS = re.compile(
    rf"(?:(?<=^)|(?<=[\s(“])){_N}\s+(?P<what>mục\s+tiêu|nội\s+dung|nhiệm\s+vụ|nguyên\s+tắc|giải\s+pháp|tiêu\s+chí|yêu\s+cầu|cự\s+ly|khâu\s+đột\s+phá"
    rf"|tập\s+thể|phần|bước|giai\s+đoạn|hoạt\s+động|công\s+trình|mô\s+hình|kiến\s+nghị|đề\s+xuất|hạng\s+mục|chuyên\s+đề|môn|thông\s+điệp|lĩnh\s+vực|nhóm\s+quyền|phần\s+thi|vòng\s+thi)(?:\s+[^\W\d_]+){{0,5}}\s*:\s*(?P<list>[^:.;\n“”()]+)(?=[.\n]|$)",
    re.IGNORECASE,
)
# Anything that is listed by semicolons: no item of it holds one.
_PARTED = re.compile(
    rf"(?:^|[\s(“]){_N}\s+(?P<what>[^\W\d_]+(?:\s+[^\W\d_]+){{0,14}})\s*:\s*(?P<list>[^:;\d\n]+(?:;[^:;\d\n]+)+?)\s*[.…]?\s*$",
    re.IGNORECASE,
)
# Numbers in brackets before each thing.
_INLINE = re.compile(
    rf"(?:^|[\s(“]){_N}\s+(?P<what>[^\W\d_]+(?:\s+[^\W\d_]+){{0,9}})\s*:\s*(?P<list>\(1\).*)$", re.IGNORECASE
)
_NO_THINGS = frozenset(
    ("năm", "tháng", "ngày", "giờ", "phút", "đồng", "tuổi", "lần", "triệu", "nghìn", "tỷ", "phần")
)
# "cả 16 em": all of those that were told before.
_ALL = re.compile(rf"\b(?:cả|toàn\s+bộ|tất\s+cả)\s+{_N}\s+(?P<what>[^\W\d_]+)", re.IGNORECASE)
_OPEN = re.compile(r"…|\.\.\.|\bv\.\s?v|\bvân\s+vân|\btrong\s+đó\b|\bnhư\b", re.IGNORECASE)


def wrong_lists(reading: Reading) -> Iterator[Finding]:
    """Yield counts of people whose names are listed behind them, and ask about those of things.

    Things are parted by commas, or by a last "và"; one of them may hold either, and so two countings are allowed.
    """
    yield from _all(reading)
    if ":" not in reading.text and "," not in reading.text and " và " not in reading.text:
        return
    for sentence in reading.sentences:
        if not _OPEN.search(sentence.text):
            yield from _people(sentence.text)
            yield from _marked(sentence.text)
            yield from _things(sentence.text)


def _people(text: str) -> Iterator[Finding]:
    """Yield counts of people beside another number of names."""
    for found in _PEOPLE.finditer(text):
        held = len(re.split(r"\s*(?:,\s*và|,|\bvà)\s+", found["names"]))
        if spelt(found["n"]) != held:
            yield doubt("facts/wrong-count", written=found[0].split(":")[0].strip()[:40], right=str(held))


def _marked(text: str) -> Iterator[Finding]:
    """Ask about counts of what semicolons part, or numbers in brackets mark: nothing else can part it."""
    for found in _PARTED.finditer(text):
        if found["what"].split()[0].lower() not in _NO_THINGS:
            yield from _asked(found, found["list"].count(";") + 1)
    for found in _INLINE.finditer(text):
        marks = [int(mark) for mark in re.findall(r"\((\d{1,2})\)", found["list"])]
        if marks == list(range(1, len(marks) + 1)) and len(marks) > 1:
            yield from _asked(found, len(marks))


def _asked(found: re.Match[str], held: int) -> Iterator[Finding]:
    if spelt(found["n"]) != held:
        what = " ".join(found["what"].split()[:3])
        yield doubt("facts/wrong-count", written=f"{found['n']} {what}", right=str(held))


def _things(text: str) -> Iterator[Finding]:
    """Ask about counts of things that commas part; kinds of one thing, each with how many, are no list of it."""
    for found in _THINGS.finditer(text):
        heads = [read_numbers(part.strip())[:1] for part in found["list"].split(",")]
        if any(head and not head[0].start and head[0].unit not in MEASURES for head in heads):
            continue
        comma = ", " if ", " in found["list"] else " – "  # which also parts the steps of one way
        count, commas = spelt(found["n"]), found["list"].count(comma) + 1
        joined = len(re.findall(r"(?<=\s)và(?=\s)", found["list"]))
        only = re.search(r"\b(?:chỉ|duy\s+nhất)\b[^,;]*$", text[: found.start()], re.IGNORECASE)
        if not commas <= count <= commas + joined or (count == 1 and joined and only):
            right = str(commas + min(joined, 1))
            yield doubt("facts/wrong-count", written=f"{found['n']} {found['what']}", right=right)


def _all(reading: Reading) -> Iterator[Finding]:
    """Yield "cả 16 em" where the text tells of the same only as 15, and of no others that would make 16."""
    if not any(word in reading.lower for word in ("cả ", "toàn bộ ")):
        return
    for found in _ALL.finditer(reading.text):
        value, unit = spelt(found["n"]), found["what"].lower()
        before = [one for one in reading.counts if one.end <= found.start() and one.unit == unit]
        values = [one.value for one in before]
        known = {*values, sum(values), sum(set(values))}
        if values and value not in known and unit not in _NO_THINGS:
            right = before[-1].written
            yield doubt("facts/wrong-count", written=f"{found['n']} {found['what']}", right=right)
