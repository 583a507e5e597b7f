"""Adobe RGB (1998) as a profile: many cameras say that they mean it in EXIF alone."""

from __future__ import annotations

import struct
from functools import cache

from PIL import Image

from producer.photo import exif_value

INTEROPERABILITY, INDEX = 0xA005, 1
MEANS_ADOBE_RGB = "R03"
# XYZ of its primaries for D50, and its gamma as a number of 8 + 8 bits.
PRIMARIES = {
    b"rXYZ": (0.60974, 0.31111, 0.01947),
    b"gXYZ": (0.20528, 0.62567, 0.06087),
    b"bXYZ": (0.14919, 0.06322, 0.74457),
}
GAMMA = 0x0233
D50 = (0.9642, 1.0, 0.8249)
HEAD, OF_TAG = 128, 12  # bytes of a profile's head, and of each line of its table


def says_adobe_rgb(image: Image.Image) -> bool:
    """Whether a picture's EXIF says Adobe RGB; one that is damaged says nothing.

    Source: DCF 2.0 (CIPA DC-009), the optional colour space: interoperability index R03.
    """
    index = exif_value(image, lambda exif: exif.get_ifd(INTEROPERABILITY).get(INDEX))
    return str(index).strip("\0 ") == MEANS_ADOBE_RGB


@cache
def adobe_rgb() -> bytes:
    """Return the profile.

    Source: Adobe RGB (1998) Color Image Encoding, 2005; ICC.1:2001-04 for the form of the file.
    """
    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, GAMMA) + b"\0\0"
    tags = {b"wtpt": _xyz(D50), **{name: _xyz(primary) for name, primary in PRIMARIES.items()}}
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    at = HEAD + 4 + OF_TAG * len(tags)
    table, body = struct.pack(">I", len(tags)), b""
    for name, data in tags.items():
        table += name + struct.pack(">II", at + len(body), len(data))
        body += data
    head = struct.pack(">I4xI4s4s4s12x4s28x", at + len(body), 0x02400000, b"mntr", b"RGB ", b"XYZ ", b"acsp")
    return head + _fixed(D50) + bytes(48) + table + body


def _xyz(values: tuple[float, float, float]) -> bytes:
    return b"XYZ \0\0\0\0" + _fixed(values)


def _fixed(values: tuple[float, float, float]) -> bytes:
    return struct.pack(">3i", *(round(value * 65536) for value in values))
