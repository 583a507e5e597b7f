"""Things that took long to make, kept for the next page while there is room. Whoever keeps them says for how many."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Generic, Protocol, TypeVar
from weakref import WeakSet

T = TypeVar("T")
Key = str | tuple[Hashable, ...]


_all: WeakSet[Kept[Any]] = WeakSet()


def forget_all() -> None:
    """Keep nothing any more: a file that changed while it was read may stand under the digest of the one before."""
    for kept in _all:
        kept.forget()


class Notes(Protocol):
    """Small findings that took long, for the next process and the next build: of what, and what was found."""

    def get(self, name: str) -> str | None:
        """Return what was found, or nothing where nobody looked yet."""

    def put(self, name: str, found: str) -> None:
        """Keep what was found. Whoever finds it keeps it only under a name that says all it was found in."""


class NoNotes:
    """For whoever keeps nothing beyond its own process."""

    def get(self, name: str) -> str | None:  # noqa: ARG002 - see Notes
        """See Notes."""
        return None

    def put(self, name: str, found: str) -> None:
        """See Notes."""


NO_NOTES = NoNotes()


class Kept(Generic[T]):
    """The things used last, by a key that says all of each: as many as there is room for.

    One that takes more than all of the room is not kept.
    """

    def __init__(self, most: int, size: Callable[[T], int] = lambda _: 1) -> None:
        """Take the room, and how much of it a thing takes: its bytes, or one of so many places."""
        self._most, self._size, self._taken = most, size, 0
        self._things: OrderedDict[Key, T] = OrderedDict()
        _all.add(self)

    def forget(self) -> None:
        """Keep nothing of what was made so far."""
        self._things.clear()
        self._taken = 0

    def get(self, key: Key, make: Callable[[], T]) -> T:
        """Return what is kept under ``key``; else make it, and keep it. A thing without a key is never kept."""
        if key in self._things:
            self._things.move_to_end(key)
            return self._things[key]
        made = make()
        taken = self._size(made)
        if key and taken <= self._most:
            self._things[key] = made
            self._taken += taken
            while self._taken > self._most:
                self._taken -= self._size(self._things.popitem(last=False)[1])
        return made
