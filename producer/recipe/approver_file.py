"""brand/approvers.yaml: who may approve, each with a public key and the days on which it holds."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping
from datetime import date

from producer.brand.model import Approver
from producer.diagnostics import Diagnostic, ProducerError, SourceText, Span
from producer.recipe.read import read_keys
from producer.recipe.schema_approver import ApproverKeys, ApproversKeys
from producer.world import World

PLACE = "brand/approvers.yaml"
KEY_BYTES = 32  # of Ed25519, RFC 8032


def read_approvers(world: World, path: str = PLACE) -> tuple[Approver, ...]:
    """Return who may approve.

    Raises:
        ProducerError: every problem of the file: a key that is none, one key for two people, days that cannot be.
    """
    keys, _ = read_keys(world, path, ApproversKeys, Span(path))
    problems = tuple(_problems(keys.approvers))
    if problems:
        raise ProducerError(problems)
    return tuple(
        Approver(
            str(name), str(said.name), str(said.role), str(said.key_), said.since, said.until or date.max
        )
        for name, said in keys.approvers.items()
    )


def _problems(approvers: Mapping[SourceText, ApproverKeys]) -> Iterator[Diagnostic]:
    """Yield what is wrong with each; two words for one key would let somebody count twice."""
    known: dict[bytes, SourceText] = {}
    for name, said in approvers.items():
        key = _bytes(said.key_)
        if key is None:
            yield Diagnostic("approval/bad-key", said.key_.span, {"name": str(name)})
        elif key in known:
            facts = {"name": str(name), "other": str(known[key])}
            yield Diagnostic("approval/same-key", said.key_.span, facts)
        else:
            known[key] = name
        if said.until is not None and said.until < said.since:
            facts = {"name": str(name), "since": str(said.since), "until": str(said.until)}
            yield Diagnostic("brand/no-days", name.span, facts)


def _bytes(text: str) -> bytes | None:
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return key if len(key) == KEY_BYTES else None
