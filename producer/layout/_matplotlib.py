"""The one door to matplotlib: a sheet whose figure is drawn as paints of a page.

matplotlib keeps scales and artists; fonts, colours and pixels are ours. Its backends are never loaded.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isclose
from typing import Any, NoReturn, Protocol

import matplotlib as mpl
import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backend_bases import FigureCanvasBase, GraphicsContextBase, RendererBase
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Polygon, Rectangle
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import IdentityTransform, Transform

from producer.brand.model import Ink
from producer.geometry import Box
from producer.layout.model import GlyphRun, Paint, Shape
from producer.scene.model import Solid

Rgba = tuple[float, float, float, float]

# Of one line of text, in em: what a figure and a descender take. Capitals with two marks stand higher; where
# lines are stacked the pitch gives them their room.
ASCENT, DESCENT = 0.78, 0.22
ROUNDING = 0.5  # px that texts may overlap without a reader seeing it
LETTERS = {Path.MOVETO: "M", Path.LINETO: "L", Path.CURVE3: "Q", Path.CURVE4: "C", Path.CLOSEPOLY: "Z"}


class Lettering(Protocol):
    """Sets one line of text in the chart's style."""

    def width(self, text: str, size: float, *, bold: bool) -> float:
        """How far the line runs, in px."""

    def runs(self, text: str, size: float, *, bold: bool, ink: Ink) -> tuple[GlyphRun, ...]:
        """The line with its first origin at (0, 0)."""


class InkTable:
    """Inks as colours that matplotlib carries through untouched, and back.

    The numbers only name a row of the table, so a colour that matplotlib mixed or chose itself is found out.
    """

    def __init__(self) -> None:
        """Start empty."""
        self._inks: list[Ink] = []

    def colour(self, ink: Ink) -> Rgba:
        """The stand-in of an ink."""
        if ink not in self._inks:
            self._inks.append(ink)
        return self._inks.index(ink) / 255, 0.5, 1.0, 1.0

    def ink(self, colour: Sequence[float]) -> Ink:
        """The ink that a colour stands in for.

        Raises:
            NotImplementedError: none does: it would leave the page without its token.
        """
        row = round(colour[0] * 255)
        stands_in = row < len(self._inks) and tuple(colour) == (row / 255, 0.5, 1.0, 1.0)
        if not stands_in:
            msg = f"the colour {tuple(colour)} comes from no ink"
            raise NotImplementedError(msg)
        return self._inks[row]


