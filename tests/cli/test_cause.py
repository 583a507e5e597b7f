"""What people are told of changed inputs: words a designer uses, no digests, no paths inside a scene."""

from collections.abc import Callable

import pytest
from toy import Toy

from producer.build.batch import Reason, Why
from producer.cli.cause import causes
from producer.cli.words import Words

RECIPE = "recipes/thu/recipe.yaml"
SLOT = "pages.su-kien.elements.photo"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ([("pages.a.elements.title.runs.0.text", "hai", "ba")], ["title changed: “hai” → “ba”"]),
        (
            [(f"{SLOT}.picture", "a/b/c.jpg 0123456789ab", "a/b/c.jpg ba9876543210")],
            ["the file b/c.jpg changed"],
        ),
        (
            [(f"{SLOT}.picture", "a/1.jpg 0123456789ab", "a/2.jpg ba9876543210")],
            ["the picture of photo changed: “a/1.jpg” → “a/2.jpg”"],
        ),
        (
            [("colours.gold.red", "11", "18"), ("colours.gold.cmyk.0", "1.0", "2.0")],
            ["the colour gold of the brand changed"],
        ),
        ([(f"{SLOT}.style", "title 0123456789ab", "title ba9876543210")], ["the type of photo changed"]),
        ([(f"{SLOT}.label_ink.token", "gold", "red")], ["the colour of photo changed"]),
        ([("canvas.safe.top", "1.0", "2.0")], ["the size or edges of the channel changed"]),
        ([("assets/music/a.flac", "0" * 64, "1" * 64)], ["the file music/a.flac changed"]),
        (
            [("pages.a.elements.title.runs.0.text", "hai", "ba"), ("facts.0.text", "hai", "ba")],
            ["title changed: “hai” → “ba”"],
        ),
        ([("facts.3.text", "hai", "ba")], ["the words changed"]),
        ([("something.new", "0123", "4567")], ["the look changed"]),
    ],
)
def test_changed_inputs_have_names(changed: list[tuple[str, str, str]], told: list[str]) -> None:
    """Each is told once, with values only where they say something."""
    reasons = [Reason(Why.CHANGED, *one) for one in changed]

    assert list(causes(reasons, Words("en"))) == told


def test_the_program_has_no_digest() -> None:
    """Of a library its versions are told, of our own code only that it is another."""
    reasons = [Reason(Why.ENGINE, "producer", "0" * 64, "1" * 64), Reason(Why.ENGINE, "pillow", "11", "12")]

    told = list(causes(reasons, Words("en")))

    assert told == ["producer itself changed", "the library pillow changed: “11” → “12”"]


def test_why_takes_a_row(toy: Toy, producer: Callable) -> None:
    """All items of the row are told; nothing is said of other rows and recipes."""
    toy.write("recipes/thu/recipe.yaml", '{"formats": ["png", "pdf"]}')
    toy.rows(EV_1="một", EV_2="wrong-day")
    producer("build", RECIPE)
    toy.write("recipes/an/recipe.yaml", '{"formats": ["mp4"]}')

    said = producer("why", "EV-1")

    assert said.code == 0
    assert said.out.splitlines() == [
        "poster/EV-1-png: up to date: nothing changed since the last build",
        "poster/EV-1-pdf: up to date: nothing changed since the last build",
    ]
    assert said.err == ""


@pytest.mark.parametrize(
    ("name", "help_text"),
    [("EV-2-pn", "did you mean poster/EV-2-png?"), ("zzzzzz", "help: `producer plan` lists them all")],
)
def test_an_item_that_is_not_there(name: str, help_text: str, toy: Toy, producer: Callable) -> None:
    """The item that has the name within it is suggested; nothing where none resembles it."""
    assert toy.batch().items

    said = producer("why", name)

    assert said.code == 2
    assert "error[cli/no-item]" in said.err
    assert help_text in said.err
