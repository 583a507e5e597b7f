"""Rows as they come out of a file."""

from datetime import date

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
