"""Consent as it is recorded: of a person, or for a photograph; by a row of any sheet, or by the register."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from producer.data.model import Table
from producer.diagnostics import Diagnostic, Span
from producer.plan.model import Job
from producer.recipe.model import Paths
from producer.rights.fold import folded, folded_path

REGISTER = "assets/consent.csv"

# The columns by which a row says whether it may be shown; the register has the same.
CONSENT, PHOTO_CONSENT, SCOPE, SINCE, UNTIL, GUARDIAN, AGE = (
    "consent", "photo_consent", "consent_scope", "consent_from", "consent_until", "guardian_consent", "age",
)  # fmt: skip
PHOTOS, PROOF, PURPOSES = "photos", "proof", "purposes"
SCHOOL = "school"  # never stands beside a child's name
NAMES = ("full_name", "who", "child")  # columns that name the person of a row

# What the columns of consent may say. Anything else, and nothing, means no.
YES, SIGNED, NOTICE, NOBODY, NO_PHOTO = "yes", "signed", "event_notice", "none_needed", "yes-no-photo"
WITHDRAWN = "withdrawn"
AGREED = (YES, SIGNED, NO_PHOTO)


@dataclass(frozen=True, slots=True)
class Grant:
    """What one line records."""

    id: str
    span: Span  # of its consent
    given: str  # in its own words; empty where nothing is recorded
    of_photo: bool = False  # of a picture of an event, and not of one person
    scope: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    unread_since: str = ""  # what stands where a day belongs and is none that anybody could read
    unread_until: str = ""
    guardian: str = ""
    age: int | None = None  # years, of a child
    names: tuple[str, ...] = ()
    school: str = ""
    proof: str | None = None  # where it is kept; rows of sheets have none to name
    purposes: tuple[str, ...] = ()  # what was asked for; nothing where any was
    pictures: tuple[str, ...] = ()
    places: Mapping[str, Span] = field(default_factory=dict, compare=False)  # of what else it records

    def place(self, column: str) -> Span:
        """Where it records something, or its consent where it has no column for that."""
        return self.places.get(column, self.span)

    @property
    def refuses(self) -> bool:
        """Whether it is a no: what it says is no consent, for anybody and anything."""
        return self.given not in (*AGREED, NOTICE, NOBODY)


@dataclass(frozen=True, slots=True)
class Filed:
    """Grants by the id or the path that their lines name, as it was typed."""

    fold: Callable[[str], str]
    exact: Mapping[str, tuple[Grant, ...]] = field(default_factory=dict)
    # By what :attr:`fold` leaves of a name: those whose own name is nobody's, and every no.
    loose: Mapping[str, tuple[Grant, ...]] = field(default_factory=dict)

    def under(self, name: str) -> tuple[Grant, ...]:
        """What is recorded under a name; nothing is lost to a hyphen, a capital or a letter without width."""
        exact = self.exact.get(name, ())
        loose = self.loose.get(self.fold(name), ()) if self.loose else ()
        return (*exact, *(grant for grant in loose if grant not in exact)) if loose else exact

    @property
    def grants(self) -> tuple[Grant, ...]:
        """All of them."""
        return tuple(grant for grants in self.exact.values() for grant in grants)


def filed(
    grants: Iterable[tuple[str, Grant]], fold: Callable[[str], str], is_known: Callable[[str], bool]
) -> Filed:
    """File grants under names; a yes under a name that is somebody's (``is_known``) is for nobody else's."""
    exact: dict[str, list[Grant]] = {}
    loose: dict[str, list[Grant]] = {}
    for name, grant in grants:
        exact.setdefault(name, []).append(grant)
        if grant.refuses or not is_known(name):
            loose.setdefault(fold(name), []).append(grant)
    return Filed(fold, *({name: tuple(of) for name, of in found.items()} for found in (exact, loose)))


@dataclass(frozen=True, slots=True)
class Rights:
    """Everything that is known of who may be shown, and of what may be used, on one day."""

    today: date
    licensed: Paths = field(default_factory=Paths)
    nobody: Paths = field(default_factory=Paths)  # pictures in which nobody can be recognised
    register: Filed = field(default_factory=lambda: Filed(folded))  # by id; a person may have several
    of_picture: Filed = field(default_factory=lambda: Filed(folded_path))  # by path, of register and rows
    unplaced: Filed = field(default_factory=lambda: Filed(folded))  # by name, a no whose id nobody has
    tables: Mapping[str, Table] = field(
        default_factory=dict
    )  # without pictures that are withheld by their rows
    people: tuple[Grant, ...] = ()  # of register and rows, each with a name
    notes: tuple[Diagnostic, ...] = ()  # of the register, and of what its lines take
    unusable: Mapping[str, Diagnostic] = field(
        default_factory=dict
    )  # by entry of ``licensed``, why it is none
    # By path, channel and purpose what was found: thousands of rows may show one picture, each with a consent.
    found: dict[tuple[str, ...], tuple[Diagnostic, ...]] = field(
        default_factory=dict, compare=False, repr=False
    )
    # By table, channel, purpose and what is withheld what of it may be shown; with it the table, so that it stays.
    kept: dict[Hashable, tuple[Table, Table]] = field(default_factory=dict, compare=False, repr=False)
    # By channel and purpose whom no text may name.
    unnamed: dict[tuple[str, str], Mapping[str, Diagnostic]] = field(
        default_factory=dict, compare=False, repr=False
    )


@dataclass(frozen=True, slots=True)
class Permit:
    """What of a job may be shown: its rows and tables without those who do not agree, or why nothing may."""

    job: Job
    tables: Mapping[str, Table]
    refused: tuple[Diagnostic, ...] = ()
    left_out: tuple[Diagnostic, ...] = ()
