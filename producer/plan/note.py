"""What a plan leaves unsaid: words of a register that make nothing, themes without colours, unsure presets."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from producer.data.cell import LIST_MARKS
from producer.data.model import Row, Table, Value
from producer.diagnostics import Diagnostic, Level, Scope, Span, span_of
from producer.facts.model import SAMPLE_LINK
from producer.occasion import CALENDAR_COLUMN
from producer.plan.model import CHANNELS, FORMATS, ONLINE, THEME_COLUMN, Job
from producer.recipe.model import Channel, Medium, Piece, Project, Recipe

PX_PER_MM = 72 / 25.4  # of print
SLIP = (
    0.75  # how alike two words are of which one is a slip of the other: postr and poster are, report is not
)
MOST_SHOWN = 24  # names that a help lists


def notes_of(
    project: Project, jobs: Sequence[Job], tables: Mapping[str, Table], lost: Iterable[Diagnostic]
) -> Iterator[Diagnostic]:
    """Yield what whoever reads the report must know of a plan that can be made; nothing of it stops a job.

    ``lost`` are the problems of rows that nothing is made of: what they tell is not told again.
    """
    yield from unknown_words(project, jobs, tables, {problem.span for problem in lost})
    yield from unmade_words(project, jobs)
    yield from unknown_themes(project, jobs)
    yield from unsure_channels(jobs)
    yield from sample_links(project)


@dataclass(slots=True)
class _Unmade:
    """A word that everybody knows, and the rows in which nothing is made of it."""

    rows: list[Row] = field(default_factory=list)


def unmade_words(project: Project, jobs: Sequence[Job]) -> Iterator[Diagnostic]:
    """Yield the words of `formats` and `channels` that no file comes of, where these columns drive a piece.

    Each is told once for all the rows that name it; a word that nobody knows is told by :func:`unknown_words`.
    """
    made = _made(jobs)
    known = known_words(project.channels, project.recipe)
    unmade: dict[tuple[str, str], _Unmade] = {}
    for row in _driving_rows(jobs):
        for column in (FORMATS, CHANNELS):
            for word in asked_words(row, column):
                if word in known[column] and (word, row.file, row.number) not in made[column]:
                    unmade.setdefault((column, word), _Unmade()).rows.append(row)
    for (column, word), found in unmade.items():
        facts: dict[str, str | int] = {"column": column, "name": word, "count": len(found.rows)}
        span = found.rows[0].span(column)
        yield Diagnostic("plan/not-made", span, facts, Level.WARNING, Scope.ROW)


def unknown_words(
    project: Project, jobs: Iterable[Job], tables: Mapping[str, Table], told: Collection[Span]
) -> Iterator[Diagnostic]:
    """Yield the words of a register's columns that nobody knows, each once for a sheet, at its first cell.

    ``told`` are cells that were told already. In a sheet that drives no piece only slips are told, words almost
    like one that is known: it may well plan what no recipe makes, or mean something else by its columns.
    """
    known = {**known_words(project.channels, project.recipe), CALENDAR_COLUMN: sorted(project.calendar)}
    driving = {row.file for row in _driving_rows(jobs)}
    rows = {(row.file, row.number): row for table in tables.values() for row in table.rows}
    strange: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows.values():
        for column, names in known.items():
            for word in words_in(row.values.get(column), column):
                if word not in names and row.span(column) not in told:
                    strange.setdefault((column, word, row.file), []).append(row)
    for (column, word, file), found in strange.items():
        day = column == CALENDAR_COLUMN
        if (day and known[column]) or file in driving or get_close_matches(word, known[column], 1, SLIP):
            code = "plan/unknown-day" if day else "plan/unknown-kind"
            yield unknown(code, word, known[column], found[0], column, len(found))


def words_in(value: Value, column: str) -> tuple[str, ...]:
    """Return the words of a cell in small letters, whether its column is a list or not; a day's id as it is."""
    if column == CALENDAR_COLUMN:
        return (value,) if isinstance(value, str) else ()
    parts = value.split(LIST_MARKS) if isinstance(value, str) else value if isinstance(value, tuple) else ()
    return tuple(part.strip().casefold() for part in parts if part.strip())


def _driving_rows(jobs: Iterable[Job]) -> tuple[Row, ...]:
    """The rows of pieces that name no channels, each once."""
    driven = (job.row for job in jobs if job.row is not None and not job.piece.channels)
    return tuple({(row.file, row.number): row for row in driven}.values())


