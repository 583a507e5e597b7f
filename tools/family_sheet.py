"""What a sheet for a family looks like: the columns that its template reads, and rows of the samples to copy."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from producer.data.model import ColumnType, Row, Table
from producer.data.read import read_tables
from producer.data.view import choose
from producer.placeholder import placeholders
from producer.recipe.channel import presets
from producer.recipe.load import load_project
from producer.recipe.model import Piece, Project, SlotType, Source, Template
from producer.world import FolderWorld

ROOT = Path(__file__).resolve().parent.parent
DATA = "rows"
SEVERAL = 2  # rows of a sheet of which all make one product
# Columns that a template reads without naming them.
ALWAYS = ("look", "theme", "hashtags")


@dataclass(frozen=True, slots=True)
class SampleSheet:
    """A head, a row or two, and what a recipe says of them."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    data: str  # how the recipe names it
    piece: str

    @property
    def text(self) -> str:
        """The sheet as CSV."""
        made = io.StringIO(newline="")
        csv.writer(made, lineterminator="\n").writerows([self.columns, *self.rows])
        return made.getvalue()

    @property
    def recipe(self) -> str:
        """The lines of a recipe that makes a product of it."""
        return f"data:\n  {DATA}: {self.data}\npieces:\n  {self.piece}\n"


def sample_sheet(template: str) -> SampleSheet:
    """Return the sheet for a template, as the first recipe of samples that uses it fills it."""
    return next(
        _sheet(project, tables, piece)
        for project, tables in _projects()
        for piece in project.recipe.pieces
        if piece.template == template
    )


@cache
def _projects() -> tuple[tuple[Project, Mapping[str, Table]], ...]:
    world = FolderWorld(ROOT)
    paths = sorted(ROOT.glob("recipes/bo-mau-*/recipe.yaml"))
    projects = [load_project(path.relative_to(ROOT).as_posix(), world) for path in paths]
    return tuple((project, read_tables(project.recipe, world)) for project in projects)


def _sheet(project: Project, tables: Mapping[str, Table], piece: Piece) -> SampleSheet:
    table = choose(tables[str(piece.rows)], piece.only, piece.exclude)
    source = _source(project, str(piece.rows))
    read = {*_columns(project.templates[str(piece.template)], piece, table), *map(str, source.id)}
    names = tuple(name for name in table.columns if name in read)
    rows = sorted(table.rows, key=lambda row: -sum(bool(row.values[name]) for name in names))
    cells = [_cells(row) for row in rows[: 1 if piece.each else SEVERAL]]
    kinds = {name: table.types[name] for name in names}
    types = {name: kind.value for name, kind in kinds.items() if kind is not ColumnType.TEXT}
    data = {"file": sheet_path(str(piece.template)), "id": str(source.id[0])}
    data |= {"types": flow(types)} if types else {}
    fill = {
        str(slot): _word(str(one.text), piece) for slot, one in piece.fill.items() if one.text is not None
    }
    made = {
        "template": str(piece.template),
        "each" if piece.each else "all": DATA,
        "channels": f"[{next(name for name in piece.channels if name in presets())}]",
    }
    made |= {"look": str(piece.look)} if piece.look is not None else {}
    made |= {"with": flow(fill)} if fill else {}
    return SampleSheet(
        names,
        tuple(tuple(one[name] for name in names) for one in cells),
        flow(data),
        f"{piece.template}: {flow(made)}",
    )


def sheet_path(template: str) -> str:
    """Return where a sheet of one's own for a template may lie."""
    return f"assets/data/{template}-moi.csv"


def flow(mapping: Mapping[str, str]) -> str:
    """Return a mapping on one line."""
    return f"{{{', '.join(f'{key}: {value}' for key, value in mapping.items())}}}"


def _word(text: str, piece: Piece) -> str:
    """A text of the recipe as it stands between braces; the name of the rows is ours."""
    if text == piece.rows:
        return DATA
    return f'"{text}"' if set(text) & set(",{}[]:#") else text


def _source(project: Project, name: str) -> Source:
    """The data name with the file that another takes its rows from."""
    source = next(one for one in project.recipe.sources if one.name == name)
    return source if source.parent is None else _source(project, str(source.parent))


def _cells(row: Row) -> dict[str, str]:
    """The cells of a row as its sheet writes them."""
    with (ROOT / row.file).open(encoding="utf-8", newline="") as file:
        return next(cells for cells in csv.DictReader(file) if row.id in cells.values())


def _columns(template: Template, piece: Piece, table: Table) -> Iterator[str]:
    """The columns that a row may have for a template; all of them where several rows make one product."""
    if not piece.each:
        yield from table.columns
        return
    yield from ALWAYS
    yield from (name for name, kind in table.types.items() if kind is ColumnType.DATE)
    filled = set(map(str, piece.fill))
    for name, slot in template.slots.items():
        if slot.type in (SlotType.SIGNATURE, SlotType.MARK, SlotType.UNIT) or name in filled:
            continue
        yield name
        texts: Iterable[str] = (slot.text,) if slot.text is not None else slot.items
        yield from (column for text in texts for column, _ in placeholders(text))
