"""Input made to hurt, and input that is merely odd: a diagnostic or a sensible success, never a traceback."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from bad_input import CASES, RECIPE, Said, read_case, run

EVENTS = "assets/data/events.csv"
HEAD = "id,title,place,day,start,people,tags,photo\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The small project without a fault."""
    read_case(CASES / "good.yaml").write(tmp_path)
    return tmp_path


def check(project: Path) -> tuple[int, list[str]]:
    """Check the recipe; return the exit code and the codes told."""
    before = sorted(project.rglob("*"))
    began = time.monotonic()
    said: Said = run(project, "check", RECIPE)
    assert time.monotonic() - began < 20
    assert sorted(project.rglob("*")) == before
    assert len(said.err) < 60_000  # the author's own megabytes are not thrown back
    assert not set(said.err) & {chr(code) for code in range(32)} - {"\n"}
    return said.code, sorted({shown.problem.code for shown in said.shown})


def recipe_with(change: Callable[[str], str]) -> Callable[[Path], None]:
    """Return what rewrites the recipe."""

    def apply(project: Path) -> None:
        place = project / RECIPE
        place.write_bytes(change(place.read_text("utf-8")).encode("utf-8", "surrogateescape"))

    return apply


def file_with(path: str, content: str | bytes) -> Callable[[Path], None]:
    """Return what writes one file of the project."""

    def apply(project: Path) -> None:
        place = project / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode() if isinstance(content, str) else content)

    return apply


def after(text: str, more: str) -> Callable[[str], str]:
    """Return what puts ``more`` behind ``text``."""
    return lambda recipe: recipe.replace(text, text + more, 1)


LAUGHS = "a0: &a0 [x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
)
ROW = "A1,{},Sân,2025-05-25,07:30,120,,\n"

RECIPES = {
    "a scalar of 10 MB": (after("title: Thử", "x" * 10_000_000), 2, ["recipe/too-large"]),
    "a scalar of 1 MB": (after("channels: [square", ", " + "x" * 1_000_000), 2, ["plan/unknown-channel"]),
    "a key of 1 MB": (after("today: 2025-05-20\n", f"? {'k' * 1_000_000}\n: 1\n"), 2, ["recipe/unknown-key"]),
    "100 000 lists deep": (after("title: ", "[" * 100_000), 2, ["recipe/too-deep"]),
    "100 000 mappings deep": (after("title: ", "{a: " * 100_000), 2, ["recipe/too-deep"]),
    "1 000 block mappings deep": (
        after("today: 2025-05-20\n", "".join(f"{' ' * n}a:\n" for n in range(1000))),
        2,
        ["recipe/too-deep"],
    ),
    "a billion laughs": (lambda text: LAUGHS + text, 2, ["recipe/alias"]),
    "20 000 unknown keys": (
        lambda text: text + "".join(f"k{n}: 1\n" for n in range(20_000)),
        2,
        ["recipe/unknown-key"],
    ),
    "a NUL byte": (after("title: ", "\0"), 2, ["recipe/bad-yaml"]),
    "an escaped NUL in a channel": (after("channels: [square", ', "a\\0b"'), 2, ["plan/unknown-channel"]),
    "an escape that paints the terminal": (
        after("channels: [square", ', "\\e[2Ja\\u202eb"'),
        2,
        ["plan/unknown-channel"],
    ),
    "half a surrogate": (after("title: ", '"\\ud800"'), 2, ["recipe/bad-yaml"]),
    "CRLF": (lambda text: text.replace("\n", "\r\n"), 0, []),
    "a byte order mark": (lambda text: "\ufeff" + text, 0, []),
    "UTF-16": (lambda text: text.encode("utf-16").decode("utf-8", "surrogateescape"), 2, ["recipe/not-utf8"]),
    "tabs behind values": (lambda text: text.replace("to\n", "to\t\n").replace("[square]", "[ square\t]"), 0, []),
    "a directive": (lambda text: "%YAML 1.1\n---\n" + text, 0, []),
    "only a comment": (lambda _: "# nothing\n", 2, ["recipe/not-a-mapping"]),
    "a year beyond the calendar": (lambda text: text.replace("2025-05-20", "99999-05-20"), 2, ["recipe/wrong-type"]),
    "a day as a number of seconds": (lambda text: text.replace("2025-05-20", "1747699200"), 2, ["recipe/wrong-type"]),
    "numbers that are none": (lambda text: text.replace("[400, 400]", "[nan, .inf]"), 2, ["recipe/wrong-type"]),
    "a size with a million digits": (
        lambda text: text.replace("[400, 400]", f"[{'9' * 1_000_000}, 400]"),
        2,
        ["recipe/wrong-type"],
    ),
    "the smallest page": (lambda text: text.replace("[400, 400]", "[16, 16]"), None, None),
    "a piece called ..": (lambda text: text.replace("  poster:", "  ..:"), 2, ["recipe/odd-name"]),
    "a piece called a/b": (lambda text: text.replace("  poster:", "  a/../../b:"), 2, ["recipe/odd-name"]),
    "a piece called CON": (lambda text: text.replace("  poster:", "  con:"), 2, ["recipe/odd-name"]),
    "a piece without a name": (lambda text: text.replace("  poster:", '  "":'), 2, ["recipe/odd-name"]),
    "a template called ../x": (lambda text: text.replace("template: to", "template: ../to"), 2, ["plan/unknown-template"]),
    "empty pieces": (lambda text: text.split("pieces:")[0] + "pieces:\n", 2, ["recipe/wrong-type"]),
    "an empty piece": (lambda text: text.split("    template:")[0], 2, ["recipe/wrong-type"]),
}  # fmt: skip

