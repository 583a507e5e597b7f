"""The pages of the docs: their tables are new, their links lead somewhere, their pictures are small."""

import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from producer.cli import COMMANDS, REAL_STAGES, Program
from producer.cli.words import Words

CHECKOUT = Path(__file__).resolve().parents[2]
PAGES = [CHECKOUT / "README.md", CHECKOUT / "CONTRIBUTING.md", *sorted(CHECKOUT.glob("docs/**/*.md"))]
LINK = re.compile(r"\]\(([^)\s]+)\)|(?:src|href)=\"([^\"]+)\"")
LARGEST = 60_000  # bytes of a picture; the gallery's sheets may have three times as much


def name_of(page: Path) -> str:
    """Name a page as people do."""
    return page.relative_to(CHECKOUT).as_posix()


def targets(page: Path) -> list[str]:
    """Return where a page's links lead, those to other sites left out."""
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    found = [one or other for one, other in LINK.findall(text)]
    return [target for target in found if not re.match(r"[a-z]+:", target)]


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    heads = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    kept = [
        "".join(letter for letter in head.lower() if letter.isalnum() or letter in " -_") for head in heads
    ]
    return {unicodedata.normalize("NFC", words).replace(" ", "-") for words in kept}


def test_generated_tables_are_up_to_date() -> None:
    """`tools/language_doc.py` would change nothing."""
    done = subprocess.run(
        [sys.executable, CHECKOUT / "tools/language_doc.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert done.returncode == 0


def test_the_guide_to_the_families_is_up_to_date() -> None:
    """`tools/family_guide.py` would change no word of it, so that a slot or a look cannot be added in silence."""
    beside = {name: value for name, value in os.environ.items() if name != "PYTHONSAFEPATH"}  # of its sibling
    done = subprocess.run(
        [sys.executable, CHECKOUT / "tools/family_guide.py", "--check"],
        env=beside,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert done.returncode == 0


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    """Every link and picture of a page is there, and every heading that a link names."""
    lost = []
    for target in targets(page):
        path, _, anchor = target.partition("#")
        place = (page.parent / path).resolve() if path else page
        if not place.exists() or (anchor and anchor not in anchors(place)):
            lost.append(target)
    assert lost == []


def test_every_page_is_linked() -> None:
    """No page of the docs can be reached only by those who know its name."""
    linked = {
        (page.parent / target.partition("#")[0]).resolve() for page in PAGES for target in targets(page)
    }
    assert [name_of(page) for page in PAGES if page not in linked and page.name != "README.md"] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_are_documented_with_their_options(command: str) -> None:
    """docs/commands.md has a heading for every command, and under it every option that its help shows."""
    page = (CHECKOUT / "docs/commands.md").read_text("utf-8")
    section = re.search(rf"^## {command}\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    assert section is not None
    common = page[: page.index("## init")]
    program = Program(Words("en"), REAL_STAGES)
    made = program.get_command(program.make_context("producer", ["doctor"]), command)
    options = [option for param in made.params for option in param.opts if option.startswith("-")]
    assert [option for option in options if f"`{option}`" not in section[1] + common] == []


@pytest.mark.parametrize(
    "picture", sorted((CHECKOUT / "docs/pictures").glob("*.*g")), ids=lambda path: path.name
)
def test_pictures_are_small_listed_and_used(picture: Path) -> None:
    """A picture has a line in docs/pictures/README.md, is shown on a page and is quick to load."""
    assert f"`{picture.name}`" in (CHECKOUT / "docs/pictures/README.md").read_text("utf-8")
    assert any(picture == (page.parent / target).resolve() for page in PAGES for target in targets(page))
    assert picture.stat().st_size <= LARGEST * (3 if picture.name.startswith("gallery") else 1)


def test_languages_have_the_same_examples() -> None:
    """A guide in Vietnamese and its twin in English show the same YAML and the same rows."""
    fence = re.compile(r"```(yaml|csv)[^\n]*\n(.*?)```", re.DOTALL)
    twins = {"bat-dau": "getting-started", "thuong-hieu": "brand", "mau-thiet-ke": "templates"}
    for vi, en in twins.items():
        pages = (CHECKOUT / f"docs/vi/{vi}.md", CHECKOUT / f"docs/en/{en}.md")
        one, other = (fence.findall(page.read_text("utf-8")) for page in pages)
        assert one == other, f"{vi} and {en} differ"
