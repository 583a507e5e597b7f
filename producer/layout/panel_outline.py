"""Path data of the outlines that panels have, and the room that these take from their words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from producer.brand.model import PanelShape
from producer.geometry import Box, Insets
from producer.layout.outline import KAPPA, polygon, rounded

# In % of the page's shorter side.
LEAN = 5.0  # what a sloping or swinging edge rises
VAULT = 6.0  # of an arch over its sides
TAIL = 3.4  # of a bubble below it
SWALLOW = 3.2  # how deep a ribbon's ends are cut in
BITE = 2.4  # the radius of a ticket's bites
CUT = 3.6  # of a corner cut off
ROUND_BUBBLE = 2.6  # the radius of a bubble's corners
# A cubic whose handles stand this far off swings by one half to either side.
SWING = 1.732
FOOT_OF_TAIL = (0.10, 0.055, 0.16)  # where a bubble's tail begins, points to and ends, of the width

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Inner:
    """The sides at which a panel ends inside the page; ``over`` those (top, right, bottom, left) over a picture."""

    top: bool
    right: bool
    bottom: bool
    left: bool
    over: tuple[bool, bool, bool, bool] = (False, False, False, False)

    @property
    def shaped(self) -> tuple[bool, bool, bool, bool]:
        """The sides that slope or swing: top and foot; of a panel as high as the page, its upright ones."""
        if self.top or self.bottom:
            return self.top, False, self.bottom, False
        return False, self.right, False, self.left


EVERY_SIDE = Inner(top=True, right=True, bottom=True, left=True)


def room_of(shape: PanelShape, inner: Inner, unit: float) -> Insets:
    """Return the px that an outline needs inside its panel, beyond the panel's own distance."""
    if shape in (PanelShape.SLANT, PanelShape.WAVE):
        taken = (
            LEAN * unit if shaped and not over else 0.0
            for shaped, over in zip(inner.shaped, inner.over, strict=True)
        )
        return Insets(*taken)
    return {
        PanelShape.ARCH: Insets(VAULT * unit, 0, 0, 0),
        PanelShape.BUBBLE: Insets(0, 0, TAIL * unit, 0),
        PanelShape.RIBBON: Insets(0, SWALLOW * unit, 0, SWALLOW * unit),
        PanelShape.TICKET: Insets(0, BITE * unit / 2, 0, BITE * unit / 2),
    }.get(shape, Insets(0, 0, 0, 0))


def grown_over_pictures(shape: PanelShape, box: Box, inner: Inner, unit: float, gap: float) -> Box:
    """Return the box of a panel that slopes or swings over the picture above or beside it, and not inside itself."""
    if shape not in (PanelShape.SLANT, PanelShape.WAVE):
        return box
    lean = [LEAN * unit if s and o else 0.0 for s, o in zip(inner.shaped, inner.over, strict=True)]
    top, right, bottom, left = lean
    # At its sides it was run to the picture before; above and below there is still the gap.
    across = Insets(-top - gap * (top > 0), -right, -bottom - gap * (bottom > 0), -left)
    return box.inset(across)


def panel_outline(shape: PanelShape, box: Box, radius: float, inner: Inner, unit: float) -> str:
    """Return a panel's path."""
    if shape in (PanelShape.SLANT, PanelShape.WAVE):
        return _leaning(shape, box, inner, unit)
    drawn = {
        PanelShape.CUT: lambda: _cut(box, max(radius, CUT * unit)),
        PanelShape.RIBBON: lambda: _ribbon(box, SWALLOW * unit),
        PanelShape.TICKET: lambda: _ticket(box, max(radius, BITE * unit)),
        PanelShape.ARCH: lambda: _arch(box, VAULT * unit),
        PanelShape.BUBBLE: lambda: _bubble(box, max(radius, ROUND_BUBBLE * unit), TAIL * unit),
    }.get(shape)
    return drawn() if drawn is not None else rounded(box, radius)


def edge_paths(shape: PanelShape, box: Box, inner: Inner, unit: float) -> tuple[str, ...]:
    """Return the edges of a panel that slope or swing, each as a path of its own."""
    corners = _corners(shape, box, inner, unit)
    sides = zip(pairwise((*corners, corners[0])), inner.shaped, strict=True)
    return tuple(f"M{a[0]:.3f} {a[1]:.3f}{_edge(shape, a, b, unit)}" for (a, b), shaped in sides if shaped)


def _leaning(shape: PanelShape, box: Box, inner: Inner, unit: float) -> str:
    corners = _corners(shape, box, inner, unit)
    made = f"M{corners[0][0]:.3f} {corners[0][1]:.3f}"
    for (start, end), shaped in zip(pairwise((*corners, corners[0])), inner.shaped, strict=True):
        made += _edge(shape, start, end, unit) if shaped else f"L{end[0]:.3f} {end[1]:.3f}"
    return made + "Z"


def _corners(shape: PanelShape, box: Box, inner: Inner, unit: float) -> tuple[Point, Point, Point, Point]:
    """Where a leaning panel's corners stand, clockwise from its upper left.

    A slope rises to the right and parallel sides stay parallel; what swings starts and ends half way.
    """
    lean = LEAN * unit
    top, right, bottom, left = (lean if shaped else 0.0 for shaped in inner.shaped)
    low, high = (1.0, 0.0) if shape is PanelShape.SLANT else (0.5, 0.5)
    return (
        (box.x + left * low, box.y + top * low),
        (box.right - right * high, box.y + top * high),
        (box.right - right * low, box.bottom - bottom * low),
        (box.x + left * high, box.bottom - bottom * high),
    )


