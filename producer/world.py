"""The outside: files of the project, nothing else. Stages are handed the part they need, never the whole."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol

from producer.diagnostics import Diagnostic, Span

# What YAML, and every editor, ends a line with; `str.splitlines` knows more.
LINE_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")


# Names that Windows keeps for devices, with any ending: `con.png` opens the keyboard.
DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}


class OutsideProjectError(ValueError):
    """A path leaves the project folder: absolute, with a drive, through ``..`` or through a link."""


class World(Protocol):
    """Files by their path from the project folder, in POSIX form."""

    def read_bytes(self, path: str) -> bytes:
        """Return a file whole.

        Raises:
            FileNotFoundError: there is none.
            OutsideProjectError: the path leaves the project folder.
        """

    def open(self, path: str) -> BinaryIO:
        """Return a file to be read in pieces, and closed by who asked; raises as :meth:`read_bytes`."""

    def exists(self, path: str) -> bool:
        """Whether there is such a file. A path that leaves the folder raises as in :meth:`read_bytes`."""

    def files(self, folder: str) -> tuple[str, ...]:
        """The files directly inside a folder, sorted; nothing where there is no such folder."""

    def digest(self, path: str) -> str:
        """The SHA-256 of a file, in hex; raises as :meth:`read_bytes`."""


def is_device(name: str) -> bool:
    """Whether Windows takes a name of a file for a device: by what stands before its first dot."""
    return name.partition(".")[0].strip().lower() in DEVICES


def is_utf8(path: str) -> bool:
    """Whether a name can be written down: Linux takes any bytes, which Python then holds as half letters."""
    return not any("\ud800" <= letter <= "\udfff" for letter in path)


def confined(path: str) -> PurePosixPath:
    """Return ``path`` in its plain form.

    Raises:
        OutsideProjectError: it is absolute, has a drive or a backslash, climbs out through ``..``, or has half
            letters, which no file system of ours takes.
    """
    if not is_utf8(path):
        raise OutsideProjectError(path.encode("utf-8", "backslashreplace").decode())
    pure = PurePosixPath(path)
    if not path or pure.is_absolute() or "\\" in path or ":" in path or "\0" in path or ".." in pure.parts:
        raise OutsideProjectError(path)
    return pure


class FolderWorld:
    """The real one: a folder on disk."""

    def __init__(self, root: Path) -> None:
        """Take the project folder; links that point out of it are refused."""
        self.root = root.resolve()
        self._digests: dict[tuple[str, int, int], str] = {}

    def place(self, path: str) -> Path:
        """Return where a path of the project is on disk.

        Raises:
            OutsideProjectError: it would be outside.
        """
        place = self.root / confined(path)
        try:
            inside = place.resolve().is_relative_to(self.root)
        except (OSError, RuntimeError) as error:  # links in a circle; Python 3.11 and 3.13 say it in two ways
            raise OutsideProjectError(path) from error
        if not inside:
            raise OutsideProjectError(path)
        return place

    def read_bytes(self, path: str) -> bytes:
        """See :class:`World`."""
        return self._file(path).read_bytes()

    def open(self, path: str) -> BinaryIO:
        """See :class:`World`."""
        return self._file(path).open("rb")

    def _file(self, path: str) -> Path:
        place = self.place(path)
        if place.exists() and not place.is_file():  # a folder; or a pipe, which could hold us for ever
            raise FileNotFoundError(path)
        return place

    def exists(self, path: str) -> bool:
        """See :class:`World`."""
        return self.place(path).is_file()

    def files(self, folder: str) -> tuple[str, ...]:
        """See :class:`World`."""
        place = self.place(folder)
        if not place.is_dir():
            return ()
        return tuple(sorted(f"{folder}/{entry.name}" for entry in place.iterdir() if entry.is_file()))

    def digest(self, path: str) -> str:
        """See :class:`World`; remembered for as long as size and time of change stay."""
        state = self.place(path).stat()
        key = (path, state.st_size, state.st_mtime_ns)
        if key not in self._digests:
            self._digests[key] = hashlib.sha256(self.read_bytes(path)).hexdigest()
        return self._digests[key]


class DictWorld:
    """Files out of a mapping, for tests."""

    def __init__(self, files: Mapping[str, bytes | str]) -> None:
        """Take the files by path; texts are written as UTF-8."""
        self._files = {path: data.encode() if isinstance(data, str) else data for path, data in files.items()}

    def read_bytes(self, path: str) -> bytes:
        """See :class:`World`."""
        try:
            return self._files[str(confined(path))]
        except KeyError as error:
            raise FileNotFoundError(path) from error

    def open(self, path: str) -> BinaryIO:
        """See :class:`World`."""
        return BytesIO(self.read_bytes(path))

    def exists(self, path: str) -> bool:
        """See :class:`World`."""
        return str(confined(path)) in self._files

    def files(self, folder: str) -> tuple[str, ...]:
        """See :class:`World`."""
        return tuple(sorted(path for path in self._files if str(PurePosixPath(path).parent) == folder))

    def digest(self, path: str) -> str:
        """See :class:`World`."""
        return hashlib.sha256(self.read_bytes(path)).hexdigest()


def unreadable(error: OSError, path: str, blame: Span) -> Diagnostic:
    """Return why a file of the project cannot be read: it is not there, or the system says something else."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return Diagnostic("recipe/no-file", blame, {"path": path})
    return Diagnostic(
        "recipe/unreadable", blame, {"path": path, "reason": error.strerror or type(error).__name__}
    )


def read_line(world: World, span: Span) -> str | None:
    """Return the source line of a span for a diagnostic, or nothing where it cannot be shown as text."""
    try:
        lines = LINE_BREAK.split(world.read_bytes(span.file).decode("utf-8-sig", "replace"))
    except (OSError, OutsideProjectError):
        return None
    return lines[span.line - 1] if 0 < span.line <= len(lines) else None
