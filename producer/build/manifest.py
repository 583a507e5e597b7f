"""`manifest.json` of a recipe: every file with its digest, what it says and what it was made from."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from sys import intern
from typing import Any

from producer.build.canonical import parsed
from producer.build.lost import StoreLostError
from producer.build.output import path_of
from producer.build.receipt import Blob, Receipt
from producer.build.store import write_whole
from producer.pipeline import Road
from producer.plan.model import Job
from producer.world import confined

NAME = "manifest.json"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Listed:
    """A file that the manifest knows: its job, its place from the manifest's folder, its digest."""

    job: str
    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files of a recipe as they lie in its folder of the output."""

    entries: tuple[dict[str, Any], ...] = ()
    refused: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # job → codes of what it lacks

    @property
    def listed(self) -> tuple[Listed, ...]:
        """What stands in it, in its order."""
        return tuple(Listed(entry["job"], entry["path"], entry["sha256"]) for entry in self.entries)

    def without(self, jobs: Iterable[str]) -> Manifest:
        """The same without some jobs."""
        gone = set(jobs)
        refused = {job: codes for job, codes in self.refused.items() if job not in gone}
        return Manifest(tuple(entry for entry in self.entries if entry["job"] not in gone), refused)

    def with_files(self, entries: Iterable[dict[str, Any]]) -> Manifest:
        """The same with more files, sorted, so that a build in parts ends like a build at once."""
        found = (*self.entries, *entries)
        files = tuple(sorted(found, key=lambda entry: (entry["job"], entry["path"])))
        return Manifest(files, self.refused)

    def with_refused(self, refused: Mapping[str, tuple[str, ...]]) -> Manifest:
        """The same with jobs that were not made because somebody does not agree."""
        return Manifest(self.entries, dict(sorted({**self.refused, **refused}.items())))


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of a recipe's folder; an empty one where it is missing or damaged."""
    try:
        read = parsed((folder / NAME).read_bytes())
        refused = {str(job): tuple(map(str, codes)) for job, codes in read.get("refused", {}).items()}
        manifest = Manifest(tuple(read["files"]), refused)
        known = read["version"] == VERSION and all(map(_is_ours, manifest.listed))
        return manifest if known else Manifest()
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Manifest()


def _is_ours(listed: Listed) -> bool:
    """Whether an entry is as we write them; raises where it names a path outside."""
    words = (listed.job, listed.path, listed.sha256)
    return all(isinstance(word, str) for word in words) and bool(confined(listed.path))


def recipe_of(folder: Path) -> str:
    """Return the recipe whose files the manifest in ``folder`` lists; empty where nobody knows."""
    try:
        return str(confined(parsed((folder / NAME).read_bytes())["recipe"]))
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def entries_of(job: Job, receipt: Receipt, road: Road, standing: str = "") -> tuple[dict[str, Any], ...]:
    """Return what the manifest says of a job's files; nothing depends on where or when they were made.

    ``standing`` says how far the product has come, where somebody must approve it.

    Entries are kept until the build ends: names and digests that many of them share are held once.
    """
    template = {"path": job.template.path, "sha256": job.template.digest}
    made_from = {
        "recipe": road.project.recipe.path,
        "template": template,
        "row": {"file": job.row.file, "id": job.row.id} if job.row else None,
        "data": sorted({row.file for row in job.rows.rows}),
        "files": {
            intern(path): intern(sha256)
            for path, sha256 in sorted({**receipt.files, **receipt.reads}.items())
        },
    }
    return tuple(
        {
            "path": path_of(job, blob.suffix),
            "job": job.id,
            "key": receipt.key,
            "sha256": blob.sha256,
            "bytes": blob.size,
            "media_type": blob.media_type,
            "size": list(blob.picture.size if blob.picture else receipt.size),
            **_picture(blob),
            **_alt(blob, receipt),
            "pages": receipt.pages,
            "facts": [{"field": intern(field), "text": words} for field, words in receipt.facts],
            "accepted": list(_accepted(receipt)),
            **({"state": standing} if standing else {}),
            "inputs": made_from,
        }
        for blob in receipt.blobs
    )


def _accepted(receipt: Receipt) -> Iterator[dict[str, str]]:
    """Yield what somebody answers for in writing, though a check said otherwise."""
    for told in (warned.problem for warned in receipt.warnings):
        if "accepted" in told.facts:
            row, field, reason = (str(told.facts.get(name, "")) for name in ("row", "field", "accepted"))
            yield {"check": told.code, "row": row, "field": field, "reason": reason}


def _picture(blob: Blob) -> dict[str, Any]:
    """What a picture was found to be; files of other kinds have no such thing."""
    found = blob.picture
    return {"mode": found.mode, "profile": found.profile, "dpi": found.dpi} if found else {}


def _alt(blob: Blob, receipt: Receipt) -> dict[str, str]:
    """What a picture shows; the second page and those after it are beside the first, ``-02.png``.

    A slice is a part of its page, and has the page's words.
    """
    if blob.picture is None or not receipt.alts:
        return {}
    number = blob.suffix.removeprefix("-").partition(".")[0]
    page = int(number) - 1 if number.isdigit() else 0
    return {"alt": receipt.alts[min(page, len(receipt.alts) - 1)]}


def refuse_folder(folder: Path) -> None:
    """Raise where a folder stands in the manifest's place: what is in it may be somebody's own work.

    Raises:
        StoreLostError: so it is.
    """
    place = folder / NAME
    if place.is_dir():
        raise StoreLostError(os.strerror(errno.EISDIR), str(place), errno.EISDIR)


def write_manifest(folder: Path, recipe: str, engine: str, manifest: Manifest) -> None:
    """Write the manifest; the same one stays untouched."""
    files, refused = list(manifest.entries), {job: list(codes) for job, codes in manifest.refused.items()}
    read = {"version": VERSION, "recipe": recipe, "engine": engine, "files": files, "refused": refused}
    data = (json.dumps(read, ensure_ascii=False, indent=1) + "\n").encode()
    place = folder / NAME
    try:
        if not place.exists() or place.read_bytes() != data:
            write_whole(place, data)
    except OSError as error:
        raise StoreLostError.of(error) from error
