"""Roles become inks: with the row's theme, inside a panel, readable on their ground."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace

from producer.brand.model import Brand, Colour, Ink, PanelSpec, contrast
from producer.contrast import LEAST_CONTRAST, LEAST_LARGE


@dataclass(frozen=True, slots=True)
class Inks:
    """The roles of one piece, and what words on one ground are set in."""

    colours: Mapping[str, Colour]
    roles: Mapping[str, str]
    text: str = "text"
    accent: str = "accent"
    muted: str = "muted"
    fine: str = (
        "accent"  # the accent of words that are not large: they need more contrast than a bar or a figure
    )
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

    def on(
        self, ground: tuple[str, ...], drawn: tuple[Ink, ...] = (), least_fine: float = LEAST_CONTRAST
    ) -> Inks:
        """The inks of words on a ground of these roles: the brand's own where they can be read, else the next.

        ``drawn`` are the inks of its motifs, on which small words may come to stand too.
        """
        text = self.readable(("text", "ink", "paper", "shade"), ground, LEAST_CONTRAST, drawn)
        accent = self.readable(("accent", "background", "ink", "paper", text), ground, LEAST_LARGE)
        muted = self.readable(("muted", "ink", "paper", text), ground, LEAST_CONTRAST, drawn)
        fine = self.readable((accent, muted, text), ground, least_fine, drawn)
        return replace(self, text=text, accent=accent, muted=muted, fine=fine, ground=ground)

    @property
    def is_read(self) -> bool:
        """Whether words can be read on every colour of their ground."""
        text = self.colour(self.text)
        return all(contrast(text, self.colour(under)) >= LEAST_CONTRAST for under in self.ground)

    def inside(self, panel: PanelSpec) -> Inks:
        """The inks of words on a panel: as the brand's author set them, where the row's theme leaves them readable."""
        ground = (panel.fill,) if panel.fill is not None else self.ground
        text = self.readable((panel.text, "ink", "paper", "shade"), ground, LEAST_CONTRAST)
        accent = self.readable((panel.accent, text), ground, LEAST_LARGE)
        muted = self.readable((panel.muted, text), ground, LEAST_CONTRAST)
        fine = self.readable((accent, muted, text), ground, LEAST_CONTRAST)
        return replace(self, text=text, accent=accent, muted=muted, fine=fine, ground=ground)

    def readable(
        self, choices: tuple[str, ...], ground: tuple[str, ...], least: float, drawn: tuple[Ink, ...] = ()
    ) -> str:
        """Return the first role that reaches ``least`` on every colour of the ground, else the best."""
        flat = [self.colour(under) for under in ground]
        colours = [
            *flat,
            *(mixed(self.colours[ink.token], ink.alpha, under) for ink in drawn for under in flat),
        ]

        def worst(role: str) -> float:
            return min(contrast(self.colour(role), under) for under in colours)

        return next((role for role in choices if worst(role) >= least), None) or max(choices, key=worst)


def mixed(over: Colour, alpha: float, under: Colour) -> Colour:
    """Return one colour painted over another, sRGB mixed as painters of pixels do."""

    def at(one: int, other: int) -> int:
        return round(one * alpha + other * (1 - alpha))

    return Colour(at(over.red, under.red), at(over.green, under.green), at(over.blue, under.blue))


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
