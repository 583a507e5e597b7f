"""Time one poster beside rivals: 40 headlines at 1080 × 1350, PNG written, one process each, rounds interleaved.

Usage: .venv/bin/python bench/stills/stills.py [--rounds N] [--only ours,takumi,takumi-kept,satori,chromium]

Needs node; `npm ci` in this folder is run where it was not. Chromium's program is /usr/bin/chromium, or CHROMIUM.

Machines differ and are noisy: quote the ratios. Each is the median over the rounds of ours, or a rival's, to takumi's
of the same round: of the median milliseconds of a poster (wall), and of the processor's time of the whole process and
its children less that of a run that draws nothing (CPU).

The 40 posters show 8 photographs. Ours keeps decoded and resampled ones, 256 MB of them at most; takumi keeps decoded
ones, 64 MiB where nothing is said, which these 8 exceed: `takumi-kept` gives it our 256 MB. Satori and Chromium are
handed the file each time, as a page would be. Ours looks for faces once for each photograph and notes where they are:
that is done before the clock starts, since no rival does it. Under an opaque photograph ours paints no gradient, and
the rivals neither: nobody sees it.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from producer.brand.model import Colour, Ink
from producer.build.notes import FolderNotes
from producer.layout.model import Shape
from producer.pipeline import prepare, real_stages
from producer.world import FolderWorld

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
FONTS = (("Oswald", 700, "Oswald/Oswald-Bold.ttf"), ("Be Vietnam Pro", 500, "BeVietnamPro/BeVietnamPro-Medium.ttf"),
         ("Be Vietnam Pro", 400, "BeVietnamPro/BeVietnamPro-Regular.ttf"))  # fmt: skip


def project(folder: Path) -> Path:
    """Return a project with the brand, the photographs and the bench's template, data and recipe."""
    for name in ("assets", "brand"):
        shutil.copytree(ROOT / name, folder / name)
    register = folder / "assets/licences.yaml"  # rivals draw no line of credit: ours owes none either
    register.write_text(
        re.sub(r"licence: CC-BY\S*", "licence: CC0-1.0", register.read_text("utf-8")), "utf-8"
    )
    brand = folder / "brand/brand.yaml"
    plain = "treatments:\n  bench: {ground: {gradient: [background, background-deep], angle: 165}}\n"
    brand.write_text(brand.read_text("utf-8").replace("treatments:\n", plain, 1), "utf-8")
    shutil.copy(HERE / "poster.yaml", folder / "brand/templates/poster.yaml")
    shutil.copy(HERE / "posters.csv", folder / "assets/data/posters.csv")
    (folder / "recipes/bench").mkdir(parents=True)
    shutil.copy(HERE / "recipe.yaml", folder / "recipes/bench/recipe.yaml")
    return folder


def grounds(folder: Path) -> dict[str, dict[str, object]]:
    """Return for each poster what ours lays under its words, in CSS: ground, place of the photograph, its darkening.

    How much of the page the photograph takes, and how dark it becomes, is found in its pixels; a rival that drew it
    elsewhere or lighter would draw, and deflate, another picture.
    """
    stages, world = real_stages(), FolderWorld(folder)
    road = prepare("recipes/bench/recipe.yaml", world, stages)
    layout, made = stages.prepare_layout(world.read_bytes, FolderNotes(folder)), {}
    for job in road.plan.jobs:
        scene = stages.compose(job, road.project, road.tables, world)
        (page,) = layout(scene).pages
        under = {item.name: item.paints for item in page.items}
        box = under["photo"][0].box
        made[job.row.id if job.row else job.id] = {
            "ground": css_colour(scene.colours, under["ground"][0].fill.ink),
            "place": {"left": box.x, "top": box.y, "width": box.width, "height": box.height},
            "scrim": css_scrim(scene.colours, under["scrim"]),
        }
    return made


def css_colour(colours: Mapping[str, Colour], ink: Ink) -> str:
    """Return an ink as a colour of CSS."""
    colour = colours[ink.token]
    return f"rgba({colour.red},{colour.green},{colour.blue},{ink.alpha:.4f})"


def css_scrim(colours: Mapping[str, Colour], paints: Sequence[Shape]) -> str:
    """Return an even veil and the ramp above it as one gradient of CSS."""
    veil, ramp = paints
    clear, inks = 1 - veil.fill.ink.alpha, ramp.fill.inks
    start, height = ramp.box.y - veil.box.y, veil.box.height
    stops = (
        f"{css_colour(colours, replace(ink, alpha=1 - clear * (1 - ink.alpha)))}"
        f" {(start + ramp.box.height * at / (len(inks) - 1)) / height * 100:.2f}%"
        for at, ink in enumerate(inks)
    )
    return f"linear-gradient(180deg, {', '.join(stops)})"


