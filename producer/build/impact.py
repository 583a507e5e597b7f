"""What a change of the organisation touches: every product that says a name, or is signed by who bears it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from producer.brand.model import Organisation
from producer.build.output import path_of
from producer.data.model import Row
from producer.pipeline import Road
from producer.plan.model import Job


class Touch(Enum):
    """Why a product is touched."""

    SIGNED = "signed"  # by the profile, or made for it
    NAMED = "named"  # a row's cell holds the word whose name changes


@dataclass(frozen=True, slots=True)
class Touched:
    """A product that would be made anew."""

    recipe: str
    job: Job
    touch: Touch
    place: Path
    made: bool  # its file is there


def known_words(organisation: Organisation) -> tuple[str, ...]:
    """Return what may be asked for: profiles, units, and the words of dated names."""
    profiles = (profile.id for profile in (*organisation.profiles, *organisation.units))
    return tuple(dict.fromkeys((*profiles, *organisation.names)))


def touched_by(word: str, road: Road, out: Path) -> Iterator[Touched]:
    """Yield the jobs of a recipe that a change of one profile, unit or dated name touches."""
    organisation, today = road.project.brand.organisation, road.project.recipe.today
    for job in road.plan.jobs:
        rows = job.shown_rows(road.tables)
        days = {row.day or today for row in rows} if job.row is not None or job.parts else {today}
        speakers = {job.unit} if job.unit is not None else {organisation.on(day) for day in days}
        if any(profile is not None and profile.id == word for profile in speakers):
            touch = Touch.SIGNED
        elif word in organisation.names and any(_names(row, word) for row in rows):
            touch = Touch.NAMED
        else:
            continue
        place = out / road.plan.recipe / path_of(job)
        yield Touched(road.plan.recipe, job, touch, place, place.is_file())


def _names(row: Row, word: str) -> bool:
    return any(word == value or (isinstance(value, tuple) and word in value) for value in row.values.values())
