"""Writing to a disk so that it is there after a power cut: every byte synced before a name stands for it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

PIECE = 2**20  # bytes that are read at a time
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def write_new(place: Path, data: bytes) -> None:
    """Write a file that was not there, and sync it."""
    file = os.open(place, _NEW, 0o644)
    try:
        _write_all(file, data, place)
        _sync(file, place)
    finally:
        os.close(file)


def copy_new(source: BinaryIO, place: Path, hear: Callable[[bytes], object]) -> int:
    """Copy to a file that was not there, sync it, and let ``hear`` hear every piece; return its bytes."""
    file, size = os.open(place, _NEW, 0o644), 0
    try:
        while piece := source.read(PIECE):
            hear(piece)
            _write_all(file, piece, place)
            size += len(piece)
        _sync(file, place)
    finally:
        os.close(file)
    return size


def _write_all(file: int, data: bytes, place: Path) -> None:
    view = memoryview(data)
    while view:
        try:
            view = view[os.write(file, view) :]
        except OSError as error:
            error.filename = error.filename or str(place)  # a full disk names no file
            raise


def _sync(file: int, place: Path) -> None:
    """Ask once: after a failed sync the system forgets what it could not write, and a second one would lie."""
    try:
        os.fsync(file)
    except OSError as error:
        error.filename = error.filename or str(place)
        raise


def sync_folder(folder: Path) -> None:
    """Sync the names in a folder. Windows opens no folders, and needs none."""
    if sys.platform == "win32":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        _sync(opened, folder)
    finally:
        os.close(opened)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it that are missing, each synced into the one above."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    try:
        os.mkdir(folder)  # noqa: PTH102 - one call of the system, as the tests of faults count them
    except FileExistsError:
        if not folder.is_dir():
            raise
    sync_folder(folder.parent)


def sync_tree(folder: Path) -> None:
    """Sync the names in a folder and in all below it, the deepest first; its files are synced as they are written."""
    for below in sorted(folder.iterdir()):
        if below.is_dir():
            sync_tree(below)
    sync_folder(folder)


def remove_tree(folder: Path) -> None:
    """Remove a folder with all that is in it; one that is gone meanwhile is as good."""
    for below in sorted(folder.iterdir()):
        if below.is_dir() and not below.is_symlink():
            remove_tree(below)
        else:
            below.unlink(missing_ok=True)
    folder.rmdir()


def raise_error(error: OSError) -> None:
    """Let ``os.walk`` raise what it would swallow: a folder that cannot be read is no empty one."""
    raise error
