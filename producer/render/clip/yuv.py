"""Frames as the encoder takes them: BT.709 I420, limited range."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]

# From blue, green, red and an alpha that does not count to U and V.
CHROMA = np.array([[0.439216, -0.338572, -0.100644, 0, 128], [-0.040274, -0.398942, 0.439216, 0, 128]])
cv2.setNumThreads(1)  # workers run side by side; and one thread gives one order of sums


def empty_i420(width: int, height: int) -> Pixels:
    """A buffer for one frame: Y, then U and V at half size.

    Raises:
        ValueError: a side is odd; chroma has no half px.
    """
    if width % 2 or height % 2:
        msg = f"a clip of {width} × {height} px: both sides must be even"
        raise ValueError(msg)
    return np.zeros(width * height * 3 // 2, np.uint8)


def fill_i420(buffer: Pixels, frame: Pixels, top: int, bottom: int) -> None:
    """Convert rows ``top`` (even) to ``bottom`` (even, excluded) of a (height, width, 4) BGRA frame into a buffer.

    Our own sums, because OpenCV's I420 is BT.601: a flag's red would be off by 18 of 255. Luma comes in steps
    kept in 8 bits, each within 0 to 255, and is at most 1 off; chroma, which weighs twice in blue, in one step.

    Source: ITU-R BT.709-6, 3.2 and 3.4, for 8 bits.
    """
    height, width = frame.shape[:2]
    rows = frame[top:bottom]
    blue, green, red, _ = cv2.split(rows)
    luma = cv2.addWeighted(red, 0.182586, green, 0.614231, 16)
    y = buffer[: width * height].reshape(height, width)
    y[top:bottom] = cv2.addWeighted(luma, 1, blue, 0.062007, 0)
    small = cv2.resize(rows, (width // 2, (bottom - top) // 2), interpolation=cv2.INTER_AREA)
    chroma = buffer[width * height :].reshape(2, height // 2, width // 2)
    half = slice(top // 2, bottom // 2)
    chroma[0, half], chroma[1, half] = cv2.split(cv2.transform(small, CHROMA))
