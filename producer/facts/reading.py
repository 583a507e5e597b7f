"""A text as the checks read it: its sentences, dates and numbers, each read once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from producer.facts.day import LIST, RANGE, Day, read_days
from producer.facts.number import Number, read_numbers

_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?i:năm|tháng\s+\d{1,2}/|quý\s+[IV]+/)\s*(\d{4})(?![\d/])")
_NO_COUNT = re.compile(
    r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]\d|\d)(?!\s+[^\W\d_]{1,6}\s+(?:công nhân|đoàn viên))"
    r"|\d+\s*[–-]\s*\d+|[^\n=,;:]*=[^\n,;]*"
)
_CLOCK = re.compile(
    r"\d{1,2}(?:\s*(?:giờ|h|g)\s*\d{2}|:\d{2})(?!\d)|(?:lúc|từ|đến|tới|hồi)\s+\d{1,2}\s*(?:giờ|h)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[^\W\d_\s][.!?…])\s+(?=[^\W\d_a-zà-ỹ])|(?<=[\d”»)][.!?])\s+(?=[^\W\d_])|\n+")


@dataclass(frozen=True)
class Reading:
    """One text. ``anchor`` is the day that its dates without a year lie near to: of its row, or the recipe's today."""

    text: str
    anchor: date | None = None

    @cached_property
    def has_digits(self) -> bool:
        """Whether there is any digit: without one, most texts say nothing twice."""
        return _DIGIT.search(self.text) is not None

    @cached_property
    def lower(self) -> str:
        """Its words in small letters, to ask quickly whether a rule has anything to look for."""
        return self.text.lower()

    @cached_property
    def days(self) -> tuple[Day, ...]:
        """Its dates, years added to those that say none where the text leaves no choice."""
        return tuple(map(self.dated, self.written_days))

    @cached_property
    def written_days(self) -> tuple[Day, ...]:
        """Its dates as they are written."""
        return read_days(self.text) if self.has_digits or "ằm" in self.text else ()

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """Its numbers."""
        return read_numbers(self.text)

    @cached_property
    def counts(self) -> tuple[Number, ...]:
        """Its numbers that count something: no dates, years, labels, scores, nor those of a sum written out."""
        taken = [(day.start, day.end) for day in self.written_days]
        taken += [found.span() for found in _NO_COUNT.finditer(self.text)]
        if any(sign in self.text for sign in ("giờ", ":", "h0", "h1", "h2", "h3", "h4", "h5")):
            taken += [found.span() for found in _CLOCK.finditer(self.text)]
        return tuple(
            one
            for one in self.numbers
            if not one.label and not any(start <= one.start < end for start, end in taken)
        )

    @cached_property
    def sentences(self) -> tuple[Reading, ...]:
        """Its sentences, read each by itself with the years of the whole."""
        parts = [part for part in _SENTENCE.split(self.text) if part and part.strip()]
        return tuple(Reading(part, self.anchor) for part in parts) if len(parts) > 1 else (self,)

    @cached_property
    def years(self) -> frozenset[int]:
        """The years that the text speaks of."""
        return frozenset(
            [int(year) for year in _YEAR.findall(self.text)]
            + [day.year for day in self.written_days if day.year is not None]
        )

    def between(self, one: int, other: int) -> str:
        """The words between two places."""
        return self.text[one:other]

    def groups(self, *, moon: bool = False) -> Iterator[tuple[Day, ...]]:
        """Yield dates that are listed together: one, some, or the first and last of a range."""
        group: list[Day] = []
        for day in (day for day in self.days if day.moon == moon):
            glue = self.text[group[-1].end : day.start] if group else ""
            if group and not (group[-1].ranged or LIST.fullmatch(glue) or RANGE.fullmatch(glue)):
                yield tuple(group)
                group = []
            group.append(day)
        if group:
            yield tuple(group)

    def dated(self, day: Day) -> Day:
        """The day with the year that its text leaves no choice of; as it is where it has one, or the moon counts it."""
        return day if day.year is not None or day.moon else self._with_year(day)

    def _with_year(self, day: Day) -> Day:
        found = self.written_days
        dated = [one for one in found if one.solar is not None]
        if len({one.year for one in dated} | {int(year) for year in _YEAR.findall(self.text)}) <= 1:
            after = next((one for one in dated if one.start > day.start), dated[-1] if dated else None)
            if after is not None:
                near = day.near(after.solar)
                return replace(day, year=near.year if near else None)
            if self.years:
                return replace(day, year=next(iter(self.years)))
        elif dated or self.years:
            return day
        near = day.near(self.anchor)
        return replace(day, year=near.year) if near is not None else day
