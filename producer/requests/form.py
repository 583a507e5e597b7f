"""The form of a template: what staff fill in, in the order in which a page is read.

The portal draws it, sheets name their columns by it, and `producer.requests.draft` holds what was filled in. A field is
a column of the row that the template reads, so that a request by form and one by sheet are the same row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from producer.brand.model import Brand
from producer.data.model import ColumnType
from producer.placeholder import SPOKEN, placeholders
from producer.recipe.model import MEDIA, Channel, PageShape, Slot, SlotType, Template
from producer.requests.words import called, helped, phrase, spoken

LONGEST = 2_000  # letters that a field takes, where the page was not asked
LIST_LINES = 20

# What a filter says of the column it is put on. Source: scene/filter.py; a test holds both together.
DATE_FILTERS = (
    "date", "date-long", "date-legal", "date-words", "day", "day-month", "month", "year", "weekday",
    "weekday-name", "lunar", "lunar-year",
)  # fmt: skip
TIME_FILTERS = ("time", "time-full", "time-short")
NUMBER_FILTERS = (
    "number", "percent", "short", "share", "money", "dong", "dong-sign", "words", "dong-words", "ordinal", "roman",
)  # fmt: skip

# Of these the recipe must say rows or columns: a form cannot ask for them.
BEYOND_A_FORM = (SlotType.CHART, SlotType.TABLE, SlotType.TIMELINE, SlotType.NUMBERS, SlotType.ROWS)
OF_THE_BRAND = (SlotType.SIGNATURE, SlotType.MARK, SlotType.UNIT)
# Styles whose words run over several lines: their field is a box, not a line.
LONG_STYLES = ("message", "lead", "body", "statement", "wish", "fact", "work")
HASHTAGS, POST = "hashtags", "post"
EVENT = "register"  # no column of a template is called so


class FieldKind(Enum):
    """How a field is filled."""

    TEXT = "text"
    LONG = "long"
    DATE = "date"
    TIME = "time"
    NUMBER = "number"
    LIST = "list"  # an item on each line
    PHOTO = "photo"
    CHOICE = "choice"
    EVENT = "event"  # a row of a register, which fills other fields


COLUMN_TYPES = {
    FieldKind.DATE: ColumnType.DATE,
    FieldKind.TIME: ColumnType.TIME,
    FieldKind.NUMBER: ColumnType.NUMBER,
    FieldKind.LIST: ColumnType.LIST,
    FieldKind.PHOTO: ColumnType.PHOTO,
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several, with the words for it."""

    value: str
    label: str
    group: str = ""  # what it stands under


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in: a column of the request's row."""

    key: str
    kind: FieldKind
    label: str
    help: str = ""
    required: bool = False
    most_letters: int = LONGEST
    choices: tuple[Choice, ...] = ()
    slot: str = ""  # of the template, that shows it first


@dataclass(frozen=True, slots=True)
class Form:
    """All that a person fills in to ask for a piece."""

    template: str
    about: str
    fields: tuple[Field, ...]
    looks: tuple[Choice, ...]  # one without a value where the template has only one
    channels: tuple[Choice, ...]
    slots: Mapping[str, tuple[str, ...]]  # slot → the fields that it shows
    joined: tuple[
        tuple[str, ...], ...
    ]  # fields that one line shows together: without one, none of them is seen
    language: str

    def field(self, key: str) -> Field | None:
        """The field of that name."""
        return next((field for field in self.fields if field.key == key), None)

    @property
    def photos(self) -> tuple[Field, ...]:
        """The fields that hold photographs."""
        return tuple(field for field in self.fields if field.kind is FieldKind.PHOTO)


def is_askable(template: Template) -> bool:
    """Whether a form can fill all that a template cannot do without."""
    return all(slot.optional for slot in template.slots.values() if slot.type in BEYOND_A_FORM)


def form_of(
    template: Template,
    brand: Brand,
    language: str,
    channels: Mapping[str, Channel] | None = None,
    sounds: Sequence[str] = (),
) -> Form:
    """Return the form of a template; ``channels`` are those that may be asked for, ``sounds`` the project's music."""
    shown = _Shown(template)
    first = Field(EVENT, FieldKind.EVENT, called("field", EVENT, language), helped("field", EVENT, language))
    fields = [first, *(_field(column, template, shown, language) for column in shown.columns)]
    if any(slot.type is SlotType.SIGNATURE for slot in template.slots.values()):
        fields.append(_plain(HASHTAGS, FieldKind.TEXT, language))
    fields.append(_plain(POST, FieldKind.LONG, language))
    music = tuple(Choice(path, path.rpartition("/")[2].rpartition(".")[0]) for path in sounds)
    fields = [replace(field, choices=music) if _is_sound(field, template) else field for field in fields]
    return Form(
        template.name,
        phrase(template.about, language),
        tuple(field for field in fields if field.kind is not FieldKind.CHOICE or field.choices),
        tuple(Choice(look, phrase(template.abouts.get(look, ""), language)) for look in template.looks),
        tuple(
            Choice(channel.id, phrase(channel.name, language), called("group", channel.group, language))
            for channel in (channels or {}).values()
            if serves(template, channel)
        ),
        {slot: tuple(columns) for slot, columns in shown.of_slot.items()},
        tuple(columns for columns in shown.joined if len(columns) > 1),
        language if language in spoken_languages(brand) else brand.language,
    )


