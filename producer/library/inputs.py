"""What a product was made from, as digests by name: what an approver's signature is of beside the finished files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from producer.build.canonical import digest, plain
from producer.build.receipt import Receipt
from producer.pipeline import Road
from producer.plan.model import Job

FONTS, PICTURES = (".ttf", ".otf"), (".jpg", ".jpeg", ".png", ".webp", ".avif", ".tif", ".tiff")
BRAND = ("brand/brand.yaml", "brand/organisation.yaml")


def inputs_of(job: Job, receipt: Receipt, road: Road) -> Mapping[str, str]:
    """Return the SHA-256 of recipe, template, rows, brand, fonts, photographs and other files.

    A name is what a file is for and its path; of data it is the rows that the product shows, and no others.
    """
    return dict(sorted(_inputs(job, receipt, road)))


def _inputs(job: Job, receipt: Receipt, road: Road) -> Iterator[tuple[str, str]]:
    world = road.world
    recipe = road.project.recipe.path
    yield f"recipe {recipe}", world.digest(recipe)
    yield f"template {job.template.path}", job.template.digest
    rows = (job.row,) if job.row is not None else job.rows.rows
    for path in sorted({row.file for row in rows}):
        shown = [plain({"id": row.id, **row.values}) for row in rows if row.file == path]
        yield f"data {path}", digest(shown)
    for path in BRAND:
        if world.exists(path):
            yield f"brand {path}", world.digest(path)
    for path, sha256 in {**receipt.files, **receipt.reads}.items():
        ending = PurePosixPath(path).suffix.lower()
        kind = "font" if ending in FONTS else "photo" if ending in PICTURES else "file"
        yield f"{kind} {path}", sha256


def changed_inputs(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, ...]:
    """Return the paths of what differs."""
    names = (name for name in sorted({*before, *after}) if before.get(name) != after.get(name))
    return tuple(name.partition(" ")[2] for name in names)
