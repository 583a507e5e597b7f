"""assets/licences.yaml: who made what, whom a licence asks to be named, and what pictures show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from producer.brand.model import Brand
from producer.diagnostics import Diagnostic, ProducerError, Scope, Span, once
from producer.recipe.licence import ASK_FOR_NAME, MEMBER, unusable
from producer.recipe.model import Paths
from producer.recipe.read import unknown
from producer.recipe.schema_type import placed
from producer.recipe.yaml import SourceMap, read_yaml
from producer.world import OutsideProjectError, World

REGISTER = "assets/licences.yaml"
# What `shows:` may say: a map, which somebody must look at before it goes out, or nobody who could be recognised.
MAP, NOBODY = "map", "nobody"
SHOWS = (MAP, NOBODY)


@dataclass(frozen=True, slots=True)
class Register:
    """What a project must know of its files."""

    credits: Mapping[str, str] = field(default_factory=dict)  # path → "An Mẫu (CC BY 4.0)", whom to name
    licensed: Paths = field(default_factory=Paths)
    maps: Paths = field(default_factory=Paths)
    nobody: Paths = field(
        default_factory=Paths
    )  # pictures in which nobody can be recognised; no map shows anybody
    terms: Mapping[str, str] = field(default_factory=dict)  # path, or folder with a / → licence
    unusable: Mapping[str, Diagnostic] = field(
        default_factory=dict
    )  # by entry, why its files may not be used


def read_register(world: World) -> Register:
    """Return what is known of the project's files; without a register none of them may be used.

    Raises:
        ProducerError: the register is no YAML, an entry lacks its author or licence, or shows what we do not know.
    """
    try:
        if not world.exists(REGISTER):
            return Register()
        data = world.read_bytes(REGISTER)
    except OutsideProjectError as error:
        raise ProducerError(
            [Diagnostic("recipe/outside-project", Span(REGISTER), {"path": REGISTER})]
        ) from error
    register = read_yaml(data, REGISTER)
    author, licence = placed("author"), placed("licence")
    problems = [
        Diagnostic("recipe/missing-key", path.span, {"key": str(key)})
        for path, entry in register.items()
        for key in (author, licence)
        if not (isinstance(entry, SourceMap) and entry.get(key))
    ]
    entries = {str(path): entry for path, entry in register.items() if isinstance(entry, SourceMap)}
    shown = {path: entry[placed("shows")] for path, entry in entries.items() if entry.get(placed("shows"))}
    problems += [
        unknown(
            "recipe/unknown-word",
            str(word),
            list(SHOWS),
            getattr(word, "span", Span(REGISTER)),
            field="shows",
        )
        for word in shown.values()
        if word not in SHOWS
    ]
    if problems:
        raise ProducerError(problems)
    names = {
        path: named(str(entry[author]), str(entry[licence]))
        for path, entry in entries.items()
        if str(entry[licence]).startswith((ASK_FOR_NAME, MEMBER))
    }
    every = frozenset(entries)
    maps = frozenset(path for path, word in shown.items() if word == MAP)
    terms = {path: str(entry[licence]) for path, entry in entries.items()}
    refused = {path: problem for path, entry in entries.items() if (problem := unusable(path, entry))}
    return Register(
        names,
        Paths(every - set(refused), every),
        Paths(maps, every),
        Paths(frozenset(shown), every),
        terms,
        refused,
    )


def named(author: str, licence: str) -> str:
    """Return whom to name, with the licence where it asks for that too."""
    return author if licence.startswith(MEMBER) else f"{author} ({spoken(licence)})"


def spoken(licence: str) -> str:
    """Return an SPDX identifier as people write it: "CC BY-SA 4.0"."""
    kind, _, version = licence.removeprefix("CC-").rpartition("-")
    return f"CC {kind} {version}"


def used_by(brand: Brand) -> tuple[str, ...]:
    """Return every file that a brand shows or sets its words in, sorted."""
    styles = brand.styles.values()
    faces = {f.path for s in styles for f in (s.face, s.bold, *s.fallbacks, *s.bold_fallbacks)}
    motifs = [motif.art for treatment in brand.treatments.values() for motif in treatment.motifs]
    dividers = [t.divider.art for t in brand.treatments.values() if t.divider is not None]
    marks = (brand.mark.art, brand.mark.mono, brand.mark.reverse)
    arts = (*brand.icons.values(), *motifs, *dividers, *marks, brand.press.profile)
    return tuple(sorted(faces | {art.path for art in arts if art is not None}))


def without_entry(register: Register, brand: Brand) -> tuple[Diagnostic, ...]:
    """Return a problem for each file of the brand that nobody has entered, or whose licence we do not know."""
    return once(
        replace(register.unusable[entry], scope=Scope.RECIPE)
        if (entry := register.licensed.entry_of(path)) in register.unusable
        else Diagnostic("licence/no-entry", Span(path), {"path": path})
        for path in used_by(brand)
        if path not in register.licensed
    )
