"""Print inks: every colour of a page becomes the brand's build of it, and none is guessed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pikepdf import Array, Dictionary, Name

from producer.brand.model import Colour
from producer.render.pdf.content import BLACK
from producer.render.pdf.tag import Instruction, read_instructions, write_instructions

Rgb = tuple[int, int, int]
Build = tuple[float, float, float, float]

_TO_CMYK = {"rg": "k", "RG": "K"}
_TYPE_EXPONENTIAL, _TYPE_STITCHING = 2, 3


class InkTable:
    """The exact table of colours to builds; what it was asked for in vain is kept for one message."""

    space = Name.DeviceCMYK
    operators: Mapping[str, str] = _TO_CMYK

    def __init__(self, colours: Mapping[str, Colour]) -> None:
        """Take the colours of a brand that have a build, and black as black ink alone."""
        self.missing: dict[Rgb, None] = {}
        self.used: dict[Rgb, Build] = {}
        self._builds: dict[Rgb, Build] = {}
        for colour in (*colours.values(), BLACK):
            if colour.cmyk is not None:
                key = (colour.red, colour.green, colour.blue)
                cyan, magenta, yellow, black = (round(share / 100, 4) for share in colour.cmyk)
                self._builds.setdefault(key, (cyan, magenta, yellow, black))

    def build(self, rgb: Any) -> tuple[float, ...]:  # noqa: ANN401 - numbers of pikepdf
        """Return the build of three numbers from 0 to 1. Skia writes four decimals, so rounding is exact."""
        red, green, blue = (round(float(channel) * 255) for channel in rgb)
        if (red, green, blue) not in self._builds:
            self.missing[red, green, blue] = None
            return (0.0, 0.0, 0.0, 0.0)
        return self.used.setdefault((red, green, blue), self._builds[red, green, blue])

    def instructions(self, one: Instruction) -> Iterator[Instruction]:
        """Yield what sets a colour in inks."""
        yield Instruction(self.build(one.operands), self.operators[one.operator])


class GreyTable(InkTable):
    """The table of soft masks: their grey is a share of paint, not a paint, and needs no light to be told."""

    space = Name.DeviceGray
    operators: Mapping[str, str] = {"rg": "g", "RG": "G"}

    def __init__(self) -> None:
        """Skia writes the share as three like numbers."""
        super().__init__({})

    def build(self, rgb: Any) -> tuple[float, ...]:  # noqa: ANN401
        """Return the one number.

        Raises:
            RuntimeError: it is no grey.
        """
        if len(set(rgb)) != 1:
            raise RuntimeError(f"a mask of colour {list(rgb)}")
        return (rgb[0],)


class SpotTable(InkTable):
    """The table for things that take a few flat inks: each is a plate of its own, and what is bare takes none."""

    def __init__(self, colours: Mapping[str, Colour], bare: str) -> None:
        """Name the plates after the tokens."""
        super().__init__(colours)
        self.plates: dict[str, tuple[float, ...]] = {}
        self._names: dict[Rgb, str] = {}
        for token, colour in colours.items():
            self._names.setdefault((colour.red, colour.green, colour.blue), token)
        self._bare = bare

    def instructions(self, one: Instruction) -> Iterator[Instruction]:
        """Yield the plate of a token at its full strength."""
        build = self.build(one.operands)
        red, green, blue = (round(float(channel) * 255) for channel in one.operands)
        name = self._names.get((red, green, blue), self._bare)
        if name == self._bare:
            yield Instruction((0, 0, 0, 0), _TO_CMYK[one.operator])
            return
        self.plates[name] = build
        stroke = one.operator == "RG"
        yield Instruction((Name(f"/{name}"),), "CS" if stroke else "cs")
        yield Instruction((1,), "SCN" if stroke else "scn")

    def write(self, resources: Any) -> None:  # noqa: ANN401 - pikepdf's types
        """Put the plates into the resources of a page."""
        spaces = resources.get("/ColorSpace", Dictionary())
        for name, build in self.plates.items():
            shown = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[*build], N=1)
            spaces[f"/{name}"] = Array([Name.Separation, Name(f"/{name}"), Name.DeviceCMYK, shown])
        resources.ColorSpace = spaces


def ink_instructions(instructions: list[Instruction], table: InkTable) -> Iterator[Instruction]:
    """Yield the instructions with each RGB colour as its build."""
    for one in instructions:
        if one.operator in _TO_CMYK:
            yield from table.instructions(one)
        else:
            yield one


def ink_resources(resources: Any, table: InkTable, seen: set[tuple[int, int]]) -> None:  # noqa: ANN401
    """Carry over the forms, patterns and gradients that a page paints with.

    Pictures stay RGB with their profile, which the printer's own workflow separates (PDF/X-4 allows it).
    """
    for kind in ("/XObject", "/Pattern", "/Shading"):
        for thing in resources.get(kind, {}).values():
            if thing.is_indirect and thing.objgen in seen:
                continue
            seen.add(thing.objgen)
            _ink_thing(thing, table, seen)


def grey_masks(pdf: Any) -> None:  # noqa: ANN401
    """Carry over the soft masks of a file: PDF/X-4 has no place for RGB of no device, not in a mask either."""
    seen: set[tuple[int, int]] = set()
    for thing in pdf.objects:
        mask = (
            thing.get("/SMask")
            if isinstance(thing, Dictionary) and thing.get("/Type") == Name.ExtGState
            else None
        )
        if isinstance(mask, Dictionary) and mask.G.objgen not in seen:
            seen.add(mask.G.objgen)
            _ink_thing(mask.G, GreyTable(), seen)


def _ink_thing(thing: Any, table: InkTable, seen: set[tuple[int, int]]) -> None:  # noqa: ANN401
    if thing.get("/Subtype") == Name.Form or thing.get("/PatternType") == 1:
        thing.write(write_instructions(ink_instructions(read_instructions(thing), table)))
        if "/Group" in thing and thing.Group.get("/CS") == Name.DeviceRGB:
            thing.Group.CS = table.space
        if "/Resources" in thing:
            ink_resources(thing.Resources, table, seen)
    elif "/Shading" in thing:
        _ink_shading(thing.Shading, table)
    elif "/ShadingType" in thing:
        _ink_shading(thing, table)


def _ink_shading(shading: Any, table: InkTable) -> None:  # noqa: ANN401
    if shading.ColorSpace != Name.DeviceRGB:
        return
    shading.ColorSpace = table.space
    _ink_function(shading.Function, table)


def _ink_function(function: Any, table: InkTable) -> None:  # noqa: ANN401
    """The end colours of a gradient; between them the inks mix, not the light, which differs slightly."""
    if int(function.FunctionType) == _TYPE_STITCHING:
        for part in function.Functions:
            _ink_function(part, table)
    elif int(function.FunctionType) == _TYPE_EXPONENTIAL:
        if len(function.C0) == 3:
            function.C0 = Array([*table.build(function.C0)])
            function.C1 = Array([*table.build(function.C1)])
    else:
        raise RuntimeError(f"gradient of function type {function.FunctionType}")
