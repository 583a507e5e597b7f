"""What every writer of this package is handed, and the tree of shapes that it writes to."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pptx.oxml.xmlchemy import BaseOxmlElement

from producer.render.model import Resources
from producer.render.slides import oxml
from producer.render.slides.face import Faces
from producer.render.slides.scale import Scale
from producer.render.slides.theme import Palette, ThemeFonts

if TYPE_CHECKING:
    from pptx.slide import Slide, SlideLayout


@dataclass(frozen=True, slots=True)
class Kit:
    """Scale, colours, fonts and files of one deck."""

    scale: Scale
    palette: Palette
    faces: Faces
    fonts: ThemeFonts
    resources: Resources
    language: str  # BCP 47: "vi-VN"


class ShapeTree:
    """The shapes of one slide, layout or group, behind one another in the order in which they are added."""

    def __init__(self, owner: Slide | SlideLayout, tree: BaseOxmlElement | None = None) -> None:
        """Write to ``owner``'s shapes, or to a group among them."""
        self._owner = owner
        self._tree = owner.shapes._spTree if tree is None else tree

    def next_id(self) -> int:
        """A number that no shape of this slide has."""
        root = self._owner.shapes._spTree
        return max((int(number) for number in root.xpath("//p:cNvPr/@id")), default=1) + 1

    def append(self, xml: str) -> BaseOxmlElement:
        """Put a shape in front of all others."""
        made = oxml.element(xml)
        extension = self._tree.find(f"{{{oxml.NAMESPACES['p']}}}extLst")
        if extension is None:
            self._tree.append(made)
        else:
            extension.addprevious(made)
        return made

    def relate_image(self, data: bytes) -> str:
        """Return the relationship id of a picture; equal bytes are stored once in a package."""
        _, number = self._owner.part.get_or_add_image_part(io.BytesIO(data))
        return str(number)

    def group(self, name: str, alt: str) -> ShapeTree:
        """Return a group that is read out as one thing, ``alt``, or as none where it is decoration."""
        made = self.append(
            f"<p:grpSp><p:nvGrpSpPr>{oxml.identity(self.next_id(), name, alt)}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>"
            "<p:grpSpPr/></p:grpSp>"
        )
        return ShapeTree(self._owner, made)

    def close_group(self) -> None:
        """Write the group's extent, which is that of its shapes: without it PowerPoint shows it at the corner."""
        boxes = [
            tuple(
                int(corner.get(key))
                for corner, key in zip((off, off, ext, ext), ("x", "y", "cx", "cy"), strict=True)
            )
            for off, ext in zip(
                self._tree.xpath("./*/*/a:xfrm/a:off"), self._tree.xpath("./*/*/a:xfrm/a:ext"), strict=True
            )
        ]
        x, y = min(box[0] for box in boxes), min(box[1] for box in boxes)
        right, bottom = max(box[0] + box[2] for box in boxes), max(box[1] + box[3] for box in boxes)
        corner = f'x="{x}" y="{y}"/>'
        extent = f'cx="{right - x}" cy="{bottom - y}"/>'
        frame = oxml.element(
            f"<a:xfrm><a:off {corner}<a:ext {extent}<a:chOff {corner}<a:chExt {extent}</a:xfrm>"
        )
        self._tree.find(f"{{{oxml.NAMESPACES['p']}}}grpSpPr").append(frame)
