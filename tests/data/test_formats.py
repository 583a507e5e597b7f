"""Workbooks, JSON, YAML, calendars and folders give the rows that a sheet would."""

import io
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest
from bad_input import damaged
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from producer.data.model import ColumnType, Table
from producer.data.read import read_tables
from producer.diagnostics import Level, ProducerError, Scope, SourceText, Span
from producer.recipe.model import Condition, Recipe, Source
from producer.world import DictWorld, FolderWorld, World

AT = Span("recipe.yaml", 1, 1)
TYPES = {
    "day": ColumnType.DATE,
    "start": ColumnType.TIME,
    "people": ColumnType.NUMBER,
    "tags": ColumnType.LIST,
}


def text(word: str) -> SourceText:
    """A word of the recipe."""
    return SourceText(word, AT)


Types = dict[str, ColumnType]


def table_of(file: str, content: bytes | str | World, types: Types | None = None, **more: object) -> Table:
    """Return the rows of one file."""
    world = DictWorld({file: content}) if isinstance(content, bytes | str) else content
    kinds = {text(name): kind for name, kind in (types or {}).items()}
    source = Source(text("rows"), AT, file=text(file), types=kinds, **more)
    recipe = Recipe("thu", "recipe.yaml", text("Thử"), date(2025, 1, 1), (source,), ())
    return read_tables(recipe, world)["rows"]


def workbook(fill: Callable[[Worksheet], None], *more: str) -> bytes:
    """Return a workbook whose first sheet somebody fills."""
    book = Workbook()
    book.active.title = "Sự kiện"
    fill(book.active)
    for name in more:
        book.create_sheet(name).append(["khác"])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def values(table: Table) -> list[list[object]]:
    """The values of all rows."""
    return [list(row.values.values()) for row in table.rows]


def test_a_workbook_keeps_its_types() -> None:
    """Days, hours and numbers are what the workbook says; in a column of texts they are words."""

    def fill(sheet: Worksheet) -> None:
        sheet.append(["id", "title", "day", "start", "people", "tags", "phone"])
        sheet.append(["A1", "Hội thao", date(2025, 5, 25), time(7, 30), 1250.5, "a; b", 294000])
        sheet.append(["A2", "Hội thi", "1/6/2025", "7h30", "1.250,5", None, date(2025, 6, 1)])

    assert values(table_of("a.xlsx", workbook(fill), TYPES)) == [
        ["A1", "Hội thao", date(2025, 5, 25), time(7, 30), Decimal("1250.5"), ("a", "b"), "294000"],
        ["A2", "Hội thi", date(2025, 6, 1), time(7, 30), Decimal("1250.5"), (), "2025-06-01"],
    ]


def test_a_moment_is_no_day() -> None:
    """A cell with a day and an hour is not cut to its day in silence."""

    def fill(sheet: Worksheet) -> None:
        sheet.append(["id", "day"])
        sheet.append(["A1", datetime(2025, 5, 25, 7, 30)])  # noqa: DTZ001 - workbooks have no zones

    (row,) = table_of("a.xlsx", workbook(fill), {"day": ColumnType.DATE}).rows
    assert [problem.code for problem in row.problems] == ["data/wrong-type"]
    assert row.problems[0].facts["value"] == "2025-05-25 07:30:00"


def test_a_head_below_a_title_with_merged_cells() -> None:
    """A title is no head, and columns under a merged name have both names; places are those of the workbook."""

    def fill(sheet: Worksheet) -> None:
        sheet["B2"] = "DANH SÁCH HOẠT ĐỘNG"
        sheet.merge_cells("B2:E2")
        for place, word in {"B4": "Mã", "C4": "Thời gian", "E4": "Tên", "C5": "Ngày", "D5": "Giờ"}.items():
            sheet[place] = word
        sheet.merge_cells("C4:D4")
        sheet.merge_cells("B4:B5")
        sheet.merge_cells("E4:E5")
        for place, cell in {"B6": "A1", "C6": date(2025, 5, 25), "D6": time(7, 30), "E6": "Hội thao"}.items():
            sheet[place] = cell
        sheet["B8"], sheet["C8"] = "A2", "mai"

    table = table_of(
        "a.xlsx",
        workbook(fill, "Khác"),
        {"start_date": ColumnType.DATE, "Thời gian / Giờ": ColumnType.TIME},
        columns={text("start_date"): text("Thời gian / Ngày")},
    )

    assert table.columns == ("Mã", "start_date", "Thời gian / Giờ", "Tên")
    assert values(table)[0] == ["A1", date(2025, 5, 25), time(7, 30), "Hội thao"]
    assert table.rows[1].problems[0].span == Span("a.xlsx", 8, 3, field="start_date")
    assert [problem.code for problem in table.problems] == ["data/read-as"]


