"""Slots become elements: one builder for each type of slot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from producer.brand.model import Artwork, Brand, FrameShape, Treatment
from producer.data.model import Table, Value
from producer.diagnostics import Diagnostic, ProducerError, Scope, SourceText, Span
from producer.recipe.model import Filling, Slot, SlotType
from producer.scene.context import Context
from producer.scene.filter import amount_words, number_words, value_words
from producer.scene.ink import Inks
from producer.scene.model import (
    ChartElement,
    ChartKind,
    Divider,
    Element,
    ListElement,
    ListItem,
    Look,
    NumberCard,
    NumberElement,
    NumbersElement,
    Origin,
    Picture,
    PictureElement,
    QrElement,
    Role,
    Run,
    SignatureElement,
    TableElement,
    TextElement,
    TimelineElement,
    TimelineEntry,
)

EMPTY_WORDS = "–"


@dataclass(frozen=True, slots=True)
class Filler:
    """All that a slot's content can come from."""

    brand: Brand
    context: Context
    tables: Mapping[str, Table]
    fill: Mapping[SourceText, Filling]
    slots: Mapping[str, Slot]
    inks: Inks
    today: date
    picture: Callable[[str, Span], Picture]
    signature: Callable[[Slot, Inks], SignatureElement]

    def element(self, slot: Slot) -> Element | None:
        """Return the slot's element, or nothing where an optional slot has no value.

        Raises:
            ProducerError: a slot that must be filled is not, or its value cannot be used.
        """
        made = BUILDERS[slot.type](self, slot)
        if made is None and not slot.optional:
            span = self.context.span(str(slot.name), slot.span)
            facts = {"slot": str(slot.name), "label": slot.label or str(slot.name)}
            raise ProducerError([Diagnostic("scene/empty-slot", span, facts, scope=Scope.ROW)])
        return made

    def filling(self, slot: Slot) -> Filling | None:
        """What the recipe puts into the slot."""
        return self.fill.get(slot.name)

    def source(self, slot: Slot) -> SourceText | None:
        """The text of a slot: the recipe's, else the template's, else the column of its own name."""
        filling = self.filling(slot)
        if filling is not None and filling.text is not None:
            return filling.text
        if slot.text is not None:
            return slot.text
        if str(slot.name) in self.context.columns():
            place = self.context.span(str(slot.name), slot.span)
            return SourceText(f"{{{slot.name}}}", place)
        return None

    def words(self, slot: Slot) -> str | None:
        """The slot's text with its placeholders filled."""
        text = self.source(slot)
        return None if text is None else self.context.words(text) or None

    def origin(self, slot: Slot) -> Origin:
        """Where the slot's content was written."""
        text = self.source(slot) if slot.type in (SlotType.TEXT, SlotType.QUOTE, SlotType.PHOTO) else None
        span = text.span if text is not None else slot.span
        row = self.context.row
        return Origin(
            self.context.span(str(slot.name), span), str(slot.name), row.id if row is not None else ""
        )

    def treatment(self, slot: Slot) -> Treatment:
        """The slot's treatment, or one without any part."""
        return self.brand.treatments[str(slot.treatment)] if slot.treatment is not None else Treatment("")

    def divider(self, slot: Slot) -> Divider | None:
        """The mark that sets off the slot's text."""
        spec = self.treatment(slot).divider
        if spec is None:
            return None
        role = self.inks.accent if spec.ink == "accent" else spec.ink
        return Divider(self.inks.ink(role), spec)

    def role_ink(self, slot: Slot, fallback: str) -> str:
        """The role of the slot's ink; `accent` and `muted` mean those of the ground it stands on."""
        if slot.ink is None:
            return fallback
        return {"accent": self.inks.accent, "muted": self.inks.muted}.get(str(slot.ink), str(slot.ink))

    def setting(self, slot: Slot, name: str) -> SourceText | None:
        """One setting of a mapping in the recipe."""
        filling = self.filling(slot)
        value = filling.settings.get(SourceText(name, slot.span)) if filling is not None else None
        return value if isinstance(value, SourceText) else None

    def pairs(self, slot: Slot, name: str) -> dict[str, SourceText]:
        """A setting that names things: ``{Q1: Quý I}``."""
        filling = self.filling(slot)
        value = filling.settings.get(SourceText(name, slot.span)) if filling is not None else None
        parts = value if isinstance(value, tuple) else ()
        return {p.partition("=")[0]: SourceText(p.partition("=")[2], p.span) for p in parts}

    def rows(self, slot: Slot) -> tuple[Context, ...]:
        """The rows that a chart, table or list shows, one context each."""
        name = self.setting(slot, "rows")
        if name is None and slot.each is not None:
            filling = self.fill.get(slot.each)
            name = filling.text if filling is not None else None
        table = self.tables[str(name)] if name is not None else self.context.table
        return tuple(Context(table, row) for row in table.rows)

    def need(self, slot: Slot, name: str) -> SourceText:
        """A setting that the element cannot do without."""
        found = self.setting(slot, name)
        if found is None:
            filling = self.filling(slot)
            facts = {"slot": str(slot.name), "key": name}
            span = filling.span if filling is not None else slot.span
            raise ProducerError([Diagnostic("scene/missing-setting", span, facts)])
        return found

    def check_most(self, slot: Slot, count: int) -> None:
        """Raise where there are more items than the slot can show: nothing is dropped silently."""
        if slot.most is not None and count > slot.most:
            facts = {"slot": str(slot.name), "count": count, "most": slot.most}
            raise ProducerError([Diagnostic("scene/too-many-items", slot.span, facts, scope=Scope.ROW)])


