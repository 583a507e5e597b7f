"""The union's own line in cells of every width."""

from __future__ import annotations

import pytest
from small_project import BRAND, ORGANISATION, Small

from producer.diagnostics import ProducerError
from producer.layout.model import GlyphRun, Item, Shape

LINKED = {"brand/organisation.yaml": ORGANISATION.replace("}", ', link: "https://congdoan.example"}')}
WIDE = "  anh: {kind: image, size: [900, 400], formats: [png]}\n"


def signature(drawing: str, sign: str = "type: signature", **more: str) -> Item:
    """The signature of a page with a title, drawn so."""
    template = (
        "about: Thử\nkind: still\nslots:\n  title: {type: text, style: lead}\n"
        f'  sign: {{{sign}}}\nshapes: {{any: "{drawing}"}}\n'
    )
    project = Small(template=template, channels=WIDE, more=LINKED, **more)  # type: ignore[arg-type]
    return next(item for item in project.document().pages[0].items if item.name == "sign")


def mark(item: Item) -> Shape:
    """The mark: what is painted first."""
    first = item.paints[0]
    assert isinstance(first, Shape)
    return first


def left_of_words(item: Item) -> float:
    """Where the words begin."""
    return min(x for paint in item.paints if isinstance(paint, GlyphRun) for x, _ in paint.points)


def top_of_words(item: Item) -> float:
    """The first line's baseline."""
    return min(y for paint in item.paints if isinstance(paint, GlyphRun) for _, y in paint.points)


def test_a_wide_cell_has_all_in_one_line() -> None:
    """The words stand right of the mark, which is at their middle."""
    item = signature("title\\nsign")

    assert left_of_words(item) > item.box.x + 0.09 * 400
    assert top_of_words(item) < item.box.bottom


def test_a_narrow_cell_stands_upright() -> None:
    """Mark, words and code under one another, all from the cell's left edge."""
    item = signature("title title title title sign\\ntitle title title title sign")

    assert item.box.width < 0.44 * 400
    assert left_of_words(item) == pytest.approx(item.box.x, abs=2)
    assert top_of_words(item) > item.box.y + 0.13 * 400


def test_a_code_that_is_wider_than_its_cell_is_told() -> None:
    """A code cut off or set over its neighbour leads nowhere."""
    with pytest.raises(ProducerError) as caught:
        signature("title title title title title title title title title sign")

    assert "layout/no-room" in {problem.code for problem in caught.value.diagnostics}


def test_a_centred_one_is_no_wider_than_it_must_be() -> None:
    """Mark, name and code stand as one group in the cell's middle."""
    item = signature("title\\nsign", "type: signature, align: centre")
    alone = signature("title\\nsign")

    assert left_of_words(item) > left_of_words(alone) + 0.1 * 400


def test_on_a_strip_the_signature_is_larger() -> None:
    """A strip's shorter side is little of it: what is 3 % of that cannot be read where the whole strip is seen."""

    def size_of(width: int) -> tuple[float, float]:
        template = (
            "about: Thử\nkind: still\nslots:\n  title: {type: text, style: lead}\n"
            '  sign: {type: signature}\nshapes: {any: "title\\nsign"}\n'
        )
        channels = f"  anh: {{kind: image, size: [{width}, 600], formats: [png]}}\n"
        document = Small(template=template, channels=channels).document()
        item = next(item for item in document.pages[0].items if item.name == "sign")
        assert item.mark is not None
        return max(paint.size for paint in item.paints if isinstance(paint, GlyphRun)), item.mark.height

    wide, strip = size_of(1400), size_of(4200)

    assert strip[0] == pytest.approx(wide[0] * 0.8 * 7**0.5)
    assert strip[1] > 1.5 * wide[1]


def test_what_is_read_from_afar_has_a_larger_mark_too() -> None:
    """Mark and code grow with the name's style, as far as the cell leaves room for the words."""
    brand = BRAND.replace(
        "sign: {font: text, weight: bold, size: [3.6,", "sign: {font: text, weight: bold, size: [9,"
    )

    large, usual = signature("title\\nsign", brand=brand), signature("title\\nsign")

    assert left_of_words(large) - large.box.x > (left_of_words(usual) - usual.box.x) * 1.5


def test_the_least_words_of_a_banner_are_larger() -> None:
    """A picture that lies is shown as wide as the screen: its words are measured by both sides, up to a fifth more."""
    low, square = (
        Small(channels=f"  anh: {{kind: image, size: [{width}, 400], formats: [png]}}\n").scene().canvas
        for width in (1200, 400)
    )

    assert low.least_type == pytest.approx(1.2 * square.least_type)
