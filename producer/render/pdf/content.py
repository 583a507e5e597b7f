"""The pages of a PDF as Skia writes them, with marks where tags will stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil
from typing import Any

from producer.brand.model import Colour
from producer.geometry import Box, Insets, Size
from producer.layout.model import Document, GlyphRun, Item, Page, Photo
from producer.plan.model import Medium
from producer.render._skia import skia
from producer.render.model import Resources
from producer.render.paint import Painter, as_skia
from producer.render.pdf.line import set_line
from producer.render.picture import jpeg_bytes, picture_image
from producer.scene.model import Canvas

# A mark is a rectangle of this width and of a height that counts: no item of a page has this width, and the
# four decimals that Skia writes keep it. It is painted between items, so that it is not inside a group.
MARK_WIDTH = 0.0137
MARK_STEP = 0.01
NEAR = 500.0  # px: on the page of a pano, Skia's floats would lose the width of a mark in its middle

# Black text up to this size is set in black ink alone: four plates never meet exactly on a thin stroke.
SMALL_TEXT_PT = 14.0
NEARLY_BLACK = 0.02  # relative luminance

BLACK = Colour(0, 0, 0, (0.0, 0.0, 0.0, 100.0))

SCREEN_DPI = 300  # of shadows on a page for screens

MM = 72 / 25.4
MARK_LENGTH = 5 * MM  # of a crop mark
SLUG_PT = 6.0
MARK_OFFSET = 3 * MM  # from the trim at least; the bleed where that is wider


@dataclass(frozen=True, slots=True)
class Mark:
    """What begins at a mark: an item of the page, a run that needs its text told, or the end of that run."""

    item: int | None = None  # index in the page, or -1 for what is outside of it
    text: str | None = None  # "" ends a run
    overprint: bool | None = None  # from here on


@dataclass(frozen=True, slots=True)
class Sheet:
    """The paper of every page, in pt: media, and in it bleed and trim from the top left corner."""

    media: Size
    trim: Box
    bleed: Box
    scale: float  # pt for a px of the page


@dataclass(frozen=True, slots=True)
class Content:
    """Skia's file, the sheet of every page, and the marks of each page in the order they were painted."""

    data: bytes
    sheet: Sheet
    marks: tuple[tuple[Mark, ...], ...]


def sheet_of(document: Document) -> Sheet:
    """Return the sheet of a document: trim, bleed and, where the channel asks for marks, room for them."""
    canvas = document.canvas
    scale = 72 / canvas.px_per_inch / canvas.scale
    width, height = canvas.size.width * scale, canvas.size.height * scale
    bleed = canvas.bleed * scale if canvas.medium is Medium.PRINT else 0.0
    room = max(MARK_OFFSET, bleed) + MARK_LENGTH if has_marks(document) else bleed
    trim = Box(room, room, width, height)
    return Sheet(Size(width + 2 * room, height + 2 * room), trim, trim.inset(Insets.even(-bleed)), scale)


def has_marks(document: Document) -> bool:
    """Whether the pages get crop marks; at another scale they carry the line that says so."""
    canvas = document.canvas
    return (canvas.marks or canvas.scale != 1) and canvas.medium is Medium.PRINT


def write_content(document: Document, resources: Resources, spoken: Mapping[GlyphRun, str]) -> Content:
    """Return all pages as Skia writes them; ``spoken`` holds the runs whose glyphs do not say their text."""
    sheet = sheet_of(document)
    painter = PdfPainter(document, resources, spoken, sheet)
    stream = skia.DynamicMemoryWStream()
    # Without dates and names: the second step writes them. fPDFA would put chance and the hour into the file.
    metadata = skia.PDF.Metadata()
    metadata.fEncodingQuality = 101  # what is no JPEG stays without loss
    metadata.fRasterDPI = raster_dpi(document.canvas)
    marks = []
    with skia.PDF.MakeDocument(stream, metadata) as pdf:
        for page in document.pages:
            with pdf.page(*(_whole(side) for side in (sheet.media.width, sheet.media.height))) as canvas:
                marks.append(painter.paint_page(canvas, page))
    return Content(bytes(stream.detachAsData()), sheet, tuple(marks))


