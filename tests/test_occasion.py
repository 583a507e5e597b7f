"""When the days of the year are, against the table of a source that computed them apart."""

from datetime import date
from pathlib import Path

import pytest

from producer.occasion import Occasion, held_between
from producer.recipe.calendar_file import read_calendar
from producer.world import FolderWorld

# First days as printed calendars have them.
MOVING = (
    (2025, {"tet": "01-29", "hung-kings": "04-07", "mid-autumn": "10-06", "kitchen-gods": "01-22"}),
    (2026, {"tet": "02-17", "hung-kings": "04-26", "mid-autumn": "09-25", "kitchen-gods": "02-10"}),
    (2027, {"tet": "02-06", "hung-kings": "04-16", "mid-autumn": "09-15", "kitchen-gods": "01-30"}),
    (2030, {"tet": "02-02", "hung-kings": "04-12", "mid-autumn": "09-12", "kitchen-gods": "01-26"}),
)


@pytest.fixture
def shipped(tmp_path: Path) -> dict[str, Occasion]:
    """The calendar of a project that has none of its own."""
    return dict(read_calendar(FolderWorld(tmp_path)))


@pytest.mark.parametrize(("year", "days"), MOVING)
def test_lunar_days(shipped: dict[str, Occasion], year: int, days: dict[str, str]) -> None:
    """Each lunar day is held once a year, on the day of the printed calendar."""
    held = held_between(shipped, date(year, 1, 1), date(year, 12, 31))
    found = {name: [h.first.isoformat() for h in held if h.occasion.id == name] for name in days}
    assert found == {name: [f"{year}-{day}"] for name, day in days.items()}


def test_days_from_another_day(shipped: dict[str, Occasion]) -> None:
    """What is counted from Tết begins in the year before, and is found from either side."""
    for asked in (date(2027, 12, 22), date(2028, 1, 23)):
        found = [h for h in held_between(shipped, asked, asked) if h.occasion.id == "tet-sum-vay"]
        assert [(h.first, h.last) for h in found] == [(date(2027, 12, 22), date(2028, 1, 23))]


def test_a_span_over_the_new_year() -> None:
    """From December to January is one span."""
    winter = Occasion("dong", "Đông", "Đông", 14, day=((20, 12), (10, 1)))
    (held,) = held_between({"dong": winter}, date(2026, 1, 5), date(2026, 1, 5))
    assert (held.first, held.last) == (date(2025, 12, 20), date(2026, 1, 10))


def test_a_day_that_not_every_year_has() -> None:
    """The 29th of February comes every fourth year, the 30th of a lunar month when it has one."""
    leap = Occasion("nhuan", "Nhuận", "Nhuận", 14, day=((29, 2), (29, 2)))
    held = held_between({"nhuan": leap}, date(2025, 1, 1), date(2032, 12, 31))
    assert [h.first for h in held] == [date(2028, 2, 29), date(2032, 2, 29)]
    eve = Occasion("giao-thua", "30 Tết", "30 Tết", 14, lunar=(30, 12))
    held = held_between({"giao-thua": eve}, date(2024, 1, 1), date(2026, 12, 31))
    assert [h.first for h in held] == [date(2024, 2, 9)]  # the last months of 2024 and 2025 have 29 days


def test_years_are_counted_from_the_first(shipped: dict[str, Occasion]) -> None:
    """The union's day of 2029 is its hundredth; a day without a first year counts nothing."""
    assert shipped["union-day"].years(date(2029, 7, 28)) == 100
    assert shipped["union-day"].years(date(1929, 7, 28)) is None
    assert shipped["tet"].years(date(2029, 2, 13)) is None


def test_a_unit_changes_adds_and_hides(tmp_path: Path) -> None:
    """What a unit does not say stays; a new rule takes the old one's place."""
    (tmp_path / "brand").mkdir()
    (tmp_path / "brand/calendar.yaml").write_text(
        "calendar:\n"
        "  union-day: {lead: 60d}\n"
        "  mid-autumn: {day: 1/9..15/9}\n"
        "  kitchen-gods: {hide: true}\n"
        "  ngay-thanh-lap: {title: Ngày thành lập Công đoàn xã, day: 1/7, since: 2025}\n",
        "utf-8",
    )
    own = read_calendar(FolderWorld(tmp_path))
    assert (own["union-day"].lead, own["union-day"].day) == (60, ((28, 7), (28, 7)))
    assert (own["mid-autumn"].day, own["mid-autumn"].lunar) == (((1, 9), (15, 9)), None)
    assert own["ngay-thanh-lap"].title == "Ngày thành lập Công đoàn xã"
    assert "kitchen-gods" not in own