def asked_words(row: Row, column: str) -> tuple[str, ...]:
    """Return the words of a list column in small letters: `FB-POST` means what `fb-post` means."""
    words = row.values.get(column)
    return tuple(word.casefold() for word in words) if isinstance(words, tuple) else ()


def _made(jobs: Iterable[Job]) -> Mapping[str, set[tuple[str, str, int]]]:
    """By column, the words that a file comes of, with the file and number of their row."""
    made: dict[str, set[tuple[str, str, int]]] = {FORMATS: set(), CHANNELS: set()}
    for job in jobs:
        if job.row is not None:
            place = job.row.file, job.row.number
            made[FORMATS] |= {(word, *place) for word in (job.channel.product, *_asked(job.piece))}
            made[CHANNELS].add((job.channel.group, *place))
    return made


def _asked(piece: Piece) -> Iterator[str]:
    """The kinds that a piece is made for by its own words: its name, and what `only: {formats: …}` says."""
    yield str(piece.name).casefold()
    for condition in piece.only:
        if condition.column == FORMATS:
            yield from (word.casefold() for word in condition.any_of)


def known_words(channels: Mapping[str, Channel], recipe: Recipe) -> Mapping[str, list[str]]:
    """By column, the words that mean something."""
    kinds = {word for piece in recipe.pieces for word in _asked(piece)}
    return {
        FORMATS: sorted({channel.product for channel in channels.values() if channel.product} | kinds),
        CHANNELS: sorted({channel.group for channel in channels.values() if channel.group} | set(ONLINE)),
    }


def unknown_themes(project: Project, jobs: Iterable[Job]) -> Iterator[Diagnostic]:
    """Yield each row's `theme` that the brand does not list: its colours stay as they are.

    A brand without themes does not mean the column.
    """
    known = list(project.brand.themes)
    for row in {(job.row.file, job.row.number): job.row for job in jobs if job.row is not None}.values():
        theme = row.values.get(THEME_COLUMN)
        if known and isinstance(theme, str) and theme not in known:
            yield unknown("plan/unknown-theme", theme, known, row, THEME_COLUMN)


def unknown(  # noqa: PLR0913 - what is said of it
    code: str, word: str, known: Sequence[str], row: Row, column: str, count: int = 1
) -> Diagnostic:
    """A word of ``count`` cells that is not among ``known``, with the nearest that is; case counts for little."""
    folded = {name.casefold(): name for name in known}
    near = get_close_matches(word.casefold(), folded, n=1, cutoff=0.5)
    shown = ", ".join(known[:MOST_SHOWN]) + (" …" if len(known) > MOST_SHOWN else "")
    facts: dict[str, str | int] = {
        "name": word,
        "column": column,
        "nearest": folded[near[0]] if near else "",
        "known": shown,
        "count": count,
    }
    return Diagnostic(code, row.span(column), facts, Level.WARNING, Scope.ROW)


def unsure_channels(jobs: Iterable[Job]) -> Iterator[Diagnostic]:
    """Yield a reminder for each preset of a plan whose figures are only custom: somebody must ask."""
    first: dict[str, Job] = {}
    for job in jobs:
        if not job.channel.certain:
            first.setdefault(job.channel.id, job)
    for name, job in first.items():
        named = (
            word for word in job.piece.channels if word in (name, job.channel.group, job.channel.product)
        )
        span = next((word.span for word in named), job.piece.span)
        facts: dict[str, str | int] = {"channel": name, "size": size_words(job.channel)}
        yield Diagnostic("plan/unsure-channel", span, facts, Level.NOTE, Scope.ROW)


def sample_links(project: Project) -> Iterator[Diagnostic]:
    """Yield each address of the organisation's that is still the sample's: its codes would lead nowhere."""
    organisation = project.brand.organisation
    speakers = (*organisation.profiles, *organisation.units)
    links = {str(profile.link): profile.link for profile in reversed(speakers)}
    for link in reversed(links.values()):
        if SAMPLE_LINK.search(link):
            span = span_of(link, Span(""))
            yield Diagnostic("facts/sample-link", span, {"link": str(link)}, Level.WARNING, Scope.ROW)


def size_words(channel: Channel) -> str:
    """Return a channel's size as people write it: px of screens, millimetres of paper."""
    in_print = channel.medium is Medium.PRINT
    sides = (side / PX_PER_MM if in_print else side for side in (channel.size.width, channel.size.height))
    return f"{' × '.join(f'{round(side, 1):g}' for side in sides)} {'mm' if in_print else 'px'}"
