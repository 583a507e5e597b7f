"""Where receipts lie: in the project's own folder, and a copy beside each file that went out."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from producer.build.store import FOLDER, write_ours, write_whole
from producer.library.approval import MOST_BYTES, BrokenReceiptError, Receipt, from_json, to_json

ENDING = ".duyet.json"  # behind the whole name of the file that it is about
KEPT = "approval"  # the folder below the store's
MOST_BESIDE = 200  # receipts of one folder that are looked at


class LinkedReceiptError(BrokenReceiptError):
    """A receipt that is a link, or no file: what it points at may be changed by somebody else."""


class Dossier:
    """The receipts of a project, by recipe and path of the file."""

    def __init__(self, project: Path) -> None:
        """Take the working folder; nothing is written before the first :meth:`keep`."""
        self.store = project / FOLDER
        self.folder = self.store / KEPT

    def place(self, recipe: str, path: str) -> Path:
        """Return where the receipt of a file is kept, by its path below the recipe's folder."""
        return self.folder / recipe / f"{path}{ENDING}"

    def receipts(self, recipe: str, path: str, beside: Path | None = None) -> Iterator[Receipt]:
        """Yield what is kept of a file, and then what lies ``beside`` it, as far as these are receipts.

        The copy counts where ours was lost, and where somebody else has signed it meanwhile.
        """
        for place in (self.place(recipe, path), *((beside_of(beside),) if beside is not None else ())):
            try:
                yield read_receipt(place)
            except (OSError, BrokenReceiptError):
                continue

    def keep(self, recipe: str, path: str, receipt: Receipt) -> None:
        """Keep a receipt; one about other bytes is put aside under their digest and stays.

        Raises:
            StoreLostError: it cannot be written.
        """
        place = self.place(recipe, path)
        try:
            before = read_receipt(place)
        except (OSError, BrokenReceiptError):
            before = None
        if before is not None and before.outputs != receipt.outputs:
            aside = self.place(recipe, f"{path}.{before.outputs[0].sha256[:12]}")
            write_ours(self.store, aside, lambda: write_whole(aside, to_json(before)))
        write_ours(self.store, place, lambda: write_whole(place, to_json(receipt)))

    def all_of(self, recipe: str, path: str) -> tuple[Receipt, ...]:
        """Return every receipt that is kept of a file, of earlier bytes too, the current one last."""
        place = self.place(recipe, path)
        earlier = sorted(place.parent.glob(f"{_plain(Path(path).name)}.*{ENDING}"))
        found = []
        for one in (*earlier, place):
            try:
                found.append(read_receipt(one))
            except (OSError, BrokenReceiptError):
                continue
        return tuple(sorted(found, key=lambda receipt: receipt.last.time))


def _plain(name: str) -> str:
    """A name for `glob`, whose own signs stand for themselves."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)


def beside_of(file: Path) -> Path:
    """Return where the copy beside a file lies."""
    return file.with_name(f"{file.name}{ENDING}")


def receipts_beside(file: Path) -> tuple[Path, ...]:
    """Return every receipt in a file's folder, its own first: a file may have been renamed on its way."""
    own = beside_of(file)
    others = sorted(place for place in file.parent.glob(f"*{ENDING}") if place != own)[:MOST_BESIDE]
    return (*((own,) if os.path.lexists(own) else ()), *others)


def read_receipt(place: Path) -> Receipt:
    """Return the receipt at a place.

    Raises:
        LinkedReceiptError: a link, a folder or a pipe is there.
        BrokenReceiptError: it is none.
        OSError: it cannot be read.
    """
    if not stat.S_ISREG(place.lstat().st_mode):
        raise LinkedReceiptError(str(place))
    with place.open("rb") as file:
        return from_json(file.read(MOST_BYTES + 1))
