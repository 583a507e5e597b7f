"""The lunar calendar against days that everybody knows."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from producer.lunar import NoSuchDayError, leap_month, lunar_of, lunar_words, solar_of, year_name


@pytest.mark.parametrize(
    ("lunar", "solar"),
    [
        ((1, 1, 1968), "1968-01-29"),  # a day before China's
        ((1, 1, 1985), "1985-01-21"),  # a month before China's
        ((1, 1, 2023), "2023-01-22"),
        ((1, 1, 2024), "2024-02-10"),
        ((1, 1, 2025), "2025-01-29"),
        ((10, 3, 2025), "2025-04-07"),
        ((15, 8, 2025), "2025-10-06"),  # behind a leap month
        ((23, 12, 2025), "2026-02-10"),
        ((1, 1, 2026), "2026-02-17"),
        ((10, 3, 2027), "2027-04-16"),
        ((1, 1, 2030), "2030-02-02"),  # a day before China's
    ],
)
def test_days_of_the_year(lunar: tuple[int, int, int], solar: str) -> None:
    """Tết, the kings' day and the others fall where the almanac has them."""
    assert solar_of(*lunar) == date.fromisoformat(solar)


def test_a_leap_month_is_the_second_of_its_number() -> None:
    """2025 has two sixth months, the leap one from 25 July on."""
    assert solar_of(1, 6, 2025) == date(2025, 6, 25)
    assert solar_of(1, 6, 2025, leap=True) == date(2025, 7, 25)
    assert solar_of(1, 7, 2025) == date(2025, 8, 23)


@pytest.mark.parametrize(("day", "month", "leap"), [(31, 1, False), (0, 1, False), (1, 5, True)])
def test_a_day_that_is_not_there(day: int, month: int, leap: bool) -> None:
    """No month has 31 days, and 2025 no second fifth month."""
    with pytest.raises(NoSuchDayError):
        solar_of(day, month, 2025, leap=leap)


def test_words_say_that_it_is_lunar() -> None:
    """The first ten days are mùng."""
    assert lunar_words(15, 8, 2025) == "ngày 15 tháng 8 âm lịch (6/10/2025)"
    assert lunar_words(1, 1, 2025) == "mùng 1 tháng 1 âm lịch (29/1/2025)"


MONTHS = Path(__file__).with_name("lunar_months.csv")
# The new moon of 7 July 1967 was at 17:00 UT, to some seconds: two ways to compute it fall on two days.
AT_MIDNIGHT = {(1967, 6)}


def test_every_month_of_two_centuries() -> None:
    """The first day of each month of 1900–2100, leap or not, is that of an independent astronomical table."""
    rows = csv.DictReader(line for line in MONTHS.read_text("utf-8").splitlines() if line[0] != "#")
    wrong = []
    for row in rows:
        month, year, leap = int(row["month"]), int(row["lunar_year"]), row["leap"] == "1"
        if (year, month) not in AT_MIDNIGHT and str(solar_of(1, month, year, leap=leap)) != row["first_day"]:
            wrong.append(row)
    assert wrong == []


def test_a_lunar_day_and_back() -> None:
    """Each day of two centuries is the lunar day that leads back to it."""
    day, last = date(1900, 2, 1), date(2100, 12, 31)
    while day <= last:
        found = lunar_of(day)
        assert solar_of(found.day, found.month, found.year, leap=found.leap) == day
        day += timedelta(days=7)


@pytest.mark.parametrize(("year", "name"), [(1984, "Giáp Tý"), (2025, "Ất Tỵ"), (2026, "Bính Ngọ")])
def test_years_have_names(year: int, name: str) -> None:
    """Sixty names come round."""
    assert (year_name(year), year_name(year + 60)) == (name, name)


def test_years_have_their_leap_months() -> None:
    """The leap months of published calendars."""
    assert [leap_month(year) for year in (2020, 2023, 2024, 2025, 2028)] == [4, 2, None, 6, 5]
