"""Several to a sheet."""

import shutil
import subprocess
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from unittest.mock import ANY

import pikepdf
import pytest
from pdf_words import read_pdf
from small_project import EVENTS, Small, laid

from producer.pipeline import real_stages
from producer.plan.sheet import impose
from producer.recipe.channel import presets
from producer.render.model import Artifact, Resources

MM = 72 / 25.4
CARDS = "  anh: {kind: print, trim: [90, 55], bleed: 3mm, safe: [4, 4, 4, 4], formats: [pdf]}\n"
TEMPLATE = """\
about: Thẻ
kind: still
slots:
  title: {type: text, style: statement}
  sign: {type: signature}
shapes: {any: "title\\nsign"}
"""


@pytest.mark.parametrize(
    ("channel", "sheet", "columns", "rows"),
    # 190 × 277 mm are free on A4: badges of 70 mm in bleed stand on it as 2 × 3.
    [("gift-badge-58", "a4", 2, 3), ("leaflet-a5", "a3", 2, 1), ("gift-pen", "a4", 5, 27)],
)
def test_as_many_as_fit(channel: str, sheet: str, columns: int, rows: int) -> None:
    """The better of upright and lying is taken, with the printer's edge left free."""
    found = impose(presets()[channel], sheet)

    assert found is not None
    cells = presets()[channel]
    assert found.columns * (cells.size.width + 2 * cells.bleed) <= found.size.width - 20 * MM + 1e-6
    assert found.rows * (cells.size.height + 2 * cells.bleed) <= found.size.height - 20 * MM + 1e-6
    assert {found.columns, found.rows} == {columns, rows}


def test_too_large_for_the_sheet() -> None:
    """A poster does not stand on A4."""
    assert impose(presets()["poster-a3"], "a4") is None


def test_two_of_a5_are_a4_where_they_have_no_bleed() -> None:
    """An office cuts its sheets in half; with bleed, or where more than one stands with marks, marks are kept."""
    half = replace(presets()["leaflet-a5"], bleed=0.0)
    found = impose(half, "a4")

    assert found is not None
    assert (found.count, found.marks) == (2, False)
    assert impose(presets()["leaflet-a5"], "a4") == replace(found, columns=1, rows=1, marks=True, size=ANY)
    pens = impose(presets()["gift-pen"], "a4")
    assert pens is not None
    assert pens.marks


def sheets(rows: int) -> tuple[Small, Artifact]:
    """Cards of so many rows on A4."""
    head, first, *_ = EVENTS.splitlines()
    events = "\n".join([head, *(first.replace("A1,", f"A{n},") for n in range(rows)), ""])
    project = Small(template=TEMPLATE, events=events, channels=CARDS).but()
    files = {**project.files}
    files["recipes/thu/recipe.yaml"] = str(files["recipes/thu/recipe.yaml"]).replace(
        "    each: events\n", "    each: events\n    sheet: a4\n"
    )
    project = project.but(more=files)
    document = laid(project.scene(), project.world)
    resources = Resources(project.scene().colours, ("leaf", "sun"), project.world.read_bytes)
    artifact = real_stages().render(document, resources)
    assert real_stages().prove(artifact, document, project.world.read_bytes) == ()
    return project, artifact


def test_a_sheet_carries_every_row_once() -> None:
    """Twelve cards of 96 × 61 mm with bleed take two sheets of A4, and every one says its words."""
    _, artifact = sheets(12)

    with pikepdf.open(BytesIO(artifact.data)) as pdf:
        counts = [len(page.Resources.XObject) for page in pdf.pages]
        boxes = [sorted(float(side) for side in page.TrimBox) for page in pdf.pages]
        cell = pdf.pages[0].Resources.XObject["/Cell0"].BBox
    width, height = float(cell[2]) - float(cell[0]), float(cell[3]) - float(cell[1])
    assert (width, height) == pytest.approx((96 * MM, 61 * MM), abs=0.01)  # with its bleed
    assert sum(counts) == 12
    assert artifact.pages == len(counts) == 2
    assert boxes == [pytest.approx([0, 0, 210 * MM, 297 * MM], abs=0.01)] * 2


def test_sheets_are_the_same_twice() -> None:
    """Same rows, same bytes."""
    assert sheets(3)[1].data == sheets(3)[1].data


