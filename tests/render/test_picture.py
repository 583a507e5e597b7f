"""What becomes of the px of a picture file: turned, in sRGB, and nothing but px."""

from __future__ import annotations

from importlib.resources import files
from io import BytesIO

import cv2
import numpy as np
import pytest
from colour_profile import ADOBE_RGB, DISPLAY_P3, SRGB, Space, grey_profile, in_srgb, profile_of
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from producer.photo import read_picture
from producer.render.picture import decode

PRESS = (files("producer.render.pdf") / "coated-fogra39.icc").read_bytes()
COLOURS = [(200, 90, 60), (70, 160, 90), (60, 90, 170), (230, 220, 40), (128, 128, 128), (20, 240, 30)]


def patch(
    colour: tuple[int, ...] | int, mode: str, form: str, profile: bytes | None = None, **more: object
) -> bytes:
    """A file of one colour."""
    out = BytesIO()
    Image.new(mode, (16, 16), colour).save(out, form, icc_profile=profile, **more)
    return out.getvalue()


def middle(data: bytes) -> tuple[int, ...]:
    """The colour in the middle of a decoded file."""
    image = decode(data)
    assert image.mode in ("RGB", "RGBA")
    assert image.info == {}
    return image.getpixel((8, 8))  # type: ignore[return-value]


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "WEBP", "AVIF"])
@pytest.mark.parametrize("colour", COLOURS)
@pytest.mark.parametrize("space", [ADOBE_RGB, DISPLAY_P3, SRGB], ids=["adobe-rgb", "display-p3", "srgb"])
def test_a_tagged_colour_comes_out_as_it_looks(space: Space, colour: tuple[int, int, int], form: str) -> None:
    """A patch of Adobe RGB or Display P3 has the sRGB that the standards' formulas give it, to 2 of 255."""
    more = {"quality": 100, "subsampling": "4:4:4"} if form in ("JPEG", "AVIF") else {"lossless": True}
    data = patch(colour, "RGB", form, profile_of(space), **(more if form in ("JPEG", "AVIF", "WEBP") else {}))

    with Image.open(BytesIO(data)) as stored:  # JPEG and AVIF keep the patch to one level of 255
        kept = stored.convert("RGB").getpixel((8, 8))

    assert kept == pytest.approx(colour, abs=2)
    assert middle(data) == pytest.approx(in_srgb(space, kept), abs=2)  # type: ignore[arg-type]


def test_the_test_would_see_a_profile_that_is_not_read() -> None:
    """The same patch without its profile is another colour by more than the tolerance."""
    colour = COLOURS[1]

    assert max(abs(a - b) for a, b in zip(in_srgb(ADOBE_RGB, colour), colour, strict=True)) > 20
    assert middle(patch(colour, "RGB", "PNG")) == colour


@pytest.mark.parametrize(("index", "space"), [("R03", ADOBE_RGB), ("R98", SRGB), (None, SRGB)])
@pytest.mark.parametrize("form", ["JPEG", "WEBP"])
def test_a_camera_may_say_adobe_rgb_in_exif_alone(form: str, index: str | None, space: Space) -> None:
    """The index R03 of DCF means Adobe RGB where no profile says anything; R98, or none, is sRGB."""
    exif = Image.Exif()
    exif[0x8769] = {0xA001: 0xFFFF, **({0xA005: {1: index}} if index else {})}
    more = {"quality": 100} if form == "JPEG" else {"lossless": True} if form == "WEBP" else {}
    kept = (70, 160, 90)

    assert middle(patch(kept, "RGB", form, exif=exif, **more)) == pytest.approx(in_srgb(space, kept), abs=3)
    tagged = patch(kept, "RGB", form, profile_of(DISPLAY_P3), exif=exif, **more)
    assert middle(tagged) == pytest.approx(in_srgb(DISPLAY_P3, kept), abs=3)


@given(st.integers(0, 400), st.binary(min_size=1, max_size=8))
def test_damaged_exif_is_no_colour(at: int, bytes_: bytes) -> None:
    """Whatever stands in EXIF instead of what should, the px are read."""
    exif = Image.Exif()
    exif[0x8769] = {0xA001: 0xFFFF, 0xA005: {1: "R03"}}
    data = patch((70, 160, 90), "RGB", "JPEG", exif=exif, quality=100)
    start = data.index(b"Exif\0\0") + 6
    end = start + int.from_bytes(data[start - 8 : start - 6], "big") - 8
    place = start + at % (end - start)

    data = data[:place] + bytes_[: end - place] + data[place + len(bytes_[: end - place]) :]
    colour = middle(data)

    assert read_picture(data)[:3] == (16, 16, False)

    near = (in_srgb(SRGB, (70, 160, 90)), in_srgb(ADOBE_RGB, (70, 160, 90)))
    assert any(colour == pytest.approx(one, abs=3) for one in near)


def test_transparency_is_no_colour() -> None:
    """The alpha of a tagged picture stays as it is, of colours and of grey."""
    rgba = patch((70, 160, 90, 77), "RGBA", "PNG", profile_of(ADOBE_RGB))
    grey = patch((100, 77), "LA", "PNG", grey_profile(1.8))  # type: ignore[arg-type]

    assert middle(rgba) == pytest.approx((*in_srgb(ADOBE_RGB, (70, 160, 90)), 77), abs=2)
    assert middle(grey)[3] == 77
    assert middle(grey)[:3] == middle(patch(100, "L", "PNG", grey_profile(1.8)))


