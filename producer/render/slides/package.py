"""The empty deck: theme, masters and layouts as literal parts, compiled from the brand. No binary template."""

from __future__ import annotations

from collections.abc import Sequence

from producer.geometry import Box
from producer.layout.model import Document
from producer.render.metadata import alt_of, kind_of
from producer.render.slides import oxml
from producer.render.slides.fit import body_of
from producer.render.slides.kit import Kit
from producer.render.slides.layouts import TITLE, Holder, LayoutSpec
from producer.render.slides.scale import Place
from producer.render.slides.table import styles_xml, table_inks
from producer.render.slides.text import font_xml, letters_xml, paragraph_properties

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
RELATIONS = f"{OFFICE}/relationships"
TYPES = "application/vnd.openxmlformats-officedocument"
PML = f"{TYPES}.presentationml"
FIRST_LAYOUT_ID = 2147483649  # the master has the one before; ids are unique over both
FOOTER_PT = 12.0
FOOTER_RAISE = 0.042  # of the page's height, from its foot to the footer's middle
EMPTY_TREE = (
    '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>'
    '<a:off x="0" y="0"/>'
    '<a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
)
CLEAR_MAP = (
    '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" '
    'accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>'
)
PROMPTS = {
    "title": "Tiêu đề",
    "body": "Nội dung",
    "pic": "Ảnh",
    "chart": "Biểu đồ",
    "tbl": "Bảng",
    "ftr": "Chân trang",
}


def compile_package(document: Document, layouts: Sequence[LayoutSpec], kit: Kit) -> bytes:
    """Return a deck without slides, for python-pptx to open."""
    numbers = range(1, len(layouts) + 1)
    parts = {
        "[Content_Types].xml": _content_types(len(layouts)),
        "_rels/.rels": _relations(
            [
                (f"{RELATIONS}/officeDocument", "ppt/presentation.xml"),
                (
                    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
                    "docProps/core.xml",
                ),
                (f"{RELATIONS}/extended-properties", "docProps/app.xml"),
                (f"{RELATIONS}/custom-properties", "docProps/custom.xml"),
            ]
        ),
        "docProps/core.xml": _core(document, kit),
        "docProps/app.xml": _app(),
        "docProps/custom.xml": _custom(document, kit),
        "ppt/presentation.xml": _presentation(kit),
        "ppt/_rels/presentation.xml.rels": _relations(
            [
                (f"{RELATIONS}/slideMaster", "slideMasters/slideMaster1.xml"),
                (f"{RELATIONS}/notesMaster", "notesMasters/notesMaster1.xml"),
                (f"{RELATIONS}/presProps", "presProps.xml"),
                (f"{RELATIONS}/viewProps", "viewProps.xml"),  # PowerPoint repairs a deck without them
                (f"{RELATIONS}/theme", "theme/theme1.xml"),
                (f"{RELATIONS}/tableStyles", "tableStyles.xml"),
            ]
        ),
        "ppt/presProps.xml": f"{HEAD}<p:presentationPr {oxml.DECLARED}/>",
        "ppt/viewProps.xml": f"{HEAD}<p:viewPr {oxml.DECLARED}/>",
        "ppt/tableStyles.xml": styles_xml(table_inks(document), kit.palette),
        "ppt/theme/theme1.xml": _theme("Producer", kit),
        "ppt/theme/theme2.xml": _theme("Producer notes", kit),
        "ppt/slideMasters/slideMaster1.xml": _master(len(layouts), kit),
        "ppt/slideMasters/_rels/slideMaster1.xml.rels": _relations(
            [
                *((f"{RELATIONS}/slideLayout", f"../slideLayouts/slideLayout{n}.xml") for n in numbers),
                (f"{RELATIONS}/theme", "../theme/theme1.xml"),
            ]
        ),
        "ppt/notesMasters/notesMaster1.xml": _notes_master(kit),
        "ppt/notesMasters/_rels/notesMaster1.xml.rels": _relations(
            [(f"{RELATIONS}/theme", "../theme/theme2.xml")]
        ),
    }
    for number, layout in zip(numbers, layouts, strict=True):
        parts[f"ppt/slideLayouts/slideLayout{number}.xml"] = _layout(layout, kit)
        parts[f"ppt/slideLayouts/_rels/slideLayout{number}.xml.rels"] = _relations(
            [(f"{RELATIONS}/slideMaster", "../slideMasters/slideMaster1.xml")]
        )
    return oxml.pack({name: xml.encode() for name, xml in parts.items()})


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    made = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{made}</Relationships>'


