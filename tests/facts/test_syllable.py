"""Which syllables Vietnamese can have."""

import pytest

from producer.facts.reading import Reading
from producer.facts.syllable import is_possible, odd_syllables


@pytest.mark.parametrize(
    "word",
    [
        "khuỷu",
        "khuỵu",
        "ngoằn",
        "ngoèo",
        "nguệch",
        "huơ",
        "quèo",
        "quều",
        "gì",
        "giặt",
        "giếng",
        "quốc",
        "goòng",
        "moóc",
        "huýt",
        "khoắng",
        "thuở",
        "yếm",
        "quý",
        "hòa",
        "hoà",
    ],
)
def test_rare_syllables_are_possible(word: str) -> None:
    """However rare, what the rules of spelling allow is let be."""
    assert is_possible(word)


@pytest.mark.parametrize(
    "word",
    [
        "khuến",
        "ngề",
        "nghành",
        "chuơng",
        "cuời",
        "lịêt",
        "rựơu",
        "thưở",
        "hoỉi",
        "ngĩa",
        "xuâts",
        "tíchh",
        "viêt",
        "nghoằn",
        "khuyủ",
        "hòan",
    ],
)
def test_others_are_not(word: str) -> None:
    """A letter too many, a mark misplaced, a stop without its tone, ng before e."""
    assert not is_possible(word)


def test_names_and_foreign_words_are_let_be() -> None:
    """Places of the highlands, brands, short forms and addresses carry other letters."""
    text = "Về Krông Pắc, Kon Plông, Đắk Lắk; mở Facebook, gửi hoàn@mau.example, họp ATVSLĐ với H'Mẫu Byă và rơ-moóc"

    assert list(odd_syllables(Reading(text))) == []
