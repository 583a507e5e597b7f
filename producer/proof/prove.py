"""The check of a finished file: it opens, it has its size, and it says its facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pypdfium2

from producer.diagnostics import Diagnostic, Scope, Span
from producer.layout.model import Document
from producer.picture_file import SRGB, BrokenPictureError, Measured, measure
from producer.plan.model import Medium
from producer.proof.beside import prove_beside
from producer.proof.claim import unlike_alts
from producer.proof.code import codes_of_clip, codes_of_pdf, codes_of_pictures, codes_of_svg, unread_codes
from producer.proof.fact import missing_facts
from producer.proof.glyph_text import letters_by_name, prove_glyphs
from producer.proof.pdf_glyph import read_alts, read_pdf_glyphs
from producer.proof.pdf_text import open_pdf, unlike_pdf
from producer.proof.slide_text import prove_pptx
from producer.render.model import Artifact
from producer.svg import BrokenSvgError, UnsafeSvgError, read_svg, view_box

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
SVG = "image/svg+xml"
SVG_PATH = "{http://www.w3.org/2000/svg}path"
MP4_HEAD = b"ftyp"
ReadBytes = Callable[[str], bytes]
_POINT = 0.01  # how far a box of a PDF may be off, in pt
_DPI = 0.5  # how far a resolution may be off: JPEG keeps whole ones, PNG counts to the metre


def prove(artifact: Artifact, document: Document, read_bytes: ReadBytes) -> tuple[Diagnostic, ...]:
    """Return every problem of a finished file. Texts come from the file, for pixels from the glyphs."""
    span = Span(document.job)
    if artifact.media_type == "application/pdf":
        found = _prove_pdf(artifact, document, span, read_bytes)
    elif artifact.media_type == PPTX:
        found = prove_pptx(artifact.data, document)
    else:
        found = _prove_pixels(artifact, document, span, read_bytes)
    return (*found, *prove_beside(document, artifact.extras))


def _prove_pixels(
    artifact: Artifact, document: Document, span: Span, read_bytes: ReadBytes
) -> tuple[Diagnostic, ...]:
    """Whatever has no text: pictures, drawings of outlines, clips."""
    if artifact.media_type == SVG:
        found = _prove_svg(artifact, document, span)
        count = len(document.pages)
    elif artifact.media_type.startswith("image/"):
        found = tuple(_prove_pictures(artifact, document, span))
        count = len(document.pages)
    else:
        found = _prove_clip(artifact, document, span)
        count = sum(page.frames for page in document.pages)
    if artifact.pages != count:
        found += (_wrong_size(f"{artifact.pages} pp.", f"{count} pp.", span),)
    return (*found, *prove_glyphs(document, document.facts, read_bytes))


def _prove_pdf(
    artifact: Artifact, document: Document, span: Span, read_bytes: ReadBytes
) -> tuple[Diagnostic, ...]:
    try:
        with open_pdf(artifact.data) as pdf:
            sizes = tuple(_trim_size(pdf[number]) for number in range(len(pdf)))
    except pypdfium2.PdfiumError as error:
        return (_broken(str(error), span),)
    canvas = document.canvas
    scale = 72 / canvas.px_per_inch / canvas.scale
    sheet = canvas.imposition
    size, count = (
        (canvas.size, len(document.pages))
        if sheet is None
        else (sheet.size, sheet.sheets(len(document.pages)))
    )
    expected = (size.width * scale, size.height * scale)
    wrong = [size for size in sizes if max(abs(a - b) for a, b in zip(size, expected, strict=True)) > _POINT]
    problems = [_wrong_size(_measures(wrong[0], "pt"), _measures(expected, "pt"), span)] if wrong else []
    if len(sizes) != count:
        problems.append(_wrong_size(f"{len(sizes)} pp.", f"{count} pp.", span))
    shown = read_pdf_glyphs(artifact.data, letters_by_name(document, read_bytes))
    return (
        *problems,
        *missing_facts(document.facts, shown),
        *unlike_pdf(artifact.data, document),
        *unlike_alts(document, read_alts(artifact.data)),
        *unread_codes(document, tuple(codes_of_pdf(document, artifact.data))),
    )


def _trim_size(page: pypdfium2.PdfPage) -> tuple[float, float]:
    left, bottom, right, top = page.get_trimbox()
    return right - left, top - bottom


def _prove_pictures(artifact: Artifact, document: Document, span: Span) -> Iterator[Diagnostic]:
    """Read every picture of an artifact once more: its kind, size, mode, profile, resolution and weight."""
    numbered = [data for suffix, data in artifact.extras if suffix.endswith(f".{document.format}")]
    cut = round(document.canvas.slice) if len(numbered) >= len(document.pages) else 0
    files, broken = (artifact.data, *numbered), False
    for at, data in enumerate(files):
        try:
            found = measure(data, whole=True)
        except BrokenPictureError as error:
            yield _broken(str(error), span)
            broken = True
            continue
        if found.media_type != artifact.media_type:
            yield _broken(found.media_type, span)
        size = (artifact.size[0], cut) if cut and at else artifact.size
        yield from _unlike(found, document, size, span)
        most = document.canvas.max_mb
        if most is not None and len(data) > most * 1_000_000:
            yield _wrong_size(f"{len(data)} B", f"≤ {most * 1_000_000:.0f} B", span)
    if not broken:
        yield from unread_codes(document, tuple(codes_of_pictures(document, files)))


def _unlike(found: Measured, document: Document, size: tuple[int, int], span: Span) -> Iterator[Diagnostic]:
    """Yield each thing that a picture is not, though its channel asks for it."""
    if found.size != size:
        yield _wrong_size(_measures(found.size, "px"), _measures(size, "px"), span)
    if (found.mode, found.profile) != ("RGB", SRGB):
        yield _wrong_size(f"{found.mode} {found.profile or '–'}", f"RGB {SRGB}", span)
    canvas = document.canvas
    dpi = canvas.dpi if canvas.medium is Medium.PRINT else canvas.px_per_inch
    if found.dpi is not None and abs(found.dpi - dpi) > _DPI:
        yield _wrong_size(f"{found.dpi:g} dpi", f"{dpi:g} dpi", span)


def _prove_svg(artifact: Artifact, document: Document, span: Span) -> tuple[Diagnostic, ...]:
    """Read the drawing as we read anybody's: it has its size, and nothing of it lies in another file."""
    try:
        root = read_svg(artifact.data)
        view = view_box(root)
    except (BrokenSvgError, UnsafeSvgError) as error:
        return (_broken(str(error), span),)
    size = (round(view.width), round(view.height))
    codes = codes_of_svg(path.get("d", "") for path in root.iter(SVG_PATH))
    unread = unread_codes(document, tuple(codes))
    if size == artifact.size:
        return unread
    return (
        *unread,
        _wrong_size(_measures(size, "px"), _measures(artifact.size, "px"), span),
    )


def _prove_clip(artifact: Artifact, document: Document, span: Span) -> tuple[Diagnostic, ...]:
    """Look at the head, and at the frames with codes: ffmpeg counted them all when it joined them."""
    head = artifact.data[4:8]
    if head != MP4_HEAD:
        return (_broken(head.decode("ascii", "replace") or "?", span),)
    return unread_codes(document, tuple(codes_of_clip(document, artifact.data)))


def _measures(size: tuple[float, float], unit: str) -> str:
    return f"{size[0]:g} × {size[1]:g} {unit}"


def _broken(what: str, span: Span) -> Diagnostic:
    return Diagnostic("proof/broken-file", span, {"problem": what}, scope=Scope.ROW)


def _wrong_size(found: str, expected: str, span: Span) -> Diagnostic:
    return Diagnostic("proof/wrong-size", span, {"found": found, "expected": expected}, scope=Scope.ROW)
