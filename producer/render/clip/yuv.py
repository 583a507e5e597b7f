"""Frames as the encoder takes them: BT.709 I420, limited range."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]

# From blue, green and red to U, V and nothing: with three rows OpenCV is eight times as fast as with two.
CHROMA = np.array(
    [[0.439216, -0.338572, -0.100644, 128], [-0.040274, -0.398942, 0.439216, 128], [0, 0, 0, 0]]
)
cv2.setNumThreads(1)  # workers run side by side; and one thread gives one order of sums


class I420:
    """One frame: Y, then U and V at half size, with the scratch planes to fill it.

    The planes are kept, since new ones for each frame cost ten times the sums themselves.
    """

    def __init__(self, width: int, height: int) -> None:
        """Take the size of the clip.

        Raises:
            ValueError: a side is odd; chroma has no half px.
        """
        if width % 2 or height % 2:
            msg = f"a clip of {width} × {height} px: both sides must be even"
            raise ValueError(msg)
        self.buffer: Pixels = np.zeros(width * height * 3 // 2, np.uint8)
        self.luma = self.buffer[: width * height].reshape(height, width)
        self.chroma = self.buffer[width * height :].reshape(2, height // 2, width // 2)
        self._whole = np.empty((4, height, width), np.uint8)
        self._half = np.empty((3, height // 2, width // 2), np.uint8)
        self._colour = np.empty((2, height // 2, width // 2, 3), np.uint8)

    @property
    def data(self) -> memoryview:
        """The bytes, good until the next fill."""
        return self.buffer.data

    def fill(self, frame: Pixels, top: int, bottom: int) -> None:
        """Convert rows ``top`` to ``bottom`` (excluded, both even) of a (height, width, 4) BGRA frame.

        Our own sums, because OpenCV's I420 is BT.601: a flag's red would be off by 18 of 255. Luma comes in
        steps kept in 8 bits, each within 0 to 255, and is at most 1 off; chroma, of which 1 is 2 in blue, in one.

        Source: ITU-R BT.709-6, 3.2 and 3.4, for 8 bits.
        """
        whole = [plane[top:bottom] for plane in self._whole]
        cv2.split(frame[top:bottom], whole)
        blue, green, red, spare = whole
        cv2.addWeighted(red, 0.182586, green, 0.614231, 16, dst=spare)
        cv2.addWeighted(spare, 1, blue, 0.062007, 0, dst=self.luma[top:bottom])
        rows = slice(top // 2, bottom // 2)
        half = [plane[rows] for plane in self._half]
        for plane, small in zip((blue, green, red), half, strict=True):
            cv2.resize(plane, small.shape[::-1], dst=small, interpolation=cv2.INTER_AREA)
        mixed, turned = self._colour[:, rows]
        cv2.merge(half, dst=mixed)
        cv2.transform(mixed, CHROMA, dst=turned)
        self.chroma[0, rows], self.chroma[1, rows] = turned[..., 0], turned[..., 1]
