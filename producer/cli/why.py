"""`producer why`: what changed since an item was last made."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

import click

from producer.build.batch import Batch, Choice, Item, State
from producer.build.history import read_history
from producer.build.key import inputs_of
from producer.build.output import path_of
from producer.cli.project import Place, find, look, project_here, recipes_of
from producer.cli.report import label, reasons
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
    """Find the item, by its id or its file, and tell its state and reasons."""
    names: list[str] = []
    for place in [find(recipe)] if recipe else likely_first(name):
        batch = look(place, out, Choice(), settings)
        for item in batch.items:
            if name in names_of(batch, item) or Path(name).resolve() == file_of(batch, item):
                tell(batch, item, settings)
                return 0
            names.append(item.job.id)
    nearest = ", ".join(get_close_matches(name, names, n=1, cutoff=0.0)) or "–"
    raise ProducerError([Diagnostic("cli/no-item", Span(name), {"item": name, "nearest": nearest})])


def likely_first(name: str) -> list[Place]:
    """Return the recipes of the project we stand in, those first that made such an item before.

    Raises:
        ProducerError: we stand in no project.
    """

    def unlikely(place: Place) -> bool:
        recipe = Path(place.recipe).parent.name
        jobs = read_history(place.root, recipe).jobs
        return f"{recipe}/" not in name and not any(job in name for job in jobs)

    return sorted(recipes_of(project_here()), key=unlikely)


def names_of(batch: Batch, item: Item) -> Iterator[str]:
    """Yield what people may call an item: its id, with its recipe and with its ending."""
    job = item.job
    for name in (job.id, f"{job.id}.{job.format}"):
        yield name
        yield f"{batch.recipe}/{name}"


def file_of(batch: Batch, item: Item) -> Path:
    """Where the file of an item is."""
    return (batch.folder / path_of(item.job)).resolve()


def tell(batch: Batch, item: Item, settings: Settings) -> None:
    """Write the state of an item, its reasons, and with -v everything that it is made from."""
    words = settings.words
    settings.console.problems(item.problems)
    state = words("why.current" if item.state is State.CURRENT else f"state.{item.state.value}")
    lines = [f"{item.job.id}: {state}", *(f"  {line}" for line in reasons(item, words))]
    if settings.verbose and item.scene:
        inputs = inputs_of(item.scene, batch.road.project.brand)
        lines += [
            f"{words('why.inputs')}:",
            *(f"  {label(name)} = {value}" for name, value in inputs.items()),
        ]
    sys.stdout.write("\n".join(lines) + "\n")
