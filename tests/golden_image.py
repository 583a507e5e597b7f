"""Golden images: what a picture should look like, kept beside the tests, and how far one may be off.

A pytest plugin: ``--update-golden`` writes references anew. A failure leaves expected | difference | actual
in the folder of pytest's temporary files and names it.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

Lab = NDArray[np.float64]
Golden = Callable[..., None]

MOST_BYTES = 20 * 1024
JUST_NOTICEABLE = 2.3

# sRGB to XYZ, D65. Source: IEC 61966-2-1.
_TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
_WHITE = _TO_XYZ.sum(axis=1)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the one way to write references."""
    parser.addoption("--update-golden", action="store_true", help="write golden images anew")


@pytest.fixture
def assert_golden(request: pytest.FixtureRequest, tmp_path: Path) -> Golden:
    """Give the check of a picture against its file: ``assert_golden(image, path, limit=2.3)``."""

    def check(image: bytes | NDArray[np.uint8], path: Path, limit: float = JUST_NOTICEABLE) -> None:
        actual = _pixels(image)
        if request.config.getoption("--update-golden"):
            _write(actual, path)
        assert path.exists(), f"{path} is missing: look at the picture, then run with --update-golden"
        expected = _pixels(path.read_bytes())
        assert actual.shape == expected.shape, f"{path.name}: {actual.shape} instead of {expected.shape}"
        worst = worst_square(to_lab(actual), to_lab(expected))
        if worst > limit:
            place = tmp_path / path.name
            Image.fromarray(side_by_side(actual, expected)).save(place)
            pytest.fail(f"{path.name}: worst square {worst:.2f} ΔE over {limit}; see {place}")

    return check


def worst_square(actual: Lab, expected: Lab, side: int = 8) -> float:
    """Return the largest mean colour difference of any ``side`` × ``side`` px square, in ΔE*ab.

    Both images are (height, width, 3) CIELAB. The worst square and not the mean of the image, because
    a lost word moves the mean of a poster by less than anti-aliasing does.

    Raises:
        ValueError: the sizes differ; an image is never resized to fit its reference.

    Source:
        ΔE*ab 1976, ISO/CIE 11664-4. 2.3 is just noticeable (Mahy et al., 1994).
    """
    if actual.shape != expected.shape:
        raise ValueError(f"{actual.shape} against {expected.shape}")
    difference = np.linalg.norm(actual - expected, axis=2)
    height, width = difference.shape
    # Sums of every square at once, from the sums of all rectangles that begin in the corner.
    sums = np.zeros((height + 1, width + 1))
    sums[1:, 1:] = difference.cumsum(0).cumsum(1)
    down, across = min(side, height), min(side, width)
    squares = sums[down:, across:] - sums[:-down, across:] - sums[down:, :-across] + sums[:-down, :-across]
    return float(squares.max() / (down * across))


def to_lab(pixels: NDArray[np.uint8]) -> Lab:
    """Return sRGB pixels as CIELAB under D65. Source: ISO/CIE 11664-4."""
    share = pixels.astype(np.float64) / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    ratio = linear @ _TO_XYZ.T / _WHITE
    f = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    x, y, z = f[..., 0], f[..., 1], f[..., 2]
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def side_by_side(actual: NDArray[np.uint8], expected: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return expected | difference | actual; the difference is white where there is none, red from 10 ΔE."""
    difference = np.linalg.norm(to_lab(actual) - to_lab(expected), axis=2)
    calm = (255 * (1 - np.clip(difference / 10, 0, 1))).astype(np.uint8)
    middle = np.stack([np.full_like(calm, 255), calm, calm], axis=-1)
    return np.concatenate([expected, middle, actual], axis=1)


def _pixels(image: bytes | NDArray[np.uint8]) -> NDArray[np.uint8]:
    if isinstance(image, bytes):
        with Image.open(BytesIO(image)) as opened:
            return np.asarray(opened.convert("RGB"))
    return image


def _write(pixels: NDArray[np.uint8], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).save(path, "PNG", optimize=True)
    assert path.stat().st_size < MOST_BYTES, f"{path.name} is over {MOST_BYTES} B: make its canvas smaller"
