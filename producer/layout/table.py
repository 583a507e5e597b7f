"""Tables and timelines."""

from __future__ import annotations

from producer.diagnostics import Diagnostic, Scope
from producer.geometry import Box
from producer.layout.block import Built, Measured, Setter, bar_shape
from producer.layout.model import Paint, Shape
from producer.layout.outline import ellipse
from producer.layout.text import TextBlock
from producer.scene.model import Solid, TableElement, TimelineElement

PAD_X = 0.6  # em
PAD_Y = 0.5  # em


def measure_table(element: TableElement, width: float, setter: Setter) -> Measured:
    """Rows under a head: columns as wide as their words ask, at the first size at which no word is cut."""
    sizes = [size * setter.unit for size in element.style.sizes][
        min(setter.step, len(element.style.sizes) - 1) :
    ]
    size, columns = sizes[-1], table_columns(element, width, sizes[-1], setter)
    for wanted in sizes:
        found = table_columns(element, width, wanted, setter)
        if found is not None:
            size, columns = wanted, found
            break
    if columns is None:
        facts = {"field": element.name, "columns": len(element.header)}
        problem = Diagnostic("layout/table-over", element.origin.span, facts, scope=Scope.ROW)
        return Measured(0.0, lambda _box: Built(()), problems=(problem,))
    cells = [
        [_cell(element, text, size, columns[x], setter, head=y == 0) for x, text in enumerate(row)]
        for y, row in enumerate((element.header, *element.rows))
    ]
    heights = [max(cell.height for cell in row) + 2 * PAD_Y * size for row in cells]

    def build(box: Box) -> Built:
        paints: list[Paint] = []
        y = box.y
        for at, (row, height) in enumerate(zip(cells, heights, strict=True)):
            whole = Box(box.x, y, sum(columns), height)
            if at == 0:
                paints.append(bar_shape(whole, element.head_fill))
            elif at % 2 == 0:
                paints.append(bar_shape(whole, element.stripe))
            x = box.x
            for cell, column, figure in zip(row, columns, element.figures, strict=True):
                left = x + column - PAD_X * size - cell.width if figure else x + PAD_X * size
                paints += cell.moved(left, y + (height - cell.height) / 2).runs
                x += column
            y += height
        paints.append(bar_shape(Box(box.x, y, sum(columns), max(size * 0.06, 0.5)), element.line))
        return Built(tuple(paints))

    return Measured(sum(heights), build)


def _cell(
    element: TableElement, text: str, size: float, column: float, setter: Setter, *, head: bool
) -> TextBlock:
    ink = element.head_ink if head else element.ink
    return setter.set(text, element.style, size, ink, column - 2 * PAD_X * size, element.origin, bold=head)


def table_columns(
    element: TableElement, width: float, size: float, setter: Setter
) -> tuple[float, ...] | None:
    """Return the columns' widths, or nothing where a word would be wider than its column.

    Each gets its widest word; what is left goes by how much more its longest cell would like.
    """
    pad = 2 * PAD_X * size
    least, liked = [], []
    for column in zip(element.header, *element.rows, strict=True):
        lines = [
            setter.line(text, element.style, size, element.ink, element.origin, bold=True).width
            for text in column
        ]
        words = [
            setter.line(word, element.style, size, element.ink, element.origin, bold=True).width
            for text in column
            for word in text.split(" ")
        ]
        least.append(max(words, default=0.0) + pad)
        liked.append(max(lines, default=0.0) + pad)
    spare = width - sum(least)
    if spare < 0:
        return None
    wish = sum(like - need for like, need in zip(liked, least, strict=True))
    share = min(spare / wish, 1.0) if wish > 0 else 0.0
    widths = [need + (like - need) * share for like, need in zip(liked, least, strict=True)]
    rest = (width - sum(widths)) / len(widths)
    return tuple(one + rest for one in widths)


def measure_timeline(element: TimelineElement, width: float, setter: Setter) -> Measured:
    """Moments under one another along a line; what is past has a full dot, what comes an open one."""
    size = setter.size(element.style)
    dates = [
        setter.line(entry.when, element.style, size, element.accent, element.origin, bold=True)
        for entry in element.entries
    ]
    date_width = max(block.width for block in dates)
    dot = size * 0.62
    indent = date_width + size * 1.2 + dot
    texts = [
        setter.set(entry.text, element.style, size, element.ink, width - indent - size * 0.6, element.origin)
        for entry in element.entries
    ]
    gap = size * 0.72
    height = sum(block.height for block in texts) + gap * (len(texts) - 1)

    def build(box: Box) -> Built:
        spare = max(box.height - height, 0.0) / max(len(texts), 1)
        paints: list[Paint] = []
        axis = box.x + date_width + size * 0.6 + dot / 2
        y, dots = box.y, []
        for entry, date, text in zip(element.entries, dates, texts, strict=True):
            placed = text.moved(box.x + indent + size * 0.6, y)
            base = placed.lines[0].baseline
            paints += date.moved(box.x + date_width - date.width, base - date.lines[0].baseline).runs
            paints += placed.runs
            dots.append((base - size * 0.36, entry.done))
            y += text.height + gap + min(spare, gap)
        thin = size * 0.1
        line = Box(axis - thin / 2, dots[0][0], thin, dots[-1][0] - dots[0][0])
        marks = [_dot(element, axis, middle, dot, done=done, thin=thin) for middle, done in dots]
        return Built((bar_shape(line, element.line), *marks, *paints))

    return Measured(height, build)


def _dot(element: TimelineElement, x: float, y: float, side: float, *, done: bool, thin: float) -> Shape:
    circle = ellipse(Box(x - side / 2, y - side / 2, side, side))
    if done:
        return Shape(circle, fill=Solid(element.accent))
    return Shape(circle, fill=Solid(element.paper), stroke=element.accent, width=thin * 1.6)