def _runs(words: str) -> tuple[Run, ...]:
    """Words with ``*…*`` set bold."""
    parts = words.split("*")
    if len(parts) % 2 == 0:  # an odd star is a star
        return (Run(words),)
    return tuple(Run(part, bold=bool(at % 2)) for at, part in enumerate(parts) if part)


def text(filler: Filler, slot: Slot) -> TextElement | None:
    """Words."""
    words = filler.words(slot)
    if words is None:
        return None
    return TextElement(
        str(slot.name),
        Role.BODY,
        _runs(words),
        filler.brand.styles[str(slot.style)],
        filler.inks.ink(filler.role_ink(slot, filler.inks.text)),
        filler.origin(slot),
        align=slot.align,
        divider=filler.divider(slot),
    )


def listing(filler: Filler, slot: Slot) -> ListElement | None:
    """Items; one whose column is empty gives up its place."""
    filling = filler.filling(slot)
    item_text = filler.setting(slot, "text") or (slot.items[0] if slot.items else None)
    pairs: list[tuple[str, Artwork | None]] = []
    if slot.each is not None or filler.setting(slot, "rows") is not None:
        if item_text is None:
            filler.need(slot, "text")
        contexts = filler.rows(slot)
        pairs = [(words, None) for c in contexts if item_text is not None and (words := c.words(item_text))]
    else:
        given = filling.items if filling is not None and filling.items else slot.items
        icons = [filler.brand.icons[str(icon)] for icon in slot.icons]
        for at, item in enumerate(given):
            words = filler.context.words(item)
            if words:
                pairs.append((words, icons[at] if at < len(icons) else None))
    if not pairs:
        return None
    filler.check_most(slot, len(pairs))
    return ListElement(
        str(slot.name),
        Role.BODY,
        tuple(ListItem(_runs(words), icon) for words, icon in pairs),
        filler.brand.styles[str(slot.style)],
        filler.inks.ink(filler.role_ink(slot, filler.inks.text)),
        filler.inks.ink(filler.inks.accent),
        filler.origin(slot),
        numbered=slot.type is SlotType.STEPS or slot.each is not None,
        divider=filler.divider(slot),
    )


def photo(filler: Filler, slot: Slot) -> PictureElement | None:
    """A photograph or illustration with its frame and look."""
    words = filler.source(slot)
    value = filler.context.words(words) if words is not None else None
    if not value or words is None:
        return None
    origin = filler.origin(slot)
    made = filler.treatment(slot)
    inks = filler.inks
    look = made.look and Look(
        made.look.kind, inks.ink(made.look.dark), inks.ink(made.look.light), made.look.strength
    )
    frame = made.frame
    return PictureElement(
        str(slot.name),
        filler.picture(value, origin.span),
        alt=alt_words(filler, slot),
        origin=origin,
        cover=slot.crop != "whole",
        look=look,
        frame=frame.shape if frame else FrameShape.NONE,
        line=inks.ink(frame.line) if frame and frame.line else None,
        line_width=frame.line_width if frame and frame.line else 0.0,
        bleed=frame.bleed if frame else True,
        find_focus=slot.crop == "faces",
    )


def alt_words(filler: Filler, slot: Slot) -> str:
    """What a picture shows, for those who cannot see it: its row's own words, else its label."""
    row = filler.context.row
    for column in ("photo_alt", "title"):
        value = row.values.get(column) if row is not None else None
        if isinstance(value, str):
            return value
    return slot.label


