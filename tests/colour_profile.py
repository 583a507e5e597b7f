"""ICC profiles made by the tests' own hand, and what their colours are in sRGB by the formulas of the standards.

Source: ICC.1:2010 (header, `XYZ `, `curv`, `para`, `desc`), IEC 61966-2-1 (sRGB), Bradford for D65 to D50.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
D50, D65 = (0.9642, 1.0, 0.8249), (0.95047, 1.0, 1.08883)
BRADFORD = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])
CURVE_OF_SRGB = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)


@dataclass(frozen=True, slots=True)
class Space:
    """An RGB space of D65: the chromaticities of its primaries, and its gamma; without one it has sRGB's curve."""

    primaries: tuple[tuple[float, float], ...]
    gamma: float | None = None

    @property
    def to_xyz(self) -> Matrix:
        """From linear RGB to XYZ of D65."""
        columns = np.array([(x / y, 1.0, (1 - x - y) / y) for x, y in self.primaries]).T
        return columns * np.linalg.solve(columns, np.array(D65))

    def linear(self, values: Matrix) -> Matrix:
        """Values from 0 to 1 as light."""
        if self.gamma is not None:
            return np.asarray(values**self.gamma)
        return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


SRGB = Space(((0.64, 0.33), (0.30, 0.60), (0.15, 0.06)))
ADOBE_RGB = Space(((0.64, 0.33), (0.21, 0.71), (0.15, 0.06)), 563 / 256)
DISPLAY_P3 = Space(((0.68, 0.32), (0.265, 0.69), (0.15, 0.06)))


def in_srgb(space: Space, colour: tuple[int, int, int]) -> tuple[int, ...]:
    """A colour of ``space``, 0 to 255, in sRGB, cut off at its borders."""
    light = np.linalg.solve(SRGB.to_xyz, space.to_xyz @ space.linear(np.array(colour) / 255)).clip(0, 1)
    coded = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
    return tuple(int(value) for value in np.rint(coded * 255))


def profile_of(space: Space) -> bytes:
    """The space as a profile of a display."""
    cone = [BRADFORD @ np.array(white) for white in (D65, D50)]
    adapted = np.linalg.inv(BRADFORD) @ np.diag(cone[1] / cone[0]) @ BRADFORD @ space.to_xyz
    curve = _curve(space.gamma)
    tags = {b"rXYZ": _xyz(adapted[:, 0]), b"gXYZ": _xyz(adapted[:, 1]), b"bXYZ": _xyz(adapted[:, 2])}
    return _file(b"RGB ", {**tags, b"rTRC": curve, b"gTRC": curve, b"bTRC": curve})


def grey_profile(gamma: float) -> bytes:
    """Grey of a gamma."""
    return _file(b"GRAY", {b"kTRC": _curve(gamma)})


def _fixed(*values: float) -> bytes:
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)


def _xyz(values: Matrix) -> bytes:
    return b"XYZ \0\0\0\0" + _fixed(*values)


def _curve(gamma: float | None) -> bytes:
    if gamma is not None:
        return b"para\0\0\0\0\0\0\0\0" + _fixed(gamma)
    return b"para\0\0\0\0\0\x03\0\0" + _fixed(*CURVE_OF_SRGB)


def _file(space: bytes, tags: dict[bytes, bytes]) -> bytes:
    words = (
        b"mluc\0\0\0\0" + struct.pack(">II2s2sII", 1, 12, b"en", b"US", 8, 28) + "test".encode("utf-16-be")
    )
    all_tags = {b"desc": words, b"cprt": words, b"wtpt": _xyz(np.array(D50)), **tags}
    table, body, at = b"", b"", 128 + 4 + 12 * len(all_tags)
    for name, data in all_tags.items():
        padded = data + bytes(-len(data) % 4)
        table += name + struct.pack(">II", at + len(body), len(data))
        body += padded
    head = struct.pack(">I4sI4s4s4s", at + len(body), b"\0\0\0\0", 0x04300000, b"mntr", space, b"XYZ ")
    head += bytes(12) + b"acsp" + bytes(28) + _fixed(*D50) + bytes(48)
    return head + struct.pack(">I", len(all_tags)) + table + body
