"""Pages as PDF, judged by other people's programs."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
from golden_image import Golden
from hand_page import (
    BODY,
    COLOURS,
    RESOURCES,
    TITLE,
    document,
    item,
    poster,
    print_sheet,
    rectangle,
    run,
    screen,
    shape,
)
from pdf_words import read_pdf

from producer.brand.model import Ink
from producer.diagnostics import ProducerError
from producer.geometry import Box
from producer.layout.model import Document, Shape
from producer.render.model import Resources
from producer.render.pdf.render import render_pdf
from producer.scene.model import Gradient, Role

GOLDEN = Path(__file__).resolve().parent.parent / "golden" / "pdf"
SHEET = poster(print_sheet(297, 420), "pdf")


@pytest.fixture(scope="module")
def printed() -> bytes:
    """The poster for print, with marks and bleed."""
    return render_pdf(SHEET, RESOURCES).data


def content(data: bytes, page: int = 0) -> str:
    """The content stream of a page."""
    with pikepdf.open(BytesIO(data)) as pdf:
        return pdf.pages[page].Contents.read_bytes().decode("latin-1")


def tool(name: str, data: bytes, *arguments: str) -> str:
    """What another program says of a PDF."""
    if shutil.which(name) is None:
        pytest.skip(f"{name} is missing: apt-get install poppler-utils")
    command = [name, *arguments, "-"] if name == "pdfinfo" else [name, *arguments, "-", "-"]
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout.decode()


def test_the_file_is_sound_and_the_same_twice(printed: bytes) -> None:
    """Qpdf finds nothing to say, and no date or chance is in the bytes."""
    with pikepdf.open(BytesIO(printed)) as pdf:
        assert pdf.check_pdf_syntax() == []
    assert render_pdf(SHEET, RESOURCES).data == printed


def test_words_come_out_as_they_went_in(printed: bytes) -> None:
    """Poppler reads every Vietnamese word back, line by line."""
    assert tool("pdftotext", printed, "-raw").split("\n")[:3] == [TITLE, *BODY.split(", ")]


def test_boxes_are_exact(printed: bytes) -> None:
    """Trim to a thousandth of a point, 3 mm of bleed around it, room for marks around that."""
    with pikepdf.open(BytesIO(printed)) as pdf:
        page = pdf.pages[0]
        media, bleed, trim = (
            [float(side) for side in box] for box in (page.MediaBox, page.BleedBox, page.TrimBox)
        )

    assert (trim[2] - trim[0], trim[3] - trim[1]) == pytest.approx((297, 420), abs=1e-3)
    assert [b - t for b, t in zip(bleed, trim, strict=True)] == pytest.approx(
        [-8.504, -8.504, 8.504, 8.504], abs=2e-3
    )
    assert media[0] < bleed[0] - 14


def test_a_screen_file_is_its_page_and_nothing_else() -> None:
    """960 × 540 px are 720 × 405 pt, to the edge, without marks and in RGB."""
    wide = document(
        screen(960, 540), item(Role.DECORATION, Box(0, 0, 960, 540), shape(Box(0, 0, 960, 540), "blue"))
    )
    made = render_pdf(wide, RESOURCES)

    with pikepdf.open(BytesIO(made.data)) as pdf:
        assert [float(side) for side in pdf.pages[0].MediaBox] == [0, 0, 720, 405]
    assert made.size == (720, 405)
    assert (rendered(made.data) == (11, 77, 162)).all()


def rendered(data: bytes, scale: float = 1.0) -> np.ndarray:
    """A page as PDFium draws it."""
    document = pypdfium2.PdfDocument(data)
    bitmap = document[0].render(scale=scale)
    return np.ascontiguousarray(bitmap.to_numpy()[..., 2::-1])


def test_another_program_draws_the_page_as_approved(printed: bytes, assert_golden: Golden) -> None:
    """Gradient, photograph, shadow, words, bleed and marks are all there, each where it belongs."""
    assert_golden(rendered(printed, 0.5), GOLDEN / "print.png")


def test_what_is_read_is_tagged_and_what_is_not_is_an_artifact(printed: bytes) -> None:
    """A screen reader hears picture, title and body in this order, and none of the grounds."""
    heard = tool("pdfinfo", printed, "-struct-text")

    assert re.sub(r"\s+", " ", heard).strip() == (
        f'Document Figure "" H1 (block) "{TITLE}" P (block) "{BODY.replace(", ", " ")}"'
    )
    with pikepdf.open(BytesIO(printed)) as pdf:
        figure = pdf.Root.StructTreeRoot.K[0].K[0]
        assert (str(figure.S), str(figure.Alt)) == ("/Figure", "Một dải màu")
        assert str(pdf.Root.Lang) == "vi"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo.Title) == TITLE


def test_tags_are_closed_and_no_mark_is_left(printed: bytes) -> None:
    """Each begin has its end, and the little rectangles that stood for them are gone."""
    stream = content(printed)

    assert len(re.findall(r"\b(?:BDC|BMC)\b", stream)) == len(re.findall(r"\bEMC\b", stream))
    assert " .0137" not in stream
    assert "0.0137" not in stream


def test_reading_order_may_differ_from_painting_order() -> None:
    """The body is painted first and read last."""
    box = Box(0, 0, 200, 50)
    page = document(
        screen(200, 50),
        item(Role.BODY, box, run("hai", 5, 40, 12)),
        item(Role.TITLE, box, run("một", 5, 20, 12)),
    )
    turned = replace(page, pages=(replace(page.pages[0], reading=(1, 0)),))

    heard = tool("pdfinfo", render_pdf(turned, RESOURCES).data, "-struct-text")

    assert heard.index("một") < heard.index("hai")


def test_glyphs_that_do_not_say_their_text_carry_it() -> None:
    """A run whose glyphs read otherwise (a ligature, a shaped script) is read back as its text."""
    box = Box(0, 0, 200, 50)
    line = replace(run("khác", 5, 20, 12), text="văn phòng")
    made = render_pdf(document(screen(200, 50), item(Role.BODY, box, line)), RESOURCES)

    assert read_pdf(made.data).strip() == "văn phòng"
    assert tool("pdftotext", made.data).strip() == "văn phòng"


def pages(count: int) -> Document:
    """A document of several pages."""
    box = Box(0, 0, 200, 50)
    one = document(screen(200, 50), item(Role.TITLE, box, run("trang", 5, 20, 12)))
    return replace(one, pages=one.pages * count)


def test_every_page_of_a_document_is_a_page() -> None:
    """Three pages, three titles, one tree of tags."""
    made = render_pdf(pages(3), RESOURCES)

    assert made.pages == 3
    assert read_pdf(made.data).split() == ["trang"] * 3
    with pikepdf.open(BytesIO(made.data)) as pdf:
        assert [str(tag.S) for tag in pdf.Root.StructTreeRoot.K[0].K] == ["/H1", "/H2", "/H2"]


def test_print_knows_inks_only(printed: bytes) -> None:
    """No RGB operator is left; the brand's builds stand where its colours stood, in gradients too."""
    stream = content(printed)

    assert not re.search(r"\b(?:rg|RG)\b", stream)
    assert re.search(r"\b1 0?\.82 0?\.05 0 k\b", stream)  # the title's blue
    with pikepdf.open(BytesIO(printed)) as pdf:
        (pattern,) = pdf.pages[0].Resources.Pattern.values()
        function = pattern.Shading.Function
        assert str(pattern.Shading.ColorSpace) == "/DeviceCMYK"
        assert [float(share) for share in function.C0] == [1, 0.82, 0.05, 0]
        assert [float(share) for share in function.C1] == [1, 0.88, 0.25, 0.4]


