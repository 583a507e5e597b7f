"""What there is to do: every job of a plan, its state and the reasons. `plan`, `why` and `build` share it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from producer.build.canonical import Plain, plain
from producer.build.gate import Gate, Verdict
from producer.build.history import History, read_history
from producer.build.key import engine, inputs_of, key_of
from producer.build.manifest import recipe_of
from producer.build.output import is_current
from producer.build.receipt import Receipt, with_beside
from producer.build.store import Store
from producer.build.task import packed
from producer.diagnostics import Diagnostic, ProducerError, Span, once
from producer.pipeline import Road, Stages, composed, row_problems, stops_everything
from producer.plan.model import Job
from producer.scene.model import Scene
from producer.world import World

STAMP = "stamp"  # the part of a scene that makes it a draft: no reason of anybody's


class State(Enum):
    """What a job asks for."""

    CURRENT = "current"  # its file is there, and right
    STORED = "stored"  # its file is in the store and needs only be copied
    STALE = "stale"  # its file must be rendered
    FAILED = "failed"  # its row has a problem; no file can be made
    REFUSED = "refused"  # somebody whom it shows does not agree; no file may be made


class Why(Enum):
    """Why a job is not current."""

    NEW = "new"
    CHANGED = "changed"  # an input
    ENGINE = "engine"  # what renders
    LOST = "lost"  # from the store
    OUTPUT = "output"  # is missing or was altered
    FORCED = "forced"
    PROBLEM = "problem"  # of its row
    CONSENT = "consent"  # is lacking
    WITHDRAWN = "withdrawn"  # by who may


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, with the name of what changed and both values where there are any."""

    why: Why
    name: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Final:
    """The file that an item's draft stands for until somebody has approved it: it is made, and kept in the store."""

    key: str
    scene: bytes = b""  # packed, where it must be rendered


