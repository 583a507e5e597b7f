"""Columns and lines: categories side by side over a baseline."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from producer.geometry import Box
from producer.layout.chart_drawing import CAPS, PITCH, Drawing, parted
from producer.scene.model import ChartKind

LEAST_FILL = 0.3  # of a slot; a thinner column is a line
MOST_LINES = (
    1.6  # widths of a tick that the words of a missing value may be long; longer ones take the whole slot
)


@dataclass(frozen=True, slots=True)
class Frame:
    """The upright frame of a chart: slots side by side over a baseline."""

    plot: Box  # 0 to the largest value, without labels
    slot: float
    bar: float
    tick: float  # width of a target's tick
    across: tuple[float, ...]  # the middle of each slot
    up: Callable[[Decimal], float]  # y of a value
    zero: float


class Upright(Drawing):
    """What columns and lines share."""

    def _frame(self, plot: Box) -> Frame:
        """Scale, baseline and the categories' words of an upright chart."""
        count = len(self.element.values)
        slot = (plot.width - self._target_margin(plot)) / count
        bar = min(slot * self._fill(slot), self.size * 7)
        across = tuple(slot * (number + 0.5) for number in range(count))
        label_size = self.size * 0.92
        labels = [self.wrapped(words, label_size, slot * 0.92) for words in self.element.categories]
        foot = self.size * 0.5 + max(map(len, labels)) * label_size * PITCH
        head = self.value_size * 0.95 + self.size * 0.5
        low, high = self.range()
        inner = Box(0, plot.y + head, slot * count, plot.height - head - foot - (head if low < 0 else 0))
        if inner.height < 3 * self.size:
            self.lack = max(self.lack, 3 * self.size - inner.height)
            inner = Box(inner.x, inner.y, inner.width, 3 * self.size)
        axes = self.sheet.scale(inner, (0, count), (float(low), float(high)))
        up: Callable[[Decimal], float] = lambda value: self.sheet.at(axes, 0, float(value))[1]  # noqa: E731
        for middle, lines in zip(across, labels, strict=True):
            for number, line in enumerate(lines):
                baseline = plot.bottom - foot + self.size * 0.5 + label_size * (0.95 + PITCH * number)
                self.centred(line, middle, baseline, self.element.ink, label_size)
        return Frame(inner, slot, bar, bar * 1.16, across, up, up(Decimal(0)))

    def _target_words(self, number: int) -> tuple[str, ...]:
        """The label beside a target: the figure, and its name at the last one, where it does not stand over it."""
        target = self.targets[number]
        if target is None:
            return ()
        last = max(index for index, known in enumerate(self.targets) if known is not None)
        if number == last:
            name = "" if self._name_is_above else self.element.target_name
            return tuple(filter(None, (name, self.label(target))))
        return () if self.one_target is not None else (self.label(target),)

    @property
    def _name_is_above(self) -> bool:
        """Whether the targets' name stands over the last tick: no value is in its way there."""
        return self.element.kind is ChartKind.COLUMN and self.element.values[-1] is None

    def _target_margin(self, plot: Box) -> float:
        """Room to the right of the last slot for the target's words."""
        count = len(self.element.values)
        words = max((self.width(line, self.small) for line in self._target_words(count - 1)), default=0.0)
        inside = 0.0 if self.element.kind is ChartKind.LINE else 0.12 * (plot.width - words) / count
        return max(0.0, words + self.size * 0.4 - inside) if words else 0.0

    def _fill(self, slot: float) -> float:
        """How much of a slot its column takes: less where targets need their figure in the gap."""
        figures = [line for number in range(len(self.targets) - 1) for line in self._target_words(number)]
        if not figures or self.element.kind is ChartKind.LINE:
            return 0.62
        room = max(self.width(figure, self.small) for figure in figures) + self.size * 0.85
        fill = min(0.62, (slot - room) / slot / 1.08)
        self.lack = max(self.lack, (LEAST_FILL - fill) * slot)
        return max(fill, LEAST_FILL)

    def _baseline(self, frame: Frame) -> None:
        rule = Box(0, frame.zero - 1, frame.plot.width, 2)
        self.sheet.rectangle(rule, self.element.muted)

    def _value(self, middle: float, baseline: float, value: Decimal) -> None:
        ink = self.element.ink  # an emphasis may be gold: it fills, it never writes
        self.centred(self.label(value), middle, baseline, ink, self.value_size, bold=True)

    def _beside(self, lines: Sequence[str], left: float, middle: float) -> None:
        """Set small muted lines around a height."""
        pitch = self.small * PITCH
        first = middle - pitch * (len(lines) - 1) / 2 + self.small * CAPS / 2
        for number, line in enumerate(lines):
            self.sheet.text(line, left, first + pitch * number, self.element.muted, self.small)

    def _missing(self, frame: Frame) -> None:
        """One dashed place for each stretch of missing values, its words once inside."""
        for first, last in _stretches(self.element.values):
            middle = (frame.across[first] + frame.across[last]) / 2
            between = frame.across[last] - frame.across[first]
            wide = self.width(self.element.empty, self.small) > (frame.tick + between) * MOST_LINES
            width = between + (frame.slot * 0.98 if wide else frame.tick)
            lines = self.wrapped(self.element.empty, self.small, width - self.size * 0.3)
            targets = [frame.zero - frame.up(t) for t in self.targets[first : last + 1] if t is not None]
            self._empty_slot(frame, Box(middle - width / 2, 0, width, 0), lines, min(targets, default=None))

    def _empty_slot(self, frame: Frame, across: Box, lines: Sequence[str], tick: float | None) -> None:
        """Outline a place as high as its words, clear of the target where that is lower."""
        words = len(lines) * self.small * PITCH
        need = words + self.size * 1.2
        floor = 0.0
        if tick is None:
            height = max(need, 0.4 * (frame.zero - frame.plot.y))
        elif tick >= need:
            height = need  # not up to the target: a place that high would be read as a value
        else:
            floor = tick + self.rule
            height = floor + need
        box = Box(across.x, frame.zero - height, across.width, height)
        self.sheet.slot(box, self.element.muted, max(self.size * 0.06, 1.0))
        self._centre_lines(lines, box.centre[0], frame.zero - (floor + height) / 2)

    def _centre_lines(self, lines: Sequence[str], middle: float, y: float) -> None:
        first = y - self.small * PITCH * (len(lines) - 1) / 2 + self.small * CAPS / 2
        for number, line in enumerate(lines):
            self.centred(line, middle, first + self.small * PITCH * number, self.element.muted, self.small)


