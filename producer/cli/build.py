"""`producer build`: make every file that is not up to date."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import click

from producer.build.batch import Batch, Choice
from producer.build.run import Means, Result, Status, run
from producer.cli.console import Console
from producer.cli.progress import Progress, summary, write_json
from producer.cli.project import look_at_all
from producer.cli.report import tell_end
from producer.cli.settings import FAILED, INTERRUPTED, Settings, on_recipes, with_settings
from producer.cli.words import Words

MEMORY = 400 * 2**20  # bytes that a worker may need: a page of an A2 poster and the libraries
MOST_PER_CORE = 4  # workers that may be asked for


@dataclass(frozen=True, slots=True)
class Wish:
    """The options of `build`."""

    recipes: tuple[Path, ...]
    out: Path | None
    jobs: int | None
    only: str | None
    failed: bool
    force: bool
    as_json: bool


def command(words: Words, stages: str) -> click.Command:
    """Return the command in the reader's language."""
    number = words("meta.number")

    @with_settings("build", words, stages)
    @on_recipes(words)
    @click.option("-j", "--jobs", type=click.IntRange(1), metavar=number, help=words("option.jobs"))
    @click.option("--failed", is_flag=True, help=words("option.failed"))
    @click.option("--force", is_flag=True, help=words("option.force"))
    def build(settings: Settings, **options: Any) -> int:  # noqa: ANN401 - click's
        return run_build(settings, Wish(**options))

    return build


def run_build(settings: Settings, wish: Wish) -> int:
    """Look at all recipes, then make them one after the other; nothing is made where one cannot be."""
    choice = Choice(wish.only, wish.failed, wish.force)
    batches = look_at_all(wish.recipes, wish.out, choice, settings)
    workers = workers_for(wish.jobs, settings.console)
    progress = Progress(settings.console, as_json=wish.as_json, verbose=settings.verbose)
    with asked_to_stop(settings.console) as stop:
        results = [
            result
            for batch in batches
            for result in make(batch, Means(workers, settings.stages, stop), progress)
        ]
    seconds = time.monotonic() - progress.began
    tell_end(results, seconds, settings.console, stopped=stop())
    drafts = sum(result.item.final is not None and result.made is not None for result in results)
    if drafts:
        settings.console.line("", settings.words("build.drafts", count=drafts), "yellow")
    if wish.as_json:
        write_json(summary_of(results, seconds))
    lost = any(batch.road.plan.lost for batch in batches)
    return code_of(results, settings, wish, stopped=stop(), lost=lost)


def make(batch: Batch, means: Means, progress: Progress) -> tuple[Result, ...]:
    """Make one batch and tell machines of it."""
    try:
        results = run(batch, means, progress)
    finally:
        progress.close()
    progress.tell_machine(batch, results)
    return results


def summary_of(results: list[Result], seconds: float) -> dict[str, Any]:
    """Return the last object that a machine hears."""
    from collections import Counter

    return summary(Counter(result.status for result in results), seconds)


def code_of(results: list[Result], settings: Settings, wish: Wish, *, stopped: bool, lost: bool) -> int:
    """Return the exit code, and tell how to go on where something is left; ``lost`` rows have no job at all."""
    words, console = settings.words, settings.console
    if stopped:
        console.line("", words("build.again"))
        return INTERRUPTED
    if not any(result.status is Status.FAILED for result in results):
        return FAILED if lost else 0
    recipes = " ".join(path.as_posix() for path in wish.recipes)
    console.line("", words("build.retry", command=f"producer build {recipes} --failed"))
    return FAILED


def workers_for(asked: int | None, console: Console) -> int:
    """Return how many workers run: as many as were asked for, while this machine bears them.

    By default one for each core. Many more only take memory from one another, until none of them has
    loaded its libraries within the time of its first job.
    """
    room = max(1, free_memory() // MEMORY)
    if asked is None:
        return min(cores_here(), room)
    most = min(MOST_PER_CORE * cores_here(), room)
    if asked > most:
        console.line("", console.words("build.workers", asked=asked, most=most), "yellow")
    return min(asked, most)


def cores_here() -> int:
    """Return how many cores the system gives us."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def free_memory() -> int:
    """Return the bytes that programs may still take; where nobody tells, a lot."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:"))
    except (OSError, StopIteration, ValueError):
        return sys.maxsize


@contextmanager
def asked_to_stop(console: Console) -> Iterator[Callable[[], bool]]:
    """Give what tells whether somebody asked to stop: the first Ctrl-C asks, the second one kills.

    A third one must not meet us while we put the workers away: from then on it is not heard.
    """
    asked: list[int] = []
    names = ("SIGINT", "SIGTERM", "SIGHUP")  # the last where there are terminals that hang up
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]

    def ask(number: int, _frame: FrameType | None) -> None:
        asked.append(number)
        if len(asked) == 2:
            raise KeyboardInterrupt
        if len(asked) == 1:
            console.line(console.words("word.stopped"), console.words("build.stopping"), "yellow")

    before = {number: signal.signal(number, ask) for number in numbers}
    try:
        yield lambda: bool(asked)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
