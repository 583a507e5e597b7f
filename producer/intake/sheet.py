"""The sheet beside the pictures: who took them, who is in them, and whether they agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from producer.data.model import Row, Table
from producer.data.read import read_file
from producer.diagnostics import Diagnostic, Level, ProducerError, Scope, SourceText, Span
from producer.intake.model import Sent
from producer.recipe.licence import ACCEPTED, SHOWN, nearest
from producer.recipe.model import Source
from producer.rights.grant import grant_of
from producer.rights.judge import is_child, not_given, of_child
from producer.rights.model import AGE, CONSENT, GUARDIAN, NOBODY, NOTICE, SCHOOL, SCOPE, SINCE, UNTIL, Grant
from producer.world import FolderWorld

FILE, CREDIT = "file", "credit"
NEEDED = (FILE, CREDIT, CONSENT)
OF_PEOPLE = ("id", "who", CONSENT, SCOPE, SINCE, UNTIL, "proof", AGE, GUARDIAN, SCHOOL, "purposes", "note")
KNOWN = (FILE, CREDIT, "caption", "licence", "keep", *OF_PEOPLE)


def read_sheet(folder: Path) -> Table:
    """Return the one sheet of a drop folder.

    Raises:
        ProducerError: there is none, or more than one; it is no CSV, or has other columns.
    """
    sheets = sorted(place.name for place in folder.glob("*.csv") if not place.name.startswith("."))
    if len(sheets) != 1:
        facts: dict[str, str | int] = {"count": len(sheets), "columns": ", ".join(NEEDED)}
        raise ProducerError([Diagnostic("intake/no-sheet", Span(""), facts)])
    whole = Span(sheets[0])
    table = read_file(
        Source(SourceText("intake", whole), whole, SourceText(sheets[0], whole)), FolderWorld(folder)
    )
    problems = [
        Diagnostic(
            "consent/unknown-column",
            Span(sheets[0], 1, at, field=name),
            {"column": name, "nearest": "", "known": ", ".join(KNOWN)},
        )
        for at, name in enumerate(table.columns, start=1)
        if name not in KNOWN
    ]
    problems += [
        Diagnostic("consent/missing-column", Span(sheets[0], 1, 1), {"column": name})
        for name in NEEDED
        if name not in table.columns
    ]
    if problems:
        raise ProducerError(problems)
    return table


def lacks(sent: Sent) -> Iterator[Diagnostic]:
    """Yield what must be known of a picture before it may be used, and is not."""
    if not sent.rows:
        yield kept_back("intake/no-row", Span(sent.name), path=sent.name)
        return
    if not sent.cell(CREDIT):
        yield kept_back("intake/no-credit", sent.rows[0].span(CREDIT), path=sent.name)
    licence = sent.cell("licence")
    if licence and licence not in ACCEPTED:
        facts = {"path": sent.name, "name": licence, "nearest": nearest(licence), "known": ", ".join(SHOWN)}
        yield kept_back("licence/unknown", sent.rows[0].span("licence"), **facts)
    for row in sent.rows:
        grant = grant_of_sent(row, sent)
        refused = why_not(grant)
        if grant.given == NOBODY:
            continue
        if refused is not None:
            yield refused
        elif not grant.scope and grant.given != NOTICE:
            yield kept_back("intake/no-scope", row.span(SCOPE), id=grant.id)
        elif grant.until is None and (grant.given != NOTICE or grant.unread_until):
            yield kept_back("consent/no-end", row.span(UNTIL), id=grant.id)


def why_not(grant: Grant) -> Diagnostic | None:
    """Why somebody who is in a picture does not agree."""
    return of_child(grant) if is_child(grant) else not_given(grant, photo=True)


def grant_of_sent(row: Row, sent: Sent) -> Grant:
    """What a line records; its proof may not be missing, as in the register."""
    grant = grant_of(row)
    return replace(grant, id="; ".join(grant.names) or sent.name, proof=grant.proof or "")


def kept_back(code: str, span: Span, **facts: str) -> Diagnostic:
    """A reason to keep a picture back."""
    return Diagnostic(code, span, facts, Level.REFUSED, Scope.ROW)
