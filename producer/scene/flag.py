"""The national flag: its slot, and where it may not be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from producer.brand.model import FLAG_COLOURS, FLAG_GOLD, FLAG_RED, Colour, Ink
from producer.diagnostics import Diagnostic, Scope
from producer.recipe.model import Slot
from producer.scene.filler import Filler
from producer.scene.model import FlagElement, ScenePage

ALT = "Quốc kỳ nước Cộng hòa xã hội chủ nghĩa Việt Nam"
ONE_INK = "one"


def fill_flag(filler: Filler, slot: Slot) -> FlagElement | None:
    """The flag; of an optional slot only where its row or recipe asks for it with any word."""
    if slot.optional and filler.words(slot) is None:
        return None
    return FlagElement(str(slot.name), Ink(FLAG_RED), Ink(FLAG_GOLD), ALT, filler.origin(slot))


def with_flag(colours: Mapping[str, Colour], pages: Sequence[ScenePage]) -> Mapping[str, Colour]:
    """Return the colours of a scene: the brand's, and the flag's own where it is shown."""
    return {**colours, **FLAG_COLOURS} if any(flags_of(pages)) else colours


def flags_in_one_ink(pages: Sequence[ScenePage], inks: str) -> Iterator[Diagnostic]:
    """Yield each flag of a thing that is printed in one ink: a flag of another colour is none."""
    if inks == ONE_INK:
        for flag in flags_of(pages):
            facts = {"slot": flag.name}
            yield Diagnostic("scene/flag-in-one-ink", flag.origin.span, facts, scope=Scope.ROW)


def flags_of(pages: Sequence[ScenePage]) -> Iterator[FlagElement]:
    """Yield the flags that pages show."""
    for page in pages:
        yield from (element for element in page.elements if isinstance(element, FlagElement))
