"""What lets finished files out: a receipt over exactly their bytes, signed by enough of those who may."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from producer.brand.model import Approver
from producer.build.gate import Verdict
from producer.build.output import path_of
from producer.build.receipt import Receipt as Made
from producer.build.store import FOLDER, DamagedError, Store, write_ours, write_whole
from producer.diagnostics import Diagnostic, Level, Scope, Span
from producer.library.approval import Output, Receipt, to_json
from producer.library.change import picture_difference, word_changes
from producer.library.dossier import ENDING, Dossier
from producer.library.inputs import changed_inputs, inputs_of
from producer.library.judge import Judged, judge, why_not
from producer.library.picture import pictures_of
from producer.library.state import State
from producer.pipeline import Road
from producer.plan.model import Job

DIFFERENCE = ".khac-biet.png"  # behind the name of the file
STOOD = (State.IN_REVIEW, State.APPROVED, State.PUBLISHED)
SHOWN = 4  # changes that a sentence tells


@dataclass(frozen=True, slots=True)
class Standing:
    """A receipt and what it is worth."""

    receipt: Receipt
    judged: Judged


@dataclass(frozen=True, slots=True)
class Desk:
    """Where approvals of one recipe are kept and asked for."""

    project: Path
    folder: Path  # of the recipe's files
    road: Road
    approvers: Sequence[Approver]
    now: datetime
    paint: Callable[[Job], tuple[bytes, ...]]  # pages of a job as PNG, where its file gives none

    @property
    def dossier(self) -> Dossier:
        """The receipts of the project."""
        return Dossier(self.project)

    def verdict(self, job: Job, receipt: Made) -> Verdict:
        """See :class:`producer.build.gate.Gate`."""
        standing = self.standing(job, receipt)
        if standing is None:
            return Verdict(state=State.DRAFT.value)
        state = standing.judged.state
        if standing.judged.fault is None and state is State.WITHDRAWN:
            said = standing.receipt.last
            facts = {"job": job.id, "who": said.name, "reason": said.note.get("reason", "")}
            told = Diagnostic("approval/withdrawn", self.span(job), facts, Level.REFUSED, Scope.ROW)
            return Verdict(state=state.value, refused=(told,))
        if not standing.judged.released:
            return Verdict(state=state.value)
        ending = f".{job.format}{ENDING}"
        return Verdict(released=True, beside=((ending, to_json(standing.receipt)),), state=state.value)

    def standing(self, job: Job, receipt: Made) -> Standing | None:
        """Return what the receipts of a job say of these very bytes: the worst news first, then the most signed."""
        outputs = outputs_of(job, receipt)
        found = [one for one in self.all_standing(job) if one.receipt.outputs == outputs]
        withdrawn = [one for one in found if one.judged.fault is None and one.judged.state is State.WITHDRAWN]
        sound = [one for one in found if one.judged.fault is None]
        by_length = sorted(withdrawn or sound or found, key=lambda one: len(one.receipt.entries))
        return by_length[-1] if by_length else None

    def all_standing(self, job: Job) -> Iterator[Standing]:
        """Yield every receipt of a job's file, of other bytes too."""
        recipe, path = self.road.plan.recipe, path_of(job)
        for receipt in self.dossier.receipts(recipe, path, self.folder / path):
            if (receipt.last.recipe, receipt.last.job) == (self.road.project.recipe.path, job.id):
                yield Standing(receipt, judge(receipt, self.approvers, self.now, job.template.approvers))

    def told(self, job: Job, receipt: Made) -> tuple[Diagnostic, ...]:
        """See :class:`producer.build.gate.Gate`."""
        standing = self.standing(job, receipt)
        if standing is None:
            fallen = next((one for one in self.all_standing(job) if one.judged.state in STOOD), None)
            return (self.fallen(job, fallen.receipt, receipt),) if fallen is not None else ()
        return (why_not(standing.receipt, standing.judged, self.span(job)),)

    def fallen(self, job: Job, approval: Receipt, receipt: Made) -> Diagnostic:
        """Return that an approval no longer counts, what changed since, and where the pictures of it are."""
        said, store = approval.last, Store(self.project)
        before = store.get(said.made)
        words = word_changes(before.facts, receipt.facts) if before is not None else ()
        inputs = changed_inputs(said.inputs, inputs_of(job, receipt, self.road))
        told = [f"{field}: “{old or '–'}” → “{new or '–'}”" for field, old, new in words] or list(inputs)
        more = f"; +{len(told) - SHOWN}" if len(told) > SHOWN else ""
        facts = {
            "job": job.id,
            "who": said.name,
            "changes": "; ".join(told[:SHOWN]) + more or "producer",
            "picture": self.draw_difference(job, said.shown, receipt) or "–",
        }
        return Diagnostic("approval/fallen", self.span(job), facts, Level.WARNING, Scope.ROW)

    def draw_difference(self, job: Job, before: Sequence[str], receipt: Made) -> str:
        """Write what changed as a picture and return its path in the project; empty where nothing looks other."""
        store = Store(self.project)
        try:
            old = [store.read(sha256) for sha256 in before]
            drawn = picture_difference(old, pictures_of(receipt, store, lambda: self.paint(job)))
        except DamagedError:
            return ""
        if drawn is None:
            return ""
        place = self.dossier.folder / self.road.plan.recipe / f"{path_of(job)}{DIFFERENCE}"
        write_ours(self.project / FOLDER, place, lambda: write_whole(place, drawn))
        return place.relative_to(self.project).as_posix()

    def span(self, job: Job) -> Span:
        """Where what a job is about was written."""
        return job.row.span() if job.row is not None else job.piece.span


def outputs_of(job: Job, receipt: Made) -> tuple[Output, ...]:
    """Return the finished files of a job as a receipt names them."""
    return tuple(Output(path_of(job, blob.suffix), blob.sha256, blob.size) for blob in receipt.blobs)


def receipts_of(project: Path, recipe: str, path: str) -> tuple[Receipt, ...]:
    """Return every receipt of a file, by the recipe's name and its path below that folder, the latest last.

    For the archive, which keeps them as they are: :func:`producer.library.approval.to_json` gives their bytes.
    """
    return Dossier(project).all_of(recipe, path)
