"""Path data of the outlines that panels and pictures have."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from producer.brand.model import FrameShape
from producer.geometry import Box, Insets

# Four cubic arcs make a circle to within 0.03 %. Source: the usual control length 4/3 · (√2 − 1).
KAPPA = 0.5522847498
# How far the lower edge of a slanted or waved picture rises, of its width.
SLANT = 0.075
WAVE = 0.06
UPPER_WAVE = 1.6  # of its rise, that a waved edge reaches down from a picture's upper side
HALF = 0.5  # of a picture: more no edge hides, however flat the picture is
LEAF = 0.42  # of the shorter side: the radius of a leaf's two round corners
HEXAGON = 0.8660254  # of its width: the height of a regular one that stands on an edge
# Width over height, least and most: beyond it an arch is a slit or a tunnel, and a blob an egg.
RATIOS: Mapping[FrameShape, tuple[float, float]] = {
    FrameShape.CIRCLE: (1.0, 1.0),
    FrameShape.HEXAGON: (1 / HEXAGON, 1 / HEXAGON),
    FrameShape.ARCH: (0.72, 1.0),
    FrameShape.BLOB: (0.75, 1.3),
    FrameShape.POLAROID: (0.78, 1.35),  # of its mat; instant film is 88 × 107 mm
}
# Of a picture's width or height from top, right, bottom, left: what an outline takes of it at its corners.
HIDDEN: Mapping[FrameShape, Insets] = {
    FrameShape.CIRCLE: Insets.even(0.1),
    FrameShape.HEXAGON: Insets(0.03, 0.14, 0.03, 0.14),
    FrameShape.ARCH: Insets(top=0.08),
    FrameShape.BLOB: Insets.even(0.1),
    FrameShape.LEAF: Insets.even(0.06),
}
# A closed curve as one draws it by hand, in fractions of its box: the start, then three points for each cubic arc.
BLOB = (
    (0.30, 0.055),
    ((0.50, -0.03), (0.74, -0.01), (0.87, 0.15)),
    ((1.01, 0.32), (1.03, 0.56), (0.945, 0.74)),
    ((0.85, 0.94), (0.62, 1.02), (0.42, 0.985)),
    ((0.20, 0.95), (0.055, 0.83), (0.015, 0.62)),
    ((-0.03, 0.39), (0.08, 0.145), (0.30, 0.055)),
)


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


def frame_box(shape: FrameShape, box: Box) -> Box:
    """Return the part of a cell that a picture in this frame takes: outlines know what ratio they bear.

    They stand in the middle; an arch stands on the floor.
    """
    if shape not in RATIOS:
        return box
    narrowest, widest = RATIOS[shape]
    width = min(box.width, box.height * widest)
    height = min(box.height, width / narrowest)
    y = box.bottom - height if shape is FrameShape.ARCH else box.centre[1] - height / 2
    return Box(box.centre[0] - width / 2, y, width, height)


def hidden(shape: FrameShape, box: Box, *, above: bool = False) -> Insets:
    """Return what an outline may hide of a picture in ``box``, from its sides, in shares of its width and height.

    A slanted or waved edge is the lower one; ``above``, of a picture that runs out at the foot, the upper one.
    """
    if shape in (FrameShape.SLANT, FrameShape.WAVE):
        share = min(_rise(shape, box) * (UPPER_WAVE if above else 1) / box.height, HALF)
        return Insets(top=share) if above else Insets(bottom=share)
    return HIDDEN.get(shape, Insets())


def _rise(shape: FrameShape, box: Box) -> float:
    """How far a slanted or waved edge rises, px."""
    return (SLANT if shape is FrameShape.SLANT else WAVE) * box.width


def frame_outline(shape: FrameShape, box: Box, radius: float, *, above: bool = False) -> str | None:
    """Return the path that cuts a picture, or nothing for a plain rectangle; ``above`` as of :func:`hidden`."""
    match shape:
        case FrameShape.ROUNDED:
            return rounded(box, radius)
        case FrameShape.CIRCLE:
            side = min(box.width, box.height)
            return ellipse(Box(box.centre[0] - side / 2, box.centre[1] - side / 2, side, side))
        case FrameShape.SLANT | FrameShape.WAVE if above:
            return f"{upper_edge(shape, box)}V{box.bottom:.3f}H{box.right:.3f}Z"
        case FrameShape.SLANT | FrameShape.WAVE:
            return f"M{box.x:.3f} {box.y:.3f}H{box.right:.3f}{lower_edge(shape, box)[1]}Z"
    drawn = OUTLINES.get(shape)
    return drawn(box) if drawn is not None else None


def arch(box: Box) -> str:
    """Return the path of a door: round at its head."""
    x, y, right, bottom = box.x, box.y, box.right, box.bottom
    r = min(box.width / 2, box.height)
    k = r * (1 - KAPPA)
    return (
        f"M{x:.3f} {bottom:.3f}V{y + r:.3f}C{x:.3f} {y + k:.3f} {x + box.width / 2 - r * KAPPA:.3f} {y:.3f} "
        f"{x + box.width / 2:.3f} {y:.3f}C{x + box.width / 2 + r * KAPPA:.3f} {y:.3f} {right:.3f} {y + k:.3f} "
        f"{right:.3f} {y + r:.3f}V{bottom:.3f}Z"
    )


def polygon(*points: tuple[float, float]) -> str:
    """Return the path of straight lines through points."""
    return "M" + "L".join(f"{x:.3f} {y:.3f}" for x, y in points) + "Z"


def hexagon(box: Box) -> str:
    """Return the largest regular hexagon in the middle of a box, its points at left and right."""
    half = min(box.width, box.height / HEXAGON) / 2
    (x, y), rise = box.centre, half * HEXAGON
    return polygon(
        (x - half / 2, y - rise),
        (x + half / 2, y - rise),
        (x + half, y),
        (x + half / 2, y + rise),
        (x - half / 2, y + rise),
        (x - half, y),
    )


def blob(box: Box) -> str:
    """Return a shape as drawn by hand that all but fills a box."""

    def place(point: tuple[float, float]) -> str:
        return f"{box.x + point[0] * box.width:.3f} {box.y + point[1] * box.height:.3f}"

    start, *arcs = BLOB
    return f"M{place(start)}" + "".join("C" + " ".join(map(place, arc)) for arc in arcs) + "Z"


def leaf(box: Box) -> str:
    """Return a rectangle of which the upper right and the lower left corner are round."""
    r = min(box.width, box.height) * LEAF
    k = r * (1 - KAPPA)
    x, y, right, bottom = box.x, box.y, box.right, box.bottom
    return (
        f"M{x:.3f} {y:.3f}H{right - r:.3f}C{right - k:.3f} {y:.3f} {right:.3f} {y + k:.3f} {right:.3f} {y + r:.3f}"
        f"V{bottom:.3f}H{x + r:.3f}C{x + k:.3f} {bottom:.3f} {x:.3f} {bottom - k:.3f} {x:.3f} {bottom - r:.3f}Z"
    )


def lower_edge(shape: FrameShape, box: Box) -> tuple[str, str]:
    """Return a slanted or waved picture's lower edge: a path of its own, and the rest of one from the right."""
    rise = _rise(shape, box)
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