def _content_types(layouts: int) -> str:
    overrides = [
        ("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        ("docProps/app.xml", f"{TYPES}.extended-properties+xml"),
        ("docProps/custom.xml", f"{TYPES}.custom-properties+xml"),
        ("ppt/presentation.xml", f"{PML}.presentation.main+xml"),
        ("ppt/presProps.xml", f"{PML}.presProps+xml"),
        ("ppt/viewProps.xml", f"{PML}.viewProps+xml"),
        ("ppt/tableStyles.xml", f"{PML}.tableStyles+xml"),
        ("ppt/theme/theme1.xml", f"{TYPES}.theme+xml"),
        ("ppt/theme/theme2.xml", f"{TYPES}.theme+xml"),
        ("ppt/slideMasters/slideMaster1.xml", f"{PML}.slideMaster+xml"),
        ("ppt/notesMasters/notesMaster1.xml", f"{PML}.notesMaster+xml"),
        *((f"ppt/slideLayouts/slideLayout{n}.xml", f"{PML}.slideLayout+xml") for n in range(1, layouts + 1)),
    ]
    made = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides)
    return (
        f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{made}</Types>'
    )


def _app() -> str:
    name = "<Application>producer</Application>"
    return f'{HEAD}<Properties xmlns="{OFFICE}/extended-properties">{name}</Properties>'


def _core(document: Document, kit: Kit) -> str:
    """What the file says of itself in the words of office programs; no dates, since a build has no clock."""
    about = document.about
    told = {
        "dc:creator": about.unit,
        "dc:description": alt_of(document),
        "dc:identifier": f"producer:{document.job}",
        "cp:keywords": ", ".join(about.keywords),
        "dc:language": kit.language,
        "dc:title": document.title,
    }
    words = "".join(f"<{name}>{oxml.words(text)}</{name}>" for name, text in told.items() if text)
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/">{words}</cp:coreProperties>'
    )


def _custom(document: Document, kit: Kit) -> str:
    """What the words of office programs have no place for, as properties of our own.

    Source:
        ECMA-376 part 1, 22.3; the identifier of the format is the one that Office itself writes.
    """
    told = {
        "Rights": document.about.rights,
        "Credit": document.about.credit,
        "DigitalSourceType": kind_of(document),
        "RecipeDigest": kit.resources.origin,
    }
    properties = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" name="{name}">'
        f"<vt:lpwstr>{oxml.words(text)}</vt:lpwstr></property>"
        for number, (name, text) in enumerate(((name, text) for name, text in told.items() if text), 2)
    )
    return (
        f'{HEAD}<Properties xmlns="{OFFICE}/custom-properties" xmlns:vt="{OFFICE}/docPropsVTypes">'
        f"{properties}</Properties>"
    )


def _presentation(kit: Kit) -> str:
    width, height = kit.scale.slide
    return (
        f'{HEAD}<p:presentation {oxml.DECLARED} saveSubsetFonts="1"><p:sldMasterIdLst>'
        f'<p:sldMasterId id="{FIRST_LAYOUT_ID - 1}" r:id="rId1"/></p:sldMasterIdLst><p:notesMasterIdLst>'
        f'<p:notesMasterId r:id="rId2"/></p:notesMasterIdLst><p:sldSz cx="{width}" cy="{height}"/>'
        f'<p:notesSz cx="6858000" cy="9144000"/><p:defaultTextStyle><a:defPPr><a:defRPr lang="{kit.language}"/>'
        "</a:defPPr></p:defaultTextStyle></p:presentation>"
    )


