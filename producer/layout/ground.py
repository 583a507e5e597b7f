"""What lies under a page: fill, picture, scrim and motifs; and pictures in their frames."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import cos, fabs, radians, sin

from producer.brand.model import Anchor, FrameShape, Ink
from producer.diagnostics import Span
from producer.geometry import Box, Insets
from producer.layout.area import TWO_LINES
from producer.layout.artwork import inks_by_colour, place_artwork, read_artwork, tile_artwork
from producer.layout.block import Setter
from producer.layout.focus import Subject, subject_of
from producer.layout.model import Item, Paint, Photo, Shape, Zoom
from producer.layout.opening import opening_of
from producer.layout.outline import (
    ellipse,
    frame_box,
    frame_outline,
    hidden,
    lower_edge,
    notched,
    polygon,
    rectangle,
    upper_edge,
)
from producer.layout.photo import OPEN, Sight, contain_box, cover_crop, place_crop
from producer.layout.scrim import fading_shapes, scrim_shapes, standing
from producer.recipe.model import Move
from producer.scene.model import (
    Border,
    Canvas,
    Field,
    MotifUse,
    Picture,
    PictureElement,
    Role,
    ScenePage,
    Solid,
)

ZOOM = 0.14  # of the crop's width, over one page
ROUND = 2.5  # % of the page's shorter side, of a rounded picture
# Motifs are drawn for pages up to twice as long as wide; on a longer one they grow, or their own edge would show.
LEAST_OF_LONGER = 0.5
THIN_LINE = 0.4  # of the outer line, the inner one
NOTCH = 3.2  # % of the page's shorter side, of a border's bitten corners
# Of a polaroid's mat, % of the page's shorter side.
MAT = 2.0
MAT_FOOT = 6.0
# Frames in which a head stands in the middle rather than high: their upper corners are cut away.
ROUND_FRAMES = (FrameShape.CIRCLE, FrameShape.HEXAGON, FrameShape.BLOB)
ROUND_EYES = 0.44  # of the frame's height, from its top


def page_box(canvas: Canvas) -> Box:
    """The page with its bleed."""
    return Box(
        -canvas.bleed,
        -canvas.bleed,
        canvas.size.width + 2 * canvas.bleed,
        canvas.size.height + 2 * canvas.bleed,
    )


def ground_items(page: ScenePage, words: Sequence[Item], panels: Sequence[Box], setter: Setter) -> list[Item]:
    """Return the page's ground, from the lowest up.

    ``words`` are what stands on its picture, ``panels`` where the words stand that have a ground of their own.
    """
    whole = page_box(setter.scene.canvas)
    ground = page.ground
    fill = Shape(rectangle(whole), fill=ground.fill, box=whole, rounded=(whole, 0.0))
    under = (fill, field_shape(ground.field, whole)) if ground.field is not None else (fill,)
    items = [Item("ground", Role.DECORATION, whole, under, bleeds=True)]
    if ground.picture is not None:
        items += _picture_under(page, ground.picture, words, panels, setter)
    motifs = [paint for motif in ground.motifs for paint in motif_paints(motif, whole, setter)]
    if motifs:
        items.append(Item("motif", Role.DECORATION, whole, tuple(motifs), bleeds=True))
    if ground.border is not None:
        lines = border_shapes(ground.border, setter)
        items.append(Item("border", Role.DECORATION, whole, lines, bleeds=True))
    return items


def _picture_under(
    page: ScenePage, element: PictureElement, words: Sequence[Item], panels: Sequence[Box], setter: Setter
) -> Iterator[Item]:
    """The picture that a page stands on, beside its words where they leave it room, and its scrim.

    Under panels alone it fills the page, with what it shows beside them.
    """
    whole, scrim = page_box(setter.scene.canvas), page.ground.scrim
    opening = opening_of(whole, [word.box for word in words]) if scrim is not None else None
    place, sight = (opening.place, opening.sight) if opening is not None else (whole, OPEN)
    beside = opening_of(whole, panels) if not words else None
    if beside is not None:
        sight = beside.sight_in(whole)
    picture, faces = focused(element, setter)
    crop = cover_crop(picture, place, faces, sight)
    zoom = zoom_of(page.move, crop, picture, faces)
    photo = Photo(picture, place, zoom.last if zoom else crop, look=element.look)
    yield Item(element.name, Role.DECORATION, place, (photo,), bleeds=True, zoom=zoom)
    if scrim is None:
        return
    colours = setter.scene.colours
    ends = (zoom.first, zoom.last) if zoom else (crop,)
    shown = [Photo(picture, place, end, look=element.look) for end in ends]
    said, shade = standing(words, colours), (scrim, colours[scrim.token])
    if opening is not None:
        shapes = fading_shapes(opening, said, shade, shown, setter.see)
    else:
        shapes = scrim_shapes(whole, said, shade, shown, setter.see)
    yield Item("scrim", Role.DECORATION, place, shapes, bleeds=True)


def field_shape(field: Field, whole: Box) -> Shape:
    """The second of a page's two flat fields: what of the page lies beyond where they meet.

    Source: CSS Images 3, linear-gradient(), for where a share of the way along an angle is.
    """
    angle = radians(field.angle)
    dx, dy = sin(angle), -cos(angle)
    length = fabs(whole.width * dx) + fabs(whole.height * dy)
    corners = (
        (whole.x, whole.y),
        (whole.right, whole.y),
        (whole.right, whole.bottom),
        (whole.x, whole.bottom),
    )

    def beyond(point: tuple[float, float]) -> float:
        x, y = whole.centre
        return ((point[0] - x) * dx + (point[1] - y) * dy) / length + 0.5 - field.meet

    kept: list[tuple[float, float]] = []
    for one, two in pairwise((*corners, corners[0])):
        before, after = beyond(one), beyond(two)
        if before >= 0:
            kept.append(one)
        if (before < 0) != (after < 0):
            share = before / (before - after)
            kept.append((one[0] + (two[0] - one[0]) * share, one[1] + (two[1] - one[1]) * share))
    return Shape(polygon(*(kept or corners[:1])), fill=Solid(field.ink))


def border_shapes(border: Border, setter: Setter) -> tuple[Shape, ...]:
    """The line or lines around a page; around a round one they are rings."""
    unit, spec, size = setter.unit, border.spec, setter.scene.canvas.size
    width = spec.width * unit
    if setter.scene.canvas.circle:
        return tuple(
            Shape(ellipse(ring), stroke=border.ink, width=wide) for ring, wide in _rings(border, setter)
        )
    box = Box(0, 0, size.width, size.height).inset(Insets.even(spec.inset * unit))
    inside = box.inset(Insets.even(width * TWO_LINES))
    if spec.kind == "double":
        return (_line_around(box, border.ink, width), _line_around(inside, border.ink, width * THIN_LINE))
    if spec.kind == "notched":
        bitten = Shape(notched(box, NOTCH * unit), stroke=border.ink, width=width)
        thin = Shape(notched(inside, NOTCH * unit), stroke=border.ink, width=width * THIN_LINE)
        return bitten, thin
    return (_line_around(box, border.ink, width),)


def _rings(border: Border, setter: Setter) -> Iterator[tuple[Box, float]]:
    """The box and the width of each ring around a round page; there are no corners to be bitten."""
    unit, spec, size = setter.unit, border.spec, setter.scene.canvas.size
    width = spec.width * unit
    ring = Box(0, 0, size.width, size.height).inset(Insets.even(spec.inset * unit))
    yield ring, width
    if spec.kind != "single":
        yield ring.inset(Insets.even(width * TWO_LINES)), width * THIN_LINE


def _line_around(box: Box, ink: Ink, width: float) -> Shape:
    return Shape(rectangle(box), stroke=ink, width=width, rounded=(box, 0.0))


def focused(element: PictureElement, setter: Setter) -> tuple[Picture, tuple[Box, ...]]:
    """The element's picture with the point that a crop must keep, and the faces in it, px of the picture."""
    picture = element.picture
    if not element.find_focus or picture.vector:
        return picture, ()
    subject = subject_of(picture.digest, lambda: setter.read_bytes(picture.path), setter.notes)
    return replace(picture, focus=subject.focus), _in_px(subject, picture)


