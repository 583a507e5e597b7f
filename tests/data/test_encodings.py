"""Every way in which an office saves a sheet gives the same rows."""

import csv
import io
import unicodedata
from datetime import date, time
from decimal import Decimal
from itertools import product

import pytest

from producer.data.model import ColumnType, Table
from producer.data.read import read_tables
from producer.diagnostics import Level, SourceText, Span
from producer.recipe.model import Recipe, Source
from producer.world import DictWorld

AT = Span("recipe.yaml", 1, 1)
HEAD = ["mã", "tên", "ngày", "giờ", "tỷ lệ", "kênh", "ghi chú"]
ROWS = [
    [
        "A1",
        "Hội thao công nhân, người lao động",
        "25/05/2025",
        "07:30",
        "84,2",
        "poster; reel",
        "“Khỏe để lao động”",
    ],
    ["A2", "Tập huấn nghiệp vụ; bốc thăm", "01/6/2025", "8h00", "1.250", "poster", 'nói: "được"'],
    ["A3", "Đối thoại ở xưởng 3", "", "", "0,5", "", "hai\ndòng"],
]
MEANT = [
    [ROWS[0][1], date(2025, 5, 25), time(7, 30), Decimal("84.2"), ("poster", "reel"), ROWS[0][6]],
    [ROWS[1][1], date(2025, 6, 1), time(8), Decimal(1250), ("poster",), ROWS[1][6]],
    [ROWS[2][1], None, None, Decimal("0.5"), (), ROWS[2][6]],
]
TYPES = {"ngày": ColumnType.DATE, "giờ": ColumnType.TIME, "tỷ lệ": ColumnType.NUMBER, "kênh": ColumnType.LIST}
TONES = "\u0300\u0301\u0303\u0309\u0323"


def windows_1258(text: str) -> bytes:
    """What Windows makes of a text: a letter with its hat or horn, and its tone behind it."""
    made = b""
    for letter in text:
        try:
            made += letter.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", letter)
            base = unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES))
            made += base.encode("cp1258") + "".join(part for part in parts if part in TONES).encode("cp1258")
    return made


ENCODINGS = {
    "UTF-8": str.encode,
    "UTF-8 with its mark": lambda text: text.encode("utf-8-sig"),
    "UTF-8 in parts": lambda text: unicodedata.normalize("NFD", text).encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
    "UTF-16 LE without its mark": lambda text: text.encode("utf-16-le"),
    "UTF-16 BE without its mark": lambda text: text.encode("utf-16-be"),
    "UTF-16 BE": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "UTF-32": lambda text: text.encode("utf-32"),
    "Windows-1258": windows_1258,
}
SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t"}
ENDS = {"CRLF": "\r\n", "LF": "\n", "CR": "\r"}
QUOTED = {"as needed": csv.QUOTE_MINIMAL, "always": csv.QUOTE_ALL}


def read(data: bytes) -> Table:
    """Return the table of a sheet with the columns above."""
    named = SourceText("rows", AT)
    types = {SourceText(name, AT): kind for name, kind in TYPES.items()}
    source = Source(named, AT, file=SourceText("a.csv", AT), id=(SourceText("mã", AT),), types=types)
    recipe = Recipe("thu", "recipe.yaml", SourceText("Thử", AT), date(2025, 1, 1), (source,), ())
    return read_tables(recipe, DictWorld({"a.csv": data}))["rows"]


def plain(data: bytes) -> Table:
    """Return the table of a sheet of which the recipe says nothing."""
    source = Source(SourceText("rows", AT), AT, file=SourceText("a.csv", AT))
    recipe = Recipe("thu", "recipe.yaml", SourceText("Thử", AT), date(2025, 1, 1), (source,), ())
    return read_tables(recipe, DictWorld({"a.csv": data}))["rows"]


def written(separator: str, end: str, quoted: int) -> str:
    """Return the sheet as a text."""
    made = io.StringIO(newline="")
    csv.writer(made, delimiter=separator, quoting=quoted).writerows([HEAD, *ROWS])
    return made.getvalue().replace("\r\n", end)


@pytest.mark.parametrize(("encoding", "separator", "end"), list(product(ENCODINGS, SEPARATORS, ENDS)))
@pytest.mark.parametrize("quoted", QUOTED)
def test_every_way_of_saving(encoding: str, separator: str, end: str, quoted: str) -> None:
    """Encoding, separator and line ends change no value, no place, and lose nothing without a word."""
    data = ENCODINGS[encoding](written(SEPARATORS[separator], ENDS[end], QUOTED[quoted]))

    table = read(data)

    assert [list(row.values.values())[1:] for row in table.rows] == MEANT
    assert [row.id for row in table.rows] == ["A1", "A2", "A3"]
    assert [row.number for row in table.rows] == [2, 3, 4]
    assert table.rows[2].span("kênh") == Span("a.csv", 4, 6, field="kênh")
    assert [problem for row in table.rows for problem in row.problems] == []
    told = {problem.code: problem.level for problem in table.problems}
    usual = encoding.startswith("UTF-8") and separator == "comma"
    assert told == ({} if usual else {"data/read-as": Level.NOTE})
    assert table.taken.startswith(encoding.split(" ", maxsplit=1)[0])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("TCVN3", "m·;tªn\nA1;Héi thao c«ng nh©n lao ®éng\n"),
        ("VNI", "maõ;teân\nA1;Hoäi thao coâng nhaân lao ñoäng\n"),
    ],
)
def test_letters_of_before_unicode(name: str, text: str) -> None:
    """A sheet that was typed in a font of before Unicode is read, and each cell of it is told."""
    table = plain(text.encode("cp1252"))

    assert table.taken.startswith(name)
    assert list(table.rows[0].values.values()) == ["A1", "Hội thao công nhân lao động"]
    assert [problem.code for problem in table.rows[0].problems] == ["data/legacy-encoding"]


def test_a_damaged_sheet_loses_one_row() -> None:
    """Where single bytes of UTF-8 are broken, their row is told and the others are read as they are."""
    data = written(",", "\n", csv.QUOTE_MINIMAL).encode().replace("nghiệp".encode(), b"nghi\xffp")

    table = read(data)

    assert [[p.code for p in row.problems] for row in table.rows] == [[], ["data/damaged-letters"], []]
    assert table.rows[1].problems[0].span == Span("a.csv", 3, 2, field="tên")


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("id;tên\n1;a, b, c\n2;d, e, f\n", ["id", "tên"]),
        ("id;tỷ lệ;x\n1;84,2;a,b\n2;1,5;c,d\n", ["id", "tỷ lệ", "x"]),
        ("id,kênh\n1,a;b;c\n2,d;e;f\n", ["id", "kênh"]),
        ('id;"ngày, giờ";nơi\n1;a;b\n', ["id", "ngày, giờ", "nơi"]),
        ("DANH SÁCH THÁNG 5, NĂM 2025;;\nid;tên;nơi\n1;a, b;c\n2;c, d;e\n", ["id", "tên", "nơi"]),
        ("sep=;\nid;tên\n1;a\n", ["id", "tên"]),
        ("id\n1\n2\n", ["id"]),
        ("tên\na, b\nc\n", ["tên"]),
        ("DANH SÁCH,,\n,,\nid,tên,nơi\n1,a,b\n2,c,d\n", ["id", "tên", "nơi"]),
    ],
)
def test_separators(text: str, columns: list[str]) -> None:
    """Commas inside texts and numbers, lists and titles mislead nobody."""
    assert list(plain(text.encode()).columns) == columns
