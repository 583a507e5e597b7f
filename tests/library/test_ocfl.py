import errno
import os
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable
from itertools import count
from pathlib import Path

import judge
import pytest
from failing_disk import Disk, KilledError, failing, points

from producer.build.store import DamagedError
from producer.library.local import STAGING, LocalStore
from producer.library.ocfl import Archive, Content, DamagedObjectError, Deposit, NoArchiveError
from producer.library.ocfl_layout import ascii_name, check_names, folder_of

OLD, NEW = "urn:x-producer:thu/poster/EV-1", "urn:x-producer:thu/poster/EV-2"
TIME = "2025-11-03T08:00:00+07:00"
SAME = b"\x89PNG the same \x00" * 99


def deposit(name: str, word: str, *, beside: str = "", created: str = TIME) -> Deposit:
    """An object that says a word; a file of it is the same whatever the word."""
    files = {
        "master/poster.png": Content(SAME),
        "metadata/asset.json": Content(f'{{"word": "{word}"}}'.encode()),
        "source/recipe.yaml": Content(f"{word} {beside}".encode()),
    }
    return Deposit(name, files, f"Lưu {word}", created, beside=lambda path: bool(beside) and "source" in path)


def archive_at(root: Path) -> Archive:
    """An archive in a folder."""
    return Archive(LocalStore(root))


def put(root: Path, name: str, word: str) -> str | None:
    """Let an object say a word."""
    return archive_at(root).put(deposit(name, word))


@pytest.fixture
def make(tmp_path: Path) -> Callable[[], Path]:
    """Make an archive with one object, each time in a new folder."""
    start = tmp_path / "start"
    put(start, OLD, "một")
    numbers = count(1)

    def anew() -> Path:
        folder = tmp_path / str(next(numbers))
        folder.mkdir()
        shutil.copytree(start, folder / "kho")
        return folder / "kho"

    return anew


def head(root: Path, name: str) -> str:
    """The newest version of an object, or nothing."""
    found = archive_at(root).inventory_at(folder_of(name))
    return found.head if found else ""


def test_an_object_is_what_others_call_one(tmp_path: Path) -> None:
    """`ocfl-py` and the tools of any system take root and objects for sound, and a second version adds only news."""
    root = tmp_path / "kho"
    assert [put(root, OLD, "một"), put(root, OLD, "hai"), put(root, NEW, "ba")] == ["v1", "v2", "v1"]

    assert judge.root_is_valid(root)
    for folder in judge.objects_of(root):
        assert judge.coreutils_agree(folder, tmp_path / "list")
    second = root / folder_of(OLD) / "v2" / "content"
    assert sorted(path.name for path in second.rglob("*.*")) == ["asset.json", "recipe.yaml"]
    assert list((tmp_path / "kho.work" / STAGING).iterdir()) == []


def test_the_judges_can_say_no(tmp_path: Path) -> None:
    """A flipped bit is found by both judges with digests, and by neither without: that check proves nothing."""
    root = tmp_path / "kho"
    put(root, OLD, "một")
    folder = root / folder_of(OLD)
    flip(folder / "v1" / "content" / "master" / "poster.png")

    assert not judge.is_valid(folder)
    assert not judge.root_is_valid(root)
    assert not judge.coreutils_agree(folder, tmp_path / "list")
    assert judge.is_valid(folder, digests=False)


