"""`producer consent withdraw`: record that somebody has withdrawn, and list every product that shows them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

import click

from producer.build.copies import Copies, copies_of
from producer.build.withdraw import PLACE, Affected, Person, affected, ids_of, person_of, record
from producer.build.worker import stages_named
from producer.cli import Group
from producer.cli.day import Day
from producer.cli.progress import write_json
from producer.cli.project import OUT, ZONE, find, project_here, recipes_of, shown
from producer.cli.settings import Settings, common, with_settings
from producer.cli.words import Words
from producer.diagnostics import Diagnostic, ProducerError, Span
from producer.pipeline import Road, prepare
from producer.world import FolderWorld


class Wish(NamedTuple):
    """The options of `consent withdraw`."""

    id: str
    recipes: tuple[Path, ...]
    out: Path | None
    day: date | None
    dry_run: bool
    as_json: bool


def command(words: Words, stages: str) -> click.Command:
    """Return the command in the reader's language."""
    path, recipe = click.Path(path_type=Path), words("meta.recipe")

    @with_settings("withdraw", words, stages)
    @click.argument("id", metavar=words("meta.id"))
    @click.option("--recipe", "recipes", multiple=True, type=path, metavar=recipe, help=words("option.among"))
    @click.option("-o", "--out", type=path, metavar=words("meta.dir"), help=words("option.out"))
    @click.option(
        "--date",
        "day",
        type=Day(words),
        metavar="2025-07-01",
        help=words("option.withdrawn"),
    )
    @click.option("--dry-run", is_flag=True, help=words("option.dry_run"))
    @click.option("--json", "as_json", is_flag=True, help=words("option.json"))
    def withdraw(settings: Settings, **options: Any) -> int:  # noqa: ANN401 - click's
        return run_withdraw(settings, Wish(**options))

    return Group("consent", [withdraw], common(words), words)


def run_withdraw(settings: Settings, wish: Wish) -> int:
    """List what shows the person, then record the withdrawal; a recipe that cannot be read is told."""
    places = [find(recipe) for recipe in wish.recipes]
    root = places[0].root if places else project_here()
    world, stages = FolderWorld(root), stages_named(settings.stages)
    settings.console.world = world
    roads, code = [], 0
    for place in places or recipes_of(root):
        try:
            roads.append(prepare(place.recipe, world, stages))
        except ProducerError as error:
            code = max(code, settings.console.problems(error.diagnostics))
    person = person_of(wish.id, roads)
    if not person.ids:
        raise ProducerError([no_person(wish.id, roads)])
    out = wish.out or root / OUT
    found = affected(person, roads, stages, out)
    copies = copies_of(person, found, roads, root, out)
    if not wish.dry_run:
        record(person, wish.day or datetime.now(ZONE).date(), root)
        copies.remove()
    tell(found, out, settings, wish)
    tell_copies(copies, settings, wish)
    summary(found, copies, person, settings, wish)
    return code


def no_person(name: str, roads: list[Road]) -> Diagnostic:
    """The problem of an id that nobody has."""
    near = get_close_matches(name, sorted(ids_of(roads)), n=1, cutoff=0.5)
    return Diagnostic("cli/no-person", Span(PLACE), {"id": name, "nearest": near[0] if near else ""})


def tell(found: Sequence[Affected], out: Path, settings: Settings, wish: Wish) -> None:
    """Tell every product with how it shows the person, and what to do."""
    words = settings.words
    for one in found:
        paths = [shown(out / one.recipe / path) for path in one.paths]
        if wish.as_json:
            write_json(
                {
                    "event": "affected",
                    "recipe": one.recipe,
                    "job": one.job,
                    "shows": [how.value for how in one.shows],
                    "action": "remove" if one.goes else "review",
                    "paths": paths,
                }
            )
            continue
        ways = ", ".join(words(f"shows.{how.value}") for how in one.shows)
        sys.stdout.write(f"{one.recipe}/{one.job}  ({ways})\n")
        sys.stdout.writelines(f"    {path}\n" for path in paths)


def tell_copies(copies: Copies, settings: Settings, wish: Wish) -> None:
    """Tell each earlier file that shows the person; the store's contents are told by their number."""
    words = settings.words
    ways = (("remove", copies.old), ("review", copies.by_hand))
    for action, place in ((action, place) for action, places in ways for place in places):
        if wish.as_json:
            write_json({"event": "copy", "path": shown(place), "action": action})
        else:
            sys.stdout.write(f"{shown(place)}  ({words(f'copy.{action}')})\n")


def summary(
    found: Sequence[Affected], copies: Copies, person: Person, settings: Settings, wish: Wish
) -> None:
    """Tell how much shows the person, what was done, and what is left to do."""
    words, console = settings.words, settings.console
    files = sum(len(one.paths) for one in found)
    kept = {"store": len(copies.contents), "old": len(copies.old), "by_hand": len(copies.by_hand)}
    if wish.as_json:
        recorded = not wish.dry_run
        write_json({"event": "summary", "affected": len(found), "files": files, **kept, "recorded": recorded})
    console.line(words("word.done"), words("consent.affected", id=person.id, count=len(found), files=files))
    if any(kept.values()):
        told = "consent.copies_dry" if wish.dry_run else "consent.copies"
        console.line("", words(told, store=kept["store"], old=kept["old"]))
    if copies.by_hand:
        console.line("", words("consent.by_hand", count=kept["by_hand"]), "yellow")
    if any(not one.goes for one in found):
        console.line("", words("consent.review"), "yellow")
    console.line("", words("consent.dry" if wish.dry_run else "consent.recorded", path=PLACE))
