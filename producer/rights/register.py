"""assets/consent.csv: its lines, and those which speak of nobody and nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import PurePosixPath

from producer.data.model import Row, Table, Value
from producer.data.read import read_file
from producer.diagnostics import Diagnostic, Level, ProducerError, Scope, SourceText, Span
from producer.recipe.model import Source
from producer.rights.column import column_of
from producer.rights.fold import PATHS, folded, folded_path
from producer.rights.grant import grant_of, ids_of, names_of, word
from producer.rights.model import (
    AGE,
    CONSENT,
    GUARDIAN,
    PHOTOS,
    PROOF,
    PURPOSES,
    REGISTER,
    SCHOOL,
    SCOPE,
    SINCE,
    UNTIL,
    Grant,
)
from producer.world import OutsideProjectError, World

NEEDED = ("id", "who", PHOTOS, CONSENT, SCOPE, UNTIL, PROOF)
# Kept with the answer; no check reads them.
KEPT = ("withdrawn", "note")
COLUMNS = ("id", "who", PHOTOS, CONSENT, SCOPE, SINCE, UNTIL, PROOF, AGE, GUARDIAN, SCHOOL, PURPOSES, *KEPT)
SHEETS = (".csv", ".xlsx", ".xlsm", ".xls", ".ods", ".json", ".yaml", ".yml")
SURE = re.compile(r"[;\n|]")  # between two pictures; a comma may be a part of a name


def read_register(world: World) -> tuple[Grant, ...]:
    """Return the entries of the register of people, in its order.

    Raises:
        ProducerError: the register is no sheet, has an unknown column, lacks one, or has a line without its id.
    """
    whole = Span(REGISTER)
    try:
        if not world.exists(REGISTER):
            return ()
    except OutsideProjectError as error:
        raise ProducerError([Diagnostic("recipe/outside-project", whole, {"path": REGISTER})]) from error
    table = read_file(Source(SourceText("consent", whole), whole, SourceText(REGISTER, whole)), world)
    ours = [column_of(name) for name in table.columns]
    problems = [*wrong_columns(table, ours)]
    if not problems:
        by_name = dict(zip(ours, table.columns, strict=True))
        problems += [
            replace(problem, scope=Scope.RECIPE)
            for row in table.rows
            for problem in row.problems
            if problem.level is Level.ERROR  # a line that cannot be read may be a no
        ]
        problems += [
            Diagnostic("data/missing-id", row.span(by_name["id"]), {"column": "id"})
            for row in table.rows
            if not word(row.values.get(by_name["id"])) and not problems
        ]
    if problems:
        raise ProducerError(problems)

    def grant(row: Row) -> Grant:
        pictures = pictures_in(row.values.get(by_name[PHOTOS]), world)
        return grant_of(replace(row, id=word(row.values[by_name["id"]])), pictures)

    return tuple(map(grant, table.rows))


def wrong_columns(table: Table, ours: list[str]) -> Iterator[Diagnostic]:
    """Yield each column of the register that is none of ours, and each of ours that it must have and lacks."""
    for at, (name, known) in enumerate(zip(table.columns, ours, strict=True), start=1):
        if known not in COLUMNS or known in ours[: at - 1]:
            facts = {
                "column": name,
                "nearest": "".join(get_close_matches(name, COLUMNS, n=1)),
                "known": ", ".join(COLUMNS),
            }
            yield Diagnostic("consent/unknown-column", Span(REGISTER, table.line, at, field=name), facts)
    for name in NEEDED:
        if name not in ours:
            yield Diagnostic("consent/missing-column", Span(REGISTER, table.line, 1), {"column": name})


def pictures_in(value: Value, world: World) -> tuple[str, ...]:
    """Return the paths that a cell lists, from the project folder; a comma parts them where no file's name has it."""
    text = ";".join(value) if isinstance(value, tuple) else word(value)
    listed = [path_in(part) for part in SURE.split(text) if part.strip()]
    parted = (
        [path] if is_file(path, world) else [path_in(part) for part in path.split(",") if part.strip()]
        for path in listed
    )
    return tuple(dict.fromkeys(path for paths in parted for path in paths))