def faces_in(element: PictureElement, setter: Setter) -> tuple[Box, ...]:
    """The faces that the crop of an element should keep, px of its picture, whoever placed it."""
    picture = element.picture
    if picture.vector or not (element.find_focus or element.told_focus):
        return ()
    return _in_px(subject_of(picture.digest, lambda: setter.read_bytes(picture.path), setter.notes), picture)


def _in_px(subject: Subject, picture: Picture) -> tuple[Box, ...]:
    width, height = picture.width, picture.height
    return tuple(Box(f.x * width, f.y * height, f.width * width, f.height * height) for f in subject.faces)


def zoom_of(move: Move, crop: Box, picture: Picture, faces: Sequence[Box] = ()) -> Zoom | None:
    """Return the first and the last crop of a moving picture; the nearer one keeps its faces whole."""
    if move is Move.NONE:
        return None
    width, height = crop.width * (1 - ZOOM), crop.height * (1 - ZOOM)
    x, y = picture.focus[0] * picture.width, picture.focus[1] * picture.height
    near = Box(crop.x + (x - crop.x) * ZOOM, crop.y + (y - crop.y) * ZOOM, width, height)
    if faces:
        near = place_crop(picture, crop, width, height, faces)
    if move is Move.ZOOM_IN:
        return Zoom(crop, near)
    if move is Move.ZOOM_OUT:
        return Zoom(near, crop)
    left = Box(crop.x, near.y, near.width, near.height)
    right = Box(crop.right - near.width, near.y, near.width, near.height)
    return Zoom(left, right) if move is Move.PAN_RIGHT else Zoom(right, left)


