"""The whole program on one screen: what people write becomes finished files, stage by stage."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from producer.diagnostics import Diagnostic, Level, ProducerError, Scope, once
from producer.kept import NO_NOTES, Kept, Notes

if TYPE_CHECKING:  # a build with nothing to do imports no more than it runs
    from producer.brand.model import Approver, Brand
    from producer.data.model import Row, Table
    from producer.diagnostics import Span
    from producer.layout.model import Document, Photo
    from producer.occasion import Occasion
    from producer.plan.found import Found
    from producer.plan.model import Job, Plan
    from producer.recipe.model import Project, Recipe
    from producer.render.model import Artifact, Resources, Underlay
    from producer.render.pdf.preflight import Preflight
    from producer.render.picture import Pixels
    from producer.rights.model import Rights
    from producer.rights.show import Compose, Shown
    from producer.scene.model import Fact, Scene, Waiver
    from producer.world import World

ReadBytes = Callable[[str], bytes]

# Px along the longer side of a page that is painted only to see what lies under its words: where nothing else
# paints it, and where nothing is made yet.
MEASURED, ESTIMATED = 640, 256
SEEN = 64  # small pictures under words that are kept: rows of a sheet often share a photograph


@dataclass(frozen=True, slots=True)
class Stages:
    """The stages as functions, so that tests can put others in their place.

    ``prepare_layout`` gives a layout that opens each font of a project once: jobs of a worker share them, and the
    notes of what was found in photographs.
    """

    load_project: Callable[[str, World], Project]
    read_tables: Callable[[Recipe, World], Mapping[str, Table]]
    check_facts: Callable[[Project, Mapping[str, Table]], tuple[Diagnostic, ...]]
    make_plan: Callable[[Project, Mapping[str, Table], str | None], Plan]
    read_rights: Callable[[Project, Mapping[str, Table], World], Rights]
    compose: Callable[[Job, Project, Mapping[str, Table], World], Scene]
    show: Callable[[Job, Rights, Compose], Shown]
    prepare_layout: Callable[[ReadBytes, Notes], Callable[[Scene], Document]]
    render: Callable[[Document, Resources], Artifact]
    underlays: Callable[[Document, Resources, int], tuple[Underlay, ...]]
    review: Callable[[Document, tuple[Underlay, ...], Resources], tuple[Diagnostic, ...]]
    prove: Callable[[Artifact, Document, ReadBytes], tuple[Diagnostic, ...]]
    check_page: Callable[[Document, Preflight, tuple[Diagnostic, ...], Resources], tuple[str, bytes]]
    check_piece: Callable[[Sequence[tuple[str, Span]]], tuple[Diagnostic, ...]]
    as_draft: Callable[[Scene, Brand], Scene]
    thumbnails: Callable[[Document, Resources, int], tuple[bytes, ...]]
    sketch: Callable[[Document, Resources, int], tuple[bytes, tuple[Underlay, ...]]]


@dataclass(frozen=True, slots=True)
class Road:
    """A recipe with everything that its jobs are made from."""

    world: World
    project: Project
    tables: Mapping[str, Table]
    rights: Rights
    plan: Plan
    facts: tuple[Diagnostic, ...]  # warnings, and problems of rows, that checking the facts found
    found: Found | None = None  # the same by what it is about

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """What checking the facts and planning found; what stops everything was raised."""
        notes = self.plan.notes if self.plan.whole else ()  # of what nobody asked for now they would be noise
        return once((*self.facts, *self.rights.notes, *self.plan.lost, *notes))


@dataclass(frozen=True, slots=True)
class Finished:
    """A rendered and proven file, with the warnings that its author should read."""

    artifact: Artifact
    warnings: tuple[Diagnostic, ...]
    facts: tuple[Fact, ...]  # that it says


def prepare(path: str, world: World, stages: Stages, only: str | None = None) -> Road:
    """Go as far as the plan: load, read, check the facts, see who agrees, plan. Nothing heavy is imported on this way.

    Raises:
        ProducerError: a problem of recipe, brand, template or schema; nothing can be made.
    """
    from producer.plan.found import sort_found

    project = stages.load_project(path, world)
    tables = stages.read_tables(project.recipe, world)
    facts = stages.check_facts(project, tables)
    if any(stops_everything(problem) for problem in facts):
        raise ProducerError(facts)
    rights = stages.read_rights(project, tables, world)
    plan = stages.make_plan(project, rights.tables, only)
    accepted = accepted_of_rows(facts, plan, project.recipe, rights.tables)
    road = Road(world, project, rights.tables, rights, plan, accepted)
    # All notes, so that a product is the same whether it is made alone or with others.
    return replace(road, found=sort_found((*road.problems, *plan.notes)))


def composed(job: Job, road: Road, stages: Stages) -> Shown:
    """Return the scene of a job as far as people agree to it, or why it is refused.

    One for print has what was found before of its rows, which its page of checks says.

    Raises:
        ProducerError: composing found a problem, or a file has no licence.
    """
    shown = stages.show(
        job, road.rights, lambda job, tables: stages.compose(job, road.project, tables, road.world)
    )
    if shown.scene is None or road.found is None or shown.scene.canvas.press is None:
        return shown
    found = road.found.of_job(job, road.tables, shown.scene.link)
    return replace(shown, scene=replace(shown.scene, found=found))


def produce(
    scene: Scene, layout: Callable[[Scene], Document], resources: Resources, stages: Stages
) -> Finished:
    """Turn one scene into its file.

    Raises:
        ProducerError: something does not fit or cannot be painted, or the file does not say what it should.
    """
    said = words_checked(scene, stages)
    document = layout(scene)
    artifact = stages.render(document, resources)
    if scene.post:
        artifact = replace(artifact, extras=(*artifact.extras, (".txt", f"{scene.post}\n".encode())))
    under = artifact.underlays
    if under is None:  # only a picture file brings them along
        under = stages.underlays(document, resources, MEASURED)
    seen = (*document.problems, *stages.review(document, under, resources), *artifact.problems)
    problems = (
        *said,
        *waived(seen, scene.waivers),
        *stages.prove(artifact, document, resources.read_bytes),
    )
    if any(problem.level is Level.ERROR for problem in problems):
        raise ProducerError(problems)
    extras = artifact.extras
    if artifact.preflight is not None:
        # Who was left out, and why, is nothing for a printer.
        told = tuple(
            problem for problem in once((*scene.found, *problems)) if not problem.code.startswith("consent/")
        )
        extras += (stages.check_page(document, artifact.preflight, told, resources),)
    return Finished(replace(artifact, extras=extras), problems, document.facts)


@dataclass(frozen=True, slots=True)
class Sketch:
    """A page as it will be, painted small for whoever is still writing it."""

    document: Document
    png: bytes
    problems: tuple[Diagnostic, ...]  # of its words and of what was seen, errors too


def sketch(
    scene: Scene, layout: Callable[[Scene], Document], resources: Resources, stages: Stages, width: int
) -> Sketch:
    """Return the first page of a scene ``width`` px wide, laid out as its file will be.

    Raises:
        ProducerError: something does not fit or cannot be painted.
    """
    said = stages.check_piece([(fact.text, fact.span) for fact in scene.facts])
    document = layout(scene)
    png, under = stages.sketch(document, resources, width)
    seen = (*document.problems, *stages.review(document, under, resources))
    return Sketch(document, png, waived((*said, *seen), scene.waivers))


def inspect(road: Road, stages: Stages) -> Iterator[tuple[Diagnostic, ...]]:
    """Yield each job's problems, in the order of the plan, up to what a small picture of each page shows."""
    from producer.render.model import Resources

    layout = stages.prepare_layout(road.world.read_bytes, NO_NOTES)
    problems_of = row_problems(road)
    for job in road.plan.jobs:
        blocked = problems_of(job)
        if blocked:
            yield blocked
            continue
        try:
            shown = composed(job, road, stages)
            if shown.scene is None:
                yield shown.refused
                continue
            scene = shown.scene
            said = words_checked(scene, stages)
            document = layout(scene)
            resources = Resources(scene.colours, road.project.brand.series, road.world.read_bytes)
            under = stages.underlays(document, resources, ESTIMATED)
            seen = (*document.problems, *stages.review(document, under, resources))
        except ProducerError as error:
            yield error.diagnostics
        else:
            yield (*said, *waived(seen, scene.waivers))


