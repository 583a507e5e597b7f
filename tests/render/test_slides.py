"""Decks: what is written is what was laid, and other people's programs agree that it is a deck."""

import io
import shutil
import subprocess
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hand_page import COLOURS, RESOURCES, face, rectangle, shape
from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator
from pptx import Presentation

from producer.brand.model import Case, Ink, TextStyle
from producer.diagnostics import Span
from producer.geometry import Box, Insets, Size
from producer.layout.model import Document, Item, Line, Page, Photo, Shape, TextLayout
from producer.plan.model import Medium
from producer.render.slides import render_slides
from producer.render.slides.face import Faces
from producer.scene.model import (
    Canvas,
    ChartElement,
    ChartKind,
    Element,
    Gradient,
    ListElement,
    ListItem,
    Origin,
    Picture,
    PictureElement,
    Role,
    Run,
    Solid,
    TableElement,
    TextElement,
)

ORIGIN = Origin(Span("recipe.yaml", 1, 1), "field")
REGULAR, BOLD = face("BeVietnamPro-Regular.ttf", 400), face()
BODY_STYLE = TextStyle("body", REGULAR, BOLD, (), (3.0,), 6, leading=1.4)
TITLE_STYLE = TextStyle("title", BOLD, BOLD, (), (6.0,), 3, Case.UPPER, leading=1.3)
INK, BLUE, GOLD = Ink("ink"), Ink("blue"), Ink("gold")
CANVAS = Canvas(Size(1920, 1080), Insets(54, 96, 54, 96), 0, Medium.DECK, 96, 96, 67, 32)
FACES = Faces(RESOURCES.read_bytes)
NOTHING = "chưa có số liệu"


def words(name: str, role: Role, box: Box, text: str, lines: tuple[str, ...], size: float = 40) -> Item:
    """A text in lines as wide as their glyphs."""
    style = TITLE_STYLE if role is Role.TITLE else BODY_STYLE
    element = TextElement(name, role, (Run(text),), style, INK, ORIGIN)
    leading = size * style.leading
    laid = tuple(
        Line(line, box.y + size + n * leading, box.x, FACES.of(style.face).width(line, size))
        for n, line in enumerate(lines)
    )
    return Item(name, role, box, (), element, TextLayout(size, leading, laid))


def thing(element: Element, role: Role, box: Box, alt: str = "") -> Item:
    """An element that the layout painted nothing for."""
    return Item(element.name, role, box, (), element, alt=alt)


def chart(kind: ChartKind, values: tuple[str | None, ...], targets: tuple[str, ...] = ()) -> ChartElement:
    """A chart of quarters."""
    return ChartElement(
        "chart",
        kind,
        "",
        "suất",
        ("Quý I", "Quý II", "Quý III", "Quý IV")[: len(values)],
        tuple(value if value is None else Decimal(value) for value in values),
        tuple(map(Decimal, targets)),
        "Đã trao",
        "Chỉ tiêu",
        NOTHING,
        BODY_STYLE,
        INK,
        INK,
        BLUE,
        GOLD,
        ORIGIN,
        "Biểu đồ cột: số suất quà theo quý",
    )


TABLE = TableElement(
    "table",
    ("Chỉ tiêu", "Kế hoạch"),
    (("Suất quà", "1.250"), ("Đoàn viên mới", "92,5")),
    (False, True),
    BODY_STYLE,
    INK,
    BLUE,
    Ink("paper"),
    Ink("gold", 0.2),
    INK,
    ORIGIN,
)
LIST = ListElement(
    "list",
    Role.BODY,
    (ListItem((Run("Chăm lo Tết"),)), ListItem((Run("Hội thao "), Run("ngành", bold=True)))),
    BODY_STYLE,
    INK,
    BLUE,
    ORIGIN,
)
PICTURE = PictureElement("photo", Picture("ramp.jpg", "ramp", 300, 200), "Một dải màu", ORIGIN)
TITLE_BOX, MAIN_BOX = Box(96, 100, 1700, 220), Box(96, 360, 1000, 560)
WHOLE = Box(0, 0, 1920, 1080)
GROUND = Item(
    "ground",
    Role.DECORATION,
    WHOLE,
    (Shape(rectangle(WHOLE), Gradient((BLUE, GOLD), 180), rounded=(WHOLE, 0)),),
)
WAVE = "M0 1000 C480 900 960 1080 1920 960 L1920 1080 L0 1080 Z"
MOTIF = Item("motif", Role.DECORATION, Box(0, 900, 1920, 180), (Shape(WAVE, Solid(Ink("gold", 0.1))),))


