"""A chart on a slide: heading and source as text, the marks as a native chart, the words where a value is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.parts.chart import ChartPart

from producer.geometry import Box
from producer.layout.model import Item
from producer.render.slides import oxml
from producer.render.slides.chart import chart_xml, workbook
from producer.render.slides.chart_plot import empty_boxes, plot_of, series_of
from producer.render.slides.fit import block_body
from producer.render.slides.kit import Kit, ShapeTree
from producer.render.slides.line import PaintedLine, blocks_of, letters, painted_lines
from producer.render.slides.text import BREAK, Body, Paragraph, Piece, Setting, body_xml
from producer.scene.model import ChartElement

if TYPE_CHECKING:
    from pptx.slide import Slide

CHART_URI = oxml.NAMESPACES["c"]
SMALL = 0.8  # of the chart's words, as the painted charts have it


def add_chart(  # noqa: PLR0913 -- one by one they read better than as a type of their own
    tree: ShapeTree, slide: Slide, item: Item, element: ChartElement, holder: str, kit: Kit
) -> None:
    """Add the chart in reading order: heading, marks, missing values, source."""
    painted = painted_lines(item.paints, kit.faces)
    heading, rest = _heading(element, painted)
    source = _source(element, rest)
    size = _size(element, painted, kit)
    top = heading[-1].baseline + 0.9 * size if heading else item.box.y
    bottom = source[0].baseline - 1.6 * size if source else item.box.bottom
    plot = plot_of(element, Box(item.box.x, top, item.box.width, max(bottom - top, size)), size, kit)
    for block in blocks_of(heading):
        _add_text(tree, f"{item.name} heading", block_body(block), kit)
    series = series_of(element)
    part = ChartPart.load(
        slide.part.package.next_partname(ChartPart.partname_template),
        CT.DML_CHART,
        slide.part.package,
        chart_xml(element, series, plot, kit).encode(),
    )
    part.chart_workbook.update_from_xlsx_blob(workbook(element, series))
    relation = slide.part.relate_to(part, RT.CHART)
    graphic = f'<a:graphicData uri="{CHART_URI}"><c:chart r:id="{relation}"/></a:graphicData>'
    place = kit.scale.place(plot.frame)
    tree.append(
        oxml.graphic_frame(tree.next_id(), item.name, item.alt or element.alt, place, holder, graphic)
    )
    for box in empty_boxes(element, plot):
        tree.append(_empty_xml(tree.next_id(), f"{item.name} empty", element, box, size * SMALL, kit))
    for block in blocks_of(source):
        _add_text(tree, f"{item.name} source", block_body(block), kit)


def _heading(
    element: ChartElement, painted: Sequence[PaintedLine]
) -> tuple[tuple[PaintedLine, ...], tuple[PaintedLine, ...]]:
    """Return the lines at the front that say title, series or unit, and the others."""
    known = letters(f"{element.title} {element.series_name} ({element.unit})")
    count = 0
    while (
        count < len(painted)
        and letters(painted[count].text) in known
        and painted[count].left == painted[0].left
    ):
        count += 1
    return tuple(painted[:count]), tuple(painted[count:])


def _source(element: ChartElement, painted: Sequence[PaintedLine]) -> tuple[PaintedLine, ...]:
    known = letters(element.source)
    found = [
        line for line in painted if known and len(letters(line.text)) > 1 and letters(line.text) in known
    ]
    return tuple(sorted(found, key=lambda line: line.baseline))


def _size(element: ChartElement, painted: Sequence[PaintedLine], kit: Kit) -> float:
    """Return the size that categories were painted at, or the style's own."""
    names = letters(" ".join(element.categories))
    sizes = [line.size for line in painted if letters(line.text) in names]
    return max(sizes, key=sizes.count) if sizes else element.style.sizes[0] / 100 * kit.scale.page.shorter


def _add_text(tree: ShapeTree, name: str, body: Body, kit: Kit) -> None:
    tree.append(oxml.text_box(tree.next_id(), name, kit.scale.place(body.box), body_xml(body, kit)))


def _empty_xml(  # noqa: PLR0913 -- one by one they read better than as a type of their own
    number: int, name: str, element: ChartElement, box: Box, size: float, kit: Kit
) -> str:
    """Return a dashed place that says what is missing."""
    setting = Setting(element.style.face, size, element.muted)
    lines = _balanced(element.empty, box.width, lambda line: kit.faces.of(setting.face).width(line, size))
    body = Body((Paragraph((Piece(BREAK.join(lines), setting),), 1.28 * size, "centre"),), box)
    outline = oxml.line(kit.palette.xml(element.muted), 9525, (4.0, 3.0))
    return (
        f'<p:sp><p:nvSpPr>{oxml.identity(number, name, None)}<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr>'
        f'{oxml.transform(kit.scale.place(box))}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/>{outline}'
        f"</p:spPr>{body_xml(body, kit, anchor='ctr')}</p:sp>"
    )


def _balanced(words: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Break a few words into as few lines as fit, none much shorter than the others."""
    lines = _greedy(words, width, measure)
    narrow = width
    while len(tried := _greedy(words, narrow * 0.95, measure)) == len(lines) > 1:
        narrow, lines = narrow * 0.95, tried
    return lines


def _greedy(words: str, width: float, measure: Callable[[str], float]) -> list[str]:
    lines: list[str] = []
    for word in words.split():
        if lines and measure(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