def page_pictures(job: Job, road: Road, stages: Stages, side: int) -> tuple[bytes, ...]:
    """Return small pictures of a job's pages, ``side`` px long, as PNG; none where somebody does not agree.

    Raises:
        ProducerError: something does not fit or cannot be painted.
    """
    from producer.render.model import Resources

    scene = composed(job, road, stages).scene
    if scene is None:
        return ()
    resources = Resources(scene.colours, road.project.brand.series, road.world.read_bytes)
    document = stages.prepare_layout(road.world.read_bytes, NO_NOTES)(scene)
    return stages.thumbnails(document, resources, side)


def words_checked(scene: Scene, stages: Stages) -> tuple[Diagnostic, ...]:
    """Return what the finished words of a piece say against each other: template, recipe and row together.

    Raises:
        ProducerError: they contradict each other, and the recipe does not accept it in writing.
    """
    problems = waived(stages.check_piece([(fact.text, fact.span) for fact in scene.facts]), scene.waivers)
    if any(problem.level is Level.ERROR for problem in problems):
        raise ProducerError(problems)
    return problems


def waived(problems: Iterable[Diagnostic], waivers: Iterable[Waiver]) -> tuple[Diagnostic, ...]:
    """Return a job's problems, those that the recipe accepts in writing as notes that carry its reason."""

    def judged(problem: Diagnostic) -> Diagnostic:
        for waiver in waivers:
            if waiver.covers(problem):
                facts = {**problem.facts, "accepted": waiver.reason}
                return replace(problem, level=Level.NOTE, facts=facts)
        return problem

    return tuple(map(judged, problems))


