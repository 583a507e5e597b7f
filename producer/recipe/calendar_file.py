"""The year's calendar: the days that ship with producer, changed by a unit's own brand/calendar.yaml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from producer.diagnostics import Diagnostic, ProducerError, SourceText, Span
from producer.occasion import Occasion
from producer.recipe.read import read_keys, unknown
from producer.recipe.schema_calendar import LEAP, CalendarKeys, OccasionKeys
from producer.world import FolderWorld, OutsideProjectError, World

OWN = "brand/calendar.yaml"
RULES = ("day", "lunar", "after")
LEAD = 14  # days, where a day says nothing


def read_calendar(world: World) -> Mapping[str, Occasion]:
    """Return the occasions of a project by their names; one without a calendar of its own has those we ship.

    Raises:
        ProducerError: every problem of brand/calendar.yaml.
    """
    laid: dict[str, OccasionKeys] = dict(_shipped())
    names: dict[str, SourceText] = {}
    for name, keys in _own(world).items():
        before = laid.get(str(name))
        laid[str(name)] = keys if before is None else _changed(before, keys)
        names[str(name)] = name
    kept = {name: keys for name, keys in laid.items() if not keys.hide}
    problems = [
        problem for name, place in names.items() if name in kept for problem in _wrong(place, kept[name])
    ]
    problems += [
        unknown("calendar/unknown-day", str(keys.after), list(kept), keys.after.span, day=name)
        for name, keys in kept.items()
        if keys.after is not None and (str(keys.after) not in kept or kept[str(keys.after)].after is not None)
    ]
    if problems:
        raise ProducerError(problems)
    return {name: _occasion(name, keys) for name, keys in kept.items()}


@cache
def _shipped() -> Mapping[str, OccasionKeys]:
    keys, _ = read_keys(FolderWorld(Path(__file__).parent), "calendar.yaml", CalendarKeys)
    return {str(name): occasion for name, occasion in keys.calendar.items()}


def _own(world: World) -> Mapping[SourceText, OccasionKeys]:
    try:
        if not world.exists(OWN):
            return {}
    except OutsideProjectError as error:
        raise ProducerError([Diagnostic("recipe/outside-project", Span(OWN), {"path": OWN})]) from error
    keys, _ = read_keys(world, OWN, CalendarKeys)
    return keys.calendar


def _changed(before: OccasionKeys, keys: OccasionKeys) -> OccasionKeys:
    """A shipped day with what a unit says of it; a rule takes the place of the rule."""
    said = {name: getattr(keys, name) for name in keys.model_fields_set}
    if any(rule in said for rule in RULES):
        said = {**dict.fromkeys((*RULES, "days")), **said}
    return before.model_copy(update=said)


def _wrong(name: SourceText, keys: OccasionKeys) -> Iterator[Diagnostic]:
    """Yield what is wrong with a day that a unit wrote or changed."""
    if keys.title is None:
        yield Diagnostic("recipe/missing-key", name.span, {"key": "title"})
    rules = [rule for rule in RULES if getattr(keys, rule) is not None]
    if len(rules) != 1:
        facts = {"name": str(name), "rules": ", ".join(rules) or "–"}
        yield Diagnostic("calendar/one-rule", name.span, facts)
    if (keys.after is None) != (keys.days is None):
        yield Diagnostic("recipe/missing-key", name.span, {"key": "days" if keys.days is None else "after"})
    for day, month in _days(keys):
        if not _is_day(day, month, lunar=keys.lunar is not None):
            facts = {"name": str(name), "value": f"{day}/{month}"}
            yield Diagnostic("calendar/no-such-day", name.span, facts)


def _days(keys: OccasionKeys) -> Iterator[tuple[int, int]]:
    for written in (keys.day, keys.lunar):
        if written is not None:
            yield from zip(written[::2], written[1::2], strict=True)


def _is_day(day: int, month: int, *, lunar: bool) -> bool:
    if lunar:
        return 1 <= day <= 30 and 1 <= month <= 12
    try:
        date(LEAP, month, day)
    except ValueError:
        return False
    return True


def _occasion(name: str, keys: OccasionKeys) -> Occasion:
    title = str(keys.title)
    return Occasion(
        id=name,
        title=title,
        short=str(keys.short) if keys.short is not None else title,
        lead=keys.lead[0] if keys.lead is not None else LEAD,
        day=((keys.day[0], keys.day[1]), (keys.day[-2], keys.day[-1])) if keys.day is not None else None,
        lunar=keys.lunar,
        after=str(keys.after) if keys.after is not None else "",
        days=keys.days or (0, 0),
        since=keys.since,
        weight=keys.weight or "medium",
        note=str(keys.note) if keys.note is not None else "",
        also=tuple(map(str, keys.also)),
    )
