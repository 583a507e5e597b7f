"""Which licences let us show a file: SPDX's names of those that allow changes, and four words of our own."""

from __future__ import annotations

from difflib import get_close_matches

from producer.diagnostics import Diagnostic, Scope, Span, span_of
from producer.recipe.schema_type import placed
from producer.recipe.yaml import SourceMap

# Licences that ask for the author's name wherever the work is shown; SPDX identifiers begin so.
ASK_FOR_NAME = "CC-BY"
# SPDX's form for terms of our own. A member lets the union use what is theirs, and is named.
OWN, BOUGHT, PERMISSION, MEMBER = (f"LicenseRef-{word}" for word in ("own", "bought", "permission", "member"))
WITH_PROOF = (BOUGHT, PERMISSION)  # what somebody else allowed: `proof:` says where that is written
# A poster crops, colours and writes over what it shows, and is no sale: ND forbids the one and NC leaves the other
# in doubt, so neither is here. Their owner can be asked: LicenseRef-permission.
ACCEPTED = (
    OWN, BOUGHT, PERMISSION, MEMBER,
    "CC0-1.0", "CC-PDDC", "CC-PDM-1.0",
    *(f"{kind}-{version}" for kind in ("CC-BY", "CC-BY-SA") for version in ("4.0", "3.0", "2.5", "2.0", "1.0")),
    "OFL-1.1", "OFL-1.0", "Apache-2.0", "MIT", "ISC", "0BSD", "BSD-2-Clause", "BSD-3-Clause", "Unlicense",
    "Ubuntu-font-1.0", "Bitstream-Vera", "PDDL-1.0", "ODbL-1.0", "FAL-1.3",
)  # fmt: skip
SHOWN = (*ACCEPTED[:5], "CC-BY-4.0", "CC-BY-SA-4.0", "OFL-1.1", "Apache-2.0", "MIT")  # enough for a help


def unusable(path: str, entry: SourceMap) -> Diagnostic | None:
    """Return why the file of an entry may not be used: nobody knows its licence, or the proof of it is missing."""
    licence = entry.get(placed("licence"))
    span = span_of(licence, Span(""))
    if licence not in ACCEPTED:
        facts: dict[str, str | int] = {"path": path, "name": str(licence), "nearest": nearest(str(licence))}
        return Diagnostic("licence/unknown", span, {**facts, "known": ", ".join(SHOWN)}, scope=Scope.ROW)
    if licence in WITH_PROOF and not entry.get(placed("proof")):
        facts = {"path": path, "name": str(licence)}
        return Diagnostic("licence/no-proof", span, facts, scope=Scope.ROW)
    return None


def nearest(name: str) -> str:
    """Return the licence that is meant by another spelling: `own`, `cc by 4.0`; empty where none is."""
    plain = {_plain(one): one for one in ACCEPTED} | {
        _plain(one.removeprefix("LicenseRef-")): one for one in ACCEPTED
    }
    near = get_close_matches(_plain(name), plain, n=1, cutoff=0.75)
    return plain[near[0]] if near else ""


def _plain(name: str) -> str:
    return "-".join(name.casefold().replace("_", " ").replace("-", " ").split())
