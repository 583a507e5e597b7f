"""How far the cells of a workbook reach is known before a reader makes room for them."""

import pytest

from producer.data.sheet_extent import (
    LAST_PLACE,
    MOST_CELLS,
    ODD_PLACE,
    FarCellError,
    NoSuchPlaceError,
    check_extent,
    place_of,
)

FIRST = b'<row r="1"><c r="A1"><v>1</v></c></row>'


def cell(place: str, row: int = 1, *, prefix: str = "", full: bool = True) -> bytes:
    """A row with one cell that says its place."""
    value = f"<{prefix}v>1</{prefix}v>" if full else ""
    return f'<{prefix}row r="{row}"><{prefix}c r="{place}">{value}</{prefix}c></{prefix}row>'.encode()


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_a_cell_too_far_from_the_first(prefix: str) -> None:
    """The last cell of a sheet and its first have 17 thousand million cells between them."""
    with pytest.raises(FarCellError) as raised:
        check_extent([FIRST, cell(LAST_PLACE, prefix=prefix)])
    assert (raised.value.row, raised.value.column) == (1 << 20, 1 << 14)
    assert raised.value.cells > MOST_CELLS


@pytest.mark.parametrize("place", ["XFD1", "Z1048576", "AF1048576"])
def test_a_cell_far_out_alone(place: str) -> None:
    """A long sheet, or a wide one, is none of those that fill the memory."""
    check_extent([FIRST, cell(place)])


def test_an_empty_cell_is_none() -> None:
    """Only its format stands there: the reader leaves it out, and so do we."""
    check_extent([FIRST, cell(LAST_PLACE, full=False), b'<row r="1048576"><c r="XFD1048576" s="1"/></row>'])


def test_a_cell_without_a_place_follows_the_one_before() -> None:
    """In a row that says its number, and in one that does not."""
    wide = b"<row>" + b"<c><v>1</v></c>" * 40 + b"</row>"
    with pytest.raises(FarCellError) as raised:
        check_extent([FIRST, b'<row r="1048575" ht="12"/>', wide])
    assert (raised.value.row, raised.value.column) == (1 << 20, 33)
    with pytest.raises(NoSuchPlaceError):
        check_extent([FIRST, b'<row r="4294967295">' + wide.removeprefix(b"<row>")])


@pytest.mark.parametrize("place", ["3B", "A0", "", "ZZZ9", "XFE1", "A1048577", "A9999999", "Đ1", "$A$1"])
def test_no_such_place(place: str) -> None:
    """What is no place of a sheet is told as it is written."""
    with pytest.raises(NoSuchPlaceError):
        place_of(place)


@pytest.mark.parametrize(
    ("xml", "odd"),
    [
        (b'<row r="600000"><c r="H600000" s="1" t="s"><v>1</v></c></row>', False),
        (b'<row r="1"><c r="AA1"><v>1</v></c></row>', True),
        (b'<row r="1048576"/>', True),
        (b'<row r="1"><c s="1" r="A1"><v>1</v></c></row>', True),
        (b"<row r='1'></row>", True),
        (b'<row r="1"><c\nr="A1"><v>1</v></c></row>', True),
        (b'<x:row r="1"><x:c r="A1"/></x:row>', True),
    ],
)
def test_only_what_is_odd_is_looked_at_again(xml: bytes, odd: bool) -> None:
    """Cells of ordinary places cost one look, all others the count."""
    assert (ODD_PLACE.search(xml) is not None) == odd
