"""Photographs of a page as real pictures: the part that shows, cut for good, at what a projector can show."""

from __future__ import annotations

from io import BytesIO

from producer.layout.model import Photo
from producer.render.picture import picture_image, srgb_profile
from producer.render.slides import oxml
from producer.render.slides.kit import Kit, ShapeTree
from producer.render.slides.path import custom_geometry, read_path

DPI = 160  # of the slide: 2133 px across 16:9, more than the screens it is shown on
QUALITY = 88
EMU_PER_INCH = 914400


def add_photo(  # noqa: PLR0913 -- one by one they read better than as a type of their own
    tree: ShapeTree, kit: Kit, name: str, photo: Photo, alt: str, holder: str = ""
) -> None:
    """Add a picture, into the placeholder that ``holder`` names where there is one.

    Only the part that shows is in the file: who was cut out of a picture is not found in it again.
    """
    relation = tree.relate_image(_picture_bytes(photo, kit))
    place = kit.scale.place(photo.box)
    geometry = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    if photo.clip:
        geometry = custom_geometry((read_path(photo.clip),), photo.box, kit.scale)
    alpha = f'<a:alphaModFix amt="{round(photo.alpha * 100000)}"/>' if photo.alpha < 1 else ""
    tree.append(
        f"<p:pic><p:nvPicPr>{oxml.identity(tree.next_id(), name, alt)}"
        f'<p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr>{holder}</p:nvPr></p:nvPicPr>'
        f'<p:blipFill><a:blip r:embed="{relation}">{alpha}</a:blip><a:stretch><a:fillRect/></a:stretch></p:blipFill>'
        f"<p:spPr>{oxml.transform(place)}{geometry}</p:spPr></p:pic>"
    )


def _picture_bytes(photo: Photo, kit: Kit) -> bytes:
    """Return a JPEG, or a PNG where the picture lets the slide show through."""
    image = picture_image(photo, *_pixels(photo, kit), kit.resources)
    out = BytesIO()
    if image.mode == "RGBA":
        image.save(out, "PNG", optimize=True)
    else:
        image.save(out, "JPEG", quality=QUALITY, optimize=True, icc_profile=srgb_profile())
    return out.getvalue()


def _pixels(photo: Photo, kit: Kit) -> tuple[int, int]:
    """What the box asks for at our dpi; never more than the picture has, unless it is drawn."""
    wanted = photo.box.width * kit.scale.emu_per_px / EMU_PER_INCH * DPI
    width = wanted if photo.picture.vector else min(wanted, photo.crop.width)
    return max(round(width), 1), max(round(width * photo.box.height / photo.box.width), 1)
