"""Charts: what is drawn, where the words stand, what is refused."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hand_page import face, read_bytes
from matplotlib.patches import Rectangle

from producer.brand.model import Ink, TextStyle
from producer.diagnostics import ProducerError, Span
from producer.geometry import Box
from producer.layout._matplotlib import InkTable, Sheet
from producer.layout.chart import chart_sizes, draw_chart
from producer.layout.chart_text import FontLettering, wrap
from producer.layout.font import FontBook
from producer.layout.model import GlyphRun, Paint, Shape
from producer.scene.model import ChartElement, ChartKind, Origin, Solid

REGULAR, BOLD = face("BeVietnamPro-Regular.ttf", 400), face()
STYLE = TextStyle("body", REGULAR, BOLD, (), (2.4,), 3)
FONTS = FontBook(read_bytes)
BOX = Box(60, 40, 960, 640)
QUARTERS = ("Quý 1", "Quý 2", "Quý 3", "Quý 4")
SERIES, BEST, MUTED, INK = Ink("series"), Ink("best"), Ink("muted"), Ink("ink")
Values = tuple[str | None, ...]


def chart(
    kind: ChartKind,
    values: Values,
    targets: Values = (),
    *,
    categories: tuple[str, ...] = (),
    unit: str = "video",
) -> ChartElement:
    """A chart of quarters, or of ``categories``."""
    return ChartElement(
        "chart", kind, "Video ngắn theo quý", unit, categories or QUARTERS[: len(values)], numbers(values),
        numbers(targets), "Video", "Chỉ tiêu", "chưa có số liệu", STYLE, INK, MUTED, SERIES, BEST,
        Origin(Span("recipe.yaml", 7, 3), "chart"), "",
    )  # fmt: skip


def numbers(values: Values) -> tuple[Decimal | None, ...]:
    """The values as decimals."""
    return tuple(None if value is None else Decimal(value) for value in values)


def drawn(element: ChartElement, box: Box = BOX, body_px: float = 30) -> tuple[Paint, ...]:
    """The chart in ``box``."""
    return draw_chart(element, box, chart_sizes(body_px), FONTS, ())


def words(paints: tuple[Paint, ...]) -> list[str]:
    """The lines in painting order."""
    return [paint.text for paint in paints if isinstance(paint, GlyphRun)]


def filled(paints: tuple[Paint, ...], ink: Ink) -> list[Box]:
    """The rectangles filled with an ink."""
    shapes = [paint for paint in paints if isinstance(paint, Shape) and paint.fill == Solid(ink)]
    return [shape.rounded[0] for shape in shapes if shape.rounded]


def test_columns_stand_on_zero_and_are_as_high_as_their_values() -> None:
    """Half the value is half the column, and the largest one alone is highlighted."""
    paints = drawn(chart(ChartKind.COLUMN, ("10", "20", "40")))

    low, middle = filled(paints, SERIES)
    (high,) = filled(paints, BEST)
    assert low.bottom == middle.bottom == high.bottom
    assert middle.height == pytest.approx(2 * low.height, abs=2)
    assert high.height == pytest.approx(4 * low.height, abs=2)


def test_the_name_of_targets_stands_over_the_last_tick_where_no_value_is() -> None:
    """The columns then have the whole width; beside a last value the name is to the right, and they have less."""
    said, missing = (
        drawn(chart(ChartKind.COLUMN, ("10", "20", last), ("15", "18", "50"))) for last in ("30", None)
    )
    tick = filled(missing, INK)[-1]
    name = next(one for one in missing if isinstance(one, GlyphRun) and one.text == "Chỉ tiêu")

    assert name.points[0][0] == pytest.approx(tick.x, abs=1)
    assert name.points[0][1] < tick.y
    assert filled(missing, SERIES)[0].width > filled(said, SERIES)[0].width


@pytest.mark.parametrize("kind", list(ChartKind))
def test_a_missing_value_is_a_dashed_place_that_says_so(kind: ChartKind) -> None:
    """Four quarters with three values give three figures and one outline in the muted ink, and no 0."""
    paints = drawn(chart(kind, ("10", None, "20", "30")))

    dashed = [paint for paint in paints if isinstance(paint, Shape) and paint.dash]
    assert [(one.fill, one.stroke) for one in dashed] == [(None, MUTED)]
    assert "chưa có số liệu" in " ".join(words(paints))
    assert {"10", "20", "30"} <= set(words(paints))
    assert "0" not in words(paints)


def test_a_run_of_missing_months_is_one_place() -> None:
    """Five empty months side by side say so once."""
    months = tuple(f"Tháng {number}" for number in range(1, 13))
    values: Values = ("43.5", "40", "51", "60", "62", "70", "71", *(None,) * 5)

    paints = drawn(chart(ChartKind.COLUMN, values, categories=months, unit="%"))

    assert sum(isinstance(paint, Shape) and bool(paint.dash) for paint in paints) == 1
    assert words(paints).count("chưa có số liệu") == 1
    assert "43,5" in words(paints)


def test_numbers_are_vietnamese() -> None:
    """Groups take a point, decimals a comma; a few percentages carry their sign."""
    assert "1.250" in words(drawn(chart(ChartKind.BAR, ("1250", "980"))))
    assert "43,5\u00a0%" in words(drawn(chart(ChartKind.BAR, ("43.5", "12"), unit="%")))


@pytest.mark.parametrize("kind", list(ChartKind))
def test_a_target_that_stays_is_named_once(kind: ChartKind) -> None:
    """The same target for all has one label with its name."""
    said = " ".join(words(drawn(chart(kind, ("10", "20", "15"), ("18", "18", "18")))))

    assert said.count("Chỉ tiêu") == 1
    assert said.split().count("18") == 1


def test_targets_that_move_are_ticks_wider_than_their_columns() -> None:
    """Each column has its own tick and figure; a column that passes its target is parted around the tick."""
    paints = drawn(chart(ChartKind.COLUMN, ("10", "20", "40"), ("15", "18", "50")))

    ticks = filled(paints, INK)
    parts, short = filled(paints, SERIES), filled(paints, BEST)
    assert len(ticks) == 3
    assert len(short) == 2  # columns that miss their target are set off
    assert all(tick.width > short[0].width and tick.height < 8 for tick in ticks)
    assert len(parts) == 2  # the second column, below and above its tick
    assert all(not part.overlap(ticks[1]) for part in parts)
    assert {"15", "18", "50"} <= set(words(paints))


@pytest.mark.parametrize("kind", list(ChartKind))
@pytest.mark.parametrize("box", [BOX, Box(0, 0, 420, 300), Box(10.5, 20.25, 700, 900)])
def test_every_glyph_stays_in_the_box(kind: ChartKind, box: Box) -> None:
    """Whatever the box, ink of words and marks stays inside, by the fonts' own extents."""
    paints = drawn(chart(kind, ("1250", None, "980", "1430"), ("1200",) * 4), box, 22)

    for run in (paint for paint in paints if isinstance(paint, GlyphRun)):
        for glyph, (x, y) in zip(run.glyphs, run.points, strict=True):
            left, top, right, bottom = FONTS.font(run.face).box(glyph) or (0, 0, 0, 0)
            ink = Box(
                x + left * run.size, y + top * run.size, (right - left) * run.size, (bottom - top) * run.size
            )
            assert box.contains(ink, slack=1)
    for mark in (paint.rounded[0] for paint in paints if isinstance(paint, Shape) and paint.rounded):
        assert box.contains(mark, slack=1)


