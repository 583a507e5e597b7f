"""What a PDF says, read back by PDFium: not the program that wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2

from producer.diagnostics import Diagnostic
from producer.proof.fact import missing_facts
from producer.scene.model import Fact


def prove_pdf(data: bytes, facts: tuple[Fact, ...]) -> tuple[Diagnostic, ...]:
    """Return what the text of a PDF lacks.

    Without its spaces: PDFium puts one between letters set wide, and drops one after kerning: "suấtquà",
    where poppler and the file have it.
    """
    return missing_facts(facts, read_pdf(data), gaps=False)


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
