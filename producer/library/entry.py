"""What a catalogue knows of an object: read from the object itself, whose files are held against their digests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from producer.build.canonical import parsed
from producer.library.ocfl import Archive
from producer.library.ocfl_inventory import Inventory
from producer.library.record import ASSET, FACTS


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the catalogue."""

    id: str
    head: str
    title: str
    kind: str  # still · clip · deck
    template: str
    piece: str
    recipe: str
    event: str
    day: date
    unit: str
    state: str
    digest: str  # of what the products were made from
    body: str  # all other words
    channels: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    rights: tuple[str, ...] = ()
    photos: tuple[str, ...] = ()  # SHA-256 of its photographs


def entry_of(archive: Archive, inventory: Inventory) -> Entry:
    """Return the line of an object.

    Raises:
        DamagedError: the archive no longer has its metadata as they were.
        ValueError: they are none of ours.
    """
    try:
        asset: Mapping[str, Any] = parsed(archive.read(inventory, ASSET))
        facts = parsed(archive.read(inventory, FACTS))
        said = (fact["text"] for fact in facts)
        shown = (alt for product in asset["products"] for alt in product["alt"])
        names = (asset["event"], asset["unit"], asset["piece"], asset["recipe_title"])
        return Entry(
            id=inventory.id,
            head=inventory.head,
            title=asset["title"],
            kind=asset["kind"],
            template=asset["template"],
            piece=asset["piece"],
            recipe=asset["recipe"],
            event=asset["event"],
            day=date.fromisoformat(asset["day"]),
            unit=asset["unit"],
            state=asset["state"],
            digest=asset["made_from"],
            body="\n".join(dict.fromkeys((*names, *said, *shown))),
            channels=tuple(dict.fromkeys(product["channel"] for product in asset["products"])),
            themes=tuple(asset["themes"]),
            rights=tuple(asset["rights"]),
            photos=tuple(dict.fromkeys(asset["photos"].values())),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{inventory.id}: {error}") from error
