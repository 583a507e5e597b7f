"""A page as items: panels and pictures, the step ladder, legibility, and nothing off the canvas."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_project import BRAND, EVENTS, TEMPLATE, Small, laid, slot

from producer.diagnostics import ProducerError, Scope
from producer.geometry import Box
from producer.layout.model import Document, GlyphRun, Item, Page, Photo, Shape
from producer.scene.model import Role, Scene
from producer.world import World

WIDE = (
    TEMPLATE.partition("shapes:")[0]
    + """\
shapes:
  wide: "photo title title\\nphoto message message\\nphoto . .\\nphoto facts sign"
panels: {card: [facts], foot: [sign]}
"""
)
SIZES = """\
  anh: {kind: image, size: [360, 450], formats: [png]}
  ngang: {kind: image, size: [640, 360], formats: [png]}
  vuong: {kind: image, size: [400, 400], formats: [png]}
  dai: {kind: image, size: [900, 300], formats: [png]}
  giay: {kind: print, trim: [90, 120], bleed: 3mm, safe: [5, 5, 5, 5], formats: [pdf]}
"""


def items(document: Document, at: int = 0) -> dict[str, Item]:
    """A page's items by name."""
    return {item.name: item for item in document.pages[at].items}


def small(title: str = "Ngày hội", message: str = "", *, photo: bool = True, **more: str) -> Small:
    """A project of one row with these words."""
    row = f'A1,,2025-07-28,07:30,"{title}","{message}",Nhà văn hóa xã Thử,{"picture.svg" if photo else ""},,'
    return Small(events=EVENTS.partition("\n")[0] + "\n" + row + "\n", **more)  # type: ignore[arg-type]


def sizes(page: Page) -> Iterator[tuple[str, float]]:
    """The size of every run of letters, by item."""
    for item in page.items:
        yield from ((item.name, paint.size) for paint in item.paints if isinstance(paint, GlyphRun))


def test_items_are_painted_from_the_ground_up_and_read_in_order() -> None:
    """Ground, motif, picture, panels, words; decorations are not read."""
    document = small(message="Vì đoàn viên").document()
    page = document.pages[0]

    names = ["ground", "motif", "photo", "panel-sign", "title", "message", "facts", "sign"]
    assert [item.name for item in page.items] == names
    assert [page.items[at].name for at in page.reading] == ["photo", "title", "message", "facts", "sign"]
    assert page.items[names.index("photo")].alt == "Ngày hội"
    assert [line.text.strip() for line in items(document)["title"].text.lines] == ["NGÀY HỘI"]  # type: ignore[union-attr]


def test_what_bleeds_reaches_the_bleed() -> None:
    """Ground, picture and panel run 3 mm over the cut on the sides that they touch; words stay inside."""
    made = items(small(channels=SIZES, used="giay").document())
    canvas = small(channels=SIZES, used="giay").scene().canvas
    over, width, height = -canvas.bleed, canvas.size.width, canvas.size.height

    assert made["ground"].box == Box(over, over, width - 2 * over, height - 2 * over)
    photo, panel = made["photo"].box, made["panel-sign"].box
    assert max(photo.x, photo.y, panel.x) <= over
    assert min(photo.right, panel.right) >= width - over
    assert panel.bottom >= height - over
    assert made["photo"].bleeds
    assert made["sign"].box.bottom <= height - canvas.safe.bottom


def test_words_stand_in_the_middle_of_their_panel() -> None:
    """The distance over the signature is that under it: a panel at the foot has no margin besides."""
    made = items(small().document())
    words, panel = made["sign"].box, made["panel-sign"].box

    assert words.y - panel.y == pytest.approx(panel.bottom - words.bottom)
    assert words.y - panel.y == pytest.approx(4 / 100 * 360)


def test_panels_beside_each_other_agree() -> None:
    """Their tops are level whatever air each has inside, and words keep the margin from the picture."""
    made = items(small(message="Vì đoàn viên", template=WIDE, channels=SIZES, used="ngang").document())
    card, foot, photo = made["panel-facts"].box, made["panel-sign"].box, made["photo"].box

    assert card.y == pytest.approx(foot.y)
    assert made["title"].box.x - photo.right == card.x - photo.right == pytest.approx(6 / 100 * 360)


