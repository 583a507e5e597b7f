"""The parts of a workbook's archive: how large they are, and the cells that a reader of values would not see."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO

from lxml import etree

from producer.data.sheet_extent import ODD_PLACE, check_extent, column_number

MOST_BYTES = 1 << 28  # of all parts, unpacked
PIECE = 1 << 20
ROW_END = b"row>"
BOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_CELL = re.compile(
    # A formula that nobody has worked out.
    rb"<c\b([^>]*)>\s*(?:<f\b[^>]*/>|<f\b[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
    rb"|<c\b([^>]*\bt=\"e\"[^>]*)>(?:(?!</c>).)*?<v>([^<]*)</v>"  # an error
)
_PLACE = re.compile(rb"\br=\"([A-Z]{1,3})(\d{1,7})\"")


class LargePartError(ValueError):
    """An archive that would fill the memory."""

    def __init__(self, size: int, most: int) -> None:
        """Keep how large it is, and may be."""
        self.size, self.most = size, most
        super().__init__(f"{size} > {most}")


def lost_cells(data: bytes, sheet: int) -> Mapping[tuple[int, int], str]:
    """Return the cells of a sheet, by row and column from 1, that hold an error or a formula without its value.

    Raises:
        LargePartError: its parts are too large, or larger than the archive says.
        NoSuchPlaceError, FarCellError: as :func:`check_extent`.
        BadZipFile, KeyError: it is no workbook.
    """
    with zipfile.ZipFile(BytesIO(data)) as archive:
        size = sum(part.file_size for part in archive.infolist())
        if size > MOST_BYTES:
            raise LargePartError(size, MOST_BYTES)
        for part in archive.infolist():  # read to its end: one that is larger than it says has a wrong sum
            with archive.open(part) as file:
                while file.read(PIECE):
                    pass
        path = _part_of(archive, sheet)
        return dict(_lost(archive, path)) if path else {}


def _part_of(archive: zipfile.ZipFile, sheet: int) -> str:
    """The path of a sheet by its number; empty in a workbook of another form."""
    if BOOK not in archive.namelist():
        return ""
    sheets = list(_xml(archive, BOOK).iter("{*}sheet"))
    relation = next((value for name, value in sheets[sheet].items() if name.endswith("}id")), "")
    targets = {
        node.get("Id"): node.get("Target", "") for node in _xml(archive, RELATIONS).iter("{*}Relationship")
    }
    target = targets.get(relation, "")
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _xml(archive: zipfile.ZipFile, path: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        return etree.fromstring(archive.read(path), parser)
    except etree.XMLSyntaxError as error:
        raise zipfile.BadZipFile(str(error)) from error


def _lost(archive: zipfile.ZipFile, path: str) -> Iterator[tuple[tuple[int, int], str]]:
    odd = False
    for rows in _pieces(archive, path):
        odd = odd or ODD_PLACE.search(rows) is not None
        if b"<f" in rows or b't="e"' in rows:
            for found in _CELL.finditer(rows):
                said = found[1] or found[2]
                place = _PLACE.search(said)
                if place and b't="str"' not in said:  # that one was worked out, and is an empty text
                    value = found[3].decode("utf-8", "replace") if found[3] else "="
                    yield (int(place[2]), column_number(place[1].decode())), value
    if odd:
        check_extent(_pieces(archive, path))


def _pieces(archive: zipfile.ZipFile, path: str) -> Iterator[bytes]:
    """Yield the XML of a sheet, cut behind rows."""
    kept = b""
    with archive.open(path) as file:
        while piece := file.read(PIECE):
            cut = piece.rfind(ROW_END) + len(ROW_END)
            if cut < len(ROW_END):
                kept += piece
                continue
            yield kept + piece[:cut]
            kept = piece[cut:]
    yield kept
