"""A chart as a native one: bars, columns or a line with their workbook, labels on the marks and no axis of numbers."""

from __future__ import annotations

import io
from datetime import datetime
from decimal import Decimal

from xlsxwriter import Workbook

from producer.render.slides import oxml
from producer.render.slides.chart_label import labels_xml, text_properties
from producer.render.slides.chart_plot import GAP_PERCENT, OVERLAP_PERCENT, Plot, Series
from producer.render.slides.kit import Kit
from producer.render.slides.text import Setting
from producer.scene.model import ChartElement, ChartKind

# Below 2**31: Microsoft's validator refuses the negative ids that python-pptx writes.
CATEGORY_AXIS, VALUE_AXIS = 111111111, 222222222


def chart_xml(element: ChartElement, series: tuple[Series, ...], plot: Plot, kit: Kit) -> str:
    """Return the chart part, complete but for the relation to its workbook."""
    setting = Setting(element.style.face, plot.size, element.ink)
    lines = element.kind is ChartKind.LINE
    drawn = "".join(_series_xml(number, one, element, plot, kit) for number, one in enumerate(series))
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<c:chartSpace {oxml.DECLARED}>'
        f'<c:date1904 val="0"/><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea>'
        f"{_area_layout(plot)}{_line_group(drawn) if lines else _bar_group(element, drawn)}"
        f"{_axes(element, setting, kit)}<c:spPr><a:noFill/>{oxml.NO_LINE}</c:spPr></c:plotArea>"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr><a:noFill/>{oxml.NO_LINE}</c:spPr>{text_properties(setting, kit)}</c:chartSpace>"
    )


def _area_layout(plot: Plot) -> str:
    area, frame = plot.area, plot.frame
    return _manual(
        '<c:layoutTarget val="inner"/>',
        area.x / frame.width,
        area.y / frame.height,
        area.width / frame.width,
        area.height / frame.height,
    )


def _manual(target: str, x: float, y: float, width: float, height: float) -> str:
    return (
        f'<c:layout><c:manualLayout>{target}<c:xMode val="edge"/><c:yMode val="edge"/><c:x val="{x:.5f}"/>'
        f'<c:y val="{y:.5f}"/><c:w val="{width:.5f}"/><c:h val="{height:.5f}"/></c:manualLayout></c:layout>'
    )


def _bar_group(element: ChartElement, drawn: str) -> str:
    direction = "bar" if element.kind is ChartKind.BAR else "col"
    return (
        f'<c:barChart><c:barDir val="{direction}"/><c:grouping val="clustered"/><c:varyColors val="0"/>{drawn}'
        f'<c:gapWidth val="{GAP_PERCENT}"/><c:overlap val="{OVERLAP_PERCENT}"/>{_axis_ids()}</c:barChart>'
    )


def _line_group(drawn: str) -> str:
    return (
        f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{drawn}<c:marker val="1"/>'
        f"{_axis_ids()}</c:lineChart>"
    )


def _axis_ids() -> str:
    return f'<c:axId val="{CATEGORY_AXIS}"/><c:axId val="{VALUE_AXIS}"/>'


def _series_xml(number: int, series: Series, element: ChartElement, plot: Plot, kit: Kit) -> str:
    bars = element.kind is not ChartKind.LINE
    colour = kit.palette.xml(series.ink)
    count = len(element.categories)
    look, tail = _bar_look(series, colour, kit) if bars else _line_look(series, colour, kit, plot)
    categories = _points(element.categories)
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/><c:tx><c:strRef><c:f>Sheet1!${series.column}$1</c:f>'
        f'<c:strCache><c:ptCount val="1"/>{_points((series.name,))}</c:strCache></c:strRef></c:tx>{look}'
        f"{labels_xml(series, element, plot, kit)}<c:cat><c:strRef><c:f>Sheet1!$A$2:$A${count + 1}</c:f>"
        f'<c:strCache><c:ptCount val="{count}"/>{categories}</c:strCache></c:strRef></c:cat><c:val><c:numRef>'
        f"<c:f>Sheet1!${series.column}$2:${series.column}${count + 1}</c:f><c:numCache><c:formatCode>General"
        f'</c:formatCode><c:ptCount val="{count}"/>{_points(series.values)}</c:numCache></c:numRef></c:val>'
        f"{tail}</c:ser>"
    )


