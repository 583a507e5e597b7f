"""What the finished file must say: every word and figure of its pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from producer.scene.context import Context
from producer.scene.filter import number_words
from producer.scene.model import (
    ChartElement,
    Element,
    Fact,
    ListElement,
    NumberElement,
    NumbersElement,
    QrElement,
    SignatureElement,
    TableElement,
    TextElement,
    TimelineElement,
)


def facts_of(elements: Iterable[Element], context: Context) -> tuple[Fact, ...]:
    """Return a page's facts, each at the cell or the line where it was written."""
    return tuple(
        Fact(element.name, text, context.span(element.name, element.origin.span))
        for element in elements
        for text in (*texts_of(element), *_labels_of(element))
        if text
    )


def credits_of(elements: Iterable[Element]) -> tuple[Fact, ...]:
    """Return whom the pictures of a page are owed to, which is known once all of its piece's are."""
    return tuple(
        Fact(element.name, element.credits, element.origin.span)
        for element in elements
        if isinstance(element, SignatureElement) and element.credits
    )


def _labels_of(element: Element) -> Iterator[str]:
    """Yield the words that stand beside those of an element's texts, and the figures of a chart."""
    match element:
        case NumberElement():
            yield from (element.label, element.suffix)
        case NumbersElement():
            yield from (card.unit for card in element.cards)
        case ChartElement():
            yield from (element.title, *element.categories, element.source)
            yield from (number_words(value) for value in element.values if value is not None)
        case QrElement():
            yield element.caption
        case SignatureElement():
            yield from (element.parent, element.hashtags)
        case _:
            pass


def texts_of(element: Element) -> Iterator[str]:
    """Yield the words of an element that a reading voice says too."""
    match element:
        case TextElement():
            yield "".join(run.text for run in element.runs)
        case ListElement():
            yield from ("".join(run.text for run in item.runs) for item in element.items)
        case NumberElement():
            yield element.text
        case NumbersElement():
            yield from (text for card in element.cards for text in (card.value, card.label, card.note))
        case TableElement():
            yield from (text for row in (element.header, *element.rows) for text in row)
        case TimelineElement():
            yield from (text for entry in element.entries for text in (entry.when, entry.text))
        case SignatureElement():
            yield element.unit
        case _:
            pass  # pictures, codes and charts say theirs otherwise
