"""How many years lie between two dates."""

import pytest

from producer.facts.anniversary import wrong_years
from producer.facts.reading import Reading


@pytest.mark.parametrize("years", [34, 35])
def test_years_count_when_full_or_by_the_calendar(years: int) -> None:
    """From September 1990 to May 2025 somebody served 34 full years, and is honoured for 35."""
    assert list(wrong_years(Reading(f"{years} năm công tác (1/9/1990 – 31/5/2025)"))) == []


@pytest.mark.parametrize(("years", "dates"), [("36", "1/9/1990 – 31/5/2025"), ("34", "1/5/1990 – 31/5/2025")])
def test_other_counts_are_denied(years: str, dates: str) -> None:
    """Neither one more than the calendar's, nor one less once the day has come."""
    assert [one.facts["written"] for one in wrong_years(Reading(f"{years} năm công tác ({dates})"))] == [
        years
    ]
