"""Percentages against the numbers beside them, and shares that do not make a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from producer.facts.model import Finding, doubt
from producer.facts.number import Number, decimal_of, is_figure, plain, same_kind
from producer.facts.reading import Reading

_FRACTION = re.compile(r"(?<![\d/.,])(\d[\d.]*)\s*/\s*(\d[\d.]*)(?![\d/]|\s*/)")
_OF = re.compile(
    r"(?P<part>\d[\d.]*)(?:\s+[^\W\d_]+){0,2}\s+(?:trong|trên)\s+(?:tổng\s+)?(?:số\s+)?(?P<whole>\d[\d.]*)(?:\s+[^\W\d_]+){0,4}"
)
_PERCENT = re.compile(r"(?<![\d.,])(\d[\d.]*(?:,\d+)?)\s*%")
_WORDS_OF = {
    "một phần ba": (1, 3), "hai phần ba": (2, 3), "một phần tư": (1, 4), "ba phần tư": (3, 4), "một phần năm": (1, 5),
    "một nửa": (1, 2), "nửa số": (1, 2), "quá nửa": (0, 0),
}  # fmt: skip
_NAMED = re.compile(
    rf"(?P<about>\b(?:gần|hơn|khoảng|quá|xấp\s+xỉ|trên)\s+)?\b(?P<said>{'|'.join(_WORDS_OF)})\b(?:\s+[^\W\d_]+){{0,8}}?"
    r"\s*(?:\(|,\s*)(?:(?:tức|hay|chiếm|đạt|bằng|khoảng)\s+)?$",
    re.IGNORECASE,
)
# One whole in two: "nữ 45%, nam 55%", "đạt 92%, không đạt 8%".
_RATE = r"\s*(?:chiếm\s+|:\s*|là\s+)?\d+(?:,\d+)?\s*%"
_PAIR = re.compile(
    rf"(?<!của )(?<!ở )(?<!trong )\b(?:nam{_RATE}\s*(?:,|;|và)\s*nữ|nữ{_RATE}\s*(?:,|;|và)\s*nam){_RATE}"
    rf"|\b(?P<word>[^\W\d_]+(?:\s+[^\W\d_]+)?){_RATE}\s*(?:,|;|và)\s*(?:số\s+)?(?:không|chưa)\s+(?P=word){_RATE}",
    re.IGNORECASE,
)
_CHANGE = re.compile(r"\b(?P<way>tăng|giảm)(?:\s+giá)?\s*$", re.IGNORECASE)
_SHARES = re.compile(
    r"\b(?:cơ cấu|ngân sách|chi phí|kết quả khảo sát|khảo sát|tỷ lệ|tỉ lệ|phân bổ|nguồn lực)\b[^:%]{0,40}:",
    re.IGNORECASE,
)
_MANY = re.compile(
    r"nhiều\s+(?:ý|lựa chọn|đáp án|phương án)|mỗi\s+(?:tổ|đội|đơn vị)|tăng|giảm|đạt|vượt", re.IGNORECASE
)
_REST = re.compile(r"\b(?:chưa|không|còn\s+lại)\b", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:gần|hơn|khoảng|trên|xấp xỉ|quá|chừng)\s*$", re.IGNORECASE)
_NO_SHARE = re.compile(r"(?:không|chưa)\s+(?:đúng|đủ|bằng)\s*$", re.IGNORECASE)
_MORE, _LESS = (
    re.compile(r"\b(?:hơn|trên|quá)\s*$", re.IGNORECASE),
    re.compile(r"\b(?:gần|xấp xỉ)\s*$", re.IGNORECASE),
)
_BEYOND = re.compile(
    r"\s*(?:so\s+với\s+)?(?:chỉ\s+tiêu|kế\s+hoạch)(?:\s+[^\W\d_]+){0,3}\s+(?P<goal>\d[\d.]*)", re.IGNORECASE
)
_REACHED = re.compile(r"\b(?:đạt|bằng|hoàn\s+thành|được)\s*$", re.IGNORECASE)
_GOAL = re.compile(
    r"\s*(?:so\s+với\s+)?(?:chỉ\s+tiêu|kế\s+hoạch|mục\s+tiêu)(?:\s+[^\W\d_]+){0,4}\s*[(:]?\s*(?P<goal>\d[\d.]*)(?!\d*[/%])",
    re.IGNORECASE,
)
MOST = 12  # numbers of a sentence of which two may make a percentage
_LAST = re.compile(
    r"\)\s+trên\s+(?:tổng\s+)?(?:số\s+)?(\d[\d.]*\d|\d)\s+[^\W\d_]+\s*[.)]?\s*$", re.IGNORECASE
)
_TARGET = re.compile(
    r"\b(?:chỉ tiêu|kế hoạch)\b[^.;%]*?(?P<goal>\d[\d.]*)(?:[^.;%\d]*)(?P<done>\d[\d.]*)[^.;%\d]*\bvượt\s+$",
    re.IGNORECASE,
)


def wrong_percents(reading: Reading) -> Iterator[Finding]:
    """Yield each percentage that the numbers beside it deny, rounding allowed for.

    Shares are added up only where the text says that they part one whole; people who may choose several answers,
    and rates of different wholes, are left alone.
    """
    if "%" not in reading.text:
        return
    for sentence in reading.sentences:
        told = list(_of_numbers(sentence)) or list(_changes(sentence)) or list(_shares(sentence.text))
        yield from told[:1]


def _of_numbers(reading: Reading) -> Iterator[Finding]:
    text = reading.text
    for found in _PERCENT.finditer(text):
        if re.match(r"\s*điểm|\s*/", text[found.end() :]) or _CHANGE.search(text[: found.start()]):
            continue
        share = _share(reading, found)
        if share is None or not share[1] or _near(found, share[0] * 100 / share[1], text):
            continue
        if not _of_any_two(reading, found):
            yield doubt(
                "facts/wrong-percent", written=f"{found[1]}%", right=f"{_rounded(share[0] * 100 / share[1])}%"
            )


def _of_any_two(reading: Reading, found: re.Match[str]) -> bool:
    """Whether two numbers of one kind before a percentage make it, though others stand nearer."""
    before = [one for one in reading.counts if one.end <= found.start() and one.unit != "%"][:MOST]
    return any(
        whole.value and same_kind(part, whole) and _near(found, part.value * 100 / whole.value, reading.text)
        for part in before
        for whole in before
        if part.value <= whole.value and part is not whole
    )


def _share(reading: Reading, found: re.Match[str]) -> tuple[Decimal, Decimal] | None:
    """The part and the whole that a percentage is said to be."""
    text, at = reading.text, found.start()
    head, tail = text[:at], text[found.end() :]
    named = _NAMED.search(head)
    if named and not named["about"]:
        part, whole = _WORDS_OF[" ".join(named["said"].lower().split())]
        return Decimal(part), Decimal(whole)
    target = _TARGET.search(head)
    if target:
        return decimal_of(target["done"]) - decimal_of(target["goal"]), decimal_of(target["goal"])
    for pattern, groups in ((_FRACTION, (1, 2)), (_OF, ("part", "whole"))):
        for one in pattern.finditer(text):
            glue = tail[: one.start() - found.end()] if one.start() >= found.end() else head[one.end() :]
            again = pattern is _FRACTION and re.findall(r"\d[\d.]*", glue) == [
                one[2]
            ]  # 100% trong số 64 …, tức 64/64
            if (len(glue) <= 50 or again) and not re.search(r"[%;]" if again else r"[%;\d]", glue):
                if pattern is _FRACTION and _rate(one):
                    continue
                return decimal_of(one[groups[0]]), decimal_of(one[groups[1]])
    done = [one for one in reading.counts if one.end <= at and one.unit != "%"]
    last = _LAST.search(text)
    if last and last.start() > at:  # "cao 18 phiếu (75%), thấp 6 phiếu (25%) trên 24 phiếu"
        return (
            (done[-1].value, decimal_of(last[1])) if done and text[done[-1].end : at].endswith("(") else None
        )
    return _of_goal(head, tail, done) or _counted(text, done, at)


def _of_goal(head: str, tail: str, done: Sequence[Number]) -> tuple[Decimal, Decimal] | None:
    """What was reached of a plan whose number stands behind the percentage, or what is beyond it."""
    beyond, reached = _BEYOND.match(tail), _GOAL.match(tail)
    if beyond and done and re.search(r"\bvượt\s+$", head):
        goal = decimal_of(beyond["goal"])
        return done[-1].value - goal, goal
    if reached and done and _REACHED.search(head):
        return done[-1].value, decimal_of(reached["goal"])
    return None


def _counted(text: str, counts: Sequence[Number], at: int) -> tuple[Decimal, Decimal] | None:
    """The count directly before a percentage, of the whole that its sentence begins with."""
    if len(counts) < 2:
        return None
    part, glue = counts[-1], text[counts[-1].end : at]
    if not re.fullmatch(
        r"(?:\s+[^\W\d_]+){0,12}\s*\(\s*(?:(?:chiếm|đạt|tức|bằng)\s+)?|(?:\s+[^\W\d_]+){0,12},\s*(?:tức|chiếm|đạt|bằng|tương\s+đương)\s+",
        glue,
    ):
        return None
    lead = text[: counts[0].start].lower()
    wholes = [
        one
        for one in counts[:-1]
        if one.value >= part.value
        and (one.money == part.money or not part.unit)
        and one.unit not in ("tháng", "năm", "ngày")
    ]
    if not wholes or re.search(r"\btăng\b|\bgiảm\b", text[:at], re.IGNORECASE):
        return None
    same = [one for one in wholes if one.unit == part.unit]
    whole = (same or wholes)[0]
    person = part.unit in ("người", "") or whole.unit == part.unit
    return (part.value, whole.value) if person or "có" in lead.split() or lead.endswith("trong ") else None


def _rate(found: re.Match[str]) -> bool:
    """Whether a fraction is a day, a grade or an hour: 24/7, 3/7."""
    return found[0].replace(" ", "") in ("24/7", "24/24")


def _near(found: re.Match[str], right: Decimal, text: str) -> bool:
    written = decimal_of(found[1])
    places = len(found[1].partition(",")[2])
    slack = Decimal(6) / 10 / 10**places
    head = text[: found.start()]
    if _ABOUT.search(head):
        if _MORE.search(head):
            return bool(written - slack <= right <= written + 5)
        if _LESS.search(head):
            return bool(written - 5 <= right <= written + slack)
        slack = Decimal(2)
    return bool(abs(written - right) <= slack)


def _changes(reading: Reading) -> Iterator[Finding]:
    """Yield rises and falls that their two numbers deny: "tăng từ 800 lên 1.000 người, tăng 25%"."""
    text = reading.text
    points = re.search(
        r"(?P<way>tăng|giảm)\s+từ\s+(?P<a>[\d.,]*\d)\s*%\s+(?:lên|xuống|còn)\s+(?P<b>[\d.,]*\d)\s*%.{0,20}?\b(?P=way)\s+(?:thêm\s+)?(?P<n>[\d.,]*\d)\s*(?:điểm|%)",
        text, re.IGNORECASE,
    )  # fmt: skip
    if points and not all(map(is_figure, points.group("a", "b", "n"))):
        return
    if points:
        right = abs(decimal_of(points["a"]) - decimal_of(points["b"]))
        if decimal_of(points["n"]) != right and re.search(r"điểm", text[points.end("n") :]):
            yield doubt("facts/wrong-percent", written=points["n"], right=plain(right))
        return
    for found in _PERCENT.finditer(text):
        way = re.search(
            r"\b(tăng|giảm)\b(?:\s+giá)?\s*(?:thêm\s+)?(?:(?:khoảng|gần|hơn|xấp\s+xỉ)\s+)?$",
            text[: found.start()],
            re.IGNORECASE,
        )
        counts = [one for one in reading.counts if one.unit != "%"]
        if not way or len(counts) != 2 or not counts[0].value:
            continue
        before, after = counts
        glue = text[before.end : after.start]
        apart = text[min(found.end(), after.end) : max(found.start(), before.start)]
        if not re.search(r"\b(?:lên|xuống|còn|thành)\b", glue, re.IGNORECASE) or re.search(
            r"[.;]", glue + apart
        ):
            continue
        right = (after.value - before.value) * 100 / before.value
        right = -right if way[1].lower() == "giảm" else right
        if not _near(found, right, text):
            yield doubt("facts/wrong-percent", written=f"{found[1]}%", right=f"{_rounded(right)}%")


def _shares(text: str) -> Iterator[Finding]:
    """Yield shares of one whole that make more or less than all of it."""
    found = [one for one in _PERCENT.finditer(text) if not _NO_SHARE.search(text[: one.start()])]
    if len(found) < 2:
        return
    values = [decimal_of(one[1]) for one in found]
    places = max(len(one[1].partition(",")[2]) for one in found)
    slack = Decimal(len(found)) / 2 / 10**places + Decimal("0.05")
    if values[-1] == 100 and re.search(r"\btổng(?:\s+cộng)?\s*$", text[: found[-1].start()], re.IGNORECASE):
        if abs(sum(values[:-1]) - 100) > slack:
            yield doubt("facts/wrong-shares", right=f"{plain(sum(values[:-1]))}%")
        return
    if len(found) == 2 and _PAIR.search(text):
        total = sum(values)
        if abs(total - 100) > slack:
            yield doubt("facts/wrong-shares", right=f"{plain(total)}%")
        return
    if _MANY.search(text) and not (len(found) == 2 and _REST.search(text)):
        return
    total = sum(values)
    if abs(total - 100) <= slack:
        return
    lower = text.lower()
    if (
        (_SHARES.search(text) and len(found) > 2)
        or (
            len(found) == 2
            and re.search(r"\bnữ\b", lower)
            and re.search(r"\bnam\b", lower)
            and "chiếm" in lower
        )
        or (
            len(found) == 2
            and total > 100
            and (re.search(r"\bsố\s+(?:chưa|không)\b|còn\s+lại", text[found[0].end() :], re.IGNORECASE))
        )
    ):
        yield doubt("facts/wrong-shares", right=f"{plain(total)}%")


def _rounded(value: Decimal) -> str:
    return plain(value.quantize(Decimal("0.01")))
