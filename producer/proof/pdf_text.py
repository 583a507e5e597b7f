"""What a PDF says, read back by PDFium: not the program that wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import POINTER, cast, create_string_buffer
from typing import Any

import pypdfium2
from pypdfium2 import raw

from producer.diagnostics import Diagnostic
from producer.layout.model import Document
from producer.proof.claim import unlike_claims

MOST_FORMS = 8  # that lie inside one another


def unlike_pdf(data: bytes, document: Document) -> tuple[Diagnostic, ...]:
    """Return what the text of a PDF, as viewers copy and search it, has less or more than the words that were set.

    In the order of painting and without spaces: PDFium reads across the page, puts a space between letters set
    wide, and drops one after kerning: "suấtquà", where poppler and the file have it.
    """
    return unlike_claims(document, read_painted(data))


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
