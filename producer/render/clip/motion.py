"""How things move: pure functions of the frame."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from math import cos, pi

from producer.geometry import Box
from producer.layout.model import Counter, Motion, Zoom

ENTER = 14  # frames that a counter takes to appear, while its figure runs for the whole of its motion
TRANSITION = 12  # frames from one page to the next

Pose = tuple[float, float]  # alpha, and px below the final place


def ease_out(share: float) -> float:
    """Fast, then settling: cubic."""
    return 1 - (1 - min(max(share, 0.0), 1.0)) ** 3


def ease_in_out(share: float) -> float:
    """A slow start and a slow end: half a cosine."""
    return (1 - cos(pi * min(max(share, 0.0), 1.0))) / 2


def pose(motion: Motion | None, frame: int) -> Pose:
    """Where an item is in its entrance."""
    if motion is None or motion.enter == "none":
        return 1.0, 0.0
    if motion.length <= 0:
        return float(frame >= motion.start), 0.0
    share = ease_out((frame - motion.start) / motion.length)
    return share, motion.distance * (1 - share) if motion.enter == "rise" else 0.0


def counter_pose(motion: Motion | None, frame: int) -> Pose:
    """Where a counter is in its entrance, which is over long before it has counted."""
    if motion is None:
        return 1.0, 0.0
    return pose(Motion(motion.enter, motion.start, min(motion.length, ENTER), motion.distance), frame)


def zoomed(zoom: Zoom, frame: int, frames: int) -> Box:
    """The part of the picture that a frame shows."""
    share = ease_in_out(frame / max(frames - 1, 1))
    first, last = zoom.first, zoom.last
    return Box(
        first.x + (last.x - first.x) * share,
        first.y + (last.y - first.y) * share,
        first.width + (last.width - first.width) * share,
        first.height + (last.height - first.height) * share,
    )


def counted(counter: Counter, motion: Motion, frame: int) -> str | None:
    """The figure that a counter shows, with Vietnamese marks; nothing when it stands on its final words.

    A figure below 0 does not count: its cells have no place for a sign.
    """
    if frame >= motion.start + motion.length or counter.amount < 0:
        return None
    step = Decimal(1).scaleb(-counter.decimals)
    share = Decimal(repr(ease_out((frame - motion.start) / motion.length)))
    value = (counter.amount * share).quantize(step, ROUND_HALF_UP)
    return f"{value:,f}".translate(str.maketrans(",.", ".,"))
