"""Sums, products and differences that do not come out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from producer.facts.balance import changes
from producer.facts.model import Finding, contradiction, doubt, words_of
from producer.facts.number import CLASSIFIERS, PEOPLE, Number, decimal_of, is_figure, plain, same_kind
from producer.facts.reading import Reading

MOST = 40  # numbers of one sentence: what has more is a table, and no claim of sums
_TIMES = words_of("tháng ngày năm tuần quý buổi")
_CLOCK = words_of("giờ phút giây tiếng")  # of which parts are told in so many words, or not at all
_ARITHMETIC = re.compile(
    r"(?<![\d.,])([\d.,]+[^\d=+×x*.;:]{0,24}(?:\s*[+×x*]\s*[\d.,]+[^\d=+×x*.;:]{0,24})+)=\s*([\d.,]*\d)"
)
_MARK = re.compile(r"(:|\bgồm\b|\btrong\s+đó\b|\bchia\s+thành\b|\()", re.IGNORECASE)
_ABOUT = re.compile(r"(?:hơn|gần|trên|khoảng|dưới|tối đa|ít nhất|chừng|ước)$", re.IGNORECASE)
_TOTAL = re.compile(
    r"(?:\btổng(?:\s+(?:cộng|số|giá\s+trị|trị\s+giá|kinh\s+phí))?(?:\s+(?:là|trị\s+giá|có|được))?"
    r"|\bcộng(?:\s+lại)?|\bcả\s+(?:năm|đợt|tuần|tháng|ngày)"
    r"|\b(?:hai|ba|bốn|năm)\s+(?:năm|tháng|đợt|quý)(?:\s+[^\W\d_]+){0,2})\s*:?\s*$",
    re.IGNORECASE,
)
# Two words that part a whole between them: who is not the one is the other.
_HALVES = (
    ("nam", "nữ"), ("hỗ trợ", "đối ứng"), ("lý thuyết", "thực hành"), ("hợp lệ", "không hợp lệ"),
    ("đúng hạn", "trễ hạn"),
    ("đã", "đang"), ("đã", "chưa"), ("chạy", "nghỉ"), ("thành", "đang"), ("vàng", "bạc"), ("đồng ý", "không đồng ý"),
    ("đạt", "không đạt"), ("mới", "cũ"), ("tiền mặt", "hiện vật"), ("tiền mặt", "chuyển khoản"),
)  # fmt: skip
_EACH = re.compile(r"\bmỗi\s+([^\W\d_]+)\b[^.;\d]{0,24}$", re.IGNORECASE)
_WHOLE = re.compile(r"\btổng\b[^,;]*$|\btrị\s+giá\s*$|\bcộng\b[^,;]*$|\bvới\s*$", re.IGNORECASE)
_SCORE = re.compile(r"(\d{1,2})\s*–\s*(\d{1,2})\s*\(([^()]*hiệp[^()]*)\)")
_GOALS = re.compile(r"(\d{1,2})\s*–\s*(\d{1,2})")


def wrong_totals(reading: Reading) -> Iterator[Finding]:
    """Yield each total that its parts deny, where the sentence says that these are its parts.

    A part of the parts may be told: "trong đó" says so, and less than the whole is then no fault. What only sounds
    like all of it is asked about.
    """
    if len(reading.numbers) < 2 and "=" not in reading.text and "hiệp" not in reading.text:
        return
    yield from _arithmetic(reading.text)
    yield from _scores(reading.text)
    for sentence in reading.sentences:
        numbers = [one for one in sentence.counts if one.unit != "%"]
        if not 2 <= len(numbers) <= MOST:
            continue
        told = list(_whole_and_parts(sentence.text, numbers)) or list(
            _parts_and_total(sentence.text, numbers)
        )
        told = told or list(_each(sentence.text, numbers)) or list(changes(sentence.text, numbers))
        yield from told[:1]


def _arithmetic(text: str) -> Iterator[Finding]:
    for found in _ARITHMETIC.finditer(text):
        right = Decimal(0) if "+" in found[1] else Decimal(1)
        parts = re.findall(r"[\d.,]*\d", found[1])
        if not all(map(is_figure, (*parts, found[2]))):
            continue
        for part in parts:
            value = decimal_of(part)
            right = right + value if "+" in found[1] else right * value
        if len(parts) > 1 and right != decimal_of(found[2]):
            yield contradiction("facts/wrong-sum", written=found[2], right=plain(right))


def _scores(text: str) -> Iterator[Finding]:
    for found in _SCORE.finditer(text):
        halves = [tuple(map(int, goals)) for goals in _GOALS.findall(found[3])]
        if len(halves) < 2:
            continue
        right = tuple(map(sum, zip(*halves, strict=True)))
        if right != (int(found[1]), int(found[2])):
            yield doubt(
                "facts/wrong-sum", written=f"{found[1]} – {found[2]}", right=f"{right[0]} – {right[1]}"
            )


def _whole_and_parts(text: str, numbers: Sequence[Number]) -> Iterator[Finding]:
    """Yield wholes whose parts come behind them: "1.250 lao động, gồm 780 nữ và 470 nam"."""
    if any(_TOTAL.search(text[: one.start]) for one in numbers[2:]):
        return
    until = 0  # parts that came out are no wholes themselves
    for at, whole in enumerate(numbers[:-1]):
        glue = text[whole.end : numbers[at + 1].start]
        marks = list(_MARK.finditer(glue))
        if whole.start < until or _no_whole(text, whole, numbers[at + 1], marked=bool(marks)):
            continue
        inside = bool(marks) and marks[-1][0] == "(" and ")" not in glue[marks[-1].end() :]
        mark = "(" if inside else marks[-1][0].lower() if marks else ""
        if mark == "(" and not inside:
            mark = ""
        named = re.search(r"\btrong\s*$", text[: whole.start], re.IGNORECASE) is not None
        end = _end_of_parts(text, whole, inside=inside)
        parts = _parts(whole, [one for one in numbers[at + 1 :] if one.start < end], text, inside=inside)
        if len(parts) < 2 or re.search(r"\bmỗi\b", glue) or any("thêm" in one.before for one in parts[:1]):
            continue
        halves = _halved(text[whole.end : end])
        total = sum(one.value for one in parts)
        runs = {sum(one.value for one in parts[:count]) for count in range(2, len(parts) + 1)}
        nested = (
            named and parts[0].value == total - parts[0].value <= whole.value
        )  # a part that has parts itself
        if whole.value in runs or nested:
            until = end
            continue
        certain = (
            mark in (":", "gồm", "chia thành") or named or (mark == "(" and (halves or _like(whole, parts)))
        )
        partly = mark == "trong đó" or not mark
        closed = mark == "trong đó" and whole.money and _closed(text[:end], parts)
        if certain or closed or (partly and halves) or (mark == "trong đó" and total > whole.value):
            if certain:
                yield doubt("facts/wrong-sum", written=whole.written, right=plain(total))
            else:
                yield doubt("facts/wrong-sum", written=whole.written, right=plain(total))
            return


def _no_whole(text: str, whole: Number, after: Number, *, marked: bool) -> bool:
    """Whether a number has no parts: a stretch of time, a rough one, a share, or one that the next repeats."""
    if whole.unit in _TIMES or (whole.unit in _CLOCK and not marked) or _ABOUT.search(whole.before):
        return True
    if _EACH.search(text[: whole.start]) and "trị giá" not in text:
        return True
    return after.value == whole.value and same_kind(after, whole)  # what was sent out came back


def _closed(text: str, parts: Sequence[Number]) -> bool:
    """Whether "tổng …, trong đó A và B" sounds like all of it: two parts, and "và" before the last."""
    ends = re.search(rf"\bvà\b[^,;]*{re.escape(parts[-1].written)}", text)
    return len(parts) == 2 and bool(ends) and "tổng" in text.lower()


def _end_of_parts(text: str, whole: Number, *, inside: bool) -> int:
    close = re.compile(r"\)" if inside else r"[;\n]|\btổng\b|\bbình quân\b|\bvới\b").search(text, whole.end)
    return close.start() if close else len(text)


def _parts(whole: Number, rest: Sequence[Number], text: str, *, inside: bool) -> list[Number]:
    """The numbers that are of the whole's kind; of no kind where none is named."""
    outer = rest if inside else [one for one in rest if not _bracketed(text, one)]
    like = [one for one in outer if same_kind(one, whole)]
    bare = [one for one in outer if not one.unit]
    if whole.money:
        return [one for one in outer if one.money]
    if like:
        return like + [one for one in bare if one not in like]
    held = [one for one in rest if same_kind(one, whole)]
    if len(held) > 1:
        return held
    named = [one for one in outer if not one.money or one.value < 1000]  # đồng is bronze too
    return bare if len(bare) > 1 else named if _halved(text[whole.end :]) else []


