"""What the last build of a recipe did, job by job: for `--failed`, `why` and the time that is left."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from producer.build.canonical import parsed
from producer.build.store import FOLDER, write_ours, write_whole


@dataclass(frozen=True, slots=True)
class Last:
    """How a job ended, and the key of the last file that was made for it."""

    key: str  # "" where none was ever made
    failed: bool
    seconds: float  # of the making
    path: str  # below the output folder


@dataclass(frozen=True, slots=True)
class History:
    """The last ends of a recipe's jobs by their id. It may be lost: then everything is merely new."""

    recipe: str  # path of the recipe's file
    jobs: Mapping[str, Last]


def _place(project: Path, recipe: str) -> Path:
    return project / FOLDER / "last" / f"{recipe}.json"


def read_history(project: Path, recipe: str) -> History:
    """Return what is known of a recipe; nothing where the note is missing or damaged."""
    try:
        read = parsed(_place(project, recipe).read_bytes())
        return History(str(read["recipe"]), {str(job): _last(last) for job, last in read["jobs"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return History("", {})


def _last(read: Mapping[str, Any]) -> Last:
    """Raise ValueError for a note that nobody of us wrote."""
    if set(read) != set(Last.__slots__) or not isinstance(read["key"], str):
        raise ValueError("damaged note")
    return Last(read["key"], bool(read["failed"]), float(read["seconds"]), str(read["path"]))


def write_history(project: Path, recipe: str, after: History) -> None:
    """Note how jobs ended. What another build noted of other jobs meanwhile stays."""
    now = read_history(project, recipe)
    after = History(after.recipe, {**now.jobs, **after.jobs})
    if after == now:
        return
    jobs = {job: asdict(last) for job, last in sorted(after.jobs.items())}
    data = json.dumps({"recipe": after.recipe, "jobs": jobs}, ensure_ascii=True, indent=1).encode()
    place = _place(project, recipe)
    write_ours(project / FOLDER, place, lambda: write_whole(place, data))
