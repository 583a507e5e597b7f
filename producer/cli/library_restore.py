"""`producer library show` and `restore`: what an object is, and its files."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import click

from producer.build.canonical import parsed
from producer.build.store import DamagedError
from producer.cli.progress import write_json
from producer.cli.project import shown
from producer.cli.settings import FAILED, Function, Settings, with_settings
from producer.cli.shelf import full_id, no_object, opened, short_id, told
from producer.cli.words import Words
from producer.diagnostics import Diagnostic, ProducerError, Span
from producer.library.ocfl import Archive, UnknownObjectError
from producer.library.ocfl_inventory import Inventory, Version
from producer.library.record import ASSET, HISTORY
from producer.library.restore import restore


class Wish(NamedTuple):
    """The options of `show` and `restore`."""

    id: str
    library: str | None
    version: str | None
    out: Path | None = None
    as_json: bool = False


def of_object(words: Words) -> Callable[[Function], Function]:
    """Add what commands on one object share: its id, the archive, the version, and whether in JSON."""
    shared = (
        click.argument("id", metavar=words("meta.id")),
        click.option("--library", metavar=words("meta.library"), help=words("option.library")),
        click.option("--version", metavar="vN", help=words("option.version")),
        click.option("--json", "as_json", is_flag=True, help=words("option.json")),
    )

    def add(function: Function) -> Function:
        for decorate in reversed(shared):
            function = decorate(function)
        return function

    return add


def show_command(words: Words, stages: str) -> click.Command:
    """Return `library show`."""

    @with_settings("show", words, stages)
    @of_object(words)
    def show(settings: Settings, **options: Any) -> int:  # noqa: ANN401 - click's
        return run_show(settings, Wish(**options))

    return show


def restore_command(words: Words, stages: str) -> click.Command:
    """Return `library restore`."""
    path = click.Path(path_type=Path, file_okay=False)

    @with_settings("restore", words, stages)
    @of_object(words)
    @click.option("-o", "--out", type=path, metavar=words("meta.dir"), help=words("option.into"))
    def restore(settings: Settings, **options: Any) -> int:  # noqa: ANN401 - click's
        return run_restore(settings, Wish(**options))

    return restore


def found(archive: Archive, name: str, version: str | None) -> tuple[Inventory, Version]:
    """Return an object, and the version that is meant.

    Raises:
        ProducerError: there is none of that id, or it has no such version.
    """
    try:
        inventory = archive.inventory(full_id(name))
    except UnknownObjectError as error:
        raise no_object(error, archive) from error
    try:
        return inventory, inventory.version(version or inventory.head)
    except KeyError as error:
        facts = {"version": str(version), "newest": inventory.head}
        raise ProducerError([Diagnostic("library/no-version", Span(name), facts)]) from error


def damaged(name: str, error: DamagedError) -> ProducerError:
    """Return the problem of a file that the archive no longer has as it was."""
    facts = {"id": short_id(name), "path": str(error)}
    return ProducerError([Diagnostic("library/damaged-file", Span(short_id(name)), facts)])


def run_show(settings: Settings, wish: Wish) -> int:
    """Print what an object is, its files and its history."""
    place, archive = opened(wish.library)
    with told(place):
        inventory, version = found(archive, wish.id, wish.version)
        try:
            with archive.open(inventory, ASSET, version) as file:
                asset = parsed(file.read())
            with archive.open(inventory, HISTORY, version) as file:
                history = [parsed(line) for line in file.read().splitlines()]
        except DamagedError as error:
            raise damaged(wish.id, error) from error
    if wish.as_json:
        told_asset = {**asset, "event_id": asset["event"], "event": "object"}
        write_json({**told_asset, "head": inventory.head, "history": history})
        return 0
    words = settings.words
    fields = ("title", "event", "day", "unit", "kind", "state")
    lines = [f"{words(f'asset.{name}'):<12} {asset[name]}" for name in fields if asset.get(name)]
    lines += ["", *(f"  {path}" for path in sorted(version.state)), ""]
    for event in history:
        said = words(f"event.{event['event']}")
        lines.append(f"{event['time']}  {event['version']:<4} {said}")
    sys.stdout.writelines(f"{line}\n" for line in (short_id(inventory.id), *lines))
    return 0


def run_restore(settings: Settings, wish: Wish) -> int:
    """Write the files of an object into a new folder."""
    folder = wish.out or Path(short_id(wish.id).replace("/", "-"))
    if folder.exists() and any(folder.iterdir()):
        facts = {"folder": folder.as_posix()}
        raise ProducerError([Diagnostic("cli/not-empty", Span(folder.as_posix()), facts)])
    place, archive = opened(wish.library)
    with told(place):
        inventory, version = found(archive, wish.id, wish.version)
        try:
            paths = restore(archive, inventory, version, folder)
        except DamagedError as error:
            settings.console.problems(damaged(wish.id, error).diagnostics)
            return FAILED
    if wish.as_json:
        write_json({"event": "restored", "id": inventory.id, "files": list(paths), "folder": shown(folder)})
    name = wish.version or inventory.head
    line = settings.words("library.restored", count=len(paths), version=name, folder=shown(folder))
    settings.console.line(settings.words("word.done"), line)
    return 0
