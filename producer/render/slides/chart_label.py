"""The words of a native chart: numbers on the marks in Vietnamese, names at their ends."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from xml.sax.saxutils import quoteattr

from producer.render.slides import oxml
from producer.render.slides.chart_plot import Plot, Series
from producer.render.slides.kit import Kit
from producer.render.slides.text import Setting, letters_xml
from producer.scene.model import ChartElement, ChartKind

FEW = 6  # values that have room for large figures
# Thousands by dots wherever the file is opened; "#,##0" would take the viewer's own mark.
WHOLE = ('[>=1000000]#"."###"."###', '[>=1000]#"."###', "0")


def labels_xml(series: Series, element: ChartElement, plot: Plot, kit: Kit) -> str:
    """Return labels on the marks; a target's last one also says its name, so that no legend has to.

    With decimals each label is a text of its own: no format code writes a decimal comma on every machine. Those do
    not follow an edit of the workbook.
    """
    target, lines = series.column == "C", element.kind is ChartKind.LINE
    known = [(number, value) for number, value in enumerate(series.values) if value is not None]
    decimals = any(value != value.to_integral_value() for _, value in known)
    usual = _label(series, element, plot)
    single = ""
    for number, value in known if not (target and lines) else known[-1:]:
        label = usual
        if decimals:
            label = replace(label, words=vietnamese(value) + usual.sign)
        if target and number == known[-1][0]:
            label = replace(label, name=series.name)
        if ink := dict(series.points).get(number):
            label = replace(label, setting=replace(label.setting, ink=ink))
        if lines and not target and _is_under_target(element, number, value):
            label = replace(label, place="b")
        single += _one_label(number, label, kit) if label != usual else ""
    return f"<c:dLbls>{single}{_label_look(usual, kit)}{_shown(value=not (target and lines))}</c:dLbls>"


def _is_under_target(element: ChartElement, number: int, value: Decimal) -> bool:
    """Whether the target's line runs over a point, where its label would stand."""
    target = element.targets[number] if element.targets else None
    return target is not None and target >= value


@dataclass(frozen=True, slots=True)
class Label:
    """How labels of a series look; of one point they may have fixed words, and the series' name over them."""

    setting: Setting
    place: str  # ECMA-376, ST_DLblPos
    sign: str
    words: str = ""
    name: str = ""
    parting: str = "\n"


def _label(series: Series, element: ChartElement, plot: Plot) -> Label:
    """Values are larger than categories where they are few, as in the painted charts; targets never are."""
    place = "t" if element.kind is ChartKind.LINE else "outEnd"
    if series.column == "C":
        setting = Setting(element.style.face, plot.size, element.muted)
    else:
        size = plot.size * (1.2 if len(element.values) <= FEW else 1.0)
        setting = Setting(element.style.bold, size, element.ink)
    return Label(setting, place, _sign(element), parting=_parting(element))


def _label_look(label: Label, kit: Kit) -> str:
    """Format, fill, letters and place. A label of its own has to say them again, it inherits none."""
    code = ";".join(part + (f'"{label.sign}"' if label.sign else "") for part in WHOLE)
    return (
        f'<c:numFmt formatCode={quoteattr(code)} sourceLinked="0"/><c:spPr><a:noFill/>{oxml.NO_LINE}</c:spPr>'
        f'{text_properties(label.setting, kit)}<c:dLblPos val="{label.place}"/>'
    )


def _one_label(number: int, label: Label, kit: Kit) -> str:
    fixed = ""
    if label.words:
        look = letters_xml(label.setting, kit)
        words = f"{label.name}{label.parting}{label.words}" if label.name else label.words
        paragraphs = "".join(
            f"<a:p><a:r><a:rPr{look}</a:rPr><a:t>{oxml.words(line)}</a:t></a:r></a:p>"
            for line in words.split("\n")
        )
        fixed = f"<c:tx><c:rich><a:bodyPr/>{paragraphs}</c:rich></c:tx>"
    parting = f"<c:separator>{label.parting}</c:separator>" if label.name else ""
    shown = _shown(value=True, name=bool(label.name))
    return f'<c:dLbl><c:idx val="{number}"/>{fixed}{_label_look(label, kit)}{shown}{parting}</c:dLbl>'


def _parting(element: ChartElement) -> str:
    return " " if element.kind is ChartKind.BAR else "\n"


def _sign(element: ChartElement) -> str:
    return "\u00a0%" if element.unit == "%" else ""


def _shown(*, value: bool, name: bool = False) -> str:
    return (
        f'<c:showLegendKey val="0"/><c:showVal val="{int(value)}"/><c:showCatName val="0"/>'
        f'<c:showSerName val="{int(name)}"/>'
        '<c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    )


def vietnamese(value: Decimal) -> str:
    """Return a number with dots and a comma, with the decimals that it has."""
    decimals = max(-int(value.normalize().as_tuple().exponent), 0)
    return f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


def text_properties(setting: Setting, kit: Kit) -> str:
    """Return ``c:txPr``: how a chart's words look."""
    return (
        f"<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr{letters_xml(setting, kit)}</a:defRPr></a:pPr>"
        f'<a:endParaRPr lang="{kit.language}"/></a:p></c:txPr>'
    ).replace(f'<a:defRPr lang="{kit.language}"', "<a:defRPr")
