"""Time one poster beside rivals: 40 headlines at 1080 × 1350, PNG written, one process each, rounds interleaved.

Usage: .venv/bin/python bench/stills/stills.py [--rounds N] [--only ours,takumi,satori,chromium]

Needs node; `npm ci` in this folder is run where it was not. Chromium's program is /usr/bin/chromium, or CHROMIUM.
Quote the ratio to takumi: machines differ and are noisy.
"""

from __future__ import annotations

import argparse
import csv
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
FONTS = (("Oswald", 700, "Oswald/Oswald-Bold.ttf"), ("Be Vietnam Pro", 500, "BeVietnamPro/BeVietnamPro-Medium.ttf"),
         ("Be Vietnam Pro", 400, "BeVietnamPro/BeVietnamPro-Regular.ttf"))  # fmt: skip


def project(folder: Path) -> Path:
    """Return a project with the brand, the photographs and the bench's template, data and recipe."""
    for name in ("assets", "brand"):
        shutil.copytree(ROOT / name, folder / name)
    (
        folder / "assets/licences.yaml"
    ).unlink()  # its pictures ask for a line of credit, which rivals do not draw
    brand = folder / "brand/brand.yaml"
    plain = "treatments:\n  bench: {ground: {gradient: [background, background-deep], angle: 165}}\n"
    brand.write_text(brand.read_text("utf-8").replace("treatments:\n", plain, 1), "utf-8")
    shutil.copy(HERE / "poster.yaml", folder / "brand/templates/poster.yaml")
    shutil.copy(HERE / "posters.csv", folder / "assets/data/posters.csv")
    (folder / "recipes/bench").mkdir(parents=True)
    shutil.copy(HERE / "recipe.yaml", folder / "recipes/bench/recipe.yaml")
    return folder


def brief(folder: Path) -> Path:
    """Return the file that tells the rivals what to draw."""
    with (HERE / "posters.csv").open(encoding="utf-8", newline="") as file:
        posters = list(csv.DictReader(file))
    fonts = [{"family": f, "weight": w, "path": str(ROOT / "brand/fonts" / p)} for f, w, p in FONTS]
    place = folder / "posters.json"
    place.write_text(json.dumps({"posters": posters, "fonts": fonts, "assets": str(ROOT / "assets")}))
    return place


def main() -> None:
    """Run and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default="ours,takumi,satori,chromium")
    parser.add_argument("--keep", type=Path, help="a folder that the pictures are copied to")
    wish = parser.parse_args()
    if not (HERE / "node_modules").exists():
        subprocess.run(["npm", "ci", "--silent"], cwd=HERE, check=True)
    names = wish.only.split(",")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        ours, told = project(folder / "project"), brief(folder)
        commands = {
            name: ["node", "rivals.mjs", name, str(told), str(folder / name), "1"]
            if name != "ours"
            else [sys.executable, "ours.py", str(ours), str(folder / name), "1"]
            for name in names
        }
        times: dict[str, list[float]] = {name: [] for name in names}
        stages: list[dict[str, float]] = []
        for _ in range(wish.rounds):  # side by side: what slows the machine slows all
            for name, command in commands.items():
                done = subprocess.run(command, cwd=HERE, check=True, stdout=subprocess.PIPE, text=True)
                said = json.loads(done.stdout.splitlines()[-1])
                times[name] += said["times"] if name == "ours" else said
                stages += [said["stages"]] if name == "ours" else []
        yardstick = statistics.median(times["takumi"]) if "takumi" in times else None
        print(f"{'':<10} {'median':>9} {'p95':>9} {'file':>9}  of takumi")
        for name, found in times.items():
            size = statistics.mean(path.stat().st_size for path in (folder / name).glob("*.png")) / 1000
            middle, late = statistics.median(found), sorted(found)[int(len(found) * 0.95)]
            ratio = f"{middle / yardstick:.2f}" if yardstick else ""
            print(f"{name:<10} {middle:>6.1f} ms {late:>6.1f} ms {size:>6.0f} kB  {ratio}")
        if stages:
            print(
                "ours:", ", ".join(f"{n} {statistics.median(s[n] for s in stages):.1f} ms" for n in stages[0])
            )
        if wish.keep:
            shutil.copytree(folder, wish.keep, ignore=shutil.ignore_patterns("project"), dirs_exist_ok=True)


if __name__ == "__main__":
    main()
