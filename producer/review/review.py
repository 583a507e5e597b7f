"""Every rule of a page, asked of a whole document."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence

from producer.diagnostics import Diagnostic, once
from producer.layout.model import Document
from producer.render.model import Resources, Underlay
from producer.review.contrast import low_contrasts
from producer.review.mark import mark_problems
from producer.review.place import collisions, crossed_panels, outside_safe
from producer.review.size import small_texts

Rule = Callable[[Document, Sequence[Underlay]], Iterable[Diagnostic]]

RULES: tuple[Rule, ...] = (outside_safe, collisions, crossed_panels, small_texts, mark_problems)


def review(document: Document, underlays: Sequence[Underlay], resources: Resources) -> tuple[Diagnostic, ...]:
    """Return what does not hold of the pages, each once; ``underlays`` are of their words and marks."""
    found = [problem for rule in RULES for problem in rule(document, underlays)]
    return once([*found, *low_contrasts(document, underlays, resources.colours)], _place)


def _place(problem: Diagnostic) -> Hashable:
    """One of a kind for each place and row: pages of one row often share it, rows are accepted one by one."""
    return problem.code, problem.span, problem.facts.get("field"), problem.facts.get("row")
