"""Several to a sheet."""

from io import BytesIO

import pikepdf
import pytest
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
