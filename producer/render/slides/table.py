"""A table as a native one in the brand's table style, its columns and rows where the layout drew them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from producer.brand.model import Ink
from producer.geometry import Box
from producer.layout.model import Document, Item, Line
from producer.render.slides import oxml
from producer.render.slides.kit import Kit
from producer.render.slides.line import lines_of, painted_lines
from producer.render.slides.text import Paragraph, Piece, Setting, paragraph_xml
from producer.render.slides.theme import Palette
from producer.scene.model import TableElement

# The last digits count the styles of a deck. PowerPoint wants capitals.
STYLE_GUID = "{{9A3C1F52-6B7D-4E08-8C21-0000000000{:02X}}}"


@dataclass(frozen=True, slots=True)
class TableInks:
    """The inks that make one table style."""

    ink: Ink
    head_fill: Ink
    head_ink: Ink
    stripe: Ink
    line: Ink

    @classmethod
    def of(cls, element: TableElement) -> TableInks:
        """The inks of a table."""
        return cls(element.ink, element.head_fill, element.head_ink, element.stripe, element.line)


def table_inks(document: Document) -> tuple[TableInks, ...]:
    """Return the inks of every table of a document once, in order: one style each."""
    items = (item.element for page in document.pages for item in page.items)
    return tuple(
        dict.fromkeys(TableInks.of(element) for element in items if isinstance(element, TableElement))
    )


def styles_xml(inks: Sequence[TableInks], palette: Palette) -> str:
    """Return the part ``tableStyles.xml``; the first style is what a new table gets."""
    styles = "".join(_style_xml(number, one, palette) for number, one in enumerate(inks, 1))
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<a:tblStyleLst xmlns:a="{oxml.NAMESPACES["a"]}" def="{STYLE_GUID.format(1)}">{styles}</a:tblStyleLst>'
    )


def _style_xml(number: int, inks: TableInks, palette: Palette) -> str:
    rule = oxml.line(palette.xml(inks.line), 9525)
    none = "<a:ln><a:noFill/></a:ln>"
    return (
        f'<a:tblStyle styleId="{STYLE_GUID.format(number)}" styleName="Producer {number}">'
        f"<a:wholeTbl>{_letters(inks.ink, 'off', palette)}<a:tcStyle><a:tcBdr>"
        f"<a:left>{none}</a:left><a:right>{none}</a:right><a:top>{none}</a:top><a:bottom>{rule}</a:bottom>"
        f"<a:insideH>{none}</a:insideH><a:insideV>{none}</a:insideV></a:tcBdr><a:fill><a:noFill/></a:fill></a:tcStyle>"
        f"</a:wholeTbl><a:band1H><a:tcStyle><a:tcBdr/></a:tcStyle></a:band1H><a:band2H><a:tcStyle><a:tcBdr/>"
        f"<a:fill>{palette.solid(inks.stripe)}</a:fill></a:tcStyle></a:band2H>"
        f"<a:firstRow>{_letters(inks.head_ink, 'on', palette)}<a:tcStyle><a:tcBdr/>"
        f"<a:fill>{palette.solid(inks.head_fill)}</a:fill></a:tcStyle></a:firstRow></a:tblStyle>"
    )


def _letters(ink: Ink, bold: str, palette: Palette) -> str:
    return f'<a:tcTxStyle b="{bold}"><a:fontRef idx="minor"/>{palette.xml(ink)}</a:tcTxStyle>'


@dataclass(frozen=True, slots=True)
class Grid:
    """Widths of columns, heights of rows with the head first, and what cells keep free, in px."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    pad: float
    size: float
    leading: float


def table_xml(element: TableElement, item: Item, number: int, kit: Kit) -> tuple[str, Box]:
    """Return ``a:graphicData`` of a table in style ``number``, and the box that it takes."""
    grid = _grid(element, item, kit)
    columns = "".join(f'<a:gridCol w="{kit.scale.emu(width)}"/>' for width in grid.columns)
    rows = "".join(
        _row_xml(element, row, cells, grid, kit) for row, cells in enumerate((element.header, *element.rows))
    )
    box = Box(item.box.x, item.box.y, sum(grid.columns), sum(grid.rows))
    xml = (
        f'<a:graphicData uri="{oxml.TABLE_URI}"><a:tbl><a:tblPr firstRow="1" bandRow="1"><a:tableStyleId>'
        f"{STYLE_GUID.format(number)}</a:tableStyleId></a:tblPr><a:tblGrid>{columns}</a:tblGrid>{rows}</a:tbl>"
        "</a:graphicData>"
    )
    return xml, box


