"""Print files as a printer's own programs see them."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from hand_page import COLOURS, RESOURCES, document, face, item, poster, print_sheet, rectangle, run, shape
from pdf_words import read_pdf
from PIL import Image

from producer.brand.model import Ink, PressSpec
from producer.diagnostics import Diagnostic, Level, ProducerError, Span
from producer.geometry import Box, Insets
from producer.layout.model import Document, Shape
from producer.proof.prove import prove
from producer.recipe.brand_file import read_brand
from producer.render.model import Resources
from producer.render.pdf.press import own_profile, photo_ink
from producer.render.pdf.render import check_page
from producer.render.render import render
from producer.scene.model import Canvas, Gradient, Press, Role
from producer.world import FolderWorld

PRESS = Press(
    PressSpec(), face("BeVietnamPro-Regular.ttf", 400), face(), date(2025, 4, 15), "poster-a3", "blue"
)
MM = 72 / 25.4
CHECKOUT = Path(__file__).parents[2]


def sheet(width: float, height: float, **more: object) -> Canvas:
    """A print page in mm, with 3 mm of bleed."""
    canvas = print_sheet(width * MM, height * MM)
    return replace(canvas, safe=Insets.even(5 * MM), bleed=3 * MM, press=PRESS, **more)  # type: ignore[arg-type]


def program(*command: str | Path) -> str:
    """What another program says; it is skipped where it is missing."""
    if shutil.which(str(command[0])) is None:
        pytest.skip(f"{command[0]} is missing: apt-get install qpdf ghostscript")
    return subprocess.run([*map(str, command)], capture_output=True, check=True, text=True).stdout


def boxes(data: bytes) -> dict[str, list[float]]:
    """The boxes of the first page in mm."""
    with pikepdf.open(BytesIO(data)) as pdf:
        page = pdf.pages[0]
        found = {"media": page.MediaBox, "bleed": page.BleedBox, "trim": page.TrimBox}
        return {name: [float(side) / MM for side in box] for name, box in found.items()}


POSTER = poster(sheet(297, 420), "pdf")


@pytest.fixture(scope="module")
def printed() -> bytes:
    """A poster for print."""
    return render(POSTER, RESOURCES).data


def plates(data: bytes, folder: Path, dpi: int = 36) -> dict[str, np.ndarray]:
    """The ink of every plate from 0 to 1, as Ghostscript separates the file."""
    path = folder / "page.pdf"
    path.write_bytes(data)
    program("gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=tiffsep", f"-r{dpi}", "-o", folder / "p.tif", path)
    return {
        made.name[2:-5]: 1 - np.asarray(Image.open(made).convert("L")) / 255
        for made in folder.glob("p(*).tif")
    }


def test_qpdf_finds_nothing_to_say(printed: bytes, tmp_path: Path) -> None:
    """The file is sound."""
    (tmp_path / "page.pdf").write_bytes(printed)
    assert "No syntax or stream encoding errors" in program("qpdf", "--check", tmp_path / "page.pdf")


def test_plates_are_the_builds_of_the_brand(printed: bytes, tmp_path: Path) -> None:
    """The corners of the ground have 100/82/5/0 and 100/88/25/40, as the brand builds them."""
    made = plates(printed, tmp_path)
    names = ("Cyan", "Magenta", "Yellow", "Black")

    first = [made[name][14, 14] * 100 for name in names]
    last = [made[name][-15, -15] * 100 for name in names]
    assert first == pytest.approx(COLOURS["blue"].cmyk, abs=1.2)
    assert last == pytest.approx(COLOURS["deep"].cmyk, abs=1.2)


def test_the_press_stands_in_the_file(printed: bytes) -> None:
    """Output intent with our profile, PDF/X-4, and the recipe's day for the hour."""
    with pikepdf.open(BytesIO(printed)) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert str(intent.OutputConditionIdentifier) == "FOGRA39"
        assert intent.DestOutputProfile.read_bytes() == own_profile()
        with pdf.open_metadata() as metadata:
            assert metadata["pdfxid:GTS_PDFXVersion"] == "PDF/X-4"
            assert metadata["xmp:CreateDate"] == "2025-04-15T00:00:00+07:00"
        assert pdf.pdf_version == "1.6"
        images = [x for x in pdf.pages[0].Resources.XObject.values() if x.Subtype == "/Image"]
        assert all(image.ColorSpace != "/DeviceRGB" for image in images)
    assert render(POSTER, RESOURCES).data == printed


