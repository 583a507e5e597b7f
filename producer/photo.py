"""Picture files at the door: their size and health, and the point that the eye goes to."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from producer.svg import BrokenSvgError, UnsafeSvgError, read_svg, refuse_outside, view_box

# A 50-megapixel camera fits; Pillow's own limit only warns, and lets through twice its 89 million px.
MOST_PIXELS = 64_000_000
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


class TooLargePictureError(PictureError):
    """More px than we decode: a scan by mistake, or a bomb."""

    kind = "too-large"


class UnsafePictureError(PictureError):
    """An SVG that links, scripts or writes text."""

    kind = "unsafe"


class PictureHead(NamedTuple):
    """The size of a picture after its EXIF turn; a vector picture has that of its viewBox."""

    width: int
    height: int
    vector: bool


def read_picture(data: bytes) -> PictureHead:
    """Return the size of a picture whose whole file was decoded once, at an eighth for JPEG.

    Raises:
        PictureError: one of its subclasses says what is wrong with the file.
    """
    if _looks_like_svg(data):
        return _read_vector(data)
    with open_picture(data) as image:
        width, height = image.size
        _load(image, (width // 8, height // 8))
        # Asked after loading: Pillow turns TIFF by itself and forgets the turn; PNG may tell it at its end.
        turned = image.getexif().get(0x0112, 1) in (5, 6, 7, 8)
    return PictureHead(height, width, vector=False) if turned else PictureHead(width, height, vector=False)


def _looks_like_svg(data: bytes) -> bool:
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
        NotAPictureError: Pillow does not know it.
        CutShortPictureError: it is known and ends inside its header, or (WebP) anywhere.
        TooLargePictureError: it has more than ``MOST_PIXELS``.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            image = Image.open(BytesIO(data), formats=FORMATS)
        except Image.DecompressionBombError as error:
            raise TooLargePictureError(str(error)) from error
        except Image.DecompressionBombWarning as error:
            raise TooLargePictureError(str(error)) from error
        except (UnidentifiedImageError, ValueError, SyntaxError, Warning) as error:
            raise NotAPictureError(type(error).__name__) from error
        except OSError as error:
            raise CutShortPictureError(str(error)) from error
    if image.width * image.height > MOST_PIXELS:
        raise TooLargePictureError(f"{image.width} × {image.height}")
    return image


def _load(image: Image.Image, least: tuple[int, int]) -> None:
    """Decode the file to its end; a JPEG only as finely as ``least`` asks.

    Raises:
        CutShortPictureError: the file ends too early, or its pixels are damaged.
    """
    if image.format == "JPEG":
        image.draft("RGB", (max(least[0], 1), max(least[1], 1)))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            image.load()
    except (OSError, ValueError, SyntaxError, EOFError, Warning) as error:
        raise CutShortPictureError(str(error)) from error


def find_focus(data: bytes) -> tuple[float, float]:
    """Return the point that the eye goes to, in fractions of width and height, the same for the same file.

    OpenCV 5 ships neither the cascades nor the class that found faces in 4, and its newer detectors need a
    model that is not in the wheel. What stands out from its surroundings takes their place, pulled towards
    the middle; a focus given by hand is better. A vector picture keeps its middle: its author composed it.

    Raises:
        PictureError: as :func:`read_picture`.

    Source:
        Frequency-tuned salient region detection, Achanta et al., CVPR 2009; spectral residual, Hou and Zhang,
        CVPR 2007. The first finds a thing of another colour, the second a thing of another grain.
    """
    if _looks_like_svg(data):
        return 0.5, 0.5
    with open_picture(data) as image:
        _load(image, (256, 256))
        small = ImageOps.exif_transpose(image).convert("RGB")
        cells = np.asarray(small.resize((64, 64), Image.Resampling.BOX), dtype=np.float64)
    weight = _saliency(cells)
    total = weight.sum()
    if total <= 0:
        return 0.5, 0.5
    middles = (np.arange(64) + 0.5) / 64
    # Two decimals: coarser than the noise of the transform on another processor, finer than any crop shows.
    return round(float(weight.sum(0) @ middles / total), 2), round(float(weight.sum(1) @ middles / total), 2)


def _saliency(cells: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much each of 64 × 64 cells stands out; the weakest nine tenths count for nothing."""
    colour = _around(np.linalg.norm(cells - cells.mean((0, 1)), axis=2), 1)
    grain = _around(_residual(cells.mean(2)), 3)
    across = np.linspace(-1, 1, 64)
    towards_middle = np.exp(-(across[:, None] ** 2 + across[None, :] ** 2))
    weight = (colour / (colour.max() or 1) + grain / (grain.max() or 1)) * towards_middle
    # The border rolls over from the far side.
    weight[:4] = weight[-4:] = 0
    weight[:, :4] = weight[:, -4:] = 0
    return np.where(weight >= np.quantile(weight, 0.9), weight**2, 0.0)


def _residual(grey: NDArray[np.float64]) -> NDArray[np.float64]:
    """What the spectrum of a picture has beyond the smooth one that all pictures share."""
    spectrum = np.fft.fft2(grey)
    log = np.log(np.abs(spectrum) + 1.0)
    return np.asarray(np.abs(np.fft.ifft2(np.exp(log - _around(log, 1) + 1j * np.angle(spectrum)))) ** 2)


def _around(cells: NDArray[np.float64], reach: int) -> NDArray[np.float64]:
    """The mean of each cell with its neighbours up to ``reach`` away, rolling over at the border."""
    steps = range(-reach, reach + 1)
    moved = [np.roll(cells, (dy, dx), (0, 1)) for dy in steps for dx in steps]
    return np.asarray(np.mean(moved, axis=0))
