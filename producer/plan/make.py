"""Plan: a recipe's pieces, rows and channels become jobs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from fnmatch import fnmatchcase

from producer.brand.model import Organisation, Profile
from producer.data.model import Row, Table
from producer.data.view import choose, order
from producer.diagnostics import Diagnostic, ProducerError, Scope, Span, once
from producer.plan.content import content_of
from producer.plan.look import Drawn, asked_look, choose_look
from producer.plan.meant import drives, is_meant, lost_row
from producer.plan.model import Job, Plan
from producer.plan.note import known_words, notes_of
from producer.plan.sheet import impose
from producer.recipe.model import (
    MEDIA,
    Channel,
    Drawing,
    Medium,
    PageSpec,
    Piece,
    Project,
    Recipe,
    Template,
)
from producer.world import is_device

LONGEST_NAME = 200  # bytes of UTF-8; most file systems take 255, and builds add to a name while they write


@dataclass(frozen=True, slots=True)
class Goal:
    """What of a piece's row is made: for which channel and unit, by which drawings."""

    channel: Channel
    unit: Profile | None
    drawings: Drawn
    format: str
    together: tuple[Channel, ...]  # all that the row is made for


PICTURES = ("png", "jpg", "webp", "avif", "tif")  # a file for each page, numbered


class Planner:
    """Expands pieces; gathers problems."""

    def __init__(
        self,
        templates: Mapping[str, Template],
        channels: Mapping[str, Channel],
        tables: Mapping[str, Table],
        organisation: Organisation,
        recipe: Recipe,
    ) -> None:
        """Take all that names may refer to."""
        self.known = known_words(channels, recipe)
        self.templates, self.channels, self.tables = templates, channels, tables
        self.organisation, self.today = organisation, recipe.today
        self.problems: list[Diagnostic] = []
        self.lost: list[tuple[str, Diagnostic]] = []  # why nothing is made of a row, behind the row's id

    def jobs(self, piece: Piece, units: str) -> Iterable[Job]:
        """Yield the jobs of one piece."""
        table = self.tables[str(piece.rows)]
        try:
            table = order(choose(table, piece.only, piece.exclude), piece.order)
        except ProducerError as error:
            self.problems += error.diagnostics
            return
        if not table.rows:
            self.problems.append(
                Diagnostic("plan/no-rows", piece.span, {"piece": str(piece.name), "rows": str(piece.rows)})
            )
        looks: dict[str, str] = {}  # by channel, of the row before
        for row in table.rows if piece.each else (None,):
            together = self.channels_of(piece, row)
            first: str | None = None  # look of the row's first channel
            for channel in together:
                drawn = self.drawn(piece, channel)
                if drawn is None:
                    continue
                template = self.templates[str(piece.template)]
                look = choose_look(piece, template, row, drawn, looks.get(channel.id), first)
                looks[channel.id], first = look, first or look
                for unit in self.units(row, piece.span) if units == "all" else (None,):
                    for made in channel.made:
                        yield self.job(piece, row, table, Goal(channel, unit, drawn[look], made, together))

    def units(self, row: Row | None, span: Span) -> tuple[Profile, ...]:
        """The profiles of the row's day; of the recipe's where the row has none, or there is no row."""
        day = (row.day if row is not None else None) or self.today
        found = self.organisation.units_on(day)
        facts = {"date": day.isoformat()}
        if not found and row is not None:
            problem = Diagnostic("scene/no-profile", row.span(), facts, scope=Scope.ROW)
            self.lost.append((row.id, problem))
        elif not found:
            self.note(Diagnostic("scene/no-profile", span, facts))
        return found

    def channels_of(self, piece: Piece, row: Row | None) -> tuple[Channel, ...]:
        """The presets that a piece names, by themselves, their group or their product; else those its row means."""
        template = self.templates[str(piece.template)]
        found: dict[str, Channel] = {}
        for name in piece.channels:
            if name in self.channels:
                found[name] = self.channels[name]
                continue
            of_name = [c for c in self.channels.values() if name in (c.group, c.product)]
            found |= {channel.id: channel for channel in of_name if self.is_served(template, channel)}
        if not piece.channels:
            meant = [c for c in self.channels.values() if row is not None and is_meant(c, row)]
            found |= {channel.id: channel for channel in meant if self.is_served(template, channel)}
        if not found and not piece.channels and row is not None and drives(row):
            self.lost += [(row.id, problem) for problem in lost_row(piece, row, self.known)]
        elif not found:
            self.problems.append(Diagnostic("plan/no-channel", piece.span, {"piece": str(piece.name)}))
        return tuple(found.values())

    def is_served(self, template: Template, channel: Channel) -> bool:
        """Whether a template draws a channel's shape and leaves as its medium."""
        return channel.medium in MEDIA[template.kind] and bool(self.looks(template, channel))

    def gathered(self, piece: Piece, jobs: tuple[Job, ...]) -> Iterable[Job]:
        """The jobs of a piece, those of several to a sheet as one for each channel and unit."""
        if not piece.sheet:
            return jobs
        groups: dict[tuple[str, str], list[Job]] = {}
        for job in jobs:
            unit = job.unit.short_name if job.unit is not None else ""
            groups.setdefault((job.channel.id, unit), []).append(job)
        made = (self.sheets(piece, unit, tuple(group)) for (_, unit), group in groups.items())
        return tuple(job for job in made if job is not None)

    def sheets(self, piece: Piece, unit: str, parts: tuple[Job, ...]) -> Job | None:
        """One job for all rows of a channel, or nothing and a problem where they cannot stand on the sheet."""
        first, channel = parts[0], parts[0].channel
        imposition = impose(channel, piece.sheet) if channel.medium is Medium.PRINT else None
        if imposition is None or "pdf" not in channel.formats:
            facts = {"channel": channel.id, "sheet": piece.sheet.upper()}
            self.note(Diagnostic("plan/no-sheet", piece.span, facts))
            return None
        name = "-".join(filter(None, (str(piece.name), channel.id, unit, piece.sheet)))
        stem = f"{piece.name}/{safe_name(name)}"
        whole = replace(first, id=stem, row=None, format="pdf", path=f"{stem}.pdf", look="", asked_look="")
        return replace(whole, parts=parts, imposition=imposition)

    def drawn(self, piece: Piece, channel: Channel) -> Mapping[str, Drawn] | None:
        """The looks that serve a channel, or nothing and a problem where the template cannot."""
        template = self.templates[str(piece.template)]
        if channel.medium not in MEDIA[template.kind]:
            facts = {"template": template.name, "kind": template.kind.value, "channel": channel.id}
            self.note(Diagnostic("plan/wrong-medium", piece.template.span, facts))
            return None
        drawn = self.looks(template, channel)
        if not drawn:
            shape = channel.shape.value
            able = [t.name for t in self.templates.values() if self.looks(t, channel)]
            facts = {
                "template": template.name,
                "channel": channel.id,
                "shape": shape,
                "able": ", ".join(able) or "–",
            }
            self.note(Diagnostic("plan/no-drawing", piece.template.span, facts))
            return None
        return drawn

    def job(self, piece: Piece, row: Row | None, table: Table, goal: Goal) -> Job:
        """One job."""
        channel, unit, drawings, made = goal.channel, goal.unit, goal.drawings, goal.format
        look = drawings[0][0].look, asked_look(piece, row) or ""
        name = f"{row.id if row is not None else piece.name}-{channel.id}"
        if unit is not None:
            name = f"{name}-{unit.short_name}"
        stem = f"{piece.name}/{safe_name(name)}"
        template = self.templates[str(piece.template)]
        job = stem if made == channel.formats[0] else f"{stem}.{made}"
        pages = {str(page.name): page for page, _ in drawings}
        several = made in PICTURES and any(page.each or len(pages) > 1 for page in pages.values())
        path = f"{stem}-01.{made}" if several else f"{stem}.{made}"
        content = content_of(piece, template, row)
        return Job(
            job,
            piece,
            template,
            drawings,
            row,
            table,
            channel,
            unit,
            made,
            path,
            *look,
            content,
            together=goal.together,
        )

    def looks(self, template: Template, channel: Channel) -> Mapping[str, Drawn]:
        """By look, the drawings that serve a channel's shape; looks that lack one are left out."""
        made = {look: self.drawings(template, channel, look) for look in template.looks}
        return {look: drawings for look, drawings in made.items() if drawings is not None}

    def drawings(self, template: Template, channel: Channel, look: str) -> Drawn | None:
        """The drawings of a look for a channel's shape, its own before `any`; nothing where a page has none."""
        shape = channel.shape
        pairs: list[tuple[PageSpec, Drawing]] = []
        for page in template.pages:
            if page.look != look:
                continue
            own = [d for d in page.drawings if d.shape is shape] + [
                d for d in page.drawings if d.shape is None
            ]
            if not own:
                return None
            pairs += [(page, drawing) for drawing in own]
        return tuple(pairs)

    def note(self, problem: Diagnostic) -> None:
        """Keep a problem; it is told once, however many rows meet it."""
        self.problems.append(problem)


