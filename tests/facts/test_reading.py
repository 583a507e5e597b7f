"""The readers of dates and numbers that all checks share."""

from datetime import date
from decimal import Decimal

import pytest

from producer.facts.day import read_days
from producer.facts.number import decimal_of, read_numbers, value_of
from producer.facts.percent import wrong_percents
from producer.facts.reading import Reading
from producer.facts.total import wrong_totals


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("28/7/2025", ["28/7/2025"]),
        ("ngày 28 tháng 7 năm 2025", ["28/7/2025"]),
        ("28-7-2025 và 29.7.2025", ["28/7/2025", "29/7/2025"]),
        ("từ ngày 28 đến 30/7/2025", ["28/7/2025", "30/7/2025"]),
        ("các ngày 14, 15 và 16/8/2025", ["14/8/2025", "15/8/2025", "16/8/2025"]),
        ("30/4 – 1/5 năm 2026", ["30/4/2026", "1/5/2026"]),
        ("Nghị định 12/2025/NĐ-CP, phòng 1.2.3", []),
    ],
)
def test_dates_are_read_in_all_usual_forms(text: str, days: list[str]) -> None:
    """Days of lists and ranges have the month and year of their last."""
    assert [f"{day.day}/{day.month}/{day.year}" for day in read_days(text)] == days


def test_a_day_without_a_year_lies_near() -> None:
    """In December, 5/1 is that of next month."""
    (day,) = Reading("ngày 5/1", date(2025, 12, 20)).days

    assert day.solar == date(2026, 1, 5)


def test_a_day_of_the_moon_is_told_apart() -> None:
    """A month named Giêng or Chạp, "âm lịch" and a year by its name are the moon's; "mùng 8 tháng 3" is not."""
    assert [day.moon for day in read_days("25 tháng Chạp; 10/3 âm lịch; mùng 8 tháng 3; rằm tháng Tám")] == [
        True, True, False, True,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1.250 lao động", "1250", "lao"),
        ("12,5 %", "12.5", "%"),
        ("1,5 tỷ đồng", "1500000000", "đồng"),
        ("ba trăm suất", "300", "suất"),
        ("hai mươi lăm người", "25", "người"),
        ("năm năm liền", "5", "năm"),
        ("35 chiếc xe", "35", "xe"),
    ],
)
def test_numbers_are_read_with_what_they_count(text: str, value: str, unit: str) -> None:
    """In figures and in words, with scales and classifiers."""
    number = read_numbers(text)[0]

    assert (number.value, number.unit) == (Decimal(value), unit)


def test_a_year_is_no_five() -> None:
    """Neither "năm 2025" nor "năm nay" counts anything."""
    assert [one.written for one in read_numbers("năm 2025, năm nay") if one.spelt] == []


@pytest.mark.parametrize(
    ("words", "value"), [("mười", 10), ("mười lăm", 15), ("chín mươi sáu", 96), ("ba trăm linh hai", 302)]
)
def test_words_have_values(words: str, value: int) -> None:
    """Up to 999."""
    assert value_of(words) == value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1.250", "1250"),
        ("1.250,5", "1250.5"),
        ("92,5", "92.5"),
        ("92.5", "92.5"),
        ("0.125", "0.125"),
        ("64", "64"),
    ],
)
def test_points_part_thousands_and_else_mark_decimals(written: str, value: str) -> None:
    """A point before three digits parts thousands; before any others it can only mark decimals."""
    assert decimal_of(written) == Decimal(value)


def test_shares_with_a_point_are_no_contradiction() -> None:
    """Many write 92.5%; what is told is a wrong share, however it is written."""
    right = "Có 185/200 đoàn viên tham gia (92.5%). Nữ chiếm 52.4%, nam chiếm 47.6%."
    wrong = "Có 180/200 đoàn viên tham gia (92.5%)."

    assert list(wrong_percents(Reading(right))) == []
    assert [finding.code for finding in wrong_percents(Reading(wrong))] == ["facts/wrong-percent"]


@pytest.mark.parametrize(
    "text",
    [
        "Chi 1,250,000 + 500,000 = 1,750,000 đồng",
        "Đội thắng 3,5,6 x 2 = 7 điểm",
        "Tỷ lệ tăng từ 1,2,3% lên 4%, tăng 2 điểm %",
    ],
)
def test_figures_that_are_no_number_are_let_be(text: str) -> None:
    """Commas between thousands, or lists without a space, are summed up by nobody and end no build."""
    assert [*wrong_totals(Reading(text)), *wrong_percents(Reading(text))] == []
