"""Compose a job as far as people agree and licences allow, and look at what it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from producer.data.model import Table
from producer.diagnostics import Diagnostic, ProducerError, Scope, Span, once
from producer.plan.model import Channel, Job
from producer.rights.judge import is_child, judge, refusal
from producer.rights.model import Rights
from producer.rights.permit import Withheld, permit
from producer.rights.read import of_row
from producer.scene.model import PictureElement, Scene

Compose = Callable[[Job, Mapping[str, Table]], Scene]


@dataclass(frozen=True, slots=True)
class Shown:
    """A job's scene; or why it is refused."""

    scene: Scene | None
    refused: tuple[Diagnostic, ...] = ()


def show(job: Job, rights: Rights, compose: Compose) -> Shown:
    """Return the scene of what may be shown on the job's channel.

    A picture that may not be shown is left out where many rows are shown together: first the picture alone, then,
    where its page cannot do without, its row. Where neither helps the job is refused.

    Raises:
        ProducerError: composing found a problem, or a file has no entry in the register of licences.
    """
    first = attempt(job, rights, compose, Withheld())
    paths = frozenset(str(why.facts["path"]) for why in first.refused if "path" in why.facts)
    if not paths:
        return first
    for withheld in (Withheld(paths), Withheld(paths, rows=True)):
        try:
            again = attempt(job, rights, compose, withheld)
        except ProducerError:
            continue  # the page needs its picture
        if not again.refused:
            return again
    return first


def attempt(job: Job, rights: Rights, compose: Compose, withheld: Withheld) -> Shown:
    """Compose what is left without the pictures of ``withheld``, and judge what it shows."""
    may = permit(job, rights, withheld)
    if may.refused:
        return Shown(None, may.refused)
    scene = compose(may.job, may.tables)
    unlicensed = once(without_entry(scene, may.job, rights))
    if unlicensed:
        raise ProducerError(unlicensed)
    refused = once([*refused_pictures(scene, may.job, rights), *named_with_school(scene, may.job, rights)])
    if refused:
        return Shown(None, refused)
    return Shown(replace(scene, problems=(*scene.problems, *may.left_out)) if may.left_out else scene)


def pictures_of(scene: Scene) -> tuple[PictureElement, ...]:
    """The pictures of all pages, on their grounds too."""
    shown = (element for page in scene.pages for element in (*page.elements, page.ground.picture))
    return tuple(element for element in shown if isinstance(element, PictureElement))


def without_entry(scene: Scene, job: Job, rights: Rights) -> Iterator[Diagnostic]:
    """Yield each picture and sound without an entry in the register of licences, or under one that we do not know."""
    used = [(shown.picture.path, shown.origin.span) for shown in pictures_of(scene)]
    if scene.sound is not None:
        used.append((scene.sound.path, where_filled(scene.sound.path, job)))
    for path, span in used:
        if path not in rights.licensed:
            none = Diagnostic("licence/no-entry", span, {"path": path}, scope=Scope.ROW)
            yield rights.unusable.get(rights.licensed.entry_of(path), none)


def where_filled(path: str, job: Job) -> Span:
    """Where a recipe names a file."""
    named = (filling.text for filling in job.piece.fill.values())
    return next((text.span for text in named if text is not None and text == path), job.piece.span)


def refused_pictures(scene: Scene, job: Job, rights: Rights) -> Iterator[Diagnostic]:
    """Yield why pictures may not be shown: each of those who are in them agrees, and unknown means no.

    A drawing shows nobody, unless a row or the register says whom.
    """
    for shown in pictures_of(scene):
        path = shown.picture.path
        known_empty = shown.picture.vector or path in rights.nobody
        if not rights.of_picture.get(path) and not known_empty:
            yield refusal("consent/nobody-asked", shown.origin.span, path=path)
        key = path, job.channel.id
        if key not in rights.found:
            rights.found[key] = tuple(refused_picture(path, job.channel, rights, known_empty=known_empty))
        yield from rights.found[key]


def refused_picture(
    path: str, channel: Channel, rights: Rights, *, known_empty: bool
) -> Iterator[Diagnostic]:
    """Yield why a picture may not be shown on a channel; one of nobody needs no answer, and heeds a no."""
    for grant in rights.of_picture.get(path, ()):
        if known_empty and grant.of_photo and not grant.given:
            continue
        problem = judge(grant, channel, rights.today, photo=True)
        if problem is not None:
            yield replace(problem, facts={**problem.facts, "path": path})


def named_with_school(scene: Scene, job: Job, rights: Rights) -> Iterator[Diagnostic]:
    """Yield each child whose name and school both stand in what is shown."""
    rows = (job.row,) if job.row is not None else (*job.rows.rows, *(part.row for part in job.parts))
    grants = [grant for row in rows if row is not None for grant in of_row(row, rights)]
    grants += [g for shown in pictures_of(scene) for g in rights.of_picture.get(shown.picture.path, ())]
    children = [grant for grant in grants if is_child(grant) and grant.name and grant.school]
    words = "\n".join(fact.text for fact in scene.facts).casefold() if children else ""
    for child in children:
        if child.name.casefold() in words and child.school.casefold() in words:
            yield refusal("consent/name-and-school", child.span, id=child.id)
