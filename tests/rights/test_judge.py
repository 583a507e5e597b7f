"""Until when a consent holds, however its days are written."""

from datetime import date

import pytest

from producer.data.model import Row
from producer.diagnostics import Diagnostic
from producer.geometry import Insets, Size
from producer.plan.model import Channel, Medium
from producer.rights.grant import grant_of
from producer.rights.judge import judge

SQUARE = Channel("square", Medium.IMAGE, Size(8, 8), Insets(), 0.0, ("png",), 72)


def judged(**values: str) -> Diagnostic | None:
    """What is said of the photograph of a row on 1 July 2025."""
    grant = grant_of(Row("A1", "a.csv", 2, tuple(values), values))
    return judge(grant, SQUARE, date(2025, 7, 1), photo=True)


@pytest.mark.parametrize("given", ["consent", "photo_consent"])
@pytest.mark.parametrize(
    ("column", "written", "code"),
    [
        ("consent_until", "30/6/2025", "consent/ended"),
        ("consent_until", "2025-06-30", "consent/ended"),
        ("consent_until", "hết năm", "consent/no-end"),
        ("consent_until", "31/12/2025", None),
        ("consent_from", "2/7/2025", "consent/not-yet"),
        ("consent_from", "cuối năm", "consent/not-yet"),
        ("consent_from", "1/7/2025", None),
    ],
)
def test_days_of_consent(given: str, column: str, written: str, code: str | None) -> None:
    """Days are read as in any sheet; what nobody can read is no leave, for a photograph of an event neither."""
    days = {"consent_until": "2026-12-31", column: written}

    told = judged(**{given: "yes", "consent_scope": "square", **days})

    assert (told.code if told is not None else None) == code
