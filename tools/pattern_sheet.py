"""Lay the pattern books out on contact sheets (``.venv/bin/python tools/pattern_sheet.py``), to be judged as families.

A sheet for each family: a row for each of its looks, in it the page shapes, tall to strip. ``--blind`` lays all
pages out in one shuffled order instead, words blurred and colours taken away, numbered; ``key.csv`` says what each
was. Whoever has not seen them before sorts them into families: what they cannot tell apart is a copy.

Files come from the program's own build, so that a sheet shows what staff get; print files are cut to their trim.
"""

from __future__ import annotations

import argparse
import csv
import random
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from producer.kept import NO_NOTES
from producer.layout.model import Document, GlyphRun, Page
from producer.pipeline import Road, prepare, real_stages
from producer.plan.model import Job
from producer.recipe.model import Kind, PageShape
from producer.world import FolderWorld

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "build" / "pattern-sheets"
FONT = ROOT / "brand" / "fonts" / "BeVietnamPro" / "BeVietnamPro-Medium.ttf"
GAP, GROUND, WORDS = 18, "#E3E8EE", "#14202E"
SHAPES = tuple(PageShape)
HEIGHT = 430  # px of a page on a family's sheet
SIDE = 300  # px of the longer side of a page on a blind sheet
ON_ONE_SHEET = 30
SOFT = 1.2  # em of the words that become one tone: none is read
SEED = 12
WIDEST = 2400  # px of a sheet's row

Cell = tuple[Image.Image, str]  # a picture and the words under it


@dataclass(frozen=True, slots=True)
class Shown:
    """One page of a family."""

    family: str
    look: str
    shape: PageShape
    job: str
    picture: Image.Image
    page: Page
    scale: float  # px of the picture for one of the page

    @property
    def order(self) -> tuple[str, int, str]:
        """Where it stands on a sheet: looks in rows, shapes in their order."""
        return self.look, SHAPES.index(self.shape), self.job


def main() -> int:
    """Build the books and write their sheets."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    asked.add_argument("recipes", nargs="*", help="folders of recipes; all pattern books where none is named")
    asked.add_argument("--blind", action="store_true", help="blurred, grey and shuffled, with a key beside")
    asked.add_argument("--family", action="append", help="these families alone")
    asked.add_argument("--height", type=int, default=HEIGHT, help="px of a page on a sheet")
    asked.add_argument("--into", type=Path, default=FOLDER, help="the folder of the sheets")
    options = asked.parse_args()
    recipes = options.recipes or sorted(
        str(path.relative_to(ROOT)) for path in (ROOT / "recipes").glob("bo-mau-*")
    )
    options.into.mkdir(parents=True, exist_ok=True)
    shown = [page for recipe in recipes for page in pages_of(recipe, options.family)]
    if options.blind:
        write_blind(shown, options.into)
    else:
        for family in sorted({page.family for page in shown}):
            sheet = family_sheet([page for page in shown if page.family == family], options.height)
            write(sheet, options.into / f"{family}.jpg")
    return 0


# -- pages of a book ----------------------------------------------------------------------------------------------


def pages_of(recipe: str, families: Sequence[str] | None = None) -> Iterator[Shown]:
    """Build a recipe and yield the pages of its stills."""
    subprocess.run([sys.executable, "-m", "producer", "build", recipe, "--quiet"], cwd=ROOT, check=True)
    stages = real_stages()
    road = prepare(f"{recipe}/recipe.yaml", FolderWorld(ROOT), stages)
    layout = stages.prepare_layout(road.world.read_bytes, NO_NOTES)
    for job in road.plan.jobs:
        alone = job.template.kind is Kind.STILL and job.imposition is None and job.format != "svg"
        if alone and (not families or job.template.name in families):
            document = layout(stages.compose(job, road.project, road.tables, road.world))
            yield from shown_pages(job, road, document)


def shown_pages(job: Job, road: Road, document: Document) -> Iterator[Shown]:
    """Yield the pages of a product, as pictures of their trim."""
    first = ROOT / "output" / road.plan.recipe / job.path
    size = document.canvas.size
    shape = PageShape.of(size.width / size.height)
    for at, page in enumerate(document.pages):
        path = first if at == 0 else first.with_stem(f"{first.stem.removesuffix('01')}{at + 1:02}")
        picture = trimmed_page(first.read_bytes(), at) if first.suffix == ".pdf" else Image.open(path)
        shown = picture.convert("RGB")
        yield Shown(job.template.name, job.look, shape, job.id, shown, page, shown.width / size.width)


def trimmed_page(data: bytes, at: int, side: int = 1600) -> Image.Image:
    """Return a page of a PDF without bleed and marks, its longer side ``side`` px."""
    page = pypdfium2.PdfDocument(data)[at]
    left, bottom, right, top = page.get_trimbox()
    width, height = page.get_size()
    scale = side / max(right - left, top - bottom)
    # pypdfium2 crops left, bottom, right, top, in points.
    crop = (left, bottom, width - right, height - top)
    return page.render(scale=scale, crop=crop).to_pil()


def without_words(shown: Shown) -> Image.Image:
    """Return a page in grey, each of its lines as soft bars no larger than the words: what stands where is kept."""
    picture = shown.picture.convert("L")
    for item in shown.page.items:
        for run in (paint for paint in item.paints if isinstance(paint, GlyphRun)):
            size = run.size * shown.scale
            across = [x * shown.scale for x, _ in run.points]
            down = [y * shown.scale for _, y in run.points]
            box = (
                max(round(min(across) - size * 0.05), 0),
                max(round(min(down) - size * 1.05), 0),
                min(round(max(across) + size * 0.9), picture.width),
                min(round(max(down) + size * 0.25), picture.height),
            )
            if box[0] < box[2] and box[1] < box[3]:
                words = picture.crop(box)
                few = max(round(words.width / (size * SOFT)), 1), 3
                soft = words.resize(few, Image.Resampling.BOX).resize(words.size, Image.Resampling.BICUBIC)
                picture.paste(soft, box[:2])
    return picture


# -- sheets -------------------------------------------------------------------------------------------------------


def family_sheet(pages: Sequence[Shown], height: int) -> Image.Image:
    """Return a family's pages, a row for each look."""
    rows = []
    for look in sorted({page.look for page in pages}):
        of_look = sorted((page for page in pages if page.look == look), key=lambda page: page.order)
        cells = [
            (scaled(p.picture, height), f"{p.look or p.family} · {p.shape.value} · {p.job}") for p in of_look
        ]
        rows += [row_of(some) for some in wrapped(cells, WIDEST)]
    return stacked(rows)