def test_a_sheet_is_read_card_by_card() -> None:
    """Every card's words are tagged in the order of the rows, each tag at its own cell, and a text tool reads them."""
    _, artifact = sheets(12)

    with pikepdf.open(BytesIO(artifact.data)) as pdf:
        tags = list(pdf.Root.StructTreeRoot.K[0].K)
        cells = [cell for page in pdf.pages for cell in page.Resources.XObject.values()]
        streams = [tag.K.Stm.objgen for tag in tags]
        assert str(pdf.Root.Lang) == "vi"
        assert bool(pdf.Root.MarkInfo.Marked)
        parents = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        for number, cell in enumerate(sorted(cells, key=lambda cell: int(cell.StructParents))):
            assert parents[2 * number] == number
            own = [tag for tag in parents[2 * number + 1] if tag.K.Stm.objgen == cell.objgen]
            assert len(own) == len(parents[2 * number + 1]) == 2
    assert streams == sorted(streams, key=streams.index)
    assert len(set(streams)) == 12
    heard = pdfinfo(artifact.data)
    assert heard.count("Ngày hội công nhân".upper()) + heard.count("Ngày hội công nhân") == 12


def pdfinfo(data: bytes) -> str:
    """What a screen reader would hear, as Poppler tells it."""
    if shutil.which("pdfinfo") is None:
        pytest.skip("pdfinfo is missing: apt-get install poppler-utils")
    command = ["pdfinfo", "-struct-text", "-"]
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout.decode()


def test_marks_stand_at_every_trim_and_bleed_stays() -> None:
    """Each edge of each column and row has its mark outside the cells; a cell is as large as card and bleed."""
    project, artifact = sheets(10)
    sheet = project.document().canvas.imposition
    assert sheet is not None
    lines = marks(artifact)

    assert len(lines) == 4 * (sheet.columns + sheet.rows)
    upright = sorted({line[0] for line in lines if line[0] == line[2]})
    steps = [b - a for a, b in pairwise(upright)]
    assert steps[::2] == pytest.approx([90 * MM] * sheet.columns, abs=0.01)
    assert steps[1::2] == pytest.approx([6 * MM] * (sheet.columns - 1), abs=0.01)


def marks(artifact: Artifact, page: int = 0) -> list[list[float]]:
    """Each mark of a sheet: where it begins and ends, across and up."""
    with pikepdf.open(BytesIO(artifact.data)) as pdf:
        drawn = pdf.pages[page].Contents.read_bytes().decode().splitlines()
    return [[float(n) for n in line.split() if n not in "mlS"] for line in drawn if line.endswith("l S")]


def test_an_empty_place_has_no_marks() -> None:
    """Of three cards two stand in the first row and one below: the fourth place is left white."""
    full, three = marks(sheets(4)[1]), marks(sheets(3)[1])
    assert len(three) == len(full) == 4 * (2 + 2)

    low = min(line[3] for line in three)
    right = max(line[2] for line in three)
    at_fourth = [
        line for line in three if line[2] == right and line[3] < max(x[3] for x in three) - 61 * MM - 30
    ]
    under = {line[0] for line in three if line[3] == low}
    assert at_fourth == []
    assert len(under) == 2
    assert len({line[0] for line in full if line[3] == min(end[3] for end in full)}) == 4


def test_a_sheet_has_its_page_of_checks() -> None:
    """It says how many stand on how many sheets."""
    project, artifact = sheets(12)
    assert artifact.preflight is not None
    resources = Resources(project.scene().colours, ("leaf", "sun"), project.world.read_bytes)
    _, page = real_stages().check_page(project.document(), artifact.preflight, (), resources)
    said = " ".join(read_pdf(page).split())

    assert "12, xếp 2 × 3 trên 2 tờ 297 × 210 mm" in said


def test_round_pieces_share_one_layer_of_cuts() -> None:
    """Four badges on a sheet: one layer, four circles on the plate of the cutter."""
    template = (
        "about: Thẻ\nkind: still\nslots:\n  title: {type: text, style: statement}\nshapes: {any: title}\n"
    )
    project = Small(template=template, used="gift-badge-58")
    recipe = str(project.files["recipes/thu/recipe.yaml"]).replace(
        "each: events\n", "each: events\n    sheet: a4\n"
    )
    project = project.but(more={"recipes/thu/recipe.yaml": recipe})
    with pikepdf.open(BytesIO(project.artifact().data)) as pdf:
        layers = list(pdf.Root.OCProperties.OCGs)
        cells = list(pdf.pages[0].Resources.XObject.values())

        assert len(layers) == 1
        assert {cell.Resources.Properties.CutLayer.objgen for cell in cells} == {layers[0].objgen}
        assert all(b"/CutContour CS" in cell.read_bytes() for cell in cells)
        assert len(cells) == 2
