"""Things that are given: round pages, bands whose artwork comes again, the mark alone, capitals for thread."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_project import BRAND, MARK, Small, font_book

from producer.diagnostics import words
from producer.layout.model import Document, GlyphRun, Item, Shape
from producer.layout.repeat import moved_path
from producer.recipe.channel import presets
from producer.render.outline import outline
from producer.scene.model import Role

MM = 72 / 25.4
HEAD = "id,theme,day,hour,title,message,place,photo,figure,tags\n"
TEMPLATE = """\
about: Quà
kind: still
ground: ring
slots:
  mark: {type: mark, align: centre}
  title: {type: text, style: headline, align: centre}
  message: {type: text, style: lead, align: centre, optional: true}
  unit: {type: unit, style: sign, align: centre}
shapes:
  any: "mark\\ntitle\\nmessage\\nunit"
  strip: "title\\nunit"
  wide: "mark title title"
"""
OWN = BRAND.replace(
    "  gold: {ground",
    "  ring: {ground: {fill: paper}, border: {ink: background, inset: 2%, kind: double}}\n  gold: {ground",
).replace(", mode: placeholder}", ", mono: mono.svg, mode: placeholder}")
MONO = MARK.replace("#0A5C36", "currentColor")


def gift(used: str, title: str = "Tết Sum vầy", message: str = "", **changed: object) -> Small:
    """A present with these words."""
    events = f"{HEAD}A1,,2025-01-12,14:00,{title},{message},Thử,,,\n"
    project = Small(template=TEMPLATE, brand=OWN, events=events, used=used, more={"brand/mono.svg": MONO})
    return project.but(**changed)


def corners(item: Item) -> Iterator[tuple[float, float]]:
    """The points that an item's ink reaches: its letters' corners, its shapes' outlines."""
    for paint in item.paints:
        if isinstance(paint, GlyphRun):
            font = font_book().font(paint.face)
            for glyph, (x, y) in zip(paint.glyphs, paint.points, strict=True):
                box = font.box(glyph)
                if box is not None:
                    left, top, right, bottom = (side * paint.size for side in box)
                    yield from ((x + dx, y + dy) for dx in (left, right) for dy in (top, bottom))
        elif isinstance(paint, Shape):
            path = outline(paint.path)
            yield from ((point.x(), point.y()) for point in path.getPoints(path.countPoints()))


def farthest(document: Document) -> float:
    """How far, in mm, the words and the mark reach from the middle of the page."""
    size = document.canvas.size
    told = [item for item in document.pages[0].items if item.role is not Role.DECORATION]
    points = [point for item in told for point in corners(item)]
    return max(((x - size.width / 2) ** 2 + (y - size.height / 2) ** 2) ** 0.5 for x, y in points) / MM


