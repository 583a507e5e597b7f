"""What both registers say of a picture that was taken in."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from itertools import count
from pathlib import PurePosixPath

from producer.data.model import Row, Value
from producer.intake.model import Sent
from producer.intake.sheet import CREDIT, OF_PEOPLE, grant_of_sent, why_not
from producer.recipe.licence import MEMBER
from producer.rights.fold import PATHS
from producer.rights.grant import word
from producer.rights.model import NOBODY
from producer.rights.register_text import entries_in

SENT = re.compile(
    r"^(\S+):\n(?:  .*\n)*?  origin: \"sent in as (.*), SHA-256 ([0-9a-f]{64})\"$", re.MULTILINE
)

ENTERED = re.compile(r"^[\"']?([^\s\"'#][^\"'\n]*?)[\"']?:(?=\s)", re.MULTILINE)


def licence_entry(path: str, sent: Sent, digest: str) -> str:
    """Return a picture's entry in the register of licences, with the name and digest that it came with."""
    nobody = all(is_of_nobody(row, sent) for row in sent.rows)
    notes = dict.fromkeys(word(row.values.get(name)) for row in sent.rows for name in ("caption", "note"))
    said = {
        "title": sent.cell("caption") or sent.name,
        "author": sent.cell(CREDIT),
        "licence": sent.cell("licence") or MEMBER,
        "origin": f"sent in as {' '.join(sent.name.split())}, SHA-256 {digest}",
        "changes": "turned upright, saved anew without metadata",
        "note": " · ".join(note for note in notes if note and note != sent.cell("caption")),
    }
    lines = [f"  {key}: {json.dumps(text, ensure_ascii=False)}" for key, text in said.items() if text]
    return "\n".join([f"\n{path}:", *lines, *(["  shows: nobody"] if nobody else []), ""])


def taken_before(register: str) -> Mapping[tuple[str, str], str]:
    """Return by name, its blanks as one, and digest of what was sent the path under which it was taken in."""
    return {(json.loads(f'"{name}"'), digest): path for path, name, digest in SENT.findall(register)}


def entered_paths(register: str) -> frozenset[str]:
    """Return the paths that have an entry in the register of licences, whether their pictures are there or not."""
    return frozenset(ENTERED.findall(register))


def consent_entries(path: str, sent: Sent, register: bytes) -> tuple[tuple[Mapping[str, str], bool], ...]:
    """Return the entries of those whom a picture shows in the register of people, and whether each agrees.

    Several copies may name one person in the same words, who has one entry. Who has no id gets one that nobody in
    the ``register`` has.
    """
    taken = {row.get("id", "") for row in entries_in(register)}
    free = (name for at in count(1) if (name := f"{PurePosixPath(path).stem}-{at}") not in taken)
    found: dict[tuple[str, ...], tuple[Mapping[str, str], bool]] = {}
    for row in sent.rows:
        said = {name: typed(row.values.get(name)) for name in OF_PEOPLE}
        if is_of_nobody(row, sent) or tuple(said.values()) in found:
            continue
        entry = {**said, "id": said["id"] or next(free), "photos": path.removeprefix(PATHS)}
        found[tuple(said.values())] = entry, why_not(grant_of_sent(row, sent)) is None
    return tuple(found.values())


def has_entry(register: bytes, entry: Mapping[str, str]) -> bool:
    """Whether the register has an entry of the same words for the same picture; its id may be another."""
    return any(
        all(row.get(name, "") == cell for name, cell in entry.items() if name != "id")
        for row in entries_in(register)
    )


def names_picture(register: bytes, path: str) -> bool:
    """Whether the register says who is in a picture."""
    return any(path.removeprefix(PATHS) in row.get("photos", "") for row in entries_in(register))


def is_of_nobody(row: Row, sent: Sent) -> bool:
    """Whether a line says that nobody can be recognised."""
    return grant_of_sent(row, sent).given == NOBODY


def typed(value: Value) -> str:
    """A value as it was typed; nothing where it is empty."""
    return value if isinstance(value, str) else ""