def test_the_printers_own_profile_replaces_ours() -> None:
    """What brand.yaml names is embedded, under its condition."""
    from producer.brand.model import Artwork

    other = bytearray(own_profile())
    other[4:8] = b"abcd"
    spec = PressSpec(Artwork("brand/press.icc", "x"), "FOGRA51", 320)
    own = replace(
        RESOURCES, read_bytes=lambda p: bytes(other) if p.endswith("icc") else RESOURCES.read_bytes(p)
    )
    made = render(poster(replace(sheet(100, 140), press=replace(PRESS, spec=spec)), "pdf"), own)

    with pikepdf.open(BytesIO(made.data)) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert intent.DestOutputProfile.read_bytes() == bytes(other)
        assert str(intent.OutputConditionIdentifier) == "FOGRA51"


def test_a_pano_is_drawn_at_a_tenth_and_says_so() -> None:
    """6 × 3 m is a page of 600 × 300 mm with 5 mm of bleed, vector, in under 2 s, its real size in a line."""
    canvas = sheet(6000, 3000, scale=10.0, dpi=72, marks=False)
    began = time.perf_counter()
    made = render(poster(replace(canvas, bleed=50 * MM), "pdf"), RESOURCES)

    assert time.perf_counter() - began < 2
    found = boxes(made.data)
    trim, bleed = found["trim"], found["bleed"]
    assert (trim[2] - trim[0], trim[3] - trim[1]) == pytest.approx((600, 300), abs=0.01)
    assert (bleed[2] - bleed[0], bleed[3] - bleed[1]) == pytest.approx((610, 310), abs=0.01)
    assert "Tỷ lệ 1:10, kích thước thật 6000 × 3000 mm" in read_pdf(made.data)
    assert "6000 × 3000 mm" in read_pdf(checks(poster(replace(canvas, bleed=50 * MM), "pdf")))


def test_a_page_larger_than_pdf_holds_is_refused() -> None:
    """At its full size a pano of 6 m is no page."""
    with pytest.raises(ProducerError) as caught:
        render(poster(sheet(6000, 3000), "pdf"), RESOURCES)

    assert [d.code for d in caught.value.diagnostics] == ["print/page-too-large"]


def test_the_page_of_checks_says_what_was_found() -> None:
    """Sizes, ink and warnings are words on one A4 page, the same twice."""
    page = checks(poster(sheet(105, 148), "pdf"))
    said = " ".join(read_pdf(page).split())

    for words in ("105 × 148 mm", "3 mm · 5 mm", "273 % ở ink, mức cho phép 300 %", "100 / 82 / 5 / 0"):
        assert words in said
    assert checks(poster(sheet(105, 148), "pdf")) == page


def test_the_page_of_checks_tells_what_was_found_before_and_what_was_accepted() -> None:
    """A photograph of few dots stands there, and the reason for which somebody took it all the same."""
    facts = {"path": "a.jpg", "found": "108 dpi", "wanted": "175 dpi", "largest": "A5"}
    few = Diagnostic("photo/low-dpi", Span("a.csv", 2), facts, Level.WARNING)
    made = poster(sheet(105, 148), "pdf")
    for problems, words in (
        ((), "Không có cảnh báo nào."),
        ((few,), "Cần xem lại trước khi in Ảnh a.jpg"),
        ((replace(few, facts={**facts, "accepted": "Ảnh duy nhất"}),), "(đã chấp nhận: Ảnh duy nhất)"),
    ):
        assert words in " ".join(read_pdf(checks(made, *problems)).split())


def test_the_page_of_checks_says_how_much_more_was_found() -> None:
    """What does not fit below the last line is counted, and nothing runs off the page."""
    facts = {"path": "a.jpg", "found": "108 dpi", "wanted": "175 dpi", "largest": "A5"}
    few = [Diagnostic("photo/low-dpi", Span("a.csv", row), facts, Level.WARNING) for row in range(60)]
    said = " ".join(read_pdf(checks(poster(sheet(105, 148), "pdf"), *few)).split())
    shown = said.count("Ảnh a.jpg")
    assert 0 < shown < 60
    assert f"và {60 - shown} điều nữa" in said


def checks(page: Document, *problems: Diagnostic) -> bytes:
    """The page of checks of a document of which all these were found."""
    found = render(page, RESOURCES).preflight
    assert found is not None
    suffix, data = check_page(page, found, problems, RESOURCES)
    assert suffix == ".kiem-tra.pdf"
    return data


def codes(made: Document) -> list[str]:
    """The warnings of a print document."""
    return [problem.code for problem in render(made, RESOURCES).problems]


