"""The one pass over Skia's file: tags, inks, boxes, crop marks, metadata. Same content in, same bytes out."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from producer.diagnostics import Diagnostic, ProducerError, Span
from producer.geometry import Box
from producer.layout.model import Document
from producer.plan.model import Medium
from producer.render.flat import bare_token
from producer.render.metadata import TOOL, alt_of, packet
from producer.render.model import Resources
from producer.render.pdf.content import MARK_LENGTH, MARK_OFFSET, Content, Sheet, has_marks
from producer.render.pdf.ink import InkTable, SpotTable, grey_masks, ink_instructions, ink_resources
from producer.render.pdf.press import write_intent, x4_metadata
from producer.render.pdf.tag import read_instructions, tag_content, write_instructions, write_structure
from producer.render.picture import srgb_profile
from producer.scene.model import Press

PRODUCER = "producer (Skia/PDF)"
HAIRLINE = 0.25  # pt, of a crop mark
KAPPA = 0.5522847498  # of a quarter circle as a cubic curve


def finish(content: Content, document: Document, resources: Resources, *, x4: bool = False) -> bytes:
    """Return the finished file; ``x4`` says that every check of print passed, so that it may say what it keeps.

    Raises:
        ProducerError: ``render/colour-without-cmyk``, one for every colour of a print file without a build.
    """
    table = _table(document, resources)
    press = document.canvas.press if document.canvas.medium is Medium.PRINT else None
    with pikepdf.open(BytesIO(content.data)) as pdf:
        tagged, seen = [], set[tuple[int, int]]()
        for number, page in enumerate(document.pages):
            target = pdf.pages[number]
            instructions = read_instructions(target)
            tags = tag_content(instructions, page, content.marks[number], first=number == 0)
            tagged.append(tags)
            stream = tags.instructions
            if table:
                stream = list(ink_instructions(stream, table))
                ink_resources(target.obj.Resources, table, seen)
                target.obj.Group = Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceCMYK)
                _profile_pictures(pdf, target.obj.Resources)
            if isinstance(table, SpotTable):
                table.write(target.obj.Resources)
            _write_page(pdf, target.obj, write_instructions(stream), document, content.sheet)
        if table:
            grey_masks(pdf)
            _refuse_missing(table, document)
        _name_subsets(pdf)
        write_structure(pdf, document, tagged)
        if press:
            write_intent(pdf, press, resources, x4=x4)
        _write_metadata(pdf, document, resources, press if x4 else None)
        out = BytesIO()
        pdf.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            force_version="1.6" if press else "",
        )
    return out.getvalue()


def _table(document: Document, resources: Resources) -> InkTable | None:
    if document.canvas.medium is not Medium.PRINT:
        return None
    if document.canvas.inks:
        return SpotTable(resources.colours, bare_token(resources))
    return InkTable(resources.colours)


def _profile_pictures(pdf: Any, resources: Any) -> None:  # noqa: ANN401 - pikepdf's dictionaries have no types
    """Give pictures without a profile sRGB: RGB of no device may not stand in a file for print."""
    for thing in resources.get("/XObject", {}).values():
        if thing.get("/Subtype") == Name.Image and thing.get("/ColorSpace") == Name.DeviceRGB:
            profile = pdf.make_stream(srgb_profile())
            profile.N = 3
            thing.ColorSpace = Array([Name.ICCBased, profile])
        elif thing.get("/Subtype") == Name.Form and "/Resources" in thing:
            _profile_pictures(pdf, thing.Resources)


def _name_subsets(pdf: Any) -> None:  # noqa: ANN401
    """Give every subset a prefix of its own: Skia calls them all AAAAAA, and readers may mix them up.

    Source:
        ISO 32000-2, 9.9.2: different subsets of one font in a file have different tags.
    """
    fonts = [
        thing
        for thing in pdf.objects
        if isinstance(thing, Dictionary) and thing.get("/Subtype") == Name.Type0
    ]
    for number, font in enumerate(fonts):
        letters = "".join(chr(ord("A") + number // 26**place % 26) for place in range(5, -1, -1))
        name = Name(f"/{letters}+{str(font.BaseFont).rpartition('+')[2].removeprefix('/')}")
        descendant = font.DescendantFonts[0]
        font.BaseFont = descendant.BaseFont = name
        descendant.FontDescriptor.FontName = name


def _refuse_missing(table: InkTable, document: Document) -> None:
    if table.missing:
        raise ProducerError(
            Diagnostic(
                "render/colour-without-cmyk",
                Span(document.job),
                {"colour": "#{:02X}{:02X}{:02X}".format(*rgb)},
            )
            for rgb in table.missing
        )


def _write_page(pdf: Any, page: Any, stream: bytes, document: Document, sheet: Sheet) -> None:  # noqa: ANN401
    """Set the boxes exactly, and the crop marks outside of what Skia was allowed to paint."""
    if has_marks(document):
        registration = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1)
        spaces = page.Resources.get("/ColorSpace", Dictionary())
        spaces.Registration = Array([Name.Separation, Name.All, Name.DeviceCMYK, registration])
        page.Resources.ColorSpace = spaces
        stream = b"q\n" + stream + b"\nQ\n" + _crop_marks(sheet)
    if document.canvas.circle and document.canvas.medium is Medium.PRINT:
        stream = b"q\n" + stream + b"\nQ\n" + _cut_line(pdf, page, sheet)
    if b"/Overprint" in stream:
        states = page.Resources.get("/ExtGState", Dictionary())
        states.OverprintYes = Dictionary(Type=Name.ExtGState, OP=True, op=True, OPM=1)
        states.OverprintNo = Dictionary(Type=Name.ExtGState, OP=False, op=False, OPM=0)
        page.Resources.ExtGState = states
    page.Contents = pdf.make_stream(stream)
    page.MediaBox = Array([0, 0, _exact(sheet.media.width), _exact(sheet.media.height)])
    page.BleedBox = _from_below(sheet.bleed, sheet)
    page.TrimBox = _from_below(sheet.trim, sheet)


def _cut_line(pdf: Any, page: Any, sheet: Sheet) -> bytes:  # noqa: ANN401
    """The circle that a cutter follows: a plate and a layer of its own, over what is printed."""
    spaces = page.Resources.get("/ColorSpace", Dictionary())
    shown = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 1, 0, 0], N=1)
    spaces.CutContour = Array([Name.Separation, Name.CutContour, Name.DeviceCMYK, shown])
    page.Resources.ColorSpace = spaces
    if "/OCProperties" not in pdf.Root:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("CutContour")))
        order = Dictionary(Name=String("CutContour"), ON=Array([layer]), Order=Array([layer]))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=order)
    page.Resources.Properties = Dictionary(CutLayer=pdf.Root.OCProperties.OCGs[0])
    trim, height = sheet.trim, sheet.media.height
    x, y, r = trim.centre[0], height - trim.centre[1], trim.width / 2
    k = r * KAPPA
    arcs = (
        (x + r, y + k, x + k, y + r, x, y + r),
        (x - k, y + r, x - r, y + k, x - r, y),
        (x - r, y - k, x - k, y - r, x, y - r),
        (x + k, y - r, x + r, y - k, x + r, y),
    )
    drawn = "".join(" ".join(f"{number:.3f}" for number in arc) + " c\n" for arc in arcs)
    return (
        f"/Artifact BMC\n/OC /CutLayer BDC\nq /OverprintYes gs /CutContour CS 1 SCN {HAIRLINE} w\n"
        f"{x + r:.3f} {y:.3f} m\n{drawn}h S Q\nEMC\nEMC\n"
    ).encode()


def _from_below(box: Box, sheet: Sheet) -> Array:
    height = sheet.media.height
    return Array([_exact(side) for side in (box.x, height - box.bottom, box.right, height - box.y)])


def _exact(number: float) -> float:
    """A thousandth of a pt is a third of a µm; more digits would be noise."""
    return round(number, 3) + 0.0


def _crop_marks(sheet: Sheet) -> bytes:
    """Two hairlines at each corner, in all inks, outside the bleed."""
    lines = "".join(f"{x0:.3f} {y0:.3f} m {x1:.3f} {y1:.3f} l S\n" for x0, y0, x1, y1 in _lines(sheet))
    return f"/Artifact BMC\nq /Registration CS 1 SCN {HAIRLINE} w\n{lines}Q\nEMC\n".encode()


def _lines(sheet: Sheet) -> Iterator[tuple[float, float, float, float]]:
    trim, height = sheet.trim, sheet.media.height
    near = max(MARK_OFFSET, trim.x - sheet.bleed.x)
    far = near + MARK_LENGTH
    for x, out in ((trim.x, -1), (trim.right, 1)):
        for y, up in ((height - trim.bottom, -1), (height - trim.y, 1)):
            yield x + out * near, y, x + out * far, y
            yield x, y + up * near, x, y + up * far


def _write_metadata(pdf: Any, document: Document, resources: Resources, press: Press | None) -> None:  # noqa: ANN401
    """What the file says of itself, twice: as the packet, and in the words that old readers know.

    No hour, since the same inputs give the same bytes. Both say the same, as PDF/X asks.
    """
    about, alt = document.about, alt_of(document)
    pdf.Root.Lang = String(document.language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.docinfo["/Title"] = String(document.title)
    keywords = ", ".join(about.keywords)
    told = {
        "/Author": about.unit,
        "/Subject": alt,
        "/Keywords": keywords,
        "/Creator": TOOL,
        "/Producer": PRODUCER,
    }
    for name, words in told.items():
        if words:
            pdf.docinfo[name] = String(words)
    more = [("dc:format", "application/pdf"), ("pdf:Producer", PRODUCER)]
    more += [("pdf:Keywords", keywords)] if keywords else []
    more += x4_metadata(press) if press else []
    pdf.Root.Metadata = pdf.make_stream(packet(document, resources, more=more))
    pdf.Root.Metadata.Type, pdf.Root.Metadata.Subtype = Name.Metadata, Name.XML
