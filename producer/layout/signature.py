"""The union's own line: in one row, upright in a narrow cell, or in the middle of a page of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import sqrt

from producer.brand.model import TextStyle
from producer.diagnostics import Diagnostic
from producer.geometry import Box, Insets
from producer.layout.block import SHARES, Built, Measured, Setter, Setting, no_room, too_wide
from producer.layout.model import Paint, Shape
from producer.layout.qr import code_problems, modules_across, qr_shapes
from producer.layout.text import TextBlock
from producer.recipe.model import PageShape
from producer.scene.model import SignatureElement

# In % of the page's shorter side.
MARK = 9.5
CODE = 11.5
CODE_GAP = 4.0  # between words and code: its quiet zone ends at its paper's edge
LEAST_WORDS = 12.0
USUAL_NAME = 3.0
NARROW = 44.0  # below this mark and code leave too little between them: they stand over and under the words
UPRIGHT_MARK = 13.0
UPRIGHT_CODE = 15.0
UPRIGHT_GAP = 2.2
# On a page of its own the signature is set larger.
STACKED_MARK = 26.0
STACKED_CODE = 20.0
STACKED_GAP = 3.0
STACKED_NAME = 1.9  # of the style's own size, as the next
STACKED_SMALL = 1.45
# Of the gap: the mark and the code stand a little apart from the words, which belong together.
STACKED_MARK_GAP = 1.4
STACKED_LINE_GAP = 0.6
STACKED_CODE_GAP = 1.2
LINE_GAP = 0.5  # em of the small lines
# A strip is looked at from as far as its length asks, and its shorter side is little of that: there the signature is
# larger by this share of the root of its ratio, 1.3 on a cover and 2.2 on a banner of 6 × 0.8 m.
ON_STRIP = 0.8


def measure_signature(
    element: SignatureElement, width: float, setter: Setter, apart: float = 0.0
) -> Measured:
    """Mark, name and code: in one line where there is room for it, else under one another.

    ``apart`` is how far the rows over and under it stand, px: what the mark's clear space is more, its cell has.
    """
    size = setter.scene.canvas.size
    if PageShape.of(size.ratio) is PageShape.STRIP:
        share = ON_STRIP * sqrt(size.ratio)
        element = replace(element, style=_grown(element.style, share), small=_grown(element.small, share))
    return (_upright if width < NARROW * setter.unit else _in_line)(element, width, setter, apart)


def _grown(style: TextStyle, share: float) -> TextStyle:
    """The style with larger sizes; its own least stays the last, for who has a long name."""
    return replace(style, sizes=(*(size * share for size in style.sizes), style.sizes[-1]))


def _scale(element: SignatureElement, width: float, setter: Setter) -> float:
    """How much larger than usual mark and code are.

    As much as the name is, on what is read from afar, and as leaves room for it.
    """
    asked, room = setter.size(element.style) / USUAL_NAME, width / NARROW
    return max(min(asked, room) / setter.unit, 1.0)


def _in_line(element: SignatureElement, width: float, setter: Setter, apart: float) -> Measured:
    """Mark, name and code beside each other; one that is centred is no wider than it must be."""
    scale = _scale(element, width, setter)
    side = max(element.mark_least, MARK * setter.unit * scale)
    clear = side * element.mark_clear
    code = _code_side(element, CODE * scale, setter)
    indent = side + clear
    room = width - indent - (code + max(clear, CODE_GAP * setter.unit) if code else 0.0)
    lines, problems = _lines(element, room, setter)
    gap = setter.size(element.small) * LINE_GAP
    words_height = sum(block.height for block in lines) + gap * (len(lines) - 1)
    air = max(clear - apart, 0.0)
    free = room - max((block.width for block in lines), default=0.0) if element.align == "centre" else 0.0

    def build(box: Box) -> Built:
        box = box.inset(Insets(0, free / 2, 0, free / 2))
        middle = box.y + box.height / 2
        mark = Box(box.x, middle - side / 2, side, side)
        paints: list[Paint] = [*setter.art(element.mark, mark, element.ink, element.origin.span)]
        y = middle - words_height / 2
        for block in lines:
            paints += block.moved(box.x + indent, y).runs
            y += block.height + gap
        corner = Box(box.right - code, middle - code / 2, code, code)
        paints += _code(element, corner, setter)
        return Built(tuple(paints), mark=mark, code=corner if code else None)

    problems += _code_problems(element, setter)
    sizes = tuple(block.size for block in lines)
    return Measured(max(side + 2 * air, words_height, code), build, problems=problems, sizes=sizes)


def _upright(element: SignatureElement, width: float, setter: Setter, apart: float) -> Measured:
    """The mark over the words, the code under them: at the foot of a cell that is higher than they are."""
    side = max(element.mark_least, UPRIGHT_MARK * setter.unit)
    code = _code_side(element, UPRIGHT_CODE, setter)
    lines, problems = _lines(element, width, setter)
    if code > width and not problems:
        problems = (no_room(element.origin, code - width),)
    small, gap = setter.size(element.small) * LINE_GAP, UPRIGHT_GAP * setter.unit
    heights = [side, *(block.height for block in lines), *([code] if code else [])]
    gaps = [max(gap, side * element.mark_clear), *(small for _ in lines[1:]), *([gap] if code else [])]
    air = max(side * element.mark_clear - apart, 0.0)
    height = air + sum(heights) + sum(gaps)
    share = SHARES[element.align]

    def build(box: Box) -> Built:
        tops = _tops(box.y + air, heights, gaps)
        mark = Box(box.x + (box.width - side) * share, tops[0], side, side)
        paints: list[Paint] = [*setter.art(element.mark, mark, element.ink, element.origin.span)]
        for block, top in zip(lines, tops[1:], strict=False):
            paints += block.moved(box.x + (box.width - block.width) * share, top).runs
        foot = Box(box.x + (box.width - code) * share, box.bottom - code, code, code)
        paints += _code(element, foot, setter)
        return Built(tuple(paints), mark=mark, code=foot if code else None)

    problems += _code_problems(element, setter)
    return Measured(height, build, problems=problems, sizes=tuple(block.size for block in lines))


def _lines(
    element: SignatureElement, room: float, setter: Setter
) -> tuple[list[TextBlock], tuple[Diagnostic, ...]]:
    """The level above, the name, the hashtags and the pictures' makers, within ``room`` px."""
    origin = element.origin
    bold = Setting(element.style, element.ink, bold=True, balanced=True)
    name, problems = setter.fit(element.unit, bold, room, origin)
    small = setter.size(element.small)
    parent = setter.set(element.parent, Setting(element.small, element.ink), small, room, origin)
    hashtags = setter.set(element.hashtags, Setting(element.small, element.accent), small, room, origin)
    credit = setter.set(
        element.credits, Setting(element.small, element.muted), credit_size(element, setter), room, origin
    )
    if room < LEAST_WORDS * setter.unit:
        problems = (*problems, no_room(element.origin, LEAST_WORDS * setter.unit - room))
    problems += too_wide((parent, hashtags, credit), element.small, origin)
    return [block for block in (parent, name, hashtags, credit) if block.runs], problems


