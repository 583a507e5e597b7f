"""Frames as the encoder takes them: BT.709 I420, limited range."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]

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

    Our own sums, because OpenCV's I420 is BT.601: a flag's red would be off by 18 of 255. They are ordered so
    that each step stays within 0 to 255, being kept in 8 bits; the result is at most 1 off.

    Source: ITU-R BT.709-6, 3.2 and 3.4, for 8 bits.
    """
    height, width = frame.shape[:2]
    rows = frame[top:bottom]
    blue, green, red, _ = cv2.split(rows)
    luma = cv2.addWeighted(red, 0.182586, green, 0.614231, 16)
    y = buffer[: width * height].reshape(height, width)
    y[top:bottom] = cv2.addWeighted(luma, 1, blue, 0.062007, 0)
    small = cv2.resize(rows, (width // 2, (bottom - top) // 2), interpolation=cv2.INTER_AREA)
    blue, green, red, _ = cv2.split(small)
    chroma = buffer[width * height :].reshape(2, height // 2, width // 2)
    half = slice(top // 2, bottom // 2)
    chroma[0, half] = cv2.addWeighted(
        cv2.addWeighted(red, -0.100644, green, -0.338572, 128), 1, blue, 0.439216, 0
    )
    chroma[1, half] = cv2.addWeighted(
        cv2.addWeighted(blue, -0.040274, green, -0.398942, 128), 1, red, 0.439216, 0
    )