def page(name: str, title: str, *items: Item, notes: str = "") -> Page:
    """A page on the ground that all share, read as its items come."""
    return Page(name, title, (GROUND, MOTIF, *items), tuple(range(2, 2 + len(items))), notes=notes)


def deck(*pages: Page, canvas: Canvas = CANVAS) -> Document:
    """A deck of pages."""
    return Document("deck/a", "pptx", "Báo cáo năm 2025", "vi", canvas, pages, (), 30, "cut")


def full_deck() -> Document:
    """Every kind of element that has a native twin."""
    photo = Photo(
        PICTURE.picture,
        Box(1200, 360, 600, 400),
        Box(0, 0, 300, 200),
        clip="M1200 360L1800 360L1800 700L1200 760Z",
    )
    return deck(
        page(
            "text",
            "Nghĩa tình Công đoàn",
            words("title", Role.TITLE, TITLE_BOX, "Nghĩa tình Công đoàn", ("NGHĨA TÌNH", "CÔNG ĐOÀN"), 80),
            thing(LIST, Role.BODY, MAIN_BOX),
            Item("photo", Role.PICTURE, photo.box, (photo,), PICTURE, alt=PICTURE.alt),
            notes="Chào đại biểu\nMời xem ảnh",
        ),
        page(
            "chart",
            "Số suất quà",
            words("title", Role.TITLE, TITLE_BOX, "Số suất quà", ("SỐ SUẤT QUÀ",), 80),
            thing(chart(ChartKind.COLUMN, ("1250", "860", "900", None), ("1000",) * 4), Role.CHART, MAIN_BOX),
        ),
        page(
            "table",
            "Kết quả",
            words("title", Role.TITLE, TITLE_BOX, "Kết quả", ("KẾT QUẢ",), 80),
            thing(TABLE, Role.TABLE, MAIN_BOX, "Bảng kết quả"),
        ),
        page("bare", "Không tiêu đề", thing(LIST, Role.BODY, MAIN_BOX)),
    )


def opened(document: Document):
    """The deck as python-pptx sees it."""
    return Presentation(io.BytesIO(render_slides(document, RESOURCES).data))


def shapes_of(tree):
    """All shapes, those in groups too."""
    for one in tree:
        yield one
        if hasattr(one, "shapes"):
            yield from shapes_of(one.shapes)


def only(items):
    """The one thing there is."""
    (one,) = items
    return one


@pytest.mark.parametrize("office", [FileFormat.OFFICE_2007, FileFormat.MICROSOFT_365])
def test_another_program_finds_nothing_wrong(tmp_path, office):
    """openxml-audit, which knows what makes PowerPoint repair a file, has no finding."""
    kinds = [
        page(
            kind.value,
            kind.value,
            thing(chart(kind, ("84.2", None, "-3"), ("90", "90", "90")), Role.CHART, MAIN_BOX),
        )
        for kind in ChartKind
    ]
    path = tmp_path / "deck.pptx"
    full = full_deck()
    path.write_bytes(render_slides(replace(full, pages=(*full.pages, *kinds)), RESOURCES).data)

    found = OpenXmlValidator(office, max_errors=0).validate(str(path)).errors

    assert [str(error) for error in found] == []


def test_equal_documents_give_equal_bytes():
    """Two renders are the same file, workbooks and notes included."""
    assert render_slides(full_deck(), RESOURCES).data == render_slides(full_deck(), RESOURCES).data


def test_the_words_are_the_authors():
    """Every text is there once, as written and in reading order; capitals are a property of the run."""
    slide = opened(full_deck()).slides[0]
    texts = [
        shape.text_frame.text for shape in slide.shapes if shape.has_text_frame and shape.text_frame.text
    ]

    assert texts == ["Nghĩa tình Công đoàn", "Chăm lo Tết\nHội thao ngành"]
    assert slide.shapes.title.text_frame.paragraphs[0].runs[0]._r.rPr.get("lang") == "vi-VN"
    assert 'cap="all"' in layout_xml(0)
    assert slide.notes_slide.notes_text_frame.text == "Chào đại biểu\nMời xem ảnh"


def layout_xml(number: int) -> str:
    """The part of a layout."""
    with zipfile.ZipFile(io.BytesIO(render_slides(full_deck(), RESOURCES).data)) as package:
        return package.read(f"ppt/slideLayouts/slideLayout{number + 1}.xml").decode()


def test_every_slide_has_a_title_of_its_own():
    """Titles are placeholders and differ; a page that shows none has its title over the slide."""
    slides = opened(full_deck()).slides
    titles = [slide.shapes.title for slide in slides]

    assert [title.text_frame.text for title in titles] == [
        "Nghĩa tình Công đoàn",
        "Số suất quà",
        "Kết quả",
        "Không tiêu đề",
    ]
    assert titles[3].top + titles[3].height < 0 <= titles[0].top


