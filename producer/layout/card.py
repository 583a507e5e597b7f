"""Cards of figures with their progress to target."""

from __future__ import annotations

from producer.brand.model import Ink
from producer.geometry import Box
from producer.layout.block import Built, Measured, Setter, bar_shape
from producer.layout.model import Paint, Shape
from producer.layout.outline import rounded
from producer.layout.text import TextBlock
from producer.scene.model import NumberCard, NumbersElement, Solid

# A bar shows up to a quarter more than its target, so that what is over can be seen.
MOST_SHOWN = 1.25
NARROWEST = 0.25  # a card's width, of the page's shorter side
PAD_EM = 0.42  # of the figure's size


def columns_for(count: int, width: float, shorter: float) -> int:
    """Return how many cards stand side by side: no lonely last one if it can be."""
    most = max(1, min(count, int(width / (NARROWEST * shorter)), 4))
    even = [columns for columns in range(most, 1, -1) if count % columns == 0]
    return even[0] if even else most


def measure_numbers(element: NumbersElement, width: float, setter: Setter) -> Measured:
    """Cards of equal size, their figures at one size."""
    columns = columns_for(len(element.cards), width, setter.scene.canvas.size.shorter)
    gap = setter.scene.canvas.gap * 0.75
    card_width = (width - gap * (columns - 1)) / columns
    size = figure_size(element, card_width, setter)
    pad = size * PAD_EM
    parts = [card_parts(element, card, card_width - 2 * pad, size, setter) for card in element.cards]
    label_height = max(label.height for _, _, label, _ in parts)
    note_height = max((note.height for *_, note in parts if note is not None), default=0.0)
    bar = size * 0.13
    figure_height = max(figure.height for figure, *_ in parts)
    inner = (
        figure_height
        + size * 0.3
        + label_height
        + size * 0.36
        + bar
        + (size * 0.2 + note_height if note_height else 0)
    )
    height = inner + 2 * pad
    rows = -(-len(parts) // columns)

    def build(box: Box) -> Built:
        paints: list[Paint] = []
        tall = max((box.height - (rows - 1) * gap) / rows, height)  # beside a chart, cards are as high as it is
        for at, (card, (figure, unit, label, note)) in enumerate(zip(element.cards, parts, strict=True)):
            x = box.x + (at % columns) * (card_width + gap)
            y = box.y + (at // columns) * (tall + gap)
            whole = Box(x, y, card_width, tall)
            radius = 1.6 * setter.unit
            paints.append(
                Shape(rounded(whole, radius), fill=Solid(element.card), box=whole, rounded=(whole, radius))
            )
            left, top = x + pad, y + pad
            placed = figure.moved(left, top + figure_height - figure.height)
            paints += placed.runs
            if unit is not None:
                base = placed.lines[0].baseline
                paints += unit.moved(left + figure.width + size * 0.14, base - unit.lines[0].baseline).runs
            top += figure_height + size * 0.3
            paints += label.moved(left, top).runs
            top = whole.bottom - pad - bar - (size * 0.2 + note_height if note_height else 0)
            paints += progress(element, card, Box(left, top, card_width - 2 * pad, bar))
            if note is not None:
                paints += note.moved(left, top + bar + size * 0.2).runs
        return Built(tuple(paints))

    return Measured(rows * height + (rows - 1) * gap, build)


def figure_size(element: NumbersElement, card_width: float, setter: Setter) -> float:
    """Return the largest size of the ladder, from the page's step on, at which every figure stands on one line."""
    sizes = setter.sizes(element.style)
    for size in sizes:
        widest = max(_line_width(element, card, size, setter) for card in element.cards)
        if widest <= card_width - 2 * PAD_EM * size:
            return size
    widest = max(_line_width(element, card, sizes[-1], setter) for card in element.cards)
    return sizes[-1] * min(1.0, (card_width - 2 * PAD_EM * sizes[-1]) / widest)


def _line_width(element: NumbersElement, card: NumberCard, size: float, setter: Setter) -> float:
    figure = setter.line(card.value, element.style, size, element.ink, element.origin)
    if not card.unit:
        return figure.width
    unit = setter.line(card.unit, element.label_style, unit_size(size), element.muted, element.origin)
    return figure.width + size * 0.14 + unit.width


def unit_size(size: float) -> float:
    """A unit is set at less than half of its figure."""
    return size * 0.4


def card_parts(
    element: NumbersElement, card: NumberCard, width: float, size: float, setter: Setter
) -> tuple[TextBlock, TextBlock | None, TextBlock, TextBlock | None]:
    """The figure, its unit, its label and its note."""
    origin = element.origin
    label_size = setter.size(element.label_style)
    ink = element.muted if card.met is None and card.progress is None else element.ink
    figure = setter.line(card.value, element.style, size, ink, origin)
    unit = (
        setter.line(card.unit, element.label_style, unit_size(size), element.muted, origin, bold=True)
        if card.unit
        else None
    )
    label = setter.set(card.label, element.label_style, label_size, element.ink, width, origin, balanced=True)
    note = (
        setter.set(
            card.note,
            element.label_style,
            label_size * 0.86,
            state_ink(element, card),
            width,
            origin,
            bold=True,
        )
        if card.note
        else None
    )
    return figure, unit, label, note


def state_ink(element: NumbersElement, card: NumberCard) -> Ink:
    """The ink of a card's state; the note says the same in words, since colour alone says nothing to some."""
    if card.met is None:
        return element.muted if card.progress is None else element.running
    return element.good if card.met else element.short


def progress(element: NumbersElement, card: NumberCard, box: Box) -> list[Paint]:
    """The bar: what was reached on its track, and a tick where the target is. Nothing known, nothing filled."""
    radius = box.height / 2
    track = Shape(rounded(box, radius), fill=Solid(element.track), box=box, rounded=(box, radius))
    if card.progress is None:
        return [track]
    target = box.width / MOST_SHOWN
    done = Box(box.x, box.y, max(min(card.progress, MOST_SHOWN) * target, box.height), box.height)
    filled = Shape(
        rounded(done, radius), fill=Solid(state_ink(element, card)), box=done, rounded=(done, radius)
    )
    tick = Box(
        box.x + target - box.height * 0.14, box.y - box.height * 0.55, box.height * 0.28, box.height * 2.1
    )
    return [track, filled, bar_shape(tick, element.ink)]