@dataclass(frozen=True, slots=True)
class Item:
    """A job and what there is to do for it.

    Where approval is required and lacking, this is the marked draft; ``final`` is what it will be.
    """

    job: Job
    state: State
    key: str = ""  # of what it will be made from; nothing where composing failed
    reasons: tuple[Reason, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    scene: bytes = b""  # packed, of a job that must be rendered
    final: Final | None = None
    beside: tuple[tuple[str, bytes], ...] = ()  # of a released one: suffix and bytes
    standing: str = ""  # how far it has come, where approval is required


@dataclass(frozen=True, slots=True)
class Batch:
    """All jobs of one recipe."""

    road: Road
    project: Path
    out: Path
    history: History
    items: tuple[Item, ...]
    whole: bool  # nothing of the plan was left out
    compose: Callable[[Job], Scene]  # again: all scenes at once take more memory than a worker
    again: Callable[[Job], Item]  # the state of a job whose final has just been made
    gate: Gate | None = None  # nothing where every file may go out

    @property
    def recipe(self) -> str:
        """The recipe's name, which is the name of its folder in the output."""
        return self.road.plan.recipe

    @property
    def folder(self) -> Path:
        """Where its files go."""
        return self.out / self.recipe

    def count(self, state: State) -> int:
        """How many items are in ``state``."""
        return sum(item.state is state for item in self.items)

    def having(self, state: State) -> tuple[Item, ...]:
        """The items in ``state``, in the order of the plan."""
        return tuple(item for item in self.items if item.state is state)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which jobs of a recipe are looked at, and whether what is stored counts."""

    only: str | None = None
    failed: bool = False  # only those that failed last time
    force: bool = False


def examine(  # noqa: PLR0913 - the road, where it is, what is wished, and who lets out
    road: Road, stages: Stages, project: Path, out: Path, choice: Choice, gate: Gate | None = None
) -> Batch:
    """Compose every job, look for its key in the store and for its file in the output; ``gate`` lets files out.

    Raises:
        ProducerError: composing found a problem of recipe, template or brand; or the folder is another recipe's.
        StoreLostError: the store cannot be read.
    """
    refuse_other(road, out / road.plan.recipe)
    history = read_history(project, road.plan.recipe)
    look = _Look(road, stages, Store(project), history, out / road.plan.recipe, choice.force, gate)
    jobs = [job for job in road.plan.jobs if not choice.failed or _failed(history, job)]
    blocked = row_problems(road)
    items = tuple(look.at(job, blocked(job)) for job in jobs)
    fatal = [problem for item in items for problem in item.problems if stops_everything(problem)]
    if fatal:
        raise ProducerError(once([*road.problems, *fatal]))
    whole = choice.only is None and not choice.failed
    made = replace(look, made=True)
    return Batch(road, project, out, history, items, whole, look.compose, lambda job: made.at(job, ()), gate)


def refuse_other(road: Road, folder: Path) -> None:
    """Raise where ``folder`` holds the files of another recipe of this name: they would be taken away."""
    recipe, other = road.project.recipe.path, recipe_of(folder)
    if other in ("", recipe) or not road.world.exists(other):
        return
    facts = {"folder": folder.name, "name": folder.name, "other": other}
    raise ProducerError([Diagnostic("build/other-recipe", Span(recipe), facts)])


def _failed(history: History, job: Job) -> bool:
    last = history.jobs.get(job.id)
    return last is not None and last.failed


@dataclass(frozen=True, slots=True)
class _Look:
    """Everything that the state of a job depends on."""

    road: Road
    stages: Stages
    store: Store
    history: History
    folder: Path
    force: bool
    gate: Gate | None = None
    made: bool = False  # finals have just been made: what is stored of them counts, forced or not

    def compose(self, job: Job) -> Scene:
        """Return the scene of a job, as far as people agree to it.

        Raises:
            ProducerError: see :mod:`producer.scene.compose`; somebody does not agree.
        """
        shown = composed(job, self.road, self.stages)
        if shown.scene is None:
            raise ProducerError(shown.refused)
        return shown.scene

    def at(self, job: Job, blocked: tuple[Diagnostic, ...]) -> Item:
        """Compose a job and tell its state; ``blocked`` are the problems of its rows."""
        if blocked:
            return Item(job, State.FAILED, reasons=(Reason(Why.PROBLEM),), problems=blocked)
        try:
            shown = composed(job, self.road, self.stages)
        except ProducerError as error:
            return Item(job, State.FAILED, reasons=(Reason(Why.PROBLEM),), problems=error.diagnostics)
        if shown.scene is None:
            return Item(job, State.REFUSED, reasons=(Reason(Why.CONSENT),), problems=shown.refused)
        return self.of_scene(job, shown.scene)

    def of_scene(self, job: Job, scene: Scene) -> Item:
        """Tell the state of a composed job: of its file, or of its draft where that may not go out yet."""
        if self.gate is None:
            return self.of_file(job, scene, force=self.force)
        final = self.of_file(job, scene, force=self.force and not self.made)
        receipt = self.store.get(final.key) if final.state is not State.STALE else None
        verdict = self.gate.verdict(job, receipt) if receipt is not None else Verdict()
        if verdict.refused:
            return Item(job, State.REFUSED, reasons=(Reason(Why.WITHDRAWN),), problems=verdict.refused)
        if receipt is not None and verdict.released:
            return self.released(job, final, receipt, verdict)
        draft = self.of_file(job, self.stages.as_draft(scene, self.road.project.brand), force=self.force)
        if receipt is None:
            draft = replace(draft, state=State.STALE, reasons=draft.reasons or (Reason(Why.LOST),))
        return replace(draft, final=Final(final.key, final.scene), standing=verdict.state)

    def released(self, job: Job, final: Item, receipt: Receipt, verdict: Verdict) -> Item:
        """The final itself, with its receipt beside it."""
        whole = is_current(self.folder, job, with_beside(receipt, verdict.beside))
        state, reasons = (State.CURRENT, ()) if whole else (State.STORED, (Reason(Why.OUTPUT),))
        return Item(job, state, final.key, reasons, beside=verdict.beside, standing=verdict.state)

    def of_file(self, job: Job, scene: Scene, *, force: bool) -> Item:
        """Hold a scene against what the store has under its key."""
        form = plain(scene)
        key = key_of(form, self.road.project.brand.series)
        receipt = self.store.get(key) if not force else None
        if receipt is None:
            return Item(job, State.STALE, key, self.reasons(job, key, form), scene=packed(scene))
        changed = _read_besides(receipt, self.road.world)
        if changed:
            return Item(job, State.STALE, key, changed, scene=packed(scene))
        if is_current(self.folder, job, receipt):
            return Item(job, State.CURRENT, key)
        return Item(job, State.STORED, key, (Reason(Why.OUTPUT),))

    def reasons(self, job: Job, key: str, form: Plain) -> tuple[Reason, ...]:
        """Hold what the job is made from against what its last file was made from."""
        if self.force:
            return (Reason(Why.FORCED),)
        last = self.history.jobs.get(job.id)
        if last is None or not last.key:
            return (Reason(Why.NEW),)
        before = self.store.get(last.key)
        if before is None or last.key == key:
            return (Reason(Why.LOST),)
        found = (
            *_differences(Why.CHANGED, before.inputs, inputs_of(form, self.road.project.brand.series)),
            *_differences(Why.ENGINE, before.engine, engine()),
        )
        return found or (
            Reason(Why.CHANGED, "colours"),
        )  # only their order, which the theme of a deck follows


def _differences(why: Why, before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Reason, ...]:
    names = [
        name
        for name in dict.fromkeys((*before, *after))
        if before.get(name) != after.get(name) and name.partition(".")[0] != STAMP
    ]
    # Slots first, since titles and facts repeat their words; of a slot its words before what describes it.
    names.sort(key=lambda name: (".elements." not in name, not name.endswith(".text")))
    return tuple(Reason(why, name, before.get(name, ""), after.get(name, "")) for name in names)


def _read_besides(receipt: Receipt, world: World) -> tuple[Reason, ...]:
    """What changed among the files that rendering read without the scene naming them."""

    def digest(path: str) -> str:
        try:
            return world.digest(path)
        except (OSError, ValueError):
            return ""

    return _differences(Why.CHANGED, receipt.reads, {path: digest(path) for path in receipt.reads})
