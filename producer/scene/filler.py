"""Where a slot's content comes from: the recipe, the template, the row; and how the brand sets it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from producer.brand.model import Brand, Ink, TextStyle, Treatment
from producer.contrast import LEAST_LARGE
from producer.data.model import Table
from producer.diagnostics import Diagnostic, ProducerError, Scope, SourceText, Span
from producer.placeholder import placeholders
from producer.recipe.model import Filling, Slot, SlotType
from producer.scene.context import Context
from producer.scene.filter import Part
from producer.scene.ink import Inks
from producer.scene.model import Divider, Origin, Picture
from producer.scene.signature import Signer

# Slots whose words are of one cell or one line of the recipe: a problem points there, not at the template.
OF_ONE_TEXT = (SlotType.TEXT, SlotType.QUOTE, SlotType.PHOTO, SlotType.SOUND)


@dataclass(frozen=True, slots=True)
class Filler:
    """All that the content of one page's slots can come from, with the inks of the ground they stand on."""

    brand: Brand
    context: Context
    tables: Mapping[str, Table]
    fill: Mapping[SourceText, Filling]
    inks: Inks
    today: date
    picture: Callable[[str, Span], Picture]
    signer: Signer
    large: float = 0.0  # % of the page's shorter side, from which words are large text

    # what it says

    def filling(self, slot: Slot) -> Filling | None:
        """What the recipe puts into the slot."""
        return self.fill.get(slot.name)

    def source(self, slot: Slot) -> SourceText | None:
        """The text of a slot: the recipe's, else the template's, else the column of its own name."""
        filling = self.filling(slot)
        if filling is not None and filling.text is not None:
            return filling.text
        return slot.text if slot.text is not None else self.column(slot)

    def column(self, slot: Slot) -> SourceText | None:
        """The placeholder of the column that is called like the slot."""
        if slot.name not in self.context.columns():
            return None
        return SourceText(f"{{{slot.name}}}", self.context.span(str(slot.name), slot.span))

    def words(self, slot: Slot) -> str | None:
        """The slot's text with its placeholders filled; nothing where a value that it needs is empty."""
        parts = self.parts(slot)
        return None if parts is None else "".join(part.words for part in parts).strip()

    def parts(self, slot: Slot) -> tuple[Part, ...] | None:
        """The same in stretches that tell values from what was written into the text."""
        text = self.source(slot)
        return None if text is None else self.context.parts(text) or None

    def origin(self, slot: Slot) -> Origin:
        """Where the slot's content was written."""
        text = self.source(slot) if slot.type in OF_ONE_TEXT else None
        span = self.context.span(str(slot.name), text.span if text is not None else slot.span)
        return Origin(span, str(slot.name), self.context.row.id if self.context.row is not None else "")

    def beside(self, slot: Slot, suffix: str) -> SourceText | None:
        """What is said of a slot's picture under its name and a suffix: by the recipe, else beside its own column."""
        filling = self.fill.get(SourceText(f"{slot.name}{suffix}", slot.span))
        if filling is not None:
            return filling.text
        named = self.named(slot)
        if len(named) != 1 or (column := f"{named[0]}{suffix}") not in self.context.columns():
            return None
        return SourceText(f"{{{column}}}", self.context.span(column, slot.span))

    def named(self, slot: Slot) -> tuple[str, ...]:
        """The columns that the slot's text names; none where it is the same for every row."""
        return tuple(column for column, *_ in placeholders(self.source(slot) or ""))

    # settings of a mapping in the recipe

    def setting(self, slot: Slot, name: str) -> SourceText | None:
        """One setting that is a text."""
        value = self._settings(slot, name)
        return value if isinstance(value, SourceText) else None

    def setting_words(self, slot: Slot, name: str, context: Context | None = None) -> str:
        """One setting with its placeholders filled from ``context``; empty where it or a value is missing."""
        text = self.setting(slot, name)
        return ((context or self.context).words(text) or "") if text is not None else ""

    def need(self, slot: Slot, name: str) -> SourceText:
        """A setting that the element cannot do without.

        Raises:
            ProducerError: it is missing.
        """
        found = self.setting(slot, name)
        if found is None:
            filling = self.filling(slot)
            facts: dict[str, str | int] = {"slot": str(slot.name), "key": name}
            span = filling.span if filling is not None else slot.span
            raise ProducerError([Diagnostic("scene/missing-setting", span, facts)])
        return found

    def pairs(self, slot: Slot, name: str) -> dict[str, SourceText]:
        """A setting that names things: ``{Q1: Quý I}``."""
        value = self._settings(slot, name)
        parts = value if isinstance(value, tuple) else ()
        return {p.partition("=")[0]: SourceText(p.partition("=")[2], p.span) for p in parts}

    def _settings(self, slot: Slot, name: str) -> SourceText | tuple[SourceText, ...] | None:
        filling = self.filling(slot)
        return filling.settings.get(SourceText(name, slot.span)) if filling is not None else None

    # rows

    def rows(self, slot: Slot) -> tuple[Context, ...]:
        """The rows that a chart, table or list shows, one context each.

        Raises:
            ProducerError: there are more than the slot can show: nothing is dropped silently.
        """
        name = self.setting(slot, "rows")
        if name is None and slot.each is not None:
            filling = self.fill.get(slot.each)
            name = filling.text if filling is not None else None
        table = self.tables[str(name)] if name is not None else self.context.table
        self.check_most(slot, len(table.rows))
        return tuple(replace(self.context, table=table, row=row) for row in table.rows)

    def check_most(self, slot: Slot, count: int) -> None:
        """Raise where there are more items than the slot can show."""
        if slot.most is not None and count > slot.most:
            facts: dict[str, str | int] = {"slot": str(slot.name), "count": count, "most": slot.most}
            raise ProducerError([Diagnostic("scene/too-many-items", slot.span, facts, scope=Scope.ROW)])

    # the brand's hand

    def style(self, slot: Slot) -> TextStyle:
        """The slot's text style."""
        return self.brand.styles[str(slot.style)]

    def treatment(self, slot: Slot) -> Treatment:
        """The slot's treatment, or one without any part."""
        return self.brand.treatments[str(slot.treatment)] if slot.treatment is not None else Treatment("")

    def divider(self, slot: Slot) -> Divider | None:
        """The mark that sets off the slot's text."""
        spec = self.treatment(slot).divider
        if spec is None:
            return None
        return Divider(self.inks.ink(self.role(spec.ink)), spec)

    def slot_role(self, slot: Slot, fallback: str) -> str:
        """The role of the slot's ink, or ``fallback`` where the template names none."""
        if slot.ink == "accent" and slot.style is not None and self.style(slot).sizes[-1] < self.large:
            return self.inks.fine
        return self.role(str(slot.ink)) if slot.ink is not None else fallback

    def emphasis(self, slot: Slot) -> Ink | None:
        """The ink of a slot's words between stars; nothing where they keep the ink of the text.

        A role that cannot be read on its ground gives way to the text's, as `accent` does.
        """
        if slot.emphasis is None:
            return None
        inks, role = self.inks, self.role(str(slot.emphasis))
        return inks.ink(inks.readable((role, inks.text), inks.ground, LEAST_LARGE))

    def role(self, role: str) -> str:
        """A role as the ground wants it: `accent` and `muted` mean those that can be read there."""
        return {"accent": self.inks.accent, "muted": self.inks.muted}.get(role, role)