def _theme(name: str, kit: Kit) -> str:
    slots = "".join(
        f'<a:{slot}><a:srgbClr val="{kit.palette.slot_hex(slot)}"/></a:{slot}>' for slot in kit.palette.slots
    )
    links = "".join(
        f'<a:{slot}><a:srgbClr val="{kit.palette.slot_hex(accent)}"/></a:{slot}>'
        for slot, accent in (("hlink", "accent1"), ("folHlink", "accent2"))
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="9525" cap="flat" cmpd="sng" algn="ctr">{fill}<a:prstDash val="solid"/></a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{HEAD}<a:theme xmlns:a="{oxml.NAMESPACES["a"]}" name="{name}"><a:themeElements><a:clrScheme name="{name}">'
        f'{slots}{links}</a:clrScheme><a:fontScheme name="{name}">'
        f"<a:majorFont>{_theme_font(kit.fonts.major)}</a:majorFont>"
        f"<a:minorFont>{_theme_font(kit.fonts.minor)}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="{name}"><a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst>'
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements></a:theme>"
    )


def _theme_font(family: str) -> str:
    return font_xml(oxml.words(family))


def _master(layouts: int, kit: Kit) -> str:
    """The master: its boxes are only fallbacks, each layout has its own."""
    page = kit.scale.page
    title = Box(0.05 * page.width, 0.06 * page.height, 0.9 * page.width, 0.16 * page.height)
    body = Box(0.05 * page.width, 0.26 * page.height, 0.9 * page.width, 0.62 * page.height)
    shapes = (
        _prompt(2, "Title", '<p:ph type="title"/>', kit.scale.place(title), PROMPTS["title"], kit)
        + _prompt(3, "Body", '<p:ph type="body" idx="1"/>', kit.scale.place(body), PROMPTS["body"], kit)
        + footers(4, kit)
    )
    numbers = "".join(
        f'<p:sldLayoutId id="{FIRST_LAYOUT_ID + n}" r:id="rId{n + 1}"/>' for n in range(layouts)
    )
    return (
        f"{HEAD}<p:sldMaster {oxml.DECLARED}><p:cSld>{oxml.page_background(_scheme_fill('bg1'))}"
        f"<p:spTree>{EMPTY_TREE}{shapes}</p:spTree></p:cSld>{CLEAR_MAP}<p:sldLayoutIdLst>{numbers}</p:sldLayoutIdLst>"
        f"<p:txStyles><p:titleStyle>{_level(1, 3200, '+mj-lt')}</p:titleStyle>"
        f"<p:bodyStyle>{_level(1, 2000, '+mn-lt')}</p:bodyStyle>"
        f"<p:otherStyle>{_level(1, 1800, '+mn-lt')}</p:otherStyle>"
        "</p:txStyles></p:sldMaster>"
    )


def _scheme_fill(name: str) -> str:
    return f'<a:solidFill><a:schemeClr val="{name}"/></a:solidFill>'


def _level(number: int, size: int, typeface: str) -> str:
    return (
        f'<a:lvl{number}pPr marL="0" indent="0" algn="l"><a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/>'
        f'<a:defRPr sz="{size}" kern="1200">{_scheme_fill("tx1")}{font_xml(typeface)}</a:defRPr></a:lvl{number}pPr>'
    )


def _prompt(  # noqa: PLR0913 -- one by one they read better than as a type of their own
    number: int, name: str, holder: str, place: Place | None, prompt: str, kit: Kit, style: str = ""
) -> str:
    """A placeholder of a master or layout. It keeps a run: without one LibreOffice forgets its style."""
    body = (
        '<p:txBody><a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:noAutofit/></a:bodyPr>'
        f"<a:lstStyle>{style}</a:lstStyle>"
        f'<a:p><a:r><a:rPr lang="{kit.language}"/><a:t>{prompt}</a:t></a:r></a:p></p:txBody>'
    )
    return oxml.placeholder(number, name, holder, place, body)


def footer_boxes(kit: Kit, words: str = "") -> tuple[Box, Box]:
    """Return where footer and number stand, in px: together at the right of the lower margin.

    The footer's box is as wide as ``words``, or half a page for words to come.
    """
    page, height = kit.scale.page, kit.scale.px(1.4 * FOOTER_PT)
    side, number = 0.05 * page.width, kit.scale.px(2.4 * FOOTER_PT)
    width = min(
        kit.scale.px(0.62 * FOOTER_PT * len(words)) if words else page.width / 2,
        page.width - 2 * side - number,
    )
    y = page.height - FOOTER_RAISE * page.height - height / 2
    right = page.width - side - number
    return Box(right - width, y, width, height), Box(right, y, number, height)