SHEETS = {
    "CRLF and a byte order mark": ("\ufeff" + HEAD.replace("\n", "\r\n") + ROW.format("Hội").replace("\n", "\r\n"), 0, []),
    "old Mac line ends": ((HEAD + ROW.format("Hội")).replace("\n", "\r"), 0, []),
    "a NUL byte": (HEAD + ROW.format("a\0b"), 1, ["data/odd-letter"]),
    "an escape": (HEAD + ROW.format("a\x1b[2J"), 1, ["data/odd-letter"]),
    "a cell of 10 MB": (HEAD + ROW.format("x" * 10_000_000), 1, ["data/long-cell"]),
    "a word of 30 kB": (HEAD + ROW.format("x" * 30_000), 1, ["layout/group-over"]),
    "braces in a cell": (HEAD + ROW.format("{title | nonsense} {"), 0, []),
    "a formula": (HEAD + ROW.format("=HYPERLINK(A1)"), 0, []),
    "semicolons between cells": ((HEAD + ROW.format("a")).replace(",", ";"), 0, ["data/read-as"]),
    "tabs between cells": ((HEAD + ROW.format("a")).replace(",", "\t"), 0, ["data/read-as"]),
    "100 000 columns": (",".join(f"c{n}" for n in range(100_000)) + "\n", 2, ["data/missing-column"]),
    "rows of nothing": (HEAD + ",,,,,,,\n\n  ,,,,,,,\n" + ROW.format("Hội"), 0, []),
    "an id that climbs": (HEAD + ROW.format("Hội").replace("A1", "../../../tmp/a"), 0, []),
    "an id of 5 000 letters": (HEAD + ROW.format("Hội").replace("A1", "a" * 5000), 2, ["plan/long-name"]),
    "no id": (HEAD + ROW.format("Hội").replace("A1", ""), 1, ["data/missing-id"]),
    "decomposed letters": (HEAD + ROW.format("Ho\u0302\u0323i thao"), 0, []),
    "spaces for a title": (HEAD + ROW.format("   "), 1, ["scene/empty-slot"]),
    "zero width letters": (HEAD + ROW.format("Hội\u200bthao"), None, None),
    "letters from right to left": (HEAD + ROW.format("\u202eoaht"), 1, ["data/odd-letter"]),
    "numbers as other people write them": (HEAD + ROW.format("a").replace("120", "1_000"), 1, ["data/wrong-type"]),
    "infinity": (HEAD + ROW.format("a").replace("120", "Infinity"), 1, ["data/wrong-type"]),
}  # fmt: skip


@pytest.mark.parametrize("case", RECIPES)
def test_recipe(case: str, project: Path) -> None:
    """A hostile or odd recipe ends in the problem that names it."""
    change, code, codes = RECIPES[case]
    recipe_with(change)(project)
    assert_told(check(project), code, codes)


