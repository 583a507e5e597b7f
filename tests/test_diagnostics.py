"""Every bad input has its diagnostic: code, line and column, caret, words and exit code, and nothing is written."""

import re
from pathlib import Path

import bad_input
import pytest
from bad_input import CASES, Problem, Shown, read_case, run

from producer.diagnostics import ADVICE, Diagnostic, Span, catalogue, words

PATHS = sorted(CASES.glob("*.yaml"))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_exactly_the_annotated_problems_are_told(path: Path, tmp_path: Path) -> None:
    """These codes at these places and no others, this exit code, words in two languages, and no file is made."""
    case = read_case(path)
    case.write(tmp_path)
    before = sorted(tmp_path.rglob("*"))

    said = run(tmp_path, *case.run)

    assert tellable([shown.problem for shown in said.shown], case.expected) == sorted(case.expected), said.err
    assert said.code == case.exit, said.err
    assert "Traceback" not in said.err
    assert sorted(tmp_path.rglob("*")) == before
    vietnamese = run(tmp_path, *case.run, language="vi")
    assert [shown.problem for shown in vietnamese.shown] == [shown.problem for shown in said.shown]
    assert not re.search(r"^ *(= )?(error|refused|warning|note|help)\b", vietnamese.err, re.MULTILINE)
    for shown in (*said.shown, *vietnamese.shown):
        assert_readable(shown)


def tellable(found: list[Problem], expected: list[Problem]) -> list[Problem]:
    """Return what was found, sorted, without the columns that nobody expects."""
    plain = {Problem(one.code, one.file, one.line) for one in expected if not one.column}
    return sorted(
        without if (without := Problem(one.code, one.file, one.line)) in plain else one for one in found
    )


def assert_readable(shown: Shown) -> None:
    """The sentence has no brace unfilled, and the caret stands under the value."""
    sentence = shown.text.splitlines()[0]
    assert "{}" not in sentence
    lines = shown.text.splitlines()
    caret = next((at for at, line in enumerate(lines) if line.strip(" |") and not line.strip(" |^")), None)
    if not shown.problem.file.endswith((".yaml", ".json")) or not shown.problem.line:
        return
    assert caret is not None, shown.text
    source, under = (line.partition("| ")[2] for line in lines[caret - 1 : caret + 1])
    start, end = under.index("^"), under.rindex("^") + 1
    assert start + 1 == shown.problem.column
    assert source[start:end].strip() == source[start:end] != "", shown.text


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_help_that_leans_on_a_fact_has_another_beside_it(language: str) -> None:
    """Nobody reads “did you mean ?” or “shorten it to about 0 letters”."""
    for code, entry in catalogue(language).items():
        leans = any(f"{{{name}}}" in entry.get("help", "") for name in ADVICE)
        assert leans == ("help-far" in entry), code


def test_a_number_is_written_as_its_reader_writes_it() -> None:
    """Vietnamese has a comma where English has a point, and neither a nought behind it."""
    facts = {"text": "Hội", "found": 2.0, "least": 4.5}
    told = Diagnostic("layout/low-contrast", Span(""), facts)
    assert "2 : 1" in words(told, "vi")[0]
    assert "4,5 : 1" in words(told, "vi")[0]
    assert "4.5 : 1" in words(told, "en")[0]


def test_no_case_without_its_annotation() -> None:
    """A case that expects nothing proves nothing; only the good project may."""
    for path in PATHS:
        case = read_case(path)
        assert case.about, path
        assert any(section.notes for section in case.sections) or case.exit == 0, path


def test_the_harness_finds_what_is_not_annotated(tmp_path: Path) -> None:
    """A problem without its annotation is told apart: the comparison above can fail."""
    case = read_case(CASES / "unknown-ink.yaml")
    case.write(tmp_path)
    found = [shown.problem for shown in bad_input.run(tmp_path, *case.run).shown]
    assert tellable(found, case.expected[1:]) != sorted(case.expected[1:])


@pytest.mark.parametrize(
    "line",
    [
        "title: a: b",
        "title: [a, b",
        "title: {a: b",
        'title: "a',
        "\ttitle: a",
        "title: a\n  today: b",
        "title: @a",
        "title: 'a\n---\n'",
        'title: "\\q"',
        "title: !x!y z",
        "- a\ntitle: b",
        "title: a\n- b",
        "title: \x01",
        "a\nb: c",
    ],
)
def test_what_yaml_says_is_said_in_vietnamese(line: str, tmp_path: Path) -> None:
    """The library's own sentence never reaches a Vietnamese reader."""
    read_case(CASES / "good.yaml").write(tmp_path)
    (tmp_path / bad_input.RECIPE).write_text(line, encoding="utf-8")

    (shown,) = run(tmp_path, "check", bad_input.RECIPE, language="vi").shown

    assert shown.problem.code == "recipe/bad-yaml"
    sentence = shown.text.splitlines()[0].partition("YAML: ")[2]
    assert sentence
    assert not re.search(r"\b(found|expected|not|while|mapping|character)\b", sentence), sentence