def brief(folder: Path, ours: Path) -> Path:
    """Return the file that tells the rivals what to draw; ``ours`` is our project of the same posters."""
    with (HERE / "posters.csv").open(encoding="utf-8", newline="") as file:
        posters: list[dict[str, object]] = list(csv.DictReader(file))
    under = grounds(ours)
    posters = [{**poster, **under[str(poster["id"])]} for poster in posters]
    fonts = [{"family": f, "weight": w, "path": str(ROOT / "brand/fonts" / p)} for f, w, p in FONTS]
    place = folder / "posters.json"
    place.write_text(json.dumps({"posters": posters, "fonts": fonts, "assets": str(ROOT / "assets")}))
    return place


@dataclass
class Runs:
    """What one program took, round by round."""

    times: list[list[float]] = field(default_factory=list)  # ms of each poster
    cpu: list[float] = field(default_factory=list)  # ms of a poster, its part of the process
    stages: list[dict[str, float]] = field(default_factory=list)  # ms, of ours alone

    @property
    def middles(self) -> list[float]:
        """The median of each round."""
        return [statistics.median(times) for times in self.times]


def run(command: list[str], rounds: int) -> tuple[dict[str, object], float]:
    """Return what a program says of its rounds, and the processor's ms of it and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [*command, str(rounds)], cwd=HERE, check=True, stdout=subprocess.PIPE, text=True
    )  # our own command
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return json.loads(done.stdout.splitlines()[-1]), spent * 1000


def compare(commands: dict[str, list[str]], rounds: int) -> dict[str, Runs]:
    """Run all programs side by side, so that what slows the machine slows all."""
    start = {name: run(command, 0)[1] for name, command in commands.items()}
    found = {name: Runs() for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            said, cpu = run(command, 1)
            found[name].times.append(said["times"])
            found[name].cpu.append((cpu - start[name]) / len(said["times"]))
            found[name].stages += [said["stages"]] if "stages" in said else []
    return found


def ratio(found: list[float], yardstick: list[float]) -> str:
    """The median of the rounds' ratios."""
    return f"{statistics.median(a / b for a, b in zip(found, yardstick, strict=True)):.2f}"


def versions() -> str:
    """The rivals' versions, as the lock file has them."""
    wanted = json.loads((HERE / "package.json").read_text("utf-8"))["dependencies"]
    return ", ".join(f"{name} {version}" for name, version in wanted.items())


def main() -> None:
    """Run and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default="ours,takumi,takumi-kept,satori,chromium")
    parser.add_argument("--keep", type=Path, help="a folder that the pictures are copied to")
    wish = parser.parse_args()
    if not (HERE / "node_modules").exists():
        subprocess.run(["npm", "ci", "--silent"], cwd=HERE, check=True)
    names = wish.only.split(",")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        ours = project(folder / "project")
        told = brief(folder, ours)
        commands = {
            name: [sys.executable, "ours.py", str(ours), str(folder / name)]
            if name == "ours"
            else ["node", "rivals.mjs", name, str(told), str(folder / name)]
            for name in names
        }
        found = compare(commands, wish.rounds)
        print(f"{versions()}; {wish.rounds} rounds, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        print(f"{'':<12} {'median':>9} {'p95':>9} {'CPU':>9} {'file':>8}   of takumi: wall, CPU, file")
        yardstick = found.get("takumi")
        sizes = {
            name: statistics.mean(path.stat().st_size for path in (folder / name).glob("*.png")) / 1000
            for name in names
        }
        for name, runs in found.items():
            all_times = sorted(time for times in runs.times for time in times)
            late = all_times[int(len(all_times) * 0.95)]
            line = f"{name:<12} {statistics.median(all_times):>6.1f} ms {late:>6.1f} ms"
            line += f" {statistics.median(runs.cpu):>6.1f} ms {sizes[name]:>5.0f} kB"
            if yardstick:
                line += f"   {ratio(runs.middles, yardstick.middles)}, {ratio(runs.cpu, yardstick.cpu)}"
                line += f", {sizes[name] / sizes['takumi']:.2f}"
            print(line)
        for runs in found.values():
            if runs.stages:
                parts = (f"{n} {statistics.median(s[n] for s in runs.stages):.1f} ms" for n in runs.stages[0])
                print("ours, CPU:", ", ".join(parts))
        if wish.keep:
            shutil.copytree(folder, wish.keep, ignore=shutil.ignore_patterns("project"), dirs_exist_ok=True)


if __name__ == "__main__":
    main()
