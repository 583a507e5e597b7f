"""Facts: what recipe and data say of themselves and of the world, checked before anything is made."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from producer.brand.model import Profile
from producer.data.model import Row, Table
from producer.diagnostics import Diagnostic, Level, Scope, SourceText, Span, once
from producer.facts.address import odd_addresses, sample_links
from producer.facts.age import wrong_ages
from producer.facts.anniversary import wrong_years
from producer.facts.called_off import shown_though_off
from producer.facts.coming import past_as_coming
from producer.facts.correction import without_misprints
from producer.facts.count import wrong_counts
from producer.facts.course import wrong_course
from producer.facts.day_part import wrong_day_parts
from producer.facts.difference import wrong_differences
from producer.facts.document import wrong_documents
from producer.facts.fraction import wrong_fractions
from producer.facts.growth import wrong_growth
from producer.facts.holiday import Names, names_of, wrong_holidays
from producer.facts.itemised import wrong_items
from producer.facts.leftover import blanks, doubled_words, open_marks
from producer.facts.letters import odd_letters
from producer.facts.listing import wrong_lists
from producer.facts.model import Finding
from producer.facts.moon import wrong_moon
from producer.facts.needed import lacking
from producer.facts.no_such_day import no_such_days
from producer.facts.order import wrong_order
from producer.facts.percent import wrong_percents
from producer.facts.rank import wrong_ranks
from producer.facts.ratio import wrong_ratios
from producer.facts.reading import Reading
from producer.facts.row import row_findings
from producer.facts.slip import slips
from producer.facts.speaker import wrong_speakers
from producer.facts.syllable import odd_syllables
from producer.facts.term import wrong_terms
from producer.facts.tone import mixed, mixed_tones
from producer.facts.total import wrong_totals
from producer.facts.untidy import untidy
from producer.facts.weekday import wrong_weekdays
from producer.facts.written import wrong_writing
from producer.occasion import Occasion
from producer.recipe.model import Project, Recipe

Rule = Callable[[Reading], Iterator[Finding]]

# What a text says of itself and of the calendar.
CONTRADICTIONS: tuple[Rule, ...] = (
    wrong_weekdays, wrong_years, wrong_moon, wrong_order, wrong_totals, wrong_percents, wrong_counts, blanks,
    wrong_ages, wrong_course, wrong_differences, wrong_writing, wrong_lists, wrong_fractions, no_such_days,
    wrong_day_parts, wrong_ranks, wrong_items, wrong_ratios, wrong_growth, wrong_terms, wrong_documents,
)  # fmt: skip
SPELT: tuple[Rule, ...] = (blanks, wrong_lists)  # of those, what may be wrong without a figure
# What the hand does: nobody asks it of words that are another's.
HAND: tuple[Rule, ...] = (doubled_words, open_marks, odd_syllables, odd_addresses, mixed_tones, untidy)
# Letters of a text that are judged at once, and how many such parts are: no page holds so many, and a hostile sheet
# must not hold up a build.
MOST, PARTS = 2000, 4
_DIGIT = re.compile(r"\d")
_COLUMN = re.compile(r"\{\s*([^\W\d]\w*)")
# Of these nothing is printed as it stands: addresses of files, and words of our own.
_UNREAD = re.compile(r"[\w./%; -]*", re.ASCII)


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What the checks know beside a text. Without ``today`` nothing is past or coming."""

    today: date | None = None
    names: Names = field(default_factory=lambda: Names(None, {}))
    occasions: Mapping[str, Occasion] = field(default_factory=dict)
    profiles: Sequence[Profile] = ()
    glossary: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, project: Project) -> Known:
        """Return what a project knows."""
        names = names_of(tuple(project.calendar.values()))
        brand = project.brand
        return cls(project.recipe.today, names, project.calendar, brand.organisation.profiles, brand.glossary)


def check_facts(project: Project, tables: Mapping[str, Table]) -> tuple[Diagnostic, ...]:
    """Return every contradiction: those of a row stop its jobs, those of the recipe stop everything."""
    known, quoted = Known.of(project), quoted_columns(project)
    found = [
        problem
        for text in recipe_texts(project.recipe)
        for problem in check_text(text.replace("{{", "{").replace("}}", "}"), text.span, Scope.RECIPE, known)
    ]
    found += once(problem for table in tables.values() for problem in table.problems)
    seen: set[tuple[str, int]] = set()
    for table in tables.values():
        for row in table.rows:
            if (row.file, row.number) not in seen:  # a view shows rows that were checked already
                seen.add((row.file, row.number))
                found += check_row(row, known, quoted)
    return once([*found, *lacking(project, tables), *shown_though_off(project, tables)])