def flip(place: Path) -> None:
    """Turn one bit of a file."""
    data = bytearray(place.read_bytes())
    data[len(data) // 2] ^= 1
    place.write_bytes(data)


def test_the_same_state_is_no_new_version(tmp_path: Path) -> None:
    """Ten times the same is one version, and not a byte is written after the first."""
    root = tmp_path / "kho"
    put(root, OLD, "một")
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*")}
    assert [put(root, OLD, "một") for _ in range(9)] == [None] * 9
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*")} == before


def test_what_lies_beside_makes_no_version_of_its_own(tmp_path: Path) -> None:
    """A comment in the recipe is no news; it comes along with what is."""
    archive = archive_at(tmp_path / "kho")
    archive.put(deposit(OLD, "một", beside="# cũ"))
    assert archive.put(deposit(OLD, "một", beside="# mới")) is None
    assert archive.put(deposit(OLD, "hai", beside="# mới")) == "v2"
    with archive.open(archive.inventory(OLD), "source/recipe.yaml") as file:
        assert file.read() == "hai # mới".encode()


def test_a_clock_that_goes_back_does_not_turn_versions_around(tmp_path: Path) -> None:
    """A version is never older than the one before it."""
    archive = archive_at(tmp_path / "kho")
    archive.put(deposit(OLD, "một"))
    archive.put(deposit(OLD, "hai", created="2019-01-01T00:00:00+00:00"))
    assert [version.created for version in archive.inventory(OLD).versions] == [TIME, TIME]


def test_a_rotten_file_is_not_used_again(tmp_path: Path) -> None:
    """Bytes that an older version lost are written anew where somebody brings them, and the object gives them back."""
    archive = archive_at(tmp_path / "kho")
    archive.put(deposit(OLD, "một"))
    flip(tmp_path / "kho" / folder_of(OLD) / "v1/content/master/poster.png")
    archive.put(deposit(OLD, "hai"))

    inventory = archive.inventory(OLD)
    assert len(inventory.places("master/poster.png")) == 2
    with archive.open(inventory, "master/poster.png") as file:
        assert file.read() == SAME


def test_a_file_that_is_not_what_it_must_be_is_not_archived(tmp_path: Path) -> None:
    """The store's digest is asked for while a file is copied; nothing of the object is there afterwards."""
    wrong = Deposit(OLD, {"master/a.png": Content(b"x", sha256="0" * 64)}, "", TIME)
    with pytest.raises(DamagedError):
        archive_at(tmp_path / "kho").put(wrong)
    assert judge.objects_of(tmp_path / "kho") == []


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path) -> None:
    """Nothing is written beside somebody's own files."""
    (tmp_path / "kho").mkdir()
    (tmp_path / "kho" / "thu.docx").write_bytes(b"mine")
    with pytest.raises(NoArchiveError):
        put(tmp_path / "kho", OLD, "một")
    assert [path.name for path in (tmp_path / "kho").iterdir()] == ["thu.docx"]


@pytest.mark.parametrize("names", [("a", "A"), ("ảnh.png",), ("a/../b",), ("a/b.",)])
def test_names_that_no_share_takes_are_refused(names: tuple[str, ...]) -> None:
    """Names that are one on a share, or that change their letters there, never lie in an object."""
    with pytest.raises(ValueError, match="file"):
        check_names(names)


def test_names_are_made_of_what_people_wrote() -> None:
    """Vietnamese names lose their marks and stay readable."""
    assert ascii_name("assets/Ảnh đại hội (1).JPG") == "assets/Anh-dai-hoi--1-.JPG"


# -- faults -------------------------------------------------------------------------------------------------------


def violations(root: Path, name: str, before: str, wanted: str, *, ended_well: bool) -> list[str]:
    """Recover as the next run does, and tell everything that is not as promised."""
    told = []
    archive = archive_at(root)
    with archive.store.alone():
        archive.make()
        found = {each: archive.recover(each) for each in (OLD, NEW, FIRST)}
    is_head = found[name].head if found[name] else ""
    if is_head not in (before, wanted):
        told.append(f"half visible: {is_head}")
    if ended_well and is_head != wanted:
        told.append("said that it was done")
    told += [f"invalid: {folder}" for folder in judge.invalid(root)]
    told += [f"left over: {path}" for path in (root.with_name("kho.work") / STAGING).iterdir()]
    if put(root, name, "hai") not in (wanted, None) or head(root, name) != wanted or judge.invalid(root):
        told.append("the next run did not get there")
    return told


FIRST = "urn:x-producer:thu/poster/EV-3"  # of an archive that is not there yet
CASES = [(NEW, "", "v1"), (OLD, "v1", "v2"), (FIRST, "", "v1")]