def test_a_chart_steps_down_before_it_gives_up() -> None:
    """Long names take a smaller size; names that fit at none are an error at the recipe's line."""
    sizes = {run.size for run in drawn(twelve("Tháng Mười")) if isinstance(run, GlyphRun)}
    assert max(sizes) < 30 * 1.25

    with pytest.raises(ProducerError) as error:
        drawn(twelve("Nghiêng-ngả-khuynh-đảo"))
    assert [(one.code, one.span.line) for one in error.value.diagnostics] == [("layout/chart-over", 7)]


def twelve(name: str) -> ChartElement:
    """Twelve columns of one name."""
    values: Values = tuple(str(number) for number in range(1, 13))
    return chart(ChartKind.COLUMN, values, categories=tuple(f"{name} {number}" for number in range(1, 13)))


def test_a_letter_without_a_glyph_is_an_error() -> None:
    """No empty box is drawn where the font lacks a letter."""
    with pytest.raises(ProducerError) as error:
        drawn(chart(ChartKind.BAR, ("1",), categories=("電",)))
    assert [one.code for one in error.value.diagnostics] == ["text/missing-glyph"]


def test_a_colour_without_an_ink_is_refused() -> None:
    """Nothing that matplotlib colours by itself reaches a page."""
    sheet = Sheet(BOX, FontLettering(STYLE, FONTS))
    sheet.figure.add_artist(Rectangle((0, 0), 0.5, 0.5, color="red"), clip=False)

    with pytest.raises(NotImplementedError, match="ink"):
        sheet.paints()


@pytest.mark.parametrize("ink", [SERIES, SERIES.faded(0.2), BEST])
def test_inks_come_back_from_their_colours(ink: Ink) -> None:
    """Token and alpha survive the way through matplotlib."""
    table = InkTable()
    colours = {one: table.colour(one) for one in (SERIES, SERIES.faded(0.2), BEST)}

    assert table.ink(colours[ink]) == ink


def test_a_dollar_is_a_letter() -> None:
    """Formulas are off in matplotlib: two dollars in a name stay as they are."""
    assert "$a$" in words(drawn(chart(ChartKind.BAR, ("1", "2"), categories=("$a$", "b"))))


@pytest.mark.parametrize(
    ("joins", "lines"),
    [
        ((), ("Hội thi Bàn", "chân vàng", "năm 2025")),
        (("Bàn chân vàng",), ("Hội thi", "Bàn chân vàng", "năm 2025")),
    ],
)
def test_names_break_evenly_and_never_inside_a_join(joins: tuple[str, ...], lines: tuple[str, ...]) -> None:
    """As few lines as fit, evened out; the brand's compounds stay whole."""
    measure: Callable[[str], float] = len

    assert wrap("Hội thi Bàn chân vàng năm 2025", 15, measure, joins) == lines


@pytest.mark.parametrize(
    ("width", "lines"),
    [(17, ("Video ngắn", "phát hành", "theo quý")), (8, ("Video", "ngắn", "phát", "hành", "theo quý"))],
)
def test_words_of_two_syllables_part_only_for_want_of_room(width: int, lines: tuple[str, ...]) -> None:
    """What is one word stays on one line, unless the line is narrower than it."""
    measure: Callable[[str], float] = len

    assert wrap("Video ngắn phát hành theo quý", width, measure, ()) == lines
