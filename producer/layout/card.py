"""Cards of figures with their progress to target."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from producer.brand.model import Ink
from producer.diagnostics import Diagnostic, Scope
from producer.geometry import Box, Insets
from producer.layout.block import Built, Measured, Setter, Setting, bar_shape, too_wide
from producer.layout.model import Paint, Shape
from producer.layout.outline import rounded
from producer.layout.text import TextBlock, advised, letters_within
from producer.plan.model import Medium
from producer.scene.model import NumberCard, NumbersElement, Solid

# A bar shows up to a quarter more than its target, so that what is over can be seen.
NARROWEST = 0.25  # a card's width, of the page's shorter side
MOST_COLUMNS = 4
NOISE = 0.5  # px, that nobody sees
RADIUS = 1.6  # % of the page's shorter side
# In em of the figure.
PAD_EM = 0.42
UNIT_EM = 0.4
UNIT_GAP_EM = 0.14
LABEL_GAP_EM = 0.3
BAR_GAP_EM = 0.36
BAR_EM = 0.13
NOTE_GAP_EM = 0.2
NOTE_EM = 0.86  # of the label
LEAST_LABEL_EM = 0.28  # of the figure: beside a large one, words in their usual size are lost
LEAST_SLIDE_LABEL_EM = 0.42  # on a slide, where they are read from the back of a hall


def columns_for(count: int, width: float, shorter: float) -> int:
    """Return how many cards stand side by side: no lonely last one if it can be."""
    most = max(1, min(count, int(width / (NARROWEST * shorter)), MOST_COLUMNS))
    even = [columns for columns in range(most, 1, -1) if count % columns == 0]
    return even[0] if even else most


@dataclass(frozen=True, slots=True)
class _Card:
    """One card's set words."""

    figure: TextBlock
    unit: TextBlock | None
    label: TextBlock
    note: TextBlock


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Cards of one size: what each needs, so that their lines stand level."""

    cards: tuple[_Card, ...]
    columns: int
    gap: float
    width: float  # of one card
    size: float  # of the figures
    radius: float

    @property
    def pad(self) -> float:
        """The air inside a card."""
        return self.size * PAD_EM

    @property
    def bar(self) -> float:
        """The thickness of the bar of progress."""
        return self.size * BAR_EM

    @property
    def rows(self) -> int:
        """How many cards stand under one another."""
        return -(-len(self.cards) // self.columns)

    @property
    def figure_height(self) -> float:
        """The height of the highest figure."""
        return max(card.figure.height for card in self.cards)

    @property
    def label_base(self) -> float:
        """From the labels' top to the baseline of their first lines; marks above capitals raise some of them."""
        return max((card.label.lines[0].baseline for card in self.cards if card.label.lines), default=0.0)

    def label_drop(self, card: _Card) -> float:
        """How much lower a label starts, so that all stand on one baseline."""
        return self.label_base - card.label.lines[0].baseline if card.label.lines else 0.0

    @property
    def foot(self) -> float:
        """The bar and what stands under it."""
        note = max(card.note.height for card in self.cards)
        return self.bar + (self.size * NOTE_GAP_EM + note if note else 0.0)

    @property
    def height(self) -> float:
        """What one card needs."""
        label = max(self.label_drop(card) + card.label.height for card in self.cards)
        inner = self.figure_height + self.size * (LABEL_GAP_EM + BAR_GAP_EM) + label + self.foot
        return inner + 2 * self.pad


