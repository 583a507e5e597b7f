"""Whether a consent holds for a channel on a day: unknown means no."""

from __future__ import annotations

from datetime import date

from producer.diagnostics import Diagnostic, Level, Scope, Span
from producer.plan.model import Channel, Medium
from producer.rights.fold import folded
from producer.rights.model import (
    AGE,
    AGREED,
    GUARDIAN,
    NO_PHOTO,
    NOBODY,
    NOTICE,
    PROOF,
    PURPOSES,
    SCOPE,
    SIGNED,
    SINCE,
    UNTIL,
    WITHDRAWN,
    YES,
    Grant,
)

# Source: Law on Children 2016, Article 1 (under 16); Law on Personal Data Protection 2025, Article 24: from 7 years
# on the child agrees too.
CHILD, ASKED = 16, 7


def judge(
    grant: Grant, channel: Channel, today: date, *, photo: bool, purpose: str = ""
) -> Diagnostic | None:
    """Return why a consent does not cover ``channel`` on ``today``; nothing where it does.

    ``photo`` asks for the picture, else for the name and words; ``purpose`` is what they are used for.
    """
    if grant.of_photo and grant.given == NOBODY:
        return None
    refused = of_child(grant) if is_child(grant) else not_given(grant, photo=photo)
    return refused or out_of_reach(grant, channel, today) or for_another(grant, purpose)


def is_child(grant: Grant) -> bool:
    """Whether two consents are needed: the age is that of a child, or parents were asked and no age is given."""
    return grant.age < CHILD if grant.age is not None else bool(grant.guardian)


def not_given(grant: Grant, *, photo: bool) -> Diagnostic | None:
    """Why a consent is none."""
    if not grant.given:
        return refusal("consent/unknown", grant.span, id=grant.id, column=grant.span.field)
    if grant.given == WITHDRAWN:
        return refusal("consent/withdrawn", grant.span, id=grant.id)
    notice = grant.given == NOTICE and (grant.of_photo or grant.proof is not None)
    if not notice and grant.given not in AGREED:
        if grant.given == NOBODY:  # said of a person
            return refusal("consent/nobody-misplaced", grant.span, id=grant.id)
        code = "consent/photo-not-given" if grant.of_photo else "consent/not-given"
        return refusal(code, grant.span, id=grant.id, state=grant.given)
    if photo and grant.given == NO_PHOTO:
        return refusal("consent/no-photo", grant.span, id=grant.id)
    return without_proof(grant)


def without_proof(grant: Grant) -> Diagnostic | None:
    """Why a consent of the register is none though it says yes: nobody could show it."""
    return refusal("consent/no-proof", grant.place(PROOF), id=grant.id) if grant.proof == "" else None


def of_child(grant: Grant) -> Diagnostic | None:
    """Why a child may not be shown: parents agree, and from seven years on the child does too."""
    if WITHDRAWN in (grant.given, grant.guardian):
        return refusal("consent/withdrawn", grant.span, id=grant.id)
    if grant.guardian not in (YES, SIGNED):
        asked = GUARDIAN if GUARDIAN in grant.places else AGE
        return refusal("consent/no-guardian", grant.place(asked), id=grant.id)
    if grant.given not in (YES, SIGNED) and (grant.age is None or grant.age >= ASKED):
        return refusal("consent/no-child", grant.span, id=grant.id)
    return without_proof(grant)


def out_of_reach(grant: Grant, channel: Channel, today: date) -> Diagnostic | None:
    """Why a consent does not reach as far as the channel, or as the day."""
    if grant.unread_since or (grant.since is not None and today < grant.since):
        since = grant.since.isoformat() if grant.since is not None else grant.unread_since
        return refusal("consent/not-yet", grant.place(SINCE), id=grant.id, since=since)
    if grant.until is not None and today > grant.until:
        return refusal("consent/ended", grant.place(UNTIL), id=grant.id, until=grant.until.isoformat())
    open_ended = (grant.of_photo or grant.given == NOTICE) and not grant.unread_until
    if grant.until is None and not open_ended:
        return refusal("consent/no-end", grant.place(UNTIL), id=grant.id)
    if not grant.scope and grant.of_photo:
        return None
    if not {folded(word) for word in grant.scope} & words_of(channel):
        scope = ", ".join(grant.scope) or "–"
        return refusal("consent/channel", grant.place(SCOPE), id=grant.id, channel=channel.id, scope=scope)
    return None


def for_another(grant: Grant, purpose: str) -> Diagnostic | None:
    """Why a consent that was asked for some purposes does not hold for another, or for one that nobody names."""
    if not grant.purposes or folded(purpose) in map(folded, grant.purposes):
        return None
    agreed = ", ".join(grant.purposes)
    return refusal(
        "consent/purpose", grant.place(PURPOSES), id=grant.id, purpose=purpose or "–", agreed=agreed
    )


def words_of(channel: Channel) -> set[str]:
    """The words by which a consent may mean a channel: its name, group and product; all that is printed is `print`."""
    printed = {"print"} if channel.medium is Medium.PRINT else set()
    return {word for word in (channel.id, channel.group, channel.product) if word} | printed


def refusal(code: str, span: Span, **facts: str) -> Diagnostic:
    """A refusal: it takes down the jobs of its row, and is no failure."""
    return Diagnostic(code, span, facts, Level.REFUSED, Scope.ROW)
