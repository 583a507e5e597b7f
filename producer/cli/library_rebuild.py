"""`producer library rebuild` and `export`: what can still be made of a record, and its way out."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import click

from producer.build.canonical import parsed
from producer.build.store import DamagedError
from producer.cli.library_restore import Wish, damaged, found, of_object
from producer.cli.progress import write_json
from producer.cli.project import ZONE, shown
from producer.cli.settings import FAILED, Settings, with_settings
from producer.cli.shelf import opened, short_id, told
from producer.cli.words import Words
from producer.diagnostics import Diagnostic, ProducerError, Span, number
from producer.library.bag import write_bag
from producer.library.difference import worst_squares
from producer.library.ocfl import Archive
from producer.library.ocfl_inventory import Inventory, Version
from producer.library.rebuild import Rebuilt, Remade, rebuild
from producer.library.record import ASSET
from producer.library.thaw import FormError


class Bag(NamedTuple):
    """The options of `export`."""

    folder: Path
    ids: tuple[str, ...]
    library: str | None
    event: str | None
    year: int | None
    as_json: bool


def rebuild_command(words: Words, stages: str) -> click.Command:
    """Return `library rebuild`."""

    @with_settings("rebuild", words, stages)
    @of_object(words)
    def again(settings: Settings, **options: Any) -> int:  # noqa: ANN401 - click's
        return run_rebuild(settings, Wish(**options))

    return again


def export_command(words: Words, stages: str) -> click.Command:
    """Return `library export`."""
    path = click.Path(path_type=Path, file_okay=False)

    @with_settings("export", words, stages)
    @click.argument("folder", metavar=words("meta.dir"), type=path)
    @click.argument("ids", nargs=-1, metavar=f"[{words('meta.id')}…]")
    @click.option("--library", metavar=words("meta.library"), help=words("option.library"))
    @click.option("--event", metavar=words("meta.id"), help=words("option.event"))
    @click.option("--year", type=int, metavar="2025", help=words("option.year"))
    @click.option("--json", "as_json", is_flag=True, help=words("option.json"))
    def export(settings: Settings, **options: Any) -> int:  # noqa: ANN401 - click's
        return run_export(settings, Bag(**options))

    return export


def run_rebuild(settings: Settings, wish: Wish) -> int:
    """Make every product of an object again in a folder that passes, and tell how each came out."""
    place, archive = opened(wish.library)
    bad = False
    with told(place), tempfile.TemporaryDirectory(prefix="producer-") as folder:
        inventory, version = found(archive, wish.id, wish.version)
        try:
            for rebuilt in rebuild(archive, inventory, version, Path(folder), settings.stages):
                bad |= tell(rebuilt, archive, (inventory, version), settings, as_json=wish.as_json)
        except DamagedError as error:
            raise damaged(wish.id, error) from error
        except FormError as error:
            facts = {"id": short_id(wish.id), "reason": str(error)}
            raise ProducerError([Diagnostic("library/other-form", Span(wish.id), facts)]) from error
    return FAILED if bad else 0


def tell(
    rebuilt: Rebuilt, archive: Archive, of: tuple[Inventory, Version], settings: Settings, *, as_json: bool
) -> bool:
    """Tell how a product came out, and return whether something is wrong with it.

    Other bytes from another engine are no fault, while all facts are said; from the same engine they are one.
    """
    words, console = settings.words, settings.console
    console.problems(rebuilt.problems)
    if rebuilt.fault:
        console.write(rebuilt.fault)
    compared = [(one, _apart(one, archive, of)) for one in rebuilt.files]
    if as_json:
        write_json(_json(rebuilt, compared))
    if not rebuilt.files:
        console.line(words("word.failed"), rebuilt.job, "red")
        return True
    for one, apart in compared:
        worst = [
            words("rebuild.page") if page is None else number(round(page, 2), words.language)
            for page in apart
        ]
        line = f"{one.file}  ΔE {' · '.join(worst)}" if worst else one.file
        word = "same" if one.same else "changed"
        console.line(words(f"rebuild.{word}"), line, "green" if one.same else "yellow")
    for name, text in rebuilt.unsaid:
        console.line(words("rebuild.unsaid"), f"{name}: {text}", "red")
    differs = any(not one.same for one in rebuilt.files)
    if differs and not rebuilt.same_engine:
        console.line("", words("rebuild.engine"))
    return bool(rebuilt.unsaid) or (differs and rebuilt.same_engine)


def _apart(one: Remade, archive: Archive, of: tuple[Inventory, Version]) -> tuple[float | None, ...]:
    """The worst square of each page of a file that is not the same any more."""
    if one.same or not one.after:
        return ()
    with archive.open(of[0], one.file, of[1]) as file:
        return worst_squares(file.read(), one.place.read_bytes(), one.media_type)


def _json(rebuilt: Rebuilt, compared: list[tuple[Remade, tuple[float | None, ...]]]) -> dict[str, Any]:
    files = [
        {"file": one.file, "same": one.same, "sha256": one.after, "worst": list(apart)}
        for one, apart in compared
    ]
    return {
        "event": "rebuilt",
        "job": rebuilt.job,
        "same_engine": rebuilt.same_engine,
        "files": files,
        "unsaid": [list(fact) for fact in rebuilt.unsaid],
    }


def run_export(settings: Settings, bag: Bag) -> int:
    """Write one bag of the objects that are named, or of an event, or of a year."""
    if bag.folder.exists():
        facts = {"folder": bag.folder.as_posix()}
        raise ProducerError([Diagnostic("cli/not-empty", Span(bag.folder.as_posix()), facts)])
    place, archive = opened(bag.library)
    with told(place):
        inventories = chosen(archive, bag)
        try:
            count = write_bag(archive, inventories, bag.folder, datetime.now(ZONE).date())
        except DamagedError as error:
            raise damaged(bag.folder.name, error) from error
    if bag.as_json:
        ids = [inventory.id for inventory in inventories]
        write_json({"event": "bag", "folder": shown(bag.folder), "files": count, "objects": ids})
    words = settings.words
    line = words("library.bag", objects=len(inventories), files=count, folder=shown(bag.folder))
    settings.console.line(words("word.done"), line)
    return 0


def chosen(archive: Archive, bag: Bag) -> list[Inventory]:
    """Return the objects that a bag shall hold, by id.

    Raises:
        ProducerError: there are none.
    """
    if bag.ids:
        return [found(archive, name, None)[0] for name in bag.ids]
    every = (archive.inventory_at(folder) for folder in archive.objects())
    kept = [one for one in every if one is not None and _is_meant(archive, one, bag)]
    if not kept:
        raise ProducerError([Diagnostic("library/nothing-matches", Span(bag.folder.as_posix()))])
    return sorted(kept, key=lambda inventory: inventory.id)


def _is_meant(archive: Archive, inventory: Inventory, bag: Bag) -> bool:
    if bag.event is None and bag.year is None:
        return True
    with archive.open(inventory, ASSET) as file:
        asset = parsed(file.read())
    return bag.event in (None, asset["event"]) and bag.year in (None, asset["year"])
