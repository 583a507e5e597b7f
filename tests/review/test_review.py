"""Review: each rule finds its fault, and a page without it passes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hand_page import RESOURCES, document, item, run, screen, shape

from producer.brand.model import Artwork, Ink, TextStyle
from producer.contrast import contrast_over
from producer.diagnostics import Diagnostic, Level, Span
from producer.geometry import Box, Insets
from producer.layout.model import Document, Item
from producer.pipeline import waived
from producer.plan.model import Medium
from producer.render.underlay import underlays
from producer.review.review import review
from producer.scene.model import Canvas, Origin, Role, SignatureElement, Waiver

SHEET = Box(0, 0, 400, 400)
STYLE = TextStyle("sign", run("a", 0, 0, 10).face, run("a", 0, 0, 10).face, (), (4.0,), 2)


def signature(mark: Box, *, least: float = 64.0) -> Item:
    """A signature whose mark stands in a box, a name beside it."""
    ink = Ink("ink")
    element = SignatureElement(
        "sign", Artwork("mark.svg", ""), "Logo", 0.25, least, "Công đoàn Mẫu", "", "", STYLE, STYLE, ink, ink, ink,
        ink, "", ink, Origin(Span("brand/templates/to.yaml", 9, 3), "sign", "A1"),
    )  # fmt: skip
    name = run("Công đoàn Mẫu", mark.right + 30, mark.centre[1], 16)
    return replace(item(Role.SIGNATURE, mark, shape(mark, "blue"), name), element=element, mark=mark)


SIGNED = signature(Box(20, 300, 64, 64))
PAPER = item(Role.DECORATION, SHEET, shape(SHEET, "paper"))


def page(
    *items: Item, canvas: Canvas | None = None, ground: Item = PAPER, sign: Item | None = SIGNED
) -> Document:
    """A white page of some items, signed."""
    return document(canvas or screen(400, 400), ground, *items, *((sign,) if sign else ()))


def found(made: Document) -> list[str]:
    """The codes of what review finds, at the size at which a build measures."""
    return [problem.code for problem in review(made, underlays(made, RESOURCES, 640), RESOURCES)]


def words(
    text: str, x: float, y: float, size: float = 20, token: str = "ink", role: Role = Role.TITLE
) -> Item:
    """An item of one line."""
    return item(role, Box(x, y - size, 300, size), run(text, x, y, size, token))


def test_a_good_page_passes() -> None:
    """Dark words on paper, inside the safe area, a mark with its space: nothing is found."""
    assert found(page(words("Ngày hội", 20, 60))) == []


@pytest.mark.parametrize(("token", "size", "codes"), [
    ("gold", 20, ["layout/low-contrast"]),
    ("gold", 60, ["layout/low-contrast"]),
    ("blue", 20, []),
    ("ink", 20, []),
])  # fmt: skip
def test_words_can_be_read_on_their_ground(token: str, size: float, codes: list[str]) -> None:
    """Gold on paper cannot be read in any size, the brand's blue in all."""
    assert found(page(words("Hội thao", 20, 80, size, token))) == codes


def test_large_words_need_less_contrast() -> None:
    """Gold on a middle blue reaches 3 : 1 and not 4.5 : 1: large words may, small ones may not."""
    ground = item(Role.DECORATION, SHEET, shape(SHEET, "paper"), shape(Box(0, 0, 400, 200), "blue", 0.85))
    assert found(page(words("Hội", 20, 120, 60, "gold"), ground=ground)) == []
    assert found(page(words("Hội", 20, 120, 18, "gold"), ground=ground)) == ["layout/low-contrast"]


def test_the_worst_of_the_ground_counts() -> None:
    """Words that run from paper on to ink are unreadable there, whatever the mean of their ground."""
    ground = item(Role.DECORATION, SHEET, shape(SHEET, "paper"), shape(Box(150, 0, 40, 200), "ink"))
    assert found(page(words("Hội thao công nhân", 20, 80), ground=ground)) == ["layout/low-contrast"]


def test_contrast_is_that_of_the_standard() -> None:
    """Black on white is 21 : 1, an ink of no strength 1 : 1, and #767676 on white the well-known 4.54 : 1."""
    white = np.full((9, 3), 255.0)
    colours = RESOURCES.colours
    black, grey = (
        replace(colours["ink"], red=0, green=0, blue=0),
        replace(colours["ink"], red=118, green=118, blue=118),
    )
    assert contrast_over(black.rgb, 1.0, white) == pytest.approx(21)
    assert contrast_over(black.rgb, 0.0, white) == pytest.approx(1)
    assert contrast_over(grey.rgb, 1.0, white) == pytest.approx(4.54, abs=0.01)


