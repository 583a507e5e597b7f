"""An OCFL 1.1 root: objects go in as whole versions, and come out as they were."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from producer.build.store import DamagedError
from producer.library.disk import PIECE, copy_new, write_new
from producer.library.ocfl_inventory import (
    CONTENT,
    INVENTORY,
    SIDECAR,
    VERSION_FOLDER,
    DamagedInventoryError,
    Inventory,
    Version,
    agree,
    from_json,
    sidecar_of,
    to_json,
)
from producer.library.ocfl_layout import (
    DECLARATION,
    OBJECT_DECLARATION,
    TUPLE,
    check_names,
    folder_of,
    root_files,
)
from producer.library.store import Store, read

OBJECT_DECLARED = b"ocfl_object_1.1\n"


class NoArchiveError(Exception):
    """A folder holds something, and is no archive."""


class UnknownObjectError(KeyError):
    """The archive has no object of that id."""


class DamagedObjectError(Exception):
    """No inventory of an object is sound: what it holds can only be told by a person, or by a second copy."""


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a file that goes into an object: given, in a file of this machine, or held by the object."""

    data: bytes = b""
    place: Path | None = None
    sha256: str = ""  # what they must be, where somebody knows
    held: str = ""  # the SHA-512 of a file that the object has already

    def open(self) -> BinaryIO:
        """Open them to be read in pieces."""
        return self.place.open("rb") if self.place is not None else BytesIO(self.data)


def nothing_more(_before: Inventory | None) -> Mapping[str, Content]:
    """Add no file to a version."""
    return {}


@dataclass(frozen=True, slots=True)
class Deposit:
    """What an object shall hold from now on."""

    id: str
    files: Mapping[str, Content]
    message: str
    created: str  # RFC 3339
    beside: Callable[[str], bool] = lambda _path: False  # files of which a change alone is no new version
    # What only a new version brings along: told the versions before it, and written with it.
    more: Callable[[Inventory | None], Mapping[str, Content]] = field(default=nothing_more)


class Hearing:
    """The digests of bytes that pass by."""

    def __init__(self, content: Content) -> None:
        """Take whose bytes they are: those of a file that somebody knows must be as they were."""
        self._sha512, self._content = hashlib.sha512(), content
        self._sha256 = hashlib.sha256() if content.sha256 else None

    def __call__(self, piece: bytes) -> None:
        """Hear one piece."""
        self._sha512.update(piece)
        if self._sha256 is not None:
            self._sha256.update(piece)

    def end(self) -> str:
        """Return the SHA-512 of all pieces.

        Raises:
            DamagedError: they are not what they must be.
        """
        if self._sha256 is not None and self._sha256.hexdigest() != self._content.sha256:
            raise DamagedError(self._content.sha256)
        return self._sha512.hexdigest()


