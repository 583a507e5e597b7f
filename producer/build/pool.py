"""Workers that may die one at a time: a killed one loses its job, not the batch."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import resource_tracker
from pathlib import Path
from typing import Any

from pebble import ProcessExpired, ProcessPool

from producer.build.store import FOLDER
from producer.build.task import Answer, Task, read_answer
from producer.build.worker import prepare_process, run_task
from producer.diagnostics import Diagnostic, Scope, Span

TRIES = 2  # a job whose worker died is tried once more: it may have been another program that ate the memory
# Jobs after which a worker is replaced, against libraries that lose memory. Those of today lose 2 MB in 3,000 layouts,
# and a new worker takes as long to begin as thirty posters.
TASKS = 500
TIMEOUTS = {"mp4": 900, "pptx": 300}  # s; any other job has two minutes
TIMEOUT = 120
LOOK = 0.1  # s between two looks at whether somebody wants to stop


@dataclass(frozen=True, slots=True)
class Limits:
    """How many workers run, and for how long a job may."""

    workers: int
    timeouts: Mapping[str, float]
    timeout: float = TIMEOUT

    def of(self, task: Task) -> float:
        """The seconds that a task may take."""
        return self.timeouts.get(task.format, self.timeout)


def run_tasks(
    tasks: Sequence[Task], limits: Limits, stop: Callable[[], bool]
) -> Iterator[tuple[Task, Answer]]:
    """Run tasks in the given order and yield each with its answer as they end.

    Once ``stop`` says so nothing more is begun; what runs is awaited. Closing the iterator kills what runs.
    """
    waiting = deque((task, 1) for task in tasks)
    while waiting and not stop():
        yield from _run_in_one_pool(waiting, limits, stop)


def _run_in_one_pool(
    waiting: deque[tuple[Task, int]], limits: Limits, stop: Callable[[], bool]
) -> Iterator[tuple[Task, Answer]]:
    """Run until nothing waits, or until the pool breaks: then everything unfinished waits again."""
    running: dict[Any, tuple[Task, int]] = {}
    with surroundings(waiting[0][0].project), _pool(min(limits.workers, len(waiting))) as pool:

        def begin() -> None:
            while waiting and len(running) < limits.workers and not stop():
                task, tries = waiting.popleft()
                with _deaf_children():
                    future = pool.schedule(run_task, args=[task], timeout=limits.of(task))
                running[future] = task, tries

        begin()
        while running:
            broken, ended = False, list[tuple[Task, Answer]]()
            for future in wait(running, LOOK, FIRST_COMPLETED).done:
                task, tries = running.pop(future)
                error = future.exception()
                if isinstance(error, ProcessExpired | BrokenProcessPool) and tries < TRIES:
                    waiting.appendleft((task, tries + 1))
                else:
                    answer = _answer(task, error, limits) if error else read_answer(future.result())
                    ended.append((task, answer))
                broken = broken or isinstance(error, BrokenProcessPool)
                _end_family(error)
            if not broken:
                begin()  # before anybody looks at what ended: a worker shall not wait for its files to be copied
            yield from ended
            if broken:
                waiting.extendleft(running.values())
                return


def _answer(task: Task, error: BaseException, limits: Limits) -> Answer:
    """What is said for a worker that can no longer speak."""
    span = Span(task.recipe)
    if isinstance(error, TimeoutError):
        facts: dict[str, str | int] = {"job": task.job, "seconds": int(limits.of(task))}
        return Answer((Diagnostic("build/timeout", span, facts, scope=Scope.ROW),))
    if isinstance(error, ProcessExpired | BrokenProcessPool):
        facts = {"job": task.job, "tries": TRIES}
        return Answer((Diagnostic("build/worker-lost", span, facts, scope=Scope.ROW),))
    raise error


def _end_family(error: BaseException | None) -> None:
    """End what a dead worker had started, ffmpeg for one: it would go on to a file that looks finished."""
    if isinstance(error, ProcessExpired) and error.pid and hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(error.pid, signal.SIGKILL)


@contextmanager
def _pool(workers: int) -> Iterator[ProcessPool]:
    """Open a pool of spawned workers; on any error, Ctrl-C too, they are killed."""
    context = multiprocessing.get_context("spawn")
    pool = ProcessPool(workers, TASKS, initializer=prepare_process, context=context)
    try:
        yield pool
        pool.close()
        pool.join()
    finally:
        pool.stop()
        pool.join()


@contextmanager
def _deaf_children() -> Iterator[None]:
    """Let threads and processes that begin meanwhile never hear Ctrl-C; ours is heard afterwards.

    The terminal sends it to every process of its group, and a worker needs a second to load before it has left that
    group: it would end with a traceback, and with a try of its job.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # It starts with the first worker, and unblocks what we block.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def surroundings(project: str) -> Iterator[None]:
    """Give workers the same surroundings everywhere: no time zone, no order of sets, one thread a library."""
    settings = {
        "PYTHONHASHSEED": "0",
        "TZ": "UTC",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MPLCONFIGDIR": str(Path(project) / FOLDER / "matplotlib"),
    }
    before = {name: os.environ.get(name) for name in settings}
    os.environ.update(settings)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
