"""What of a template can never be seen: slots without a place, keys that do nothing, a cell under two panels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from producer.diagnostics import Diagnostic, SourceText
from producer.recipe.model import PageSpec, Slot, SlotType

# Rows feed other slots, and a sound is heard: neither stands in a drawing.
UNSEEN = (SlotType.ROWS, SlotType.SOUND)
# The keys that do something, by what a slot holds; those of every slot are not named.
ALWAYS = frozenset({"type", "optional", "when", "label", "help"})
WORDS = frozenset({"style", "text", "treatment", "ink", "emphasis", "align", "need", "quote"})
ITEMS = frozenset({"style", "items", "icons", "each", "treatment", "ink", "emphasis", "most", "quote"})
OF_ROWS = frozenset({"style", "each", "most"})
KEYS_OF: Mapping[SlotType, frozenset[str]] = {
    SlotType.TEXT: WORDS,
    SlotType.QUOTE: WORDS,
    SlotType.LIST: ITEMS,
    SlotType.STEPS: ITEMS,
    SlotType.PHOTO: frozenset({"text", "treatment", "crop"}),
    SlotType.NUMBER: frozenset({"style", "text", "ink", "count", "align"}),
    SlotType.NUMBERS: OF_ROWS,
    SlotType.CHART: OF_ROWS,
    SlotType.TABLE: OF_ROWS,
    SlotType.TIMELINE: OF_ROWS,
    SlotType.QR: frozenset({"style", "text"}),
    SlotType.SIGNATURE: frozenset({"style", "align"}),
    SlotType.SOUND: frozenset({"text"}),
    SlotType.ROWS: frozenset(),
    SlotType.FLAG: frozenset({"text"}),
    SlotType.MARK: frozenset({"ink", "align"}),
    SlotType.UNIT: frozenset({"style", "ink", "align", "treatment"}),
}


def unplaced(slots: Iterable[Slot], pages: Iterable[PageSpec]) -> Iterator[Diagnostic]:
    """Yield a problem for each slot that no page shows."""
    placed = {str(name) for page in pages for name in names_of(page)}
    for slot in slots:
        if slot.type not in UNSEEN and slot.name not in placed:
            yield Diagnostic("template/unplaced-slot", slot.span, {"name": str(slot.name)})


def names_of(page: PageSpec) -> Iterator[str]:
    """Yield the names that a page uses, in its drawings and beside them."""
    for drawing in page.drawings:
        yield from drawing.names
    yield from (name for name in (page.ground, page.over, page.when, page.each) if name is not None)


def panelled_twice(panels: Mapping[SourceText, tuple[SourceText, ...]]) -> Iterator[Diagnostic]:
    """Yield a problem for each cell that stands on two panels: one would hide the other."""
    first: dict[str, str] = {}
    for treatment, cells in panels.items():
        for cell in cells:
            if cell in first:
                facts = {"name": str(cell), "panel": first[str(cell)]}
                yield Diagnostic("template/two-panels", cell.span, facts)
            first.setdefault(str(cell), str(treatment))


def covered_flags(page: PageSpec, slots: Mapping[str, Slot]) -> Iterator[Diagnostic]:
    """Yield a problem for each flag that stands on a panel or on a picture: it stands free, or not at all.

    Source: guidance 3420/HD-BVHTTDL, part I; nothing is laid under, over or across the national flag.
    """
    flags = [slot for slot in slots.values() if slot.type is SlotType.FLAG]
    photos = {str(slot.name) for slot in slots.values() if slot.type is SlotType.PHOTO}
    drawn = {name for drawing in page.drawings for name in drawing.names}
    for flag in flags:
        name = str(flag.name)
        if name not in drawn:
            continue
        under = [cell for cells in page.panels.values() for cell in cells if cell == name]
        picture = page.over or (page.ground if page.ground is not None and page.ground in photos else None)
        for place in [*under, *([picture] if picture is not None else [])]:
            yield Diagnostic("template/covered-flag", place.span, {"name": name})


def idle_keys(kind: SlotType, written: Iterable[SourceText]) -> Iterator[Diagnostic]:
    """Yield a problem for each key that does nothing for a slot of ``kind``."""
    for key in written:
        if key not in KEYS_OF[kind] | ALWAYS:
            facts = {"key": str(key), "kind": kind.value, "known": ", ".join(sorted(KEYS_OF[kind])) or "–"}
            yield Diagnostic("template/idle-key", key.span, facts)
