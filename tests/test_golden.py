"""What each kind of product looks like, on a canvas just large enough to show it.

A case is a folder, ``golden/<kind>/<case>/``: its recipe and template, and the picture that was approved.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from golden_image import Golden
from numpy.typing import NDArray
from small_project import BRAND, RECIPE, Small, laid

from producer.layout.model import Document
from producer.pipeline import prepare, real_stages
from producer.render.clip.frame import PageFrames
from producer.render.model import Resources
from producer.render.paint import Painter
from producer.world import DictWorld

GOLDEN = Path(__file__).resolve().parent / "golden"
CASES = sorted(path.parent.relative_to(GOLDEN).as_posix() for path in GOLDEN.glob("*/*/recipe.yaml"))
HEAD = "  head: {panel: {fill: background, text: text, accent: accent, pad: 5%, bleed: true}}\n"
QUARTERS = "id,name,done,aim\nQ1,Quý I,9,8\nQ2,Quý II,7,12\nQ3,Quý III,,10\n"


def document_of(case: str) -> tuple[Document, Resources]:
    """A case's document, laid out."""
    texts = {
        RECIPE: (GOLDEN / case / "recipe.yaml").read_text("utf-8"),
        "brand/templates/thu.yaml": (GOLDEN / case / "template.yaml").read_text("utf-8"),
        "assets/quarters.csv": QUARTERS,
    }
    world = DictWorld(Small(brand=BRAND.replace("  foot:", HEAD + "  foot:"), more=texts).files)
    road = prepare(RECIPE, world, real_stages())
    scene = real_stages().compose(road.plan.jobs[0], road.project, road.tables, world)
    return laid(scene, world), Resources(scene.colours, road.project.brand.series, world.read_bytes)


@pytest.mark.parametrize("case", [case for case in CASES if not case.startswith("clip/")])
def test_a_page_looks_as_it_was_approved(case: str, assert_golden: Golden) -> None:
    """Poster with and without a photograph, infographic and slide: their first page, painted."""
    document, resources = document_of(case)

    assert_golden(
        real_stages().render(replace(document, format="png"), resources).data, GOLDEN / case / "expected.png"
    )


@pytest.mark.parametrize("case", [case for case in CASES if case.startswith("clip/")])
def test_a_frame_looks_as_it_was_approved(case: str, assert_golden: Golden) -> None:
    """The last frame of a clip's page: the picture zoomed in, its scrim, the words come to rest."""
    document, resources = document_of(case)
    page = document.pages[0]
    frames = PageFrames(page, (144, 256), Painter(resources, 1.0))
    frames.show(page.frames - 1)
    pixels: NDArray[np.uint8] = frames.pixels[..., 2::-1].copy()

    assert_golden(pixels, GOLDEN / case / "expected.png")


def test_every_reference_has_its_case() -> None:
    """A picture that no case claims would be kept for ever."""
    claimed = {GOLDEN / case / "expected.png" for case in CASES}

    assert set(GOLDEN.glob("*/*/*.png")) == claimed