def _bar_look(series: Series, colour: str, kit: Kit) -> tuple[str, str]:
    look = f'<c:spPr><a:solidFill>{colour}</a:solidFill></c:spPr><c:invertIfNegative val="0"/>'
    for number, ink in series.points:
        look += (
            f'<c:dPt><c:idx val="{number}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>'
            f"<c:spPr>{kit.palette.solid(ink)}</c:spPr></c:dPt>"
        )
    return look, ""


def _line_look(series: Series, colour: str, kit: Kit, plot: Plot) -> tuple[str, str]:
    """The values are drawn through, the target is dashed and without marks."""
    target = series.column == "C"
    width = max(round(plot.size * kit.scale.emu_per_px * 0.13), 19050)
    dash = (4.0, 3.0) if target else ()
    line = oxml.line(colour, width // 2 if target else width, dash, round_caps=not target)
    look = f"<c:spPr>{line}</c:spPr>{_marker(None if target else colour, plot, kit)}"
    for number, ink in series.points:
        mark = _marker(kit.palette.xml(ink), plot, kit)
        look += f'<c:dPt><c:idx val="{number}"/>{mark}<c:bubble3D val="0"/><c:spPr>{line}</c:spPr></c:dPt>'
    return look, '<c:smooth val="0"/>'


def _marker(colour: str | None, plot: Plot, kit: Kit) -> str:
    if colour is None:
        return '<c:marker><c:symbol val="none"/></c:marker>'
    side = min(max(round(kit.scale.pt(plot.size) * 0.55), 5), 72)  # the schema allows 2 to 72
    return (
        f'<c:marker><c:symbol val="circle"/><c:size val="{side}"/>'
        f"<c:spPr><a:solidFill>{colour}</a:solidFill>{oxml.NO_LINE}</c:spPr></c:marker>"
    )


def _points(values: tuple[str, ...] | tuple[Decimal | None, ...]) -> str:
    """Return the points that there are; a missing value has none, it is not 0."""
    return "".join(
        f'<c:pt idx="{number}"><c:v>{oxml.words(str(value))}</c:v></c:pt>'
        for number, value in enumerate(values)
        if value is not None
    )


def _axes(element: ChartElement, setting: Setting, kit: Kit) -> str:
    bars = element.kind is ChartKind.BAR
    # The first category of a bar chart stands on top, as it is read.
    direction = "maxMin" if bars else "minMax"
    base = oxml.line(kit.palette.xml(element.muted), 12700)
    least = '<c:min val="0"/>' if _from_zero(element) else ""
    return (
        f'<c:catAx><c:axId val="{CATEGORY_AXIS}"/><c:scaling><c:orientation val="{direction}"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{"l" if bars else "b"}"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        f'<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:spPr>{base}</c:spPr>'
        f'{text_properties(setting, kit)}<c:crossAx val="{VALUE_AXIS}"/><c:crosses val="autoZero"/><c:auto val="0"/>'
        '<c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>'
        f'<c:valAx><c:axId val="{VALUE_AXIS}"/><c:scaling><c:orientation val="minMax"/>{least}</c:scaling>'
        f'<c:delete val="1"/><c:axPos val="{"t" if bars else "l"}"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        f'<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="none"/>'
        f'<c:crossAx val="{CATEGORY_AXIS}"/><c:crosses val="autoZero"/></c:valAx>'
    )


def _from_zero(element: ChartElement) -> bool:
    """Lengths are compared from 0; a line may start anywhere, but not below 0 when nothing is."""
    return all(value >= 0 for value in (*element.values, *element.targets) if value is not None)


def workbook(element: ChartElement, series: tuple[Series, ...]) -> bytes:
    """Return the XLSX behind the chart, the same bytes each time: a missing value is an empty cell."""
    made = io.BytesIO()
    # Words of the data are words: never a formula that runs, never a link that a click follows.
    literal = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(made, {"in_memory": True, **literal}) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001 - XlsxWriter takes no zone; it is no time
        sheet = book.add_worksheet("Sheet1")
        sheet.set_column(0, 0, max((len(category) for category in element.categories), default=8) + 2)
        sheet.write_column(1, 0, element.categories)
        for column, one in enumerate(series, 1):
            sheet.write_string(0, column, one.name)
            for row, value in enumerate(one.values, 1):
                if value is not None:
                    sheet.write_number(row, column, float(value))
    return oxml.rezip(made.getvalue())
