"""Words, lists, figures, codes and the signature, measured at a width."""

from __future__ import annotations

from producer.diagnostics import Diagnostic, Scope
from producer.geometry import Box
from producer.layout.block import Built, Measured, Setter, bar_shape, divider_shapes, divider_space
from producer.layout.model import Counter, GlyphRun, Paint
from producer.layout.qr import qr_shapes
from producer.layout.text import TextBlock
from producer.plan.model import Medium
from producer.scene.model import (
    ListElement,
    NumberElement,
    QrElement,
    Run,
    SignatureElement,
    TextElement,
)

# Least side of a code's module: a phone at arm's length resolves 0.35 mm in print and 3 px on a screen of phone size.
LEAST_MODULE_PX = 3.0
LEAST_MODULE_MM = 0.35
# On a page of its own the signature is set larger.
STACKED_NAME = 1.9
STACKED_SMALL = 1.45


def measure_text(element: TextElement, width: float, setter: Setter) -> Measured:
    """Words, with their divider."""
    left, above = divider_space(element.divider, setter.unit)
    block, problems = setter.fit(
        element.runs, element.style, element.ink, width - left, element.origin, align=element.align
    )

    def build(box: Box) -> Built:
        placed = block.moved(box.x + left, box.y + above)
        whole = Box(box.x, box.y, box.width, above + block.height)
        return Built((*divider_shapes(element.divider, whole, setter.unit), *placed.runs), placed.layout)

    return Measured(above + block.height, build, problems=problems)


def measure_list(element: ListElement, width: float, setter: Setter) -> Measured:
    """Items of one size, with icons, numbers or a short bar before them."""
    left, above = divider_space(element.divider, setter.unit)
    fitted = [
        setter.fit(
            item.runs,
            element.style,
            element.ink,
            width - left - _indent(element, setter),
            element.origin,
            balanced=False,
        )
        for item in element.items
    ]
    size = min(block.size for block, _ in fitted)
    indent = size * _indent_em(element)
    blocks = [
        setter.set(item.runs, element.style, size, element.ink, width - left - indent, element.origin)
        for item in element.items
    ]
    gap = size * 0.62
    height = sum(block.height for block in blocks) + gap * (len(blocks) - 1)

    def build(box: Box) -> Built:
        paints: list[Paint] = [
            *divider_shapes(element.divider, Box(box.x, box.y, box.width, above + height), setter.unit)
        ]
        y = box.y + above
        for at, (item, block) in enumerate(zip(element.items, blocks, strict=True)):
            x = box.x + left
            placed = block.moved(x + indent, y)
            cap = placed.lines[0].baseline
            if item.icon is not None:
                side = size * 1.12
                place = Box(x, cap - size * 0.36 - side / 2, side, side)
                paints += setter.art(item.icon, place, element.accent, element.origin.span)
            elif element.numbered:
                figure = setter.line(
                    f"{at + 1}", element.style, size, element.accent, element.origin, bold=True
                )
                paints += figure.moved(x, cap - figure.lines[0].baseline).runs
            else:
                paints.append(bar_shape(Box(x, cap - size * 0.4, size * 0.5, size * 0.12), element.accent))
            paints += placed.runs
            y += block.height + gap
        return Built(tuple(paints))

    problems = tuple(problem for _, found in fitted for problem in found)
    return Measured(above + height, build, problems=problems)


def _indent_em(element: ListElement) -> float:
    if any(item.icon for item in element.items):
        return 1.75
    return 1.5 if element.numbered else 0.95


def _indent(element: ListElement, setter: Setter) -> float:
    return setter.size(element.style) * _indent_em(element)


def measure_number(element: NumberElement, width: float, setter: Setter) -> Measured:
    """One figure over what it counts; in clips it may count up."""
    runs = [Run(f"{element.prefix}{element.text}")]
    if element.suffix:
        runs.append(Run(element.suffix))
    block, problems = setter.fit(runs, element.style, element.ink, width, element.origin)
    label = (
        setter.fit([Run(element.label)], element.label_style, element.label_ink, width, element.origin)
        if element.label
        else None
    )
    gap = block.size * 0.16
    height = block.height + (gap + label[0].height if label else 0.0)
    counts = element.counts and setter.scene.canvas.medium is Medium.VIDEO

    def build(box: Box) -> Built:
        placed = block.moved(box.x, box.y)
        paints: list[Paint] = [counter(element, placed, setter)] if counts else [*placed.runs]
        if label:
            paints += label[0].moved(box.x, box.y + block.height + gap).runs
        return Built(tuple(paints))

    return Measured(height, build, problems=problems + (label[1] if label else ()))


def counter(element: NumberElement, block: TextBlock, setter: Setter) -> Counter:
    """A figure that counts up to the block's own glyphs."""
    style = element.style
    cells = setter.fonts.digit_cells(style.face, block.size)
    line = block.lines[0]
    return Counter(
        final=tuple(run for run in block.runs if isinstance(run, GlyphRun)),
        face=style.face,
        size=block.size,
        ink=element.ink,
        digits=cells.digits,
        group_mark=cells.group_mark,
        decimal_mark=cells.decimal_mark,
        digit_width=cells.digit_width,
        mark_width=cells.mark_width,
        left=line.left,
        right=line.left + line.width,
        baseline=line.baseline,
        amount=element.amount,
        decimals=element.decimals,
    )


