"""The project's store: contents by their digest (``cas``), receipts by their key (``ac``)."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import Self

from producer.build.receipt import Receipt, from_json, to_json

FOLDER = ".producer"


class DamagedError(Exception):
    """A content is missing, cut short or altered; whatever it belongs to must be made again."""


class StoreLostError(Exception):
    """The store or the output folder cannot be written or read: full, read-only, unplugged."""

    def __init__(self, reason: str, path: str = "") -> None:
        """Keep what the system says, and of which file or folder."""
        self.reason, self.path = reason, path
        super().__init__(f"{path}: {reason}")

    @classmethod
    def of(cls, error: OSError) -> Self:
        """The same as the system's own error."""
        return cls(error.strerror or type(error).__name__, str(error.filename or ""))


class Store:
    """A folder of contents and receipts. Several processes may write: a name always holds the same bytes."""

    def __init__(self, project: Path) -> None:
        """Take the project folder; nothing is written before the first :meth:`put`."""
        self.folder = project / FOLDER

    def _place(self, kind: str, name: str) -> Path:
        return self.folder / kind / name[:2] / name

    def get(self, key: str) -> Receipt | None:
        """Return the receipt of ``key``, or nothing where there is none or a part of it is gone.

        Contents are only looked at for their size here; :meth:`read` holds them against their digest.
        """
        try:
            receipt = from_json(self._place("ac", key).read_bytes())
            whole = all(self._place("cas", blob.sha256).stat().st_size == blob.size for blob in receipt.blobs)
        except (FileNotFoundError, ValueError):
            return None
        except OSError as error:
            raise StoreLostError.of(error) from error
        return receipt if whole and receipt.key == key and receipt.blobs else None

    def read(self, sha256: str) -> bytes:
        """Return a content.

        Raises:
            DamagedError: it is not there, or not what its name says.
        """
        try:
            data = self._place("cas", sha256).read_bytes()
        except OSError as error:
            raise DamagedError(sha256) from error
        if hashlib.sha256(data).hexdigest() != sha256:
            self._place("cas", sha256).unlink(missing_ok=True)
            raise DamagedError(sha256)
        return data

    def holds(self, sha256: str) -> bool:
        """Whether a content of this digest is kept."""
        return self._place("cas", sha256).exists()

    def add(self, data: bytes) -> str:
        """Keep a content and return its digest."""
        sha256 = hashlib.sha256(data).hexdigest()
        place = self._place("cas", sha256)
        if not place.exists() or place.stat().st_size != len(data):
            self._write(place, data)
        return sha256

    def put(self, receipt: Receipt) -> None:
        """Keep a receipt. Its contents must have been added: a receipt without them would be a promise."""
        self._write(self._place("ac", receipt.key), to_json(receipt))

    def _write(self, place: Path, data: bytes) -> None:
        try:
            self._open()
            write_whole(place, data)
        except OSError as error:
            raise StoreLostError.of(error) from error

    def _open(self) -> None:
        """Make the folder, and tell git to leave it alone."""
        ignore = self.folder / ".gitignore"
        if not ignore.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            ignore.write_text("*\n", encoding="utf-8")


ASIDE = ".aside-"  # how the name of an unfinished file begins


def write_whole(place: Path, data: bytes) -> None:
    """Write a file so that its name never stands for half of it: aside, synced, renamed."""
    place.parent.mkdir(parents=True, exist_ok=True)
    aside = place.with_name(f"{ASIDE}{os.urandom(6).hex()}")
    try:
        with aside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(place)
    except BaseException as error:
        with suppress(
            OSError
        ):  # the disk that failed us may fail here too: the first error is the one to tell
            aside.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.filename is None:  # a full disk names no file
            error.filename = str(place)
        raise


def sweep(folder: Path) -> None:
    """Remove what killed writers left aside in ``folder``."""
    if folder.is_dir():
        for leftover in folder.glob(f"{ASIDE}*"):
            try:
                leftover.unlink(missing_ok=True)
            except OSError as error:
                raise StoreLostError.of(error) from error
