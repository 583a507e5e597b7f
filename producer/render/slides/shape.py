"""Shapes of a page as native ones: rectangles where they are, freeforms else, all in colours of the theme."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from producer.geometry import Box, Insets
from producer.layout.model import Shape
from producer.render.slides import oxml
from producer.render.slides.kit import Kit, ShapeTree
from producer.render.slides.path import Subpath, custom_geometry, layers, read_path
from producer.scene.model import Gradient

NOISE = 0.01  # px, of float places


def add_shapes(tree: ShapeTree, kit: Kit, name: str, shapes: Iterable[Shape], alt: str) -> None:
    """Add the shapes of one drawing, as a group where they are several; ``alt`` "" flags them as decoration."""
    drawn = [xml for xml in (_frame(kit, run) for run in _runs(shapes)) if xml]
    if not drawn:
        return
    if len(drawn) == 1:
        tree.append(_shape(tree, name, alt, drawn[0]))
        return
    group = tree.group(name, alt)
    for number, xml in enumerate(drawn, 1):
        group.append(_shape(tree, f"{name} {number}", "", xml))
    group.close_group()


def _shape(tree: ShapeTree, name: str, alt: str, properties: str) -> str:
    return (
        f"<p:sp><p:nvSpPr>{oxml.identity(tree.next_id(), name, alt)}<p:cNvSpPr/><p:nvPr/></p:nvSpPr>"
        f"<p:spPr>{properties}</p:spPr></p:sp>"
    )


def _runs(shapes: Iterable[Shape]) -> Iterator[tuple[Shape, ...]]:
    """Put neighbours of one look into one freeform: a drawing of 200 strokes is then one object to grab."""

    def look(numbered: tuple[int, Shape]) -> object:
        number, shape = numbered
        alone = shape.rounded or shape.blur or shape.even_odd or isinstance(shape.fill, Gradient)
        return number if alone else (shape.fill, shape.stroke, shape.width, shape.dash, shape.round_caps)

    for _, run in groupby(enumerate(shapes), look):
        yield tuple(shape for _, shape in run)


def _frame(kit: Kit, run: tuple[Shape, ...]) -> str:
    """Return ``p:spPr``'s children for shapes of one look, or nothing where there is nothing to show."""
    shape = run[0]
    placed = _rectangle(kit, shape) if shape.rounded or shape.blur else _freeform(kit, run)
    if not placed:
        return ""
    outline = oxml.NO_LINE
    if shape.stroke is not None and shape.width > 0:
        dash = tuple(length / shape.width for length in shape.dash)
        colour = kit.palette.xml(shape.stroke)
        outline = oxml.line(colour, kit.scale.emu(shape.width), dash, round_caps=shape.round_caps)
    return f"{placed}{oxml.fill(shape.fill, kit.palette)}{outline}{_soft_edge(kit, shape)}"


def _rectangle(kit: Kit, shape: Shape) -> str:
    box, radius = shape.rounded or (bounds_of(shape) or Box(0, 0, 0, 0), 0.0)
    if shape.blur:
        # A soft edge eats inwards what a blur spreads both ways; 1.5 deviations are what the eye sees of it.
        box = box.inset(Insets.even(-1.5 * shape.blur))
    elif radius <= 0:
        seen = box.overlap(kit.scale.page_box)
        if seen is None:
            return ""
        # What bleeds ends at the slide: a gradient or an edge keeps its whole box.
        box = box if isinstance(shape.fill, Gradient) or shape.stroke else seen
    where = oxml.transform(kit.scale.place(box))
    if radius <= 0:
        return f'{where}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    shorter = min(box.width, box.height)
    if abs(box.width - box.height) < NOISE and radius >= shorter / 2 - NOISE:
        return f'{where}<a:prstGeom prst="ellipse"><a:avLst/></a:prstGeom>'
    adjust = min(round(radius / shorter * 100000), 50000) if shorter else 0
    guide = f'<a:gd name="adj" fmla="val {adjust}"/>'
    return f'{where}<a:prstGeom prst="roundRect"><a:avLst>{guide}</a:avLst></a:prstGeom>'


def _freeform(kit: Kit, run: tuple[Shape, ...]) -> str:
    shape = run[0]
    groups: list[tuple[Subpath, ...]] = []
    for one in run:
        subpaths = read_path(one.path)
        groups += layers(subpaths, even_odd=one.even_odd or one.fill is None) if subpaths else ()
    if not groups:
        return ""
    box = shape.box if isinstance(shape.fill, Gradient) and shape.box else _bounds(groups)
    return oxml.transform(kit.scale.place(box)) + custom_geometry(tuple(groups), box, kit.scale)


def _bounds(groups: Iterable[tuple[Subpath, ...]]) -> Box:
    boxes = [subpath.box for group in groups for subpath in group]
    around = boxes[0]
    for box in boxes[1:]:
        around = around.union(box)
    return around


def _soft_edge(kit: Kit, shape: Shape) -> str:
    return (
        f'<a:effectLst><a:softEdge rad="{kit.scale.emu(3 * shape.blur)}"/></a:effectLst>'
        if shape.blur
        else ""
    )


def bounds_of(shape: Shape) -> Box | None:
    """Return the box that a shape covers, or nothing for an empty path."""
    if shape.rounded:
        return shape.rounded[0]
    subpaths = read_path(shape.path)
    return _bounds((subpaths,)) if subpaths else None