def test_what_is_no_text_is_described_or_decoration():
    """Pictures, charts and tables have their words; what says nothing is flagged, so that it is passed over."""
    for slide in opened(full_deck()).slides:
        for one in shapes_of((*slide.shapes, *slide.slide_layout.shapes)):
            names = one._element.xpath(".//p:cNvPr")[0]
            if not one.has_text_frame or (not one.text_frame.text and not one.is_placeholder):
                assert names.get("descr") or "decorative" in str(names.xpath(".//*"))


def test_slides_inherit_what_they_share():
    """Ground and motif of all pages stand in the layout, as its background and as a freeform of theme colour."""
    deck_ = opened(full_deck())
    layout = deck_.slides[0].slide_layout
    motif = next(shape for shape in layout.shapes if shape.name == "motif")

    assert [shape.name for shape in deck_.slides[0].shapes] == ["title", "list", "photo"]
    assert layout._element.cSld.bg.xpath(".//a:gradFill//a:schemeClr")
    assert motif._element.xpath(".//a:custGeom//a:cubicBezTo")
    assert motif._element.xpath(".//a:schemeClr")


def test_a_decoration_over_an_element_stays_on_the_slide():
    """A layout lies behind its slides: what is painted over a picture must not sink under it."""
    ribbon = Item(
        "ribbon", Role.DECORATION, Box(1250, 400, 100, 40), (shape(Box(1250, 400, 100, 40), "gold"),)
    )
    first = full_deck().pages[0]
    slide = opened(deck(replace(first, items=(*first.items, ribbon)))).slides[0]

    assert [one.name for one in slide.shapes][-2:] == ["photo", "ribbon"]


def test_reading_order_is_the_order_of_the_file_unless_it_would_hide_something():
    """Items that do not touch stand in the file as they are read, whatever the order of painting."""
    first = full_deck().pages[0]
    slide = opened(deck(replace(first, reading=(4, 3, 2)))).slides[0]

    assert [one.name for one in slide.shapes] == ["photo", "list", "title"]


@pytest.mark.parametrize("kind", list(ChartKind))
def test_a_missing_value_is_an_empty_cell(kind):
    """In workbook and chart what is not known is absent, not 0, and a note says so in words."""
    element = chart(kind, ("1250", "860", None, None), ("1000", "1000", "1000", "1000"))
    slide = opened(deck(page("chart", "Số suất", thing(element, Role.CHART, MAIN_BOX)))).slides[0]
    native = next(shape.chart for shape in slide.shapes if shape.has_chart)

    assert [series.values for series in native.plots[0].series] == [(1250, 860, None, None), (1000,) * 4]
    assert list(native.plots[0].categories) == list(element.categories)
    assert cells(native.part.chart_workbook.xlsx_part.blob) == {
        "B1": "Đã trao",
        "C1": "Chỉ tiêu",
        "A2": "Quý I",
        "A3": "Quý II",
        "A4": "Quý III",
        "A5": "Quý IV",
        "B2": "1250",
        "B3": "860",
        "C2": "1000",
        "C3": "1000",
        "C4": "1000",
        "C5": "1000",
    }
    notes = [shape.text_frame.text for shape in slide.shapes if "empty" in shape.name]
    assert [note.replace("\v", " ") for note in notes] == [NOTHING]


def cells(book: bytes) -> dict[str, str]:
    """What the cells of a workbook's only sheet hold; empty ones are not there."""
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        strings = [one.text for one in etree.fromstring(package.read("xl/sharedStrings.xml")).iter("{*}t")]
        sheet = etree.fromstring(package.read("xl/worksheets/sheet1.xml"))
    found = [(cell.get("r"), cell.get("t"), cell.find("{*}v").text) for cell in sheet.iter("{*}c")]
    return {place: strings[int(value)] if kind == "s" else value for place, kind, value in found}


def test_decimals_are_labelled_with_a_comma():
    """No format code writes a comma on every machine, so labels with decimals are texts."""
    element = chart(ChartKind.COLUMN, ("1084.25", "90"))
    slide = opened(deck(page("chart", "Tỷ lệ", thing(element, Role.CHART, MAIN_BOX)))).slides[0]
    native = next(shape.chart for shape in slide.shapes if shape.has_chart)

    assert native._chartSpace.xpath(".//c:dLbl//a:t/text()") == ["1.084,25", "90"]


