"""Every liberty with XML that python-pptx has no name for, as literal snippets: fills, lines, names, text, frames, zip.

Order of children and attributes is the schema's (ECMA-376 part 1): PowerPoint repairs a file for one wrong order.
"""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

from lxml import etree
from pptx.oxml import parse_xml
from pptx.oxml.xmlchemy import BaseOxmlElement

from producer.render.slides.scale import Place
from producer.render.slides.theme import Palette
from producer.scene.model import Fill, Gradient

NAMESPACES = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
}
DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
TABLE_URI = "http://schemas.openxmlformats.org/drawingml/2006/table"

# MS-ODRAWXML 2.21: an object that a screen reader passes over.
DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">'
    '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
    "</a:ext></a:extLst>"
)


def element(xml: str) -> BaseOxmlElement:
    """Parse a snippet; unused declarations are swept, so that they do not fill the file."""
    name_end = min(position for position in (xml.find(" "), xml.find(">"), xml.find("/")) if position > 0)
    made: BaseOxmlElement = parse_xml(f"{xml[:name_end]} {DECLARED}{xml[name_end:]}")
    etree.cleanup_namespaces(made)
    return made


def identity(number: int, name: str, alt: str | None) -> str:
    """Return ``p:cNvPr``: ``alt`` is the description, "" flags decoration, nothing is for text."""
    head = f'<p:cNvPr id="{number}" name={quoteattr(name)}'
    if alt is None:
        return f"{head}/>"
    return f"{head} descr={quoteattr(alt)}/>" if alt else f"{head}>{DECORATIVE}</p:cNvPr>"


def transform(place: Place, prefix: str = "a") -> str:
    """Return where a shape stands."""
    return (
        f'<{prefix}:xfrm><a:off x="{place.x}" y="{place.y}"/>'
        f'<a:ext cx="{place.width}" cy="{place.height}"/></{prefix}:xfrm>'
    )


def fill(paint: Fill | None, palette: Palette) -> str:
    """Return a solid or gradient fill, or the absence of one in so many words."""
    if paint is None:
        return "<a:noFill/>"
    if not isinstance(paint, Gradient):
        return palette.solid(paint.ink)
    last = max(len(paint.inks) - 1, 1)
    stops = "".join(
        f'<a:gs pos="{round(n * 100000 / last)}">{palette.xml(ink)}</a:gs>'
        for n, ink in enumerate(paint.inks)
    )
    # CSS counts from the top, DrawingML from the left; both run clockwise.
    angle = round((paint.angle - 90) % 360 * 60000)
    return f'<a:gradFill rotWithShape="1"><a:gsLst>{stops}</a:gsLst><a:lin ang="{angle}" scaled="0"/></a:gradFill>'


def line(colour: str, width: int, dash: tuple[float, ...] = (), *, round_caps: bool = False) -> str:
    """Return an outline of ``width`` EMU; ``dash`` is in widths of the line."""
    pairs = "".join(
        f'<a:ds d="{round(on * 100000)}" sp="{round(off * 100000)}"/>'
        for on, off in zip(dash[::2], dash[1::2], strict=False)
    )
    dashes = f"<a:custDash>{pairs}</a:custDash>" if pairs else ""
    caps = "rnd" if round_caps else "flat"
    return f'<a:ln w="{width}" cap="{caps}"><a:solidFill>{colour}</a:solidFill>{dashes}<a:round/></a:ln>'


NO_LINE = "<a:ln><a:noFill/></a:ln>"


def text_frame(prefix: str, paragraphs: str, *, wrap: bool, anchor: str = "t") -> str:
    """Return a text body without insets and without autofit: what fits has been decided by the layout."""
    wrapping = "square" if wrap else "none"
    return (
        f'<{prefix}:txBody><a:bodyPr wrap="{wrapping}" lIns="0" tIns="0" rIns="0" bIns="0" anchor="{anchor}">'
        f"<a:noAutofit/></a:bodyPr><a:lstStyle/>{paragraphs}</{prefix}:txBody>"
    )


def field_number(language: str) -> str:
    """Return the real slide number, which follows when slides are moved."""
    guid = "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"
    return f'<a:p><a:fld id="{guid}" type="slidenum"><a:rPr lang="{language}"/><a:t>‹#›</a:t></a:fld></a:p>'


def page_background(fill_xml: str) -> str:
    """Return a ground; without ``effectLst`` PowerPoint repairs the file."""
    return f"<p:bg><p:bgPr>{fill_xml}<a:effectLst/></p:bgPr></p:bg>"


def words(text: str) -> str:
    """Escape a text for XML; control characters have no place in it."""
    return escape("".join(char for char in text if char >= " " or char in "\t\n"))


def graphic_frame(  # noqa: PLR0913 -- what the element holds, one by one
    number: int, name: str, alt: str, place: Place, holder: str, graphic: str
) -> str:
    """Return the frame of a chart or a table."""
    return (
        f"<p:graphicFrame><p:nvGraphicFramePr>{identity(number, name, alt)}"
        f'<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr>{holder}</p:nvPr>'
        f"</p:nvGraphicFramePr>{transform(place, 'p')}<a:graphic>{graphic}</a:graphic></p:graphicFrame>"
    )


def rezip(package: bytes) -> bytes:
    """Return the same package with one order, one time and one way to compress: equal parts, equal bytes.

    The content types come first, as OPC readers like it; media are stored, they do not get smaller.
    """
    with zipfile.ZipFile(io.BytesIO(package)) as source:
        parts = {info.filename: source.read(info) for info in source.infolist()}
    return pack(parts)


def pack(parts: dict[str, bytes]) -> bytes:
    """Return a zip of parts by their names, made without a clock."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system = 0  # else the zip says on which system it was made
            squeezed = name.endswith((".jpg", ".jpeg", ".png", ".xlsx", ".mp4"))
            info.compress_type = zipfile.ZIP_STORED if squeezed else zipfile.ZIP_DEFLATED
            target.writestr(info, parts[name], compresslevel=None if squeezed else 6)
    return made.getvalue()


def text_box(number: int, name: str, place: Place, body: str) -> str:
    """Return a free text box."""
    return (
        f'<p:sp><p:nvSpPr>{identity(number, name, None)}<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
        f'<p:spPr>{transform(place)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr>{body}</p:sp>'
    )


def placeholder(number: int, name: str, holder: str, place: Place | None, body: str) -> str:
    """Return a placeholder filled with text; without a place it stands where its layout has it."""
    where = transform(place) if place else ""
    return (
        f"<p:sp><p:nvSpPr>{identity(number, name, None)}"
        f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>{holder}</p:nvPr></p:nvSpPr>'
        f"<p:spPr>{where}</p:spPr>{body}</p:sp>"
    )
