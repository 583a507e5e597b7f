"""A fault of one character or one digit in a finished file is found out, and no sound file is."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from hand_page import RESOURCES, document, item, print_sheet, read_bytes, run, screen
from seeded import seeded

from producer.brand.model import Ink
from producer.diagnostics import Span
from producer.geometry import Box
from producer.layout.model import Cue, Document
from producer.layout.qr import qr_shapes
from producer.pipeline import prepare, real_stages
from producer.proof.code import codes_of_shapes, codes_of_svg, read_codes, unread_codes
from producer.proof.prove import prove
from producer.render.clip.render import subtitles
from producer.render.model import Artifact, Resources
from producer.render.pdf.render import render_pdf
from producer.render.raster.render import render_raster
from producer.render.vector.render import render_svg
from producer.scene.model import ChartElement, ChartKind, Origin, QrElement, Role
from producer.world import FolderWorld

ROOT = Path(__file__).resolve().parent.parent.parent
BOX = Box(0, 0, 400, 100)
ADDRESS = "https://congdoan.example/su-kien/EV-2025-01"
LINES = ("Trao 1.250 suất quà", "đến ấp Mỹ Hưng, Chủ Nhật", "28/7/2025: 15.000.000 đồng")


def words(*, form: str = "png", printed: bool = False) -> Document:
    """A page of three facts, a line each."""
    canvas = print_sheet(400, 200) if printed else screen(400, 200)
    items = [item(Role.BODY, BOX, run(line, 10, 40 + 40 * at, 20)) for at, line in enumerate(LINES)]
    page = document(canvas, *(replace(one, element=code_element()) for one in items), form=form, facts=LINES)
    return replace(page, post="Trao 1.250 suất quà\n\n#TetSumVay2025")


def code_element(address: str = ADDRESS) -> QrElement:
    """An element that shows a code."""
    # Nobody looks at its style here.
    style: object = None
    ink, paper, origin = Ink("ink"), Ink("paper"), Origin(Span("data.csv", 7, 3), "sign")
    return QrElement("sign", address, "", style, ink, paper, origin, ink)  # type: ignore[arg-type]


def coded(canvas: object, *, side: float = 150, form: str = "png", cover: bool = False) -> Document:
    """A page with a code of :data:`ADDRESS`, half of it covered where that is asked."""
    place = Box(20, 20, side, side)
    shapes = qr_shapes(ADDRESS, place, Ink("ink"), Ink("paper"), whole_px=form == "png").shapes
    patch = qr_shapes(ADDRESS, Box(40, 40, side * 0.6, side * 0.6), Ink("paper"), Ink("paper")).shapes
    one = item(Role.SIGNATURE, place, *shapes, *(patch if cover else ()))
    return document(canvas, replace(one, element=code_element(), code=place), form=form)  # type: ignore[arg-type]


def misses(made: Artifact, page: Document, step: int = 1) -> tuple[list[tuple[str, str]], int]:
    """Return the faults that go through, and how many were tried."""
    tried = [
        (medium, kind, prove(*wrong, read_bytes))
        for medium, kind, *wrong in islice(seeded(made, page, read_bytes), 0, None, step)
    ]
    return [(medium, kind) for medium, kind, problems in tried if not problems], len(tried)


@pytest.mark.parametrize(("form", "printed"), [("png", False), ("pdf", False), ("pdf", True)])
def test_no_fault_of_a_page_goes_through(form: str, *, printed: bool) -> None:
    """In glyphs that are painted, in a PDF's content, in what it says to viewers, and in the words to post."""
    page = words(form=form, printed=printed)
    made = render_pdf(page, RESOURCES) if form == "pdf" else render_raster(page, RESOURCES)
    made = replace(made, extras=((".txt", f"{page.post}\n".encode()),))

    assert prove(made, page, read_bytes) == ()
    missed, tried = misses(made, page)
    assert missed == []
    assert tried >= 20


def test_no_fault_of_subtitles_goes_through() -> None:
    """Their words, their times, their numbers."""
    cues = (Cue(0, 95, LINES[0]), Cue(96, 191, "\n".join(LINES[1:])))
    page = replace(words(), cues=cues, post="")
    made = replace(render_raster(page, RESOURCES), extras=((".srt", subtitles(cues, page.rate).encode()),))

    assert prove(made, page, read_bytes) == ()
    assert misses(made, page)[0] == []
    late = subtitles((replace(cues[0], last=94), cues[1]), page.rate).encode()
    assert [d.code for d in prove(replace(made, extras=((".srt", late),)), page, read_bytes)] == [
        "proof/words-differ"
    ]
    assert prove(replace(made, extras=()), page, read_bytes)


