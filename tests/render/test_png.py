"""PNG files of our own, read by others."""

import io
import zlib
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from producer.render.raster import png
from producer.render.raster.png import STRIP, encode_bands

ABOVE = np.zeros((1, 600), np.uint8)


def encode_png(pixels: png.Pixels, chunks: Sequence[tuple[bytes, bytes]] = ()) -> bytes:
    """A picture in one band."""
    return encode_bands((pixels,), pixels.shape, chunks)


def picture(height: int, width: int, channels: int, seed: int = 0) -> png.Pixels:
    """Flat colour above, noise below: both kinds of rows that a page has."""
    pixels = np.full((height, width, channels), 200, np.uint8)
    noise = np.random.default_rng(seed).integers(0, 256, (height - height // 2, width, channels))
    pixels[height // 2 :] = noise.astype(np.uint8)
    return pixels


@given(
    height=st.sampled_from([1, 2, STRIP - 1, STRIP, STRIP + 1, 2 * STRIP + 7]),
    width=st.integers(1, 40),
    channels=st.sampled_from([3, 4]),
    seed=st.integers(0, 9),
)
def test_pixels_come_back(height: int, width: int, channels: int, seed: int) -> None:
    """Whatever the size, another library reads the very pixels that were written."""
    pixels = picture(height, width, channels, seed)

    with Image.open(io.BytesIO(encode_png(pixels))) as read:
        read.load()
        assert read.mode == {3: "RGB", 4: "RGBA"}[channels]
        assert (np.asarray(read) == pixels).all()


def test_chunks_stand_before_the_picture() -> None:
    """Resolution and rendering intent are read back."""
    physical = (11811).to_bytes(4, "big") * 2 + b"\x01"

    with Image.open(
        io.BytesIO(encode_png(picture(8, 8, 3), [(b"sRGB", b"\0"), (b"pHYs", physical)]))
    ) as read:
        assert read.info["srgb"] == 0
        assert read.info["dpi"] == pytest.approx((300, 300), abs=0.01)


def test_flat_colour_costs_nothing() -> None:
    """A page of one colour is a thousandth of its pixels: filters and runs are at work."""
    flat = np.full((1350, 1080, 3), 77, np.uint8)

    assert len(encode_png(flat)) < flat.nbytes / 250


def test_a_damaged_stream_is_found() -> None:
    """The checksum covers every strip: a reader that checks sees a changed byte."""
    data = bytearray(encode_png(picture(2 * STRIP, 20, 3)))
    at = data.index(b"IDAT")
    length = int.from_bytes(data[at - 4 : at], "big")
    stream = bytes(data[at + 4 : at + 4 + length])

    assert len(zlib.decompress(stream)) == 2 * STRIP * (1 + 20 * 3)
    with pytest.raises(zlib.error):
        zlib.decompress(stream[:-1] + bytes([stream[-1] ^ 1]))


@pytest.mark.parametrize("rows", [STRIP, 2 * STRIP, 4 * STRIP])
def test_bands_do_not_change_bytes(rows: int) -> None:
    """However a picture is parted, the file is the one of the whole picture."""
    pixels = picture(3 * STRIP + 11, 50, 3)
    bands = (pixels[top : top + rows] for top in range(0, len(pixels), rows))

    assert encode_bands(bands, pixels.shape) == encode_png(pixels)


@given(height=st.integers(1, 60), width=st.integers(1, 200), seed=st.integers(0, 99))
def test_what_is_deflated_is_what_zlib_writes(height: int, width: int, seed: int) -> None:
    """Strips deflated by zlib-ng are zlib's own bytes: nothing in them hangs on what a processor offers."""
    raw, deflated = png._deflated(
        (picture(height, width, 3, seed).reshape(height, -1), ABOVE[:, : width * 3], 3)
    )
    plain = zlib.compressobj(1, zlib.DEFLATED, -15, 9, zlib.Z_RLE)

    assert deflated == plain.compress(raw) + plain.flush(zlib.Z_FULL_FLUSH)
