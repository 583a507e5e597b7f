"""From px of a page to the lengths of a slide: EMU, points and their hundredths."""

from __future__ import annotations

from dataclasses import dataclass

from producer.geometry import Box, Size

EMU_PER_PT = 12700
WIDEST = 12192000  # EMU, the width of PowerPoint's own 16:9 slide: 13.333 in
HIGHEST = 6858000  # EMU, its height: 7.5 in
LEAST = 914400  # EMU; ECMA-376 part 1, ST_SlideSizeCoordinate


@dataclass(frozen=True, slots=True)
class Place:
    """A box in whole EMU."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Scale:
    """How large a page is shown: the largest that fits into PowerPoint's own 16:9 slide, whatever its ratio."""

    page: Size
    emu_per_px: float

    @classmethod
    def of(cls, page: Size) -> Scale:
        """Return the scale of a page of this size in px."""
        fit = min(WIDEST / page.width, HIGHEST / page.height)
        return cls(page, max(fit, LEAST / page.shorter))

    @property
    def slide(self) -> tuple[int, int]:
        """Width and height of the slide in EMU."""
        return self.emu(self.page.width), self.emu(self.page.height)

    @property
    def page_box(self) -> Box:
        """The whole page in px."""
        return Box(0.0, 0.0, self.page.width, self.page.height)

    def emu(self, px: float) -> int:
        """A length in EMU."""
        return round(px * self.emu_per_px)

    def pt(self, px: float) -> float:
        """A length in points."""
        return px * self.emu_per_px / EMU_PER_PT

    def px(self, pt: float) -> float:
        """A length in points, back in px."""
        return pt * EMU_PER_PT / self.emu_per_px

    def font_size(self, px: float) -> int:
        """A font size in hundredths of a point, exact to a tenth: more digits only make the size box odd to read."""
        return round(self.pt(px) * 10) * 10

    def leading(self, px: float) -> int:
        """A distance of baselines in hundredths of a point, as ``a:spcPts`` wants it."""
        return max(round(self.pt(px) * 100), 0)

    def place(self, box: Box) -> Place:
        """A box in EMU; never of negative size, which PowerPoint repairs."""
        return Place(
            self.emu(box.x), self.emu(box.y), max(self.emu(box.width), 0), max(self.emu(box.height), 0)
        )
