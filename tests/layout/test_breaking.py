"""Where lines part, in words and in widths."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from producer.layout.breaking import Aim, Gap, break_lines, fewest_lines, gap_costs, join_words, segments
from producer.layout.compound import COMPOUND, PHRASE

CASES = YAML(typ="safe").load(Path(__file__).parent.parent / "text_cases.yaml")
GLUED = [(case["input"], glue) for case in CASES["cases"] for glue in case["expect"].get("glue", ())]


def groups(text: str, joins: tuple[str, ...] = ()) -> list[str]:
    """The groups of a text, their inner spaces shown as plain ones."""
    return [group.text.replace("\u00a0", " ") for group in segments(join_words(text, joins))]


def kept(text: str) -> str:
    """The text with ``_`` for the spaces that part last or never."""
    parts = segments(join_words(text))
    costs = [*gap_costs(parts, capitals=text.isupper()), 0.0]
    words = "".join(
        part.text + ("_" if cost >= PHRASE else " ") for part, cost in zip(parts, costs, strict=True)
    )
    return words.replace("\u00a0", "_").rstrip()


def even(widths: list[float], width: float, aim: Aim, costs: dict[int, float] | None = None) -> list:
    """The widths of each line's groups, all spaces 1 px."""
    gaps = [Gap(1.0, (costs or {}).get(index, 0.0)) for index in range(len(widths) - 1)]
    return [widths[one:two] for one, two in break_lines(widths, gaps, width, aim=aim).lines]


@pytest.mark.parametrize(("text", "glue"), GLUED)
def test_groups_of_the_reference_stay_whole(text: str, glue: str) -> None:
    """What the reference glues is kept on a line, or parts last, as written and in capitals."""
    assert glue.replace(" ", "_") in kept(text)
    if not any(word.istitle() and word.isalpha() for word in glue.split()):
        assert glue.upper().replace(" ", "_") in kept(text.upper())


@pytest.mark.parametrize("phrase", CASES["glue_words"])
def test_words_of_the_trade_part_last(phrase: str) -> None:
    """Every pair that the reference lists as a word costs something to part."""
    assert kept(phrase) != phrase


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("lúc 07 giờ 30 tại", "07 giờ 30"),
        ("lúc 07 giờ 30 phút – 11 giờ ở", "07 giờ 30 phút – 11 giờ"),
        ("Thứ Hai, 28/7/2025", "Thứ Hai,"),
        ("sáng THỨ BẢY này", "THỨ BẢY"),
        ("Kỷ niệm (28/7/1929 – 28/7/2025) nhé", "(28/7/1929 – 28/7/2025)"),
        ("từ 07:30 – 11:00 tại", "07:30 – 11:00"),
        ("Tết Sum vầy – Xuân", "vầy –"),
        ("hội nghị quý I năm 2025", "quý I"),
        ("ngày 28 tháng 7 năm 2025", "tháng 7"),
        ("gọi 0294 3855 123 để", "0294 3855 123"),
        ("thưởng 500.000 đồng / người ngay", "500.000 đồng / người"),
        ("tặng 2,5 tỷ đồng cho", "2,5 tỷ đồng"),
        ("ông Trần Văn Mẫu phát biểu", "ông Trần Văn Mẫu"),
        ("ThS. Lê Mẫu An, giảng viên", "ThS. Lê Mẫu An,"),
        ("theo Nghị định 30/2020/NĐ-CP về", "định 30/2020/NĐ-CP"),
        ("tháng Giêng là", "tháng Giêng"),
    ],
)
def test_hard_groups_never_part(text: str, group: str) -> None:
    """Numbers with what they count, dates, hours, people and documents are one group each."""
    assert group in groups(text)


def test_a_year_parts_from_what_follows() -> None:
    """A figure after its own noun counts nothing: the date falls into its three parts, the place is free."""
    assert groups("ngày 28 tháng 7 năm 2025 tại xã") == ["ngày 28", "tháng 7", "năm 2025", "tại", "xã"]


def test_a_year_stays_with_what_it_is_the_year_of() -> None:
    """A law's year is a part of its name."""
    assert "đoàn_2024 có" in kept("Luật Công đoàn 2024 có gì mới")


@pytest.mark.parametrize(
    ("text", "better", "worse"),
    [
        ("Đóng bao nhiêu năm thì được hưởng lương hưu?", "năm", "thì"),
        ("Làm thêm giờ được trả bao nhiêu?", "giờ", "được"),
        ("Cây cầu rất mới, nhiều vườn", "cầu", "rất"),
        ("Tọa đàm “Nữ công – Tự tin” chào mừng", "đàm", "–"),
        ("Tọa đàm “Nữ công – Tự tin” chào mừng", "tin”", "–"),
    ],
)
def test_lines_end_where_the_sense_pauses(text: str, better: str, worse: str) -> None:
    """Before the small word that what follows hangs on, and around a name in quotation marks rather than in it."""
    parts = [part.text.rpartition("\u00a0")[2] for part in segments(join_words(text))]
    costs = gap_costs(segments(join_words(text)))

    assert costs[parts.index(better)] < costs[parts.index(worse)]


def test_joins_of_the_brand_are_hard_in_any_case() -> None:
    """A phrase of the brand stays whole in capitals, beside a comma, and from text that came decomposed."""
    assert groups("CHÀO XUÂN ẤT TỴ, 2025", ("Xuân Ất Tỵ",)) == ["CHÀO", "XUÂN ẤT TỴ,", "2025"]
    assert groups("Xuân A\u0302\u0301t Ty\u0323 vui", ("xuân ất tỵ",)) == ["Xuân Ất Tỵ", "vui"]


