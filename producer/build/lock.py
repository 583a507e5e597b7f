"""One at a time: two builds of a recipe that end together would each write down only what it made itself."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from producer.build.lost import StoreLostError
from producer.build.store import FOLDER


@contextmanager
def alone(project: Path, recipe: str) -> Iterator[None]:
    """Wait until no other process writes down a build of ``recipe``, and keep others waiting meanwhile.

    The system lets go of the lock of a process that was killed. Where there is no place for it, nothing can be
    written down beside it either: a build with nothing to do goes on, any other will hear so from its writing.

    Raises:
        StoreLostError: the folder has no locks, as some network folders have none.
    """
    place = project / FOLDER / "last" / f"{recipe}.lock"
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.open("ab").close()
    except OSError:
        yield
        return
    with locked(place):
        yield


@contextmanager
def locked(place: Path) -> Iterator[None]:
    """Wait until no other process holds the file ``place``, and hold it meanwhile.

    Raises:
        StoreLostError: the file cannot be opened, or its folder has no locks.
    """
    try:
        held = place.open("ab")
    except OSError as error:
        raise StoreLostError.of(error) from error
    with held:
        try:
            _lock(held.fileno())
        except OSError as error:
            error.filename = str(place)  # a lock names no file
            raise StoreLostError.of(error) from error
        yield  # closing the file gives the lock back


if sys.platform == "win32":
    import errno
    import msvcrt

    def _lock(file: int) -> None:
        """Take the first byte, and wait for it: Windows asks ten times, a second apart, and gives up."""
        while True:
            try:
                msvcrt.locking(file, msvcrt.LK_LOCK, 1)
            except OSError as error:
                if error.errno != errno.EDEADLOCK:
                    raise
            else:
                return
else:
    import fcntl

    def _lock(file: int) -> None:
        """Take the whole file, and wait for it."""
        fcntl.flock(file, fcntl.LOCK_EX)
