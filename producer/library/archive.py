"""Put what a build has made into the archive: a piece an object, a change a version."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from producer.build.batch import Batch, Item
from producer.build.canonical import parsed
from producer.build.lost import StoreLostError
from producer.build.run import Result, Status
from producer.build.store import DamagedError, Store
from producer.library.ocfl import Archive, Content, Deposit, UnknownObjectError
from producer.library.ocfl_inventory import Inventory
from producer.library.readme import README, readme
from producer.library.record import (
    ASSET,
    HISTORY,
    WITHDRAWN,
    Piece,
    Product,
    id_of,
    is_beside,
    record,
    told,
)


class Outcome(Enum):
    """What became of a piece."""

    ARCHIVED = "archived"  # a new version, or the first
    UNCHANGED = "unchanged"  # the archive has it as it is
    WITHDRAWN = "withdrawn"  # nobody may use it any more, and the archive says so
    REFUSED = "refused"  # somebody does not agree; it never was in the archive
    FAILED = "failed"  # a product of it could not be made
    DAMAGED = (
        "damaged"  # its files, or what they were made from, are no longer as they were when it was built
    )


@dataclass(frozen=True, slots=True)
class Ended:
    """How a piece came out of archiving."""

    id: str
    outcome: Outcome
    version: str = ""  # the new one


@contextmanager
def lost_where_it_fails() -> Iterator[None]:
    """Tell what the disk says of the archive as it is told of the store: what it is, and to run again."""
    try:
        yield
    except OSError as error:
        raise StoreLostError.of(error) from error


def archive_batch(
    batch: Batch, results: Sequence[Result], archive: Archive, now: datetime
) -> Iterator[Ended]:
    """Archive what a build of ``batch`` ended with, piece by piece, and yield how each came out.

    A piece of which a product failed is left as the archive has it; one that is refused altogether is withdrawn there.

    Raises:
        StoreLostError: the archive cannot be written; the same command goes on where this one stopped.
    """
    ends = {result.item.job.id: result.status for result in results}
    pieces: dict[str, list[Item]] = {}
    for item in batch.items:
        pieces.setdefault(id_of(batch.recipe, item.job), []).append(item)
    for name, items in pieces.items():
        statuses = {ends[item.job.id] for item in items}
        made = [item for item in items if ends[item.job.id] is not Status.REFUSED]
        with lost_where_it_fails():
            if not made:
                version = withdraw(name, archive, now)
                yield Ended(name, Outcome.WITHDRAWN if version else Outcome.REFUSED, version or "")
            elif statuses & {Status.FAILED, Status.SKIPPED}:
                yield Ended(name, Outcome.FAILED)
            else:
                yield _archive(name, made, batch, archive, now)


def _archive(name: str, items: Sequence[Item], batch: Batch, archive: Archive, now: datetime) -> Ended:
    store = Store(batch.project)
    try:
        products = tuple(_product(item, store, batch) for item in items)
        version = archive.put(
            _deposit(name, record(Piece(name, products), batch.road, store), "archived", now, archive)
        )
    except DamagedError:
        return Ended(name, Outcome.DAMAGED)
    return Ended(name, Outcome.UNCHANGED if version is None else Outcome.ARCHIVED, version or "")


def _product(item: Item, store: Store, batch: Batch) -> Product:
    receipt = store.get(item.key)
    if receipt is None:
        raise DamagedError(item.key)
    return Product(item.job, receipt, batch.compose(item.job))


def withdraw(name: str, archive: Archive, now: datetime) -> str | None:
    """Say of an object that it is not to be used any more: a version with the same files, of that state.

    Returned is the version; nothing where the archive has no such object.
    """
    try:
        inventory = archive.inventory(name)
    except UnknownObjectError:
        return None
    with archive.open(inventory, ASSET) as file:
        asset: dict[str, Any] = {**parsed(file.read()), "state": WITHDRAWN}
    files = {path: Content(held=digest) for path, digest in inventory.state.items() if path != HISTORY}
    files |= {ASSET: Content(told(asset)), README: Content(readme(asset))}
    return archive.put(_deposit(name, files, WITHDRAWN, now, archive)) or inventory.head


def _deposit(name: str, files: Mapping[str, Content], event: str, now: datetime, archive: Archive) -> Deposit:
    """What goes in, with the history that a new version brings along."""

    def history(before: Inventory | None) -> Mapping[str, Content]:
        number = len(before.versions) + 1 if before else 1
        line = json.dumps(
            {"time": now.isoformat(timespec="seconds"), "event": event, "version": f"v{number}"}
        )
        return {HISTORY: Content(_history(before, archive) + f"{line}\n".encode())}

    return Deposit(name, files, event, now.isoformat(timespec="seconds"), is_beside, history)


def _history(before: Inventory | None, archive: Archive) -> bytes:
    """The lines of the versions before; one that lost them begins anew, the inventory has its versions all the same."""
    if before is None:
        return b""
    try:
        with archive.open(before, HISTORY) as file:
            return file.read()
    except (KeyError, DamagedError):
        return b""