def test_small_type_thin_lines_and_much_ink_are_warnings() -> None:
    """6 pt, a line of 0.1 pt and 273 % where 260 are allowed; and then the file claims no PDF/X-4."""
    box = Box(0, 0, 200, 100)
    thin = Shape("M5 80L100 80", stroke=Ink("blue"), width=0.1)
    canvas = replace(sheet(70, 35), press=replace(PRESS, spec=PressSpec(ink_limit=260)))
    made = document(canvas, item(Role.BODY, box, run("Chữ nhỏ", 5, 30, 6), thin), form="pdf")

    assert codes(made) == ["print/small-text", "print/thin-line", "print/ink-limit"]
    assert b"PDF/X-4" not in render(made, RESOURCES).data
    large = document(sheet(70, 35), item(Role.BODY, box, run("Chữ vừa", 5, 30, 9)), form="pdf")
    assert codes(large) == []


def test_large_formats_are_read_from_afar() -> None:
    """At 72 dpi people stand 2.5 m away: capitals of 5 mm are too small, those of 9 mm are not."""
    canvas = sheet(1000, 500, dpi=72)
    box = Box(0, 0, 200, 100)
    small, right = (
        document(canvas, item(Role.TITLE, box, run("CHỮ", 5, 60, size)), form="pdf") for size in (20, 37)
    )

    assert codes(small) == ["print/small-text"]
    assert codes(right) == []


def test_a_photograph_keeps_within_the_ink_of_its_profile() -> None:
    """Our profile separates no colour above 300 %."""
    (photo,) = next(i.paints for i in POSTER.pages[0].items if i.role is Role.PICTURE)

    assert 100 < photo_ink(photo, PRESS, RESOURCES) <= 302  # type: ignore[arg-type]


def badge(inks: str, form: str) -> Document:
    """A round badge without a photograph."""
    canvas = sheet(58, 58, inks=inks, circle=True, marks=False, least_text=1.0)
    ground, paper = Box(-9, -9, 183, 183), Box(30, 60, 100, 40)
    return document(
        canvas,
        item(Role.DECORATION, ground, shape(ground, "deep"), shape(ground, "gold", 0.2)),
        item(Role.TITLE, paper, shape(paper, "paper"), run("Công đoàn", 40, 85, 16, "ink")),
        form=form,
    )


def test_one_ink_is_one_plate_and_the_cut_another(tmp_path: Path) -> None:
    """All dark inks are the brand's one at its full strength, light ones bare; the circle is a plate of its own."""
    made = plates(render(badge("one", "pdf"), RESOURCES).data, tmp_path, 72)
    used = {name for name, plate in made.items() if plate.max() > 0.1}

    assert used == {"blue", "CutContour"}
    blue = made["blue"]
    assert blue[20, 20] == pytest.approx(1)
    assert ((blue < 0.02) | (blue > 0.98)).mean() > 0.95  # but for the edges of letters
    assert np.argwhere(made["CutContour"] > 0.1)[:, 1].min() in (
        8,
        9,
    )  # the trim's left side: 3 mm from the bleed's


def test_photographs_are_refused_in_flat_inks() -> None:
    """No tint of one ink can show a photograph."""
    with pytest.raises(ProducerError) as caught:
        render(poster(sheet(90, 130, inks="flat"), "pdf"), RESOURCES)

    assert [d.code for d in caught.value.diagnostics] == ["print/photo-in-flat-inks"]


def test_flat_inks_are_counted() -> None:
    """A machine of six threads cannot sew seven; six plates are made, and no tint of them."""
    box = Box(0, 0, 60, 60)
    colours = {f"thread-{at}": replace(COLOURS["blue"], red=at, cmyk=(at, 0, 0, 0)) for at in range(7)}
    own = replace(RESOURCES, colours={**COLOURS, **colours})

    def threads(count: int) -> Document:
        shapes = [shape(box.moved(0, at), f"thread-{at}", 0.8) for at in range(count)]
        return document(sheet(30, 30, inks="flat"), item(Role.DECORATION, box, *shapes), form="pdf")

    with pikepdf.open(BytesIO(render(threads(6), own).data)) as pdf:
        assert len([name for name in pdf.pages[0].Resources.ColorSpace if "thread" in name]) == 6
        assert not any(
            "ca" in str(state.keys()) and float(state.get("/ca", 1)) < 1
            for state in pdf.pages[0].Resources.get("/ExtGState", {}).values()
        )
    with pytest.raises(ProducerError) as caught:
        render(threads(7), own)
    assert [d.code for d in caught.value.diagnostics] == ["print/too-many-inks"]


