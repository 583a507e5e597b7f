"""SVG files from outside: read as a tree, refused where they would open another file or explode."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from xml.parsers import expat

from producer.geometry import Box

SVG = "{http://www.w3.org/2000/svg}"

# A drawing of this project has 2 to 60 kB; what is larger by far is a tracing or an attack.
MOST_BYTES = 4_000_000
MOST_ELEMENTS = 20_000
MOST_DEPTH = 64
MOST_SIDE = 1e6
# To what is drawn again, `use` and `clip-path`; 1,000 clips of 50 circles take Skia 4 s at 800 × 800 px.
MOST_REFERENCES = 1_000
# A see-through group is painted on a page of its own: 10,000 of them take Skia 14 s at 1080 × 1350 px, and nest.
MOST_LAYERS = 1_000
FINEST_DASH = 1 / 5_000  # of the drawing's shorter side; Skia lays every dash by itself
MOST_REPEATED = 1_000_000  # characters of all targets, each as often as it is named

# What Skia draws without another file, a font or a script. Not `text`: Skia would look for a system font. Nor
# `pattern` and `mask`, which paint their content once for each shape, and nest.
_PICTURE_ELEMENTS = frozenset(
    {"svg", "g", "defs", "title", "desc", "metadata", "use", "symbol", "clipPath"}
    | {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
    | {"linearGradient", "radialGradient", "stop"}
)
# What a shape must be given more than nothing of to have an area or a length.
_LENGTHS = {"rect": ("width", "height"), "circle": ("r",), "ellipse": ("rx", "ry")}
_STROKED = frozenset({"line", "polyline"})  # whose fill, if any, has no area to be relied on
_POINTS = {"path": "d", "polyline": "points", "polygon": "points"}
_NUMBER = re.compile(r"[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?")
_GRADIENTS = frozenset({"linearGradient", "radialGradient"})
_INNER_URL = re.compile(r"url\(\s*['\"]?\s*#([^)'\"]*)", re.IGNORECASE)
_OUTER_URL = re.compile(r"url\(\s*['\"]?\s*(?!#)", re.IGNORECASE)


class UnsafeSvgError(ValueError):
    """The file has something that we do not read; ``what`` names it, ``line`` is where it stands or 0."""

    def __init__(self, what: str, line: int = 0) -> None:
        """Keep what was refused."""
        self.what = what
        self.line = line
        super().__init__(f"{what} in line {line}")


class BrokenSvgError(ValueError):
    """The file is no SVG, or is cut short."""


def local_name(tag: str) -> str:
    """Return a tag or attribute without its namespace."""
    return tag.rpartition("}")[2]


def read_svg(data: bytes) -> ET.Element:
    """Return the root of an SVG without document type, entities or processing instructions.

    Raises:
        BrokenSvgError: this is not well-formed, or its root is not ``svg``.
        UnsafeSvgError: it has a document type, an instruction, or is larger or deeper than any drawing.
    """
    if len(data) > MOST_BYTES:
        raise UnsafeSvgError(f"{len(data)} B")
    try:
        _scan(data)
        root = ET.fromstring(data)  # noqa: S314 - the scan refused document types, so nothing can expand
    except (expat.ExpatError, ET.ParseError, LookupError) as error:
        raise BrokenSvgError(str(error)) from error
    if root.tag != f"{SVG}svg":
        raise BrokenSvgError(local_name(root.tag))
    return root


def _scan(data: bytes) -> None:
    """Walk the file by events and stop at the first thing that a drawing has no use for."""
    parser = expat.ParserCreate()
    depth = count = 0

    def refuse(name: str, *_: object) -> None:
        raise UnsafeSvgError(name, parser.CurrentLineNumber)

    def start(name: str, _: object) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > MOST_DEPTH or count > MOST_ELEMENTS:
            refuse(name)

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartDoctypeDeclHandler = lambda *_: refuse("DOCTYPE")
    parser.ProcessingInstructionHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.Parse(data, True)  # noqa: FBT003 - expat's own call: this is the last of the data


def view_box(root: ET.Element) -> Box:
    """Return the part of the drawing that is shown: its viewBox, or its width and height.

    Raises:
        BrokenSvgError: it has neither, or an area of nothing.
    """
    text = root.get("viewBox") or f"0 0 {root.get('width', '')} {root.get('height', '')}"
    try:
        x, y, width, height = (float(number.removesuffix("px")) for number in text.replace(",", " ").split())
    except ValueError as error:
        raise BrokenSvgError("viewBox") from error
    if not (0 < width < MOST_SIDE and 0 < height < MOST_SIDE):
        raise BrokenSvgError("viewBox")
    return Box(x, y, width, height)


def has_ink(root: ET.Element) -> bool:
    """Whether a drawing paints anything at all: a shape of some size with a fill or a stroke that is seen.

    Where it stands is not asked; a value that is no number is taken for one.
    """
    return _paints(root, {"fill": "black", "stroke": "none"})


def _paints(element: ET.Element, given: dict[str, str]) -> bool:
    """Whether an element or one inside it paints; ``given`` is what it inherits."""
    keys = ("fill", "fill-opacity", "stroke", "stroke-opacity", "stroke-width")
    style = {**given, **{key: value for key in keys if (value := _value(element, key))}}
    name = local_name(str(element.tag))
    if not _amount(_value(element, "opacity")) or _value(element, "display") == "none":
        return False
    if name in ("svg", "g"):
        return any(_paints(child, style) for child in element)
    sized = all(_amount(element.get(key, "0")) for key in _LENGTHS.get(name, ()))
    drawn = name not in _POINTS or len(_NUMBER.findall(element.get(_POINTS[name], ""))) > 2
    filled = name not in _STROKED and style["fill"] != "none" and _amount(style.get("fill-opacity", ""))
    lined = style["stroke"] != "none" and all(
        _amount(style.get(key, "")) for key in ("stroke-opacity", "stroke-width")
    )
    return name in (*_LENGTHS, *_POINTS, "line") and sized and drawn and (filled or lined)


def _amount(value: str) -> bool:
    """Whether a number is more than nothing; what is left out, or is no number, counts as more."""
    try:
        return float(value.removesuffix("px").removesuffix("%")) > 0
    except ValueError:
        return True


def refuse_outside(root: ET.Element) -> None:
    """Refuse a picture that links, scripts, animates, writes text, or repeats itself inside what it repeats.

    Raises:
        UnsafeSvgError: names the element or the attribute.
    """
    for element in root.iter():
        name = local_name(str(element.tag))
        if name not in _PICTURE_ELEMENTS:
            raise UnsafeSvgError(name)
        for full_key, value in element.attrib.items():
            key = local_name(full_key)
            outer = key in ("href", "src") and not value.startswith("#")
            if outer or key.startswith("on") or _OUTER_URL.search(value):
                raise UnsafeSvgError(f"{name} {key}")
    _refuse_repeats(root)
    _refuse_layers(root)


def _refuse_layers(root: ET.Element) -> None:
    """Bound what costs a whole page each, and lines of more dashes than anybody sees."""
    layers = sum(bool(_value(element, "opacity")) for element in root.iter())
    if layers > MOST_LAYERS:
        raise UnsafeSvgError(f"{layers} × opacity")
    try:
        view = view_box(root)
    except BrokenSvgError:
        return  # told where its size is asked for
    for element in root.iter():
        dashes = [float(number) for number in _NUMBER.findall(_value(element, "stroke-dasharray"))]
        if dashes and sum(dashes) / len(dashes) < FINEST_DASH * min(view.width, view.height):
            raise UnsafeSvgError(f"{local_name(element.tag)} stroke-dasharray")


def _value(element: ET.Element, name: str) -> str:
    """What an attribute, or the inline style, says of ``name``; empty where nothing does."""
    own = element.get(name)
    if own is not None:
        return own
    found = re.search(rf"(?:^|;)\s*{name}\s*:([^;]*)", element.get("style", ""))
    return found.group(1).strip() if found else ""


def _refuse_repeats(root: ET.Element) -> None:
    """What is referenced holds no references, but to plain gradients: ten uses of ten uses, nine levels deep, hang us.

    A gradient may take its stops from another, as Inkscape writes them.
    """
    held = {id(element): tuple(_references(element)) for element in root.iter()}
    targets = {target for names in held.values() for target in names}
    carriers = [element for element in root.iter() if _own_id(element) in targets]
    plain = {
        _own_id(carrier)
        for carrier in carriers
        if local_name(carrier.tag) in _GRADIENTS and not any(held[id(part)] for part in carrier.iter())
    } - {_own_id(carrier) for carrier in carriers if local_name(carrier.tag) not in _GRADIENTS}
    for carrier in carriers:
        if any(name not in plain for part in carrier.iter() for name in held[id(part)]):
            raise UnsafeSvgError(f"{local_name(carrier.tag)} #{_own_id(carrier)}")
    _refuse_many(root, [name for names in held.values() for name in names if name not in plain])


def _refuse_many(root: ET.Element, names: list[str]) -> None:
    """Bound what all references together draw: each counts as if its target were written out in its place."""
    size: dict[int, int] = {}
    named: dict[str, int] = {}
    for element in reversed(list(root.iter())):  # children come before what they stand in
        own = 1 + sum(map(len, element.attrib.values())) + sum(size[id(child)] for child in element)
        size[id(element)] = own
        named[_own_id(element)] = max(own, named.get(_own_id(element), 0))
    if len(names) > MOST_REFERENCES or sum(named.get(name, 0) for name in names) > MOST_REPEATED:
        raise UnsafeSvgError(f"{len(names)} × #")


def _references(element: ET.Element) -> Iterator[str]:
    """Yield the ids that an element names, in `href` or in `url(#…)` of any attribute or inline style."""
    for key, value in element.attrib.items():
        if local_name(key) == "href":
            yield value.removeprefix("#").strip()
        yield from (name.strip() for name in _INNER_URL.findall(value))


def _own_id(element: ET.Element) -> str:
    return element.get("id", "").strip()
