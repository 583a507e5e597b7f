"""``{column | filter}``: a value becomes words. Nothing here computes more than a look."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import format_decimal

from producer.data.model import Value
from producer.facts.model import NAMES
from producer.letter import hashtag, slug
from producer.placeholder import PLACEHOLDER
from producer.scene.institution import institution
from producer.scene.spelling import (
    MOST_ROMAN,
    day_spelled,
    lunar_spelled,
    lunar_year,
    ordinal,
    roman,
    spelled,
)

MILLION = Decimal(1_000_000)
BILLION = Decimal(1_000_000_000)


class UnknownFilterError(ValueError):
    """A word after ``|`` that is no filter."""


class WrongValueError(ValueError):
    """A filter that does not suit the value: a weekday of a text."""


def number_words(number: Decimal, decimals: int | None = None) -> str:
    """Return a number as Vietnamese writes it: ``1.250`` and ``84,2``; at most two decimals unless told."""
    places = 2 if decimals is None else decimals
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    if decimals is None and rounded == rounded.to_integral():
        rounded = rounded.to_integral()
    pattern = "#,##0" + ("." + "0" * places if decimals else ".##" if decimals is None else "")
    return str(format_decimal(rounded, pattern, locale="vi"))


def amount_words(number: Decimal, unit: str) -> tuple[str, str]:
    """Return a figure and its unit as a card shows them: ``("1,66", "tỷ đồng")``, ``("91,4%", "")``."""
    if unit == "đồng" and abs(number) >= BILLION:
        return number_words(number / BILLION), "tỷ đồng"
    if unit == "đồng" and abs(number) >= MILLION:
        return number_words(number / MILLION), "triệu đồng"
    return (f"{number_words(number)}%", "") if unit == "%" else (number_words(number), unit)


def short_words(number: Decimal) -> str:
    """Return a large amount in its short form: ``1,85 tỷ``; others as they are."""
    return amount_words(number, "đồng")[0] + (
        " tỷ" if abs(number) >= BILLION else " triệu" if abs(number) >= MILLION else ""
    )


def date_words(day: date) -> str:
    """Return ``28/7/2025``: no leading zeros, as notices and posters write it."""
    return f"{day.day}/{day.month}/{day.year}"


def legal_date_words(day: date) -> str:
    """Return ``ngày 05 tháng 7 năm 2025``: a zero before days below 10 and before months 1 and 2, as in documents.

    Source: Decree 30/2020/NĐ-CP, annex I, II.4.
    """
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


# No filter takes two columns yet: it is held by the case `date-range` of tests/text_cases.yaml.
def range_words(first: date, last: date, *, long: bool = False) -> str:
    """Return ``01–31/5/2025``, what two days share said once; ``long`` says it in words."""
    if long:
        begun = legal_date_words(first).removesuffix(f" năm {last.year}")
        shared = f" tháng {first.month}" if (first.year, first.month) == (last.year, last.month) else ""
        return f"từ {begun.removesuffix(shared) if shared else begun} đến {legal_date_words(last)}"
    if first.year != last.year:
        return f"{date_words(first)} – {date_words(last)}"
    if first.month != last.month:
        return f"{first.day}/{first.month}–{date_words(last)}"
    return f"{first.day:02d}–{last.day:02d}/{last.month}/{last.year}"


def tidy(text: str) -> str:
    """Return a text with “ ” for straight quotes, – for spaced hyphens, and spaces where they belong."""
    text = re.sub(r"[ \t\u00a0]+", " ", text)
    text = re.sub(r'(^|[\s(“])"', r"\1“", text).replace('"', "”")
    text = re.sub(r"(^|[\s(“])'", r"\1‘", text)
    text = re.sub(r"(?<=\S) - (?=\S)", " – ", text)
    text = re.sub(r"(?<=[“‘(]) | (?=[”’)])", "", text)
    return re.sub(r"\s+(?=[,.;:!?](?:\s|$))", "", text)


def value_words(value: Value) -> str:
    """Return a value in its plain form."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return number_words(value)
    if isinstance(value, date):
        return date_words(value)
    if isinstance(value, time):
        return _time(value)
    return ", ".join(value) if isinstance(value, tuple) else value


def _date(value: Value) -> date:
    if not isinstance(value, date):
        raise WrongValueError
    return value


def _number(value: Value) -> Decimal:
    if not isinstance(value, Decimal):
        raise WrongValueError
    return value


def _count(value: Value) -> Decimal:
    number = _number(value)
    if number != number.to_integral() or not 1 <= number <= MOST_ROMAN:
        raise WrongValueError
    return number


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _clock(value: Value) -> time:
    if not isinstance(value, time):
        raise WrongValueError
    return value


def _time(value: Value) -> str:
    return f"{_clock(value).hour:02d} giờ {_clock(value).minute:02d}"


