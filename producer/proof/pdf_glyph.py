"""What a PDF shows: the glyphs of its content turned back into letters through the fonts of the project.

What viewers copy and search is told by other entries of the file; :mod:`producer.proof.pdf_text` reads those.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

import pikepdf

from producer.proof.glyph_text import UNKNOWN, Letters
from producer.proof.khmer import written_order

_SHOWN = "BT ET Tf Tj TJ Do"  # operators of ISO 32000-2, 9.4 and 8.8 that pages of Skia show text with
_DEEPEST = 8  # forms inside one another


def read_pdf_glyphs(data: bytes, letters: Mapping[str, Letters]) -> str:
    """Return what the glyphs of all pages say in the order of painting, a text object a line.

    ``letters`` are by the PostScript name of their font. Skia keeps the ids that glyphs have in their file.

    Raises:
        pikepdf.PdfError: this is no PDF.
    """
    with pikepdf.open(BytesIO(data)) as pdf:
        return "\n".join(
            written_order(line) for page in pdf.pages for line in _lines(page.obj, letters, _DEEPEST)
        )


def read_alts(data: bytes) -> list[str]:
    """Return what describes the pictures of a tagged PDF, in reading order; nothing of one without tags."""
    with pikepdf.open(BytesIO(data)) as pdf:
        root = pdf.Root.get("/StructTreeRoot")
        return list(_alts(root)) if root is not None else []


def _alts(element: Any) -> Iterator[str]:  # noqa: ANN401 - pikepdf's types are skipped
    if "/Alt" in element:
        yield str(element.Alt)
    children = element.get("/K")
    for child in children if isinstance(children, pikepdf.Array) else (children,):
        if isinstance(child, pikepdf.Dictionary):
            yield from _alts(child)


def _lines(content: Any, letters: Mapping[str, Letters], depth: int) -> Iterator[str]:  # noqa: ANN401 - pikepdf's types are skipped
    """The text objects of a page or form, those of the forms in it where they are drawn."""
    resources = content.get("/Resources", {})
    fonts: Mapping[str, Any] = resources.get("/Font", {})
    forms: Mapping[str, Any] = resources.get("/XObject", {})
    names = {name: str(font.get("/BaseFont", "")).rpartition("+")[2] for name, font in fonts.items()}
    line, font = "", None
    for one in pikepdf.parse_content_stream(content, operators=_SHOWN):
        match str(one.operator):
            case "BT":
                line = ""
            case "ET":
                yield line
            case "Tf":
                font = letters.get(names.get(str(one.operands[0]), ""))
            case "Do":
                form = forms[str(one.operands[0])]
                if form.get("/Subtype") == "/Form" and depth:
                    yield from _lines(form, letters, depth - 1)
            case _:
                line += _text(one.operands[0], font)


def _text(shown: Any, font: Letters | None) -> str:  # noqa: ANN401
    """The letters of a string of codes of two bytes each, or of an array of such strings and distances."""
    strings = shown if isinstance(shown, pikepdf.Array) else (shown,)
    codes = b"".join(bytes(part) for part in strings if isinstance(part, pikepdf.String))
    glyphs = (int.from_bytes(codes[at : at + 2], "big") for at in range(0, len(codes), 2))
    return "".join(font.text.get(glyph, UNKNOWN) if font is not None else UNKNOWN for glyph in glyphs)
