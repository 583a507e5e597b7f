"""Where an archive is kept: the few things that it asks of a folder or a bucket, and how these say no."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol


class ThereAlreadyError(Exception):
    """What was to be new is there."""


class ChangedError(Exception):
    """A file is no longer what it was when it was read: somebody else has written it."""


@dataclass(frozen=True, slots=True)
class Stat:
    """What is known of a file without reading it."""

    size: int  # bytes


class Store(Protocol):
    """Files by their path from the archive's root, in POSIX form.

    Nothing is ever altered where it lies but by :meth:`replace_if`, and nothing is ever removed but what a writer
    that was killed has left unfinished.
    """

    def alone(self) -> AbstractContextManager[None]:
        """Keep other writers waiting; whoever was killed keeps nobody."""

    def stage(self) -> Path:
        """Return a new folder of this machine's disk, to be filled and handed to :meth:`put_new`."""

    def put_new(self, folder: str, staged: Path) -> None:
        """Make a folder of what is in a staged one, which is used up.

        Where the store can, it appears as a whole. Else the deepest files appear first, and of one folder those
        whose names begin with ``0=`` last: whoever sees that file sees all the others.

        Raises:
            ThereAlreadyError: there is such a folder.
        """

    def replace_if(self, path: str, data: bytes, before: bytes | None) -> None:
        """Write a file that still holds ``before``; one of nothing must not be there.

        Raises:
            ChangedError: it holds something else.
        """

    def get(self, path: str) -> BinaryIO:
        """Open a file to be read in pieces.

        Raises:
            FileNotFoundError: there is none.
        """

    def list(self, folder: str = "") -> Iterator[str]:
        """Yield every file in and below a folder, in no order; nothing where there is no such folder.

        Raises:
            OSError: a folder on the way cannot be read. It is never taken for an empty one.
        """

    def folders(self, folder: str = "") -> tuple[str, ...]:
        """Return the names of the folders directly inside a folder, sorted; raises as :meth:`list`."""

    def stat(self, path: str) -> Stat | None:
        """Return what is known of a file, or nothing where there is none."""

    def set_aside(self, path: str) -> str:
        """Copy a damaged file to where no reader looks, and return that place: it may be all that is left.

        The same bytes are copied once. The file itself stays where it is.
        """

    def remove(self, folder: str) -> None:
        """Remove a folder that a killed writer has left unfinished, with all that is in it."""


def read(store: Store, path: str) -> bytes:
    """Return a file whole; raises as :meth:`Store.get`."""
    with store.get(path) as file:
        return file.read()
