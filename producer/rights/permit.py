"""What of a job may be shown on its channel, before anything is composed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from producer.data.model import Row, Table
from producer.diagnostics import Diagnostic, Level, Scope, once
from producer.plan.model import Job
from producer.rights.grant import grants_in, listed, names_of
from producer.rights.judge import judge, refusal
from producer.rights.model import CONSENT, Grant, Permit, Rights
from producer.rights.read import entered
from producer.rights.text import Words


@dataclass(frozen=True, slots=True)
class Withheld:
    """Pictures that may not be shown: rows lose them, or where a page cannot do without, the rows go too.

    ``names`` are those that no text may say; rows go that say one.
    """

    paths: frozenset[str] = frozenset()
    rows: bool = False
    names: frozenset[str] = frozenset()


NOTHING = Withheld()


def permit(job: Job, rights: Rights, withheld: Withheld = NOTHING) -> Permit:
    """Return the job without the people who do not agree to its channel, or why nothing of it may be made.

    One who does not agree takes down the jobs of the own row. Where many rows are shown together, on a sheet or in a
    deck, only that row is left out.
    """
    gate = Gate(job, rights, withheld)
    if job.parts:
        return of_sheet(job, gate)
    if job.row is not None and (refused := gate.refused(job.row)):
        return Permit(job, rights.tables, refused)
    rows = gate.kept(job.rows)
    if job.row is None and job.rows.rows and not rows.rows:
        return Permit(job, rights.tables, once(why for row in job.rows.rows for why in gate.refused(row)))
    return Permit(replace(job, rows=rows), gate.tables(job), left_out=gate.told(beside(job, rights)))


def of_sheet(job: Job, gate: Gate) -> Permit:
    """The same for several to a sheet: those who do not agree have no place on it."""
    rows = tuple(part.row for part in job.parts if part.row is not None)
    kept = tuple(
        replace(part, rows=gate.kept(part.rows))
        for part in job.parts
        if part.row is None or not gate.goes(part.row)
    )
    if not kept:
        return Permit(job, gate.rights.tables, once(why for row in rows for why in gate.refused(row)))
    listed = (row for part in job.parts for row in beside(part, gate.rights))
    whole = replace(job, parts=kept, rows=gate.kept(job.rows))
    return Permit(whole, gate.tables(job), left_out=gate.told((*rows, *listed)))


def beside(job: Job, rights: Rights) -> tuple[Row, ...]:
    """The rows that a job shows beside its own."""
    return tuple(row for row in job.shown_rows(rights.tables) if row is not job.row)


def named_tables(job: Job, rights: Rights) -> tuple[str, ...]:
    """The names of rows that a job's slots are filled with."""
    named = (
        text
        for filling in job.piece.fill.values()
        for text in (filling.text, *(value for key, value in filling.settings.items() if key == "rows"))
    )
    return tuple(dict.fromkeys(str(n) for n in named if isinstance(n, str) and n in rights.tables))


@dataclass(frozen=True, slots=True)
class Gate:
    """Says of each row whether it may be shown in a job."""

    job: Job
    rights: Rights
    withheld: Withheld

    def tables(self, job: Job) -> Mapping[str, Table]:
        """All tables, those that the job's slots name without who does not agree."""
        named = named_tables(job, self.rights)
        return {**self.rights.tables, **{name: self.kept(self.rights.tables[name]) for name in named}}

    def kept(self, table: Table) -> Table:
        """A table without who does not agree, made once for all jobs of a piece."""
        key = id(table), self.job.channel.id, self.job.piece.purpose, self.withheld, bool(self.job.parts)
        if key not in self.rights.kept:
            self.rights.kept[key] = table, self.without(table)
        return self.rights.kept[key][1]

    def refused(self, row: Row) -> tuple[Diagnostic, ...]:
        """Why the people of a row may not be shown: each row that it was grouped from is asked by itself."""
        return once(why for source in row.sources for why in self._refused(source, row))

    def _refused(self, source: Row, row: Row) -> Iterator[Diagnostic]:
        of_register = entered(source, self.rights.register) or entered(row, self.rights.register)
        for grant in (*grants_in(source, CONSENT), *of_register):
            problem = self.judged(grant)
            if problem is not None:
                yield problem
        if of_register:
            return
        for name in names_of(source):  # of somebody who said no under an id that is nobody's
            for grant in self.rights.unplaced.under(name):
                yield refusal("consent/same-name", grant.place("id"), id=source.id, name=name, other=grant.id)

    def judged(self, grant: Grant) -> Diagnostic | None:
        """Why a consent does not cover the job's words."""
        purpose = self.job.piece.purpose
        return judge(grant, self.job.channel, self.rights.today, photo=False, purpose=purpose)

    def columns(self, row: Row) -> tuple[str, ...]:
        """The columns of a row with a picture that is withheld."""
        if not self.withheld.paths:
            return ()
        return tuple(column for column in row.columns if row.values.get(column) in self.withheld.paths)

    def goes(self, row: Row) -> bool:
        """Whether a row is left out as a whole."""
        drops = self.withheld.rows or bool(self.job.parts)
        return bool(self.refused(row)) or (drops and bool(self.columns(row))) or bool(self.naming(row))

    def naming(self, row: Row) -> tuple[str, ...]:
        """The columns of a row that say a name which is withheld."""
        if not self.withheld.names:
            return ()
        texts = {name: Words.of(listed(row.values[name])) for name in row.columns}
        return tuple(column for column, words in texts.items() if any(map(words.name, self.withheld.names)))

    def without(self, table: Table) -> Table:
        """A table without the rows that may not be shown, and without the pictures; itself where all may be."""
        rows = tuple(self.stripped(row) for row in table.rows if not self.goes(row))
        return table if rows == table.rows else replace(table, rows=rows)

    def stripped(self, row: Row) -> Row:
        """A row without its withheld pictures."""
        columns = self.columns(row)
        return replace(row, values={**row.values, **dict.fromkeys(columns)}) if columns else row

    def told(self, rows: Iterable[Row]) -> tuple[Diagnostic, ...]:
        """What to say of rows that are left out, and of pictures."""
        return once(told for row in rows for told in self._told(row))

    def _told(self, row: Row) -> Iterator[Diagnostic]:
        facts = {"id": row.id, "piece": str(self.job.piece.name)}
        refused, columns = self.refused(row), self.columns(row)
        if self.goes(row):
            span = refused[0].span if refused else row.span(*(*self.naming(row), *columns)[:1])
            yield Diagnostic("consent/left-out", span, facts, Level.WARNING, Scope.ROW)
            return
        for column in columns:
            yield Diagnostic("consent/picture-left-out", row.span(column), facts, Level.WARNING, Scope.ROW)
