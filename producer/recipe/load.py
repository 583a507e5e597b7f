"""Load: one recipe and everything that it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TypeGuard

from producer.brand.model import Brand
from producer.diagnostics import Diagnostic, ProducerError, SourceText, once
from producer.occasion import Occasion
from producer.recipe.channel import presets, read_channels
from producer.recipe.licence_file import Register, without_entry
from producer.recipe.model import (
    BESIDE_PHOTO,
    Channel,
    Condition,
    Filling,
    Piece,
    Project,
    Recipe,
    SlotType,
    Source,
    Template,
)
from producer.recipe.read import read_keys, stray_braces, unknown
from producer.recipe.schema_recipe import DataKeys, PieceKeys, RecipeKeys
from producer.recipe.shelf import Shelf
from producer.recipe.yaml import SourceList, SourceMap, span_at
from producer.world import World, is_device

# A piece is a folder of the output, on every system.
NAME = re.compile(r"\w([\w .-]{0,60}[\w-])?")
GROUP_WORDS = ("sum", "count", "mean", "first", "last")
# What a mapping under `with:` may say, by the slot it fills; docs/language.md has an example of each.
SETTINGS = {
    SlotType.CHART: ("rows", "type", "x", "y", "target", "title", "unit", "empty", "names", "source"),
    SlotType.TABLE: ("rows", "columns", "empty"),
    SlotType.TIMELINE: ("rows", "when", "text"),
    SlotType.NUMBERS: ("rows", "value", "target", "label", "unit", "note", "running", "empty"),
    SlotType.NUMBER: ("value", "label", "unit"),
    SlotType.STEPS: ("rows", "text"),
    SlotType.LIST: ("rows", "text"),
}
# Of these, what gives names to columns or values; all others are a text.
NAMING = ("names", "columns")

# In what form a slot is filled; a text where nothing is said here.
FORMS_OF: Mapping[SlotType, tuple[type, ...]] = {
    SlotType.LIST: (SourceList, SourceMap),
    SlotType.STEPS: (SourceList, SourceMap),
    SlotType.NUMBER: (SourceText, SourceMap),
    SlotType.NUMBERS: (SourceMap,),
    SlotType.CHART: (SourceMap,),
    SlotType.TABLE: (SourceMap,),
    SlotType.TIMELINE: (SourceMap,),
    SlotType.SIGNATURE: (),  # always the brand's
    SlotType.MARK: (),
    SlotType.UNIT: (),
}
FORM_WORDS: Mapping[type, str] = {SourceText: "abc", SourceList: "[…, …]", SourceMap: "{…: …}"}
# The checks that a recipe may waive under `accept:`.
WAIVABLE: tuple[str, ...] = (
    "scene/map-unchecked",
    "scene/dropped-slot",
    "layout/low-contrast",
    "layout/collision",
    "layout/outside-safe",
    "layout/small-text",
    "mark/too-small",
    "mark/crowded",
    "mark/busy-ground",
    "photo/low-dpi",
    "photo/face-cut",
    *(
        f"facts/{name}"
        for name in (
            "blank",
            "doubled-word",
            "ends-before-start",
            "likely-slip",
            "odd-hashtag",
            "odd-link",
            "odd-order",
            "odd-phone",
            "odd-syllable",
            "offer-over",
            "open-mark",
            "outdated-name",
            "past-as-coming",
            "title-number",
            "two-tone-styles",
            "unknown-name",
            "wrong-count",
            "wrong-founding",
            "wrong-holiday",
            "wrong-lunar",
            "wrong-lunar-year",
            "wrong-percent",
            "wrong-shares",
            "wrong-sum",
            "wrong-weekday",
            "wrong-years",
        )
    ),
)


def load_project(recipe_path: str, world: World, shelf: Shelf | None = None) -> Project:
    """Return the recipe at ``recipe_path`` with all that it names, what is on the ``shelf`` from there.

    Raises:
        ProducerError: every problem of recipe, brand and templates, as many as can be found at once.
    """
    problems: list[Diagnostic] = []
    keys: RecipeKeys | None = None
    root = SourceMap()
    brand: Brand | None = None
    try:
        keys, root = read_keys(world, recipe_path, RecipeKeys)
    except ProducerError as error:
        problems += error.diagnostics
    shelf = shelf or Shelf()
    try:
        brand = shelf.brand(world, many=keys is not None and keys.units == "all")
    except ProducerError as error:
        problems += error.diagnostics
    if keys is None or brand is None:
        raise ProducerError(problems)
    reader = RecipeReader(Shared(world, brand, shelf), keys, root, recipe_path)
    project = reader.read()
    if reader.problems:
        raise ProducerError(once(reader.problems))
    return project


@dataclass(frozen=True, slots=True)
class Shared:
    """What a recipe has in common with the others of its project."""

    world: World
    brand: Brand
    shelf: Shelf


class RecipeReader:
    """Checks every name that a recipe uses; gathers problems."""

    def __init__(self, shared: Shared, keys: RecipeKeys, root: SourceMap, path: str) -> None:
        """Take what was read so far."""
        self.world, self.brand, self.shelf = shared.world, shared.brand, shared.shelf
        self.keys, self.root, self.path = keys, root, path
        self.problems: list[Diagnostic] = []
        self.templates: dict[str, Template] = {}
        self.channels: Mapping[str, Channel] = {}

    def read(self) -> Project:
        """Return the project; :attr:`problems` says whether it may be used."""
        try:
            self.channels = read_channels(self.keys.channels_, self.root)
        except ProducerError as error:
            self.problems += error.diagnostics
            self.channels = presets()
        sources = tuple(self.source(name, made) for name, made in self.keys.data.items())
        self.check_parents(sources)
        self.problems += [
            unknown("recipe/unknown-word", str(check), list(WAIVABLE), check.span, field="accept")
            for check in self.keys.accept
            if check not in WAIVABLE
        ]
        self.problems += [
            Diagnostic("recipe/empty-reason", reason.span, {"check": str(check), "place": str(place)})
            for check, reasons in self.keys.accept.items()
            for place, reason in reasons.items()
            if not any(letter.isalnum() for letter in reason)
        ]
        pieces = tuple(self.piece(name, made) for name, made in self.keys.pieces.items())
        recipe = Recipe(
            name=name_of(self.path),
            path=self.path,
            title=self.keys.title,
            today=self.keys.today,
            sources=sources,
            pieces=pieces,
            units=self.keys.units,
            accept=self.keys.accept,
        )
        register = self.register()
        return Project(
            recipe,
            self.brand,
            self.templates,
            self.channels,
            register.credits,
            register.maps,
            register.licensed,
            register.nobody,
            register.unusable,
            self.calendar(),
            register.terms,
        )

    def register(self) -> Register:
        """What is known of the project's files; each of the brand's must have its entry."""
        try:
            register = self.shelf.register(self.world)
        except ProducerError as error:
            self.problems += error.diagnostics
            return Register()
        self.problems += without_entry(register, self.brand)
        return register

    def calendar(self) -> Mapping[str, Occasion]:
        """The days of the year, with the unit's own."""
        try:
            return self.shelf.calendar(self.world)
        except ProducerError as error:
            self.problems += error.diagnostics
            return {}

    def source(self, name: SourceText, keys: DataKeys) -> Source:
        """One data name."""
        if (keys.file is None) == (keys.parent is None):
            self.problems.append(Diagnostic("recipe/file-or-from", name.span, {"name": str(name)}))
        group = dict(keys.group)
        by = next((group.pop(key) for key in list(group) if key == "by"), None)
        if keys.group and by is None:
            self.problems.append(Diagnostic("recipe/missing-key", next(iter(keys.group)).span, {"key": "by"}))
        for word in group.values():
            if word not in GROUP_WORDS:
                self.problems.append(
                    unknown("recipe/unknown-word", str(word), list(GROUP_WORDS), word.span, field="group")
                )
        return Source(
            name,
            name.span,
            file=keys.file,
            parent=keys.parent,
            sheet=keys.sheet,
            columns=keys.columns,
            id=keys.id,
            types=keys.types,
            only=conditions(keys.only),
            exclude=conditions(keys.exclude),
            order=keys.order,
            group_by=by,
            group=group,
        )

    def check_parents(self, sources: tuple[Source, ...]) -> None:
        """Every `from` names a source above it, so that none can go round in a ring."""
        parents = {str(source.name): str(source.parent) for source in sources if source.parent is not None}
        known: list[str] = []
        for source in sources:
            if source.parent is not None and source.parent not in known:
                self.problems.append(self.wrong_parent(source, source.parent, parents, known))
            known.append(str(source.name))

    def wrong_parent(
        self, source: Source, parent: SourceText, parents: Mapping[str, str], known: list[str]
    ) -> Diagnostic:
        """Why a name cannot take its rows from another: a ring, one that stands below, or none."""
        ring = [str(source.name)]
        while (after := parents.get(ring[-1])) is not None and after not in ring:
            ring.append(after)
        if after == str(source.name):
            return Diagnostic("recipe/data-ring", parent.span, {"ring": " → ".join([*ring, after])})
        if parent in self.keys.data:
            return Diagnostic("recipe/data-below", parent.span, {"name": str(parent)})
        return unknown("recipe/unknown-data", str(parent), known, parent.span)

    def piece(self, name: SourceText, keys: PieceKeys) -> Piece:
        """One piece with its template, data and channels."""
        if not NAME.fullmatch(name) or is_device(name):
            self.problems.append(Diagnostic("recipe/odd-name", name.span, {"name": str(name)}))
        if (keys.each is None) == (keys.all is None):
            self.problems.append(Diagnostic("recipe/each-or-all", name.span, {"name": str(name)}))
        rows = keys.each if keys.each is not None else keys.all
        rows = rows if rows is not None else SourceText("", name.span)
        data = [str(known) for known in self.keys.data]
        if rows and rows not in data:
            self.problems.append(unknown("recipe/unknown-data", str(rows), data, rows.span))
        self.load_template(keys.template)
        groups = {word for channel in self.channels.values() for word in (channel.group, channel.product)} - {
            ""
        }
        for channel in keys.channels:
            if channel not in (*self.channels, *groups, *self.keys.channels_):
                known = [
                    *self.keys.channels_,
                    *sorted(groups),
                    *self.channels,
                ]  # groups are few: all are shown
                self.problems.append(unknown("plan/unknown-channel", str(channel), known, channel.span))
        template = self.templates.get(str(keys.template))
        if keys.look is not None and template is not None and keys.look not in template.looks:
            known = [look for look in template.looks if look]
            self.problems.append(unknown("recipe/unknown-look", str(keys.look), known, keys.look.span))
        fill = {slot: self.filling(name, slot, value, template) for slot, value in keys.fill.items()}
        self.problems += stray_braces(texts_of(fill.values()))
        self.problems += stray_braces([keys.post] if keys.post is not None else [])
        return Piece(
            name,
            name.span,
            keys.template,
            rows,
            keys.each is not None,
            only=conditions(keys.only),
            exclude=conditions(keys.exclude),
            order=keys.order,
            channels=keys.channels,
            fill=fill,
            post=keys.post,
            look=keys.look,
            sheet=keys.sheet,
            purpose=str(keys.purpose or self.keys.purpose or ""),
        )

    def load_template(self, name: SourceText) -> None:
        """Read a template once."""
        if str(name) in self.templates:
            return
        try:
            self.templates[str(name)] = self.shelf.template(self.world, self.brand, name)
        except ProducerError as error:
            self.problems += error.diagnostics

    def filling(
        self, piece: SourceText, slot: SourceText, value: object, template: Template | None
    ) -> Filling:
        """What goes into one slot, checked against the slot's type."""
        span = slot.span
        if template is not None and slot not in (known := [*template.slots, *names_beside(template)]):
            self.problems.append(unknown("plan/unknown-slot", str(slot), known, span))
            return Filling(span)
        kind = kind_of(str(slot), template) if template is not None else None
        if kind is not None and not isinstance(value, FORMS_OF.get(kind, (SourceText,))):
            form = " | ".join(FORM_WORDS[one] for one in FORMS_OF.get(kind, (SourceText,))) or "–"
            place = span_at(self.root, ("pieces", str(piece), "with", str(slot)))
            self.problems.append(Diagnostic("recipe/wrong-type", place, {"field": str(slot), "form": form}))
            return Filling(span)
        if isinstance(value, SourceText):
            if kind is SlotType.ROWS:
                self.check_data(value)
            return Filling(value.span, text=value)
        if isinstance(value, list) and all(isinstance(item, SourceText) for item in value):
            return Filling(span, items=tuple(value))
        if isinstance(value, SourceMap) and template is not None:
            return self.settings(slot, value, template)
        place = span_at(self.root, ("pieces", str(piece), "with", str(slot)))
        self.problems.append(Diagnostic("recipe/wrong-type", place, {"field": str(slot), "form": "abc"}))
        return Filling(span)

    def settings(self, slot: SourceText, value: SourceMap, template: Template) -> Filling:
        """A mapping for a chart, a table and the like."""
        known = SETTINGS.get(template.slots[str(slot)].type, ())
        made: dict[SourceText, SourceText | tuple[SourceText, ...]] = {}
        if not known:
            self.problems.append(
                Diagnostic("recipe/wrong-type", value.span, {"field": str(slot), "form": "abc"})
            )
            return Filling(slot.span)
        for key, setting in value.items():
            if key not in known:
                self.problems.append(unknown("recipe/unknown-key", str(key), list(known), key.span))
            elif key in NAMING and is_naming(setting):
                made[key] = tuple(SourceText(f"{name}={words}", name.span) for name, words in setting.items())
            elif key not in NAMING and isinstance(setting, SourceText):
                made[key] = setting
                if key == "rows":
                    self.check_data(setting)
            else:
                form = FORM_WORDS[SourceMap if key in NAMING else SourceText]
                place = span_at(value, (str(key),))
                self.problems.append(
                    Diagnostic("recipe/wrong-type", place, {"field": str(key), "form": form})
                )
        return Filling(slot.span, settings=made)

    def check_data(self, name: SourceText) -> None:
        """Note a data name that the recipe does not have."""
        data = [str(known) for known in self.keys.data]
        if name not in data:
            self.problems.append(unknown("recipe/unknown-data", str(name), data, name.span))


