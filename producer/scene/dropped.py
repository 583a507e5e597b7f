"""What a row has to say and its page does not show: by design of the drawing, or for want of a place."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from producer.diagnostics import Diagnostic, Level, Scope
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
