"""`producer verify`: whether a file is what was approved; offline, and without a project."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import click

from producer.build.store import FOLDER
from producer.cli.progress import write_json
from producer.cli.project import APPROVERS, ZONE, root_of
from producer.cli.settings import Settings, with_settings
from producer.cli.words import Words
from producer.diagnostics import ProducerError, Span, words
from producer.library.dossier import KEPT, receipts_beside
from producer.library.sign import Approver
from producer.library.verify import Answer, Verified, kept_receipts, verify
from producer.pipeline import approvers_of
from producer.world import FolderWorld, unreadable

# Exit codes, the worst answer of all files first; 2 is a file or list that cannot be read.
CODES = {Answer.WITHDRAWN: 6, Answer.CHANGED: 1, Answer.UNKNOWN: 5, Answer.APPROVED: 0}


class Wish(NamedTuple):
    """The options of `verify`."""

    files: tuple[Path, ...]
    receipts: tuple[Path, ...]
    keys: Path | None
    as_json: bool


def command(words: Words, stages: str) -> click.Command:
    """Return the command in the reader's language."""
    path = click.Path(path_type=Path)

    @with_settings("verify", words, stages)
    @click.argument("files", nargs=-1, required=True, metavar=f"{words('meta.file')}…", type=path)
    @click.option(
        "--receipt",
        "receipts",
        multiple=True,
        type=path,
        metavar=words("meta.file"),
        help=words("option.receipt"),
    )
    @click.option("--keys", type=path, metavar=words("meta.file"), help=words("option.keys"))
    @click.option("--json", "as_json", is_flag=True, help=words("option.json"))
    def check(settings: Settings, **options: Any) -> int:  # noqa: ANN401 - click's
        return run_verify(settings, Wish(**options))

    return check


def run_verify(settings: Settings, wish: Wish) -> int:
    """Tell of every file whether it was approved, and return the code of the worst answer.

    Raises:
        ProducerError: a file or the list of keys cannot be read.
    """
    now, found = datetime.now(ZONE), dict[Path, Verified]()
    for file in wish.files:
        try:
            found[file] = verify(file, list(places(file, wish)), keys_for(file, wish), now)
        except OSError as error:
            raise ProducerError([unreadable(error, str(file), Span(str(file)))]) from error
    for file, verified in found.items():
        tell(file, verified, settings, wish)
    answers = {verified.answer for verified in found.values()}
    return next(code for answer, code in CODES.items() if answer in answers)


def places(file: Path, wish: Wish) -> Iterator[Path]:
    """Yield where receipts of a file may lie: those that were named, those beside it, those that its project keeps."""
    yield from wish.receipts
    yield from receipts_beside(file)
    root = root_of(file.parent)
    if root is not None:
        yield from kept_receipts(root / FOLDER / KEPT)


def keys_for(file: Path, wish: Wish) -> tuple[Approver, ...] | None:
    """Return who may approve: as the named list says, else as that of the project that the file lies in.

    A list that merely lies beside a file is nobody's word: whoever forged the one forged the other.

    Raises:
        ProducerError: the list cannot be read.
    """
    if wish.keys is not None:
        return approvers_of(FolderWorld(wish.keys.parent), wish.keys.name)
    root = root_of(file.parent) or root_of(Path())
    if root is None or not (root / APPROVERS).is_file():
        return None
    return approvers_of(FolderWorld(root))


def tell(file: Path, verified: Verified, settings: Settings, wish: Wish) -> None:
    """Say what is known of a file: who approved it and when, or why nobody can say so."""
    receipt, reason = verified.receipt, verified.reason
    last = receipt.last if receipt is not None else None
    if wish.as_json:
        write_json(
            {
                "event": "file",
                "path": file.as_posix(),
                "answer": verified.answer.value,
                "sha256": verified.sha256,
                "state": last.state.value if last else None,
                "by": [f"{one.statement.name}, {one.statement.role}" for one in receipt.entries]
                if receipt
                else [],
                "time": last.time.isoformat() if last else None,
                "receipt": str(verified.place) if verified.place else None,
                "reason": reason.code if reason else None,
            }
        )
        return
    label = settings.words(f"answer.{verified.answer.value}")
    sys.stdout.write(f"{label}: {file.as_posix()}\n")
    if receipt is not None and reason is None:
        for entry in receipt.entries:
            said = entry.statement
            state = settings.words(f"standing.{said.state.value}")
            sys.stdout.write(f"    {state}: {said.name}, {said.role}, {said.time:%H:%M %d/%m/%Y}\n")
    if reason is not None:
        sys.stdout.writelines(f"    {line}\n" for line in words(reason, settings.words.language) if line)
