"""A project's files as they are now, opened for many drafts, and the drawing of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path

from producer.build.notes import FolderNotes
from producer.diagnostics import Diagnostic, ProducerError, SourceText, Span
from producer.layout.model import Document, GlyphRun
from producer.pipeline import Road, Stages, composed, real_stages, row_problems, sketch
from producer.plan.model import Job
from producer.recipe.channel import presets
from producer.recipe.load import load_project
from producer.recipe.model import Project, Template
from producer.recipe.shelf import Shelf
from producer.render.model import Resources
from producer.requests.form import Form, form_of
from producer.requests.recipe_folder import REQUEST
from producer.requests.register import RECIPES, Registers, read_registers
from producer.scene.model import Scene
from producer.world import World

MUSIC = "assets/music"
WATCHED = ("brand", "brand/templates", "brand/logo", "brand/motifs", "brand/icons", "assets/data", MUSIC)
LineBreaks = Mapping[str, tuple[str, ...]]  # item → its lines


@dataclass(frozen=True, slots=True)
class Drawn:
    """A draft that was drawn."""

    png: bytes
    document: Document
    problems: tuple[Diagnostic, ...]


def draw(job: Job, road: Road, state: Opened, world: World, width: int) -> Drawn:
    """Draw a job though its row is false: whoever writes it sees the page go on, and beside it why it cannot be sent.

    Raises:
        ProducerError: it cannot be drawn, for these reasons and those of its row.
    """
    known = (*road.problems, *row_problems(road)(job))
    try:
        scene = _shown(job, road, state)
        state.under.world = world  # photographs of the draft are in it
        resources = Resources(scene.colours, road.project.brand.series, world.read_bytes)
        made = sketch(scene, state.layout, resources, state.stages, width)
    except ProducerError as error:
        raise ProducerError((*known, *error.diagnostics)) from error
    return Drawn(made.png, made.document, (*known, *made.problems))


def _shown(job: Job, road: Road, state: Opened) -> Scene:
    shown = composed(job, road, state.stages)
    if shown.scene is None:
        raise ProducerError(shown.refused)
    return shown.scene


class _Under:
    """Files of the draft that is drawn now: fonts stay open while drafts come and go."""

    def __init__(self, world: World) -> None:
        self.world = world

    def __call__(self, path: str) -> bytes:
        return self.world.read_bytes(path)


class Opened:
    """What was read of a project, for as long as its files stay as they are."""

    def __init__(self, world: World, project: Path) -> None:
        self.world, self.project = world, project
        self.shelf = Shelf()
        self.stages: Stages = replace(real_stages(), load_project=partial(_load, shelf=self.shelf))
        self.under = _Under(world)
        self.layout = self.stages.prepare_layout(self.under, FolderNotes(project))
        self._forms: dict[tuple[str, str], Form] = {}

    @cached_property
    def recipes(self) -> tuple[str, ...]:
        """The recipes of the project, by name."""
        return tuple(place.relative_to(self.project).as_posix() for place in house_recipes(self.project))

    @cached_property
    def registers(self) -> Registers:
        """Rows to pick from, and examples."""
        return read_registers(self.world, self.recipes, self.shelf)

    def template(self, name: str) -> Template:
        """A template by its name."""
        brand = self.shelf.brand(self.world, many=False)
        return self.shelf.template(self.world, brand, SourceText(name, Span("")))

    def form(self, template: str, language: str) -> Form:
        """The form of a template."""
        key = (template, language)
        if key not in self._forms:
            brand = self.shelf.brand(self.world, many=False)
            sounds = self.world.files(MUSIC)
            self._forms[key] = form_of(self.template(template), brand, language, presets(), sounds)
        return self._forms[key]


def _load(path: str, world: World, *, shelf: Shelf) -> Project:
    return load_project(path, world, shelf)


def house_recipes(project: Path) -> tuple[Path, ...]:
    """Return the recipes of a project that are its own, by name: requests become recipes too, and teach nothing new."""
    places = sorted((project / RECIPES).glob("*/recipe.yaml"))
    return tuple(place for place in places if not (place.parent / REQUEST).exists())


def stamp_of(project: Path) -> tuple[tuple[str, int, int], ...]:
    """Return what changes when a file does that drafts are drawn with; photographs come and go without it."""
    folders = (entry for folder in WATCHED for entry in (project / folder).glob("*"))
    watched = (*folders, *house_recipes(project))
    return tuple(
        (str(file), state.st_mtime_ns, state.st_size)
        for file in sorted(watched)
        if file.is_file()
        for state in [file.stat()]
    )


def line_breaks(document: Document) -> LineBreaks:
    """Return where the words of a document are broken: by page and item, what stands on each baseline."""
    made: dict[str, tuple[str, ...]] = {}
    for number, page in enumerate(document.pages):
        for at, item in enumerate(page.items):
            lines: dict[float, str] = {}
            for paint in item.paints:
                if isinstance(paint, GlyphRun) and paint.points:
                    base = round(paint.points[0][1], 1)
                    lines[base] = lines.get(base, "") + paint.text
            if lines:
                made[f"{number}/{at}/{item.name}"] = tuple(lines.values())
    return made
