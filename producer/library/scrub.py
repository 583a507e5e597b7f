"""Read files of the archive again and hold every byte against its digest; what is damaged is told, and set aside."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from pathlib import Path

from producer.build.canonical import parsed
from producer.build.store import write_whole
from producer.library.ocfl import Archive, DamagedObjectError
from producer.library.ocfl_inventory import INVENTORY, SIDECAR, Inventory
from producer.library.ocfl_layout import OBJECT_DECLARATION, TUPLE

LATE = timedelta(days=100)  # a file that nobody has read for longer is told: each shall be read within 90
SAVED = 200  # objects between two times that we write down how far we are


class Fault(Enum):
    """What is wrong with a file or an object."""

    ALTERED = "altered"  # not the bytes of its digest
    MISSING = "missing"
    UNKNOWN = "unknown"  # a file that no inventory knows
    INVENTORY = "inventory"  # no inventory of the object is sound
    UNREADABLE = "unreadable"  # the system does not let us look


@dataclass(frozen=True, slots=True)
class Found:
    """A fault."""

    path: str  # from the archive's root
    fault: Fault
    reason: str = ""  # what the system says


@dataclass
class Checked:
    """When each object was last read to its end; kept beside the archive."""

    place: Path
    at: dict[str, str] = field(default_factory=dict)  # folder → RFC 3339

    @classmethod
    def read(cls, place: Path) -> Checked:
        """Return what is known; nothing where the note is missing or damaged: then all is read again."""
        try:
            known = parsed(place.read_bytes())
            at = {str(folder): datetime.fromisoformat(time).isoformat() for folder, time in known.items()}
            return cls(place, at)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return cls(place)

    def write(self) -> None:
        """Keep it, whole."""
        write_whole(self.place, (json.dumps(self.at, indent=1, sort_keys=True) + "\n").encode())


@dataclass
class Count:
    """How much was read."""

    objects: int = 0
    files: int = 0
    size: int = 0  # bytes


def scrub(
    archive: Archive, checked: Checked, now: datetime, part: tuple[int, int], count: Count
) -> Iterator[Found]:
    """Read objects, those first that were read longest ago, and yield every fault.

    ``part`` is how much: (1, 90) is a ninetieth of all objects, at least one. Which are done is written down on the
    way, so that whoever stops goes on there. Nothing is taken for read that could not be looked at.

    Raises:
        OSError: the archive itself cannot be listed: no scrub at all.
    """
    folders: list[str] = []
    for above, error in _shelves(archive, folders):
        yield _unreadable(above, error)
    folders.sort(key=lambda folder: (checked.at.get(folder, ""), folder))
    try:
        for folder in folders[: -(-len(folders) * part[0] // part[1])]:
            faults = list(_object(archive, folder, count))
            yield from faults
            if any(found.fault is Fault.UNREADABLE for found in faults):
                continue
            checked.at[folder] = now.isoformat(timespec="seconds")
            count.objects += 1
            if count.objects % SAVED == 0:
                checked.write()
    finally:
        checked.write()


def _shelves(archive: Archive, folders: list[str]) -> Iterator[tuple[str, OSError]]:
    """Add the folder of every object to ``folders``, and yield the shelves that cannot be looked into."""
    for above in archive.store.folders():
        if TUPLE.fullmatch(above):
            try:
                folders += [f"{above}/{name}" for name in archive.store.folders(above)]
            except OSError as error:
                yield above, error


def late(archive: Archive, checked: Checked, now: datetime) -> tuple[str, ...]:
    """Return the objects that nobody has read for too long, or never."""
    return tuple(
        folder
        for folder in archive.objects()
        if folder not in checked.at or now - datetime.fromisoformat(checked.at[folder]) > LATE
    )


def _object(archive: Archive, folder: str, count: Count) -> Iterator[Found]:
    """Yield the faults of one object."""
    try:
        there = {path.removeprefix(f"{folder}/") for path in archive.store.list(folder)}
        inventory = archive.inventory_at(folder)
        if inventory is None:  # a writer was killed before it had finished anything
            yield from (Found(f"{folder}/{path}", Fault.UNKNOWN) for path in sorted(there))
            return
        yield from _inventories(archive, folder, inventory, there)
    except DamagedObjectError:
        yield Found(folder, Fault.INVENTORY)
        return
    except OSError as error:
        yield _unreadable(folder, error)
        return
    wanted = expected(inventory)
    for path, digest in sorted(wanted.items()):
        if path in there:
            yield from _file(archive, f"{folder}/{path}", digest, count)
        else:
            yield Found(f"{folder}/{path}", Fault.MISSING)
    ours = {*wanted, OBJECT_DECLARATION, *_own_files(inventory)}
    yield from (Found(f"{folder}/{path}", Fault.UNKNOWN) for path in sorted(there - ours))


def expected(inventory: Inventory) -> Mapping[str, str]:
    """Return every content of an object by its place, with its SHA-512."""
    return {place: digest for digest, places in inventory.manifest.items() for place in places}


def _own_files(inventory: Inventory) -> Iterable[str]:
    folders = ("", *(f"v{number}/" for number in range(1, len(inventory.versions) + 1)))
    return (f"{folder}{name}" for folder in folders for name in (INVENTORY, SIDECAR))


def _file(archive: Archive, path: str, digest: str, count: Count) -> Iterator[Found]:
    try:
        found = archive.digest(path)
        stat = archive.store.stat(path)
    except OSError as error:
        yield _unreadable(path, error)
        return
    count.files += 1
    count.size += stat.size if stat is not None else 0
    if found != digest:
        yield Found(path, Fault.ALTERED)


def _inventories(archive: Archive, folder: str, inventory: Inventory, there: set[str]) -> Iterator[Found]:
    """Hold the inventories of an object and of all its versions against their sidecars."""
    for number in range(len(inventory.versions) + 1):
        place = f"v{number}/" if number else ""
        if not {f"{place}{INVENTORY}", f"{place}{SIDECAR}"} <= there:
            yield Found(f"{folder}/{place}{INVENTORY}", Fault.MISSING)
        elif not archive.is_sound(f"{folder}/{place}".rstrip("/")):
            yield Found(f"{folder}/{place}{INVENTORY}", Fault.ALTERED)
    if OBJECT_DECLARATION not in there:
        yield Found(f"{folder}/{OBJECT_DECLARATION}", Fault.MISSING)


def _unreadable(path: str, error: OSError) -> Found:
    return Found(path, Fault.UNREADABLE, error.strerror or type(error).__name__)
