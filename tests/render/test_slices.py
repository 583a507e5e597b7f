"""Tall pages and their slices: cut between blocks, made beside the whole, numbered."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import numpy as np
import pytest
from hand_page import RESOURCES, document, item, screen, shape
from PIL import Image
from small_project import EVENTS, Small

from producer.diagnostics import Level, ProducerError
from producer.geometry import Box
from producer.proof.prove import prove
from producer.render.raster.render import render_raster
from producer.render.raster.slices import blocks_over
from producer.scene.model import Role

TALL = """\
about: Thử
kind: still
slots:
  photo: {type: photo, optional: true, treatment: round}
  title: {type: text, style: headline}
  message: {type: text, style: lead, optional: true}
  facts: {type: list, style: body, items: ["{hour | time}, {day | weekday}", "{place}"]}
  sign: {type: signature}
shapes:
  any: "title\\nphoto\\nmessage\\nfacts\\nsign"
  any without photo: "title\\nmessage\\nfacts\\nsign"
panels: {card: [facts]}
"""


def project(**more: str) -> Small:
    """The preset, or one of another size."""
    return Small(
        template=TALL,
        used="web-infographic",
        channels="  anh: {size: [90, 90], kind: image, formats: [png]}\n",
    ).but(**more)


def pixels(data: bytes) -> np.ndarray:
    """The px of a picture file."""
    return np.asarray(Image.open(BytesIO(data)).convert("RGB"))


@pytest.mark.parametrize("row", [0, 1])
@pytest.mark.parametrize("slices", [2, 3])
def test_no_block_lies_over_a_cut(row: int, slices: int) -> None:
    """With a picture that grows and without one, the rows are parted where the page is cut, with air on both sides."""
    channels = f"  web-infographic: {{size: [1080, {1350 * slices}]}}\n"
    made = project(channels=channels).document(row)
    cuts = made.canvas.cuts

    assert cuts == tuple(1350.0 * at for at in range(1, slices))
    for cut in cuts:
        assert blocks_over(cut, made.pages[0].items, made.canvas) == ()
        edges = [
            edge
            for one in made.pages[0].items
            for edge in (one.box.y, one.box.bottom)
            if one.name != "ground"
        ]
        assert min(abs(edge - cut) for edge in edges) > made.canvas.margin * 0.7


def test_what_a_slice_leaves_goes_between_blocks() -> None:
    """Rows of one panel stay together, whatever their slice has left."""
    template = TALL.replace("panels: {card: [facts]}", "panels: {card: [title, message]}")
    made = project(template=template, events=EVENTS.replace("picture.svg", "")).document(0)
    boxes = {one.name: one.box for one in made.pages[0].items}

    assert 0 < boxes["message"].y - boxes["title"].bottom < made.canvas.gap
    assert boxes["facts"].y - boxes["message"].bottom > 4 * made.canvas.gap


def test_slices_stand_beside_the_whole_page() -> None:
    """They have one size and their own numbers, and joined they are the page."""
    small = project()
    made, scene = small.artifact(), small.document()
    whole = pixels(made.data)
    names = [suffix for suffix, _ in made.extras]
    parts = [pixels(data) for _, data in made.extras]

    assert (names, made.pages, made.size) == (["-01.png", "-02.png"], 1, (1080, 2700))
    assert [part.shape for part in parts] == [(1350, 1080, 3)] * 2
    assert np.array_equal(np.concatenate(parts), whole)
    assert prove(made, scene, small.world.read_bytes) == ()
    wrong = replace(made, extras=(made.extras[0], ("-02.png", made.data)))
    assert [told.code for told in prove(wrong, scene, small.world.read_bytes)] == ["proof/wrong-size"]


def test_a_block_over_a_cut_is_told_and_nothing_is_cut() -> None:
    """The whole page is made; a ground that lies under all of it is no block."""
    canvas = replace(screen(100, 200), slice=100.0)
    ground = item(Role.DECORATION, Box(0, 0, 100, 200), shape(Box(0, 0, 100, 200), "ink"))
    page = document(canvas, ground, item(Role.BODY, Box(10, 80, 50, 40), shape(Box(10, 80, 50, 40), "ink")))
    made = render_raster(page, RESOURCES)

    assert made.extras == ()
    (told,) = made.problems
    assert (told.code, told.level, told.facts["field"], told.facts["at"]) == (
        "render/no-slices",
        Level.WARNING,
        "body",
        100,
    )
    calm = document(canvas, ground, item(Role.BODY, Box(10, 40, 50, 40), shape(Box(10, 40, 50, 40), "ink")))
    assert [suffix for suffix, _ in render_raster(calm, RESOURCES).extras] == ["-01.png", "-02.png"]


def test_a_page_of_one_row_is_made_whole() -> None:
    """Where no cut can fall between blocks the page is laid out as if there were none."""
    template = "about: Thử\nkind: still\nslots:\n  photo: {type: photo}\nshapes: {any: photo}\n"

    assert project(template=template).artifact().extras == ()


def test_a_height_of_broken_slices_is_refused() -> None:
    """A recipe that gives the channel another height keeps to whole slices."""
    with pytest.raises(ProducerError) as caught:
        project(channels="  web-infographic: {size: [1080, 3000]}\n").document()

    (told,) = caught.value.diagnostics
    assert (told.code, told.facts["limit"]) == ("recipe/out-of-range", "1350 × n")