def raster_dpi(canvas: Canvas) -> float:
    """The dots to the inch of shadows, the only thing that Skia turns into pixels: the channel's, at the final size."""
    return canvas.dpi * canvas.scale if canvas.medium is Medium.PRINT else SCREEN_DPI


def _whole(side: float) -> int:
    """The least side in pt that Skia does not round: 6 pt are 25 dots of its 300 to the inch."""
    return ceil(side / 6 - 1e-9) * 6


class PdfPainter(Painter):
    """The painter with marks, JPEG files passed through, and black ink alone for small black text."""

    def __init__(
        self, document: Document, resources: Resources, spoken: Mapping[GlyphRun, str], sheet: Sheet
    ) -> None:
        """Pictures have the canvas's dots to the inch, never more than their file."""
        self.print = document.canvas.medium is Medium.PRINT
        self._document = document
        dpi = document.canvas.dpi if self.print else max(document.canvas.dpi, 150)
        super().__init__(resources, dpi / document.canvas.px_per_inch)
        self._spoken = dict(spoken)
        self._sheet = sheet
        self._marks: list[Mark] = []

    def paint_page(self, canvas: Any, page: Page) -> tuple[Mark, ...]:  # noqa: ANN401 - skia has no types
        """Paint a page on its sheet, cut at the bleed, and return its marks."""
        self._marks = []
        bleed, trim, media = self._sheet.bleed, self._sheet.trim, self._sheet.media
        # The file counts from below: what Skia's sheet is too high must stand above ours.
        canvas.translate(0, _whole(media.height) - media.height)
        canvas.save()
        canvas.clipRect(skia.Rect.MakeXYWH(bleed.x, bleed.y, bleed.width, bleed.height))
        canvas.translate(trim.x, trim.y)
        canvas.scale(self._sheet.scale, self._sheet.scale)
        for index, item in enumerate(page.items):
            self._mark(canvas, Mark(item=index))
            self.paint_item(canvas, item)
        canvas.restore()
        self._paint_slug(canvas)
        return tuple(self._marks)

    def _paint_slug(self, canvas: Any) -> None:  # noqa: ANN401
        """Say below the bleed what the page is, in one line between the crop marks."""
        press = self._document.canvas.press
        if press is None or not has_marks(self._document):
            return
        bleed, media, trim = self._sheet.bleed, self._sheet.media, self._sheet.trim
        words = slug_words(self._document)
        room = trim.width - 2 * SLUG_PT
        size = min(SLUG_PT, SLUG_PT * room / set_line(words, press.face, SLUG_PT, self.resources)[1])
        run, _ = set_line(words, press.face, size, self.resources)
        self._marks.append(Mark(item=-1))
        where = skia.Rect.MakeXYWH(9, 9, MARK_WIDTH, len(self._marks) * MARK_STEP)
        canvas.drawRect(where, skia.Paint(AntiAlias=False))
        canvas.translate(trim.x + SLUG_PT, min(bleed.bottom + 2 * SLUG_PT, media.height - 2.0))
        black = skia.Paint(Color=skia.ColorBLACK, AntiAlias=True)
        builder = skia.TextBlobBuilder()
        builder.allocRunPos(
            self.font(run.face, size), list(run.glyphs), [skia.Point(*at) for at in run.points]
        )
        canvas.drawTextBlob(builder.make(), 0, 0, black)

    def paint_item(self, canvas: Any, item: Item) -> None:  # noqa: ANN401
        """Paint an item whose lines end in a space, so that readers keep the words of two lines apart."""
        for paint, following in pairwise((*item.paints, None)):
            if isinstance(paint, GlyphRun) and isinstance(following, GlyphRun) and _breaks(paint, following):
                self.paint_run(canvas, self._spaced(paint))
            elif paint is not None:
                self.paint(canvas, paint)

    def _spaced(self, run: GlyphRun) -> GlyphRun:
        """The same run and a space where its last glyph ends."""
        font = self.font(run.face, run.size)
        space = font.unicharToGlyph(ord(" "))
        if not space or not run.glyphs or run.glyphs[-1] == space:
            return run
        x, y = run.points[-1]
        end = (x + font.getWidths([run.glyphs[-1]])[0], y)
        spaced = replace(run, glyphs=(*run.glyphs, space), points=(*run.points, end), text=f"{run.text} ")
        if run in self._spoken:
            self._spoken[spaced] = f"{self._spoken[run]} "
        return spaced

    def paint_run(self, canvas: Any, run: GlyphRun) -> None:  # noqa: ANN401
        """Paint a run between marks where its glyphs alone would be read back wrongly."""
        text = self._spoken.get(run)
        over = self.print and self.run_colour(run) is BLACK and run.ink.alpha == 1
        if over:
            self._mark(canvas, Mark(overprint=True))
        if text:
            self._mark(canvas, Mark(text=text))
        super().paint_run(canvas, run)
        if text:
            self._mark(canvas, Mark(text=""))
        if over:
            self._mark(canvas, Mark(overprint=False))

    def _mark(self, canvas: Any, mark: Mark) -> None:  # noqa: ANN401
        """Paint a mark in the middle of the page, since Skia drops what lies outside."""
        self._marks.append(mark)
        x, y = self._sheet.trim.width / 2 / self._sheet.scale, self._sheet.trim.height / 2 / self._sheet.scale
        x, y = min(x, NEAR), min(y, NEAR)
        height = len(self._marks) * MARK_STEP
        canvas.drawRect(
            skia.Rect.MakeXYWH(round(x), round(y), MARK_WIDTH, height), skia.Paint(AntiAlias=False)
        )

    def run_colour(self, run: GlyphRun) -> Colour:
        """Black for what looks black and is small, in print."""
        colour = super().run_colour(run)
        small = run.size * 72 / self._document.canvas.px_per_inch <= SMALL_TEXT_PT
        four = self.print and not self._document.canvas.inks
        return BLACK if four and small and colour.luminance <= NEARLY_BLACK else colour

    def image(self, photo: Photo) -> Any:  # noqa: ANN401
        """An opaque picture goes in as a JPEG file, byte for byte; a transparent one as pixels."""
        picture = picture_image(photo, *self.size_px(photo), self.resources)
        if picture.mode == "RGBA":
            return as_skia(picture)
        return skia.Image.MakeFromEncoded(skia.Data.MakeWithCopy(jpeg_bytes(picture)))

    def size_px(self, photo: Photo) -> tuple[int, int]:
        """As many px as the canvas wants, but not more than the file has."""
        wanted = super().size_px(photo)
        if photo.picture.vector:
            return wanted
        share = min(1.0, photo.crop.width / wanted[0], photo.crop.height / wanted[1])
        return max(round(wanted[0] * share), 1), max(round(wanted[1] * share), 1)


def slug_words(document: Document) -> str:
    """What stands outside the trim: which file, for what, how large, and when it was made."""
    canvas, press = document.canvas, document.canvas.press
    if press is None:
        return ""
    size = size_words(canvas)
    scale = f"Tỷ lệ 1:{canvas.scale:g}, kích thước thật {size}" if canvas.scale != 1 else size
    return f"{document.job}  ·  {scale}  ·  {press.spec.condition}  ·  {press.day:%d/%m/%Y}"


def size_words(canvas: Canvas) -> str:
    """The finished size: "6000 × 3000 mm"."""
    return (
        " × ".join(
            _decimal(side / canvas.px_per_inch * 25.4) for side in (canvas.size.width, canvas.size.height)
        )
        + " mm"
    )


def _decimal(number: float) -> str:
    return f"{round(number, 1):.1f}".removesuffix(".0").replace(".", ",")


def _breaks(run: GlyphRun, following: GlyphRun) -> bool:
    """Whether the second run stands on a line of its own."""
    if not run.points or not following.points:
        return False
    return abs(run.points[-1][1] - following.points[0][1]) > run.size / 2
