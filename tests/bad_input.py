r"""Annotated bad input: a small good project, what a case changes in it, and what the program then says.

A case is one text file. Sections headed ``--- path`` are laid over ``good.yaml``, which has the same form:

    --- recipes/thu/recipe.yaml            the whole file anew
    --- recipes/thu/recipe.yaml (change)   each line takes the place of the good file's line with the same
                                           beginning, up to `:` or `,`; a line of its own goes below the one before
    --- brand/brand.yaml (none)            no such file
    --- assets/a.jpg (copy of brand/x.ttf) bytes of a file of the checkout; `first 900 bytes of …` cuts it short
    --- assets/a.jpg (bytes 00 ff)         these bytes; with a text below, they stand before it
    --- assets/a.jpg (link to /etc/hosts) · (folder) · (variable of brand/x.ttf), the font with an axis
    --- recipes/thu/recipe.yaml (escaped)  `\r`, `\t` and `\x00` in the text are those characters
    --- assets/data/events.csv (in cp1258) the text in that encoding of Python; `«x×40000»` is x as often as that
    --- assets/data/a.xlsx (workbook Tên)  its lines as rows of a sheet of that name, the cells parted by `,`; one
                                           that begins with `=` is a formula without a value, with `#` an error,
                                           with `[h]` a duration in days; `Tên with NEW for OLD` damages its XML

A faulty line ends in ``# error: plan/unknown-ink @ 13``: the code, and the column where it is worth saying;
several are parted by `;`. Behind a heading it means the file as a whole. What is annotated is taken out before
the program sees the file. Lines before the first section: what the case shows, then ``# exit: 2``, and
``# run: why poster/none`` where it is not `check recipes/thu/recipe.yaml`.
"""

from __future__ import annotations

import codecs
import contextlib
import io
import os
import re
import tempfile
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._f_v_a_r import Axis
from openpyxl import Workbook

from producer.cli import main

CHECKOUT = Path(__file__).resolve().parent.parent
CASES = CHECKOUT / "tests" / "diagnostics"
RECIPE = "recipes/thu/recipe.yaml"

HEADING = re.compile(r"^--- (\S+)(?: \((.+)\))?$")
NOTE = re.compile(r"\s*# (error|refused|warning|note): ([a-z-]+/.+)$")
TOLD = re.compile(r"^(error|refused|warning|note|lỗi|từ chối|cảnh báo|lưu ý)\[([a-z-]+/[a-z0-9-]+)\]: (.*)$")
PLACE = re.compile(r"^ *--> (.+?)(?::(\d+):(\d+))?(?: \((.*)\))?$")
NUMBER, DURATION = re.compile(r"[\d.]+"), "[h]"  # in a cell of a workbook
START = re.compile(r"^\s*[^:,]*[:,]?")


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One problem as it is shown; a column of 0 is not checked."""

    code: str
    file: str
    line: int
    column: int = 0


@dataclass(frozen=True, slots=True)
class Shown:
    """One problem as the program wrote it."""

    problem: Problem
    level: str
    text: str  # all of it


@dataclass(frozen=True, slots=True)
class Said:
    """How the program ended and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def shown(self) -> list[Shown]:
        """The problems, in their order."""
        found = []
        for block in re.split(r"\n\n", self.err):
            lines = block.splitlines()
            at = next((n for n, line in enumerate(lines) if TOLD.match(line)), None)
            if at is None:
                continue
            level, code = TOLD.match(lines[at]).group(1, 2)
            places = [match for line in lines[at:] if (match := PLACE.match(line))]
            file, line, column, _ = places[0].groups() if places else ("", None, None, None)
            problem = Problem(code, file, int(line or 0), int(column or 0))
            found.append(Shown(problem, level, "\n".join(lines[at:])))
        return found


@dataclass
class Section:
    """One file of a case."""

    path: str
    how: str
    lines: list[str]
    notes: dict[int, str] = field(default_factory=dict)  # line → what is annotated; 0 is the file as a whole


@dataclass
class Case:
    """One annotated text."""

    name: str
    about: str
    exit: int
    run: tuple[str, ...]
    sections: list[Section]
    expected: list[Problem] = field(default_factory=list)

    def write(self, root: Path) -> None:
        """Write the good project with this case laid over it, and note where its problems are expected."""
        self.expected = []
        if self.name != "good":
            read_case(CASES / "good.yaml").write(root)
        for section in self.sections:
            numbers = write_section(section, root)
            for at, note in section.notes.items():
                for one in note.split(";"):
                    code, _, column = one.partition("@")
                    line = numbers[at - 1] if at else 0
                    self.expected.append(Problem(code.strip(), section.path, line, int(column or 0)))


def read_case(path: Path) -> Case:
    """Return the case that a file describes."""
    head, sections = [], []
    for line in path.read_text("utf-8").splitlines():
        note = NOTE.search(line)
        line = line[: note.start()] if note else line  # noqa: PLW2901
        if heading := HEADING.match(line):
            sections.append(Section(heading.group(1), heading.group(2) or "", []))
        elif sections:
            sections[-1].lines.append(line)
        else:
            head.append(line.removeprefix("# "))
        if note:
            sections[-1].notes[len(sections[-1].lines)] = note.group(2)
    said = dict(line.split(": ", 1) for line in head if line.startswith(("exit: ", "run: ")))
    about = " ".join(line for line in head if not line.startswith(("exit: ", "run: ")))
    run = tuple(said.get("run", f"check {RECIPE}").split())
    return Case(path.stem, about, int(said.get("exit", "2")), run, sections)


