"""What a page does to its pictures that their author should know: faces cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from producer.brand.model import FrameShape
from producer.diagnostics import Diagnostic, Level, Scope
from producer.geometry import Box
from producer.layout.block import Setter
from producer.layout.ground import focused, sight_of
from producer.layout.model import Item, Photo
from producer.layout.photo import face_cuts
from producer.scene.model import PictureElement, ScenePage

CUT = 0.02  # of a face: less is within what a detector knows of where it ends


def picture_problems(page: ScenePage, items: Sequence[Item], setter: Setter) -> Iterator[Diagnostic]:
    """Yield what is wrong with the pictures of a page that was laid out, in its cells and under it."""
    shown = {item.name: item for item in items}
    for element in (page.ground.picture, *page.elements):
        if not isinstance(element, PictureElement) or element.name not in shown:
            continue
        item = shown[element.name]
        photo = next((paint for paint in item.paints if isinstance(paint, Photo)), None)
        if photo is None:
            continue
        crops = (item.zoom.first, item.zoom.last) if item.zoom is not None else (photo.crop,)
        if element.cover:
            under = page.ground.picture is element
            yield from _cut_faces(element, crops, FrameShape.NONE if under else element.frame, setter)


def _cut_faces(
    element: PictureElement, crops: Sequence[Box], frame: FrameShape, setter: Setter
) -> Iterator[Diagnostic]:
    """Yield that faces are cut; of a picture that moves, those that are never seen whole."""
    _, faces = focused(element, setter)
    each = [face_cuts(faces, sight_of(frame).seen(crop)) for crop in crops]
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