def _text(value: Value) -> str:
    if not isinstance(value, str):
        raise WrongValueError
    return value


QUARTERS = {"Q1": "Quý I", "Q2": "Quý II", "Q3": "Quý III", "Q4": "Quý IV"}


def _quarter(value: Value) -> str:
    if not isinstance(value, str) or value not in QUARTERS:
        raise WrongValueError
    return QUARTERS[value]


def _hashtag(value: Value) -> str:
    words = value if isinstance(value, tuple) else (value,)
    if not all(isinstance(word, str) for word in words):
        raise WrongValueError
    return " ".join(filter(None, (hashtag(str(word)) for word in words)))


FILTERS: Mapping[str, Callable[[Value], str]] = {
    "date": lambda v: date_words(_date(v)),
    "date-long": lambda v: f"ngày {_date(v).day} tháng {_date(v).month} năm {_date(v).year}",
    "day": lambda v: str(_date(v).day),
    "month": lambda v: f"tháng {_date(v).month}",
    "day-month": lambda v: f"{_date(v).day}/{_date(v).month}",
    "year": lambda v: str(_date(v).year),
    "weekday": lambda v: f"{NAMES[_date(v).weekday()]}, {date_words(_date(v))}",
    "weekday-name": lambda v: NAMES[_date(v).weekday()],
    "date-legal": lambda v: legal_date_words(_date(v)),
    "time": _time,
    "time-full": lambda v: f"{_time(v)} phút",
    "time-short": lambda v: f"{_clock(v).hour}h{_clock(v).minute:02d}",
    "quarter": _quarter,
    "number": lambda v: number_words(_number(v)),
    "percent": lambda v: f"{number_words(_number(v))}%",
    "hashtag": _hashtag,
    "short": lambda v: short_words(_number(v)),
    "share": lambda v: f"{number_words(_number(v) * 100)}%",
    "money": lambda v: " ".join(amount_words(_number(v), "đồng")),
    "dong": lambda v: f"{number_words(_number(v))} đồng",
    "dong-sign": lambda v: f"{number_words(_number(v))} ₫",
    "tidy": lambda v: tidy(_text(v)),
    "words": lambda v: spelled(_number(v)),
    "dong-words": lambda v: _sentence(f"{spelled(_number(v))} đồng"),
    "ordinal": lambda v: ordinal(_count(v)),
    "roman": lambda v: roman(int(_count(v))),
    "date-words": lambda v: day_spelled(_date(v)),
    "lunar": lambda v: lunar_spelled(_date(v)),
    "lunar-year": lambda v: lunar_year(_date(v)),
    "institution": lambda v: institution(_text(v)),
    "slug": lambda v: slug(_text(v)),
}


def _numbers(values: Sequence[Value]) -> list[Decimal]:
    return [value for value in values if isinstance(value, Decimal)]


def _sum(values: Sequence[Value]) -> Decimal | None:
    numbers = _numbers(values)
    return sum(numbers, Decimal(0)) if numbers else None  # nothing was counted, which is not 0


def _mean(values: Sequence[Value]) -> Decimal | None:
    total = _sum(values)
    return None if total is None else total / len(_numbers(values))


# What makes one value of many: of all rows of the piece.
GATHERERS: Mapping[str, Callable[[Sequence[Value]], Value]] = {
    "sum": _sum,
    "count": lambda values: Decimal(len(values)),
    "mean": _mean,
    "first": lambda values: values[0] if values else None,
    "last": lambda values: values[-1] if values else None,
}
OF_NUMBERS = ("sum", "mean")  # of which words are no part


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a filled text; ``given`` where it was a value and not written into the text itself."""

    words: str
    given: bool = False


def fill(text: str, evaluate: Callable[[str, tuple[str, ...]], str]) -> tuple[Part, ...]:
    """Return ``text`` with every placeholder replaced; ``{{`` and ``}}`` are braces."""
    parts: list[Part] = []
    at = 0
    for found in PLACEHOLDER.finditer(text):
        parts.append(Part(text[at : found.start()]))
        if found.group(1) is None:
            parts.append(Part(found.group(0)[0]))
        else:
            column, *filters = (part.strip() for part in found.group(1).split("|"))
            parts.append(Part(evaluate(column, tuple(filters)), given=True))
        at = found.end()
    return (*parts, Part(text[at:]))


def words_of(value: Value, filters: tuple[str, ...]) -> str:
    """Return a value through its filters.

    Raises:
        UnknownFilterError: with the filter's name.
        WrongValueError: with the filter's name.
    """
    if not filters:
        return value_words(value)
    shown = ""
    for name in filters:
        if name not in FILTERS:
            raise UnknownFilterError(name)
        try:
            shown = FILTERS[name](value)
        except WrongValueError as error:
            raise WrongValueError(name) from error
    return shown
