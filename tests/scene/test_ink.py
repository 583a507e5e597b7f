"""Roles become inks that can be read."""

from __future__ import annotations

import pytest
from small_project import BRAND as BRAND_YAML
from small_project import Small, elements, slot

from producer.brand.model import Ink, contrast
from producer.scene.ink import LEAST_CONTRAST, Inks
from producer.scene.model import TextElement

BRAND = Small().road().project.brand


def test_a_theme_is_laid_over_the_brand() -> None:
    """The roles that a theme names change, the others stay, and the later theme wins."""
    plain, laid = Inks.of(BRAND), Inks.of(BRAND, "III.1", "lap-dong")

    assert Inks.of(BRAND, "III.1").ink("background") == Ink("brick")
    assert (laid.ink("background"), laid.ink("accent")) == (Ink("night"), Ink("fog"))
    assert laid.ink("text") == plain.ink("text")
    assert Inks.of(BRAND, "none such").roles == plain.roles


def test_a_token_is_an_ink_too() -> None:
    """What is no role is a colour of the palette, with the alpha asked for."""
    assert Inks.of(BRAND).ink("brick", 0.5) == Ink("brick", 0.5)


@pytest.mark.parametrize(
    "ground", [("background",), ("background", "background-deep"), ("accent",), ("paper",)]
)
def test_words_can_be_read_on_every_ground(ground: tuple[str, ...]) -> None:
    """Text and lesser text reach 4.5 : 1 on each end of a gradient, dark or light."""
    inks = Inks.of(BRAND).on(ground)

    for role in (inks.text, inks.muted):
        assert min(contrast(inks.colour(role), inks.colour(under)) for under in ground) >= LEAST_CONTRAST


def test_words_on_gold_are_dark() -> None:
    """A page on the accent's own ground takes the brand's dark ink, and its accent is not gold on gold."""
    scene = Small(
        template=slot("text", "title", style="headline", ink="accent").replace("night", "gold")
    ).scene()
    title = elements(scene)["title"]

    assert isinstance(title, TextElement)
    assert title.ink.token not in ("sun", "white")
    assert contrast(scene.colours[title.ink.token], scene.colours["sun"]) >= 3


@pytest.mark.parametrize(("strength", "ink"), [("100%", "white"), ("80%", "soot")])
def test_words_keep_their_ink_beside_a_solid_motif(strength: str, ink: str) -> None:
    """A motif that shows its ground may lie under words, and they are read on it; from a solid one they keep off."""
    brand = BRAND_YAML.replace("{gradient: [background, background-deep], angle: 160}", "{fill: background}")
    title = elements(Small(brand=brand.replace("strength: 20%", f"strength: {strength}")).scene())["title"]

    assert isinstance(title, TextElement)
    assert title.ink.token == ink


def test_a_panel_has_inks_of_its_own() -> None:
    """Words on a light panel of a dark page are dark, and the row's theme colours their accent."""
    signature = elements(Small().scene())["sign"]

    assert (signature.ink, signature.accent) == (Ink("soot"), Ink("brick"))  # type: ignore[union-attr]


def test_a_row_has_one_accent_in_all_its_channels() -> None:
    """Where a post's small words cannot bear the accent, those of its poster, which could, do without it too."""
    channels = (
        "  to: {kind: print, trim: [297, 420], safe: [9, 9, 9, 9], bleed: 3mm, dpi: 300, formats: [pdf]}\n"
        "  anh: {kind: image, size: [900, 900], formats: [png]}\n"
    )
    small = Small(template=slot("text", "title", style="lead", ink="accent"), channels=channels)

    def inks(used: str) -> list[Ink]:
        return [elements(s)["title"].ink for s in small.but(used=used).scenes()[: used.count(",") + 1]]  # type: ignore[union-attr]

    assert inks("to") == [Ink("sun")]
    assert inks("anh") != [Ink("sun")]
    assert inks("to, anh") == 2 * inks("anh")
