"""What may stand in a recipe, with the words and the example that editors and docs show."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from producer.data.model import ColumnType
from producer.recipe.schema_type import (
    Day,
    Keys,
    Millimetres,
    Text,
    Texts,
    key,
)

Side = Annotated[int, Field(ge=16, le=20_000)]  # px
TrimSide = Annotated[float, Field(ge=5, le=20_000)]  # mm
Free = Annotated[float, Field(ge=0, le=20_000)]  # px or mm
Length = Annotated[float, Field(gt=0, le=3600)]  # s
Conditions = dict[Text, Texts]


class DataKeys(Keys):
    """Where rows come from."""

    file: Text | None = key(
        "The file with the rows, from the project folder.", "assets/data/events.csv", None
    )
    parent: Text | None = key("Another data name to take rows from.", "events", None, alias="from")
    sheet: Text | None = key("The sheet of a workbook; the first where none is named.", "Sự kiện", None)
    columns: dict[Text, Text] = key(
        "What we call columns, where the file calls them otherwise.", "{title: Tên hoạt động}", {}
    )
    id: Texts = key("The column that names a row, or several.", "event_id", ())
    types: dict[Text, ColumnType] = key(
        "What columns hold, where it is not text: name, number, date, time, list, photo.",
        "{start_date: date}",
        {},
    )
    only: Conditions = key("Keep rows where every column holds one of these.", "{formats: [reel, video]}", {})
    exclude: Conditions = key("Leave out rows that match.", "{photo: none}", {}, alias="except")
    order: Texts = key("Sort by these columns; `-` before one turns it round.", "start_date", ())
    group: dict[Text, Text] = key(
        "One row for each value of `by`; other columns by sum, count, mean, first or last.",
        "{by: indicator_id, actual: sum}",
        {},
    )


class PieceKeys(Keys):
    """One kind of product."""

    template: Text = key("The template that it is made with.", "su-kien")
    each: Text | None = key("Make one from every row of this data.", "events", None)
    all: Text | None = key("Make one from all rows of this data.", "indicators", None)
    only: Conditions = key("Keep rows where every column holds one of these.", "{formats: poster}", {})
    exclude: Conditions = key("Leave out rows that match.", "{photo: none}", {}, alias="except")
    order: Texts = key("Sort by these columns.", "start_date", ())
    channels: Texts = key("Where it goes: presets or groups of presets.", "[poster-a3, fb-post-portrait]", ())
    post: Text | None = key(
        "A text file beside every picture for social networks.", '"{title}. {place}"', None
    )
    purpose: Text | None = key(
        "What it is for, in the words in which people were asked; left out, that of the recipe.",
        "bản tin nội bộ",
        None,
    )
    look: Text | None = key(
        "The look of the template; left out, neighbours in a series differ. A row's own `look` comes first.",
        "chu-lon",
        None,
    )
    sheet: Literal["", "a4", "a3", "sra3"] = key(
        "Several to a sheet of this size, with crop marks, in one file; print only.", "a4", ""
    )
    fill: dict[Text, Any] = key(
        "What goes into a slot, where the column of its own name does not.",
        "{title: Năm 2025}",
        {},
        alias="with",
    )


class ChannelKeys(Keys):
    """A preset of the recipe's own, or changes to one of ours."""

    kind: Literal["image", "print", "video", "deck"] | None = key("What kind of file.", "image", None)
    size: tuple[Side, Side] | None = key("Width and height in px.", "[1080, 1350]", None)
    trim: tuple[TrimSide, TrimSide] | None = key("Width and height after cutting, in mm.", "[297, 420]", None)
    bleed: Millimetres | None = key("What is printed beyond the cut.", "3mm", None)
    safe: tuple[Free, Free, Free, Free] | None = key(
        "What must stay free: top, right, bottom, left; px, or mm in print.", "[64, 64, 64, 64]", None
    )
    inks: Literal["all", "flat", "one"] | None = key(
        "What is printed: all inks, some flat ones without tints, or one.", "one", None
    )
    round: bool | None = key("The cut is the circle inside its square.", "true", None)
    repeat: Millimetres | None = key(
        "A band of print whose artwork comes again along it: after how much.", "90mm", None
    )
    dpi: int | None = key(
        "Resolution of pictures in print; 300 where a channel of its own names none.",
        "300",
        None,
        ge=36,
        le=1200,
    )
    formats: tuple[Literal["png", "jpg", "webp", "avif", "tif", "svg", "pdf", "pptx", "mp4"], ...] = key(
        "The file formats; each is made.", "[png, webp]", ()
    )
    max_mb: float | None = key(
        "The most megabytes of a picture; its quality is lowered until it fits.", "0.3", None, gt=0, le=4000
    )
    seconds: tuple[Length, Length] | None = key("Least and most length of a clip.", "[12, 20]", None)


class RecipeKeys(Keys):
    """What to make."""

    title: Text = key("What the campaign is called.", "Tháng Công nhân 2025")
    today: Day = key("The day by which past and coming are judged; there is no clock.", "2025-04-15")
    data: dict[Text, DataKeys] = key("Named rows.", "{events: {file: assets/data/events.csv, id: event_id}}")
    pieces: dict[Text, PieceKeys] = key(
        "What is made, by name.", "{poster: {template: su-kien, each: events}}", min_length=1
    )
    channels_: dict[Text, ChannelKeys] = key(
        "Presets of this recipe, or changes to ours.",
        "{tv-hall: {kind: image, size: [1920, 1080]}}",
        {},
        alias="channels",
    )
    purpose: Text | None = key(
        "What the campaign is for, in the words in which people were asked who are shown in it.",
        "tuyên truyền",
        None,
    )
    units: Literal["none", "all"] = key(
        "`all` makes the same set for every unit of the organisation.", "none", "none"
    )
    accept: dict[Text, dict[Text, Text]] = key(
        "Waivers: check, place, reason.", "{photo/low-dpi: {poster/EV-2025-11: Ảnh duy nhất}}", {}
    )
