"""Problems as staff read them: beside the field that they are about, in plain words, with the fix."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from producer.diagnostics import Diagnostic, Level, number, shown, words
from producer.recipe.model import ALT, FOCUS
from producer.requests.form import POST, Form

LONGEST = 240
BRAND = "brand/"
OF_PHOTOS, OF_REQUESTS, OF_FACTS = "photo/", "request/", "facts/"  # how codes begin
OTHER = "other"  # what is said of all that is not for staff


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """One problem of one field."""

    field: str  # nothing where it is about the request as a whole
    code: str
    text: str
    fix: str
    level: Level
    over: int = 0  # letters too many, where that is known
    fit: int = 0  # letters that fit


@cache
def _plain_words(language: str) -> Mapping[str, Mapping[str, str]]:
    """Problems in words for staff, by code; those without are told as `producer check` tells them."""
    source = resources.files("producer") / "messages" / f"staff.{language}.toml"
    return tomllib.loads(source.read_text("utf-8"))


def as_read(problems: Iterable[Diagnostic], form: Form | None, language: str) -> tuple[FieldProblem, ...]:
    """Return problems as staff read them, each once for a field; words to post that repeat the page's are not blamed.

    What stops nothing and nobody who fills in a form can mend is left out: notes, and warnings of the brand's files.
    """
    read = [_as_read(one, form, language) for one in problems if not _is_of_the_house(one, form)]
    elsewhere = {(one.code, one.text) for one in read if one.field != POST}
    own = [one for one in read if one.field != POST or (one.code, one.text) not in elsewhere]
    first: dict[tuple[object, ...], FieldProblem] = {}
    for one in own:  # a text that is too long for its box is too long for the page as well
        first.setdefault((one.field, one.over, one.fit) if one.over else (one.field, one.code, one.text), one)
    return tuple(first.values())


def _is_of_the_house(problem: Diagnostic, form: Form | None) -> bool:
    """Whether a problem is for those who keep brand and recipes."""
    stops = problem.level in (Level.ERROR, Level.REFUSED)
    told = problem.span.file.startswith(BRAND) and not field_of(problem, form)
    return not stops and (problem.level is Level.NOTE or told)


def _as_read(problem: Diagnostic, form: Form | None, language: str) -> FieldProblem:
    key = field_of(problem, form)
    one = form.field(key) if form is not None else None
    letters, fit = (problem.facts.get(name, 0) for name in ("letters", "fit"))
    over = letters - fit if isinstance(letters, int) and isinstance(fit, int) and fit else 0
    if isinstance(known := problem.facts.get("over"), int) and problem.code == "request/too-long":
        over, fit = known, problem.facts["most"]
    known_words = _plain_words(language)
    entry = known_words.get(problem.code)
    if entry is None and not key and not problem.code.startswith((OF_REQUESTS, OF_FACTS)):
        entry = known_words[
            OTHER
        ]  # of the brand, a template or the machine: no words of theirs help who fills in a form
    if entry is None:
        text, fix = words(problem, language)
    else:
        facts = {name: _shown(value, language) for name, value in problem.facts.items()}
        facts |= {
            "code": problem.code,
            "label": one.label if one is not None else facts.get("label", ""),
            "too_many": str(over),
        }
        text = entry["text"].format_map(facts)
        far = not over and entry.get("fix-far")
        fix = (far or entry.get("fix", "")).format_map(facts)
    return FieldProblem(key, problem.code, text, fix, problem.level, over, fit if isinstance(fit, int) else 0)


def _shown(value: str | float, language: str) -> str:
    return number(value, language) if isinstance(value, float) else shown(str(value), LONGEST)


def field_of(problem: Diagnostic, form: Form | None) -> str:
    """Return the field that a problem is about: that of its place, else the first that its slot shows."""
    if form is None:
        return ""
    told = [problem.span.field, *(str(problem.facts.get(name, "")) for name in ("field", "column", "slot"))]
    for name in told:
        bare = name.removesuffix(FOCUS).removesuffix(ALT)
        if form.field(bare) is not None or bare in ("look", "channels"):
            return bare
        if name in form.slots:
            return form.slots[name][0]
    return form.photos[0].key if problem.code.startswith(OF_PHOTOS) and form.photos else ""
