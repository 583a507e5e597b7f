"""A camera's file becomes a picture: upright, its colours kept, everything about places, days and people gone."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from producer.intake.model import Clean
from producer.photo import exif_value, in_eight_bits, load_pixels, open_picture, upright
from producer.render.adobe_rgb import adobe_rgb, says_adobe_rgb

GPS = 0x8825  # Source: EXIF 2.32, 4.6.3, the pointer to where a picture was taken
LOSSLESS = ("PNG", "TIFF", "BMP", "GIF")
QUALITY = 95  # at which another JPEG of a JPEG cannot be told from it


def opened(data: bytes) -> Image.Image:
    """Return a picture, decoded to its end.

    Raises:
        PictureError: one of its subclasses says what is wrong with the file.
    """
    image = open_picture(data)
    load_pixels(image, image.size)
    return image


def cleaned(image: Image.Image) -> Clean:
    """Return a picture as a file of px and colours alone."""
    located = bool(exif_value(image, lambda exif: exif.get_ifd(GPS)))
    profile = image.info.get("icc_profile") or (adobe_rgb() if says_adobe_rgb(image) else None)
    lossless = image.format in LOSSLESS
    turned = in_eight_bits(upright(image))
    clear = turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info
    if turned.mode not in ("L", "RGB", "CMYK", "RGBA"):
        turned = turned.convert("RGBA" if clear else "RGB")
    bare = turned.copy()
    bare.info = {}  # notes, thumbnails, names of owners and places
    file = BytesIO()
    if (lossless or clear) and bare.mode != "CMYK":
        bare.save(file, "PNG", icc_profile=profile)
        return Clean(file.getvalue(), ".png", located)
    bare.save(file, "JPEG", quality=QUALITY, subsampling=0, icc_profile=profile)
    return Clean(file.getvalue(), ".jpg", located)
