"""Files of jobs in the output folder: whole or not at all, and none that is no longer true."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Container, Iterator
from pathlib import Path

from producer.build.lost import StoreLostError
from producer.build.receipt import Blob, Receipt
from producer.build.store import Store, write_whole
from producer.plan.model import Job

FIRST = "-01"  # of a job of several pictures
OLD = "ban-cu"  # the folder of earlier files whose items failed: what they say is true no longer
BY_HAND = "-sua-tay-"  # in the name of a file that was altered by hand, before the beginning of its digest


def path_of(job: Job, suffix: str = "") -> str:
    """Return where a file of a job goes, below the recipe's folder.

    ``suffix`` takes the ending's place; one that begins with a number's dash, ``-02.png``, also that of ``-01``.
    """
    if not suffix:
        return job.path
    stem = job.path.removesuffix(f".{job.format}")
    return f"{stem.removesuffix(FIRST)}{suffix}" if suffix.startswith("-") else f"{stem}{suffix}"


def _places(folder: Path, job: Job, receipt: Receipt) -> Iterator[tuple[Path, Blob]]:
    for blob in receipt.blobs:
        yield folder / path_of(job, blob.suffix), blob


def is_current(folder: Path, job: Job, receipt: Receipt) -> bool:
    """Whether all files of a job are in the recipe's folder, byte for byte."""
    return all(holds(place, blob.sha256, blob.size) for place, blob in _places(folder, job, receipt))


def holds(place: Path, sha256: str, size: int | None = None) -> bool:
    """Whether a file is there and has this digest; its size is asked first, because that is cheap."""
    try:
        if size is not None and place.stat().st_size != size:
            return False
        with place.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return False
    except OSError as error:
        raise StoreLostError.of(error) from error


def put_out(
    folder: Path, job: Job, receipt: Receipt, store: Store, known: Container[str] = ()
) -> tuple[Path, ...]:
    """Copy the files of a job from the store to the recipe's folder.

    A file in the way that is neither in the store nor among ``known`` digests was altered by hand: it is
    renamed, never overwritten. Returned are the new places of such files.

    Raises:
        DamagedError: the store no longer holds what it promised; nothing was written.
        StoreLostError: the output folder cannot be written.
    """
    contents = [(place, store.read(blob.sha256)) for place, blob in _places(folder, job, receipt)]
    kept: list[Path] = []
    try:
        for place, data in contents:
            kept += _kept_aside(place, store, known)
            write_whole(place, data)
    except OSError as error:
        raise StoreLostError.of(error) from error
    return tuple(kept)


def _kept_aside(place: Path, store: Store, known: Container[str]) -> Iterator[Path]:
    """Rename what lies at ``place`` where it is somebody's own work, and yield its new place.

    So is a folder, and a link to what is not there.
    """
    if not os.path.lexists(place):
        return
    mark = hashlib.sha256(os.fsencode(place)).hexdigest()
    if place.is_file():
        with place.open("rb") as file:
            mark = hashlib.file_digest(file, "sha256").hexdigest()
        if mark in known or store.holds(mark):
            return
    aside = place.with_name(f"{place.stem}{BY_HAND}{mark[:8]}{place.suffix}")
    place.replace(aside)
    yield aside


def take_away(place: Path, sha256: str) -> bool:
    """Remove a file that is no longer true, and its folder if empty; one that somebody altered stays."""
    if not holds(place, sha256):
        return False
    try:
        place.unlink()
        leave(place.parent)
    except OSError as error:
        raise StoreLostError.of(error) from error
    return True


def put_away(folder: Path, path: str, sha256: str) -> bool:
    """Move a file that has no successor out of the way, below ``OLD``; one that somebody altered stays."""
    place, old = folder / path, folder / OLD / path
    if not holds(place, sha256):
        return False
    try:
        old.parent.mkdir(parents=True, exist_ok=True)
        place.replace(old)
        leave(place.parent)
    except OSError as error:
        raise StoreLostError.of(error) from error
    return True


def clear_old(folder: Path, store: Store, wanted: Callable[[str], bool]) -> None:
    """Remove the files below ``OLD`` that are not ``wanted`` any more, by their path; not what the store never held."""
    try:
        for place in sorted((folder / OLD).rglob("*"), reverse=True):
            if place.is_dir() and not place.is_symlink():
                leave(place)
            elif not wanted(place.relative_to(folder / OLD).as_posix()):
                _remove_ours(place, store)
        if (folder / OLD).is_dir():
            leave(folder / OLD)
    except OSError as error:
        raise StoreLostError.of(error) from error


def _remove_ours(place: Path, store: Store) -> None:
    with place.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    if store.holds(sha256):
        place.unlink()


def leave(folder: Path) -> None:
    """Remove a folder with nothing in it."""
    if not any(folder.iterdir()):
        folder.rmdir()
