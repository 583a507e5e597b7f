"""Path data of the outlines that panels and pictures have."""

from __future__ import annotations

from producer.brand.model import FrameShape
from producer.geometry import Box

# Four cubic arcs make a circle to within 0.03 %. Source: the usual control length 4/3 · (√2 − 1).
KAPPA = 0.5522847498
# How far the lower edge of a slanted or waved picture rises, of its width.
SLANT = 0.075
WAVE = 0.06


def rectangle(box: Box) -> str:
    """Return a rectangle's path."""
    return f"M{box.x:.3f} {box.y:.3f}H{box.right:.3f}V{box.bottom:.3f}H{box.x:.3f}Z"


def rounded(box: Box, radius: float) -> str:
    """Return a rectangle's path with round corners of ``radius`` px."""
    r = min(radius, box.width / 2, box.height / 2)
    if r <= 0:
        return rectangle(box)
    k = r * (1 - KAPPA)
    x, y, right, bottom = box.x, box.y, box.right, box.bottom
    return (
        f"M{x + r:.3f} {y:.3f}H{right - r:.3f}C{right - k:.3f} {y:.3f} {right:.3f} {y + k:.3f} {right:.3f} {y + r:.3f}"
        f"V{bottom - r:.3f}C{right:.3f} {bottom - k:.3f} {right - k:.3f} {bottom:.3f} {right - r:.3f} {bottom:.3f}"
        f"H{x + r:.3f}C{x + k:.3f} {bottom:.3f} {x:.3f} {bottom - k:.3f} {x:.3f} {bottom - r:.3f}"
        f"V{y + r:.3f}C{x:.3f} {y + k:.3f} {x + k:.3f} {y:.3f} {x + r:.3f} {y:.3f}Z"
    )


def ellipse(box: Box) -> str:
    """Return the path of the ellipse that fills a box."""
    cx, cy = box.centre
    rx, ry = box.width / 2, box.height / 2
    kx, ky = rx * KAPPA, ry * KAPPA
    return (
        f"M{cx - rx:.3f} {cy:.3f}C{cx - rx:.3f} {cy - ky:.3f} {cx - kx:.3f} {cy - ry:.3f} {cx:.3f} {cy - ry:.3f}"
        f"C{cx + kx:.3f} {cy - ry:.3f} {cx + rx:.3f} {cy - ky:.3f} {cx + rx:.3f} {cy:.3f}"
        f"C{cx + rx:.3f} {cy + ky:.3f} {cx + kx:.3f} {cy + ry:.3f} {cx:.3f} {cy + ry:.3f}"
        f"C{cx - kx:.3f} {cy + ry:.3f} {cx - rx:.3f} {cy + ky:.3f} {cx - rx:.3f} {cy:.3f}Z"
    )


def frame_outline(shape: FrameShape, box: Box, radius: float) -> str | None:
    """Return the path that cuts a picture, or nothing for a plain rectangle."""
    x, y, right, bottom = box.x, box.y, box.right, box.bottom
    if shape is FrameShape.ROUNDED:
        return rounded(box, radius)
    if shape is FrameShape.CIRCLE:
        side = min(box.width, box.height)
        return ellipse(Box(box.centre[0] - side / 2, box.centre[1] - side / 2, side, side))
    if shape is FrameShape.ARCH:
        r = min(box.width / 2, box.height)
        k = r * (1 - KAPPA)
        return (
            f"M{x:.3f} {bottom:.3f}V{y + r:.3f}C{x:.3f} {y + k:.3f} {x + box.width / 2 - r * KAPPA:.3f} {y:.3f} "
            f"{x + box.width / 2:.3f} {y:.3f}C{x + box.width / 2 + r * KAPPA:.3f} {y:.3f} {right:.3f} {y + k:.3f} "
            f"{right:.3f} {y + r:.3f}V{bottom:.3f}Z"
        )
    if shape in (FrameShape.SLANT, FrameShape.WAVE):
        return f"M{x:.3f} {y:.3f}H{right:.3f}{lower_edge(shape, box)[1]}Z"
    return None


def lower_edge(shape: FrameShape, box: Box) -> tuple[str, str]:
    """Return a slanted or waved picture's lower edge: a path of its own, and the rest of one from the right."""
    rise = (SLANT if shape is FrameShape.SLANT else WAVE) * box.width
    x, right, bottom = box.x, box.right, box.bottom
    if shape is FrameShape.SLANT:
        return (
            f"M{right:.3f} {bottom - rise:.3f}L{x:.3f} {bottom:.3f}",
            f"V{bottom - rise:.3f}L{x:.3f} {bottom:.3f}",
        )
    third = box.width / 3
    curve = (
        f"C{right - third:.3f} {bottom - 2.2 * rise:.3f} {x + third:.3f} {bottom + rise:.3f} "
        f"{x:.3f} {bottom - 0.5 * rise:.3f}"
    )
    return f"M{right:.3f} {bottom - rise:.3f}{curve}", f"V{bottom - rise:.3f}{curve}"
