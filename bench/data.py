"""Measure how sheets of 1,000, 10,000 and 100,000 rows are read, and the memory; rivals in the same run.

Usage: .venv/bin/python bench/data.py [--rounds N]

Rivals that are not installed are left out (`pip install --target DIR polars pandas`, then PYTHONPATH=DIR). None of them
finds the encoding or the separator, knows days and numbers as Vietnamese writes them, or says which cell of which row
is wrong: they are told all of it. Each reading is a process of its own; its first round is not counted.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COLUMNS = ("id", "title", "place", "day", "start", "people", "tags", "note")
ROWS = 100_000


def write_sheet(path: Path, rows: int) -> None:
    """Write a register of events: 160 bytes a row."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(COLUMNS)
        for n in range(rows):
            day = f"2025-{n % 12 + 1:02d}-{n % 28 + 1:02d}"
            place = f"Sân vận động huyện Bình Mẫu, cổng {n % 40}"
            title = f"Hội thao công nhân lao động lần thứ {n}"
            out.writerow(
                (f"EV-{n}", title, place, day, f"07:{n % 60:02d}", n % 500, "mới;vui", f"ghi chú {n}")
            )


def ours(folder: Path, *, only: bool = False) -> int:
    """Read the sheet as a recipe does; with ``only`` one row of it is kept."""
    from producer.data.model import ColumnType
    from producer.data.read import read_tables
    from producer.diagnostics import SourceText, Span
    from producer.recipe.model import Condition, Recipe, Source
    from producer.world import FolderWorld

    at = Span("recipe.yaml", 1, 1)
    word = {name: SourceText(name, at) for name in (*COLUMNS, "rows", "rows.csv", "EV-7")}
    types = {"day": "date", "start": "time", "people": "number", "tags": "list"}
    source = Source(
        word["rows"],
        at,
        file=word["rows.csv"],
        id=(word["id"],),
        types={word[name]: ColumnType(kind) for name, kind in types.items()},
        only=(Condition(word["id"], (word["EV-7"],)),) if only else (),
    )
    recipe = Recipe("bench", "recipe.yaml", word["rows"], date(2025, 1, 1), (source,), ())
    tables = read_tables(recipe, FolderWorld(folder))
    return len(tables["rows"].rows)


def with_csv(folder: Path) -> int:
    """Texts by column, nothing converted."""
    with (folder / "rows.csv").open(encoding="utf-8", newline="") as file:
        return len(list(csv.DictReader(file)))


def with_pandas(folder: Path) -> int:
    """Days parsed, all else as pandas guesses it."""
    import pandas as pd

    frame = pd.read_csv(folder / "rows.csv", parse_dates=["day"])
    return len(frame.to_dict("records"))


def with_polars(folder: Path) -> int:
    """Days and hours parsed, and rows to go on with."""
    import polars as pl

    return len(pl.read_csv(folder / "rows.csv", try_parse_dates=True).to_dicts())


READERS: dict[str, Callable[[Path], int]] = {
    "ours": ours,
    "ours, one row kept": lambda folder: ours(folder, only=True),
    "csv.DictReader": with_csv,
    "pandas": with_pandas,
    "polars": with_polars,
}


def measured(name: str, folder: Path, rounds: int) -> dict[str, float] | None:
    """Return median seconds and the peak of resident memory, in MB, of one reader in a process of its own."""
    command = [sys.executable, __file__, "--reader", name, "--folder", str(folder), "--rounds", str(rounds)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)  # our own command
    if done.returncode and f"No module named '{name}'" not in done.stderr:
        raise SystemExit(f"{name} failed:\n{done.stderr}")
    return None if done.returncode else json.loads(done.stdout)


def read_here(name: str, folder: Path, rounds: int) -> None:
    """Read in this process and print what it took."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    READERS[name](folder)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    walls, cpus = [], []
    for _ in range(rounds):
        wall, cpu = time.perf_counter(), time.process_time()
        READERS[name](folder)
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    told = {"wall": statistics.median(walls), "cpu": statistics.median(cpus), "mb": (peak - before) / 1024}
    print(json.dumps(told))


def words(told: dict[str, float] | None) -> str:
    """Return what was measured on one line."""
    if told is None:
        return "not installed"
    return f"{told['wall']:.3f} s, processor {told['cpu']:.3f} s, + {told['mb']:.0f} MB"


def main() -> None:
    """Measure all readers side by side."""
    asked = argparse.ArgumentParser(description="Measure how sheets are read.")
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--reader", choices=READERS, help=argparse.SUPPRESS)
    asked.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.reader:
        read_here(options.reader, options.folder, options.rounds)
        return
    with tempfile.TemporaryDirectory() as name:
        for rows in (ROWS // 100, ROWS // 10, ROWS):
            folder = Path(name) / str(rows)
            folder.mkdir()
            write_sheet(folder / "rows.csv", rows)
            print(f"{rows:,} rows, {(folder / 'rows.csv').stat().st_size / 1e6:.1f} MB")
            for reader in READERS:
                told = measured(reader, folder, options.rounds)
                print(f"  {reader:<20} {words(told)}")


if __name__ == "__main__":
    main()
