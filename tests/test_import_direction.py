"""Imports run one way, down the list of stages: the table of docs/architecture.md as a test."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

PRODUCER = Path(__file__).resolve().parent.parent / "producer"

# A stage imports itself, what is shared, and the `model` of stages before it, never their code.
STAGES = (
    "recipe", "data", "brand", "facts", "plan", "scene", "rights", "layout", "render", "review", "proof",
    "build", "intake", "library", "requests", "portal",
)  # fmt: skip

# Anyone may import them; they import nothing of ours but each other.
SHARED = {
    "world", "diagnostics", "geometry", "svg", "photo", "picture_file", "kept", "letter", "placeholder",
    "contrast", "lunar", "occasion", "legacy", "syllable",
}  # fmt: skip

# The loader is the first stage, and what it gives are the types of these.
GIVES = {"recipe": {"data", "brand"}}

# Who may call the code of whom, beyond that. Nobody but `python -m producer` may import cli.
CALLS = {
    "__main__": {"cli"},
    "pipeline": {
        "recipe",
        "data",
        "brand",
        "facts",
        "plan",
        "scene",
        "rights",
        "layout",
        "render",
        "review",
        "proof",
    },
    "facts": {"data"},  # what a template needs is asked of the rows that a piece chooses, in the same words
    "plan": {"data"},  # a piece chooses its rows with the very words of a data name
    "rights": {"data"},  # the register of people is a sheet like others
    "build": {"pipeline", "rights"},  # a withdrawal is written down
    "intake": {"data", "rights", "build"},
    "library": {"build", "pipeline"},
    "requests": {
        "recipe",
        "data",
        "rights",
        "intake",
        "pipeline",
        "build",
    },  # a draft goes the road of any recipe
    "portal": {"requests", "pipeline", "build", "intake", "library"},
    "cli": {"pipeline", "build", "intake", "library"},
}

# Single modules of another stage.
MODULES = {
    "cli": {"producer.recipe.schema"},  # `producer schema` prints what the loader checks
    "data": {"producer.recipe.yaml"},  # rows in YAML are read by the one module that knows it
    # what comes in is entered in the register, under a name that files may have, in the colours of its camera
    "intake": {
        "producer.recipe.licence_file",
        "producer.recipe.licence",
        "producer.plan.make",
        "producer.render.adobe_rgb",
    },
}

# Each makes one kind of file and knows nothing of the others; what they share are modules of producer.render.
RENDERERS = {"raster", "vector", "pdf", "slides", "clip"}

# Libraries that one place keeps to itself: the others meet what it makes of them.
LIBRARIES = {
    "skia": ("producer.render._skia",),  # its loader needs libEGL and a message where that is missing
    "ruamel": ("producer.recipe",),  # the only package that knows YAML
    "pydantic_core": ("producer.recipe",),
    "pydantic": ("producer.recipe",),  # the schema is the edge; inside there are frozen dataclasses
}


class Import(NamedTuple):
    """One name brought in by one line."""

    importer: str  # dotted name of the module the line stands in
    imported: str  # dotted name of a module
    place: str  # file:line


def test_imports_run_down_the_stages() -> None:
    """No module imports a later stage, the code of an earlier one, or a library that is not its own."""
    assert [f"{line.place} imports {line.imported}" for line in imports() if not is_allowed(line)] == []


@pytest.mark.parametrize(
    ("importer", "imported", "allowed"),
    [
        ("producer.layout.text", "producer.geometry", True),
        ("producer.layout.text", "producer.layout.font", True),
        ("producer.layout.text", "producer.scene.model", True),
        ("producer.layout.text", "producer.scene.compose", False),
        ("producer.layout.text", "producer.scene", False),
        ("producer.layout.text", "producer.render.model", False),
        ("producer.layout.text", "producer.cli", False),
        ("producer.recipe.load", "producer.brand.model", True),
        ("producer.recipe.load", "producer.scene.model", False),
        ("producer.geometry", "producer.diagnostics", True),
        ("producer.geometry", "producer.scene.model", False),
        ("producer.pipeline", "producer.layout.lay_out", True),
        ("producer.pipeline", "producer.build.store", False),
        ("producer.build.worker", "producer.pipeline", True),
        ("producer.cli.schema", "producer.recipe.schema", True),
        ("producer.cli.check", "producer.build.run", True),
        ("producer.cli.check", "producer.recipe.load", False),
        ("producer.data.mapping_file", "producer.recipe.yaml", True),
        ("producer.data.mapping_file", "producer.recipe.load", False),
        ("producer.data.mapping_file", "ruamel.yaml", False),
        ("producer.cli.check", "producer.scene.model", False),
        ("producer.render.pdf.content", "producer.render.paint", True),
        ("producer.render.pdf.content", "producer.render.pdf.ink", True),
        ("producer.render.pdf.content", "producer.render.raster.render", False),
        ("producer.render.clip", "producer.render.slides", False),
        ("producer.render.render", "producer.render.slides.deck", True),
        ("producer.render.raster.text", "skia", False),
        ("producer.render._skia", "skia", True),
        ("producer.brand.load", "ruamel.yaml", False),
        ("producer.recipe.yaml", "ruamel.yaml", True),
        ("producer.requests.workshop", "producer.pipeline", True),
        ("producer.requests.workshop", "producer.scene.compose", False),
        ("producer.pipeline", "producer.requests.draft", False),
        ("producer.plan.make", "pydantic", False),
        ("producer.plan.make", "json", True),
    ],
)
def test_the_rule_itself(importer: str, imported: str, allowed: bool) -> None:
    """The table says yes and no where the architecture does."""
    assert is_allowed(Import(importer, imported, "")) is allowed


def is_allowed(line: Import) -> bool:
    """Whether the tables above have the edge."""
    library, *_ = line.imported.split(".")
    if library != "producer":
        homes = LIBRARIES.get(library)
        return homes is None or any(f"{line.importer}.".startswith(f"{home}.") for home in homes)
    importer, imported = package(line.importer), package(line.imported)
    if importer == imported == "render":
        return len({renderer(line.importer), renderer(line.imported)} & RENDERERS) < 2
    if imported in {importer, ""} or imported in SHARED or imported in CALLS.get(importer, ()):
        return True
    if imported not in STAGES or line.imported != f"producer.{imported}.model":
        return line.imported in MODULES.get(importer, ())
    given = imported in GIVES.get(importer, ())
    return given or (importer in STAGES and STAGES.index(imported) < STAGES.index(importer))


def package(module: str) -> str:
    """Give the stage or shared module a dotted name belongs to; "" for `producer` itself."""
    return module.partition(".")[2].partition(".")[0]


def renderer(module: str) -> str:
    """Give the part of `producer.render` that a dotted name belongs to."""
    return ".".join(module.split(".")[2:3])


def imports() -> Iterator[Import]:
    """Give every import of the program, also those inside functions and under TYPE_CHECKING."""
    for path in sorted(PRODUCER.rglob("*.py")):
        importer = dotted(path)
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import | ast.ImportFrom):
                place = f"{path.relative_to(PRODUCER.parent).as_posix()}:{node.lineno}"
                yield from (
                    Import(importer, imported, place) for imported in sorted(set(modules(node, path)))
                )


def modules(node: ast.Import | ast.ImportFrom, path: Path) -> Iterator[str]:
    """Give the modules a line imports: ``from producer.scene import model`` means `producer.scene.model`."""
    if isinstance(node, ast.Import):
        yield from (name.name for name in node.names)
        return
    base = node.module or ""
    if node.level:
        above = path.parents[node.level - 1].relative_to(PRODUCER.parent)
        base = ".".join((*above.parts, base)).rstrip(".")
    for name in node.names:
        inside = PRODUCER.parent.joinpath(*base.split("."), name.name)
        yield f"{base}.{name.name}" if inside.is_dir() or inside.with_suffix(".py").exists() else base


def dotted(path: Path) -> str:
    """Give the dotted name of the module in a file."""
    parts = path.relative_to(PRODUCER.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
