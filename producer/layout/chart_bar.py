"""Bars: categories under one another, their names to the left."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from producer.geometry import Box
from producer.layout.chart_drawing import CAPS, PITCH, Drawing, parted


class BarDrawing(Drawing):
    """Bars, each with the tick of its target."""

    def plot(self, plot: Box) -> None:
        """See :class:`Drawing`."""
        count = len(self.element.values)
        longest = max(self.width(words, self.size) for words in self.element.categories)
        left = min(longest, plot.width * 0.34) + self.size * 0.7
        figures = max(
            (self.width(self.label(value), self.value_size, bold=True) for value in self.present), default=0.0
        )
        head = self.small * 1.3 if any(self._bar_target_words(number) for number in range(count)) else 0.0
        inner = Box(left, plot.y + head, plot.width - left - figures - self.size, plot.height - head)
        low, high = self.range()
        axes = self.sheet.scale(inner, (float(low), float(high)), (0, count))
        pitch = inner.height / count
        thick = min(pitch * 0.5, self.size * 3.4)
        for number in range(count):
            row = Box(left, inner.y + pitch * (number + 0.5) - thick / 2, inner.width, thick)
            self._row_label(row, number, left - self.size * 0.7)
            self._bar(row, number, lambda value: self.sheet.at(axes, float(value), 0)[0])
        zero = self.sheet.at(axes, 0, 0)[0]
        self.sheet.rectangle(Box(zero - 1, inner.y, 2, inner.height), self.element.muted)

    def _row_label(self, row: Box, number: int, width: float) -> None:
        lines = self.wrapped(self.element.categories[number], self.size, width)
        first = row.centre[1] - self.size * PITCH * (len(lines) - 1) / 2 + self.size * CAPS / 2
        for index, line in enumerate(lines):
            self.sheet.text(line, 0, first + self.size * PITCH * index, self.element.ink, self.size)

    def _bar(self, row: Box, number: int, along: Callable[[Decimal], float]) -> None:
        value, target = self.element.values[number], self.targets[number]
        cut = None if target is None else along(target)
        if value is None:
            self._empty_row(row, cut)
        else:
            zero, end = along(Decimal(0)), along(value)
            for start, stop in parted(min(zero, end), max(zero, end), cut, self.rule * 1.4):
                self.sheet.rectangle(Box(start, row.y, stop - start, row.height), self.ink(number))
            self._bar_value(row, value, max(zero, end), cut)
        if cut is not None:
            over = row.height * 0.1
            self.sheet.rectangle(
                Box(cut - self.rule / 2, row.y - over, self.rule, row.height + 2 * over), self.element.ink
            )
            words = self._bar_target_words(number)
            self.centred(words, cut, row.y - over - self.size * 0.28, self.element.muted, self.small)

    def _bar_target_words(self, number: int) -> str:
        """The words over a tick: the first with the target's name, further down only where it moves."""
        target = self.targets[number]
        if target is None:
            return ""
        if number == next(index for index, known in enumerate(self.targets) if known is not None):
            return f"{self.element.target_name} {self.label(target)}".strip()
        return "" if self.one_target is not None else self.label(target)

    def _bar_value(self, row: Box, value: Decimal, end: float, cut: float | None) -> None:
        words, gap = self.label(value), self.size * 0.4
        width = self.width(words, self.value_size, bold=True)
        blocked = cut is not None and -self.rule <= cut - end <= gap + width + self.rule
        left = (cut + self.rule if blocked and cut is not None else end) + gap
        ink = self.element.ink  # an emphasis may be gold: it fills, it never writes
        self.sheet.text(
            words, left, row.centre[1] + self.value_size * CAPS / 2, ink, self.value_size, bold=True
        )

    def _empty_row(self, row: Box, cut: float | None) -> None:
        """A dashed place as long as its words, or up to the target where they fit before it."""
        need = self.width(self.element.empty, self.small) + self.size * 1.4
        before = cut is not None and cut - row.x >= need
        start = row.x if before or cut is None else cut + self.rule
        length = cut - row.x if before and cut is not None else need
        self.sheet.slot(Box(start, row.y, length, row.height), self.element.muted, max(self.size * 0.06, 1.0))
        baseline = row.centre[1] + self.small * CAPS / 2
        self.centred(self.element.empty, start + length / 2, baseline, self.element.muted, self.small)