def test_a_panel_runs_up_to_the_picture_beside_it() -> None:
    """Where a picture bleeds, its edge is the panel's: no strip of ground between."""
    slots = "".join(line for line in WIDE.splitlines(keepends=True) if not line.startswith("  facts:"))
    template = slots.replace("photo facts sign", "photo sign sign").replace("card: [facts], ", "")
    made = items(small(template=template, channels=SIZES, used="ngang").document())

    assert made["panel-sign"].box.x == pytest.approx(made["photo"].box.right)
    bar = made["panel-sign"].paints[-1]
    assert isinstance(bar, Shape)
    assert bar.box is not None
    assert bar.box.width == pytest.approx(made["panel-sign"].box.width)  # along the top, not at its left


BESIDE = """\
about: Thử
kind: still
slots:
  title: {type: text, style: lead}
  facts: {type: list, style: body, items: ["{place}"]}
  sign: {type: signature}
shapes:
  any: "title facts\\ntitle ."
"""


def test_words_keep_the_margin_from_a_panel_that_runs_out_of_the_page() -> None:
    """Its edge is one of the page's: what stands beside it begins as far from it as from the page's edge."""
    template = BESIDE.replace("title ..", "").replace("title .", "title sign") + "panels: {foot: [title]}\n"
    made = items(small(template=template, channels=SIZES, used="ngang").document())

    assert made["facts"].box.x - made["panel-title"].box.right == pytest.approx(6 / 100 * 360)


def test_words_beside_several_others_stand_in_their_middle() -> None:
    """A title beside a list and a signature has as much room over it as under it."""
    template = BESIDE.replace("title .", "title .\\ntitle sign")
    made = items(small(template=template, channels=SIZES, used="ngang").document())
    top, bottom = made["facts"].box.y, made["sign"].box.bottom
    words = made["title"].box

    assert words.y - top == pytest.approx(bottom - words.bottom, abs=1)
    assert words.y > top


def test_words_keep_a_gap_from_the_border() -> None:
    """A border far inside the page takes the margin with it."""
    brand = BRAND.replace(
        "  gold: {ground: {fill: accent}}",
        "  gold: {ground: {fill: accent}, border: {ink: text, inset: 9%, width: 1%, kind: double}}",
    )
    template = TEMPLATE.replace("ground: night", "ground: gold").replace("panels: {foot: [sign]}\n", "")
    made = items(small(photo=False, brand=brand, template=template).document())

    assert made["title"].box.x == pytest.approx((9 + 3.2 + 3) / 100 * 360)


def test_a_panel_beside_one_that_bleeds_stays_inside_the_margin() -> None:
    """The one runs out at the head of the page, the other begins at the margin."""
    template = BESIDE.replace("title .", "sign sign") + "panels: {foot: [title], card: [facts]}\n"
    made = items(small(template=template, channels=SIZES, used="ngang").document())

    assert made["panel-title"].box.y == 0
    assert made["panel-facts"].box.y == pytest.approx(6 / 100 * 360)


def test_a_page_that_is_too_tall_says_what_would_fit() -> None:
    """So many letters of its longest text are left when whole lines go."""
    long = "Kỷ niệm ngày thành lập Công đoàn và sơ kết Tháng Công nhân, " * 4
    template = TEMPLATE.replace("style: lead, optional: true", 'style: lead, text: "{title}"')
    with pytest.raises(ProducerError) as caught:
        small(long.strip(", "), template=template, channels=SIZES, used="dai").document()

    facts = [p.facts for p in caught.value.diagnostics if p.code == "layout/too-tall"]
    assert facts
    assert all(0 < int(one["fit"]) < len(long) for one in facts)


def test_a_waved_picture_at_the_foot_ends_upright() -> None:
    """A wave there would look cut off: the edge stands at the side instead."""
    made = items(small(template=WIDE, channels=SIZES, used="ngang").document())["photo"]
    photo, edge = made.paints

    assert isinstance(photo, Photo)
    assert isinstance(edge, Shape)
    assert photo.clip is None
    assert edge.path == f"M{made.box.right:.3f} {made.box.y:.3f}V{made.box.bottom:.3f}"


def test_a_waved_picture_across_the_foot_swings_at_its_head() -> None:
    """Where it runs out at the foot from side to side, the wave is the edge that is inside the page."""
    template = "about: Thử\nkind: still\nslots:\n  photo: {type: photo, treatment: wave}\n"
    template += '  title: {type: text, style: headline}\nshapes: {any: "title\\nphoto"}\n'
    made = items(small(template=template).document())["photo"]
    photo, edge = made.paints

    assert isinstance(photo, Photo)
    assert isinstance(edge, Shape)
    assert photo.clip == f"{edge.path}V{made.box.bottom:.3f}H{made.box.right:.3f}Z"
    ends = [float(edge.path.removeprefix("M").split("C")[0].split()[1]), float(edge.path.split()[-1])]
    assert all(made.box.y < end < made.box.y + 0.1 * made.box.width for end in ends)


