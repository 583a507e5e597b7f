"""Numbers and days in words, and numbers as Romans wrote them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache

from icu4py.messageformat import MessageFormat

from producer.lunar import lunar_of, year_name

ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
MOST_ROMAN = 3999
MONTHS = {4: "tư"}
FIRST_MOON, LAST_MOON = "Giêng", "Chạp"  # the first month of the moon, and the last
FULL_MOON = 15


@cache
def _speller() -> MessageFormat:
    return MessageFormat("{number,spellout}", "vi")


def spelled(number: Decimal) -> str:
    """Return a number in words: ``một nghìn hai trăm năm mươi``.

    Source: the rules for spelling out of CLDR, by ICU.
    """
    whole = number == number.to_integral()
    return _speller().format({"number": int(number) if whole else number})


def ordinal(number: Decimal) -> str:
    """Return a place in a row: ``thứ nhất``, ``thứ hai``, ``thứ 96``: in words up to ten, in figures beyond."""
    place = int(number)
    word = {1: "nhất", 4: "tư"}.get(place) or (spelled(number) if place <= 10 else str(place))
    return f"thứ {word}"


def roman(number: int) -> str:
    """Return a number as congresses count: ``XIV``. It is from 1 to 3999."""
    written = ""
    for value, sign in ROMAN:
        count, number = divmod(number, value)
        written += sign * count
    return written


def day_spelled(day: date) -> str:
    """Return a date in words: ``ngày hai mươi tám tháng bảy năm hai nghìn không trăm hai mươi lăm``."""
    month = MONTHS.get(day.month) or spelled(Decimal(day.month))
    return f"ngày {spelled(Decimal(day.day))} tháng {month} năm {spelled(Decimal(day.year))}"


def lunar_spelled(day: date) -> str:
    """Return the lunar day of a date: ``mùng 1 tháng Giêng``, ``rằm tháng 8``, ``23 tháng Chạp``."""
    lunar = lunar_of(day)
    month = {1: FIRST_MOON, 12: LAST_MOON}.get(lunar.month, str(lunar.month))
    begun = "rằm" if lunar.day == FULL_MOON else f"mùng {lunar.day}" if lunar.day <= 10 else str(lunar.day)
    return f"{begun} tháng {month}{' nhuận' if lunar.leap else ''}"


def lunar_year(day: date) -> str:
    """Return the lunar year of a date by its name: ``Ất Tỵ``."""
    return year_name(lunar_of(day).year)