def test_khmer_parts_between_words() -> None:
    """Khmer has no spaces, so the dictionary parts it, with no space set where none was written."""
    parts = segments("សហជីពការងារកម្ពុជា abc")

    assert "".join(part.text for part in parts) == "សហជីពការងារកម្ពុជាabc"
    assert [part.spaced for part in parts] == [True, *[False] * (len(parts) - 2), True]
    assert len(parts) > 3


def test_titles_are_balanced_and_body_is_filled() -> None:
    """In as few lines as fit, a title evens its lines out; body text fills each line before the next."""
    widths = [30.0, 30.0, 30.0, 10.0]

    assert even(widths, 95, Aim.TITLE) == [[30, 30], [30, 10]]
    assert even(widths, 95, Aim.BODY) == [[30, 30, 30], [10]]


def test_a_compound_costs_balance_and_only_a_whole_title_a_line() -> None:
    """A soft join is kept at the price of ragged lines, and of one line more only where lines may be spent."""
    assert even([30, 30, 20, 20], 100, Aim.TITLE) == [[30, 30], [20, 20]]
    assert even([30, 30, 20, 20], 100, Aim.TITLE, {1: COMPOUND}) == [[30], [30, 20, 20]]
    assert even([45, 45, 45, 45], 95, Aim.TITLE, {1: COMPOUND}) == [[45, 45], [45, 45]]
    assert even([45, 45, 45, 45], 95, Aim.WHOLE_TITLE, {1: COMPOUND}) == [[45], [45, 45], [45]]


def test_no_syllable_stands_alone() -> None:
    """Body text gives its last line a second word where it can, a title each of its lines."""
    gaps = [Gap(1.0)] * 3
    short = [False, False, False, True]

    assert break_lines([30, 30, 30, 10], gaps, 95, short, aim=Aim.BODY).lines == ((0, 2), (2, 4))
    first = [True, False, False, False]
    assert break_lines([80, 10, 40, 20], gaps, 95, first, aim=Aim.TITLE).lines == ((0, 2), (2, 4))


def test_flaws_are_counted() -> None:
    """A compound parted counts more than a line spent to keep it whole: the size is chosen by them."""
    widths, gaps = [45.0] * 4, [Gap(1.0), Gap(1.0, COMPOUND), Gap(1.0)]

    assert [break_lines(widths, gaps, 95, aim=aim).flaws for aim in (Aim.TITLE, Aim.WHOLE_TITLE)] == [
        0.4,
        0.12,
    ]


def test_a_stub_that_ends_in_a_comma_is_avoided_and_else_told() -> None:
    """A short line ends in no comma where the words go elsewhere at the same size; else it is a flaw."""
    gaps = [Gap(1.0), Gap(1.0, -0.03), Gap(1.0)]

    assert break_lines([60, 30, 20, 60], gaps, 95).lines == ((0, 2), (2, 4))
    assert break_lines([90, 30, 80], gaps[:2], 95).flaws == pytest.approx(0.1 + 0.12)
    assert break_lines([90, 60, 80], gaps[:2], 95).flaws == 0


def test_the_end_of_a_phrase_alone_on_the_last_line_is_told() -> None:
    """It weighs more than a phrase that parts into two lines of like length."""
    gaps = [Gap(1.0), Gap(1.0, PHRASE)]

    assert break_lines([90, 80, 30], gaps, 95).flaws == pytest.approx(0.1 + 0.35)
    assert break_lines([90, 80, 70], gaps, 95).flaws == pytest.approx(0.1)


@pytest.mark.parametrize("day", ["Thứ Ba, 29/4/2025", "Chủ Nhật, 29/4/2025"])
def test_a_moment_parts_between_hour_and_day(day: str) -> None:
    """Where an hour and its day do not share a line, the day stays whole."""
    parts = segments(join_words(f"19 giờ 00, {day}"))
    costs = gap_costs(parts)

    assert parts[0].text.endswith("00,")
    assert PHRASE < costs[0] < COMPOUND
    assert all(cost >= PHRASE for cost in costs)
    assert costs[1] > costs[0]


def test_a_group_wider_than_the_line_is_told() -> None:
    """Nothing is cut: it gets its own line, and how much too wide it is."""
    breaks = break_lines([10, 120, 10], [Gap(1.0)] * 2, 100)

    assert (breaks.lines, breaks.over, breaks.widest) == (((0, 1), (1, 2), (2, 3)), 20, 1)


@given(
    st.lists(st.tuples(st.floats(1, 60), st.sampled_from((0.0, 0.05, -0.06, PHRASE, COMPOUND))), max_size=14),
    st.floats(20, 150),
    st.sampled_from((Aim.TITLE, Aim.BODY)),
)
def test_lines_hold_every_group_once_in_as_few_lines_as_can_be(
    words: list[tuple[float, float]], width: float, aim: Aim
) -> None:
    """Whatever the words, no group is lost, no line of two is too wide, and no line is wasted."""
    widths, gaps = [word for word, _ in words], [Gap(2.0, cost) for _, cost in words[1:]]
    lines = break_lines(widths, gaps, width, aim=aim).lines

    assert [index for one, two in lines for index in range(one, two)] == list(range(len(words)))
    assert all(one[1] == two[0] for one, two in pairwise(lines))
    assert all(sum(widths[a:b]) + 2 * (b - a - 1) <= width + 0.02 for a, b in lines if b - a > 1)
    assert not words or len(lines) == fewest_lines(widths, gaps, width)
