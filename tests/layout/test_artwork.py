"""Drawings of the brand: what is read, what is refused, where it lands."""

from __future__ import annotations

import re

import pytest

from producer.brand.model import Colour, Ink
from producer.diagnostics import ProducerError, Span
from producer.geometry import Box
from producer.layout.artwork import inks_by_colour, place_artwork, read_artwork, tile_artwork
from producer.scene.model import Solid

HERE = Span("brand/brand.yaml", 4, 9)
COLOURS = {"blue": Colour(11, 77, 162), "azure": Colour(11, 77, 162), "paper": Colour(255, 255, 255)}
ACCENT = Ink("accent", 0.5)


def svg(body: str, view: str = "0 0 10 20") -> bytes:
    """A drawing of the given view with ``body`` inside."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}">{body}</svg>'.encode()


def corners(path: str) -> list[tuple[float, float]]:
    """The points of path data of straight lines."""
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", path)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def test_transforms_are_carried_out_to_absolute_page_px() -> None:
    """Groups, turns and the place on the page end in plain coordinates; the stroke grows with them."""
    art = read_artwork(
        svg('<g transform="translate(0 10)"><path transform="scale(2)" d="M0 0h5v5" stroke="#0b4da2"/></g>'),
        HERE,
    )

    (shape,) = place_artwork(art, Box(100, 100, 100, 100), inks_by_colour(COLOURS, ACCENT))

    # 20 px of view on 100 px of box: five times, 50 px wide, so 25 px from the left.
    assert corners(shape.path) == [(125, 150), (175, 150), (175, 200)]
    assert shape.width == 10
    assert shape.fill == Solid(ACCENT)  # a drawing that names no fill takes the ink it is placed in
    assert shape.stroke == Ink("blue", 0.5)  # the first token of exactly this colour


@pytest.mark.parametrize(("across", "left"), [("start", 0), ("centre", 75), ("end", 150)])
def test_a_drawing_keeps_its_ratio_at_the_side_asked_for(across: str, left: float) -> None:
    """A tall drawing in a wide box stands at its start, middle or end."""
    art = read_artwork(svg('<rect width="10" height="20"/>'), HERE)

    (shape,) = place_artwork(art, Box(0, 0, 200, 100), inks_by_colour(COLOURS, ACCENT), across)

    assert corners(shape.path)[0] == (left, 0)


@pytest.mark.parametrize(
    "bad",
    [
        '<image href="a.png"/>',
        '<use href="#a"/>',
        '<path d="M0 0h1" style="fill:red"/>',
        '<path d="M0 0h1" fill="url(#a)"/>',
        '<path d="M0 0h1" fill="red"/>',
        '<path d="M0 0h1" filter="blur"/>',
        '<path d="M0 0h1" stroke-width="5%"/>',
        "<style>path{fill:red}</style>",
        "<script>1</script>",
        "<text>a</text>",
        '<linearGradient id="a"/>',
    ],
)
def test_what_would_be_drawn_wrong_or_from_elsewhere_is_refused(bad: str) -> None:
    """Nothing is dropped silently from a drawing."""
    with pytest.raises(ProducerError) as caught:
        read_artwork(svg(bad), HERE)

    assert [(d.code, d.span) for d in caught.value.diagnostics] == [("artwork/unsupported", HERE)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_in_every_encoding(encoding: str) -> None:
    """Entities that grow a thousand million times need a document type; there is none to be had."""
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE svg [<!ENTITY a "b">]>' + svg("").decode()

    with pytest.raises(ProducerError, match="artwork/unsupported"):
        read_artwork(text.encode(encoding), HERE)


@pytest.mark.parametrize("data", [b"", b"<svg", b"\x89PNG", b"<html/>", svg("", view="0 0 0 5")])
def test_a_file_that_is_no_drawing_says_so(data: bytes) -> None:
    """Cut short, another format, no area: a diagnostic and no traceback."""
    with pytest.raises(ProducerError, match="artwork/broken"):
        read_artwork(data, HERE)


def test_every_colour_that_the_brand_lacks_is_told_at_once() -> None:
    """Two foreign colours make two diagnostics at the line that names the drawing."""
    art = read_artwork(
        svg('<path d="M0 0h1" fill="#123"/><path d="M0 0h1" fill="#FFFFFF" stroke="#456789"/>'), HERE
    )

    with pytest.raises(ProducerError) as caught:
        place_artwork(art, Box(0, 0, 10, 10), inks_by_colour(COLOURS, ACCENT))

    found = [(d.code, d.facts["colour"]) for d in caught.value.diagnostics]
    assert found == [("artwork/colour-not-in-brand", "#112233"), ("artwork/colour-not-in-brand", "#456789")]


def test_tiles_cover_the_area_evenly_about_its_middle() -> None:
    """A pattern has no thin strip at one side, and stays one shape however often it repeats."""
    art = read_artwork(svg('<rect width="10" height="10"/>', view="0 0 10 10"), HERE)

    (shape,) = tile_artwork(art, Box(0, 0, 25, 10), 10, inks_by_colour(COLOURS, ACCENT))

    assert sorted({x for x, _ in corners(shape.path)}) == [-2.5, 7.5, 17.5, 27.5]
