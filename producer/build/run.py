"""Run a batch: copy what is stored, render what is stale, keep the output folder true."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial
from typing import Any, Protocol

from producer.build.batch import Batch, Item, Reason, State, Why
from producer.build.history import History, Last, write_history
from producer.build.journal import Journal
from producer.build.key import engine_digest
from producer.build.lock import alone
from producer.build.lost import StoreLostError
from producer.build.manifest import (
    Listed,
    entries_of,
    read_manifest,
    refuse_folder,
    write_manifest,
)
from producer.build.output import FIRST, OLD, clear_old, path_of, put_away, put_out, take_away
from producer.build.receipt import Receipt, with_beside
from producer.build.store import DamagedError, Store, sweep
from producer.build.task import Answer, Task, packed
from producer.build.worker import MEDIA_TYPES
from producer.diagnostics import Diagnostic
from producer.world import confined

COST = {"mp4": 20.0, "pptx": 3.0, "pdf": 2.0}  # s, before anything was measured; any other job takes one

OF_THE_MACHINE = (
    "build/ffmpeg-failed",
    "build/ffmpeg-frames",
    "build/ffmpeg-killed",
    "build/ffmpeg-missing",
    "build/timeout",
    "build/worker-lost",
    "render/no-gl",
)  # and bugs: nobody wrote anything wrong


class Status(Enum):
    """How a job ended."""

    MADE = "made"
    CACHED = "cached"
    FAILED = "failed"
    REFUSED = "refused"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Made:
    """What is kept in mind of a file until all are made: not its receipt, which the store has."""

    seconds: float  # of the making
    sha256: str
    media_type: str
    entries: tuple[dict[str, Any], ...]  # of the manifest


@dataclass(frozen=True, slots=True)
class Result:
    """The end of one job."""

    item: Item
    status: Status
    seconds: float = 0.0
    made: Made | None = None
    problems: tuple[Diagnostic, ...] = ()
    fault: str = ""  # traceback of a bug

    @property
    def media_type(self) -> str:
        """What the file is, or would have been."""
        if self.made:
            return self.made.media_type
        return MEDIA_TYPES.get(f".{self.item.job.format}", "")


class Reporter(Protocol):
    """Whoever wants to hear how a build goes on."""

    def begin(self, batch: Batch, seconds: float) -> None:
        """A batch begins; rendering it should take this long, all workers' seconds added up."""

    def end(self, result: Result, cost: float) -> None:
        """A job ended; ``cost`` is its part of the seconds that ``begin`` told."""

    def removed(self, batch: Batch, path: str) -> None:
        """A file that is no longer true was removed from the recipe's folder."""

    def put_away(self, batch: Batch, path: str) -> None:
        """The earlier file of an item that failed is at ``path`` of the recipe's folder now."""

    def kept(self, batch: Batch, path: str) -> None:
        """A file that was altered by hand was in the way, and is at ``path`` of the recipe's folder now."""


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
    shelf = _Shelf(batch, reporter)
    try:
        for result in _results(batch, means, shelf):
            results[result.item.job.id] = result
            reporter.end(result, cost_of(result.item, batch))
    finally:
        with alone(batch.project, batch.recipe):
            _write_down(batch, results, shelf)
    return tuple(results.get(item.job.id, Result(item, Status.SKIPPED)) for item in batch.items)


class _Shelf:
    """The recipe's folder while a build goes on: what was in it before, and what is put there now."""

    def __init__(self, batch: Batch, reporter: Reporter) -> None:
        self.batch, self.reporter, self.store = batch, reporter, Store(batch.project)
        self.journal = Journal(batch.project, batch.recipe)
        self.before = read_manifest(batch.folder)
        self.left = self.journal.read()  # by a build that was killed
        self._known = frozenset(listed.sha256 for listed in (*self.before.listed, *self.left))

    def put(self, item: Item, receipt: Receipt) -> None:
        """Copy a job's files out of the store.

        Raises:
            DamagedError: the store no longer holds them.
        """
        job = item.job
        self.journal.note(Listed(job.id, path_of(job, blob.suffix), blob.sha256) for blob in receipt.blobs)
        for place in put_out(self.batch.folder, job, receipt, self.store, self._known):
            self.reporter.kept(self.batch, place.relative_to(self.batch.folder).as_posix())

    def ended(self, item: Item, status: Status, seconds: float, receipt: Receipt) -> Result:
        """The end of a job whose files are in the folder."""
        main, road = receipt.blobs[0], self.batch.road
        entries = entries_of(item.job, receipt, road, item.standing)
        made = Made(receipt.seconds, main.sha256, main.media_type, entries)
        told = (*receipt.told(partial(self.batch.compose, item.job)), *self.held(item))
        return Result(item, status, seconds, made, told)

    def held(self, item: Item) -> tuple[Diagnostic, ...]:
        """What there is to know of a final that stays in the store."""
        gate = self.batch.gate
        receipt = self.store.get(item.final.key) if gate is not None and item.final is not None else None
        return gate.told(item.job, receipt) if gate is not None and receipt is not None else ()


