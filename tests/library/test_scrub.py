import json
import os
import random
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

import judge
import pytest
from test_archive import RECIPE
from test_ocfl import OLD, archive_at, deposit, flip
from toy import Toy

from producer.library.ocfl_layout import folder_of
from producer.library.scrub import SAVED, Checked, Count, Fault, Found, late, scrub

NOW = datetime(2025, 11, 3, 2, tzinfo=timezone(timedelta(hours=7)))
ALL = (1, 1)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An archive of twenty objects, some of two versions."""
    archive = archive_at(tmp_path / "kho")
    for number in range(20):
        name = f"urn:x-producer:thu/poster/EV-{number}"
        archive.put(deposit(name, f"một {number}"))
        if number % 3 == 0:
            archive.put(deposit(name, f"hai {number}"))
    return tmp_path / "kho"


def scrubbed(root: Path, part: tuple[int, int] = ALL, now: datetime = NOW) -> list[Found]:
    """What a run finds."""
    checked = Checked.read(root.parent / "checked.json")
    return list(scrub(archive_at(root), checked, now, part, Count()))


def contents(root: Path) -> list[Path]:
    """Every content of an archive."""
    return sorted(path for path in root.rglob("content/**/*") if path.is_file())


def test_a_sound_archive_has_no_faults(root: Path) -> None:
    """No false alarm, and every file is counted."""
    count = Count()
    assert list(scrub(archive_at(root), Checked(root.parent / "c.json"), NOW, ALL, count)) == []
    assert (count.objects, count.files) == (20, len(contents(root)))
    assert count.size == sum(path.stat().st_size for path in contents(root))


def test_every_flipped_bit_is_found(root: Path) -> None:
    """One bit in each of forty files: all forty are told, and nothing else."""
    chosen = random.Random(7).sample(contents(root), 40)
    for place in chosen:
        flip(place)
    found = scrubbed(root)
    assert {root / one.path for one in found} == set(chosen)
    assert {one.fault for one in found} == {Fault.ALTERED}


def test_a_shallow_look_would_find_none_of_them(root: Path) -> None:
    """The control: names, sizes and inventories are all as they were."""
    for place in contents(root):
        flip(place)
    assert all(judge.is_valid(folder, digests=False) for folder in judge.objects_of(root))
    assert len(scrubbed(root)) == len(contents(root))


def test_other_faults_have_names_of_their_own(root: Path) -> None:
    """Missing, strange, a damaged inventory, a lost declaration: each is told for what it is."""
    folder = root / folder_of(OLD)  # of two versions? it is the second object
    first, *_ = contents(folder)
    first.unlink()
    (folder / "v1/content/moi.txt").write_text("somebody's")
    (folder / "0=ocfl_object_1.1").unlink()
    other = root / folder_of("urn:x-producer:thu/poster/EV-3")
    (other / "v1/inventory.json").write_bytes(b"rot")
    third = root / folder_of("urn:x-producer:thu/poster/EV-4")
    for place in third.rglob("inventory.json"):
        place.write_bytes(b"rot")
    faults = {(one.path.removeprefix(f"{root}/").split("/", 2)[1][-4:], one.fault) for one in scrubbed(root)}
    assert faults == {
        ("EV-1", Fault.MISSING),
        ("EV-1", Fault.UNKNOWN),
        ("EV-3", Fault.ALTERED),
        ("EV-4", Fault.INVENTORY),
    }
    assert [one.path[-18:] for one in scrubbed(root) if one.fault is Fault.MISSING] != []


@pytest.mark.parametrize("where", ["shelf", "object", "file"])
def test_what_cannot_be_read_fails_the_scrub(where: str, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that the system does not let us into is no empty folder: it is told, and counts as not checked."""
    folder = root / folder_of(OLD)
    closed = {"shelf": folder.parent, "object": folder / "v1" / "content" / "master", "file": folder}[where]
    real, real_digest = os.scandir, type(archive_at(root)).digest

    def scandir(path: object) -> object:
        if where != "file" and Path(os.fspath(path)) == closed:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    def digest(self: object, path: str) -> str:
        if where == "file" and "EV-1/" in path:
            raise OSError(5, "Input/output error", path)
        return real_digest(self, path)

    monkeypatch.setattr(os, "scandir", scandir)
    monkeypatch.setattr("producer.library.ocfl.Archive.digest", digest)
    found = scrubbed(root)
    assert {one.fault for one in found} == {Fault.UNREADABLE}
    assert folder_of(OLD) not in Checked.read(root.parent / "checked.json").at


