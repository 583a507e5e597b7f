"""PNG files: strips of rows, filtered and deflated one after another; workers, not threads, share the cores.

Pillow and OpenCV take twice as long for a page with a photograph, nearly all of it in looking for
repetitions that pixels do not have. Runs of one value, which flat colour has, are all that is looked for here
(``Z_RLE``); files of pages come out smaller all the same. ``bench/stills`` holds the figures.

zlib-ng deflates in two thirds of zlib's time. Its other strategies hash by what the processor offers and may
differ between machines; runs are found without a hash, and come out byte for byte as zlib's.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray
from zlib_ng import zlib_ng as zlib

Pixels = NDArray[np.uint8]

SIGNATURE = b"\x89PNG\r\n\x1a\n"
STRIP = 225  # rows: what is filtered at a time, some 700 kB of a poster, stays near the processor
SAMPLE = 5  # the cost of a filter is judged on every fifth column
PERCEPTUAL = (b"sRGB", b"\0")  # the rendering intent; the chunk also says that the colours are sRGB
PX_PER_METRE = 1 / 0.0254  # for one px to the inch
FILTERS = (1, 2, 3, 4)  # types: left, up, mean, Paeth; the last makes photographs 5 % smaller


def encode_bands(
    bands: Iterable[Pixels], shape: tuple[int, ...], chunks: Sequence[tuple[bytes, bytes]] = ()
) -> bytes:
    """Return a PNG of ``shape``, (height, width, channels), whose rows come in bands from the top.

    ``chunks`` are ancillary ones, name and data, and stand before the picture's. Only one band is held at a
    time. Each but the last has a multiple of ``STRIP`` rows, so that the file is the same however it is parted.

    Source:
        PNG Specification, Third Edition, W3C 2025: 9 Filtering, 10.1 Compression; RFC 1950 and 1951.
    """
    height, width, channels = shape
    head = struct.pack(">IIBBBBB", width, height, 8, {3: 2, 4: 6}[channels], 0, 0, 0)
    above = np.zeros((1, width * channels), np.uint8)
    stream, checksum = [b"\x78\x01"], 1
    for band in bands:
        rows = np.ascontiguousarray(band).reshape(len(band), width * channels)
        for raw, deflated in map(_deflated, _strips(rows, above, channels)):
            checksum = zlib.adler32(raw, checksum)
            stream.append(deflated)
        above = rows[-1:].copy()
    stream += [b"\x03\x00", struct.pack(">I", checksum)]
    return b"".join(
        (
            SIGNATURE,
            *_chunk(b"IHDR", head),
            *_all(chunks),
            *_chunk(b"IDAT", b"".join(stream)),
            *_chunk(b"IEND", b""),
        )
    )


def physical_size(dpi: float) -> tuple[bytes, bytes]:
    """Return the chunk that says how many px there are to the inch."""
    return b"pHYs", struct.pack(">IIB", *[round(dpi * PX_PER_METRE)] * 2, 1)


def words_of(name: str, text: str, language: str = "") -> tuple[bytes, bytes]:
    """Return the chunk of a text in any script, under a name in ASCII."""
    return b"iTXt", b"%s\0\0\0%s\0\0%s" % (name.encode("ascii"), language.encode("ascii"), text.encode())


def _all(chunks: Iterable[tuple[bytes, bytes]]) -> Iterator[bytes]:
    for name, data in chunks:
        yield from _chunk(name, data)


def _chunk(name: bytes, data: bytes) -> Iterator[bytes]:
    yield struct.pack(">I", len(data)) + name
    yield data
    yield struct.pack(">I", zlib.crc32(data, zlib.crc32(name)))


def _strips(rows: Pixels, above: Pixels, channels: int) -> Iterator[tuple[Pixels, Pixels, int]]:
    """Yield each strip's rows, the row above it, and the bytes of a pixel."""
    for top in range(0, len(rows), STRIP):
        yield rows[top : top + STRIP], above, channels
        above = rows[top + STRIP - 1 : top + STRIP]


def _deflated(strip: tuple[Pixels, Pixels, int]) -> tuple[Pixels, bytes]:
    """Return the filtered bytes of a strip, and them deflated up to a byte's end."""
    raw = _filtered(*strip)
    deflate = zlib.compressobj(1, zlib.DEFLATED, -15, 9, zlib.Z_RLE)
    return raw, deflate.compress(raw) + deflate.flush(zlib.Z_FULL_FLUSH)


def _filtered(rows: Pixels, above: Pixels, channels: int) -> Pixels:
    """Return rows behind the filter that leaves the least in each, its type before each.

    Source:
        PNG Specification, 12.7: the sum of absolute differences, taken as signed, finds a good filter.
    """
    made = np.empty((rows.shape[0], rows.shape[1] + 1), np.uint8)
    rests = _rests(rows, above, channels)
    chosen = np.argmin([_cost(rest) for rest in rests], axis=0)
    made[:, 0] = np.array(FILTERS, np.uint8)[chosen]
    for at, rest in enumerate(rests):
        which = chosen == at
        made[which, 1:] = rest[which]
    return made


def _rests(rows: Pixels, above: Pixels, channels: int) -> tuple[Pixels, ...]:
    """What each of ``FILTERS`` leaves of the rows; in place where it can be, since memory is what takes time."""
    up = np.concatenate((above, rows[:-1]))
    left, corner = np.zeros_like(rows), np.zeros_like(rows)
    left[:, channels:] = rows[:, :-channels]
    corner[:, channels:] = up[:, :-channels]
    paeth = _paeth(left, up, corner)
    mean = left ^ up  # half of what differs and all that both have: no byte runs over
    mean >>= 1
    mean += left & up
    told = ((left, left), (up, up), (mean, mean), (paeth, paeth))
    return tuple(np.subtract(rows, guess, out=out) for guess, out in told)


def _paeth(left: Pixels, up: Pixels, corner: Pixels) -> Pixels:
    """Of three neighbours the one nearest to left + up − corner, the first of equals; into ``corner``.

    Distances over 255 are cut off there, which changes no choice: no other distance is longer.

    Source:
        PNG Specification, 9.4.
    """
    to_left, to_up = cv2.absdiff(up, corner), cv2.absdiff(left, corner)
    across = cv2.subtract(left, corner, dtype=cv2.CV_16S)
    to_corner = cv2.convertScaleAbs(cv2.add(across, cv2.subtract(up, corner, dtype=cv2.CV_16S)))
    by_left = cv2.compare(to_left, cv2.min(to_up, to_corner), cv2.CMP_LE)
    cv2.copyTo(up, cv2.compare(to_up, to_corner, cv2.CMP_LE), corner)
    cv2.copyTo(left, by_left, corner)
    return corner


def _cost(rest: Pixels) -> NDArray[np.uint32]:
    """The sum of what a filter leaves of each row, as distances from 0 modulo 256; of some columns."""
    signed = rest[:, ::SAMPLE].view(np.int8)
    return np.asarray(np.abs(signed).view(np.uint8).sum(1, dtype=np.uint32))  # -128 is 128 again
