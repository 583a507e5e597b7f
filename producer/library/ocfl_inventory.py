"""The inventory of an OCFL object: which files each version holds, and where their bytes lie."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from producer.build.canonical import parsed

TYPE = "https://ocfl.io/1.1/spec/#inventory"
INVENTORY, SIDECAR = "inventory.json", "inventory.json.sha512"
CONTENT = "content"
# Who writes versions. People who approve and archive are named in the object's history, in their own words.
USER = {"name": "producer", "address": "urn:x-producer"}
VERSION_FOLDER = re.compile(r"v([1-9][0-9]*)")
SHA512 = re.compile(r"[0-9a-f]{128}")


class DamagedInventoryError(ValueError):
    """An inventory is not what its sidecar says, or none of ours."""


@dataclass(frozen=True, slots=True)
class Version:
    """What an object held at one time."""

    created: str  # RFC 3339, with the zone
    message: str
    state: Mapping[str, str]  # the files as people know them: path → SHA-512


@dataclass(frozen=True, slots=True)
class Inventory:
    """All versions of an object. ``versions[0]`` is ``v1``."""

    id: str
    manifest: Mapping[
        str, tuple[str, ...]
    ]  # SHA-512 → places from the object's folder, the sound ones among them
    versions: tuple[Version, ...]

    @property
    def head(self) -> str:
        """The folder of the newest version."""
        return f"v{len(self.versions)}"

    @property
    def state(self) -> Mapping[str, str]:
        """The files of the newest version."""
        return self.versions[-1].state

    def version(self, name: str) -> Version:
        """Return a version by the name of its folder.

        Raises:
            KeyError: there is none of that name.
        """
        found = VERSION_FOLDER.fullmatch(name)
        if not found or int(found[1]) > len(self.versions):
            raise KeyError(name)
        return self.versions[int(found[1]) - 1]

    def places(self, path: str, version: Version | None = None) -> tuple[str, ...]:
        """Return where the bytes of a file may lie; raises KeyError where the version has no such file."""
        return self.manifest[(version or self.versions[-1]).state[path]]

    def with_version(self, version: Version, added: Mapping[str, str]) -> Inventory:
        """Return the same with one version more; ``added`` names places and SHA-512 of what it brings along."""
        manifest = dict(self.manifest)
        for place, digest in added.items():
            manifest[digest] = (*manifest.get(digest, ()), place)
        return replace(self, manifest=manifest, versions=(*self.versions, version))


def to_json(inventory: Inventory) -> bytes:
    """Return an inventory as OCFL 1.1 has it, one line for a file, so that people can read it."""
    versions = {
        f"v{number}": {
            "created": version.created,
            "message": version.message,
            "user": USER,
            "state": _by_digest(version.state),
        }
        for number, version in enumerate(inventory.versions, 1)
    }
    told = {
        "id": inventory.id,
        "type": TYPE,
        "digestAlgorithm": "sha512",
        "head": inventory.head,
        "contentDirectory": CONTENT,
        "manifest": {digest: list(places) for digest, places in sorted(inventory.manifest.items())},
        "versions": versions,
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _by_digest(state: Mapping[str, str]) -> dict[str, list[str]]:
    made: dict[str, list[str]] = {}
    for path, digest in sorted(state.items()):
        made.setdefault(digest, []).append(path)
    return dict(sorted(made.items()))


def sidecar_of(data: bytes) -> bytes:
    """Return what stands beside an inventory of these bytes: two blanks, as ``sha512sum -c`` wants them."""
    return f"{hashlib.sha512(data).hexdigest()}  {INVENTORY}\n".encode()


def agree(data: bytes, sidecar: bytes) -> bool:
    """Whether an inventory is what its sidecar says; any blanks will do, others write one."""
    return sidecar.split() == sidecar_of(data).split()


def from_json(data: bytes) -> Inventory:
    """Return the inventory that stands in a file, whose digest somebody has asked for.

    Raises:
        DamagedInventoryError: it is none, or of a kind that we do not write: another digest, or a place outside.
    """
    try:
        made = _read(parsed(data))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DamagedInventoryError(str(error)) from error
    lost = [digest for version in made.versions for digest in version.state.values()]
    if not made.versions or any(digest not in made.manifest for digest in lost):
        raise DamagedInventoryError(made.id)
    return made


def _read(read: Any) -> Inventory:  # noqa: ANN401 - what JSON says
    manifest = {
        digest: tuple(map(_inside, places)) for digest, places in _of_kind(dict, read["manifest"]).items()
    }
    numbers = range(1, len(read["versions"]) + 1)
    versions = tuple(_version(read["versions"][f"v{number}"]) for number in numbers)
    made = Inventory(_of_kind(str, read["id"]), manifest, versions)
    if read["digestAlgorithm"] != "sha512" or read["head"] != made.head:
        raise DamagedInventoryError(made.id)
    return made


def _of_kind(kind: type[Any], value: Any) -> Any:  # noqa: ANN401 - what JSON says
    if not isinstance(value, kind):
        raise DamagedInventoryError(f"{value!r:.80}")
    return value


def _inside(path: str) -> str:
    """Return a path that stays in the object; raises for any other."""
    parts = _of_kind(str, path).split("/")
    if any(part in ("", ".", "..") for part in parts) or "\\" in path or "\0" in path:
        raise DamagedInventoryError(path)
    return path


def _version(read: Mapping[str, Any]) -> Version:
    state = {
        _inside(path): digest for digest, paths in _of_kind(dict, read["state"]).items() for path in paths
    }
    return Version(_of_kind(str, read["created"]), str(read.get("message", "")), state)
