"""What a row has to say and its page does not show: by design of the drawing, for want of a place or of a word."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from producer.data.model import Row
from producer.diagnostics import Diagnostic, Level, Scope, SourceText
from producer.placeholder import placeholders
from producer.plan.model import Job
from producer.recipe.model import Drawing, Slot


def dropped(job: Job, placed: Collection[str], taken: Sequence[Drawing]) -> Iterator[Diagnostic]:
    """Yield each slot of ``job`` that has something to say which no slot of ``placed`` says.

    Where a drawing of ``taken`` omits it, that is a note, the same for every row; else a warning. What the recipe's
    `with:` fills and no drawing omits is an error of its own.
    """
    omitted = [name for drawing in taken for name in drawing.omits]
    for name in job.content.lost(placed, omitted):
        slot = job.template.slots[name]
        by_design = next((drawing for drawing in taken if name in drawing.omits), None)
        if by_design is not None:
            shape = by_design.shape.value if by_design.shape is not None else "any"
            facts: dict[str, str | int] = {**_named(slot), "template": job.template.name, "shape": shape}
            yield Diagnostic("scene/omitted-slot", by_design.span, facts, Level.NOTE, Scope.ROW)
        elif slot.name not in job.piece.fill:
            yield _for_want_of_a_place(job, slot)


def half_filled(job: Job, placed: Collection[str]) -> Iterator[Diagnostic]:
    """Yield each text of a row's page that gives up its place for an empty cell, and takes a filled one along.

    What another text of the page says is not lost.
    """
    if job.row is None:
        return
    slots = [job.template.slots[name] for name in sorted(placed) if name in job.template.slots]
    cells = [(slot, _cells(job.row, text)) for slot in slots for text in _texts(job, slot)]
    said = {column for _, named in cells if all(named.values()) for column in named}
    for slot, named in cells:
        empty = [column for column, filled in named.items() if not filled]
        lost = [column for column, filled in named.items() if filled and column not in said]
        if empty and lost:
            facts = {**_named(slot), "row": job.row.id, "empty": ", ".join(empty), "lost": ", ".join(lost)}
            yield Diagnostic("scene/half-filled", job.row.span(empty[0]), facts, Level.WARNING, Scope.ROW)


def _texts(job: Job, slot: Slot) -> tuple[SourceText, ...]:
    """The texts of a slot: the recipe's, else the template's, else the column of its own name."""
    filling = job.piece.fill.get(slot.name)
    if filling is not None and (filling.items or filling.text is not None):
        return filling.items or ((filling.text,) if filling.text is not None else ())
    return slot.items or (slot.text if slot.text is not None else SourceText(f"{{{slot.name}}}", slot.span),)


def _cells(row: Row, text: SourceText) -> dict[str, bool]:
    """The columns of a row that a text names, and whether they are filled."""
    named = dict.fromkeys(column for column, _ in placeholders(text) if column in row.columns)
    return {column: row.values[column] not in (None, ()) for column in named}


def _for_want_of_a_place(job: Job, slot: Slot) -> Diagnostic:
    name = str(slot.name)
    able = dict.fromkeys(
        page.look or page.name
        for page in job.template.pages
        for drawing in page.drawings
        if name in drawing.names and drawing.shape in (None, job.channel.shape)
    )
    facts: dict[str, str | int] = {
        **_named(slot),
        "template": job.template.name,
        "look": job.look or "–",
        "channel": job.channel.id,
        "row": job.row.id if job.row is not None else "–",
        "able": ", ".join(map(str, able)) or "–",
    }
    column = min(job.content.columns[name])
    span = job.row.span(column) if job.row is not None else job.piece.span
    return Diagnostic("scene/dropped-slot", span, facts, Level.WARNING, Scope.ROW)


def _named(slot: Slot) -> dict[str, str | int]:
    return {"slot": str(slot.name), "label": slot.label or str(slot.name)}