def _results(batch: Batch, means: Means, shelf: _Shelf) -> Iterator[Result]:
    """Yield the end of every job: first what costs nothing, then what must be rendered, the longest first."""
    items = dict(zip((item.job.id for item in batch.items), batch.items, strict=True))
    for result in _finals(batch, means):
        if isinstance(result, Item):
            items[result.job.id] = result
        else:
            del items[result.item.job.id]
            yield result
    stale = [item for item in items.values() if item.state is State.STALE]
    for item in items.values():
        if item.state is State.FAILED:
            yield Result(item, Status.FAILED, problems=item.problems)
        elif item.state is State.REFUSED:
            yield Result(item, Status.REFUSED, problems=item.problems)
        elif item.state is not State.STALE:
            cached = _cached(item, shelf)
            if cached is None:
                stale.append(replace(item, state=State.STALE, reasons=(Reason(Why.LOST),)))
            else:
                yield cached
    yield from _rendered(batch, stale, means, shelf)


def _finals(batch: Batch, means: Means) -> Iterator[Item | Result]:
    """Make the files that drafts stand for and keep them in the store; yield how each job stands then, or failed."""
    for result in _made(
        [_of_final(item) for item in batch.items if item.final and item.final.scene], batch, means
    ):
        if isinstance(result, Receipt):
            yield batch.again(next(item.job for item in batch.items if item.job.id == result.job))
        else:
            yield result


def _of_final(item: Item) -> Item:
    """The same job with its final for its file."""
    assert item.final is not None  # noqa: S101 - it was asked
    return replace(item, key=item.final.key, scene=item.final.scene)


def _cached(item: Item, shelf: _Shelf) -> Result | None:
    """The end of a job that is in the store, copied out where it must be; nothing where the store lost it."""
    receipt = shelf.store.get(item.key)
    if receipt is None:
        return None
    for _, data in item.beside:
        shelf.store.add(data)
    receipt = with_beside(receipt, item.beside)
    try:
        if item.state is State.STORED:
            shelf.put(item, receipt)
    except DamagedError:
        return None
    return shelf.ended(item, Status.CACHED, 0.0, receipt)


def _rendered(batch: Batch, stale: list[Item], means: Means, shelf: _Shelf) -> Iterator[Result]:
    """Make files and put them out."""
    by_job = {item.job.id: item for item in stale}
    for made in _made(stale, batch, means):
        yield made if isinstance(made, Result) else _put(by_job[made.job], made, shelf)


def _made(stale: list[Item], batch: Batch, means: Means) -> Iterator[Receipt | Result]:
    """Render, the longest first; yield a receipt for each file that is in the store then, or how its job failed."""
    if not stale:
        return
    from producer.build.pool import TIMEOUTS, Limits, run_tasks  # a build with nothing to do needs no workers

    by_job = {item.job.id: item for item in stale}
    store = Store(batch.project)
    longest_first = sorted(stale, key=lambda item: -cost_of(item, batch))
    tasks = [_task(batch, item, means) for item in longest_first]
    for task, answer in run_tasks(tasks, Limits(means.workers, TIMEOUTS), means.stop):
        yield _receipt(by_job[task.job], answer, store)


def _task(batch: Batch, item: Item, means: Means) -> Task:
    project = batch.road.project
    scene = item.scene or packed(batch.compose(item.job))
    return Task(
        project=str(batch.project),
        recipe=project.recipe.path,
        job=item.job.id,
        format=item.job.format,
        key=item.key,
        stages=means.stages,
        series=project.brand.series,
        scene=scene,
    )


def _receipt(item: Item, answer: Answer, store: Store) -> Receipt | Result:
    if answer.lost:
        raise StoreLostError(*answer.lost)
    if answer.problems or answer.fault:
        return Result(item, Status.FAILED, answer.seconds, problems=answer.problems, fault=answer.fault)
    receipt = store.get(item.key)
    if receipt is None:
        raise StoreLostError.gone(store.place("ac", item.key))
    return receipt


def _put(item: Item, receipt: Receipt, shelf: _Shelf) -> Result:
    try:
        shelf.put(item, receipt)
    except DamagedError as error:
        raise StoreLostError.gone(shelf.store.place("cas", str(error))) from error
    return shelf.ended(item, Status.MADE, receipt.seconds, receipt)


