"""Which drawing of the mark a piece takes: an emblem is never recoloured by us."""

from __future__ import annotations

import pytest
from small_project import BRAND, MARK, Small, elements

from producer.diagnostics import ProducerError
from producer.scene.model import MarkElement, SignatureElement

TEMPLATE = """\
about: Quà
kind: still
ground: GROUND
slots:
  mark: {type: mark}
  sign: {type: signature}
shapes: {any: "mark\\nsign"}
"""
FILES = {"brand/mono.svg": MARK, "brand/reverse.svg": MARK}


def drawing(channel: str, logo: str, ground: str = "paper") -> str:
    """The file that a mark on a ground is drawn from; a signature's is the same."""
    brand = BRAND.replace("logo: {mark: mark.svg, mode: placeholder}", f"logo: {{mark: mark.svg, {logo}}}")
    template = TEMPLATE.replace("GROUND", ground)
    found = elements(Small(template=template, brand=brand, used=channel, more=FILES).scene())
    mark, sign = found["mark"], found["sign"]
    assert isinstance(mark, MarkElement)
    assert isinstance(sign, SignatureElement)
    assert mark.art == sign.mark
    return mark.art.path.removeprefix("brand/")


OFFICIAL = "mode: official, mono: mono.svg"
BOTH = f"{OFFICIAL}, reverse: reverse.svg"


@pytest.mark.parametrize(
    ("channel", "logo", "ground", "expected"),
    [
        ("poster-a3", OFFICIAL, "paper", "mark.svg"),
        ("gift-pen", OFFICIAL, "paper", "mono.svg"),
        ("gift-tote", OFFICIAL, "paper", "mono.svg"),  # two inks at most
        ("gift-cap", OFFICIAL, "paper", "mark.svg"),  # six threads show all colours of a mark
        ("poster-a3", BOTH, "paper", "mark.svg"),
        ("poster-a3", BOTH, "night", "reverse.svg"),
        ("gift-pen", BOTH, "night", "reverse.svg"),
        ("gift-pen", BOTH, "paper", "mono.svg"),
        ("gift-pen", "mode: placeholder", "paper", "mark.svg"),  # nobody's emblem: flat ink is laid by us
    ],
)
def test_ground_and_inks_choose_the_drawing(channel: str, logo: str, ground: str, expected: str) -> None:
    """One ink or two ask for the union's own drawing in one colour, a dark ground for its own reverse."""
    assert drawing(channel, logo, ground) == expected


def test_an_official_mark_is_not_recoloured() -> None:
    """Without a drawing in one colour it is refused, at its line of brand.yaml."""
    with pytest.raises(ProducerError) as caught:
        drawing("gift-pen", "mode: official")

    assert {problem.code for problem in caught.value.diagnostics} == {"scene/no-mono-mark"}
    assert {problem.span.file for problem in caught.value.diagnostics} == {"brand/brand.yaml"}