class ColumnDrawing(Upright):
    """Columns, each with the tick of its target."""

    def plot(self, plot: Box) -> None:
        """See :class:`Drawing`."""
        frame = self._frame(plot)
        for number, value in enumerate(self.element.values):
            if value is not None:
                self._column(frame, number, value)
        self._missing(frame)
        self._baseline(frame)
        for number, target in enumerate(self.targets):
            if target is not None:
                self._target(frame, number, target)

    def _column(self, frame: Frame, number: int, value: Decimal) -> None:
        end, left = frame.up(value), frame.across[number] - frame.bar / 2
        target = self.targets[number]
        cut = None if target is None else frame.up(target)
        for top, bottom in parted(min(end, frame.zero), max(end, frame.zero), cut, self.rule * 1.4):
            self.sheet.rectangle(Box(left, top, frame.bar, bottom - top), self.ink(number))
        baseline = self._value_baseline(end, cut, below=value < 0)
        self._value(frame.across[number], baseline, value)

    def _value_baseline(self, end: float, cut: float | None, *, below: bool) -> float:
        """Where a value's figure stands: off its mark's end, and beyond a target's tick in its way."""
        gap, caps = self.size * 0.38, self.value_size * CAPS
        sign = 1 if below else -1
        blocked = cut is not None and -self.rule <= (cut - end) * sign <= gap + caps + self.rule * 2
        start = cut + sign * self.rule if blocked and cut is not None else end
        return start + sign * gap + (caps if below else 0)

    def _target(self, frame: Frame, number: int, target: Decimal) -> None:
        """A short thick tick, and to its right the figure; over the last one their name, where no value is."""
        y, middle = frame.up(target), frame.across[number]
        tick = Box(middle - frame.tick / 2, y - self.rule / 2, frame.tick, self.rule)
        self.sheet.rectangle(tick, self.element.ink)
        self._beside(self._target_words(number), tick.right + self.size * 0.3, y)
        if self._name_is_above and number == len(self.targets) - 1:
            name = self.element.target_name
            self.sheet.text(name, tick.x, y - self.size * 0.4, self.element.muted, self.small)


