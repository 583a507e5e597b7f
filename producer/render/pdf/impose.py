"""Several to a sheet: the pages of a finished PDF as cells of larger ones, with marks where to cut."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name

from producer.plan.model import Imposition
from producer.scene.model import Canvas

PT_PER_MM = 72 / 25.4
OFFSET = 2.0 * PT_PER_MM  # of a crop mark from the bleed
LENGTH = 5.0 * PT_PER_MM
HAIRLINE = 0.25  # pt


def impose(data: bytes, canvas: Canvas) -> bytes:
    """Return the pages of ``data`` side by side on the canvas's sheets; what the file says of inks stays.

    The cells stand in the middle and touch at their bleed. A reader hears them one after another, as pages before.
    """
    sheet = canvas.imposition
    if sheet is None:
        raise ValueError("no sheet")
    with pikepdf.open(BytesIO(data)) as pdf:
        count = len(pdf.pages)
        pages = [page.obj for page in pdf.pages]
        cells = [pdf.copy_foreign(page.as_form_xobject()) for page in _pages(data)]
        for first in range(0, count, sheet.count):
            pdf.pages.append(_sheet_page(pdf, cells[first : first + sheet.count], sheet, canvas))
        places = {
            page.objgen: (pdf.pages[count + number // sheet.count].obj, cell)
            for number, (page, cell) in enumerate(zip(pages, cells, strict=True))
        }
        _retag(pdf.Root.StructTreeRoot.K[0], places)
        _share_layer(pdf, cells)
        for number, cell in enumerate(cells):
            cell.StructParents = number
        del pdf.pages[:count]
        pdf.remove_unreferenced_resources()
        out = BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def _retag(
    element: pikepdf.Object, places: Mapping[tuple[int, int], tuple[pikepdf.Object, pikepdf.Object]]
) -> None:
    """Point each tag at the content of its cell instead of its page's.

    Source:
        ISO 32000-2, 14.7.5.2 and 14.7.5.4: marked content inside a form is named by form and number, and the form
        has the key into the tree of parents.
    """
    for child in element.K:
        page, cell = places[child.Pg.objgen]
        child.Pg = page
        child.K = Dictionary(Type=Name.MCR, Pg=page, Stm=cell, MCID=int(child.K))


def _share_layer(pdf: pikepdf.Pdf, cells: list[pikepdf.Object]) -> None:
    """Put the cut lines of all cells on the file's one layer: each cell came with a copy of it."""
    for cell in cells:
        if "/Properties" in cell.Resources:
            cell.Resources.Properties.CutLayer = pdf.Root.OCProperties.OCGs[0]


def _pages(data: bytes) -> Iterator[pikepdf.Page]:
    """The pages out of a second reading, since a file cannot take objects of its own as another's.

    A page becomes a form as large as its TrimBox; a cell is cut at its bleed.
    """
    with pikepdf.open(BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.TrimBox = page.obj.get("/BleedBox", page.MediaBox)
            yield page


def _sheet_page(
    pdf: pikepdf.Pdf, cells: list[pikepdf.Object], sheet: Imposition, canvas: Canvas
) -> pikepdf.Page:
    """One sheet; the last one may have empty cells."""
    width, height = _cell(canvas)
    left = (sheet.size.width - sheet.columns * width) / 2
    top = (sheet.size.height + sheet.rows * height) / 2  # PDF counts upwards
    drawn = []
    for number in range(len(cells)):
        x, y = left + number % sheet.columns * width, top - (number // sheet.columns + 1) * height
        corner = [float(side) for side in cells[number].BBox][:2]
        drawn.append(f"q 1 0 0 1 {x - corner[0]:.4f} {y - corner[1]:.4f} cm /Cell{number} Do Q")
    box = Array([0, 0, *(round(side, 4) for side in (sheet.size.width, sheet.size.height))])
    page = Dictionary(
        Type=Name.Page,
        MediaBox=box,
        TrimBox=box,
        Resources=Dictionary(XObject=Dictionary({f"/Cell{n}": cell for n, cell in enumerate(cells)})),
        Contents=pdf.make_stream("\n".join([*drawn, *_marks(sheet, canvas, left, top, len(cells))]).encode()),
        Group=Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceCMYK),
    )
    return pikepdf.Page(pdf.make_indirect(page))


def _marks(sheet: Imposition, canvas: Canvas, left: float, top: float, count: int) -> Iterator[str]:
    """Crop marks outside the block of ``count`` cells, at both edges of every trim: an empty place has none.

    Where there is no room outside, a tick stands at both ends of every cut between two cells.
    """
    yield f"{HAIRLINE} w 1 1 1 1 K"  # all inks, so that each plate shows it
    yield from (_outside if sheet.marks else _ticks)(sheet, canvas, left, top, count)


def _ticks(sheet: Imposition, canvas: Canvas, left: float, top: float, count: int) -> Iterator[str]:
    """Short lines on the cuts beside and below cells."""
    width, height = _cell(canvas)
    right, bottom = left + sheet.columns * width, top - sheet.rows * height
    for n in range(1, min(sheet.columns - 1, count) + 1):
        x = round(left + n * width, 4)
        yield f"{x} {top:.4f} m {x} {top - LENGTH:.4f} l S {x} {bottom:.4f} m {x} {bottom + LENGTH:.4f} l S"
    for n in range(1, min(sheet.rows - 1, -(-count // sheet.columns)) + 1):
        y = round(top - n * height, 4)
        yield f"{left:.4f} {y} m {left + LENGTH:.4f} {y} l S {right:.4f} {y} m {right - LENGTH:.4f} {y} l S"


def _outside(sheet: Imposition, canvas: Canvas, left: float, top: float, count: int) -> Iterator[str]:
    """Lines above and below each column of cells, and beside each row of them; a last row may be short."""
    width, height = _cell(canvas)
    ends: dict[float, float] = {}  # of each upright cut, how far down its cells reach
    sides: dict[float, float] = {}  # of each level cut, how far to the right
    for number in range(count):
        row, column = divmod(number, sheet.columns)
        for edge in _edges(width, canvas):
            x = round(left + column * width + edge, 4)
            ends[x] = min(top - (row + 1) * height, ends.get(x, top))
        for edge in _edges(height, canvas):
            y = round(top - row * height - edge, 4)
            sides[y] = max(left + (column + 1) * width, sides.get(y, left))
    for x, bottom in ends.items():
        yield f"{x} {top + OFFSET:.4f} m {x} {top + OFFSET + LENGTH:.4f} l S"
        yield f"{x} {bottom - OFFSET:.4f} m {x} {bottom - OFFSET - LENGTH:.4f} l S"
    for y, right in sides.items():
        yield f"{left - OFFSET:.4f} {y} m {left - OFFSET - LENGTH:.4f} {y} l S"
        yield f"{right + OFFSET:.4f} {y} m {right + OFFSET + LENGTH:.4f} {y} l S"


def _cell(canvas: Canvas) -> tuple[float, float]:
    """Width and height of one with its bleed."""
    return canvas.size.width + 2 * canvas.bleed, canvas.size.height + 2 * canvas.bleed


def _edges(side: float, canvas: Canvas) -> tuple[float, float]:
    return canvas.bleed, side - canvas.bleed
