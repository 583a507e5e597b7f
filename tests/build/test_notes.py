"""What is kept beside a project's files, and may be lost."""

from pathlib import Path

import pytest

from producer.build import key, notes
from producer.build.notes import FolderNotes


def test_a_note_stays_for_the_next_process(tmp_path: Path) -> None:
    """Under its name alone, and with lines as they were."""
    FolderNotes(tmp_path).put("a", "một\nhai")

    assert FolderNotes(tmp_path).get("a") == "một\nhai"
    assert FolderNotes(tmp_path).get("b") is None


def test_another_version_looks_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A search that was mended finds what the one before missed."""
    FolderNotes(tmp_path).put("a", "một")
    monkeypatch.setattr(notes, "engine_digest", lambda: "another")

    assert key.engine_digest() != "another"
    assert FolderNotes(tmp_path).get("a") is None


@pytest.mark.parametrize("damage", [b"", b"\xff\n", b"mot"])
def test_a_damaged_note_counts_as_not_there(tmp_path: Path, damage: bytes) -> None:
    """Cut short, altered, or no text at all."""
    FolderNotes(tmp_path).put("a", "một")
    (place,) = (place for place in tmp_path.rglob("*") if place.is_file())
    place.write_bytes(damage)

    assert FolderNotes(tmp_path).get("a") is None


def test_a_note_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    """It is found again next time."""
    (tmp_path / ".producer").write_bytes(b"a file where the folder should be")
    FolderNotes(tmp_path).put("a", "một")

    assert FolderNotes(tmp_path).get("a") is None