def _edge(shape: PanelShape, start: Point, end: Point, unit: float) -> str:
    """One edge from a corner to the next: straight, or swinging out and in."""
    (x, y), (right, bottom) = start, end
    if shape is PanelShape.SLANT:
        return f"L{right:.3f} {bottom:.3f}"
    third = ((right - x) / 3, (bottom - y) / 3)
    swing = SWING * LEAN * unit
    # Across, it swings up first when it runs to the right, so that head and foot of a band are parallel.
    off = (swing * (third[1] > 0) - swing * (third[1] < 0), swing * (third[0] < 0) - swing * (third[0] > 0))
    off = (
        off[0] if abs(third[1]) > abs(third[0]) else 0.0,
        off[1] if abs(third[0]) >= abs(third[1]) else 0.0,
    )
    one = (x + third[0] + off[0], y + third[1] + off[1])
    two = (x + 2 * third[0] - off[0], y + 2 * third[1] - off[1])
    return f"C{one[0]:.3f} {one[1]:.3f} {two[0]:.3f} {two[1]:.3f} {right:.3f} {bottom:.3f}"


def _cut(box: Box, side: float) -> str:
    x, y, right, bottom = box.x, box.y, box.right, box.bottom
    cut = min(side, box.width / 3, box.height / 2)
    return polygon(
        (x + cut, y), (right, y), (right, bottom - cut), (right - cut, bottom), (x, bottom), (x, y + cut)
    )


def _ribbon(box: Box, deep: float) -> str:
    x, y, right, bottom, middle = box.x, box.y, box.right, box.bottom, box.centre[1]
    return polygon(
        (x, y), (right, y), (right - deep, middle), (right, bottom), (x, bottom), (x + deep, middle)
    )


def _ticket(box: Box, radius: float) -> str:
    r = min(radius, box.height / 4)
    k = r * KAPPA
    x, y, right, bottom, middle = box.x, box.y, box.right, box.bottom, box.centre[1]
    return (
        f"M{x:.3f} {y:.3f}H{right:.3f}V{middle - r:.3f}"
        f"C{right - k:.3f} {middle - r:.3f} {right - r:.3f} {middle - k:.3f} {right - r:.3f} {middle:.3f}"
        f"C{right - r:.3f} {middle + k:.3f} {right - k:.3f} {middle + r:.3f} {right:.3f} {middle + r:.3f}"
        f"V{bottom:.3f}H{x:.3f}V{middle + r:.3f}"
        f"C{x + k:.3f} {middle + r:.3f} {x + r:.3f} {middle + k:.3f} {x + r:.3f} {middle:.3f}"
        f"C{x + r:.3f} {middle - k:.3f} {x + k:.3f} {middle - r:.3f} {x:.3f} {middle - r:.3f}Z"
    )


def _arch(box: Box, rise: float) -> str:
    """A vault over the whole width: half an ellipse."""
    x, right, bottom, across = box.x, box.right, box.bottom, box.width / 2
    spring, k = box.y + rise, rise * (1 - KAPPA)
    return (
        f"M{x:.3f} {bottom:.3f}V{spring:.3f}"
        f"C{x:.3f} {box.y + k:.3f} {x + across * (1 - KAPPA):.3f} {box.y:.3f} {x + across:.3f} {box.y:.3f}"
        f"C{x + across * (1 + KAPPA):.3f} {box.y:.3f} {right:.3f} {box.y + k:.3f} {right:.3f} {spring:.3f}"
        f"V{bottom:.3f}Z"
    )


def _bubble(box: Box, radius: float, tail: float) -> str:
    """A rounded rectangle whose foot has a tail, near the left."""
    body = Box(box.x, box.y, box.width, max(box.height - tail, 0.0))
    r = min(radius, body.width / 2, body.height / 2)
    begin, point, end = (box.x + max(share * min(box.width, 6 * box.height), r) for share in FOOT_OF_TAIL)
    foot = f"H{end + r:.3f}L{point:.3f} {box.bottom:.3f}L{begin + r / 2:.3f} {body.bottom:.3f}"
    k = r * (1 - KAPPA)
    x, y, right, bottom = body.x, body.y, body.right, body.bottom
    return (
        f"M{x + r:.3f} {y:.3f}H{right - r:.3f}C{right - k:.3f} {y:.3f} {right:.3f} {y + k:.3f} {right:.3f} {y + r:.3f}"
        f"V{bottom - r:.3f}C{right:.3f} {bottom - k:.3f} {right - k:.3f} {bottom:.3f} {right - r:.3f} {bottom:.3f}"
        f"{foot}H{x + r:.3f}C{x + k:.3f} {bottom:.3f} {x:.3f} {bottom - k:.3f} {x:.3f} {bottom - r:.3f}"
        f"V{y + r:.3f}C{x:.3f} {y + k:.3f} {x + k:.3f} {y:.3f} {x + r:.3f} {y:.3f}Z"
    )