def test_swallowed_errors_would_hide_a_closed_folder(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: listed as `os.walk` does by itself, a closed folder is no more than missing files."""
    closed = root / folder_of(OLD) / "v1" / "content" / "master"
    real = os.scandir

    def scandir(path: object) -> object:
        if Path(os.fspath(path)) == closed:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    monkeypatch.setattr("producer.library.local.raise_error", lambda _error: None)
    assert {one.fault for one in scrubbed(root)} == {Fault.MISSING}


def test_a_slice_a_night_reads_everything_once(root: Path) -> None:
    """Ten nights of a tenth read twenty objects, each once; the eleventh begins with those read longest ago."""
    nights = []
    for night in range(11):
        scrubbed(root, (1, 10), NOW + timedelta(days=night))
        at = Checked.read(root.parent / "checked.json").at
        last = (NOW + timedelta(days=night)).isoformat()
        nights.append({folder for folder, time in at.items() if time == last})
    assert [len(night) for night in nights] == [2] * 11
    assert len(set.union(*nights[:10])) == 20
    assert nights[10] == nights[0]


def test_a_run_that_was_stopped_is_not_begun_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was read stays read: the next run begins behind it."""
    monkeypatch.setattr("producer.library.scrub.SAVED", 1)
    assert SAVED > 1
    read: list[str] = []
    real = type(archive_at(root)).digest

    def digest(self: object, path: str) -> str:
        read.append(path)
        if len(read) == 30:
            raise KeyboardInterrupt
        return real(self, path)

    monkeypatch.setattr("producer.library.ocfl.Archive.digest", digest)
    with pytest.raises(KeyboardInterrupt):
        scrubbed(root)
    done = set(Checked.read(root.parent / "checked.json").at)
    assert 5 < len(done) < 20
    read.clear()
    read += [""] * 40
    scrubbed(root, (1, 4))
    assert not any(path.startswith(tuple(done)) for path in read if path)


def test_a_torn_note_means_that_all_is_read_again(root: Path) -> None:
    """Nothing is taken for read because of a note that cannot be read."""
    scrubbed(root)
    (root.parent / "checked.json").write_text('{"a": "no time"}')
    assert Checked.read(root.parent / "checked.json").at == {}
    assert len(late(archive_at(root), Checked(root.parent / "x"), NOW)) == 20


def test_what_nobody_has_read_for_long_is_late(root: Path) -> None:
    """After 100 days a file that was not read again is told."""
    scrubbed(root)
    checked = Checked.read(root.parent / "checked.json")
    assert late(archive_at(root), checked, NOW + timedelta(days=100)) == ()
    assert len(late(archive_at(root), checked, NOW + timedelta(days=101))) == 20


def test_the_command_sets_aside_and_removes_nothing(toy: Toy, producer: Callable) -> None:
    """A damaged file is told, copied aside once, and stays where it is; a sound archive ends with 0."""
    producer("archive", RECIPE)
    assert producer("library", "scrub").code == 0
    (place,) = (toy.root / "library").glob("*/*EV-1/v1/content/master/*.png")
    flip(place)
    damaged = place.read_bytes()
    said = producer("library", "scrub", "--json")
    assert said.code == 1
    assert [event["event"] for event in said.events] == ["fault", "summary"]
    assert "error[library/altered]" in said.err
    producer("library", "scrub")
    aside = [path for path in (toy.root / "library.work/quarantine").rglob("*") if path.is_file()]
    assert [path.read_bytes() for path in aside] == [damaged]
    assert place.read_bytes() == damaged
    assert json.loads((toy.root / "library.work/checked.json").read_text())


@pytest.mark.parametrize("part", ["0/9", "10/9", "a", "1/0"])
def test_a_slice_is_a_part(part: str, toy: Toy, producer: Callable) -> None:  # noqa: ARG001 - the project
    """What is no part is refused."""
    assert producer("library", "scrub", "--slice", part).code == 2


def test_a_slice_tells_what_waits(producer: Callable) -> None:
    """A slice says how many objects nobody has ever read."""
    producer("archive", RECIPE)
    said = producer("library", "scrub", "--slice", "1/3")
    assert said.code == 0
    assert "warning[library/late]" in said.err


@pytest.mark.parametrize("language", ["vi", "en"])
def test_each_fault_has_its_words(
    language: str, toy: Toy, producer: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Missing, strange and unreadable are told in both languages, each with its place."""
    producer("archive", RECIPE)
    (one,) = (toy.root / "library").glob("*/*EV-1")
    (one / "v1/content/README.txt").unlink()
    (one / "v1/content/moi.txt").write_text("somebody's")
    (other,) = (toy.root / "library").glob("*/*EV-2")
    real = os.scandir

    def scandir(path: object) -> object:
        if Path(os.fspath(path)) == other:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    said = producer("library", "scrub", "--lang", language)
    assert said.code == 1
    for code in ("library/missing", "library/unknown-file", "library/unreadable"):
        assert f"[{code}]" in said.err
    assert "EV-1/v1/content/moi.txt" in said.err
    assert ("Permission denied" in said.err) == (
        language == "en"
    )  # the system's words are put into Vietnamese
