"""The list of words, and a line of syllables read as words."""

import unicodedata
from importlib.resources import files
from itertools import pairwise

import pytest

from producer.layout.breaking import gap_costs, join_words, segments
from producer.layout.compound import COMPOUND, LIST, LONGEST, PHRASE, compounds, word_gaps


def entries() -> list[str]:
    """The entries in the order of the file."""
    text = files("producer.layout").joinpath(LIST).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return [entry.strip() for line in lines for entry in line.rstrip(",").split(",")]


def shown(text: str) -> str:
    """The text with ``_`` where a word and ``~`` where a phrase would part."""
    words = text.split(" ")
    marks = {COMPOUND: "_", PHRASE: "~", 0: " "}
    return "".join(
        word + marks[gap] for word, gap in zip(words, (*word_gaps(tuple(words)), 0), strict=True)
    ).rstrip()


def weighed(text: str, *, capitals: bool = False) -> str:
    """A joined text with ``_`` for the spaces at which it parts last or never."""
    parts = segments(join_words(text))
    costs = [*gap_costs(parts, capitals=capitals), 0.0]
    words = "".join(
        part.text + ("_" if cost >= COMPOUND else " ") for part, cost in zip(parts, costs, strict=True)
    )
    return words.replace("\u00a0", "_").rstrip()


def test_the_list_is_in_order_and_clean() -> None:
    """Entries are sorted, each there once, in small letters and NFC, of two syllables to the longest."""
    found = entries()

    assert len(found) >= 1500
    assert all(one < two for one, two in pairwise(found))
    assert frozenset(found) == compounds()
    assert [entry for entry in found if entry != unicodedata.normalize("NFC", entry.lower())] == []
    assert [entry for entry in found if not 2 <= len(entry.split(" ")) <= LONGEST] == []


@pytest.mark.parametrize(
    "line",
    [
        "khám~sức_khỏe tổng_quát miễn_phí",
        "mức_lương~tối_thiểu tháng",
        "không ủy_quyền cho bất_kỳ~ai",
        "đối_thoại với chủ~doanh_nghiệp",
        "lớp kỹ_năng~số",
        "người~lao_động và người~sử_dụng~lao_động",
        "học_sinh hoạt_động",  # and no "sinh hoạt"
        "đối_tác xã_hội",  # and no "hợp tác xã"
        "hợp_tác~xã nuôi_trồng",
        "câu_lạc_bộ",
        "bất_kỳ tuy_nhiên để_cho",
        "đoàn_viên~công_đoàn~cơ_sở",  # two phrases that share a word
    ],
)
def test_syllables_are_read_as_words(line: str) -> None:
    """Words are kept by COMPOUND, phrases of words by PHRASE, the fewest words that the syllables can be."""
    assert shown(line.replace("_", " ").replace("~", " ")) == line


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Trao quà cho Nguyễn Mẫu Ưỡng tại xã", "Nguyễn_Mẫu_Ưỡng"),
        ("Gặp Danh Mẫu Sà Rây, tổ trưởng", "Danh_Mẫu_Sà_Rây,"),
        ("Lời của Thạch Thị Mẫu Sô Phia", "Thạch_Thị_Mẫu_Sô_Phia"),
        ("TRAO QUÀ CHO NGUYỄN MẪU ƯỠNG TẠI XÃ", "NGUYỄN_MẪU_ƯỠNG"),
        ("ĐỒNG CHÍ NGUYỄN MẪU ƯỠNG, CHỦ TỊCH", "ĐỒNG_CHÍ_NGUYỄN_MẪU_ƯỠNG,"),
        ("GẶP DANH MẪU SÀ RÂY", "DANH_MẪU_SÀ_RÂY"),
    ],
)
def test_names_of_people_part_last(text: str, kept: str) -> None:
    """A family name and the capitals after it are one name without a salutation too, and where all is capitals."""
    assert kept in weighed(text, capitals=text.isupper())


@pytest.mark.parametrize("text", ["NÂNG CAO VĂN HÓA", "Cao Bằng", "Sơn Tường"])
def test_a_family_name_alone_makes_no_name(text: str) -> None:
    """Words that only look like one do not bind more than words do."""
    assert weighed(text, capitals=text.isupper()).count("_") <= 2
    assert "CAO_VĂN" not in weighed(text, capitals=text.isupper())


def test_a_text_that_is_a_name_may_part_in_it() -> None:
    """On a certificate the name stands alone, and is rather set on two lines than small."""
    assert weighed("Nguyễn Thị Mẫu Hương") == "Nguyễn Thị Mẫu Hương"
