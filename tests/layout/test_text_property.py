"""Whatever the title, the width and the style: what must hold of every set text."""

from __future__ import annotations

from itertools import pairwise

from hand_text import BODY, FONTS, HEADLINE, INK, ORIGIN, ink
from hypothesis import given, settings
from hypothesis import strategies as st

from producer.brand.model import Case, TextStyle
from producer.layout.compound import compounds
from producer.layout.joins import NBSP, join_words
from producer.layout.text import TextBlock, fit_text, set_text
from producer.scene.model import Run

WORDS = sorted(compounds())[::37]
HARD = (
    "28/7/2025", "07 giờ 30", "1.250 suất", "(28/7/1929 – 28/7/2025)", "Thứ Hai, 28/7/2025", "92,5 %", "tháng 7",
    "đồng chí Nguyễn Mẫu Ưỡng", "ẪN", "Ệ", "Ổ", "ỵ", "–", "số 70/KH-LĐLĐ",
)  # fmt: skip
TIGHT = TextStyle("body", BODY.face, BODY.bold, BODY.fallbacks, BODY.sizes, 6, leading=1.1)
TITLES = st.lists(st.sampled_from([*WORDS, *HARD]), min_size=1, max_size=12).map(" ".join)
STYLES = st.sampled_from([BODY, HEADLINE, TIGHT])


def written(text: str, style: TextStyle) -> str:
    """The text as it should be read."""
    return text.upper() if style.case is Case.UPPER else text


def said(block: TextBlock) -> str:
    """What the glyphs say in a row."""
    return "".join(run.text for run in block.runs)


@settings(max_examples=120)
@given(TITLES, st.floats(60, 1400), STYLES, st.booleans(), st.sampled_from(["start", "centre", "end"]))
def test_a_set_text_holds(text: str, width: float, style: TextStyle, balanced: bool, align: str) -> None:
    """Its words are all there, its ink inside, its lines apart, and no hard group parted."""
    block = set_text(
        (Run(text),), style, 60, INK, width, FONTS, ("Sum vầy",), ORIGIN, align=align, balanced=balanced
    )

    assert said(block) == written(text, style)
    assert block.ink_top >= -0.01
    assert block.ink_bottom <= block.height + 0.01
    assert " ".join(line.text for line in block.lines) == written(join_words(text, ("Sum vầy",)), style)
    assert [
        line.text for line in block.lines if line.text.startswith((NBSP, " ")) or line.text.endswith(NBSP)
    ] == []
    rows: list[list[tuple[float, float, float, float]]] = [[] for _ in block.lines]
    for run in block.runs:
        near = min(range(len(rows)), key=lambda at, y=run.points[0][1]: abs(block.lines[at].baseline - y))
        rows[near] += ink(run)
    gaps = [
        low[1] - high[3]
        for upper, lower in pairwise(rows)
        for high in upper
        for low in lower
        if high[0] < low[2] and low[0] < high[2]
    ]
    assert min(gaps, default=1) > 0


@settings(max_examples=60)
@given(TITLES, st.floats(200, 1000), STYLES)
def test_a_fitted_text_holds_or_says_by_how_much(text: str, width: float, style: TextStyle) -> None:
    """It stands within width and lines at a step of its ladder, or is over by what it says."""
    block = fit_text((Run(text),), style, INK, width, 1080, FONTS, (), ORIGIN)

    assert any(abs(block.size - step * 10.8) < 0.01 for step in style.sizes)
    if block.fits:
        assert block.width <= width + 0.02
        assert len(block.lines) <= style.lines
    else:
        assert abs(block.size - style.sizes[-1] * 10.8) < 0.01
        assert block.over > 0 or block.too_many == len(block.lines) - style.lines
