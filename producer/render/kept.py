"""Things that took long to make, kept for the next page as long as there is room."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """The things used last, by a key that says all of them, up to ``most`` bytes in sum.

    One that takes more by itself is not kept.
    """

    def __init__(self, most: int, size: Callable[[T], int]) -> None:
        """Take the bytes that there is room for, and what tells the bytes of a thing."""
        self._most, self._size, self._taken = most, size, 0
        self._things: OrderedDict[Hashable, T] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what is kept under ``key``; else make it, and keep it."""
        if key in self._things:
            self._things.move_to_end(key)
            return self._things[key]
        made = make()
        taken = self._size(made)
        if taken <= self._most:
            self._things[key] = made
            self._taken += taken
            while self._taken > self._most:
                self._taken -= self._size(self._things.popitem(last=False)[1])
        return made