def motif_paints(motif: MotifUse, whole: Box, setter: Setter) -> tuple[Shape, ...]:
    """A motif at its corner of the page, or repeated over it."""
    drawing = read_artwork(setter.read_bytes(motif.art.path), Span(motif.art.path))
    inks = inks_by_colour(setter.scene.colours, motif.ink)
    size = setter.scene.canvas.size
    width = motif.size / 100 * max(size.shorter, max(size.width, size.height) * LEAST_OF_LONGER)
    if motif.at is Anchor.FILL:
        return tile_artwork(drawing, whole, width, inks)
    height = width * drawing.view.height / drawing.view.width
    across, down = ALIGN[motif.at]
    place = Box(
        whole.x + (whole.width - width) * across, whole.y + (whole.height - height) * down, width, height
    )
    return place_artwork(drawing, place, inks)


# Where a motif stands, in fractions of what is free.
ALIGN = {
    Anchor.TOP_LEFT: (0.0, 0.0),
    Anchor.TOP: (0.5, 0.0),
    Anchor.TOP_RIGHT: (1.0, 0.0),
    Anchor.LEFT: (0.0, 0.5),
    Anchor.CENTRE: (0.5, 0.5),
    Anchor.RIGHT: (1.0, 0.5),
    Anchor.BOTTOM_LEFT: (0.0, 1.0),
    Anchor.BOTTOM: (0.5, 1.0),
    Anchor.BOTTOM_RIGHT: (1.0, 1.0),
}


@dataclass(frozen=True, slots=True)
class OpenEdge:
    """Which edge of a bleeding picture a slanted or waved frame shapes: by itself the lower one.

    A picture that runs out at the foot of the page has none there: it is the upper one where the picture reaches from
    side to side, else it stands upright at ``sides``, 0 the left and 1 the right.
    """

    above: bool = False
    sides: tuple[float, ...] = ()


def picture_paints(
    element: PictureElement, box: Box, setter: Setter, edge: OpenEdge = OpenEdge()
) -> tuple[Paint, ...]:
    """A picture cut to its frame, with the frame's edge."""
    picture, faces = focused(element, setter)
    if element.frame is FrameShape.POLAROID:
        return _polaroid(element, box, setter)
    offset = (element.line_offset + element.line_width) * setter.unit if element.line_offset else 0.0
    if offset and element.line is not None and not element.bleed:
        box = box.inset(Insets.even(offset))  # its line stands around it, inside the cell
    place = frame_box(element.frame, box) if element.cover else contain_box(picture, box)
    crop = Box(0, 0, picture.width, picture.height)
    if element.cover:
        crop = cover_crop(picture, place, faces, sight_of(element.frame, place, above=edge.above))
    shaped = element.frame in (FrameShape.SLANT, FrameShape.WAVE)
    upright = shaped and bool(edge.sides)
    radius = ROUND * setter.unit
    clip = None if upright else frame_outline(element.frame, place, radius, above=edge.above)
    photo = Photo(picture, place, crop, clip, element.look)
    if element.line is None or element.line_width <= 0:
        return (photo,)
    width = element.line_width * setter.unit
    if upright:
        edges = [_upright(place.x + place.width * side, place) for side in edge.sides]
    elif offset:
        around = place.inset(Insets.even(offset if element.bleed else -offset))
        edges = [frame_outline(element.frame, around, radius) or rectangle(around)]
    elif shaped:
        edges = [upper_edge(element.frame, place) if edge.above else lower_edge(element.frame, place)[0]]
    else:
        edges = [clip or rectangle(place)]
    return (photo, *(Shape(line, stroke=element.line, width=width) for line in edges))


def sight_of(frame: FrameShape, place: Box, *, above: bool = False) -> Sight:
    """How much of a crop the frame hides; in a round one the eyes stand nearer to its middle."""
    return Sight(hidden(frame, place, above=above), ROUND_EYES if frame in ROUND_FRAMES else OPEN.eyes)


def _polaroid(element: PictureElement, box: Box, setter: Setter) -> tuple[Paint, ...]:
    """A picture on a mat with a deep foot, as large as its cell lets it."""
    unit, (picture, faces) = setter.unit, focused(element, setter)
    box = frame_box(element.frame, box) if element.cover else box
    place = box.inset(Insets(MAT * unit, MAT * unit, MAT_FOOT * unit, MAT * unit))
    whole = Box(0, 0, picture.width, picture.height)
    if not element.cover:
        inner = contain_box(picture, place)
        box = inner.inset(Insets(-MAT * unit, -MAT * unit, -MAT_FOOT * unit, -MAT * unit))
        place = inner
    crop = cover_crop(picture, place, faces) if element.cover else whole
    ink = element.line or setter.lightest
    mat = Shape(rectangle(box), fill=Solid(ink), box=box, rounded=(box, 0.0))
    fallen = box.moved(0, 0.5 * unit)
    shadow = Shape(rectangle(fallen), fill=Solid(setter.darkest.faded(0.25)), blur=1.0 * unit)
    return shadow, mat, Photo(picture, place, crop, None, element.look)


def _upright(x: float, box: Box) -> str:
    return f"M{x:.3f} {box.y:.3f}V{box.bottom:.3f}"
