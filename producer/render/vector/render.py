"""A page as SVG at its real size: every word an outline, so that no font is needed."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from functools import lru_cache
from math import cos, fabs, radians, sin
from xml.sax.saxutils import escape, quoteattr

import uharfbuzz

from producer.brand.model import Ink
from producer.diagnostics import Diagnostic, ProducerError, Scope, Span
from producer.geometry import Box, Insets
from producer.layout.model import Counter, Document, GlyphRun, Paint, Photo, Shape
from producer.plan.model import Medium
from producer.render.metadata import packet, unwrapped
from producer.render.model import Artifact, Resources
from producer.render.outline import outline
from producer.render.picture import picture_jpeg
from producer.scene.model import Gradient, Solid

MM_PER_INCH = 25.4
CUT_LINE_PT = 0.25


def render_svg(document: Document, resources: Resources) -> Artifact:
    """Return the first page as a drawing; its viewBox is the bleed in px of the page.

    Raises:
        ProducerError: ``scene/one-picture`` for a document of several pages.
    """
    if len(document.pages) != 1:
        facts: dict[str, str | int] = {
            "format": "svg",
            "template": document.job,
            "count": len(document.pages),
        }
        raise ProducerError([Diagnostic("scene/one-picture", Span(document.job), facts, scope=Scope.ROW)])
    drawing = Drawing(document, resources)
    data = drawing.write().encode()
    return Artifact(data, "image/svg+xml", (round(drawing.view.width), round(drawing.view.height)), 1)


class Drawing:
    """Writes one page; gradients and clips are numbered in the order in which they are met."""

    def __init__(self, document: Document, resources: Resources) -> None:
        """Take the page with its bleed."""
        canvas = document.canvas
        self.document, self.resources = document, resources
        bleed = canvas.bleed if canvas.medium is Medium.PRINT else 0.0
        self.trim = Box(0, 0, canvas.size.width, canvas.size.height)
        self.view = self.trim.inset(Insets.even(-bleed))
        self.count = 0

    def write(self) -> str:
        """Return the file."""
        canvas, view = self.document.canvas, self.view
        unit = MM_PER_INCH / canvas.px_per_inch / canvas.scale
        size = f'width="{_n(view.width * unit)}mm" height="{_n(view.height * unit)}mm"'
        box = f'viewBox="{_n(view.x)} {_n(view.y)} {_n(view.width)} {_n(view.height)}"'
        lines = [
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} {box}>',
            f"<title>{escape(self.document.title)}</title>",
            f"<metadata>{unwrapped(packet(self.document, self.resources))}</metadata>",
        ]
        for item in self.document.pages[0].items:
            drawn = [line for paint in item.paints for line in self.paint(paint)]
            if drawn:
                name = quoteattr(item.alt or item.name)
                lines += [f"<g aria-label={name}>", *drawn, "</g>"]
        return "\n".join([*lines, *self.cut_line(), "</svg>", ""])

    def paint(self, paint: Paint) -> Iterator[str]:
        """Yield the elements of one paint."""
        match paint:
            case GlyphRun():
                yield f'<path d="{glyph_path(paint, self.resources)}" {self.fill(paint.ink)}/>'
            case Shape():
                yield from self.shape(paint)
            case Photo():
                yield from self.photo(paint)
            case Counter():
                for run in paint.final:
                    yield from self.paint(run)

    def shape(self, shape: Shape) -> Iterator[str]:
        """Yield an outline with its fill, its line and, for a shadow, its blur."""
        style = ""
        if isinstance(shape.fill, Gradient):
            self.count += 1
            yield self.gradient(shape, shape.fill, f"g{self.count}")
            style = f'fill="url(#g{self.count})"'
        elif isinstance(shape.fill, Solid):
            style = self.fill(shape.fill.ink)
        else:
            style = 'fill="none"'
        if shape.even_odd:
            style += ' fill-rule="evenodd"'
        if shape.stroke is not None and shape.width > 0:
            style += self.stroke(shape, shape.stroke)
        if shape.blur > 0:
            self.count += 1
            blur = f'<feGaussianBlur stdDeviation="{_n(shape.blur)}"/>'
            yield f'<filter id="f{self.count}" x="-50%" y="-50%" width="200%" height="200%">{blur}</filter>'
            style += f' filter="url(#f{self.count})"'
        yield f'<path d="{escape(shape.path)}" {style}/>'

    def fill(self, ink: Ink) -> str:
        """A fill in an ink."""
        return f'fill="#{self.resources.colour(ink).hex}"' + _opacity("fill-opacity", ink.alpha)

    def stroke(self, shape: Shape, ink: Ink) -> str:
        """A line in an ink."""
        made = f' stroke="#{self.resources.colour(ink).hex}" stroke-width="{_n(shape.width)}"'
        made += _opacity("stroke-opacity", ink.alpha)
        if shape.dash:
            made += f' stroke-dasharray="{" ".join(map(_n, shape.dash))}"'
        return made + (' stroke-linecap="round" stroke-linejoin="round"' if shape.round_caps else "")

    def gradient(self, shape: Shape, gradient: Gradient, name: str) -> str:
        """A gradient across the shape's box, as the painter runs it: the corners get exactly the end colours."""
        bounds = outline(shape.path).computeTightBounds()
        box = shape.box or Box(bounds.left(), bounds.top(), bounds.width(), bounds.height())
        angle = radians(gradient.angle)
        length = fabs(box.width * sin(angle)) + fabs(box.height * cos(angle))
        (x, y), dx, dy = box.centre, sin(angle) * length / 2, -cos(angle) * length / 2
        ends = f'x1="{_n(x - dx)}" y1="{_n(y - dy)}" x2="{_n(x + dx)}" y2="{_n(y + dy)}"'
        last = max(len(gradient.inks) - 1, 1)
        stops = "".join(
            f'<stop offset="{_n(at / last)}" stop-color="#{self.resources.colour(ink).hex}"'
            f"{_opacity('stop-opacity', ink.alpha)}/>"
            for at, ink in enumerate(gradient.inks)
        )
        return f'<linearGradient id="{name}" gradientUnits="userSpaceOnUse" {ends}>{stops}</linearGradient>'

    def photo(self, photo: Photo) -> Iterator[str]:
        """Yield a picture inside the file, cut to its clip."""
        canvas, box = self.document.canvas, photo.box
        share = canvas.dpi / canvas.px_per_inch
        size = (max(round(box.width * share), 1), max(round(box.height * share), 1))
        data = base64.b64encode(picture_jpeg(photo, size, self.resources)).decode()
        style = _opacity("opacity", photo.alpha)
        if photo.clip is not None:
            self.count += 1
            yield f'<clipPath id="c{self.count}"><path d="{escape(photo.clip)}"/></clipPath>'
            style += f' clip-path="url(#c{self.count})"'
        place = f'x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(box.width)}" height="{_n(box.height)}"'
        yield f'<image {place} preserveAspectRatio="none" href="data:image/jpeg;base64,{data}"{style}/>'

    def cut_line(self) -> Iterator[str]:
        """Yield the circle that a cutter follows, in a layer of its own."""
        canvas = self.document.canvas
        if canvas.circle:
            x, y = self.trim.centre
            width = CUT_LINE_PT / 72 * canvas.px_per_inch
            yield (
                f'<g id="CutContour"><circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(self.trim.width / 2)}" fill="none"'
                f' stroke="#FF00FF" stroke-width="{_n(width)}"/></g>'
            )


