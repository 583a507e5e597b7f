"""Draw the bench posters, one after another in one process: ms of each, and the processor's ms of each stage.

Usage: python ours.py project out-dir rounds
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from pathlib import Path

from producer.build.notes import FolderNotes
from producer.pipeline import prepare, real_stages
from producer.render.model import Resources
from producer.world import FolderWorld

STAGES = ("compose", "layout", "render", "review", "prove", "write")


def main(project: Path, out: Path, rounds: int) -> None:
    """Print a list of ms per poster, and the mean of the processor's ms of each stage."""
    stages = real_stages()
    world = FolderWorld(project)
    road = prepare("recipes/bench/recipe.yaml", world, stages)
    layout = stages.prepare_layout(world.read_bytes, FolderNotes(project))
    out.mkdir(parents=True, exist_ok=True)
    times, parts = [], defaultdict[str, float](float)
    for _ in range(rounds):
        for job in road.plan.jobs:
            began, at = time.perf_counter(), [time.process_time()]
            scene = stages.compose(job, road.project, road.tables, world)
            at.append(time.process_time())
            document = layout(scene)
            at.append(time.process_time())
            resources = Resources(scene.colours, road.project.brand.series, world.read_bytes)
            artifact = stages.render(document, resources)
            at.append(time.process_time())
            stages.review(document, artifact.underlays, resources)
            at.append(time.process_time())
            stages.prove(artifact, document, world.read_bytes)
            at.append(time.process_time())
            (out / f"{job.row.id if job.row else job.id}.png").write_bytes(artifact.data)
            at.append(time.process_time())
            times.append((time.perf_counter() - began) * 1000)
            for name, start, end in zip(STAGES, at[:-1], at[1:], strict=True):
                parts[name] += (end - start) * 1000
    said = {"times": times, "stages": {name: total / len(times) for name, total in parts.items()}}
    print(json.dumps(said))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
