"""Compose: a job and its template become a scene; after this nothing is looked up or optional."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from producer.brand.model import PanelSpec, Profile
from producer.data.model import Table
from producer.diagnostics import Diagnostic, ProducerError, Scope, SourceText, Span
from producer.photo import PictureError, PictureHead, read_picture
from producer.plan.model import Job
from producer.recipe.model import Drawing, Medium, PageSpec, Project, Slot, SlotType
from producer.scene.context import Context
from producer.scene.element import Filler
from producer.scene.ink import Inks
from producer.scene.model import (
    Canvas,
    Element,
    Fact,
    Fill,
    Gradient,
    Ground,
    ListElement,
    MotifUse,
    NumberElement,
    Origin,
    Panel,
    Picture,
    PictureElement,
    Role,
    Scene,
    ScenePage,
    SignatureElement,
    Solid,
    Sound,
    TextElement,
)
from producer.world import OutsideProjectError, World

PX_PER_INCH = {Medium.PRINT: 72.0}
SCREEN_PX_PER_INCH = 96.0
# The columns by which a row may take a theme of the brand, the later laid over the earlier.
THEME_COLUMNS = ("theme", "calendar_id")


def compose(job: Job, project: Project, tables: Mapping[str, Table], world: World) -> Scene:
    """Return the scene of one job.

    Raises:
        ProducerError: a slot that stays empty, a picture that cannot be used, an unknown column or filter. A
            problem of the row's own values has ``Scope.ROW``.
    """
    return Composer(job, project, tables, world).scene()


class Composer:
    """Fills one job's template; gathers problems over all of its pages."""

    def __init__(self, job: Job, project: Project, tables: Mapping[str, Table], world: World) -> None:
        """Take the job and all that its content can come from."""
        self.job, self.project, self.tables, self.world = job, project, tables, world
        self.brand = project.brand
        laid = [job.row.values.get(column) for column in THEME_COLUMNS] if job.row is not None else []
        self.inks = Inks.of(self.brand, *(theme for theme in laid if isinstance(theme, str)))
        self.context = Context(job.rows, job.row)
        self.facts: dict[tuple[str, str], Fact] = {}
        self.problems: list[Diagnostic] = []

    def scene(self) -> Scene:
        """Return the whole scene."""
        pages = tuple(self.pages())
        if not pages and not self.problems:
            self.problems.append(
                Diagnostic("scene/no-pages", self.job.template.pages[0].span, scope=Scope.ROW)
            )
        sound = self.sound()
        if self.problems:
            raise ProducerError(self.problems)
        channel = self.job.channel
        named = self.job.row.values.get("title") if self.job.row is not None else None
        return Scene(
            job=self.job.id,
            format=self.job.format,
            title=named if isinstance(named, str) else str(self.project.recipe.title),
            language=self.brand.language,
            canvas=self.canvas(),
            pages=unique_titles(pages),
            facts=tuple(self.facts.values()),
            rate=channel.rate,
            enter=self.brand.motion.enter,
            between=self.brand.motion.between,
            least_seconds=channel.least_seconds,
            most_seconds=channel.most_seconds,
            joins=self.brand.joins,
            colours=self.brand.colours,
            sound=sound,
            link=self.payload(self.profile()),
        )

    def canvas(self) -> Canvas:
        """The channel's page with the brand's white space."""
        channel = self.job.channel
        return Canvas(
            channel.size,
            channel.safe,
            channel.bleed,
            channel.medium,
            PX_PER_INCH.get(channel.medium, SCREEN_PX_PER_INCH),
            channel.dpi,
            margin=self.brand.margin * channel.size.shorter / 100,
            gap=self.brand.gap * channel.size.shorter / 100,
            marks=channel.marks and channel.medium is Medium.PRINT,
        )

    def pages(self) -> Iterator[ScenePage]:
        """Yield the pages: one for each of the template's, or one for every row that a page is made from."""
        specs: dict[str, PageSpec] = {str(spec.name): spec for spec, _ in self.job.drawings}
        for spec in specs.values():
            drawings = [drawing for of, drawing in self.job.drawings if of is spec]
            for context in self.contexts(spec):
                try:
                    page = self.page(spec, drawings, context)
                except ProducerError as error:
                    self.problems += error.diagnostics
                    continue
                if page is not None:
                    yield page

    def contexts(self, spec: PageSpec) -> tuple[Context, ...]:
        """What a page speaks of: the piece's row or rows, or each row of a rows slot in turn."""
        if spec.each is None:
            return (self.context,)
        filling = self.job.piece.fill.get(spec.each)
        table = (
            self.tables[str(filling.text)]
            if filling is not None and filling.text is not None
            else self.job.rows
        )
        return tuple(Context(table, row) for row in table.rows)

    def page(self, spec: PageSpec, drawings: list[Drawing], context: Context) -> ScenePage | None:
        """One page, or nothing where the slot that it waits for is empty."""
        ground_roles = self.ground_roles(spec)
        on_ground = self.inks.on(ground_roles)
        panels = {
            str(cell): self.brand.treatments[str(name)].panel
            for name, cells in spec.panels.items()
            for cell in cells
        }
        wanted = dict.fromkeys(name for drawing in drawings for name in drawing.names)
        hidden = [
            str(name) for name in (spec.ground, spec.over, spec.when) if name in self.job.template.slots
        ]
        elements: dict[str, Element] = {}
        for name in dict.fromkeys([*hidden, *wanted]):
            panel = panels.get(name)
            inks = on_ground.inside(panel) if panel is not None else on_ground
            element = self.element(self.job.template.slots[name], context, inks)
            if element is not None:
                elements[name] = element
        if spec.when is not None and str(spec.when) not in elements:
            return None
        drawing = choose_drawing(drawings, elements)
        cells = kept_cells(drawing.cells, elements)
        shown = with_title([elements[name] for name in drawing.names if name in elements])
        picture = elements.get(str(spec.over)) or elements.get(str(spec.ground))
        self.note_facts(shown, context)
        return ScenePage(
            name=str(spec.name),
            title=title_of(shown, str(spec.name)),
            cells=cells,
            elements=tuple(shown),
            ground=self.ground(spec, ground_roles, picture),
            panels=tuple(
                self.panel(str(name), group, elements, on_ground)
                for name, group in spec.panels.items()
                if any(str(cell) in elements for cell in group)
            ),
            hold=spec.hold,
            move=spec.move,
            span=drawing.span,
            notes=(context.words(spec.notes) or "") if spec.notes is not None else "",
        )

    def element(self, slot: Slot, context: Context, inks: Inks) -> Element | None:
        """One slot's element on its ground; a problem is kept so that all of a page are told at once."""
        filler = Filler(
            self.brand,
            context,
            self.tables,
            self.job.piece.fill,
            self.job.template.slots,
            inks,
            self.project.recipe.today,
            self.picture,
            self.signature,
        )
        try:
            return filler.element(slot)
        except ProducerError as error:
            self.problems += [problem for problem in error.diagnostics if problem not in self.problems]
            return None

    # grounds and panels

    def ground_roles(self, spec: PageSpec) -> tuple[str, ...]:
        """The roles that words of the page stand on."""
        name = str(spec.ground) if spec.ground is not None else "background"
        if spec.over is not None or name in self.job.template.slots:
            return ("shade",)
        if name in self.brand.treatments:
            made = self.brand.treatments[name].ground
            return made.roles if made is not None else ("background",)
        return (name,)

    def ground(self, spec: PageSpec, roles: tuple[str, ...], picture: Element | None) -> Ground:
        """What lies under the page."""
        inks = self.inks
        treatment = self.brand.treatments.get(str(spec.ground)) if spec.ground is not None else None
        angle = treatment.ground.angle if treatment is not None and treatment.ground is not None else 180.0
        fill: Fill = Solid(inks.ink(roles[0]))
        if len(roles) > 1:
            fill = Gradient(tuple(inks.ink(role) for role in roles), angle)
        motifs = tuple(
            MotifUse(motif.art, motif.at, inks.ink(motif.ink, motif.strength), motif.size)
            for motif in (treatment.motifs if treatment is not None else ())
        )
        if not isinstance(picture, PictureElement):
            return Ground(fill, motifs=motifs)
        return Ground(fill, picture, inks.ink("shade"), motifs)

    def panel(
        self, name: str, cells: tuple[SourceText, ...], elements: Mapping[str, Element], inks: Inks
    ) -> Panel:
        """What lies under the cells of one panel that are there."""
        spec = self.brand.treatments[name].panel or PanelSpec(None, "text", "accent", "muted")
        return Panel(
            tuple(str(cell) for cell in cells if str(cell) in elements),
            inks.ink(spec.fill, spec.alpha) if spec.fill is not None else None,
            spec.radius,
            spec.pad,
            spec.bleed,
            inks.ink(spec.line) if spec.line is not None else None,
            spec.line_width if spec.line is not None else 0.0,
            inks.ink(spec.bar) if spec.bar is not None else None,
            spec.shadow,
        )

    # what slots are filled with

    def picture(self, path: str, span: Span) -> Picture:
        """A picture of the project, its file in order.

        Raises:
            ProducerError: it is missing, outside the folder, cut short, too large or no picture.
        """
        try:
            digest = self.world.digest(path)
            head = picture_head(digest, path, self.world)
        except OutsideProjectError as error:
            raise ProducerError(
                [Diagnostic("recipe/outside-project", span, {"path": path}, scope=Scope.ROW)]
            ) from error
        except OSError as error:
            raise ProducerError(
                [Diagnostic("photo/missing", span, {"path": path}, scope=Scope.ROW)]
            ) from error
        except PictureError as error:
            facts = {"path": path, "detail": error.detail}
            raise ProducerError([Diagnostic(f"photo/{error.kind}", span, facts, scope=Scope.ROW)]) from error
        return Picture(path, digest, head.width, head.height, head.vector)

    def profile(self) -> Profile | None:
        """Who speaks: the job's unit, else the organisation on the day of the event."""
        return self.job.unit or self.brand.profile_on(self.context.day() or self.project.recipe.today)

    def payload(self, profile: Profile | None) -> str:
        """The address behind the QR code: the profile's page of this row."""
        if profile is None or not profile.link:
            return ""
        return f"{profile.link}/{self.job.row.id}" if self.job.row is not None else profile.link

    def signature(self, slot: Slot, inks: Inks) -> SignatureElement:
        """The union's line on the day of the event.

        Raises:
            ProducerError: nobody speaks on that day.
        """
        profile = self.profile()
        if profile is None:
            day = self.context.day() or self.project.recipe.today
            span = self.job.row.span() if self.job.row is not None else self.job.piece.span
            raise ProducerError(
                [Diagnostic("scene/no-profile", span, {"date": day.isoformat()}, scope=Scope.ROW)]
            )
        mark = self.brand.mark
        hashtags = self.context.row.values.get("hashtags") if self.context.row is not None else None
        per_inch = PX_PER_INCH.get(self.job.channel.medium)
        return SignatureElement(
            str(slot.name),
            mark.art,
            f"Logo {profile.short_name}",
            mark.clear,
            mark.least_mm / 25.4 * per_inch if per_inch else mark.least_px,
            profile.name,
            profile.parent,
            hashtags if isinstance(hashtags, str) else "",
            self.brand.styles[str(slot.style)],
            self.brand.styles.get("small", self.brand.styles[str(slot.style)]),
            inks.ink(inks.text),
            inks.ink(inks.accent),
            inks.ink("paper"),
            inks.ink("ink"),
            self.payload(profile),
            Origin(slot.span, str(slot.name), self.job.row.id if self.job.row is not None else ""),
        )

    def sound(self) -> Sound | None:
        """The music of a clip."""
        slot = next((s for s in self.job.template.slots.values() if s.type is SlotType.SOUND), None)
        filling = self.job.piece.fill.get(slot.name) if slot is not None else None
        if filling is None or filling.text is None or self.job.channel.medium is not Medium.VIDEO:
            return None
        path = str(filling.text)
        try:
            return Sound(path, self.world.digest(path))
        except OutsideProjectError:
            self.problems.append(Diagnostic("recipe/outside-project", filling.span, {"path": path}))
        except OSError:
            self.problems.append(Diagnostic("recipe/no-file", filling.span, {"path": path}))
        return None

    def note_facts(self, elements: list[Element], context: Context) -> None:
        """Keep what the finished file must say: every text of the page."""
        for element in elements:
            for text in texts_of(element):
                span = context.span(element.name, element.origin.span)
                self.facts.setdefault((element.name, text), Fact(element.name, text, span))


