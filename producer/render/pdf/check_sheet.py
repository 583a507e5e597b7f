"""The page of checks that goes to the printer beside a print file: one A4 sheet in Vietnamese."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from math import floor
from textwrap import shorten
from typing import Any

from PIL import Image

from producer.brand.model import Colour, Ink
from producer.diagnostics import Diagnostic, words
from producer.geometry import Box, Insets, Size
from producer.layout.model import Document, GlyphRun, Item, Page, Paint, Photo, Shape
from producer.plan.model import Imposition, Medium
from producer.render._skia import skia
from producer.render.model import Resources
from producer.render.paint import Painter
from producer.render.pdf.content import has_marks, sheet_of, size_words
from producer.render.pdf.line import set_line
from producer.render.pdf.preflight import Finding, Preflight
from producer.scene.model import Canvas, Picture, Press, Role, Solid

A4 = Size(595.2756, 841.8898)  # pt
MARGIN, GAP = 45.0, 22.0
LEFT_WIDTH = 226.0
LABEL, VALUE, HEAD = 7.5, 10.0, 24.0  # pt
LEADING = 1.5  # of what was found, times its size
PREVIEW = "\0preview"  # no path of a project
PREVIEW_DPI = 220
MOST_INKS = 12  # rows of the table: more are told by number
COLOURS = {
    "black": Colour(24, 28, 34),
    "grey": Colour(108, 116, 126),
    "hair": Colour(206, 211, 217),
    "pale": Colour(244, 245, 247),
    "trim": Colour(24, 28, 34),
    "bleed": Colour(205, 30, 40),
    "safe": Colour(0, 128, 96),
    "halo": Colour(255, 255, 255),
    "warn": Colour(176, 84, 0),
}
SIDES = ("trên", "phải", "dưới", "trái")
ONE_INK = {"one": "Một màu, đặc 100 %", "flat": "Màu phẳng, đặc 100 %"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the page is drawn from."""

    document: Document
    found: Preflight
    problems: tuple[Diagnostic, ...]
    press: Press
    resources: Resources

    def line(
        self, said: str, at: tuple[float, float], size: float, ink: str = "black", *, bold: bool = False
    ) -> GlyphRun:
        """One line of words."""
        face = self.press.bold if bold else self.press.face
        return set_line(said, face, size, self.resources, at=at, ink=ink)[0]

    def lines(self, said: str, size: float, width: float, *, bold: bool = False) -> list[str]:
        """The words broken to a width."""
        face, made = self.press.bold if bold else self.press.face, [""]
        for word in said.split(" "):
            longer = f"{made[-1]} {word}".strip()
            if made[-1] and set_line(longer, face, size, self.resources)[1] > width:
                made.append(word)
            else:
                made[-1] = longer
        return made


def check_sheet(
    document: Document, found: Preflight, problems: tuple[Diagnostic, ...], resources: Resources
) -> tuple[Document, Resources]:
    """Return the page of a print document with all its ``problems``, and the resources that it is painted with.

    Raises:
        ValueError: the document is not for print.
    """
    press = document.canvas.press
    if press is None:
        raise ValueError(document.job)
    sheet = Sheet(document, found, problems, press, resources)
    preview, size = _preview(shown_part(document), resources)
    tokens = {f"ink-{token}": resources.colours[token] for token in found.tokens}
    own = Resources(
        {**COLOURS, **tokens},
        (),
        lambda path: preview if path == PREVIEW else resources.read_bytes(path),
    )
    items = tuple(
        Item(name, role, Box(0, 0, A4.width, A4.height), paints, alt=alt)
        for name, role, paints, alt in _parts(sheet, size)
    )
    canvas = Canvas(A4, Insets(), 0.0, Medium.IMAGE, 72.0, 300, 0.0, 0.0)
    reading = tuple(at for at, item in enumerate(items) if item.role is not Role.DECORATION)
    title = f"Phiếu kiểm tra bản in {document.job}"
    page = Page("checks", title, items, reading)
    return Document(document.job, "pdf", title, "vi", canvas, (page,), (), 30, "cut"), own


def shown_part(document: Document) -> Document:
    """The document as its picture shows it: of a band whose artwork comes again, one part."""
    canvas = document.canvas
    return replace(document, canvas=replace(canvas, size=canvas.part))


Part = tuple[str, Role, tuple[Paint, ...], str]