def test_a_sheet_by_its_name() -> None:
    """`sheet:` names another than the first."""
    data = workbook(lambda sheet: sheet.append(["id"]), "Khác")
    assert table_of("a.xlsx", data, sheet=text("Khác")).columns == ("khác",)


def test_a_workbook_that_would_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """How large an archive is unpacked is known before it is."""
    monkeypatch.setattr("producer.data.workbook_part.MOST_BYTES", 1000)
    with pytest.raises(ProducerError) as raised:
        table_of("a.xlsx", workbook(lambda sheet: sheet.append(["id"])))
    assert raised.value.diagnostics[0].code == "recipe/too-large"


@pytest.mark.parametrize("number", [float("inf"), float("nan"), 1e300, -1e21, 1e-30])
def test_a_number_that_nobody_means(number: float) -> None:
    """It stops its row where a number is asked for, and is a text elsewhere."""

    def fill(sheet: Worksheet) -> None:
        sheet.append(["id", "people", "note"])
        sheet.append(["A1", 1, 1])
        sheet.append(["A2", "-", "-"])

    content = damaged(workbook(fill), 'inlineStr"><is><t>-</t></is>', f'n"><v>{number}</v>')
    rows = table_of("a.xlsx", content, {"people": ColumnType.NUMBER}).rows
    assert [problem.code for problem in rows[1].problems] == ["data/wrong-type"]
    assert [row.values["people"] for row in rows] == [Decimal(1), None]
    assert rows[1].values["note"] == str(number)


def test_merged_cells_of_a_column_that_is_none() -> None:
    """A head said to be merged across thousands of millions of columns has those that are there."""
    content = workbook(lambda sheet: [sheet.append(row) for row in (["id", "day"], ["A1", None])])
    merged = '</sheetData><mergeCells><mergeCell ref="A1:ZZZZZZ1"/></mergeCells>'
    assert table_of("a.xlsx", damaged(content, "</sheetData>", merged)).columns == ("id / A1", "day")


def test_a_workbook_under_another_name() -> None:
    """What a file is, its first bytes say."""
    assert table_of("a.csv", workbook(lambda sheet: sheet.append(["id"]))).columns == ("id",)


def test_json() -> None:
    """Numbers are numbers, lists are lists; what a row leaves out is empty; places are the rows' own."""
    content = (
        '[\n  {"id": "A1", "people": 1.250, "tags": ["a", "b"]},\n  {"id": "A2", "day": "2025-05-25"}\n]\n'
    )
    table = table_of("a.json", content, {name: TYPES[name] for name in ("people", "tags", "day")})
    assert values(table) == [["A1", Decimal("1.250"), ("a", "b"), None], ["A2", None, (), date(2025, 5, 25)]]
    assert table.rows[1].span("day") == Span("a.json", 3, 3, field="day")


def test_yaml() -> None:
    """Scalars of YAML are texts, as in a recipe."""
    content = "- id: A1\n  start: 07:30\n  tags: [a, no]\n- id: A2\n"
    table = table_of("a.yaml", content, {name: TYPES[name] for name in ("start", "tags")})
    assert values(table) == [["A1", time(7, 30), ("a", "no")], ["A2", None, ()]]
    assert table.rows[1].span("id") == Span("a.yaml", 4, 3, field="id")


