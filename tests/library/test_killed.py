"""The system's own calls fail or kill a real process, one after the other: strace puts the faults in."""

import errno
import os
import re
import shutil
import subprocess
import sys
import textwrap
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import judge
import pytest
from test_ocfl import NEW, OLD, archive_at, head, put, violations

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed"),
]
CALLS = ("openat", "write", "fsync", "rename", "mkdir", "unlink", "rmdir")
WRITER = """
    import sys
    sys.path.insert(0, sys.argv[3])
    from pathlib import Path
    from test_ocfl import put
    put(Path(sys.argv[1]), sys.argv[2], "hai")
"""
FAULTS = {"killed": "signal=SIGKILL", "full": "error=ENOSPC", "broken": "error=EIO"}


def write(root: Path, name: str, *before: str) -> int:
    """Let a process of its own write an object, and return how it ended."""
    code = textwrap.dedent(WRITER)
    child = (sys.executable, "-c", code, str(root), name, str(Path(__file__).parent))
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([*before, *child], capture_output=True, check=False, env=environment, timeout=120)
    return done.returncode


def points(root: Path, name: str, log: Path) -> list[tuple[str, int]]:
    """Return the calls that a writer makes from the first that touches the archive on: name, and the how-manieth."""
    write(root, name, "strace", "-f", "-o", str(log), "-e", f"trace={','.join(CALLS)}")
    counts: Counter[str] = Counter()
    found, touched = [], False
    for line in log.read_text("utf-8", "replace").splitlines():
        call = re.match(r"\d+ +(\w+)\(", line)
        if call is None or call[1] not in CALLS:
            continue
        counts[call[1]] += 1
        touched = touched or f"{root}.work" in line
        if touched:
            found.append((call[1], counts[call[1]]))
    return found


def copies(start: Path, folder: Path) -> Iterator[Path]:
    """Yield the same archive again and again, each time in the same place."""
    while True:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(start, folder)
        yield folder / "kho"


@pytest.mark.parametrize(("name", "before", "wanted"), [(NEW, "", "v1"), (OLD, "v1", "v2")])
@pytest.mark.parametrize("fault", FAULTS)
def test_a_real_process_that_fails_at_any_call(
    name: str, before: str, wanted: str, fault: str, tmp_path: Path
) -> None:
    """At every call of the system: objects are sound, old or new, and the next run gets there."""
    put(tmp_path / "start" / "kho", OLD, "một")
    roots = copies(tmp_path / "start", tmp_path / "now")
    every = points(next(roots), name, tmp_path / "log")
    wrong, failed = [], 0
    for call, number in every:
        root = next(roots)
        inject = f"inject={call}:{FAULTS[fault]}:when={number}"
        code = write(root, name, "strace", "-f", "-o", "/dev/null", "-e", f"trace={call}", "-e", inject)
        failed += code != 0
        wrong += [
            f"{call} {number}: {told}"
            for told in violations(root, name, before, wanted, ended_well=code == 0)
        ]
    assert wrong == []
    assert len(every) >= 50
    assert failed >= len(every) * 0.9  # the faults were really put in


def test_without_recovery_a_kill_is_seen_here_too(tmp_path: Path) -> None:
    """The control: where nobody goes on after a kill, the judge finds broken objects."""
    put(tmp_path / "start" / "kho", OLD, "một")
    roots = copies(tmp_path / "start", tmp_path / "now")
    broken = 0
    for call, number in points(next(roots), OLD, tmp_path / "log"):
        root = next(roots)
        inject = f"inject={call}:{FAULTS['killed']}:when={number}"
        write(root, OLD, "strace", "-f", "-o", "/dev/null", "-e", f"trace={call}", "-e", inject)
        broken += bool(judge.invalid(root))
    assert broken >= 3


def test_a_really_full_disk(tmp_path: Path) -> None:
    """On a disk of 3 MB objects go in until one does not: it is told, the others are sound, nothing is left beside."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", disk], check=False).returncode:
        pytest.skip("a disk of our own needs root")
    try:
        from producer.library.ocfl import Content, Deposit

        archive = archive_at(disk / "kho")
        for number in range(99):
            name = f"urn:x-producer:thu/poster/EV-{number}"
            data = Content(os.urandom(700_000))
            try:
                archive.put(Deposit(name, {"master/a.png": data}, "", "2025-11-03T08:00:00+07:00"))
            except OSError as error:
                said = error.errno
                break
        assert said == errno.ENOSPC
        with archive.store.alone():
            assert list((disk / "kho.work/staging").iterdir()) == []
        assert 2 <= number <= 4
        assert judge.root_is_valid(disk / "kho")
        assert head(disk / "kho", f"urn:x-producer:thu/poster/EV-{number}") == ""
    finally:
        subprocess.run(["umount", disk], check=False)