def _parts(sheet: Sheet, preview: tuple[int, int]) -> Iterator[Part]:
    """Yield head, measures, picture, inks and warnings."""
    top = MARGIN + HEAD * 0.75
    head = sheet.line("Phiếu kiểm tra bản in", (MARGIN, top), HEAD, bold=True)
    yield "head", Role.TITLE, (head,), ""
    job = sheet.lines(sheet.document.job, VALUE, A4.width - 2 * MARGIN)[0]
    day = f"{sheet.press.day:%d/%m/%Y}"
    long = set_line(day, sheet.press.face, VALUE, sheet.resources)[1]
    under = (
        sheet.line(job, (MARGIN, top + 18), VALUE, "grey"),
        sheet.line(day, (A4.width - MARGIN - long, top + 18), VALUE, "grey"),
    )
    yield "job", Role.LEAD, under, ""
    yield "rule", Role.DECORATION, (_rule(MARGIN, top + 30, A4.width - 2 * MARGIN, 1.2, "black"),), ""
    y = top + 30 + GAP
    measures, end = _measures(sheet, y)
    yield "measures", Role.BODY, tuple(measures), ""
    picture, low = _picture(sheet, y - LABEL, preview)
    yield "picture", Role.PICTURE, tuple(picture), "Trang in với khung xén, khung bù xén và vùng an toàn"
    y = max(end, low) + GAP * 0.6
    inks, y = _inks(sheet, y)
    yield "inks", Role.BODY, tuple(inks), ""
    warnings, y = _warnings(sheet, y + GAP * 0.8)
    yield "warnings", Role.BODY, tuple(warnings), ""


def _rule(x: float, y: float, width: float, height: float, ink: str) -> Shape:
    return _filled(Box(x, y, width, height), ink)


def _filled(box: Box, ink: str, alpha: float = 1.0) -> Shape:
    return Shape(_path(box), Solid(Ink(ink, alpha)))


def _path(box: Box) -> str:
    return f"M{box.x} {box.y}L{box.right} {box.y}L{box.right} {box.bottom}L{box.x} {box.bottom}Z"


def _measures(sheet: Sheet, y: float) -> tuple[list[Paint], float]:
    """Label and value under one another, in the left column."""
    made: list[Paint] = []
    for label, value in _told(sheet):
        made.append(sheet.line(label, (MARGIN, y), LABEL, "grey"))
        for line in sheet.lines(value, VALUE, LEFT_WIDTH, bold=True):
            y += VALUE * 1.35
            made.append(sheet.line(line, (MARGIN, y), VALUE, bold=True))
        y += LABEL + 10
    return made, y


def _told(sheet: Sheet) -> Iterator[tuple[str, str]]:
    canvas, found = sheet.document.canvas, sheet.found
    yield "Kích thước thành phẩm (trim)", size_words(canvas) + (", hình tròn" if canvas.circle else "")
    if canvas.scale != 1:
        small = size_words(replace(canvas, px_per_inch=canvas.px_per_inch * canvas.scale))
        yield "Tỷ lệ", f"1:{canvas.scale:g}, kích thước thật {size_words(canvas)}; trang PDF {small}"
    yield "Bù xén mỗi cạnh (bleed) · vùng an toàn", f"{_mm(canvas.bleed, canvas)} · {_safe(canvas)}"
    if canvas.repeat:
        times = floor(max(canvas.size.width, canvas.size.height) / canvas.repeat + 1e-6)
        yield "Hoa văn và chữ lặp lại dọc dải", f"sau mỗi {_mm(canvas.repeat, canvas)}, {times} lần"
    pages, sheets = len(sheet.document.pages), canvas.imposition
    yield "Số trang", f"{pages}" if sheets is None else _imposed(pages, sheets)
    dots = found.least_dpi
    yield (
        "Ảnh có độ phân giải thấp nhất, ở kích thước thật",
        _of(
            dots, f"{dots.value:.0f} dpi, khổ này cần {canvas.sharp_dpi:.0f}" if dots else "", "không có ảnh"
        ),
    )
    mark = found.least_mark_mm
    if mark is not None:
        yield (
            "Logo, bề ngang ở kích thước thật",
            f"{_number(round(mark.value, 1), 'mm')}, trọn trong vùng an toàn",
        )
    capitals = found.least_capitals_mm
    if capitals is not None:
        least = _number(round(canvas.least_capitals / canvas.px_per_inch * 25.4, 1), "mm")
        yield "Chữ hoa thấp nhất", f"{_number(round(capitals.value, 1), 'mm')}, kênh cần từ {least}"
    type_ = found.least_text_pt
    yield (
        "Cỡ chữ nhỏ nhất, ở kích thước thật",
        _of(type_, _number(type_.value, "pt") if type_ else "", "không có chữ"),
    )
    line = found.least_line_pt
    yield "Nét mảnh nhất, ở kích thước thật", _number(line.value, "pt") if line else "không có nét"
    faces = sorted({f"{face.family} {face.weight}" for face in found.faces})
    kept = "nhúng phần đã dùng" if sheet.document.format == "pdf" else "chữ đã thành nét vẽ"
    yield f"Phông chữ, {kept}", ", ".join(faces) or "không có chữ"
    ink = found.most_ink
    limit = f"mức cho phép {sheet.press.spec.ink_limit:.0f} %"
    yield (
        "Tổng mực lớn nhất",
        f"{ink.value:.0f} % ở {_short(ink.where)}, {limit}"
        if ink
        else ONE_INK.get(canvas.inks, "không có mực"),
    )
    own = "hồ sơ của nhà in" if sheet.press.spec.profile else "hồ sơ giấy tráng phủ có sẵn"
    yield "Điều kiện in (output intent)", f"{sheet.press.spec.condition}, {own}"
    yield "Tệp", _file(sheet)


