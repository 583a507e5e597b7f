"""Counts against what they count: days of a list, items under a title, a title against its text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from producer.facts.day import Day
from producer.facts.model import Finding, contradiction, doubt
from producer.facts.number import WORDS, Number, value_of
from producer.facts.reading import Reading

_N = rf"(\d{{1,3}}|(?<!\w){WORDS})"
_DAYS = re.compile(rf"{_N}\s+(ngày|buổi)\b(?:\s+\d{{1,2}}\s+đêm)?(?:\s+[^\W\d_]+){{0,9}}", re.IGNORECASE)
_BEHIND = re.compile(r"[\s,:(]*(?:từ|vào|gồm|là|các|ngày|tối|sáng|chiều|:|,|\s)*$", re.IGNORECASE)
_YEARS = re.compile(
    rf"{_N}\s+năm\s+(?:liền|liên tiếp|liên tục)\s*:\s*((?:(?:19|20)\d\d(?:,\s*|\s+và\s+)?){{2,}})",
    re.IGNORECASE,
)
_AFTER = re.compile(rf"(?:sau|trong)\s+(?:đúng\s+)?{_N}\s+ngày\b", re.IGNORECASE)
_LEFT = re.compile(rf"\bcòn\s+(?:đúng\s+)?{_N}\s+ngày\s+nữa\b", re.IGNORECASE)
_CONGRESSES = re.compile(
    rf"từ\s+Đại hội\s+([IVX]+)\b.*?\bđến\s+Đại hội\s+([IVX]+)\b.*?{_N}\s+kỳ\s+đại\s+hội", re.IGNORECASE
)
_NTH = re.compile(r"(?<!\w)lần\s+thứ\s+(?:([IVX]+)|(\d{1,3}))(?!\w)")
_ITEMS = re.compile(rf"^{_N}\s+(điều|bước|việc|lưu ý|lý do|cách|quy tắc|nguyên tắc)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:^|[\n.;]\s*)(?:(?:Bước|Điều)\s+)?(\d{1,2})\s*[.:)]\s+(?=[^\W\d_])")
_YEAR_NAMED = re.compile(r"[Nn]ăm\s+((?:19|20)\d\d)\b")
_YEARS_COUNT = re.compile(rf";[^;.]*?\b{_N}\s+năm\s+(?=[^\W\d_])", re.IGNORECASE)
_APART = re.compile(r"\b(?:sau|trước|mỗi)\s+(?:đúng\s+)?$", re.IGNORECASE)
_NO_NUMBER = re.compile(r"\d{1,2}\s+đêm|(?:quý\s+[IV]+/|năm\s+|tháng\s+\d{1,2}/)\d{4}", re.IGNORECASE)
_NIGHTS = frozenset(("đêm",))
_SUBSET = re.compile(r"trong\s+đó|\bgồm\b|\bmỗi\b|đợt|\btrong\s+số\b", re.IGNORECASE)
_GOAL = re.compile(r"chỉ tiêu|kế hoạch|vượt|mục tiêu")
_AT_LEAST = re.compile(r"(?:hơn|trên)$", re.IGNORECASE)
_ROUGHLY = re.compile(r"(?:gần|khoảng|hơn|trên)$", re.IGNORECASE)
_METRES = {"km": 1000, "m": 1}
# The same thing in its title and in its text, though the word may stand between.
_VERB = re.compile(
    r"(?:khai giảng|khai mạc|khởi công|diễn ra|tổ chức|bế mạc)\s+(?:ngày\s+)?$"
    r"|^\W*(?:Sáng|Chiều|Tối|Trưa|Ngày)\s+(?:ngày\s+)?$",
    re.IGNORECASE,
)
_HOUR = re.compile(r"(\d{1,2})\s*(?:giờ|h)(?:\s*(\d{2}))?\s+(?:ngày\s+)?(\d{1,2}/\d{1,2})")


def wrong_counts(reading: Reading) -> Iterator[Finding]:
    """Yield counts that what they count denies; a title's number that its text tells otherwise is asked about."""
    if not reading.has_digits and "\n" not in reading.text:
        return
    yield from _listed_days(reading)
    yield from _days_apart(reading)
    yield from _listed_years(reading.text)
    title, _, body = reading.text.partition("\n")
    if body.strip():
        yield from _title(Reading(title, reading.anchor), Reading(body, reading.anchor))


