"""No text that leaves with a product names who does not agree, or a child beside its school."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass

from producer.brand.model import Artwork, Ink, TextStyle
from producer.data.model import Row
from producer.diagnostics import Diagnostic, Level, Scope, Span
from producer.letter import TAG
from producer.plan.model import Job
from producer.rights.fold import folded, is_telling, says, says_plain
from producer.rights.grant import grants_in, names_of
from producer.rights.judge import is_child, judge, refusal
from producer.rights.model import CONSENT, SCHOOL, Grant, Rights
from producer.rights.read import entered, recorded
from producer.scene.model import Origin, Picture, PictureElement, Scene

# Of a scene: where and of what it is made, and no words.
UNTOLD = (Span, Diagnostic, Origin, Picture, Artwork, TextStyle, Ink)
END = " ¦ "  # between two texts, so that no name begins in one and ends in the other


@dataclass(frozen=True, slots=True)
class Words:
    """All that a product says: its pages, what is read of them aloud, its post, titles, notes, and its files' names."""

    said: str  # as :func:`folded` leaves it
    plain: str  # names of files, addresses and tags, which have no marks

    @classmethod
    def of(cls, texts: Iterable[str], *paths: str) -> Words:
        """The words of texts, and of what has no marks: paths and addresses."""
        each = dict.fromkeys(texts)
        tags = (found[0] for text in each for found in TAG.finditer(text))
        return cls(folded(END.join(each)), "/".join((*paths, *tags)))

    def name(self, name: str) -> bool:
        """Whether it says a name."""
        plain = folded(name)
        return says(plain, self.said) or says_plain(plain, self.plain)


def words_of(scene: Scene, job: Job) -> Words:
    """Return all words that leave with a product, in its files and beside them."""
    return Words.of(texts_in(scene), job.path, scene.link)


def texts_in(value: object) -> Iterator[str]:
    """Yield every text of a scene: of its runs joined, its facts have the whole."""
    if isinstance(value, str):
        if value.strip():
            yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from texts_in(part)
    elif is_dataclass(value) and not isinstance(value, UNTOLD):
        for one in fields(value):
            yield from texts_in(getattr(value, one.name))


def refused_words(scene: Scene, job: Job, rights: Rights) -> Iterator[Diagnostic]:
    """Yield why the words of a product may not go out; a warning where two people share a name."""
    unnamed = unnamed_on(job, rights)
    if not rights.people:
        return
    rows = shown_rows(job, rights)
    words = words_of(scene, job)
    named = [name for name in unnamed if words.name(name)]
    if named:
        agreed = {folded(name) for row in rows for name in agreeing(row, job, rights)}
        yield from (unnamed[name] for name in named if name not in agreed)
    of_rows = (grant for row in rows for grant in recorded(row, rights.register))
    of_pictures = (
        grant for shown in pictures_of(scene) for grant in rights.of_picture.under(shown.picture.path)
    )
    for grant in (*of_rows, *of_pictures):
        if (
            is_child(grant)
            and grant.school
            and words.name(grant.school)
            and any(map(words.name, grant.names))
        ):
            yield refusal("consent/name-and-school", grant.place(SCHOOL), id=grant.id)


def pictures_of(scene: Scene) -> tuple[PictureElement, ...]:
    """The pictures of all pages, on their grounds too."""
    shown = (element for page in scene.pages for element in (*page.elements, page.ground.picture))
    return tuple(element for element in shown if isinstance(element, PictureElement))


def shown_rows(job: Job, rights: Rights) -> tuple[Row, ...]:
    """Every row that a job or one of its parts shows."""
    return tuple(row for one in (job.parts or (job,)) for row in one.shown_rows(rights.tables))


def agreeing(row: Row, job: Job, rights: Rights) -> Iterator[str]:
    """Yield the names of those of a row who agree to the job."""
    for source in row.sources:
        grants = (*grants_in(source, CONSENT), *entered(source, rights.register))
        if grants and not any(judged(grant, job, rights) for grant in grants):
            yield from names_of(source)


def unnamed_on(job: Job, rights: Rights) -> Mapping[str, Diagnostic]:
    """Return by folded name why a text may not say it on a job's channel."""
    key = job.channel.id, job.piece.purpose
    if key not in rights.unnamed:
        rights.unnamed[key] = _unnamed(job, rights)
    return rights.unnamed[key]


def _unnamed(job: Job, rights: Rights) -> Mapping[str, Diagnostic]:
    by_name: dict[str, dict[str, list[Grant]]] = {}
    for grant in rights.people:
        for name in filter(is_telling, grant.names):
            by_name.setdefault(folded(name), {}).setdefault(folded(grant.id), []).append(grant)
    found: dict[str, Diagnostic] = {}
    for name, people in by_name.items():
        refused = [why for grants in people.values() if (why := why_unnamed(grants, job, rights)) is not None]
        if refused:
            found[name] = of_name(
                name, refused[0], shared=any(agrees(g, job, rights) for g in people.values())
            )
    return found


def why_unnamed(grants: list[Grant], job: Job, rights: Rights) -> Grant | None:
    """Return by which of their grants a person may not be named: a no, or all of them where none reaches so far."""
    problems = [(grant, judged(grant, job, rights)) for grant in grants]
    no = next((grant for grant, problem in problems if problem is not None and grant.refuses), None)
    return no or (problems[0][0] if all(problem is not None for _, problem in problems) else None)


def agrees(grants: list[Grant], job: Job, rights: Rights) -> bool:
    """Whether a person agrees to be named: not only to be seen in a photograph."""
    return why_unnamed(grants, job, rights) is None and any(not grant.pictures for grant in grants)


def of_name(name: str, grant: Grant, *, shared: bool) -> Diagnostic:
    """The refusal of a name; of one that somebody else has who agrees a warning, since only a reader can tell."""
    facts = {"name": next((n for n in grant.names if folded(n) == name), name), "id": grant.id}
    level = Level.WARNING if shared else Level.REFUSED
    return Diagnostic("consent/named", grant.span, facts, level, Scope.ROW)


def judged(grant: Grant, job: Job, rights: Rights) -> Diagnostic | None:
    """Why a consent does not cover the words of a job."""
    return judge(grant, job.channel, rights.today, photo=False, purpose=job.piece.purpose)