def _file(sheet: Sheet) -> str:
    """What kind of file lies beside this page."""
    form, canvas = sheet.document.format, sheet.document.canvas
    if form == "svg":
        return "SVG ở kích thước thật"
    if form != "pdf":
        return f"{form.upper()}, {canvas.dpi} dpi, sRGB"
    marked = has_marks(sheet.document) or canvas.imposition is not None
    marks = "có dấu xén, nằm ngoài bù xén" if marked else "không có dấu xén"
    return f"PDF{'' if sheet.found.problems else '/X-4'}, {marks}"


def _imposed(pages: int, sheets: Imposition) -> str:
    """How many pieces stand on how many sheets."""
    sides = (sheets.size.width, sheets.size.height)
    size = " × ".join(_number(round(side / 72 * 25.4, 1), "").strip() for side in sides)
    return f"{pages}, xếp {sheets.columns} × {sheets.rows} trên {sheets.sheets(pages)} tờ {size} mm"


def _safe(canvas: Canvas) -> str:
    """The safe area: one distance, or each side's own from the top clockwise."""
    sides = [_number(side / canvas.px_per_inch * 25.4, "").strip() for side in _sides(canvas.safe)]
    if len(set(sides)) == 1:
        return f"{sides[0]} mm"
    return ", ".join(f"{name} {side}" for name, side in zip(SIDES, sides, strict=True)) + " mm"


def _sides(safe: Insets) -> tuple[float, float, float, float]:
    return safe.top, safe.right, safe.bottom, safe.left


def _mm(px: float, canvas: Canvas) -> str:
    return _number(px / canvas.px_per_inch * 25.4, "mm")


def _number(value: float, unit: str) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",") + f" {unit}"


def _of(found: Finding | None, value: str, none: str) -> str:
    return f"{value} ({_short(found.where)})" if found else none


def _short(text: str) -> str:
    return shorten(text, 44, placeholder=" …")


def _picture(sheet: Sheet, y: float, size: tuple[int, int]) -> tuple[list[Paint], float]:
    """The page as it will be printed, with trim, bleed and safe area drawn and named."""
    canvas = shown_part(sheet.document).canvas
    x, width = MARGIN + LEFT_WIDTH + GAP, A4.width - 2 * MARGIN - LEFT_WIDTH - GAP
    scale = min(width / size[0], 330 / size[1])
    box = Box(x, y, size[0] * scale, size[1] * scale)
    px = box.width / (canvas.size.width + 2 * canvas.bleed)
    trim = box.inset(Insets.even(canvas.bleed * px))
    safe = canvas.safe
    inner = trim.inset(Insets(safe.top * px, safe.right * px, safe.bottom * px, safe.left * px))
    made: list[Paint] = [
        Photo(Picture(PREVIEW, "", *size), box, Box(0, 0, *size)),
        *(_edge(each, "halo", 2.2, round_=canvas.circle and each is not box) for each in (box, trim, inner)),
        _edge(box, "bleed", 0.8),
        _edge(trim, "trim", 0.8, round_=canvas.circle),
        _edge(inner, "safe", 0.8, (3.0, 2.0), round_=canvas.circle),
    ]
    at = x
    for ink, name in (("bleed", "bù xén"), ("trim", "thành phẩm"), ("safe", "vùng an toàn")):
        made.append(_filled(Box(at, box.bottom + 13, 12, 1.6), ink))
        run, long = set_line(
            name, sheet.press.face, LABEL, sheet.resources, at=(at + 16, box.bottom + 16.5), ink="grey"
        )
        made.append(run)
        at += 16 + long + 12
    return made, box.bottom + 20