def _like(whole: Number, parts: Sequence[Number]) -> bool:
    return all(same_kind(one, whole) or not one.unit for one in parts)


def _bracketed(text: str, number: Number) -> bool:
    before = text[: number.start]
    return before.rfind("(") > before.rfind(")")


def _halved(text: str) -> bool:
    lower = text.lower()
    return any(re.search(rf"\b{one}\b", lower) and re.search(rf"\b{two}\b", lower) for one, two in _HALVES)


def _parts_and_total(text: str, numbers: Sequence[Number]) -> Iterator[Finding]:
    """Yield totals whose parts come before them: "đợt 1 thu 215, đợt 2 thu 185, cả năm 400 đơn vị"."""
    for at, total in enumerate(numbers):
        if at < 2 or not _TOTAL.search(text[: total.start]) or _ABOUT.search(total.before):
            continue
        before = numbers[:at]
        parts = [one for one in before if one.money] if total.money else [
            one for one in before if same_kind(one, total) or not one.unit
        ]  # fmt: skip
        if len(parts) < 2:
            continue
        values = [one.value for one in parts]
        sums = {sum(values[one:two]) for one in range(len(values)) for two in range(one + 2, len(values) + 1)}
        prizes = _prizes(before) if total.money else Decimal(0)
        products = _products(before) if re.search(r"\bmỗi\b|/|\bđều\b", text) else ()
        if total.value in (*sums, prizes, *products):
            continue
        right = prizes or sum(values)
        yield doubt("facts/wrong-sum", written=total.written, right=plain(Decimal(right)))