CALENDAR = """\
BEGIN:VCALENDAR\r
VERSION:2.0\r
BEGIN:VEVENT\r
UID:A1\r
SUMMARY:Hội thao công nhân\\, lao\r
  động\r
LOCATION:Sân vận động\r
DTSTART:20250525T003000Z\r
DURATION:PT2H\r
CATEGORIES:poster,reel\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:A2\r
SUMMARY:Tháng Công nhân\r
DTSTART;VALUE=DATE:20250501\r
DTEND;VALUE=DATE:20250601\r
END:VEVENT\r
END:VCALENDAR\r
"""


def test_a_calendar() -> None:
    """Events are told on our own clock, and the last day of several is the last, not the day after."""
    table = table_of("a.ics", CALENDAR, id=(text("uid"),))
    rows = [dict(row.values) for row in table.rows]
    assert rows[0]["title"] == "Hội thao công nhân, lao động"
    assert [rows[0][name] for name in ("start_date", "start_time", "end_time")] == [
        date(2025, 5, 25),
        time(7, 30),
        time(9, 30),
    ]
    assert rows[0]["kinds"] == ("poster", "reel")
    assert [rows[1][name] for name in ("start_date", "start_time", "end_date")] == [
        date(2025, 5, 1),
        None,
        date(2025, 5, 31),
    ]
    assert [row.number for row in table.rows] == [3, 12]


def test_a_folder(tmp_path: Path) -> None:
    """Pictures are rows, in the order in which people count."""
    for name in ("anh-10.jpg", "anh-2.JPG", "ghi-chu.txt"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "anh").mkdir()
    (tmp_path / "anh" / "b.png").write_bytes(b"")
    root = FolderWorld(tmp_path.parent)
    table = table_of(tmp_path.name, root, id=(text("name"),))
    assert values(table) == [
        ["anh-2", f"{tmp_path.name}/anh-2.JPG"],
        ["anh-10", f"{tmp_path.name}/anh-10.jpg"],
    ]
    assert [(p.code, p.facts["count"], p.level) for p in table.problems] == [
        ("data/no-pictures", 1, Level.NOTE)
    ]


def test_a_row_that_cannot_be_read_is_never_dropped() -> None:
    """A condition cannot be asked of cells that stand under the wrong names."""
    condition = Condition(text("place"), (text("Sân"),))
    table = table_of(
        "a.csv", "id,title,place\nA1,a,Sân\nA2,a,b,Sân\nA3,a,Nhà\n", only=(condition,), id=(text("id"),)
    )
    assert [(row.id, [p.code for p in row.problems]) for row in table.rows] == [
        ("A1", []),
        ("A2", ["data/ragged-row"]),
    ]
    assert table.rows[1].problems[0].scope is Scope.ROW


def test_conditions_are_those_of_a_spreadsheet() -> None:
    """Capitals count for nothing."""
    condition = Condition(text("tags"), (text("poster"),))
    table = table_of(
        "a.csv", "id,tags\nA1,Poster; reel\nA2,reel\n", {"tags": ColumnType.LIST}, only=(condition,)
    )
    assert [row.values["id"] for row in table.rows] == ["A1"]


def test_quotation_marks_without_their_fellow() -> None:
    """Each is a problem of its own row; the rows between and below are read."""
    lines = ["id,title", 'A1,"a" b', "A2,b", 'A3,"c', "A4,d", 'A5,"e']
    table = table_of("a.csv", "\n".join(lines) + "\n")
    assert [(row.number, row.values["id"]) for row in table.rows if not row.problems] == [
        (3, "A2"),
        (5, "A4"),
    ]
    assert [row.number for row in table.rows if row.problems] == [2, 4, 6]


def test_a_row_without_a_name_takes_no_other_rows_name() -> None:
    """Where rows are named by numbers, one that has none, or cannot be read, is no stumbling block for them."""
    table = table_of("a.csv", 'id,title\n2,a\n,b\n"x" y,c\n3,d\n4,e\n', id=(text("id"),))
    assert [row.id for row in table.rows if not row.problems] == ["2", "3", "4"]


