"""What a file says of itself to other programs: who speaks, whom its pictures are owed to, what it is found by."""

from __future__ import annotations

from collections.abc import Sequence

from producer.letter import TAG
from producer.scene.model import About, PictureElement, ScenePage


def about_of(pages: Sequence[ScenePage], unit: str, year: int, words: tuple[str, str], owed: str) -> About:
    """Return what a product of ``unit`` says of itself.

    ``words`` are the row's hashtags and the title of the recipe, ``owed`` whom pictures and music are owed to.
    """
    tags, campaign = words
    keywords = (*TAG.findall(tags), campaign, unit)
    return About(
        unit=unit,
        rights=f"© {year} {unit}" if unit else "",
        credit=owed or unit,
        keywords=tuple(dict.fromkeys(filter(None, keywords))),
        captured=any(not picture.picture.vector for page in pages for picture in _pictures(page)),
    )


def together(many: Sequence[About]) -> About:
    """Return what a sheet of many products says of itself: what each of them does, once."""
    first = many[0]
    return About(
        unit=first.unit,
        rights=first.rights,
        credit="; ".join(dict.fromkeys(about.credit for about in many if about.credit)),
        keywords=tuple(dict.fromkeys(word for about in many for word in about.keywords)),
        captured=any(about.captured for about in many),
    )


def _pictures(page: ScenePage) -> tuple[PictureElement, ...]:
    ground = page.ground.picture
    shown = tuple(element for element in page.elements if isinstance(element, PictureElement))
    return shown if ground is None else (*shown, ground)
