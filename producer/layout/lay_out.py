"""Layout: a scene's elements get absolute places, and a clip's pages their frames."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from math import ceil

from producer.diagnostics import Diagnostic, ProducerError, Scope, once
from producer.kept import NO_NOTES, Notes
from producer.layout.block import Setter
from producer.layout.font import FontBook
from producer.layout.model import Counter, Cue, Document, Item, Motion, Page
from producer.layout.page import Laid, lay_out_page
from producer.layout.picture_problem import picture_problems
from producer.layout.scrim import See
from producer.layout.short_name import said_shorter, short_names, shortened
from producer.layout.stamp import with_stamp
from producer.layout.word_problem import word_problems
from producer.plan.model import Medium
from producer.scene.model import (
    Element,
    FlagElement,
    ListElement,
    NumberElement,
    Role,
    Scene,
    ScenePage,
    TextElement,
    TimelineElement,
)

# Scene lengths are multiples of 0.2 s, so that 25 and 30 frames a second cut alike.
TICK = Decimal("0.2")
WORDS_PER_SECOND = Decimal(3)  # that people read on a phone, see docs/clips.md
SETTLE = Decimal("1.0")  # for words to come in and the eye to find them
# Of the reading time, where a clip must be shorter: 4.5 words a second, some 19 letters, the most for subtitles.
FASTEST = Decimal(2) / 3
SHORTEST = Decimal("2.4")
ENTER_SECONDS = Decimal("0.5")
COUNT_SECONDS = Decimal("1.2")
STAGGER_SECONDS = Decimal("0.2")


def lay_out(
    scene: Scene, fonts: FontBook, read_bytes: Callable[[str], bytes], see: See, notes: Notes = NO_NOTES
) -> Document:
    """Return the document of a scene, with what its author should know of its pictures.

    ``see`` gives a photo's pixels, where words stand on it; ``notes`` remember what was found in photographs.

    Raises:
        ProducerError: all pages' words that do not fit, and drawings of the brand that cannot be read.
    """
    setter = Setter(scene, fonts, read_bytes, see, 0, notes)
    pages: list[Page] = []
    problems: list[Diagnostic] = []
    seen: list[Diagnostic] = []
    try:
        lengths = page_frames(scene)
    except ProducerError as error:  # the pages' own problems are told beside it
        problems += error.diagnostics
        lengths = tuple(1 for _ in scene.pages)
    facts = scene.facts
    for full, frames in zip(scene.pages, lengths, strict=True):
        try:
            page, (items, reading) = _page_that_fits(full, setter)
        except ProducerError as error:
            problems += error.diagnostics
            continue
        if page is not full:
            seen += short_names(page)
            facts = said_shorter(facts, full)
        seen += (*picture_problems(page, items, setter), *word_problems(page, items, setter))
        if scene.canvas.medium is Medium.VIDEO:
            read = [items[at].name for at in reading]
            items = in_motion(items, scene, first=not pages)
            # A figure that counts parts from its label, so that places shift.
            places = {item.name: at for at, item in enumerate(items) if item.role is not Role.DECORATION}
            reading = tuple(places[name] for name in read)
        if scene.stamp is not None:
            items = with_stamp(items, scene.stamp, scene.canvas, fonts)
        pages.append(Page(page.name, page.title, items, reading, frames, page.notes))
    if problems:
        raise ProducerError(problems)
    return Document(
        scene.job,
        scene.format,
        scene.title,
        scene.language,
        scene.canvas,
        tuple(pages),
        facts,
        scene.rate,
        scene.between,
        cues(scene, tuple(pages)),
        scene.sound,
        scene.link,
        scene.post,
        scene.alts,
        scene.about,
        scene.stamp.words if scene.stamp is not None else "",
        problems=once((*scene.problems, *seen)),
    )


def _page_that_fits(page: ScenePage, setter: Setter) -> tuple[ScenePage, Laid]:
    """Return a page as it could be laid out: where nothing else fits, with the organisation's short name.

    Raises:
        ProducerError: it does not fit with that either; the problems are those of the full name.
    """
    try:
        return page, lay_out_page(page, setter)
    except ProducerError:
        shorter = shortened(page)
        if shorter is not None:
            with suppress(ProducerError):
                return shorter, lay_out_page(shorter, setter)
        raise


def page_frames(scene: Scene) -> tuple[int, ...]:
    """Return how many frames each page stays: as long as its words take to read, within the channel's limits.

    Where they take longer than the channel's most, people are asked to read faster, with a third of the time less
    at most; a page that the template holds keeps its length, and none is shorter than ``SHORTEST``.

    Raises:
        ProducerError: even so the pages take longer than the most.
    """
    if scene.canvas.medium is not Medium.VIDEO:
        return tuple(1 for _ in scene.pages)
    ticks = [ceil((page.hold or reading_time(page)) / TICK) for page in scene.pages]
    floors = [ceil((page.hold or max(reading_time(page) * FASTEST, SHORTEST)) / TICK) for page in scene.pages]
    free = [at for at, page in enumerate(scene.pages) if page.hold is None] or list(range(len(ticks)))
    least = ceil((scene.least_seconds or Decimal(0)) / TICK)
    most = int((scene.most_seconds or Decimal(100_000)) / TICK)
    if sum(floors) > most:
        raise ProducerError([too_long(scene, sum(floors) * TICK)])
    for turn in range(least - sum(ticks)):
        ticks[sorted(free)[turn % len(free)]] += 1
    for _ in range(sum(ticks) - most):  # where the most time is left to take
        ticks[max(free, key=lambda at: ticks[at] - floors[at])] -= 1
    return tuple(int(count * TICK * scene.rate) for count in ticks)


def too_long(scene: Scene, seconds: Decimal) -> Diagnostic:
    """Return that a clip of ``seconds`` is too long for its channel, at the words of its longest page."""
    longest = max(scene.pages, key=lambda page: page.hold or reading_time(page))
    places = (element.origin.span for element in longest.elements if spoken_texts(element))
    most = scene.most_seconds or Decimal(0)
    told = {"seconds": seconds, "over": seconds - most, "most": most}
    facts = {name: f"{value:f}".removesuffix(".0") for name, value in told.items()}
    return Diagnostic("layout/too-long", next(places, longest.span), facts, scope=Scope.ROW)


def reading_time(page: ScenePage) -> Decimal:
    """Seconds that a page's words take to read."""
    count = sum(len(text.split()) for element in page.elements for text in spoken_texts(element))
    return max(SETTLE + count / WORDS_PER_SECOND, SHORTEST)


