"""Which products show somebody: of every recipe's plan, and of the files in the output folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

from producer.build.lost import StoreLostError
from producer.build.manifest import NAME, read_manifest
from producer.build.store import write_whole
from producer.data.model import ColumnType, Row
from producer.diagnostics import ProducerError
from producer.pipeline import Road, Stages, composed
from producer.plan.model import Job
from producer.rights.model import NAMES, REGISTER
from producer.rights.read import PATHS
from producer.rights.register_text import letters_of, with_withdrawal
from producer.scene.model import PictureElement, Scene
from producer.world import FolderWorld

PLACE = REGISTER  # where a withdrawal is written down


class Shows(Enum):
    """How a product shows somebody."""

    ROW = "row"  # it is made from the row of this id
    PICTURE = "picture"  # it shows a picture in which they are
    NAME = "name"  # it says their name; nobody but a reader can tell whether it is theirs


@dataclass(frozen=True, slots=True)
class Person:
    """Whom an id means: their names, and the pictures that show them."""

    id: str
    names: frozenset[str] = frozenset()
    pictures: frozenset[str] = frozenset()
    known: bool = False


@dataclass(frozen=True, slots=True)
class Affected:
    """A product that shows somebody."""

    recipe: str
    job: str
    shows: tuple[Shows, ...]
    paths: tuple[
        str, ...
    ]  # of its files, from the recipe's folder in the output; none where it was not built

    @property
    def goes(self) -> bool:
        """Whether the next build takes it away, or makes it without them; else a person must look."""
        return self.shows != (Shows.NAME,)


def person_of(name: str, roads: Iterable[Road]) -> Person:
    """Return who has this id in the register of people or in a sheet of any recipe."""
    names: set[str] = set()
    pictures: set[str] = set()
    known = False
    for road in roads:
        groups = (*road.rights.of_picture.values(), *road.rights.register.values())
        grants = [grant for group in groups for grant in group]
        own = [grant for grant in grants if grant.id == name]
        rows = [row for table in road.tables.values() for row in table.rows if row.id == name]
        known = known or bool(own or rows)
        names |= {grant.name for grant in own if grant.name} | {word for row in rows for word in _names(row)}
        pictures |= {path for grant in own for path in grant.pictures} | set(_pictures(name, road))
    return Person(name, frozenset(names), frozenset(pictures), known)


def ids_of(roads: Iterable[Road]) -> frozenset[str]:
    """Every id that somebody may have."""
    rows = {row.id for road in roads for table in road.tables.values() for row in table.rows}
    return frozenset(rows.union(*(road.rights.register for road in roads)))


def record(person: Person, day: date, root: Path) -> None:
    """Write the withdrawal into the register, whole or not at all.

    Raises:
        ProducerError: the register cannot be read.
        StoreLostError: it cannot be written.
    """
    place = FolderWorld(root).place(REGISTER)
    photos = ";".join(sorted(path.removeprefix(PATHS) for path in person.pictures))
    entry = {"id": person.id, "who": "; ".join(sorted(person.names)), "photos": photos}
    try:
        text = letters_of(place.read_bytes(), REGISTER) if place.exists() else ""
        write_whole(place, with_withdrawal(text, entry, day).encode())
    except OSError as error:
        raise StoreLostError.of(error) from error


def _names(row: Row) -> Iterator[str]:
    found = (row.values.get(column) for column in NAMES)
    return (word for word in found if isinstance(word, str))


def _pictures(name: str, road: Road) -> Iterator[str]:
    """Yield the pictures that rows of an id name."""
    for table in road.tables.values():
        photos = [column for column, kind in table.types.items() if kind is ColumnType.PHOTO]
        for row in table.rows:
            if row.id == name:
                yield from (str(row.values[column]) for column in photos if row.values.get(column))


def affected(person: Person, roads: Sequence[Road], stages: Stages, out: Path) -> tuple[Affected, ...]:
    """Return every product that shows a person: what recipes would make now, and what lies in the output folder.

    Files of a recipe that is gone, or cannot be read, are found by their manifest alone.
    """
    by_name: dict[str, Road | None] = dict.fromkeys(
        place.parent.name for place in sorted(out.glob(f"*/{NAME}"))
    )
    by_name |= {road.plan.recipe: road for road in roads}
    return tuple(
        one for recipe, road in by_name.items() for one in of_recipe(person, recipe, road, stages, out)
    )


def of_recipe(
    person: Person, recipe: str, road: Road | None, stages: Stages, out: Path
) -> Iterator[Affected]:
    """Yield what shows a person among the products of one recipe."""
    built: dict[str, list[dict[str, Any]]] = {}
    for entry in read_manifest(out / recipe).entries:
        built.setdefault(entry["job"], []).append(entry)
    jobs = road.plan.jobs if road is not None else ()
    planned = {job.id: _planned(job, person, road, stages) for job in jobs if road is not None}
    for job in dict.fromkeys((*planned, *built)):
        entries = built.get(job, [])
        said = planned.get(job, frozenset()).union(*(_built(entry, person) for entry in entries))
        if said:
            shows = tuple(how for how in Shows if how in said)
            yield Affected(recipe, job, shows, tuple(entry["path"] for entry in entries))


def _planned(job: Job, person: Person, road: Road, stages: Stages) -> frozenset[Shows]:
    """How a job would show a person."""
    jobs = job.parts or (job,)
    of_row = any(row.id == person.id for one in jobs for row in one.shown_rows(road.tables))
    try:
        shown = composed(job, road, stages)
    except ProducerError:
        return frozenset({Shows.ROW} if of_row else ())
    if shown.scene is None:
        return frozenset()
    ways = {Shows.ROW: of_row, **_ways(person, shown.scene)}
    return frozenset(how for how, holds in ways.items() if holds)


def _ways(person: Person, scene: Scene) -> Mapping[Shows, bool]:
    elements = (element for page in scene.pages for element in (*page.elements, page.ground.picture))
    paths = {element.picture.path for element in elements if isinstance(element, PictureElement)}
    return {
        Shows.PICTURE: bool(paths & person.pictures),
        Shows.NAME: _says(person, (fact.text for fact in scene.facts)),
    }


def _built(entry: Mapping[str, Any], person: Person) -> frozenset[Shows]:
    """How a file shows a person, as its manifest tells."""
    made_from, facts = entry.get("inputs") or {}, entry.get("facts") or ()
    ways = {
        Shows.ROW: (made_from.get("row") or {}).get("id") == person.id,
        Shows.PICTURE: bool(set(made_from.get("files") or ()) & person.pictures),
        Shows.NAME: _says(person, (str(fact.get("text", "")) for fact in facts)),
    }
    return frozenset(how for how, holds in ways.items() if holds)


def _says(person: Person, texts: Iterable[str]) -> bool:
    """Whether texts say a name, in any case of letters; several names of one person count each."""
    said = " ".join(" ".join(text.split()) for text in texts).casefold()
    return any(" ".join(name.split()).casefold() in said for name in person.names)
