"""Pages for things that take one ink or a few: no tints, no shades, no photographs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from producer.brand.model import Ink
from producer.diagnostics import Diagnostic, ProducerError, Scope, Span
from producer.layout.model import Counter, Document, GlyphRun, Item, Paint, Photo, Shape
from producer.render.model import Resources
from producer.scene.model import Gradient, Solid

# What is lighter is left free: 3 : 1 to white paper is the least that drawings need (WCAG 2.2, 1.4.11).
LIGHTEST_INK = 0.3
FAINT = 0.5  # what is fainter was decoration: it goes, since it cannot be a tint
MOST_FLAT = 6  # threads of an embroidery machine

InkOf = Callable[[Ink], Ink]


def flatten(document: Document, resources: Resources) -> Document:
    """Return the document as its canvas's inks allow; one for all inks is itself.

    With `one`, light tokens become the bare material and all others the brand's ink; with `flat` each token stays,
    at its full strength.

    Raises:
        ProducerError: ``print/photo-in-flat-inks`` for every photograph, ``print/too-many-inks``.
    """
    inks = document.canvas.inks
    if not inks:
        return document
    problems = [_photo(name, document) for name in _photos(document)]
    if problems:
        raise ProducerError(problems)
    ink_of = _one(document, resources) if inks == "one" else lambda ink: Ink(ink.token)
    bare = bare_token(resources)
    made = replace(
        document,
        pages=tuple(
            replace(page, items=_without_bare(tuple(_item(item, ink_of) for item in page.items), bare))
            for page in document.pages
        ),
    )
    used = tokens_of(made) - {bare}
    most = document.canvas.most_inks or MOST_FLAT
    if len(used) > most:
        facts: dict[str, str | int] = {"found": len(used), "most": most}
        raise ProducerError([Diagnostic("print/too-many-inks", Span(document.job), facts, scope=Scope.ROW)])
    return made


def tokens_of(document: Document) -> set[str]:
    """The tokens of everything that is painted, photographs' looks left out."""
    return {ink.token for page in document.pages for item in page.items for ink in _inks(item.paints)}


def bare_token(resources: Resources) -> str:
    """The token that stands for the bare material: the lightest."""
    return max(resources.colours, key=lambda token: resources.colours[token].luminance)


def _inks(paints: tuple[Paint, ...]) -> Iterator[Ink]:
    for paint in paints:
        match paint:
            case GlyphRun() | Counter():
                yield paint.ink
            case Shape():
                yield from _fill_inks(paint)
                if paint.stroke is not None and paint.width > 0:
                    yield paint.stroke
            case Photo():
                pass


def _fill_inks(shape: Shape) -> tuple[Ink, ...]:
    if shape.fill is None:
        return ()
    return (shape.fill.ink,) if isinstance(shape.fill, Solid) else shape.fill.inks


def _photos(document: Document) -> list[str]:
    return [
        item.alt or item.name
        for page in document.pages
        for item in page.items
        if any(isinstance(paint, Photo) for paint in item.paints)
    ]


def _photo(name: str, document: Document) -> Diagnostic:
    many = "một màu / one ink" if document.canvas.inks == "one" else "màu phẳng / flat inks"
    facts = {"inks": many, "where": name}
    return Diagnostic("print/photo-in-flat-inks", Span(document.job), facts, scope=Scope.ROW)


def _one(document: Document, resources: Resources) -> InkOf:
    """Dark tokens become the one ink: the piece's ground where that is dark, else the darkest in use."""
    colours = resources.colours
    asked = document.canvas.press.ink if document.canvas.press else ""
    dark = {token for token in tokens_of(document) if colours[token].luminance <= LIGHTEST_INK}
    usable = asked in colours and colours[asked].luminance <= LIGHTEST_INK
    one = asked if usable else min(dark or colours, key=lambda token: colours[token].luminance)
    bare = bare_token(resources)
    return lambda ink: Ink(one if colours[ink.token].luminance <= LIGHTEST_INK else bare)


def _item(item: Item, ink_of: InkOf) -> Item:
    painted = tuple(made for paint in item.paints if (made := _paint(paint, ink_of)) is not None)
    return replace(item, paints=painted)


def _without_bare(items: tuple[Item, ...], bare: str) -> tuple[Item, ...]:
    """The items without what is bare and lies under all ink: it would be a white patch on a coloured cloth."""
    made, over = [], False
    for item in items:
        kept = []
        for paint in item.paints:
            over = over or any(ink.token != bare for ink in _inks((paint,)))
            if over:
                kept.append(paint)
        made.append(replace(item, paints=tuple(kept)))
    return tuple(made)


def _paint(paint: Paint, ink_of: InkOf) -> Paint | None:
    """The paint at full strength, or nothing for a shadow and for what is faint."""
    match paint:
        case GlyphRun():
            return replace(paint, ink=ink_of(paint.ink))
        case Counter():
            return replace(
                paint,
                ink=ink_of(paint.ink),
                final=tuple(replace(run, ink=ink_of(run.ink)) for run in paint.final),
            )
        case Shape():
            return _shape(paint, ink_of)
    return paint


def _shape(shape: Shape, ink_of: InkOf) -> Shape | None:
    if shape.blur > 0:
        return None
    fill = shape.fill
    if isinstance(fill, Gradient):
        fill = Solid(fill.inks[0])
    if fill is not None and fill.ink.alpha < FAINT:
        fill = None
    stroke = shape.stroke if shape.stroke is not None and shape.stroke.alpha >= FAINT else None
    if fill is None and stroke is None:
        return None
    return replace(
        shape, fill=Solid(ink_of(fill.ink)) if fill else None, stroke=ink_of(stroke) if stroke else None
    )
