"""What the recipes of a project share, read once for all of them."""

from __future__ import annotations

from collections.abc import Mapping

from producer.brand.model import Brand
from producer.diagnostics import SourceText
from producer.kept import Kept
from producer.occasion import Occasion
from producer.recipe.brand_file import read_brand
from producer.recipe.calendar_file import read_calendar
from producer.recipe.licence_file import REGISTER, Register, read_register
from producer.recipe.model import Template
from producer.recipe.template_file import read_template
from producer.world import World


class Shelf:
    """What the recipes of a project share, each read once: for whoever loads one recipe after the other.

    Whoever keeps a shelf starts a new one when a file of the brand or of its templates changes; the register of
    licences is known by its bytes, so that a world may lay entries over it.
    """

    def __init__(self) -> None:
        """Begin empty."""
        self._brands: Kept[Brand] = Kept(2)
        self._templates: Kept[Template] = Kept(200)
        self._registers: Kept[Register] = Kept(50)
        self._calendars: Kept[Mapping[str, Occasion]] = Kept(1)

    def brand(self, world: World, *, many: bool) -> Brand:
        """The brand; raises as :func:`read_brand`."""
        return self._brands.get(str(many), lambda: read_brand(world, many=many))

    def template(self, world: World, brand: Brand, name: SourceText) -> Template:
        """A template by its name; raises as :func:`read_template`."""
        return self._templates.get(str(name), lambda: read_template(world, brand, name))

    def register(self, world: World) -> Register:
        """What is known of the project's files; raises as :func:`read_register`."""
        key = world.digest(REGISTER) if world.exists(REGISTER) else ""
        return self._registers.get(key, lambda: read_register(world))

    def calendar(self, world: World) -> Mapping[str, Occasion]:
        """The days of the year; raises as :func:`read_calendar`."""
        return self._calendars.get("calendar", lambda: read_calendar(world))
