"""How well one colour is told from another. Source: WCAG 2.2, relative luminance and contrast ratio."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Rgb = tuple[int, int, int]  # sRGB, 0 to 255

LEAST_CONTRAST = 4.5  # of running text: WCAG 2.2 AA, 1.4.3
LEAST_LARGE = 3.0  # the same, of large text and graphics
# The share of the ground that may be worse: a glint of a few px does not hide a letter.
GLINT = 0.03
WEIGHTS = (0.2126, 0.7152, 0.0722)


def luminance(colour: Rgb) -> float:
    """Return the relative luminance of a colour, between 0 and 1."""
    shares = (value / 255 for value in colour)
    linear = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return sum(weight * value for weight, value in zip(WEIGHTS, linear, strict=True))


def ratio(one: float, other: float) -> float:
    """Return the contrast, 1 to 21, of two luminances."""
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def luminances(pixels: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the relative luminance of (…, 3) sRGB pixels from 0 to 255."""
    import numpy as np  # here, since whoever plans needs no arrays

    value = pixels / 255
    linear = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ np.array(WEIGHTS))


def contrast_over(ink: Rgb, alpha: float, ground: NDArray[np.float64]) -> float:
    """Return the contrast of an ink on all but the worst few of ``ground``'s (n, 3) sRGB pixels.

    An ink that lets its ground through is mixed with each pixel.
    """
    import numpy as np

    own = np.array(ink, np.float64)
    return float(
        np.quantile(contrasts(own if alpha == 1 else own * alpha + ground * (1 - alpha), ground), GLINT)
    )


def contrasts(pixels: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the contrast of (…, 3) sRGB pixels from 0 to 255, one by one."""
    import numpy as np

    one, other = luminances(pixels), luminances(others)
    return np.asarray((np.maximum(one, other) + 0.05) / (np.minimum(one, other) + 0.05))
