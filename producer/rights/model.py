"""Consent as it is recorded: of a person, or for a photograph; by a row of any sheet, or by the register."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from producer.data.model import Table
from producer.diagnostics import Diagnostic, Span
from producer.plan.model import Job
from producer.recipe.model import Paths

REGISTER = "assets/consent.csv"

# The columns by which a row says whether it may be shown; the register has the same.
CONSENT, PHOTO_CONSENT, SCOPE, SINCE, UNTIL, GUARDIAN, AGE = (
    "consent", "photo_consent", "consent_scope", "consent_from", "consent_until", "guardian_consent", "age",
)  # fmt: skip
SCHOOL = "school"  # never stands beside a child's name
NAMES = ("full_name", "who", "child")  # columns that name the person of a row

# What the columns of consent may say. Anything else, and nothing, means no.
YES, SIGNED, NOTICE, NOBODY, NO_PHOTO = "yes", "signed", "event_notice", "none_needed", "yes-no-photo"
WITHDRAWN = "withdrawn"


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
    name: str = ""
    school: str = ""
    proof: str | None = None  # where it is kept; rows of sheets have none to name
    pictures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rights:
    """Everything that is known of who may be shown, and of what may be used, on one day."""

    today: date
    licensed: Paths = field(default_factory=Paths)
    nobody: Paths = field(default_factory=Paths)  # pictures in which nobody can be recognised
    register: Mapping[str, tuple[Grant, ...]] = field(
        default_factory=dict
    )  # by id; a person may have several
    of_picture: Mapping[str, tuple[Grant, ...]] = field(default_factory=dict)  # by path, of register and rows
    tables: Mapping[str, Table] = field(
        default_factory=dict
    )  # without pictures that are withheld by their rows
    notes: tuple[Diagnostic, ...] = ()  # of these
    unusable: Mapping[str, Diagnostic] = field(
        default_factory=dict
    )  # by entry of ``licensed``, why it is none
    # By path and channel what was found: thousands of rows may show one picture, each with a consent of its own.
    found: dict[tuple[str, str], tuple[Diagnostic, ...]] = field(
        default_factory=dict, compare=False, repr=False
    )


@dataclass(frozen=True, slots=True)
class Permit:
    """What of a job may be shown: its rows and tables without those who do not agree, or why nothing may."""

    job: Job
    tables: Mapping[str, Table]
    refused: tuple[Diagnostic, ...] = ()
    left_out: tuple[Diagnostic, ...] = ()