def _prizes(numbers: Sequence[Number]) -> Decimal:
    """What so many of each come to: each sum of money times the count before it."""
    return sum(
        (one.value * two.value for one, two in pairwise(numbers) if two.money and not one.money),
        Decimal(0),
    )


def _products(numbers: Sequence[Number]) -> Iterator[Decimal]:
    for at, one in enumerate(numbers):
        for two in numbers[at + 1 :]:
            yield one.value * two.value


def _each(text: str, numbers: Sequence[Number]) -> Iterator[Finding]:
    """Yield products: "45 suất quà, mỗi suất 1.000.000 đồng, tổng trị giá 45.000.000 đồng"."""
    for share in numbers:
        found = _EACH.search(text[: share.start])
        behind = re.match(r"\s*[^\d.,;]{0,24}?\bmỗi\s+([^\W\d_]+)", text[share.end :], re.IGNORECASE)
        behind = behind or re.match(r"\s*(?:đồng\s*)?/\s*([^\W\d_]+)", text[share.end :])
        if found is None and behind is None:
            continue
        holder = (found or behind)[1].lower()  # type: ignore[index]  # one of them is there
        counts = [one for one in numbers if one is not share and one.unit == holder]
        if not counts and holder in CLASSIFIERS:  # 20 xe, mỗi chiếc 2 triệu đồng
            counts = [one for one in numbers if one.end <= share.start and not one.money][-1:]
        wholes = [
            one
            for one in numbers
            if one is not share and one not in counts and _alike(one, share) and _is_whole(text, one, share)
        ]
        if not counts and wholes and re.search(r"chia\s+đều", text[: share.start], re.IGNORECASE):
            if wholes[0].value % share.value:
                yield doubt("facts/wrong-sum", written=wholes[0].written, right=f"{share.written} × n")
            return
        if not counts or len(wholes) != 1 or not share.value or wholes[0].value == _prizes(numbers):
            continue
        rights = [count.value * share.value for count in counts] + [
            sum(one.value for one in counts) * share.value
        ]
        if wholes[0].value not in rights:
            yield doubt("facts/wrong-sum", written=wholes[0].written, right=plain(Decimal(rights[0])))
            return


def _alike(one: Number, other: Number) -> bool:
    return same_kind(one, other) or (one.unit in PEOPLE and other.unit in PEOPLE)


def _is_whole(text: str, whole: Number, share: Number) -> bool:
    if whole.start > share.end:
        return bool(_WHOLE.search(text[: whole.start]))
    glue = text[whole.end : share.start]
    return bool(re.search(r"\bchia\b|\(\s*mỗi\b|\bbình\s+quân\b", glue, re.IGNORECASE))
