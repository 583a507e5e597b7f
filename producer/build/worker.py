"""One job in a process of its own: JSON in, receipt out; the file itself goes to the store."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from producer.build.canonical import Plain, files, plain
from producer.build.key import engine, inputs_of, key_of
from producer.build.notes import FolderNotes
from producer.build.receipt import Blob, Picture, Receipt, problem_from_plain, problem_to_plain, warned
from producer.build.store import Store
from producer.diagnostics import Diagnostic, ProducerError, Scope, Span
from producer.kept import forget_all
from producer.pipeline import Finished, Road, Stages, prepare, produce
from producer.world import FolderWorld, World

if TYPE_CHECKING:
    from producer.layout.model import Document
    from producer.plan.model import Job
    from producer.render.model import Resources
    from producer.scene.model import Scene


@dataclass(frozen=True, slots=True)
class Task:
    """What a worker is told: which job of which recipe, and the key that it must find for itself."""

    project: str
    recipe: str  # path from the project folder
    job: str
    format: str
    key: str
    stages: str  # "module:function" that gives the stages


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker says: a receipt is in the store under the task's key, or what went wrong."""

    problems: tuple[Diagnostic, ...] = ()
    fault: str = ""  # traceback of a bug
    lost: tuple[str, str, int] | None = None  # why the store cannot be written, of which file, and its number
    seconds: float = 0.0


def write_task(task: Task) -> bytes:
    """Return a task as JSON."""
    return json.dumps(asdict(task)).encode()


def read_answer(data: bytes) -> Answer:
    """Return the answer that :func:`run_task` gave."""
    read: dict[str, Any] = json.loads(data)
    problems = tuple(problem_from_plain(problem) for problem in read["problems"])
    lost = read["lost"]
    return Answer(**{**read, "problems": problems, "lost": tuple(lost) if lost is not None else None})


def _write_answer(answer: Answer) -> bytes:
    problems = [problem_to_plain(problem) for problem in answer.problems]
    made = {"problems": problems, "fault": answer.fault, "lost": answer.lost, "seconds": answer.seconds}
    return json.dumps(made).encode()


def run_task(data: bytes) -> bytes:
    """Make one job and keep it in the store. Never raises: a fault of the program is an answer too."""
    task = Task(**json.loads(data))
    began = time.perf_counter()
    try:
        _keep(task, began)
        return _write_answer(Answer(seconds=time.perf_counter() - began))
    except ProducerError as error:
        return _write_answer(Answer(problems=error.diagnostics, seconds=time.perf_counter() - began))
    except Exception as error:  # noqa: BLE001 - a bug in one job must not end the others
        return _write_answer(_of_fault(error, task, time.perf_counter() - began))


def _of_fault(error: Exception, task: Task, seconds: float) -> Answer:
    """Return what is said of an error that no author is to blame for; of a bug the traceback is printed."""
    from producer.build.fault import encoder_problem, lost_disk

    lost, problem = lost_disk(error), encoder_problem(error, task.recipe, task.job)
    if lost is not None:
        return Answer(lost=(lost.reason, lost.path, lost.number), seconds=seconds)
    if problem is not None:
        return Answer((problem,), seconds=seconds)
    return Answer(fault="".join(traceback.format_exception(error)), seconds=seconds)


