"""Every example of the docs does what it says: a fence's first line tells what it is an example of."""

import csv
import io
import re
import shlex
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import BinaryIO, NamedTuple

import click
import pytest
from pydantic import create_model
from pydantic.fields import FieldInfo

from producer.cli import REAL_STAGES, Program
from producer.cli.words import Words
from producer.data.model import ColumnType
from producer.data.read import read_tables
from producer.diagnostics import Diagnostic, Level, SourceText, Span
from producer.occasion import held_between
from producer.pipeline import Road, inspect, prepare, real_stages
from producer.recipe.approver_file import read_approvers
from producer.recipe.brand_file import read_brand
from producer.recipe.calendar_file import read_calendar
from producer.recipe.load import SETTINGS, load_project
from producer.recipe.model import PageShape, SlotType
from producer.recipe.schema import FILES
from producer.recipe.schema_type import Keys
from producer.recipe.template_file import read_template
from producer.recipe.yaml import read_yaml
from producer.rights.register import read_register
from producer.scene.filter import FILTERS, GATHERERS
from producer.world import DictWorld, FolderWorld

CHECKOUT = Path(__file__).resolve().parents[2]
PAGES = [CHECKOUT / "README.md", CHECKOUT / "CONTRIBUTING.md", *sorted(CHECKOUT.glob("docs/**/*.md"))]
FENCE = re.compile(r"^( *)```(\w*) ?([^\n]*)\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
RECIPE = "recipes/cong-doan-2025/recipe.yaml"
TEMPLATE = "about: Ví dụ\nkind: still\n"


class Example(NamedTuple):
    """One fenced block of a page."""

    page: str
    line: int
    language: str
    what: str  # the rest of the fence's first line
    text: str


class Overlay(FolderWorld):
    """The checkout with some files laid over."""

    def __init__(self, files: dict[str, str]) -> None:
        super().__init__(CHECKOUT)
        self.laid = files

    def read_bytes(self, path: str) -> bytes:
        return self.laid[path].encode() if path in self.laid else super().read_bytes(path)

    def open(self, path: str) -> BinaryIO:
        return io.BytesIO(self.read_bytes(path))

    def digest(self, path: str) -> str:
        return f"laid over {path}" if path in self.laid else super().digest(path)

    def files(self, folder: str) -> tuple[str, ...]:
        own = [path for path in self.laid if path.rpartition("/")[0] == folder]
        return tuple(sorted({*super().files(folder), *own}))


def told_of(road: Road) -> list[Diagnostic]:
    """Return what would be told of a road, but that the samples' own address leads nowhere."""
    return [
        told for told in road.problems if told.level is not Level.NOTE and told.code != "facts/sample-link"
    ]


def examples(language: str, what: str = "") -> list[Example]:
    """Return the fences of a language whose first line begins with ``what``."""
    return [
        e for e in every_example() if e.language == language and f"{e.what} ".startswith(f"{what} ".lstrip())
    ]


@cache
def every_example() -> tuple[Example, ...]:
    """Return every fence of every page."""
    return tuple(
        Example(
            page.relative_to(CHECKOUT).as_posix(),
            text.count("\n", 0, found.start()) + 1,
            found[2],
            found[3].strip(),
            re.sub(rf"^{found[1]}", "", found[4], flags=re.MULTILINE),
        )
        for page in PAGES
        for text in [page.read_text("utf-8")]
        for found in FENCE.finditer(text)
    )


def place(example: object) -> str:
    """Name a test after where its example stands."""
    return f"{example.page}:{example.line}" if isinstance(example, Example) else str(example)


def spliced(base: str, part: str) -> str:
    """Return ``base`` with the top-level keys of ``part`` in place of its own."""
    blocks = [
        dict(re.findall(r"^([\w-]+):((?:.*\n)(?:(?:[ #].*)?\n)*)", text, re.MULTILINE))
        for text in (base, part)
    ]
    return "".join(f"{key}:{rest}" for key, rest in (blocks[0] | blocks[1]).items())


def test_every_yaml_example_says_what_it_is() -> None:
    """No example of YAML is left out of the tests below because its kind is misspelt."""
    kinds = r"recipe( part| fill \S+)?|template (\S+)|brand part|organisation|calendar|approvers"
    assert [place(e) for e in examples("yaml") if not re.fullmatch(kinds, e.what)] == []


@pytest.mark.parametrize("example", [e for e in examples("yaml", "recipe") if e.what == "recipe"], ids=place)
def test_a_whole_recipe_can_be_composed(example: Example) -> None:
    """A recipe of the docs loads with the default brand, and every job of it finds its words and its room."""
    beside = [other for other in examples("yaml", "template") if other.page == example.page]
    own = {f"brand/templates/{other.what.split()[-1]}.yaml": other.text for other in beside}
    world = Overlay({RECIPE: example.text, **own})
    stages = real_stages()
    road = prepare(RECIPE, world, stages)

    assert told_of(road) == []
    assert road.plan.jobs
    errors = [p for problems in inspect(road, stages) for p in problems if p.level is Level.ERROR]
    assert errors == []


@pytest.mark.parametrize("example", examples("yaml", "recipe part"), ids=place)
def test_a_part_of_a_recipe_loads(example: Example) -> None:
    """Data and channels of the docs load and find their rows."""
    base = (CHECKOUT / RECIPE).read_text("utf-8")
    made = spliced(base, example.text)
    if example.text.startswith("data:"):
        name = re.findall(r"^  ([\w-]+):", example.text, re.MULTILINE)[0]
        made = spliced(
            made, f"pieces:\n  x: {{template: su-kien, all: {name}, channels: [fb-post-portrait]}}\n"
        )
    world = Overlay({RECIPE: made})
    tables = read_tables(load_project(RECIPE, world).recipe, world)
    assert [name for name, table in tables.items() if not table.rows] == []


@pytest.mark.parametrize("example", examples("yaml", "recipe fill"), ids=place)
def test_settings_of_with_load(example: Example) -> None:
    """What the docs put into slots, the template takes."""
    template = example.what.split()[-1]
    indented = re.sub("^", "      ", example.text, flags=re.MULTILINE)
    piece = f"pieces:\n  x:\n    template: {template}\n    all: indicators\n    channels: [poster-a2]\n"
    base = (CHECKOUT / RECIPE).read_text("utf-8")
    world = Overlay({RECIPE: spliced(base, f"{piece}    with:\n{indented}\n")})
    assert load_project(RECIPE, world).recipe.pieces[0].fill


@pytest.mark.parametrize("example", examples("yaml", "template"), ids=place)
def test_a_template_reads(example: Example) -> None:
    """A template of the docs, or a part of one, can be drawn with the default brand."""
    text = spliced(TEMPLATE, example.text) if example.what == "template part" else example.text
    world = Overlay({"brand/templates/thu.yaml": text})
    template = read_template(world, read_brand(world), SourceText("thu", Span("here")))
    assert template.slots


@pytest.mark.parametrize("example", examples("yaml", "brand part"), ids=place)
def test_a_part_of_a_brand_reads(example: Example) -> None:
    """Colours, type and treatments of the docs are those of a brand."""
    base = (CHECKOUT / "brand/brand.yaml").read_text("utf-8")
    assert read_brand(Overlay({"brand/brand.yaml": spliced(base, example.text)})).styles


@pytest.mark.parametrize("example", examples("yaml", "organisation"), ids=place)
def test_an_organisation_reads(example: Example) -> None:
    """Profiles of the docs are read."""
    assert read_brand(Overlay({"brand/organisation.yaml": example.text})).organisation.profiles


@pytest.mark.parametrize("example", examples("yaml", "calendar"), ids=place)
def test_a_calendar_reads(example: Example) -> None:
    """Days of the docs are read and held."""
    days = read_calendar(Overlay({"brand/calendar.yaml": example.text}))
    assert len(held_between(days, date(2026, 1, 1), date(2026, 12, 31))) >= len(days)


@pytest.mark.parametrize("example", examples("yaml", "approvers"), ids=place)
def test_a_list_of_approvers_reads(example: Example) -> None:
    """The keys of the docs are keys."""
    assert read_approvers(Overlay({"brand/approvers.yaml": example.text}))


def described(keys: type[Keys], path: str = "") -> Iterator[tuple[str, str, FieldInfo]]:
    """Yield every key of the schema with its path; see tools/language_doc.py."""
    for name, field in keys.model_fields.items():
        yield f"{path}.{field.alias or name}".strip("."), name, field
        for inner in classes(field.annotation):
            yield from described(inner, f"{path}.{field.alias or name}".strip("."))


def classes(annotation: object) -> list[type[Keys]]:
    """Return the classes of keys inside a type."""
    if isinstance(annotation, type) and issubclass(annotation, Keys):
        return [annotation]
    return [found for argument in getattr(annotation, "__args__", ()) for found in classes(argument)]


SHORTENED = {"brand: treatments"}  # shows how it is nested and no more, as examples with `…` do
KEYS = [
    (f"{kind}: {path}", name, field) for kind, keys in FILES.items() for path, name, field in described(keys)
]


@pytest.mark.parametrize(("path", "name", "field"), KEYS, ids=[path for path, _, _ in KEYS])
def test_the_example_of_a_key_is_documented_and_valid(path: str, name: str, field: FieldInfo) -> None:
    """Each key of the schema stands in docs/language.md with an example that the schema takes."""
    key = path.rpartition(".")[2].rpartition(" ")[2]
    page = (CHECKOUT / "docs/language.md").read_text("utf-8")
    written = [
        line.split(" | ")[-2].strip("`").replace("\\|", "|")
        for line in page.splitlines()
        if line.startswith(f"| `{key}` ")
    ]
    assert written
    shown = [text for text in written if text.startswith(f"{key}:")]
    own = str((field.examples or [""])[0])
    mine = next(text for text in shown if text in (f"{key}: {own}", f'{key}: "{own}"'))
    if "…" not in own and path not in SHORTENED:
        read = read_yaml(mine.encode(), "docs/language.md")
        create_model("One", __base__=Keys, **{name: (field.annotation, field)}).model_validate(read)


@pytest.mark.parametrize("example", examples("csv"), ids=place)
def test_rows_have_the_columns_of_their_sheet(example: Example) -> None:
    """A row of the docs can be put under the sample events as it stands."""
    head = next(csv.reader(io.StringIO((CHECKOUT / "assets/data/events.csv").read_text("utf-8-sig"))))
    rows = list(csv.reader(io.StringIO(example.text), strict=True))
    assert [len(row) for row in rows] == [len(head)] * len(rows)


@pytest.mark.parametrize("example", examples("csv"), ids=place)
def test_rows_become_posters(example: Example) -> None:
    """A row that the guide adds passes its checks and fits its poster and its post, with a photograph and without."""
    sheet = "assets/data/events.csv"
    events = (CHECKOUT / sheet).read_text("utf-8")
    for row in (example.text, re.sub(r"photos/[\w.-]+", "", example.text)):
        stages = real_stages()
        road = prepare(RECIPE, Overlay({sheet: events + row}), stages, row.partition(",")[0])
        assert told_of(road) == []
        assert [*inspect(road, stages)] == [(), ()]


@pytest.mark.parametrize("example", examples("register"), ids=place)
def test_the_register_of_the_guide_is_one(example: Example) -> None:
    """Its lines are read, a child's, a withdrawal and what was asked for among them."""
    entries = read_register(DictWorld({"assets/consent.csv": example.text}))
    assert [(entry.given, bool(entry.purposes), entry.age) for entry in entries] == [
        ("yes", True, None), ("yes-no-photo", False, None), ("yes", True, 9), ("withdrawn", False, None),
    ]  # fmt: skip
    assert len(entries[1].pictures) == 2


SHEETS = [example for example in examples("text") if example.what.endswith(".csv")]


@pytest.mark.parametrize("sheet", SHEETS, ids=place)
def test_a_sheet_of_the_guide_makes_a_product(sheet: Example) -> None:
    """Copied as it stands, with a title and a day above its part of the recipe, it has no problem."""
    name = sheet.what.removesuffix(".csv")
    (part,) = (other for other in examples("text", name) if other.page == sheet.page and other.what == name)
    recipe = f"title: Thử\ntoday: 2025-06-20\n{part.text}"
    stages = real_stages()

    road = prepare(RECIPE, Overlay({RECIPE: recipe, f"assets/data/{name}-moi.csv": sheet.text}), stages)

    assert told_of(road) == []
    assert road.plan.jobs
    assert [p for found in inspect(road, stages) for p in found if p.level is Level.ERROR] == []


def test_words_of_the_language_are_explained() -> None:
    """Every filter, every type of slot and column and every setting of `with:` stands in docs/language.md."""
    page = (CHECKOUT / "docs/language.md").read_text("utf-8")
    settings = {word for words in SETTINGS.values() for word in words}
    types = [member.value for kind in (SlotType, ColumnType, PageShape) for member in kind]
    assert [
        word for word in (*FILTERS, *GATHERERS, *types, *sorted(settings)) if f"`{word}`" not in page
    ] == []


LINES = [
    pytest.param(line[2:], id=f"{place(example)} {line}")
    for example in examples("console")
    for line in example.text.splitlines()
    if line.startswith("$ ")
]


@pytest.mark.parametrize("line", LINES)
def test_a_command_of_the_docs_can_be_typed(line: str) -> None:
    """Commands and options of the docs exist; a make target stands in the Makefile."""
    program, *arguments = shlex.split(line, comments=True)
    if program == "make":
        targets = re.findall(r"^([\w-]+):", (CHECKOUT / "Makefile").read_text("utf-8"), re.MULTILINE)
        assert {word for word in arguments if "=" not in word} <= set(targets)
        return
    if program.rpartition("/")[2] != "producer":
        assert program in {".", "cd", "git", "sudo", ".venv/bin/python", "python3.11"}
        return
    group = Program(Words("en"), REAL_STAGES)
    try:
        with group.make_context("producer", list(arguments)) as above:
            name, command, rest = group.resolve_command(above, [*above._protected_args, *above.args])
            assert command is not None
            command.make_context(name, rest, parent=above)
    except click.exceptions.Exit:
        assert set(arguments) & {"--help", "--version"}