def test_what_must_stay_whole_is_inside_the_safe_area() -> None:
    """Words over the edge are told with the px; the same words inside are not."""
    canvas = replace(screen(400, 400), safe=Insets.even(20))
    (problem,) = review_of(page(words("Ngày hội", 8, 60), canvas=canvas))
    assert (problem.code, problem.facts["field"]) == ("layout/outside-safe", "title")
    assert problem.facts["over"] in (10, 11, 12)
    assert found(page(words("Ngày hội", 22, 60), canvas=canvas)) == []


def test_a_round_trim_has_a_round_safe_area() -> None:
    """In a badge the corners of the square are outside, its middle is inside."""
    canvas = replace(screen(400, 400), safe=Insets.even(20), circle=True)
    middle = signature(Box(168, 300, 64, 64))
    middle = replace(middle, paints=middle.paints[:1])
    assert found(page(words("Hội", 180, 200), canvas=canvas, sign=middle)) == []
    assert found(page(words("Hội", 30, 60), canvas=canvas, sign=middle)) == ["layout/outside-safe"]


def test_texts_do_not_stand_on_each_other() -> None:
    """Two items whose words overlap are named once; words in neighbouring lines do not."""
    one, two = words("Ngày hội công nhân", 20, 60), words("Bảy giờ", 60, 66, role=Role.BODY)
    problem = review_of(page(one, two))[0]
    assert (problem.code, problem.facts["field"], problem.facts["other"]) == (
        "layout/collision",
        "body",
        "title",
    )
    assert found(page(one, words("Bảy giờ", 60, 100, role=Role.BODY))) == []


def test_words_do_not_cross_the_edge_of_a_panel() -> None:
    """Words stand on a panel or beside it; half on it they collide with it."""
    box = Box(20, 100, 200, 80)
    panel = replace(item(Role.DECORATION, box, shape(box, "paper")), name="panel-offer")
    assert found(page(panel, words("Ngày hội", 30, 150))) == []
    assert found(page(panel, words("Ngày hội", 30, 90))) == []
    assert found(page(panel, words("Ngày hội", 180, 150))) == ["layout/collision"]


def test_a_code_is_not_written_on() -> None:
    """Words over a QR code collide with it."""
    code = replace(
        item(Role.PICTURE, Box(30, 30, 60, 60), shape(Box(30, 30, 60, 60), "paper")), code=Box(30, 30, 60, 60)
    )
    assert found(page(code, words("Ngày hội", 50, 70))) == ["layout/collision"]


def test_words_on_a_screen_are_not_too_small() -> None:
    """22 px of 1080 is the least: here 8.1 px of 400."""
    assert found(page(words("Ghi chú", 20, 60, 8.2))) == []
    assert found(page(words("Ghi chú", 20, 60, 7.9))) == ["layout/small-text"]
    print_page = replace(screen(400, 400), medium=Medium.PRINT)  # has rules of its own, by distance
    assert "layout/small-text" not in found(page(words("Ghi chú", 20, 60, 7.9), canvas=print_page))


def test_every_picture_is_signed() -> None:
    """R-06: each page of an album goes out by itself and is signed; a deck needs one signed slide."""
    assert found(page(words("Ngày hội", 20, 60), sign=None)) == ["mark/missing"]
    album = page(words("Ngày hội", 20, 60))
    unsigned = page(words("Ngày hội", 20, 60), sign=None).pages[0]
    album = replace(album, pages=(*album.pages, unsigned))
    assert found(album) == ["mark/missing"]
    assert found(replace(album, canvas=replace(album.canvas, medium=Medium.DECK))) == []


@pytest.mark.parametrize("name", ["", "\N{NO-BREAK SPACE}", ".", "2025"])
def test_a_signature_says_a_name(name: str) -> None:
    """A unit's name without letters signs nothing, however well the mark stands."""
    element = SIGNED.element
    assert isinstance(element, SignatureElement)
    nameless = replace(SIGNED, element=replace(element, unit=name))
    assert found(page(sign=nameless)) == ["mark/missing"]


@pytest.mark.parametrize(("token", "alpha", "codes"), [
    ("blue", 1.0, []),
    ("paper", 1.0, ["mark/unseen"]),
    ("blue", 0.0, ["mark/unseen"]),
    ("blue", 0.15, ["mark/unseen"]),
])  # fmt: skip
def test_the_mark_has_ink(token: str, alpha: float, codes: list[str]) -> None:
    """One in its ground's colour, or so faint that nobody sees it, is none; so is one that draws nothing."""
    box = SIGNED.box
    drawn = replace(SIGNED, paints=(shape(box, token, alpha), *SIGNED.paints[1:]))
    assert found(page(sign=drawn)) == codes
    assert found(page(sign=replace(SIGNED, paints=SIGNED.paints[1:]))) == ["mark/unseen"]