def measure_numbers(element: NumbersElement, width: float, setter: Setter) -> Measured:
    """Cards of equal size, their figures at one size."""
    columns = columns_for(len(element.cards), width, setter.scene.canvas.size.shorter)
    gap = setter.scene.canvas.gap
    card_width = (width - gap * (columns - 1)) / columns
    size = figure_size(element, card_width, setter)
    inner = card_width - 2 * size * PAD_EM
    cards = tuple(_set_card(element, card, inner, size, setter) for card in element.cards)
    sheet = _Sheet(cards, columns, gap, card_width, size, RADIUS * setter.unit)
    height = sheet.rows * sheet.height + (sheet.rows - 1) * gap

    def build(box: Box) -> Built:
        # Beside a chart, cards are as high as it is.
        tall = max((box.height - (sheet.rows - 1) * gap) / sheet.rows, sheet.height)
        paints: list[Paint] = []
        for at, (card, words) in enumerate(zip(element.cards, cards, strict=True)):
            x = box.x + (at % columns) * (card_width + gap)
            y = box.y + (at // columns) * (tall + gap)
            paints += _card_paints(element, card, words, sheet, Box(x, y, card_width, tall))
        return Built(tuple(paints))

    words = [block for card in cards for block in (card.label, card.note)]
    problems = (
        *_figure_problems(element, inner, size, setter),
        *too_wide(words, element.label_style, element.origin),
    )
    sizes = (size, _label_size(element, size, setter))
    return Measured(height, build, problems=problems, sizes=sizes)


def _card_paints(
    element: NumbersElement, card: NumberCard, words: _Card, sheet: _Sheet, box: Box
) -> Iterator[Paint]:
    """One card in its box: figure and unit on one baseline, the label, at its foot the bar and the note."""
    outline = rounded(box, sheet.radius)
    yield Shape(outline, fill=Solid(element.card), box=box, rounded=(box, sheet.radius))
    inner = box.inset(Insets.even(sheet.pad))
    figure = words.figure.moved(inner.x, inner.y + sheet.figure_height - words.figure.height)
    yield from figure.runs
    if words.unit is not None:
        right, base = inner.x + figure.width, figure.lines[0].baseline - words.unit.lines[0].baseline
        yield from words.unit.moved(right + sheet.size * UNIT_GAP_EM, base).runs
    top = inner.y + sheet.figure_height + sheet.size * LABEL_GAP_EM
    yield from words.label.moved(inner.x, top + sheet.label_drop(words)).runs
    bar = Box(inner.x, inner.bottom - sheet.foot, inner.width, sheet.bar)
    yield from _progress(element, card, bar)
    yield from words.note.moved(inner.x, bar.bottom + sheet.size * NOTE_GAP_EM).runs


def figure_size(element: NumbersElement, card_width: float, setter: Setter) -> float:
    """Return the largest size of the ladder, from the page's step on, at which every figure stands on one line.

    Below the ladder it shrinks to what holds, but not below what can be read.
    """
    sizes = setter.sizes(element.style)
    for size in sizes:
        widest = max(_line_width(element, card, size, setter) for card in element.cards)
        if widest <= card_width - 2 * PAD_EM * size:
            return size
    widest = max(_line_width(element, card, sizes[-1], setter) for card in element.cards)
    shrunk = sizes[-1] * min(1.0, (card_width - 2 * PAD_EM * sizes[-1]) / widest)
    return max(shrunk, min(setter.least, sizes[-1]))


def _figure_problems(
    element: NumbersElement, width: float, size: float, setter: Setter
) -> tuple[Diagnostic, ...]:
    """The figure that with its unit is wider than its card, even at the least size that can be read."""
    widest = max(element.cards, key=lambda card: _line_width(element, card, size, setter))
    length = _line_width(element, widest, size, setter)
    over = length - width
    if over <= NOISE:
        return ()
    words = f"{widest.value} {widest.unit}".strip()
    facts = element.origin.facts | {
        "group": words,
        "over": ceil(over),
        "fit": advised(letters_within(words, length, over), len(words)),
        "size": round(size),
    }
    return (Diagnostic("layout/group-over", element.origin.span, facts, scope=Scope.ROW),)


def _line_width(element: NumbersElement, card: NumberCard, size: float, setter: Setter) -> float:
    """The width of a card's figure with its unit."""
    figure, unit = _figure(element, card, size, setter)
    return figure.width + (size * UNIT_GAP_EM + unit.width if unit is not None else 0.0)


def _figure(
    element: NumbersElement, card: NumberCard, size: float, setter: Setter
) -> tuple[TextBlock, TextBlock | None]:
    """A figure on one line, and its unit, which is set at less than half of it but can be read."""
    ink = element.muted if card.met is None and card.progress is None else element.ink
    figure = setter.line(card.value, Setting(element.style, ink), size, element.origin)
    if not card.unit:
        return figure, None
    bold = Setting(element.label_style, element.muted, bold=True)
    return figure, setter.line(card.unit, bold, max(size * UNIT_EM, setter.least), element.origin)


def _label_size(element: NumbersElement, size: float, setter: Setter) -> float:
    """The px of the labels under figures of ``size`` px."""
    on_slide = setter.scene.canvas.medium is Medium.DECK
    return max(
        setter.size(element.label_style), size * (LEAST_SLIDE_LABEL_EM if on_slide else LEAST_LABEL_EM)
    )


def _set_card(element: NumbersElement, card: NumberCard, width: float, size: float, setter: Setter) -> _Card:
    """One card's words within ``width``."""
    origin, style = element.origin, element.label_style
    label_size = _label_size(element, size, setter)
    label = Setting(style, element.ink, balanced=True)
    note = Setting(style, state_ink(element, card), bold=True)
    return _Card(
        *_figure(element, card, size, setter),
        setter.set(card.label, label, label_size, width, origin),
        setter.set(card.note, note, max(label_size * NOTE_EM, setter.least), width, origin),
    )


def state_ink(element: NumbersElement, card: NumberCard) -> Ink:
    """The ink of a card's state; the note says the same in words, since colour alone says nothing to some."""
    if card.met is None:
        return element.muted if card.progress is None else element.running
    return element.good if card.met else element.short


def _progress(element: NumbersElement, card: NumberCard, box: Box) -> list[Paint]:
    """The bar: what was reached on its track, and a tick where the target is. Nothing known, nothing filled."""
    radius = box.height / 2
    track = Shape(rounded(box, radius), fill=Solid(element.track), box=box, rounded=(box, radius))
    if card.progress is None:
        return [track]
    target = box.width / card.track
    done = Box(box.x, box.y, max(min(card.progress, card.track) * target, box.height), box.height)
    filled = Shape(
        rounded(done, radius), fill=Solid(state_ink(element, card)), box=done, rounded=(done, radius)
    )
    tick = Box(
        box.x + target - box.height * 0.14, box.y - box.height * 0.55, box.height * 0.28, box.height * 2.1
    )
    return [track, filled, bar_shape(tick, element.ink)]