def kind_of(name: str, template: Template) -> SlotType:
    """Return what a name under ``with:`` holds; what stands beside a photo is a text."""
    return template.slots[name].type if name in template.slots else SlotType.TEXT


def names_beside(template: Template) -> list[str]:
    """Return what a recipe may fill beside the slots: where the focus of each photo lies, and what it shows."""
    photos = [slot.name for slot in template.slots.values() if slot.type is SlotType.PHOTO]
    return [f"{name}{suffix}" for name in photos for suffix in BESIDE_PHOTO]


def name_of(path: str) -> str:
    """Return a recipe's name, the first folder of its outputs: no two files of one folder share it."""
    file = PurePosixPath(path)
    folder = file.parent.name
    return folder or "recipe" if file.stem == "recipe" else "-".join(filter(None, (folder, file.stem)))


def is_naming(setting: object) -> TypeGuard[Mapping[SourceText, SourceText]]:
    """Whether a setting is a mapping of texts to texts."""
    return (
        isinstance(setting, SourceMap)
        and bool(setting)
        and all(isinstance(words, SourceText) for words in setting.values())
    )


def texts_of(fillings: Iterable[Filling]) -> Iterator[SourceText]:
    """Yield every text that fills slots."""
    for filling in fillings:
        if filling.text is not None:
            yield filling.text
        yield from filling.items
        for setting in filling.settings.values():
            yield from (setting,) if isinstance(setting, SourceText) else setting


def conditions(keys: Mapping[SourceText, tuple[SourceText, ...]]) -> tuple[Condition, ...]:
    """Return conditions in the order in which they were written."""
    return tuple(Condition(column, values) for column, values in keys.items())
