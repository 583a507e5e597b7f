"""An archive in a folder of this machine or of a network."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from producer.build.lock import locked
from producer.library.disk import (
    copy_new,
    make_folder,
    raise_error,
    remove_tree,
    sync_folder,
    sync_tree,
    write_new,
)
from producer.library.store import ChangedError, Stat, ThereAlreadyError
from producer.world import confined

WORK = ".work"  # ends the name of the folder beside the archive where what is unfinished lies
STAGING, LOCK, QUARANTINE = "staging", "lock", "quarantine"


class LocalStore:
    """A folder. What is unfinished lies beside it, on the same file system, so that one renaming brings it in."""

    def __init__(self, root: Path) -> None:
        """Take the archive's folder; nothing is written before the first :meth:`put_new`."""
        self.root = Path(os.path.abspath(root))  # noqa: PTH100 - of a link the link's place, beside which we work
        self.work = self.root.with_name(f"{self.root.name}{WORK}")

    def place(self, path: str) -> Path:
        """Return where a path of the archive is on disk."""
        return self.root / confined(path) if path else self.root

    @contextmanager
    def alone(self) -> Iterator[None]:
        """See :class:`Store`. What killed writers have left beside the archive is removed on the way in."""
        make_folder(self.work / STAGING)
        with locked(self.work / LOCK):
            for leftover in sorted((self.work / STAGING).iterdir()):
                remove_tree(leftover)
            yield

    def stage(self) -> Path:
        """See :class:`Store`."""
        made = self.work / STAGING / os.urandom(6).hex()
        os.mkdir(made)  # noqa: PTH102 - one call of the system, as the tests of faults count them
        return made

    def put_new(self, folder: str, staged: Path) -> None:
        """See :class:`Store`: everything is synced, then one renaming brings it in."""
        place = self.place(folder)
        if os.path.lexists(place):
            raise ThereAlreadyError(folder)
        sync_tree(staged)
        make_folder(place.parent)
        os.rename(staged, place)  # noqa: PTH104 - see stage
        sync_folder(place.parent)

    def replace_if(self, path: str, data: bytes, before: bytes | None) -> None:
        """See :class:`Store`; two writers are kept apart by :meth:`alone`."""
        place = self.place(path)
        now = place.read_bytes() if place.exists() else None
        if now != before:
            raise ChangedError(path)
        aside = self.work / STAGING / os.urandom(6).hex()
        make_folder(aside)
        write_new(aside / "new", data)
        make_folder(place.parent)
        os.replace(aside / "new", place)  # noqa: PTH105 - see stage
        sync_folder(place.parent)
        os.rmdir(aside)  # noqa: PTH106 - see stage

    def get(self, path: str) -> BinaryIO:
        """See :class:`Store`."""
        return self.place(path).open("rb")

    def list(self, folder: str = "") -> Iterator[str]:
        """See :class:`Store`."""
        start = self.place(folder)
        if not start.is_dir():
            return
        for above, _, names in os.walk(start, onerror=raise_error):
            inside = PurePosixPath(Path(above).relative_to(self.root).as_posix())
            yield from ((inside / name).as_posix() for name in names)

    def folders(self, folder: str = "") -> tuple[str, ...]:
        """See :class:`Store`."""
        place = self.place(folder)
        if not place.is_dir():
            return ()
        with os.scandir(place) as entries:
            return tuple(sorted(entry.name for entry in entries if entry.is_dir(follow_symlinks=False)))

    def stat(self, path: str) -> Stat | None:
        """See :class:`Store`."""
        try:
            return Stat(self.place(path).stat().st_size)
        except (FileNotFoundError, NotADirectoryError):
            return None

    def set_aside(self, path: str) -> str:
        """See :class:`Store`."""
        with self.place(path).open("rb") as file:
            mark = hashlib.file_digest(file, "sha512").hexdigest()[:12]
        aside = self.work / QUARANTINE / f"{path}.{mark}"
        if not aside.exists():
            make_folder(aside.parent)
            with self.get(path) as file:
                copy_new(file, aside, len)
        return str(aside)

    def remove(self, folder: str) -> None:
        """See :class:`Store`."""
        remove_tree(self.place(folder))
        sync_folder(self.place(folder).parent)
