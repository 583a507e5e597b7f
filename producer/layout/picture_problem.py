"""What a page does to its pictures that their author should know: faces cut, too few px, nothing to be seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from producer.diagnostics import Diagnostic, Level, Scope
from producer.geometry import Box
from producer.layout.block import Setter
from producer.layout.ground import faces_in, sight_of
from producer.layout.model import Item, Photo
from producer.layout.photo import OPEN, Sight, face_cuts
from producer.plan.model import Medium
from producer.scene.model import Canvas, PictureElement, ScenePage, Told

READ_ALOUD = (Medium.IMAGE, Medium.DECK)
CUT = 0.02  # of a face: less is within what a detector knows of where it ends
MM_PER_INCH = 25.4
# Of what is wanted: under it single px are seen. It is preflight's custom, too: 300 dpi are wanted, 150 the least.
HALF = 0.5


def picture_problems(page: ScenePage, items: Sequence[Item], setter: Setter) -> Iterator[Diagnostic]:
    """Yield what is wrong with the pictures of a page that was laid out, in its cells and under it."""
    canvas = setter.scene.canvas
    shown = {item.name: item for item in items}
    for element in (page.ground.picture, *page.elements):
        if not isinstance(element, PictureElement) or element.name not in shown:
            continue
        item = shown[element.name]
        yield from _shows_little(element)
        photo = next((paint for paint in item.paints if isinstance(paint, Photo)), None)
        if photo is None:
            continue
        yield from _undescribed(element, canvas)
        crops = (item.zoom.first, item.zoom.last) if item.zoom is not None else (photo.crop,)
        if element.cover:
            under = page.ground.picture is element
            sight = OPEN if under else sight_of(element.frame, photo.box)
            yield from _cut_faces(element, crops, sight, setter)
        if not element.picture.vector:
            yield from _few_px(element, min(crops, key=lambda crop: crop.width), photo.box, canvas)


def _shows_little(element: PictureElement) -> Iterator[Diagnostic]:
    """Yield that a picture shows nothing, or that it moves and only its first frame is shown."""
    picture = element.picture
    facts: dict[str, str | int] = {"path": picture.path, "row": element.origin.row}
    if picture.empty:
        yield Diagnostic("photo/empty", element.origin.span, facts, Level.WARNING, Scope.ROW)
    if picture.frames > 1:
        facts |= {"frames": picture.frames}
        yield Diagnostic("photo/moves", element.origin.span, facts, Level.WARNING, Scope.ROW)


def _undescribed(element: PictureElement, canvas: Canvas) -> Iterator[Diagnostic]:
    """Yield that nobody said what a picture shows; print and clips are not read aloud."""
    if element.told is not Told.LABEL or canvas.medium not in READ_ALOUD:
        return
    facts = {**element.origin.facts, "path": element.picture.path, "label": element.alt}
    yield Diagnostic("photo/no-description", element.origin.span, facts, Level.NOTE, Scope.ROW)


def _cut_faces(
    element: PictureElement, crops: Sequence[Box], sight: Sight, setter: Setter
) -> Iterator[Diagnostic]:
    """Yield that faces are cut; of a picture that moves, those that are never seen whole."""
    faces = faces_in(element, setter)
    each = [face_cuts(faces, sight.seen(crop)) for crop in crops]
    cuts = [cut for cut in map(min, zip(*each, strict=True)) if cut > CUT]
    if cuts:
        facts: dict[str, str | int] = {
            "path": element.picture.path,
            "count": len(cuts),
            "faces": len(faces),
            "percent": round(max(cuts) * 100),
            "focus": f"{element.origin.field}_focus",
            "row": element.origin.row,
        }
        yield Diagnostic("photo/face-cut", element.origin.span, facts, Level.WARNING, Scope.ROW)


@dataclass(frozen=True, slots=True)
class Sharpness:
    """How many px a picture has and should have, each of its own unit; and how large it may be shown."""

    found: float
    wanted: float
    unit: str
    largest: str


def sharpness(crop: Box, box: Box, canvas: Canvas) -> Sharpness:
    """Return how sharp a crop is in its box: dots to the inch of the final size in print, px on a screen."""
    if canvas.medium is not Medium.PRINT:
        return Sharpness(crop.width, box.width, "px", f"{_size(crop, 1.0)} px")
    wanted = canvas.sharp_dpi
    return Sharpness(
        crop.width / box.width * canvas.px_per_inch,
        wanted,
        "dpi",
        f"{_size(crop, MM_PER_INCH / wanted)} mm",
    )


def _few_px(element: PictureElement, crop: Box, box: Box, canvas: Canvas) -> Iterator[Diagnostic]:
    """Yield that a picture has too few px for its size."""
    sharp = sharpness(crop, box, canvas)
    if round(sharp.found) >= round(sharp.wanted):
        return
    facts: dict[str, str | int] = {
        "path": element.picture.path,
        "found": f"{sharp.found:.0f} {sharp.unit}",
        "wanted": f"{sharp.wanted:.0f} {sharp.unit}",
        "largest": sharp.largest,
        "row": element.origin.row,
    }
    level = Level.ERROR if sharp.found < sharp.wanted * HALF else Level.WARNING
    yield Diagnostic("photo/low-dpi", element.origin.span, facts, level, Scope.ROW)


def _size(of: Box, share: float) -> str:
    return f"{of.width * share:.0f} × {of.height * share:.0f}"
