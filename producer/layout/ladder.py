"""How many sizes of words a page has, and which of them may become one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations, pairwise

from producer.brand.model import TextStyle
from producer.scene.model import (
    ChartElement,
    Element,
    FlagElement,
    MarkElement,
    NumberElement,
    NumbersElement,
    PictureElement,
    SignatureElement,
)

MOST_SIZES = 5  # that the eye tells apart as an order
NEAR = 1.35  # sizes further apart are meant to differ
NOISE = 0.02  # % of the page's shorter side


def sizes_of(words: Iterable[tuple[Element, Iterable[float]]], unit: float) -> Mapping[float, frozenset[str]]:
    """Return the sizes, given in px, in % of the page's shorter side, each with the styles that have it there.

    Steps of the brand's ladders count. What is derived from them does not: the units and notes of cards, the
    lettering of charts, the line of credits, a signature on a page of its own.
    """
    found: dict[float, set[str]] = {}
    for element, sizes in words:
        for size in {px / unit for px in sizes}:
            for style in styles_of(element):
                step = next((step for step in style.sizes if abs(step - size) < NOISE), None)
                if step is not None:
                    found.setdefault(step, set()).add(style.name)
                    break
    return {size: frozenset(found[size]) for size in sorted(found, reverse=True)}


def fewer(sizes: Iterable[float], most: int = MOST_SIZES) -> list[dict[float, float]]:
    """Return the ways to make at most ``most`` sizes of more, as what each that changes becomes; the mildest first.

    Neighbours take the size of the smallest of them, which holds where the larger did. None are further apart
    than ``NEAR``; where that leaves more than ``most``, as few as can be.
    """
    ladder = sorted(sizes, reverse=True)
    for count in range(most, len(ladder)):
        cuts = combinations(range(1, len(ladder)), count - 1)
        groups = ([ladder[a:b] for a, b in pairwise((0, *cut, len(ladder)))] for cut in cuts)
        near = [way for way in groups if all(group[0] / group[-1] <= NEAR for group in way)]
        if near:
            ways = sorted(near, key=lambda way: (sum(map(_loss, way)), way))
            return [{size: g[-1] for g in way for size in g if size != g[-1]} for way in ways]
    return []


def _loss(group: list[float]) -> float:
    """What sizes lose that take the smallest of them; squared, so that none loses much."""
    return sum((1 - group[-1] / size) ** 2 for size in group)


def styles_of(element: Element) -> tuple[TextStyle, ...]:
    """Return the styles that an element's words are set in; those of a chart are its own affair."""
    match element:
        case PictureElement() | FlagElement() | MarkElement() | ChartElement():
            return ()
        case NumberElement() | NumbersElement():
            return (element.style, element.label_style)
        case SignatureElement():
            return (element.style, element.small)
    return (element.style,)
