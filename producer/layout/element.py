"""Words, lists, figures and codes, measured at a width."""

from __future__ import annotations

from producer.diagnostics import Diagnostic
from producer.geometry import Box
from producer.layout.block import (
    Built,
    DividerRoom,
    Measured,
    Setter,
    Setting,
    bar_shape,
    divider_problems,
    divider_shapes,
    too_wide,
)
from producer.layout.model import Counter, Paint
from producer.layout.qr import code_problems, qr_shapes
from producer.layout.text import TextBlock
from producer.plan.model import Medium
from producer.scene.model import ListElement, NumberElement, QrElement, Run, TextElement

# Of a list, in em of its words.
ITEM_GAP = 0.62
INDENT_OF_ICON = 1.75
INDENT_OF_FIGURE = 1.5
INDENT_OF_BAR = 0.95
ICON = 1.12
ICON_MIDDLE = 0.36  # above the first line's baseline
BAR = Box(0, -0.4, 0.5, 0.12)
LABEL_GAP = 0.16  # em of the figure that the label stands under
LEAST_LABEL_GAP = 0.6  # em of the label, whose marks stand high
CODE_SIDE = 24  # % of the page's shorter side, of a code in a cell of its own


# Below this a figure that counts is only false for a second: it stands at once.
LEAST_COUNTED = 20


def measure_text(element: TextElement, width: float, setter: Setter) -> Measured:
    """Words, with their divider."""
    room = DividerRoom.of(element.divider, setter)
    setting = Setting(element.style, element.ink, align=element.align, balanced=True)
    block, problems = setter.fit(element.runs, setting, width - room.left, element.origin)
    height = room.above + block.height + room.below

    def build(box: Box) -> Built:
        placed = block.moved(box.x + room.left, box.y + room.above)
        marks = divider_shapes(
            element.divider, Box(box.x, box.y, box.width, height), setter, align=element.align
        )
        return Built((*marks, *placed.runs), placed.layout)

    problems += divider_problems(element.divider, width, element.origin, setter)
    return Measured(height, build, problems=problems, sizes=(block.size,))


def measure_list(element: ListElement, width: float, setter: Setter) -> Measured:
    """Items of one size, with icons, numbers or a short bar before them."""
    room = DividerRoom.of(element.divider, setter)
    left = room.left
    size, problems = _list_size(element, width - left, setter)
    indent = size * _indent_em(element)
    setting = Setting(element.style, element.ink)
    blocks = [
        setter.set(item.runs, setting, size, width - left - indent, element.origin) for item in element.items
    ]
    gap = size * ITEM_GAP
    height = room.above + sum(block.height for block in blocks) + gap * (len(blocks) - 1) + room.below

    def build(box: Box) -> Built:
        whole = Box(box.x, box.y, box.width, height)
        paints: list[Paint] = [*divider_shapes(element.divider, whole, setter)]
        x, y = box.x + left, box.y + room.above
        for at, block in enumerate(blocks):
            placed = block.moved(x + indent, y)
            paints += _item_mark(element, at, (x, placed.lines[0].baseline), size, setter)
            paints += placed.runs
            y += block.height + gap
        return Built(tuple(paints))

    problems += divider_problems(element.divider, width, element.origin, setter)
    return Measured(height, build, problems=problems, sizes=(size,))


def _list_size(element: ListElement, width: float, setter: Setter) -> tuple[float, tuple[Diagnostic, ...]]:
    """The largest size that all items hold at, and the problems of those that hold at none."""
    indent = setter.size(element.style) * _indent_em(element)
    setting = Setting(element.style, element.ink)
    fitted = [setter.fit(item.runs, setting, width - indent, element.origin) for item in element.items]
    problems = tuple(problem for _, found in fitted for problem in found)
    return min(block.size for block, _ in fitted), problems


def _indent_em(element: ListElement) -> float:
    if any(item.icon for item in element.items):
        return INDENT_OF_ICON
    return INDENT_OF_FIGURE if element.numbered else INDENT_OF_BAR


def _item_mark(
    element: ListElement, at: int, start: tuple[float, float], size: float, setter: Setter
) -> tuple[Paint, ...]:
    """What stands before an item that starts at an x, on the baseline of its first line."""
    (x, base), icon = start, element.items[at].icon
    if icon is not None:
        side = size * ICON
        box = Box(x, base - size * ICON_MIDDLE - side / 2, side, side)
        return setter.art(icon, box, element.accent, element.origin.span)
    if element.numbered:
        bold = Setting(element.style, element.accent, bold=True)
        figure = setter.line(f"{at + 1}", bold, size, element.origin)
        return figure.moved(x, base - figure.lines[0].baseline).runs
    bar = Box(x, base + size * BAR.y, size * BAR.width, size * BAR.height)
    return (bar_shape(bar, element.accent),)


def measure_number(element: NumberElement, width: float, setter: Setter) -> Measured:
    """One figure over what it counts; in clips it may count up."""
    runs = [Run(words) for words in (element.prefix + element.text, element.suffix) if words]
    figure = Setting(element.style, element.ink, align=element.align, balanced=True)
    block, problems = setter.fit(runs, figure, width, element.origin)
    gap, height, label = 0.0, block.height, None
    if element.label:
        setting = Setting(element.label_style, element.label_ink, align=element.align, balanced=True)
        label, found = setter.fit(element.label, setting, width, element.origin)
        problems += found
        # From the figure's own foot: what would hang below a large one is no distance to its words.
        gap = max(block.size * LABEL_GAP, label.size * LEAST_LABEL_GAP)
        height = block.ink_bottom + gap + label.height
    video = setter.scene.canvas.medium is Medium.VIDEO
    counts = element.counts and video and element.amount >= LEAST_COUNTED

    def build(box: Box) -> Built:
        placed = block.moved(box.x, box.y)
        paints: list[Paint] = [counter(element, placed, setter)] if counts else [*placed.runs]
        if label is not None:
            paints += label.moved(box.x, box.y + block.ink_bottom + gap).runs
        return Built(tuple(paints))

    sizes = (block.size,) if label is None else (block.size, label.size)
    return Measured(height, build, problems=problems, sizes=sizes)


def counter(element: NumberElement, block: TextBlock, setter: Setter) -> Counter:
    """A figure that counts up to the block's own glyphs."""
    style = element.style
    cells = setter.fonts.digit_cells(style.face, block.size)
    line = block.lines[0]
    return Counter(
        final=block.runs,
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
    side = min(width, CODE_SIDE * setter.unit)
    size = setter.size(element.style)
    setting = Setting(element.style, element.caption_ink)
    caption = setter.set(element.caption, setting, size, width, element.origin)
    gap = setter.unit if element.caption else 0.0

    def build(box: Box) -> Built:
        place = Box(box.x, box.y, side, side)
        code = qr_shapes(element.payload, place, element.ink, element.paper, whole_px=setter.on_screen)
        return Built((*code.shapes, *caption.moved(box.x, box.y + side + gap).runs), code=place)

    problems = code_problems(element.payload, side, setter.least_module, element.origin)
    problems += too_wide((caption,), element.style, element.origin)
    return Measured(side + gap + caption.height, build, problems=problems, sizes=(size,))
