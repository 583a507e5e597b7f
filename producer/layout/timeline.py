"""Timelines: moments under one another along a line."""

from __future__ import annotations

from producer.geometry import Box
from producer.layout.block import Built, Measured, Setter, Setting, bar_shape, too_wide
from producer.layout.model import Paint, Shape
from producer.layout.outline import ellipse
from producer.scene.model import Solid, TimelineElement

# All in em of the entries.
DOT = 0.62
LINE = 0.1
EDGE = 0.16  # of an open dot
BESIDE = 0.6  # between date and dot, and between dot and text
BETWEEN = 0.72  # entries
X_HEIGHT = 0.36  # half of a capital: the middle of a line, above its baseline


def measure_timeline(element: TimelineElement, width: float, setter: Setter) -> Measured:
    """Moments with their dates; what is past has a full dot, what comes an open one."""
    size = setter.size(element.style)
    bold = Setting(setter.figures(element.style), element.accent, bold=True)
    plain = Setting(element.style, element.ink)
    dates = [setter.line(entry.when, bold, size, element.origin) for entry in element.entries]
    date_width = max(block.width for block in dates)
    indent = date_width + size * (2 * BESIDE + DOT)
    texts = [
        setter.set(entry.text, plain, size, width - indent - size * BESIDE, element.origin)
        for entry in element.entries
    ]
    gap = size * BETWEEN
    height = sum(block.height for block in texts) + gap * (len(texts) - 1)

    def build(box: Box) -> Built:
        spare = max(box.height - height, 0.0) / max(len(texts), 1)
        words: list[Paint] = []
        y, middles = box.y, []
        for date, text in zip(dates, texts, strict=True):
            placed = text.moved(box.x + indent + size * BESIDE, y)
            base = placed.lines[0].baseline
            words += date.moved(box.x + date_width - date.width, base - date.lines[0].baseline).runs
            words += placed.runs
            middles.append(base - size * X_HEIGHT)
            y += text.height + gap + min(spare, gap)
        axis = box.x + date_width + size * (BESIDE + DOT / 2)
        return Built((*_axis(element, axis, middles, size), *words))

    return Measured(height, build, problems=too_wide(texts, element.style, element.origin), sizes=(size,))


def _axis(element: TimelineElement, x: float, middles: list[float], size: float) -> tuple[Shape, ...]:
    """The line and its dots at the height of each entry's first line."""
    thin, side = size * LINE, size * DOT
    line = bar_shape(Box(x - thin / 2, middles[0], thin, middles[-1] - middles[0]), element.line)
    circles = [ellipse(Box(x - side / 2, middle - side / 2, side, side)) for middle in middles]
    dots = [
        Shape(circle, fill=Solid(element.accent))
        if entry.done
        else Shape(circle, fill=Solid(element.paper), stroke=element.accent, width=size * EDGE)
        for circle, entry in zip(circles, element.entries, strict=True)
    ]
    return (line, *dots)
