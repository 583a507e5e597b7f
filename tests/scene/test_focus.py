"""The point of a picture that its author wants kept."""

from __future__ import annotations

import pytest
from face_picture import people
from small_project import Small, elements

from producer.layout.model import Photo
from producer.scene.model import PictureElement

ROWS = "id,day,hour,figure,title,photo,photo_focus,other,other_focus\n"
TEMPLATE = (
    "about: Thử\nkind: still\nground: night\nslots:\n  photo: {type: photo%s}\n"
    "  title: {type: text, style: headline}\nshapes: {any: 'photo\n\n    title'}\n"
)


def small(photo_focus: str = "", other_focus: str = "", keys: str = "", fill: str = "") -> Small:
    """A project of one row with two pictures, in a column that is called like the slot and in another."""
    data, _ = people((1600, 500), (1200, 90))
    return Small(
        template=TEMPLATE % keys,
        events=f"{ROWS}A1,2025-01-12,,,Thử,people.jpg,{photo_focus},assets/people.jpg,{other_focus}\n",
        fill=fill,
        more={"assets/people.jpg": data},
    )


def kept(project: Small) -> tuple[tuple[float, float], bool]:
    """The point of the picture, and whether the layout looks for it."""
    photo = elements(project.scene())["photo"]
    assert isinstance(photo, PictureElement)
    return photo.picture.focus, photo.find_focus


@pytest.mark.parametrize(
    ("written", "point"),
    [
        ("40% 25%", (0.4, 0.25)),
        ("0% 100%", (0, 1)),
        ("33.5%  66.25%", (0.335, 0.6625)),
        (" 5% 5% ", (0.05, 0.05)),
    ],
)
def test_a_point_stands_beside_its_picture(written: str, point: tuple[float, float]) -> None:
    """Two percentages, from the left and from the top; nothing is looked for then."""
    assert kept(small(written)) == (point, False)


def test_without_a_point_it_is_found() -> None:
    """An empty cell is as no column at all."""
    assert kept(small()) == ((0.5, 0.5), True)


def test_the_recipe_comes_first() -> None:
    """``with:`` says it as the sheet does, as a text that may name a column."""
    assert kept(small("40% 25%", fill="{photo_focus: 10% 90%}")) == ((0.1, 0.9), False)
    assert kept(small("40% 25%", "7% 8%", fill='{photo_focus: "{other_focus}"}')) == ((0.07, 0.08), False)


def test_a_point_is_about_its_own_picture() -> None:
    """A picture from another column has the point beside that one, and a picture of the recipe none of a column's."""
    other = small("40% 25%", "7% 8%", fill='{photo: "{other}"}')
    fixed = small("40% 25%", "7% 8%", fill="{photo: assets/people.jpg}")

    assert kept(other) == ((0.07, 0.08), False)
    assert kept(fixed) == ((0.5, 0.5), True)


@pytest.mark.parametrize("crop", ["faces", "centre"])
def test_what_the_author_says_wins_over_what_is_found(crop: str) -> None:
    """The crop stands around the given point though a face is elsewhere, and its author is warned."""
    document = small("25% 50%", keys=f", crop: {crop}").document()
    paints = [paint for item in document.pages[0].items for paint in item.paints]
    photo = next(paint for paint in paints if isinstance(paint, Photo))

    assert photo.crop.centre[0] == pytest.approx(400)
    assert [problem.code for problem in document.problems if problem.code == "photo/face-cut"] == [
        "photo/face-cut"
    ]


def test_another_point_makes_another_scene() -> None:
    """So the picture is made anew when its point moves."""
    assert small("40% 25%").scene() != small("41% 25%").scene()
