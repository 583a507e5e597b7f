"""Checking and building agree on which rows stop which files."""

from pathlib import Path

import pytest
from small_project import EVENTS, TEMPLATE, Small

from producer.build.batch import Choice, State, examine
from producer.pipeline import inspect, real_stages

BAD = EVENTS.replace("Thử,,,", "Thử,,năm,")  # the figure of the second row
SUMS = "  sums: {from: events, group: {by: tags, figure: sum}}\n"
ONE_TAG = BAD.replace("#Thu", "")
CHART = TEMPLATE.replace("  sign:", "  chart: {type: chart, optional: true}\n  sign:").replace(
    "\\nsign", "\\nchart\\nsign"
)
OF_SUMS = "{chart: {rows: sums, x: tags, y: figure}}"


@pytest.mark.parametrize(
    ("small", "failed"),
    [
        (Small(events=BAD), [False, True]),
        (Small(events=BAD, take="all"), [True]),
        (Small(events=ONE_TAG, data=SUMS, template=CHART, fill=OF_SUMS), [True, True]),
    ],
    ids=["its own row", "all rows", "a group's second row"],
)
def test_a_bad_cell_stops_whatever_shows_its_row(small: Small, failed: list[bool], tmp_path: Path) -> None:
    """A cell that cannot be read is never summed silently; `check` and `build` say the same of each file."""
    road, stages = small.road(), real_stages()
    batch = examine(road, stages, tmp_path, tmp_path / "out", Choice())
    checked = [[problem.code for problem in problems] for problems in inspect(road, stages)]

    assert [item.state is State.FAILED for item in batch.items] == failed
    assert [codes == ["data/wrong-type"] for codes in checked] == failed
    assert [[p.code for p in item.problems] for item in batch.items if item.problems] == [
        c for c in checked if c
    ]