def picture_head(digest: str, path: str, world: World) -> PictureHead:
    """Return a picture's size; each file is read once for as long as it stays the same."""
    if digest not in _HEADS:
        _HEADS[digest] = read_picture(world.read_bytes(path))
    return _HEADS[digest]


_HEADS: dict[str, PictureHead] = {}


def choose_drawing(drawings: list[Drawing], elements: Mapping[str, Element]) -> Drawing:
    """Return the drawing made for the slots that are missing, else the first without conditions."""
    fitting = [d for d in drawings if d.without and not any(name in elements for name in d.without)]
    return (fitting or [d for d in drawings if not d.without] or drawings)[0]


def kept_cells(
    cells: tuple[tuple[str, ...], ...], elements: Mapping[str, Element]
) -> tuple[tuple[str, ...], ...]:
    """Return the cells without those that stay empty: their neighbour in the row takes their place."""
    rows = []
    for row in cells:
        there = [name if name == "." or name in elements else None for name in row]
        if None in there and all(name in (None, ".") for name in there):
            continue  # a row of nothing but `.` was drawn so: it takes what is left
        rows.append(tuple(_neighbour(there, at) for at in range(len(there))))
    return tuple(rows)


def _neighbour(row: list[str | None], at: int) -> str:
    """The name at ``at``, or where it is missing the nearest one before it, else after it."""
    if row[at] is not None:
        return row[at] or "."
    before = [name for name in row[:at] if name is not None]
    after = [name for name in row[at:] if name is not None]
    return before[-1] if before else after[0]