def upper_edge(shape: FrameShape, box: Box) -> str:
    """Return the same edge at a picture's upper side, from the right."""
    reach = _rise(shape, box) * (UPPER_WAVE if shape is FrameShape.WAVE else 1)
    return lower_edge(shape, Box(box.x, box.y, box.width, reach))[0]


def notched(box: Box, radius: float) -> str:
    """Return a rectangle's path whose corners are bitten out in quarter circles of ``radius`` px."""
    r, k = radius, radius * KAPPA
    x, y, right, bottom = box.x, box.y, box.right, box.bottom
    near, far, low, high = x + r, right - r, y + r, bottom - r
    return (
        f"M{near:.3f} {y:.3f}H{far:.3f}C{far:.3f} {y + k:.3f} {right - k:.3f} {low:.3f} {right:.3f} {low:.3f}"
        f"V{high:.3f}C{right - k:.3f} {high:.3f} {far:.3f} {bottom - k:.3f} {far:.3f} {bottom:.3f}"
        f"H{near:.3f}C{near:.3f} {bottom - k:.3f} {x + k:.3f} {high:.3f} {x:.3f} {high:.3f}"
        f"V{low:.3f}C{x + k:.3f} {low:.3f} {near:.3f} {y + k:.3f} {near:.3f} {y:.3f}Z"
    )


OUTLINES: Mapping[FrameShape, Callable[[Box], str]] = {
    FrameShape.ARCH: arch,
    FrameShape.HEXAGON: hexagon,
    FrameShape.BLOB: blob,
    FrameShape.LEAF: leaf,
}
