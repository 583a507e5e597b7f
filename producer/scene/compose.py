"""Compose: a job and its template become a scene; after this nothing is looked up or optional."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from producer.data.model import Table
from producer.diagnostics import Diagnostic, ProducerError, Scope, once
from producer.occasion import CALENDAR_COLUMN
from producer.plan.model import LOOK_COLUMN, THEME_COLUMN, Channel, Job, Medium
from producer.recipe.model import (
    BESIDE_PHOTO,
    Drawing,
    PageSpec,
    Project,
    Slot,
    SlotType,
    choose_drawing,
)
from producer.scene.about import about_of, together
from producer.scene.context import Context
from producer.scene.drawing import kept_cells, upright_of
from producer.scene.dropped import dropped, half_filled
from producer.scene.element import check_optional, fill_slot
from producer.scene.fact import credits_of, facts_of
from producer.scene.filler import Filler
from producer.scene.flag import flags_in_one_ink, with_flag
from producer.scene.ground import Grounds
from producer.scene.ink import Inks, tokens_of
from producer.scene.model import About, Canvas, Element, Fact, Press, Scene, ScenePage, Sound, Waiver
from producer.scene.picture import (
    credit_words,
    find_picture,
    find_sound,
    is_signed,
    maps_to_check,
    with_credits,
    with_one_code,
)
from producer.scene.post import alt_text, post_file, post_words
from producer.scene.signature import PRINT_PX_PER_INCH, Signer
from producer.scene.title import title_of, unique_titles, with_title
from producer.scene.voice import Voice
from producer.scene.waiver import waivers_of, waivers_of_sheet
from producer.world import World

SCREEN_PX_PER_INCH = 96.0
# The columns by which a row may take a theme of the brand, the later laid over the earlier.
THEME_COLUMNS = (THEME_COLUMN, CALENDAR_COLUMN)
IN_INKS = ("pdf", "tif")  # formats whose print files are made of the press's inks
PICTURES = ("png", "jpg", "webp", "avif", "tif")  # files that a channel may limit in megabytes
BESIDE_THE_PAGE = (SlotType.ROWS, SlotType.SOUND)  # slots that no drawing shows


def compose(job: Job, project: Project, tables: Mapping[str, Table], world: World) -> Scene:
    """Return the scene of one job.

    Raises:
        ProducerError: a slot that stays empty, a picture that cannot be used, an unknown column or filter. A
            problem of the row's own values has ``Scope.ROW``.
    """
    if not job.parts:
        return Composer(job, project, tables, world).scene()
    scenes: list[Scene] = []
    problems: list[Diagnostic] = []
    for part in job.parts:
        try:
            scenes.append(Composer(part, project, tables, world, job).scene())
        except ProducerError as error:
            problems += error.diagnostics
    if problems:
        raise ProducerError(problems)
    return on_sheets(job, scenes, str(project.recipe.title), waivers_of_sheet(job, project.recipe, tables))


def on_sheets(job: Job, scenes: Sequence[Scene], title: str, waivers: tuple[Waiver, ...]) -> Scene:
    """Return one scene of the pages of many; their crop marks are those of the sheet."""
    first = scenes[0]
    return replace(
        first,
        job=job.id,
        format=job.format,
        title=title,
        canvas=replace(first.canvas, marks=False, imposition=job.imposition),
        pages=unique_titles(tuple(page for scene in scenes for page in scene.pages)),
        facts=tuple(fact for scene in scenes for fact in scene.facts),
        colours={token: colour for scene in scenes for token, colour in scene.colours.items()},
        waivers=waivers,
        alts=tuple(alt for scene in scenes for alt in scene.alts),
        about=together([scene.about for scene in scenes]),
        problems=once(problem for scene in scenes for problem in scene.problems),
    )


class Composer:
    """Fills one job's template; gathers problems over all of its pages."""

    def __init__(
        self, job: Job, project: Project, tables: Mapping[str, Table], world: World, sheet: Job | None = None
    ) -> None:
        """Take the job and all that its content can come from; ``sheet`` is the job that it is a part of."""
        self.sheet = sheet
        self.job, self.project, self.tables, self.world = job, project, tables, world
        self.brand = project.brand
        laid = [job.row.values.get(column) for column in THEME_COLUMNS] if job.row is not None else []
        self.inks = Inks.of(self.brand, *(theme for theme in laid if isinstance(theme, str)))
        voice = Voice(self.brand.organisation, job.unit, project.recipe.today, project.calendar)
        self.context = Context(job.rows, job.row, voice)
        self.signer = Signer(job, self.brand, self.context.day() or project.recipe.today)
        self.facts: list[Fact] = []
        self.problems: list[Diagnostic] = []
        self.placed: set[str] = set()  # slots that pages show, or would where their row had more
        self.taken: list[Drawing] = []  # the drawings that pages are made by

    def scene(self) -> Scene:
        """Return the whole scene."""
        pages, sound = unique_titles(tuple(self.pages())), self.sound()
        if not pages and not self.problems:
            span = self.job.template.pages[0].span
            self.problems.append(Diagnostic("scene/no-pages", span, scope=Scope.ROW))
        alts = tuple(alt_text(page) for page in pages)
        post = self.post(alts)
        music = self.project.credits.get(sound.path, "") if sound is not None else ""
        credited = with_credits(pages, music)
        self.note_facts(tuple(fact for page in credited for fact in credits_of(page.elements)))
        self.note(*self.unknown_look(), *self.unplaced(), *self.unsigned(pages, music))
        self.note(*self.unprintable(pages), *flags_in_one_ink(pages, self.job.channel.inks))
        of_job = partial(waivers_of, recipe=self.project.recipe, tables=self.tables)
        waivers = of_job(self.job)
        of_sheet = of_job(self.sheet) if self.sheet is not None else ()
        maps = tuple(maps_to_check(pages, self.job, self.project))
        ticks = (*waivers, *of_sheet)
        self.note(*(problem for problem in maps if not any(tick.covers(problem) for tick in ticks)))
        if self.problems:
            raise ProducerError(once(self.problems))
        channel = self.job.channel
        moves = channel.medium is Medium.VIDEO
        named = self.job.row.values.get("title") if self.job.row is not None else None
        return Scene(
            job=self.job.id,
            format=self.job.format,
            title=named if isinstance(named, str) else str(self.project.recipe.title),
            language=self.brand.language,
            canvas=self.canvas(channel),
            pages=credited,
            facts=tuple(self.facts),
            rate=channel.rate,
            enter=self.brand.motion.enter if moves else "none",  # a still is not stale by how clips move
            between=self.brand.motion.between if moves else "cut",
            least_seconds=channel.least_seconds,
            most_seconds=channel.most_seconds,
            joins=self.brand.joins,
            colours=with_flag(self.brand.colours, pages),
            sound=sound,
            link=self.signer.payload,
            post=post,
            waivers=waivers,
            alts=alts,
            about=self.about(credited, music),
            problems=(
                *dropped(self.job, self.placed, self.taken),
                *half_filled(self.job, self.placed),
                *maps,
            ),
        )

    def about(self, pages: Sequence[ScenePage], music: str) -> About:
        """What the file says of itself."""
        profile, row = self.signer.profile, self.job.row
        tags = row.values.get("hashtags") if row is not None else None
        words = (tags if isinstance(tags, str) else "", str(self.project.recipe.title))
        unit = profile.name if profile is not None else ""
        return about_of(pages, unit, self.signer.day.year, words, credit_words(pages, music))

    def canvas(self, channel: Channel) -> Canvas:
        """A channel's page with the brand's white space."""
        in_print = channel.medium is Medium.PRINT
        return Canvas(
            channel.size,
            channel.safe,
            channel.bleed,
            channel.medium,
            PRINT_PX_PER_INCH if in_print else SCREEN_PX_PER_INCH,
            channel.dpi,
            margin=self.brand.margin * channel.size.shorter / 100,
            gap=self.brand.gap * channel.size.shorter / 100,
            marks=channel.marks and in_print,
            scale=channel.scale,
            circle=channel.circle,
            inks=channel.inks,
            least_text=channel.least_text,
            least_line=channel.least_line,
            press=self.press() if in_print else None,
            max_mb=channel.max_mb if self.job.format in PICTURES else None,
            advised_mb=channel.advised_mb.get(self.job.format),
            most_inks=channel.most_inks,
            repeat=channel.repeat,
            slice=channel.slice if self.job.format in PICTURES else 0.0,
        )

    def press(self) -> Press:
        """The printer's terms, and what the page of checks beside a print file is set in."""
        face, made = self.brand.styles["body"], self.job.channel.made
        return Press(
            self.brand.press,
            face.face,
            face.bold,
            self.project.recipe.today,
            self.job.channel.id,
            self.inks.ink("background").token,
            checked=self.job.format == ("pdf" if "pdf" in made else made[0]),
        )

    def pages(self) -> Iterator[ScenePage]:
        """Yield the pages: one for each of the template's, or one for every row that a page is made from."""
        specs = {str(spec.name): spec for spec, _ in self.job.drawings}
        for spec in specs.values():
            drawings = [drawing for of, drawing in self.job.drawings if of is spec]
            made = [self.page(spec, drawings, context) for context in self.contexts(spec)]
            if None in made or not made:
                self.placed |= {name for drawing in drawings for name in drawing.names}
            yield from (page for page in made if page is not None)

    def contexts(self, spec: PageSpec) -> tuple[Context, ...]:
        """What a page speaks of: the piece's row or rows, or each row of a rows slot in turn."""
        if spec.each is None:
            return (self.context,)
        filling = self.job.piece.fill.get(spec.each)
        named = filling.text if filling is not None else None
        table = self.tables[str(named)] if named is not None else self.job.rows
        count = len(table.rows)
        return tuple(
            replace(self.context, table=table, row=row, place=(at, count))
            for at, row in enumerate(table.rows, 1)
        )

    def page(self, spec: PageSpec, drawings: Sequence[Drawing], context: Context) -> ScenePage | None:
        """One page, or nothing where the slot that it waits for is empty."""
        grounds = Grounds(spec, self.brand, self.job.template.slots, self.inks)
        elements = self.elements(drawings, context, grounds)
        if spec.when is not None and str(spec.when) not in elements:
            return None
        drawing = choose_drawing(drawings, elements, upright_of(elements))
        self.taken.append(drawing)
        drawn = {name for other in drawings for name in other.names}
        self.placed |= {*drawing.names, *(drawn - elements.keys()), *grounds.unseen}
        shown = with_one_code(
            with_title([elements[name] for name in drawing.names if name in elements]),
            of_many=spec.each is not None,
        )
        self.note_facts(facts_of(shown, context))
        return ScenePage(
            name=str(spec.name),
            title=title_of(shown, str(spec.name)),
            cells=kept_cells(drawing.cells, elements, tuple(spec.panels.values())),
            elements=shown,
            ground=grounds.ground(elements.get(grounds.picture_slot or "")),
            panels=grounds.panels([element.name for element in shown]),
            hold=spec.hold,
            move=spec.move,
            span=drawing.span,
            notes=self.notes(spec, context),
        )

    def elements(self, drawings: Sequence[Drawing], context: Context, grounds: Grounds) -> dict[str, Element]:
        """The elements of a page by slot: those of any of its drawings, its ground's, and the one it waits for."""
        names = [*grounds.unseen, *(name for drawing in drawings for name in drawing.names)]
        made = {
            name: self.element(self.slot(name, grounds.spec), context, grounds.inks_on(name))
            for name in dict.fromkeys(names)
        }
        there = {name: element for name, element in made.items() if element is not None}
        waits = {name: self.job.template.slots[name].when for name in there}
        return {name: e for name, e in there.items() if waits[name] is None or waits[name] in there}

    def slot(self, name: str, spec: PageSpec) -> Slot:
        """A slot as the page's look sets it."""
        slot = self.job.template.slots[name]
        return spec.set[name].of(slot) if name in spec.set else slot

    def element(self, slot: Slot, context: Context, inks: Inks) -> Element | None:
        """One slot's element on its ground; a problem is kept so that all of a piece are told at once."""
        try:
            return fill_slot(self.filler(context, inks), slot)
        except ProducerError as error:
            self.note(*error.diagnostics)
            return None

    def filler(self, context: Context, inks: Inks) -> Filler:
        """What fills slots from ``context`` on a ground of ``inks``."""
        return Filler(
            self.brand,
            context,
            self.tables,
            self.job.piece.fill,
            inks,
            self.project.recipe.today,
            partial(find_picture, world=self.world, names=self.project.credits),
            self.signer,
            max(self.large(channel) for channel in (self.job.channel, *self.job.together)),
        )

    def large(self, channel: Channel) -> float:
        """The size of large bold words on a channel's page, % of its shorter side.

        Of all channels of a row the largest counts: a figure that is gold on the poster is gold on the post.
        """
        return self.canvas(channel).large_px(bold=True) / channel.size.shorter * 100

    def notes(self, spec: PageSpec, context: Context) -> str:
        """What the speaker says on a page."""
        try:
            return (context.words(spec.notes) or "") if spec.notes is not None else ""
        except ProducerError as error:
            self.note(*error.diagnostics)
            return ""

    def post(self, alts: Sequence[str]) -> str:
        """The file that goes out beside pictures for networks; print and clips have none."""
        text = self.job.piece.post
        channel = self.job.channel
        if text is None or channel.medium is not Medium.IMAGE or self.job.format != channel.formats[0]:
            return ""
        try:
            words = self.context.words(text, empty="") or ""
        except ProducerError as error:
            self.note(*error.diagnostics)
            return ""
        tags = self.job.row.values.get("hashtags") if self.job.row is not None else None
        words = post_words(words, tags if isinstance(tags, str) else "")
        if channel.most_letters is not None and len(words) > channel.most_letters:
            count, most = len(words), channel.most_letters
            facts: dict[str, str | int] = {"channel": channel.id, "count": count, "most": most}
            self.note(Diagnostic("scene/post-too-long", text.span, facts, scope=Scope.ROW))
        return post_file(words, alts)

    def sound(self) -> Sound | None:
        """The music of a clip: a path as other slots give their text."""
        slot = next((s for s in self.job.template.slots.values() if s.type is SlotType.SOUND), None)
        if slot is None or self.job.channel.medium is not Medium.VIDEO:
            return None
        filler = self.filler(self.context, self.inks)
        try:
            path = filler.words(slot)
            if path is None:
                check_optional(filler, slot)
                return None
            return find_sound(path, filler.origin(slot).span, self.world)
        except ProducerError as error:
            self.note(*error.diagnostics)
            return None

    # what would be lost without a word

    def unknown_look(self) -> Iterator[Diagnostic]:
        """Yield that a row asks for a look that its template or this shape of page does not have."""
        job = self.job
        if job.look and job.asked_look not in ("", job.look):
            facts = {
                "look": job.asked_look,
                "channel": job.channel.id,
                "known": ", ".join(job.template.looks),
            }
            in_row = job.row is not None and job.row.values.get(LOOK_COLUMN)
            span = job.row.span(LOOK_COLUMN) if job.row is not None and in_row else job.piece.span
            yield Diagnostic("scene/unknown-look", span, facts, scope=Scope.ROW)

    def unplaced(self) -> Iterator[Diagnostic]:
        """Yield what the recipe fills and no page shows."""
        job, slots = self.job, self.job.template.slots
        for name, filling in job.piece.fill.items():
            suffix = next((end for end in BESIDE_PHOTO if str(name).endswith(end)), "")
            of = str(name) if str(name) in slots else str(name).removesuffix(suffix)
            omitted = any(of in drawing.omits for drawing in self.taken)
            if slots[of].type in BESIDE_THE_PAGE or of in self.placed or omitted:
                continue
            facts = {"slot": str(name), "template": job.template.name, "channel": job.channel.id}
            yield Diagnostic("scene/unplaced-slot", filling.span, facts)

    def unsigned(self, pages: Sequence[ScenePage], music: str) -> Iterator[Diagnostic]:
        """Yield that somebody must be named and no page is signed."""
        names = credit_words(pages, music)
        if names and not is_signed(pages):
            span = self.job.piece.template.span
            yield Diagnostic("scene/no-place-for-credit", span, {"names": names})

    def unprintable(self, pages: Sequence[ScenePage]) -> Iterator[Diagnostic]:
        """Yield each colour of a print file that the brand gives no build of inks: none is guessed."""
        if self.job.channel.medium is not Medium.PRINT or self.job.format not in IN_INKS:
            return
        colours = with_flag(self.brand.colours, pages)
        for token in sorted(tokens_of(pages)):
            if colours[token].cmyk is None:
                span = self.brand.places.get(token, self.job.piece.span)
                yield Diagnostic("scene/no-ink-build", span, {"token": token})

    def note(self, *problems: Diagnostic) -> None:
        """Keep problems; they are told once, however many drawings and pages meet them."""
        self.problems += problems

    def note_facts(self, facts: Sequence[Fact]) -> None:
        """Keep what the finished file must say, as often as it must."""
        self.facts += facts