def footers(first_id: int, kit: Kit) -> str:
    """Return the placeholders of footer and number, for master and layouts."""
    text, number = footer_boxes(kit)
    size = round(FOOTER_PT * 100)

    def style(align: str) -> str:
        # LibreOffice forgets the master's fonts for these three placeholders.
        letters = f'<a:defRPr sz="{size}">{_scheme_fill("tx1")}{font_xml(kit.fonts.minor)}</a:defRPr>'
        return f'<a:lvl1pPr algn="{align}">{letters}</a:lvl1pPr>'

    where = kit.scale.place(number)
    body = (
        '<p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"><a:noAutofit/></a:bodyPr>'
        f"<a:lstStyle>{style('r')}</a:lstStyle>{oxml.field_number(kit.language)}</p:txBody>"
    )
    holder = '<p:ph type="ftr" sz="quarter" idx="11"/>'
    return _prompt(
        first_id, "Footer", holder, kit.scale.place(text), PROMPTS["ftr"], kit, style("r")
    ).replace('anchor="t"', 'anchor="ctr"') + oxml.placeholder(
        first_id + 1, "Slide number", '<p:ph type="sldNum" sz="quarter" idx="12"/>', where, body
    )


def _layout(layout: LayoutSpec, kit: Kit) -> str:
    ground = oxml.page_background(oxml.fill(layout.ground, kit.palette)) if layout.ground else ""
    shapes = "".join(_holder(number, holder, kit) for number, holder in enumerate(layout.holders, 2))
    shapes += footers(len(layout.holders) + 2, kit)
    return (
        f'{HEAD}<p:sldLayout {oxml.DECLARED} preserve="1" userDrawn="1">'
        f'<p:cSld name="{oxml.words(layout.name)}">{ground}'
        f"<p:spTree>{EMPTY_TREE}{shapes}</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )


def _holder(number: int, holder: Holder, kit: Kit) -> str:
    """A placeholder at the box of the first item of its name, set as that item is."""
    prompt = PROMPTS[holder.kind]
    if holder.item is None:
        return _prompt(number, holder.name, holder.xml, unseen_place(kit), prompt, kit)
    body = body_of(holder.item, kit) if holder.kind in (TITLE, "body") else None
    if body is None or not body.paragraphs:
        return _prompt(number, holder.name, holder.xml, kit.scale.place(holder.item.box), prompt, kit)
    first = body.paragraphs[0]
    letters = f"<a:defRPr{letters_xml(first.pieces[0].setting, kit)}</a:defRPr>".replace(
        f' lang="{kit.language}"', ""
    )
    style = paragraph_properties("a:lvl1pPr", first, kit, None, letters)
    return _prompt(number, holder.name, holder.xml, kit.scale.place(body.box), prompt, kit, style)


def unseen_place(kit: Kit) -> Place:
    """Over the slide, where PowerPoint itself puts titles that only screen readers and the outline need."""
    width, height = kit.scale.slide
    return Place(0, -height // 8, width, height // 10)


def _notes_master(kit: Kit) -> str:
    """The notes page: the slide above, the words below."""
    image = (
        '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Slide"/><p:cNvSpPr><a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/>'
        '</p:cNvSpPr><p:nvPr><p:ph type="sldImg" idx="2"/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm>'
        '<a:off x="685800" y="685800"/>'
        '<a:ext cx="5486400" cy="3086100"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:sp>'
    )
    text = _prompt(
        3,
        "Notes",
        '<p:ph type="body" sz="quarter" idx="3"/>',
        Place(685800, 4114800, 5486400, 4343400),
        "Ghi chú",
        kit,
    )
    return (
        f"{HEAD}<p:notesMaster {oxml.DECLARED}>"
        f"<p:cSld>{oxml.page_background(_scheme_fill('bg1'))}<p:spTree>{EMPTY_TREE}"
        f"{image}{text}</p:spTree></p:cSld>{CLEAR_MAP}"
        f"<p:notesStyle>{_level(1, 1200, '+mn-lt')}</p:notesStyle></p:notesMaster>"
    )
