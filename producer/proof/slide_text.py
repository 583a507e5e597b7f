"""What a deck says, read back by python-pptx."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from pptx import Presentation

from producer.diagnostics import Diagnostic
from producer.layout.model import Document
from producer.proof.claim import unlike_alts, unlike_texts
from producer.proof.code import codes_of_shapes, unread_codes
from producer.proof.fact import missing_facts
from producer.proof.slide_claim import figure_words, unlike_slides


def prove_pptx(data: bytes, document: Document) -> tuple[Diagnostic, ...]:
    """Return what the slides of a deck lack: facts, codes, what describes pictures; and notes that say other words.

    Facts are not looked for in notes, which nobody sees.
    """
    slides = tuple(Presentation(BytesIO(data)).slides)
    codes = [code for slide in slides for code in codes_of_shapes(slide._element)]
    alts = [str(alt) for slide in slides for alt in slide._element.xpath("//p:cNvPr/@descr")]
    notes = [slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else "" for slide in slides]
    wanted = [page.notes for page in document.pages]
    return (
        *missing_facts(document.facts, _said(slides), composed=False),
        *unlike_slides(document, slides),
        *unread_codes(document, codes),
        *unlike_alts(document, alts),
        *unlike_texts("notes", wanted, notes, document.place),
    )


def read_pptx(data: bytes) -> str:
    """Return the text of all slides, a paragraph a line."""
    return _said(Presentation(BytesIO(data)).slides)


def _said(slides: Iterable[Any]) -> str:
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
            yield from (figure_words(value) for value in series.values if value is not None)
