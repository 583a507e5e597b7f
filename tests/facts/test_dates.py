"""Dates of a row's texts: weekdays in every short form, days that there are not, and those of the moon."""

from datetime import date

import fact_sentences as sentences
import pytest

from producer.diagnostics import Level
from producer.facts.check import findings

ROW = date(2025, 11, 14)  # a Friday


def codes(text: str) -> list[str]:
    """The codes that stop a row of that day."""
    found = findings(text, sentences.known(None), ROW)
    return [one.code for one in found if one.level is Level.ERROR]


WEEKDAYS = [
    "{}, 14/11/2025", "{},14/11/2025", "{} 14/11", "{}, 14.11.2025", "{} ngày 14 tháng 11", "{} (14-11)", "{} 14.11",
    "{} – 14/11", "Sáng {} 14/11", "8h00 {}, 14/11", "14/11 ({})", "14-11-2025 ({})", "Ngày 14/11/2025, {}",
    "{}, 14 / 11 / 2025", "{}, 14/11/25", "{} NGÀY 14 THÁNG 11 NĂM 2025",
]  # fmt: skip


@pytest.mark.parametrize("form", WEEKDAYS)
def test_a_weekday_beside_its_date_is_judged(form: str) -> None:
    """Whatever the form, the right weekday passes and the wrong one is told."""
    right = ["Thứ 6", "T6", "Thứ Sáu", "thứ sáu", "THỨ SÁU"]
    wrong = ["Thứ 5", "T5", "T.5", "CN", "Thứ Năm", "thứ năm", "chủ nhật", "THỨ NĂM"]

    assert [day for day in right if codes(form.format(day))] == []
    assert [day for day in wrong if codes(form.format(day)) != ["facts/wrong-weekday"]] == []


@pytest.mark.parametrize(
    "text",
    [
        "Thứ Hai, 8-11 giờ, tại sân", "Họp thứ Ba 2-3 tổ", "Thứ nhất, nộp đơn trước 15/11/2025, thứ hai, nộp ảnh",
        "Ca 3, 14/11/2025", "Sản phẩm thứ bảy ra lò 14/11",
    ],
)  # fmt: skip
def test_what_is_no_weekday_is_let_be(text: str) -> None:
    """Ordinals, hours and shifts have a number or a word in common with weekdays, and nothing else."""
    assert codes(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "31/6/2025", "29/2/2025", "Ngày 31 tháng 9", "31/9", "Hạn nộp: 31/6", "Các ngày 29, 30, 31/6", "Thứ Hai 31/6",
        "Diễn ra 31/9 tại hội trường", "Ngày 45/5", "NGÀY 31 THÁNG 9", "Từ 28/2 đến 30/2", "30.2.2025",
    ],
)  # fmt: skip
def test_a_day_that_there_is_not(text: str) -> None:
    """No month has it."""
    assert set(codes(text)) == {"facts/no-such-date"}


@pytest.mark.parametrize(
    "text",
    ["Số 31/4 đường Mẫu", "Đạt 31/4 chỉ tiêu", "Ngày 30 tháng 2 âm lịch", "Ngày 29/2/2024", "31/4 Phố Mẫu"],
)
def test_what_is_no_date_is_let_be(text: str) -> None:
    """Houses, shares and days of the moon."""
    assert codes(text) == []


RANGES = [
    "Từ 14/2/2026 đến 22/2/2026, tức từ 27 tháng Chạp năm Ất Tỵ đến mồng {} tháng Giêng năm Bính Ngọ",
    "Từ 27 tháng Chạp đến hết mùng {} tháng Giêng (14/2 – 22/2/2026)", "Từ 27 Tết đến mùng {} Tết (14/2 – 22/2/2026)",
    "Nghỉ từ 14 đến 22/2/2026, nhằm 27 tháng Chạp đến mùng {} tháng Giêng",
    "14/2/2026 – 22/2/2026 (27/12 – {}/1 âm lịch)",
    "Từ 14/2/2026 (27 tháng Chạp) đến 22/2/2026 (mồng {} tháng Giêng)",
]  # fmt: skip


@pytest.mark.parametrize("form", RANGES)
def test_a_lunar_range_is_paired_with_its_solar_one(form: str) -> None:
    """The first with the first, the last with the last."""
    assert codes(form.format(6)) == []
    assert codes(form.format(7)) == ["facts/wrong-lunar"]
