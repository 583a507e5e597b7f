"""Figures under one another have one width."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from small_project import BRAND, Small, slot

from producer.kept import NO_NOTES
from producer.layout.font import FontBook
from producer.layout.model import GlyphRun, Item
from producer.pipeline import prepare, real_stages
from producer.scene.model import TableElement, TimelineElement
from producer.world import FolderWorld

ROOT = Path(__file__).resolve().parents[2]
RECIPE = "recipes/cong-doan-2025/recipe.yaml"


@pytest.mark.parametrize("kind", [TableElement, TimelineElement])
def test_columns_of_figures_are_even(kind: type) -> None:
    """Every digit of a table's figures and of a timeline's dates is of a face whose digits have one width."""
    world, stages = FolderWorld(ROOT), real_stages()
    road = prepare(RECIPE, world, stages)
    layout, fonts = stages.prepare_layout(world.read_bytes, NO_NOTES), FontBook(world.read_bytes)
    found: list[tuple[str, str]] = []
    digits = 0
    for job in road.plan.jobs:
        if job.row is not None:
            continue
        document = layout(stages.compose(job, road.project, road.tables, world))
        for run in (run for page in document.pages for item in page.items for run in figures(item, kind)):
            digits += 1
            if not fonts.font(run.face).even:
                found.append((job.path, run.text))

    assert digits > 3
    assert found == []


def figures(item: Item, kind: type) -> list[GlyphRun]:
    """The runs of an element that are a figure or a date in its column."""
    if not isinstance(item.element, kind):
        return []
    runs = [paint for paint in item.paints if isinstance(paint, GlyphRun)]
    if isinstance(item.element, TimelineElement):
        dates = {entry.when for entry in item.element.entries}
        return [run for run in runs if run.text.strip() in dates]
    cells = {
        cell for row in item.element.rows for cell, one in zip(row, item.element.figures, strict=True) if one
    }
    return [run for run in runs if run.text.strip() in cells and any(map(str.isdigit, run.text))]


def test_a_style_of_uneven_figures_borrows_even_ones() -> None:
    """The first face of the chain that has them; a style that has them itself keeps its own."""
    world, stages = FolderWorld(ROOT), real_stages()
    project = prepare(RECIPE, world, stages).project
    fonts = FontBook(world.read_bytes)
    label, table = project.brand.styles["label"], project.brand.styles["table"]

    assert not fonts.font(label.face).even
    assert fonts.font(table.face).even
    assert replace(table, fallbacks=()).face == table.face
    assert any(fonts.font(face).even for face in label.fallbacks)


@pytest.mark.parametrize(("kind", "form", "least"), [("deck", "pptx", 0.42), ("image", "png", 0.28)])
def test_the_label_of_a_card_keeps_up_with_its_figure(kind: str, form: str, least: float) -> None:
    """On a slide a label is at least 0.42 em of its figure, so that a hall reads it; elsewhere 0.28."""
    brand = BRAND.replace("label: {font: text, size: [3.6, 3.2, 2.8, 2.4]", "label: {font: text, size: [2]")
    document = Small(
        template=slot("numbers", style="number"),
        fill="{it: {rows: events, value: figure, label: title}}",
        take="all",
        brand=brand,
        channels=f"  anh: {{kind: {kind}, size: [1280, 720], formats: [{form}]}}\n",
    ).document()
    runs = [paint for paint in document.pages[0].items[-1].paints if isinstance(paint, GlyphRun)]

    assert runs[0].text == "1.250"
    assert runs[1].size == pytest.approx(least * runs[0].size)
