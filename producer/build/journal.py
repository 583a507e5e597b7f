"""What a build has put out and not yet listed: so that a killed one leaves nothing that nobody knows of."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from producer.build.canonical import parsed
from producer.build.manifest import Listed
from producer.build.store import FOLDER, StoreLostError
from producer.world import confined


class Journal:
    """A line for each file, written before the file; the manifest takes its place when the build ends."""

    def __init__(self, project: Path, recipe: str) -> None:
        """Take whose build it is; nothing is written before the first :meth:`note`."""
        self._place = project / FOLDER / "last" / f"{recipe}.journal"

    def note(self, files: Iterable[Listed]) -> None:
        """Write down files that are about to be put out.

        Raises:
            StoreLostError: it cannot be written.
        """
        lines = "".join(f"{json.dumps([file.job, file.path, file.sha256])}\n" for file in files)
        try:
            self._place.parent.mkdir(parents=True, exist_ok=True)
            with self._place.open("a", encoding="ascii") as journal:
                journal.write(lines)
        except OSError as error:
            raise StoreLostError.of(error) from error

    def read(self) -> tuple[Listed, ...]:
        """Return what a killed build had put out; a line cut short by its end is no file."""
        try:
            lines = self._place.read_text(encoding="ascii").splitlines()
        except (OSError, ValueError):
            return ()
        return tuple(listed for line in lines if (listed := _listed(line)) is not None)

    def clear(self) -> None:
        """Forget everything: it is in the manifest now."""
        try:
            self._place.unlink(missing_ok=True)
        except OSError as error:
            raise StoreLostError.of(error) from error


def _listed(line: str) -> Listed | None:
    try:
        job, path, sha256 = parsed(line)
        return Listed(str(job), str(confined(path)), str(sha256))
    except (ValueError, TypeError):
        return None