def test_a_picture_keeps_a_third_of_the_page() -> None:
    """Words give way first: a long title is set smaller rather than the picture cut."""
    short, long = (
        small("Ngày hội"),
        small("Kỷ niệm 96 năm Ngày thành lập Công đoàn Việt Nam và sơ kết Tháng Công nhân"),
    )
    pages = [one.document().pages[0] for one in (short, long)]

    for page in pages:
        (photo,) = (item for item in page.items if item.name == "photo")
        assert photo.box.height >= 450 / 3 - 0.5
    first, second = (dict(sizes(page))["title"] for page in pages)
    assert second < first


def test_all_words_take_the_step_together() -> None:
    """A page that lacks height makes the whole ladder smaller, so that its words keep their ranks."""
    pages = [
        small(message=message).document().pages[0]
        for message in (
            "Vì đoàn viên",
            "Vì đoàn viên, vì người lao động, vì một xã Thử giàu đẹp và nghĩa tình " * 3,
        )
    ]
    full, tight = (dict(sizes(page)) for page in pages)

    assert tight["facts"] < full["facts"]
    assert tight["message"] < full["message"]


def test_words_that_do_not_fit_point_at_the_longest() -> None:
    """At the last step the author is told by how much, at the cell that can be made shorter."""
    problems = small(
        message="nghiêng ngả chông chênh " * 40, photo=False, channels=SIZES, used="dai"
    ).refused()

    assert {problem.code for problem in problems} <= {"layout/too-tall", "layout/text-over"}
    assert {problem.span.field for problem in problems} == {"message"}
    assert all(problem.scope is Scope.ROW for problem in problems)


@pytest.mark.parametrize(("channel", "least"), [("anh", 2.03 / 100 * 360), ("giay", 7.0)])
def test_nothing_is_set_too_small_to_read(channel: str, least: float) -> None:
    """22 px of 1080 on screens, 7 pt in print, whatever steps a brand has."""
    brand = (
        Small()
        .brand.replace("[3, 2.6, 2.2]", "[3, 2.6, 2.2, 1, 0.5]")
        .replace("[4, 3.6, 3.2, 2.8]", "[4, 1]")
    )
    project = small(
        "Kỷ niệm Ngày thành lập " * 3,
        "Vì đoàn viên " * 6,
        photo=False,
        brand=brand,
        channels=SIZES,
        used=channel,
    )

    document = project.document()

    assert min(size for page in document.pages for _, size in sizes(page)) >= least


def test_cards_stand_level_with_the_panel_beside_them() -> None:
    """Cards of figures and a chart's card begin and end on the same lines, their labels on one baseline."""
    template = (
        "about: Thử\nkind: still\nground: paper\nslots:\n"
        "  cards: {type: numbers, style: lead}\n  chart: {type: chart}\n  sign: {type: signature}\n"
        'shapes: {any: "cards chart chart\\nsign"}\npanels: {card: [chart], foot: [sign]}\n'
    )
    fill = "{cards: {rows: kpi, value: now, label: name}, chart: {rows: kpi, x: id, y: now}}"
    project = Small(
        template=template,
        fill=fill,
        take="all",
        channels=SIZES.replace("[640, 360]", "[1280, 720]"),
        used="ngang",
        data="  kpi: {file: assets/kpi.csv, id: id, types: {now: number}}\n",
        more={"assets/kpi.csv": "id,name,now\nK1,Ẩm,95\nK2,an,40\n"},
    )
    made = items(project.document())
    cards = [paint.box for paint in made["cards"].paints if isinstance(paint, Shape) and paint.fill][::3]
    panel = made["panel-chart"].box

    assert min(box.y for box in cards if box) == pytest.approx(panel.y)
    assert max(box.bottom for box in cards if box) == pytest.approx(panel.bottom)


SYLLABLES = (
    "nghiêng",
    "đoàn",
    "viên",
    "Ẫn",
    "ở",
    "ấp",
    "Mỹ",
    "quyết",
    "thắng",
    "2025",
    "(28/7)",
    "–",
    "công",
    "nhân",
)
words = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=22).map(" ".join)


def fitting(scene: Scene, world: World) -> Page | None:
    """The scene's page, or nothing where its words do not fit."""
    with contextlib.suppress(ProducerError):
        return laid(scene, world).pages[0]
    return None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(title=words, message=st.one_of(st.just(""), words), photo=st.booleans(), at=st.integers(0, 4))
