"""The union's mark: on every file, seen, large enough, clear of everything, on a quiet ground."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

from producer.contrast import LEAST_LARGE, contrasts, luminances
from producer.diagnostics import Diagnostic, Scope
from producer.geometry import Box, Insets
from producer.layout.model import Document, GlyphRun, Item, Page
from producer.letter import is_name
from producer.plan.model import Medium
from producer.render.model import Underlay
from producer.review.thing import SLACK, is_picture, item_of, problem
from producer.scene.model import MarkElement, Role, SignatureElement

NOISE = 0.5  # px
MOST_UNREST = 8.0  # standard deviation of lightness, L*; source: the mark's rules of the requirements
LEAST_INK = 0.06  # of its box, that must stand out: a drawing of thin lines inks an eighth of it
FEW_SAMPLES = 400  # 20 × 20 px: a smaller drawing is all edges, where lines are mixed with their ground
LEAST_AT_EDGES = 1.5  # contrast
MOST_COVERED = 0.1  # of its ink
ROUNDING = 8  # of 255: less is no other colour
PAGES_ARE_FILES = (Medium.IMAGE,)  # each page of an album goes out by itself


def mark_problems(document: Document, underlays: Sequence[Underlay]) -> Iterator[Diagnostic]:
    """Yield what does not hold of the mark: R-06 and R-59 of the requirements."""
    yield from unsigned(document)
    for under in underlays:
        item = item_of(document, under)
        yield from _unseen(document, under, item)
        if under.run is None and isinstance(item.element, SignatureElement | MarkElement):
            yield from _one_mark(document, under, item, item.element, underlays)


def unsigned(document: Document) -> Iterator[Diagnostic]:
    """Yield that a file goes out without mark and unit's name; of pictures each page is a file."""
    signed = [any(map(_signs, page.items)) for page in document.pages]
    alone = document.canvas.medium in PAGES_ARE_FILES
    missing = [page.name for page, good in zip(document.pages, signed, strict=True) if not good]
    if missing and (alone or not any(signed)):
        facts = {"job": document.job, "page": ", ".join(dict.fromkeys(missing))}
        yield Diagnostic("mark/missing", document.place, facts, scope=Scope.ROW)


def _signs(item: Item) -> bool:
    """Whether an item is the signature, the mark alone, or the unit's name alone, as on a pen.

    A name has letters; whether the mark can be seen is measured where it stands.
    """
    if isinstance(item.element, SignatureElement):
        return is_name(item.element.unit)
    runs = " ".join(paint.text for paint in item.paints if isinstance(paint, GlyphRun))
    return isinstance(item.element, MarkElement) or (item.role is Role.SIGNATURE and is_name(runs))


def _unseen(document: Document, under: Underlay, item: Item) -> Iterator[Diagnostic]:
    """Yield that the mark has no ink to be seen, or that something is painted over it or over the unit's name."""
    if under.painted is None or under.left is None:
        return
    ratios = contrasts(under.painted.astype(np.float64), under.ground.astype(np.float64))
    inked = ratios >= (LEAST_LARGE if len(ratios) >= FEW_SAMPLES else LEAST_AT_EDGES)
    share = float(inked.mean()) if len(inked) else 0.0
    if under.run is None and share < LEAST_INK:
        facts = {"found": floor(share * 100), "least": round(LEAST_INK * 100)}
        yield problem("mark/unseen", document, item, **facts)
        return
    changed = np.abs(under.painted.astype(np.int16) - under.left.astype(np.int16)).max(axis=1) > ROUNDING
    covered = float(changed[inked].mean()) if inked.any() else 0.0
    if covered > MOST_COVERED:
        facts = {"percent": round(covered * 100)}
        yield problem("mark/covered", document, item, **facts)


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
        yield problem("mark/busy-ground", document, item, found=ceil(unrest * 10) / 10, most=MOST_UNREST)


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
