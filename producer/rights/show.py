"""Compose a job as far as people agree and licences allow, and look at what it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from producer.data.model import Table
from producer.diagnostics import Diagnostic, Level, ProducerError, Scope, Span, once
from producer.plan.model import Job
from producer.rights.judge import judge, refusal
from producer.rights.model import Rights
from producer.rights.permit import Withheld, permit
from producer.rights.text import pictures_of, refused_words
from producer.scene.model import Scene

Compose = Callable[[Job, Mapping[str, Table]], Scene]


@dataclass(frozen=True, slots=True)
class Shown:
    """A job's scene; or why it is refused."""

    scene: Scene | None
    refused: tuple[Diagnostic, ...] = ()


def show(job: Job, rights: Rights, compose: Compose) -> Shown:
    """Return the scene of what may be shown on the job's channel.

    A picture that may not be shown is left out where many rows are shown together: first the picture alone, then,
    where its page cannot do without, its row. So is a row whose words name who may not be named. Where nothing
    helps the job is refused.

    Raises:
        ProducerError: composing found a problem, or a file has no entry in the register of licences.
    """
    first = attempt(job, rights, compose, Withheld())
    paths = frozenset(str(why.facts["path"]) for why in first.refused if "path" in why.facts)
    names = frozenset(str(why.facts["name"]) for why in first.refused if why.code == "consent/named")
    if not paths and not names:
        return first
    for withheld in (Withheld(paths, names=names), Withheld(paths, rows=True, names=names)):
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
    told = once([*refused_pictures(scene, may.job, rights), *refused_words(scene, may.job, rights)])
    refused = tuple(problem for problem in told if problem.level is Level.REFUSED)
    if refused:
        return Shown(None, refused)
    beside = (*may.left_out, *told)
    return Shown(replace(scene, problems=(*scene.problems, *beside)) if beside else scene)


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
        if not rights.of_picture.under(path) and not known_empty:
            yield refusal("consent/nobody-asked", shown.origin.span, path=path)
        key = path, job.channel.id, job.piece.purpose
        if key not in rights.found:
            rights.found[key] = tuple(refused_picture(path, job, rights, known_empty=known_empty))
        yield from rights.found[key]


def refused_picture(path: str, job: Job, rights: Rights, *, known_empty: bool) -> Iterator[Diagnostic]:
    """Yield why a picture may not be shown in a job; one of nobody needs no answer, and heeds a no."""
    for grant in rights.of_picture.under(path):
        if known_empty and grant.of_photo and not grant.given:
            continue
        problem = judge(grant, job.channel, rights.today, photo=True, purpose=job.piece.purpose)
        if problem is not None:
            yield replace(problem, facts={**problem.facts, "path": path})
