"""What a page is called: its title among its words, and titles that are told apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from producer.scene.model import Element, Role, ScenePage, TextElement

# Styles of the brand whose name says what their words are.
ROLE_OF_STYLE = {"caption": Role.CAPTION, "lead": Role.LEAD}


def with_title(elements: Sequence[Element]) -> tuple[Element, ...]:
    """Return the elements, the text of the largest style named the page's title."""
    texts = [e for e in elements if isinstance(e, TextElement) and e.role is not Role.SIGNATURE]
    title = max(texts, key=lambda e: e.style.sizes[0], default=None)
    return tuple(_named(e, is_title=e is title) if isinstance(e, TextElement) else e for e in elements)


def _named(element: TextElement, *, is_title: bool) -> TextElement:
    own = element.role is Role.SIGNATURE  # the unit's name stays that, in whatever style
    named = element.role if own else ROLE_OF_STYLE.get(element.style.name, element.role)
    # A caption is burned into clips and goes out as a subtitle, however large it is set.
    return replace(element, role=Role.TITLE if is_title and named is not Role.CAPTION else named)


def title_of(elements: Sequence[Element], fallback: str) -> str:
    """Return the words of the page's title."""
    for element in elements:
        if isinstance(element, TextElement) and element.role is Role.TITLE:
            return "".join(run.text for run in element.runs)
    return fallback


def unique_titles(pages: Sequence[ScenePage]) -> tuple[ScenePage, ...]:
    """Return the pages, the second and later of one title numbered: a deck's outline needs them apart."""
    taken: set[str] = set()
    made = []
    for page in pages:
        title, count = page.title, 1
        while title in taken:
            count += 1
            title = f"{page.title} ({count})"
        taken.add(title)
        made.append(replace(page, title=title))
    return tuple(made)