def with_title(elements: list[Element]) -> list[Element]:
    """Return the elements, the text of the largest style named the page's title, the next one its lead."""
    texts = [e for e in elements if isinstance(e, TextElement)]
    if not texts:
        return elements
    title = max(texts, key=lambda e: e.style.sizes[0])
    roles = {title.name: Role.TITLE}
    roles |= {e.name: Role.CAPTION for e in texts if e.style.name == "caption"}
    roles |= {e.name: Role.LEAD for e in texts if e.style.name == "lead" and e is not title}
    return [replace(e, role=roles.get(e.name, e.role)) if isinstance(e, TextElement) else e for e in elements]


def title_of(elements: list[Element], fallback: str) -> str:
    """Return the words of the page's title."""
    for element in elements:
        if isinstance(element, TextElement) and element.role is Role.TITLE:
            return "".join(run.text for run in element.runs)
    return fallback


def unique_titles(pages: tuple[ScenePage, ...]) -> tuple[ScenePage, ...]:
    """Return the pages, the second and later of one title numbered: a deck's outline needs them apart."""
    seen: dict[str, int] = {}
    made = []
    for page in pages:
        seen[page.title] = seen.get(page.title, 0) + 1
        count = seen[page.title]
        made.append(page if count == 1 else replace(page, title=f"{page.title} ({count})"))
    return tuple(made)


def texts_of(element: Element) -> tuple[str, ...]:
    """Return the words of an element that the finished file must hold."""
    if isinstance(element, TextElement):
        return ("".join(run.text for run in element.runs),)
    if isinstance(element, ListElement):
        return tuple("".join(run.text for run in item.runs) for item in element.items)
    if isinstance(element, NumberElement):
        return (element.text,)
    if isinstance(element, SignatureElement):
        return (element.unit,)
    return ()
