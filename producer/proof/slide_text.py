"""What a deck says, read back by python-pptx."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pptx import Presentation

from producer.diagnostics import Diagnostic
from producer.proof.fact import missing_facts
from producer.scene.model import Fact


def prove_pptx(data: bytes, facts: tuple[Fact, ...]) -> tuple[Diagnostic, ...]:
    """Return what the texts, tables and charts of a deck lack; its notes do not count, nobody sees them."""
    return missing_facts(facts, read_pptx(data))


def read_pptx(data: bytes) -> str:
    """Return the text of all slides, a paragraph a line."""
    slides = Presentation(BytesIO(data)).slides
    return "\n".join(text for slide in slides for shape in slide.shapes for text in _texts(shape))


def _texts(shape: Any) -> Iterator[str]:  # noqa: ANN401 - python-pptx has a class for each kind, and no types
    if hasattr(shape, "shapes"):
        for inner in shape.shapes:
            yield from _texts(inner)
    if getattr(shape, "has_text_frame", False):
        # A line break inside a paragraph is a vertical tab: to a reader it parts words like any gap.
        yield from (paragraph.text.replace("\v", " ") for paragraph in shape.text_frame.paragraphs)
    if getattr(shape, "has_table", False):
        yield from (cell.text for row in shape.table.rows for cell in row.cells)
    if getattr(shape, "has_chart", False):
        yield from _chart_texts(shape.chart)


def _chart_texts(chart: Any) -> Iterator[str]:  # noqa: ANN401
    if chart.has_title:
        yield chart.chart_title.text_frame.text
    for plot in chart.plots:
        yield from (str(category) for category in plot.categories)
        for series in plot.series:
            yield series.name
            yield from (f"{value:g}".replace(".", ",") for value in series.values if value is not None)
