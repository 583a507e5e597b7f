"""What people read where the machine fails them: each fault has its own cause and its own way out."""

import errno
import json
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from toy import Toy, surroundings

RECIPE = "recipes/thu/recipe.yaml"
PROGRAM = "import sys; from producer.cli import main; main(sys.argv[1:], stages='fake_stages:stages')"


@pytest.mark.parametrize(
    ("fault", "code", "words"),
    [
        ("ffmpeg-failed", "build/ffmpeg-failed", "with exit code 3"),
        ("ffmpeg-killed", "build/ffmpeg-killed", "(SIGKILL)"),
        ("ffmpeg-frames", "build/ffmpeg-frames", "3 of the 4 frames"),
        ("ffmpeg-missing", "build/ffmpeg-missing", "its last words"),
    ],
)
def test_a_failed_encoder_is_no_bug(fault: str, code: str, words: str, toy: Toy, producer: Callable) -> None:
    """The item is named, the others are made, nothing is said of a bug; `-v` shows the encoder's last lines."""
    toy.rows(EV_1=fault, EV_2="hai")

    said = producer("build", RECIPE)

    assert said.code == 1
    assert f"error[{code}]" in said.err
    assert "poster/EV-1-png" in said.err
    assert words in said.err
    assert "Traceback" not in said.err
    assert "  | ffmpeg -y" not in said.err
    assert (toy.root / "output/thu/poster/EV-2-png.png").is_file()
    assert "  | ffmpeg -y\n  | its last words\n" in producer("build", RECIPE, "-v").err


def test_machines_hear_of_each_file_at_once(toy: Toy) -> None:
    """The line of a file is written as it ends, not when the build does."""
    toy.rows(EV_1="một", EV_2="sleep")
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "build", "--json", "-q", "-j", "1", RECIPE],
        cwd=toy.root,
        env=surroundings(),
        stdout=subprocess.PIPE,
    ) as main:
        assert main.stdout is not None
        told = json.loads(main.stdout.readline())

        assert (told["job"], told["status"]) == ("poster/EV-1-png", "made")
        assert (toy.root / told["path"]).is_file()
        assert main.poll() is None
        main.kill()


def test_a_disk_that_fills_under_a_renderer_is_told(toy: Toy, producer: Callable) -> None:
    """The folder of passing files may be on the full disk: that is no bug of ours either."""
    toy.rows(EV_1="full")

    said = producer("build", RECIPE)

    assert said.code == 4
    assert "error[cli/disk-full]: the disk is full: no room to write /tmp/segment.mp4" in said.err


def harmed(place: Path, harm: str) -> None:
    """Put something else in the place of a file or folder."""
    if place.is_dir():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    if harm == "folder":
        place.mkdir()
        (place / "mine.txt").write_text("mine")
    elif harm == "file":
        place.write_text("mine")
    else:
        place.symlink_to("/nowhere/at/all")


@pytest.mark.parametrize(
    ("path", "harm", "code"),
    [
        (".producer", "file", "cli/file-in-the-way"),
        (".producer", "link", "cli/dangling-link"),
        ("output", "file", "cli/file-in-the-way"),
        ("output", "link", "cli/dangling-link"),
        ("output/thu", "file", "cli/file-in-the-way"),
        ("output/thu/poster", "file", "cli/file-in-the-way"),
        ("output/thu/manifest.json", "folder", "cli/folder-in-the-way"),
    ],
)
def test_what_is_in_the_way_is_named(path: str, harm: str, code: str, toy: Toy, producer: Callable) -> None:
    """Exit 4, the very path that is in the way, nothing of it touched; once it is gone the build goes on."""
    place = toy.root / path
    harmed(place, harm)

    said = producer("build", RECIPE)

    assert said.code == 4
    assert f"error[{code}]: {place} is a" in said.err
    assert "Traceback" not in said.err
    if harm == "folder":
        assert (place / "mine.txt").read_text() == "mine"
        shutil.rmtree(place)
    else:
        place.unlink()
    assert producer("build", RECIPE).code == 0


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.EACCES, "cli/no-permission"),
        (errno.EROFS, "cli/read-only"),
        (errno.ENOSPC, "cli/disk-full"),
        (errno.EDQUOT, "cli/disk-full"),
        (errno.EIO, "cli/store-lost"),
    ],
)
def test_each_refusal_of_the_system_has_its_words(
    number: int, code: str, toy: Toy, producer: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk is not told like a missing permission: what to do differs."""
    producer("build", RECIPE)
    shutil.rmtree(toy.root / "output")

    def refuse(self: Path, *_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number), str(self))

    monkeypatch.setattr(Path, "mkdir", refuse)
    said = producer("build", RECIPE)

    assert said.code == 4
    assert f"error[{code}]" in said.err
    assert str(toy.root) in said.err


def test_a_file_larger_than_the_system_allows(toy: Toy) -> None:
    """Under `ulimit -f` a build ends like one on a full disk: told, exit 4, no half file."""
    toy.rows(EV_1="một" * 5000)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, "build", "--lang", "vi", RECIPE],
        cwd=toy.root,
        env=surroundings(),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192)),
        capture_output=True,
        check=False,
        timeout=60,
    )

    said = done.stderr.decode()
    assert done.returncode == 4, said
    assert "lỗi[cli/store-lost]" in said
    assert "tệp lớn hơn mức hệ thống cho phép" in said
    assert "Traceback" not in said
    assert list(toy.root.rglob(".aside-*")) == []
