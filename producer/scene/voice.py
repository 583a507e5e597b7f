"""What texts may say beside the values of rows: who speaks, what others are called, and which day of the year it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from producer.brand.model import Organisation, Profile
from producer.data.model import Row, Value
from producer.diagnostics import Diagnostic, ProducerError, Scope, Span
from producer.occasion import CALENDAR_COLUMN, Occasion

# What a text may say of who speaks.
PROFILE: Mapping[str, Callable[[Profile], str]] = {
    "organisation.name": lambda profile: profile.name,
    "organisation.short": lambda profile: profile.short_name,
    "organisation.parent": lambda profile: profile.parent,
    "organisation.address": lambda profile: profile.address,
    "organisation.phone": lambda profile: profile.phone,
    "organisation.link": lambda profile: profile.link,
    "organisation.congress": lambda profile: profile.congress,
    "organisation.term": lambda profile: profile.term,
}
# And of the day of the year that its row is about.
CALENDAR = ("calendar.title", "calendar.short", "calendar.years")
# Looks that ask who is meant by a word, and whether the short name is.
CALLED: Mapping[str, bool] = {"name": False, "short-name": True}


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks in the texts of a job: all names by the day of a row, else by ``today``."""

    organisation: Organisation = field(default_factory=Organisation)
    unit: Profile | None = None  # that the job is made for
    today: date = date.min
    calendar: Mapping[str, Occasion] = field(default_factory=dict)

    def on(self, row: Row | None) -> date:
        """The day by which names are chosen."""
        return (row.day if row is not None else None) or self.today

    def said(self, name: str, row: Row | None, span: Span) -> Value:
        """Return what ``organisation.NAME`` or ``calendar.NAME`` stands for; nothing where that is left out.

        Raises:
            ProducerError: there is no such name; nobody speaks on the row's day.
        """
        if name in PROFILE:
            return PROFILE[name](self._profile(row, span)) or None
        if name not in CALENDAR:
            facts = {"name": name, "known": ", ".join((*PROFILE, *CALENDAR))}
            raise ProducerError([Diagnostic("scene/unknown-field", span, facts)])
        return self._of_the_day(name, row)

    def called(self, word: str, row: Row | None, place: Span, *, short: bool) -> str:
        """Return what somebody is called on the row's day.

        Raises:
            ProducerError: nobody has that word, or has no name on that day.
        """
        day = self.on(row)
        found = self.organisation.called(word, day)
        if found is None:
            known = ", ".join(self.organisation.names) or "–"
            facts = {"word": word, "date": day.isoformat(), "known": known}
            code = "scene/no-name-then" if word in self.organisation.names else "scene/unknown-name"
            raise ProducerError([Diagnostic(code, place, facts, scope=Scope.ROW)])
        return found.short_name if short else found.name

    def _profile(self, row: Row | None, span: Span) -> Profile:
        day = self.on(row)
        profile = self.unit or self.organisation.on(day)
        if profile is None:
            place = row.span() if row is not None else span
            facts = {"date": day.isoformat()}
            raise ProducerError([Diagnostic("scene/no-profile", place, facts, scope=Scope.ROW)])
        return profile

    def _of_the_day(self, name: str, row: Row | None) -> Value:
        """What the calendar says; nothing of a row that names none of its days, and of one without a first year."""
        occasion = self.calendar.get(str(row.values.get(CALENDAR_COLUMN))) if row is not None else None
        if occasion is None:
            return None
        if name == "calendar.title":
            return occasion.title
        if name == "calendar.short":
            return occasion.short
        years = occasion.years(self.on(row))
        return None if years is None else Decimal(years)
