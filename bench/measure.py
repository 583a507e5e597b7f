"""Measure the demo as a user meets it: cold, unchanged, help; each beside a yardstick of the same run.

Usage: .venv/bin/python bench/measure.py [--rounds N] [--cold]

Machines differ and are noisy: quote the ratios and medians, not single times. Cold builds write to a folder of
their own with an empty store; the project itself is not touched.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RECIPE = "recipes/cong-doan-2025/recipe.yaml"
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its byte code, as pip leaves it


def timed(command: list[str], folder: Path) -> tuple[float, float]:
    """Return wall and processor seconds of one command and all of its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, capture_output=True)  # our own command
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def median(command: list[str], folder: Path, rounds: int) -> tuple[float, float]:
    """Return the medians of wall and processor seconds over some rounds, after one that is not counted."""
    timed(command, folder)
    runs = [timed(command, folder) for _ in range(rounds)]
    return statistics.median(wall for wall, _ in runs), statistics.median(cpu for _, cpu in runs)


def copied_project(folder: Path) -> Path:
    """Return a copy of the starter with no store and no output."""
    for name in ("assets", "brand", "recipes"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


def peak_mb(command: list[str], folder: Path) -> float:
    """Return the largest sum of resident memory of a command and its children, in MB, sampled ten times a second."""
    peak = 0.0
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
        while child.poll() is None:
            peak = max(peak, sum(resident(pid) for pid in family(child.pid)))
            time.sleep(0.1)
    return peak


def family(root: int) -> list[int]:
    """Return a process and all that descend from it, from /proc."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    found, fresh = [root], [root]
    while fresh:
        fresh = [pid for pid, parent in parents.items() if parent in fresh]
        found += fresh
    return found


def resident(pid: int) -> float:
    """Return the proportional memory of a process in MB; shared pages are counted once over all."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


def main() -> None:
    """Print one line for each figure."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--cold", action="store_true", help="also build from nothing, three times")
    chosen = options.parse_args()
    producer = str(Path(sys.executable).parent / "producer")
    print(f"cores {os.cpu_count()}, load {os.getloadavg()[0]:.2f}, Python {sys.version.split()[0]}")
    bare, _ = median([sys.executable, "-c", "pass"], ROOT, chosen.rounds)
    shown, _ = median([producer, "--help"], ROOT, chosen.rounds)
    print(
        f"producer --help {shown * 1000:.0f} ms, bare interpreter {bare * 1000:.0f} ms, ratio {shown / bare:.1f}"
    )
    with tempfile.TemporaryDirectory() as name:
        project = copied_project(Path(name))
        build = [producer, "build", RECIPE, "-q"]
        wall, cpu = timed(build, project)
        print(f"demo, empty store: wall {wall:.1f} s, processor {cpu:.1f} s")
        wall, cpu = median(build, project, chosen.rounds)
        print(f"demo, nothing changed: wall {wall:.2f} s, processor {cpu:.2f} s")
        if chosen.cold:
            walls = []
            for _ in range(3):
                shutil.rmtree(project / ".producer")
                shutil.rmtree(project / "output")
                walls.append(timed(build, project)[0])
            print(f"demo, empty store, three more: wall {', '.join(f'{wall:.1f}' for wall in walls)} s")
            shutil.rmtree(project / ".producer")
            print(f"peak memory of all processes: {peak_mb(build, project):.0f} MB")


if __name__ == "__main__":
    main()
