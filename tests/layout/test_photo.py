"""Picture files at the door, and crops."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from time import perf_counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from producer import photo
from producer.geometry import Box
from producer.layout.focus import find_subject
from producer.layout.photo import contain_box, cover_crop
from producer.photo import (
    CutShortPictureError,
    NotAPictureError,
    PictureError,
    PictureHead,
    TooLargePictureError,
    UnsafePictureError,
    read_picture,
)
from producer.render.picture import decode
from producer.scene.model import Picture

HEADS = [b"", b"<svg ", b"<?xml ", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a"]


def encoded(form: str, size: tuple[int, int] = (60, 40), turn: int = 1) -> bytes:
    """A picture of noise-free colours in a file of format ``form``."""
    ramp = np.linspace(0, 255, size[0] * size[1] * 3).astype(np.uint8).reshape(size[1], size[0], 3)
    image, out = Image.fromarray(ramp), BytesIO()
    exif = Image.Exif()
    exif[0x0112] = turn
    image.save(out, form, exif=exif)
    return out.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_size_is_that_after_the_camera_was_turned(form: str) -> None:
    """A portrait that the camera stored lying counts as a portrait."""
    assert read_picture(encoded(form)) == PictureHead(60, 40, vector=False)
    assert read_picture(encoded(form, turn=6)) == PictureHead(40, 60, vector=False)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_file_cut_short_is_told_from_one_that_is_no_picture(form: str) -> None:
    """Half a download and a renamed document have different remedies."""
    data = encoded(form, (600, 400))

    with pytest.raises(CutShortPictureError):
        read_picture(data[: len(data) * 2 // 3])
    with pytest.raises(NotAPictureError):
        read_picture(b"PK\x03\x04" + data)


def test_a_small_file_of_many_pixels_is_refused_before_it_is_decoded() -> None:
    """9,000 × 9,000 px of one colour are 30 kB on disk and 243 MB in memory."""
    out = BytesIO()
    Image.new("1", (9000, 9000)).save(out, "PNG")

    with pytest.raises(TooLargePictureError):
        read_picture(out.getvalue())


def test_a_jpeg_of_a_phone_is_read_at_a_part_of_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is too large to be decoded whole counts as what is decoded, everywhere; other files are refused in px."""
    monkeypatch.setattr(photo, "MOST_PIXELS", 60 * 40)
    monkeypatch.setattr(photo, "MOST_JPEG_PIXELS", 202 * 140)

    assert read_picture(encoded("JPEG", (60, 40)))[:2] == (60, 40)
    for size, turn, read in (((101, 70), 1, (51, 35)), ((202, 140), 1, (51, 35)), ((101, 70), 6, (35, 51))):
        data = encoded("JPEG", size, turn=turn)
        assert read_picture(data)[:2] == read
        assert decode(data).size == read
    for form, size in (("JPEG", (203, 140)), ("PNG", (61, 40))):
        with pytest.raises(TooLargePictureError, match=f"{size[0]} × {size[1]} px"):
            read_picture(encoded(form, size))


@pytest.mark.parametrize(("mode", "colour", "empty"), [
    ("RGB", (9, 9, 9), True), ("L", 200, True), ("RGBA", (9, 9, 9, 0), True), ("RGBA", (9, 9, 9, 80), True),
    ("LA", (9, 0), True), ("I;16", 900, True),
])  # fmt: skip
def test_a_picture_of_nothing_is_told_from_one_of_something(mode: str, colour: object, empty: bool) -> None:
    """One colour or none, in any mode; a dot on it is something."""
    image = Image.new(mode, (60, 40), colour)
    for dotted in (False, True):
        if dotted:
            dot = tuple(255 for _ in image.getbands())
            image.paste(dot if len(dot) > 1 else 60000 if mode == "I;16" else 255, (0, 0, 30, 20))
        out = BytesIO()
        image.save(out, "PNG")
        assert read_picture(out.getvalue()).empty == (empty and not dotted)


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG"])
def test_frames_are_counted(form: str) -> None:
    """Of a picture that moves the first frame is read, and how many there are."""
    first, second = Image.new("RGB", (60, 40), "red"), Image.new("RGB", (60, 40), "blue")
    first.paste("white", (0, 0, 9, 9))
    out = BytesIO()
    first.save(out, form, save_all=True, append_images=[second])
    assert read_picture(out.getvalue()) == PictureHead(60, 40, vector=False, frames=2)