class LineDrawing(Upright):
    """A line through points, over a light area."""

    def plot(self, plot: Box) -> None:
        """See :class:`Drawing`."""
        frame = self._frame(plot)
        ys = [None if value is None else frame.up(value) for value in self.element.values]
        points = list(zip(frame.across, ys, strict=True))
        self._missing(frame)
        for stretch in _joined(points):
            area = [(stretch[0][0], frame.zero), *stretch, (stretch[-1][0], frame.zero)]
            if len(stretch) > 1:
                self.sheet.area(area, self.element.series.faded(self.element.series.alpha * 0.12))
        self._baseline(frame)
        self._line_targets(frame)
        for stretch in _joined(points):
            if len(stretch) > 1:
                self.sheet.line(stretch, self.element.series, self.size * 0.17)
        for number, (x, y) in enumerate(points):
            value = self.element.values[number]
            if y is not None and value is not None:
                self.sheet.dot(
                    (x, y), self.ink(number), self.size * (0.36 if self.element.marked[number] else 0.24)
                )
                others = [ys[other] for other in (number - 1, number + 1) if 0 <= other < len(ys)]
                above = all(other is not None and other < y - self.size for other in others)
                self._point_label(frame, number, value, valley=above)

    def _line_targets(self, frame: Frame) -> None:
        """One rule across where the target stays, ticks where it moves, labels away from the point."""
        if self.one_target is not None:
            y = frame.up(self.one_target)
            thickness = max(self.rule * 0.6, 2)
            self.sheet.rectangle(Box(0, y - thickness / 2, frame.plot.width, thickness), self.element.muted)
            words = next(filter(None, map(self._target_words, range(len(self.targets)))))
            self._beside(words, frame.plot.width + self.size * 0.3, y)
            return
        for number, target in enumerate(self.targets):
            if target is not None:
                self._line_target(frame, number, target)

    def _line_target(self, frame: Frame, number: int, target: Decimal) -> None:
        y, middle, value = frame.up(target), frame.across[number], self.element.values[number]
        tick = Box(middle - frame.slot * 0.28, y - self.rule / 2, frame.slot * 0.56, self.rule)
        self.sheet.rectangle(tick, self.element.muted)
        below = value is not None and value > target
        baseline = y + self.size * 0.3 + self.small * CAPS if below else y - self.size * 0.3
        self.centred(" ".join(self._target_words(number)), middle, baseline, self.element.muted, self.small)

    def _point_label(self, frame: Frame, number: int, value: Decimal, *, valley: bool) -> None:
        """Over its point, under it in a valley or where a target is in the way."""
        x, y, target = frame.across[number], frame.up(value), self.targets[number]
        gap = self.size * 0.6
        reach = gap + self.value_size
        blocked = target is not None and 0 <= y - frame.up(target) <= reach
        below = (valley or blocked) and y + reach < frame.zero
        self._value(x, y + gap + self.value_size * CAPS if below else y - gap, value)


def _stretches(values: Sequence[Decimal | None]) -> list[tuple[int, int]]:
    """First and last index of each run of missing values."""
    found: list[tuple[int, int]] = []
    for number, value in enumerate(values):
        if value is None:
            first = found.pop()[0] if found and found[-1][1] == number - 1 else number
            found.append((first, number))
    return found


def _joined(points: Sequence[tuple[float, float | None]]) -> list[list[tuple[float, float]]]:
    """The points in stretches without a gap: a line never runs over a missing value."""
    stretches: list[list[tuple[float, float]]] = [[]]
    for x, y in points:
        if y is None:
            stretches.append([])
        else:
            stretches[-1].append((x, y))
    return [stretch for stretch in stretches if stretch]