class _Reader:
    """Reads files of the project and notes which: what the scene does not name must be in the receipt."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.read: dict[str, str] = {}  # path → digest, since the job began

    def __call__(self, path: str) -> bytes:
        data = self.world.read_bytes(path)
        self.read[path] = hashlib.sha256(data).hexdigest()  # of these bytes: the file may change at any time
        return data


@dataclass(frozen=True, slots=True)
class _Bench:
    """What jobs of one recipe share inside a worker: everything that is read once."""

    road: Road
    stages: Stages
    layout: Callable[[Scene], Document]
    jobs: Mapping[str, Job]
    store: Store
    reader: _Reader


@cache
def _bench(project: str, recipe: str, stages_name: str) -> _Bench:
    stages = stages_named(stages_name)
    world = FolderWorld(Path(project))
    road = prepare(recipe, world, stages)
    reader = _Reader(world)
    layout = stages.prepare_layout(reader, FolderNotes(Path(project)))
    return _Bench(road, stages, layout, {job.id: job for job in road.plan.jobs}, Store(Path(project)), reader)


def stages_named(name: str) -> Stages:
    """Return the stages that "module:function" gives: a name, since it goes to other processes."""
    module, function = name.split(":")
    stages: Stages = getattr(import_module(module), function)()
    return stages


def _keep(task: Task, began: float) -> None:
    bench = _bench(task.project, task.recipe, task.stages)
    job = bench.jobs.get(task.job)
    changed = Diagnostic("build/changed", Span(task.recipe), {"job": task.job}, scope=Scope.ROW)
    if job is None:
        raise ProducerError([changed])
    scene = bench.stages.compose(job, bench.road.project, bench.road.tables, bench.road.world)
    form = plain(scene)
    if key_of(form, bench.road.project.brand) != task.key:
        raise ProducerError([changed])
    bench.reader.read.clear()
    finished = produce(scene, bench.layout, _resources(bench, scene), bench.stages)
    named, read = files(form), bench.reader.read
    if any(read[path] != digest for path, digest in named.items() if path in read):
        forget_all()
        raise ProducerError([changed])  # else the key of the old picture would stand for the new one
    receipt = _receipt(bench, scene, form, task, finished)
    bench.store.put(replace(receipt, seconds=round(time.perf_counter() - began, 3)))


def _resources(bench: _Bench, scene: Scene) -> Resources:
    from producer.render.model import Resources

    series, encoder = bench.road.project.brand.series, _encoder() if scene.format == "mp4" else ""
    return Resources(scene.colours, series, bench.reader, encoder)


@cache
def _encoder() -> str:
    import imageio_ffmpeg

    from producer.render.model import FfmpegError

    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError as error:
        raise FfmpegError(("ffmpeg",), None, str(error)) from error


def _receipt(bench: _Bench, scene: Scene, form: Plain, task: Task, finished: Finished) -> Receipt:
    """Keep what was made, and say what it is."""
    artifact = finished.artifact
    extras = tuple((suffix, data, media_type_of(suffix)) for suffix, data in artifact.extras)
    parts = (("", artifact.data, artifact.media_type), *extras)
    named = files(form)
    return Receipt(
        key=task.key,
        job=task.job,
        blobs=tuple(_blob(bench.store, *part) for part in parts),
        pages=artifact.pages,
        size=artifact.size,
        facts=tuple((fact.field, fact.text) for fact in scene.facts),
        alts=scene.alts,
        files=named,
        inputs=inputs_of(form, bench.road.project.brand),
        engine=engine(),
        reads={path: digest for path, digest in sorted(bench.reader.read.items()) if path not in named},
        warnings=warned(finished.warnings, scene),
    )


def _blob(store: Store, suffix: str, data: bytes, kind: str) -> Blob:
    """Keep a file; a picture is opened again and what it is goes with it."""
    from producer.picture_file import RASTERS, BrokenPictureError, measure

    picture = None
    if kind in RASTERS:
        with suppress(BrokenPictureError):  # proof has read it; stages of tests write what is no picture
            found = measure(data)
            picture = Picture(found.size, found.mode, found.profile, found.dpi)
    return Blob(suffix, store.add(data), len(data), kind, picture)


MEDIA_TYPES = {  # of files beside a job's own, and of those that failed before they had one
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpg": "image/jpeg",
    ".kiem-tra.pdf": "application/pdf",
    ".mp4": "video/mp4",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".svg": "image/svg+xml",
    ".srt": "application/x-subrip",
    ".tif": "image/tiff",
    ".txt": "text/plain",
    ".vtt": "text/vtt",
    ".webp": "image/webp",
}


def media_type_of(suffix: str) -> str:
    """What a file beside a job's own is, by its ending; the number of a page, ``-02.png``, does not count."""
    return MEDIA_TYPES.get(suffix) or MEDIA_TYPES.get(f".{suffix.rpartition('.')[2]}", "")


LOOK = 0.5  # s between two looks at whether the main process lives


def prepare_process() -> None:
    """Set up a fresh worker: in a group of its own, so that Ctrl-C reaches only the main process."""
    if hasattr(os, "setpgid"):
        os.setpgid(0, 0)
        threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()


def _end_with(parent: int) -> None:
    """End this worker and all that it started once its parent is gone: nobody waits for the file any more."""
    while os.getppid() == parent:
        time.sleep(LOOK)
    os.killpg(0, signal.SIGKILL)
