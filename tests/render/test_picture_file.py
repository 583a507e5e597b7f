"""Picture files under their channel's limits, and several pages as several files."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import numpy as np
import pytest
from PIL import Image
from small_project import Small

from producer.build.output import path_of
from producer.diagnostics import Level, ProducerError
from producer.layout.model import Document
from producer.render.model import Resources
from producer.render.raster.render import render_raster
from producer.render.render import render


def noisy(form: str) -> tuple[Document, Resources]:
    """A page with a picture that no codec likes, and what it is painted with."""
    rng = np.random.default_rng(7)
    noise = Image.fromarray(rng.integers(0, 256, (300, 400, 3), dtype=np.uint8))
    out = BytesIO()
    noise.save(out, "PNG")
    project = Small(
        channels=f"  anh: {{kind: image, size: [400, 500], formats: [{form}]}}\n",
        more={"assets/noise.png": out.getvalue()},
        fill="{photo: assets/noise.png}",
    )
    return project.document(), Resources(project.scene().colours, (), project.world.read_bytes)


@pytest.mark.parametrize("form", ["jpg", "webp", "avif"])
def test_quality_gives_way_to_the_limit(form: str) -> None:
    """A file over its channel's megabytes is written again, coarser, until it fits; the report says so."""
    document, resources = noisy(form)
    free = render_raster(document, resources)
    limit = len(free.data) * 0.8 / 1e6

    bound = render_raster(replace(document, canvas=replace(document.canvas, max_mb=limit)), resources)

    assert free.problems == ()
    assert len(bound.data) <= limit * 1e6
    (told,) = bound.problems
    assert (told.code, told.level) == ("render/quality-lowered", Level.NOTE)
    assert told.facts["quality"] < 92


@pytest.mark.parametrize(("form", "instead"), [("jpg", ""), ("png", "jpg")])
def test_a_limit_that_cannot_be_met_is_an_error(form: str, instead: str) -> None:
    """Neither the lowest quality nor a format without loss comes under any limit; of the latter a lighter is named."""
    document, resources = noisy(form)

    with pytest.raises(ProducerError) as refused:
        render_raster(replace(document, canvas=replace(document.canvas, max_mb=0.02)), resources)

    (told,) = refused.value.diagnostics
    assert (told.code, told.facts["nearest"]) == ("render/too-heavy", instead)


def test_a_file_over_advice_is_made_and_told() -> None:
    """What a network merely advises lowers no quality; the report says that the file is over it."""
    document, resources = noisy("jpg")

    made = render_raster(replace(document, canvas=replace(document.canvas, advised_mb=0.01)), resources)

    assert made.data == render_raster(document, resources).data
    assert [(told.code, told.level) for told in made.problems] == [("render/over-advice", Level.NOTE)]


def test_pages_become_numbered_pictures() -> None:
    """An album is a picture for each page; the first is the file itself."""
    template = """\
about: Album
kind: still
slots:
  title: {type: text, style: headline}
  rows: {type: rows}
pages:
  cover: {shapes: {any: title}}
  one: {each: rows, ground: gold, shapes: {any: title}}
"""
    project = Small(template=template, take="all", fill="{title: Ngày hội, rows: events}")
    (job,) = project.road().plan.jobs
    artifact = project.artifact()

    assert job.path == "tin/tin-anh-01.png"
    assert [suffix for suffix, _ in artifact.extras] == ["-02.png", "-03.png"]
    assert [path_of(job, suffix) for suffix, _ in artifact.extras] == [
        "tin/tin-anh-02.png",
        "tin/tin-anh-03.png",
    ]
    assert artifact.pages == 3
    assert len({artifact.data, *(data for _, data in artifact.extras)}) >= 2


def test_an_svg_holds_one_page() -> None:
    """Several pages in a format that has but one are refused, not dropped."""
    document, resources = noisy("png")
    twice = replace(document, format="svg", pages=document.pages * 2)

    with pytest.raises(ProducerError, match="scene/one-picture"):
        render(twice, resources)
