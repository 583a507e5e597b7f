"""The organisation's short name, where its full name has no room: who approved it wrote it into organisation.yaml."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from producer.diagnostics import Diagnostic, Level, Scope
from producer.scene.model import Element, Fact, ScenePage, SignatureElement


def shortened(page: ScenePage) -> ScenePage | None:
    """Return the page with the short name in its signatures; nothing where none of them has a shorter one."""
    made = tuple(_short(element) for element in page.elements)
    return replace(page, elements=made) if made != page.elements else None


def _short(element: Element) -> Element:
    """A signature with its short name, any other element as it is."""
    if not isinstance(element, SignatureElement) or not 0 < len(element.short) < len(element.unit):
        return element
    return replace(element, unit=element.short)


def short_names(page: ScenePage) -> tuple[Diagnostic, ...]:
    """Return what the author should know of a page that stands with the short name."""
    signed = (element for element in page.elements if isinstance(element, SignatureElement))
    return tuple(
        Diagnostic(
            "layout/short-name",
            element.origin.span,
            {"page": page.name, "short": element.short},
            Level.NOTE,
            Scope.ROW,
        )
        for element in signed
    )


def said_shorter(facts: Sequence[Fact], before: ScenePage) -> tuple[Fact, ...]:
    """Return the facts of a scene of which one page, ``before``, stands with the short name."""
    made = list(facts)
    for element in before.elements:
        if isinstance(element, SignatureElement) and _short(element) is not element:
            at = next(
                i for i, fact in enumerate(made) if (fact.field, fact.text) == (element.name, element.unit)
            )
            made[at] = replace(made[at], text=element.short)
    return tuple(made)