@pytest.mark.parametrize("case", SHEETS)
def test_sheet(case: str, project: Path) -> None:
    """A hostile or odd sheet ends in the problem that names it, or is read as it is meant."""
    content, code, codes = SHEETS[case]
    file_with(EVENTS, content)(project)
    assert_told(check(project), code, codes)


def assert_told(told: tuple[int, list[str]], code: int | None, codes: list[str] | None) -> None:
    """Compare; nothing stands for whatever the layout says of it, as long as it is no fault of ours."""
    assert told[0] == code or (code is None and told[0] in (0, 1)), told
    assert codes is None or told[1] == codes


@pytest.mark.parametrize("path", [RECIPE, "brand/brand.yaml", "brand/templates/to.yaml", EVENTS])
def test_a_folder_in_place_of_a_file(path: str, project: Path) -> None:
    """A folder that has the name of a file is told as a file that is not there."""
    (project / path).unlink()
    (project / path).mkdir()
    code, codes = check(project)
    assert code == 2
    assert codes in (["recipe/no-file"], ["plan/unknown-template"], ["cli/no-project"])


@pytest.mark.parametrize("path", [RECIPE, "brand/brand.yaml", "brand/templates/to.yaml", EVENTS])
def test_a_link_that_leads_out_or_in_a_circle(path: str, project: Path) -> None:
    """A link out of the folder, or to itself, is refused whatever it stands for."""
    for target in ("/etc/hostname", (project / path).name):
        (project / path).unlink()
        (project / path).symlink_to(target)
        code, codes = check(project)
        assert code == 2
        assert len(codes) == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
@pytest.mark.parametrize("path", [RECIPE, EVENTS, "assets/photos/boat.svg"])
def test_a_pipe_in_place_of_a_file(path: str, project: Path) -> None:
    """A pipe that nobody writes to does not hold the program for ever."""
    (project / path).unlink()
    os.mkfifo(project / path)
    assert check(project)[0] in (1, 2)


@pytest.mark.parametrize(
    "path", [RECIPE, "brand/brand.yaml", "brand/templates/to.yaml", EVENTS, "brand/logo/mark.svg"]
)
def test_a_file_that_may_not_be_read(path: str, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file without permission is told as one that cannot be read; root reads all, so reading is denied here."""
    for name in ("read_bytes", "open"):
        read = getattr(Path, name)

        def denied(place: Path, *how: object, read: Callable[..., object] = read, **more: object) -> object:
            if place == project / path:
                raise PermissionError(13, "Permission denied", str(place))
            return read(place, *how, **more)

        monkeypatch.setattr(Path, name, denied)
    assert check(project) == (2, ["recipe/unreadable"])


def test_a_recipe_outside_any_project(tmp_path: Path) -> None:
    """Without a brand above it there is no project."""
    file_with("recipe.yaml", "title: a\n")(tmp_path)
    said = run(tmp_path, "check", "recipe.yaml")
    assert said.code == 2
    assert [shown.problem.code for shown in said.shown] == ["cli/no-project"]


def test_the_brand_may_be_hostile_too(project: Path) -> None:
    """Margins without a page between them, gaps, fonts in a circle of links: told, or made."""
    brand = (project / "brand/brand.yaml").read_text("utf-8")
    for before, now in (
        ("margin: 6%", "margin: 60%"),
        ("gap: 3%", "gap: 400%"),
        ("size: [8, 6]", "size: [0.001]"),
        ("size: [8, 6]", "size: [100]"),
        ("size: [8, 6]", "size: [nan]"),
        ("size: [8, 6]", "size: []"),
        ("weight: bold, size: [8, 6], lines: 4", "size: [8, 6], lines: 4, tracking: 1000%"),
        ("language: vi", "language: xx"),
        ("icons: icons", "icons: fonts"),
        ("mark: logo/mark.svg", "mark: logo"),
    ):
        assert before in brand
        (project / "brand/brand.yaml").write_text(brand.replace(before, now), "utf-8")
        code, codes = check(project)
        assert (code == 0) == (codes == []), (now, codes)
        assert code in (0, 1, 2)
