"""Cells become boxes."""

from __future__ import annotations

import pytest

from producer.geometry import Box
from producer.layout.grid import Grid, Need, solve

AREA = Box(10, 20, 300, 400)
GAP = 10


def solved(drawing: str, **needs: float | str) -> Grid:
    """A drawing in 300 × 400 px; a need in quotes grows."""
    cells = tuple(tuple(line.split()) for line in drawing.split("/"))
    wanted = {name: Need(float(need), grows=isinstance(need, str)) for name, need in needs.items()}
    return solve(cells, AREA, GAP, [GAP] * (len(cells) - 1), wanted)


def rows(grid: Grid) -> dict[str, tuple[float, float]]:
    """The top and the height of each cell."""
    return {name: (box.y, box.height) for name, box in grid.boxes.items()}


def test_rows_are_as_high_as_their_words() -> None:
    """From the top down, a gap between; what is left stays under the last."""
    grid = solved("a/b", a=50, b=70)

    assert rows(grid) == {"a": (20, 50), "b": (80, 70)}
    assert grid.missing == 0


def test_columns_are_equal_and_names_span() -> None:
    """A name twice spans its columns with the gap between."""
    boxes = solved("a b b/c c c", a=10, b=10, c=10).boxes

    assert boxes["a"].width == pytest.approx((300 - 2 * GAP) / 3)
    assert boxes["b"].right == boxes["c"].right == 310
    assert boxes["b"].x == pytest.approx(boxes["a"].right + GAP)


def test_the_highest_cell_makes_the_row() -> None:
    """Cells beside each other share top and height."""
    assert rows(solved("a b", a=10, b=30)) == {"a": (20, 30), "b": (20, 30)}


def test_a_picture_takes_what_is_left() -> None:
    """One that grows gets the rest, two share it."""
    assert rows(solved("p/a", p="0", a=90))["p"] == (20, 300)
    assert rows(solved("p/a/q", p="0", a=80, q="0")) == {"p": (20, 150), "a": (180, 80), "q": (270, 150)}


def test_a_row_of_dots_is_a_spring() -> None:
    """It pushes what is below it to the foot."""
    assert rows(solved("a/./b", a=50, b=70)) == {"a": (20, 50), "b": (350, 70)}


def test_a_picture_beside_words_grows_in_their_last_row() -> None:
    """Rows of words keep their height; the last, or the one that is empty but for the picture, takes the rest."""
    assert rows(solved("p a/p b", p="0", a=50, b=60)) == {"p": (20, 400), "a": (20, 50), "b": (80, 340)}
    assert rows(solved("p a/p ./p b", p="0", a=50, b=60))["b"] == (360, 60)


def test_a_spanning_cell_makes_its_rows_high_enough() -> None:
    """What its rows lack is added: to those that grow, else to the last."""
    assert rows(solved("s a/s b", s=200, a=50, b=60)) == {"s": (20, 200), "a": (20, 50), "b": (80, 140)}
    assert rows(solved("s a/s p", s=200, a=50, p="0"))["a"] == (20, 50)


def test_dots_beside_cells_that_span_rows_are_a_spring() -> None:
    """A list beside a title leaves its rows: the dots between title and signature push that to the foot."""
    made = rows(solved("a l/. l/b l", a=50, b=60, l=100))

    assert made == {"a": (20, 50), "l": (20, 400), "b": (360, 60)}
    assert rows(solved("a l/b l", a=50, b=60, l=100))["b"] == (80, 60)


def test_missing_height_is_told() -> None:
    """More than there is makes nothing smaller: the caller takes the next step of the ladder."""
    grid = solved("a/b", a=300, b=150)

    assert grid.missing == 60
    assert rows(grid) == {"a": (20, 300), "b": (330, 150)}
