"""A project with files laid over it that are nowhere on the disk: a draft is drawn as if it had been saved."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import PurePosixPath
from typing import BinaryIO

from producer.world import World, confined


class OverlayWorld:
    """Files out of a mapping before those of another world; see `producer.world.World`."""

    def __init__(self, under: World, files: Mapping[str, bytes]) -> None:
        """Take the world, and what is laid over it by path."""
        self.under, self._files = under, dict(files)

    def read_bytes(self, path: str) -> bytes:
        """See :class:`World`."""
        found = self._files.get(str(confined(path)))
        return self.under.read_bytes(path) if found is None else found

    def open(self, path: str) -> BinaryIO:
        """See :class:`World`."""
        found = self._files.get(str(confined(path)))
        return self.under.open(path) if found is None else BytesIO(found)

    def exists(self, path: str) -> bool:
        """See :class:`World`."""
        return str(confined(path)) in self._files or self.under.exists(path)

    def files(self, folder: str) -> tuple[str, ...]:
        """See :class:`World`."""
        laid = {path for path in self._files if str(PurePosixPath(path).parent) == folder}
        return tuple(sorted(laid.union(self.under.files(folder))))

    def digest(self, path: str) -> str:
        """See :class:`World`."""
        found = self._files.get(str(confined(path)))
        return self.under.digest(path) if found is None else hashlib.sha256(found).hexdigest()
