"""The union's mark: on every file, large enough, clear of everything, on a quiet ground."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil

import numpy as np
from numpy.typing import NDArray

from producer.contrast import luminances
from producer.diagnostics import Diagnostic, Scope, Span
from producer.geometry import Box, Insets
from producer.layout.model import Document, Item, Page
from producer.plan.model import Medium
from producer.render.model import Underlay
from producer.review.thing import SLACK, is_picture, item_of, problem
from producer.scene.model import MarkElement, Role, SignatureElement

NOISE = 0.5  # px
MOST_UNREST = 8.0  # standard deviation of lightness, L*; source: the mark's rules of the requirements
PAGES_ARE_FILES = (Medium.IMAGE,)  # each page of an album goes out by itself


def mark_problems(document: Document, underlays: Sequence[Underlay]) -> Iterator[Diagnostic]:
    """Yield what does not hold of the mark: R-06 and R-59 of the requirements."""
    yield from unsigned(document)
    for under in underlays:
        item = item_of(document, under)
        if under.run is None and isinstance(item.element, SignatureElement | MarkElement):
            yield from _one_mark(document, under, item, item.element, underlays)


def unsigned(document: Document) -> Iterator[Diagnostic]:
    """Yield that a file goes out without mark and unit's name; of pictures each page is a file."""
    signed = [any(map(_signs, page.items)) for page in document.pages]
    alone = document.canvas.medium in PAGES_ARE_FILES
    missing = [page.name for page, good in zip(document.pages, signed, strict=True) if not good]
    if missing and (alone or not any(signed)):
        facts = {"job": document.job, "page": ", ".join(dict.fromkeys(missing))}
        yield Diagnostic("mark/missing", _place_of(document), facts, scope=Scope.ROW)


def _signs(item: Item) -> bool:
    """Whether an item is the signature, the mark alone, or the unit's name alone, as on a pen."""
    return item.role is Role.SIGNATURE or isinstance(item.element, MarkElement)


def _place_of(document: Document) -> Span:
    """Where the first content of the document was written, to point at a recipe or sheet."""
    items = [item for page in document.pages for item in page.items if item.element is not None]
    return next((i.element.origin.span for i in items if i.element is not None), Span(document.job))


def _one_mark(
    document: Document,
    under: Underlay,
    item: Item,
    element: SignatureElement | MarkElement,
    underlays: Sequence[Underlay],
) -> Iterator[Diagnostic]:
    if isinstance(element, MarkElement):
        least, share = element.least, element.clear
    else:
        least, share = element.mark_least, element.mark_clear
    if under.box.width < least - NOISE:
        facts = {"found": round(under.box.width), "least": ceil(least)}
        yield problem("mark/too-small", document, item, **facts)
    clear = under.box.height * share
    zone = under.box.inset(Insets.even(-clear))
    page = document.pages[under.page]
    inside = next(_intruders(page, under, zone, underlays, document), None)
    if inside is not None:
        yield problem("mark/crowded", document, item, other=inside, clear=round(clear))
    unrest = deviation(under.ground)
    if unrest > MOST_UNREST:
        yield problem("mark/busy-ground", document, item, found=round(unrest), most=round(MOST_UNREST))


def _intruders(
    page: Page, mark: Underlay, zone: Box, underlays: Sequence[Underlay], document: Document
) -> Iterator[str]:
    """Yield the names of what stands in the clear space: words, codes, the edge of a picture."""
    within = zone.inset(Insets.even(SLACK * document.canvas.size.shorter))
    for under in underlays:
        if under.page == mark.page and under.run is not None and under.box.overlap(within):
            yield page.items[under.item].name
    for item in page.items:
        if item.code is not None and item.code.overlap(within):
            yield item.name
        if is_picture(item) and item.box.overlap(within) and not item.box.contains(zone):
            yield item.name


def deviation(ground: NDArray[np.uint8]) -> float:
    """Return the standard deviation of the lightness of (n, 3) sRGB pixels, in L* of CIELAB."""
    if not len(ground):
        return 0.0
    bright = luminances(ground.astype(np.float64))
    # Source: ISO/CIE 11664-4.
    root = np.where(bright > 216 / 24389, np.cbrt(bright), (24389 / 27 * bright + 16) / 116)
    return float(np.std(116 * root - 16))
