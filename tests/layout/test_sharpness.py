"""How many px pictures have at the size at which they are shown, against what that size needs."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from small_project import Small

from producer.diagnostics import Diagnostic, Level, Scope

GROUND = """\
about: Thử
kind: still
ground: photo
slots:
  photo: {type: photo}
  title: {type: text, style: headline}
shapes: {any: title}
"""


def told(side: int, channel: str, template: str = GROUND) -> tuple[Diagnostic, ...]:
    """What is told of a square picture of ``side`` px that fills a page of the channel."""
    out = BytesIO()
    image = Image.new("RGB", (side, side), (90, 140, 120))
    image.paste("white", (0, 0, side // 2, side // 2))
    image.save(out, "PNG")
    project = Small(
        template=template,
        events="id,day,hour,figure,title,photo\nA1,2025-01-12,,,Thử,plain.png\n",
        channels=f"  anh: {{{channel}}}\n",
        more={"assets/plain.png": out.getvalue()},
    )
    return project.document().problems


def printed(side: int, dpi: int = 300) -> str:
    """A square print of ``side`` mm without bleed."""
    return f"kind: print, trim: [{side}, {side}], safe: [8, 8, 8, 8], dpi: {dpi}, formats: [pdf]"


@pytest.mark.parametrize(
    ("px", "level", "found"),
    [(1000, Level.ERROR, "100 dpi"), (1500, Level.WARNING, "150 dpi"), (2510, None, "")],
)
def test_a_print_of_ten_inches_wants_251_dots_to_the_inch(px: int, level: Level | None, found: str) -> None:
    """It is looked at from 0.72 m. Under that its author is warned, and under half of it nothing is made unread."""
    problems = told(px, printed(254))

    assert [problem.level for problem in problems] == ([level] if level else [])
    for problem in problems:
        assert (problem.code, problem.scope) == ("photo/low-dpi", Scope.ROW)
        assert (problem.facts["found"], problem.facts["wanted"]) == (found, "251 dpi")
        assert problem.facts["largest"] == f"{px / 250.56 * 25.4:.0f} × {px / 250.56 * 25.4:.0f} mm"
        assert (problem.span.file, problem.span.line, problem.span.field) == ("assets/events.csv", 2, "photo")


@pytest.mark.parametrize(
    ("mm", "dpi", "wanted"),
    [
        (50, 300, 300),  # a card is held: all that its channel asks for
        (50, 600, 300),
        (297, 300, 214),
        (1500, 300, 150),  # a large poster is walked up to, to 1.2 m
        (1500, 100, 100),  # what hangs higher than that has a channel that says so
    ],
)
def test_what_is_seen_from_afar_needs_less(mm: int, dpi: int, wanted: int) -> None:
    """180 dots to the inch at a metre, from twice the diagonal, 0.6 to 1.2 m; never more than the channel's."""
    (problem,) = told(40, printed(mm, dpi))

    assert problem.facts["wanted"] == f"{wanted} dpi"


@pytest.mark.parametrize(
    ("px", "level"), [(400, None), (399, Level.WARNING), (200, Level.WARNING), (199, Level.ERROR)]
)
def test_on_screens_a_px_of_the_page_wants_one_of_the_picture(px: int, level: Level | None) -> None:
    """A picture that must be enlarged is told, in px: nobody knows how large the screen is."""
    problems = told(px, "kind: image, size: [400, 400], formats: [png]")

    assert [problem.level for problem in problems] == ([level] if level else [])
    for problem in problems:
        assert (problem.facts["found"], problem.facts["wanted"]) == (f"{px} px", "400 px")
        assert problem.facts["largest"] == f"{px} × {px} px"


def test_only_the_part_that_shows_counts() -> None:
    """On a page half as wide as high half of a square picture is cut away: what is left has to do."""
    (problem,) = told(400, "kind: image, size: [300, 600], formats: [png]")

    assert (problem.facts["found"], problem.facts["wanted"]) == ("200 px", "300 px")


def test_a_picture_that_comes_nearer_is_judged_where_it_is_nearest() -> None:
    """At the end of a zoom a clip shows 86 % of the picture."""
    clip = (
        "about: Thử\nkind: clip\nslots:\n  photo: {type: photo}\n  title: {type: text, style: headline}\n"
        "pages:\n  one: {ground: photo, move: zoom-in, shapes: {any: title}}\n"
    )
    (problem,) = told(400, "kind: video, size: [400, 400], seconds: [3, 9], formats: [mp4]", clip)

    assert (problem.level, problem.facts["found"]) == (Level.WARNING, "344 px")


def test_a_drawing_is_sharp_at_any_size() -> None:
    """A vector picture is painted at the px it needs."""
    assert Small(channels=f"  anh: {{{printed(1500)}}}\n", template=GROUND).document().problems == ()
