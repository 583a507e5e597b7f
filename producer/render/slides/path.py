"""SVG path data as DrawingML geometry."""

from __future__ import annotations

from dataclasses import dataclass

from producer.geometry import Box
from producer.render.outline import segments
from producer.render.slides.scale import Scale

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Segment:
    """One step of a path: M, L, C with their points, or Z."""

    verb: str
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Subpath:
    """From one M to the next."""

    segments: tuple[Segment, ...]

    @property
    def points(self) -> tuple[Point, ...]:
        """All points, those that pull a curve too."""
        return tuple(point for segment in self.segments for point in segment.points)

    @property
    def area(self) -> float:
        """The signed area of the polygon of its points; the sign tells the direction."""
        points = self.points
        return (
            sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:] + points[:1], strict=True)) / 2
        )

    @property
    def box(self) -> Box:
        """What its points span; curves never leave it."""
        xs, ys = [x for x, _ in self.points], [y for _, y in self.points]
        return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def read_path(path: str) -> tuple[Subpath, ...]:
    """Return the subpaths of SVG path data, quadratic curves and arcs raised to cubic ones.

    Raises:
        ValueError: this is no path data.
    """
    subpaths: list[list[Segment]] = []
    here = start = (0.0, 0.0)
    for letter, numbers in segments(path):
        points = tuple(zip(numbers[::2], numbers[1::2], strict=True))
        if letter == "M":
            start = points[0]
            subpaths.append([])
        if subpaths:
            subpaths[-1].append(
                Segment("C", _raised(here, points)) if letter == "Q" else Segment(letter, points)
            )
        here = points[-1] if points else start
    return tuple(Subpath(tuple(steps)) for steps in subpaths if len(steps) > 1)


def _raised(start: Point, points: tuple[Point, ...]) -> tuple[Point, ...]:
    pull, end = points

    def towards(one: Point) -> Point:
        return one[0] + (pull[0] - one[0]) * 2 / 3, one[1] + (pull[1] - one[1]) * 2 / 3

    return towards(start), towards(end), end


def layers(subpaths: tuple[Subpath, ...], *, even_odd: bool) -> tuple[tuple[Subpath, ...], ...]:
    """Group subpaths into what DrawingML fills by even-odd, so that it shows what the fill rule meant.

    Under the non-zero rule subpaths of one direction add up: each is a layer of its own. One that runs against the
    direction of a larger one around it is its hole and stays with it.
    """
    if even_odd or len(subpaths) == 1:
        return (subpaths,)
    made: list[tuple[float, Box, list[Subpath]]] = []
    for area, subpath in sorted(((s.area, s) for s in subpaths), key=lambda pair: -abs(pair[0])):
        box = subpath.box
        home = next((group for size, around, group in made if size * area < 0 and around.contains(box)), None)
        if home is None:
            made.append((area, box, [subpath]))
        else:
            home.append(subpath)
    return tuple(tuple(group) for _, _, group in made)


def custom_geometry(groups: tuple[tuple[Subpath, ...], ...], box: Box, scale: Scale) -> str:
    """Return ``a:custGeom`` of groups of subpaths, its coordinates in EMU from the corner of ``box``."""
    size = f'w="{max(scale.emu(box.width), 1)}" h="{max(scale.emu(box.height), 1)}"'
    paths = "".join(f"<a:path {size}>{_verbs(group, box, scale)}</a:path>" for group in groups)
    return (
        "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
        f'<a:rect l="0" t="0" r="r" b="b"/><a:pathLst>{paths}</a:pathLst></a:custGeom>'
    )


_TAGS = {"M": "moveTo", "L": "lnTo", "C": "cubicBezTo"}


def _verbs(group: tuple[Subpath, ...], box: Box, scale: Scale) -> str:
    made = []
    for segment in (segment for subpath in group for segment in subpath.segments):
        if segment.verb == "Z":
            made.append("<a:close/>")
            continue
        points = "".join(
            f'<a:pt x="{scale.emu(x - box.x)}" y="{scale.emu(y - box.y)}"/>' for x, y in segment.points
        )
        made.append(f"<a:{_TAGS[segment.verb]}>{points}</a:{_TAGS[segment.verb]}>")
    return "".join(made)
