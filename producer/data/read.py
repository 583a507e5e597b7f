"""Files become typed rows, and named views of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import PurePosixPath

from producer.data.csv_file import open_csv
from producer.data.model import Sheet, Table
from producer.data.picture_folder import is_folder, open_folder
from producer.data.typed import columns_of, read_rows
from producer.data.view import view
from producer.diagnostics import Diagnostic, ProducerError, SourceText
from producer.recipe.model import Recipe, Source
from producer.world import OutsideProjectError, World, unreadable

# By its ending, the module and function for a format; each is imported when a file of it is read.
BY_ENDING: Mapping[str, tuple[str, str]] = {
    ".json": ("producer.data.mapping_file", "open_json"),
    ".yaml": ("producer.data.mapping_file", "open_yaml"),
    ".yml": ("producer.data.mapping_file", "open_yaml"),
    ".ics": ("producer.data.calendar_file", "open_calendar"),
}
# XLSX, ODS and XLSB are archives; XLS is a file of before 2007.
MAGIC = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")


def read_tables(recipe: Recipe, world: World) -> Mapping[str, Table]:
    """Return every data name of the recipe as a table.

    Raises:
        ProducerError: a file is missing or unreadable, or a column that the recipe names is not there. What is wrong
            with a row stays with it: a cell that is not of its type, cells too many, the id of another row.
    """
    tables: dict[str, Table] = {}
    problems: list[Diagnostic] = []
    for source in recipe.sources:
        try:
            if source.file is not None:
                tables[str(source.name)] = read_file(source, world)
            elif source.parent is not None and str(source.parent) in tables:
                tables[str(source.name)] = view(source, tables[str(source.parent)])
        except ProducerError as error:
            problems += error.diagnostics
    if problems:
        raise ProducerError(problems)
    return tables


def read_file(source: Source, world: World) -> Table:
    """Return the rows of a file that a data name keeps, typed, in its order.

    Rows that it leaves out are forgotten as soon as they are read: memory holds those that it keeps.

    Raises:
        ProducerError: as :func:`read_tables`.
    """
    path = source.file or SourceText("", source.span)
    try:
        sheet = open_sheet(source, path, world)
        return read_rows(source, str(path), sheet)
    except OutsideProjectError as error:
        raise ProducerError([Diagnostic("recipe/outside-project", path.span, {"path": str(path)})]) from error
    except OSError as error:
        raise ProducerError([unreadable(error, str(path), path.span)]) from error


def open_sheet(source: Source, path: SourceText, world: World) -> Sheet:
    """Return a file by its head and its records: what it is, its first bytes say, and then its name.

    Raises:
        ProducerError, OSError, OutsideProjectError: as the function for its format.
    """
    if is_folder(path, world):
        return open_folder(str(path), world)
    ending = PurePosixPath(path).suffix.lower()
    if ending in BY_ENDING:
        module, name = BY_ENDING[ending]
        opened: Callable[[str, World], Sheet] = getattr(import_module(module), name)
        return opened(str(path), world)
    with world.open(path) as file:
        magic = file.read(len(MAGIC[0]))
    if magic in MAGIC or ending in WORKBOOKS:
        from producer.data.xlsx_file import open_xlsx

        return open_xlsx(path, world.read_bytes(path), source.sheet)
    return open_csv(str(path), columns_of(source), world)
