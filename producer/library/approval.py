"""A receipt of approval: who signed which bytes, when and as what; JSON that travels with the files.

A receipt is a chain of entries about one set of files. Each is a statement and its Ed25519 signature; a statement
names the digest of the entry before it, so that none can be taken out of the middle or put in another order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from producer.build.canonical import Plain, canonical, parsed
from producer.library.state import State

FORMAT = "producer-receipt/1"
MOST_BYTES = 1_000_000  # of a receipt; ours have some 3 kB
MOST_ENTRIES = 100


class BrokenReceiptError(ValueError):
    """A file that is no receipt of ours."""


@dataclass(frozen=True, slots=True)
class Output:
    """One finished file: its path below the recipe's folder, and its bytes."""

    path: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody signs."""

    state: State
    recipe: str  # path from the project
    job: str
    by: str  # the approver's word in brand/approvers.yaml
    name: str
    role: str
    key: str  # fingerprint of the public key
    time: datetime
    needed: int  # how many must sign
    outputs: tuple[Output, ...]
    inputs: Mapping[
        str, str
    ]  # digests of what they were made from: "recipe", "data.rows", "font.…", "photo.…"
    made: str  # the job's key in the store
    shown: tuple[str, ...] = ()  # digests of the pictures that were looked at
    before: str = ""  # digest of the entry before
    note: Mapping[str, str] = field(default_factory=dict)  # where it was published, or why it was withdrawn


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement with its signature in base64."""

    statement: Statement
    signature: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """The entries about one set of files, the earliest first."""

    entries: tuple[Entry, ...]

    @property
    def last(self) -> Statement:
        """What was said last."""
        return self.entries[-1].statement

    @property
    def outputs(self) -> tuple[Output, ...]:
        """The files that it is about."""
        return self.entries[0].statement.outputs

    def with_entry(self, entry: Entry) -> Receipt:
        """The same with one entry more."""
        return Receipt((*self.entries, entry))


def chained(statement: Statement, receipt: Receipt | None) -> Statement:
    """Return a statement that follows what a receipt said last."""
    return replace(statement, before=entry_digest(receipt.entries[-1]) if receipt is not None else "")


def signed_bytes(statement: Statement) -> bytes:
    """Return the bytes that a signature is of: canonical JSON."""
    return canonical(_statement_to_plain(statement))


def entry_digest(entry: Entry) -> str:
    """Return what the next entry names this one by."""
    return hashlib.sha256(signed_bytes(entry.statement) + entry.signature.encode()).hexdigest()


def to_json(receipt: Receipt) -> bytes:
    """Return a receipt as its file has it: canonical JSON and a line break."""
    entries: list[Plain] = [
        {"statement": _statement_to_plain(entry.statement), "signature": entry.signature}
        for entry in receipt.entries
    ]
    return canonical({"format": FORMAT, "entries": entries}) + b"\n"


def from_json(data: bytes) -> Receipt:
    """Return the receipt in a file. Whether anything in it is true is asked in :mod:`producer.library.judge`.

    Raises:
        BrokenReceiptError: it is none, or has another form than ours.
    """
    if len(data) > MOST_BYTES:
        raise BrokenReceiptError(f"{len(data)} B")
    try:
        read = parsed(data)
        if read["format"] != FORMAT or not 0 < len(read["entries"]) <= MOST_ENTRIES:
            raise BrokenReceiptError(str(read["format"]))
        receipt = Receipt(
            tuple(
                Entry(_statement_from_plain(entry["statement"]), str(entry["signature"]))
                for entry in read["entries"]
            )
        )
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
        raise BrokenReceiptError(str(error)) from error
    if to_json(receipt).strip() != data.strip():  # a key too many would be signed by nobody
        raise BrokenReceiptError("not canonical")
    return receipt


def _statement_to_plain(statement: Statement) -> dict[str, Plain]:
    return {
        "state": statement.state.value,
        "item": {"recipe": statement.recipe, "job": statement.job},
        "by": {"id": statement.by, "name": statement.name, "role": statement.role, "key": statement.key},
        "time": statement.time.isoformat(timespec="seconds"),
        "needed": statement.needed,
        "outputs": [
            {"path": output.path, "sha256": output.sha256, "bytes": output.size}
            for output in statement.outputs
        ],
        "inputs": dict(statement.inputs),
        "made": statement.made,
        "shown": list(statement.shown),
        "before": statement.before,
        "note": dict(statement.note),
    }


def _statement_from_plain(read: Any) -> Statement:  # noqa: ANN401 - whatever JSON says; wrong forms raise
    by, item = read["by"], read["item"]
    return Statement(
        State(read["state"]),
        str(item["recipe"]),
        str(item["job"]),
        str(by["id"]),
        str(by["name"]),
        str(by["role"]),
        str(by["key"]),
        _moment(read["time"]),
        int(read["needed"]),
        tuple(Output(str(one["path"]), str(one["sha256"]), int(one["bytes"])) for one in read["outputs"]),
        {str(name): str(value) for name, value in read["inputs"].items()},
        str(read["made"]),
        tuple(map(str, read["shown"])),
        str(read["before"]),
        {str(name): str(value) for name, value in read["note"].items()},
    )


def _moment(text: str) -> datetime:
    """A time with its zone: one without would be another moment on another machine."""
    time = datetime.fromisoformat(text)
    if time.tzinfo is None:
        raise BrokenReceiptError(text)
    return time
