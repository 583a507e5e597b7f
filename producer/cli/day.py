"""A day on the command line, in the ways that people write one."""

from __future__ import annotations

import re
from datetime import date

import click

from producer.cli.words import Words
from producer.lunar import RECKONED

_FORMS = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"),
    re.compile(r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})"),
)


class Day(click.ParamType[date]):
    """A day: ``2025-07-15`` or ``15/7/2025``, in a year whose lunar days can be reckoned."""

    name = "day"

    def __init__(self, words: Words) -> None:
        """Take the reader's language."""
        self.words = words

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """See click."""
        if isinstance(value, date):
            return value
        found = next((match for form in _FORMS if (match := form.fullmatch(str(value).strip()))), None)
        if found is None:
            self.fail(self.words("usage.day"), param, ctx)
        year, month, day = (int(found[name]) for name in "ymd")
        if year not in RECKONED:
            self.fail(self.words("usage.year", first=RECKONED[0], last=RECKONED[-1]), param, ctx)
        try:
            return date(year, month, day)
        except ValueError:
            self.fail(self.words("usage.no_day", day=f"{day}/{month}/{year}"), param, ctx)
