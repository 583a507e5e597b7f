"""Seed faults of one character or digit into every sample item's finished files and count what the proof finds.

Usage: .venv/bin/python bench/proof.py [--every N] [--turns N] [--only RECIPE] [--no-clips]

Tells for each medium and kind of fault how many were found, each that was not, every alarm over a sound file, and
the milliseconds that the proof of a sound file takes.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

import imageio_ffmpeg
from measure import ROOT

from producer.layout.model import Document
from producer.pipeline import prepare, real_stages
from producer.proof.prove import prove
from producer.render.model import Artifact, Resources
from producer.world import FolderWorld

sys.path.insert(0, str(ROOT / "tests"))
from seeded import seeded

WORLD = FolderWorld(ROOT)


def samples(only: str, every: int, *, clips: bool) -> Iterator[tuple[str, Artifact, Document]]:
    """Yield each ``every``-th finished item of the sample recipes, with its page."""
    stages = real_stages()
    for place in sorted(ROOT.glob(f"recipes/*{only}*/recipe.yaml")):
        road = prepare(place.relative_to(ROOT).as_posix(), WORLD, stages)
        layout = stages.prepare_layout(WORLD.read_bytes)
        for job in road.plan.jobs[::every]:
            if job.format == "mp4" and not clips:
                continue
            scene = stages.compose(job, road.project, road.tables, WORLD)
            page = layout(scene)
            encoder = imageio_ffmpeg.get_ffmpeg_exe() if job.format == "mp4" else ""
            means = Resources(scene.colours, road.project.brand.series, WORLD.read_bytes, encoder)
            made = stages.render(page, means)
            post = ((".txt", f"{scene.post}\n".encode()),) if scene.post else ()
            yield job.id, replace(made, extras=(*made.extras, *post), underlays=None), page


def main() -> None:
    """Seed, prove, count."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--turns", type=int, default=1)
    parser.add_argument("--only", default="")
    parser.add_argument("--no-clips", action="store_true")
    asked = parser.parse_args()

    found: dict[tuple[str, str], list[bool]] = defaultdict(list)
    spent: dict[str, list[float]] = defaultdict(list)
    alarms = 0
    for name, made, page in samples(asked.only, asked.every, clips=not asked.no_clips):
        began = time.perf_counter()
        told = prove(made, page, WORLD.read_bytes)
        spent[page.format].append((time.perf_counter() - began) * 1000)
        if told:
            alarms += 1
            print(f"ALARM {name} ({page.format}): {told[0].code} {dict(told[0].facts)}")
        for medium, kind, wrong, wrong_page in seeded(made, page, WORLD.read_bytes, asked.turns):
            hit = bool(prove(wrong, wrong_page, WORLD.read_bytes))
            found[f"{page.format} {medium}", kind].append(hit)
            if not hit:
                print(f"missed {name} ({page.format}): {medium}, {kind}")
    for (medium, kind), hits in sorted(found.items()):
        print(f"{medium:45} {kind:24} {sum(hits):5} of {len(hits)}")
    every_hit = [hit for hits in found.values() for hit in hits]
    print(
        f"{sum(every_hit)} of {len(every_hit)} found; {alarms} alarms over {sum(map(len, spent.values()))} files"
    )
    for kind, times in sorted(spent.items()):
        print(
            f"{kind}: median {statistics.median(times):.1f} ms, most {max(times):.1f} ms, {len(times)} files"
        )


if __name__ == "__main__":
    main()
