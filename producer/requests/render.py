"""The render worker: the files of a request, made by the build engine in a process of its own.

The queue's worker calls :func:`render` and hears of each file as it ends: time to renew its lease, and to show how far
things are. What is made goes to the project's store and output as with `producer build`, so that a request that was
interrupted goes on where it stopped, and one that changed a word renders its own pages alone. Whether an approval is
needed before files come out is the project's setting, which the build engine keeps.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from producer.build.batch import Batch, Choice, examine
from producer.build.lost import StoreLostError
from producer.build.manifest import read_manifest
from producer.build.pool import surroundings
from producer.build.receipt import problem_from_plain, problem_to_plain
from producer.build.run import Means, Result, run
from producer.build.worker import prepare_process, stages_named
from producer.diagnostics import Diagnostic, ProducerError
from producer.pipeline import Stages, prepare, real_stages
from producer.requests.limits import Limits, allow_cpu, confine, guard_network
from producer.requests.message import Message, receive, send
from producer.requests.recipe_folder import RECIPE
from producer.world import FolderWorld

LIMITS = Limits(memory=6 << 30, cpu=900, file=2 << 30, wall=1800.0)  # a clip, and a sheet of A1 at 300 dpi
OUTPUT = "output"
LOOK = 0.5  # s between two looks at whether somebody wants to stop
STAGES = "producer.requests.render:guarded_stages"


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A finished file."""

    path: str  # from the output folder of the request
    job: str
    channel: str
    sha256: str
    bytes: int
    media_type: str
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a request is."""

    ended: int
    files: int  # jobs of it
    job: str = ""  # that ended just now
    status: str = ""  # of it: made, cached, failed, refused


@dataclass(frozen=True, slots=True)
class Rendered:
    """The end of a request."""

    files: tuple[MadeFile, ...]
    problems: tuple[Diagnostic, ...]  # why a file is not among them, and what its author should read
    folder: str  # where the files are
    fault: str = ""  # a bug's traceback, or why the worker was ended: it may be tried again

    @property
    def is_whole(self) -> bool:
        """Whether all that was asked for is there."""
        return not self.fault and not any(
            problem.level.value in ("error", "refused") for problem in self.problems
        )


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be rendered, and what it may take."""

    project: Path
    folder: str  # path of the request's recipe folder, from the project's
    out: Path | None = None  # nothing means the project's own output folder
    limits: Limits = LIMITS
    stages: str = STAGES


def render(order: Order, stop: Callable[[], bool] = bool) -> Iterator[Progress | Rendered]:
    """Make the files of a request; yield how far it is, at least every half second, and its end last.

    ``stop`` ends it early. The worker is killed where it takes longer than ``order.limits.wall``; a caller that stops
    listening kills it too.
    """
    began, progress = time.monotonic(), Progress(0, 0)
    with _process(order) as connection:
        while True:
            late = time.monotonic() - began > order.limits.wall
            if late or stop():
                yield Rendered((), (), "", "took too long" if late else "stopped")
                return
            try:
                message = receive(connection) if connection.poll(LOOK) else None
            except (EOFError, OSError, ValueError, KeyError, TypeError):
                yield Rendered((), (), "", "the worker died")
                return
            if message is not None and "end" in message.said:
                yield _rendered(message.said)
                return
            progress = Progress(**message.said) if message is not None else progress
            yield progress


def _rendered(said: dict[str, Any]) -> Rendered:
    files = tuple(MadeFile(**one) for one in said["files"])
    problems = tuple(problem_from_plain(one) for one in said["problems"])
    return Rendered(files, problems, str(said["end"]), str(said["fault"]))


@contextmanager
def _process(order: Order) -> Iterator[Connection]:
    """Give the line to a process that renders; at the end it and all its children are gone."""
    context = multiprocessing.get_context("spawn")
    ours, its = context.Pipe()
    process = context.Process(target=_work, args=(its, order))
    with surroundings(str(order.project)):
        process.start()
    its.close()
    try:
        yield ours
    finally:
        ours.close()
        if process.is_alive() and process.pid and hasattr(os, "killpg"):
            with suppress(ProcessLookupError, PermissionError):  # it may not have left our group yet
                if os.getpgid(process.pid) == process.pid:
                    os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.join()


def _work(connection: Connection, order: Order) -> None:
    """Render in this process and tell; what it starts is bound as it is."""
    confine(order.limits)
    prepare_process()
    allow_cpu(order.limits.cpu)
    try:
        said = _made(connection, order)
    except ProducerError as error:
        said = _end([problem_to_plain(one) for one in error.diagnostics])
    except StoreLostError as error:
        said = _end([], str(error))
    except Exception as error:  # noqa: BLE001 - whoever waits must hear of it
        said = _end([], "".join(traceback.format_exception(error)))
    send(connection, Message(said))


def _end(problems: list[dict[str, Any]], fault: str = "") -> dict[str, Any]:
    return {"end": "", "files": [], "problems": problems, "fault": fault}


def _made(connection: Connection, order: Order) -> dict[str, Any]:
    stages = stages_named(order.stages)
    road = prepare(f"{order.folder}/{RECIPE}", FolderWorld(order.project), stages)
    batch = examine(road, stages, order.project, order.out or order.project / OUTPUT, Choice())
    results = run(batch, Means(1, order.stages), _Told(connection, len(batch.items)))
    channels = {item.job.id: item.job.channel.id for item in batch.items}
    files = [
        {
            "path": str(entry["path"]),
            "job": str(entry["job"]),
            "channel": channels.get(str(entry["job"]), ""),
            "sha256": str(entry["sha256"]),
            "bytes": int(entry["bytes"]),
            "media_type": str(entry["media_type"]),
            "alt": str(entry.get("alt", "")),
        }
        for entry in read_manifest(batch.folder).entries
    ]
    problems = [problem_to_plain(one) for one in (*road.problems, *(p for r in results for p in r.problems))]
    faults = "\n".join(result.fault for result in results if result.fault)
    return {"end": str(batch.folder), "files": files, "problems": problems, "fault": faults}


class _Told:
    """A reporter that tells the other side how far the build is."""

    def __init__(self, connection: Connection, files: int) -> None:
        self.connection, self.files, self.ended = connection, files, 0

    def begin(self, batch: Batch, seconds: float) -> None:
        """See `producer.build.run.Reporter`, as the next."""

    def end(self, result: Result, cost: float) -> None:  # noqa: ARG002 - as the reporter has it
        """Tell that a job ended."""
        self.ended += 1
        said = {
            "ended": self.ended,
            "files": self.files,
            "job": result.item.job.id,
            "status": result.status.value,
        }
        send(self.connection, Message(said))

    def removed(self, batch: Batch, path: str) -> None:
        """Nothing to tell."""

    def put_away(self, batch: Batch, path: str) -> None:
        """Nothing to tell."""

    def kept(self, batch: Batch, path: str) -> None:
        """Nothing to tell."""


def guarded_stages() -> Stages:
    """Return the program's stages for a worker that the build starts: it has our limits, and here gets our guard."""
    guard_network()
    return real_stages()
