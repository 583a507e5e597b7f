"""assets/licences.yaml: who made what, and whom a licence asks to be named."""

from __future__ import annotations

from collections.abc import Mapping

from producer.diagnostics import Diagnostic, ProducerError, Span
from producer.recipe.schema_type import placed
from producer.recipe.yaml import SourceMap, read_yaml
from producer.world import OutsideProjectError, World

REGISTER = "assets/licences.yaml"
# Licences that ask for the author's name wherever the work is shown; SPDX identifiers begin so.
ASK_FOR_NAME = "CC-BY"


def read_credits(world: World) -> Mapping[str, str]:
    """Return for each file of the register whom its licence asks to be named: "An Mẫu (CC BY 4.0)".

    A project without a register has no credits.

    Raises:
        ProducerError: the register is no YAML, or an entry lacks its author or licence.
    """
    try:
        if not world.exists(REGISTER):
            return {}
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
    if problems:
        raise ProducerError(problems)
    entries = {str(path): entry for path, entry in register.items() if isinstance(entry, SourceMap)}
    return {
        path: f"{entry[author]} ({spoken(str(entry[licence]))})"
        for path, entry in entries.items()
        if str(entry[licence]).startswith(ASK_FOR_NAME)
    }


def spoken(licence: str) -> str:
    """Return an SPDX identifier as people write it: "CC BY-SA 4.0"."""
    kind, _, version = licence.removeprefix("CC-").rpartition("-")
    return f"CC {kind} {version}"
