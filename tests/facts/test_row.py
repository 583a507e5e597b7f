"""What a row's texts say of its own columns: its years, its hours."""

from datetime import date, time
from decimal import Decimal

import fact_sentences as sentences
import pytest

from producer.data.model import Row, Value
from producer.facts.check import check_row, findings

NATIONAL, UNION = date(2025, 9, 2), date(2025, 7, 28)


def told(**values: Value) -> list[tuple[str, str]]:
    """The codes of a row's problems, each with its level."""
    row = Row("1", "a.csv", 2, tuple(values), values)
    return [(one.code, one.level.value) for one in check_row(row, sentences.known(date(2025, 6, 1)))]


@pytest.mark.parametrize(
    "text",
    [
        "Kỷ niệm {} năm Quốc khánh", "{} mùa thu Quốc khánh", "Kỷ niệm lần thứ {} Ngày Quốc khánh",
        "KỶ NIỆM {} NĂM QUỐC KHÁNH", "Mừng {} năm Quốc khánh 2/9",
    ],
)  # fmt: skip
def test_years_of_a_holiday_count_to_the_day_of_the_row(text: str) -> None:
    """80 years on 2/9/2025, and no other number."""
    assert told(title=text.format(80), start_date=NATIONAL) == []
    assert told(title=text.format(85), start_date=NATIONAL) == [("facts/wrong-years", "error")]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("{} năm", "error"), ("Kỷ niệm {} năm", "error"), ("Chào mừng {} năm!", "error"),
        ("{} năm – Vì đoàn viên", "warning"), ("{} mùa xuân", "warning"),
    ],
)  # fmt: skip
def test_years_without_a_name_are_those_of_the_row_s_occasion(text: str, level: str) -> None:
    """Where the row names a day of the calendar, a bare count of years is of that day."""
    assert told(message=text.format(96), calendar_id="union-day", start_date=UNION) == []
    assert told(message=text.format(97), calendar_id="union-day", start_date=UNION) == [
        ("facts/wrong-years", level)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Kỷ niệm 15 năm thành lập Công đoàn Công ty Mẫu", "Tuyên dương công nhân 20 năm, 25 năm gắn bó",
        "Hướng tới kỷ niệm 100 năm Ngày thành lập Công đoàn Việt Nam", "Giải việt dã mừng Quốc khánh lần thứ 5",
    ],
)  # fmt: skip
def test_years_of_something_else_are_let_be(text: str) -> None:
    """Of a company, of people, of a time to come, of a contest."""
    assert told(message=text, calendar_id="union-day", start_date=UNION) == []


def test_an_event_long_before_its_day_may_count_either_year() -> None:
    """In June both the 95 years of February and the 96 of the next are near enough; on the eve only one is."""
    party = "Kỷ niệm {} năm Ngày thành lập Đảng"

    assert [n for n in range(93, 98) if not told(title=party.format(n), start_date=date(2025, 6, 28))] == [
        95,
        96,
    ]
    assert [n for n in range(93, 98) if not told(title=party.format(n), start_date=date(2024, 12, 28))] == [
        95
    ]


def test_a_figure_of_years_is_that_of_the_occasion() -> None:
    """The large number of a poster."""
    row: dict[str, Value] = {
        "figure_label": "năm vì đoàn viên",
        "calendar_id": "union-day",
        "start_date": UNION,
    }

    assert told(figure=Decimal(96), **row) == []
    assert told(figure=Decimal(97), **row) == [("facts/wrong-years", "warning")]


HOURS: dict[str, Value] = {"start_date": date(2025, 11, 14), "start_time": time(8), "end_time": time(11)}


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Lúc 7 giờ 30, hội thao khai mạc", "warning"), ("7 giờ 30, ngày 14/11/2025", "warning"),
        ("Từ 7h30 đến 11h", "error"), ("Từ 8h00 – 11h30 ngày 14/11", "error"), ("Khai mạc lúc 7 giờ rưỡi", "error"),
        ("Khai mạc: 08:00, bế mạc: 10:30", "warning"), ("Kết thúc lúc 10 giờ 30", "warning"),
        ("Lúc 8 giờ tối", "warning"),
    ],
)  # fmt: skip
def test_an_hour_of_a_text_is_that_of_its_column(text: str, level: str) -> None:
    """Of the event itself another hour than the row's is told."""
    assert told(message=text, **HOURS) == [("facts/wrong-hour", level)]


@pytest.mark.parametrize(
    "text",
    [
        "Từ 8h đến 11h", "Khai mạc lúc 8 giờ", "Đón đại biểu từ 7h30; khai mạc 8h00", "Tập trung lúc 6 giờ 30",
        "Làm việc 8 giờ mỗi ngày", "Trong 3 giờ", "Lúc 20 giờ ngày 13/11/2025", "Tăng ca không quá 40 giờ/tháng",
        "7h00: đón khách; 7h30: văn nghệ; 8h00: khai mạc", "Tỉ số 3:15", "7h30", "Từ 8 giờ đến 11 giờ sáng",
    ],
)  # fmt: skip
def test_hours_of_something_else_are_let_be(text: str) -> None:
    """Of what goes on beside the event, of another day, of a programme, and durations."""
    assert told(message=text, **HOURS) == []


def test_an_hour_without_its_half_of_the_day_may_be_in_the_evening() -> None:
    """Half past seven is 19:30 where nothing says otherwise."""
    evening: dict[str, Value] = {"start_date": date(2025, 11, 14), "start_time": time(19, 30)}

    assert told(message="Lúc 7 giờ 30", **evening) == told(message="Lúc 7 giờ 30 tối", **evening) == []
    assert told(message="Lúc 7 giờ 30 sáng", **evening) == [("facts/wrong-hour", "warning")]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("19 giờ sáng", True), ("Sáng 14/11, lúc 14 giờ", True), ("Chiều thứ Sáu, 8 giờ 30", True),
        ("13 giờ tối", True),
        ("7 giờ sáng", False), ("8 giờ tối đa", False), ("12 giờ trưa", False), ("0 giờ đêm", False),
        ("Tối 14/11, 8 giờ", False), ("Sáng từ 7 giờ 30, chiều từ 14 giờ", False), ("14 giờ sáng tạo", False),
    ],
)  # fmt: skip
def test_an_hour_is_in_its_part_of_the_day(text: str, *, wrong: bool) -> None:
    """Nineteen hours are no morning."""
    codes = [one.code for one in findings(text, sentences.known(None), None)]

    assert codes == ["facts/odd-hour"] * wrong


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("LĐLĐ xã Bình Mẫu mời", ["facts/unknown-name"]), ("Công đoàn huyện Bình Mẫu mời", ["facts/unknown-name"]),
        ("Công đoàn xã Bình Mẫu mời", []), ("LĐLĐ tỉnh Bình Mẫu mời", []), ("Công đoàn phường Bình Mẫu mời", []),
    ],
)  # fmt: skip
def test_only_our_own_units_are_names_of_ours(text: str, codes: list[str]) -> None:
    """The province or ward of the same name is somebody else; a head that none of our units had is told."""
    assert [one.code for one in findings(text, sentences.known(None), None)] == codes


def test_a_name_is_that_of_the_day_of_the_row() -> None:
    """Until the end of June 2025 the district's union, then the commune's."""
    assert told(title="LĐLĐ huyện Bình Mẫu mời", day=date(2025, 8, 5)) == [("facts/outdated-name", "warning")]
    assert told(title="LĐLĐ huyện Bình Mẫu mời", day=date(2025, 6, 5)) == []
