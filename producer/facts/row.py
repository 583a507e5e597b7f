"""What the columns of one row say of each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, time
from decimal import Decimal

from producer.data.model import Row
from producer.facts.coming import announced
from producer.facts.holiday import counts_on
from producer.facts.model import NAMES, Finding, contradiction, doubt, shown
from producer.facts.number import WORDS, plain, spelt
from producer.facts.reading import Reading
from producer.facts.row_hour import wrong_hours
from producer.facts.weekday import WEEKDAYS
from producer.occasion import Occasion

# Columns of one row of which the second comes after the first.
SPANS = (("start_date", "end_date"), ("from", "until"), ("start", "end"), ("begin", "end"))
HOURS = (("start_time", "end_time"),)
_N = rf"(\d{{1,3}}|(?<!\w){WORDS})"
_YEARS = re.compile(rf"\s*{_N}\s+năm\s*", re.IGNORECASE)
# A count of years that can be of nothing but the row's occasion: the clause ends behind it, or a slogan begins.
_KEPT = re.compile(
    rf"\b(?:kỷ\s+niệm|(?:chào\s+)?mừng)\s+(?:tròn\s+)?(?:lần\s+thứ\s+{_N}|{_N}\s+(?:năm|mùa\s+(?:xuân|thu)))"
    r"\s*(?=$|[–—,.;:!?()\n])",
    re.IGNORECASE,
)
_SLOGAN = re.compile(rf"^\W*{_N}\s+(?:năm|mùa\s+(?:xuân|thu))\s*(?:[–—:!]|$)", re.IGNORECASE)

Found = tuple[str, Finding]  # of which column


def row_findings(row: Row, today: date, occasions: Mapping[str, Occasion]) -> Iterator[Found]:
    """Yield the contradictions between the columns of a row, each with the column that shows it."""
    yield from _backward(row)
    yield from _weekday(row)
    yield from _years(row, occasions)
    yield from _figure(row)
    yield from wrong_hours(row)
    day = row.day
    if day is not None and day < today and _last(row) < today:
        for column, value in row.values.items():
            words = announced(value) if isinstance(value, str) else ""
            if words:
                yield (
                    column,
                    doubt("facts/past-as-coming", written=words, date=shown(day), today=shown(today)),
                )


def _last(row: Row) -> date:
    return max((value for value in row.values.values() if isinstance(value, date)), default=date.min)


def _backward(row: Row) -> Iterator[Found]:
    """Ends before their beginnings."""
    for first, last in SPANS:
        begun, ended = row.values.get(first), row.values.get(last)
        if isinstance(begun, date) and isinstance(ended, date) and ended < begun:
            yield last, contradiction("facts/ends-before-start", first=shown(begun), last=shown(ended))
    begun, ended = row.values.get("start_date"), row.values.get("end_date")
    if isinstance(begun, date) and ended in (None, begun):
        for first, last in HOURS:
            opens, closes = row.values.get(first), row.values.get(last)
            late = isinstance(opens, time) and opens.hour >= 17 and ended is None
            if isinstance(opens, time) and isinstance(closes, time) and closes < opens and not late:
                yield (
                    last,
                    contradiction("facts/ends-before-start", first=f"{opens:%H:%M}", last=f"{closes:%H:%M}"),
                )


def _weekday(row: Row) -> Iterator[Found]:
    """A weekday in a cell of its own beside the row's date."""
    day = row.day
    if day is None:
        return
    for column, value in row.values.items():
        if isinstance(value, str) and len(value) < 12 and value.lstrip()[:1] in ("T", "C", "t", "c"):
            written = " ".join(value.lower().split())
            if written in WEEKDAYS and WEEKDAYS[written] != day.weekday():
                right = NAMES[day.weekday()]
                yield (
                    column,
                    contradiction("facts/wrong-weekday", written=value, date=shown(day), right=right),
                )


def _years(row: Row, occasions: Mapping[str, Occasion]) -> Iterator[Found]:
    """A count of years that its text leaves to the row: of the day of the calendar that the row is for."""
    occasion = occasions.get(str(row.values.get("calendar_id") or ""))
    rights = counts_on(occasion, row.day) if occasion is not None and row.day is not None else ()
    if not rights or row.day is None:
        return
    for column, value in row.values.items():
        if isinstance(value, str) and ("năm" in value or "mùa" in value or "lần" in value):
            found = _YEARS.fullmatch(value) or _KEPT.search(value)
            slogan = _SLOGAN.search(value) if found is None else None
            if (found or slogan) and Reading(value, row.day).years <= {row.day.year}:
                told = contradiction if found else doubt
                count = spelt(next(filter(None, (found or slogan).groups())))  # type: ignore[union-attr]
                if count not in rights:
                    yield column, told("facts/wrong-years", written=str(count), right=str(rights[0]))
    label = row.values.get("figure_label") or row.values.get("figure_unit")
    figure = row.values.get("figure")
    counts = isinstance(label, str) and label.lower().startswith("năm ")
    if counts and isinstance(figure, Decimal) and figure not in rights:
        yield "figure", doubt("facts/wrong-years", written=plain(figure), right=str(rights[0]))


def _figure(row: Row) -> Iterator[Found]:
    """A number in the title or message against the figure of the row, where both count the same."""
    figure = row.values.get("figure")
    counted = row.values.get("figure_label") or row.values.get("figure_unit")
    if not isinstance(figure, Decimal) or not isinstance(counted, str):
        return
    noun = " ".join(counted.lower().split()[:2])
    for column in ("title", "message", "achievement"):
        value = row.values.get(column)
        if not isinstance(value, str):
            continue
        same = [
            one for one in Reading(value).numbers if one.noun == noun or (noun == "%" and one.unit == "%")
        ]
        if len(same) == 1 and same[0].value != figure and not same[0].spelt:
            yield column, doubt("facts/title-number", written=same[0].written, right=plain(figure))