def write_section(section: Section, root: Path) -> list[int]:
    """Write one file; return the line on which each line of the section stands in it."""
    place = root / section.path.lstrip("/")
    place.parent.mkdir(parents=True, exist_ok=True)
    how, lines = section.how, section.lines
    numbers = list(range(1, len(lines) + 1))
    if how == "change":
        lines, numbers = changed(place.read_text("utf-8").splitlines(), lines)
    if place.is_symlink() or place.is_file():
        place.unlink()
    if how == "none":
        return numbers
    if how == "folder":
        place.mkdir(exist_ok=True)
    elif how.startswith("link to "):
        place.symlink_to(how.removeprefix("link to "))
    else:
        place.write_bytes(content(how, "".join(f"{line}\n" for line in lines)))
    return numbers


def content(how: str, text: str) -> bytes:  # noqa: PLR0911 - a table
    """Return the bytes of a section."""
    text = re.sub(r"«(.)×(\d+)»", lambda found: found[1] * int(found[2]), text)
    if how.startswith("workbook "):
        return workbook(how.removeprefix("workbook "), text)
    if how.startswith("in "):
        return text.encode(how.removeprefix("in "))
    if copy := re.fullmatch(r"(?:first (\d+) bytes|copy) of (.+)", how):
        data = (CHECKOUT / copy.group(2)).read_bytes()
        return data[: int(copy.group(1))] if copy.group(1) else data
    if how.startswith("variable of "):
        return variable((CHECKOUT / how.removeprefix("variable of ")).read_bytes())
    if how.startswith("bytes"):
        return bytes.fromhex(how.removeprefix("bytes")) + text.encode()
    if how == "escaped":
        return codecs.escape_decode(text.rstrip("\n").encode())[0]
    return text.encode()


def workbook(how: str, text: str) -> bytes:
    """Return a workbook of one sheet, ``NAME``, or ``NAME with NEW for OLD`` in its XML, as a program damaged it."""
    name, new, old = re.fullmatch(r"(.+?)(?: with (.+) for (.+))?", how).groups()
    book = Workbook()
    sheet = book.active
    sheet.title = name
    for line in text.splitlines():
        sheet.append([float(cell) if NUMBER.fullmatch(cell) else cell or None for cell in line.split(",")])
        for cell in sheet[sheet.max_row]:
            if str(cell.value).startswith(DURATION):
                cell.value, cell.number_format = float(cell.value.removeprefix(DURATION)), "[h]:mm"
    made = io.BytesIO()
    book.save(made)
    return damaged(made.getvalue(), old, new) if old else made.getvalue()


def damaged(book: bytes, old: str, new: str) -> bytes:
    """Return a workbook with ``new`` for every ``old`` in its first sheet's XML."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as before, zipfile.ZipFile(made, "w") as after:
        for part in before.namelist():
            data = before.read(part)
            if part == "xl/worksheets/sheet1.xml":
                assert old.encode() in data, data
                data = data.replace(old.encode(), new.encode())
            after.writestr(part, data)
    return made.getvalue()


def variable(data: bytes) -> bytes:
    """Return a font with one axis more; nothing varies along it."""
    font = TTFont(io.BytesIO(data))
    font["fvar"] = table = newTable("fvar")
    axis = Axis()
    axis.axisTag, axis.minValue, axis.defaultValue, axis.maxValue = "wght", 400, 400, 700
    axis.axisNameID = 2
    table.axes, table.instances = [axis], []
    made = io.BytesIO()
    font.save(made)
    return made.getvalue()


def changed(good: list[str], lines: list[str]) -> tuple[list[str], list[int]]:
    """Return the good file's lines with ``lines`` in their places, and where each of these went."""
    made, places, after = list(good), [], 0
    for line in lines:
        start = START.match(line).group()
        found = next((n for n in range(after, len(made)) if START.match(made[n]).group() == start), None)
        if found is None:
            made.insert(after, line)
            found = after
        else:
            made[found] = line
        places.append(found + 1)
        after = found + 1
    return made, places


def run(root: Path, *arguments: str, language: str = "en") -> Said:
    """Run the real command inside ``root``, in this process."""
    out, err, before, code = io.StringIO(), io.StringIO(), Path.cwd(), None
    os.chdir(root)
    try:
        with (
            tempfile.TemporaryDirectory() as cache,  # catalogues of archives go there
            mock.patch.dict(os.environ, {"XDG_CACHE_HOME": cache}),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            try:
                main([*arguments, "--lang", language, "--color", "never"])
            except SystemExit as end:
                code = end.code
    finally:
        os.chdir(before)
    return Said(code if isinstance(code, int) else -1, out.getvalue(), err.getvalue())
