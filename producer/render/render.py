"""Which renderer makes which file; each is imported when first needed, since they bring heavy libraries."""

from __future__ import annotations

from dataclasses import replace

from producer.diagnostics import Diagnostic, ProducerError, Span
from producer.layout.model import Document
from producer.render.model import Artifact, Resources


def render(document: Document, resources: Resources) -> Artifact:
    """Return the file of a document in the format that it names.

    Raises:
        ProducerError: ``render/unknown-format``, or what the renderer cannot paint.
    """
    if document.canvas.inks:
        from producer.render.flat import flatten

        document = flatten(document, resources)
    made = _rendered(document, resources)
    press = document.canvas.press
    if (
        press is not None and press.checked and made.preflight is None
    ):  # a PDF was looked at before it was written
        from producer.render.pdf.preflight import inspect_print

        found = inspect_print(document, resources)
        made = replace(made, problems=(*made.problems, *found.problems), preflight=found)
    return made


def _rendered(document: Document, resources: Resources) -> Artifact:
    match document.format:
        case "png" | "jpg" | "webp" | "avif" | "tif":
            from producer.render.raster.render import render_raster

            return render_raster(document, resources)
        case "pdf":
            from producer.render.pdf.render import render_pdf

            return render_pdf(document, resources)
        case "svg":
            from producer.render.vector.render import render_svg

            return render_svg(document, resources)
        case "pptx":
            from producer.render.slides.deck import render_slides

            return render_slides(document, resources)
        case "mp4":
            from producer.render.clip.render import render_clip

            return render_clip(document, resources)
    raise ProducerError(
        [Diagnostic("render/unknown-format", Span(document.job), {"format": document.format})]
    )
