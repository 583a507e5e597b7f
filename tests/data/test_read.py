"""Rows as they come out of a file."""

from datetime import date, time

import pytest

from producer.data.cell import last_day, read_cell
from producer.data.model import ColumnType
from producer.data.read import read_tables
from producer.diagnostics import SourceText, Span
from producer.recipe.model import Recipe, Source
from producer.world import DictWorld

AT = Span("recipe.yaml", 1, 1)


def test_an_id_is_nfc() -> None:
    """The same name typed on another keyboard is the same row, and makes the same file name."""
    source = Source(SourceText("rows", AT), AT, file=SourceText("a.csv", AT), id=(SourceText("id", AT),))
    recipe = Recipe("thu", "recipe.yaml", SourceText("Thử", AT), date(2025, 1, 1), (source,), ())
    world = DictWorld({"a.csv": "id\nTe\u0302\u0301t\n".encode()})

    (row,) = read_tables(recipe, world)["rows"].rows

    assert row.id == "Tết"


def test_a_value_that_is_sure_has_no_part_in_a_doubt() -> None:
    """Beside 84.2 nobody can read 1.250; 1250 has the value that we take it for, and is written in one way alone."""
    number = {SourceText("count", AT): ColumnType.NUMBER}
    source = Source(SourceText("rows", AT), AT, file=SourceText("a.csv", AT), types=number)
    recipe = Recipe("thu", "recipe.yaml", SourceText("Thử", AT), date(2025, 1, 1), (source,), ())
    world = DictWorld({"a.csv": b"id,count\na,1.250\nb,1250\nc,84.2\nd,1.250\n"})

    rows = read_tables(recipe, world)["rows"].rows

    told = {row.values["id"]: [problem.code for problem in row.problems] for row in rows}
    assert told == {"a": ["data/two-ways"], "b": [], "c": [], "d": ["data/two-ways"]}


@pytest.mark.parametrize(
    ("cell", "hour"),
    [
        ("7h30", time(7, 30)), ("7 giờ 30", time(7, 30)), ("7 giờ 30 phút", time(7, 30)), ("7:30:00 SA", time(7, 30)),
        ("7:30:00 CH", time(19, 30)), ("12:15 SA", time(0, 15)), ("12:15 CH", time(12, 15)), ("7:30 PM", time(19, 30)),
        ("19:45:00", time(19, 45)), ("7 giờ", time(7)), ("7 GIỜ 30", time(7, 30)), ("2 giờ chiều", time(14)),
        ("7 giờ 30 tối", time(19, 30)), ("19 giờ 30 tối", time(19, 30)), ("1 giờ trưa", time(13)),
        ("11 giờ trưa", time(11)),
    ],
)  # fmt: skip
def test_an_hour_is_read_in_every_form_that_leaves_no_choice(cell: str, hour: time) -> None:
    """As people write it, and as Excel saves it."""
    assert read_cell(cell, ColumnType.TIME) == hour


@pytest.mark.parametrize(
    "cell", ["7.30", "19 giờ sáng", "9 giờ chiều", "24:00", "7:60", "7:30:15", "sáng", "0:30 CH"]
)
def test_an_hour_that_may_be_another_is_refused(cell: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(ValueError, match=r".*"):
        read_cell(cell, ColumnType.TIME)


@pytest.mark.parametrize(
    ("cell", "last"),
    [
        ("31/2/2025", "28/2/2025"),
        ("2024-02-30", "29/2/2024"),
        ("31.6.2025", "30/6/2025"),
        ("15/13/2025", ""),
        ("mai", ""),
    ],
)
def test_a_day_that_there_is_not_knows_the_last_of_its_month(cell: str, last: str) -> None:
    """Nothing where the month is none, or the cell no date."""
    assert last_day(cell) == last
