"""The project's store: contents by their digest (``cas``), receipts by their key (``ac``)."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from producer.build.lost import StoreLostError
from producer.build.receipt import Receipt, from_json, to_json

FOLDER = ".producer"
# What a reader meets where no file is, where one of another kind is in its place, and where it may not look.
NO_FILE = (FileNotFoundError, NotADirectoryError, IsADirectoryError, PermissionError)


class DamagedError(Exception):
    """A content is missing, cut short or altered; whatever it belongs to must be made again."""


class Store:
    """A folder of contents and receipts. Several processes may write: a name always holds the same bytes."""

    def __init__(self, project: Path) -> None:
        """Take the project folder; nothing is written before the first :meth:`put`."""
        self.folder = project / FOLDER

    def place(self, kind: str, name: str) -> Path:
        """Return where the content (``cas``) or the receipt (``ac``) of a name is kept."""
        return self.folder / kind / name[:2] / name

    def get(self, key: str) -> Receipt | None:
        """Return the receipt of ``key``, or nothing where there is none or a part of it is gone.

        Contents are only looked at for their size here; :meth:`read` holds them against their digest. What is no
        receipt, or may not be read, is as good as none: it is made again.
        """
        try:
            receipt = from_json(self.place("ac", key).read_bytes())
            whole = all(self.place("cas", blob.sha256).stat().st_size == blob.size for blob in receipt.blobs)
        except (*NO_FILE, ValueError):
            return None
        except OSError as error:
            raise StoreLostError.of(error) from error
        return receipt if whole and receipt.key == key and receipt.blobs else None

    def receipts(self) -> Iterator[tuple[Path, Receipt]]:
        """Yield every receipt with its place; what is none is nobody's."""
        for place in sorted((self.folder / "ac").glob("*/*")):
            with suppress(*NO_FILE, ValueError):
                yield place, from_json(place.read_bytes())

    def read(self, sha256: str) -> bytes:
        """Return a content.

        Raises:
            DamagedError: it is not there, or not what its name says.
        """
        try:
            data = self.place("cas", sha256).read_bytes()
        except OSError as error:
            raise DamagedError(sha256) from error
        if hashlib.sha256(data).hexdigest() != sha256:
            with suppress(OSError):  # where it cannot be removed, writing it anew will say why
                self.place("cas", sha256).unlink(missing_ok=True)
            raise DamagedError(sha256)
        return data

    def holds(self, sha256: str) -> bool:
        """Whether a content of this digest is kept."""
        return self.place("cas", sha256).is_file()

    def add(self, data: bytes) -> str:
        """Keep a content and return its digest."""
        sha256 = hashlib.sha256(data).hexdigest()
        self._write(self.place("cas", sha256), data, known=True)
        return sha256

    def put(self, receipt: Receipt) -> None:
        """Keep a receipt. Its contents must have been added: a receipt without them would be a promise."""
        self._write(self.place("ac", receipt.key), to_json(receipt))

    def _write(self, place: Path, data: bytes, *, known: bool = False) -> None:
        """Write a file; of a ``known`` one the size tells that it is there already."""

        def write() -> None:
            self._open()
            if not (known and place.is_file() and place.stat().st_size == len(data)):
                write_whole(place, data)

        write_ours(self.folder, place, write)

    def _open(self) -> None:
        """Make the folder, and tell git to leave it alone."""
        ignore = self.folder / ".gitignore"
        if not ignore.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            ignore.write_text("*\n", encoding="utf-8")


def write_ours(folder: Path, place: Path, write: Callable[[], None]) -> None:
    """Let ``write`` write ``place`` below the store's ``folder``; what stands in its way there is thrown away.

    Nothing in the store is anybody's own work. The folder itself may be: a file of its name is left alone.

    Raises:
        StoreLostError: it cannot be written.
    """
    try:
        try:
            write()
        except (FileExistsError, NotADirectoryError, IsADirectoryError):
            _clear_way(folder, place)
            write()
    except OSError as error:
        raise StoreLostError.of(error) from error


def _clear_way(folder: Path, place: Path) -> None:
    for part in reversed(place.parents):
        if part.is_relative_to(folder) and part != folder and os.path.lexists(part) and not part.is_dir():
            part.unlink()
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)


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
    try:
        for leftover in folder.glob(f"{ASIDE}*") if folder.is_dir() else ():
            leftover.unlink(missing_ok=True)
    except OSError as error:
        raise StoreLostError.of(error) from error
