"""Charts as paints of a page: columns, bars and lines, labelled directly, from zero, without a frame."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING

from producer.diagnostics import Diagnostic, ProducerError, Scope
from producer.geometry import Box
from producer.layout.chart_text import SMALL, FontLettering
from producer.layout.font import FontBook
from producer.layout.model import Paint
from producer.layout.text import advised, letters_within
from producer.scene.model import ChartElement, ChartKind

if TYPE_CHECKING:
    from producer.layout.chart_drawing import Drawing

STEPS = (1.0, 0.92, 0.85, 0.78, 0.7)  # of the body size; below 0.7 labels are no longer read in passing


def chart_sizes(body_px: float, least_px: float = 0.0) -> tuple[float, ...]:
    """Return the sizes that a chart's words are tried at, so that even its smallest are no less than ``least_px``."""
    least = least_px / SMALL
    return tuple(dict.fromkeys(max(body_px * step, least) for step in STEPS))


def draw_chart(
    element: ChartElement, box: Box, sizes: Sequence[float], fonts: FontBook, joins: tuple[str, ...]
) -> tuple[Paint, ...]:
    """Return the chart inside ``box``, its words at the first of ``sizes``, in px, that fits.

    Bars and columns start at 0. A missing value is a dashed place that says so. Where a bar passes its target
    it is parted around the target's tick: the tick stands on the ground of the page, not on the bar's ink.

    Raises:
        ProducerError: ``layout/chart-over``, where words still collide or leave the box at the smallest step;
            ``text/missing-glyph``, for each letter that the style's faces lack.
    """
    # matplotlib takes most of a second to load: here, where a chart is drawn.
    from producer.layout._matplotlib import Sheet

    drawing = _drawing(element.kind)
    lettering = FontLettering(element.style, fonts)
    over = 0.0
    for size in sizes:
        sheet = Sheet(box, lettering)
        over = drawing(element, sheet, size, joins).draw()
        if lettering.missing:
            raise ProducerError(lettering.problems(element.origin))
        if not over:
            return sheet.paints()
    longest = max(element.categories, key=len, default="")
    shaped = fonts.shape(element.style.face, longest, 0.0, element.style.fallbacks)
    fit = advised(letters_within(longest, shaped.advance * sizes[-1], over), len(longest))
    facts = element.origin.facts | {"over": max(1, ceil(over)), "group": longest, "fit": fit}
    raise ProducerError([Diagnostic("layout/chart-over", element.origin.span, facts, scope=Scope.ROW)])


def _drawing(kind: ChartKind) -> type[Drawing]:
    """How a kind is drawn."""
    from producer.layout.chart_bar import BarDrawing
    from producer.layout.chart_upright import ColumnDrawing, LineDrawing

    return {ChartKind.COLUMN: ColumnDrawing, ChartKind.BAR: BarDrawing, ChartKind.LINE: LineDrawing}[kind]
