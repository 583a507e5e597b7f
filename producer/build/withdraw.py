"""Which products show somebody: of every recipe's plan, and of the files in the output folder."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

from producer.build.lock import alone
from producer.build.lost import StoreLostError
from producer.build.manifest import NAME, read_manifest
from producer.build.store import write_whole
from producer.data.model import Row
from producer.diagnostics import ProducerError
from producer.pipeline import Road, Stages, composed
from producer.plan.model import Job
from producer.rights.fold import PATHS, folded, is_telling
from producer.rights.grant import ids_of as ids_of_row
from producer.rights.grant import names_of
from producer.rights.model import REGISTER
from producer.rights.read import photo_columns, row_photos
from producer.rights.register_text import LOCK, with_withdrawal
from producer.rights.text import Words, pictures_of, words_of
from producer.world import FolderWorld

WORDS = (".txt", ".srt", ".vtt")  # files beside others that are nothing but words
PLACE = REGISTER  # where a withdrawal is written down


class Shows(Enum):
    """How a product shows somebody."""

    ROW = "row"  # it is made from the row of this id
    PICTURE = "picture"  # it shows a picture in which they are
    NAME = "name"  # it says their name: on its pages, in its post or where a reading voice says it


@dataclass(frozen=True, slots=True)
class Person:
    """Whom an id means: their names, and the pictures that show them."""

    id: str
    ids: frozenset[str] = frozenset()  # as they are typed; nothing where nobody has it
    names: frozenset[str] = frozenset()
    pictures: frozenset[str] = frozenset()
    shared: bool = False  # a name of theirs may mean somebody else

    def is_of(self, row: Row) -> bool:
        """Whether a row, or one that it was grouped from, is theirs."""
        return not self.ids.isdisjoint(ids_of_row(row))

    def is_said(self, texts: Iterable[str], *paths: str) -> bool:
        """Whether texts, or names of files, say a name of theirs."""
        words = Words.of(texts, *paths)
        return any(map(words.name, self.names))


@dataclass(frozen=True, slots=True)
class Affected:
    """A product that shows somebody."""

    recipe: str
    job: str
    shows: tuple[Shows, ...]
    paths: tuple[
        str, ...
    ]  # of its files, from the recipe's folder in the output; none where it was not built

    goes: bool  # the next build takes it away, or makes it without them; else a person must look


def person_of(name: str, roads: Sequence[Road]) -> Person:
    """Return who has this id in the register of people or in a sheet of any recipe.

    One who has it but for a capital or a hyphen is meant where nobody has it as it is typed.
    """
    ids = ids_of(roads)
    own = frozenset({name} if name in ids else {one for one in ids if folded(one) == folded(name)})
    names: set[str] = set()
    pictures: set[str] = set()
    for road in roads:
        for grant in (*road.rights.of_picture.grants, *road.rights.register.grants):
            if grant.id in own:
                names.update(grant.names)
                pictures.update(grant.pictures)
        for row in rows_of(own, road):
            names.update(names_of(row))
        pictures |= set(_pictures(own, road))
    return Person(
        min(own, default=name), own, frozenset(names), frozenset(pictures), _shared(names, own, roads)
    )


def _shared(names: Collection[str], own: frozenset[str], roads: Iterable[Road]) -> bool:
    """Whether a name of theirs may mean another: somebody who agrees to be named has it too, or it is one word."""
    theirs = {folded(name) for name in names}
    return not all(map(is_telling, theirs)) or any(
        not grant.refuses
        and not grant.pictures
        and grant.id not in own
        and theirs & set(map(folded, grant.names))
        for road in roads
        for grant in road.rights.people
    )


def rows_of(own: frozenset[str], road: Road) -> Iterator[Row]:
    """Yield the rows of some ids; of a grouped row those that it was grouped from."""
    for table in road.tables.values():
        for row in table.rows:
            yield from (source for source in row.sources if not own.isdisjoint(ids_of_row(source)))


def ids_of(roads: Iterable[Road]) -> frozenset[str]:
    """Every id that somebody may have."""
    rows = (row for road in roads for table in road.tables.values() for row in table.rows)
    ids = {name for row in rows for name in ids_of_row(row)}
    return frozenset(ids.union(*(road.rights.register.exact for road in roads)))


def record(person: Person, day: date, root: Path) -> None:
    """Write the withdrawal into the register, whole or not at all; two at once wait for each other.

    Raises:
        ProducerError: the register cannot be read.
        StoreLostError: it cannot be written.
    """
    place = FolderWorld(root).place(REGISTER)
    photos = ";".join(sorted(path.removeprefix(PATHS) for path in person.pictures))
    entry = {"id": person.id, "who": "; ".join(sorted(person.names)), "photos": photos}
    try:
        with alone(root, LOCK):
            data = place.read_bytes() if place.exists() else b""
            write_whole(place, with_withdrawal(data, entry, day))
    except OSError as error:
        raise StoreLostError.of(error) from error


def _pictures(own: frozenset[str], road: Road) -> Iterator[str]:
    """Yield the pictures that rows of some ids name."""
    photos = photo_columns(road.tables)
    for row in rows_of(own, road):
        yield from row_photos(row, photos)


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
        said = planned.get(job, frozenset()).union(
            *(_built(entry, person, out / recipe) for entry in entries)
        )
        if said:
            shows = tuple(how for how in Shows if how in said)
            goes = shows != (Shows.NAME,) or not person.shared
            yield Affected(recipe, job, shows, tuple(entry["path"] for entry in entries), goes)


def _planned(job: Job, person: Person, road: Road, stages: Stages) -> frozenset[Shows]:
    """How a job would show a person."""
    of_row = is_made_from(job, person, road)
    try:
        shown = composed(job, road, stages)
    except ProducerError:
        return frozenset({Shows.ROW} if of_row else ())
    if shown.scene is None:
        return frozenset()
    paths = {picture.picture.path for picture in pictures_of(shown.scene)}
    left_out = {told.facts["id"] for told in shown.scene.problems if told.code == "consent/left-out"}
    ways = {
        Shows.ROW: of_row and left_out.isdisjoint(person.ids),
        Shows.PICTURE: bool(paths & person.pictures),
        Shows.NAME: any(map(words_of(shown.scene, job).name, person.names)),
    }
    return frozenset(how for how, holds in ways.items() if holds)


def is_made_from(job: Job, person: Person, road: Road) -> bool:
    """Whether a row that a job shows is a person's."""
    return any(person.is_of(row) for one in job.parts or (job,) for row in one.shown_rows(road.tables))


def _built(entry: Mapping[str, Any], person: Person, folder: Path) -> frozenset[Shows]:
    """How a file shows a person, as its manifest tells; what is to be read beside a picture is read."""
    made_from, facts = entry.get("inputs") or {}, entry.get("facts") or ()
    texts = [str(fact.get("text", "")) for fact in facts]
    texts += [str(entry.get("alt", "")), *_written(folder / entry["path"])]
    ways = {
        Shows.ROW: (made_from.get("row") or {}).get("id") in person.ids,
        Shows.PICTURE: bool(set(made_from.get("files") or ()) & person.pictures),
        Shows.NAME: person.is_said(texts, entry["path"]),
    }
    return frozenset(how for how, holds in ways.items() if holds)


def _written(place: Path) -> Iterator[str]:
    """Yield the words of a file that is nothing but words."""
    if place.suffix in WORDS:
        with suppress(OSError):
            yield place.read_text("utf-8", "replace")
