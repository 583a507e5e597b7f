"""The point of a picture that the eye goes to."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from producer.photo import load_pixels, looks_like_svg, open_picture


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
    if looks_like_svg(data):
        return 0.5, 0.5
    with open_picture(data) as image:
        load_pixels(image, (256, 256))
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