def path_in(cell: str) -> str:
    """A path of the register from the project folder; those of sheets begin in ``assets/``."""
    path = cell.strip().replace("\\", "/").removeprefix("./")
    return path if path.startswith(PATHS) else f"{PATHS}{path}"


def is_file(path: str, world: World) -> bool:
    """Whether a path is that of a file of the project."""
    try:
        return world.exists(path)
    except OutsideProjectError:
        return False


@dataclass(frozen=True, slots=True)
class People:
    """Whom and what the sheets of a recipe know: by what is compared of an id, a path or a name, how it is typed."""

    ids: Mapping[str, str]
    pictures: Mapping[str, str]
    names: Mapping[str, str]  # the id of a row by the name that it says


def people_of(rows: Iterable[Row], pictures: Iterable[str]) -> People:
    """Return whom rows are about, and which pictures they name."""
    ids: dict[str, str] = {}
    names: dict[str, str] = {}
    for row in rows:
        ids.update((folded(name), name) for name in ids_of(row))
        names.update((folded(name), row.id) for name in names_of(row))
    return People(ids, {folded_path(path): path for path in pictures}, names)


@dataclass(frozen=True, slots=True)
class Idle:
    """A line of the register, or one of its pictures, that nothing in the project answers to."""

    grant: Grant
    picture: str = ""

    def told(self, known: People, world: World) -> Diagnostic:
        """Say so, with what its author may have meant; a no that protects nobody is told as such."""
        code = "consent/lost-no" if self.grant.refuses else "consent/matches-nothing"
        what, place = (self.picture, PHOTOS) if self.picture else (self.grant.id, "id")
        facts = {"id": self.grant.id, "what": what, "nearest": self.nearest(known, world)}
        return Diagnostic(code, self.grant.place(place), facts, Level.WARNING, Scope.ROW)

    def nearest(self, known: People, world: World) -> str:
        """The id or the path that is most like its own; of an id also that of the one who has its name."""
        if self.picture:
            folder = str(PurePosixPath(self.picture).parent)
            beside = {
                folded_path(path): path
                for path in (*files_in(folder, world), *files_in(f"{PATHS}photos", world))
            }
            there = {**beside, **known.pictures}
            near = get_close_matches(folded_path(self.picture), there, n=1, cutoff=0.7)
            return there[near[0]] if near else ""
        by_name = next((known.names[n] for n in map(folded, self.grant.names) if n in known.names), "")
        near = get_close_matches(folded(self.grant.id), known.ids, n=1, cutoff=0.7)
        return by_name or (known.ids[near[0]] if near else "")


def idle_lines(entries: Iterable[Grant], known: People, world: World) -> tuple[Idle, ...]:
    """Return what of a register nothing answers to: pictures that are not there, and lines as a whole.

    A line speaks of somebody where one of its pictures is there, or its id is in a sheet of the recipe or in
    another one of ``assets/data/``.
    """
    found: list[Idle] = []
    lines: list[Grant] = []
    for grant in entries:
        missing = [
            path
            for path in grant.pictures
            if not is_file(path, world) and folded_path(path) not in known.pictures
        ]
        found += [Idle(grant, path) for path in missing]
        if len(missing) == len(grant.pictures) and folded(grant.id) not in known.ids:
            lines.append(grant)
    elsewhere = frozenset(cells_of(f"{PATHS}data", world)) if lines else frozenset()
    found += [Idle(grant) for grant in lines if folded(grant.id) not in elsewhere]
    return tuple(found)


def files_in(folder: str, world: World) -> tuple[str, ...]:
    """The files of a folder of the project; nothing where there is none."""
    try:
        return world.files(folder)
    except OutsideProjectError:
        return ()


def cells_of(folder: str, world: World) -> Iterator[str]:
    """Yield what is compared of each text in the sheets of a folder; one that cannot be read says nothing here."""
    for path in files_in(folder, world):
        if not path.lower().endswith(SHEETS):
            continue
        whole = Span(path)
        try:
            table = read_file(Source(SourceText("sheet", whole), whole, SourceText(path, whole)), world)
        except ProducerError:
            continue
        for row in table.rows:
            yield from (folded(value) for value in row.values.values() if isinstance(value, str))
