"""Rows as they come out of a file."""

from datetime import date

from producer.data.model import ColumnType
from producer.data.read import read_tables
from producer.diagnostics import SourceText, Span
from producer.recipe.model import Recipe, Source
from producer.world import DictWorld

AT = Span("recipe.yaml", 1, 1)


def test_an_id_is_nfc() -> None:
    """The same name typed on another keyboard is the same row, and makes the same file name."""
    source = Source(SourceText("rows", AT), AT, file=SourceText("a.csv", AT), id=(SourceText("id", AT),))
    recipe = Recipe("thu", "recipe.yaml", SourceText("Thử", AT), date(2025, 1, 1), (source,), ())
    world = DictWorld({"a.csv": "id\nTe\u0302\u0301t\n".encode()})

    (row,) = read_tables(recipe, world)["rows"].rows

    assert row.id == "Tết"


def test_a_value_that_is_sure_has_no_part_in_a_doubt() -> None:
    """Beside 84.2 nobody can read 1.250; 1250 has the value that we take it for, and is written in one way alone."""
    number = {SourceText("count", AT): ColumnType.NUMBER}
    source = Source(SourceText("rows", AT), AT, file=SourceText("a.csv", AT), types=number)
    recipe = Recipe("thu", "recipe.yaml", SourceText("Thử", AT), date(2025, 1, 1), (source,), ())
    world = DictWorld({"a.csv": b"id,count\na,1.250\nb,1250\nc,84.2\nd,1.250\n"})

    rows = read_tables(recipe, world)["rows"].rows

    told = {row.values["id"]: [problem.code for problem in row.problems] for row in rows}
    assert told == {"a": ["data/two-ways"], "b": [], "c": [], "d": ["data/two-ways"]}
