"""What receipts say of a file that lies anywhere: for a print shop with the file, its receipt and a list of keys."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path

from producer.brand.model import Approver
from producer.diagnostics import Diagnostic, Span
from producer.library.approval import BrokenReceiptError, Receipt
from producer.library.dossier import ENDING, read_receipt
from producer.library.judge import Judged, judge, why_not
from producer.library.state import State

STOOD = (State.APPROVED, State.PUBLISHED, State.WITHDRAWN)  # states of files that once could go out


class Answer(Enum):
    """What is known of a file, the worst last."""

    APPROVED = "approved"
    UNKNOWN = "unknown"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Verified:
    """An answer, the receipt that it rests on, and why it is no better one."""

    answer: Answer
    sha256: str
    receipt: Receipt | None = None
    place: Path | None = None  # of the receipt
    reason: Diagnostic | None = None


@dataclass(frozen=True, slots=True)
class _Known:
    receipt: Receipt
    place: Path
    judged: Judged


def verify(
    file: Path, places: Sequence[Path], approvers: Sequence[Approver] | None, now: datetime
) -> Verified:
    """Return what the receipts at ``places`` say of a file; no network, no project.

    A sound receipt that withdraws these bytes outweighs one that approves them; only where neither is there can a
    receipt about a file of this name say that it was changed.

    Raises:
        OSError: the file cannot be read.
    """
    with file.open("rb") as opened:
        sha256 = hashlib.file_digest(opened, "sha256").hexdigest()
    known, problems = _read(places, approvers or (), now)
    if approvers is None:
        return Verified(Answer.UNKNOWN, sha256, reason=Diagnostic("approval/no-keys", Span(str(file)), {}))
    of_bytes = [one for one in known if any(output.sha256 == sha256 for output in one.receipt.outputs)]
    for state, answer in ((State.WITHDRAWN, Answer.WITHDRAWN), (None, Answer.APPROVED)):
        found = next((one for one in of_bytes if _says(one.judged, state)), None)
        if found is not None:
            return Verified(answer, sha256, found.receipt, found.place, _withdrawn(found, file, answer))
    if of_bytes:  # of these very bytes, but not enough
        return Verified(Answer.UNKNOWN, sha256, of_bytes[0].receipt, of_bytes[0].place, _lacking(of_bytes[0]))
    named = [one for one in known if _names(one.receipt, file)]
    stood = next((one for one in named if one.judged.fault is None and one.judged.state in STOOD), None)
    if stood is not None:
        return Verified(Answer.CHANGED, sha256, stood.receipt, stood.place)
    reason = problems[0] if problems else next(map(_lacking, named), None)
    facts = {"ending": ENDING}
    return Verified(
        Answer.UNKNOWN, sha256, reason=reason or Diagnostic("approval/no-receipt", Span(str(file)), facts)
    )


def _read(
    places: Sequence[Path], approvers: Sequence[Approver], now: datetime
) -> tuple[list[_Known], list[Diagnostic]]:
    known, problems = list[_Known](), list[Diagnostic]()
    for place in places:
        try:
            receipt = read_receipt(place)
        except BrokenReceiptError as error:
            facts = {"path": str(place), "problem": type(error).__name__.removesuffix("Error")}
            problems.append(Diagnostic("approval/broken-receipt", Span(str(place)), facts))
        except OSError as error:
            facts = {"path": str(place), "problem": error.strerror or type(error).__name__}
            problems.append(Diagnostic("approval/broken-receipt", Span(str(place)), facts))
        else:
            known.append(_Known(receipt, place, judge(receipt, approvers, now)))
    return known, problems


def _says(judged: Judged, state: State | None) -> bool:
    if judged.fault is not None:
        return False
    return judged.released if state is None else judged.state is state


def _names(receipt: Receipt, file: Path) -> bool:
    """Whether a receipt is about a file of this name."""
    return any(Path(output.path).name == file.name for output in receipt.outputs)


def _withdrawn(known: _Known, file: Path, answer: Answer) -> Diagnostic | None:
    if answer is not Answer.WITHDRAWN:
        return None
    said = known.receipt.last
    facts = {"job": said.job, "who": said.name, "reason": said.note.get("reason", "")}
    return Diagnostic("approval/withdrawn", Span(str(file)), facts)


def _lacking(known: _Known) -> Diagnostic:
    """Why a receipt is not enough."""
    return why_not(known.receipt, known.judged, Span(str(known.place)))


def kept_receipts(folder: Path) -> Iterator[Path]:
    """Yield every receipt that a project keeps below its ``folder`` of approvals."""
    if folder.is_dir():
        yield from sorted(folder.rglob(f"*{ENDING}"))
