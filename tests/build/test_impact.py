"""What a change of the organisation touches: no product more, and none less."""

from pathlib import Path

import pytest
from small_project import RECIPE, Small, slot

from producer.build.impact import Touch, touched_by

ROWS = """\
id,title,day,station
A,Trước,2025-06-30,dai-tinh
B,Sau,2025-07-01,
C,Sau nữa,2025-08-01,bao;dai-tinh
"""
ORGANISATION = """\
profiles:
  huyen: {name: Liên đoàn Lao động huyện Thử, short: LĐLĐ huyện Thử, since: 2020-01-01, until: 2025-06-30}
  xa: {name: Công đoàn xã Thử, short: CĐ xã Thử, since: 2025-07-01}
names:
  dai-tinh: [{name: Đài Thử}]
"""
MAKES = """\
title: Thử
today: 2025-07-15
data:
  events: {file: assets/events.csv, id: id, types: {day: date, station: list}}
pieces:
  tin: {template: thu, each: events, channels: [anh]}
  tong-ket: {template: thu, all: events, channels: [anh], with: {title: Tổng kết}}
channels:
  anh: {kind: image, size: [360, 450], formats: [png]}
"""


@pytest.mark.parametrize(
    ("word", "touched"),
    [
        ("huyen", {"tin/A-anh": Touch.SIGNED}),
        ("xa", {"tin/B-anh": Touch.SIGNED, "tin/C-anh": Touch.SIGNED, "tong-ket/tong-ket-anh": Touch.SIGNED}),
        (
            "dai-tinh",
            {"tin/A-anh": Touch.NAMED, "tin/C-anh": Touch.NAMED, "tong-ket/tong-ket-anh": Touch.NAMED},
        ),
        ("bao", {}),  # nobody's word, though a cell has it
    ],
)
def test_every_product_that_says_a_name(word: str, touched: dict[str, Touch], tmp_path: Path) -> None:
    """By the day of its row, and by the words of its cells; a product of all rows by each of them."""
    small = Small(
        template=slot("text", "title", style="headline"),
        events=ROWS,
        more={RECIPE: MAKES, "brand/organisation.yaml": ORGANISATION},
    )
    (tmp_path / "thu/tin").mkdir(parents=True)
    (tmp_path / "thu/tin/A-anh.png").touch()

    found = list(touched_by(word, small.road(), tmp_path))

    assert {one.job.id: one.touch for one in found} == touched
    assert [one.job.id for one in found if one.made] == [name for name in touched if name == "tin/A-anh"]
