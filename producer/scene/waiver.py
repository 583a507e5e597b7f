"""What a recipe accepts in writing: checks that need not hold for one of its products."""

from __future__ import annotations

from dataclasses import replace

from producer.plan.model import Job
from producer.recipe.model import Recipe
from producer.scene.model import Waiver


def waivers_of(job: Job, recipe: Recipe) -> tuple[Waiver, ...]:
    """Return the checks that are accepted for all of a job, with the reasons given, in the order of the recipe."""
    return tuple(
        Waiver(str(check), str(reason))
        for check, reasons in recipe.accept.items()
        for place, reason in reasons.items()
        if str(place) in job.places
    )


def waivers_of_sheet(job: Job, recipe: Recipe) -> tuple[Waiver, ...]:
    """Return what is accepted for a job of several to a sheet: for all of it, and for each of its rows by itself."""
    rows = ((part, part.row) for part in job.parts)
    of_rows = (
        replace(waiver, row=row.id)
        for part, row in rows
        if row is not None
        for waiver in waivers_of(part, recipe)
    )
    return (*waivers_of(job, recipe), *of_rows)
