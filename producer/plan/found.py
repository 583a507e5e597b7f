"""What was found before a product is composed, as far as it is about that product: its page of checks says it too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from producer.data.model import Table
from producer.diagnostics import Diagnostic, Level, Span, once
from producer.plan.model import Job

Place = tuple[str, int]  # file and line


@dataclass(frozen=True, slots=True)
class Found:
    """The warnings of a plan by what they are about: a place, a preset of which somebody must ask, an address."""

    by_place: Mapping[Place, tuple[Diagnostic, ...]] = field(default_factory=dict)
    by_channel: Mapping[str, tuple[Diagnostic, ...]] = field(default_factory=dict)
    by_link: Mapping[str, Diagnostic] = field(default_factory=dict)

    def of_job(self, job: Job, tables: Mapping[str, Table], link: str) -> tuple[Diagnostic, ...]:
        """Return what is about a product: its rows, the words of its piece, its preset, and where its code leads."""
        places = dict.fromkeys(_places(job, tables))
        rows = (problem for place in places for problem in self.by_place.get(place, ()))
        links = (problem for start, problem in self.by_link.items() if link.startswith(start))
        return once((*links, *rows, *self.by_channel.get(job.channel.id, ())))


def sort_found(problems: Iterable[Diagnostic]) -> Found:
    """Return warnings, and what was accepted, by what they are about; errors stop their products anyway."""
    by_place: dict[Place, list[Diagnostic]] = {}
    by_channel: dict[str, list[Diagnostic]] = {}
    by_link: dict[str, Diagnostic] = {}
    for problem in problems:
        if problem.code == "plan/unsure-channel":
            by_channel.setdefault(str(problem.facts["channel"]), []).append(problem)
            continue
        if problem.code == "facts/sample-link":
            by_link[str(problem.facts["link"])] = problem
        if problem.level is Level.WARNING or "accepted" in problem.facts:
            by_place.setdefault(_place(problem.span), []).append(problem)
    return Found(
        {place: tuple(found) for place, found in by_place.items()},
        {name: tuple(found) for name, found in by_channel.items()},
        by_link,
    )


def _places(job: Job, tables: Mapping[str, Table]) -> Iterator[Place]:
    for one in (job, *job.parts):
        yield from ((row.file, row.number) for row in one.shown_rows(tables))
    for filling in job.piece.fill.values():
        texts = (filling.text, *filling.items)
        yield from (_place(text.span) for text in texts if text is not None)
    if job.piece.post is not None:
        yield _place(job.piece.post.span)


def _place(span: Span) -> Place:
    return span.file, span.line