def spoken_languages(brand: Brand) -> tuple[str, ...]:
    """The languages that forms speak: ours, and that of the brand's templates."""
    return tuple(dict.fromkeys(("vi", "en", brand.language)))


def serves(template: Template, channel: Channel) -> bool:
    """Whether a template leaves as a channel's medium, and a look of it draws the channel's shape."""
    if channel.medium not in MEDIA[template.kind] or not channel.formats:
        return False
    return any(_draws(template, look, channel.shape) for look in template.looks)


def _draws(template: Template, look: str, shape: PageShape) -> bool:
    pages = [page for page in template.pages if page.look == look]
    return all(any(drawing.shape in (shape, None) for drawing in page.drawings) for page in pages)


class _Shown:
    """The columns that a template reads of a row, in the order of its slots, and what is known of each."""

    def __init__(self, template: Template) -> None:
        self.columns: dict[str, Slot] = {}  # column → the slot that shows it first
        self.filters: dict[str, list[str]] = {}
        self.of_slot: dict[str, list[str]] = {}
        self.joined: list[tuple[str, ...]] = []
        self.needed: set[str] = set()
        for slot in template.slots.values():
            if slot.type not in OF_THE_BRAND and slot.type not in BEYOND_A_FORM:
                self._read(slot)

    def _read(self, slot: Slot) -> None:
        name = str(slot.name)
        own = [name] if _reads_its_own_column(slot) else []
        texts = [slot.text] if slot.text is not None else list(slot.items)
        groups = [tuple(self._columns(text)) for text in texts]
        for column in (*own, *(column for group in groups for column in group)):
            if column == name or column not in self.columns:  # its own slot has the better label
                self.columns[column] = slot
            if column not in self.of_slot.setdefault(name, []):
                self.of_slot[name].append(column)
        self.joined += groups
        if not slot.optional and slot.when is None:
            # A list shows those of its items that have all they need; its first it cannot do without.
            self.needed.update(own, *(groups[:1]))

    def _columns(self, text: str) -> Iterator[str]:
        for column, filters in placeholders(text):
            if not column.startswith(SPOKEN):
                self.filters.setdefault(column, []).extend(filters)
                yield column


def _reads_its_own_column(slot: Slot) -> bool:
    """Whether what fills the slot is the column of its own name: a number's and a flag's text is a label."""
    labelled = slot.type in (SlotType.NUMBER, SlotType.FLAG)
    return labelled or (slot.text is None and not slot.items)


def _field(column: str, template: Template, shown: _Shown, language: str) -> Field:
    slot = shown.columns[column]
    kind = _kind(column, slot, shown.filters.get(column, ()))
    alone = shown.of_slot[str(slot.name)] == [column]
    named = spoken(language).get("field", {}).get(column, {})
    # Where a slot shows one column alone its label is that of the field: "Tên sự kiện" says more than "Tiêu đề".
    label = phrase(slot.label, language) if alone and slot.label else named.get("label", column)
    told = phrase(slot.help, language) if alone and slot.help else named.get("help", "")
    choices: tuple[Choice, ...] = ()
    if slot.type is SlotType.FLAG:
        choices = (
            Choice("", called("choice", "no", language)),
            Choice("có", called("choice", "yes", language)),
        )
    required = column in shown.needed and template.slots[str(slot.name)].type is not SlotType.SOUND
    return Field(column, kind, label, told, required, LONGEST, choices, str(slot.name))


def _kind(column: str, slot: Slot, filters: Sequence[str]) -> FieldKind:
    by_type = {
        SlotType.PHOTO: FieldKind.PHOTO, SlotType.FLAG: FieldKind.CHOICE, SlotType.SOUND: FieldKind.CHOICE,
    }  # fmt: skip
    if slot.type in by_type:
        return by_type[slot.type]
    for kind, known in (
        (FieldKind.DATE, DATE_FILTERS),
        (FieldKind.TIME, TIME_FILTERS),
        (FieldKind.NUMBER, NUMBER_FILTERS),
    ):
        if any(name in known for name in filters):
            return kind
    if slot.type is SlotType.NUMBER and column == slot.name:
        return FieldKind.NUMBER
    if slot.type in (SlotType.LIST, SlotType.STEPS) and column == slot.name:
        return FieldKind.LIST
    return FieldKind.LONG if str(slot.style) in LONG_STYLES or slot.quote else FieldKind.TEXT


def _is_sound(field: Field, template: Template) -> bool:
    return field.slot in template.slots and template.slots[field.slot].type is SlotType.SOUND


def _plain(key: str, kind: FieldKind, language: str) -> Field:
    return Field(key, kind, called("field", key, language), helped("field", key, language))
