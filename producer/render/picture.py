"""Pixels of a picture: cropped for real, resampled once, in the brand's look."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from importlib.resources import files
from io import BytesIO
from math import ceil, floor
from typing import Any, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

from producer.brand.model import Colour, LookKind
from producer.kept import Kept
from producer.layout.model import Photo
from producer.photo import in_eight_bits, load_pixels, open_picture, upright
from producer.render._skia import skia
from producer.render.adobe_rgb import adobe_rgb, says_adobe_rgb
from producer.render.model import Resources
from producer.scene.model import Look, Picture
from producer.svg import read_svg, refuse_outside, view_box

Pixels = NDArray[np.uint8]
Profile: TypeAlias = Any  # ImageCms has one class for files and none that can be named for its own

# Decoded originals that are kept: a clip asks for one picture in many frames, a deck on many pages, a sheet of
# many rows for a few pictures in all of them. The largest that is read, of 64 million px, just has room.
KEPT_BYTES = 192_000_000
LOOKED_ROWS = 256  # to which a look is applied at a time


def picture_pixels(photo: Photo, width_px: int, height_px: int, resources: Resources) -> Pixels:
    """Return the part of a picture that a photo shows, (height_px, width_px, 3), sRGB, in its look.

    Where the picture is transparent, the light ink of its look shows, or white.
    """
    image = picture_image(photo, width_px, height_px, resources)
    if image.mode == "RGBA":
        light = resources.colour(photo.look.light) if photo.look else Colour(255, 255, 255)
        ground = Image.new("RGB", image.size, (light.red, light.green, light.blue))
        ground.paste(image, mask=image.getchannel("A"))
        image = ground
    return np.asarray(image)


def picture_jpeg(photo: Photo, size_px: tuple[int, int], resources: Resources, quality: int = 92) -> bytes:
    """Return the same as a JPEG file without metadata but its sRGB profile, chroma in full."""
    return jpeg_bytes(Image.fromarray(picture_pixels(photo, *size_px, resources)), quality)


def jpeg_bytes(image: Image.Image, quality: int = 92) -> bytes:
    """Return an opaque picture as a JPEG file, as :func:`picture_jpeg` does."""
    out = BytesIO()
    image.save(out, "JPEG", quality=quality, subsampling=0, optimize=True, icc_profile=srgb_profile())
    return out.getvalue()


def picture_image(photo: Photo, width_px: int, height_px: int, resources: Resources) -> Image.Image:
    """Return the part of a picture that a photo shows as RGB, or RGBA where the picture is transparent."""
    if photo.picture.vector:
        image = _vector_part(photo, width_px, height_px, resources.read_bytes(photo.picture.path))
    else:
        image = _raster_part(photo, width_px, height_px, resources)
    return _in_look(image, photo.look, resources) if photo.look else image


def _raster_part(photo: Photo, width_px: int, height_px: int, resources: Resources) -> Image.Image:
    """Resample the crop once.

    Cubic, since Lanczos differs from it by less than half a level of 255 on average and takes half as long
    again; ``reducing_gap`` 3 cannot be told from the exact way. To enlarge, OpenCV does the same five times as
    fast, from whole px: a picture that is enlarged has none to spare.
    """
    original = _original(photo.picture, resources)
    crop = photo.crop
    box = (
        min(max(crop.x, 0.0), original.width - 1),
        min(max(crop.y, 0.0), original.height - 1),
        min(crop.right, original.width),
        min(crop.bottom, original.height),
    )
    if original.mode == "RGB" and box[2] - box[0] <= width_px and box[3] - box[1] <= height_px:
        part = np.asarray(original.crop((floor(box[0]), floor(box[1]), ceil(box[2]), ceil(box[3]))))
        return Image.fromarray(cv2.resize(part, (width_px, height_px), interpolation=cv2.INTER_CUBIC))
    return original.resize((width_px, height_px), Image.Resampling.BICUBIC, box, reducing_gap=3.0)


def _original(picture: Picture, resources: Resources) -> Image.Image:
    """The whole picture, decoded; the last ones used are kept, by digest where there is one."""

    def decoded() -> Image.Image:
        return decode(resources.read_bytes(picture.path))

    return _originals.get(picture.digest, decoded)


def _bytes(image: Image.Image) -> int:
    return image.width * image.height * len(image.getbands())


_originals = Kept(KEPT_BYTES, _bytes)


def decode(data: bytes) -> Image.Image:
    """Return a picture file as sRGB in RGB or RGBA, turned as its camera was, and nothing of it but its px.

    What a camera or a program wrote beside them stays behind: place, owner, serial number, comments.
    """
    with open_picture(data) as opened:
        load_pixels(opened, opened.size)
        profile = opened.info.get("icc_profile") or (adobe_rgb() if says_adobe_rgb(opened) else None)
        image = in_eight_bits(upright(opened)).copy()
    transparent = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    if "transparency" in image.info:
        image = image.convert("LA" if image.mode == "L" else "RGBA")
    elif image.mode not in AS_THEY_ARE:  # a palette's profile is that of its colours
        image = image.convert("RGBA" if transparent else "RGB")
    image = _to_srgb(image, profile)
    mode = "RGBA" if transparent else "RGB"
    if image.mode != mode:  # a conversion copies even where there is nothing to do
        image = image.convert(mode)
    image.info.clear()  # or Pillow writes comments into the next file
    return image


# Modes whose colours are told to a profile as they are.
AS_THEY_ARE = ("RGB", "RGBA", "L", "LA", "CMYK", "LAB")


def _to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Carry colours over; a profile that is broken or of another kind is taken for none, as viewers do.

    Without one, RGB and grey are sRGB, and CMYK is taken for coated paper, the most usual press.
    """
    for source in _profiles_of(image.mode, profile):
        try:
            return _carried(image, source)
        except (ImageCms.PyCMSError, OSError, ValueError):
            continue
    return image


