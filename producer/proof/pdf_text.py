"""What a PDF says, read back by PDFium: not the program that wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import POINTER, cast, create_string_buffer
from typing import Any

import pypdfium2
from pypdfium2 import raw

from producer.diagnostics import Diagnostic
from producer.proof.fact import missing_facts
from producer.scene.model import Fact

MOST_FORMS = 8  # that lie inside one another


def prove_pdf(data: bytes, facts: tuple[Fact, ...]) -> tuple[Diagnostic, ...]:
    """Return what the text of a PDF lacks.

    Without its spaces: PDFium puts one between letters set wide, and drops one after kerning: "suấtquà",
    where poppler and the file have it. It also reads across: a figure beside two lines of words stands between
    them. What is missing so is looked up in the order in which it was painted.
    """
    missing = missing_facts(facts, read_pdf(data), gaps=False)
    if not missing:
        return ()
    painted = read_painted(data)
    across = {problem.span for problem in missing}
    left = tuple(fact for fact in facts if fact.span in across)
    return tuple(problem for problem in missing_facts(left, painted, gaps=False) if problem in missing)


def read_pdf(data: bytes) -> str:
    """Return the text of all pages."""
    with open_pdf(data) as document:
        texts = []
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            # PDFium marks a hyphen that it takes for one of word division with U+FFFE; ours part nothing.
            texts.append(text.get_text_range().replace("\ufffe", "-"))
            text.close()
            page.close()
    return "\n".join(texts)


def read_painted(data: bytes) -> str:
    """Return the text of all pages in the order of their content, letter after letter."""
    texts = []
    with open_pdf(data) as document:
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            objects = page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=MOST_FORMS)
            texts.append("".join(_text_of(one, text) for one in objects))
            text.close()
            page.close()
    return "\n".join(texts)


def _text_of(one: Any, text: Any) -> str:  # noqa: ANN401 - pypdfium2's own
    """The letters of one text object."""
    size = raw.FPDFTextObj_GetText(one.raw, text.raw, None, 0)
    buffer = create_string_buffer(size)
    raw.FPDFTextObj_GetText(one.raw, text.raw, cast(buffer, POINTER(raw.FPDF_WCHAR)), size)
    return buffer.raw[:size].decode("utf-16-le").rstrip("\0")


@contextmanager
def open_pdf(data: bytes) -> Iterator[Any]:
    """Open a PDF and close it again.

    Raises:
        pypdfium2.PdfiumError: this is no PDF.
    """
    document = pypdfium2.PdfDocument(data)
    try:
        yield document
    finally:
        document.close()
