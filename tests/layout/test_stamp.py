"""The mark of a draft: on every page and in every medium, over no code, no signature and no word's meaning."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import numpy as np
import pytest
from PIL import Image
from small_project import RECIPE, Small, laid

from producer.geometry import Box
from producer.layout.model import Document, Shape
from producer.layout.stamp import NAME
from producer.pipeline import produce, real_stages
from producer.render.model import Resources
from producer.render.outline import outline
from producer.scene.model import Role, Scene

CHANNELS = {
    "tall": "kind: image, size: [360, 450], formats: [png]",
    "wide": "kind: image, size: [900, 300], formats: [png]",
    "print": "kind: print, trim: [148, 210], bleed: 3mm, safe: [3, 3, 3, 3], dpi: 100, formats: [pdf]",
    "one-ink": "kind: print, trim: [148, 210], bleed: 3mm, safe: [3, 3, 3, 3], dpi: 100, inks: one, formats: [svg]",
    "deck": "kind: deck, size: [960, 540], formats: [pptx]",
}


def draft(project: Small) -> tuple[Scene, Document]:
    """A product's draft."""
    road, stages = project.road(), real_stages()
    scene = stages.as_draft(project.scene(), road.project.brand)
    return scene, laid(scene, project.world)


def small(channel: str) -> Small:
    """A product with a title and a signature in a channel."""
    kind, drawing = ("deck" if channel == "deck" else "still"), "shapes: {any: 'title\n\n    sign'}"
    template = (
        f"about: Thử\nkind: {kind}\nground: night\nslots:\n  title: {{type: text, style: headline}}\n"
        "  sign: {type: signature}\n"
    )
    body = f"pages:\n  one: {{{drawing}}}\n" if kind == "deck" else f"{drawing}\n"
    return Small(template=template + body, channels=f"  anh: {{{CHANNELS[channel]}}}\n")


@pytest.mark.parametrize("channel", CHANNELS)
def test_every_page_carries_it_and_passes_every_check(channel: str) -> None:
    """The marked copy is made, proven and reviewed as any file, and differs from the final."""
    project = small(channel)
    scene, document = draft(project)
    resources = Resources(scene.colours, ("leaf", "sun"), project.world.read_bytes)

    made = produce(scene, lambda some: laid(some, project.world), resources, real_stages())
    final = produce(project.scene(), lambda some: laid(some, project.world), resources, real_stages())

    assert made.artifact.data != final.artifact.data
    assert [page.items[-1].name for page in document.pages] == [NAME] * len(document.pages)
    assert all(len(page.items) - 1 not in page.reading for page in document.pages)


def marks(document: Document) -> list[Box]:
    """What each letter of the mark takes up."""
    item = document.pages[0].items[-1]
    (path,) = {paint.path for paint in item.paints if isinstance(paint, Shape)}
    bounds = [outline(f"M{part}").computeTightBounds() for part in path.split("M")[1:]]
    return [Box(b.left(), b.top(), b.width(), b.height()) for b in bounds]


def test_it_stays_clear_of_codes_marks_and_signatures() -> None:
    """No letter touches what a phone reads or what says who speaks."""
    for size in ("[360, 450]", "[300, 300]", "[900, 300]"):
        project = Small(channels=f"  anh: {{kind: image, size: {size}, formats: [png]}}\n")
        _, document = draft(project)
        kept = [item.box for item in document.pages[0].items if item.role is Role.SIGNATURE]

        assert kept
        assert marks(document)
        assert not [box for box in marks(document) for other in kept if box.overlap(other)]


def test_words_keep_most_of_their_contrast() -> None:
    """Where the mark crosses words, seven tenths at the most of a px are its own, and only on its lines."""
    project = Small()
    scene, document = draft(project)
    resources = Resources(scene.colours, ("leaf", "sun"), project.world.read_bytes)
    render = real_stages().render
    bare = replace(document, pages=tuple(replace(p, items=p.items[:-1]) for p in document.pages))
    with_it, without = (
        np.asarray(Image.open(BytesIO(render(one, resources).data))).astype(int) for one in (document, bare)
    )
    changed = np.abs(with_it - without).max(axis=2) > 100

    assert changed.mean() < 0.05
    assert (np.abs(with_it - without).max(axis=2) > 20).mean() > 0.01  # and it is seen


def test_a_clip_carries_it_on_every_frame() -> None:
    """The mark does not enter and does not leave."""
    template = (
        "about: Thử\nkind: clip\nground: night\nslots:\n  title: {type: text, style: headline}\n"
        "pages:\n  one: {hold: 0.4s, shapes: {any: title}}\n  two: {hold: 0.4s, shapes: {any: title}}\n"
    )
    channels = "  anh: {kind: video, size: [180, 320], seconds: [0.4, 3], formats: [mp4]}\n"
    _, document = draft(Small(template=template, channels=channels))

    assert [page.items[-1].name for page in document.pages] == [NAME, NAME]
    assert all(page.items[-1].motion is None for page in document.pages)


def test_words_to_post_say_it_too() -> None:
    """The text file beside a draft begins with the mark's words: nobody posts it by mistake."""
    recipe = Small().files[RECIPE]
    assert isinstance(recipe, str)
    with_post = recipe.replace("    template: thu\n", '    template: thu\n    post: "{title}"\n')
    scene, _ = draft(Small(more={RECIPE: with_post}))

    assert scene.post.startswith("BẢN NHÁP – CHƯA DUYỆT\n")
