"""Give back what an object holds, byte for byte."""

from __future__ import annotations

from pathlib import Path

from producer.build.store import DamagedError
from producer.library.disk import copy_new
from producer.library.ocfl import Archive, Content, Hearing
from producer.library.ocfl_inventory import Inventory, Version


def restore(archive: Archive, inventory: Inventory, version: Version, folder: Path) -> tuple[str, ...]:
    """Write every file of a version below a folder, and return their paths.

    Each is held against its digest while it is copied, so that what changes under our hands is no silent fault.

    Raises:
        DamagedError: the archive no longer has a file as it was; those before it are written.
        OSError: the archive cannot be read or the folder not written; a file that is there is never replaced.
    """
    for path, digest in sorted(version.state.items()):
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        hearing = Hearing(Content())
        with archive.open(inventory, path, version) as source:
            copy_new(source, place, hearing)
        if hearing.end() != digest:
            place.unlink()
            raise DamagedError(path)
    return tuple(sorted(version.state))
