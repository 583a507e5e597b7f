"""`producer library search` and `reindex`: the catalogue."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

import click

from producer.build.store import DamagedError
from producer.cli.progress import write_json
from producer.cli.settings import FAILED, Settings, with_settings
from producer.cli.shelf import opened, short_id, told
from producer.cli.words import Words
from producer.diagnostics import Diagnostic, Scope, Span
from producer.library.catalogue import NoCatalogueError, build, update
from producer.library.catalogue import opened as opened_catalogue
from producer.library.entry import Entry, entry_of
from producer.library.ocfl import Archive, DamagedObjectError
from producer.library.search import Hit, Query, Twins, duplicates, search

T = TypeVar("T")
FILTERS = ("kind", "unit", "event", "theme", "channel", "rights", "state")


def search_command(words: Words, stages: str) -> click.Command:
    """Return `library search`."""

    @with_settings("search", words, stages)
    @click.argument("asked", nargs=-1, metavar=f"[{words('meta.words')}…]")
    @click.option("--library", metavar=words("meta.library"), help=words("option.library"))
    @filters(words)
    @click.option("--year", type=int, metavar="2025", help=words("option.year"))
    @click.option("--ranked", is_flag=True, help=words("option.ranked"))
    @click.option("--limit", type=click.IntRange(1), default=20, metavar="20", help=words("option.limit"))
    @click.option("--duplicates", "twins", is_flag=True, help=words("option.duplicates"))
    @click.option("--json", "as_json", is_flag=True, help=words("option.json"))
    def run(settings: Settings, library: str | None, **options: Any) -> int:  # noqa: ANN401 - click's
        return run_search(settings, library, **options)

    return run


def filters(words: Words) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Add an option for each thing that a search may ask of an object."""

    def add(function: Callable[..., int]) -> Callable[..., int]:
        for name in reversed(FILTERS):
            option = click.option(f"--{name}", metavar=words("meta.words"), help=words(f"option.{name}"))
            function = option(function)
        return function

    return add


def reindex_command(words: Words, stages: str) -> click.Command:
    """Return `library reindex`."""

    @with_settings("reindex", words, stages)
    @click.option("--library", metavar=words("meta.library"), help=words("option.library"))
    def reindex(settings: Settings, library: str | None) -> int:
        place, archive = opened(library)
        with told(place):
            return anew(place, archive, settings)

    return reindex


def catalogue_of(place: str) -> Path:
    """Return where the catalogue of an archive is: in this machine's own folder of what may be thrown away."""
    kept = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or str(Path.home() / ".cache")
    name = place if "://" in place else str(Path(place).resolve())
    return Path(kept) / "producer" / f"catalogue-{sha256(name.encode()).hexdigest()[:16]}.sqlite"


def anew(place: str, archive: Archive, settings: Settings) -> int:
    """Make the catalogue anew, and return the exit code: 1 where an object could not be read, and is left out."""
    lost: list[Diagnostic] = []
    count = build(catalogue_of(place), entries(archive, lost))
    settings.console.problems(lost)
    words = settings.words
    settings.console.line(words("word.done"), words("library.indexed", count=count))
    return FAILED if lost else 0


def entries(archive: Archive, lost: list[Diagnostic]) -> Iterator[Entry]:
    """Yield the line of every object; one that cannot be read is noted among the ``lost``."""
    for folder in archive.objects():
        try:
            inventory = archive.inventory_at(folder)
            if inventory is not None:
                yield entry_of(archive, inventory)
        except (DamagedObjectError, DamagedError, ValueError):
            facts = {"folder": folder}
            lost.append(Diagnostic("library/unread", Span(folder), facts, scope=Scope.ROW))


def note(place: str, archive: Archive, ids: Iterable[str]) -> None:
    """Lay what was just archived over the catalogue, where there is one; the next search makes one where not."""
    try:
        update(catalogue_of(place), (entry_of(archive, archive.inventory(name)) for name in ids))
    except NoCatalogueError:
        catalogue_of(place).unlink(missing_ok=True)


def run_search(
    settings: Settings,
    library: str | None,
    asked: tuple[str, ...],
    *,
    twins: bool,
    as_json: bool,
    **asked_of: Any,  # noqa: ANN401 - the other fields of a query
) -> int:
    """Print what matches, one object a line."""
    place, archive = opened(library)
    query = Query(" ".join(asked), **asked_of)
    with told(place):
        if twins:
            several = looked_up(place, archive, settings, duplicates)
            for one in several:
                tell_twins(one, settings, as_json=as_json)
            count = len(several)
        else:
            hits = looked_up(place, archive, settings, lambda connection: search(connection, query))
            for hit in hits:
                tell_hit(hit, settings, as_json=as_json)
            count = len(hits)
    if as_json:
        write_json({"event": "summary", "found": count})
    elif not count:
        settings.console.line("", settings.words("library.nothing"))
    return 0


def looked_up(place: str, archive: Archive, settings: Settings, look: Callable[[sqlite3.Connection], T]) -> T:
    """Look into the catalogue; one that is missing or torn is made anew first."""
    try:
        with opened_catalogue(catalogue_of(place)) as connection:
            return look(connection)
    except NoCatalogueError:
        anew(place, archive, settings)
    with opened_catalogue(catalogue_of(place)) as connection:
        return look(connection)


def tell_hit(hit: Hit, settings: Settings, *, as_json: bool) -> None:
    """Print an object that was found."""
    if as_json:
        write_json({"event": "object", **hit._asdict()})
        return
    state = settings.words(f"object.{hit.state}")
    sys.stdout.write(f"{hit.day}  {short_id(hit.id)}  {hit.title}  ({state})\n")


def tell_twins(twins: Twins, settings: Settings, *, as_json: bool) -> None:
    """Print objects that have something in common."""
    if as_json:
        write_json({"event": "twins", "what": twins.what, "digest": twins.digest, "ids": list(twins.ids)})
        return
    sys.stdout.write(f"{settings.words(f'twins.{twins.what}')} {twins.digest[:12]}\n")
    sys.stdout.writelines(f"    {short_id(name)}\n" for name in twins.ids)
