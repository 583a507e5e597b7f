"""What the columns of one row say of each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, time
from decimal import Decimal

from producer.data.model import Row
from producer.facts.coming import announced
from producer.facts.model import NAMES, Finding, contradiction, doubt, shown
from producer.facts.number import plain
from producer.facts.reading import Reading
from producer.facts.weekday import WEEKDAYS
from producer.occasion import Occasion

# Columns of one row of which the second comes after the first.
SPANS = (("start_date", "end_date"), ("from", "until"), ("start", "end"), ("begin", "end"))
HOURS = (("start_time", "end_time"),)
_YEARS = re.compile(r"(\d{1,3})\s+năm", re.IGNORECASE)

Found = tuple[str, Finding]  # of which column


def row_findings(row: Row, today: date, occasions: Mapping[str, Occasion]) -> Iterator[Found]:
    """Yield the contradictions between the columns of a row, each with the column that shows it."""
    yield from _backward(row)
    yield from _weekday(row)
    yield from _years(row, occasions)
    yield from _figure(row)
    if row.day is not None and row.day < today and _last(row) < today:
        for column, value in row.values.items():
            words = announced(value) if isinstance(value, str) else ""
            if words:
                yield (
                    column,
                    doubt("facts/past-as-coming", written=words, date=shown(row.day), today=shown(today)),
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
    if row.day is None:
        return
    for column, value in row.values.items():
        if isinstance(value, str) and len(value) < 12:
            written = " ".join(value.lower().split())
            if written in WEEKDAYS and WEEKDAYS[written] != row.day.weekday():
                right = NAMES[row.day.weekday()]
                yield (
                    column,
                    contradiction("facts/wrong-weekday", written=value, date=shown(row.day), right=right),
                )


def _years(row: Row, occasions: Mapping[str, Occasion]) -> Iterator[Found]:
    """A count of years in a cell of its own, of the day that the row is for."""
    occasion = occasions.get(str(row.values.get("calendar_id") or ""))
    if occasion is None or occasion.since is None or row.day is None:
        return
    right = row.day.year - occasion.since
    for column, value in row.values.items():
        found = _YEARS.fullmatch(value.strip()) if isinstance(value, str) else None
        if found and int(found[1]) != right:
            yield column, contradiction("facts/wrong-years", written=found[1], right=str(right))


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
