"""Words, paths and numbers on their way into slides."""

from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from types import SimpleNamespace
from zipfile import ZipFile

import pytest
from hand_page import RESOURCES, face

from producer.brand.model import Ink, TextStyle
from producer.diagnostics import Span
from producer.geometry import Box
from producer.layout.model import Line
from producer.render.slides.chart import workbook
from producer.render.slides.chart_label import vietnamese
from producer.render.slides.chart_plot import Series
from producer.render.slides.face import Faces
from producer.render.slides.fit import body_of
from producer.render.slides.line import lines_of, painted_lines
from producer.render.slides.path import layers, read_path
from producer.render.slides.text import BREAK, Setting, set_paragraphs
from producer.scene.model import NumberElement, Origin, Role, Run

SETTING = Setting(face("BeVietnamPro-Regular.ttf", 400), 40, Ink("ink"))


def lines(*texts: str) -> tuple[Line, ...]:
    """Lines one under another."""
    return tuple(Line(text, 100 + 50 * n, 0, 100) for n, text in enumerate(texts))


def said(runs: tuple[Run, ...], *texts: str, hard: bool = False) -> list[list[tuple[str, bool]]]:
    """Paragraphs as texts with whether they are bold."""
    made = set_paragraphs(runs, lines(*texts), SETTING, face(), hard=hard)
    return [[(piece.text, piece.setting.face == face()) for piece in pieces] for pieces in made]


@pytest.mark.parametrize(
    ("written", "laid", "hard", "expected"),
    [
        ("Trao 1.250 suất quà", ("Trao 1.250\u00a0suất", "quà"), False, ["Trao 1.250\u00a0suất quà"]),
        ("Trao 1.250 suất quà", ("Trao 1.250\u00a0suất", "quà"), True, [f"Trao 1.250\u00a0suất{BREAK}quà"]),
        ("Ấp Mỹ Hưng", ("ẤP MỸ", "HƯNG"), False, ["Ấp Mỹ Hưng"]),
        ("đồng/người", ("đồng/", "người"), False, ["đồng/người"]),
        ("Một hai\nba", ("Một", "hai", "ba"), False, ["Một hai", "ba"]),
        ("Lời\u2060 mời", ("Lời mời",), False, ["Lời mời"]),
        ("Số liệu khác", ("Không phải lời này",), True, ["Số liệu khác"]),
        ("Không có dòng", (), False, ["Không có dòng"]),
    ],
)
def test_words_take_only_their_spaces_from_the_lines(written, laid, hard, expected):
    """Letters are the author's, joins the layout's; breaks are hard only where that is asked for."""
    assert [
        "".join(text for text, _ in pieces) for pieces in said((Run(written),), *laid, hard=hard)
    ] == expected


def test_a_run_keeps_its_weight_over_lines_and_paragraphs():
    """What stands out stands out, wherever the lines break."""
    runs = (Run("Trao "), Run("1.250 suất\nquà", bold=True), Run(" Tết"))

    assert said(runs, "Trao 1.250", "suất", "quà Tết") == [
        [("Trao", False), (" 1.250 suất", True)],
        [("quà", True), (" Tết", False)],
    ]


def test_lines_are_found_by_what_they_say():
    """Bullets and figures between the lines of a text are passed over, the next text's lines are left."""
    own, rest = lines_of("Chăm lo Tết", lines("1", "CHĂM LO", "TẾT", "2", "Hội thao"))

    assert [line.text for line in own] == ["CHĂM LO", "TẾT"]
    assert [line.text for line in rest] == ["2", "Hội thao"]


def test_runs_on_a_baseline_are_a_line_and_columns_are_two():
    """A figure and its unit belong together; what stands a column away does not."""
    from hand_page import run

    painted = painted_lines(
        [run("1.250", 0, 100, 40), run("suất", 118, 100, 40), run("Mỹ Hưng", 500, 100, 40)],
        Faces(RESOURCES.read_bytes),
    )

    assert [line.text for line in painted] == ["1.250 suất", "Mỹ Hưng"]


def test_a_figure_has_the_room_of_its_cell():
    """LibreOffice wraps in a placeholder even where it must not: the box is as wide as the cell, not as "1.250"."""
    from hand_page import item, run

    kit = SimpleNamespace(faces=Faces(RESOURCES.read_bytes))
    style = TextStyle("number", face(), face(), (), (9.0,), 1)
    origin = Origin(Span("recipe.yaml", 1, 1), "field")
    element = NumberElement(
        "n", "1.250", Decimal(1250), 0, "suất", style, style, Ink("ink"), Ink("ink"), origin
    )
    cell = Box(100, 100, 900, 600)
    painted = item(Role.FIGURE, cell, run("1.250", 100, 300, 200), run("suất", 100, 380, 40))

    body = body_of(replace(painted, element=element), kit)

    assert body is not None
    assert (body.box.x, body.box.right) == (100, 1000)
    assert not body.wrap


@pytest.mark.parametrize(
    ("path", "even_odd", "expected"),
    [
        ("M0 0H9V9H0Z M3 3V6H6V3Z", False, [2]),  # a hole runs the other way round
        ("M0 0H9V9H0Z M3 3H6V6H3Z", False, [1, 1]),  # of one direction they add up
        ("M0 0H9V9H0Z M3 3H6V6H3Z", True, [2]),
        ("M0 0H9V9H0Z M20 3V6H26V3Z", False, [1, 1]),  # the other way round, but elsewhere
    ],
)
def test_holes_stay_holes_and_overlaps_stay_filled(path, even_odd, expected):
    """DrawingML fills each layer by even-odd; the layers are such that the fill rule of the path holds."""
    assert [len(layer) for layer in layers(read_path(path), even_odd=even_odd)] == expected


@pytest.mark.parametrize("path", ["M1 2 3 4 5 6", "M1,2L3,4 5,6", "M1 2l2 2 2 2"])
def test_short_and_relative_paths_are_read(path):
    """Letters may be left out, numbers parted in any way, and steps may be relative."""
    (subpath,) = read_path(path)

    assert subpath.points == ((1, 2), (3, 4), (5, 6))


def test_curves_of_every_kind_become_cubic():
    """Quadratic curves and arcs end where they ended."""
    (subpath,) = read_path("M0 0Q5 10 10 0A5 5 0 0 1 20 0Z")

    assert {segment.verb for segment in subpath.segments} == {"M", "C", "Z"}
    assert subpath.points[3] == (10, 0)
    assert subpath.points[-1] == pytest.approx((20, 0))


@pytest.mark.parametrize(
    ("value", "expected"),
    [("1250", "1.250"), ("92.50", "92,5"), ("1850000.25", "1.850.000,25"), ("-3", "-3"), ("1E+3", "1.000")],
)
def test_numbers_are_vietnamese(value, expected):
    """Dots part thousands, a comma the decimals, and no more of them than there are."""
    assert vietnamese(Decimal(value)) == expected


def test_words_of_the_data_never_become_formulas_or_links() -> None:
    """A category that begins with "=" or names an address stays a text of the chart's workbook."""
    hostile = ("=1+1", "https://mau.example/a", "external:a.xlsx")
    element = SimpleNamespace(categories=hostile)
    made = workbook(element, (Series("B", "=2+2", (None, None, None), Ink("ink")),))  # type: ignore[arg-type]

    with ZipFile(BytesIO(made)) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