def accepted_of_rows(
    problems: Iterable[Diagnostic], plan: Plan, recipe: Recipe, tables: Mapping[str, Table]
) -> tuple[Diagnostic, ...]:
    """Return problems of facts, those as notes that the recipe accepts for every product that shows their row."""
    if not recipe.accept:
        return tuple(problems)
    from producer.scene.waiver import waivers_of

    waivers: dict[tuple[str, int], list[tuple[Waiver, ...]]] = {}
    for job in plan.jobs:
        of_job = waivers_of(job, recipe, tables)
        for row in job.shown_rows(tables):
            waivers.setdefault((row.file, row.number), []).append(_in_row(of_job, row))
    told = []
    for problem in problems:
        asked = waivers.get((problem.span.file, problem.span.line), [])
        judged = [waived([problem], some)[0] for some in asked]
        told.append(judged[0] if judged and all(one.level is Level.NOTE for one in judged) else problem)
    return tuple(told)


def row_problems(road: Road) -> Callable[[Job], tuple[Diagnostic, ...]]:
    """Return what gives the errors of all rows that a job may show: cells that cannot be read, and false facts.

    A grouped row has the problems of all rows that it was made from.
    """
    by_row: dict[tuple[str, int], list[Diagnostic]] = {}
    for problem in road.facts:
        if problem.level is Level.ERROR and problem.scope is Scope.ROW:
            by_row.setdefault((problem.span.file, problem.span.line), []).append(problem)

    def of_job(job: Job) -> tuple[Diagnostic, ...]:
        found = [
            (row, problem)
            for row in job.shown_rows(road.tables)
            for problem in (*row.problems, *by_row.get((row.file, row.number), ()))
        ]
        if not found or not road.project.recipe.accept:
            return once(problem for _, problem in found)
        from producer.scene.waiver import waivers_of

        waivers = waivers_of(job, road.project.recipe, road.tables)
        judged = (waived([problem], _in_row(waivers, row))[0] for row, problem in found)
        return once(problem for problem in judged if problem.level is Level.ERROR)

    return of_job


