"""The national flag: its geometry, its colours, and that nothing comes near it."""

from __future__ import annotations

import io
from math import dist, hypot

import pikepdf
import pytest
from pptx import Presentation
from small_project import Small

from producer.brand.model import FLAG_COLOURS, FLAG_GOLD, FLAG_RED
from producer.geometry import Box, Insets
from producer.layout.flag import flag_box, star
from producer.layout.model import Item, Shape
from producer.scene.model import Solid

ALT = "Quốc kỳ nước Cộng hòa xã hội chủ nghĩa Việt Nam"
TEMPLATE = """\
about: Thử
kind: still
ground: night
slots:
  flag: {type: flag}
  title: {type: text, style: headline}
  sign: {type: signature}
shapes: {any: ". flag .\\ntitle\\nsign"}
"""
CHANNELS = """\
  anh: {kind: image, size: [360, 450], formats: [png]}
  giay: {kind: print, trim: [90, 120], bleed: 3mm, formats: [pdf]}
  trang: {kind: deck, size: [480, 270], formats: [pptx]}
"""


def flag(used: str = "anh", template: str = TEMPLATE) -> Item:
    """The flag of a page."""
    page = Small(template=template, channels=CHANNELS, used=used).document().pages[0]
    return next(item for item in page.items if item.name == "flag")


def test_the_star_is_the_one_of_the_constitution() -> None:
    """Five points a fifth of the length from the centre, one of them up; straight edges run from point to point."""
    box = flag_box(Box(10, 20, 900, 1000))
    corners = star(box.centre, box.width / 5)
    points, waists = corners[::2], corners[1::2]

    assert box.width / box.height == pytest.approx(3 / 2)
    assert [dist(box.centre, point) for point in points] == pytest.approx([box.width / 5] * 5)
    assert points[0] == pytest.approx((box.centre[0], box.centre[1] - box.width / 5))
    for at in range(5):  # each point, two waists and the next point but one lie on a line
        start, end = points[at], points[(at + 2) % 5]
        for waist in (waists[at], waists[(at + 1) % 5]):
            cross = (end[0] - start[0]) * (waist[1] - start[1]) - (end[1] - start[1]) * (waist[0] - start[0])
            assert abs(cross) / hypot(end[0] - start[0], end[1] - start[1]) < 1e-6


@pytest.mark.parametrize("cell", [Box(0, 0, 300, 90), Box(5, 5, 90, 300), Box(0.4, 0.7, 61.3, 50.1)])
@pytest.mark.parametrize("whole_px", [False, True])
def test_the_flag_is_whole_in_its_cell(cell: Box, *, whole_px: bool) -> None:
    """Two to three to the px, inside its cell, as large as that allows."""
    box = flag_box(cell, whole_px=whole_px)

    assert box.width * 2 == pytest.approx(box.height * 3)
    assert cell.inset(Insets.even(-0.5)).contains(box)  # half a px, where it stands on the grid
    assert box.width > min(cell.width, cell.height * 1.5) - 3.001
    assert box.width <= min(cell.width, cell.height * 1.5) + 1e-9


def test_its_colours_are_its_own() -> None:
    """Red field, gold star over it, whole strength, whatever the brand or the row's theme."""
    field, mark = (paint for paint in flag().paints if isinstance(paint, Shape))
    scene = Small(template=TEMPLATE).scene()

    assert [shape.fill for shape in (field, mark)] == [
        Solid(scene.pages[0].elements[0].red),  # type: ignore[union-attr]
        Solid(scene.pages[0].elements[0].gold),  # type: ignore[union-attr]
    ]
    assert [shape.fill.ink.token for shape in (field, mark)] == [FLAG_RED, FLAG_GOLD]  # type: ignore[union-attr]
    assert {token: scene.colours[token] for token in FLAG_COLOURS} == dict(FLAG_COLOURS)
    assert not FLAG_COLOURS.keys() & Small().scene().colours.keys()  # pages without it are made as before


def test_nothing_covers_it() -> None:
    """It is painted whole, and no words and no panel stand on it."""
    page = Small(template=TEMPLATE).document().pages[0]
    found = next(item for item in page.items if item.name == "flag")
    shape = next(paint for paint in found.paints if isinstance(paint, Shape))
    over = page.items[page.items.index(found) + 1 :]

    assert shape.rounded is not None
    assert found.box.contains(shape.rounded[0])
    assert not [item.name for item in over if item.box.overlap(shape.rounded[0])]


def test_an_optional_flag_waits_to_be_asked_for() -> None:
    """Its row's column, or the recipe, asks with any word; else it gives up its place."""
    template = TEMPLATE.replace("{type: flag}", "{type: flag, optional: true}")
    asked = Small(template=template, fill="{flag: có}").scene()
    without = Small(template=template).scene()

    assert "flag" in [element.name for element in asked.pages[0].elements]
    assert "flag" not in [element.name for element in without.pages[0].elements]


def test_a_clips_flag_does_not_fade_in() -> None:
    """What fades is tinted on its way."""
    template = TEMPLATE.replace("kind: still\nground: night", "kind: clip").replace(
        'shapes: {any: ". flag .\\ntitle\\nsign"}',
        'pages:\n  one: {shapes: {any: title}}\n  two: {ground: night, shapes: {any: "flag\\ntitle\\nsign"}}',
    )
    channels = "  doc: {kind: video, size: [180, 320], seconds: [3, 20], formats: [mp4]}\n"
    page = Small(template=template, channels=channels, used="doc").document().pages[1]

    moving = {item.name: item.motion is not None for item in page.items}
    assert (moving["flag"], moving["title"]) == (False, True)


def test_print_has_its_inks_and_its_words() -> None:
    """A tagged figure that says what it is, in full red and full yellow without black."""
    made = Small(template=TEMPLATE, channels=CHANNELS, used="giay").artifact()
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        content = b"".join(
            stream.read_bytes() for stream in pdf.objects if isinstance(stream, pikepdf.Stream)
        )
        alts = [str(one.Alt) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one]

    assert ALT in alts
    assert b"0 1 1 0 k" in content
    assert b"0 0 1 0 k" in content


def test_on_slides_it_is_a_drawing_with_its_words_and_no_theme_recolours_it() -> None:
    """One group, described, its colours fixed."""
    made = Small(template=TEMPLATE, channels=CHANNELS, used="trang").artifact()
    slide = Presentation(io.BytesIO(made.data)).slides[0]
    found = [shape for shape in slide.shapes if f'descr="{ALT}"' in shape._element.xml]

    assert len(found) == 1
    assert 'srgbClr val="DA251D"' in found[0]._element.xml
    assert 'srgbClr val="FFFF00"' in found[0]._element.xml
