"""Picture files: each format's encoder, and the steps of quality by which a file comes under its limit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image

from producer.render.picture import Pixels, srgb_profile
from producer.render.raster.png import PERCEPTUAL, encode_bands, physical_size, words_of

MEDIA_TYPES: Mapping[str, str] = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "webp": "image/webp",
    "avif": "image/avif",
    "tif": "image/tiff",
}
XMP_NAME, XMP_TAG = "XML:com.adobe.xmp", 700  # of a PNG's text, and of a TIFF's bytes
# Below the last, type on a photograph begins to fray; AVIF's own scale lies lower for the same picture.
QUALITIES: Mapping[str, tuple[int, ...]] = {
    "jpg": (92, 88, 84, 80, 76, 72, 68),
    "webp": (92, 88, 84, 80, 76, 72, 68),
    "avif": (82, 76, 70, 64, 58, 52),
}


@dataclass(frozen=True, slots=True)
class About:
    """What a picture file says of itself."""

    title: str
    language: str
    dpi: float
    packet: bytes = b""  # XMP


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A file and the quality that it was written in; nothing where the format loses nothing."""

    data: bytes
    quality: int | None = None


@dataclass(frozen=True, slots=True)
class Bands:
    """A picture of (height, width, 3), sRGB, whose rows are painted in bands from the top when they are asked for."""

    height: int
    width: int
    parts: Iterable[Pixels]

    def whole(self) -> Pixels:
        """All rows at once, for encoders that take no less."""
        parts = list(self.parts)
        return parts[0] if len(parts) == 1 else np.concatenate(parts)


def write_picture(bands: Bands, form: str, about: About, most: float | None = None) -> PictureFile:
    """Return a picture as a file of at most ``most`` bytes if it can be.

    Quality is lowered step by step; where the last step is still too large that file is returned all the same.
    Nothing in a file depends on the day or the machine.
    """
    last = None
    for last in _attempts(bands, form, about):
        if most is None or len(last.data) <= most:
            break
    if last is None:
        raise ValueError(form)
    return last


def _attempts(bands: Bands, form: str, about: About) -> Iterator[PictureFile]:
    if form == "png":
        words = words_of("Title", about.title, about.language)
        chunks = [PERCEPTUAL, physical_size(about.dpi), words, words_of(XMP_NAME, about.packet.decode())]
        yield PictureFile(encode_bands(bands.parts, (bands.height, bands.width, 3), chunks))
        return
    pixels = bands.whole()
    if form == "tif":
        # Even, or libtiff fills up with a byte of whatever lay in memory.
        tags = {XMP_TAG: about.packet + b" " * (len(about.packet) % 2)}
        dpi = (about.dpi, about.dpi)
        yield PictureFile(_saved(pixels, "TIFF", compression="tiff_lzw", dpi=dpi, tiffinfo=tags))
    else:
        for quality in QUALITIES[form]:
            yield PictureFile(_lossy(pixels, form, quality, about), quality)


def _lossy(pixels: Pixels, form: str, quality: int, about: About) -> bytes:
    """Colour in full resolution: type in a brand's red on blue frays without."""
    both: dict[str, Any] = {"quality": quality, "xmp": about.packet}
    if form == "jpg":
        return _saved(pixels, "JPEG", subsampling=0, optimize=True, dpi=(about.dpi, about.dpi), **both)
    if form == "webp":
        return _saved(pixels, "WEBP", method=4, **both)
    return _saved(pixels, "AVIF", subsampling="4:4:4", speed=7, max_threads=1, **both)


def _saved(pixels: Pixels, name: str, **options: Any) -> bytes:  # noqa: ANN401 - Pillow's own, by format
    out = BytesIO()
    Image.fromarray(pixels).save(out, name, icc_profile=srgb_profile(), **options)
    return out.getvalue()
