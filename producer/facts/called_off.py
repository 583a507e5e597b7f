"""Events that will not be, and are shown all the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from producer.data.model import Row, Table
from producer.diagnostics import Diagnostic, Level, Scope
from producer.facts.needed import rows_of
from producer.recipe.model import Project


def shown_though_off(project: Project, tables: Mapping[str, Table]) -> Iterator[Diagnostic]:
    """Yield each row that says its event is called off or put off, and that a piece shows.

    A product of its own would invite to what is not held: it is not made, unless somebody accepts it in writing, as for
    the notice that says so. Among many rows it is only told.
    """
    found: dict[tuple[str, int], tuple[Row, Level]] = {}
    for piece in project.recipe.pieces:
        table = tables.get(str(piece.rows))
        for row in rows_of(piece, table) if table is not None else ():
            if row.called_off:
                key, level = (row.file, row.number), Level.ERROR if piece.each else Level.WARNING
                if key not in found or level is Level.ERROR:
                    found[key] = row, level
    for row, level in found.values():
        column = row.called_off
        facts = {"status": str(row.values[column]).strip()}
        yield Diagnostic("facts/called-off", row.span(column), facts, level, Scope.ROW)
