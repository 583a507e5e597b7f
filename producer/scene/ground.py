"""What lies under a page and under some of its cells, and the inks of the words that stand there."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from producer.brand.model import Brand, PanelSpec
from producer.contrast import LEAST_CONTRAST
from producer.recipe.model import PageSpec, Slot
from producer.scene.ink import Inks
from producer.scene.model import (
    Border,
    Element,
    Field,
    Fill,
    Gradient,
    Ground,
    MotifUse,
    Panel,
    PictureElement,
    Solid,
)

UNDER_PICTURE = "shade"
OVER_PICTURE = (
    7.0  # against the shade alone, of small words: the more they can spare, the more the picture shows
)
BARE = "background"  # of a page that names no ground


@dataclass(frozen=True)  # no slots: what is asked for each cell is kept
class Grounds:
    """The grounds and panels of one page of a template."""

    spec: PageSpec
    brand: Brand
    slots: Mapping[str, Slot]
    inks: Inks  # of the piece, before they are made readable

    @property
    def picture_slot(self) -> str | None:
        """The photo slot that the whole page stands on."""
        over, ground = self.spec.over, self.spec.ground
        if over is not None:
            return str(over)
        return str(ground) if ground is not None and ground in self.slots else None

    @property
    def unseen(self) -> tuple[str, ...]:
        """The slots that a page needs beside its drawing's: its ground's, and the one that it waits for."""
        waits = str(self.spec.when) if self.spec.when is not None else None
        return tuple(name for name in (self.picture_slot, waits) if name is not None)

    def inks_on(self, cell: str) -> Inks:
        """The inks of the words of a cell: those of its panel, else those that can be read on the page."""
        panel = next((self._spec(name) for name, cells in self.spec.panels.items() if cell in cells), None)
        return self.on_page if panel is None else self.on_page.inside(panel)

    @cached_property
    def on_page(self) -> Inks:
        """The inks of words that stand on the page itself."""
        spare = OVER_PICTURE if self.picture_slot is not None else LEAST_CONTRAST
        # A motif that hides its ground is a shape that words keep off: review tells of those that do not.
        drawn = tuple(motif.ink for motif in self.motifs if motif.ink.alpha < 1)
        whole = self.inks.on(self.roles, drawn, spare)
        if len(self.roles) == 1 or whole.is_read:
            return whole
        return self.inks.on(
            self.roles[:1], drawn, spare
        )  # no ink is read on both fields: words begin on the first

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that words of the page stand on, from one end of its gradient to the other."""
        if self.picture_slot is not None:
            return (UNDER_PICTURE,)
        name = str(self.spec.ground) if self.spec.ground is not None else BARE
        if name not in self.brand.treatments:
            return (name,)
        made = self.brand.treatments[name].ground
        return made.roles if made is not None else (BARE,)

    def ground(self, picture: Element | None) -> Ground:
        """What lies under the page; ``picture`` is the element of :attr:`picture_slot`."""
        treatment = self.brand.treatments.get(str(self.spec.ground)) if self.spec.ground is not None else None
        made = treatment.ground if treatment is not None else None
        inks = tuple(self.inks.ink(role) for role in self.roles)
        fill: Fill = Solid(inks[0])
        field: Field | None = None
        if len(inks) > 1 and made is not None and made.meet is not None:
            field = Field(inks[1], made.angle, made.meet)
        elif len(inks) > 1:
            fill = Gradient(inks, made.angle if made is not None else 180.0)
        line = treatment.border if treatment is not None else None
        border = Border(self.inks.ink(line.ink), line) if line is not None else None
        if isinstance(picture, PictureElement):
            return Ground(fill, picture, self.inks.ink(UNDER_PICTURE), field=field, border=border)
        return Ground(fill, motifs=self.motifs, field=field, border=border)

    @property
    def motifs(self) -> tuple[MotifUse, ...]:
        """The drawings in the page's ground; over a picture they would only blur it."""
        if self.picture_slot is not None:
            return ()
        treatment = self.brand.treatments.get(str(self.spec.ground)) if self.spec.ground is not None else None
        return tuple(
            MotifUse(motif.art, motif.at, self.inks.ink(motif.ink, motif.strength), motif.size)
            for motif in (treatment.motifs if treatment is not None else ())
        )

    def panels(self, there: Collection[str]) -> tuple[Panel, ...]:
        """The panels, each under those of its cells that are there; one without cells is left out."""
        groups = {
            str(name): tuple(str(cell) for cell in cells if cell in there)
            for name, cells in self.spec.panels.items()
        }
        return tuple(self._panel(self._spec(name), cells) for name, cells in groups.items() if cells)

    def _spec(self, name: str) -> PanelSpec:
        spec = self.brand.treatments[name].panel
        if spec is None:
            raise ValueError(f"{name} has no panel")  # refused when the template was read
        return spec

    def _panel(self, spec: PanelSpec, cells: tuple[str, ...]) -> Panel:
        inks = self.inks.on(self.roles)
        return Panel(
            cells,
            inks.ink(spec.fill, spec.alpha) if spec.fill is not None else None,
            spec.radius,
            spec.pad,
            spec.bleed,
            inks.ink(spec.line) if spec.line is not None else None,
            spec.line_width if spec.line is not None else 0.0,
            inks.ink(spec.bar) if spec.bar is not None else None,
            spec.shadow,
            spec.shape,
            spec.offset,
            spec.hugs,
        )
