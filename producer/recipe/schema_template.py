"""What may stand in a template, with the words and the example that editors and docs show."""

from __future__ import annotations

from typing import Literal

from producer.recipe.model import Kind, Move, SlotType
from producer.recipe.schema_type import (
    Keys,
    Seconds,
    Text,
    Texts,
    key,
)


class SlotKeys(Keys):
    """A place to be filled."""

    type: SlotType = key("What it holds.", "text")
    style: Text | None = key("The brand's text style.", "headline", None)
    optional: bool = key("Gives up its place where there is no value.", "true", False)
    when: Text | None = key("Only where this slot is filled.", "before", None)
    label: str = key("What staff read beside the field.", "Tên sự kiện", "")
    help: str = key("A hint for staff.", "Không quá 12 từ", "")
    text: Text | None = key("What it says where neither recipe nor row fill it.", "Trân trọng kính mời", None)
    items: tuple[Text, ...] = key("The items of a list.", '["{start_time | time}", "{place}"]', ())
    icons: tuple[Text, ...] = key("The brand's icons of the items, in order.", "[clock, pin]", ())
    each: Text | None = key("One item for every row of this rows slot.", "highlights", None)
    treatment: Text | None = key("A frame, look or divider of the brand.", "slant", None)
    ink: Text | None = key("The role of its ink.", "accent", None)
    emphasis: Text | None = key("The role of its words between two `*`.", "accent", None)
    align: Literal["start", "centre", "end"] = key("How its lines stand.", "start", "start")
    crop: Literal["faces", "centre", "whole"] = key("What a picture keeps when it is cut.", "faces", "faces")
    count: Literal["", "up"] = key("A number of a clip counts.", "up", "")
    most: int | None = key("How many items it can show; more is an error.", "6", None, ge=1, le=60)
    need: Literal["document-number", "date"] | None = key(
        "What its words must hold, or nothing is made: the number of a document, or a date.",
        "document-number",
        None,
    )
    quote: bool = key(
        "Somebody's own words: no check of spelling or tidiness speaks of them. So is a slot of type `quote`.",
        "true",
        False,
    )


class PageKeys(Keys):
    """One page of a clip or deck."""

    ground: Text | None = key("A treatment, a role or a photo slot.", "sunrise", None)
    shapes: dict[Text, Text] = key("A drawing for each shape of page.", "{any: title}")
    panels: dict[Text, Texts] = key("Treatments laid under cells.", "{card: [facts, sign]}", {})
    over: Text | None = key("The photo slot that the cells stand on.", "photo", None)
    when: Text | None = key("Only where this slot is filled.", "figure", None)
    each: Text | None = key("One page for every row of this rows slot.", "highlights", None)
    hold: Seconds | None = key(
        "How long it stays; otherwise as long as its words take to read.", "2.4s", None
    )
    move: Move = key("How its picture moves.", "zoom-in", Move.NONE)
    notes: Text | None = key("What the speaker says.", "{message}", None)


class SettingKeys(Keys):
    """What a look sets anew of a slot."""

    style: Text | None = key("The brand's text style.", "statement", None)
    treatment: Text | None = key("A frame, look or divider of the brand.", "arch", None)
    ink: Text | None = key("The role of its ink.", "accent", None)
    emphasis: Text | None = key("The role of its words between two `*`.", "accent", None)
    align: Literal["start", "centre", "end"] | None = key("How its lines stand.", "centre", None)
    crop: Literal["faces", "centre", "whole"] | None = key("What a picture keeps.", "whole", None)


class VariantKeys(Keys):
    """One of the looks that a still can be made in."""

    about: str = key("What it is for, in words of staff.", "Ảnh tràn trang, chữ nằm trên ảnh", "")
    ground: Text | None = key("A treatment, a role or a photo slot.", "sunrise", None)
    shapes: dict[Text, Text] = key("A drawing for each shape of page.", "{tall: title}", {})
    pages: dict[Text, PageKeys] = key(
        "Pages in their order, instead of one drawing.", "{cover: {shapes: {any: title}}}", {}
    )
    panels: dict[Text, Texts] = key("Treatments laid under cells.", "{card: [facts, sign]}", {})
    over: Text | None = key("The photo slot that the cells stand on.", "photo", None)
    set: dict[Text, SettingKeys] = key("Slots set otherwise in this look.", "{photo: {treatment: arch}}", {})


class TemplateKeys(Keys):
    """What a piece holds and where it stands."""

    about: str = key("What it is for, in words of staff.", "Áp phích sự kiện")
    kind: Kind = key("still, clip or deck.", "still")
    ground: Text | None = key("A treatment, a role or a photo slot.", "sunrise", None)
    slots: dict[Text, SlotKeys] = key("What it holds, by name.", "{title: {type: text, style: headline}}")
    shapes: dict[Text, Text] = key("A drawing for each shape of page.", "{tall: title}", {})
    panels: dict[Text, Texts] = key("Treatments laid under cells.", "{card: [facts, sign]}", {})
    over: Text | None = key("The photo slot that the cells stand on.", "photo", None)
    looks: dict[Text, VariantKeys] = key(
        "Looks to choose from, of a still, instead of one drawing.", "{chu-lon: {shapes: {any: title}}}", {}
    )
    until: Text | None = key(
        "The column with the last day of what it offers: after it, no product is made.", "until", None
    )
    pages: dict[Text, PageKeys] = key(
        "Pages in their order, of a clip or deck.", "{end: {shapes: {any: sign}}}", {}
    )
    approvers: int = key(
        "How many people must sign its products, where approval is required.", "2", 1, ge=1, le=3
    )
