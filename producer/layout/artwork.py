"""Vector drawings of the brand: motifs, icons and the mark, read once and placed as shapes in brand inks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from math import ceil, sqrt
from typing import Any
from xml.etree.ElementTree import Element

import svgelements

from producer.brand.model import Colour, Ink
from producer.diagnostics import Diagnostic, ProducerError, Span
from producer.geometry import Box
from producer.layout.model import Shape
from producer.scene.model import Solid
from producer.svg import SVG, BrokenSvgError, UnsafeSvgError, local_name, read_svg, view_box

CURRENT = "currentColor"

_SHAPES: Mapping[str, Callable[..., Any]] = {
    "rect": svgelements.Rect,
    "circle": svgelements.Circle,
    "ellipse": svgelements.Ellipse,
    "line": svgelements.SimpleLine,
    "polyline": svgelements.Polyline,
    "polygon": svgelements.Polygon,
}
_SILENT = frozenset({"title", "desc", "metadata"})
_GEOMETRY = frozenset(
    {"d", "points", "x", "y", "x1", "y1", "x2", "y2", "width", "height", "cx", "cy", "r", "rx", "ry"}
)
_INHERITED = frozenset(
    {"fill", "fill-rule", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray"}
    | {"stroke-linecap", "stroke-linejoin"}
)
_SIZE = frozenset({"x", "y", "width", "height"})  # of the file: the viewBox counts
_HARMLESS = frozenset({"id", "class", "role", "version", "viewBox", "preserveAspectRatio", "focusable"})
_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})\Z")
_NUMBERS = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")


@dataclass(frozen=True, slots=True)
class ArtShape:
    """One outline of a drawing in the px of its viewBox: absolute M, L, C, Q and Z only.

    ``fill`` and ``stroke`` are ``none``, ``currentColor`` or ``#RRGGBB``; a drawing that says nothing of its
    fill takes the ink it is placed in, not SVG's black, since icon sets leave it out.
    """

    path: str
    fill: str
    stroke: str
    width: float
    round_caps: bool
    dash: tuple[float, ...]
    even_odd: bool
    fill_opacity: float
    stroke_opacity: float


@dataclass(frozen=True, slots=True)
class ArtDrawing:
    """A drawing: its shapes in painting order, the part of the plane they stand in, where it was named."""

    shapes: tuple[ArtShape, ...]
    view: Box
    origin: Span


@lru_cache(maxsize=64)
def read_artwork(data: bytes, origin: Span) -> ArtDrawing:
    """Return a drawing as shapes; ``origin`` is where the brand or template names it.

    The last ones are kept: every page has the brand's mark, icons and motifs.

    Raises:
        ProducerError: ``artwork/unsupported`` for anything but plain shapes, groups, presentation attributes
            and transforms; ``artwork/broken`` for a file that is no SVG.
    """
    try:
        root = read_svg(data)
        shapes = tuple(_walk(root, {}, svgelements.Matrix(), 1.0))
        return ArtDrawing(shapes, view_box(root), origin)
    except UnsafeSvgError as error:
        raise ProducerError([Diagnostic("artwork/unsupported", origin, {"what": error.what})]) from error
    except BrokenSvgError as error:
        raise ProducerError([Diagnostic("artwork/broken", origin, {"what": str(error)})]) from error


def _walk(
    element: Element, given: Mapping[str, str], matrix: svgelements.Matrix, opacity: float
) -> Iterator[ArtShape]:
    """Yield the shapes of an element and of those inside it, with what they inherit."""
    name = local_name(element.tag)
    if name in _SILENT and element.tag.startswith(SVG):
        return
    if not element.tag.startswith(SVG) or (name not in _SHAPES and name not in ("svg", "g", "path")):
        raise UnsafeSvgError(name)
    attributes = _attributes(element, name)
    style = {**given, **{key: value for key, value in attributes.items() if key in _INHERITED}}
    own = svgelements.Matrix(attributes.get("transform", "")) * matrix
    opacity *= _number(attributes.get("opacity", "1"), "opacity")
    if name in ("svg", "g"):
        for child in element:
            yield from _walk(child, style, own, opacity)
    else:
        yield _shape(name, attributes, style, own, opacity)


def _attributes(element: Element, name: str) -> dict[str, str]:
    """The attributes that we draw.

    Raises:
        UnsafeSvgError: there is one that we do not know; dropping it would change the drawing silently.
    """
    found = {}
    for key, value in element.attrib.items():
        if key in _INHERITED or key in ("opacity", "transform") or (key in _GEOMETRY and name != "svg"):
            found[key] = value.strip()
        elif key not in _HARMLESS and not key.startswith("aria-") and (name != "svg" or key not in _SIZE):
            raise UnsafeSvgError(f"{name} {local_name(key)}")
    return found


def _shape(
    name: str,
    attributes: Mapping[str, str],
    style: Mapping[str, str],
    matrix: svgelements.Matrix,
    opacity: float,
) -> ArtShape:
    """One outline with its transform carried out."""
    dash = style.get("stroke-dasharray", "none")
    scale = sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c))
    return ArtShape(
        path=_outline(name, attributes, matrix),
        fill=_paint(style.get("fill", CURRENT)),
        stroke=_paint(style.get("stroke", "none")),
        width=_number(style.get("stroke-width", "1"), "stroke-width") * scale,
        round_caps=style.get("stroke-linecap") == "round",
        dash=() if dash == "none" else tuple(float(number) * scale for number in _NUMBERS.findall(dash)),
        even_odd=style.get("fill-rule") == "evenodd",
        fill_opacity=_number(style.get("fill-opacity", "1"), "fill-opacity") * opacity,
        stroke_opacity=_number(style.get("stroke-opacity", "1"), "stroke-opacity") * opacity,
    )


def _outline(name: str, attributes: Mapping[str, str], matrix: svgelements.Matrix) -> str:
    """The path data of a shape, transformed, with arcs turned into cubic curves."""
    geometry = {key: value for key, value in attributes.items() if key in _GEOMETRY}
    try:
        drawn = geometry.get("d", "") if name == "path" else _SHAPES[name](geometry)
        path = svgelements.Path(drawn) * matrix
        path.reify()
        path.approximate_arcs_with_cubics()
    except (ValueError, TypeError, IndexError, AttributeError, ZeroDivisionError) as error:
        raise BrokenSvgError(name) from error
    return "".join(_segments(path))


def _segments(path: svgelements.Path) -> Iterator[str]:
    """The path in absolute letters. Four decimals of a viewBox px are far below a px of any page."""
    for segment in path:
        end = segment.end
        match segment:
            case svgelements.Move():
                yield f"M{_point(end)}"
            case svgelements.Close():
                yield "Z"
            case svgelements.Line():
                yield f"L{_point(end)}"
            case svgelements.CubicBezier():
                yield f"C{_point(segment.control1)} {_point(segment.control2)} {_point(end)}"
            case svgelements.QuadraticBezier():
                yield f"Q{_point(segment.control)} {_point(end)}"


def _point(point: svgelements.Point) -> str:
    return f"{point.x:.4f} {point.y:.4f}"


def _paint(value: str) -> str:
    """A fill or stroke in one of our three forms."""
    if value in ("none", CURRENT):
        return value
    if value.lower() == "currentcolor":
        return CURRENT
    if not _HEX.match(value):
        raise UnsafeSvgError(value)
    digits = value[1:].upper()
    return f"#{digits if len(digits) == len('RRGGBB') else ''.join(2 * digit for digit in digits)}"


def _number(value: str, key: str) -> float:
    """A plain number; units and percentages are refused, since they would need the size of a page."""
    try:
        return float(value.removesuffix("px"))
    except ValueError as error:
        raise UnsafeSvgError(f"{key} {value}") from error


def inks_by_colour(colours: Mapping[str, Colour], current: Ink) -> Callable[[str], Ink]:
    """Return what gives ``currentColor`` the ink ``current``, and a hex colour its token of the brand.

    Both take the alpha of ``current``. Where two tokens have one colour, the first counts. The result raises
    ``KeyError`` for a colour that the brand does not have.
    """
    tokens: dict[str, str] = {}
    for token, colour in colours.items():
        tokens.setdefault(f"#{colour.hex}", token)
    return lambda paint: current if paint == CURRENT else Ink(tokens[paint], current.alpha)


def fitted(view: Box, box: Box, across: str = "centre", down: str = "centre") -> Box:
    """Return the largest box of the ratio of ``view`` in ``box``, at its start, centre or end each way."""
    scale = min(box.width / view.width, box.height / view.height)
    width, height = view.width * scale, view.height * scale
    share = {"start": 0.0, "centre": 0.5, "end": 1.0}
    x = box.x + (box.width - width) * share[across]
    y = box.y + (box.height - height) * share[down]
    return Box(x, y, width, height)


def place_artwork(
    art: ArtDrawing, box: Box, ink_of: Callable[[str], Ink], across: str = "centre", down: str = "centre"
) -> tuple[Shape, ...]:
    """Return the drawing inside ``box`` in its own ratio, in absolute px of the page.

    ``ink_of`` is asked for ``currentColor`` and for hex colours, see :func:`inks_by_colour`.

    Raises:
        ProducerError: ``artwork/colour-not-in-brand``, one for every colour that ``ink_of`` does not know.
    """
    inks = _inks(art, ink_of)
    place = fitted(art.view, box, across, down)
    return tuple(_placed(shape, art.view, (place,), inks) for shape in art.shapes)


def tile_artwork(art: ArtDrawing, area: Box, width: float, ink_of: Callable[[str], Ink]) -> tuple[Shape, ...]:
    """Return the drawing repeated over ``area``, ``width`` px each, even about its middle.

    One shape for each shape of the drawing, however many tiles: alpha never doubles where tiles touch.
    Tiles at the sides reach over them: the caller's page cuts them.

    Raises:
        ProducerError: as :func:`place_artwork`.
    """
    inks = _inks(art, ink_of)
    height = width * art.view.height / art.view.width
    columns, rows = ceil(area.width / width - 1e-9), ceil(area.height / height - 1e-9)
    x, y = area.centre[0] - columns * width / 2, area.centre[1] - rows * height / 2
    first = Box(x, y, width, height)
    places = tuple(first.moved(i % columns * width, i // columns * height) for i in range(columns * rows))
    return tuple(_placed(shape, art.view, places, inks) for shape in art.shapes)


def _inks(art: ArtDrawing, ink_of: Callable[[str], Ink]) -> Mapping[str, Ink]:
    """The ink of every colour of a drawing, all unknown colours told at once."""
    inks, unknown = {}, []
    for paint in dict.fromkeys(paint for shape in art.shapes for paint in (shape.fill, shape.stroke)):
        if paint == "none":
            continue
        try:
            inks[paint] = ink_of(paint)
        except KeyError:
            unknown.append(Diagnostic("artwork/colour-not-in-brand", art.origin, {"colour": paint}))
    if unknown:
        raise ProducerError(unknown)
    return inks


def _placed(shape: ArtShape, view: Box, places: tuple[Box, ...], inks: Mapping[str, Ink]) -> Shape:
    """One shape at all its places; every place has the same size."""
    scale = places[0].width / view.width
    fill, stroke = inks.get(shape.fill), inks.get(shape.stroke)
    placed = Shape(path="".join(_moved(shape.path, view, place) for place in places), even_odd=shape.even_odd)
    if fill:
        placed = replace(placed, fill=Solid(fill.faded(fill.alpha * shape.fill_opacity)))
    if stroke:
        placed = replace(
            placed,
            stroke=stroke.faded(stroke.alpha * shape.stroke_opacity),
            width=shape.width * scale,
            dash=tuple(length * scale for length in shape.dash),
            round_caps=shape.round_caps,
        )
    return placed


@lru_cache(maxsize=512)  # motifs and marks stand at the same place on every page of a series
def _moved(path: str, view: Box, place: Box) -> str:
    """Path data of :func:`_segments` from the viewBox into a place on the page."""
    scale = place.width / view.width
    offsets = (place.x - view.x * scale, place.y - view.y * scale)
    odd = True

    def move(number: re.Match[str]) -> str:
        nonlocal odd
        odd = not odd  # x, y, x, y: only pairs stand in this path data
        return f"{float(number[0]) * scale + offsets[odd]:.3f}"

    return _NUMBERS.sub(move, path)
