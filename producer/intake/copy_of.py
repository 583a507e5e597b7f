"""Copies of one picture: whoever a line of any of them names is in all of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from producer.intake.alike import fingerprint, is_near
from producer.intake.clean import opened
from producer.intake.model import Sent
from producer.photo import PictureError

HEAVIEST = 200_000_000  # bytes that are read: more is no photograph


def pooled(folder: Path, sent: Sequence[Sent]) -> Iterator[Sent]:
    """Yield what was sent, each picture with the lines of all its copies: those of its own bytes, and of its look.

    Pictures that look alike and are both to be kept are two.
    """
    digests: dict[str, list[Sent]] = {}
    firsts: list[tuple[int | None, str, Sent]] = []  # of each digest: its look and its first file
    of: dict[str, str] = {}
    for one in sent:
        place = folder / one.name
        if place.is_symlink() or not place.is_file() or place.stat().st_size > HEAVIEST:
            continue
        data = place.read_bytes()
        digest = of[one.name] = digest_of(data)
        if digest not in digests:
            firsts.append((look_of(data), digest, one))
        digests.setdefault(digest, []).append(one)
    copies = {digest: [*same] for digest, same in digests.items()}
    for at, (look, digest, one) in enumerate(firsts):
        for other, its, another in firsts[:at]:
            if is_near(look, other) and "yes" not in (one.cell("keep"), another.cell("keep")):
                copies[digest] += digests[its]
                copies[its] += digests[digest]
    for one in sent:
        rows = (row for copy in copies.get(of.get(one.name, ""), ()) for row in copy.rows)
        yield replace(one, rows=(*one.rows, *(row for row in rows if row not in one.rows)))


def look_of(data: bytes) -> int | None:
    """The fingerprint of a file; nothing where it is no picture."""
    try:
        return fingerprint(opened(data))
    except PictureError:
        return None


def digest_of(data: bytes) -> str:
    """The SHA-256 of a file, in hex."""
    return hashlib.sha256(data).hexdigest()
