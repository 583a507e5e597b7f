"""Under which rights a piece was made: licences, whom to name, and who agreed to be shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from producer.pipeline import Road
from producer.plan.model import Job
from producer.recipe.model import nearest_entry
from producer.rights.model import CONSENT, SCOPE, UNTIL, Grant


def rights_of(jobs: Iterable[Job], digests: Iterable[str], road: Road) -> dict[str, Any]:
    """Return licences and credits of the files, and consents, by person and by picture. Nobody's name is in it."""
    files = tuple(digests)
    terms, owed = road.project.terms, road.project.credits
    licences = {path: terms[entry] for path in files if (entry := nearest_entry(path, terms))}
    named = {path: owed[entry] for path in files if (entry := nearest_entry(path, owed))}
    grants = {path: found for path in files if (found := road.rights.of_picture.under(path))}
    own = [job.row for job in jobs if job.row is not None and CONSENT in job.row.values]
    people = {row.id: {name: _told(row.values.get(name)) for name in (CONSENT, SCOPE, UNTIL)} for row in own}
    return {
        "licences": licences,
        "credits": named,
        "pictures": {path: [_grant(grant) for grant in found] for path, found in sorted(grants.items())},
        "people": people,
    }


def short_of(rights: Mapping[str, Any]) -> tuple[str, ...]:
    """Return every licence and answer of a piece, once, for a catalogue; the brand's own files are left out."""
    licences = (licence for path, licence in rights["licences"].items() if not path.startswith("brand/"))
    pictures = (grant["given"] for grants in rights["pictures"].values() for grant in grants)
    people = (answers[CONSENT] for answers in rights["people"].values())
    return tuple(sorted({*licences, *pictures, *(answer for answer in people if answer)}))


def _grant(grant: Grant) -> dict[str, Any]:
    return {
        "id": grant.id,
        "given": grant.given,
        "scope": list(grant.scope),
        "since": _told(grant.since),
        "until": _told(grant.until),
    }


def _told(value: object) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, date) else value