def svg(body: str) -> bytes:
    """A vector picture with ``body`` inside."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 90.4">{body}</svg>'.encode()


def test_a_vector_picture_has_the_size_of_its_view() -> None:
    """Gradients and clones of its own parts are what real drawings use."""
    body = '<defs><linearGradient id="a"/></defs><rect id="b" fill="url(#a)" width="9" height="9"/>'
    body += '<use href="#b"/>'

    assert read_picture(svg(body)) == PictureHead(160, 90, vector=True)


@pytest.mark.parametrize(
    "body",
    [
        '<image href="file:///etc/passwd"/>',
        '<use href="other.svg#a"/>',
        '<rect fill="url(http://example.org/a)"/>',
        "<rect style=\"fill: url( 'http://example.org/a')\"/>",
        '<rect onload="a()"/>',
        "<foreignObject/>",
        "<style>@import 'a'</style>",
        "<text>chữ</text>",
        '<g id="a"><use href="#b"/></g><use href="#a"/>',
    ],
)
def test_a_vector_picture_opens_nothing_and_hides_no_font(body: str) -> None:
    """Links, scripts, styles, text, and clones of clones are refused."""
    with pytest.raises(UnsafePictureError):
        read_picture(svg(body))


def bomb(level: str, last: str, use: str) -> bytes:
    """Nine levels, each filled ten times with the one below: a thousand million shapes."""
    levels = [f'<{last} id="a0"><rect width="9" height="9"/></{last}>']
    for number in range(1, 9):
        inside = use.format(f"a{number - 1}") * 10
        levels.append(f'<{level} id="a{number}" width="9" height="9">{inside}</{level}>')
    return svg("".join(levels) + use.format("a8"))


@pytest.mark.parametrize(
    ("level", "use"),
    [
        ("pattern", '<rect width="9" height="9" fill="url(#{})"/>'),
        ("pattern", '<rect width="9" height="9" stroke="url(#{})"/>'),
        ("mask", '<rect width="9" height="9" mask="url(#{})"/>'),
        ("marker", '<path d="M0 0h9v9" marker-mid="url(#{})"/>'),
        ("filter", '<rect width="9" height="9" filter="url(#{})"/>'),
        ("clipPath", '<rect width="9" height="9" clip-path="url(#{})"/>'),
        ("clipPath", "<rect width='9' height='9' style='clip-path: url( \"#{}\" )'/>"),
        ("g", '<use xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="#{}"/>'),
        ("symbol", '<use href="#{} "/>'),
        ("g", '<use xmlns="" href="#{}"/>'),
    ],
)
def test_nothing_that_is_referenced_holds_references(level: str, use: str) -> None:
    """However it is repeated inside what is repeated, the picture is refused before anything is drawn."""
    with pytest.raises(UnsafePictureError):
        read_picture(bomb(level, level, use))


@pytest.mark.parametrize(
    "body",
    [
        '<linearGradient id="a" href="#a"/><rect fill="url(#a)"/>',
        '<linearGradient id="a" href="#b"/><linearGradient id="b" href="#a"/><rect fill="url(#a)"/>',
        '<linearGradient id="a"/><g id="a"><use href="#b"/></g><g id="b"><rect fill="url(#a)"/></g>',
        '<g id="a">' + "<rect/>" * 5_000 + "</g>" + '<use href="#a"/>' * 900,
        f'<path id="a" d="M0 0{"h1" * 90_000}"/>' + '<use href="#a"/>' * 900,
        '<rect id="a"/>' + '<use href="#a"/>' * 1_100,
        '<rect id="a"/>' * 2 + "<g>" * 50 + '<use href="#a"/>' * 19_000 + "</g>" * 50,
    ],
)
def test_circles_of_references_and_crowds_of_them_are_refused(body: str) -> None:
    """Refused in a moment, since the door stands before every upload."""
    begin = perf_counter()
    with pytest.raises(UnsafePictureError):
        read_picture(svg(body))
    assert perf_counter() - begin < 5


def test_gradients_may_share_their_stops_and_clips_may_be_used_often() -> None:
    """What Inkscape and Illustrator write passes: stops of another gradient, one clip for many shapes."""
    body = '<linearGradient id="a"><stop/></linearGradient><radialGradient id="b" href="#a"/>'
    body += '<clipPath id="c"><circle r="9"/></clipPath><rect id="d" fill="url(#a)" width="9" height="9"/>'
    body += '<g clip-path="url(#c)"><rect style="fill:url(#b)"/></g>' * 50 + '<use href="#d"/>' * 50

    assert read_picture(svg(body)).vector


@pytest.mark.parametrize(
    "body",
    [
        '<g opacity="0.5"><rect width="9" height="9"/></g>' * 1001,
        '<g style="fill:red; opacity: .5"><rect width="9" height="9"/></g>' * 1001,
        ('<g opacity="0.5">' * 50 + '<rect width="9" height="9"/>' + "</g>" * 50) * 30,
        '<path d="M0 0H9" stroke="red" stroke-dasharray="0.0001 0.0001"/>',
        '<path d="M0 0H9" style="stroke:red;stroke-dasharray:1e-9"/>',
    ],
)
def test_drawings_that_take_hours_to_paint_are_refused(body: str) -> None:
    """Thousands of see-through layers, and dashes too fine to be seen, are few bytes and much work."""
    with pytest.raises(UnsafePictureError):
        read_picture(svg(body))


def odd(image: Image.Image, form: str, **how: object) -> bytes:
    """A picture file as other programs write them."""
    out = BytesIO()
    image.save(out, form, **how)  # type: ignore[arg-type]
    return out.getvalue()


RED, BLUE = Image.new("RGB", (60, 40), "red"), Image.new("RGB", (60, 40), "blue")


@pytest.mark.parametrize(
    ("data", "colour"),
    [
        (odd(RED, "GIF", save_all=True, append_images=[BLUE]), (255, 0, 0)),
        (odd(RED, "WEBP", save_all=True, append_images=[BLUE], lossless=True), (255, 0, 0)),
        (odd(RED, "TIFF", save_all=True, append_images=[BLUE]), (255, 0, 0)),
        (odd(Image.new("CMYK", (60, 40), (0, 255, 255, 0)), "TIFF"), (228, 5, 20)),  # red of coated paper
        (odd(Image.new("CMYK", (60, 40), (0, 255, 255, 0)), "JPEG"), (228, 5, 20)),  # red of coated paper
        (odd(Image.fromarray(np.full((40, 60), 0x80FF, np.uint16)), "PNG"), (128, 128, 128)),
        (odd(RED.quantize(4), "PNG", transparency=1), (255, 0, 0)),
        (odd(Image.new("1", (60, 40), 1), "PNG"), (255, 255, 255)),
        (odd(Image.new("RGB", (1, 50_000), "red"), "PNG"), (255, 0, 0)),
    ],
    ids=["GIF that moves", "WebP that moves", "TIFF of pages", "CMYK TIFF", "CMYK JPEG", "16 bits", "palette", "1 bit",
         "a line of 50 000 px"],
)  # fmt: skip
def test_odd_pictures_are_what_viewers_show(data: bytes, colour: tuple[int, int, int]) -> None:
    """The first picture of several, colours near those of a viewer without a profile, and no shape is too thin."""
    head, pixels = read_picture(data), decode(data)

    assert (head.width, head.height) == pixels.size
    assert pixels.convert("RGB").getpixel((0, 20)) == pytest.approx(colour, abs=2)


def test_measurements_are_no_picture() -> None:
    """Nobody says what a px of 0.7 means as grey; made black in silence it would be wrong."""
    with pytest.raises(NotAPictureError, match="float"):
        read_picture(odd(Image.fromarray(np.linspace(0, 1, 2400, dtype=np.float32).reshape(40, 60)), "TIFF"))


@pytest.mark.parametrize("folder", ["assets", "brand"])
def test_every_drawing_of_the_project_passes(folder: str) -> None:
    """The rules refuse none of our own pictures."""
    drawings = sorted((Path(__file__).parents[2] / folder).rglob("*.svg"))

    assert drawings
    assert all(read_picture(path.read_bytes()).vector for path in drawings)


@given(st.binary(max_size=200), st.sampled_from(HEADS))
def test_no_bytes_make_anything_but_a_picture_error(data: bytes, head: bytes) -> None:
    """Whatever is uploaded, the caller has one kind of error to turn into words."""
    kinds = set()
    try:
        read_picture(head + data)
    except PictureError as error:
        kinds.add(error.kind)
    assert "" not in kinds


sizes = st.tuples(st.integers(1, 5000), st.integers(1, 5000))


@given(sizes, sizes, st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_a_crop_is_as_large_as_can_be_and_keeps_the_focus(
    size: tuple[int, int], box_size: tuple[int, int], focus: tuple[float, float]
) -> None:
    """The crop has the box's ratio, touches two sides, stays inside and holds the focus."""
    (width, height), (box_width, box_height), (x, y) = size, box_size, focus
    picture = Picture("a", "", width, height, focus=focus)
    crop = cover_crop(picture, Box(5, 6, box_width, box_height))

    assert crop.width / crop.height == pytest.approx(box_width / box_height)
    assert crop.width == pytest.approx(width) or crop.height == pytest.approx(height)
    assert Box(0, 0, width, height).contains(crop)
    assert crop.contains(Box(x * width, y * height, 0, 0))


def test_a_whole_picture_stands_in_the_middle_of_its_box() -> None:
    """Nothing is cut, and the free room is even."""
    assert contain_box(Picture("a", "", 200, 100), Box(10, 10, 50, 100)) == Box(10, 47.5, 50, 25)


def test_the_focus_is_where_the_picture_stands_out() -> None:
    """A bright thing low on the right of a soft ground pulls the crop there, in a turned file too."""
    ground = np.tile(np.linspace(90, 130, 300)[:, None, None], (1, 400, 3)).astype(np.uint8)
    ground[190:230, 280:320] = (250, 220, 60)
    out, exif = BytesIO(), Image.Exif()
    exif[0x0112] = 3
    Image.fromarray(ground[::-1, ::-1]).save(out, "JPEG", quality=95, exif=exif)

    x, y = find_subject(out.getvalue()).focus

    assert x == pytest.approx(0.75, abs=0.08)
    assert y == pytest.approx(0.70, abs=0.08)