def test_what_is_left_out_is_forgotten() -> None:
    """Memory does not grow with the rows that a name leaves out."""
    import tracemalloc

    def peak(rows: int) -> int:
        content = "id,place\n" + "".join(f"A{n},Sân số {n % 50}\n" for n in range(rows))
        world = DictWorld({"a.csv": content})
        tracemalloc.start()
        table = table_of("a.csv", world, only=(Condition(text("id"), (text("A7"),)),), id=(text("id"),))
        assert len(table.rows) == 1
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    assert peak(40_000) < peak(4_000) * 1.5


def event(*lines: str) -> Table:
    """Return the rows of a calendar with one event."""
    body = "\n".join(("BEGIN:VEVENT", "UID:A1", "SUMMARY:Hội thao", *lines, "END:VEVENT"))
    return table_of("a.ics", f"BEGIN:VCALENDAR\nVERSION:2.0\n{body}\nEND:VCALENDAR\n")


@pytest.mark.parametrize(
    "lines",
    [
        ("DTSTART:00010101T000000Z",),
        ("DTSTART:16010101T000000",),
        ("DTSTART:99991231T235959Z",),
        ("DTSTART:20250101T000000Z", "DURATION:P9999999W"),
        ("DTSTART:20250101T000000Z", "DURATION:P99999999999D"),
        ("DTSTART:20250101", "DTSTART:20250102"),
        ("DTSTART;VALUE=PERIOD:20250101T000000Z/PT5H",),
        ("DTSTART;VALUE=TIME:090000",),
        ("SUMMARY:Hội thi",),
    ],
)
def test_an_event_that_no_calendar_holds(lines: tuple[str, ...]) -> None:
    """A year that nobody meant, an end that never comes, a property said twice: the event stops alone."""
    (row,) = event(*lines).rows
    (problem,) = row.problems
    assert (problem.code, problem.scope) == ("data/bad-calendar", Scope.ROW)
    assert "object" not in str(problem.facts["problem"])


@pytest.mark.parametrize("rule", ["FREQ=DAILY", "FREQ=SECONDLY;COUNT=999999999999999999", "nonsense"])
def test_an_event_without_end_is_its_first_day(rule: str) -> None:
    """Nobody counts its repetitions; that it has them is told."""
    (row,) = event("DTSTART;VALUE=DATE:20250101", f"RRULE:{rule}").rows
    assert [problem.code for problem in row.problems] == ["data/repeats"]
    assert row.values["start_date"] == date(2025, 1, 1)


def test_an_event_that_ends_before_it_begins_says_so() -> None:
    """A last day before the first is left for the checks of facts to tell."""
    (row,) = event("DTSTART;VALUE=DATE:20250105", "DTEND;VALUE=DATE:20250102").rows
    assert row.values["end_date"] == date(2025, 1, 2)


@pytest.mark.parametrize("word", [".nan", ".inf", "-.INF"])
def test_yaml_that_is_no_number(word: str) -> None:
    """What YAML writes for no number is no text to print."""
    (row,) = table_of("a.yaml", f"- {{id: A1, note: {word}}}\n").rows
    assert [(problem.code, problem.facts["value"]) for problem in row.problems] == [("data/wrong-type", word)]


def test_rows_that_each_name_their_own_columns() -> None:
    """A place for each in each would fill the memory."""
    rows = ",".join(f'{{"c{number}": 1}}' for number in range(1001))
    with pytest.raises(ProducerError) as raised:
        table_of("a.json", f"[{rows}]")
    (problem,) = raised.value.diagnostics
    assert (problem.code, problem.facts["columns"]) == ("data/too-many-columns", 1001)


def test_json_too_deep_is_told_at_its_row() -> None:
    """Where nesting has no end the row begins that has it."""
    with pytest.raises(ProducerError) as raised:
        table_of("a.json", '[{"a": 1},\n {"a": ' + "[" * 100_000)
    assert raised.value.diagnostics[0].span == Span("a.json", 2, 2)
