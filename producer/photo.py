"""Picture files at the door: their size and health. No numpy here: it would double the start of every command."""

from __future__ import annotations

import struct
import warnings
from collections.abc import Callable
from io import BytesIO
from typing import NamedTuple

from PIL import Image, UnidentifiedImageError

from producer.svg import BrokenSvgError, UnsafeSvgError, read_svg, refuse_outside, view_box

# That are decoded. A 50-megapixel camera fits; a JPEG of more, as phones make them, is decoded at a half or a
# quarter of its sides, which costs no more and is still sharp on a poster.
MOST_PIXELS = 64_000_000
MOST_JPEG_PIXELS = 220_000_000  # of a file: decoding one that is stored in passes takes 3 bytes for each
REDUCED = (1, 2, 4)
Image.MAX_IMAGE_PIXELS = None  # Pillow's limit speaks to programmers; ours is held where a header was read
HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")
ORIENTATION = 0x0112
LYING = (5, 6, 7, 8)  # turns that make height of width
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
JPEGS = ("JPEG", "MPO")  # the second holds several views, of which the first is the photograph
MOVING = ("GIF", "WEBP", "PNG", "AVIF")
EVEN = 4  # of 255, within which a compressed field of one colour stays
FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "AVIF", "GIF", "BMP")


class PictureError(ValueError):
    """A picture that cannot be used; the subclass says why, ``detail`` what was found."""

    kind = ""

    def __init__(self, detail: str = "") -> None:
        """Keep what was found."""
        self.detail = detail
        super().__init__(f"{self.kind}: {detail}")


class CutShortPictureError(PictureError):
    """The file ends before the picture does."""

    kind = "cut-short"


class NotAPictureError(PictureError):
    """No format that we read."""

    kind = "no-picture"


class PhonePictureError(PictureError):
    """HEIC, as phones store photographs: its patents keep readers for it from us."""

    kind = "phone-format"


class TooLargePictureError(PictureError):
    """More px than we decode: a scan by mistake, or a bomb."""

    kind = "too-large"


class UnsafePictureError(PictureError):
    """An SVG that links, scripts or writes text."""

    kind = "unsafe"


class PictureHead(NamedTuple):
    """The size of a picture after its EXIF turn; a vector picture has that of its viewBox.

    Of a JPEG too large to be decoded whole it is the size that it is decoded at.
    """

    width: int
    height: int
    vector: bool
    frames: int = 1  # of which the first is shown
    empty: bool = False  # nothing is seen of it, or one colour