def _listed_days(reading: Reading) -> Iterator[Finding]:
    """Yield counts of days beside a list or range of days."""
    text = reading.text
    if not reading.days:
        return
    groups = [group for group in reading.groups() if len(group) > 1]
    groups += [tuple(pair) for pair in pairwise(reading.days) if _spanned(text, *pair)]
    groups += _over_lunar(reading)
    for found in _DAYS.finditer(text):
        if not re.match(r"\s+nữa\b", text[found.end(2) :]) and not _APART.search(text[: found.start()]):
            held = next((days for group in groups if (days := _held(text, found, group)) is not None), None)
            if held is not None and held != _spelt(found[1]):
                yield contradiction("facts/wrong-count", written=f"{found[1]} {found[2]}", right=str(held))


def _held(text: str, found: re.Match[str], group: tuple[Day, ...]) -> int | None:
    """How many days a count beside a list or range should be; nothing where it is not of that group."""
    in_days = found[2].lower() == "ngày"
    behind = found.end(2) <= group[0].start and _beside(text[found.end(2) : group[0].start])
    glue = text[group[-1].end : found.start()]
    before = in_days and group[-1].end <= found.start() and re.fullmatch(r"[^.;\d]{0,40}\(", glue)
    if not (behind or before) or (group[0].ranged and not in_days):
        return None
    return _length(group)


def _days_apart(reading: Reading) -> Iterator[Finding]:
    """Yield counts of days from one date to another, or from today on."""
    text = reading.text
    found_after = _AFTER.search(text)
    suns = [day.solar for day in reading.days if day.solar is not None]
    if found_after and len(suns) == 2 and re.search(r"\btức\s*$", text[: found_after.start()]):
        yield from _apart(found_after, abs(suns[1] - suns[0]).days)
    left = _LEFT.search(text)
    if left and len(suns) == 2 and re.search(r"hôm\s+nay", text, re.IGNORECASE):
        yield from _apart(left, abs(suns[1] - suns[0]).days)
    elif (
        left
        and len(suns) == 1
        and reading.anchor is not None
        and suns[0] >= reading.anchor
        and not text[: left.start()].strip()
    ):
        yield from _asked(left, (suns[0] - reading.anchor).days)


def _apart(found: re.Match[str], right: int) -> Iterator[Finding]:
    if _spelt(found[1]) not in (right, right + 1):
        yield contradiction("facts/wrong-count", written=f"{found[1]} ngày", right=str(right))


def _asked(found: re.Match[str], right: int) -> Iterator[Finding]:
    if _spelt(found[1]) != right:
        yield doubt("facts/wrong-count", written=f"{found[1]} ngày", right=str(right))


def _beside(glue: str) -> bool:
    """Whether a list stands behind its count: words, no other number, no other clause."""
    return glue.strip() == "(" or (len(glue) <= 70 and not re.search(r"[.;()\d]", _NO_NUMBER.sub("", glue)))


def _spanned(text: str, one: Day, two: Day) -> bool:
    return (
        not one.moon
        and not two.moon
        and bool(
            re.fullmatch(
                r"\s*(?:\([^()]{1,40}\)\s*)?(?:đến|tới)\s+(?:hết\s+)?(?:ngày\s+)?", text[one.end : two.start]
            )
        )
    )


def _over_lunar(reading: Reading) -> list[tuple[Day, ...]]:
    """Ranges of solar days with their lunar ones in brackets between."""
    suns = [day for day in reading.days if not day.moon]
    return [
        (one, two)
        for one, two in pairwise(suns)
        if _spanned(reading.text, one, two)
        and any(day.moon and one.end < day.start < two.start for day in reading.days)
    ]


def _length(group: Sequence[Day]) -> int | None:
    """How many days a group is: those listed, or all from first to last."""
    if len(group) == 2 and (
        group[0].ranged or (group[0].solar and group[1].solar and group[0].end + 3 < group[1].start)
    ):
        first, last = (_any_year(day) for day in group)
        return (last - first).days + 1 if first and last and last >= first else None
    return None if any(day.ranged for day in group) else len(group)


def _any_year(day: Day) -> date | None:
    try:
        return day.solar or date(2001, day.month, day.day)
    except ValueError:
        return None


