"""`producer check`: every problem up to layout; nothing is rendered."""

from __future__ import annotations

from pathlib import Path

import click

from producer.build.worker import stages_named
from producer.cli.project import find
from producer.cli.settings import Settings, with_settings
from producer.cli.words import Words
from producer.diagnostics import Level
from producer.pipeline import inspect, prepare
from producer.world import FolderWorld


def command(words: Words, stages: str) -> click.Command:
    """Return the command in the reader's language."""

    @with_settings("check", words, stages)
    @click.argument("recipe", metavar=words("meta.recipe"), type=click.Path(path_type=Path))
    def check(settings: Settings, recipe: Path) -> int:
        return run_check(settings, recipe)

    return check


def run_check(settings: Settings, recipe: Path) -> int:
    """Go as far as layout with every job and tell all problems."""
    place, console = find(recipe), settings.console
    console.world = world = FolderWorld(place.root)
    stages = stages_named(settings.stages)
    road = prepare(place.recipe, world, stages)
    found = list(road.problems)
    refused = 0
    failed = len({problem.span.line for problem in road.plan.lost})
    for problems in inspect(road, stages):
        failed += any(problem.level is Level.ERROR for problem in problems)
        refused += any(problem.level is Level.REFUSED for problem in problems)
        found += problems
    code = console.problems(found)
    words = settings.words
    items = words.counted(len(road.plan.jobs), "item")
    told = words("check.bad", items=items, failed=failed) if code else words("check.good", items=items)
    told = f"{told} · {refused} {words('status.refused')}" if refused else told
    console.line(words("word.done"), told, "red" if code else "green")
    return code
