"""Copies of products that no manifest lists: earlier files that were kept aside, and contents of the store."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from producer.build.lost import StoreLostError
from producer.build.output import BY_HAND, FIRST, OLD, leave
from producer.build.receipt import Receipt
from producer.build.store import DamagedError, Store
from producer.build.withdraw import Affected, Person, is_made_from
from producer.pipeline import Road
from producer.plan.model import Job

TEXT = "text/"  # how the media types of files that are words begin


@dataclass(frozen=True, slots=True)
class Copies:
    """What shows somebody beside the products that are listed."""

    receipts: tuple[Path, ...] = ()  # of the store
    contents: tuple[Path, ...] = ()  # of the store
    old: tuple[Path, ...] = ()  # earlier files, byte for byte as they were made
    by_hand: tuple[Path, ...] = ()  # files of such products that somebody altered: theirs to remove

    def remove(self) -> None:
        """Remove all that was made by a build; nothing is lost that another build does not make again.

        Raises:
            StoreLostError: a file cannot be removed.
        """
        try:
            for place in (*self.receipts, *self.contents, *self.old):
                place.unlink(missing_ok=True)
            for folder in sorted({folder for place in self.old for folder in below_old(place)}, reverse=True):
                leave(folder)
        except OSError as error:
            raise StoreLostError.of(error) from error


def copies_of(
    person: Person, found: Collection[Affected], roads: Collection[Road], root: Path, out: Path
) -> Copies:
    """Return the copies that show a person: of products that go, and whatever else says their name or has them in it.

    Raises:
        StoreLostError: store or output cannot be read.
    """
    made = [job for road in roads for job in road.plan.jobs if is_made_from(job, person, road)]
    going = [one for one in found if one.goes]
    jobs = {job.id for job in made} | {one.job for one in going}
    stems = {stem_of(job) for job in made} | {stem(path) for one in going for path in one.paths}
    store = Store(root)
    try:
        kept = [
            (place, receipt) for place, receipt in store.receipts() if shows(receipt, person, jobs, store)
        ]
        digests = {blob.sha256 for _, receipt in kept for blob in receipt.blobs}
        aside = [(place, relative) for place, relative in kept_aside(out)]
        old = tuple(place for place, _ in aside if digest_of(place) in digests)
        theirs = tuple(
            place for place, path in aside if place not in old and path.startswith(tuple(sorted(stems)))
        )
    except OSError as error:
        raise StoreLostError.of(error) from error
    contents = (store.place("cas", digest) for digest in sorted(digests))
    return Copies(
        tuple(place for place, _ in kept), tuple(place for place in contents if place.is_file()), old, theirs
    )


def shows(receipt: Receipt, person: Person, jobs: Collection[str], store: Store) -> bool:
    """Whether the files of a receipt are of one of ``jobs``, have a person's picture or say their name."""
    if receipt.job in jobs or set(receipt.files) & person.pictures:
        return True
    texts = (*(text for _, text in receipt.facts), *receipt.alts, *texts_of(receipt, store))
    return not person.shared and person.is_said(texts, receipt.job)


def texts_of(receipt: Receipt, store: Store) -> Iterator[str]:
    """Yield the files of a receipt that are words: posts, subtitles."""
    for blob in receipt.blobs:
        if blob.media_type.startswith(TEXT):
            with suppress(DamagedError):
                yield store.read(blob.sha256).decode("utf-8", "replace")


def kept_aside(out: Path) -> Iterator[tuple[Path, str]]:
    """Yield the files of all recipes that lie beside the listed ones, and where they lay in their recipe's folder."""
    for folder in sorted(place for place in out.glob("*") if place.is_dir()):
        for place in sorted(folder.rglob("*")):
            path = place.relative_to(folder).as_posix()
            if place.is_file() and (path.startswith(f"{OLD}/") or BY_HAND in place.name):
                yield place, path.removeprefix(f"{OLD}/")


def below_old(place: Path) -> Iterator[Path]:
    """Yield the folders of an earlier file up to that of all earlier files."""
    for folder in place.parents:
        yield folder
        if folder.name == OLD:
            return


def stem_of(job: Job) -> str:
    """How the paths of a job's files begin."""
    return job.path.removesuffix(f".{job.format}").removesuffix(FIRST)


def stem(path: str) -> str:
    """How the paths of the files beside a listed one begin."""
    return path.rpartition(".")[0].removesuffix(FIRST)


def digest_of(place: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with place.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
