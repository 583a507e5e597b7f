"""Make the products of an object again from what the archive holds, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from producer.build.canonical import parsed, plain
from producer.build.key import key_of
from producer.build.lost import StoreLostError
from producer.build.receipt import Receipt
from producer.build.store import Store
from producer.build.task import Task, packed
from producer.diagnostics import Diagnostic
from producer.library.ocfl import Archive
from producer.library.ocfl_inventory import Inventory, Version
from producer.library.record import ASSET, ENGINE, FACTS, FILES, SCENES
from producer.library.thaw import thawed
from producer.world import confined


@dataclass(frozen=True, slots=True)
class Remade:
    """A file of a product as it was made again."""

    file: str  # its place in the object
    media_type: str
    before: str  # SHA-256 of the archived one
    after: str  # SHA-256 of this one; empty where none of its kind was made
    place: Path  # where this one lies

    @property
    def same(self) -> bool:
        """Whether they are the same, byte for byte."""
        return self.before == self.after


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A product that was made again, or why it could not be."""

    job: str
    same_engine: bool  # what renders is what rendered then, to the last library
    files: tuple[Remade, ...] = ()
    unsaid: tuple[
        tuple[str, str], ...
    ] = ()  # facts of the archive that the proof did not find in the new file
    problems: tuple[Diagnostic, ...] = ()
    fault: str = ""


def rebuild(
    archive: Archive, inventory: Inventory, version: Version, folder: Path, stages: str
) -> Iterator[Rebuilt]:
    """Make each product of a version again in ``folder``, which holds nothing else, and yield how it came out.

    ``stages`` names the function that gives the stages. They are those of today: the record has the scene that was
    painted, with every word, and every file that painting read.

    Raises:
        DamagedError: the archive no longer has a file as it was.
        FormError: the record is of a make that this version does not read.
    """
    from producer.build.pool import TIMEOUTS, Limits, run_tasks

    def read(path: str) -> Any:  # noqa: ANN401 - JSON
        with archive.open(inventory, path, version) as file:
            return parsed(file.read())

    for entry in read(FILES):
        place = folder / confined(entry["path"])
        place.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(inventory, entry["file"], version) as file:
            place.write_bytes(file.read())
    told = {"products": read(ASSET)["products"], "facts": read(FACTS)}
    keys = {job: engine["key"] for job, engine in read(ENGINE).items()}
    tasks = [_task(read(path), folder, stages) for path in sorted(version.state) if path.startswith(SCENES)]
    store = Store(folder)
    for task, answer in run_tasks(tasks, Limits(1, TIMEOUTS), bool):
        if answer.lost:
            raise StoreLostError(*answer.lost)
        receipt, same = store.get(task.key), keys.get(task.job) == task.key
        if receipt is None:
            yield Rebuilt(task.job, same, problems=answer.problems, fault=answer.fault)
        else:
            files, unsaid = _compared(task.job, receipt, told, store.place)
            yield Rebuilt(task.job, same, files, unsaid)


def _task(record: Any, folder: Path, stages: str) -> Task:  # noqa: ANN401 - JSON
    scene, series = thawed(record["scene"]), tuple(record["series"])
    return Task(
        project=str(folder),
        recipe=ASSET,
        job=record["job"],
        format=record["format"],
        key=key_of(plain(scene), series),
        stages=stages,
        series=series,
        scene=packed(scene),
    )


def _compared(
    job: str,
    receipt: Receipt,
    told: Any,  # noqa: ANN401 - JSON
    place: Callable[[str, str], Path],
) -> tuple[tuple[Remade, ...], tuple[tuple[str, str], ...]]:
    """Hold what was made against what the record says of it: files in their order, facts by their words."""
    archived = [entry for entry in told["products"] if entry["job"] == job]
    after = [blob.sha256 for blob in receipt.blobs] + [""] * len(archived)
    files = tuple(
        Remade(entry["file"], entry["media_type"], entry["sha256"], new, place("cas", new))
        for entry, new in zip(archived, after, strict=False)
    )
    known = {(fact["field"], fact["text"]) for fact in told["facts"] if fact["job"] == job}
    return files, tuple(sorted(known - set(receipt.facts)))
