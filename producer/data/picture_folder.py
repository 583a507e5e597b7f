"""A folder of pictures: each is a row."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from producer.data.model import ColumnType, Record, Sheet
from producer.diagnostics import Diagnostic, Level, Scope, Span
from producer.world import World

PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".avif", ".tif", ".tiff", ".svg")
COLUMNS = ("name", "photo")


def is_folder(path: str, world: World) -> bool:
    """Whether a path is a folder with a picture in it."""
    return not world.exists(path) and any(map(is_picture, world.files(path)))


def is_picture(path: str) -> bool:
    """Whether a file is a picture by its ending."""
    return PurePosixPath(path).suffix.lower() in PICTURES


def open_folder(path: str, world: World) -> Sheet:
    """Return the pictures of a folder in the order of their names, where 2 stands before 10."""
    files = sorted(world.files(path), key=_natural)
    pictures = [file for file in files if is_picture(file)]
    others = len(files) - len(pictures)
    problems: tuple[Diagnostic, ...] = ()
    if others:
        facts: dict[str, str | int] = {"count": others, "known": " ".join(PICTURES)}
        problems = (Diagnostic("data/no-pictures", Span(path), facts, Level.NOTE, Scope.ROW),)
    records = (
        Record(n, (PurePosixPath(file).stem, PurePosixPath(file))) for n, file in enumerate(pictures, start=1)
    )
    return Sheet(COLUMNS, records, path, types={"photo": ColumnType.PHOTO}, problems=problems)


def _natural(path: str) -> list[tuple[int, int, str]]:
    parts = re.split(r"([0-9]+)", path)
    return [
        (1, int(part), "") if part.isdigit() and part.isascii() else (0, 0, part.casefold()) for part in parts
    ]
