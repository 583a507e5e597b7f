"""Slots become elements: one builder for each type of slot."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from producer.diagnostics import Diagnostic, ProducerError, Scope
from producer.recipe.model import Slot, SlotType
from producer.scene.chart import fill_chart
from producer.scene.figure import fill_number, fill_numbers
from producer.scene.filler import Filler
from producer.scene.flag import fill_flag
from producer.scene.model import Element, MarkElement, Role, Run, SignatureElement, TextElement
from producer.scene.picture import fill_photo, fill_qr
from producer.scene.row import fill_table, fill_timeline
from producer.scene.words import fill_list, fill_text


def fill_slot(filler: Filler, slot: Slot) -> Element | None:
    """Return the slot's element, or nothing where an optional slot has no value.

    Raises:
        ProducerError: a slot that must be filled is not, or its value cannot be used.
    """
    builder = BUILDERS.get(slot.type)
    if builder is None:
        return None
    made = builder(filler, slot)
    if made is None:
        check_optional(filler, slot)
    return made


def check_optional(filler: Filler, slot: Slot) -> None:
    """Raise where a slot without content must have some."""
    if not slot.optional:
        span = filler.context.span(str(slot.name), slot.span)
        facts: dict[str, str | int] = {"slot": str(slot.name), "label": slot.label or str(slot.name)}
        raise ProducerError([Diagnostic("scene/empty-slot", span, facts, scope=Scope.ROW)])


def _fill_signature(filler: Filler, slot: Slot) -> SignatureElement:
    return filler.signer.signature(slot, filler.inks)


def _fill_mark(filler: Filler, slot: Slot) -> MarkElement:
    return filler.signer.alone(slot, filler.inks, filler.inks.ink(filler.slot_role(slot, filler.inks.text)))


def _fill_unit(filler: Filler, slot: Slot) -> TextElement:
    """The short name of who speaks, as words among others."""
    return TextElement(
        str(slot.name),
        Role.SIGNATURE,
        (Run(filler.signer.named().short_name),),
        filler.style(slot),
        filler.inks.ink(filler.slot_role(slot, filler.inks.text)),
        filler.origin(slot),
        align=slot.align,
        divider=filler.divider(slot),
    )


# Slots of rows and sound hold no element.
BUILDERS: Mapping[SlotType, Callable[[Filler, Slot], Element | None]] = {
    SlotType.TEXT: fill_text,
    SlotType.QUOTE: fill_text,
    SlotType.LIST: fill_list,
    SlotType.STEPS: fill_list,
    SlotType.PHOTO: fill_photo,
    SlotType.NUMBER: fill_number,
    SlotType.NUMBERS: fill_numbers,
    SlotType.CHART: fill_chart,
    SlotType.TABLE: fill_table,
    SlotType.TIMELINE: fill_timeline,
    SlotType.QR: fill_qr,
    SlotType.SIGNATURE: _fill_signature,
    SlotType.FLAG: fill_flag,
    SlotType.MARK: _fill_mark,
    SlotType.UNIT: _fill_unit,
}
