"""Whether a receipt may be believed: every entry signed by somebody who might, in order, and enough of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from producer.brand.model import Approver
from producer.diagnostics import Diagnostic, Level, Scope, Span
from producer.library.approval import Entry, Receipt, entry_digest, signed_bytes
from producer.library.signature import fingerprint, holds
from producer.library.state import State, StepError, step

AHEAD = timedelta(hours=24)  # that clocks may differ


class Fault(Enum):
    """Why a receipt is not believed, as a diagnostic's code."""

    UNKNOWN_KEY = "approval/unknown-key"
    WRONG_SIGNATURE = "approval/wrong-signature"  # edited, or by another key than it names
    WRONG_NAME = "approval/wrong-name"  # the key is somebody else's, or their role another
    NOT_THEN = "approval/not-then"  # the key did not hold on that day
    TIME_BACK = "approval/time-back"  # signed before the entry above it
    TIME_AHEAD = "approval/time-ahead"
    BROKEN_CHAIN = "approval/broken-chain"
    OTHER_FILES = "approval/other-files"  # an entry is about something else than the first
    TWICE = "approval/twice"  # one person approved two times
    NO_STEP = "approval/no-step"  # published before it was approved, and the like


@dataclass(frozen=True, slots=True)
class Judged:
    """What a receipt is worth: the state that its files are in, and who said so; or why it is worth nothing."""

    state: State
    approvers: tuple[str, ...] = ()
    needed: int = 1
    fault: Fault | None = None

    @property
    def released(self) -> bool:
        """Whether its files may go out."""
        return self.fault is None and self.state in (State.APPROVED, State.PUBLISHED)


def judge(receipt: Receipt, approvers: Sequence[Approver], now: datetime, needed: int = 1) -> Judged:
    """Return what a receipt says of its files; one false entry makes all of it worth nothing.

    ``needed`` signatures are asked for at the least, or as many as any entry says. Nobody counts twice.
    """
    needed = max(needed, *(entry.statement.needed for entry in receipt.entries))
    fault = next(_faults(receipt, approvers, now), None)
    if fault is not None:
        return Judged(State.DRAFT, needed=needed, fault=fault)
    state, signed = State.DRAFT, list[str]()
    for entry in receipt.entries:
        asked = entry.statement.state
        if asked is State.APPROVED:
            if entry.statement.name in signed:  # under another word or key it is the same person
                return Judged(State.DRAFT, tuple(signed), needed, Fault.TWICE)
            signed.append(entry.statement.name)
            asked = State.APPROVED if len(signed) >= needed else State.IN_REVIEW
        try:
            state = step(state, asked)
        except StepError:
            return Judged(State.DRAFT, tuple(signed), needed, Fault.NO_STEP)
    return Judged(state, tuple(signed), needed)


def why_not(receipt: Receipt, judged: Judged, span: Span) -> Diagnostic:
    """Return why a receipt does not let its files out: its fault, or how many have still to sign."""
    said = receipt.last
    facts: dict[str, str | int] = {"job": said.job, "who": said.name}
    if judged.fault is not None:
        facts |= {"before": State.DRAFT.value, "after": said.state.value}
        return Diagnostic(judged.fault.value, span, facts, Level.WARNING, Scope.ROW)
    facts |= {"count": len(judged.approvers), "needed": judged.needed}
    return Diagnostic("approval/in-review", span, facts, Level.NOTE, Scope.ROW)


def _faults(receipt: Receipt, approvers: Sequence[Approver], now: datetime) -> Iterator[Fault]:
    """Yield what is wrong with each entry by itself, and with how it follows the one before."""
    known = {fingerprint(approver.key): approver for approver in approvers}
    first, before = receipt.entries[0].statement, ""
    last = first.time
    for entry in receipt.entries:
        said = entry.statement
        yield from _false(entry, known.get(said.key))
        if said.before != before:
            yield Fault.BROKEN_CHAIN
        if (said.recipe, said.job, said.outputs) != (first.recipe, first.job, first.outputs):
            yield Fault.OTHER_FILES
        if said.time < last:
            yield Fault.TIME_BACK
        if said.time > now + AHEAD:
            yield Fault.TIME_AHEAD
        before, last = entry_digest(entry), said.time


def _false(entry: Entry, approver: Approver | None) -> Iterator[Fault]:
    said = entry.statement
    if approver is None:
        yield Fault.UNKNOWN_KEY
        return
    if not holds(approver.key, entry.signature, signed_bytes(said)):
        yield Fault.WRONG_SIGNATURE
    if (said.by, said.name, said.role) != (approver.id, approver.name, approver.role):
        yield Fault.WRONG_NAME
    if not approver.since <= said.time.date() <= approver.until:
        yield Fault.NOT_THEN