def check_row(row: Row, known: Known, quoted: frozenset[str] = frozenset()) -> Iterator[Diagnostic]:
    """Yield the problems of one row: what reading it found, and what it says that cannot be."""
    yield from row.problems
    day = row.day
    for column, value in row.values.items():
        if isinstance(value, str) and _UNREAD.fullmatch(value) and "." in value:
            for finding in sample_links(Reading(value)):  # an address is printed, or stands behind a code
                yield _told(finding, row.span(column), Scope.ROW)
        if isinstance(value, str) and not _UNREAD.fullmatch(value):
            for finding in findings(value, known, day, quoted=column in quoted):
                yield _told(finding, row.span(column), Scope.ROW)
    if known.today is not None:
        for column, finding in row_findings(row, known.today, known.occasions):
            yield _told(finding, row.span(column), Scope.ROW)


def check_text(text: str, span: Span, scope: Scope, known: Known | None = None) -> Iterator[Diagnostic]:
    """Yield the problems of one text."""
    for finding in findings(text, known if known is not None else Known(), None, typed=scope is Scope.RECIPE):
        yield _told(finding, span, scope)


def check_piece(texts: Sequence[tuple[str, Span]]) -> tuple[Diagnostic, ...]:
    """Return what the finished words of one piece say against each other, each text with its place.

    Only contradictions are told anew: the rest was asked of cells and recipe already. Styles of tone marks are
    compared over the whole piece, names apart.
    """
    found = [
        _told(finding, span, Scope.ROW)
        for text, span in texts
        for reading in map(Reading, map(without_misprints, _parts(text)))
        for rule in (CONTRADICTIONS if reading.has_digits else SPELT)
        for finding in rule(reading)
        if finding.level is Level.ERROR
    ]
    words = [text for text, _ in texts]
    if not any(list(mixed([text])) for text in words):  # else it was told where it stands
        found += [_told(one, texts[0][1], Scope.ROW) for one in mixed(words, names=False)]
    return once(found)


@lru_cache(maxsize=4096)  # sheets repeat places, speakers and tags from row to row
def findings(
    text: str, known: Known, day: date | None, *, quoted: bool = False, typed: bool = False
) -> tuple[Finding, ...]:
    """Return what is wrong with a text.

    ``day`` is that of its row, ``quoted`` says that the words are another's, ``typed`` that nobody turned its
    letters into Unicode yet: those of a sheet were, as they were read.
    """
    seen_by_day = day if _DIGIT.search(text) or "năm" in text or known.profiles else None
    return tuple(
        finding
        for part in _parts(text)
        for finding in _findings(part, known, seen_by_day, quoted=quoted, typed=typed)
    )


def _parts(text: str) -> Iterator[str]:
    """Yield a text in parts that are read in no time, each up to the end of a sentence where one is."""
    for _ in range(PARTS):
        if len(text) <= MOST:
            yield text
            return
        end = max(text.rfind(mark, 0, MOST) for mark in ("\n", ". ")) + 1 or MOST
        yield text[:end]
        text = text[end:]


def _findings(text: str, known: Known, day: date | None, *, quoted: bool, typed: bool) -> Iterator[Finding]:
    reading = Reading(text, day or known.today)
    letters = list(odd_letters(reading, typed=typed))
    yield from letters
    if any(one.level is Level.ERROR for one in letters):
        return  # what such a text says cannot be judged
    said = without_misprints(text)
    claimed = Reading(said, reading.anchor) if said != text else reading
    for rule in CONTRADICTIONS if reading.has_digits or "\n" in text else SPELT:
        yield from rule(claimed)
    yield from sample_links(reading)
    yield from wrong_holidays(reading, known.names, day)
    if known.today is not None:
        yield from past_as_coming(reading, known.today)
    if known.profiles:
        yield from wrong_speakers(reading, known.profiles, day)
    if not quoted:
        for rule in HAND:
            yield from rule(reading)
        yield from slips(reading, known.glossary)


def quoted_columns(project: Project) -> frozenset[str]:
    """Return the columns that fill slots of somebody's own words."""
    columns: set[str] = set()
    for piece in project.recipe.pieces:
        template = project.templates.get(str(piece.template))
        for slot in template.slots.values() if template is not None else ():
            if slot.quote:
                filling = piece.fill.get(slot.name)
                text = filling.text if filling is not None else slot.text
                columns.update(_COLUMN.findall(text) if text is not None else [str(slot.name)])
    return frozenset(columns)


def recipe_texts(recipe: Recipe) -> Iterator[SourceText]:
    """Yield every text of a recipe that may be printed."""
    yield recipe.title
    for piece in recipe.pieces:
        if piece.post is not None:
            yield piece.post
        for filling in piece.fill.values():
            if filling.text is not None:
                yield filling.text
            yield from filling.items
            for setting in filling.settings.values():
                yield from setting if isinstance(setting, tuple) else (setting,)


def _told(finding: Finding, span: Span, scope: Scope) -> Diagnostic:
    return Diagnostic(finding.code, span, dict(finding.facts), finding.level, scope)
