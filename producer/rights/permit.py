"""What of a job may be shown on its channel, before anything is composed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from producer.data.model import Row, Table
from producer.diagnostics import Diagnostic, Level, Scope, once
from producer.plan.model import Job
from producer.rights.judge import judge
from producer.rights.model import Permit, Rights
from producer.rights.read import of_row


@dataclass(frozen=True, slots=True)
class Withheld:
    """Pictures that may not be shown: rows lose them, or where a page cannot do without, the rows go too."""

    paths: frozenset[str] = frozenset()
    rows: bool = False


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
    several = job.row is None
    rows = gate.without(job.rows) if several else job.rows
    if several and job.rows.rows and not rows.rows:
        return Permit(job, rights.tables, once(why for row in job.rows.rows for why in gate.refused(row)))
    tables, named = gate.named(job)
    seen = (*(job.rows.rows if several else ()), *named)
    return Permit(replace(job, rows=rows), tables, left_out=gate.told(seen))


def of_sheet(job: Job, gate: Gate) -> Permit:
    """The same for several to a sheet: those who do not agree have no place on it."""
    rows = tuple(part.row for part in job.parts if part.row is not None)
    kept = tuple(part for part in job.parts if part.row is None or not gate.goes(part.row))
    if not kept:
        return Permit(job, gate.rights.tables, once(why for row in rows for why in gate.refused(row)))
    tables, named = gate.named(job)
    return Permit(replace(job, parts=kept), tables, left_out=gate.told((*rows, *named)))


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

    def named(self, job: Job) -> tuple[Mapping[str, Table], tuple[Row, ...]]:
        """All tables, those that the job's slots name without who does not agree; and the rows that these had."""
        names = named_tables(job, self.rights)
        tables = {name: self.without(self.rights.tables[name]) for name in names}
        rows = tuple(row for name in names for row in self.rights.tables[name].rows)
        return {**self.rights.tables, **tables}, rows

    def refused(self, row: Row) -> tuple[Diagnostic, ...]:
        """Why the person of a row may not be shown."""
        grants = of_row(row, self.rights)
        judged = (judge(grant, self.job.channel, self.rights.today, photo=False) for grant in grants)
        return once(problem for problem in judged if problem is not None)

    def columns(self, row: Row) -> tuple[str, ...]:
        """The columns of a row with a picture that is withheld."""
        if not self.withheld.paths:
            return ()
        return tuple(column for column in row.columns if row.values.get(column) in self.withheld.paths)

    def goes(self, row: Row) -> bool:
        """Whether a row is left out as a whole."""
        drops = self.withheld.rows or bool(self.job.parts)
        return bool(self.refused(row)) or (drops and bool(self.columns(row)))

    def without(self, table: Table) -> Table:
        """A table without the rows that may not be shown, and without the pictures."""
        return replace(table, rows=tuple(self.stripped(row) for row in table.rows if not self.goes(row)))

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
            span = refused[0].span if refused else row.span(*columns[:1])
            yield Diagnostic("consent/left-out", span, facts, Level.WARNING, Scope.ROW)
            return
        for column in columns:
            yield Diagnostic("consent/picture-left-out", row.span(column), facts, Level.WARNING, Scope.ROW)
