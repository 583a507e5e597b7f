"""A file of brand/templates becomes a :class:`Template`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from producer.brand.model import Brand
from producer.diagnostics import Diagnostic, ProducerError, SourceText, Span
from producer.recipe.model import Drawing, Kind, Need, PageShape, PageSpec, Setting, Slot, SlotType, Template
from producer.recipe.read import read_keys, stray_braces, unknown
from producer.recipe.schema_template import PageKeys, SettingKeys, SlotKeys, TemplateKeys, VariantKeys
from producer.recipe.schema_type import placed
from producer.recipe.template_check import covered_flags, idle_keys, panelled_twice, unplaced
from producer.recipe.yaml import SourceMap
from producer.world import World, read_line

# Which drawing it is: `tall`, and of whose slots some are missing, or photographs higher than wide.
# What stands before a drawing: `tall upright photo without figure omits kicker message`.
_PART = r"(?: +(?!without\b|omits\b|upright\b)\S+)+"  # names, up to the next word of a head
HEAD = re.compile(
    rf"(?P<shape>\S+)(?: upright(?P<upright>{_PART}))?(?: without(?P<without>{_PART}))?(?: omits(?P<omits>{_PART}))?"
)

# A slot whose type needs no style of the template: the brand's own is taken.
STYLE_OF_TYPE = {
    SlotType.TEXT: "body",
    SlotType.LIST: "body",
    SlotType.NUMBER: "number",
    SlotType.NUMBERS: "number",
    SlotType.CHART: "body",
    SlotType.TABLE: "table",
    SlotType.TIMELINE: "body",
    SlotType.STEPS: "body",
    SlotType.QUOTE: "lead",
    SlotType.QR: "small",
    SlotType.SIGNATURE: "sign",
    SlotType.UNIT: "sign",
}


class TemplateReader:
    """Reads one template; gathers problems and raises them together."""

    def __init__(self, world: World, brand: Brand, path: str, blame: Span) -> None:
        """Read the keys; ``blame`` is where the template's name was written."""
        self.world = world
        self.path = path
        self.brand = brand
        self.digest = ""
        self.keys, self.root = read_keys(world, path, TemplateKeys, blame)
        self.digest = world.digest(path)
        self.problems: list[Diagnostic] = []

    def read(self) -> Template:
        """Return the template.

        Raises:
            ProducerError: an unknown slot, style, treatment, icon or ink, or a drawing that cannot be.
        """
        keys = self.keys
        slots = {str(name): self.slot(name, slot) for name, slot in keys.slots.items()}
        name = SourceText(PurePosixPath(self.path).stem, Span(self.path, 1, 1))
        if keys.kind is Kind.STILL:
            pages: tuple[PageSpec, ...] = tuple(self.looks(name, slots))
            if keys.pages and (keys.looks or keys.shapes):
                self.problems.append(Diagnostic("template/pages-and-shapes", next(iter(keys.pages)).span))
        else:
            if keys.looks:
                self.problems.append(Diagnostic("template/looks-of-still", next(iter(keys.looks)).span))
            if keys.shapes:
                self.problems.append(Diagnostic("template/shapes-without-page", next(iter(keys.shapes)).span))
            pages = tuple(self.page(page, made, slots) for page, made in keys.pages.items())
        self.problems += [problem for page in pages for problem in covered_flags(page, slots)]
        if not any(page.drawings for page in pages):
            self.problems.append(Diagnostic("template/no-drawing", self.root.span))
        if not self.problems:  # a name that is misspelt in a drawing is told there, and once
            self.problems += unplaced(slots.values(), pages)
        if self.problems:
            raise ProducerError(self.problems)
        abouts = {str(look): made.about for look, made in keys.looks.items()}
        until = str(keys.until or "")
        return Template(
            str(name),
            self.path,
            self.digest,
            keys.about,
            keys.kind,
            slots,
            pages,
            abouts,
            until,
            keys.approvers,
        )

    def looks(self, name: SourceText, slots: Mapping[str, Slot]) -> Iterator[PageSpec]:
        """Yield a still's page in each of its looks, or its only one."""
        keys = self.keys
        if keys.pages and not keys.shapes:
            yield from (self.page(page, made, slots) for page, made in keys.pages.items())
            return
        if not keys.looks:
            whole = PageKeys(ground=keys.ground, shapes=keys.shapes, panels=keys.panels, over=keys.over)
            yield self.page(name, whole, slots)
            return
        if keys.shapes or keys.panels or keys.over is not None:
            self.problems.append(Diagnostic("template/looks-and-shapes", next(iter(keys.looks)).span))
        for look, made in keys.looks.items():
            whole = PageKeys(ground=made.ground, shapes=made.shapes, panels=made.panels, over=made.over)
            if made.pages and (made.shapes or made.panels or made.over is not None):
                self.problems.append(Diagnostic("template/pages-and-shapes", next(iter(made.pages)).span))
            if not (made.pages or made.shapes):
                self.problems.append(Diagnostic("template/no-drawing", look.span))
            own = self.settings(look, made)
            for called, of_page in (made.pages or {name: whole}).items():
                page = self.page(called, of_page, slots)
                ground = page.ground if of_page.ground is not None or made.ground is None else made.ground
                yield replace(page, look=str(look), ground=ground, set=own)

    def settings(self, look: SourceText, keys: VariantKeys) -> Mapping[str, Setting]:
        """What a look sets anew, with the names it uses checked."""
        for slot, own in keys.set.items():
            self.check("template/unknown-slot", slot, dict.fromkeys(map(str, self.keys.slots)))
            self.check_names(own)
            if slot in self.keys.slots:
                written = self.written("looks", look, "set", slot)
                self.problems += idle_keys(self.keys.slots[slot].type, written)
        return {
            str(slot): Setting(own.style, own.treatment, own.ink, own.emphasis, own.align, own.crop)
            for slot, own in keys.set.items()
        }

    def check_names(self, keys: SlotKeys | SettingKeys) -> None:
        """Note what a slot names and the brand does not have."""
        self.check("template/unknown-style", keys.style, self.brand.styles)
        self.check("template/unknown-treatment", keys.treatment, self.brand.treatments)
        for role in (keys.ink, keys.emphasis):
            self.check("plan/unknown-ink", role, {**self.brand.roles, **self.brand.colours})

    def slot(self, name: SourceText, keys: SlotKeys) -> Slot:
        """One slot with the names it uses checked."""
        brand = self.brand
        style = keys.style
        if style is None and keys.type in STYLE_OF_TYPE:
            style = SourceText(STYLE_OF_TYPE[keys.type], name.span)
            self.check("template/unknown-style", style, brand.styles)
        self.check_names(keys)
        for icon in keys.icons:
            self.check("template/unknown-icon", icon, brand.icons)
        self.check_slot(keys.each, SlotType.ROWS)
        self.check("template/unknown-slot", keys.when, dict.fromkeys(map(str, self.keys.slots)))
        self.problems += idle_keys(keys.type, self.written("slots", name))
        self.problems += stray_braces([*([keys.text] if keys.text is not None else []), *keys.items])
        return Slot(
            name,
            keys.type,
            name.span,
            style=style,
            optional=keys.optional,
            when=keys.when,
            label=keys.label,
            help=keys.help,
            text=keys.text,
            items=keys.items,
            icons=keys.icons,
            each=keys.each,
            treatment=keys.treatment,
            ink=keys.ink,
            emphasis=keys.emphasis,
            align=keys.align,
            crop=keys.crop,
            count=keys.count,
            most=keys.most,
            need=Need(keys.need) if keys.need is not None else None,
            quote=keys.quote or keys.type is SlotType.QUOTE,
        )

    def written(self, *path: str) -> list[SourceText]:
        """The keys of a mapping as they stand in the file."""
        found: object = self.root
        for step in path:
            found = found.get(placed(step)) if isinstance(found, SourceMap) else None
        return list(found) if isinstance(found, SourceMap) else []

    def page(self, name: SourceText, keys: PageKeys, slots: Mapping[str, Slot]) -> PageSpec:
        """One page with its drawings and the names it uses checked."""
        drawings = tuple(
            drawing
            for head, text in keys.shapes.items()
            if (drawing := self.drawing(head, text, slots)) is not None
        )
        ground = keys.ground
        if ground is not None and not (ground in slots and slots[str(ground)].type is SlotType.PHOTO):
            photos = [str(slot.name) for slot in slots.values() if slot.type is SlotType.PHOTO]
            known = dict.fromkeys([*self.brand.treatments, *self.brand.roles, *photos])
            self.check("template/unknown-ground", ground, known)
        for treatment, cells in keys.panels.items():
            self.check("template/unknown-treatment", treatment, self.brand.treatments)
            if treatment in self.brand.treatments and self.brand.treatments[str(treatment)].panel is None:
                self.problems.append(
                    Diagnostic("template/no-panel", treatment.span, {"name": str(treatment)})
                )
            for cell in cells:
                self.check("template/unknown-slot", cell, slots)
        self.problems += panelled_twice(keys.panels)
        self.check_slot(keys.over, SlotType.PHOTO)
        self.check("template/unknown-slot", keys.when, slots)
        self.check_slot(keys.each, SlotType.ROWS)
        self.problems += stray_braces([keys.notes] if keys.notes is not None else [])
        return PageSpec(
            name,
            name.span,
            ground if ground is not None else self.keys.ground,
            drawings,
            keys.panels,
            over=keys.over,
            when=keys.when,
            each=keys.each,
            hold=keys.hold,
            move=keys.move,
            notes=keys.notes,
        )

    def drawing(self, head: SourceText, text: SourceText, slots: Mapping[str, Slot]) -> Drawing | None:
        """One drawing: a line is a row, a word a column; every name must fill a rectangle."""
        known = [*(s.value for s in PageShape), "any"]
        found = HEAD.fullmatch(" ".join(head.split()))
        if found is None or found["shape"] not in known:
            self.problems.append(unknown("template/unknown-shape", str(head), known, head.span))
            return None
        shape = found["shape"]
        upright, without, omits = (
            tuple((found[part] or "").split()) for part in ("upright", "without", "omits")
        )
        self.check_without(head, without, slots)
        self.check_upright(head, upright, slots)
        rows = tuple(tuple(line.split()) for line in text.splitlines() if line.strip())
        columns = max((len(row) for row in rows), default=0)
        made = Drawing(
            None if shape == "any" else PageShape(shape),
            without,
            even_rows(rows, columns),
            text.span,
            omits,
            upright,
        )
        self.check_omits(head, made, slots)
        for name in made.names:
            if name not in slots:
                place = self.place(text, (name,))
                self.problems.append(unknown("template/unknown-slot", name, list(slots), place))
            if not is_rectangle(made.cells, name):
                place = self.place(text, (name,))
                self.problems.append(Diagnostic("template/not-a-rectangle", place, {"name": name}))
        uneven = next((row for row in rows if columns % len(row)), None)
        if uneven or not rows:
            place = self.place(text, uneven) if uneven else text.span
            self.problems.append(Diagnostic("template/uneven-drawing", place, {"columns": columns}))
        return made

    def check_upright(self, head: SourceText, names: Iterable[str], slots: Mapping[str, Slot]) -> None:
        """Note what is no photograph: only these stand upright."""
        photos = [name for name, slot in slots.items() if slot.type is SlotType.PHOTO]
        for name in names:
            if name not in photos:
                self.problems.append(
                    unknown("template/unknown-slot", name, photos, self.place(head, (name,)))
                )

    def check_without(self, head: SourceText, names: Iterable[str], slots: Mapping[str, Slot]) -> None:
        """Note what can never be missing: a drawing without it would never be taken."""
        for name in names:
            place = self.place(head, (name,))
            if name not in slots:
                self.problems.append(unknown("template/unknown-slot", name, list(slots), place))
            elif not slots[name].optional:
                self.problems.append(Diagnostic("template/not-optional", place, {"name": name}))

    def check_omits(self, head: SourceText, drawing: Drawing, slots: Mapping[str, Slot]) -> None:
        """Note what a drawing says to leave out and shows, or that is no slot."""
        for name in drawing.omits:
            place = self.place(head, (name,))
            if name not in slots:
                self.problems.append(unknown("template/unknown-slot", name, list(slots), place))
            elif name in drawing.names:
                self.problems.append(Diagnostic("template/omits-drawn", place, {"name": name}))

    def place(self, drawing: SourceText, words: tuple[str, ...]) -> Span:
        """Where these words of a drawing stand: a text of several lines knows only where it begins."""
        pattern = re.compile(r"(?<![\w-])" + r"\s+".join(map(re.escape, words)) + r"(?![\w-])")
        span = drawing.span
        for line in range(span.line, span.line + drawing.count("\n") + 2):
            source = read_line(self.world, Span(span.file, line)) or ""
            found = pattern.search(source, span.column - 1 if line == span.line else 0)
            if found:
                return Span(span.file, line, found.start() + 1, len(found.group()))
        return span

    def check(self, code: str, name: SourceText | None, known: Mapping[str, object]) -> None:
        """Note a name that is not among ``known``."""
        if name is not None and name not in known:
            self.problems.append(unknown(code, str(name), [str(k) for k in known], name.span))

    def check_slot(self, name: SourceText | None, kind: SlotType) -> None:
        """Note a name that is not a slot of ``kind``."""
        known = [str(slot) for slot, keys in self.keys.slots.items() if keys.type is kind]
        self.check("template/unknown-slot", name, dict.fromkeys(known))


