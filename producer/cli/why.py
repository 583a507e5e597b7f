"""`producer why`: what changed since an item was last made."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

import click

from producer.build.batch import Batch, Choice, Item, State
from producer.build.canonical import plain
from producer.build.history import read_history
from producer.build.key import inputs_of
from producer.build.output import path_of
from producer.cli.cause import causes
from producer.cli.project import Place, find, look, project_here, recipes_of
from producer.cli.report import label
from producer.cli.settings import Settings, with_settings
from producer.cli.words import Words
from producer.diagnostics import Diagnostic, ProducerError, Span


def command(words: Words, stages: str) -> click.Command:
    """Return the command in the reader's language."""
    path, recipe_help = click.Path(path_type=Path), words("option.recipe")

    @with_settings("why", words, stages)
    @click.argument("item", metavar=words("meta.item"))
    @click.option("--recipe", type=path, metavar=words("meta.recipe"), help=recipe_help)
    @click.option("-o", "--out", type=path, metavar=words("meta.dir"), help=words("option.out"))
    def why(settings: Settings, item: str, recipe: Path | None, out: Path | None) -> int:
        return run_why(settings, item, recipe, out)

    return why


def run_why(settings: Settings, name: str, recipe: Path | None, out: Path | None) -> int:
    """Find the item, by its id or its file, or all items of a row, and tell their state and reasons.

    Raises:
        ProducerError: there is no such item; or there may be, in a recipe that cannot be read.
    """
    names: list[str] = []
    unread: list[Diagnostic] = []
    for place in [find(recipe)] if recipe else likely_first(name):
        try:
            batch = look(place, out, Choice(), settings, told=False)
        except ProducerError as error:
            unread += error.diagnostics
            continue
        found = [item for item in batch.items if name in names_of(batch, item) or is_file(name, batch, item)]
        for item in found:
            tell(batch, item, settings)
        if found:
            return 0
        names += [item.job.id for item in batch.items]
    raise ProducerError([*unread, Diagnostic("cli/no-item", Span(name), _nearest(name, names))])


def _nearest(name: str, names: list[str]) -> dict[str, str | int]:
    """The item that is meant most likely: one that has the name within it, or that resembles it."""
    near = [known for known in names if name.casefold() in known.casefold()]
    near = near or get_close_matches(name, names, n=1, cutoff=0.5)
    return {"item": name, "nearest": near[0] if near else ""}


def likely_first(name: str) -> list[Place]:
    """Return the recipes of the project we stand in, those first that made such an item before.

    Raises:
        ProducerError: we stand in no project.
    """

    def unlikely(place: Place) -> bool:
        recipe = Path(place.recipe).parent.name
        jobs = read_history(place.root, recipe).jobs
        return f"{recipe}/" not in name and not any(job in name or name in job for job in jobs)

    return sorted(recipes_of(project_here()), key=unlikely)


def names_of(batch: Batch, item: Item) -> Iterator[str]:
    """Yield what people may call an item: its id, with its recipe and with its ending; and its row's id."""
    job = item.job
    if job.row is not None:
        yield job.row.id
    for name in (job.id, f"{job.id}.{job.format}"):
        yield name
        yield f"{batch.recipe}/{name}"


def is_file(name: str, batch: Batch, item: Item) -> bool:
    """Whether ``name`` is the path of an item's file."""
    return Path(name).resolve() == (batch.folder / path_of(item.job)).resolve()


def tell(batch: Batch, item: Item, settings: Settings) -> None:
    """Write the state of an item, its reasons, and with -v everything that it is made from."""
    words = settings.words
    settings.console.problems(item.problems)
    state = words("why.current" if item.state is State.CURRENT else f"state.{item.state.value}")
    lines = [f"{item.job.id}: {state}", *(f"  {line}" for line in causes(item.reasons, words))]
    if settings.verbose and item.key:
        inputs = inputs_of(plain(batch.compose(item.job)), batch.road.project.brand.series)
        lines += [
            f"{words('why.inputs')}:",
            *(f"  {label(name)} = {value}" for name, value in inputs.items()),
        ]
    sys.stdout.write("\n".join(lines) + "\n")
