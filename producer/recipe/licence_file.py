"""assets/licences.yaml: who made what, whom a licence asks to be named, and which pictures show a map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from producer.diagnostics import Diagnostic, ProducerError, Span
from producer.recipe.read import unknown
from producer.recipe.schema_type import placed
from producer.recipe.yaml import SourceMap, read_yaml
from producer.world import OutsideProjectError, World

REGISTER = "assets/licences.yaml"
# Licences that ask for the author's name wherever the work is shown; SPDX identifiers begin so.
ASK_FOR_NAME = "CC-BY"


# What `shows:` may say: pictures that somebody must look at before they go out.
MAP = "map"
SHOWS = (MAP,)


@dataclass(frozen=True, slots=True)
class Register:
    """What a project must know of its files."""

    credits: Mapping[str, str] = field(default_factory=dict)  # path → "An Mẫu (CC BY 4.0)", whom to name
    maps: frozenset[str] = frozenset()  # paths of pictures that show a map


def read_register(world: World) -> Register:
    """Return whom the licences ask to be named, and which files show a map; a project may have no register.

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
        path: f"{entry[author]} ({spoken(str(entry[licence]))})"
        for path, entry in entries.items()
        if str(entry[licence]).startswith(ASK_FOR_NAME)
    }
    return Register(names, frozenset(path for path, word in shown.items() if word == MAP))


def spoken(licence: str) -> str:
    """Return an SPDX identifier as people write it: "CC BY-SA 4.0"."""
    kind, _, version = licence.removeprefix("CC-").rpartition("-")
    return f"CC {kind} {version}"
