"""The keys of brand/calendar.yaml, and of the calendar that ships with producer."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from producer.recipe.schema_type import Keys, Text, Texts, key

_DAY = r"(\d{1,2})/(\d{1,2})"
LEAP = 2000  # a year that has a 29 February


def _written(pattern: str, code: str) -> BeforeValidator:
    form = re.compile(pattern)

    def read(value: object) -> object:
        if not isinstance(value, str):
            return value
        found = form.fullmatch(value.strip())
        if not found:
            raise PydanticCustomError(code, "not so written", {"value": str(value)})
        return [int(part) for part in found.groups() if part is not None]

    return BeforeValidator(read)


DayOfYear = Annotated[tuple[int, ...], _written(rf"{_DAY}(?:\.\.{_DAY})?", "calendar/not-a-day")]
LunarDay = Annotated[tuple[int, int], _written(_DAY, "calendar/not-a-day")]
Offsets = Annotated[tuple[int, int], _written(r"(-?\d{1,3})\.\.(-?\d{1,3})", "calendar/not-days")]
Lead = Annotated[tuple[Annotated[int, Field(ge=0, le=365)]], _written(r"(\d{1,4})d", "calendar/not-a-lead")]


class OccasionKeys(Keys):
    """A day of every year, by one of `day`, `lunar` and `after`. What a shipped day says need not be said again."""

    title: Text | None = key("Its name.", "Ngày truyền thống Công đoàn xã", None)
    short: Text | None = key("Its name in a list; else the title.", "Ngày truyền thống", None)
    also: Texts = key("Other names that texts give it; the checks know it by them.", "[Ngày Quốc khánh]", ())
    day: DayOfYear | None = key("A day, or the first and the last: day/month.", "1/5..31/5", None)
    lunar: LunarDay | None = key("A day of the lunar calendar: day/month.", "15/8", None)
    after: Text | None = key("The day that `days` are counted from.", "tet", None)
    days: Offsets | None = key("Days from `after`, less than 0 before it.", "-35..-3", None)
    since: Annotated[int, Field(ge=1, le=9999)] | None = key("The year that is year 0.", "1929", None)
    lead: Lead | None = key("How long before it work begins; 14d where nothing is said.", "45d", None)
    kind: Text | None = key("What kind of day, for planners.", "anniversary", None)
    weight: Literal["core", "high", "medium", "low"] | None = key("How much it matters.", "core", None)
    sure: Literal["high", "medium", "low"] | None = key("How sure the day is.", "high", None)
    note: Text | None = key("What planners must know.", "Không dùng hoa giấy", None)
    source: Text | None = key("Where it is written.", "Bộ luật Lao động 2019, điều 112", None)
    hide: bool = key("Takes a shipped day out.", "true", default=False)


class CalendarKeys(Keys):
    """The days of the year that products are planned for."""

    calendar: dict[Text, OccasionKeys] = key("Days by name.", "{union-day: {lead: 60d}}")
