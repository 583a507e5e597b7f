"""Which folder a recipe belongs to, and what there is to do for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from producer.build.batch import Batch, Choice, examine
from producer.build.worker import stages_named
from producer.cli.settings import Settings
from producer.diagnostics import Diagnostic, Level, ProducerError, Span
from producer.pipeline import Road, Stages, approvers_of, page_pictures, prepare
from producer.world import FolderWorld, is_utf8

if TYPE_CHECKING:  # a build without approval needs no library
    from producer.library.gate import Desk

BRAND = "brand/brand.yaml"
APPROVERS = "brand/approvers.yaml"
OUT = "output"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")  # whose day and hour it is


@dataclass(frozen=True, slots=True)
class Place:
    """A recipe in its project."""

    root: Path
    recipe: str  # path from the root


def root_of(place: Path) -> Path | None:
    """Return the nearest folder at or above ``place`` that has a brand, or nothing."""
    place = place.resolve()
    return next((folder for folder in (place, *place.parents) if (folder / BRAND).is_file()), None)


def find(recipe: Path) -> Place:
    """Return the project of a recipe; a folder means the recipe inside it.

    Raises:
        ProducerError: no folder above it has a brand, or a name on the way is not UTF-8.
    """
    recipe = recipe / "recipe.yaml" if recipe.is_dir() else recipe
    root = root_of(recipe.parent)
    if root is None:
        raise ProducerError([Diagnostic("cli/no-project", Span(recipe.as_posix()))])
    place = recipe.parent.resolve() / recipe.name  # a recipe that is a link is the world's to judge
    path = place.relative_to(root).as_posix()
    if not is_utf8(path):
        raise ProducerError([Diagnostic("cli/not-utf8", Span(path), {"path": path})])
    return Place(root, path)


def project_here() -> Path:
    """Return the folder of the project we stand in.

    Raises:
        ProducerError: we stand in none.
    """
    root = root_of(Path())
    if root is None:
        raise ProducerError([Diagnostic("cli/no-project", Span("."))])
    return root


def recipes_of(root: Path) -> list[Place]:
    """Return every recipe of a project, by name."""
    places = sorted(root.glob("recipes/*/recipe.yaml"))
    return [Place(root, place.relative_to(root).as_posix()) for place in places]


def look(place: Place, out: Path | None, choice: Choice, settings: Settings, *, told: bool = True) -> Batch:
    """Return what there is to do for one recipe, and tell the problems found on the way, unless not ``told``.

    Without ``out`` files go to the project's own output folder, wherever the command is called from.

    Raises:
        ProducerError: nothing can be made of it.
    """
    world = FolderWorld(place.root)
    settings.console.world = world
    stages = stages_named(settings.stages)
    road = prepare(place.recipe, world, stages, choice.only)
    if choice.only is not None and not road.plan.jobs and not road.plan.lost:
        raise ProducerError([Diagnostic("cli/nothing-matches", Span(place.recipe), {"only": choice.only})])
    gate = desk(road, place.root, out or place.root / OUT, stages) if road.project.brand.approval else None
    batch = examine(road, stages, place.root, out or place.root / OUT, choice, gate)
    if told:
        settings.console.problems(road.problems)
    return batch


def desk(road: Road, root: Path, out: Path, stages: Stages) -> Desk:
    """Return where approvals of a recipe are kept and asked for; without a list of approvers nobody may sign.

    Raises:
        ProducerError: every problem of that list.
    """
    from producer.library.gate import Desk
    from producer.library.picture import LONGEST

    known = approvers_of(road.world) if road.world.exists(APPROVERS) else ()
    paint = partial(page_pictures, road=road, stages=stages, side=LONGEST)
    return Desk(root, out / road.plan.recipe, road, known, datetime.now(ZONE).replace(microsecond=0), paint)


def look_at_all(recipes: Sequence[Path], out: Path | None, choice: Choice, settings: Settings) -> list[Batch]:
    """Return what there is to do for each recipe, or nothing where one of them cannot be made.

    Raises:
        ProducerError: every problem that stops a recipe, and two recipes of one name.
    """
    batches: list[Batch] = []
    stopping: list[Diagnostic] = []
    for recipe in recipes:
        try:
            batch = look(find(recipe), out, choice, settings)
        except ProducerError as error:
            settings.console.problems(error.diagnostics)  # now, while the lines of its files can be shown
            stopping += error.diagnostics
            continue
        other = next((done for done in batches if done.recipe == batch.recipe), None)
        if other is not None:
            facts = {"name": batch.recipe, "other": other.road.project.recipe.path}
            stopping.append(Diagnostic("cli/same-name", Span(batch.road.project.recipe.path), facts))
        batches.append(batch)
    if any(problem.level is Level.ERROR for problem in stopping):
        raise ProducerError(stopping)
    return batches


def shown(place: Path) -> str:
    """Return a path as people type it: from where they stand, if it is below."""
    here = Path.cwd()
    return (place.relative_to(here) if place.is_relative_to(here) else place).as_posix()
