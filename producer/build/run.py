"""Run a batch: copy what is stored, render what is stale, keep the output folder true."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from typing import Protocol

from producer.build.batch import Batch, Item, Reason, State, Why
from producer.build.history import History, Last, write_history
from producer.build.key import engine_digest
from producer.build.manifest import (
    Listed,
    Manifest,
    entries_of,
    read_manifest,
    take_away_listed,
    write_manifest,
)
from producer.build.output import put_out
from producer.build.receipt import Receipt
from producer.build.store import DamagedError, Store, StoreLostError, sweep
from producer.build.worker import MEDIA_TYPES, Answer, Task
from producer.diagnostics import Diagnostic

COST = {"mp4": 20.0, "pptx": 3.0, "pdf": 2.0}  # s, before anything was measured; any other job takes one


class Status(Enum):
    """How a job ended."""

    MADE = "made"
    CACHED = "cached"
    FAILED = "failed"
    REFUSED = "refused"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Result:
    """The end of one job."""

    item: Item
    status: Status
    seconds: float = 0.0
    receipt: Receipt | None = None
    problems: tuple[Diagnostic, ...] = ()
    fault: str = ""  # traceback of a bug

    @property
    def media_type(self) -> str:
        """What the file is, or would have been."""
        if self.receipt:
            return self.receipt.blobs[0].media_type
        return MEDIA_TYPES.get(f".{self.item.job.format}", "")


class Reporter(Protocol):
    """Whoever wants to hear how a build goes on."""

    def begin(self, batch: Batch, seconds: float) -> None:
        """A batch begins; rendering it should take this long, all workers' seconds added up."""

    def end(self, result: Result, cost: float) -> None:
        """A job ended; ``cost`` is its part of the seconds that ``begin`` told."""

    def removed(self, batch: Batch, path: str) -> None:
        """A file that is no longer true was removed from the recipe's folder."""


@dataclass(frozen=True, slots=True)
class Means:
    """What a build may use: workers, the name of the stages, and how somebody stops it."""

    workers: int
    stages: str = "producer.pipeline:real_stages"
    stop: Callable[[], bool] = bool


def run(batch: Batch, means: Means, reporter: Reporter) -> tuple[Result, ...]:
    """Make everything that is not current, write manifest and history; return the ends in the plan's order.

    Raises:
        StoreLostError: store or output cannot be written; the same command goes on where this one stopped.
    """
    _sweep(batch)
    reporter.begin(batch, sum(cost_of(item, batch) for item in batch.having(State.STALE)))
    results: dict[str, Result] = {}
    try:
        for result in _results(batch, means):
            results[result.item.job.id] = result
            reporter.end(result, cost_of(result.item, batch))
    finally:
        _write_down(batch, results, reporter)
    return tuple(results.get(item.job.id, Result(item, Status.SKIPPED)) for item in batch.items)


def _results(batch: Batch, means: Means) -> Iterator[Result]:
    """Yield the end of every job: first what costs nothing, then what must be rendered, the longest first."""
    store = Store(batch.project)
    stale = list(batch.having(State.STALE))
    for item in batch.items:
        if item.state is State.FAILED:
            yield Result(item, Status.FAILED, problems=item.problems)
        elif item.state is State.CURRENT:
            yield _cached(item)
        elif item.state is State.STORED:
            if _copied(batch, item, store):
                yield _cached(item)
            else:
                stale.append(replace(item, state=State.STALE, reasons=(Reason(Why.LOST),)))
    yield from _rendered(batch, stale, means, store)


def _cached(item: Item) -> Result:
    told = item.receipt.told(item.scene) if item.receipt and item.scene else ()
    return Result(item, Status.CACHED, receipt=item.receipt, problems=told)


def _copied(batch: Batch, item: Item, store: Store) -> bool:
    try:
        if item.receipt:
            put_out(batch.folder, item.job, item.receipt, store)
    except DamagedError:
        return False
    return True


def _rendered(batch: Batch, stale: list[Item], means: Means, store: Store) -> Iterator[Result]:
    if not stale:
        return
    from producer.build.pool import TIMEOUTS, Limits, run_tasks  # a build with nothing to do needs no workers

    by_job = {item.job.id: item for item in stale}
    longest_first = sorted(stale, key=lambda item: -cost_of(item, batch))
    tasks = [_task(batch, item, means) for item in longest_first]
    for task, answer in run_tasks(tasks, Limits(means.workers, TIMEOUTS), means.stop):
        yield _result(batch, by_job[task.job], answer, store)


def _task(batch: Batch, item: Item, means: Means) -> Task:
    recipe = batch.road.project.recipe.path
    return Task(str(batch.project), recipe, item.job.id, item.job.format, item.key, means.stages)


def _result(batch: Batch, item: Item, answer: Answer, store: Store) -> Result:
    if answer.lost:
        raise StoreLostError(answer.lost)
    if answer.problems or answer.fault:
        return Result(item, Status.FAILED, answer.seconds, problems=answer.problems, fault=answer.fault)
    receipt = store.get(item.key)
    if receipt is None or item.scene is None:
        raise StoreLostError(f"{item.job.id}: {item.key}")
    try:
        put_out(batch.folder, item.job, receipt, store)
    except DamagedError as error:
        raise StoreLostError(str(error)) from error
    return Result(item, Status.MADE, answer.seconds, receipt, receipt.told(item.scene))


def cost_of(item: Item, batch: Batch) -> float:
    """Return the seconds that a job should take: as last time, or as its kind usually does."""
    last = batch.history.jobs.get(item.job.id)
    return last.seconds if last and last.seconds else COST.get(item.job.format, 1.0)


def _sweep(batch: Batch) -> None:
    """Remove what killed builds left half written."""
    for folder in sorted({(batch.folder / item.job.path).parent for item in batch.items}):
        sweep(folder)


def _write_down(batch: Batch, results: dict[str, Result], reporter: Reporter) -> None:
    """Bring output folder, manifest and history in line with how the jobs ended."""
    folder = batch.folder
    before = read_manifest(folder)
    entries = [
        entry
        for result in results.values()
        if result.receipt and result.item.scene
        for entry in entries_of(result.item.job, result.item.scene, result.receipt, batch.road)
    ]
    untrue = _untrue(batch, results, before, {entry["path"] for entry in entries})
    for path in take_away_listed(folder, untrue):
        reporter.removed(batch, path)
    manifest = before.without({*results, *(listed.job for listed in untrue)}).with_files(entries)
    write_manifest(folder, batch.road.project.recipe.path, engine_digest(), manifest)
    ends = {job: _last(batch, result) for job, result in results.items()}
    after = History(batch.road.project.recipe.path, {**batch.history.jobs, **ends})
    write_history(batch.project, batch.recipe, batch.history, after)


def _untrue(batch: Batch, results: dict[str, Result], before: Manifest, made: set[str]) -> tuple[Listed, ...]:
    """The files that must go: those of jobs that failed now or made others, and of jobs no longer planned."""
    planned = {item.job.id for item in batch.items}
    return tuple(
        listed
        for listed in before.listed
        if listed.path not in made and (listed.job in results or (batch.whole and listed.job not in planned))
    )


def _last(batch: Batch, result: Result) -> Last:
    """What to remember of a job; a failed one keeps the key of its last file for `why`."""
    before = batch.history.jobs.get(result.item.job.id)
    seconds = result.receipt.seconds if result.receipt else (before.seconds if before else 0.0)
    key = result.item.key if result.receipt else (before.key if before else "")
    return Last(key, result.status is Status.FAILED, seconds, result.item.job.path)