@cache
def sample(job: str) -> tuple[Artifact, Document]:
    """A finished item of the demo."""
    world, stages = FolderWorld(ROOT), real_stages()
    road = prepare("recipes/cong-doan-2025/recipe.yaml", world, stages, job.partition("/")[0])
    found = next(one for one in road.plan.jobs if one.id.startswith(job))
    scene = stages.compose(found, road.project, road.tables, world)
    page = stages.prepare_layout(world.read_bytes)(scene)
    return stages.render(page, Resources(scene.colours, road.project.brand.series, world.read_bytes)), page


def test_few_of_many_faults_of_a_deck_are_all_found_out() -> None:
    """In its slides, tables, native charts and notes; a slide says no more and no less than was set."""
    made, page = sample("deck")
    read = FolderWorld(ROOT).read_bytes

    assert prove(made, page, read) == ()
    wrong = list(islice(seeded(made, page, read), 3, None, 61))
    assert [medium for medium, _, *one in wrong if not prove(*one, read)] == []
    assert {medium for medium, *_ in wrong} >= {"PPTX slides", "PPTX charts"}


@pytest.mark.parametrize(
    ("canvas", "form"),
    [
        (screen(400, 400), "png"),
        (print_sheet(400, 400), "pdf"),
        (replace(print_sheet(400, 400), scale=10), "pdf"),
        (screen(400, 400), "svg"),
    ],
)
def test_a_code_is_read_from_the_finished_file(canvas: object, form: str) -> None:
    """One that something covers is an error, as is one that says another address."""
    render = {"png": render_raster, "pdf": render_pdf, "svg": render_svg}[form]
    good, covered = coded(canvas, form=form), coded(canvas, form=form, cover=True)
    made = render(good, RESOURCES)

    assert prove(made, good, read_bytes) == ()
    if form != "svg":  # its paths are read one by one
        assert [d.code for d in prove(render(covered, RESOURCES), good, read_bytes)] == [
            "proof/code-unreadable"
        ]
    other = replace(good.pages[0].items[0], element=code_element(ADDRESS.replace("01", "02")))
    wished = replace(good, pages=(replace(good.pages[0], items=(other,)),))
    (problem,) = prove(made, wished, read_bytes)
    assert problem.facts == {"address": ADDRESS.replace("01", "02"), "found": ADDRESS}


def test_two_equal_codes_must_both_be_read() -> None:
    """One that is read does not stand for another."""
    two = coded(screen(400, 400))
    two = replace(two, pages=two.pages * 2)

    assert unread_codes(two, (ADDRESS, ADDRESS)) == ()
    assert len(unread_codes(two, (ADDRESS,))) == 1
    assert read_codes(np.full((50, 50), 255, np.uint8)) == []
    assert list(codes_of_svg(["M0 0L1 1Z" * 40])) == []


def test_codes_of_a_deck_are_read_from_its_shapes() -> None:
    """A slide keeps them as freeforms."""
    from io import BytesIO

    from pptx import Presentation

    made, _ = sample("deck")
    slides = Presentation(BytesIO(made.data)).slides
    assert [code for slide in slides for code in codes_of_shapes(slide._element)] == [
        "https://congdoan.example/su-kien"
    ] * 2


@pytest.mark.parametrize("kind", list(ChartKind))
def test_native_charts_are_held_against_their_values(kind: ChartKind) -> None:
    """With decimals each label has words of its own; values, targets, names and labels must be the data's."""
    values, targets = (Decimal("43.5"), Decimal(92), Decimal("8.25"), None), (Decimal(40),) * 4
    made, page = deck_of(kind, values, targets)

    assert prove(made, page, FolderWorld(ROOT).read_bytes) == ()
    _, other = deck_of(kind, (Decimal("43.5"), Decimal(93), Decimal("8.25"), None), targets)
    assert "proof/words-differ" in {d.code for d in prove(made, other, FolderWorld(ROOT).read_bytes)}
    wrong = [
        one for medium, _, *one in seeded(made, page, FolderWorld(ROOT).read_bytes) if medium == "PPTX charts"
    ]
    assert all(prove(*one, FolderWorld(ROOT).read_bytes) for one in wrong[::7])


def deck_of(
    kind: ChartKind, values: tuple[Decimal | None, ...], targets: tuple[Decimal | None, ...]
) -> tuple[Artifact, Document]:
    """A deck of one slide, with a chart of a kind and of values."""
    world, stages = FolderWorld(ROOT), real_stages()
    road = prepare("recipes/cong-doan-2025/recipe.yaml", world, stages, "deck")
    scene = stages.compose(road.plan.jobs[0], road.project, road.tables, world)
    page = next(page for page in scene.pages if any(isinstance(one, ChartElement) for one in page.elements))
    elements = tuple(
        replace(one, kind=kind, values=values, targets=targets, unit="%")
        if isinstance(one, ChartElement)
        else one
        for one in page.elements
    )
    laid = stages.prepare_layout(world.read_bytes)(
        replace(scene, pages=(replace(page, elements=elements),), facts=())
    )
    return stages.render(laid, Resources(scene.colours, road.project.brand.series, world.read_bytes)), laid