def _edge(box: Box, ink: str, width: float, dash: tuple[float, ...] = (), *, round_: bool = False) -> Shape:
    path = _path(box)
    if round_:
        r, (x, y) = box.width / 2, box.centre
        path = f"M{x - r} {y}A{r} {r} 0 0 1 {x + r} {y}A{r} {r} 0 0 1 {x - r} {y}Z"
    return Shape(path, stroke=Ink(ink), width=width, dash=dash)


def _inks(sheet: Sheet, y: float) -> tuple[list[Paint], float]:
    """A swatch, the token and its build for every ink, in three columns."""
    made: list[Paint] = [
        _rule(MARGIN, y - 4, A4.width - 2 * MARGIN, 0.5, "hair"),
        sheet.line("Màu nhận diện trong tệp: C / M / Y / K, phần trăm", (MARGIN, y + 12), LABEL, "grey"),
    ]
    shown = [token for token in sheet.found.tokens if sheet.resources.colours[token].cmyk is not None]
    wide = (A4.width - 2 * MARGIN) / 3
    for at, token in enumerate(shown[:MOST_INKS]):
        x, top = MARGIN + at % 3 * wide, y + 22 + at // 3 * 25
        build = sheet.resources.colours[token].cmyk or ()
        swatch = Box(x, top, 18, 18)
        made += [_filled(swatch, f"ink-{token}"), _edge(swatch, "hair", 0.5)]
        made.append(sheet.line(token, (x + 25, top + 7), LABEL))
        made.append(
            sheet.line(" / ".join(f"{share:g}" for share in build), (x + 25, top + 17), LABEL, bold=True)
        )
    rows = -(-min(len(shown), MOST_INKS) // 3)
    if len(shown) > MOST_INKS:
        made.append(
            sheet.line(f"và {len(shown) - MOST_INKS} màu nữa", (MARGIN, y + 32 + rows * 25), LABEL, "grey")
        )
        y += 14
    return made, y + 22 + rows * 25


def _sentence(problem: Diagnostic) -> str:
    """What was found; of what was accepted, the reason too."""
    said, reason = words(problem, "vi")[0], problem.facts.get("accepted")
    return f"{said} (đã chấp nhận: {reason})" if reason else said


def _warnings(sheet: Sheet, y: float) -> tuple[list[Paint], float]:
    """What to look at before printing, as much as the page holds; or that nothing was found."""
    said = [_sentence(problem) for problem in sheet.problems] or ["Không có cảnh báo nào."]
    ink = "warn" if sheet.problems else "safe"
    made: list[Paint] = [_rule(MARGIN, y - 4, A4.width - 2 * MARGIN, 0.5, "hair")]
    made.append(
        sheet.line(
            "Cần xem lại trước khi in" if sheet.problems else "Kết quả", (MARGIN, y + 12), LABEL, "grey"
        )
    )
    y += 12
    for number, sentence in enumerate(said):
        lines = sheet.lines(sentence[:1].upper() + sentence[1:], VALUE, A4.width - 2 * MARGIN - 14)
        if y + (len(lines) + 1) * VALUE * LEADING > A4.height - MARGIN:
            more = f"và {len(said) - number} điều nữa: chạy `producer check` để xem hết"
            made.append(sheet.line(more, (MARGIN + 14, y + VALUE * LEADING), VALUE, "grey"))
            break
        for at, line in enumerate(lines):
            y += VALUE * LEADING
            if not at:
                made.append(_filled(Box(MARGIN, y - 7, 6, 6), ink))
            made.append(sheet.line(line, (MARGIN + 14, y), VALUE))
    return made, y


def _preview(document: Document, resources: Resources) -> tuple[bytes, tuple[int, int]]:
    """The first page with its bleed as a PNG, and its size."""
    canvas, sheet = document.canvas, sheet_of(document)
    longest = 330 / 72 * PREVIEW_DPI
    scale = longest / max(sheet.bleed.width, sheet.bleed.height) * sheet.scale
    size = tuple(
        max(round((side + 2 * canvas.bleed) * scale), 1) for side in (canvas.size.width, canvas.size.height)
    )
    surface = skia.Surface(*size)
    painter = Painter(resources, scale)
    with surface as target:
        target.clear(skia.ColorWHITE)
        target.scale(scale, scale)
        target.translate(canvas.bleed, canvas.bleed)
        for item in document.pages[0].items:
            painter.paint_item(target, item)
    pixels: Any = surface.makeImageSnapshot().toarray(colorType=skia.ColorType.kRGBA_8888_ColorType)
    out = BytesIO()
    Image.fromarray(pixels[..., :3]).save(out, "PNG", compress_level=1)
    return out.getvalue(), (size[0], size[1])
