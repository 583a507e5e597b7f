"""How days are written in messages."""

import pytest

from producer.diagnostics import Diagnostic, Span, words


@pytest.mark.parametrize(("language", "day"), [("vi", "02/09/2025"), ("en", "2025-09-02")])
def test_days_are_written_as_people_write_them(language: str, day: str) -> None:
    """In Vietnamese day/month/year; in English as in the files."""
    problem = Diagnostic("scene/no-profile", Span("recipe.yaml"), {"date": "2025-09-02"})

    assert day in words(problem, language)[0]
