"""What a printer checks before it prints: sizes, type, lines, inks, dots to the inch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from producer.brand.model import Face
from producer.diagnostics import Diagnostic, Level, Scope, Span
from producer.layout.model import Counter, Document, GlyphRun, Item, Photo, Shape
from producer.render.flat import tokens_of
from producer.render.model import Resources
from producer.render.outline import outline
from producer.render.pdf.content import sheet_of
from producer.render.pdf.line import cap_height
from producer.render.pdf.press import photo_ink
from producer.scene.model import Canvas, MarkElement, Role

LARGEST_PAGE_PT = 14_400.0  # ISO 32000-2, annex C: what viewers take
LEAST_BODY_PT, LEAST_SMALL_PT = 8.5, 7.0  # at arm's length, docs/print.md
LEAST_LINE_PT = 0.25
READ_ALOUD = (Role.BODY, Role.LEAD, Role.TITLE)


@dataclass(frozen=True, slots=True)
class Finding:
    """A measure and what it was measured on."""

    value: float
    where: str


@dataclass(frozen=True, slots=True)
class Preflight:
    """What was found. Nothing stands for what the document does not have."""

    tokens: tuple[str, ...]
    faces: tuple[Face, ...]
    least_dpi: Finding | None
    most_ink: Finding | None  # percent
    least_text_pt: Finding | None
    least_line_pt: Finding | None
    least_capitals_mm: Finding | None  # where the channel sets a least height of capitals
    least_mark_mm: Finding | None  # width of the smallest mark that stands alone
    problems: tuple[Diagnostic, ...]


def inspect_print(document: Document, resources: Resources) -> Preflight:
    """Return what a printer would look at in a print document, with what it would send back."""
    canvas, items = document.canvas, [item for page in document.pages for item in page.items]
    runs = [(item, run) for item in items for run in _runs(item)]
    lines = [Finding(_pt(shape.width, canvas), item.name) for item in items for shape in _strokes(item)]
    ink = max(_inks(document, resources, items), key=lambda found: found.value, default=None)
    texts = [Finding(_pt(run.size, canvas), run.text) for _, run in runs]
    problems = (
        *_page_size(document),
        *_small_texts(document, resources, runs),
        *_thin_lines(document, items),
        *_too_much_ink(document, ink),
    )
    return Preflight(
        tokens=tuple(sorted(tokens_of(document))),
        faces=tuple(dict.fromkeys(run.face for _, run in runs)),
        least_dpi=_least(_dots(canvas, items)),
        most_ink=ink,
        least_text_pt=_least(texts),
        least_line_pt=_least(lines),
        least_capitals_mm=_least(_capitals(canvas, runs, resources)) if canvas.least_capitals > 0 else None,
        least_mark_mm=_least(_marks(canvas, items)),
        problems=problems,
    )


def _least(found: list[Finding]) -> Finding | None:
    return min(found, key=lambda one: one.value, default=None)


def _pt(px: float, canvas: Canvas) -> float:
    """A length of the page at its final size."""
    return px / canvas.px_per_inch * 72


def _runs(item: Item) -> Iterator[GlyphRun]:
    for paint in item.paints:
        if isinstance(paint, GlyphRun) and paint.text.strip():
            yield paint
        elif isinstance(paint, Counter):
            yield from paint.final


def _strokes(item: Item) -> Iterator[Shape]:
    for paint in item.paints:
        if isinstance(paint, Shape) and paint.stroke is not None and paint.width > 0:
            yield paint


def _dots(canvas: Canvas, items: list[Item]) -> list[Finding]:
    """The dots to the inch of every photograph at its final size."""
    return [
        Finding(paint.crop.width / (paint.box.width / canvas.px_per_inch), item.alt or item.name)
        for item in items
        for paint in item.paints
        if isinstance(paint, Photo) and not paint.picture.vector
    ]


def _inks(document: Document, resources: Resources, items: list[Item]) -> Iterator[Finding]:
    """The ink of every token and photograph. What lies over another is mixed, never more than the larger of two."""
    if document.canvas.inks:
        return
    for token in sorted(tokens_of(document)):
        build = resources.colours[token].cmyk
        if build is not None:
            yield Finding(sum(build), token)
    press = document.canvas.press
    for item in items:
        for paint in item.paints:
            if isinstance(paint, Photo) and press is not None:
                yield Finding(photo_ink(paint, press, resources), item.alt or item.name)


def _page_size(document: Document) -> Iterator[Diagnostic]:
    media = sheet_of(document).media
    if max(media.width, media.height) > LARGEST_PAGE_PT:
        found = round(max(media.width, media.height) / 72 * 25.4)
        yield Diagnostic("print/page-too-large", Span(document.job), {"found": found}, scope=Scope.ROW)


def _capitals(canvas: Canvas, runs: list[tuple[Item, GlyphRun]], resources: Resources) -> list[Finding]:
    """How high the capitals of each run are, in mm at their final size."""
    return [Finding(_capital_mm(canvas, run, resources), run.text) for _, run in runs]


def _capital_mm(canvas: Canvas, run: GlyphRun, resources: Resources) -> float:
    return _pt(run.size, canvas) * cap_height(run.face, resources) / 72 * 25.4


def _marks(canvas: Canvas, items: list[Item]) -> list[Finding]:
    """How wide each mark is that stands alone, in mm at its final size."""
    found = []
    for item in items:
        if isinstance(item.element, MarkElement):
            shapes = [paint for paint in item.paints if isinstance(paint, Shape)]
            edges = [(outline(shape.path).computeTightBounds(), shape.width / 2) for shape in shapes]
            left, right = min(e.left() - w for e, w in edges), max(e.right() + w for e, w in edges)
            width = right - left
            found.append(Finding(_pt(width, canvas) / 72 * 25.4, item.alt))
    return found


def _small_texts(
    document: Document, resources: Resources, runs: list[tuple[Item, GlyphRun]]
) -> Iterator[Diagnostic]:
    """Yield the smallest words of each kind that are too small: one is enough to find the others."""
    canvas, found = document.canvas, dict[str, tuple[float, Diagnostic]]()
    for item, run in runs:
        least, size, unit = _measured(canvas, item, run, resources)
        if size < least - 0.05:
            facts: dict[str, str | float] = {
                "text": run.text[:40],
                "found": round(size, 1),
                "least": round(least, 1),
                "unit": unit,
            }
            problem = Diagnostic("print/small-text", *_warned(document, facts))
            if unit not in found or size < found[unit][0]:
                found[unit] = (size, problem)
    yield from (problem for _, problem in found.values())


def _measured(canvas: Canvas, item: Item, run: GlyphRun, resources: Resources) -> tuple[float, float, str]:
    """The least size of a run, its own, and their unit: type in pt, or the height of capitals in mm."""
    capitals = _capital_mm(canvas, run, resources)
    if canvas.least_capitals > 0:
        return canvas.least_capitals / canvas.px_per_inch * 25.4, capitals, "mm"
    return LEAST_BODY_PT if item.role in READ_ALOUD else LEAST_SMALL_PT, _pt(run.size, canvas), "pt"


def _thin_lines(document: Document, items: list[Item]) -> Iterator[Diagnostic]:
    canvas = document.canvas
    least = _pt(canvas.least_line, canvas) or LEAST_LINE_PT
    thin = [(shape.width, item.name) for item in items for shape in _strokes(item)]
    if thin and _pt(min(thin)[0], canvas) < least - 0.005:
        width, where = min(thin)
        facts: dict[str, str | float] = {
            "found": round(_pt(width, canvas), 2),
            "least": round(least, 2),
            "where": where,
        }
        yield Diagnostic("print/thin-line", *_warned(document, facts))


def _too_much_ink(document: Document, ink: Finding | None) -> Iterator[Diagnostic]:
    press = document.canvas.press
    if ink is not None and press is not None and ink.value > press.spec.ink_limit:
        facts: dict[str, str | float] = {
            "found": round(ink.value),
            "where": ink.where,
            "limit": round(press.spec.ink_limit),
        }
        yield Diagnostic("print/ink-limit", *_warned(document, facts))


def _warned(
    document: Document, facts: Mapping[str, str | float]
) -> tuple[Span, dict[str, str | float], Level, Scope]:
    """What a warning of print says beside its code."""
    return Span(document.job), {**facts}, Level.WARNING, Scope.ROW
