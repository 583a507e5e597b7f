"""What a text of all rows can say."""

from producer.data.model import Row, Table
from producer.diagnostics import SourceText, Span
from producer.scene.context import Context
from producer.scene.voice import Voice

AT = Span("recipe.yaml", 1, 1)


def test_a_column_without_any_value_is_empty() -> None:
    """Nothing is not many: a text that needs it is left out, as for a row whose cell is empty."""
    rows = tuple(Row(name, "a.csv", 2, ("place",), {"place": None}) for name in "ab")
    all_rows = Context(Table("rows", "a.csv", ("place",), {}, rows), None, Voice())

    assert all_rows.words(SourceText("Tại {place}", AT)) is None
    assert all_rows.words(SourceText("Tại {place}", AT), empty="–") == "Tại –"