def credit_size(element: SignatureElement, setter: Setter) -> float:
    """The px of the pictures' makers: as small as can be read, since they are there for who looks for them."""
    return setter.least_of(element.small)


def measure_stacked_signature(element: SignatureElement, width: float, setter: Setter) -> Measured:
    """The signature on a page of its own: mark, name and code under one another, in the middle."""
    side = max(element.mark_least, STACKED_MARK * setter.unit)
    code = _code_side(element, STACKED_CODE, setter)
    blocks = _stacked_lines(element, width, setter)
    gap = STACKED_GAP * setter.unit
    heights = [side, *(block.height for block in blocks), code]
    gaps = [
        max(gap * STACKED_MARK_GAP, side * element.mark_clear),
        *(gap * STACKED_LINE_GAP for _ in blocks[1:]),
        gap * STACKED_CODE_GAP,
    ]
    height = sum(heights) + sum(gaps)

    def build(box: Box) -> Built:
        x, y = box.centre[0], box.y + max(box.height - height, 0.0) / 2
        tops = _tops(y, heights, gaps)
        mark = Box(x - side / 2, tops[0], side, side)
        paints: list[Paint] = [*setter.art(element.mark, mark, element.ink, element.origin.span)]
        for block, top in zip(blocks, tops[1:-1], strict=True):
            paints += block.moved(box.x, top).runs
        foot = Box(x - code / 2, tops[-1], code, code)
        paints += _code(element, foot, setter)
        return Built(tuple(paints), mark=mark, code=foot if code else None)

    problems = (*too_wide(blocks, element.style, element.origin), *_code_problems(element, setter))
    sizes = tuple(block.size for block in blocks)
    return Measured(height, build, problems=problems, sizes=sizes)


def _stacked_lines(element: SignatureElement, width: float, setter: Setter) -> list[TextBlock]:
    """The level above, the name, the hashtags and the pictures' makers, centred."""
    small = setter.size(element.small) * STACKED_SMALL
    name = setter.size(element.style) * STACKED_NAME
    centred = [
        (element.parent, small, Setting(element.small, element.ink, align="centre", balanced=True)),
        (element.unit, name, Setting(element.style, element.ink, align="centre", balanced=True)),
        (element.hashtags, small, Setting(element.small, element.accent, align="centre", balanced=True)),
        (
            element.credits,
            credit_size(element, setter),
            Setting(element.small, element.muted, align="centre"),
        ),
    ]
    return [
        setter.set(words, setting, size, width, element.origin) for words, size, setting in centred if words
    ]


def _tops(y: float, heights: Sequence[float], gaps: Sequence[float]) -> list[float]:
    """The tops of things under one another, from ``y`` on."""
    tops = [y]
    for height, gap in zip(heights[:-1], gaps, strict=True):
        tops.append(tops[-1] + height + gap)
    return tops


def _code_side(element: SignatureElement, wanted: float, setter: Setter) -> float:
    """The side of the code: ``wanted`` % of the page, at least what a phone can read; 0 where there is none."""
    if not element.payload:
        return 0.0
    return max(wanted * setter.unit, modules_across(element.payload) * setter.least_module)


def _code_problems(element: SignatureElement, setter: Setter) -> tuple[Diagnostic, ...]:
    """An address that no code holds; any other gets the side that it needs."""
    if not element.payload:
        return ()
    side = modules_across(element.payload) * setter.least_module
    return code_problems(element.payload, side, setter.least_module, element.origin)


def _code(element: SignatureElement, place: Box, setter: Setter) -> tuple[Shape, ...]:
    if not element.payload:
        return ()
    made = qr_shapes(element.payload, place, element.code_ink, element.paper, whole_px=setter.on_screen)
    return tuple(made.shapes)
