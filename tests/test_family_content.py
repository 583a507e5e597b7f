"""Every still family, look and shape with short, usual and cruel content: it fits, or it says what would."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO, StringIO
from pathlib import Path
from typing import BinaryIO

import pytest
from ruamel.yaml import YAML

from producer.diagnostics import Diagnostic, Level, SourceText, Span
from producer.pipeline import inspect, prepare, real_stages
from producer.recipe.brand_file import read_brand
from producer.recipe.model import Kind, PageShape, Slot, SlotType, Template
from producer.recipe.template_file import read_template
from producer.scene.context import NUMBERS
from producer.world import FolderWorld

CHECKOUT = Path(__file__).resolve().parent.parent
FOLDER = "recipes/thu"
WORDS: dict[str, list[str]] = YAML(typ="safe").load((CHECKOUT / "tests/family_words.yaml").read_text("utf-8"))
CASES = {
    case["id"]: case
    for case in YAML(typ="safe").load((CHECKOUT / "tests/text_cases.yaml").read_text("utf-8"))["cases"]
}
# What each level takes of the words, its photograph, and its day: on the later one the longest name signs.
USUAL_DAY, LATER = "2025-05-06", "2031-12-29"
LEVELS = {
    "short": (0, "wide", USUAL_DAY),
    "usual": (1, "tall", USUAL_DAY),
    "bare": (1, "", USUAL_DAY),  # no photograph where it can be left out
    "named": (1, "wide", LATER),
    "cruel-tall": (2, "tall", LATER),
    "cruel-wide": (2, "wide", LATER),
}
CHANNELS = {
    PageShape.TALL: {"tall": "size: [1080, 1350]", "story": "size: [1080, 1920], safe: [250, 64, 340, 64]"},
    PageShape.SQUARE: {"square": "size: [1080, 1080]"},
    PageShape.WIDE: {"wide": "size: [1200, 630]", "hall": "size: [1500, 1000]"},
    PageShape.STRIP: {"strip": "size: [1640, 624], safe: [24, 265, 24, 265]"},
}
DATES = ("start_date", "day", "from", "until", "effective", "checked")
FOR_BANDS = ("qua-tang-dai",)  # of 7 : 1 and longer; its pattern book shows it on each of them
FILLED_BY_ITSELF = (SlotType.SIGNATURE, SlotType.MARK, SlotType.UNIT, SlotType.FLAG, SlotType.ROWS)
OF_ROWS = (SlotType.NUMBERS, SlotType.CHART, SlotType.TABLE, SlotType.TIMELINE)
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{0}" height="{1}">'
    '<rect width="{0}" height="{1}" fill="#0B4DA2"/></svg>'
)
SPEAKER = (
    'short: CĐ Mẫu, since: {}, parent: Liên đoàn Lao động tỉnh Mẫu, link: "https://congdoan.example/su-kien"'
)
FILES = {
    "assets/licences.yaml": (CHECKOUT / "assets/licences.yaml").read_text("utf-8")
    + "\nassets/photos/: {author: An Mẫu, licence: CC0-1.0}\n",
    "assets/photos/tall.svg": PICTURE.format(600, 1500),
    "assets/photos/wide.svg": PICTURE.format(2400, 700),
    "brand/organisation.yaml": f"""\
profiles:
  usual: {{name: Công đoàn xã Bình Mẫu, until: 2029-12-31, {SPEAKER.format("2023-01-01")}}}
  longest: {{name: {CASES["long-org"]["input"]}, {SPEAKER.format("2030-01-01")}}}
""",
}


class Overlaid(FolderWorld):
    """The checkout with some files of its own."""

    def __init__(self, files: dict[str, str]) -> None:
        """Take the files that stand before those of the checkout."""
        super().__init__(CHECKOUT)
        self.own = {path: text.encode() for path, text in files.items()}

    def read_bytes(self, path: str) -> bytes:
        """See World."""
        return self.own[str(path)] if str(path) in self.own else super().read_bytes(path)

    def open(self, path: str) -> BinaryIO:
        """See World."""
        return BytesIO(self.read_bytes(path))

    def exists(self, path: str) -> bool:
        """See World."""
        return str(path) in self.own or super().exists(path)

    def digest(self, path: str) -> str:
        """See World."""
        return hashlib.sha256(self.own[path]).hexdigest() if path in self.own else super().digest(path)


def stills() -> list[str]:
    """The brand's still templates whose slots a row of words and pictures fills."""
    found = (template(path.stem) for path in sorted((CHECKOUT / "brand/templates").glob("*.yaml")))
    return [
        one.name
        for one in found
        if one.kind is Kind.STILL
        and one.name not in FOR_BANDS
        and not any(slot.type in OF_ROWS for slot in one.slots.values())
    ]


@cache
def template(name: str) -> Template:
    """A template of the brand."""
    world = FolderWorld(CHECKOUT)
    return read_template(world, read_brand(world), SourceText(name, Span("brand", 1, 1)))


def columns_of(slots: list[Slot]) -> list[str]:
    """The columns that slots of words take theirs from."""
    found = ["look", "day"]
    for slot in slots:
        texts = [str(text) for text in (slot.text, *slot.items) if text is not None]
        found += [name for text in texts for name in re.findall(r"{(\w+)", text)]
        if not texts or slot.type is SlotType.NUMBER:
            found.append(str(slot.name))
    return [name for name in dict.fromkeys(found) if name not in NUMBERS]  # pages are counted, not written


