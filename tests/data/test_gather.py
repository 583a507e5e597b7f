"""What makes one value of many."""

from decimal import Decimal

import pytest

from producer.data.model import Value
from producer.data.view import gather


@pytest.mark.parametrize(
    ("word", "value"), [("sum", None), ("mean", None), ("first", None), ("last", None), ("count", Decimal(0))]
)
def test_of_nothing_there_is_none(word: str, value: Value) -> None:
    """Empty cells have no sum: 0 would be a figure that nobody wrote. They can be counted."""
    assert gather([None, None], word) == value


@pytest.mark.parametrize(("word", "value"), [("sum", 5), ("mean", Decimal("2.5")), ("count", 2), ("last", 3)])
def test_empty_cells_are_left_out(word: str, value: Value) -> None:
    """Only what is there counts."""
    assert gather([Decimal(2), None, Decimal(3)], word) == value
