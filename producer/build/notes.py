"""Notes of a project: small findings that took long, kept from worker to worker and from build to build."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

from producer.build.key import engine_digest
from producer.build.store import FOLDER, write_whole


class FolderNotes:
    """A folder of notes, each under the digest of its name and of what renders: another version looks anew.

    They are never needed: what is damaged counts as not there, and what cannot be written is found again.
    """

    def __init__(self, project: Path) -> None:
        """Take the project folder; nothing is written before the first :meth:`put`."""
        self._folder = project / FOLDER / "notes"

    def _place(self, name: str) -> Path:
        hashed = hashlib.sha256(f"{engine_digest()} {name}".encode()).hexdigest()
        return self._folder / hashed[:2] / hashed

    def get(self, name: str) -> str | None:
        """See Notes."""
        try:
            seal, _, found = self._place(name).read_text(encoding="utf-8").partition("\n")
        except (OSError, ValueError):
            return None
        return found if seal == _seal(name, found) else None

    def put(self, name: str, found: str) -> None:
        """See Notes."""
        with suppress(OSError):
            write_whole(self._place(name), f"{_seal(name, found)}\n{found}".encode())


def _seal(name: str, found: str) -> str:
    return hashlib.sha256(f"{name}\n{found}".encode()).hexdigest()
