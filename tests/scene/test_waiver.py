"""What is accepted in writing, and for which part of a product."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_project import OURS, RECIPE, Small

from producer.brand.model import FLAG_COLOURS
from producer.diagnostics import Diagnostic, Level, ProducerError, Span
from producer.pipeline import waived
from producer.scene.model import Scene

CHECK = "mark/crowded"
CARDS = "  anh: {kind: print, trim: [90, 55], bleed: 3mm, formats: [pdf]}\n"
CARD = "about: Thẻ\nkind: still\nslots:\n  title: {type: text, style: body}\nshapes: {any: title}\n"
TWO_ROWS = """\
id,theme,day,hour,title,message,place,photo,figure,tags
A1,,,,Hội thao,,,picture.svg,,
A2,,,,Hội thi,,,picture.svg,,có
"""


def scene(take: str, place: str, *, sheet: bool = False, check: str = CHECK, **changed: object) -> Scene:
    """The first product of a piece, with the check accepted at a place."""
    small = Small(take=take, events=TWO_ROWS, template=CARD, fill='{title: "Hội"}').but(**changed)
    if sheet:
        small = small.but(channels=CARDS)
    recipe = str(small.files[RECIPE]) + f"accept: {{{check}: {{{place}: Đã xem}}}}\n"
    if sheet:
        recipe = recipe.replace("    each: events\n", "    each: events\n    sheet: a4\n")
    return replace(small, more={**small.more, RECIPE: recipe}).scene()


def levels(made: Scene, *rows: str) -> list[Level]:
    """How the check's problems of some rows are judged; of "" nobody knows the row."""
    problems = [Diagnostic(CHECK, Span("a.csv"), {"row": row} if row else {}) for row in rows]
    return [problem.level for problem in waived(problems, made.waivers)]


@pytest.mark.parametrize(("take", "place"), [("each", "tin/A1"), ("each", "tin/A1-anh"), ("all", "tin")])
def test_a_waiver_is_for_all_of_its_product(take: str, place: str) -> None:
    """Whatever row its pages speak of: those of an album or a deck carry the rows that they were made from."""
    assert levels(scene(take, place), "A1", "A2", "") == [Level.NOTE] * 3


def test_a_sheets_rows_stand_for_themselves() -> None:
    """A waiver of one row is neither for another, nor for what is of no row."""
    made = scene("each", "tin/A1", sheet=True)

    assert levels(made, "A1", "A2", "") == [Level.NOTE, Level.ERROR, Level.ERROR]


def test_a_sheet_can_be_accepted_as_a_whole() -> None:
    """Its own address, or its piece, stands for all of its rows."""
    for place in ("tin", "tin/tin-anh-a4"):
        assert levels(scene("each", place, sheet=True), "A1", "A2", "") == [Level.NOTE] * 3


def test_the_maps_of_a_sheet_can_be_accepted_as_a_whole() -> None:
    """What is asked while a row is composed hears of its sheet's waivers too, and each row's tick is told."""
    template = CARD.replace("slots:", "slots:\n  photo: {type: photo, treatment: wave}").replace(
        "any: title", 'any: "photo\\ntitle"'
    )
    licences = {
        "assets/licences.yaml": f"{OURS}assets/picture.svg: {{author: An Mẫu, licence: CC0-1.0, shows: map}}\n"
    }
    check = "scene/map-unchecked"

    with pytest.raises(ProducerError, match=check):
        scene("each", "tin/A1", sheet=True, check=check, template=template, more=licences)
    made = scene("each", "tin", sheet=True, check=check, template=template, more=licences)

    notes = waived(made.problems, made.waivers)
    told = [(note.level, note.facts["row"], note.facts["field"], note.facts["accepted"]) for note in notes]
    assert told == [(Level.NOTE, row, "photo", "Đã xem") for row in ("A1", "A2")]


def test_a_ticked_map_is_told_of_its_row() -> None:
    """Who ticks it is heard in the report and in the manifest: a map goes out on somebody's word."""
    template = CARD.replace("slots:", "slots:\n  photo: {type: photo, treatment: wave}").replace(
        "any: title", 'any: "photo\\ntitle"'
    )
    licences = {
        "assets/licences.yaml": f"{OURS}assets/picture.svg: {{author: An Mẫu, licence: CC0-1.0, shows: map}}\n"
    }
    made = scene("each", "tin/A1", check="scene/map-unchecked", template=template, more=licences)

    (note,) = waived(made.problems, made.waivers)
    assert (note.level, note.facts["accepted"]) == (Level.NOTE, "Đã xem")


def test_a_sheet_has_the_colours_of_all_of_its_rows() -> None:
    """A flag that only the second row asks for brings its colours along."""
    template = CARD.replace("slots:", "slots:\n  flag: {type: flag, optional: true}").replace(
        "{any: title}", '{any: "flag\\ntitle", any without flag: title}'
    )
    made = scene("each", "tin", sheet=True, template=template, fill='{flag: "{tags}"}', channels=CARDS)

    assert made.colours.keys() >= FLAG_COLOURS.keys()


ALBUM = """\
about: Album
kind: still
slots:
  photos: {type: rows}
  title:  {type: text, style: body}
  photo:  {type: photo, treatment: wave}
pages:
  cover: {shapes: {any: title}}
  each:  {each: photos, shapes: {any: photo}}
"""
PHOTOS = '{title: "Hội", photos: events}'


@pytest.mark.parametrize(
    ("take", "place"),
    [("all", "tin/A1"), ("all", "tin/tin-anh/A1"), ("each", "tin/A2/A1"), ("each", "tin/A2-anh/A1")],
)
def test_a_page_of_a_row_stands_for_itself(take: str, place: str) -> None:
    """A row inside a product is named after the product's own place; other pages are as they were."""
    small = Small(take=take, events=TWO_ROWS, template=ALBUM, fill=PHOTOS)
    recipe = f"{small.files[RECIPE]!s}accept: {{{CHECK}: {{{place}: Đã xem}}}}\n"
    made = replace(small, more={RECIPE: recipe}).scenes()[-1]

    assert levels(made, "A1", "A2", "") == [Level.NOTE, Level.ERROR, Level.ERROR]


def test_a_waiver_of_one_row_leaves_other_products_alone() -> None:
    """What is accepted inside the second row's product says nothing of the same row in the first."""
    small = Small(take="each", events=TWO_ROWS, template=ALBUM, fill=PHOTOS)
    recipe = f"{small.files[RECIPE]!s}accept: {{{CHECK}: {{tin/A2/A1: Đã xem}}}}\n"

    assert replace(small, more={RECIPE: recipe}).scenes()[0].waivers == ()


def test_a_row_that_an_album_does_not_show_is_no_place() -> None:
    """Its waiver would do nothing; the nearest row is named."""
    with pytest.raises(ProducerError, match="plan/unknown-place") as caught:
        scene("all", "tin/A9", template=ALBUM, fill=PHOTOS)
    assert str(caught.value.diagnostics[0].facts["nearest"]).startswith("tin/A")


def test_each_map_of_an_album_is_ticked_by_itself() -> None:
    """The problem names the place where its row's tick belongs."""
    licences = {
        "assets/licences.yaml": f"{OURS}assets/picture.svg: {{author: An Mẫu, licence: CC0-1.0, shows: map}}\n"
    }

    with pytest.raises(ProducerError) as caught:
        scene("all", "tin/A1", check="scene/map-unchecked", template=ALBUM, fill=PHOTOS, more=licences)
    assert [problem.facts["place"] for problem in caught.value.diagnostics] == ["tin/A2"]