def test_tables_are_in_the_brands_style():
    """The head is a head, the style is ours and in the file, figures stand to the right."""
    slide = opened(full_deck()).slides[2]
    native = next(shape.table for shape in slide.shapes if shape.has_table)
    style = native._tbl.tblPr.xpath("./a:tableStyleId/text()")[0]
    styles = only(
        part.blob.decode()
        for part in slide.part.package.iter_parts()
        if str(part.partname) == "/ppt/tableStyles.xml"
    )

    assert [[cell.text for cell in row.cells] for row in native.rows] == [
        list(TABLE.header),
        *map(list, TABLE.rows),
    ]
    assert native.first_row
    assert f'styleId="{style}"' in styles
    assert [native.cell(1, x).text_frame.paragraphs[0]._p.pPr.get("algn") for x in (0, 1)] == ["l", "r"]


def test_inks_are_slots_of_the_theme():
    """A token of the brand is a theme colour, so that a new theme recolours the deck; the rest are plain sRGB."""
    colours = {**COLOURS, **{f"other{n}": replace(COLOURS["blue"], red=100 + n) for n in range(20)}}
    first = full_deck().pages[0]
    bars = [shape(Box(1300 + 10 * n, 800, 8, 8), token) for n, token in enumerate(("blue", "other19"))]
    marked = replace(
        first, items=(*first.items, Item("bars", Role.DECORATION, Box(1300, 800, 20, 8), tuple(bars)))
    )
    data = render_slides(deck(marked, first), replace(RESOURCES, colours=colours)).data
    group = next(one for one in Presentation(io.BytesIO(data)).slides[0].shapes if one.name == "bars")

    assert [one.get("val") for one in group._element.xpath(".//a:solidFill/*")] == ["accent1", "774DA2"]


@pytest.mark.parametrize(
    ("size", "inches"),
    [
        ((1920, 1080), (13.333, 7.5)),
        ((1440, 1080), (10, 7.5)),
        ((1080, 1350), (6, 7.5)),
        ((841.9, 1190.6), (5.303, 7.5)),
    ],
)
def test_any_page_becomes_a_slide_of_its_ratio(size, inches):
    """Other ratios keep the height or the width of a 16:9 slide, whichever is reached first."""
    made = opened(deck(*full_deck().pages[:1], canvas=replace(CANVAS, size=Size(*size))))

    assert (made.slide_width / 914400, made.slide_height / 914400) == pytest.approx(inches, abs=0.001)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")
def test_libreoffice_breaks_the_lines_where_we_did(tmp_path):
    """Rendered by LibreOffice, a slide a page, titles and texts break as they were laid."""
    text = "Trao 1.250 suất quà cho đoàn viên, người lao động có hoàn cảnh khó khăn ở ấp Mỹ Hưng"
    # Without the join of "khó khăn" the second line would hold one word more.
    lines = (
        "Trao 1.250\u00a0suất quà cho đoàn viên,",
        "người lao\u00a0động có hoàn cảnh",
        "khó\u00a0khăn ở ấp Mỹ Hưng",
    )
    box = Box(96, 360, 700, 400)
    body = words("body", Role.BODY, box, text, lines)
    title = words("title", Role.TITLE, TITLE_BOX, "Nghĩa tình Công đoàn", ("NGHĨA TÌNH", "CÔNG ĐOÀN"), 80)
    path = tmp_path / "deck.pptx"
    path.write_bytes(
        render_slides(deck(page("text", "Nghĩa tình", title, body), *full_deck().pages[1:]), RESOURCES).data
    )
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(convert, check=True, capture_output=True, timeout=120, env=only_our_fonts(tmp_path))
    said = subprocess.run(
        ["pdftotext", "-layout", str(path.with_suffix(".pdf")), "-"],
        check=True,
        capture_output=True,
        timeout=30,
    ).stdout.decode()
    pages = [
        [" ".join(line.split()) for line in one.splitlines() if line.strip()] for one in said.split("\f")
    ]

    assert pages[0] == ["NGHĨA TÌNH", "CÔNG ĐOÀN", *(line.replace("\u00a0", " ") for line in lines)]
    assert len(pages) == 5
    assert "1.250" in " ".join(pages[1])


def only_our_fonts(folder: Path) -> dict[str, str]:
    """An environment in which the brand's fonts are installed."""
    from hand_page import FONTS

    config = folder / "fonts.conf"
    config.write_text(
        f"<fontconfig><dir>{FONTS}</dir><dir>/usr/share/fonts</dir><cachedir>{folder}</cachedir></fontconfig>"
    )
    return {"FONTCONFIG_FILE": str(config), "PATH": "/usr/bin:/bin", "HOME": str(folder)}
