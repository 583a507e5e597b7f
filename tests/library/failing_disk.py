"""A disk that fails at its k-th call, and a machine that is killed there; and who looks at what is left."""

import errno
import itertools
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from producer.build.lost import StoreLostError

WRITING = ("open", "write", "fsync", "rename", "replace", "mkdir", "unlink", "rmdir")
READING = ("scandir", "listdir")
REAL = {name: getattr(os, name) for name in (*WRITING, *READING)}


class KilledError(BaseException):
    """The process is gone: no handler of it may do anything any more."""


@dataclass
class Disk:
    """Counts the calls of the system below a folder, and fails one of them."""

    folder: Path
    fails_at: int = 0  # 0 for never
    error: int = 0  # errno; 0 for a kill
    calls: list[str] = field(default_factory=list)
    dead: bool = False
    paths: dict[int, str] = field(default_factory=dict)  # of open files
    dirty: set[str] = field(default_factory=set)  # written or made, and not synced
    unordered: list[str] = field(default_factory=list)  # renamed before it was synced

    def __call__(self, name: str, *arguments: object, **keys: object) -> object:
        """Do what the system does, if it is its turn."""
        place = self._place(name, arguments)
        if not place.startswith(str(self.folder)):
            return REAL[name](*arguments, **keys)
        if self.dead:
            raise KilledError
        self.calls.append(name)
        if len(self.calls) == self.fails_at:
            self._fail(name, arguments)
        if name in ("rename", "replace"):
            self._ordered(place)
        made = REAL[name](*arguments, **keys)
        self._note(name, place, arguments, made)
        return made

    def _place(self, name: str, arguments: tuple[object, ...]) -> str:
        if name in ("write", "fsync"):
            return self.paths.get(arguments[0], "")
        return os.fspath(arguments[0]) if arguments and not isinstance(arguments[0], int) else ""

    def _fail(self, name: str, arguments: tuple[object, ...]) -> None:
        if name == "write":  # half of it is there
            REAL["write"](arguments[0], arguments[1][: len(arguments[1]) // 2])
        if self.error:
            raise OSError(self.error, os.strerror(self.error))
        self.dead = True
        raise KilledError

    def _ordered(self, source: str) -> None:
        self.unordered += [path for path in self.dirty if path == source or path.startswith(f"{source}/")]

    def _note(self, name: str, place: str, arguments: tuple[object, ...], made: object) -> None:
        """Keep in mind what a power cut would lose: bytes without a sync, names whose folder had none."""
        if name == "open":
            self.paths[made] = place
            if arguments[1] & os.O_CREAT:
                self.dirty |= {place, _above(place)}
        elif name == "mkdir":
            self.dirty |= {place, _above(place)}
        elif name == "fsync":
            self.dirty.discard(place)
        elif name in ("rename", "replace"):
            self.dirty = {path for path in self.dirty if not path.startswith(f"{place}/")}
            self.dirty.add(_above(os.fspath(arguments[1])))
        elif name in ("unlink", "rmdir"):
            self.dirty = {path for path in self.dirty if path != place and not path.startswith(f"{place}/")}


@contextmanager
def failing(disk: Disk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    """Put a disk between the program and the system."""
    with monkeypatch.context() as patch:
        for name in (*WRITING, *READING) if disk.error == errno.EIO else WRITING:
            patch.setattr(os, name, lambda *a, _name=name, **k: disk(_name, *a, **k))
        yield disk


def _above(place: str) -> str:
    return place.rpartition("/")[0]


Left = tuple[Path, BaseException | None, int]  # the folder, what was raised, and at which call


def points(
    run: Callable[[Path], object],
    monkeypatch: pytest.MonkeyPatch,
    make: Callable[[], Path],
    error: int = 0,
) -> Iterator[Left]:
    """Yield a folder for each call of the system that ``run`` makes, as it is left when that call fails."""
    for at in itertools.count(1):
        folder = make()
        disk, raised = Disk(folder.parent, at, error), None
        with failing(disk, monkeypatch):
            try:
                run(folder)
            except (KilledError, OSError, StoreLostError) as failure:
                raised = failure
        if len(disk.calls) < at:
            return
        yield folder, raised, at
