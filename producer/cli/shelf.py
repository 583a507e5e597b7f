"""Which archive a command means, and what is said where it cannot be used."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path

from producer.cli.project import project_here, root_of, shown
from producer.diagnostics import Diagnostic, ProducerError, Span
from producer.library.archive import lost_where_it_fails
from producer.library.local import LocalStore
from producer.library.ocfl import Archive, DamagedObjectError, NoArchiveError, UnknownObjectError
from producer.library.record import SCHEME
from producer.library.store import ChangedError, Store, ThereAlreadyError
from producer.pipeline import library_of
from producer.world import FolderWorld

S3 = "s3://"
USUAL = "library"  # the archive's folder in a working folder


def place_of(said: str | None, root: Path | None, brand: str | None = None) -> str:
    """Return where the archive is: as the command line says, else the brand, else in the working folder.

    ``brand`` is what the brand says, where somebody has read it.

    Raises:
        ProducerError: nobody says, and we stand in no working folder.
    """
    if said:
        return said
    root = root or root_of(Path()) or project_here()
    named = library_of(FolderWorld(root)) if brand is None else brand
    return named if named.startswith(S3) else str(root / (named or USUAL))


def archive_at(place: str) -> Archive:
    """Return the archive at a place."""
    return Archive(store_at(place))


def store_at(place: str) -> Store:
    """Return what keeps the files of an archive.

    Raises:
        ProducerError: it is a bucket, and the package for buckets is not installed.
    """
    if not place.startswith(S3):
        return LocalStore(Path(place))
    try:
        import boto3  # noqa: F401 - only to know whether it is there
    except ImportError as error:
        raise ProducerError([Diagnostic("library/no-boto3", Span(place))]) from error
    from producer.library.bucket import S3Store

    return S3Store(place)


@contextmanager
def told(place: str) -> Iterator[None]:
    """Tell what keeps us from using an archive as a problem that somebody can mend."""
    try:
        with lost_where_it_fails():
            yield
    except NoArchiveError as error:
        raise ProducerError(
            [Diagnostic("library/not-ours", _at(place), {"path": str(_at(place))})]
        ) from error
    except (ChangedError, ThereAlreadyError) as error:
        facts = {"path": str(error)}
        raise ProducerError([Diagnostic("library/other-writer", _at(place), facts)]) from error
    except DamagedObjectError as error:
        facts = {"folder": str(error)}
        raise ProducerError([Diagnostic("library/damaged-object", _at(place), facts)]) from error


def _at(place: str) -> Span:
    return Span(place if "://" in place else shown(Path(place)))


def opened(said: str | None) -> tuple[str, Archive]:
    """Return the archive that a command on it means, with its place; to be used inside :func:`told`.

    Raises:
        ProducerError: there is none.
    """
    place = place_of(said, None)
    archive = archive_at(place)
    if not archive.exists():
        raise ProducerError([Diagnostic("library/none", _at(place), {"path": str(_at(place))})])
    return place, archive


def full_id(name: str) -> str:
    """Return the id of an object of which people may leave out what all begin with."""
    return name if name.startswith(SCHEME) else f"{SCHEME}{name}"


def short_id(name: str) -> str:
    """Return an id as people type it."""
    return name.removeprefix(SCHEME)


def no_object(error: UnknownObjectError, archive: Archive) -> ProducerError:
    """Return the problem of an id that no object has."""
    name = str(error.args[0])
    found = (archive.inventory_at(folder) for folder in archive.objects())
    known = [inventory.id for inventory in found if inventory is not None]
    near = get_close_matches(name, known, n=1, cutoff=0.6)
    facts = {"id": short_id(name), "nearest": short_id(near[0]) if near else ""}
    return ProducerError([Diagnostic("library/no-object", Span(short_id(name)), facts)])
