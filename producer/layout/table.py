"""Tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from math import ceil

from producer.diagnostics import Diagnostic, Scope
from producer.geometry import Box
from producer.layout.block import Built, Measured, Setter, Setting, bar_shape
from producer.layout.model import Paint
from producer.layout.text import TextBlock, advised, letters_within
from producer.scene.model import TableElement

PAD_X = 0.6  # em
PAD_Y = 0.32  # em


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A table at one size: its columns' widths and its set cells, the head's first."""

    size: float
    columns: tuple[float, ...]
    rows: tuple[tuple[TextBlock, ...], ...]

    @property
    def heights(self) -> list[float]:
        """The rows' heights, with the air above and below their words."""
        return [max(cell.height for cell in row) + 2 * PAD_Y * self.size for row in self.rows]


def measure_table(element: TableElement, width: float, setter: Setter) -> Measured:
    """Rows under a head: columns as wide as their words ask, at the first size at which no word is cut."""
    sizes = setter.sizes(element.style)
    found = ((size, table_columns(element, width, size, setter)) for size in sizes)
    size, columns = next(((size, made) for size, made in found if made is not None), (0.0, None))
    if columns is None:
        problem = _table_over(element, width, sizes[-1], setter)
        return Measured(0.0, lambda _box: Built(()), problems=(problem,))
    sheet = _Sheet(size, columns, tuple(_set_rows(element, size, columns, setter)))
    return Measured(
        sum(sheet.heights), lambda box: Built(tuple(_sheet_paints(element, sheet, box))), sizes=(size,)
    )


def _table_over(element: TableElement, width: float, size: float, setter: Setter) -> Diagnostic:
    """A table that is too wide even at its least size: by how much, and how long its longest word may be."""
    setting = _settings(element)[0]

    def wide(word: str) -> float:
        return setter.line(word, setting, size, element.origin).width

    columns = zip(element.header, *element.rows, strict=True)
    words = [max((word for text in column for word in text.split(" ")), key=wide) for column in columns]
    pad = 2 * PAD_X * size
    over = sum(wide(word) + pad for word in words) - width
    longest = max(words, key=wide)
    # What the other columns leave, or an even share where they are too wide themselves.
    room = max(wide(longest) - over, width / len(words) - pad)
    facts = element.origin.facts | {
        "columns": len(words),
        "over": ceil(over),
        "group": longest,
        "fit": advised(letters_within(longest, wide(longest), wide(longest) - room), len(longest)),
    }
    return Diagnostic("layout/table-over", element.origin.span, facts, scope=Scope.ROW)


def _set_rows(
    element: TableElement, size: float, columns: tuple[float, ...], setter: Setter
) -> Iterator[tuple[TextBlock, ...]]:
    """The set cells, row by row."""
    head, body = _settings(element)
    counted = replace(body, style=setter.figures(element.style))
    for plain, number, row in ((head, head, element.header), *((body, counted, row) for row in element.rows)):
        yield tuple(
            setter.set(text, number if figure else plain, size, column - 2 * PAD_X * size, element.origin)
            for text, column, figure in zip(row, columns, element.figures, strict=True)
        )


def _settings(element: TableElement) -> tuple[Setting, Setting]:
    """How the head and the rows are set."""
    return Setting(element.style, element.head_ink, bold=True), Setting(element.style, element.ink)


def _sheet_paints(element: TableElement, sheet: _Sheet, box: Box) -> Iterator[Paint]:
    """The head's ground, a stripe under every other row, the words, and a line at the foot."""
    pad, wide, y = PAD_X * sheet.size, sum(sheet.columns), box.y
    for at, (row, height) in enumerate(zip(sheet.rows, sheet.heights, strict=True)):
        if at % 2 == 0:
            yield bar_shape(Box(box.x, y, wide, height), element.stripe if at else element.head_fill)
        x = box.x
        for cell, column, figure in zip(row, sheet.columns, element.figures, strict=True):
            left = x + column - pad - cell.width if figure else x + pad
            yield from cell.moved(left, y + (height - cell.height) / 2).runs
            x += column
        y += height
    yield bar_shape(Box(box.x, y, wide, max(sheet.size * 0.06, 0.5)), element.line)


def table_columns(
    element: TableElement, width: float, size: float, setter: Setter
) -> tuple[float, ...] | None:
    """Return the columns' widths, or nothing where a word would be wider than its column.

    Each gets its widest word; what is left goes by how much more its longest cell would like.
    """
    widest = Setting(element.style, element.ink, bold=True)

    def widest_of(texts: Iterable[str]) -> float:
        widths = (setter.line(text, widest, size, element.origin).width for text in texts)
        return max(widths, default=0.0) + 2 * PAD_X * size

    columns = list(zip(element.header, *element.rows, strict=True))
    least = [widest_of(word for text in column for word in text.split(" ")) for column in columns]
    liked = [widest_of(column) for column in columns]
    spare = width - sum(least)
    if spare < 0:
        return None
    wish = sum(like - need for like, need in zip(liked, least, strict=True))
    share = min(spare / wish, 1.0) if wish > 0 else 0.0
    widths = [need + (like - need) * share for like, need in zip(liked, least, strict=True)]
    rest = (width - sum(widths)) / len(widths)
    return tuple(one + rest for one in widths)
