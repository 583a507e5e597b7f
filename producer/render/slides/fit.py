"""Bodies of text: the box in which Office breaks the words where the layout broke them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from producer.geometry import Box
from producer.layout.model import GlyphRun, Item, Line, Paint, Shape
from producer.render.slides.kit import Kit
from producer.render.slides.line import Block, blocks_of, lines_of, painted_lines
from producer.render.slides.shape import bounds_of
from producer.render.slides.text import (
    BREAK,
    Body,
    Bullet,
    Paragraph,
    Piece,
    Setting,
    set_paragraphs,
)
from producer.scene.model import ListElement, NumberElement, Role, TextElement

# How far the first baseline stands over the foot of its line under exact leading, in em. Measured in LibreOffice 7.4
# with three families at five sizes and leadings: 0.20 each time, whatever descent the font declares. PowerPoint is
# said to take a fifth of the leading, which at leadings of 1.2 to 1.3 is lower by 0.06 em at most.
FOOT = 0.2
LEAST_GAP = 0.5  # px; less is the rounding of float places
# LibreOffice and PowerPoint hint their advances: lines come out up to 1 % wider than measured.
HINTING = 1.01


def body_of(item: Item, kit: Kit) -> Body | None:
    """Return an element that is one body of text, or nothing for other elements."""
    if isinstance(item.element, TextElement):
        return text_body(item, item.element, kit)
    if isinstance(item.element, ListElement):
        return list_body(item, item.element, kit)
    if isinstance(item.element, NumberElement):
        blocks = painted_blocks(item.paints, kit)
        body = stack_body(blocks) if blocks else None
        return replace(body, box=_roomy(body, item.box)) if body else None
    return None


def _roomy(body: Body, box: Box) -> Box:
    """As wide as the cell allows: LibreOffice wraps placeholders that say not to, and parts "1.250" at its last 0."""
    own, align = body.box, body.paragraphs[0].align
    least = own.width * HINTING
    if align == "end":
        width = max(own.right - box.x, least)
        return Box(own.right - width, own.y, width, own.height)
    if align == "centre":
        middle = own.x + own.width / 2
        width = max(2 * min(middle - box.x, box.right - middle), least)
        return Box(middle - width / 2, own.y, width, own.height)
    return Box(own.x, own.y, max(box.right - own.x, least), own.height)


def text_body(item: Item, element: TextElement, kit: Kit) -> Body:
    """Return a text in the box that breaks it as it was laid; a title keeps hard breaks where no box does that."""
    size, leading, lines = _laid(item, element, kit)
    setting = Setting.of(element.style, size, element.ink)
    groups = _paragraph_lines(element, lines)
    width = _width(groups, item.box, element.align, setting, kit)
    hard = width is None and element.role in (Role.TITLE, Role.FIGURE)
    words = set_paragraphs(element.runs, lines, setting, element.style.bold, hard=hard)
    gaps = _gaps(groups, leading) if len(groups) == len(words) else [0.0] * len(words)
    paragraphs = tuple(
        Paragraph(pieces, leading, element.align, gap) for pieces, gap in zip(words, gaps, strict=True)
    )
    box = _text_box(lines, item.box, element.align, width or item.box.width, leading, size)
    return Body(paragraphs, box, wrap=not hard)


def _paragraph_lines(element: TextElement, lines: Sequence[Line]) -> list[tuple[Line, ...]]:
    """Part the lines where the author begins a paragraph."""
    groups, rest = [], tuple(lines)
    for words in "".join(run.text for run in element.runs).split("\n"):
        if words.strip():
            own, rest = lines_of(words, rest)
            groups.append(own)
    return groups


def _laid(item: Item, element: TextElement | ListElement, kit: Kit) -> tuple[float, float, tuple[Line, ...]]:
    """Return size, leading and lines: those of the text's layout, else those of its glyphs, else the style's."""
    if item.text is not None:
        return item.text.size, item.text.leading, item.text.lines
    painted = painted_lines((paint for paint in item.paints if not _is_number(paint, element)), kit.faces)
    if painted:
        sizes = [line.size for line in painted]
        size = max(sizes, key=sizes.count)
        return size, element.style.leading * size, tuple(line.plain for line in painted)
    size = element.style.sizes[0] / 100 * kit.scale.page.shorter
    return size, element.style.leading * size, ()


def _is_number(paint: Paint, element: TextElement | ListElement) -> bool:
    """Whether glyphs are the figure before an item of a numbered list."""
    if not isinstance(element, ListElement) or not element.numbered or not isinstance(paint, GlyphRun):
        return False
    return paint.ink == element.accent and paint.text.strip(" .").isdigit()


def _gaps(paragraphs: Sequence[Sequence[Line]], leading: float) -> list[float]:
    """Return what each paragraph keeps free above it: how much further its first line is from the last before it."""
    gaps: list[float] = []
    last: Line | None = None
    for own in paragraphs:
        gap = own[0].baseline - last.baseline - leading if own and last else 0.0
        gaps.append(gap if gap > LEAST_GAP else 0.0)
        last = own[-1] if own else last
    return gaps


def _width(
    paragraphs: Sequence[Sequence[Line]], box: Box, align: str, setting: Setting, kit: Kit
) -> float | None:
    """Return a width in which breaking greedily gives these lines, as near to the box's as may be; or nothing.

    The least is the widest line. The most is where the first word of a line would still fit on the line above.
    """
    lines = [line for paragraph in paragraphs for line in paragraph]
    if not lines:
        return box.width
    room = _room(lines, box, align)
    least = max(line.width for line in lines) * HINTING
    breaks = [pair for paragraph in paragraphs for pair in pairwise(paragraph)]
    limits = [one.width + _lead_width(other, setting, kit) for one, other in breaks]
    if not limits:
        return max(room, least)
    most = min(limits) / HINTING
    return min(max(room, least), most) if most > least else None


def _lead_width(line: Line, setting: Setting, kit: Kit) -> float:
    word = " " + line.text.strip(" ").split(" ")[0]
    return kit.faces.of(setting.face).width(word, setting.size) + len(word) * setting.tracking * setting.size


def _room(lines: Sequence[Line], box: Box, align: str) -> float:
    """Return how wide the lines may be in their box, from the edge or the middle that they share."""
    if align == "start":
        return box.right - min(line.left for line in lines)
    if align == "end":
        return max(line.left + line.width for line in lines) - box.x
    middle = lines[0].left + lines[0].width / 2
    return 2 * min(middle - box.x, box.right - middle)


def _text_box(  # noqa: PLR0913 -- one by one they read better than as a type of their own
    lines: Sequence[Line], box: Box, align: str, width: float, leading: float, size: float
) -> Box:
    if not lines:
        return box
    left = min(line.left for line in lines)
    if align == "end":
        left = max(line.left + line.width for line in lines) - width
    elif align == "centre":
        left = lines[0].left + lines[0].width / 2 - width / 2
    top = first_top(lines[0].baseline, leading, size)
    height = lines[-1].baseline - lines[0].baseline + leading
    return Box(left, top, width, max(height, box.bottom - top))


def first_top(baseline: float, leading: float, size: float) -> float:
    """Return where a box begins whose first line has this baseline under exact leading."""
    return baseline - leading + FOOT * size


def list_body(item: Item, element: ListElement, kit: Kit) -> Body:
    """Return a list as paragraphs with their own bullets, or without where icons stand beside them."""
    size, leading, lines = _laid(item, element, kit)
    setting = Setting.of(element.style, size, element.ink)
    taken = _items(element, lines)
    used = [line for own in taken for line in own]
    leading = _inner_leading(taken) or leading
    left = min((line.left for line in used), default=item.box.x)
    bullet = _bullet(item, element, left, size)
    indent = bullet.indent if bullet else 0.0
    width = _width(taken, Box(left, item.box.y, item.box.right - left, 0), "start", setting, kit)
    paragraphs: list[Paragraph] = []
    for entry, own, gap in zip(element.items, taken, _gaps(taken, leading), strict=True):
        words = set_paragraphs(entry.runs, own, setting, element.style.bold, hard=False)
        paragraphs.append(Paragraph(next(iter(words), ()), leading, "start", gap, bullet))
    box = item.box
    if used:
        top = first_top(used[0].baseline, leading, size)
        width = width or item.box.right - left
        box = Box(left - indent, top, width + indent, max(box.bottom, used[-1].baseline) - top)
    return Body(tuple(paragraphs), box)


def _items(element: ListElement, lines: Sequence[Line]) -> list[tuple[Line, ...]]:
    taken, rest = [], tuple(lines)
    for entry in element.items:
        own, rest = lines_of("".join(run.text for run in entry.runs), rest)
        taken.append(own)
    return taken


def _inner_leading(items: Sequence[Sequence[Line]]) -> float | None:
    steps = [b.baseline - a.baseline for own in items for a, b in pairwise(own)]
    return min(steps, default=None)


def _bullet(item: Item, element: ListElement, left: float, size: float) -> Bullet | None:
    if any(entry.icon for entry in element.items):
        return None
    glyphs = (paint for paint in item.paints if isinstance(paint, GlyphRun))
    numbers = (run.points[0][0] for run in glyphs if _is_number(run, element))
    bars = (bar.x for bar in (bounds_of(p) for p in item.paints if isinstance(p, Shape)) if bar)
    start = min((x for x in (*numbers, *bars) if 0 < left - x < 3 * size), default=left - size)
    return Bullet(element.accent, left - start, "" if element.numbered else "–")


def is_bullet(shape: Shape, body: Body) -> bool:
    """Whether a shape of a list is the mark before an item, which the paragraph has as its own."""
    box, first = bounds_of(shape), body.paragraphs[0] if body.paragraphs else None
    if box is None or first is None or first.bullet is None:
        return False
    return box.y >= body.box.y and box.width < first.leading and box.height < first.leading


def block_body(block: Block) -> Body:
    """Return painted lines as one text: hard breaks and no wrapping, so that a label grows sideways when edited."""
    return Body((_block_paragraph(block),), _block_box(block), wrap=False)


def stack_body(blocks: Sequence[Block]) -> Body | None:
    """Return texts under one another on one edge as paragraphs of one body, or nothing where they stand elsewhere."""
    one_edge = max(block.left for block in blocks) - min(block.left for block in blocks) < 1
    boxes = [_block_box(block) for block in blocks]
    steps = [below.y - above.bottom for above, below in pairwise(boxes)]
    tight = [
        step < 0 and (len(block.lines) > 1 or -step > 0.5 * block.leading)
        for step, block in zip(steps, blocks[1:], strict=True)
    ]
    if not one_edge or any(tight):
        return None
    paragraphs = [_block_paragraph(blocks[0])]
    for block, step in zip(blocks[1:], steps, strict=True):
        # What overlaps the text above is taken from the first line's leading, which has it to spare.
        paragraphs.append(
            _block_paragraph(replace(block, leading=block.leading + min(step, 0.0)), max(step, 0.0))
        )
    return Body(tuple(paragraphs), boxes[0].union(boxes[-1]), wrap=False)


def _block_paragraph(block: Block, before: float = 0.0) -> Paragraph:
    pieces: list[Piece] = []
    for number, line in enumerate(block.lines):
        for place, stretch in enumerate(line.stretches):
            text = stretch.text.rstrip() if place == len(line.stretches) - 1 else stretch.text
            lead = BREAK if number and not place else ""
            pieces.append(Piece(lead + text, Setting(stretch.face, stretch.size, stretch.ink)))
    return Paragraph(tuple(pieces), block.leading, block.align, before)


def _block_box(block: Block) -> Box:
    first = block.lines[0]
    top = first_top(first.baseline, block.leading, first.size)
    return Box(block.left, top, block.right - block.left, block.leading * len(block.lines))


def painted_blocks(paints: Iterable[Paint], kit: Kit) -> tuple[Block, ...]:
    """Return the texts that glyphs say."""
    return blocks_of(painted_lines(paints, kit.faces))
