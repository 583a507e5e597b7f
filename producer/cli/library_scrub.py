"""`producer library scrub`: hold the archive against its digests."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import click

from producer.cli.library_search import catalogue_of
from producer.cli.progress import write_json
from producer.cli.project import ZONE
from producer.cli.settings import FAILED, Settings, with_settings
from producer.cli.shelf import opened, told
from producer.cli.words import Words
from producer.diagnostics import Diagnostic, Level, Scope, Span
from producer.library.local import LocalStore
from producer.library.ocfl import Archive
from producer.library.scrub import Checked, Count, Fault, Found, late, scrub

NOTE = "checked.json"
CODES = {
    Fault.ALTERED: "library/altered",
    Fault.MISSING: "library/missing",
    Fault.UNKNOWN: "library/unknown-file",
    Fault.INVENTORY: "library/damaged-object",
    Fault.UNREADABLE: "library/unreadable",
}


def part_of(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[int, int]:
    """Return how much of the archive is read: ``1/90``, or all."""
    found = re.fullmatch(r"([0-9]{1,6})/([0-9]{1,6})", value or "1/1")
    if not found or not 1 <= int(found[1]) <= int(found[2]):
        raise click.BadParameter(f"{value}: N/M", ctx, param)
    return int(found[1]), int(found[2])


def scrub_command(words: Words, stages: str) -> click.Command:
    """Return `library scrub`."""

    @with_settings("scrub", words, stages)
    @click.option("--library", metavar=words("meta.library"), help=words("option.library"))
    @click.option(
        "--slice", "part", callback=part_of, metavar=words("meta.slice"), help=words("option.slice")
    )
    @click.option("--json", "as_json", is_flag=True, help=words("option.json"))
    def run(settings: Settings, library: str | None, part: tuple[int, int], as_json: bool) -> int:
        return run_scrub(settings, library, part, as_json=as_json)

    return run


def run_scrub(settings: Settings, library: str | None, part: tuple[int, int], *, as_json: bool) -> int:
    """Read objects and tell every fault; a damaged file is copied aside, and nothing is removed."""
    place, archive = opened(library)
    now, count, faults = datetime.now(ZONE), Count(), 0
    checked = Checked.read(note_of(place, archive))
    with told(place):
        for found in scrub(archive, checked, now, part, count):
            faults += 1
            aside = archive.store.set_aside(found.path) if found.fault is Fault.ALTERED else ""
            tell(found, aside, settings, as_json=as_json)
        waiting = len(late(archive, checked, now)) if part != (1, 1) else 0
    tell_end(count, faults, waiting, settings, as_json=as_json)
    return FAILED if faults else 0


def note_of(place: str, archive: Archive) -> Path:
    """Return where it is kept what was read when: beside the archive, or of a bucket on this machine."""
    if isinstance(archive.store, LocalStore):
        return archive.store.work / NOTE
    return catalogue_of(place).with_suffix(f".{NOTE}")


def tell(found: Found, aside: str, settings: Settings, *, as_json: bool) -> None:
    """Tell one fault."""
    if as_json:
        told_fault = {"path": found.path, "fault": found.fault.value, "reason": found.reason, "aside": aside}
        write_json({"event": "fault", **told_fault})
    facts = {"path": found.path, "folder": found.path, "reason": found.reason, "aside": aside}
    settings.console.problems([Diagnostic(CODES[found.fault], Span(found.path), facts, scope=Scope.ROW)])


def tell_end(count: Count, faults: int, waiting: int, settings: Settings, *, as_json: bool) -> None:
    """Tell how much was read, and how much has waited for too long."""
    words, console = settings.words, settings.console
    sum_of = {"objects": count.objects, "files": count.files, "bytes": count.size}
    if as_json:
        write_json({"event": "summary", **sum_of, "faults": faults, "late": waiting})
    line = words("library.scrubbed", objects=count.objects, files=count.files, size=count.size // 10**6)
    console.line(
        words("word.done"), f"{line} · {words('library.faults', count=faults)}", "red" if faults else "green"
    )
    if waiting:
        facts = {"count": waiting}
        console.problems([Diagnostic("library/late", Span("."), facts, Level.WARNING)])