def _profiles_of(mode: str, profile: bytes | None) -> Iterator[Profile]:
    """Yield what the colours of a mode may mean, the file's own profile first."""
    if profile:
        with suppress(ImageCms.PyCMSError, OSError):
            yield ImageCms.ImageCmsProfile(BytesIO(profile))
    if mode == "CMYK":
        yield ImageCms.ImageCmsProfile(
            BytesIO((files("producer.render.pdf") / "coated-fogra39.icc").read_bytes())
        )
    elif mode == "LAB":
        yield ImageCms.createProfile("LAB")


def _carried(image: Image.Image, source: Profile) -> Image.Image:
    """The picture in sRGB; its transparency is no colour and stays."""
    opaque = image.convert("L") if image.mode == "LA" else image
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    made = (
        ImageCms.profileToProfile(opaque, source, ImageCms.createProfile("sRGB"), outputMode=mode) or opaque
    )
    if image.mode == "LA":
        made.putalpha(image.getchannel("A"))
    return made


@cache
def srgb_profile() -> bytes:
    """Return an sRGB profile with the same bytes on every day: the date of its header is zeroed."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = bytes(12)
    return bytes(profile)


def _vector_part(photo: Photo, width_px: int, height_px: int, data: bytes) -> Image.Image:
    """Draw the crop of an SVG at exactly these pixels. It was judged at the door, and is again here."""
    root = read_svg(data)
    refuse_outside(root)
    view, crop = view_box(root), photo.crop
    dom: Any = skia.SVGDOM.MakeFromStream(skia.MemoryStream.MakeCopy(data))
    # A file that says its size in px keeps it, whatever container it gets.
    own = dom.containerSize()
    if own.isEmpty():
        own = skia.Size(view.width, view.height)
        dom.setContainerSize(own)
    surface = skia.Surface(width_px, height_px)
    with surface as canvas:
        canvas.scale(width_px / crop.width, height_px / crop.height)
        canvas.translate(-crop.x, -crop.y)
        canvas.scale(photo.picture.width / own.width(), photo.picture.height / own.height())
        dom.render(canvas)
    pixels = surface.makeImageSnapshot().toarray(
        colorType=skia.ColorType.kRGBA_8888_ColorType, alphaType=skia.AlphaType.kUnpremul_AlphaType
    )
    image = Image.fromarray(pixels)
    return image.convert("RGB") if pixels[..., 3].min() == 255 else image


def _in_look(image: Image.Image, look: Look, resources: Resources) -> Image.Image:
    """Lay a look over a picture, as strongly as it says."""
    dark, light = resources.colour(look.dark), resources.colour(look.light)
    table = look_table(look.kind, dark, light)
    pixels, grey = np.asarray(image.convert("RGB")), np.asarray(image.convert("L"))
    made = np.empty_like(pixels)
    for top in range(0, len(pixels), LOOKED_ROWS):  # floats take four times the room
        rows = slice(top, top + LOOKED_ROWS)
        mixed = pixels[rows] + (table[grey[rows]] - pixels[rows].astype(np.float32)) * look.strength
        made[rows] = np.rint(mixed)
    result = Image.fromarray(made)
    if image.mode == "RGBA":
        result.putalpha(image.getchannel("A"))
    return result


def look_table(kind: LookKind, dark: Colour, light: Colour) -> NDArray[np.float32]:
    """Return the colour of each of 256 grey levels, (256, 3), sRGB.

    ``DUOTONE`` runs from the dark ink to the light one; the end tenths of grey are the plain inks, since few
    photographs reach black and white. ``TINT`` keeps the lightness of the photograph and takes the hue of the
    inks: black, dark, light, white, each ink at its own grey. ``MONO`` is grey.
    """
    if kind is LookKind.DUOTONE:
        stops, inks = [0.06, 0.94], [dark, light]
    elif kind is LookKind.TINT:
        stops = [0.0, _grey(dark), max(_grey(light), _grey(dark) + 0.01), 1.01]
        inks = [Colour(0, 0, 0), dark, light, Colour(255, 255, 255)]
    else:
        stops, inks = [0.0, 1.0], [Colour(0, 0, 0), Colour(255, 255, 255)]
    levels = np.linspace(0.0, 1.0, 256)
    channels = zip(*((ink.red, ink.green, ink.blue) for ink in inks), strict=True)
    return np.stack([np.interp(levels, stops, channel) for channel in channels], axis=1).astype(np.float32)


def _grey(colour: Colour) -> float:
    """The grey that Pillow gives a colour, 0 to 1. Source: ITU-R BT.601, luma."""
    return (0.299 * colour.red + 0.587 * colour.green + 0.114 * colour.blue) / 255
