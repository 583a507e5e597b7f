"""Measure the two largest pages: a pano of 6 × 3 m as PDF in seconds, a sheet of A1 at 300 dpi as PNG in megabytes.

Usage: .venv/bin/python bench/large.py [--rounds N]

Each build is a process of its own on an empty store, as a user meets it; the pano's render alone, warm, is beside it.
Memory is the largest resident set of any one process, as `time -v` tells it. Quote the medians.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measure import copied_project

from producer.kept import NO_NOTES
from producer.pipeline import prepare, real_stages
from producer.render.model import Resources
from producer.world import FolderWorld

RECIPE = "recipes/kho-lon/recipe.yaml"
TEXT = """\
title: Khổ lớn
today: 2025-06-20
data:
  events:
    file: assets/data/events.csv
    id: event_id
    types: {start_date: date, end_date: date, start_time: time, photo: photo}
    only: {event_id: EV-2025-11}
pieces:
  pano: {template: su-kien, each: events, channels: [pano-6x3]}
  poster: {template: su-kien, each: events, channels: [poster-a1]}
channels:
  poster-a1: {formats: [png]}
accept:
  photo/low-dpi: {pano/EV-2025-11: Chỉ để đo, poster/EV-2025-11: Chỉ để đo}
"""
COMMAND = (sys.executable, "-m", "producer", "build", "-q", RECIPE, "--only")


def build(folder: Path, piece: str) -> tuple[float, float]:
    """Return the seconds of a build from nothing, and the peak MB of all builds so far."""
    for made in (".producer", "output"):
        shutil.rmtree(folder / made, ignore_errors=True)
    began = time.perf_counter()
    subprocess.run([*COMMAND, f"{piece}/*"], cwd=folder, check=True, capture_output=True)  # our own command
    return time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000


def render_seconds(folder: Path, rounds: int) -> float:
    """Return the median seconds of rendering the laid out pano, after a round that is not counted."""
    stages, world = real_stages(), FolderWorld(folder)
    road = prepare(RECIPE, world, stages)
    job = next(job for job in road.plan.jobs if str(job.piece.name) == "pano")
    scene = stages.compose(job, road.project, road.tables, road.world)
    document = stages.prepare_layout(world.read_bytes, NO_NOTES)(scene)
    resources = Resources(scene.colours, road.project.brand.series, world.read_bytes)
    stages.render(document, resources)
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        stages.render(document, resources)
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as made:
        folder = copied_project(Path(made))
        (folder / RECIPE).parent.mkdir(parents=True)
        (folder / RECIPE).write_text(TEXT, "utf-8")
        pano = statistics.median(build(folder, "pano")[0] for _ in range(rounds))
        alone = render_seconds(folder, rounds)
        print(f"pano of 6 × 3 m as PDF: {pano:.2f} s for the whole command, {alone:.2f} s to render")
        builds = [build(folder, "poster") for _ in range(rounds)]
        seconds, peak = statistics.median(seconds for seconds, _ in builds), builds[-1][1]
        print(f"A1 at 300 dpi as PNG: {seconds:.1f} s, peak {peak:.0f} MB")


if __name__ == "__main__":
    main()
