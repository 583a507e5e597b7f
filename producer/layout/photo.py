"""Crops that keep what matters."""

from __future__ import annotations

from producer.geometry import Box
from producer.scene.model import Picture


def cover_crop(picture: Picture, box: Box) -> Box:
    """Return the largest part of ``picture`` in the ratio of ``box``, its focus as central as can be."""
    scale = min(picture.width / box.width, picture.height / box.height)
    width, height = box.width * scale, box.height * scale
    x = picture.focus[0] * picture.width - width / 2
    y = picture.focus[1] * picture.height - height / 2
    return Box(
        min(max(x, 0.0), picture.width - width), min(max(y, 0.0), picture.height - height), width, height
    )


def contain_box(picture: Picture, box: Box) -> Box:
    """Return the largest box with the ratio of ``picture`` inside ``box``, in its middle."""
    scale = min(box.width / picture.width, box.height / picture.height)
    width, height = picture.width * scale, picture.height * scale
    x, y = box.centre
    return Box(x - width / 2, y - height / 2, width, height)