def _row_xml(element: TableElement, row: int, cells: Sequence[str], grid: Grid, kit: Kit) -> str:
    head = row == 0
    face = element.style.bold if head else element.style.face
    setting = Setting(face, grid.size, element.head_ink if head else element.ink)
    pad = kit.scale.emu(grid.pad)
    made = ""
    for text, figures in zip(cells, element.figures, strict=True):
        paragraph = Paragraph((Piece(text, setting),), grid.leading, "end" if figures else "start")
        body = (
            f"<a:txBody><a:bodyPr/><a:lstStyle/>{paragraph_xml(paragraph, kit)}</a:txBody>"
            f'<a:tcPr marL="{pad}" marR="{pad}" marT="0" marB="0" anchor="ctr"/>'
        )
        made += f"<a:tc>{body}</a:tc>"
    return f'<a:tr h="{kit.scale.emu(grid.rows[row])}">{made}</a:tr>'


def _grid(element: TableElement, item: Item, kit: Kit) -> Grid:
    """Return the grid as it was drawn; a table without glyphs is divided by the length of its words."""
    cells = _painted_cells(element, item, kit)
    rows = 1 + len(element.rows)
    if cells is None:
        size = element.style.sizes[0] / 100 * kit.scale.page.shorter
        leading = element.style.leading * size
        return Grid(
            _columns_by_words(element, item.box), (item.box.height / rows,) * rows, size / 2, size, leading
        )
    painted = painted_lines(item.paints, kit.faces)
    size = max(line.size for line in painted)
    steps = [b.baseline - a.baseline for row in cells for cell in row for a, b in pairwise(cell)]
    leading = min(steps, default=element.style.leading * size)
    pad = min((cell[0].left - item.box.x for row in cells for cell in row[:1] if cell), default=size / 2)
    pad = max(min(pad, size), 0.0)
    return Grid(_columns(element, cells, item.box, pad), _rows(cells, item.box.y, size), pad, size, leading)


Cells = list[list[tuple[Line, ...]]]


def _painted_cells(element: TableElement, item: Item, kit: Kit) -> Cells | None:
    """Return the lines of each cell, row by row, or nothing where the glyphs do not say the cells in order."""
    rest = tuple(line.plain for line in painted_lines(item.paints, kit.faces))
    made: Cells = []
    for row in (element.header, *element.rows):
        made.append([])
        for text in row:
            own, rest = lines_of(text, rest)
            if text.strip() and not own:
                return None
            made[-1].append(own)
    return made


def _columns(element: TableElement, cells: Cells, box: Box, pad: float) -> tuple[float, ...]:
    """Part columns where the words' own edges say: words begin ``pad`` after it, figures end ``pad`` before it."""
    edges = [box.x]
    spans = [[line for row in cells for line in row[number]] for number in range(len(element.header))]
    for number, (one, other) in enumerate(pairwise(spans)):
        right = max((line.left + line.width for line in one), default=edges[-1])
        left = min((line.left for line in other), default=right + 2 * pad)
        if not element.figures[number + 1]:
            edge = left - pad
        else:
            edge = right + pad if element.figures[number] else (right + left) / 2
        edges.append(max(edge, edges[-1] + 1))
    edges.append(max(box.right, edges[-1] + 1))
    return tuple(b - a for a, b in pairwise(edges))


def _rows(cells: Cells, top: float, size: float) -> tuple[float, ...]:
    """Part rows where the highest cell of each begins: as far over its first baseline as in the head."""
    firsts = [min((cell[0].baseline for cell in row if cell), default=top + size) for row in cells]
    lasts = [max((cell[-1].baseline for cell in row if cell), default=top + size) for row in cells]
    above = firsts[0] - top
    edges = [first - above for first in firsts]
    below = edges[1] - lasts[0] if len(edges) > 1 else above / 2
    edges.append(lasts[-1] + max(below, 0.3 * size))
    return tuple(max(b - a, 1.0) for a, b in pairwise(edges))


def _columns_by_words(element: TableElement, box: Box) -> tuple[float, ...]:
    longest = [
        max(len(cell) for cell in column) for column in zip(element.header, *element.rows, strict=True)
    ]
    weights = [min(max(length, 6), 40) for length in longest]
    return tuple(box.width * weight / sum(weights) for weight in weights)
