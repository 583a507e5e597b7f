"""What a picture is said to show: in posts, tags and slides alike."""

from __future__ import annotations

import pytest
from small_project import Small, elements

from producer.scene.model import PictureElement, Told

TEMPLATE = (
    "about: Thử\nkind: still\nground: night\nslots:\n  photo: {type: photo, label: Ảnh lễ}\n"
    "  words: {type: text, style: headline}\nshapes: {any: 'photo\n\n    words'}\n"
)
COLUMNS = "id,day,hour,figure,photo,words,photo_alt,caption,title,full_name\n"


def picture(cells: str, fill: str = "") -> PictureElement:
    """The picture of a row with these last four cells."""
    small = Small(template=TEMPLATE, events=f"{COLUMNS}A1,2025-01-12,,,picture.svg,Chữ,{cells}\n", fill=fill)
    made = elements(small.scene())["photo"]
    assert isinstance(made, PictureElement)
    return made


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ("Ba người cười,Giờ nghỉ,Hội thao,An Mẫu", ("Ba người cười", Told.SHOWN)),
        (",Giờ  nghỉ,Hội thao,An Mẫu", ("Giờ nghỉ", Told.SHOWN)),
        (",,Hội thao,An Mẫu", ("Hội thao", Told.NAMED)),
        (",,,An Mẫu", ("An Mẫu", Told.NAMED)),
        (",,,", ("Ảnh lễ", Told.LABEL)),
    ],
)
def test_a_row_tells_what_its_picture_shows(cells: str, told: tuple[str, Told]) -> None:
    """Words of the picture come before names of what it belongs to; the label is what is left."""
    made = picture(cells)

    assert (made.alt, made.told) == told


def test_the_recipe_tells_of_a_picture_of_its_own() -> None:
    """A picture of ``with:`` is told under its slot's name; the row's description is of another picture."""
    own = "{photo: assets/picture.svg, photo_alt: Cổng hội}"

    assert picture("Ba người cười,Giờ nghỉ,,", own).alt == "Cổng hội"
    assert picture("Ba người cười,Giờ nghỉ,,", "{photo: assets/picture.svg}").told is Told.LABEL


def test_a_caption_is_told_once() -> None:
    """Of the picture; it is not read again among the words."""
    events = f"{COLUMNS}A1,2025-01-12,,,picture.svg,Giờ nghỉ,,Giờ nghỉ,,\n"

    assert Small(template=TEMPLATE, events=events).scene().alts == ("Ảnh: Giờ nghỉ.",)


def test_a_label_is_no_description() -> None:
    """Where nobody wrote what a picture shows, a post says that there is one, and not what its form calls it."""
    events = f"{COLUMNS}A1,2025-01-12,,,picture.svg,Chữ,,,,\n"

    assert Small(template=TEMPLATE, events=events).scene().alts == ("Có ảnh minh họa. Chữ trên ảnh: Chữ.",)