def cell(column: str, level: str, photos: dict[str, bool], look: str) -> str:
    """What a row of a level holds in a column; ``photos`` says which pictures can be left out."""
    at, picture, day = LEVELS[level]
    if column == "look":
        return look
    if column in photos:
        return f"photos/{picture}.svg" if picture else ("" if photos[column] else "photos/wide.svg")
    if column in DATES:
        return day
    assert column in WORDS or column == "start_time", f"tests/family_words.yaml has no words for {column}"
    return "07:30" if column == "start_time" else WORDS[column][at]


def project(one: Template) -> dict[str, str]:
    """The files of a recipe of one template: a piece for each look and shape, a row for each look and level."""
    shown = [s for s in one.slots.values() if s.type not in FILLED_BY_ITSELF]
    photos = {str(slot.name): slot.optional for slot in shown if slot.type is SlotType.PHOTO}
    columns = columns_of(shown)
    sheet = StringIO()
    writer = csv.writer(sheet)
    writer.writerow(["id", *columns])
    for look in one.looks:
        writer.writerows(
            [f"{look or 'x'}.{level}", *(cell(c, level, photos, look) for c in columns)] for level in LEVELS
        )
    types = {c: "date" for c in columns if c in DATES} | dict.fromkeys(photos, "photo")
    types |= {c: kind for c, kind in (("start_time", "time"), ("figure", "number")) if c in columns}
    recipe = "title: Thử\ntoday: 2025-05-06\ndata:\n"
    recipe += f"  rows: {{file: {FOLDER}/rows.csv, id: id, types: {flow(types)}}}\n"
    recipe += "".join(f"  {look}: {{from: rows, only: {{look: {look}}}}}\n" for look in one.looks if look)
    recipe += "channels:\n"
    for channels in CHANNELS.values():
        recipe += "".join(
            f"  thu-{n}: {{kind: image, {keys}, formats: [png]}}\n" for n, keys in channels.items()
        )
    recipe += "pieces:\n" + "".join(pieces(one))
    return {**FILES, f"{FOLDER}/recipe.yaml": recipe, f"{FOLDER}/rows.csv": sheet.getvalue()}


def shapes_of(one: Template, look: str) -> list[PageShape]:
    """The shapes that every page of a look draws."""
    drawn = [{drawing.shape for drawing in page.drawings} for page in one.pages if page.look == look]
    return [shape for shape in PageShape if all(shapes & {shape, None} for shapes in drawn)]


def pieces(one: Template) -> Iterator[str]:
    """The pieces of a recipe: each look in the channels of the shapes that it draws."""
    for look in one.looks:
        names = [f"thu-{name}" for shape in shapes_of(one, look) for name in CHANNELS[shape]]
        lists = {str(name): look or "rows" for name, slot in one.slots.items() if slot.type is SlotType.ROWS}
        keys = {"template": one.name, "each": look or "rows", "channels": f"[{', '.join(names)}]"}
        yield f"  p-{look}: {flow(keys | ({'with': flow(lists)} if lists else {}))}\n"


def flow(mapping: dict[str, str]) -> str:
    """A mapping in one line of YAML."""
    return "{" + ", ".join(f"{key}: {value}" for key, value in mapping.items()) + "}"


def is_kind(job: str) -> bool:
    """Whether a job shows what offices usually write."""
    return any(f".{level}-" in job for level in ("short", "usual", "bare"))


@cache
def inspected(name: str) -> dict[str, tuple[Diagnostic, ...]]:
    """The errors of each job of a template's recipe, by row, look and shape."""
    road = prepare(f"{FOLDER}/recipe.yaml", Overlaid(project(template(name))), real_stages())
    found = zip(road.plan.jobs, inspect(road, real_stages()), strict=True)
    return {job.id: tuple(p for p in problems if p.level is Level.ERROR) for job, problems in found}


@pytest.mark.parametrize("name", stills())
def test_short_and_usual_content_fits(name: str) -> None:
    """One word, an office's usual words, upright pictures in lying places, and no picture: all fit."""
    problems = {job: found for job, found in inspected(name).items() if is_kind(job)}

    assert {job: [str(p) for p in found] for job, found in problems.items() if found} == {}


@pytest.mark.parametrize("name", stills())
def test_cruel_content_fits_or_says_what_would(name: str) -> None:
    """Where the longest words do not fit, the author reads how many letters would, or what is how much too wide."""
    refused = [problem for job, found in inspected(name).items() if not is_kind(job) for problem in found]

    assert {problem.code for problem in refused} <= {
        "layout/text-over",
        "layout/too-tall",
        "layout/group-over",
    }
    told = ("fit", "group", "over")
    assert [p for p in refused if not any(p.facts.get(name) for name in told)] == []
    # Words that stand on one line each cannot give lines: then only another template or channel helps.
    assert {p.code for p in refused if not p.facts.get("fit")} <= {"layout/too-tall", "layout/group-over"}


@pytest.mark.parametrize("name", stills())
def test_every_look_and_shape_is_tried(name: str) -> None:
    """A row of each level in each look, in every shape that the look draws."""
    one = template(name)
    channels = [CHANNELS[shape] for look in one.looks for shape in shapes_of(one, look)]

    assert len(inspected(name)) == sum(map(len, channels)) * len(LEVELS)
