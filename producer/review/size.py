"""Words that are too small for where they are seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from producer.diagnostics import Diagnostic
from producer.layout.model import Document
from producer.plan.model import Medium
from producer.render.model import Underlay
from producer.review.thing import item_of, problem, quoted

# Print has rules of its own, by distance: see producer/render/pdf/preflight.py.
NOISE = 0.02  # px


def small_texts(document: Document, underlays: Sequence[Underlay]) -> Iterator[Diagnostic]:
    """Yield the smallest words of each item of a screen that are too small to be read."""
    if document.canvas.medium not in (Medium.IMAGE, Medium.VIDEO):
        return
    least = document.canvas.least_type
    smallest: dict[tuple[int, int], tuple[float, Underlay]] = {}
    for under in underlays:
        if under.run is None or under.run.size >= least - NOISE:
            continue
        place = under.page, under.item
        if place not in smallest or under.run.size < smallest[place][0]:
            smallest[place] = (under.run.size, under)
    for size, under in smallest.values():
        facts: dict[str, str | float] = {
            "text": quoted(under),
            "found": round(size, 1),
            "least": round(least, 1),
        }
        yield problem("layout/small-text", document, item_of(document, under), **facts)
