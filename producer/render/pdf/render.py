"""A document as PDF: vector, with real text, for screen or print."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

import uharfbuzz

from producer.diagnostics import Diagnostic, Level, ProducerError
from producer.layout.model import Counter, Document, GlyphRun
from producer.render.flat import flatten
from producer.render.model import Artifact, Resources
from producer.render.pdf.check_sheet import check_sheet
from producer.render.pdf.content import Sheet, write_content
from producer.render.pdf.finish import finish
from producer.render.pdf.impose import impose
from producer.render.pdf.preflight import Preflight, inspect_print

CHECKS = ".kiem-tra.pdf"  # the page of checks, beside the file

# They join or part words, and have no glyph or that of a space.
_UNSEEN = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2060": None, "\u200b": None, "\u00ad": None})


def render_pdf(document: Document, resources: Resources) -> Artifact:
    """Return all pages of a document as one PDF.

    A print document has bleed, exact boxes, inks as the brand builds them, and where its channel asks for it crop
    marks; any other has its pages and nothing around them. Both are tagged.

    Raises:
        ProducerError: ``render/colour-without-cmyk``, ``print/page-too-large``.
    """
    found = inspect_print(document, resources) if document.canvas.press is not None else None
    if found and any(problem.level is Level.ERROR for problem in found.problems):
        raise ProducerError(found.problems)
    data, sheet = write_pdf(document, resources, x4=found is not None and not found.problems)
    imposition, count = document.canvas.imposition, len(document.pages)
    width, height = sheet.trim.width, sheet.trim.height
    if imposition is not None:
        data, count = impose(data, document.canvas), imposition.sheets(count)
        width, height = imposition.size.width, imposition.size.height
    problems = found.problems if found is not None else ()
    return Artifact(
        data, "application/pdf", (round(width), round(height)), count, problems=problems, preflight=found
    )


def check_page(
    document: Document, found: Preflight, problems: tuple[Diagnostic, ...], resources: Resources
) -> tuple[str, bytes]:
    """Return the page of checks of a print document as a file beside it: suffix and bytes."""
    page = check_sheet(flatten(document, resources), found, problems, resources)
    return CHECKS, write_pdf(*page)[0]


def write_pdf(document: Document, resources: Resources, *, x4: bool = False) -> tuple[bytes, Sheet]:
    """Return a document's file and the sheet of its pages."""
    content = write_content(document, resources, spoken_runs(document, resources))
    return finish(content, document, resources, x4=x4), content.sheet


def spoken_runs(document: Document, resources: Resources) -> Mapping[GlyphRun, str]:
    """Return the runs whose glyphs, read back as viewers do, would not give their text, with that text."""
    spoken = {}
    for run in _runs(document):
        text = unicodedata.normalize("NFC", run.text).translate(_UNSEEN)
        letters = letters_of(resources.read_bytes(run.face.path))
        if "".join(letters.get(glyph, "") for glyph in run.glyphs).strip() != text.strip():
            spoken[run] = text
    return spoken


def _runs(document: Document) -> tuple[GlyphRun, ...]:
    paints = [paint for page in document.pages for item in page.items for paint in item.paints]
    finals = [run for paint in paints if isinstance(paint, Counter) for run in paint.final]
    return (*(paint for paint in paints if isinstance(paint, GlyphRun)), *finals)


@lru_cache(maxsize=16)
def letters_of(font: bytes) -> Mapping[int, str]:
    """Return the letter that Skia's ToUnicode gives each glyph: the lowest of those that share it.

    So Đ is read back as the Icelandic Ð in fonts that draw both with one glyph.
    """
    face = uharfbuzz.Face(font)
    nominal = uharfbuzz.Font(face)
    letters: dict[int, str] = {}
    for code in sorted(face.unicodes):
        glyph = nominal.get_nominal_glyph(code)
        if glyph is not None:
            letters.setdefault(glyph, chr(code))
    return letters