def test_small_dark_text_is_black_ink_alone(printed: bytes) -> None:
    """Body text of 9 pt in a dark blue-black is K100; the same ink at 40 pt keeps its build."""
    body = content(printed).partition("/P <<")[2]
    assert re.search(r"^[^k]*BT", body)  # black from here on: no other ink is called for before the words
    box = Box(0, 0, 200, 100)
    large = render_pdf(
        document(print_sheet(200, 100), item(Role.TITLE, box, run("Chữ", 5, 60, 40))), RESOURCES
    )
    assert re.search(r"0?\.8 0?\.68 0?\.55 0?\.7 k\s+BT", content(large.data))


def test_a_colour_without_a_build_is_an_error() -> None:
    """Nothing is guessed for print; the screen file of the same page stands."""
    box = Box(0, 0, 50, 50)
    foreign = item(Role.DECORATION, box, shape(box, "screen"))

    with pytest.raises(ProducerError) as caught:
        render_pdf(document(print_sheet(50, 50), foreign), RESOURCES)

    assert [(d.code, d.facts["colour"]) for d in caught.value.diagnostics] == [
        ("render/colour-without-cmyk", "#010203")
    ]
    assert render_pdf(document(screen(50, 50), foreign), RESOURCES).pages == 1


def test_a_build_changed_in_the_brand_changes_the_plates_alone() -> None:
    """The table decides: another build of the blue is another number in the file."""
    other = Resources(
        {**COLOURS, "blue": replace(COLOURS["blue"], cmyk=(90, 70, 0, 10))}, (), RESOURCES.read_bytes
    )

    assert re.search(r"\b0?\.9 0?\.7 0 0?\.1 k\b", content(render_pdf(SHEET, other).data))


def test_pictures_are_cut_and_never_larger_than_their_file(printed: bytes) -> None:
    """What a crop leaves out is not in the file; 300 × 170 px stay that, whatever the dots to the inch."""
    with pikepdf.open(BytesIO(printed)) as pdf:
        images = [image for image in pdf.pages[0].Resources.XObject.values() if image.Subtype == "/Image"]

    sizes = [(int(image.Width), int(image.Height), str(image.Filter)) for image in images]
    assert (300, 170, "/DCTDecode") in sizes


def test_gradients_of_several_inks_and_of_alpha_are_builds_too() -> None:
    """A scrim and a gradient of three inks carry no light, and soft masks are grey."""
    sheet = Box(0, 0, 100, 50)
    three = Shape(rectangle(sheet), Gradient((Ink("paper"), Ink("gold"), Ink("blue")), 90))
    scrim = Shape(rectangle(sheet), Gradient((Ink("deep", 0.0), Ink("deep", 0.9)), 180))
    made = render_pdf(document(print_sheet(100, 50), item(Role.DECORATION, sheet, three, scrim)), RESOURCES)

    with pikepdf.open(BytesIO(made.data)) as pdf:
        found = [
            (str(thing.Shading.ColorSpace), [float(share) for share in thing.Shading.Function.C1])
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary)
            and thing.get("/PatternType") == 2
            and thing.Shading.Function.FunctionType == 2
        ]
        masks = [end for space, end in found if space == "/DeviceGray"]
    assert ("/DeviceCMYK", [1, 0.88, 0.25, 0.4]) in found
    assert masks == [[pytest.approx(0.9, abs=0.003)]]
    assert {space for space, _ in found} == {"/DeviceCMYK", "/DeviceGray"}
    assert rendered(made.data)[25, 25].tolist() != rendered(made.data)[45, 25].tolist()
