"""Signing: whether somebody may say something of a product now, and the entry that says it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from difflib import get_close_matches

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from producer.brand.model import Approver
from producer.diagnostics import Diagnostic, ProducerError, Span
from producer.library.approval import Entry, Receipt, Statement, chained, signed_bytes
from producer.library.gate import Standing
from producer.library.signature import fingerprint, public_of, sign
from producer.library.state import State, StepError, step
from producer.plan.model import Job

LIST = "brand/approvers.yaml"
__all__ = ["Approver", "approver_named", "signed", "state_after"]


def approver_named(who: str, role: str | None, approvers: Sequence[Approver]) -> Approver:
    """Return who signs.

    Raises:
        ProducerError: nobody of that name is in the list, or they approve as something else.
    """
    found = next((one for one in approvers if one.id == who), None)
    if found is None:
        near = get_close_matches(who, [one.id for one in approvers], n=1, cutoff=0.4)
        facts = {"name": who, "nearest": near[0] if near else ""}
        raise ProducerError([Diagnostic("approval/unknown-approver", Span(LIST), facts)])
    if role is not None and role != found.role:
        facts = {"name": found.name, "role": found.role, "asked": role}
        raise ProducerError([Diagnostic("approval/wrong-role", Span(LIST), facts)])
    return found


def state_after(  # noqa: PLR0913 - who says what of which product, as it stands and when
    standing: Standing | None, asked: State, approver: Approver, now: datetime, job: Job, span: Span
) -> State:
    """Return how far a product will have come when ``approver`` has said ``asked`` of it.

    Raises:
        ProducerError: their key does not hold today, the clock went back, they have signed already, or a product
            in that state cannot get there.
    """
    facts: dict[str, str | int] = {"job": job.id, "who": approver.name}
    if not approver.since <= now.date() <= approver.until:
        raise ProducerError([Diagnostic("approval/not-then", span, facts)])
    before = standing.judged.state if standing is not None else State.DRAFT
    names = standing.judged.approvers if standing is not None else ()
    if standing is not None and now < standing.receipt.last.time:
        times = {"now": f"{now:%H:%M %d/%m/%Y}", "last": f"{standing.receipt.last.time:%H:%M %d/%m/%Y}"}
        raise ProducerError([Diagnostic("approval/clock-back", span, {**facts, **times})])
    if asked is State.APPROVED and approver.name in names:
        raise ProducerError([Diagnostic("approval/twice", span, facts)])
    needed = standing.judged.needed if standing is not None else job.template.approvers
    after = State.IN_REVIEW if asked is State.APPROVED and len(names) + 1 < needed else asked
    try:
        return step(before, after)
    except StepError as error:
        told = {**facts, "before": error.before.value, "after": error.after.value}
        raise ProducerError([Diagnostic("approval/no-step", span, told)]) from error


def signed(statement: Statement, receipt: Receipt | None, key: Ed25519PrivateKey) -> Receipt:
    """Return a receipt with a statement more, signed; a new one where there was none."""
    said = chained(replace(statement, key=fingerprint(public_of(key))), receipt)
    entry = Entry(said, sign(key, signed_bytes(said)))
    return receipt.with_entry(entry) if receipt is not None else Receipt((entry,))
