"""Values as words of Vietnamese."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest

from producer.data.model import Value
from producer.scene.filter import (
    FILTERS,
    GATHERERS,
    UnknownFilterError,
    WrongValueError,
    amount_words,
    fill,
    number_words,
    words_of,
)

DAY = date(2025, 7, 28)
OF_WORDS = ("tidy", "hashtag")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("0", "0"),
        ("5", "5"),
        ("1250", "1.250"),
        ("1850000000", "1.850.000.000"),
        ("84.2", "84,2"),
        ("84.20", "84,2"),
        ("1.005", "1,01"),  # half goes up, as people round
        ("2.999", "3"),
        ("-12.5", "-12,5"),
    ],
)
def test_numbers_are_written_as_in_vietnam(number: str, words: str) -> None:
    """A point parts thousands, a comma decimals; two of them at most, and none that say nothing."""
    assert number_words(Decimal(number)) == words


@pytest.mark.parametrize(
    ("number", "unit", "words"),
    [
        ("1655000000", "đồng", ("1,66", "tỷ đồng")),
        ("-2000000000", "đồng", ("-2", "tỷ đồng")),
        ("84200000", "đồng", ("84,2", "triệu đồng")),
        ("950000", "đồng", ("950.000", "đồng")),
        ("91.4", "%", ("91,4%", "")),
        ("2000000", "lượt", ("2.000.000", "lượt")),
    ],
)
def test_money_is_told_in_the_unit_people_say(number: str, unit: str, words: tuple[str, str]) -> None:
    """Billions and millions of đồng get their word; other units keep every figure."""
    assert amount_words(Decimal(number), unit) == words


@pytest.mark.parametrize(
    ("filters", "value", "words"),
    [
        ((), DAY, "28/7/2025"),
        ((), time(7, 30), "07 giờ 30"),
        ((), ("đoàn viên", "NLĐ"), "đoàn viên, NLĐ"),
        ((), None, ""),
        (("date",), DAY, "28/7/2025"),
        (("date-long",), DAY, "ngày 28 tháng 7 năm 2025"),
        (("day",), date(2025, 9, 2), "2"),
        (("month",), DAY, "tháng 7"),
        (("day-month",), DAY, "28/7"),
        (("year",), DAY, "2025"),
        (("weekday",), DAY, "Thứ Hai, 28/7/2025"),
        (("weekday-name",), date(2025, 1, 12), "Chủ Nhật"),
        (("time",), time(14, 0), "14 giờ 00"),
        (("quarter",), "Q3", "Quý III"),
        (("number",), Decimal(1250), "1.250"),
        (("percent",), Decimal("91.4"), "91,4%"),
        (("money",), Decimal(1655000000), "1,66 tỷ đồng"),
        (("short",), Decimal(1850000000), "1,85 tỷ"),
        (("short",), Decimal(2500000), "2,5 triệu"),
        (("short",), Decimal(400), "400"),
        (("date-legal",), date(2025, 7, 5), "ngày 05 tháng 7 năm 2025"),
        (("date-legal",), date(2025, 2, 10), "ngày 10 tháng 02 năm 2025"),
        (("time-full",), time(7, 30), "07 giờ 30 phút"),
        (("time-short",), time(7, 5), "7h05"),
        (("share",), Decimal("0.925"), "92,5%"),
        (("dong",), Decimal(1500000), "1.500.000 đồng"),
        (("dong-sign",), Decimal(1500000), "1.500.000 ₫"),
        (("tidy",), 'Chủ đề : "Đoàn kết - Sáng tạo"', "Chủ đề: “Đoàn kết – Sáng tạo”"),
        (("hashtag",), "Tháng Công nhân 2025", "#ThangCongNhan2025"),
        (("hashtag",), ("đoàn viên", "–", "Tết"), "#DoanVien #Tet"),
        (("words",), Decimal(1250), "một nghìn hai trăm năm mươi"),
        (("words",), Decimal(121), "một trăm hai mươi mốt"),
        (("words",), Decimal("12.5"), "mười hai phẩy năm"),
        (("dong-words",), Decimal(1655000000), "Một tỷ sáu trăm năm mươi lăm triệu đồng"),
        (("ordinal",), Decimal(1), "thứ nhất"),
        (("ordinal",), Decimal(4), "thứ tư"),
        (("ordinal",), Decimal(96), "thứ 96"),
        (("roman",), Decimal(14), "XIV"),
        (("date-words",), date(2025, 4, 15), "ngày mười lăm tháng tư năm hai nghìn không trăm hai mươi lăm"),
        (("lunar",), date(2026, 2, 17), "mùng 1 tháng Giêng"),
        (("lunar",), date(2025, 10, 6), "rằm tháng 8"),
        (("lunar",), date(2025, 8, 1), "mùng 8 tháng 6 nhuận"),
        (("lunar",), date(2026, 2, 10), "23 tháng Chạp"),
        (("lunar-year",), date(2026, 2, 16), "Ất Tỵ"),
        (("institution",), "LIÊN ĐOÀN LAO ĐỘNG HUYỆN BÌNH MẪU", "Liên đoàn Lao động huyện Bình Mẫu"),
        (("institution",), "ủy ban nhân dân xã bình mẫu, tỉnh mẫu", "Ủy ban nhân dân xã Bình Mẫu, tỉnh Mẫu"),
        (("institution",), "công đoàn xã bình mẫu khóa I", "Công đoàn xã Bình Mẫu khóa I"),
        (("slug",), "Lễ phát động: Đợt 1", "le-phat-dong-dot-1"),
    ],
)
def test_each_filter(filters: tuple[str, ...], value: Value, words: str) -> None:
    """Every filter gives the words that its name says."""
    assert words_of(value, filters) == words


def test_every_filter_is_tested() -> None:
    """A new filter cannot come without its case above."""
    cases = test_each_filter.pytestmark[0].args[1]
    assert {name for filters, *_ in cases for name in filters} == set(FILTERS)


OF_WORDS = ("hashtag", "institution", "slug", "tidy")


@pytest.mark.parametrize("name", sorted(FILTERS))
def test_a_filter_refuses_what_it_is_not_for(name: str) -> None:
    """No filter guesses: a word of the wrong type is told with the filter's name."""
    with pytest.raises(WrongValueError, match=name):
        words_of(DAY if name in OF_WORDS else "chữ", (name,))


def test_an_unknown_filter_is_named() -> None:
    """The name comes back, to be shown beside those that there are."""
    with pytest.raises(UnknownFilterError, match="ngay"):
        words_of(DAY, ("ngay",))


def test_many_values_become_one() -> None:
    """Sum and mean count figures alone; first, last and count take what is there."""
    values: list[Value] = [Decimal(3), Decimal(5), "ba"]
    made = {name: gather(values) for name, gather in GATHERERS.items()}

    assert made == {"sum": 8, "count": 3, "mean": 4, "first": 3, "last": "ba"}
    assert [GATHERERS[name]([]) for name in ("sum", "mean", "first", "last")] == [None] * 4


def test_braces_are_written_twice() -> None:
    """``{{`` and ``}}`` are braces; anything between single ones is a column with its filters."""
    parts = fill("{{a}} {b | x | y}", lambda column, filters: f"<{column}{filters}>")

    assert "".join(part.words for part in parts) == "{a} <b('x', 'y')>"
    assert [part.words for part in parts if part.given] == ["<b('x', 'y')>"]