def _in_row(waivers: Iterable[Waiver], row: Row) -> tuple[Waiver, ...]:
    """Return what is accepted in one row, in words that cover all that its cells say."""
    return tuple(replace(waiver, row=None) for waiver in waivers if waiver.row in (None, row.id))


def stops_everything(problem: Diagnostic) -> bool:
    """Whether nothing at all can be made because of ``problem``."""
    return problem.level is Level.ERROR and problem.scope is Scope.RECIPE


def calendar_of(world: World) -> Mapping[str, Occasion]:
    """Return the days of the year that a project plans for, recipes or not.

    Raises:
        ProducerError: every problem of its own calendar.
    """
    from producer.recipe.calendar_file import read_calendar

    return read_calendar(world)


def approvers_of(world: World, path: str = "brand/approvers.yaml") -> tuple[Approver, ...]:
    """Return who may approve, as a file says.

    Raises:
        ProducerError: it is not there, or every problem that it has.
    """
    from producer.recipe.approver_file import read_approvers

    return read_approvers(world, path)


def library_of(world: World) -> str:
    """Return where a project's brand says that its archive lies; empty where it says nothing.

    Raises:
        ProducerError: every problem of the brand.
    """
    from producer.recipe.brand_file import read_brand

    return read_brand(world, many=True).library


def real_stages() -> Stages:
    """Return the program's own stages; each is imported when it is first called."""
    return Stages(
        load_project=_late("producer.recipe.load", "load_project"),
        read_tables=_late("producer.data.read", "read_tables"),
        check_facts=_late("producer.facts.check", "check_facts"),
        make_plan=_late("producer.plan.make", "make_plan"),
        read_rights=_late("producer.rights.read", "read_rights"),
        compose=_late("producer.scene.compose", "compose"),
        show=_late("producer.rights.show", "show"),
        prepare_layout=_prepare_layout,
        render=_late("producer.render.render", "render"),
        underlays=_late("producer.render.underlay", "underlays"),
        review=_late("producer.review.review", "review"),
        prove=_late("producer.proof.prove", "prove"),
        check_page=_late("producer.render.pdf.render", "check_page"),
        check_piece=_late("producer.facts.check", "check_piece"),
        as_draft=_late("producer.scene.stamp", "as_draft"),
        thumbnails=_late("producer.render.thumbnail", "thumbnails"),
        sketch=_late("producer.render.raster.sketch", "sketch"),
    )


def _late(module: str, name: str) -> Callable[..., Any]:
    """Return a function of a module that is imported when it is first called."""

    def call(*arguments: object) -> object:
        return getattr(import_module(module), name)(*arguments)

    return call


def _prepare_layout(read_bytes: ReadBytes, notes: Notes = NO_NOTES) -> Callable[[Scene], Document]:
    from producer.layout.font import FontBook
    from producer.layout.lay_out import lay_out

    fonts = FontBook(read_bytes)

    seen: Kept[Pixels] = Kept(SEEN)

    def see(scene: Scene, photo: Photo, width: int, height: int) -> Pixels:
        from producer.render.model import Resources
        from producer.render.picture import picture_pixels

        def make() -> Pixels:
            return picture_pixels(photo, width, height, Resources(scene.colours, (), read_bytes))

        look = photo.look
        inks = (scene.colours[look.dark.token], scene.colours[look.light.token]) if look is not None else ()
        return seen.get((photo.picture.digest, photo.crop, look, inks, width, height), make)

    return lambda scene: lay_out(scene, fonts, read_bytes, partial(see, scene), notes)
