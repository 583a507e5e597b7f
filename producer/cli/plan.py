"""`producer plan`: what a build would do, by the same path that the build takes."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from producer.build.batch import Batch, Choice, Item, State
from producer.build.output import path_of
from producer.cli.cause import causes
from producer.cli.progress import write_json
from producer.cli.project import look_at_all, shown
from producer.cli.report import tell_plan
from producer.cli.settings import FAILED, WORK, Settings, on_recipes, with_settings
from producer.cli.words import Words


@dataclass(frozen=True, slots=True)
class Wish:
    """The options of `plan`."""

    recipes: tuple[Path, ...]
    out: Path | None
    only: str | None
    explain: bool
    exit_code: bool
    as_json: bool


def command(words: Words, stages: str) -> click.Command:
    """Return the command in the reader's language."""

    @with_settings("plan", words, stages)
    @on_recipes(words)
    @click.option("--explain", is_flag=True, help=words("option.explain"))
    @click.option("--exit-code", is_flag=True, help=words("option.exit_code"))
    def plan(settings: Settings, **options: Any) -> int:  # noqa: ANN401 - click's
        return run_plan(settings, Wish(**options))

    return plan


def run_plan(settings: Settings, wish: Wish) -> int:
    """Tell the plan of each recipe, the problems of its rows, and whether there is work."""
    batches = look_at_all(wish.recipes, wish.out, Choice(wish.only), settings)
    for batch in batches:
        for item in batch.items:
            settings.console.problems(item.problems)
        tell_plan(batch, settings.console)
        for item in batch.items:
            if wish.as_json:
                write_json(job(batch, item, settings.words))
            else:
                write_item(item, settings.words, explain=wish.explain)
    items = [item for batch in batches for item in batch.items]
    if wish.as_json:
        write_json(summary(items))
    if wish.exit_code and any(item.state in (State.STALE, State.STORED) for item in items):
        return WORK
    return FAILED if any(item.state is State.FAILED for item in items) else 0


def write_item(item: Item, words: Words, *, explain: bool) -> None:
    """Write a job with its state, and its reasons where they are asked for."""
    state = words(f"state.{item.state.value}")
    sys.stdout.write(f"{state:<14}  {item.job.id}.{item.job.format}\n")
    for line in causes(item.reasons, words) if explain else ():
        sys.stdout.write(f"{'':<16}{line}\n")


def job(batch: Batch, item: Item, words: Words) -> dict[str, Any]:
    """Return what a machine hears of one job."""
    return {
        "event": "job",
        "job": item.job.id,
        "path": shown(batch.folder / path_of(item.job)),
        "state": item.state.value,
        "why": list(causes(item.reasons, words)),
    }


def summary(items: list[Item]) -> dict[str, Any]:
    """Return the last object that a machine hears."""
    return {
        "event": "summary",
        **{state.value: sum(item.state is state for item in items) for state in State},
    }