def read_picture(data: bytes) -> PictureHead:
    """Return the size of a picture whose whole file was decoded once, at an eighth for JPEG.

    Raises:
        PictureError: one of its subclasses says what is wrong with the file.
    """
    if looks_like_svg(data):
        return _read_vector(data)
    with open_picture(data) as image:
        width, height = reduced(image)
        frames = int(getattr(image, "n_frames", 1)) if image.format in MOVING else 1
        load_pixels(image, (width // 8, height // 8))
        size = (height, width) if turn_of(image) in LYING else (width, height)
        return PictureHead(*size, vector=False, frames=frames, empty=is_empty(image))


def is_empty(image: Image.Image) -> bool:
    """Whether a loaded picture shows nothing: it is see-through all over, or of one colour."""
    seen = image.convert("RGBA") if "transparency" in image.info or image.mode == "PA" else image
    if seen.mode in ("RGBA", "LA") and seen.getchannel("A").getextrema()[1] == 0:
        return True
    seen = seen.convert("RGB") if seen.mode == "P" else seen
    found = seen.getextrema()
    ranges = found if isinstance(found[0], tuple) else (found,)
    most = EVEN * 256 if seen.mode[0] == "I" else EVEN
    return all(high - low <= most for low, high in ranges)


def reduced(image: Image.Image) -> tuple[int, int]:
    """Return the size that an opened picture is decoded at: its own, or a part of that of a very large JPEG."""
    width, height = image.size
    share = _reduction(image)
    return -(-width // share), -(-height // share)


def _reduction(image: Image.Image) -> int:
    """How many px of each side become one where an opened picture is decoded."""
    width, height = image.size
    return next((by for by in REDUCED if width // by * (height // by) <= MOST_PIXELS), REDUCED[-1])


def looks_like_svg(data: bytes) -> bool:
    """Whether a file begins as an SVG does."""
    head = data[:256].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith((b"<svg", b"<?xml", b"<!--", b"<!DOCTYPE", b"<!doctype"))


def _read_vector(data: bytes) -> PictureHead:
    try:
        root = read_svg(data)
        refuse_outside(root)
        view = view_box(root)
    except UnsafeSvgError as error:
        raise UnsafePictureError(error.what) from error
    except BrokenSvgError as error:
        cut = b"<svg" in data[:2000] and b"</svg" not in data[-200:]
        raise (CutShortPictureError if cut else NotAPictureError)(str(error)) from error
    return PictureHead(max(round(view.width), 1), max(round(view.height), 1), vector=True)


def open_picture(data: bytes) -> Image.Image:
    """Return the picture with its header read and its size within the limit; nothing is decoded yet.

    Raises:
        NotAPictureError: Pillow does not know it, or its px are measurements and no colours.
        PhonePictureError: it is HEIC.
        CutShortPictureError: it is known and ends inside its header, or (WebP) anywhere.
        TooLargePictureError: it has more than ``MOST_PIXELS``, or a JPEG more than ``MOST_JPEG_PIXELS``.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # EXIF that is damaged: the px need not be
        try:
            image = Image.open(BytesIO(data), formats=FORMATS)
        except (UnidentifiedImageError, ValueError, SyntaxError, Warning) as error:
            unknown = PhonePictureError if is_heic(data) else NotAPictureError
            raise unknown(type(error).__name__) from error
        except OSError as error:
            raise CutShortPictureError(str(error)) from error
    most = MOST_JPEG_PIXELS if image.format in JPEGS else MOST_PIXELS
    if image.width * image.height > most:
        raise TooLargePictureError(f"{image.width} × {image.height} px")
    if image.mode == "F":  # what such numbers mean as grey nobody says: 0 to 1 would all be black
        raise NotAPictureError("32-bit float")
    return image


def turn_of(image: Image.Image) -> int:
    """Return how a camera was held, as EXIF counts it from 1 to 8; 1 where it does not say, or cannot be read.

    To be asked after loading: Pillow turns TIFF by itself and forgets the turn; PNG may tell it at its end.
    """
    return int(turn) if isinstance(turn := exif_value(image, lambda exif: exif.get(ORIENTATION)), int) else 1


def exif_value(image: Image.Image, ask: Callable[[Image.Exif], object]) -> object:
    """Return what ``ask`` reads in a picture's EXIF, or nothing where that is damaged."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ask(image.getexif())
    except (AttributeError, KeyError, TypeError, ValueError, SyntaxError, OSError, struct.error):
        return None  # all that Pillow is seen to raise there


def upright(image: Image.Image) -> Image.Image:
    """Return a loaded picture as its camera was held; Pillow would write its EXIF anew, and stop where it cannot."""
    turn = TURNS.get(turn_of(image))
    return image.transpose(turn) if turn is not None else image


def in_eight_bits(image: Image.Image) -> Image.Image:
    """Return grey of 16 bits a px as grey of 8, which Pillow would cut off at 255; all else as it is."""
    return image.convert("I").point(lambda value: value / 256).convert("L") if image.mode[0] == "I" else image


def is_heic(data: bytes) -> bool:
    """Whether a file begins as photographs of phones do.

    Source:
        ISO/IEC 23008-12, brands of the file type box.
    """
    return data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS


def load_pixels(image: Image.Image, least: tuple[int, int]) -> None:
    """Decode the file to its end; a JPEG only as finely as ``least`` asks, and as :func:`reduced` allows.

    Raises:
        CutShortPictureError: the file ends too early, or its pixels are damaged.
    """
    if image.format in JPEGS:
        share = _reduction(image)
        width, height = (min(wanted, most // share) for wanted, most in zip(least, image.size, strict=True))
        image.draft("RGB", (max(width, 1), max(height, 1)))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            image.load()
    except (OSError, ValueError, SyntaxError, EOFError, Warning) as error:
        raise CutShortPictureError(str(error)) from error
