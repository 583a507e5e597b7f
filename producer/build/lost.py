"""Why the store or the output folder cannot be written or read, found by looking at what is there."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Self

from producer.diagnostics import Diagnostic, Span

# What the system's refusals are called; of all others we look at what is there.
REFUSALS = {
    errno.ENOSPC: "cli/disk-full",
    errno.EDQUOT: "cli/disk-full",
    errno.EROFS: "cli/read-only",
    errno.EACCES: "cli/no-permission",
    errno.EPERM: "cli/no-permission",
}


class StoreLostError(Exception):
    """The store or the output folder cannot be written or read: full, read-only, unplugged, something in the way."""

    def __init__(self, reason: str, path: str = "", number: int = 0) -> None:
        """Keep what the system says, of which file or folder, and the number of its error."""
        self.reason, self.path, self.number = reason, path, number
        super().__init__(f"{path}: {reason}")

    @classmethod
    def of(cls, error: OSError) -> Self:
        """The same as the system's own error; of a renaming the new name counts."""
        path = error.filename2 or error.filename or ""
        return cls(error.strerror or type(error).__name__, os.fsdecode(path), error.errno or 0)

    @classmethod
    def gone(cls, place: Path) -> Self:
        """What was there a moment ago is no more."""
        return cls(os.strerror(errno.ENOENT), str(place), errno.ENOENT)


def lost_problem(error: StoreLostError) -> Diagnostic:
    """Return what is said of a lost store: what was found where, and what to do about it."""
    if error.number in REFUSALS:
        return Diagnostic(REFUSALS[error.number], Span(error.path), {"path": error.path})
    return _in_the_way(error) or Diagnostic(
        "cli/store-lost", Span(error.path or "."), {"path": error.path or "…", "reason": error.reason}
    )


def _in_the_way(error: StoreLostError) -> Diagnostic | None:
    """What stands where a file or folder of ours belongs, the outermost first; nothing where nothing does."""
    asked = Path(error.path)
    for place in reversed((asked, *asked.parents)) if error.path else ():
        span, facts = Span(str(place)), {"path": str(place)}
        if place.is_symlink() and not place.exists():
            return Diagnostic("cli/dangling-link", span, {**facts, "target": str(place.readlink())})
        if place.is_file() and (place != asked or error.number in (errno.EEXIST, errno.ENOTDIR)):
            return Diagnostic("cli/file-in-the-way", span, facts)
        if place.is_dir() and place == asked and error.number == errno.EISDIR:
            return Diagnostic("cli/folder-in-the-way", span, facts)
    return None