def test_svg_is_outlines_at_real_size() -> None:
    """No font, no picture, one ink, the bleed's size in mm, the cut in its own layer, and our door lets it in."""
    page = badge("one", "svg")
    made = render(page, RESOURCES)
    text = made.data.decode()

    assert prove(made, page, RESOURCES.read_bytes) == ()
    assert re.search(r'<svg [^>]*width="64mm" height="64mm"', text)
    assert "<text" not in text
    assert set(re.findall(r'fill="(#\w+)"', text)) == {"#0B4DA2", "#FFFFFF"}
    assert 'id="CutContour"' in text


def test_svg_shows_what_the_picture_shows() -> None:
    """Another program draws the same page: gradient, clip, shadow, photograph and words."""
    page = poster(replace(print_sheet(300, 420), bleed=0.0, dpi=72, marks=False), "svg")
    if shutil.which("rsvg-convert") is None:
        pytest.skip("rsvg-convert is missing: apt-get install librsvg2-bin")
    command = ["rsvg-convert", "-w", "300", "-h", "420"]
    drawn = subprocess.run(
        command, input=render(page, RESOURCES).data, capture_output=True, check=True
    ).stdout
    ours = render(replace(page, format="png"), RESOURCES).data
    one, other = (
        np.asarray(Image.open(BytesIO(data)).convert("RGB").resize((60, 84)), dtype=float)
        for data in (drawn, ours)
    )

    assert (
        np.abs(one - other).max() < 40
    )  # edges of letters: each program smooths its own way; a lost word is 200
    assert np.abs(one - other).mean() < 3


def streams_of(data: bytes) -> list[bytes]:
    """The pages and, however deep, the forms that they paint with."""
    with pikepdf.open(BytesIO(data)) as pdf:
        forms = [
            thing
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Form"
        ]
        return [*(page.Contents.read_bytes() for page in pdf.pages), *(form.read_bytes() for form in forms)]


def is_gradient(thing: pikepdf.Object) -> bool:
    """Whether an object of a file is a pattern that runs from one colour to another."""
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/PatternType") == 2


