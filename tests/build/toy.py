"""A toy project on disk, built with the stages of `fake_stages`."""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path

import fake_stages
import pytest

from producer.build.batch import Batch, Choice, examine
from producer.build.run import Means, Result, run
from producer.pipeline import prepare
from producer.world import FolderWorld


@dataclass
class Heard:
    """Remembers what a build tells."""

    seconds: float = 0.0
    results: list[Result] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    old: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)

    def begin(self, batch: Batch, seconds: float) -> None:  # noqa: ARG002
        self.seconds = seconds

    def end(self, result: Result, cost: float) -> None:  # noqa: ARG002
        self.results.append(result)

    def removed(self, batch: Batch, path: str) -> None:  # noqa: ARG002
        self.gone.append(path)

    def put_away(self, batch: Batch, path: str) -> None:  # noqa: ARG002
        self.old.append(path)

    def kept(self, batch: Batch, path: str) -> None:  # noqa: ARG002
        self.aside.append(path)


@dataclass
class Toy:
    """The project, and short words for what tests do with it."""

    root: Path
    log: Path
    heard: Heard = field(default_factory=Heard)

    def rows(self, **titles: str) -> None:
        """Write the data; names of rows come with `_` for `-`."""
        rows = [{"id": name.replace("_", "-"), "title": title, "place": ""} for name, title in titles.items()]
        self.write("assets/data/rows.json", json.dumps(rows))

    def write(self, path: str, text: str) -> Path:
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
        return place

    def batch(self, choice: Choice | None = None, out: str = "output") -> Batch:
        choice = choice or Choice()
        stages = fake_stages.stages()
        road = prepare("recipes/thu/recipe.yaml", FolderWorld(self.root), stages, choice.only)
        return examine(road, stages, self.root, self.root / out, choice)

    def build(self, choice: Choice | None = None, out: str = "output", workers: int = 1) -> dict[str, str]:
        """Build and return every job's end."""
        self.heard = Heard()
        results = run(self.batch(choice, out), Means(workers, "fake_stages:stages"), self.heard)
        return {result.item.job.id.removeprefix("poster/"): result.status.value for result in results}

    def rendered(self) -> list[str]:
        """The jobs rendered since the last question, sorted."""
        place = self.log / "rendered"
        jobs = sorted(place.read_text().split()) if place.exists() else []
        place.unlink(missing_ok=True)
        return [job.removeprefix("poster/") for job in jobs]

    def tree(self, out: str = "output") -> dict[str, bytes]:
        """Every file of an output folder."""
        root = self.root / out
        return {str(p.relative_to(root)): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


def surroundings() -> dict[str, str]:
    """What a child process needs to find the stages of the toy, beside the producer that is tested."""
    paths = (str(Path(__file__).parent), os.environ.get("PYTHONPATH", ""))
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Toy:
    """Three events and one recipe, nothing built yet."""
    log = tmp_path / "log"
    log.mkdir()
    monkeypatch.setenv("FAKE_STAGES", str(log))
    made = Toy(tmp_path / "project", log)
    made.write("brand/brand.yaml", '{"red": 255}')
    made.write("recipes/thu/recipe.yaml", '{"formats": ["png"]}')
    made.rows(EV_1="một", EV_2="hai", EV_3="ba")
    return made