def number(filler: Filler, slot: Slot) -> NumberElement | None:
    """One figure; its label is the slot's text."""
    given = filler.setting(slot, "value")
    if given is None:
        column = str(slot.name)
        if column not in filler.context.columns():
            return None
        given = SourceText(f"{{{column}}}", filler.context.span(column, slot.span))
    value: Value = filler.context.raw(given)
    if value is None:
        return None
    if isinstance(value, str):
        try:
            value = Decimal(value)
        except ArithmeticError as error:
            facts = {"column": str(slot.name), "value": str(value), "form": "1234.5"}
            raise ProducerError(
                [Diagnostic("data/wrong-type", given.span, facts, scope=Scope.ROW)]
            ) from error
    if not isinstance(value, Decimal):
        facts = {"column": str(slot.name), "value": value_words(value), "form": "1234.5"}
        raise ProducerError([Diagnostic("data/wrong-type", given.span, facts, scope=Scope.ROW)])
    label_text = filler.setting(slot, "label") or slot.text
    label = filler.context.words(label_text) if label_text is not None else ""
    unit = filler.setting(slot, "unit")
    styles = filler.brand.styles
    shown = number_words(value)
    return NumberElement(
        str(slot.name),
        shown,
        value,
        len(shown.partition(",")[2]),
        label or "",
        styles[str(slot.style)],
        styles["statement"],
        filler.inks.ink(filler.role_ink(slot, filler.inks.accent)),
        filler.inks.ink(filler.inks.text),
        filler.origin(slot),
        counts=slot.count == "up",
        suffix=(filler.context.words(unit) or "") if unit is not None else "",
    )


def numbers(filler: Filler, slot: Slot) -> NumbersElement | None:
    """Cards of figures, one for each row."""
    if filler.filling(slot) is None:
        return None
    cards = tuple(card(filler, slot, context) for context in filler.rows(slot))
    filler.check_most(slot, len(cards))
    inks = filler.inks
    return NumbersElement(
        str(slot.name),
        cards,
        filler.brand.styles[str(slot.style)],
        filler.brand.styles["label"],
        inks.ink("ink"),
        inks.ink("slate" if "slate" in inks.colours else "muted"),
        inks.ink("good"),
        inks.ink("short"),
        inks.ink("background"),
        inks.ink("line"),
        inks.ink("paper"),
        filler.origin(slot),
    )


def card(filler: Filler, slot: Slot, context: Context) -> NumberCard:
    """One figure with its progress; a missing one says so and has none."""
    value = context.raw(filler.need(slot, "value"))
    target_text = filler.setting(slot, "target")
    target = context.raw(target_text) if target_text is not None else None
    unit_text = filler.setting(slot, "unit")
    unit = value_words(context.raw(unit_text)) if unit_text is not None else ""
    label = value_words(context.raw(filler.need(slot, "label")))
    note_text = filler.setting(slot, "note")
    note = (context.words(note_text) or "") if note_text is not None else ""
    if not isinstance(value, Decimal):
        empty = filler.setting(slot, "empty")
        return NumberCard(EMPTY_WORDS, "", label, str(empty or ""), None, None)
    figure, unit = amount_words(value, unit)
    progress = float(value / target) if isinstance(target, Decimal) and target else None
    met = value >= target if isinstance(target, Decimal) else None
    if met is False and filler.setting(slot, "running") == "yes":
        met = None  # the period still runs: what is missing today is not short
    return NumberCard(figure, unit, label, note, progress, met)


def chart(filler: Filler, slot: Slot) -> ChartElement | None:
    """Values by category."""
    if filler.filling(slot) is None:
        return None
    contexts = filler.rows(slot)
    names = filler.pairs(slot, "names")
    x, y = filler.need(slot, "x"), filler.need(slot, "y")
    target = filler.setting(slot, "target")
    categories = [value_words(c.raw(x)) for c in contexts]
    values = tuple(_figure(c, y) for c in contexts)
    unit = filler.setting(slot, "unit")
    title = filler.setting(slot, "title")
    kind = filler.setting(slot, "type") or SourceText("column", slot.span)
    if kind not in {k.value for k in ChartKind}:
        facts = {
            "name": str(kind),
            "nearest": "column",
            "known": ", ".join(k.value for k in ChartKind),
            "field": "type",
        }
        raise ProducerError([Diagnostic("recipe/unknown-word", kind.span, facts)])
    inks = filler.inks
    whole = Context(contexts[0].table, None) if contexts else filler.context
    empty = str(filler.setting(slot, "empty") or "chưa có số liệu")
    shown = [
        f"{names.get(c, c)}: {number_words(v) if v is not None else empty}"
        for c, v in zip(categories, values, strict=True)
    ]
    heading = whole.words(title) or "" if title is not None else ""
    return ChartElement(
        str(slot.name),
        ChartKind(str(kind)),
        heading,
        whole.words(unit) or "" if unit is not None else "",
        tuple(str(names.get(c, c)) for c in categories),
        values,
        tuple(_figure(c, target) for c in contexts) if target is not None else (),
        str(names.get(str(y), slot.label or str(y))),
        str(names.get(str(target), "Chỉ tiêu")),
        empty,
        filler.brand.styles[str(slot.style)],
        inks.ink(inks.text),
        inks.ink(inks.muted),
        inks.ink(filler.brand.series[0] if filler.brand.series else "background"),
        inks.ink(filler.brand.series[1] if len(filler.brand.series) > 1 else "accent"),
        filler.origin(slot),
        alt=f"{heading}: {'; '.join(shown)}",
        source=str(filler.setting(slot, "source") or ""),
    )


