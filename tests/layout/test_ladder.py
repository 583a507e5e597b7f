"""A page has five sizes of words at most."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_project import BRAND, TEMPLATE, Small

from producer.diagnostics import Level
from producer.kept import NO_NOTES
from producer.layout.ladder import MOST_SIZES, NEAR, fewer, sizes_of
from producer.layout.model import Document, GlyphRun
from producer.pipeline import prepare, real_stages
from producer.world import FolderWorld

ROOT = Path(__file__).resolve().parents[2]
MORE = """\
  note: {type: text, style: label, text: Ghi chú}
  more: {type: text, style: statement, text: "{place}"}
  last: {type: text, style: small, text: Thử}
  facts:"""
MANY = TEMPLATE.replace("  facts:", MORE).replace(
    "message\\n.\\nfacts", "message\\nmore\\n.\\nfacts\\nnote\\nlast"
)


def counted(document: Document, at: int = 0) -> Mapping[float, frozenset[str]]:
    """The sizes of a page with their styles."""
    words = [
        (item.element, [paint.size for paint in item.paints if isinstance(paint, GlyphRun)])
        for item in document.pages[at].items
        if item.element is not None
    ]
    return sizes_of(words, document.canvas.size.shorter / 100)


def test_near_sizes_become_one() -> None:
    """The mildest way comes first: two steps that nobody tells apart, and not the title."""
    ladder = [10.5, 7.3, 4.4, 3.4, 2.9, 2.2, 2.1]

    assert fewer(ladder)[0] == {3.4: 2.9, 2.2: 2.1}


def test_sizes_far_apart_stay() -> None:
    """Where all differ as they are meant to, nothing is forced."""
    assert fewer([64, 32, 16, 8, 4, 2]) == []


@given(
    st.lists(
        st.sampled_from([2.1, 2.2, 2.5, 2.9, 3.4, 3.6, 4.4, 5, 6.4, 7.3, 9, 10.5, 16]),
        unique=True,
        min_size=6,
    )
)
def test_a_way_makes_fewer_and_only_smaller(ladder: list[float]) -> None:
    """No size grows, none gives more than its neighbours are apart, and the result has fewer."""
    for way in fewer(ladder)[:5]:
        assert all(to < size <= to * NEAR for size, to in way.items())
        assert len({way.get(size, size) for size in ladder}) < len(ladder)


def test_a_page_of_many_styles_has_five_sizes() -> None:
    """Six styles on a page take five sizes, all of their own ladders or nearer the next."""
    document = Small(template=MANY).document(1)
    styles = counted(document)

    assert len(frozenset().union(*styles.values())) > MOST_SIZES
    assert len(styles) <= MOST_SIZES
    runs = [p.size for item in document.pages[0].items for p in item.paints if isinstance(p, GlyphRun)]
    assert len({round(size, 2) for size in runs}) <= MOST_SIZES


@pytest.mark.parametrize("recipe", ["bo-mau-su-kien", "bo-mau-con-nguoi"])
def test_our_pages_have_five_sizes(recipe: str) -> None:
    """So do all pages of our own recipes."""
    world, stages = FolderWorld(ROOT), real_stages()
    road = prepare(f"recipes/{recipe}/recipe.yaml", world, stages)
    layout = stages.prepare_layout(world.read_bytes, NO_NOTES)
    found = {}
    for job in road.plan.jobs:
        document = layout(stages.compose(job, road.project, road.tables, world))
        for at, page in enumerate(document.pages):
            found[job.path, page.name] = len(counted(document, at))

    assert {place: count for place, count in found.items() if count > MOST_SIZES} == {}


def test_sizes_that_stay_too_many_are_told() -> None:
    """Six styles of one size each, far apart: nothing can be snapped, and the template's keeper is told."""
    kinds = {"a": 20, "b": 14, "c": 9, "d": 6, "e": 4, "f": 2.6}
    brand = BRAND.replace(
        "    headline:",
        "".join(f"    {name}: {{font: text, size: [{size}]}}\n" for name, size in kinds.items())
        + "    headline:",
    )
    slots = "".join(f"  {name}: {{type: text, style: {name}, text: Thử}}\n" for name in kinds)
    rows = "\\n".join(kinds)
    template = f'about: Thử\nkind: still\nground: night\nslots:\n{slots}shapes: {{any: "{rows}"}}\n'
    big = "  anh: {kind: image, size: [900, 1200], formats: [png]}\n"
    (told,) = Small(template=template, brand=brand, channels=big).document().problems
    assert (told.code, told.level, told.facts["count"]) == ("layout/many-sizes", Level.NOTE, 6)
    assert Small(template=MANY).document().problems == ()
