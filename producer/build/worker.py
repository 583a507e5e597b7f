"""One job in a process of its own: a scene in, a receipt out; the file itself goes to the store."""

from __future__ import annotations

import hashlib
import os
import signal
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from producer.build.canonical import Plain, digest, files, plain
from producer.build.key import engine, inputs_of
from producer.build.notes import FolderNotes
from producer.build.receipt import Blob, Picture, Receipt, warned
from producer.build.store import Store
from producer.build.task import Answer, Task, unpacked, write_answer
from producer.diagnostics import Diagnostic, ProducerError, Scope, Span
from producer.kept import forget_all
from producer.pipeline import Finished, Stages, produce
from producer.world import FolderWorld, World

if TYPE_CHECKING:
    from producer.layout.model import Document
    from producer.render.model import Resources
    from producer.scene.model import Scene


def run_task(task: Task) -> bytes:
    """Make one job and keep it in the store. Never raises: a fault of the program is an answer too."""
    began = time.perf_counter()
    try:
        _keep(task, began)
        return write_answer(Answer(seconds=time.perf_counter() - began))
    except ProducerError as error:
        return write_answer(Answer(problems=error.diagnostics, seconds=time.perf_counter() - began))
    except Exception as error:  # noqa: BLE001 - a bug in one job must not end the others
        return write_answer(_of_fault(error, task, time.perf_counter() - began))


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
        self.read: dict[str, str] = {}  # path → digest since the job began, empty where there is no such file

    def __call__(self, path: str) -> bytes:
        try:
            data = self.world.read_bytes(path)
        except OSError:
            self.read[path] = ""
            raise
        self.read[path] = hashlib.sha256(data).hexdigest()  # of these bytes: the file may change at any time
        return data

    def differs(self, named: Mapping[str, str]) -> bool:
        """Whether a file is gone, or not what the scene was made with any more."""
        return any(self.read.get(path, digest) != digest for path, digest in named.items())


@dataclass(frozen=True, slots=True)
class _Bench:
    """What jobs of one project share inside a worker: everything that is opened once."""

    stages: Stages
    layout: Callable[[Scene], Document]
    store: Store
    reader: _Reader


@cache
def _bench(project: str, stages_name: str) -> _Bench:
    stages, place = stages_named(stages_name), Path(project)
    reader = _Reader(FolderWorld(place))
    return _Bench(stages, stages.prepare_layout(reader, FolderNotes(place)), Store(place), reader)


def stages_named(name: str) -> Stages:
    """Return the stages that "module:function" gives: a name, since it goes to other processes."""
    module, function = name.split(":")
    stages: Stages = getattr(import_module(module), function)()
    return stages


def _keep(task: Task, began: float) -> None:
    bench, scene = _bench(task.project, task.stages), unpacked(task.scene)
    form = plain(scene)
    bench.reader.read.clear()
    try:
        resources = replace(_resources(bench, scene, task.series), origin=digest(form))
        finished = produce(scene, bench.layout, resources, bench.stages)
    finally:
        if bench.reader.differs(files(form)):
            forget_all()  # else the key of the old picture would stand for the new one
            facts = {"job": task.job}
            raise ProducerError([Diagnostic("build/changed", Span(task.recipe), facts, scope=Scope.ROW)])
    receipt = _receipt(bench, scene, form, task, finished)
    bench.store.put(replace(receipt, seconds=round(time.perf_counter() - began, 3)))


def _resources(bench: _Bench, scene: Scene, series: tuple[str, ...]) -> Resources:
    from producer.render.model import Resources

    encoder = _encoder() if scene.format == "mp4" else ""
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
        facts=tuple(dict.fromkeys((fact.field, fact.text) for fact in finished.facts)),
        alts=scene.alts,
        files=named,
        inputs=inputs_of(form, task.series),
        engine=engine(),
        reads={
            path: digest for path, digest in sorted(bench.reader.read.items()) if digest and path not in named
        },
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
    ".zip": "application/zip",
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
