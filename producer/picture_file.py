"""Finished picture files, opened again and measured: what they are, not what they were meant to be."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageCms

SRGB = "sRGB"
RASTERS = ("image/png", "image/jpeg", "image/webp", "image/avif", "image/tiff")


class BrokenPictureError(ValueError):
    """A file that no program could open."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What a picture file says of itself."""

    media_type: str
    size: tuple[int, int]  # px
    mode: str  # of Pillow: RGB, CMYK, L …
    profile: str  # name of the colour space; empty where the file says nothing
    dpi: float | None  # nothing where the format, or the file, has no word for it


def measure(data: bytes, *, whole: bool = False) -> Measured:
    """Return what a picture file is; with ``whole`` all of it is read: PNG by its checksums, others decoded.

    Raises:
        BrokenPictureError: it cannot be opened, or ends too early.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # a large print, and our own
            with Image.open(BytesIO(data)) as image:
                found = Measured(
                    Image.MIME.get(image.format or "", "?"),
                    image.size,
                    image.mode,
                    _profile(image),
                    _dpi(image),
                )
                if whole:
                    _ = image.verify() if found.media_type == "image/png" else image.load()
    except (OSError, SyntaxError, ValueError) as error:
        raise BrokenPictureError(str(error)) from error
    return found


def _profile(image: Image.Image) -> str:
    """PNG may name sRGB without carrying its profile."""
    if "srgb" in image.info:
        return SRGB
    profile = image.info.get("icc_profile")
    if not profile:
        return ""
    try:
        name = ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(BytesIO(profile))).strip()
    except (ImageCms.PyCMSError, OSError):
        return "?"
    return SRGB if name.startswith(SRGB) else name


def _dpi(image: Image.Image) -> float | None:
    """PNG counts px to the metre, so that whole px to the inch come back a hair off."""
    told = image.info.get("dpi")
    return round(float(told[0]), 1) if told else None