def safe_name(name: str) -> str:
    """Return a name that every file system takes: all but letters, digits, ``.``, ``_`` and ``-`` becomes ``-``.

    One that Windows keeps for a device gets a ``_`` before it.
    """
    kept = (
        "".join(letter if letter.isalnum() or letter in "._-" else "-" for letter in name).lstrip(".") or "-"
    )
    return f"_{kept}" if is_device(kept) else kept


def make_plan(project: Project, tables: Mapping[str, Table], only: str | None = None) -> Plan:
    """Return the jobs of all pieces; with ``only``, a glob, those whose id, piece or row it matches.

    Raises:
        ProducerError: a channel that a template cannot serve, no rows, or two jobs on one path.
    """
    recipe = project.recipe
    planner = Planner(project.templates, project.channels, tables, project.brand.organisation, recipe)
    jobs = [
        job
        for piece in recipe.pieces
        for job in planner.gathered(piece, tuple(planner.jobs(piece, recipe.units)))
    ]
    planner.problems += [*collisions(jobs), *idle_waivers(recipe, jobs, tables)]
    if planner.problems:
        raise ProducerError(once(planner.problems))
    lost = once(problem for row, problem in planner.lost if only is None or fnmatchcase(row, only))
    meant = tuple(job for job in jobs if only is None or chosen(job, only))
    notes = tuple(notes_of(project, jobs, tables, lost))
    return Plan(recipe.name, meant, notes, lost, whole=only is None)


