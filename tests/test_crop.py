"""Whole and cut pictures in every medium: what of them can be seen in the finished file."""

from __future__ import annotations

import zipfile
from io import BytesIO

import av
import pypdfium2
import pytest
from lxml import etree
from PIL import Image
from pptx import Presentation
from small_project import Small

from producer.render.model import Artifact

ENDS = ((255, 0, 0), (0, 0, 255))  # of a wide picture, left and right
STILL = "about: Thử\nkind: {}\nground: night\nslots:\n  photo: {{type: photo, crop: {}}}\n"
PAGES = {
    "deck": "pages:\n  one: {shapes: {any: photo}}\n",
    "clip": "pages:\n  one: {hold: 2s, shapes: {any: photo}}\n",
    "still": "shapes: {any: photo}\n",
}
MEDIA = {
    "png": ("still", "kind: image, size: [200, 250], formats: [png]"),
    "pdf": ("still", "kind: print, trim: [60, 75], safe: [3, 3, 3, 3], dpi: 150, formats: [pdf]"),
    "pptx": ("deck", "kind: deck, size: [320, 320], formats: [pptx]"),
    "mp4": ("clip", "kind: video, size: [200, 250], seconds: [1, 3], formats: [mp4]"),
}


def made(form: str, crop: str) -> Artifact:
    """A picture of 4 : 1 with coloured ends, in a cell that is rather square."""
    image = Image.new("RGB", (1600, 400), (250, 250, 250))
    for at, colour in enumerate(ENDS):
        image.paste(colour, (at * 1300, 0, at * 1300 + 300, 400))
    out = BytesIO()
    image.save(out, "PNG")
    kind, channel = MEDIA[form]
    return Small(
        template=STILL.format(kind, crop) + PAGES[kind],
        events="id,day,hour,figure,title,photo\nA1,2025-01-12,,,Thử,wide.png\n",
        channels=f"  anh: {{{channel}}}\n",
        more={"assets/wide.png": out.getvalue()},
    ).artifact()


def seen(form: str, data: bytes) -> Image.Image:
    """The product as a viewer shows it; of a deck the one picture in it."""
    if form == "pdf":
        return pypdfium2.PdfDocument(data)[0].render(scale=2).to_pil().convert("RGB")
    if form == "mp4":
        with av.open(BytesIO(data)) as clip:
            frames = [frame.to_image() for frame in clip.decode(video=0)]
        return frames[-1]
    if form == "pptx":
        (shape,) = [
            shape for shape in Presentation(BytesIO(data)).slides[0].shapes if hasattr(shape, "image")
        ]
        return Image.open(BytesIO(shape.image.blob)).convert("RGB")
    return Image.open(BytesIO(data)).convert("RGB")


def ends_in(image: Image.Image) -> list[int]:
    """How many px show each end of the picture."""
    colours = image.getcolors(image.width * image.height) or []
    return [
        sum(
            count
            for count, colour in colours
            if sum(abs(a - b) for a, b in zip(colour, end, strict=True)) < 120  # type: ignore[arg-type]
        )
        for end in ENDS
    ]


@pytest.mark.parametrize("form", MEDIA)
def test_a_whole_picture_shows_both_its_ends(form: str) -> None:
    """``crop: whole`` cuts nothing off, in a picture, in print, on a slide and in a clip."""
    assert min(ends_in(seen(form, made(form, "whole").data))) > 50


@pytest.mark.parametrize("form", MEDIA)
def test_a_picture_that_covers_its_cell_loses_its_ends(form: str) -> None:
    """Any other crop fills the cell: of a picture four times as wide as high only the middle is left."""
    assert max(ends_in(seen(form, made(form, "centre").data))) == 0


@pytest.mark.parametrize(("crop", "least", "most"), [("whole", 3.9, 4.1), ("centre", 0.8, 1.3)])
def test_a_picture_on_a_slide_is_not_stretched(crop: str, least: float, most: float) -> None:
    """Its frame has the ratio of its px, and nothing is cut by the slide: PowerPoint could bring it back."""
    data = made("pptx", crop).data
    (shape,) = [shape for shape in Presentation(BytesIO(data)).slides[0].shapes if hasattr(shape, "image")]
    width, height = Image.open(BytesIO(shape.image.blob)).size
    with zipfile.ZipFile(BytesIO(data)) as deck:
        slide = etree.fromstring(deck.read("ppt/slides/slide1.xml"))

    assert least < shape.width / shape.height < most
    assert width / height == pytest.approx(shape.width / shape.height, rel=0.02)
    assert slide.findall(".//{*}srcRect") == []
