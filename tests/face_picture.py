"""Photographs of people for tests: one real face, as often and wherever a test wants it."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image

from producer.geometry import Box

PLACE = Path(__file__).parent / "pictures" / "face.jpg"
GROUND = (148, 160, 150)
# The face in the file, px, measured by eye: middle of the forehead to chin, cheek to cheek.
SIZE = (300, 384)
FACE = Box(104, 56, 72, 68)


@cache
def portrait() -> Image.Image:
    """The photograph as it is."""
    with Image.open(PLACE) as image:
        return image.convert("RGB")


def people(size: tuple[int, int], *corners: tuple[int, int], height: int = 384) -> tuple[bytes, list[Box]]:
    """Return a JPEG with the person's upper left corner at each of ``corners``, and where the faces are, px."""
    share = height / SIZE[1]
    one = portrait().resize((round(SIZE[0] * share), height), Image.Resampling.LANCZOS)
    image = Image.new("RGB", size, GROUND)
    for corner in corners:
        image.paste(one, corner)
    out = BytesIO()
    image.save(out, "JPEG", quality=92)
    faces = [
        Box(x + FACE.x * share, y + FACE.y * share, FACE.width * share, FACE.height * share)
        for x, y in corners
    ]
    return out.getvalue(), faces
