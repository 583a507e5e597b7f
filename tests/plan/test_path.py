"""Names of files that every system takes, whatever a row is called."""

from __future__ import annotations

import pytest
from small_project import Small

from producer.diagnostics import ProducerError

HEAD = "id,theme,day,hour,title,message,place,photo,figure,tags\n"


def paths(*ids: str) -> list[str]:
    """The paths of the jobs of rows with these ids."""
    rows = "".join(f'"{name}",,2025-07-28,07:30,Ngày hội,,Nhà văn hóa,,,\n' for name in ids)
    return [job.path for job in Small(events=HEAD + rows).road().plan.jobs]


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("CON", "tin/CON-anh.png"),
        ("con.1", "tin/_con.1-anh.png"),
        ("Nul.", "tin/_Nul.-anh.png"),
        ("com1 .x", "tin/com1-.x-anh.png"),
        ("a/b\\c:d?", "tin/a-b-c-d--anh.png"),
        ("..", "tin/-anh.png"),
        ("Ngày hội", "tin/Ngày-hội-anh.png"),
    ],
)
def test_a_row_may_be_called_as_it_likes(name: str, path: str) -> None:
    """Devices of Windows, separators and dots never become names of files; letters stay."""
    assert paths(name) == [path]


@pytest.mark.parametrize("pair", [("EV-1", "ev-1"), ("Tết", "TẾT"), ("a/b", "a:b"), ("con.1", "_con.1")])
def test_names_that_one_system_holds_for_one_are_refused(pair: tuple[str, str]) -> None:
    """Two rows whose files would lie on each other, on any system, make nothing."""
    with pytest.raises(ProducerError, match="plan/one-path"):
        paths(*pair)


def test_a_name_too_long_for_a_file_is_refused() -> None:
    """300 letters are more than file systems take, and 90 letters of three bytes each too."""
    for name in ("a" * 300, "ế" * 90):
        with pytest.raises(ProducerError, match="plan/long-name"):
            paths(name)
