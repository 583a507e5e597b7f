"""A BagIt 1.0 bag of objects: what a library or a state archive takes over, with plain formats beside working ones.

Source: RFC 8493. A bag can be checked by ``sha512sum -c manifest-sha512.txt`` alone.
"""

from __future__ import annotations

import csv
import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO
from urllib.parse import unquote

from producer.build.canonical import parsed
from producer.build.store import DamagedError
from producer.library.disk import copy_new, make_folder, remove_tree, sync_folder, sync_tree
from producer.library.ocfl import Archive, Content, Hearing
from producer.library.ocfl_inventory import Inventory
from producer.library.ocfl_layout import ascii_name
from producer.library.record import ASSET, FACTS, RIGHTS, ROWS, SCHEME

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
LIST = "data/danh-muc.csv"  # every file with its object, for people
PLAIN = "ban-pho-thong"  # the folder of an object's plain formats
AS_PNG = ("image/webp", "image/avif", "image/gif")  # pictures that not every program opens


@dataclass
class _Bag:
    """A bag while it is filled: the digests and sizes of its payload."""

    folder: Path
    manifest: dict[str, str] = field(default_factory=dict)
    size: int = 0
    places: dict[str, str] = field(default_factory=dict)  # an object's folder in small letters → its id

    def place_for(self, name: str) -> str:
        """Return the folder of an object: its id in letters of ASCII, without signs that manifests would escape."""
        place = f"data/{ascii_name(unquote(name.removeprefix(SCHEME)))}"
        if self.places.setdefault(place.casefold(), name) != name:
            place = f"{place}-{hashlib.sha512(name.encode()).hexdigest()[:8]}"
        return place

    def add(self, path: str, source: BinaryIO, digest: str = "") -> None:
        """Copy a file into the payload.

        Raises:
            DamagedError: it is not what its digest says.
        """
        place = self.folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        hearing = Hearing(Content())
        self.size += copy_new(source, place, hearing)
        self.manifest[path] = hearing.end()
        if digest and self.manifest[path] != digest:
            raise DamagedError(path)


def write_bag(archive: Archive, inventories: Iterable[Inventory], folder: Path, day: date) -> int:
    """Write the newest version of objects as a bag, which appears as a whole, and return how many files it holds.

    Raises:
        DamagedError: the archive no longer has a file as it was; there is no bag.
        FileExistsError: the folder is there.
    """
    if os.path.lexists(folder):
        raise FileExistsError(str(folder))
    aside = folder.with_name(f"{folder.name}.work")
    if aside.exists():
        remove_tree(aside)
    make_folder(aside)
    bag = _Bag(aside)
    rows: list[tuple[Any, ...]] = []
    for inventory in inventories:
        rows += _add_object(bag, archive, inventory)
    bag.add(LIST, BytesIO(_sheet(rows)))
    _finish(bag, day, [str(row[0]) for row in rows])
    sync_tree(aside)
    aside.rename(folder)
    sync_folder(folder.parent)
    return len(bag.manifest)


def _add_object(bag: _Bag, archive: Archive, inventory: Inventory) -> Iterator[tuple[Any, ...]]:
    """Copy an object, and yield a line of the list for each file."""
    top = bag.place_for(inventory.id)
    read = _reader(archive, inventory)
    asset = read(ASSET)
    for path, digest in sorted(inventory.state.items()):
        with archive.open(inventory, path) as source:
            bag.add(f"{top}/{path}", source, digest)
        known = (inventory.id, asset["title"], asset["event"], asset["day"], asset["unit"], asset["state"])
        yield *known, f"{top}/{path}".removeprefix("data/"), digest
    for name, data in _plain_formats(archive, inventory, asset):
        bag.add(f"{top}/{PLAIN}/{name}", BytesIO(data))


def _reader(archive: Archive, inventory: Inventory) -> Any:  # noqa: ANN401 - JSON
    def read(path: str) -> Any:  # noqa: ANN401 - JSON
        with archive.open(inventory, path) as file:
            return parsed(file.read())

    return read


def _plain_formats(
    archive: Archive, inventory: Inventory, asset: Mapping[str, Any]
) -> Iterator[tuple[str, bytes]]:
    """Yield what a product says as text, its rows and rights as sheets, and its rarer pictures as PNG."""
    read = _reader(archive, inventory)
    said = dict.fromkeys(fact["text"] for fact in read(FACTS))
    shown = dict.fromkeys(alt for entry in asset["products"] for alt in entry["alt"])
    yield "noi-dung.txt", "\n".join((asset["title"], "", *said, "", *shown, "")).encode()
    cells = [
        (row["file"], row["id"], name, _said(value))
        for row in read(ROWS)
        for name, value in row["values"].items()
    ]
    yield "du-lieu.csv", sheet(("tệp", "dòng", "cột", "giá trị"), cells)
    licences = read(RIGHTS)["licences"].items()
    yield "quyen.csv", sheet(("tệp", "giấy phép"), licences)
    for entry in asset["products"]:
        if entry["media_type"] in AS_PNG:
            with archive.open(inventory, entry["file"]) as file:
                yield f"{PurePosixPath(entry['file']).stem}.png", _as_png(file)


def _said(value: Any) -> str:  # noqa: ANN401 - JSON
    return "; ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)


def _as_png(file: BinaryIO) -> bytes:
    from PIL import Image

    made = BytesIO()
    with Image.open(file) as image:
        image.save(made, "PNG")
    return made.getvalue()


def _sheet(rows: Iterable[tuple[Any, ...]]) -> bytes:
    head = ("mã hồ sơ", "tên", "sự kiện", "ngày", "đơn vị", "trạng thái", "tệp", "SHA-512")
    return sheet(head, rows)


def sheet(head: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> bytes:
    """Return CSV that Excel opens with its Vietnamese; no cell of it is taken for a formula."""
    made = StringIO()
    writer = csv.writer(made)
    writer.writerow(head)
    writer.writerows([_harmless(str(cell)) for cell in row] for row in rows)
    return made.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    """Return a cell that no spreadsheet computes: it begins with a quotation mark where it looked like a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝")) else cell


def _finish(bag: _Bag, day: date, names: Iterable[str]) -> None:
    """Write what makes a folder a bag; the manifest of these files last."""
    manifest = "".join(f"{digest}  {path}\n" for path, digest in sorted(bag.manifest.items()))
    info = [f"External-Identifier: {name}" for name in dict.fromkeys(names)]
    info += [
        f"Bagging-Date: {day.isoformat()}",
        f"Payload-Oxum: {bag.size}.{len(bag.manifest)}",
        "Bag-Software-Agent: producer",
    ]
    tags = {
        "bag-info.txt": ("\n".join(info) + "\n").encode(),
        "bagit.txt": DECLARATION,
        "manifest-sha512.txt": manifest.encode(),
    }
    listed = "".join(f"{hashlib.sha512(data).hexdigest()}  {name}\n" for name, data in sorted(tags.items()))
    for name, data in {**tags, "tagmanifest-sha512.txt": listed.encode()}.items():
        copy_new(BytesIO(data), bag.folder / name, len)
