"""What the main process tells a worker, and what it hears back: plain bytes on a pipe between the two."""

from __future__ import annotations

import json
import pickle
import zlib
from dataclasses import dataclass
from typing import Any

from producer.build.receipt import problem_from_plain, problem_to_plain
from producer.diagnostics import Diagnostic
from producer.scene.model import Scene


@dataclass(frozen=True, slots=True)
class Task:
    """What a worker is told: which job, and everything that its file is made from but the project's files.

    So a worker reads no recipe and no data of its own: it makes what was planned, whatever is edited meanwhile.
    """

    project: str
    recipe: str  # path from the project folder
    job: str
    format: str
    key: str
    stages: str  # "module:function" that gives the stages
    series: tuple[str, ...]  # colours of the brand's charts
    scene: bytes  # of :func:`packed`


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker says: a receipt is in the store under the task's key, or what went wrong."""

    problems: tuple[Diagnostic, ...] = ()
    fault: str = ""  # traceback of a bug
    lost: tuple[str, str, int] | None = None  # why the store cannot be written, of which file, and its number
    seconds: float = 0.0


def packed(scene: Scene) -> bytes:
    """Return a scene with all its places in few bytes, 3 kB for a poster: those of a whole sheet wait at once."""
    return zlib.compress(pickle.dumps(scene), 1)


def unpacked(data: bytes) -> Scene:
    """Return the scene that :func:`packed` was given, in this process or in the one that started it."""
    scene: Scene = pickle.loads(zlib.decompress(data))  # noqa: S301 - never on a disk or a network
    return scene


def write_answer(answer: Answer) -> bytes:
    """Return an answer as JSON."""
    problems = [problem_to_plain(problem) for problem in answer.problems]
    made = {"problems": problems, "fault": answer.fault, "lost": answer.lost, "seconds": answer.seconds}
    return json.dumps(made).encode()


def read_answer(data: bytes) -> Answer:
    """Return the answer that :func:`write_answer` wrote."""
    read: dict[str, Any] = json.loads(data)
    problems = tuple(problem_from_plain(problem) for problem in read["problems"])
    lost = read["lost"]
    return Answer(**{**read, "problems": problems, "lost": tuple(lost) if lost is not None else None})
