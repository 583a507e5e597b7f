"""Make the pictures of the guides: ``.venv/bin/python tools/guide_pictures.py``.

The examples of the guides themselves are built, in a copy of the starter: rows of `csv` fences go under the
sample events, `yaml` fences become templates and a recipe, and a `diff` fence changes the brand. So a picture
cannot show anything but what its page says.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
from gallery import ROOT, frames, picture, row, save, scaled, stacked
from PIL import Image

GUIDES = ROOT / "docs" / "vi"
EVENTS = "assets/data/events.csv"
SAMPLE = "recipes/cong-doan-2025/recipe.yaml"
POST = "output/cong-doan-2025/poster/{}-fb-post-portrait.png"


def main() -> int:
    """Write every picture."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for part in ("assets", "brand", "recipes"):
            shutil.copytree(ROOT / part, folder / part)
        first_poster(folder)
        new_templates(folder)
        print_checks(folder)
        gifts(folder)
        new_colours(folder)
    return 0


def fences(page: str, language: str) -> Iterator[tuple[str, str]]:
    """Yield what a guide's fences of one language say on their first line and below it."""
    text = (GUIDES / page).read_text("utf-8")
    yield from re.findall(rf"^```{language} ?([^\n]*)\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def build(folder: Path, recipe: str, *options: str) -> None:
    """Build one recipe of the copy; its own words say what failed."""
    subprocess.run(
        [sys.executable, "-P", "-m", "producer", "build", "-q", *options, recipe], cwd=folder, check=True
    )


def first_poster(folder: Path) -> None:
    """Build the row of the first steps, with its photograph and without."""
    _, line = next(fences("bat-dau.md", "csv"))
    events = (folder / EVENTS).read_text("utf-8")
    shown = []
    for text in (line, re.sub(r"photos/[\w.-]+", "", line)):
        (folder / EVENTS).write_text(events + text, "utf-8")
        build(folder, SAMPLE, "--only", "EV-2025-25")
        shown.append(picture(folder / POST.format("EV-2025-25")))
    (folder / EVENTS).write_text(events, "utf-8")
    save("first-poster", row(shown[:1], 560))
    save("first-poster-without-photo", row(shown, 460))


def new_templates(folder: Path) -> None:
    """Build the three templates of the guide to templates."""
    for what, text in fences("mau-thiet-ke.md", "yaml"):
        kind, _, name = what.partition(" ")
        if kind == "template":
            (folder / f"brand/templates/{name}.yaml").write_text(text, "utf-8")
        else:
            (folder / "recipes/mau").mkdir()
            (folder / "recipes/mau/recipe.yaml").write_text(text, "utf-8")
    build(folder, "recipes/mau/recipe.yaml")
    out = folder / "output/mau"
    save("template-card", row(found(out, "thiep/*.png"), 480))
    save("template-honour", row(found(out, "the/*.*"), 440))
    save("template-clip", row(frames(next(out.glob("clip/*.mp4"))), 480))


def new_colours(folder: Path) -> None:
    """Build one post before and after the colours of the guide to brands."""
    build(folder, SAMPLE, "--only", "EV-2025-18")
    before = picture(folder / POST.format("EV-2025-18"))
    brand = folder / "brand/brand.yaml"
    text = brand.read_text("utf-8")
    for _, change in fences("thuong-hieu.md", "diff"):
        text = changed(text, change)
    brand.write_text(text, "utf-8")
    build(folder, SAMPLE, "--only", "EV-2025-18")
    save("brand-colours", row([before, picture(folder / POST.format("EV-2025-18"))], 460))


def print_checks(folder: Path) -> None:
    """Build one poster for print, and show its first page beside its page of checks."""
    build(folder, SAMPLE, "--only", "poster/EV-2025-22-poster-a3")
    base = folder / "output/cong-doan-2025/poster/EV-2025-22-poster-a3"
    pages = [pdfium.PdfDocument(f"{base}{end}")[0] for end in (".pdf", ".kiem-tra.pdf")]
    save("print-checks", row([page.render(scale=760 / page.get_height()).to_pil() for page in pages], 540))


def gifts(folder: Path) -> None:
    """Build presents of the pattern book: a bag, notebooks and round pieces, under them a mug and a lanyard."""
    recipe, out = "recipes/bo-mau-qua-tang/recipe.yaml", folder / "output/bo-mau-qua-tang"
    shown = [
        ["tui-chu/QT-01-gift-tote", "so-tay-ky-niem/QT-03-gift-notebook-a5", "huy-hieu/QT-02-gift-badge-58"],
        ["coc/QT-02-gift-mug-11oz", "nhan/QT-04-sticker-70"],
        ["day-deo/QT-03-gift-lanyard"],
    ]
    sheets = []
    for names in shown:
        for name in names:
            build(folder, recipe, "--only", name)
        pages = [pdfium.PdfDocument(out / f"{name}.pdf")[0] for name in names]
        sheets.append(row([page.render(scale=700 / page.get_height()).to_pil() for page in pages], 280))
    *rows, band = sheets
    width = rows[0].width
    start = scaled(band, band.width * 0.3).crop(
        (0, 0, width, round(band.height * 0.3))
    )  # of a band as long as that
    save("gifts", stacked([*(scaled(sheet, width) for sheet in rows), start]))


def changed(text: str, change: str) -> str:
    """Return a text after a diff whose lines each occur once in it."""
    for sign, line, added in re.findall(r"^([ -])(.*)\n((?:\+.*\n)*)", change, re.MULTILINE):
        kept = f"{line}\n" if sign == " " else ""
        text = text.replace(f"{line}\n", kept + re.sub(r"^\+", "", added, flags=re.MULTILINE), 1)
    return text


def found(folder: Path, glob: str) -> list[Image.Image]:
    """Return the pictures that match, in the order of their names."""
    return [picture(path) for path in sorted(folder.glob(glob))]


if __name__ == "__main__":
    sys.exit(main())
