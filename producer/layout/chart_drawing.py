"""What all kinds of charts share: heading and source, labels, scale."""

from __future__ import annotations

from abc import ABC, abstractmethod
from decimal import Decimal
from functools import cached_property

from babel.numbers import format_decimal

from producer.brand.model import Ink
from producer.geometry import Box
from producer.layout._matplotlib import Sheet
from producer.layout.chart_text import SMALL, wrap
from producer.scene.model import ChartElement

CAPS = 0.7  # height of figures and capitals, em
FEW = 6  # marks that leave room for large figures
PITCH = 1.28  # of stacked lines, em: two-storey marks need 1.25


class Drawing(ABC):
    """One attempt at one size. All positions are px of the sheet."""

    def __init__(self, element: ChartElement, sheet: Sheet, size: float, joins: tuple[str, ...]) -> None:
        self.element, self.sheet, self.size, self.joins = element, sheet, size, joins
        self.lack = 0.0  # px that something had too little
        self.targets = element.targets or (None,) * len(element.values)
        self.value_size = size * (1.2 if len(element.values) <= FEW else 1.0)
        self.small = size * SMALL
        self.rule = max(round(size * 0.14), 2)  # thickness of a target's tick
        self.present = tuple(value for value in element.values if value is not None)

    def draw(self) -> float:
        """Draw everything; return the px that it is over."""
        top, bottom = self._heading(), self._source()
        plot = Box(0, top, self.sheet.box.width, bottom - top)
        if plot.height < 5 * self.size:
            return 5 * self.size - plot.height
        self.plot(plot)
        return max(self.lack, self.sheet.over())

    @abstractmethod
    def plot(self, plot: Box) -> None:
        """Draw marks and labels."""

    @cached_property
    def one_target(self) -> Decimal | None:
        """The target, where all that are known are the same one."""
        known = {target for target in self.targets if target is not None}
        return known.pop() if len(known) == 1 else None

    @property
    def signed(self) -> bool:
        """Whether every figure carries its %; twelve months side by side say it once, in the heading."""
        return self.element.unit == "%" and len(self.element.values) <= FEW

    def ink(self, number: int) -> Ink:
        """The ink of one value's mark."""
        return self.element.highlight if self.element.marked[number] else self.element.series

    def label(self, value: Decimal) -> str:
        """A number in Vietnamese: ``1.250``, ``43,5``, with its % where the marks leave room."""
        sign = "\u00a0%" if self.signed else ""
        return f"{format_decimal(value, locale='vi', decimal_quantization=False)}{sign}"

    def width(self, words: str, size: float, *, bold: bool = False) -> float:
        """How far a line runs."""
        return self.sheet.lettering.width(words, size, bold=bold)

    def wrapped(self, words: str, size: float, width: float, *, bold: bool = False) -> tuple[str, ...]:
        """Lines no wider than ``width``; what a single word is over counts as a lack."""
        lines = wrap(words, width, lambda line: self.width(line, size, bold=bold), self.joins)
        self.lack = max([self.lack, *(self.width(line, size, bold=bold) - width for line in lines)])
        return lines

    def centred(  # noqa: PLR0913 — a line is its words, place, ink and size
        self, words: str, middle: float, baseline: float, ink: Ink, size: float, *, bold: bool = False
    ) -> None:
        """Set a line around ``middle``, pushed back onto the sheet where it would leave it."""
        width = self.width(words, size, bold=bold)
        left = min(max(middle - width / 2, 0), self.sheet.box.width - width)
        self.sheet.text(words, left, baseline, ink, size, bold=bold)

    def _heading(self) -> float:
        """Title, and under it what is counted; return where the plot may start."""
        element, width, y = self.element, self.sheet.box.width, 0.0
        unit = "" if self.signed else element.unit
        counted = (
            f"{element.series_name} ({unit})" if element.series_name and unit else element.series_name or unit
        )
        for words, size, ink, bold in (
            (element.title, self.size * 1.25, element.ink, True),
            (counted if counted != element.title else "", self.size * 0.9, element.muted, False),
        ):
            for line in self.wrapped(words, size, width, bold=bold) if words else ():
                self.sheet.text(line, 0, y + size * 1.02, ink, size, bold=bold)
                y += size * PITCH
        return y + self.size * 0.7 if y else 0.0

    def _source(self) -> float:
        """The source at the foot; return where the plot must end."""
        height = self.sheet.box.height
        lines = (
            self.wrapped(self.element.source, self.small, self.sheet.box.width) if self.element.source else ()
        )
        for number, line in enumerate(reversed(lines)):
            baseline = height - self.small * (0.24 + PITCH * number)
            self.sheet.text(line, 0, baseline, self.element.muted, self.small)
        return height - (len(lines) * self.small * PITCH + self.size * 0.8 if lines else 0)

    def range(self) -> tuple[Decimal, Decimal]:
        """Lowest and highest of the scale, 0 always among them."""
        known = [*self.present, *(target for target in self.targets if target is not None), Decimal(0)]
        low, high = min(known), max(known)
        return low, high if high > low else low + 1


def parted(start: float, stop: float, cut: float | None, gap: float) -> list[tuple[float, float]]:
    """The stretch, parted by ``gap`` on both sides of ``cut`` where that lies inside, without slivers."""
    if cut is None or not start - gap < cut < stop + gap:
        return [(start, stop)] if stop > start else []
    pieces = [(start, min(cut - gap, stop)), (max(cut + gap, start), stop)]
    return [(one, other) for one, other in pieces if other - one >= 1]