def test_a_mark_of_thin_lines_has_ink_enough() -> None:
    """Lines as thin as an icon's are a mark; one dot in the corner of its room is none."""
    box = SIGNED.box
    lines = [shape(Box(box.x + 16 * n, box.y, 3, 64), "blue") for n in range(4)]
    assert found(page(sign=replace(SIGNED, paints=(*lines, *SIGNED.paints[1:])))) == []
    dot = shape(Box(box.x, box.y, 12, 12), "blue")
    assert found(page(sign=replace(SIGNED, paints=(dot, *SIGNED.paints[1:])))) == ["mark/unseen"]


def test_nothing_is_painted_over_the_mark_or_the_name() -> None:
    """What comes later on the page may stand beside them, not on them."""
    mark, name = Box(20, 300, 64, 64), Box(110, 320, 200, 30)
    for covered in (mark, name):
        made = page()
        over = item(Role.DECORATION, covered, shape(covered, "paper"))
        made = replace(made, pages=(replace(made.pages[0], items=(*made.pages[0].items, over)),))
        assert found(made) == ["mark/covered"]
    made = page()
    beside = item(Role.DECORATION, mark, shape(Box(20, 372, 64, 20), "paper"))
    assert found(replace(made, pages=(replace(made.pages[0], items=(*made.pages[0].items, beside)),))) == []


def test_the_mark_is_not_too_small() -> None:
    """Its least size is the brand's."""
    assert found(page(sign=signature(Box(20, 300, 60, 60)))) == ["mark/too-small"]


def test_the_marks_space_is_clear() -> None:
    """A quarter of its side stays free around it: of words, codes and the edges of pictures."""
    assert found(page(words("Ngày hội", 20, 295))) == ["mark/crowded"]
    assert found(page(words("Ngày hội", 20, 275))) == []
    code = replace(item(Role.PICTURE, Box(20, 230, 60, 60)), code=Box(20, 230, 60, 60))
    assert found(page(code)) == ["mark/crowded"]


def test_the_ground_under_the_mark_is_quiet() -> None:
    """Stripes of two lightnesses under it are found, a gentle gradient is not."""
    stripes = [shape(Box(0, 296 + 12 * n, 400, 6), "ink") for n in range(7)]
    busy = item(Role.DECORATION, SHEET, shape(SHEET, "paper"), *stripes)
    made = page(ground=busy, sign=replace(SIGNED, paints=SIGNED.paints[:1]))
    assert found(made) == ["mark/busy-ground"]
    veil = item(Role.DECORATION, SHEET, shape(SHEET, "paper"), shape(Box(0, 330, 400, 70), "ink", 0.05))
    assert found(page(ground=veil)) == []


def test_a_thumbnail_finds_what_the_page_shows() -> None:
    """`check` looks at 256 px and finds the words that a build would find."""
    made = page(words("Hội thao", 20, 80, 20, "gold"))
    assert [p.code for p in review(made, underlays(made, RESOURCES, 256), RESOURCES)] == [
        "layout/low-contrast"
    ]


def review_of(made: Document) -> tuple[Diagnostic, ...]:
    """What review finds."""
    return review(made, underlays(made, RESOURCES, 640), RESOURCES)


def test_what_is_accepted_in_writing_is_a_note() -> None:
    """A waiver turns its own check of its own row into a note that carries the reason, and no other."""
    problem = Diagnostic("mark/crowded", Span("a.csv", 2), {"row": "A1"})
    other = Diagnostic("mark/crowded", Span("a.csv", 3), {"row": "A2"})
    third = Diagnostic("mark/too-small", Span("a.csv", 2), {"row": "A1"})
    made = waived((problem, other, third), (Waiver("mark/crowded", "Bản in lẻ", "A1"),))
    assert [(one.level, one.facts.get("accepted")) for one in made] == [
        (Level.NOTE, "Bản in lẻ"),
        (Level.ERROR, None),
        (Level.ERROR, None),
    ]


def test_each_row_of_a_sheet_has_its_own_problem() -> None:
    """Two rows share the place that their mark was written at; what is accepted of one is told of the other."""
    element = SIGNED.element
    assert isinstance(element, SignatureElement)
    small = signature(Box(20, 300, 60, 60))
    other = replace(small, element=replace(element, origin=replace(element.origin, row="A2")))
    made = page(sign=small)
    made = replace(made, pages=(*made.pages, page(sign=other).pages[0]))

    assert [problem.facts["row"] for problem in review_of(made)] == ["A1", "A2"]
    assert [p.level for p in waived(review_of(made), (Waiver("mark/too-small", "Bản in lẻ", "A1"),))] == [
        Level.NOTE,
        Level.ERROR,
    ]