def _listed_years(text: str) -> Iterator[Finding]:
    for found in _YEARS.finditer(text):
        right = len(re.findall(r"\d{4}", found[2]))
        if _spelt(found[1]) != right:
            yield contradiction("facts/wrong-count", written=f"{found[1]} năm", right=str(right))
    congress = _CONGRESSES.search(text)
    if congress:
        right = _roman(congress[2]) - _roman(congress[1]) + 1
        if _spelt(congress[3]) != right:
            yield contradiction("facts/wrong-count", written=f"{congress[3]} kỳ", right=str(right))
    counted = _YEARS_COUNT.search(text)
    if counted:
        named = _YEAR_NAMED.findall(text[: counted.start()])
        if len(named) > 1 and len(set(named)) == len(named) and _spelt(counted[1]) != len(named):
            yield contradiction("facts/wrong-count", written=f"{counted[1]} năm", right=str(len(named)))


def _title(title: Reading, body: Reading) -> Iterator[Finding]:
    """Yield what a title says otherwise than the text under it."""
    items = _ITEMS.match(title.text)
    numbered = [int(found[1]) for found in _NUMBERED.finditer(body.text)]
    if items and len(numbered) > 1 and numbered == list(range(1, len(numbered) + 1)):
        if _spelt(items[1]) != len(numbered):
            yield contradiction("facts/title-number", written=items[0], right=str(len(numbered)))
        return
    yield from _title_date(title, body)
    nth = [_nth(found) for text in (title.text, body.text) for found in _NTH.finditer(text)]
    if len(nth) == 2 and nth[0] != nth[1]:
        yield doubt("facts/title-number", written=f"lần thứ {nth[0]}", right=f"lần thứ {nth[1]}")
    for number in title.numbers:
        other = _told_otherwise(number, body)
        if other is not None:
            yield doubt("facts/title-number", written=_with_unit(number), right=_with_unit(other))


def _title_date(title: Reading, body: Reading) -> Iterator[Finding]:
    days, others = [[day for day in one.days if day.solar] for one in (title, body)]
    if (
        len(days) == len(others) == 1
        and days[0].solar != others[0].solar
        and _VERB.search(body.text[: others[0].start])
    ):
        yield doubt(
            "facts/title-number",
            written=title.text[days[0].start : days[0].end],
            right=body.text[others[0].start : others[0].end],
        )
    hour, other = _HOUR.search(title.text), _HOUR.search(body.text)
    if hour and other and hour[3] == other[3] and (hour[1], hour[2] or "00") != (other[1], other[2] or "00"):
        yield doubt("facts/title-number", written=hour[0], right=other[0])


def _told_otherwise(number: Number, body: Reading) -> Number | None:
    """The number of the text that speaks of the same and is another; nothing where the title's own stands there."""
    alike = [
        one for one in body.numbers if number.unit and _alike(one, number) and not _GOAL.search(one.before)
    ]
    named = [one for one in alike if one.noun == number.noun]
    if any(_value(one) == _value(number) for one in alike) or len(named or alike) != 1:
        return None
    other = (named or alike)[0]
    if (number.label and not named) or other.label or other.start >= len(body.sentences[0].text):
        return None
    if _SUBSET.search(body.text[: other.start]) or not _same_matter(number, other, body):
        return None
    if _AT_LEAST.search(number.before):
        return other if _value(other) < _value(number) else None
    return None if _ROUGHLY.search(number.before) or _ROUGHLY.search(other.before) else other


def _same_matter(number: Number, other: Number, body: Reading) -> bool:
    """Whether two sums or percentages mean the same: both for each, or after the same word."""
    if number.unit == "%":
        return number.before.split()[-1:] == other.before.split()[-1:]
    return not number.money or _same_money(number, other, body)


def _same_money(number: Number, other: Number, body: Reading) -> bool:
    """Whether two sums mean the same: both for each, or after the same words."""
    each = re.match(r"\s*(?:đồng)?\s*(?:/|mỗi\b)", body.text[other.end :]) is not None
    return each or number.before.split()[-1:] == other.before.split()[-1:]


def _alike(one: Number, other: Number) -> bool:
    if one.unit in _METRES and other.unit in _METRES:
        return True
    return one.unit == other.unit and (not one.spelt or one.unit not in _NIGHTS)


def _value(number: Number) -> Decimal:
    return number.value * _METRES.get(number.unit, 1)


def _with_unit(number: Number) -> str:
    return number.written if number.unit == "%" else f"{number.written} {number.unit}"


def _nth(found: re.Match[str]) -> int:
    return _roman(found[1]) if found[1] else int(found[2])


def _roman(written: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in written.upper()]
    return sum(-one if one < two else one for one, two in zip(values, [*values[1:], 0], strict=True))


def _spelt(written: str) -> int:
    return int(written) if written.isdigit() else value_of(written)
