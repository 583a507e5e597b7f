"""What comes in through the portal: photographs and sheets. Hostile until they were opened, counted and written anew.

Nothing is ever fetched: an address in a value is a text like any other. A photograph is known by its first bytes, and
what is kept is made from its px alone, so that nothing that was hidden in the file comes along.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from producer.build.store import FOLDER, write_whole
from producer.diagnostics import ProducerError
from producer.intake.clean import cleaned, opened
from producer.photo import PictureError, TooLargePictureError, open_picture
from producer.requests.draft import problem

MOST_PHOTO_BYTES = 25_000_000
MOST_PIXELS = 40_000_000
MOST_FRAMES = 1
MAGIC = {b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG", b"RIFF": "WEBP"}
KINDS = ("PNG", "JPEG", "MPO", "WEBP")  # the third is a JPEG with a second view
UPLOADS = f"{FOLDER}/uploads"  # below the project: what was sent and is not part of it yet
SUFFIXES = (".jpg", ".png")


@dataclass(frozen=True, slots=True)
class Upload:
    """A photograph as it was written anew."""

    digest: str  # SHA-256 of ``data``
    data: bytes
    suffix: str
    width: int
    height: int
    located: bool  # whether the file said where it was taken; what is kept does not


def photo(data: bytes, name: str = "") -> Upload:
    """Return a photograph made anew from the px of ``data``; ``name`` is what its sender called it.

    Raises:
        ProducerError: ``request/not-a-photo``, ``request/photo-too-large``, ``request/photo-moves`` or
            ``request/photo-broken``; nothing is decoded before its size is known.
    """
    if len(data) > MOST_PHOTO_BYTES:
        found = f"{len(data) / 1e6:.0f} MB"
        raise ProducerError(
            [
                problem(
                    "request/photo-too-large",
                    "",
                    name=name,
                    found=found,
                    most=f"{MOST_PHOTO_BYTES // 10**6} MB",
                )
            ]
        )
    kind = next((kind for magic, kind in MAGIC.items() if data.startswith(magic)), "")
    if not kind or (kind == "WEBP" and data[8:12] != b"WEBP"):
        raise ProducerError([problem("request/not-a-photo", "", name=name)])
    try:
        with open_picture(data) as image:
            _check(image.width, image.height, int(getattr(image, "n_frames", 1)), image.format or "", name)
        clean = cleaned(opened(data))
        with open_picture(clean.data) as image:
            width, height = image.size
    except TooLargePictureError as error:
        raise ProducerError(
            [problem("request/photo-too-large", "", name=name, found=error.detail, most=_million())]
        ) from error
    except PictureError as error:
        raise ProducerError([problem("request/photo-broken", "", name=name)]) from error
    digest = hashlib.sha256(clean.data).hexdigest()
    return Upload(digest, clean.data, clean.suffix, width, height, clean.located)


def _check(width: int, height: int, frames: int, kind: str, name: str) -> None:
    if kind not in KINDS:
        raise ProducerError([problem("request/not-a-photo", "", name=name)])
    if width * height > MOST_PIXELS:
        raise ProducerError(
            [
                problem(
                    "request/photo-too-large", "", name=name, found=f"{width} × {height} px", most=_million()
                )
            ]
        )
    if frames > MOST_FRAMES and kind != "MPO":  # telephones keep a second view of a photograph in such a file
        raise ProducerError([problem("request/photo-moves", "", name=name)])


def _million() -> str:
    return f"{MOST_PIXELS // 10**6} Mpx"


class PhotoShelf:
    """The photographs that were sent to a project, by their digests."""

    def __init__(self, project: Path) -> None:
        """Take the project's folder; nothing is made before something is kept."""
        self.folder = project / UPLOADS

    def keep(self, upload: Upload) -> None:
        """Keep a photograph; the same one twice is one file."""
        place = self.folder / f"{upload.digest}{upload.suffix}"
        if not place.exists():
            write_whole(place, upload.data)

    def place(self, digest: str) -> Path | None:
        """Where a photograph is; nothing where it was never sent, or was cleared away."""
        if not digest.isalnum():
            return None
        places = (self.folder / f"{digest}{suffix}" for suffix in SUFFIXES)
        return next((place for place in places if place.is_file()), None)
