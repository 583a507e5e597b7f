"""One page as a picture file."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from producer.diagnostics import Diagnostic, Level, ProducerError, Scope, Span
from producer.layout.model import Document, Page
from producer.plan.model import Medium
from producer.render.metadata import packet
from producer.render.model import Artifact, Resources, Underlay
from producer.render.paint import Painter
from producer.render.picture import Pixels
from producer.render.pixel import PixelPainter
from producer.render.raster.file import MEDIA_TYPES, QUALITIES, About, Bands, PictureFile, write_picture
from producer.render.raster.png import STRIP
from producer.render.raster.slices import slices_of
from producer.render.underlay import Watch, joined, surface_on

MB = 1_000_000  # bytes, as the channels count
BAND_PX = 16_000_000  # that are painted at a time, 64 MB
LIGHTER = "jpg"  # than a format that loses nothing, and taken by every channel


def render_raster(document: Document, resources: Resources) -> Artifact:
    """Return the pages as pictures by the document's format: the first, and the others beside it, numbered.

    A page whose channel has slices is made whole, and its slices beside it, numbered.

    A screen page has a px of the file for each of its own; a print page has ``canvas.dpi`` to the inch, is
    cut at the trim, and keeps its bleed only where the channel asks for marks. Where the channel limits the
    megabytes, quality is lowered until the file fits, and that is told.

    Raises:
        ProducerError: ``render/unknown-format``, or ``render/too-heavy`` where no quality fits.
    """
    if document.format not in MEDIA_TYPES:
        raise ProducerError(
            [Diagnostic("render/unknown-format", Span(document.job), {"format": document.format})]
        )
    scale, dpi = target_scale(document)
    painter = PixelPainter(resources, scale)
    most = document.canvas.max_mb
    files, size, problems, under = [], (0, 0), list[Diagnostic](), list[Underlay]()
    for number, page in enumerate(document.pages):
        about = About(document.title, document.language, dpi, packet(document, resources, number))
        bands = page_bands(document, page, painter, number, under)
        size = (bands.width, bands.height)
        cut, found = slices_of(document, bands, scale)
        problems += found
        for one in cut or (bands,):
            files.append(write_picture(one, document.format, about, most * MB if most else None))
            problems += _told(files[-1], document)
    if any(problem.level is Level.ERROR for problem in problems):
        raise ProducerError(problems)
    first = 1 if len(files) > len(document.pages) else 2  # slices begin at one, beside the whole page
    extras = tuple((f"-{at:02}.{document.format}", made.data) for at, made in enumerate(files[1:], first))
    kind, pages = MEDIA_TYPES[document.format], len(document.pages)
    return Artifact(files[0].data, kind, size, pages, extras, tuple(problems), tuple(under))


def _told(made: PictureFile, document: Document) -> Iterator[Diagnostic]:
    """Yield that a file is over its limit, what it took to bring it under, or that it is over what is advised."""
    canvas, size, span = document.canvas, len(made.data), document.place
    facts: dict[str, str | float] = {"job": document.job, "size": _megabytes(size / MB)}
    if canvas.max_mb is not None:
        facts |= {"most": _megabytes(canvas.max_mb)}
        if size > canvas.max_mb * MB:
            lighter = "" if document.format in QUALITIES else LIGHTER
            yield Diagnostic("render/too-heavy", span, {**facts, "nearest": lighter}, scope=Scope.ROW)
        elif made.quality is not None and made.quality < QUALITIES[document.format][0]:
            told = {**facts, "quality": made.quality}
            yield Diagnostic("render/quality-lowered", span, told, Level.NOTE, Scope.ROW)
    if canvas.advised_mb is not None and size > canvas.advised_mb * MB:
        told = {**facts, "most": _megabytes(canvas.advised_mb)}
        yield Diagnostic("render/over-advice", span, told, Level.NOTE, Scope.ROW)


def _megabytes(size: float) -> float:
    """Two decimals, or two digits that count, so that a small limit is not 0."""
    return round(size, 2) if size >= 0.1 else float(f"{size:.2g}")


def target_scale(document: Document) -> tuple[float, float]:
    """Return px of the file for one px of the page, and px of the file to the inch."""
    canvas = document.canvas
    if canvas.medium is Medium.PRINT:
        return canvas.dpi / canvas.px_per_inch, float(canvas.dpi)
    return 1.0, canvas.px_per_inch


def page_bands(
    document: Document, page: Page, painter: Painter, number: int = 0, under: list[Underlay] | None = None
) -> Bands:
    """Return a page at the painter's scale; what no item covers is white.

    A sheet of A1 at 300 dpi is 280 MB of pixels: it is painted band by band, a page for screens in one. As they are
    painted, ``under`` is filled with what lay under its words and marks; ``number`` says which page it is.
    """
    canvas = document.canvas
    bleed = canvas.bleed if canvas.marks else 0.0
    outer = (canvas.size.width + 2 * bleed, canvas.size.height + 2 * bleed)
    width, height = (max(round(side * painter.scale), 1) for side in outer)
    rows = max(BAND_PX // width // STRIP, 1) * STRIP
    across = (width / outer[0], height / outer[1])

    def parts() -> Iterator[Pixels]:
        seen: list[list[Underlay]] = []
        for top in range(0, height, rows):
            pixels = np.full((min(rows, height - top), width, 4), 255, np.uint8)
            watch = Watch(number, pixels, across, (-bleed, -bleed), painter, height, top)
            with surface_on(pixels) as target:
                target.translate(0, -top)
                target.scale(*across)
                target.translate(bleed, bleed)
                for at, item in enumerate(page.items):
                    watch.paint(target, at, item)
            seen.append(watch.finish())
            yield np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGBA2RGB))
        if under is not None:
            under.extend(joined(seen))

    return Bands(height, width, parts())
