"""What every command takes, and how every command ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from producer.cli import Command
from producer.cli.console import Console
from producer.cli.words import LANGUAGES, Words
from producer.diagnostics import ProducerError

Function = Callable[..., int]
FAILED, WRONG, WORK, LOST, INTERRUPTED = 1, 2, 3, 4, 130  # exit codes; 0 is all made or nothing to do


@dataclass(frozen=True, slots=True)
class Settings:
    """What the options of every command say."""

    words: Words
    console: Console
    stages: str  # "module:function"
    verbose: bool


def with_settings(name: str, words: Words, stages: str) -> Callable[[Callable[..., int]], click.Command]:
    """Make a command of a function that takes settings and its own options and returns the exit code."""

    def make(function: Callable[..., int]) -> click.Command:
        def run(quiet: bool, verbose: bool, color: str, **options: Any) -> None:  # noqa: ANN401 - click's
            options.pop("lang")  # known before the command line was parsed
            console = Console(words, sys.stderr, coloured=wants_colour(color), quiet=quiet, verbose=verbose)
            settings = Settings(words, console, stages, verbose)
            sys.exit(ended(console, lambda: function(settings, **options)))

        options = [*reversed(getattr(function, "__click_params__", [])), *common(words)]
        return Command(name, callback=run, params=options, help=words(f"help.{name}"))

    return make


def common(words: Words) -> list[click.Option]:
    """The options that every command has."""
    colours = click.Choice(["auto", "always", "never"])
    return [
        click.Option(["--lang"], type=click.Choice(LANGUAGES), help=words("option.lang")),
        click.Option(["-q", "--quiet"], is_flag=True, help=words("option.quiet")),
        click.Option(["-v", "--verbose"], is_flag=True, help=words("option.verbose")),
        click.Option(["--color"], type=colours, default="auto", help=words("option.color")),
    ]


def on_recipes(words: Words) -> Callable[[Function], Function]:
    """Add what commands on recipes share: which recipes, where files go, which of them, and whether in JSON."""
    recipe, path = words("meta.recipe"), click.Path(path_type=Path)
    shared = (
        click.argument("recipes", nargs=-1, required=True, metavar=f"{recipe}…", type=path),
        click.option("-o", "--out", type=path, metavar=words("meta.dir"), help=words("option.out")),
        click.option("--only", metavar=words("meta.glob"), help=words("option.only")),
        click.option("--json", "as_json", is_flag=True, help=words("option.json")),
    )

    def add(function: Function) -> Function:
        for decorate in reversed(shared):
            function = decorate(function)
        return function

    return add


def wants_colour(color: str) -> bool:
    """Whether to colour what goes to stderr; NO_COLOR is heard unless the command line says otherwise."""
    if color != "auto":
        return color == "always"
    return sys.stderr.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def ended(console: Console, command: Callable[[], int]) -> int:
    """Run a command and return its exit code: an author's problems are printed, a bug keeps its traceback."""
    try:
        return command()
    except ProducerError as error:
        return console.problems(error.diagnostics)
    except Exception as error:
        from producer.build.lost import StoreLostError, lost_problem

        if not isinstance(error, StoreLostError):
            raise
        console.problems([lost_problem(error)])
        return LOST
