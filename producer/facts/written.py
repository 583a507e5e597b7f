"""What is written twice: a number in figures and words, a quarter and its months, a score and its sets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from producer.facts.model import Finding, contradiction, words_of
from producer.facts.number import SCALES, WORDS, decimal_of, plain, read_numbers, spelt, value_of
from producer.facts.reading import Reading

_TWICE = re.compile(rf"(?<![\w.,/])(\d{{1,3}})\s*\(\s*({WORDS})\s*\)", re.IGNORECASE)
_THOUSANDS = re.compile(r"(?<![\w.,/])(\d{1,3}(?:\.\d{3})+)\s*\(\s*([^()\d]{6,80}?)\s*\)")
_SPELT = re.compile(r"\(?\s*(?:viết\s+)?bằng\s+chữ\s*:\s*(?P<words>[^().;\n]+)", re.IGNORECASE)
# The words alone, in brackets behind the figures; "tám triệu" may also be another sum, and so it must end in đồng.
_BEHIND = re.compile(
    r"\s*(?:đồng|đ|VNĐ|VND)?\s*\(\s*(?P<words>[^().;:,\d\n]+?\s+đồng)(?:\s+chẵn)?\s*\)", re.IGNORECASE
)
_GROUP = re.compile(r"(.*?)\b(tỷ|tỉ|triệu|nghìn|ngàn)\b", re.IGNORECASE)
_SAYS = words_of(
    "không một mốt hai ba bốn tư năm lăm nhăm sáu bảy bẩy tám chín mười mươi trăm linh lẻ nghìn ngàn triệu tỷ tỉ"
)
_QUARTER = re.compile(
    r"\bquý\s+(IV|I{1,3}|[1-4])\b(?:\s*/\s*\d{4}|\s+năm\s+\d{4})?\s*\(\s*(?:các\s+)?tháng\s+([^()]*)\)",
    re.IGNORECASE,
)
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
_HALF = re.compile(
    r"\b(?:sáu|6)\s+tháng\s+(đầu|cuối)\s+năm\b[^.;\d]{0,12}\d{0,4}[^.;\d]{0,12}\btháng\s+(\d{1,2})\s*(?:đến|tới|–|-)\s*(?:hết\s+)?(?:tháng\s+)?(\d{1,2})(?!\d)",
    re.IGNORECASE,
)
_BY_NAME = {"đôi": Decimal(2), "rưỡi": Decimal("1.5")}
_TIMES = re.compile(
    rf"\bgấp\s+(?P<n>đôi|rưỡi|\d{{1,3}}(?:,\d+)?|{WORDS})(?:\s+lần)?\b(?P<glue>[^.;\d]{{0,40}})",
    re.IGNORECASE,
)
_AGAINST = re.compile(r"\bso\s+với\s*$", re.IGNORECASE)
_FROM = re.compile(r"^[^.;\d]{0,40}\btừ\s+(?:mức\s+)?$", re.IGNORECASE)
_TO = re.compile(r"\b(?:lên|thành|đến)\s+(?:mức\s+)?$", re.IGNORECASE)
_SCORE = re.compile(
    r"(?<![\d/.-])([0-5])\s*[–-]\s*([0-5])(?![\d/.-])[^.;]*?((?:\d{1,2}[/–-]\d{1,2}(?:,\s*|\s+và\s+)?){2,5})"
)
_SET = re.compile(r"(\d{1,2})[/–-](\d{1,2})")
_PAGE = re.compile(
    r"\btrang\s+(\d{1,4})\s+(?:của|trong|ở)\s+[^.;,\d]{0,40}?(\d{1,4})\s+trang\b", re.IGNORECASE
)
_SEATS = re.compile(
    r"(\d{1,5})\s+(?:chỗ|ghế|giường)\b[^.;,\d]{0,20}\b(?:vừa\s+đủ|đủ)\s+(?:chỗ\s+)?cho\s+(?:cả\s+)?(\d{1,5})\s+[^.;]*?\bmỗi\s+\w+\s+một\b",
    re.IGNORECASE,
)


def wrong_writing(reading: Reading) -> Iterator[Finding]:
    """Yield what is written in two ways that do not agree."""
    text = reading.text
    if not reading.has_digits:
        return
    if "(" in text:
        for found in _TWICE.finditer(text):
            if int(found[1]) != value_of(found[2]):
                yield contradiction("facts/wrong-count", written=found[0], right=str(value_of(found[2])))
        if "đồng" in text:
            yield from _words_behind(text)
        for found in _THOUSANDS.finditer(text):
            amount = amount_of(found[2])
            if amount is not None and amount != decimal_of(found[1]):
                yield contradiction("facts/wrong-count", written=found[0], right=plain(amount))
    lower = text.lower()
    for word, rule in (
        ("bằng", _in_words),
        ("tháng", _months),
        ("gấp", _times),
    ):
        if word in lower:
            yield from rule(text)
    yield from _limits(text)
    yield from _sets(text)


def _times_of(word: str) -> Decimal:
    """How many times: in figures, in words, or by the two words of their own."""
    if word in _BY_NAME:
        return _BY_NAME[word]
    return decimal_of(word) if word[0].isdigit() else Decimal(spelt(word))


def amount_of(words: str) -> Decimal | None:
    """Return a sum in words, "mười hai triệu năm trăm nghìn" is 12,500,000; nothing where a word is no number."""
    said = re.split(r"\b(?:đồng|chẵn)\b", words.lower())[0].split()
    if not said or not set(said) <= _SAYS:
        return None
    total, rest = Decimal(0), " ".join(said)
    while found := _GROUP.match(rest):
        total += value_of(found[1]) * SCALES[found[2]]
        rest = rest[found.end() :]
    return total + value_of(rest)


def _in_words(text: str) -> Iterator[Finding]:
    for found in _SPELT.finditer(text):
        figures = [one for one in read_numbers(text[: found.start()]) if not one.spelt]
        amount = amount_of(found["words"])
        if figures and amount is not None and figures[-1].value != amount:
            yield contradiction("facts/wrong-sum", written=figures[-1].written, right=plain(amount))


def _words_behind(text: str) -> Iterator[Finding]:
    """Yield "60.000.000 đồng (bảy mươi triệu đồng)"."""
    for number in read_numbers(text):
        found = _BEHIND.match(text, number.end) if not number.spelt else None
        amount = amount_of(found["words"]) if found else None
        if amount is not None and amount != number.value:
            yield contradiction("facts/wrong-sum", written=number.written, right=plain(amount))


def _times(text: str) -> Iterator[Finding]:
    """Yield "gấp ba … 64 so với 32"."""
    for found in _TIMES.finditer(text):
        numbers = read_numbers(text[found.end() :])[:2]
        units = {one.unit for one in numbers} - {""}
        if len(numbers) != 2 or len(units) > 1 or not numbers[1].value:
            continue
        tail = text[found.end() :]
        if _FROM.search(found["glue"]) and _TO.search(tail[numbers[0].end : numbers[1].start]):
            yield from _grown(found, numbers[0].value, numbers[1].value)
            continue
        if not _AGAINST.search(tail[numbers[0].end : numbers[1].start]) or re.search(
            r"[.;]\s", tail[: numbers[1].start]
        ):
            continue
        word = found["n"].lower()
        times = _times_of(word)
        right = numbers[0].value / numbers[1].value
        about = re.search(r"\b(?:gần|hơn|khoảng|trên)\s*$", text[: found.start()], re.IGNORECASE)
        if abs(right - times) > times * (Decimal("0.25") if about else Decimal("0.05")):
            yield contradiction(
                "facts/wrong-count", written=f"gấp {found['n']}", right=plain(round(right, 2))
            )


def _grown(found: re.Match[str], before: Decimal, after: Decimal) -> Iterator[Finding]:
    """Yield "tăng gấp đôi, từ 200 lên 500"."""
    right, times = after / before if before else Decimal(0), _times_of(found["n"].lower())
    about = re.search(r"\b(?:gần|hơn|khoảng|trên)\s*$", found.string[: found.start()], re.IGNORECASE)
    if abs(right - times) > times * (Decimal("0.25") if about else Decimal("0.05")):
        yield contradiction("facts/wrong-count", written=f"gấp {found['n']}", right=plain(round(right, 2)))


def _is_set(points: tuple[int, int]) -> bool:
    """Whether these are the points of a set: won at 11, 15, 21 or 25, or by two beyond."""
    lost, won = sorted(points)
    return won >= 11 and (won - lost == 2 or (won in (11, 15, 21, 25) and won - lost > 2))


def _sets(text: str) -> Iterator[Finding]:
    """Yield a score that the sets behind it deny: "3-1 (25/21, 25/19, 25/23)"."""
    for found in _SCORE.finditer(text):
        sets = [(int(one), int(two)) for one, two in _SET.findall(found[3])]
        if "ngày" in found[0] or not all(_is_set(one) for one in sets):
            continue  # halves, days
        won = sum(one > two for one, two in sets), sum(one < two for one, two in sets)
        if won != (int(found[1]), int(found[2])):
            yield contradiction(
                "facts/wrong-sum", written=f"{found[1]} – {found[2]}", right=f"{won[0]} – {won[1]}"
            )


def _months(text: str) -> Iterator[Finding]:
    """Yield quarters and halves of a year with months that are not theirs."""
    for found in _QUARTER.finditer(text):
        months = [int(month) for month in re.findall(r"\d{1,2}(?!\d)", found[2])]
        first = (_ROMAN.get(found[1].upper()) or int(found[1])) * 3 - 2
        right = list(range(first, first + 3))
        if months and not set(months) <= set(right):
            yield contradiction("facts/wrong-count", written=found[0], right=", ".join(map(str, right)))
    for found in _HALF.finditer(text):
        ends = (1, 6) if found[1].lower() == "đầu" else (7, 12)
        if (int(found[2]), int(found[3])) != ends:
            yield contradiction("facts/wrong-count", written=found[0], right=f"tháng {ends[0]} – {ends[1]}")


def _limits(text: str) -> Iterator[Finding]:
    """Yield a page behind the last one, and more guests than seats for each."""
    for pattern, part, whole in ((_PAGE, 1, 2), (_SEATS, 2, 1)):
        for found in pattern.finditer(text):
            if int(found[part]) > int(found[whole]):
                yield contradiction("facts/wrong-count", written=found[part], right=found[whole])