def wrapped(cells: Sequence[Cell], widest: float) -> Iterator[Sequence[Cell]]:
    """Yield cells in rows, none wider than ``widest`` px unless one cell is."""
    row: list[Cell] = []
    for cell in cells:
        if row and sum(image.width + GAP for image, _ in (*row, cell)) > widest:
            yield row
            row = []
        row.append(cell)
    yield row


def write_blind(pages: Sequence[Shown], folder: Path) -> None:
    """Write a page of each family, look and shape on shuffled sheets, and the key to them."""
    first = {(page.family, page.look, page.shape): page for page in reversed(pages)}
    order = sorted(first.values(), key=lambda page: (page.family, *page.order))
    random.Random(SEED).shuffle(order)  # noqa: S311 -- a fixed order, so that a sheet can be made again
    with (folder / "key.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("number", "family", "look", "shape", "job"))
        writer.writerows((at, p.family, p.look, p.shape.value, p.job) for at, p in enumerate(order, 1))
    for start in range(0, len(order), ON_ONE_SHEET):
        some = order[start : start + ON_ONE_SHEET]
        cells = [(within(without_words(p), SIDE), str(at)) for at, p in enumerate(some, start + 1)]
        sheet = stacked([row_of(cells[at : at + 6]) for at in range(0, len(cells), 6)])
        write(sheet, folder / f"blind-{start // ON_ONE_SHEET + 1}.jpg")


def scaled(image: Image.Image, height: float) -> Image.Image:
    """Return a picture as high as ``height`` px, a long one at most four times as wide."""
    return within(image, height * 4, height)


def within(image: Image.Image, width: float, height: float | None = None) -> Image.Image:
    """Return a picture as large as fits into a box; a square one where only its side is given."""
    share = min(width / image.width, (height or width) / image.height)
    size = round(image.width * share), round(image.height * share)
    return image.resize(size, Image.Resampling.LANCZOS)


def row_of(pictures: Sequence[Cell]) -> Image.Image:
    """Return pictures beside each other, each with its words underneath."""
    font = ImageFont.truetype(FONT, 15)
    line = 26
    sheet = Image.new(
        "RGB",
        (sum(i.width + GAP for i, _ in pictures) + GAP, max(i.height for i, _ in pictures) + line + GAP),
        GROUND,
    )
    draw, left = ImageDraw.Draw(sheet), GAP
    for image, words in pictures:
        sheet.paste(image, (left, GAP))
        draw.text((left, GAP + image.height + 3), cut_to(words, image.width, font.getlength), WORDS, font)
        left += image.width + GAP
    return sheet


def cut_to(words: str, width: float, length_of: Callable[[str], float]) -> str:
    """Return as many of a label's letters as stand under its picture."""
    while length_of(words) > width and len(words) > 1:
        words = words[:-1]
    return words


def stacked(rows: Sequence[Image.Image]) -> Image.Image:
    """Return rows under each other."""
    sheet = Image.new("RGB", (max(r.width for r in rows), sum(r.height for r in rows) + GAP), GROUND)
    top = 0
    for image in rows:
        sheet.paste(image, (0, top))
        top += image.height
    return sheet


def write(image: Image.Image, path: Path) -> None:
    """Write a sheet and say where."""
    data = BytesIO()
    image.save(data, "JPEG", quality=86)
    path.write_bytes(data.getvalue())
    print(f"{path.relative_to(ROOT) if path.is_relative_to(ROOT) else path} {image.width} × {image.height}")


if __name__ == "__main__":
    sys.exit(main())