@given(
    words=st.lists(
        st.sampled_from(["Tết", "Sum", "vầy", "Công", "nhân", "người", "ấm"]), min_size=1, max_size=7
    ),
    more=st.lists(st.sampled_from(["mỗi", "ngày", "sáng", "kiến"]), max_size=5),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_on_a_round_page_nothing_leaves_the_circle(words: list[str], more: list[str]) -> None:
    """Words and mark of a badge keep inside its 50 mm, however many there are, or the page is refused."""
    project = gift("gift-badge-58", " ".join(words), " ".join(more))

    if not project.refused():
        assert farthest(project.document()) <= 25.05


def test_too_many_words_for_a_circle_are_refused() -> None:
    """They would stand in the square's corners, which are cut off."""
    found = gift("gift-badge-58", "Chăm lo bảo vệ quyền lợi hợp pháp chính đáng " * 6).refused()

    assert "layout/too-tall" in {problem.code for problem in found}


def test_a_round_page_is_filled_in_its_middle() -> None:
    """A title that stands in the middle of a badge is wider than the square that fits into the circle."""
    items = {item.name: item for item in gift("gift-badge-58").document().pages[0].items}

    assert items["title"].box.width / MM > 50 / 2**0.5 + 5
    assert items["unit"].box.width < items["title"].box.width


def test_a_border_of_a_round_page_is_a_ring() -> None:
    """It follows the cut: every point is as far from the middle."""
    document = gift("sticker-70").document()
    (border,) = (item for item in document.pages[0].items if item.name == "border")

    for ring in border.paints:
        assert isinstance(ring, Shape)
        bounds = outline(ring.path).computeTightBounds()
        assert bounds.width() == pytest.approx(bounds.height(), abs=0.01)
        assert bounds.centerX() == pytest.approx(35 * MM, abs=0.01)


def test_the_artwork_of_a_band_comes_again_and_is_read_once() -> None:
    """A lanyard of 900 mm has its words ten times, 90 mm apart, on one ground; a reader hears them once."""
    page = gift("gift-lanyard").document().pages[0]
    titles = [item for item in page.items if item.name == "title"]
    runs = [next(p for p in item.paints if isinstance(p, GlyphRun)) for item in titles]

    assert [run.points[0][0] / MM for run in runs] == pytest.approx(
        [runs[0].points[0][0] / MM + 90 * at for at in range(10)], abs=0.01
    )
    assert [page.items[at].name for at in page.reading] == ["title", "unit"]
    assert all(item.role is Role.DECORATION for item in titles[1:])
    assert [item.name for item in page.items].count("ground") == 1
    assert {run.points[0][1] for run in runs} == {runs[0].points[0][1]}


def test_a_recipe_gives_another_repeat() -> None:
    """A supplier's template of 150 mm: six times."""
    own = "  gift-lanyard: {repeat: 150mm}\n"
    items = gift("gift-lanyard", channels=own).document().pages[0].items

    assert [item.name for item in items].count("title") == 6


@pytest.mark.parametrize(
    ("path", "moved"),
    [
        ("M1 2L3 4Z", "M11 22L13 24Z"),
        ("M0 0H5V6", "M10 20H15V26"),
        ("M0 0C1 1 2 2 3 3", "M10 20C11 21 12 22 13 23"),
        ("M0 0A5 5 0 0 1 9 9", "M10 20A5 5 0 0 1 19 29"),
        ("M1e-5 2L3 4E+1", "M10 22L13 60"),
    ],
)
def test_a_path_moves_whole(path: str, moved: str) -> None:
    """Each number by its own way; radii and flags stay."""
    assert outline(moved_path(path, 10, 20)) == outline(moved)


def test_relative_letters_are_no_path_of_ours() -> None:
    """They would move twice."""
    with pytest.raises(ValueError, match="l"):
        moved_path("M0 0l1 1", 1, 1)


@pytest.mark.parametrize("name", ["gift-badge-58", "gift-tote", "gift-cap", "gift-shirt-chest"])
def test_the_mark_keeps_its_least_size_and_its_ratio(name: str) -> None:
    """15 mm at least, as wide as high, whole inside the safe area."""
    document = gift(name).document()
    (mark,) = (item for item in document.pages[0].items if item.name == "mark")
    points = list(corners(mark))
    width, height = (max(p[at] for p in points) - min(p[at] for p in points) for at in (0, 1))
    size, safe = document.canvas.size, document.canvas.safe

    assert width == pytest.approx(height, rel=0.005)
    assert width / MM >= 15 - 0.01
    assert all(safe.left <= x <= size.width - safe.right for x, _ in points)
    assert all(safe.top <= y <= size.height - safe.bottom for _, y in points)


def test_a_mark_without_room_is_refused() -> None:
    """A band of 7 mm does not hold 15: the mark is not made smaller."""
    own = "  pen: {kind: print, trim: [9, 60], formats: [pdf]}\n"
    found = gift(
        "pen",
        channels=own,
        template=TEMPLATE.partition("shapes")[0] + 'shapes: {any: "mark\\nunit\\ntitle\\nmessage"}\n',
    )

    (told,) = (problem for problem in found.refused() if problem.code == "layout/no-room")
    assert "(row A1)" in words(told, "en")[0]


def test_capitals_are_as_high_as_thread_wants() -> None:
    """No word of a cap is set with capitals under 6 mm, whatever smaller steps its style has."""
    page = gift("gift-cap", "Công đoàn").document().pages[0]
    runs = [paint for item in page.items for paint in item.paints if isinstance(paint, GlyphRun)]

    assert runs
    assert min(run.size * font_book().font(run.face).cap_height for run in runs) >= 6 * MM - 0.01


def test_suppliers_safe_areas() -> None:
    """What the notes of channels say in words is kept free in numbers."""
    known = presets()
    in_mm = {
        name: tuple(round(side / MM, 2) for side in (safe.top, safe.right, safe.bottom, safe.left))
        for name in ("gift-mug-11oz", "standee-80x180", "backdrop-4x2_4", "backdrop-6x3_5")
        for safe in [known[name].safe]
    }

    assert in_mm["gift-mug-11oz"] == (6.35, 15, 6.35, 15)
    assert in_mm["standee-80x180"][2] == 150  # a roll-up's base
    assert in_mm["backdrop-4x2_4"][2] == 800  # people stand in front of the lower third
    assert in_mm["backdrop-6x3_5"][2] >= 1166
    assert (known["gift-tote"].most_inks, known["gift-cap"].most_inks, known["gift-pen"].most_inks) == (
        2,
        6,
        1,
    )