class PaintRenderer(RendererBase):
    """Collects what a figure draws as paints, in px of the page."""

    def __init__(self, box: Box, inks: InkTable, lettering: Lettering) -> None:
        """Draw into ``box`` of the page; the figure has its size in px at 72 dots an inch."""
        super().__init__()
        self.box, self.inks, self.lettering = box, inks, lettering
        self.paints: list[Paint] = []

    def flipy(self) -> bool:
        """Texts come with their y from the top."""
        return True

    def get_canvas_width_height(self) -> tuple[float, float]:
        """The figure's size in px."""
        return self.box.width, self.box.height

    def points_to_pixels(self, points: Any) -> Any:  # noqa: ANN401 — the base class takes floats and arrays
        """One point is one px: the figure has 72 dots an inch."""
        return points

    def get_text_width_height_descent(
        self,
        s: str,
        prop: FontProperties,
        ismath: Any,  # noqa: ANN401
    ) -> tuple[float, float, float]:
        """Width by HarfBuzz, height by the style and not by the letters, so that lines stand level."""
        if ismath:
            raise NotImplementedError(s)
        size = prop.get_size_in_points()
        width = self.lettering.width(s, size, bold=prop.get_weight() == "bold")
        return width, (ASCENT + DESCENT) * size, DESCENT * size

    def draw_path(
        self,
        gc: GraphicsContextBase,
        path: Path,
        transform: Transform,
        rgbFace: Any = None,  # noqa: ANN401, N803
    ) -> None:
        """Add a shape; where it is an upright rectangle it keeps saying so."""
        _refuse_clip(gc)
        offset, dash = gc.get_dashes()
        if dash is not None and offset:
            raise NotImplementedError("dash offset")
        stroked = gc.get_linewidth() > 0
        fill = None if rgbFace is None or rgbFace[3] == 0 else Solid(self.inks.ink(rgbFace))
        if fill is None and not stroked:
            return
        segments = self._segments(path, transform)
        rectangle = _rectangle(segments)
        if rectangle is not None and not stroked:
            rectangle = _snapped(rectangle)
            segments = _outline(rectangle)
        self.paints.append(
            Shape(
                " ".join(letter + " ".join(map(_number, points)) for letter, points in segments),
                fill=fill,
                stroke=self.inks.ink(gc.get_rgb()) if stroked else None,
                width=float(gc.get_linewidth()) if stroked else 0.0,
                dash=tuple(np.asarray(dash, float).tolist()) if stroked and dash is not None else (),
                round_caps=stroked and gc.get_capstyle() == "round",
                rounded=None if rectangle is None else (rectangle, 0.0),
            )
        )

    def _segments(self, path: Path, transform: Transform) -> list[tuple[str, tuple[float, ...]]]:
        found = []
        for raw, code in path.iter_segments(
            transform, remove_nans=True, snap=None, simplify=False, curves=True
        ):
            values = np.asarray(raw, float).tolist() if code != Path.CLOSEPOLY else []
            xs = [self.box.x + x for x in values[::2]]
            ys = [self.box.bottom - y for y in values[1::2]]
            points = tuple(value for point in zip(xs, ys, strict=True) for value in point)
            found.append((LETTERS[code], points))
        return found

    def draw_text(  # noqa: PLR0913 — the base class's signature
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: Any = False,  # noqa: ANN401, FBT002
        mtext: Text | None = None,  # noqa: ARG002
    ) -> None:
        """Add the line's glyph runs. Turned text would stand its marks askew in slides, so there is none."""
        if ismath or angle:
            raise NotImplementedError(s)
        ink = self.inks.ink(gc.get_rgb())
        size = prop.get_size_in_points()
        runs = self.lettering.runs(s, size, bold=prop.get_weight() == "bold", ink=ink)
        self.paints.extend(moved(run, self.box.x + float(x), self.box.y + float(y)) for run in runs)

    def draw_image(self, *args: object, **kwargs: object) -> NoReturn:
        """Pictures in charts are not drawn, and not left out either."""
        raise NotImplementedError("image")

    def draw_gouraud_triangles(self, *args: object, **kwargs: object) -> NoReturn:
        """Colour meshes have no inks."""
        raise NotImplementedError("gouraud")


