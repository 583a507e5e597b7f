"""Every diagnostic has its words in two languages, its entry in the docs and its test; and no words lie unused."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
CODE = re.compile(r"^[a-z]+/[a-z0-9]+(-[a-z0-9]+)*$")
MAKERS = {
    "Diagnostic",
    "unknown",
    "PydanticCustomError",
    "_measure",
    "check",
    "refuse",
    "refusal",
    "kept_back",
    "note",
    "problem",
    "contradiction",
    "doubt",
    "remark",
}


def codes_in_source() -> set[str]:
    """Return every code that the program gives: first arguments of what makes a diagnostic."""
    found: set[str] = set()
    for path in sorted((CHECKOUT / "producer").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and name_of(node.func) in MAKERS:
                found |= set(codes_of(node))
            elif isinstance(node, ast.Assign | ast.IfExp):  # `code = "a/b" if … else "a/c"`
                found |= {text for text in constants(node) if CODE.match(text) and text in words("en")}
    return found


def name_of(function: ast.expr) -> str:
    """Return the bare name of what is called."""
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def codes_of(call: ast.Call) -> Iterator[str]:
    """Yield the codes among a call's arguments; a picture's are put together from the kinds of its errors."""
    for argument in call.args:
        if (
            isinstance(argument, ast.Constant)
            and isinstance(argument.value, str)
            and CODE.match(argument.value)
        ):
            yield argument.value
        elif isinstance(argument, ast.JoinedStr) and isinstance(argument.values[0], ast.Constant):
            prefix = str(argument.values[0].value)
            kinds = (CHECKOUT / "producer" / "photo.py").read_text("utf-8")
            yield from (prefix + kind for kind in re.findall(r'^    kind = "(.+)"$', kinds, re.MULTILINE))


def constants(node: ast.AST) -> Iterator[str]:
    """Yield the texts inside a node."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            yield inner.value


def words(language: str) -> dict[str, dict[str, str]]:
    """Return one catalogue."""
    return tomllib.loads((CHECKOUT / f"producer/messages/{language}.toml").read_text("utf-8"))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_code_has_its_words_and_no_words_are_unused(language: str) -> None:
    """Source and catalogue hold the same codes, and the catalogue is sorted by them."""
    assert set(words(language)) == codes_in_source()
    assert list(words(language)) == sorted(words(language))


def test_the_languages_speak_of_the_same_facts() -> None:
    """A fact that one language shows the other knows too; a sentence ends without a full stop."""
    for code, said in words("vi").items():
        both = [
            {name for _, name, _, _ in Formatter().parse(" ".join(one.values())) if name}
            for one in (said, words("en")[code])
        ]
        assert both[0] == both[1], code
        assert set(said) == set(words("en")[code]), code
        assert not said["text"].endswith("."), code


def test_every_code_has_a_test() -> None:
    """Each code stands in the annotated bad input, or in the test of its stage."""
    texts = [p.read_text("utf-8") for p in (CHECKOUT / "tests").rglob("*") if p.suffix in (".py", ".yaml")]
    everything = "\n".join(texts)
    assert [
        code
        for code in sorted(codes_in_source())
        if not re.search(rf"{re.escape(code)}(?![\w-])", everything)
    ] == []


def test_the_page_is_as_the_program_says() -> None:
    """docs/diagnostics.md has every code, and its examples are what the program says today."""
    done = subprocess.run(
        [sys.executable, str(CHECKOUT / "tools/diagnostics_doc.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    page = (CHECKOUT / "docs/diagnostics.md").read_text("utf-8")
    assert [code for code in codes_in_source() if f"### {code}\n" not in page] == []
