"""What a build does where the machine fails it, and with what other people put into its folders."""

import errno
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from toy import Toy, surroundings

from producer.build import lock
from producer.build.batch import Choice, State
from producer.build.history import read_history
from producer.build.journal import Journal
from producer.build.lock import alone
from producer.build.lost import StoreLostError
from producer.build.manifest import Listed
from producer.build.receipt import from_json
from producer.build.run import Means, run


def test_a_file_altered_by_hand_is_kept(toy: Toy) -> None:
    """What somebody drew into an output is renamed and told, never overwritten; a second build leaves it alone."""
    toy.build()
    mine = toy.root / "output/thu/poster/EV-1-png.png"
    mine.write_bytes(b"drawn by hand")

    toy.build()

    (aside,) = toy.heard.aside
    assert (toy.root / "output/thu" / aside).read_bytes() == b"drawn by hand"
    assert mine.read_bytes() != b"drawn by hand"
    toy.build()
    assert toy.heard.aside == []
    assert (toy.root / "output/thu" / aside).exists()


def test_our_own_files_are_overwritten_without_a_store(toy: Toy) -> None:
    """Files that the manifest lists are ours, though nobody remembers making them."""
    toy.build()
    shutil.rmtree(toy.root / ".producer")
    toy.rows(EV_1="một khác", EV_2="hai", EV_3="ba")

    toy.build()

    assert toy.heard.aside == []


@pytest.mark.parametrize("fault", ["die-always", "bug"])
def test_a_machines_fault_takes_no_true_file(toy: Toy, fault: str) -> None:
    """Where nothing that people wrote has changed, the file of before stays, and stays listed."""
    toy.build()
    before = toy.tree()
    (toy.log / "fail-with").write_text(fault)

    assert set(toy.build(Choice(force=True)).values()) == {"failed"}

    assert toy.tree() == before


def test_a_machines_fault_keeps_no_untrue_file(toy: Toy) -> None:
    """Where the row has changed, the file of before says what is no longer true, whoever is to blame."""
    toy.build()
    toy.rows(EV_1="bug", EV_2="hai", EV_3="ba")

    toy.build()

    assert not (toy.root / "output/thu/poster/EV-1-png.png").exists()


def ended() -> int:
    """The number of a process that is no more."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


def test_what_a_killed_build_put_out_is_known(toy: Toy) -> None:
    """A file that was put out before the manifest was written goes when its row does."""
    toy.build()
    (toy.root / "output/thu/manifest.json").unlink()  # as a first build, killed at its end, leaves it
    journal = Journal(toy.root, "thu", ended())
    for path, data in toy.tree("output/thu").items():
        journal.note([Listed(path.removesuffix(".png"), path, hashlib.sha256(data).hexdigest())])
    toy.rows(EV_1="một", EV_2="hai")

    toy.build()

    assert not (toy.root / "output/thu/poster/EV-3-png.png").exists()
    assert journal.read() == ()


def test_a_running_builds_journal_is_its_own(toy: Toy) -> None:
    """Another build of the recipe that ends meanwhile neither takes it over nor clears it."""
    journal = Journal(toy.root, "thu", os.getppid())
    noted = Listed("poster/EV-9", "poster/EV-9-png.png", "0" * 64)
    journal.note([noted])

    toy.build()

    assert journal.read() == (noted,)
    assert Journal(toy.root, "thu").read() == ()


def test_a_folder_that_cannot_be_locked_is_told(toy: Toy, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some network folders have no locks: what they say is the folder's fault, not ours."""

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(lock, "_lock", refuse)
    with pytest.raises(StoreLostError, match=r"thu\.lock"):
        toy.build()


def test_builds_side_by_side_remember_each_other(toy: Toy) -> None:
    """The note of a build that ended meanwhile stays, though ours began before it."""
    ours = toy.batch(Choice(only="EV-1"))
    toy.build(Choice(only="EV-2"))

    run(ours, Means(1, "fake_stages:stages"), toy.heard)

    assert set(read_history(toy.root, "thu").jobs) == {"poster/EV-1-png", "poster/EV-2-png"}


def test_two_builds_that_end_together_write_down_one_after_the_other(tmp_path: Path) -> None:
    """Who comes second waits, even where the first ends in an error; another recipe's build does not wait."""
    order: list[str] = []

    def second() -> None:
        with alone(tmp_path, "thu"):
            order.append("second")

    waiting = threading.Thread(target=second)
    with suppress(ValueError), alone(tmp_path, "thu"):
        waiting.start()
        with alone(tmp_path, "khac"):
            waiting.join(0.3)
        order.append("first")
        raise ValueError
    waiting.join(10)

    assert order == ["first", "second"]


MAIN = """
import sys
from pathlib import Path
from toy import Toy
if __name__ == "__main__":
    Toy(Path(sys.argv[1]), Path(sys.argv[2])).build()
"""


@pytest.mark.skipif(not Path("/proc").exists(), reason="asks /proc who lives")
def test_workers_end_with_the_main_process(toy: Toy, tmp_path: Path) -> None:
    """After kill -9 of the main process nobody goes on to a file that nobody waits for."""
    toy.rows(EV_1="sleep")
    program = tmp_path / "main.py"
    program.write_text(MAIN)
    call = [sys.executable, str(program), str(toy.root), str(toy.log)]
    main = subprocess.Popen(call, env=surroundings())
    wait_until(lambda: bool(list(toy.log.glob("asleep-*"))))
    (worker,) = (int(path.name.removeprefix("asleep-")) for path in toy.log.glob("asleep-*"))

    main.kill()
    main.wait()

    wait_until(lambda: not alive(worker))


