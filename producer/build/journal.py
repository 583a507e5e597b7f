"""What a build has put out and not yet listed: so that a killed one leaves nothing that nobody knows of."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from producer.build.canonical import parsed
from producer.build.lost import StoreLostError
from producer.build.manifest import Listed
from producer.build.store import FOLDER, write_ours
from producer.world import confined

ENDING = ".journal"


class Journal:
    """A line for each file, written before the file; the manifest takes its place when the build ends.

    Each process has its own, by its number: a build that ends knows nothing of one that goes on. Those of processes
    that are no more are taken over.
    """

    def __init__(self, project: Path, recipe: str, process: int | None = None) -> None:
        """Take whose build it is, by default this process's; nothing is written before the first :meth:`note`."""
        self._recipe, self._own = recipe, os.getpid() if process is None else process
        self._store = project / FOLDER
        self._folder = self._store / "last"
        self._place = self._folder / f"{recipe}.{self._own}{ENDING}"
        self._taken: tuple[Path, ...] = ()  # over, from killed builds

    def note(self, files: Iterable[Listed]) -> None:
        """Write down files that are about to be put out.

        Raises:
            StoreLostError: it cannot be written.
        """
        lines = "".join(f"{json.dumps([file.job, file.path, file.sha256])}\n" for file in files)

        def write() -> None:
            self._place.parent.mkdir(parents=True, exist_ok=True)
            with self._place.open("a", encoding="ascii") as journal:
                journal.write(lines)

        write_ours(self._store, self._place, write)

    def read(self) -> tuple[Listed, ...]:
        """Return what killed builds had put out; a line cut short by their end is no file."""
        self._taken = tuple(place for place in self._places() if place != self._place)
        found = (_listed(line) for place in (*self._taken, self._place) for line in _lines(place))
        return tuple(listed for listed in found if listed is not None)

    def _places(self) -> list[Path]:
        """The journals of this recipe whose processes are no more."""
        start = f"{self._recipe}."
        try:
            named = sorted(place for place in self._folder.iterdir() if place.name.startswith(start))
        except OSError:
            return []
        numbered = [(place, place.name.removeprefix(start).removesuffix(ENDING)) for place in named]
        return [place for place, number in numbered if number.isdecimal() and not _lives(int(number))]

    def clear(self) -> None:
        """Forget everything: it is in the manifest now."""
        try:
            for place in (*self._taken, self._place):
                place.unlink(missing_ok=True)
        except OSError as error:
            raise StoreLostError.of(error) from error


def _lines(place: Path) -> list[str]:
    try:
        return place.read_text(encoding="ascii").splitlines()
    except (OSError, ValueError):
        return []


if sys.platform == "win32":
    import ctypes

    def _lives(process: int) -> bool:
        """Whether a process can be opened: there, asking by a signal would end it."""
        handle = ctypes.windll.kernel32.OpenProcess(0x1000, 0, process)  # PROCESS_QUERY_LIMITED_INFORMATION
        if handle:
            ctypes.windll.kernel32.CloseHandle(handle)
        return bool(handle)
else:

    def _lives(process: int) -> bool:
        """Whether a process is there to be asked; somebody else's may not be asked, and is there."""
        try:
            os.kill(process, 0)
        except (ProcessLookupError, OverflowError):
            return False
        except PermissionError:
            return True
        return True


def _listed(line: str) -> Listed | None:
    try:
        job, path, sha256 = parsed(line)
        return Listed(str(job), str(confined(path)), str(sha256))
    except (ValueError, TypeError):
        return None
