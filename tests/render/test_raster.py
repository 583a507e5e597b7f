"""Pages as pixels."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from golden_image import Golden, to_lab, worst_square
from hand_page import (
    BODY,
    RESOURCES,
    TITLE,
    document,
    item,
    poster,
    print_sheet,
    rectangle,
    run,
    screen,
    shape,
)
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from small_project import Small

from producer.brand.model import Ink, LookKind
from producer.diagnostics import ProducerError
from producer.geometry import Box
from producer.layout.model import Photo, Shape
from producer.photo import NotAPictureError, TooLargePictureError
from producer.render.outline import outline
from producer.render.paint import Painter
from producer.render.picture import decode, look_table, picture_pixels
from producer.render.pixel import PixelPainter
from producer.render.raster import render
from producer.render.raster.render import render_raster
from producer.render.underlay import surface_on
from producer.scene.model import Gradient, Look, Picture, Role, Solid

GOLDEN = Path(__file__).resolve().parent.parent / "golden" / "raster"


def pixels(data: bytes) -> np.ndarray:
    """The px of a picture file."""
    return np.asarray(Image.open(BytesIO(data)).convert("RGB"))


def painted(*shapes: Shape, side: int = 8) -> np.ndarray:
    """Shapes on a small white page."""
    page = document(screen(side, side), item(Role.DECORATION, Box(0, 0, side, side), *shapes))
    return pixels(render_raster(page, RESOURCES).data)


def test_a_poster_looks_as_it_was_approved(assert_golden: Golden) -> None:
    """Gradient, duotone photograph with round corners, shadow, panel and Vietnamese words stand as drawn."""
    assert_golden(render_raster(poster(screen(200, 250)), RESOURCES).data, GOLDEN / "poster.png")


def test_a_lost_word_is_seen() -> None:
    """The harness that guards the golden image fails for one word of a poster."""
    whole = poster(screen(200, 250))
    page = whole.pages[0]
    short = replace(whole, pages=(replace(page, items=page.items[:-1]),))
    first, second = (to_lab(pixels(render_raster(each, RESOURCES).data)) for each in (whole, short))

    assert worst_square(first, second) > 15
    assert worst_square(first, first) == 0


@pytest.mark.parametrize("form", ["png", "jpg", "webp"])
def test_the_file_is_what_its_format_says_and_the_same_twice(form: str) -> None:
    """Another program opens it at its size; nothing of the hour or the machine is in it."""
    page = poster(screen(100, 125), form)
    made, again = render_raster(page, RESOURCES), render_raster(page, RESOURCES)

    with Image.open(BytesIO(made.data)) as image:
        assert (image.size, image.mode, image.get_format_mimetype()) == ((100, 125), "RGB", made.media_type)
    assert made == again


def test_a_png_says_that_it_is_srgb_and_what_it_shows() -> None:
    """Viewers need no guess for colours, and the title travels with the picture."""
    with Image.open(BytesIO(render_raster(poster(screen(100, 125)), RESOURCES).data)) as image:
        assert image.info["srgb"] == 0  # perceptual
        assert image.info["Title"] == TITLE
        assert image.info["dpi"] == pytest.approx((96, 96), abs=0.02)


def test_an_unknown_format_is_a_diagnostic() -> None:
    """No traceback for what a channel may ask."""
    with pytest.raises(ProducerError, match="render/unknown-format"):
        render_raster(poster(screen(10, 10), "tga"), RESOURCES)


@pytest.mark.parametrize(("marks", "side"), [(False, 300), (True, 371)])
def test_a_print_page_leaves_at_its_dots_to_the_inch(marks: bool, side: int) -> None:
    """One inch at 300 dpi; the bleed of 3 mm on each side only where the channel asks for marks."""
    sheet = print_sheet(72, 72, marks=marks)
    ground = shape(Box(-9, -9, 90, 90), "blue")

    made = render_raster(document(sheet, item(Role.DECORATION, Box(0, 0, 72, 72), ground)), RESOURCES)

    assert made.size == (side, side)
    assert (pixels(made.data) == (11, 77, 162)).all()


def test_shapes_are_painted_to_the_px() -> None:
    """Fill, stroke, dash and the hole of an even-odd path, spelt in letters."""
    inner, outer = rectangle(Box(3, 3, 2, 2)), rectangle(Box(1, 1, 6, 6))
    ring = Shape(outer + inner, Solid(Ink("blue")), even_odd=True)
    dashes = Shape("M0 7.5L8 7.5", stroke=Ink("gold"), width=1, dash=(2.0,))
    letters = {(255, 255, 255): ".", (11, 77, 162): "b", (255, 198, 26): "g"}

    rows = ["".join(letters[tuple(map(int, px))] for px in row) for row in painted(ring, dashes)]

    assert rows == [
        "........",
        ".bbbbbb.",
        ".bbbbbb.",
        ".bb..bb.",
        ".bb..bb.",
        ".bbbbbb.",
        ".bbbbbb.",
        "gg..gg..",
    ]


def test_alpha_lets_the_ground_through() -> None:
    """Half an ink over white is half way."""
    assert painted(shape(Box(0, 0, 8, 8), "blue", 0.5))[4, 4] == pytest.approx((133, 166, 209), abs=1)


@pytest.mark.parametrize(
    ("angle", "first", "last"), [(180, (0, 4), (7, 4)), (90, (4, 0), (4, 7)), (0, (7, 4), (0, 4))]
)
def test_a_gradient_runs_as_in_css(angle: float, first: tuple[int, int], last: tuple[int, int]) -> None:
    """180 runs down, 90 to the right, 0 up; the ends carry the inks."""
    sheet = Box(0, 0, 8, 8)
    field = painted(Shape(rectangle(sheet), Gradient((Ink("paper"), Ink("deep")), angle)))

    assert field[first].min() > 225
    assert field[last].max() < 130


@given(
    angle=st.sampled_from([0.0, 180.0, 540.0]),
    box=st.builds(Box, st.floats(-9, 20), st.floats(-9, 20), st.floats(2, 60), st.floats(2, 60)),
    alphas=st.lists(st.floats(0, 1), min_size=2, max_size=5),
    scale=st.sampled_from([0.7, 1.0, 3.125]),
    band=st.floats(0, 30),
)
def test_a_gradient_in_rows_is_skia_s_own(
    angle: float, box: Box, alphas: list[float], scale: float, band: float
) -> None:
    """Whatever shines through and however the page lies: two levels of 255 at most, but at an edge within a px.

    There Skia takes a quarter of a px for the least of a path, and rows are as exact as its levels.
    """
    inks = tuple(Ink(("blue", "gold", "paper")[at % 3], alpha) for at, alpha in enumerate(alphas))
    field = Shape(rectangle(box), Gradient(inks, angle), box=box, rounded=(box, 0.0))
    made = []
    for kind in (Painter, PixelPainter):
        px = np.full((40, 40, 4), 255, np.uint8)
        with surface_on(px) as canvas:
            canvas.translate(0, -band)
            canvas.scale(scale, scale)
            kind(RESOURCES).paint_shape(canvas, field)
        made.append(px.astype(int))

    sides = (np.array([box.x, box.right]) * scale, np.array([box.y, box.bottom]) * scale - band)
    across, down = ({int(np.floor(edge)) for edge in edges} for edges in sides)
    kept = np.ix_([y for y in range(40) if y not in down], [x for x in range(40) if x not in across])
    assert np.abs(made[0] - made[1])[kept].max() <= 2
    assert np.abs(made[0] - made[1]).max() <= 64


def test_a_gradient_over_no_height_paints_nothing() -> None:
    """A panel that was squeezed to a line has no rows to colour."""
    box = Box(4, 7.5, 20, 0)
    field = Shape(rectangle(box), Gradient((Ink("blue"), Ink("gold")), 0.0), box=box, rounded=(box, 0.0))
    px = np.full((40, 40, 4), 255, np.uint8)
    with surface_on(px) as canvas:
        PixelPainter(RESOURCES).paint_shape(canvas, field)

    assert px.min() == 255


def test_arcs_and_letters_for_short_give_the_same_outline() -> None:
    """Path data of other hands is read like ours."""
    long = outline("M1 1L5 1L5 5L1 5Z").computeTightBounds()
    short = outline("m1,1h4v4H1z").computeTightBounds()
    disc = outline("M0 5A5 5 0 1 1 10 5A5 5 0 1 1 0 5Z").computeTightBounds()

    assert (short.left(), short.top(), short.right(), short.bottom()) == (1, 1, 5, 5)
    assert (long.left(), long.right()) == (1, 5)
    assert (disc.top(), disc.bottom()) == pytest.approx((0, 10), abs=1e-3)
    with pytest.raises(ValueError, match="M1"):
        outline("M1")


def test_pictures_are_opened_with_the_guards_of_the_door() -> None:
    """A bomb and a format that nobody named are refused where px are made too."""
    bomb, odd = BytesIO(), BytesIO()
    Image.new("1", (9000, 9000)).save(bomb, "PNG")
    Image.new("RGB", (9, 9)).save(odd, "PCX")

    with pytest.raises(TooLargePictureError):
        decode(bomb.getvalue())
    with pytest.raises(NotAPictureError):
        decode(odd.getvalue())


def test_a_picture_is_cut_for_real_and_sampled_once() -> None:
    """The right half of a ramp begins in its middle; a vector picture is drawn at the px asked for."""
    half = Photo(Picture("ramp.jpg", "", 300, 200), Box(0, 0, 1, 1), Box(150, 0, 150, 200))
    sun = Photo(Picture("scene.svg", "", 100, 50, vector=True), Box(0, 0, 1, 1), Box(25, 0, 50, 50))

    ramp, scene = picture_pixels(half, 30, 40, RESOURCES), picture_pixels(sun, 400, 400, RESOURCES)

    assert ramp.shape == (40, 30, 3)
    assert int(ramp[20, 0, 0]) == pytest.approx(128, abs=4)
    assert tuple(scene[200, 200]) == (255, 198, 26)
    assert tuple(scene[2, 2]) == (11, 77, 162)
    edge = np.flatnonzero(scene[200, :, 0] > 128)
    assert (edge[0], edge[-1]) == (40, 359)  # sharp at eight times its size


def test_pages_that_show_one_picture_alike_share_its_pixels() -> None:
    """Of one file, pixels are made anew only for another crop, size or look, or other colours of the look."""
    picture = Picture("ramp.jpg", "digest of the ramp", 300, 200)
    plain = Photo(picture, Box(0, 0, 30, 20), Box(0, 0, 300, 200))
    duotone = replace(plain, look=Look(LookKind.DUOTONE, Ink("ink"), Ink("blue"), 1.0))
    swapped = replace(RESOURCES, colours={**RESOURCES.colours, "ink": RESOURCES.colours["blue"]})
    first = Painter(RESOURCES).image(plain)

    assert Painter(RESOURCES).image(replace(plain, box=Box(50, 9, 30, 20))) is first
    others = [
        Painter(RESOURCES).image(replace(plain, crop=Box(9, 0, 150, 100))),
        Painter(RESOURCES, 2.0).image(plain),
        Painter(RESOURCES).image(duotone),
        Painter(swapped).image(duotone),
    ]
    assert len({id(image) for image in (first, *others)}) == 5


def test_looks_set_photographs_in_inks() -> None:
    """A duotone ends in its inks, a tint keeps black and white, mono is grey."""
    deep, gold = RESOURCES.colours["deep"], RESOURCES.colours["gold"]
    duotone = look_table(LookKind.DUOTONE, deep, gold)
    tint = look_table(LookKind.TINT, deep, gold)
    mono = look_table(LookKind.MONO, deep, gold)

    assert (tuple(duotone[0]), tuple(duotone[255])) == ((8, 47, 102), (255, 198, 26))
    assert tuple(tint[0]) == (0, 0, 0)
    assert tint[255].min() > 240
    assert (mono[128] == mono[128][0]).all()


def test_words_are_painted_where_they_were_measured() -> None:
    """A run begins at its first point: the ink's left edge, at any size, is that of the glyph's outline."""
    line = run(BODY[:4], 20, 60, 40)
    made = render_raster(document(screen(140, 80), item(Role.BODY, Box(0, 0, 140, 80), line)), RESOURCES)

    ink = np.flatnonzero((pixels(made.data).min(axis=2) < 128).any(axis=0))
    assert ink[0] == pytest.approx(20, abs=2)


@pytest.mark.parametrize("form", ["png", "tif"])
def test_a_sheet_in_bands_is_the_sheet(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Painted 225 rows at a time, a page of 904 rows with gradient, photograph and shadow shows no seam."""
    page = poster(replace(print_sheet(144, 200), dpi=300), form)
    whole = pixels(render_raster(page, RESOURCES).data).astype(int)
    monkeypatch.setattr(render, "BAND_PX", 1)
    parted = pixels(render_raster(page, RESOURCES).data).astype(int)

    assert parted.shape == whole.shape == (904, 671, 3)
    assert np.abs(parted - whole).max() <= 1


def test_a_page_in_bands_is_reviewed_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """What lay under words and marks is the same px whether a page was painted at once or in many bands."""
    whole = render_raster(poster(print_sheet(300, 420)), RESOURCES).underlays
    monkeypatch.setattr(render, "BAND_PX", 1)
    parted = render_raster(poster(print_sheet(300, 420)), RESOURCES).underlays

    assert whole is not None
    assert parted is not None
    assert [(under.item, under.run, under.box) for under in parted] == [
        (under.item, under.run, under.box) for under in whole
    ]
    assert all(np.array_equal(one.ground, other.ground) for one, other in zip(parted, whole, strict=True))
    assert any(len(under.ground) for under in whole)


def test_a_file_that_is_too_heavy_is_told_at_its_first_words() -> None:
    """Of a file as a whole no value is at fault: its row's first content gives line and field."""
    heavy = Small(channels="  anh: {kind: image, size: [360, 450], max_mb: 0.0001, formats: [png]}\n")
    with pytest.raises(ProducerError) as caught:
        heavy.artifact()
    (told,) = caught.value.diagnostics
    assert (told.code, told.span.file, told.span.line) == ("render/too-heavy", "assets/events.csv", 2)
    assert told.span.field
