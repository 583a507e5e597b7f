"""Make many posters from one sheet: how two workers compare with one, and whether memory stays flat.

Usage: .venv/bin/python bench/batch.py [--rows 1000] [--memory 100,500,2000]

The sheet repeats the demo's events under new ids and titles; every poster is a PNG of 1080 × 1350, each in an empty
store. Memory is the sum of the proportional set sizes of all processes, sampled ten times a second.
"""

from __future__ import annotations

import argparse
import csv
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measure import ROOT, family, resident

RECIPE = """\
title: Một nghìn áp phích
today: 2025-01-01
data:
  events:
    file: assets/data/many.csv
    id: event_id
    types: {start_date: date, end_date: date, start_time: time, photo: photo}
pieces:
  poster: {template: su-kien, each: events, channels: [fb-post-portrait]}
"""
COMMAND = (sys.executable, "-m", "producer", "build", "-q")


def project(folder: Path, rows: int) -> Path:
    """Return a project with a sheet of ``rows`` events."""
    for name in ("assets", "brand"):
        shutil.copytree(ROOT / name, folder / name)
    with (ROOT / "assets/data/events.csv").open(encoding="utf-8", newline="") as file:
        events = list(csv.DictReader(file))
    many = [
        {**events[n % len(events)], "event_id": f"M-{n + 1:05}", "message": f"Phần việc thứ {n + 1} của năm"}
        for n in range(rows)
    ]
    with (folder / "assets/data/many.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(many[0]))
        writer.writeheader()
        writer.writerows(many)
    (folder / "recipes/many").mkdir(parents=True)
    (folder / "recipes/many/recipe.yaml").write_text(RECIPE, encoding="utf-8")
    return folder


def build(folder: Path, workers: int) -> tuple[float, float]:
    """Return the seconds and the peak MB of a build from nothing."""
    for made in (".producer", "output"):
        shutil.rmtree(folder / made, ignore_errors=True)
    command = [*COMMAND, "-j", str(workers), "recipes/many/recipe.yaml"]
    began, peak = time.perf_counter(), 0.0
    with subprocess.Popen(command, cwd=folder) as child:
        while child.poll() is None:
            peak = max(peak, sum(resident(pid) for pid in family(child.pid)))
            time.sleep(0.1)
    return time.perf_counter() - began, peak


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1000)
    parser.add_argument("--memory", default="100,500,2000")
    wish = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = project(Path(made) / "speed", wish.rows)
        one, two = (build(folder, workers)[0] for workers in (1, 2))
        print(f"{wish.rows} posters: one worker {one:.0f} s, two {two:.0f} s: {one / two:.2f} times as fast")
        for rows in (int(count) for count in wish.memory.split(",") if count):
            seconds, peak = build(project(Path(made) / str(rows), rows), 2)
            print(
                f"{rows:>6} posters: {seconds:.0f} s, {seconds / rows * 1000:.0f} ms each, peak {peak:.0f} MB"
            )


if __name__ == "__main__":
    main()
