"""What a file is made from, as one digest: while it stays, the file need not be made again."""

from __future__ import annotations

import hashlib
import os
import sys
import sysconfig
import zlib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import metadata
from pathlib import Path

from producer.build.canonical import Plain, canonical, digest, flat

# Distributions whose version can show in the bytes of a file. Their metadata is read, they are not imported.
ENGINES = (
    "babel",
    "ffmpeg-python",
    "fonttools",
    "icu4py",
    "imageio-ffmpeg",
    "lxml",
    "matplotlib",
    "moviepy",
    "numpy",
    "opencv-python-headless",
    "pikepdf",
    "pillow",
    "pypdfium2",
    "python-pptx",
    "segno",
    "skia-python",
    "svgelements",
    "tzdata",
    "uharfbuzz",
    "xlsxwriter",
    "zlib-ng",
)
# Parts of our own package that no byte of a product passes through.
BESIDE_THE_ROAD = {"__pycache__", "build", "cli", "library", "messages", "portal", "requests", "starter"}
VERSION = 1  # of the key's own form


@cache
def engine() -> Mapping[str, str]:
    """Return what renders, name by name: our own code and every library that touches bytes."""
    parts = {name: _version(name) for name in ENGINES}
    parts["producer"] = own_code()
    parts["python"] = f"{sys.version_info.major}.{sys.version_info.minor} zlib {zlib.ZLIB_RUNTIME_VERSION}"
    parts["platform"] = sysconfig.get_platform()
    parts["encoder"] = _other_encoder()
    return parts


def _other_encoder() -> str:
    """The digest of the ffmpeg that takes the place of the wheel's own, whose version says enough; else empty."""
    path = os.environ.get("IMAGEIO_FFMPEG_EXE", "")
    if not path:
        return ""
    try:
        with Path(path).open("rb") as program:
            return hashlib.file_digest(program, "sha256").hexdigest()
    except OSError:
        return path  # rendering says what is wrong with it


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def own_code() -> str:
    """Return the digest of the program that runs."""
    return package_digest(Path(__file__).parents[1])


def package_digest(folder: Path) -> str:
    """Return the SHA-256 over the names and bytes of our own files that can show in a product."""
    hashed = hashlib.sha256()
    for place in sorted(_sources(folder)):
        hashed.update(f"{place.relative_to(folder).as_posix()}\0".encode())
        hashed.update(hashlib.sha256(place.read_bytes()).digest())
    return hashed.hexdigest()


def _sources(folder: Path) -> list[Path]:
    found: list[Path] = []
    for entry in os.scandir(folder):
        if entry.name in BESIDE_THE_ROAD or entry.name.startswith("."):
            continue
        found += _sources(Path(entry.path)) if entry.is_dir() else [Path(entry.path)]
    return found


def engine_digest() -> str:
    """Return the fingerprint of what renders."""
    return digest(dict(engine()))


def key_of(form: Plain, series: Sequence[str]) -> str:
    """Return the key of a job: engine, plain form of its scene, colours of the brand's charts; no path of this machine.

    These are all that rendering is handed: whatever else it reads is noted in the receipt.
    """
    hashed = hashlib.sha256(f"{VERSION} {engine_digest()} {' '.join(series)}\n".encode())
    hashed.update(canonical(form))
    return hashed.hexdigest()


def inputs_of(form: Plain, series: Sequence[str]) -> dict[str, str]:
    """Return everything behind the key by name, short enough to read: what `why` compares."""
    return {**flat(form), "brand.series": " ".join(series)}