def test_every_ink_of_the_brand_prints_as_its_build(tmp_path: Path) -> None:
    """A flat patch of each token of brand.yaml has on every plate what its line says, to one level of 255."""
    colours = read_brand(FolderWorld(CHECKOUT)).colours
    own = Resources(colours, (), RESOURCES.read_bytes)
    boxes = {token: Box(10 + at % 5 * 40, 10 + at // 5 * 40, 40, 40) for at, token in enumerate(colours)}
    patches = (shape(box, token) for token, box in boxes.items())
    page = document(
        replace(sheet(90, 90), marks=False), item(Role.DECORATION, Box(0, 0, 250, 250), *patches), form="pdf"
    )

    made = plates(render(page, own).data, tmp_path, 72)

    for token, box in boxes.items():
        x, y = (round(side + 3 * MM) for side in box.centre)  # the page begins with its bleed
        found = [made[name][y, x] for name in ("Cyan", "Magenta", "Yellow", "Black")]
        build = colours[token].cmyk
        assert build is not None
        assert found == pytest.approx([share / 100 for share in build], abs=1.01 / 255), token


def test_small_black_words_are_on_the_black_plate_alone(tmp_path: Path) -> None:
    """Body text of 9 pt in the brand's near black leaves no trace on cyan, magenta and yellow."""
    box = Box(0, 0, 150, 60)
    page = document(
        replace(sheet(60, 25), marks=False),
        item(Role.BODY, box, run("Chữ nhỏ màu đen", 10, 30, 9)),
        form="pdf",
    )

    made = plates(render(page, RESOURCES).data, tmp_path, 288)

    assert made["Black"].max() > 0.99
    assert max(made[name].max() for name in ("Cyan", "Magenta", "Yellow")) == 0


def test_what_shines_through_keeps_the_rules_of_the_press(tmp_path: Path) -> None:
    """Scrims, faint panels, shadows and gradients mix inks, never light, and never more ink than is allowed."""
    box = Box(0, 0, 280, 380)
    ground = Shape(rectangle(box), Gradient((Ink("blue"), Ink("deep")), 160), box=box)
    scrim = Shape(rectangle(box), Gradient((Ink("ink", 0.0), Ink("ink", 0.9)), 180), box=box)
    shadow = replace(shape(Box(40, 40, 150, 80), "ink", 0.5), blur=6)
    veil = shape(Box(60, 60, 100, 200), "paper", 0.4)
    page = document(
        replace(sheet(100, 140), marks=False),
        item(Role.DECORATION, box, ground, scrim, shadow, veil),
        form="pdf",
    )
    data = render(page, RESOURCES).data

    assert not any(re.search(rb"(?<![\w.])(?:rg|RG)(?!\w)", stream) for stream in streams_of(data))
    with pikepdf.open(BytesIO(data)) as pdf:
        groups = [
            str(thing.Group.CS)
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream)
            and "/Group" in thing
            and "/CS" in thing.Group
        ]
        spaces = {str(thing.Shading.ColorSpace) for thing in pdf.objects if is_gradient(thing)}
    assert set(groups) <= {"/DeviceCMYK", "/DeviceGray"}
    assert spaces == {"/DeviceCMYK", "/DeviceGray"}
    made = plates(data, tmp_path, 72)
    assert sum(made[name] for name in ("Cyan", "Magenta", "Yellow", "Black")).max() <= 3


@pytest.mark.parametrize(("dpi", "scale"), [(300, 1.0), (150, 1.0), (100, 10.0)])
def test_shadows_have_the_dots_of_their_channel(dpi: int, scale: float, tmp_path: Path) -> None:
    """At the final size, for a poster, a standee and a pano at 1:10; photographs have no more."""
    box = Box(0, 0, 400, 300)
    shadow = replace(shape(Box(50, 50, 200, 100), "ink", 0.5), blur=6)
    photo = next(i for i in poster(sheet(140, 100), "pdf").pages[0].items if i.role is Role.PICTURE)
    page = document(
        sheet(140, 100, dpi=dpi, scale=scale), item(Role.DECORATION, box, shadow), photo, form="pdf"
    )
    (tmp_path / "page.pdf").write_bytes(render(page, RESOURCES).data)

    rows = [line.split() for line in program("pdfimages", "-list", tmp_path / "page.pdf").splitlines()[2:]]
    shadows = [float(row[12]) for row in rows if row[5] == "gray"]
    others = [float(row[12]) for row in rows if row[5] != "gray"]

    assert shadows == pytest.approx([dpi * scale], rel=0.02)
    assert len(others) == 1
    assert max(others) <= dpi * scale * 1.02


def test_fonts_are_real_and_cut_down(printed: bytes, tmp_path: Path) -> None:
    """Every font is inside, a subset with letters of its own, and none is drawn as pictures."""
    (tmp_path / "page.pdf").write_bytes(printed)
    rows = program("pdffonts", tmp_path / "page.pdf").splitlines()[2:]

    assert rows
    assert all(re.search(r"CID TrueType +Identity-H +yes yes yes", row) for row in rows)
    assert len({row[:7] for row in rows}) == len(rows)  # the prefix of each


def test_bare_material_is_not_painted() -> None:
    """The white page under a print of flat inks is left out; white that stands on ink is knocked out of it."""
    ground, patch, hole = Box(-9, -9, 183, 183), Box(40, 40, 80, 80), Box(60, 60, 20, 20)
    items = (shape(box, token) for box, token in ((ground, "paper"), (patch, "deep"), (hole, "paper")))
    canvas = sheet(58, 58, inks="flat", marks=False)
    text = render(
        document(canvas, item(Role.DECORATION, ground, *items), form="svg"), RESOURCES
    ).data.decode()

    assert re.findall(r'<path d="M(-?\d+)[^>]*fill="#(\w+)"', text) == [("40", "082F66"), ("60", "FFFFFF")]


def test_a_channel_counts_its_inks() -> None:
    """A bag of two spot colours refuses a third."""
    box = Box(0, 0, 60, 60)
    shapes = [shape(box.moved(0, at), token) for at, token in enumerate(("blue", "deep", "gold"))]

    def bag(most: int) -> Document:
        return document(
            sheet(30, 30, inks="flat", most_inks=most), item(Role.DECORATION, box, *shapes), form="pdf"
        )

    with pytest.raises(ProducerError) as caught:
        render(bag(2), RESOURCES)
    assert [(d.code, d.facts["most"]) for d in caught.value.diagnostics] == [("print/too-many-inks", 2)]
    assert render(bag(3), RESOURCES).pages == 1


@pytest.mark.parametrize("form", ["svg", "png", "tif"])
def test_other_print_files_have_their_page_of_checks(form: str) -> None:
    """One beside the file that its channel makes first, and none beside the others."""
    page = badge("", form)
    press = replace(PRESS, checked=False)
    other = render(replace(page, canvas=replace(page.canvas, press=press)), RESOURCES)

    assert form.upper() in read_pdf(checks(page))
    assert other.preflight is None