def glyph_path(run: GlyphRun, resources: Resources) -> str:
    """The outlines of a run's glyphs where they stand, as path data."""
    font = _font(resources.read_bytes(run.face.path))
    scale = run.size / font.face.upem
    return "".join(
        _placed(command, scale, x, y)
        for glyph, (x, y) in zip(run.glyphs, run.points, strict=True)
        for command in _glyph(font, glyph)
    )


@lru_cache(maxsize=8)
def _font(data: bytes) -> uharfbuzz.Font:
    return uharfbuzz.Font(uharfbuzz.Face(data))


def _glyph(font: uharfbuzz.Font, glyph: int) -> tuple[tuple[str, tuple[float, ...]], ...]:
    """The steps of a glyph in units of its font, y up."""
    steps: list[tuple[str, tuple[float, ...]]] = []
    funcs = uharfbuzz.DrawFuncs()
    funcs.set_move_to_func(lambda x, y, _: steps.append(("M", (x, y))))
    funcs.set_line_to_func(lambda x, y, _: steps.append(("L", (x, y))))
    funcs.set_quadratic_to_func(lambda a, b, x, y, _: steps.append(("Q", (a, b, x, y))))
    funcs.set_cubic_to_func(lambda a, b, c, d, x, y, _: steps.append(("C", (a, b, c, d, x, y))))
    funcs.set_close_path_func(lambda _: steps.append(("Z", ())))
    font.draw_glyph(glyph, funcs, None)
    return tuple(steps)


def _placed(step: tuple[str, tuple[float, ...]], scale: float, x: float, y: float) -> str:
    letter, numbers = step
    return letter + " ".join(
        _n(y - number * scale) if at % 2 else _n(x + number * scale) for at, number in enumerate(numbers)
    )


def _n(number: float) -> str:
    """A thousandth of a px, without what says nothing."""
    return f"{number:.3f}".rstrip("0").rstrip(".")


def _opacity(name: str, alpha: float) -> str:
    return f' {name}="{_n(alpha)}"' if alpha < 1 else ""
