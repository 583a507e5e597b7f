"""One project kept warm: what can be asked for, and how it will look, while somebody is still typing.

A `Workshop` is for one thread of one process. It reads the project's files as they are and starts anew where brand,
templates, registers or recipes change; it writes nothing. The preview is no likeness: the draft's recipe and row go
through the stages of the pipeline as they would from the disk, and only the painting is smaller.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from producer.build.store import FOLDER
from producer.diagnostics import Diagnostic, Level, ProducerError, Span, once
from producer.pipeline import prepare
from producer.recipe.channel import presets
from producer.recipe.model import Medium
from producer.requests.draft import Draft, problems
from producer.requests.form import Form, is_askable
from producer.requests.opened import Drawn, LineBreaks, Opened, draw, line_breaks, stamp_of
from producer.requests.overlay import OverlayWorld
from producer.requests.problem import FieldProblem, as_read
from producer.requests.recipe_folder import RECIPE, files_of, laid_over
from producer.requests.register import Event, event_of, events_of
from producer.requests.upload import PhotoShelf
from producer.world import FolderWorld

PREVIEW = f"{FOLDER}/preview"  # where a draft is laid over the project; nothing is written there
SMALL, CARD = 540, 320  # px wide: a preview, and a picture to choose by
MOST_LOOKS = 3


@dataclass(frozen=True, slots=True)
class Kind:
    """A piece that can be asked for."""

    template: str
    about: str  # what it is for
    example: Draft  # filled in as the project's own recipes fill it


@dataclass(frozen=True, slots=True)
class Preview:
    """How a draft looks now."""

    png: bytes  # nothing where it cannot be drawn: the problems say why
    problems: tuple[FieldProblem, ...]
    line_breaks: LineBreaks
    borrowed: tuple[str, ...] = ()  # fields that are still empty, and shown with the example's words

    @property
    def is_whole(self) -> bool:
        """Whether it can be sent: nothing is borrowed, and no problem stops it."""
        return not self.borrowed and all(one.level is not Level.ERROR for one in self.problems)


@dataclass(frozen=True, slots=True)
class LookCard:
    """One of the looks to choose from, with its picture."""

    look: str
    about: str
    preview: Preview


class Workshop:
    """A project folder, opened once."""

    def __init__(self, project: Path, language: str = "vi") -> None:
        """Take the project; nothing is read before it is asked for."""
        self.project, self.language = project, language
        self.world = FolderWorld(project)
        self.photos = PhotoShelf(project)
        self._stamp: object = None
        self._state: Opened | None = None

    @property
    def state(self) -> Opened:
        """What was read of the project, anew where its files changed."""
        stamp = stamp_of(self.project)
        if self._state is None or stamp != self._stamp:
            self._stamp, self._state = stamp, Opened(self.world, self.project)
        return self._state

    def kinds(self) -> tuple[Kind, ...]:
        """The pieces that can be asked for: templates that a form can fill and that the project's recipes show.

        Raises:
            ProducerError: the brand cannot be read.
        """
        names = [name for name in self.state.registers.examples if is_askable(self.state.template(name))]
        return tuple(Kind(name, self.form(name).about, self.example(name)) for name in sorted(names))

    def form(self, template: str, language: str = "") -> Form:
        """The form of a template, in a language of ours.

        Raises:
            ProducerError: there is no such template, or it cannot be read.
        """
        return self.state.form(template, language or self.language)

    def events(self, template: str = "") -> tuple[Event, ...]:
        """The rows of the project's registers that staff may pick; for a template those that fill its form."""
        return events_of(self.state.registers, self.form(template) if template else None)

    def example(self, template: str) -> Draft:
        """A template filled in as the project's own recipes fill it.

        Raises:
            ProducerError: no recipe of the project makes such a piece.
        """
        form, example = self.form(template), self.state.registers.examples.get(template)
        if example is None:
            raise ProducerError([Diagnostic("request/unknown-kind", Span(""), {"name": template})])
        served = {choice.value for choice in form.channels}
        named = [str(channel) for channel in example.piece.channels if str(channel) in served]
        channels = tuple(named) or tuple(choice.value for choice in form.channels)[:1]
        event = event_of(example.row, form)
        look = example.row.values.get("look")
        known = [choice.value for choice in form.looks]
        return Draft(
            template,
            example.today,
            event.values,
            look=look if isinstance(look, str) and look in known else known[0],
            channels=channels,
            event=event.id,
            language=self.language,
        )

    def problems(self, draft: Draft) -> tuple[FieldProblem, ...]:
        """What is wrong with a draft, each at its field; the page is laid out for it in every channel."""
        channels = draft.channels or ("",)
        found = (one for channel in channels for one in self.preview(draft, CARD, channel).problems)
        return tuple({(one.field, one.code): one for one in found}.values())

    def looks(self, draft: Draft, width: int = CARD) -> tuple[LookCard, ...]:
        """The layouts to choose from, each drawn with the draft's own words."""
        looks = self.form(draft.template).looks[:MOST_LOOKS]
        return tuple(
            LookCard(look.value, look.label, self.preview(replace(draft, look=look.value), width))
            for look in looks
        )

    def preview(self, draft: Draft, width: int = SMALL, channel: str = "") -> Preview:
        """How a draft looks in one of its channels, the first picture of them if none is named. Never raises.

        Fields that are still empty are drawn with the example's words, and named.
        """
        try:
            form = self.form(draft.template, draft.language)
        except ProducerError as error:
            return Preview(b"", as_read(error.diagnostics, None, self.language), {})
        own = problems(draft, form)
        shown, borrowed = self._with_example(draft, form, channel)
        try:
            made = self._sketched(shown, form, width)
        except ProducerError as error:
            told = once((*own, *error.diagnostics))
            return Preview(b"", as_read(told, form, draft.language), {}, borrowed)
        told = once((*own, *made.problems))
        return Preview(made.png, as_read(told, form, draft.language), line_breaks(made.document), borrowed)

    def _with_example(self, draft: Draft, form: Form, channel: str) -> tuple[Draft, tuple[str, ...]]:
        """A draft that can be drawn: in one channel, with the example's words where a field must not be empty."""
        missing = [
            one.key
            for one in form.fields
            if one.required and not (draft.value(one.key) or one.key in draft.photos)
        ]
        served = [choice.value for choice in form.channels]
        asked = [one for one in (channel, *draft.channels) if one in served]
        pictures = [one for one in asked if presets()[one].medium is Medium.IMAGE]
        chosen = (channel if channel in served else "") or next(iter((*pictures, *asked, *served)), "")
        lent: Mapping[str, str] = {}
        if missing and form.template in self.state.registers.examples:
            lent = self.example(form.template).values
        borrowed = tuple(key for key in missing if lent.get(key))
        values = {**draft.values, **{key: lent[key] for key in borrowed}}
        known = [choice.value for choice in form.looks]
        look = draft.look if draft.look in known else known[0]
        return replace(draft, values=values, channels=(chosen,), look=look), borrowed

    def _sketched(self, draft: Draft, form: Form, width: int) -> Drawn:
        """Draw a draft as its recipe would be.

        Raises:
            ProducerError: it cannot be drawn.
        """
        made = files_of((draft,), form, PREVIEW, self.photos)
        world = OverlayWorld(self.world, laid_over(self.world, made))
        state = self.state
        road = prepare(f"{PREVIEW}/{RECIPE}", world, state.stages)
        if not road.plan.jobs:
            raise ProducerError(road.problems)
        return draw(road.plan.jobs[0], road, state, world, width)
