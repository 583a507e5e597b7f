"""Where objects lie in an OCFL root: layout 0003, a short folder by the digest of the id, then the id itself.

Source: OCFL 1.1, and its extension 0003-hash-and-id-n-tuple-storage-layout with tuples of three letters, one of them.
A person finds an object by its name, and no folder gets more than a 4096th part of them.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping

EXTENSION = "0003-hash-and-id-n-tuple-storage-layout"
DECLARATION = "0=ocfl_1.1"
OBJECT_DECLARATION = "0=ocfl_object_1.1"
LONGEST = 100  # letters of an encoded id that its folder has
TUPLE = re.compile(r"[0-9a-f]{3}")
_KEPT = re.compile(r"[A-Za-z0-9_-]")


def root_files() -> Mapping[str, bytes]:
    """Return the files that make a folder an OCFL root, the one that declares it last."""
    config = {"extensionName": EXTENSION, "digestAlgorithm": "sha512", "tupleSize": 3, "numberOfTuples": 1}
    words = "The id's SHA-512, three letters of it, then the id itself with all but letters, digits, - and _ as %xx"
    layout = {"extension": EXTENSION, "description": words}
    return {
        f"extensions/{EXTENSION}/config.json": _told(config),
        "ocfl_layout.json": _told(layout),
        DECLARATION: b"ocfl_1.1\n",
    }


def _told(value: Mapping[str, object]) -> bytes:
    return (json.dumps(value, indent=1) + "\n").encode()


def folder_of(name: str) -> str:
    """Return the folder of the object whose id is ``name``, from the root."""
    digest = hashlib.sha512(name.encode()).hexdigest()
    encoded = "".join(
        letter if _KEPT.fullmatch(letter) else "".join(f"%{byte:02x}" for byte in letter.encode())
        for letter in name
    )
    if len(encoded) > LONGEST:
        encoded = f"{encoded[:LONGEST]}-{digest}"
    return f"{digest[:3]}/{encoded}"


def check_names(paths: Iterable[str]) -> None:
    """Raise ValueError where files of an object could not lie beside each other on every file system.

    Names are ASCII, so that NFC is no question, and unlike also where letters' case is no difference.
    """
    seen: dict[str, str] = {}
    for path in paths:
        parts = path.split("/")
        if not path.isascii() or any(part in ("", ".", "..") or part.endswith((".", " ")) for part in parts):
            raise ValueError(f"{path!r} is no name for every file system")
        other = seen.setdefault(path.casefold(), path)
        if other != path:
            raise ValueError(f"{path!r} and {other!r} are one file where case is no difference")


def ascii_name(name: str) -> str:
    """Return a name, or a path of names, in letters of ASCII: marks go, đ is d, anything else odd becomes ``-``."""
    bare = unicodedata.normalize("NFKD", name.replace("đ", "d").replace("Đ", "D"))
    kept = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return re.sub(r"[^A-Za-z0-9._/@+=-]", "-", kept)
