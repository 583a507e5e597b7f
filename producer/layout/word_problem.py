"""What a page does with its words that their author should know: titles that nobody reads, too many sizes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from producer.diagnostics import Diagnostic, Level, Scope
from producer.layout.block import Setter
from producer.layout.ladder import MOST_SIZES, sizes_of
from producer.layout.model import GlyphRun, Item
from producer.scene.model import Role, ScenePage, TextElement

MOST_TITLE = 30  # words of one syllable: ten seconds at three a second, and nobody in passing has more


def word_problems(page: ScenePage, items: Sequence[Item], setter: Setter) -> Iterator[Diagnostic]:
    """Yield what might be better of the words of a page that was laid out, though all of them fit."""
    for element in page.elements:
        if isinstance(element, TextElement) and element.role is Role.TITLE:
            count = len("".join(run.text for run in element.runs).split())
            if count > MOST_TITLE:
                facts = {**element.origin.facts, "count": count, "most": MOST_TITLE}
                yield Diagnostic("layout/long-title", element.origin.span, facts, Level.NOTE, Scope.ROW)
    words = ((item.element, _sizes(item)) for item in items if item.element is not None)
    sizes = sizes_of(words, setter.unit)
    if len(sizes) > MOST_SIZES:
        styles = ", ".join(sorted({style for names in sizes.values() for style in names}))
        facts = {"page": page.name, "count": len(sizes), "most": MOST_SIZES, "styles": styles}
        yield Diagnostic("layout/many-sizes", page.span, facts, Level.NOTE, Scope.ROW)


def _sizes(item: Item) -> set[float]:
    return {paint.size for paint in item.paints if isinstance(paint, GlyphRun)}
