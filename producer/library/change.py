"""What changed between two makings of a product: its words, and its pages side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from io import BytesIO

import numpy as np
from PIL import Image, ImageChops

GAP, GROUND = 12, (214, 218, 224)  # px, sRGB
NOISE = 24  # levels of 255 that a px may differ without being shown
SIDE = 560  # px of a page
TALLEST = 12_000  # px of a sheet; pages over it are counted in words and not shown

Facts = Sequence[tuple[str, str]]


def word_changes(before: Facts, after: Facts) -> tuple[tuple[str, str, str], ...]:
    """Return field, old words and new words wherever two lists of facts differ; empty where one has none."""
    made: list[tuple[str, str, str]] = []
    matcher = SequenceMatcher(a=list(before), b=list(after), autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        old, new = list(before[a:b]), list(after[c:d])
        for at in range(max(len(old), len(new))):
            was, now = (old[at] if at < len(old) else ("", "")), (new[at] if at < len(new) else ("", ""))
            made.append((now[0] or was[0], was[1], now[1]))
    return tuple(made)


def picture_difference(before: Sequence[bytes], after: Sequence[bytes]) -> bytes | None:
    """Return pages as rows of three, before, after, and what differs in red; nothing where no page looks other.

    Pages are PNG. One that only one side has stands alone in its row.
    """
    rows = [
        row
        for at in range(max(len(before), len(after)))
        if (row := _row(_opened(before, at), _opened(after, at))) is not None
    ]
    return _stacked(rows) if rows else None


def contact_sheet(pages: Sequence[bytes]) -> bytes:
    """Return pages on one sheet, side by side, as a PNG; they are PNG themselves."""
    shown = [_opened(pages, at) for at in range(len(pages))]
    rows, row = list[list[Image.Image]](), list[Image.Image]()
    for page in (page for page in shown if page is not None):
        row.append(page)
        if sum(one.width + GAP for one in row) >= 3 * SIDE:
            rows, row = [*rows, row], []
    return _stacked([_beside(one) for one in [*rows, row] if one])


def _opened(pages: Sequence[bytes], at: int) -> Image.Image | None:
    if at >= len(pages):
        return None
    page: Image.Image
    with Image.open(BytesIO(pages[at])) as image:
        page = image.convert("RGB")
    page.thumbnail((SIDE, SIDE))
    return page


def _row(before: Image.Image | None, after: Image.Image | None) -> Image.Image | None:
    if before is None or after is None:
        return _beside([page for page in (before, after) if page is not None])
    if before.size != after.size:
        return _beside([before, after])
    changed = np.asarray(ImageChops.difference(before, after)).max(axis=2) > NOISE
    if not changed.any():
        return None
    faded = (np.asarray(after.convert("L"), dtype=np.float32) * 0.35 + 165).astype(np.uint8)
    shown = np.stack([faded] * 3, axis=2)
    shown[changed] = (208, 16, 28)
    return _beside([before, after, Image.fromarray(shown)])


def _beside(pages: Sequence[Image.Image]) -> Image.Image:
    width = sum(page.width + GAP for page in pages) + GAP
    sheet = Image.new("RGB", (width, max(page.height for page in pages)), GROUND)
    x = GAP
    for page in pages:
        sheet.paste(page, (x, 0))
        x += page.width + GAP
    return sheet


def _stacked(rows: Sequence[Image.Image]) -> bytes:
    kept = list(_that_fit(rows))
    height = sum(row.height + GAP for row in kept) + GAP
    sheet = Image.new("RGB", (max(row.width for row in kept), height), GROUND)
    y = GAP
    for row in kept:
        sheet.paste(row, (0, y))
        y += row.height + GAP
    out = BytesIO()
    sheet.save(out, "PNG", optimize=True)
    return out.getvalue()


def _that_fit(rows: Sequence[Image.Image]) -> Iterator[Image.Image]:
    height = 0
    for at, row in enumerate(rows):
        height += row.height + GAP
        if at and height > TALLEST:
            return
        yield row