def cost_of(item: Item, batch: Batch) -> float:
    """Return the seconds that a job should take: as last time, or as its kind usually does."""
    last = batch.history.jobs.get(item.job.id)
    return last.seconds if last and last.seconds else COST.get(item.job.format, 1.0)


def _sweep(batch: Batch) -> None:
    """Remove what killed builds left half written; what could not be listed in the end is told now.

    Raises:
        StoreLostError: a folder stands where the manifest belongs, or the output cannot be swept.
    """
    refuse_folder(batch.folder)
    for folder in sorted({(batch.folder / item.job.path).parent for item in batch.items}):
        sweep(folder)


def _write_down(batch: Batch, results: dict[str, Result], shelf: _Shelf) -> None:
    """Bring output folder, manifest and history in line with how the jobs ended."""
    folder = batch.folder
    entries = [entry for result in results.values() if result.made for entry in result.made.entries]
    before = read_manifest(folder)  # anew: another build of other rows may have ended meanwhile
    untrue = _untrue(batch, results, (*before.listed, *shelf.left), {entry["path"] for entry in entries})
    failed = {job for job, result in results.items() if result.status is Status.FAILED}
    for listed in untrue:
        _withdraw(listed, shelf, has_successor=listed.job not in failed)
    clear_old(folder, shelf.store, lambda path: _is_old(path, batch, failed, {e["path"] for e in entries}))
    gone = {result.item.job.id for result in results.values() if not _still_true(result)}
    planned = {item.job.id for item in batch.items}
    unplanned = {job for job in before.refused if batch.whole and job not in planned}
    refused = {
        job: tuple(dict.fromkeys(problem.code for problem in result.problems))
        for job, result in results.items()
        if result.status is Status.REFUSED
    }
    kept = before.without({*gone, *unplanned, *(listed.job for listed in untrue)})
    manifest = kept.with_files(entries).with_refused(refused)
    write_manifest(folder, batch.road.project.recipe.path, engine_digest(), manifest)
    shelf.journal.clear()
    ends = {job: _last(batch, result) for job, result in results.items()}
    write_history(batch.project, batch.recipe, History(batch.road.project.recipe.path, ends))


def _withdraw(listed: Listed, shelf: _Shelf, *, has_successor: bool) -> None:
    """Take a file away that is no longer true; one whose item failed is what its author has left, and is put away."""
    folder = shelf.batch.folder
    path = confined(listed.path).as_posix()
    if has_successor:
        if take_away(folder / path, listed.sha256):
            shelf.reporter.removed(shelf.batch, path)
    elif put_away(folder, path, listed.sha256):
        shelf.reporter.put_away(shelf.batch, f"{OLD}/{path}")


def _is_old(path: str, batch: Batch, failed: set[str], made: set[str]) -> bool:
    """Whether a file that was put away is all that there is of an item, or of one that this build left out."""
    if not batch.whole:
        return path not in made
    stems = (
        item.job.path.removesuffix(f".{item.job.format}").removesuffix(FIRST)
        for item in batch.items
        if item.job.id in failed
    )
    return path.startswith(tuple(stems))


def _untrue(
    batch: Batch, results: dict[str, Result], before: tuple[Listed, ...], made: set[str]
) -> tuple[Listed, ...]:
    """The files that must go: those of jobs that failed now or made others, and of jobs no longer planned."""
    planned = {item.job.id for item in batch.items}
    return tuple(
        listed
        for listed in before
        if listed.path not in made
        and (
            not _still_true(results[listed.job])
            if listed.job in results
            else batch.whole and listed.job not in planned
        )
    )


def _still_true(result: Result) -> bool:
    """Whether the file of before says what its row says, though it could not be made anew.

    So it is where only the machine failed, and nothing that people wrote has changed since.
    """
    by_machine = bool(result.fault) or (
        bool(result.problems) and all(problem.code in OF_THE_MACHINE for problem in result.problems)
    )
    unchanged = all(reason.why in (Why.ENGINE, Why.FORCED, Why.LOST) for reason in result.item.reasons)
    return result.status is Status.FAILED and by_machine and unchanged


def _last(batch: Batch, result: Result) -> Last:
    """What to remember of a job; a failed one keeps the key of its last file for `why`."""
    before = batch.history.jobs.get(result.item.job.id)
    seconds = result.made.seconds if result.made else (before.seconds if before else 0.0)
    key = result.item.key if result.made else (before.key if before else "")
    return Last(key, result.status is Status.FAILED, seconds, result.item.job.path)