class Sheet:
    """A figure over a box of the page. All positions are px of the box: origin top left, y down."""

    def __init__(self, box: Box, lettering: Lettering) -> None:
        """Lay an empty sheet."""
        self.box, self.lettering, self.inks = box, lettering, InkTable()
        with mpl.rc_context():
            mpl.rcdefaults()  # a matplotlibrc of this machine must not reach the page
            self.figure = Figure(figsize=(box.width / 72, box.height / 72), dpi=72, frameon=False)
        FigureCanvasBase(self.figure)
        self.renderer = PaintRenderer(box, self.inks, lettering)
        self.texts: list[Text] = []

    def scale(self, plot: Box, across: tuple[float, float], up: tuple[float, float]) -> Axes:
        """Axes over ``plot`` with nothing drawn of their own: no frame, ticks or legend."""
        width, height = self.box.width, self.box.height
        place = (plot.x / width, 1 - plot.bottom / height, plot.width / width, plot.height / height)
        axes: Axes = self.figure.add_axes(place, xlim=across, ylim=up)
        axes.set_axis_off()
        return axes

    def at(self, axes: Axes, x: float, y: float) -> tuple[float, float]:
        """Where a value stands on the sheet."""
        px, py = axes.transData.transform((x, y))
        return float(px), self.box.height - float(py)

    def rectangle(self, box: Box, ink: Ink) -> None:
        """Fill a rectangle."""
        self._add(
            Rectangle(
                (box.x, self.box.height - box.bottom),
                box.width,
                box.height,
                color=self.inks.colour(ink),
                lw=0,
            )
        )

    def slot(self, box: Box, ink: Ink, width: float) -> None:
        """Outline an empty place in dashes."""
        colour = self.inks.colour(ink)
        corner = (box.x, self.box.height - box.bottom)
        dashes = (0, (4, 3))  # matplotlib counts dashes in line widths
        self._add(Rectangle(corner, box.width, box.height, fc="none", ec=colour, lw=width, ls=dashes))

    def line(self, points: Sequence[tuple[float, float]], ink: Ink, width: float) -> None:
        """Stroke through points of the sheet."""
        xs, ys = zip(*((x, self.box.height - y) for x, y in points), strict=True)
        self._add(
            Line2D(
                xs, ys, color=self.inks.colour(ink), lw=width, solid_capstyle="round", solid_joinstyle="round"
            )
        )

    def area(self, points: Sequence[tuple[float, float]], ink: Ink) -> None:
        """Fill a polygon."""
        corners = [(x, self.box.height - y) for x, y in points]
        self._add(Polygon(corners, closed=True, color=self.inks.colour(ink), lw=0))

    def dot(self, point: tuple[float, float], ink: Ink, radius: float) -> None:
        """Fill a disc."""
        self._add(Circle((point[0], self.box.height - point[1]), radius, color=self.inks.colour(ink), lw=0))

    def text(  # noqa: PLR0913 — a line is its words, place, ink and size
        self, words: str, left: float, baseline: float, ink: Ink, size: float, *, bold: bool = False
    ) -> None:
        """Set one line; a ``$`` is a letter like any other."""
        text = Text(
            left, self.box.height - baseline, words, color=self.inks.colour(ink), parse_math=False,
            va="baseline", fontproperties=FontProperties(size=size, weight="bold" if bold else "normal"),
        )  # fmt: skip
        self._add(text)
        self.texts.append(text)

    def _add(self, artist: Artist) -> None:
        artist.set_transform(IdentityTransform())
        artist.set_zorder(len(self.figure.get_children()))  # in the order in which they were added
        self.figure.add_artist(artist, clip=False)

    def over(self) -> float:
        """How many px of text stand out of the sheet or on one another: 0 where every word is clear."""
        boxes = [self._extent(text) for text in self.texts]
        sheet = Box(0, 0, self.box.width, self.box.height)
        outside = [max(-box.x, -box.y, box.right - sheet.right, box.bottom - sheet.bottom) for box in boxes]
        pairs = [(one, other) for number, one in enumerate(boxes) for other in boxes[number + 1 :]]
        covered = [min(both.width, both.height) for one, other in pairs if (both := one.overlap(other))]
        worst = max([0.0, *outside, *covered])
        return worst if worst > ROUNDING else 0.0

    def _extent(self, text: Text) -> Box:
        found = text.get_window_extent(self.renderer)
        return Box(
            float(found.x0), self.box.height - float(found.y1), float(found.width), float(found.height)
        )

    def paints(self) -> tuple[Paint, ...]:
        """Draw the figure."""
        self.figure.draw(self.renderer)
        return tuple(self.renderer.paints)


def moved(run: GlyphRun, dx: float, dy: float) -> GlyphRun:
    """The same run elsewhere."""
    points = tuple((x + dx, y + dy) for x, y in run.points)
    return GlyphRun(run.face, run.size, run.glyphs, points, run.text, run.ink)


def _refuse_clip(gc: GraphicsContextBase) -> None:
    path, _ = gc.get_clip_path()
    if path is not None or gc.get_clip_rectangle() is not None or gc.get_hatch() is not None:
        raise NotImplementedError("clip or hatch")


def _rectangle(segments: Sequence[tuple[str, tuple[float, ...]]]) -> Box | None:
    """The box that a path is, if it is an upright rectangle."""
    if "".join(letter for letter, _ in segments) != "MLLLZ":
        return None
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = ((p[0], p[1]) for _, p in segments[:4])
    upright = all(isclose(*pair, abs_tol=1e-6) for pair in ((ay, by), (bx, cx), (cy, dy), (dx, ax)))
    return Box(min(ax, bx), min(ay, cy), abs(bx - ax), abs(cy - ay)) if upright else None


def _snapped(box: Box) -> Box:
    """The box on whole px, never thinner than one: half-pixel edges of bars and rules look unsharp."""
    x, y = round(box.x), round(box.y)
    right, bottom = round(box.right), round(box.bottom)
    return Box(x, y, max(right - x, 1), max(bottom - y, 1))


def _outline(box: Box) -> list[tuple[str, tuple[float, ...]]]:
    return [
        ("M", (box.x, box.y)),
        ("L", (box.right, box.y)),
        ("L", (box.right, box.bottom)),
        ("L", (box.x, box.bottom)),
        ("Z", ()),
    ]


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")
