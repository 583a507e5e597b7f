"""What both registers say of a picture that was taken in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from producer.data.model import Row, Value
from producer.intake.model import Sent
from producer.intake.sheet import CREDIT, OF_PEOPLE
from producer.recipe.licence import MEMBER
from producer.rights.model import CONSENT, NOBODY
from producer.rights.read import PATHS

SENT = re.compile(
    r"^(\S+):\n(?:  .*\n)*?  origin: \"sent in as (.*), SHA-256 ([0-9a-f]{64})\"$", re.MULTILINE
)

ENTERED = re.compile(r"^[\"']?([^\s\"'#][^\"'\n]*?)[\"']?:(?=\s)", re.MULTILINE)


def licence_entry(path: str, sent: Sent, digest: str) -> str:
    """Return a picture's entry in the register of licences, with the name and digest that it came with."""
    nobody = all(row.values.get(CONSENT) == NOBODY for row in sent.rows)
    said = {
        "title": sent.cell("caption") or sent.name,
        "author": sent.cell(CREDIT),
        "licence": sent.cell("licence") or MEMBER,
        "origin": f"sent in as {' '.join(sent.name.split())}, SHA-256 {digest}",
        "changes": "turned upright, saved anew without metadata",
    }
    lines = [f"  {key}: {json.dumps(text, ensure_ascii=False)}" for key, text in said.items()]
    return "\n".join([f"\n{path}:", *lines, *(["  shows: nobody"] if nobody else []), ""])


def taken_before(register: str) -> Mapping[tuple[str, str], str]:
    """Return by name, its blanks as one, and digest of what was sent the path under which it was taken in."""
    return {(json.loads(f'"{name}"'), digest): path for path, name, digest in SENT.findall(register)}


def entered_paths(register: str) -> frozenset[str]:
    """Return the paths that have an entry in the register of licences, whether their pictures are there or not."""
    return frozenset(ENTERED.findall(register))


def consent_entries(path: str, sent: Sent) -> tuple[Mapping[str, str], ...]:
    """Return the entries of those whom a picture shows in the register of people."""
    return tuple(_entries(path, sent))


def _entries(path: str, sent: Sent) -> Iterator[Mapping[str, str]]:
    shown: list[Row] = [row for row in sent.rows if row.values.get(CONSENT) != NOBODY]
    for number, row in enumerate(shown, start=1):
        said = {name: cell(row.values.get(name)) for name in OF_PEOPLE}
        name = said["id"] or f"{PurePosixPath(path).stem}-{number}"
        yield {**said, "id": name, "photos": path.removeprefix(PATHS)}


def cell(value: Value) -> str:
    """A value as it was typed; nothing where it is empty."""
    return value if isinstance(value, str) else ""
