"""Measure what staff wait for while typing: from the request for a preview to its picture, five people at once.

Usage: .venv/bin/python bench/preview.py [--people N] [--seconds N] [--workers N] [--delay S]

Each person fills in another kind of piece, letter by letter; a request goes out `--delay` seconds after the last one,
as htmx does. The figures are the times of pictures that were shown, and how many keystrokes were overtaken.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from producer.requests.draft import Draft  # noqa: E402  # found only with the path above
from producer.requests.worker import PreviewWorkers  # noqa: E402
from producer.requests.workshop import Workshop  # noqa: E402

KINDS = ("su-kien", "thong-bao", "chuc-mung", "guong", "trich-dan")


def type_away(workers: PreviewWorkers, name: str, draft: Draft, until: float, delay: float) -> list[float]:
    """Type a draft's longest field letter by letter for a while; return seconds, negative where overtaken."""
    key = max(draft.values, key=lambda one: len(draft.values[one]) if "_" not in one else 0)
    words, found, at = draft.values[key], list[float](), 0
    while time.perf_counter() < until:
        at = at % len(words) + 1
        typed = replace(draft, values={**draft.values, key: words[:at].strip() or words})
        began = time.perf_counter()
        answer = workers.preview(name, typed)
        took = time.perf_counter() - began
        found.append(took if answer is not None and answer.png else -took)
        time.sleep(max(delay - took, 0))
    return found


def main() -> None:
    """Let people type, and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--delay", type=float, default=0.4)
    asked = parser.parse_args()
    shop = Workshop(ROOT)
    drafts = [shop.example(KINDS[number % len(KINDS)]) for number in range(asked.people)]
    times: list[float] = []
    with PreviewWorkers(ROOT, asked.workers) as workers:
        began = time.perf_counter()
        for number, draft in enumerate(drafts * asked.workers):  # both processes have met each kind
            workers.preview(f"warm-{number}", draft)
        print(f"warm after {time.perf_counter() - began:.1f} s")
        until = time.perf_counter() + asked.seconds

        def person(number: int) -> None:
            time.sleep(asked.delay * number / asked.people)  # nobody types in step
            times.extend(type_away(workers, f"person-{number}", drafts[number], until, asked.delay))

        people = [threading.Thread(target=person, args=(number,)) for number in range(asked.people)]
        for one in people:
            one.start()
        for one in people:
            one.join()
    shown = sorted(took for took in times if took >= 0)
    p95 = statistics.quantiles(shown, n=20)[-1]
    middle, most = statistics.median(shown), shown[-1]
    load = os.getloadavg()[0]
    print(f"{asked.people} people, {asked.workers} workers, a letter each {asked.delay:g} s, load {load:.1f}")
    print(f"{len(shown)} pictures, {len(times) - len(shown)} keystrokes without one")
    print(f"p50 {middle * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms, most {most * 1000:.0f} ms")


if __name__ == "__main__":
    main()