def test_everything_stays_on_the_canvas(title: str, message: str, at: int, *, photo: bool) -> None:
    """Whatever a recipe asks for, no item leaves the canvas unless it bleeds, and no letter the safe area."""
    project = small(title, message, photo=photo, channels=SIZES, used="anh, ngang, vuong, dai, giay")
    scene = project.scene(at)
    page = fitting(scene, project.world)
    if page is None:
        return  # refused with a problem of the layout: there is no item at all
    canvas = Box(0, 0, scene.canvas.size.width, scene.canvas.size.height)
    assert [item.name for item in page.items if not item.bleeds and not canvas.contains(item.box)] == []
    safe = canvas.inset(scene.canvas.safe)
    points = [
        point for item in page.items for p in item.paints if isinstance(p, GlyphRun) for point in p.points
    ]
    assert [point for point in points if not safe.contains(Box(*point, 0, 0))] == []


def test_reading_goes_on_where_painting_does_not() -> None:
    """Each element that is not ground is read once."""
    page = small(message="Vì đoàn viên").document().pages[0]
    read = [page.items[at] for at in page.reading]

    assert len(set(page.reading)) == len(page.reading)
    assert not [item for item in read if item.role is Role.DECORATION]
    assert {item.name for item in page.items if item.element is not None} == {item.name for item in read}


def test_a_panel_stays_a_band_over_a_deep_edge() -> None:
    """Where a reel's buttons cover the foot, the panel ends under its words and the ground goes on."""
    channels = "  anh: {kind: image, size: [360, 640], safe: [40, 20, 200, 20], formats: [png]}\n"
    made = items(small(channels=channels).document())

    assert made["sign"].box.bottom <= 640 - 200
    assert made["panel-sign"].box.bottom == pytest.approx(made["sign"].box.bottom + 4 / 100 * 360)
    assert (made["panel-sign"].box.x, made["panel-sign"].box.right) == (0, 360)


def test_in_print_a_panel_runs_out_over_a_deep_edge() -> None:
    """People stand before the foot of a backdrop: the band goes on behind them to the trim and through the bleed."""
    channels = (
        "  anh: {kind: print, trim: [160, 200], safe: [8, 8, 60, 8], bleed: 2mm, dpi: 300, formats: [pdf]}\n"
    )
    document = small(channels=channels).document()
    canvas = document.canvas
    made = items(document)

    assert made["sign"].box.bottom <= canvas.size.height - canvas.safe.bottom
    assert made["panel-sign"].box.bottom >= canvas.size.height + canvas.bleed


GROWS = """\
about: Thử
kind: still
slots:
  title: {type: text, style: statement}
  notes: {type: list, style: body, items: [ITEMS]}
shapes:
  any: "title\\nnotes"
""".replace("ITEMS", ", ".join(7 * ['"{message}"']))
NOTES = EVENTS.replace("Vì đoàn viên,", "Từng đoàn viên một lòng vì tập thể và vì mọi người chung quanh ta,")
LOW = "  anh: {{kind: image, size: [300, {}], formats: [png]}}\n"


def test_small_words_do_not_make_the_title_small() -> None:
    """Where long notes must take a small step for want of height, the title keeps the largest that still fits."""
    page = Small(template=GROWS, events=NOTES, channels=LOW.format(308)).document().pages[0]

    assert dict(sizes(page)) == {"title": pytest.approx(7 * 3), "notes": pytest.approx(3.6 * 3)}


def test_rows_drawn_empty_keep_their_air() -> None:
    """Words do not grow into the white that a drawing asks for."""
    airy = Small(template=GROWS.replace('"title\\nnotes"', '"title\\n.\\nnotes"'), events=NOTES)
    (page,) = airy.but(channels=LOW.format(316)).document().pages
    boxes = {item.name: item.box for item in page.items}

    assert dict(sizes(page))["title"] == pytest.approx(6 * 3)  # the next would stand on the notes
    assert boxes["notes"].y - boxes["title"].bottom >= 3 * 0.03 * 300 - 0.5


@pytest.mark.parametrize("size", ["[20]", "[6]"])
def test_the_words_of_a_figure_keep_their_distance(size: str) -> None:
    """However small a figure is set, the first line of what it counts stands well over an em under its foot."""
    template = slot("number", "figure", style="number", text="suất quà Tết")
    brand = BRAND.replace("size: [20, 16, 12, 9]", f"size: {size}")
    paints = items(Small(template=template, brand=brand).document())["figure"].paints
    runs = [paint for paint in paints if isinstance(paint, GlyphRun)]

    assert runs[0].text == "1.250"
    assert runs[1].points[0][1] - runs[0].points[0][1] > 1.5 * runs[1].size
