"""What lies under a page: fill, picture, scrim and motifs; and pictures in their frames."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from producer.brand.model import Anchor, FrameShape, Ink
from producer.diagnostics import Span
from producer.geometry import Box
from producer.layout.artwork import inks_by_colour, place_artwork, read_artwork, tile_artwork
from producer.layout.block import Setter
from producer.layout.focus import find_focus
from producer.layout.model import Item, Paint, Photo, Shape, Zoom
from producer.layout.outline import frame_outline, lower_edge, rectangle
from producer.layout.photo import contain_box, cover_crop
from producer.recipe.model import Move
from producer.scene.model import Canvas, Gradient, MotifUse, Picture, PictureElement, Role, ScenePage, Solid

ZOOM = 0.14  # of the crop's width, over one page
VEIL = 0.12  # over a whole picture that words stand on
SCRIM = 0.8  # under the words
ROUND = 2.5  # % of the page's shorter side, of a rounded picture
# Motifs are drawn for pages up to twice as long as wide; on a longer one they grow, or their own edge would show.
LEAST_OF_LONGER = 0.5
FADE = 0.3  # of the page's height, over which the scrim comes in


def page_box(canvas: Canvas) -> Box:
    """The page with its bleed."""
    return Box(
        -canvas.bleed,
        -canvas.bleed,
        canvas.size.width + 2 * canvas.bleed,
        canvas.size.height + 2 * canvas.bleed,
    )


def ground_items(page: ScenePage, words: Sequence[Box], setter: Setter) -> list[Item]:
    """Return the page's ground, from the lowest up."""
    whole = page_box(setter.scene.canvas)
    ground = page.ground
    fill = Shape(rectangle(whole), fill=ground.fill, box=whole, rounded=(whole, 0.0))
    items = [Item("ground", Role.DECORATION, whole, (fill,), bleeds=True)]
    if ground.picture is not None:
        picture = focused(ground.picture, setter)
        crop = cover_crop(picture, whole)
        zoom = zoom_of(page.move, crop, picture)
        photo = Photo(picture, whole, zoom.last if zoom else crop, look=ground.picture.look)
        items.append(Item(ground.picture.name, Role.DECORATION, whole, (photo,), bleeds=True, zoom=zoom))
        if ground.scrim is not None:
            items.append(
                Item("scrim", Role.DECORATION, whole, scrim_shapes(whole, words, ground.scrim), bleeds=True)
            )
    motifs = [paint for motif in ground.motifs for paint in motif_paints(motif, whole, setter)]
    if motifs:
        items.append(Item("motif", Role.DECORATION, whole, tuple(motifs), bleeds=True))
    return items


def focused(element: PictureElement, setter: Setter) -> Picture:
    """The element's picture with the point that a crop must keep."""
    if not element.find_focus or element.picture.vector:
        return element.picture
    return replace(element.picture, focus=find_focus(setter.read_bytes(element.picture.path)))


def scrim_shapes(whole: Box, words: Sequence[Box], ink: Ink) -> tuple[Shape, ...]:
    """A light veil over all, and a dark foot that comes in above the words and stays under them."""
    veil = Shape(rectangle(whole), fill=Solid(ink.faded(VEIL)), box=whole, rounded=(whole, 0.0))
    if not words:
        return (veil,)
    top = min(box.y for box in words)
    fade = whole.height * FADE
    start = max(top - fade, whole.y)
    soft = Box(whole.x, start, whole.width, top + fade * 0.25 - start)
    hard = Box(whole.x, soft.bottom, whole.width, whole.bottom - soft.bottom)
    ramp = Gradient(tuple(ink.faded(SCRIM * share) for share in (0.0, 0.16, 0.5, 0.84, 1.0)), 180.0)
    return (
        veil,
        Shape(rectangle(soft), fill=ramp, box=soft, rounded=(soft, 0.0)),
        Shape(rectangle(hard), fill=Solid(ink.faded(SCRIM)), box=hard, rounded=(hard, 0.0)),
    )


def zoom_of(move: Move, crop: Box, picture: Picture) -> Zoom | None:
    """Return the first and the last crop of a moving picture."""
    if move is Move.NONE:
        return None
    x, y = picture.focus[0] * picture.width, picture.focus[1] * picture.height
    near = Box(
        crop.x + (x - crop.x) * ZOOM,
        crop.y + (y - crop.y) * ZOOM,
        crop.width * (1 - ZOOM),
        crop.height * (1 - ZOOM),
    )
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


def picture_paints(
    element: PictureElement, box: Box, setter: Setter, sides: Sequence[float] = ()
) -> tuple[Paint, ...]:
    """A picture cut to its frame, with the frame's edge.

    ``sides`` are those, 0 the left and 1 the right, at which a picture ends that runs out at the foot of the
    page: an edge slanted or waved there would only look cut off, so it stands upright at the side instead.
    """
    picture = focused(element, setter)
    place = box if element.cover else contain_box(picture, box)
    crop = cover_crop(picture, box) if element.cover else Box(0, 0, picture.width, picture.height)
    lower = element.frame in (FrameShape.SLANT, FrameShape.WAVE)
    upright = lower and bool(sides)
    clip = None if upright else frame_outline(element.frame, place, ROUND * setter.unit)
    photo = Photo(picture, place, crop, clip, element.look)
    if element.line is None or element.line_width <= 0:
        return (photo,)
    width = element.line_width * setter.unit
    if upright:
        edges = [_upright(place.x + place.width * side, place) for side in sides]
    else:
        edges = [lower_edge(element.frame, place)[0] if lower else clip or rectangle(place)]
    return (photo, *(Shape(edge, stroke=element.line, width=width) for edge in edges))


def _upright(x: float, box: Box) -> str:
    return f"M{x:.3f} {box.y:.3f}V{box.bottom:.3f}"
