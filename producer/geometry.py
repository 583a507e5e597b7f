"""Sizes, boxes and insets in px: origin top left, y down."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """A width and a height in px."""

    width: float
    height: float

    @property
    def ratio(self) -> float:
        """Width over height."""
        return self.width / self.height

    @property
    def shorter(self) -> float:
        """The shorter side, which the brand's percentages refer to."""
        return min(self.width, self.height)

    def part(self, length: float) -> Size:
        """As much of it as ``length`` px of its longer side are; all of it where that is 0 or more than it has."""
        if not length:
            return self
        if self.width >= self.height:
            return Size(min(length, self.width), self.height)
        return Size(self.width, min(length, self.height))


@dataclass(frozen=True, slots=True)
class Insets:
    """Distances from the four sides of a box, in px, inwards when positive."""

    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    left: float = 0.0

    @classmethod
    def even(cls, distance: float) -> Insets:
        """The same distance on every side."""
        return cls(distance, distance, distance, distance)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its top left corner and its size, in px."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of the right side."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of the lower side."""
        return self.y + self.height

    @property
    def centre(self) -> tuple[float, float]:
        """The x and y of the middle."""
        return self.x + self.width / 2, self.y + self.height / 2

    @property
    def size(self) -> Size:
        """The width and height alone."""
        return Size(self.width, self.height)

    def inset(self, insets: Insets) -> Box:
        """The box inside by ``insets``; negative insets give the box outside."""
        return Box(
            self.x + insets.left,
            self.y + insets.top,
            self.width - insets.left - insets.right,
            self.height - insets.top - insets.bottom,
        )

    def moved(self, dx: float, dy: float) -> Box:
        """The same box elsewhere."""
        return Box(self.x + dx, self.y + dy, self.width, self.height)

    def union(self, other: Box) -> Box:
        """The smallest box around both."""
        x, y = min(self.x, other.x), min(self.y, other.y)
        return Box(x, y, max(self.right, other.right) - x, max(self.bottom, other.bottom) - y)

    def overlap(self, other: Box) -> Box | None:
        """What both cover, or nothing where they only touch."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        return Box(x, y, right - x, bottom - y) if right > x and bottom > y else None

    def contains(self, other: Box, slack: float = 0.01) -> bool:
        """Whether ``other`` lies inside, ``slack`` px of float noise allowed."""
        return (
            other.x >= self.x - slack
            and other.y >= self.y - slack
            and other.right <= self.right + slack
            and other.bottom <= self.bottom + slack
        )