def even_rows(rows: tuple[tuple[str, ...], ...], columns: int) -> tuple[tuple[str, ...], ...]:
    """Widen rows of fewer words: one word of a three-column drawing spans all three."""
    return tuple(
        tuple(word for word in row for _ in range(columns // len(row)))
        if row and columns % len(row) == 0
        else row
        for row in rows
    )


def is_rectangle(cells: tuple[tuple[str, ...], ...], name: str) -> bool:
    """Whether the cells called ``name`` fill one rectangle."""
    places = [(y, x) for y, row in enumerate(cells) for x, cell in enumerate(row) if cell == name]
    height = max(y for y, _ in places) - min(y for y, _ in places) + 1
    width = max(x for _, x in places) - min(x for _, x in places) + 1
    return len(places) == height * width


def read_template(world: World, brand: Brand, name: SourceText, folder: str = "brand/templates") -> Template:
    """Return the template called ``name``.

    Raises:
        ProducerError: there is none of that name, or every problem of its file.
    """
    paths = {PurePosixPath(p).stem: p for p in world.files(folder) if p.endswith(".yaml")}
    if name not in paths:
        raise ProducerError([unknown("plan/unknown-template", str(name), list(paths), name.span)])
    return TemplateReader(world, brand, paths[str(name)], name.span).read()