def measure_qr(element: QrElement, width: float, setter: Setter) -> Measured:
    """A code with its words underneath."""
    side = min(width, 24 * setter.unit)
    caption = (
        setter.set(
            element.caption, element.style, setter.size(element.style), element.ink, width, element.origin
        )
        if element.caption
        else None
    )
    gap = setter.unit
    height = side + (gap + caption.height if caption else 0.0)

    def build(box: Box) -> Built:
        code = qr_shapes(
            element.payload,
            Box(box.x, box.y, side, side),
            element.ink,
            element.paper,
            whole_px=on_screen(setter),
        )
        paints: list[Paint] = [*code.shapes]
        if caption:
            paints += caption.moved(box.x, box.y + side + gap).runs
        return Built(tuple(paints))

    return Measured(height, build)


def on_screen(setter: Setter) -> bool:
    """Whether the page leaves as pixels of its own size."""
    return setter.scene.canvas.medium in (Medium.IMAGE, Medium.VIDEO)


def measure_signature(element: SignatureElement, width: float, setter: Setter) -> Measured:
    """Mark, name and code in one line."""
    side = max(element.mark_least, 9.5 * setter.unit)
    clear = side * element.mark_clear
    code = max(11.5 * setter.unit, least_code(element, setter)) if element.payload else 0.0
    indent = side + clear
    words = width - indent - (code + clear if code else 0.0)
    name, problems = setter.fit(
        [Run(element.unit, bold=True)], element.style, element.ink, words, element.origin
    )
    small = setter.size(element.small)
    parent = (
        setter.set(element.parent, element.small, small, element.ink, words, element.origin)
        if element.parent
        else None
    )
    tags = (
        setter.set(element.hashtags, element.small, small, element.accent, words, element.origin)
        if element.hashtags
        else None
    )
    lines = [block for block in (parent, name, tags) if block is not None]
    gap = small * 0.5
    text_height = sum(block.height for block in lines) + gap * (len(lines) - 1)
    height = max(side, text_height, code)

    def build(box: Box) -> Built:
        middle = box.y + box.height / 2
        paints: list[Paint] = [
            *setter.art(
                element.mark, Box(box.x, middle - side / 2, side, side), element.ink, element.origin.span
            )
        ]
        y = middle - text_height / 2
        for block in lines:
            paints += block.moved(box.x + indent, y).runs
            y += block.height + gap
        if code:
            place = Box(box.right - code, middle - code / 2, code, code)
            paints += qr_shapes(
                element.payload, place, element.code_ink, element.paper, whole_px=on_screen(setter)
            ).shapes
        return Built(tuple(paints))

    if words < 12 * setter.unit:
        facts = {"field": element.name, "over": round(12 * setter.unit - words)}
        problems = (*problems, Diagnostic("layout/no-room", element.origin.span, facts, scope=Scope.ROW))
    return Measured(height, build, problems=problems)


def measure_stacked_signature(element: SignatureElement, width: float, setter: Setter) -> Measured:
    """The signature on a page of its own: mark, name and code under one another, in the middle."""
    side = max(element.mark_least, 26 * setter.unit)
    code = max(20 * setter.unit, least_code(element, setter)) if element.payload else 0.0
    small = setter.size(element.small) * STACKED_SMALL
    sized = (
        (element.parent, element.small, small, element.ink),
        (element.unit, element.style, setter.size(element.style) * STACKED_NAME, element.ink),
        (element.hashtags, element.small, small, element.accent),
    )
    blocks = [
        setter.set(words, style, size, ink, width, element.origin, align="centre", balanced=True)
        for words, style, size, ink in sized
        if words
    ]
    gap = 3 * setter.unit
    height = side + gap * 1.4 + sum(block.height + gap * 0.6 for block in blocks) + gap * 0.6 + code

    def build(box: Box) -> Built:
        x = box.centre[0]
        y = box.y + max(box.height - height, 0.0) / 2
        mark = Box(x - side / 2, y, side, side)
        paints: list[Paint] = [*setter.art(element.mark, mark, element.ink, element.origin.span)]
        y += side + gap * 1.4
        for block in blocks:
            paints += block.moved(box.x, y).runs
            y += block.height + gap * 0.6
        if code:
            place = Box(x - code / 2, y + gap * 0.6, code, code)
            shapes = qr_shapes(element.payload, place, element.code_ink, element.paper, whole_px=on_screen(setter))
            paints += shapes.shapes
        return Built(tuple(paints))

    return Measured(height, build)


def least_code(element: SignatureElement, setter: Setter) -> float:
    """The least side of the signature's code that a phone can read."""
    canvas = setter.scene.canvas
    module = LEAST_MODULE_PX if on_screen(setter) else LEAST_MODULE_MM / 25.4 * canvas.px_per_inch
    probe = qr_shapes(element.payload, Box(0, 0, 1000, 1000), element.ink, element.paper)
    return 1000 / probe.module_px * module
