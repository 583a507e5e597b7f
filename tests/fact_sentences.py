"""The frozen sentences, and what the checks say of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from producer.diagnostics import Level, Span
from producer.facts.check import Known, check_piece, findings
from producer.facts.holiday import names_of
from producer.recipe.brand_file import read_brand
from producer.recipe.calendar_file import read_calendar
from producer.world import FolderWorld

HERE = Path(__file__).parent / "facts"
ROOT = HERE.parent.parent  # the starter: brand, calendar and recipes


SAMPLE = "facts/sample-link"


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence with the codes of its warnings and errors."""

    text: str
    fault: str
    codes: tuple[str, ...]


def read(name: str) -> Any:
    """Return the sentences of one file, as its YAML has them."""
    return YAML(typ="safe").load((HERE / name).read_text(encoding="utf-8"))


def judged(sentences: list[dict[str, Any]]) -> Iterator[Told]:
    """Yield each sentence with what the checks of a text and of a piece say of it; notes are no alarm.

    Nor is the warning of addresses that are nobody's: the sentences may have no others.
    """
    for sentence in sentences:
        text = sentence["text"]
        found = list(findings(text, known(sentence.get("today")), None))
        piece = check_piece([(text, Span("a.csv", 2, 1))])
        codes = [one.code for one in (*found, *piece) if one.level is not Level.NOTE and one.code != SAMPLE]
        yield Told(text, str(sentence.get("fault", "")), tuple(dict.fromkeys(codes)))


def stops(text: str) -> bool:
    """Whether a text says something that stops its row."""
    return any(one.level is Level.ERROR for one in findings(text, known(None), None))


@cache
def known(today: date | None) -> Known:
    """Return what a project that begins with our starter knows: its calendar, its profiles, its glossary."""
    world = FolderWorld(ROOT)
    calendar, brand = read_calendar(world), read_brand(world)
    names = names_of(tuple(calendar.values()))
    return Known(today, names, calendar, brand.organisation.profiles, brand.glossary)


def caught(told: list[Told]) -> dict[str, tuple[int, int]]:
    """Return, by kind of fault, how many were caught and how many there are."""
    all_of = Counter(one.fault for one in told)
    found = Counter(one.fault for one in told if one.codes)
    return {kind: (found[kind], count) for kind, count in sorted(all_of.items())}
