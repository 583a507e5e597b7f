"""Measure the checks of facts: seconds for a thousand rows, and what they catch of the sentences in tests/facts.

Usage: .venv/bin/python bench/facts.py [--rows N] [--rounds N]

The rows are those of assets/data/events.csv over and over, each with a title of its own, so that no title is found
among the texts that were judged already; places, speakers and tags come again, as they do in a sheet.
"""

from __future__ import annotations

import argparse
import csv
import statistics
import sys
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import fact_sentences as sentences  # noqa: E402  # found only with the path above

from producer.data.model import Row, Value  # noqa: E402
from producer.facts.check import Known, check_row, findings  # noqa: E402

DATES = ("start_date", "end_date")
FILES = (
    ("frozen, true", "true_sentences.yaml", ""),
    ("other wording, true", "held_out.yaml", "truths"),
    ("a stranger's, true", "stranger_sentences.yaml", "truths"),
    ("a second stranger's, true", "second_stranger.yaml", "truths"),
)
FAULTS = (
    ("frozen", "faulty_sentences.yaml", "faults"),
    ("frozen", "faulty_sentences.yaml", "slips"),
    ("other wording", "held_out.yaml", "faults"),
    ("other wording", "held_out.yaml", "slips"),
    ("a stranger's", "stranger_sentences.yaml", "faults"),
    ("a stranger's", "stranger_sentences.yaml", "slips"),
    ("a second stranger's", "second_stranger.yaml", "faults"),
    ("a second stranger's", "second_stranger.yaml", "slips"),
)


def rows_of(count: int) -> list[Row]:
    """Return rows as the sheet of events has them, each with a title of its own."""
    with (ROOT / "assets/data/events.csv").open(encoding="utf-8") as sheet:
        read = list(csv.DictReader(sheet))
    made = []
    for number in range(count):
        values: dict[str, Value] = {name: text or None for name, text in read[number % len(read)].items()}
        for name in DATES:
            text = values[name]
            values[name] = date.fromisoformat(text) if isinstance(text, str) else None
        values["title"] = f"{values['title']} – đợt {number}"
        made.append(Row(str(number), "events.csv", number + 2, tuple(values), values))
    return made


def seconds(rows: list[Row], known: Known) -> tuple[float, float]:
    """Return the clock's and the processor's seconds for checking rows, with no text kept from before."""
    findings.cache_clear()
    clock, processor = time.perf_counter(), time.process_time()
    for row in rows:
        list(check_row(row, known))
    return time.perf_counter() - clock, time.process_time() - processor


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    rows, known = rows_of(asked.rows), sentences.known(date(2025, 6, 20))
    rounds = [seconds(rows, known) for _ in range(asked.rounds)]
    clock, processor = (statistics.median(column) for column in zip(*rounds, strict=True))
    print(f"{asked.rows} rows: {clock:.2f} s by the clock, {processor:.2f} s of the processor (median)")
    for name, file, key in FILES:
        read = sentences.read(file)
        told = list(sentences.judged(read[key] if key else read))
        print(f"{name}: {sum(bool(one.codes) for one in told)} false alarms of {len(told)}")
    for name, file, key in FAULTS:
        kinds = sentences.caught(list(sentences.judged(sentences.read(file)[key])))
        found, count = (sum(column) for column in zip(*kinds.values(), strict=True))
        print(f"{name}, {key}: {found} of {count}")
        for kind, (some, all_of) in kinds.items():
            print(f"  {kind}: {some} of {all_of}")


if __name__ == "__main__":
    main()
