"""What is due: by the day that counts as today, never by the clock."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from small_project import RECIPE, Small, slot

from producer.build.due import Outlook, know, look_ahead
from producer.pipeline import calendar_of, real_stages

EVENTS = """\
id,title,day,until,calendar_id,lead_days,status
A,Gặp mặt nữ công,2025-03-07,,womens-day,,
B,Hội thi nấu ăn,2025-03-20,2025-03-22,,3,
C,Lớp kỹ năng số,2025-03-25,,,,
D,Giải bóng đá,2025-03-26,,,,Hủy
G,Hội trại,2025-03-26,,,,Tạm hoãn
E,Không rõ ngày,,,,,
"""
MAKES = """\
title: Thử
today: 2020-01-01
data:
  events: {file: assets/events.csv, id: id, types: {day: date, until: date, lead_days: number}}
pieces:
  tin: {template: thu, each: events, only: {id: [A, C]}, channels: [anh]}
  tong-ket: {template: thu, all: events, channels: [anh], with: {title: Tổng kết}}
channels:
  anh: {kind: image, size: [360, 450], formats: [png]}
"""


@pytest.fixture
def ahead(tmp_path: Path) -> "Ahead":
    """Looks ahead over the small project, whose files are in a folder of the test."""
    return Ahead(tmp_path)


class Ahead:
    """The project, and what is due on a day."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.small = Small(
            template=slot("text", "title", style="headline"), events=EVENTS, more={RECIPE: MAKES}
        )

    def made(self, *paths: str) -> "Ahead":
        """Put files where a build would."""
        for path in paths:
            place = self.out / "thu" / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.touch()
        return self

    def on(self, today: str, days: int = 30) -> Outlook:
        """What is due."""
        known = know(self.small.road(), real_stages(), self.out)
        calendar = calendar_of(self.small.world)
        return look_ahead([known], calendar, date.fromisoformat(today), timedelta(days=days))


def states(outlook: Outlook) -> dict[str, bool]:
    """Whether something is planned, by what is due."""
    return {due.name: due.planned for due in outlook.due}


def events(outlook: Outlook) -> list[str]:
    """The events that are due."""
    return [due.name for due in outlook.due if due.row is not None]


def test_an_event_lacks_a_product_until_its_file_is_there(ahead: Ahead) -> None:
    """No recipe makes B; A and C are planned and not made; the report of all events is no product of one."""
    found = states(ahead.made("tong-ket/tong-ket-anh.png").on("2025-02-20"))
    assert {name: found.get(name) for name in "ABC"} == {"A": True, "B": False, "C": True}
    assert "A" not in states(ahead.made("tin/A-anh.png").on("2025-02-20"))


def test_what_will_not_be_and_what_has_no_day_is_not_due(ahead: Ahead) -> None:
    """An event called off or put off and a row without a day wait for nothing."""
    assert sorted(events(ahead.on("2025-02-20"))) == ["A", "B", "C"]


@pytest.mark.parametrize(
    ("today", "days", "due"),
    [
        (
            "2025-02-01",
            14,
            ["A"],
        ),  # 21 days before 8 March's day of the calendar is its lead, for A on the 7th
        ("2025-02-01", 12, []),
        ("2025-03-10", 6, ["C"]),  # 14 days where nothing is said
        ("2025-03-10", 7, ["C", "B"]),  # its own three days
        ("2025-03-22", 0, ["C", "B"]),  # on its last day
        ("2025-03-23", 0, ["C"]),
        ("2025-03-26", 30, []),
    ],
)
def test_work_begins_by_the_lead(ahead: Ahead, today: str, days: int, due: list[str]) -> None:
    """An event is told when its work should begin within the days asked for, and until it is over."""
    assert events(ahead.on(today, days)) == due


def test_work_that_should_have_begun_before_all_calendars(ahead: Ahead) -> None:
    """A lead of a million years and an event of the first year are late, and no fault."""
    ahead.small = replace(ahead.small, events=f"{EVENTS}F,Xa,2025-03-25,,,999999999,\nG,Cổ,0001-01-01,,,,\n")
    late = next(due for due in ahead.on("2025-02-20").due if due.name == "F")
    assert late.begin == date.min


def test_a_day_of_the_calendar_is_met_by_the_row_that_names_it(ahead: Ahead) -> None:
    """A is the product of the women's day; the next year's day is another one."""
    assert states(ahead.on("2025-02-20"))["womens-day"] is True
    assert "womens-day" not in states(ahead.made("tin/A-anh.png").on("2025-02-20"))
    assert states(ahead.on("2026-02-20"))["womens-day"] is False


def test_weeks_with_nothing_planned(ahead: Ahead) -> None:
    """Weeks begin on Monday; B's has no product, C's has one."""
    assert ahead.on("2025-03-12", 20).empty_weeks == (
        date(2025, 3, 10), date(2025, 3, 17), date(2025, 3, 31),
    )  # fmt: skip