@pytest.mark.parametrize(("name", "before", "wanted"), CASES)
@pytest.mark.parametrize("error", [0, errno.ENOSPC, errno.EIO], ids=["killed", "full", "broken"])
def test_a_failure_at_any_call_leaves_the_old_or_the_new(
    name: str, before: str, wanted: str, error: int, make: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed, full or broken at any call of the system: every object is sound, old or new; the next run gets there."""
    seen, wrong = 0, []

    def start() -> Path:
        root = make()
        if name == FIRST:
            shutil.rmtree(root)
        return root

    for root, raised, at in points(lambda root: put(root, name, "hai"), monkeypatch, start, error):
        seen += 1
        wrong += [
            f"{at}: {told}" for told in violations(root, name, before, wanted, ended_well=raised is None)
        ]
        assert raised is None or isinstance(raised, KilledError if not error else OSError)
    assert wrong == []
    assert seen >= 50  # of each of nine kinds


def test_without_recovery_a_kill_is_seen(make: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: where nobody goes on after a kill, the same judge finds broken objects."""
    broken = [
        at
        for root, _, at in points(lambda root: put(root, OLD, "hai"), monkeypatch, make)
        if judge.invalid(root)
    ]
    assert len(broken) >= 3


@pytest.mark.parametrize("name", [NEW, OLD])
def test_nothing_gets_its_name_before_it_is_on_the_disk(
    name: str, make: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No file is renamed before it and the folders above it are synced, and every new name is synced too."""
    root = make()
    with failing(Disk(root.parent), monkeypatch) as disk:
        put(root, name, "hai")
    work = str(root.with_name("kho.work"))
    assert disk.unordered == []
    assert [path for path in disk.dirty if not path.startswith(work)] == []


def test_a_rename_before_its_sync_is_seen(make: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: a writer that does not sync is found out."""
    root = make()
    monkeypatch.setattr("producer.library.local.sync_tree", lambda _folder: None)
    with failing(Disk(root.parent), monkeypatch) as disk:
        put(root, NEW, "hai")
    assert disk.unordered != []


def test_a_sync_that_failed_is_not_asked_again(make: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a failed sync the object is given up: the call after it is no second sync of the same file."""
    root = make()
    asked: list[int] = []

    def fail(file: int) -> None:
        asked.append(file)
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="Input/output"):
        archive_at(root).put(deposit(NEW, "hai"))
    assert len(asked) == 1


def test_half_an_inventory_is_no_inventory(make: Callable) -> None:
    """An object's own inventory that is torn is taken from its newest version; torn in both, nothing is guessed."""
    root = make()
    folder = root / folder_of(OLD)
    (folder / "inventory.json").write_bytes(b"{")
    assert head(root, OLD) == "v1"
    assert put(root, OLD, "một") is None
    assert judge.is_valid(folder)
    (folder / "inventory.json").write_bytes(b"{")
    (folder / "v1" / "inventory.json").write_bytes(b"{")
    with pytest.raises(DamagedObjectError):
        put(root, OLD, "hai")


WRITER = """
    import sys
    from pathlib import Path
    from producer.library.local import LocalStore
    from producer.library.ocfl import Archive, Content, Deposit
    who, times = sys.argv[2], int(sys.argv[3])
    for turn in range(times):
        name = f"urn:x-producer:thu/poster/EV-{turn % 4}" if turn % 2 else f"urn:x-producer:thu/{who}/EV-{turn % 3}"
        data = Content(f"{who} {turn}".encode())
        Archive(LocalStore(Path(sys.argv[1]))).put(Deposit(name, {"a.txt": data}, "", "2025-11-03T08:00:00+07:00"))
"""


@pytest.mark.parametrize(
    ("writers", "turns"), [(3, 6), pytest.param(8, 25, marks=pytest.mark.long)], ids=["few", "many"]
)
def test_many_writers_at_once(writers: int, turns: int, tmp_path: Path) -> None:
    """All write to one new archive, to objects of their own and to shared ones: none is lost, and no version."""
    code = textwrap.dedent(WRITER)
    started = [
        subprocess.Popen([sys.executable, "-c", code, tmp_path / "kho", f"w{each}", str(turns)])
        for each in range(writers)
    ]
    assert [process.wait() for process in started] == [0] * writers
    archive = archive_at(tmp_path / "kho")
    inventories = [archive.inventory_at(folder) for folder in archive.objects()]
    assert sum(len(inventory.versions) for inventory in inventories) == writers * turns
    assert judge.root_is_valid(tmp_path / "kho")
