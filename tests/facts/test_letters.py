"""Old encodings and slips are told, and what is right is left alone."""

import csv
from pathlib import Path

import pytest

from producer.facts.reading import Reading
from producer.facts.slip import slips
from producer.legacy import convert, legacy_words, without_eth

ROOT = Path(__file__).parents[2]
CELLS = sorted(
    {
        cell
        for path in (ROOT / "assets/data").glob("*.csv")
        for row in csv.reader(path.read_text(encoding="utf-8").splitlines())
        for cell in row
    }
)


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("C«ng ®oµn ViÖt Nam", "Công đoàn Việt Nam"),
        ("Ch¨m lo ®êi sèng ng­êi lao ®éng", "Chăm lo đời sống người lao động"),
        ("Coâng ñoaøn Vieät Nam", "Công đoàn Việt Nam"),
        ("Gi¸ 50.000®, c«ng ®oµn hç trî 5.000 ®", "Giá 50.000đ, công đoàn hỗ trợ 5.000 đ"),
        ("Chaêm lo ñôøi soáng ngöôøi lao ñoäng", "Chăm lo đời sống người lao động"),
    ],
)
def test_letters_of_before_unicode(written: str, right: str) -> None:
    """TCVN3 and VNI are known by their signs, and what they say is told."""
    found = legacy_words(written)

    assert found is not None
    assert found[1] == right


def test_short_forms_of_before_unicode_are_not_doubtful() -> None:
    """A short form is no syllable, and nobody need read it again; a word that no syllable makes is."""
    assert convert("L§L§ thu 50.000® cña NL§", "TCVN3").doubtful == ()
    assert convert("L§L§ thu ®zu", "TCVN3").doubtful == ("đzu",)


@pytest.mark.parametrize(
    "text", ["Müller và Malmö", "«Tết Sum vầy» · 92,5 % ± 3 µm", "hòa hoà thủy thuỷ", "© 2025 ®"]
)
def test_unicode_is_left_alone(text: str) -> None:
    """Foreign names and signs are no old encoding."""
    assert legacy_words(text) is None


def test_the_sample_data_are_clean() -> None:
    """No cell of ours is taken for an old encoding, for eths or for a slip."""
    assert [
        cell
        for cell in CELLS
        if legacy_words(cell) or without_eth(cell) != cell or list(slips(Reading(cell), {}))
    ] == []