class Archive:
    """An OCFL root in a store."""

    def __init__(self, store: Store) -> None:
        """Take the store; nothing is written before the first :meth:`put`."""
        self.store = store

    def put(self, deposit: Deposit) -> str | None:
        """Add a version to an object, and return its name; nothing where the object already holds this.

        Raises:
            NoArchiveError: the root holds something else.
            DamagedObjectError: the object's inventories are damaged.
            DamagedError: a file is not what it must be.
            OSError: the store cannot be written.
        """
        check_names(deposit.files)
        with self.store.alone():
            self.make()
            before = self.recover(deposit.id)
            if before is not None and self._is_held(deposit, before):
                return None
            return self._add(deposit, before)

    def make(self) -> None:
        """Make the root where it is not one; a killed writer's half of it is completed.

        Raises:
            NoArchiveError: the folder is somebody's own.
        """
        if self.exists():
            return
        self.refuse_other()
        wanted = root_files()
        for path, data in wanted.items():
            if self.store.stat(path) is None:
                self.store.replace_if(path, data, None)

    def refuse_other(self) -> None:
        """Raise where the root is somebody's own folder; see :meth:`make`."""
        if not self.exists() and any(path not in root_files() for path in self.store.list()):
            raise NoArchiveError

    def exists(self) -> bool:
        """Whether there is an archive at all."""
        return self.store.stat(DECLARATION) is not None

    def objects(self) -> Iterator[str]:
        """Yield the folder of every object, from the root.

        Raises:
            OSError: a folder cannot be read.
        """
        for above in self.store.folders():
            if TUPLE.fullmatch(above):
                yield from (f"{above}/{name}" for name in self.store.folders(above))

    def inventory(self, name: str) -> Inventory:
        """Return the inventory of the object of that id.

        Raises:
            UnknownObjectError: there is none.
            DamagedObjectError: none of its inventories is sound.
        """
        found = self.inventory_at(folder_of(name))
        if found is None or found.id != name:
            raise UnknownObjectError(name)
        return found

    def inventory_at(self, folder: str) -> Inventory | None:
        """Return the inventory of the object in a folder; nothing where nobody has finished an object there.

        A writer that was killed behind its commit has left the newest version's own inventory, which then counts.
        """
        newest = self._newest(folder)
        return from_json(newest) if newest is not None else None

    def open(self, inventory: Inventory, path: str, version: Version | None = None) -> BinaryIO:
        """Open a file of an object where its bytes are sound, of several places the first.

        Raises:
            KeyError: the version has no such file.
            DamagedError: no place has the bytes that the inventory names.
        """
        digest = (version or inventory.versions[-1]).state[path]
        for place in inventory.manifest[digest]:
            found = f"{folder_of(inventory.id)}/{place}"
            if self.digest(found) == digest:
                return self.store.get(found)
        raise DamagedError(path)

    def read(self, inventory: Inventory, path: str, version: Version | None = None) -> bytes:
        """Return a file of an object whole; raises as :meth:`open`."""
        digest = (version or inventory.versions[-1]).state[path]
        for place in inventory.manifest[digest]:
            data = self._read(f"{folder_of(inventory.id)}/{place}")
            if data is not None and hashlib.sha512(data).hexdigest() == digest:
                return data
        raise DamagedError(path)

    def digest(self, path: str) -> str:
        """Return the SHA-512 of a file of the store as it is now; empty where there is none."""
        hashed = hashlib.sha512()
        try:
            with self.store.get(path) as file:
                while piece := file.read(PIECE):
                    hashed.update(piece)
        except FileNotFoundError:
            return ""
        return hashed.hexdigest()

    def is_sound(self, folder: str) -> bool:
        """Whether the inventory in an object's folder, or in a version's, is one and what its sidecar says."""
        return self._sound(folder) is not None

    def recover(self, name: str) -> Inventory | None:
        """Bring an object to the end of its last commit, and return its inventory; nothing where there is none.

        The commit is the appearance of a version's folder, with an inventory of its own. What follows it, the
        object's inventory and sidecar, is made good here: forward, never back. To be called alone.

        Raises:
            DamagedObjectError: no inventory is sound.
        """
        folder = folder_of(name)
        self._drop_unfinished(folder)
        newest = self._newest(folder)
        if newest is None:
            return None
        wanted = {
            INVENTORY: newest,
            SIDECAR: sidecar_of(newest),
            OBJECT_DECLARATION: OBJECT_DECLARED,
        }
        for path, data in wanted.items():
            now = self._read(f"{folder}/{path}")
            if now is None or (now != data and not (path == SIDECAR and agree(newest, now))):
                self.store.replace_if(f"{folder}/{path}", data, now)
        return from_json(newest)

    def _versions(self, folder: str) -> list[int]:
        """The numbers of the folders of an object's versions, the newest first."""
        found = map(VERSION_FOLDER.fullmatch, self.store.folders(folder))
        return sorted((int(name[1]) for name in found if name), reverse=True)

    def _drop_unfinished(self, folder: str) -> None:
        """Remove the version that a killed writer never finished: one without its sidecar, after all others.

        Where a version appears as a whole there is none.
        """
        newest = next(iter(self._versions(folder)), 0)
        if newest > self._declared(folder)[0] and not self._is_finished(folder, newest):
            self.store.remove(f"{folder}/v{newest}")

    def _declared(self, folder: str) -> tuple[int, bytes | None]:
        """The newest version that the object's own inventory knows, and that inventory; nothing of a new object.

        Raises:
            DamagedObjectError: the inventory is damaged, and no finished version can take its place.
        """
        sound = self._sound(folder)
        if sound is not None:
            return len(from_json(sound).versions), sound
        versions = self._versions(folder)
        is_there = self.store.stat(f"{folder}/{INVENTORY}") is not None or versions[:1] > [1]
        if is_there and not self._is_finished(folder, versions[0] if versions else 0):
            raise DamagedObjectError(folder)
        return 0, None

    def _newest(self, folder: str) -> bytes | None:
        """The inventory that counts: that of the newest finished version, in its own folder or above it."""
        head, declared = self._declared(folder)
        newer = [number for number in self._versions(folder) if number > head]
        finished = next((number for number in newer if self._is_finished(folder, number)), 0)
        if not finished:
            return declared
        own = self._sound(f"{folder}/v{finished}")
        if own is None or len(from_json(own).versions) != finished:
            raise DamagedObjectError(folder)
        return own

    def _is_finished(self, folder: str, number: int) -> bool:
        """Whether a version has its sidecar, which is written last."""
        return self.store.stat(f"{folder}/v{number}/{SIDECAR}") is not None

    def _sound(self, folder: str) -> bytes | None:
        """The inventory in a folder that agrees with its sidecar; nothing where there is none such."""
        data, sidecar = self._read(f"{folder}/{INVENTORY}"), self._read(f"{folder}/{SIDECAR}")
        if data is None or sidecar is None or not agree(data, sidecar):
            return None
        try:
            from_json(data)
        except DamagedInventoryError:
            return None
        return data

    def _read(self, path: str) -> bytes | None:
        try:
            return read(self.store, path)
        except FileNotFoundError:
            return None

    def _is_held(self, deposit: Deposit, before: Inventory) -> bool:
        """Whether the newest version holds all that counts, and nothing else that does."""

        def counting(paths: Mapping[str, object]) -> set[str]:
            return {path for path in paths if not deposit.beside(path)}

        wanted = counting(deposit.files)
        return counting(before.state) == wanted and all(
            heard(deposit.files[path]) == before.state[path] for path in wanted
        )

    def _add(self, deposit: Deposit, before: Inventory | None) -> str:
        """Stage the next version and commit it."""
        folder = folder_of(deposit.id)
        files = {**deposit.files, **deposit.more(before)}
        check_names(files)
        inventory = before or Inventory(deposit.id, {}, ())
        name = f"v{len(inventory.versions) + 1}"
        staged = self.store.stage()
        version = staged if before is not None else staged / name
        state, added = self._stage(files, inventory, name, version)
        after = inventory.with_version(
            Version(_not_before(deposit.created, before), deposit.message, state), added
        )
        data = to_json(after)
        _write(version, {INVENTORY: data, SIDECAR: sidecar_of(data)})
        if before is None:
            _write(staged, {INVENTORY: data, SIDECAR: sidecar_of(data), OBJECT_DECLARATION: OBJECT_DECLARED})
            self.store.put_new(folder, staged)
        else:
            self.store.put_new(f"{folder}/{name}", staged)
            self.recover(deposit.id)
        return name

    def _stage(
        self, files: Mapping[str, Content], before: Inventory, name: str, version: Path
    ) -> tuple[dict[str, str], dict[str, str]]:
        """Write what the object does not hold yet into the version's folder; return its state, and what it adds.

        A file that an older version holds is not written again, if it still is what it was: a rotten copy would take
        the place of the good one that we have in hand.
        """
        state: dict[str, str] = {}
        added: dict[str, str] = {}
        for path, content in sorted(files.items()):
            if content.held:
                state[path] = content.held
                continue
            digest = heard(content) if before.versions else ""
            if not digest or not (digest in added.values() or self._holds(before, digest)):
                place = version / CONTENT / path
                place.parent.mkdir(parents=True, exist_ok=True)
                hearing = Hearing(content)
                with content.open() as source:
                    copy_new(source, place, hearing)
                written = hearing.end()
                if digest and written != digest:
                    raise DamagedError(path)
                digest = written
                if digest in added.values():
                    place.unlink()
                    _leave(place.parent, version)
                else:
                    added[f"{name}/{CONTENT}/{path}"] = digest
            state[path] = digest
        return state, added

    def _holds(self, inventory: Inventory, digest: str) -> bool:
        """Whether an older version has these bytes, read again."""
        folder = folder_of(inventory.id)
        places = inventory.manifest.get(digest, ())
        return any(self.digest(f"{folder}/{place}") == digest for place in places)


def heard(content: Content) -> str:
    """Return the SHA-512 of a content.

    Raises:
        DamagedError: it is not what it must be.
    """
    if content.held:
        return content.held
    hearing = Hearing(content)
    with content.open() as source:
        while piece := source.read(PIECE):
            hearing(piece)
    return hearing.end()


def _not_before(created: str, before: Inventory | None) -> str:
    """Return the time of a version: where the clock goes back, that of the version before."""
    from datetime import datetime

    if before is None:
        return created
    last = before.versions[-1].created
    return max(created, last, key=datetime.fromisoformat)


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        write_new(folder / name, data)


def _leave(folder: Path, top: Path) -> None:
    """Remove folders with nothing in them, up to ``top``."""
    while folder != top and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