def idle_waivers(recipe: Recipe, jobs: Iterable[Job], tables: Mapping[str, Table]) -> Iterator[Diagnostic]:
    """Yield each place under `accept:` at which neither a product nor a row of one stands: it would do nothing."""
    if not recipe.accept:
        return
    made = [one for job in jobs for one in (job, *job.parts)]
    of_rows = (place for one in made for place, _ in one.row_places(tables))
    places = list(dict.fromkeys((*(place for one in made for place in one.places), *of_rows)))
    for reasons in recipe.accept.values():
        for place in reasons:
            if str(place) not in places:
                near = get_close_matches(str(place), places, n=1, cutoff=0.5)
                facts = {"place": str(place), "nearest": near[0] if near else ""}
                yield Diagnostic("plan/unknown-place", place.span, facts)


def chosen(job: Job, glob: str) -> bool:
    """Whether `--only GLOB` means this job."""
    row = job.row.id if job.row is not None else ""
    return any(
        fnmatchcase(name, glob)
        for name in (job.id, f"{job.id}.{job.format}", str(job.piece.name), row)
        if name
    )


def collisions(jobs: Iterable[Job]) -> list[Diagnostic]:
    """Return a problem for each path that two jobs would write, or that is longer than file systems take.

    Letters' case is no difference on every system.
    """
    first: dict[str, Job] = {}
    found = []
    for job in jobs:
        if len(job.path.rpartition("/")[2].encode()) > LONGEST_NAME:
            span = job.row.span() if job.row is not None else job.piece.span
            found.append(Diagnostic("plan/long-name", span, {"path": job.path, "most": LONGEST_NAME}))
        other = first.setdefault(job.path.casefold(), job)
        if other is not job:
            span = job.row.span() if job.row is not None else job.piece.span
            place: Span = other.row.span() if other.row is not None else other.piece.span
            found.append(Diagnostic("plan/one-path", span, {"path": job.path, "other": str(place)}))
    return found
