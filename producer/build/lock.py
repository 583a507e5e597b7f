"""One at a time: two builds of a recipe that end together would each write down only what it made itself."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from producer.build.store import FOLDER


@contextmanager
def alone(project: Path, recipe: str) -> Iterator[None]:
    """Wait until no other process writes down a build of ``recipe``, and keep others waiting meanwhile.

    The system lets go of the lock of a process that was killed. Where there is no place for it, nothing can be
    written down beside it either: a build with nothing to do goes on, any other will hear so from its writing.
    """
    place = project / FOLDER / "last" / f"{recipe}.lock"
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        held = place.open("ab")
    except OSError:
        yield
        return
    with held:
        _lock(held.fileno())
        yield  # closing the file gives the lock back


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        """Take the first byte; Windows asks ten times, a second apart."""
        msvcrt.locking(file, msvcrt.LK_LOCK, 1)
else:
    import fcntl

    def _lock(file: int) -> None:
        """Take the whole file, and wait for it."""
        fcntl.flock(file, fcntl.LOCK_EX)
