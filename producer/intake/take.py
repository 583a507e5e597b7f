"""Take in a drop folder: each picture goes into the project, or into quarantine with its reason."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from producer.build.lock import alone
from producer.build.lost import StoreLostError
from producer.build.store import write_whole
from producer.data.model import Row
from producer.diagnostics import Diagnostic, Level, ProducerError, Scope, Span
from producer.intake.alike import fingerprint, is_near
from producer.intake.clean import cleaned, opened
from producer.intake.copy_of import HEAVIEST, digest_of, look_of, pooled
from producer.intake.entry import (
    consent_entries,
    entered_paths,
    has_entry,
    licence_entry,
    names_picture,
    taken_before,
)
from producer.intake.model import Clean, Outcome, Sent, Status
from producer.intake.sheet import FILE, kept_back, lacks, read_sheet
from producer.photo import PictureError, looks_like_svg
from producer.plan.make import safe_name
from producer.recipe.licence_file import REGISTER as LICENCES
from producer.rights.model import REGISTER as PEOPLE
from producer.rights.register_text import LOCK, with_entries
from producer.world import is_utf8

PHOTOS = "assets/photos"
QUARANTINE = "quarantine"  # below the drop folder
LONGEST = 80  # letters of a name
NOT_SENT = ("thumbs.db", "desktop.ini")  # what systems leave in folders

Words = Callable[[Diagnostic], str]  # a problem as the reader reads it


def take_in(
    folder: Path, project: Path, words: Words, *, dry_run: bool = False
) -> tuple[tuple[Outcome, ...], tuple[Diagnostic, ...]]:
    """Take in every picture of a folder; return what became of each, and what the sheet names in vain.

    A second run finds nothing to do. Pictures of the project and of the sender are never overwritten: those that
    are taken in stay in the folder as they were sent, the others move to its quarantine.

    Raises:
        ProducerError: the folder has no sheet, or one that cannot be read; a register of the project is not UTF-8.
        StoreLostError: a file cannot be written.
    """
    table = read_sheet(folder)
    named: dict[str, list[Row]] = {}
    for row in table.rows:
        named.setdefault(as_typed(str(row.values.get(FILE) or "")), []).append(row)
    sent = [Sent(name, tuple(named.get(as_typed(name), ()))) for name in files_of(folder, table.file)]
    try:
        sent = [*pooled(folder, sent)]
        with nullcontext() if dry_run else alone(project, LOCK):
            intake = Intake(folder, project, words, dry_run)
            outcomes = tuple(intake.take(one) for one in sent)
    except OSError as error:
        raise StoreLostError.of(error) from error
    kept = (place.name for place in (folder / QUARANTINE).glob("*"))
    there = {as_typed(name) for name in (*(one.name for one in sent), *kept)}
    idle = [
        Diagnostic(
            "intake/no-file",
            rows[0].span(FILE),
            {"path": str(rows[0].values[FILE])},
            Level.WARNING,
            Scope.ROW,
        )
        for name, rows in named.items()
        if name and name not in there
    ]
    unreadable = (place.name for place in sorted(folder.iterdir()) if not is_utf8(place.name))
    names = (name.encode("utf-8", "backslashreplace").decode() for name in unreadable)
    idle += [Diagnostic("cli/not-utf8", Span(name), {"path": name}, scope=Scope.ROW) for name in names]
    return outcomes, tuple(idle)


def files_of(folder: Path, sheet: str) -> Iterator[str]:
    """Yield what was sent, by name."""
    for place in sorted(folder.iterdir()):
        hidden = place.name.startswith((".", "~$")) or place.name.lower() in NOT_SENT
        if (
            not hidden
            and is_utf8(place.name)
            and place.name != sheet
            and (place.is_symlink() or not place.is_dir())
        ):
            yield place.name


@dataclass
class Intake:
    """What is known while a folder is taken in: the pictures that are there, by digest and by look."""

    folder: Path
    project: Path
    words: Words
    dry_run: bool
    seen: dict[str, str] = field(default_factory=dict)  # digest of a file → its name
    looks: dict[str, int | None] = field(default_factory=dict)  # name → fingerprint

    def __post_init__(self) -> None:
        """Look at the pictures of the project, and at what was taken in before."""
        register = self.text(LICENCES)
        self.before, self.entered = taken_before(register), entered_paths(register)
        self.sent_before = {digest: path for (_, digest), path in self.before.items()}
        for place in sorted((self.project / PHOTOS).glob("*")):
            data = place.read_bytes() if place.is_file() else b""
            if data and not looks_like_svg(data):
                self.know(f"{PHOTOS}/{place.name}", data)

    def know(self, name: str, data: bytes) -> None:
        """Remember a picture of the project; one that cannot be read is like no other."""
        self.seen[digest_of(data)] = name
        self.looks[name] = look_of(data)

    def text(self, path: str) -> str:
        """The register of licences as it is written.

        Raises:
            ProducerError: it is not UTF-8.
        """
        place = (self.project / path).absolute()
        try:
            return self.data(path).decode()
        except UnicodeDecodeError as error:
            raise ProducerError([Diagnostic("recipe/not-utf8", Span(place.as_posix()))]) from error

    def data(self, path: str) -> bytes:
        """The bytes of a file of the project; none where it is not there."""
        place = self.project / path
        return place.read_bytes() if place.is_file() else b""

    def take(self, sent: Sent) -> Outcome:
        """Take in one picture, or keep it back."""
        place = self.folder / sent.name
        facts: dict[str, str | int] = {"path": sent.name}
        if place.is_symlink() or not place.is_file():
            return self.keep_back(sent, [kept_back("intake/not-a-file", Span(sent.name), path=sent.name)])
        if place.stat().st_size > HEAVIEST:
            facts["detail"] = f"{place.stat().st_size / 1e6:.0f} MB"
            return self.keep_back(sent, [broken("too-large", facts)])
        data = place.read_bytes()
        digest = digest_of(data)
        known = self.before.get((" ".join(sent.name.split()), digest), "")
        if known and (self.project / known).exists():
            return Outcome(sent, Status.KNOWN, tuple(self.also_shown(known, sent)), known)
        try:
            image = opened(data)
            look, clean = fingerprint(image), cleaned(image)
        except PictureError as error:
            return self.keep_back(sent, [broken(error.kind, {**facts, "detail": error.detail})])
        problems = [*lacks(sent)]
        for twin in () if known else self.twins(sent, digest, look):
            problems += [twin, *self.also_shown(str(twin.facts["other"]), sent)]
        if problems:
            return self.keep_back(sent, problems)
        path = known or self.free_name(sent, clean)
        self.seen[digest], self.looks[path] = path, look
        if not self.dry_run:
            self.enter(path, sent, digest, clean, entered=bool(known))
        return Outcome(sent, Status.ACCEPTED, path=path, located=clean.located)

    def twins(self, sent: Sent, digest: str, look: int | None) -> Iterator[Diagnostic]:
        """Yield the picture that is there already: the same file, or one that looks the same."""
        same = self.seen.get(digest) or self.sent_before.get(digest)
        if same:
            yield kept_back("intake/duplicate", Span(sent.name), path=sent.name, other=same)
            return
        near = next((name for name, other in self.looks.items() if is_near(look, other)), None)
        if near is not None and sent.cell("keep") != "yes":
            yield kept_back("intake/alike", Span(sent.name), path=sent.name, other=near)

    def also_shown(self, path: str, sent: Sent) -> Iterator[Diagnostic]:
        """Enter those in a picture of the project whom another copy of it names, and yield that they are.

        One who says yes makes no picture usable that nobody was asked about.
        """
        register = self.data(PEOPLE)
        new = [
            entry
            for entry, agrees in consent_entries(path, sent, register)
            if (not agrees or names_picture(register, path)) and not has_entry(register, entry)
        ]
        if new and not self.dry_run:
            write_whole(self.project / PEOPLE, with_entries(register, new))
        for entry in new:
            facts = {"path": path, "id": entry["who"] or entry["id"]}
            yield Diagnostic("intake/also-shows", Span(sent.name), facts, Level.WARNING, Scope.ROW)

    def free_name(self, sent: Sent, clean: Clean) -> str:
        """A path that no picture or entry of the project has, in any case of letters."""
        stem = safe_name(unicodedata.normalize("NFC", Path(sent.name).stem))[:LONGEST]
        taken = {name.casefold() for name in (*self.looks, *self.entered)}
        taken |= {f"{PHOTOS}/{place.name}".casefold() for place in (self.project / PHOTOS).glob("*")}
        path, number = f"{PHOTOS}/{stem}{clean.suffix}", 1
        while path.casefold() in taken:
            number += 1
            path = f"{PHOTOS}/{stem}-{number}{clean.suffix}"
        return path

    def enter(self, path: str, sent: Sent, digest: str, clean: Clean, *, entered: bool) -> None:
        """Write both entries and then the picture: whoever stops us leaves no picture without its entries."""
        if not entered:
            register_of_people = self.data(PEOPLE)
            people = [entry for entry, _ in consent_entries(path, sent, register_of_people)]
            if people:
                write_whole(self.project / PEOPLE, with_entries(register_of_people, people))
            register = self.text(LICENCES)
            ended = register if register.endswith("\n") or not register else f"{register}\n"
            write_whole(self.project / LICENCES, (ended + licence_entry(path, sent, digest)).encode())
        write_whole(self.project / path, clean.data)

    def keep_back(self, sent: Sent, problems: list[Diagnostic]) -> Outcome:
        """Move a file to quarantine, and write why beside it."""
        shelf = self.folder / QUARANTINE
        name, number = sent.name, 1
        while any(os.path.lexists(shelf / one) for one in (name, f"{name}.txt")):
            number += 1
            name = f"{Path(sent.name).stem}-{number}{Path(sent.name).suffix}"
        if not self.dry_run:
            shelf.mkdir(exist_ok=True)
            why = "\n\n".join(self.words(problem) for problem in problems)
            write_whole(shelf / f"{name}.txt", f"{why}\n".encode())
            (self.folder / sent.name).rename(shelf / name)
        return Outcome(sent, Status.QUARANTINED, tuple(problems), f"{QUARANTINE}/{name}")


def as_typed(name: str) -> str:
    """A name without what people do not see: macOS writes accents as letters of their own, Windows heeds no case."""
    return unicodedata.normalize("NFC", name).casefold()


def broken(kind: str, facts: dict[str, str | int]) -> Diagnostic:
    """The problem of a file that is no picture of ours."""
    return Diagnostic(f"photo/{kind}", Span(str(facts["path"])), facts, scope=Scope.ROW)