def spoken_texts(element: Element) -> tuple[str, ...]:
    """The words of an element that people are meant to read in passing."""
    if isinstance(element, TextElement):
        return ("".join(run.text for run in element.runs),)
    if isinstance(element, ListElement):
        return tuple("".join(run.text for run in item.runs) for item in element.items)
    if isinstance(element, NumberElement):
        return (f"{element.text} {element.label}",)
    if isinstance(element, TimelineElement):
        return tuple(f"{entry.when} {entry.text}" for entry in element.entries)
    return ()


def in_motion(items: tuple[Item, ...], scene: Scene, *, first: bool) -> tuple[Item, ...]:
    """Return the items with their entrances, one after another.

    On the first page words stand from the first frame on: it is what a phone shows before the clip plays.
    """
    length = int(ENTER_SECONDS * scene.rate)
    span = int(COUNT_SECONDS * scene.rate)
    stagger = int(STAGGER_SECONDS * scene.rate)
    distance = scene.canvas.size.height * 0.028
    made, turn = [], 0
    for item in items:
        if item.role is Role.DECORATION or item.zoom is not None or isinstance(item.element, FlagElement):
            made.append(
                item
            )  # a picture that moves by itself stands from the start, and a flag does not fade
            continue
        enter = "none" if first else scene.enter
        start = turn * stagger
        counting = tuple(paint for paint in item.paints if isinstance(paint, Counter))
        if counting:
            # What is counted is said once the count has ended: a figure on its way is not true yet.
            words = tuple(paint for paint in item.paints if not isinstance(paint, Counter))
            label = Motion(scene.enter, start + span, length, distance)
            made.append(replace(item, paints=counting, motion=Motion("none", start, span)))
            made.append(replace(item, name=f"{item.name}-label", paints=words, motion=label))
        else:
            made.append(replace(item, motion=Motion(enter, start, length, distance)))
        turn += 1
    return tuple(made)


def cues(scene: Scene, pages: tuple[Page, ...]) -> tuple[Cue, ...]:
    """Return the subtitles of a clip: the words of each page, while it stays."""
    if scene.canvas.medium is not Medium.VIDEO:
        return ()
    made, at = [], 0
    for spec, page in zip(scene.pages, pages, strict=True):
        words = [text for element in spec.elements for text in spoken_texts(element)]
        if words:
            made.append(Cue(at, at + page.frames - 1, "\n".join(words)))
        at += page.frames
    return tuple(made)
