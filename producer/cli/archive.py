"""`producer archive`: build what is missing, then put every piece into the archive."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import click

from producer.build.batch import Choice
from producer.build.run import Means
from producer.cli.build import asked_to_stop, make, workers_for
from producer.cli.library_search import note
from producer.cli.progress import Progress, write_json
from producer.cli.project import ZONE, look_at_all
from producer.cli.settings import FAILED, INTERRUPTED, Settings, on_recipes, with_settings
from producer.cli.shelf import archive_at, place_of, short_id, told
from producer.cli.words import Words
from producer.library.archive import Ended, Outcome, archive_batch

INKS = {
    Outcome.FAILED: "red",
    Outcome.DAMAGED: "red",
    Outcome.REFUSED: "yellow",
    Outcome.WITHDRAWN: "yellow",
}


class Wish(NamedTuple):
    """The options of `archive`."""

    recipes: tuple[Path, ...]
    out: Path | None
    only: str | None
    as_json: bool
    jobs: int | None
    library: str | None


def command(words: Words, stages: str) -> click.Command:
    """Return the command in the reader's language."""
    number = words("meta.number")

    @with_settings("archive", words, stages)
    @on_recipes(words)
    @click.option("-j", "--jobs", type=click.IntRange(1), metavar=number, help=words("option.jobs"))
    @click.option("--library", metavar=words("meta.library"), help=words("option.library"))
    def archive(settings: Settings, **options: Any) -> int:  # noqa: ANN401 - click's
        return run_archive(settings, Wish(**options))

    return archive


def run_archive(settings: Settings, wish: Wish) -> int:
    """Build every recipe and archive it, one after the other; what is archived stays so if a later one fails."""
    batches = look_at_all(wish.recipes, wish.out, Choice(wish.only), settings)
    workers = workers_for(wish.jobs, settings.console)
    ended: list[Ended] = []
    shelves = [place_of(wish.library, batch.project, batch.road.project.brand.library) for batch in batches]
    for place in dict.fromkeys(shelves):  # before anything is made
        with told(place):
            archive_at(place).refuse_other()
    with asked_to_stop(settings.console) as stop:
        means = Means(workers, settings.stages, stop)
        for batch, place in zip(batches, shelves, strict=True):
            progress = Progress(settings.console, as_json=False, verbose=settings.verbose)
            results = make(batch, means, progress)
            with told(place):
                changed: list[str] = []
                for end in archive_batch(batch, results, archive_at(place), datetime.now(ZONE)):
                    tell(end, settings, as_json=wish.as_json)
                    ended.append(end)
                    changed += [end.id] if end.version else []
                    if stop():
                        break
                note(place, archive_at(place), changed)
        stopped = stop()
    return tell_end(ended, settings, as_json=wish.as_json, stopped=stopped)


def tell(end: Ended, settings: Settings, *, as_json: bool) -> None:
    """Tell how one piece came out."""
    if as_json:
        told_end = {"event": "object", "id": end.id, "outcome": end.outcome.value, "version": end.version}
        write_json(told_end)
    if end.outcome is not Outcome.UNCHANGED or settings.verbose:
        word = settings.words(f"archive.{end.outcome.value}")
        ink = INKS.get(end.outcome, "green")
        settings.console.line(word, f"{short_id(end.id)} {end.version}".rstrip(), ink)


def tell_end(ended: list[Ended], settings: Settings, *, as_json: bool, stopped: bool) -> int:
    """Tell how many pieces came out how, and return the exit code."""
    words, console = settings.words, settings.console
    counts = Counter(end.outcome for end in ended)
    parts = [words("archive.objects", count=len(ended))]
    parts += [f"{counts[one]} {words(f'archive.{one.value}')}" for one in Outcome if counts[one]]
    bad = counts[Outcome.FAILED] + counts[Outcome.DAMAGED]
    head = words("word.stopped" if stopped else "word.done")
    console.line(head, " · ".join(parts), "yellow" if bad or stopped else "green")
    if as_json:
        write_json({"event": "summary", **{one.value: counts[one] for one in Outcome}})
    if stopped:
        console.line("", words("build.again"))
        return INTERRUPTED
    if bad:
        console.line("", words("archive.again"))
    return FAILED if bad else 0
