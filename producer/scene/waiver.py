"""What a recipe accepts in writing: checks that need not hold for one of its products."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from producer.data.model import Table
from producer.plan.model import Job
from producer.recipe.model import Recipe
from producer.scene.model import Waiver


def waivers_of(job: Job, recipe: Recipe, tables: Mapping[str, Table]) -> tuple[Waiver, ...]:
    """Return the checks that are accepted for all of a job or for a row that it shows, in the order of the recipe."""
    if not recipe.accept:
        return ()
    rows: dict[str, str | None] = {**dict(job.row_places(tables)), **dict.fromkeys(job.places)}
    return tuple(
        Waiver(str(check), str(reason), rows[str(place)])
        for check, reasons in recipe.accept.items()
        for place, reason in reasons.items()
        if str(place) in rows
    )


def waivers_of_sheet(job: Job, recipe: Recipe, tables: Mapping[str, Table]) -> tuple[Waiver, ...]:
    """Return what is accepted for a job of several to a sheet: for all of it, and for each of its rows by itself."""
    rows = ((part, part.row) for part in job.parts)
    of_rows = (
        replace(waiver, row=waiver.row or row.id)
        for part, row in rows
        if row is not None
        for waiver in waivers_of(part, recipe, tables)
    )
    return (*waivers_of(job, recipe, tables), *of_rows)
