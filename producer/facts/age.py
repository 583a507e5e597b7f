"""Ages and years of service: what lies between the year something began and the year that is spoken of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from producer.facts.model import Finding, contradiction, doubt
from producer.facts.number import WORDS, spelt
from producer.facts.reading import Reading

_N = rf"(?P<n>\d{{1,3}}|(?<!\w){WORDS})"
_YEAR = re.compile(
    r"(?<![\d/.,–-])(?:\d{1,2}[/.-]\d{1,2}[/.-])?((?:1[6-9]|20)\d\d)(?![\d/.,]\d|\d|\s*[–-]\s*\d)"
)
_BORN = re.compile(r"\bsinh\s+(?:năm|ngày|tháng|vào)\b", re.IGNORECASE)
_BEGAN = re.compile(
    r"\b(?:thành\s+lập|ra\s+đời|khai\s+trương|khánh\s+thành|hoạt\s+động)\s+(?:từ\s+)?(?:vào\s+)?(?:năm|ngày|tháng)"
    r"|\btừ\s+(?:năm|ngày|tháng)\b|\bvào\s+(?:nghề|ngành|nhà\s+máy|công\s+ty|xưởng|biên\s+chế)\b",
    re.IGNORECASE,
)
_NOW = re.compile(r"\b(?:tính\s+đến|đến(?:\s+hết)?(?:\s+năm|\s+nay)?|tới\s+năm)\b", re.IGNORECASE)
_TODAY = re.compile(r"\b(?:nay|hiện|hôm\s+nay|bây\s+giờ)\b", re.IGNORECASE)  # the day that the row is for
_AGE = re.compile(
    rf"\b(?:đã|nay|vừa|tròn|mới|hưởng\s+thọ|hưởng\s+dương|thọ|được|ở\s+tuổi|bước\s+sang\s+tuổi|là)\s+{_N}(?:\s+tuổi\b|(?=[\s,.;]*$))",
    re.IGNORECASE,
)
# An age beside a year of birth, with nothing that says when.
_BESIDE = re.compile(
    rf"(?<!năm )(?<!khi )(?<!lúc )(?<!từ )(?<!\w){_N}\s+tuổi\s*[,(]\s*sinh\s+năm\s+\d{{4}}"
    rf"|\bsinh\s+năm\s+\d{{4}}\s*[,(]\s*{_N.replace('?P<n>', '')}\s+tuổi\b",
    re.IGNORECASE,
)
_AGED = re.compile(rf"{_N}\s+tuổi\s*[,(]?\s*$", re.IGNORECASE)
_BORN_AGED = re.compile(rf"\bsinh\s+năm\s+\d{{4}}\s*[,(]\s*{_N}\s+tuổi\b", re.IGNORECASE)
_SO_FAR = re.compile(
    rf"\bđến\s+(?:hôm\s+)?(?:nay|năm\s+\d{{4}})\s+(?:(?:là|đã|vừa|được|tròn|có)\s+)*{_N}\s+năm\b(?!\s+(?:liền|liên|lần|liên\s+tục))",
    re.IGNORECASE,
)
# Years of all the time between, not those in which something else was so.
_SERVED = re.compile(
    rf"\b(?:có|đủ|được|tròn|là|vừa)\s+(?:đủ\s+|tròn\s+|trọn\s+)?{_N}\s+năm\s+(?:đứng\s+(?:máy|lớp)|công\s+tác|gắn\s+bó|làm\s+việc|làm\s+nghề"
    r"|trong\s+(?:nghề|ngành)|tuổi\s+nghề|thâm\s+niên|hoạt\s+động|xây\s+dựng|phục\s+vụ|cống\s+hiến|kinh\s+nghiệm|theo\s+nghề)\b",
    re.IGNORECASE,
)
_BIRTHDAY = re.compile(rf"\b(?:sinh\s+nhật|kỷ\s+niệm)\s+(?:lần\s+)?(?:thứ\s+|tuổi\s+){_N}\b", re.IGNORECASE)
_FULL = re.compile(r"\btròn\s+$", re.IGNORECASE)
_LATER = re.compile(
    rf"\bnăm\s+(?P<a>(?:19|20)\d\d)\s*,\s*(?:tức\s+)?{_N}\s+năm\s+sau\s+(?:khi|ngày)\b[^.;\d]*?\bnăm\s+(?P<b>(?:19|20)\d\d)",
    re.IGNORECASE,
)


def wrong_ages(reading: Reading) -> Iterator[Finding]:
    """Yield ages, birthdays and years of service that the two years of their sentence deny.

    By age a person may be a year younger before the birthday and a year older by the old way of counting (tuổi mụ);
    years of service may count the first one too.
    """
    named = len(set(_YEAR.findall(reading.text)))
    if not named or (named == 1 and reading.anchor is None):
        return
    for sentence in reading.sentences:
        text = sentence.text
        for found in _LATER.finditer(text):
            right = int(found["a"]) - int(found["b"])
            if spelt(found["n"]) != right:
                yield contradiction("facts/wrong-years", written=found["n"], right=str(right))
        years = sorted({int(found[1]) for found in _YEAR.finditer(text)})
        if len(years) == 2:
            yield from _against(text, years[1] - years[0], contradiction)
        elif len(years) == 1 and reading.anchor is not None and (_TODAY.search(text) or _BESIDE.search(text)):
            yield from _against(text, reading.anchor.year - years[0], doubt)


def _against(text: str, between: int, told: Callable[..., Finding]) -> Iterator[Finding]:
    """Yield the one count of a sentence that is not near the years between."""
    born, began = _BORN.search(text), _BEGAN.search(text)
    found = None
    if born:
        found = _AGE.search(text, born.end()) or _AGED.search(text[: born.start()]) or _BORN_AGED.search(text)
    elif began:
        found = _BIRTHDAY.search(text)
        if found is None and _NOW.search(text, began.end()):
            found = _SERVED.search(text, began.end()) or _SO_FAR.search(text, began.end())
    off = abs(spelt(found["n"]) - between) if found else 0
    if found and off == 1 and _FULL.search(text[: found.start("n")]):
        yield doubt("facts/wrong-years", written=found["n"], right=str(between))
    elif found and off > 1:
        yield told("facts/wrong-years", written=found["n"], right=str(between))
