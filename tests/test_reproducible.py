"""The same project makes the same bytes, wherever and by however many workers; and nothing is made twice."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from small_project import EVENTS, RECIPE
from test_family import FAMILY, build

# The second row alone has no photograph, so both drawings are there.
FILES = {
    f"tin/{row}-{channel}"
    for row in ("A1", "A2")
    for channel in ("anh.png", "giay.pdf", "trang.pptx", "phim.mp4")
}


def made(folder: Path) -> dict[str, str]:
    """The digest of every file of the output, by its path."""
    root = folder / "output" / "thu"
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def rendered(events: list[dict[str, str]]) -> set[str]:
    """The jobs that a build made anew."""
    return {event["job"] for event in events if event["event"] == "artifact" and event["status"] != "cached"}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that one worker has built."""
    folder = FAMILY.write(tmp_path_factory.mktemp("one"))
    build(folder, "-j", "1")
    return folder


def test_two_builds_are_byte_equal(first: Path, tmp_path: Path) -> None:
    """Another folder and two workers: every file and the manifest have the same bytes."""
    other = FAMILY.write(tmp_path / "a folder elsewhere")
    build(other, "-j", "2")

    assert set(made(first)) >= FILES | {"manifest.json"}
    assert made(other) == made(first)


def test_a_second_build_renders_nothing(first: Path) -> None:
    """Nothing changed, nothing is made, and the files stay."""
    before = made(first)

    assert rendered(build(first)) == set()
    assert made(first) == before


def test_a_comment_renders_nothing(first: Path) -> None:
    """What a recipe does not say does not count."""
    recipe = first / RECIPE
    recipe.write_text(recipe.read_text("utf-8") + "# một lời ghi chú\n", "utf-8")

    assert rendered(build(first)) == set()


def test_one_cell_renders_its_rows_files(first: Path) -> None:
    """A changed place makes the four files of its row and no other."""
    before = made(first)
    events = first / "assets" / "events.csv"
    events.write_text(EVENTS.replace("Sân vận động huyện Thử", "Nhà thi đấu huyện Thử"), "utf-8")

    assert rendered(build(first)) == {f"tin/A2-{channel}" for channel in ("anh", "giay", "trang", "phim")}
    changed = {path for path, digest in made(first).items() if before.get(path) != digest}
    assert {path for path in changed if path != "manifest.json" and "A2" not in path} == set()
