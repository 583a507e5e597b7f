"""What a recipe accepts in writing: checks that need not hold for one of its products."""

from __future__ import annotations

from producer.plan.model import Job
from producer.recipe.model import Recipe
from producer.scene.model import Waiver


def waivers_of(job: Job, recipe: Recipe) -> tuple[Waiver, ...]:
    """Return the checks that are accepted for a job, with the reasons given, in the order of the recipe."""
    row = job.row.id if job.row is not None else ""
    return tuple(
        Waiver(str(check), row, str(reason))
        for check, reasons in recipe.accept.items()
        for place, reason in reasons.items()
        if str(place) in job.places
    )
