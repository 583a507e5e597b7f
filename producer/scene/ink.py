"""Roles become inks: with the row's theme, inside a panel, readable on their ground."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace

from producer.brand.model import Brand, Colour, Ink, PanelSpec, contrast

# WCAG 2.2 AA for running text, and for large text and graphics.
LEAST_CONTRAST = 4.5
LEAST_LARGE = 3.0


@dataclass(frozen=True, slots=True)
class Inks:
    """The roles of one piece, and what words on one ground are set in."""

    colours: Mapping[str, Colour]
    roles: Mapping[str, str]
    text: str = "text"
    accent: str = "accent"
    muted: str = "muted"
    ground: tuple[str, ...] = ("background",)

    @classmethod
    def of(cls, brand: Brand, *themes: str) -> Inks:
        """The inks of a piece whose row has these themes."""
        return cls(brand.colours, brand.roles_of(*themes))

    def ink(self, role: str, alpha: float = 1.0) -> Ink:
        """The ink of a role, or of a token of the palette."""
        return Ink(self.roles.get(role, role), alpha)

    def colour(self, role: str) -> Colour:
        """The colour of a role."""
        return self.colours[self.ink(role).token]

    def on(self, ground: tuple[str, ...]) -> Inks:
        """The inks of words on a ground of these roles: the brand's own where they can be read, else the next."""
        text = self.readable(("text", "ink", "paper", "shade"), ground, LEAST_CONTRAST)
        accent = self.readable(("accent", "background", "ink", "paper", text), ground, LEAST_LARGE)
        muted = self.readable(("muted", "ink", "paper", text), ground, LEAST_CONTRAST)
        return replace(self, text=text, accent=accent, muted=muted, ground=ground)

    def inside(self, panel: PanelSpec) -> Inks:
        """The inks of words on a panel: as the brand's author set them."""
        ground = (panel.fill,) if panel.fill is not None else self.ground
        return replace(self, text=panel.text, accent=panel.accent, muted=panel.muted, ground=ground)

    def readable(self, choices: tuple[str, ...], ground: tuple[str, ...], least: float) -> str:
        """Return the first role that reaches ``least`` on every colour of the ground, else the best."""

        def worst(role: str) -> float:
            return min(contrast(self.colour(role), self.colour(under)) for under in ground)

        return next((role for role in choices if worst(role) >= least), None) or max(choices, key=worst)


def tokens_of(value: object) -> frozenset[str]:
    """Return the tokens of all inks inside elements, grounds and panels."""
    if isinstance(value, Ink):
        return frozenset({value.token})
    if isinstance(value, tuple | list):
        parts: list[object] = list(value)
    elif is_dataclass(value) and not isinstance(value, type):
        parts = [getattr(value, field.name) for field in fields(value)]
    else:
        return frozenset()
    return frozenset().union(*map(tokens_of, parts))
