"""The one list of states that a product can be in, and the steps between them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum


class State(Enum):
    """How far a product has come. What the portal calls them maps to these."""

    DRAFT = "draft"  # nobody has signed what lies there now
    IN_REVIEW = "in review"  # some of those who must sign have
    APPROVED = "approved"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


# A changed byte makes a draft of anything: that is a new product under an old name, and asks for no step.
STEPS: Mapping[State, tuple[State, ...]] = {
    State.DRAFT: (State.IN_REVIEW, State.APPROVED, State.WITHDRAWN),
    State.IN_REVIEW: (State.IN_REVIEW, State.APPROVED, State.WITHDRAWN),
    State.APPROVED: (State.PUBLISHED, State.WITHDRAWN),
    State.PUBLISHED: (State.PUBLISHED, State.WITHDRAWN),  # again: at another place
    State.WITHDRAWN: (),  # for good: what is approved anew has other bytes
}


class StepError(ValueError):
    """A step that no product can make."""

    def __init__(self, before: State, after: State) -> None:
        """Keep both states."""
        self.before, self.after = before, after
        super().__init__(f"{before.value} → {after.value}")


def step(before: State, after: State) -> State:
    """Return ``after``, where a product may come there from ``before``.

    Raises:
        StepError: it may not.
    """
    if after not in STEPS[before]:
        raise StepError(before, after)
    return after