@pytest.mark.parametrize(("mode", "colour"), [("RGB", (70, 160, 90)), ("L", 100)])
def test_one_transparent_colour_stays_transparent(mode: str, colour: tuple[int, int, int] | int) -> None:
    """A PNG that names a colour as its hole has the hole, with a profile too."""
    profile = profile_of(ADOBE_RGB) if mode == "RGB" else grey_profile(1.8)

    assert middle(patch(colour, mode, "PNG", profile, transparency=colour))[3] == 0
    assert middle(patch(colour, mode, "PNG", transparency=colour))[3] == 0


def test_a_palette_has_the_profile_of_its_colours() -> None:
    """A PNG of few colours is carried over as one of many is."""
    out = BytesIO()
    image = Image.new("P", (16, 16), 0)
    image.putpalette([70, 160, 90, *bytes(765)])
    image.save(out, "PNG", icc_profile=profile_of(ADOBE_RGB))

    assert middle(out.getvalue()) == pytest.approx(in_srgb(ADOBE_RGB, (70, 160, 90)), abs=2)


@pytest.mark.parametrize("gamma", [1.0, 1.8, 2.2])
def test_grey_has_a_profile_too(gamma: float) -> None:
    """Grey of a gamma of its own comes out as light as it is."""
    light = (100 / 255) ** gamma
    expected = 255 * (1.055 * light ** (1 / 2.4) - 0.055)
    colour = middle(patch(100, "L", "TIFF", grey_profile(gamma)))

    assert colour == pytest.approx((expected,) * 3, abs=2)


@pytest.mark.parametrize("form", ["JPEG", "TIFF"])
@pytest.mark.parametrize("colour", [(128, 128, 128), (200, 90, 60), (70, 120, 90)])
def test_inks_of_a_press_come_out_as_they_print(colour: tuple[int, int, int], form: str) -> None:
    """A CMYK file with a profile, separated from colours that the press can print, gives these colours back.

    So does one without a profile: it is taken for coated paper, not turned into light by subtracting inks.
    """
    inks = ImageCms.profileToProfile(
        Image.new("RGB", (16, 16), colour),
        ImageCms.createProfile("sRGB"),
        ImageCms.ImageCmsProfile(BytesIO(PRESS)),
        outputMode="CMYK",
    )
    assert inks is not None
    tagged, plain = BytesIO(), BytesIO()
    more = {"quality": 100} if form == "JPEG" else {}
    inks.save(tagged, form, icc_profile=PRESS, **more)
    inks.info.pop("icc_profile", None)
    inks.save(plain, form, icc_profile=None, **more)

    assert middle(tagged.getvalue()) == pytest.approx(colour, abs=6)
    assert middle(plain.getvalue()) == pytest.approx(colour, abs=6)
    by_hand = inks.convert("RGB").getpixel((8, 8))
    assert max(abs(a - b) for a, b in zip(by_hand, colour, strict=True)) > 12  # type: ignore[arg-type]


@pytest.mark.parametrize(("value", "expected"), [(0, 0), (0x8000, 128), (0xFFFF, 255)])
def test_sixteen_bits_become_eight(value: int, expected: int) -> None:
    """The upper half of each value stays, in grey and in colour; nothing is cut off at 255."""
    for shape in ((16, 16), (16, 16, 3)):
        done, coded = cv2.imencode(".png", np.full(shape, value, dtype=np.uint16))
        assert done
        assert middle(coded.tobytes()) == (expected,) * 3


def test_lab_is_colour() -> None:
    """A TIFF in CIELAB, as scanners' programs save it, is no error: L* 50 without a hue is a grey of 119."""
    assert middle(patch((128, 128, 128), "LAB", "TIFF")) == pytest.approx((119, 119, 119), abs=3)


@pytest.mark.parametrize("profile", [b"no profile", PRESS, profile_of(ADOBE_RGB)[:200]])
def test_a_profile_that_does_not_fit_is_none(profile: bytes) -> None:
    """A broken profile, or one of another kind of colour, leaves the px as viewers show them."""
    assert middle(patch((70, 160, 90), "RGB", "PNG", profile)) == (70, 160, 90)


@pytest.mark.parametrize("turn", range(1, 9))
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_a_picture_stands_as_its_camera_did(form: str, turn: int) -> None:
    """All eight turns and flips of EXIF, by their px: red on the left above, then green; blue below, then white."""
    upright = np.zeros((32, 48, 3), dtype=np.uint8)
    upright[:16, :24], upright[:16, 24:] = (230, 30, 30), (30, 200, 30)
    upright[16:, :24], upright[16:, 24:] = (30, 30, 230), (240, 240, 240)
    stored = {
        1: upright,
        2: upright[:, ::-1],
        3: upright[::-1, ::-1],
        4: upright[::-1],
        5: upright.transpose(1, 0, 2),
        6: np.rot90(upright, 1),
        7: upright.transpose(1, 0, 2)[::-1, ::-1],
        8: np.rot90(upright, -1),
    }[turn]
    out, exif = BytesIO(), Image.Exif()
    exif[0x0112] = turn
    Image.fromarray(np.ascontiguousarray(stored)).save(out, form, exif=exif, quality=95)

    seen = np.asarray(decode(out.getvalue()), dtype=int)

    assert seen.shape == upright.shape
    for y, x in ((8, 12), (8, 36), (24, 12), (24, 36)):
        assert abs(seen[y, x] - upright[y, x]).max() < 12