def _figure(context: Context, column: SourceText) -> Decimal | None:
    """A value of a chart; nothing stays nothing."""
    value = context.raw(column)
    if value is None or isinstance(value, Decimal):
        return value
    facts = {"column": str(column), "value": value_words(value), "form": "1234.5"}
    place = context.span(str(column), column.span)
    raise ProducerError([Diagnostic("data/wrong-type", place, facts, scope=Scope.ROW)])


def table(filler: Filler, slot: Slot) -> TableElement | None:
    """Rows of words under a head."""
    columns = filler.pairs(slot, "columns")
    if not columns:
        return None
    contexts = filler.rows(slot)
    filler.check_most(slot, len(contexts))
    texts = {SourceText("{" + name + "}", head.span): head for name, head in columns.items()}
    first = contexts[0] if contexts else filler.context
    inks = filler.inks
    empty = str(filler.setting(slot, "empty") or EMPTY_WORDS)
    return TableElement(
        str(slot.name),
        tuple(str(head) for head in columns.values()),
        tuple(tuple(c.words(cell) or empty for cell in texts) for c in contexts),
        tuple(isinstance(first.raw(cell), Decimal) for cell in texts),
        filler.brand.styles[str(slot.style)],
        inks.ink("ink"),
        inks.ink("background"),
        inks.ink("paper"),
        inks.ink("tint" if "tint" in inks.roles else "line"),
        inks.ink("line"),
        filler.origin(slot),
    )


def timeline(filler: Filler, slot: Slot) -> TimelineElement | None:
    """Moments in order."""
    if filler.filling(slot) is None:
        return None
    when, what = filler.need(slot, "when"), filler.need(slot, "text")
    entries = tuple(
        TimelineEntry(c.words(when) or "", c.words(what) or "", (c.day() or date.max) <= filler.today)
        for c in filler.rows(slot)
    )
    filler.check_most(slot, len(entries))
    inks = filler.inks
    return TimelineElement(
        str(slot.name),
        entries,
        filler.brand.styles[str(slot.style)],
        inks.ink(inks.text),
        inks.ink(inks.accent),
        inks.ink(inks.muted),
        inks.ink(inks.ground[0]),
        filler.origin(slot),
    )


def qr(filler: Filler, slot: Slot) -> QrElement | None:
    """An address as a QR code."""
    payload = filler.words(slot)
    if payload is None:
        return None
    style = filler.brand.styles[str(slot.style)]
    return QrElement(
        str(slot.name),
        payload,
        slot.label,
        style,
        filler.inks.ink("ink"),
        filler.inks.ink("paper"),
        filler.origin(slot),
    )


def signature(filler: Filler, slot: Slot) -> SignatureElement:
    """The union's own line."""
    return filler.signature(slot, filler.inks)


def nothing(_filler: Filler, _slot: Slot) -> None:
    """Slots that hold no element: rows and sound."""


BUILDERS: Mapping[SlotType, Callable[[Filler, Slot], Element | None]] = {
    SlotType.TEXT: text,
    SlotType.QUOTE: text,
    SlotType.LIST: listing,
    SlotType.STEPS: listing,
    SlotType.PHOTO: photo,
    SlotType.NUMBER: number,
    SlotType.NUMBERS: numbers,
    SlotType.CHART: chart,
    SlotType.TABLE: table,
    SlotType.TIMELINE: timeline,
    SlotType.QR: qr,
    SlotType.SIGNATURE: signature,
    SlotType.ROWS: nothing,
    SlotType.SOUND: nothing,
}