@pytest.mark.skipif(not Path("/proc").exists(), reason="asks /proc what a process hears")
def test_workers_never_hear_ctrl_c(toy: Toy, tmp_path: Path) -> None:
    """The terminal sends it to all: a worker that is still loading would end with a traceback."""
    toy.rows(EV_1="sleep")
    program = tmp_path / "main.py"
    program.write_text(MAIN)
    with subprocess.Popen([sys.executable, program, toy.root, toy.log], env=surroundings()) as main:
        wait_until(lambda: bool(list(toy.log.glob("asleep-*"))))
        (worker,) = (path.name.removeprefix("asleep-") for path in toy.log.glob("asleep-*"))

        assert hears_interrupt(str(main.pid))
        assert not hears_interrupt(worker)
        main.kill()


def hears_interrupt(process: str) -> bool:
    """Whether SIGINT is let through to a process."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    blocked = next(int(line.split()[1], 16) for line in lines if line.startswith("SigBlk:"))
    return not blocked & 1 << signal.SIGINT - 1


def wait_until(holds: Callable[[], bool], seconds: float = 20.0) -> None:
    """Fail where something does not come about in time."""
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.05)


def alive(process: int) -> bool:
    """Whether a process runs; one that ended and that nobody has asked for does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize(
    "harm", [b'{"recipe": 1, "jobs": [1]}', b'{"recipe": "r", "jobs": {"a": {"key": 1}}}', b"[]"]
)
def test_a_strange_note_is_no_note(toy: Toy, harm: bytes) -> None:
    """A note of other types than ours is as if it were not there."""
    toy.build()
    (toy.root / ".producer/last/thu.json").write_bytes(harm)

    assert read_history(toy.root, "thu").jobs == {}
    assert set(toy.build().values()) == {"cached"}


HARMS = [
    b"",
    b"\xff\xfe",
    b"[" * 100_000,
    b"null",
    b'{"version": 1, "files": [1]}',
    b'{"version": 1, "files": [{"job": ["a"], "path": "a", "sha256": "b"}]}',
    b'{"version": 1, "files": [{"job": "a", "path": "a", "sha256": ["b"]}]}',
    b'{"version": 1, "files": [{"job": null, "path": "a", "sha256": "b"}]}',
    b'{"version": 1, "files": [{"job": "a", "path": "../../a", "sha256": "b"}]}',
    b'{"version": 1, "recipe": "\\ud800", "files": [{"job": "a", "path": "\\ud800", "sha256": "b"}]}',
    b'{"version": 1, "recipe": {}, "files": {"a": 1}}',
]


def test_a_strange_file_of_ours_is_as_if_it_were_not_there(toy: Toy) -> None:
    """Manifest, note, journal and receipts that somebody cut short or wrote over stop nothing and name nothing."""
    toy.build()
    whole = toy.tree()["thu/manifest.json"]
    places = [toy.root / "output/thu/manifest.json", toy.root / ".producer/last/thu.json"]
    places += [toy.root / ".producer/last" / f"thu.{ended()}.journal"]
    places += [path for path in (toy.root / ".producer/ac").rglob("*") if path.is_file()]
    for harm in HARMS:
        for place in places:
            place.write_bytes(harm)
        assert toy.batch().count(State.STALE) == 3, harm

    assert set(toy.build().values()) == {"made"}
    assert toy.tree()["thu/manifest.json"] == whole


def test_an_altered_receipt_is_none(toy: Toy) -> None:
    """A receipt whose words were changed is made anew: what it says goes into the manifest."""
    toy.build()
    for place in (toy.root / ".producer/ac").rglob("*"):
        if place.is_file():
            place.write_bytes(place.read_bytes().replace(b'"pages": 1', b'"pages": 7'))
            with pytest.raises(ValueError, match="damaged"):
                from_json(place.read_bytes())

    assert set(toy.build().values()) == {"made"}


def put_in_place_of(place: Path, kind: str) -> None:
    """Put a folder with something in it, a file, or a link to nowhere where something else was."""
    if place.is_dir():
        shutil.rmtree(place)
    else:
        place.unlink()
    if kind == "folder":
        (place / "deeper").mkdir(parents=True)
    elif kind == "file":
        place.write_text("x")
    else:
        place.symlink_to("/nowhere/at/all")


@pytest.mark.parametrize("kind", ["folder", "file", "link"])
@pytest.mark.parametrize("harmed", ["ac/*/*", "cas/*/*", "ac/*", "cas/*", "ac", "cas", "last", "last/*.json"])
def test_a_store_that_is_out_of_order_heals(toy: Toy, harmed: str, kind: str) -> None:
    """Whatever stands in the place of what the store keeps is thrown away, and made again."""
    toy.build()
    for place in (toy.root / ".producer").glob(harmed):
        put_in_place_of(place, kind)
    toy.rows(EV_1="một", EV_2="hai", EV_3="ba bốn")

    assert "failed" not in toy.build().values()

    assert set(toy.build().values()) == {"cached"}
    assert len(read_history(toy.root, "thu").jobs) == 3


@pytest.mark.parametrize("kind", ["folder", "link"])
def test_a_folder_in_the_place_of_a_file_is_kept(toy: Toy, kind: str) -> None:
    """It may be somebody's work: it is renamed and told, and the file is made."""
    place = toy.root / "output/thu/poster/EV-1-png.png"
    toy.build()
    put_in_place_of(place, kind)

    assert "failed" not in toy.build().values()

    (aside,) = toy.heard.aside
    assert os.path.lexists(toy.root / "output/thu" / aside)
    assert place.is_file()
