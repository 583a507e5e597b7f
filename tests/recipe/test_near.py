"""Which name is suggested for one that is not there."""

import pytest

from producer.diagnostics import Span
from producer.recipe.read import unknown

KNOWN = ["yt-video", "fb-post-square", "poster-a3", "headline", "events", "accent"]


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("the-deo", ""),
        ("squared", "fb-post-square"),
        ("poster-a33", "poster-a3"),
        ("haedline", "headline"),
        ("evnts", "events"),
        ("acccent", "accent"),
    ],
)
def test_the_name_that_is_meant(name: str, near: str) -> None:
    """A slip of the hand is recognised; a name that only shares letters with another is not taken for it."""
    assert unknown("plan/unknown-channel", name, KNOWN, Span("a.yaml")).facts["nearest"] == near
