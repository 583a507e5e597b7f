"""Words become glyphs on lines, at the first size that holds."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hand_text import BODY, BOLD, FIGURES, FONTS, HEADLINE, INK, ORIGIN, RED, TEXT, ink, outlines
from ruamel.yaml import YAML

from producer.brand.model import TextStyle
from producer.diagnostics import Diagnostic, ProducerError, Scope, words
from producer.layout.text import TextBlock, fit_text, overflow, set_text
from producer.scene.model import Run

ROOT = Path(__file__).parents[2]
CASES = {case["id"]: case for case in YAML(typ="safe").load(ROOT / "tests/text_cases.yaml")["cases"]}


def at(
    text: str,
    size: float = 40,
    width: float = 600,
    style: TextStyle = BODY,
    align: str = "start",
    limit: int | None = None,
) -> TextBlock:
    """A text at one size."""
    return set_text((Run(text),), style, size, INK, width, FONTS, (), ORIGIN, align=align, limit=limit)


def fit(text: str, width: float = 864, style: TextStyle = HEADLINE, height: float | None = None) -> TextBlock:
    """A text at the first size of a page 1080 px wide."""
    return fit_text((Run(text),), style, INK, width, 1080, FONTS, (), ORIGIN, height=height)


def lines(block: TextBlock) -> list[str]:
    """What each line reads."""
    return [line.text.replace("\u00a0", " ") for line in block.lines]


def said(block: TextBlock) -> str:
    """What the glyph runs read in a row."""
    return "".join(run.text for run in block.runs)


@pytest.mark.parametrize("case", ["enc-nfd", "enc-partial"])
def test_decomposed_text_is_set_as_composed(case: str) -> None:
    """Text from a phone in NFD gives the same glyphs at the same places as NFC."""
    assert at(CASES[case]["input"]) == at(CASES[case]["expect"]["nfc"])


def test_what_cannot_be_seen_is_dropped() -> None:
    """Zero-widths and soft hyphens are gone, rare spaces and hyphens become the usual ones."""
    assert said(at(CASES["enc-hidden"]["input"])) == CASES["enc-hidden"]["expect"]["clean"]
    mapped = CASES["nbsp-glyph"]["expect"]["mapped"].replace("\u00a0", " ")
    assert said(at(CASES["nbsp-glyph"]["input"])) == mapped


@pytest.mark.parametrize("style", [HEADLINE, BODY], ids=["display", "text"])
@pytest.mark.parametrize("case", ["mark-stack-upper", "mark-stack-lower", "mark-two-lines", "i-dot"])
def test_ink_stays_in_the_block_and_lines_apart(case: str, style: TextStyle) -> None:
    """The tallest and deepest letters stay inside, and ink over ink keeps 0.06 em between lines."""
    block = at(CASES[case]["input"], 100, 500, style)
    boxes = [box for run in block.runs for box in ink(run)]
    by_line: list[list[tuple[float, float, float, float]]] = [[] for _ in block.lines]
    for run in block.runs:
        place = min(
            range(len(block.lines)), key=lambda row: abs(block.lines[row].baseline - run.points[0][1])
        )
        by_line[place] += ink(run)

    assert len(block.lines) > 1
    assert min(box[1] for box in boxes) == pytest.approx(block.ink_top, abs=0.2)
    assert max(box[3] for box in boxes) == pytest.approx(block.ink_bottom, abs=0.2)
    assert block.ink_top >= 0
    assert block.ink_bottom <= block.height
    gaps = [
        two[1] - one[3]
        for upper, lower in pairwise(by_line)
        for one in upper
        for two in lower
        if one[0] < two[2] and two[0] < one[2]
    ]
    assert min(gaps) >= 0.06 * 100 - 0.2


def test_capitals_keep_their_marks() -> None:
    """Upper-casing turns đ into Đ and keeps every mark."""
    assert (
        said(at(CASES["mark-upper"]["input"], 30, 2000, HEADLINE)) == CASES["mark-upper"]["expect"]["upper"]
    )


def test_runs_in_a_row_say_the_text() -> None:
    """Broken into lines, weights and inks, the glyph runs still say the sentence with single spaces."""
    runs = (Run("Tặng "), Run("1.250 suất quà", RED, bold=True), Run(" đến tay đoàn viên, người lao động"))
    block = set_text(runs, BODY, 40, INK, 400, FONTS, (), ORIGIN)

    assert said(block) == "Tặng 1.250 suất quà đến tay đoàn viên, người lao động"
    assert "".join(run.text for run in block.runs if run.ink == RED) == "1.250 suất quà"
    assert {run.face for run in block.runs if run.ink == RED} == {BOLD}
    assert len(block.lines) > 1


def test_words_of_two_runs_stay_one_word() -> None:
    """A run's end is no place to break, and a mark that a run begins with goes to the letter before."""
    runs = (Run("Công đoa"), Run("\u0300n Việt", bold=True), Run(" Nam"))
    block = set_text(runs, BODY, 40, INK, 30, FONTS, (), ORIGIN)

    assert lines(block) == ["Công", "đoàn", "Việt", "Nam"]


def test_the_first_size_that_holds_is_taken() -> None:
    """A short title stands at the largest step, a longer one lower; both keep within lines and width."""
    short, long = (
        fit("Tết Sum vầy"),
        fit("Kỷ niệm 96 năm Ngày thành lập Công đoàn Việt Nam (28/7/1929 – 28/7/2025)"),
    )

    assert short.size == pytest.approx(118.8)
    assert long.size < short.size
    assert "(28/7/1929 – 28/7/2025)" in lines(long)
    assert all(block.fits and block.width <= 864 and len(block.lines) <= 4 for block in (short, long))


def test_a_title_shrinks_rather_than_part_a_compound() -> None:
    """The largest step would part three words; two steps down none does."""
    title = "Triển khai Kế hoạch truyền thông công đoàn năm 2025"

    assert at(title, 118.8, 864, HEADLINE, limit=4).flaws == pytest.approx(3 * 0.4)
    assert lines(fit(title)) == ["TRIỂN KHAI KẾ HOẠCH", "TRUYỀN THÔNG", "CÔNG ĐOÀN NĂM 2025"]


def test_a_slogan_keeps_its_words() -> None:
    """Set as large as can be, one syllable a line, it would part a word; smaller only its first word is alone."""
    shout = replace(HEADLINE, sizes=(26, 22.5, 19.5, 17, 14.8, 12.8), lines=7)
    block = fit("Nghe công nhân nói", 928, shout)

    assert lines(block) == ["NGHE", "CÔNG NHÂN NÓI"]
    assert block.size == pytest.approx(12.8 * 10.8)


def test_lines_of_the_author_stay_lines() -> None:
    """A slogan written on two lines is set on two, at the size that this takes, and not as large as can be on four."""
    shout = replace(HEADLINE, sizes=(26, 22.5, 19.5, 17, 14.8, 12.8, 10.8, 9), lines=7)

    assert lines(fit("Nghe công nhân nói,\nlàm công nhân tin", 928, shout)) == [
        "NGHE CÔNG NHÂN NÓI,",
        "LÀM CÔNG NHÂN TIN",
    ]


def test_an_hour_stays_with_its_day() -> None:
    """An item that could be one line is set smaller; running text keeps its size and parts."""
    style = replace(BODY, sizes=(5, 4.5, 4, 3.5), lines=6)

    def sized(text: str) -> tuple[int, float]:
        block = fit_text((Run(text),), style, INK, 620, 1080, FONTS, (), ORIGIN, balanced=False)
        return len(block.lines), block.size / 10.8

    assert sized("19 giờ 00, Thứ Ba, 29/4/2025") == (1, pytest.approx(3.5))
    assert sized("19 giờ 00, Thứ Ba, 29/4/2025, tại hội trường lớn, có nhiều đoàn viên dự") == (
        4,
        pytest.approx(5),
    )


def test_a_height_limits_the_lines() -> None:
    """Given a height, the size gives way; given too little, the lines below it are counted."""
    title = "Tết Sum vầy – Xuân Ất Tỵ 2025"
    free = fit(title, 600)
    lower = fit(title, 600, height=free.height - 1)

    assert lower.fits
    assert lower.size < free.size
    assert fit(title, 300, height=100).too_many == 3


def facts(block: TextBlock) -> Diagnostic:
    """What the author is told."""
    return overflow(block, HEADLINE, ORIGIN)


def test_too_many_lines_are_told_with_what_would_fit() -> None:
    """The author learns the field, the lines, and how many letters to keep."""
    block = fit(CASES["long-org"]["input"], 500)
    problem = facts(block)

    assert (problem.code, problem.span, problem.scope) == ("layout/text-over", ORIGIN.span, Scope.ROW)
    assert problem.facts["field"] == "title"
    assert problem.facts["lines"] == 4 + block.too_many
    assert fit(CASES["long-org"]["input"][: int(problem.facts["fit"])], 500).fits
    assert "{" not in "".join(words(problem, "vi") + words(problem, "en"))


def test_a_group_too_wide_is_told() -> None:
    """Nothing is cut: the widest group is named with the px it is over."""
    problem = facts(fit("(28/7/1929 – 28/7/2025)", 300))

    assert (problem.code, problem.facts["group"]) == ("layout/group-over", "(28/7/1929 – 28/7/2025)")
    assert int(problem.facts["over"]) > 0
    assert "{" not in "".join(words(problem, "vi") + words(problem, "en"))


def test_a_long_syllable_is_never_split() -> None:
    """In a column narrower than a syllable every line is a whole one, and the block says so."""
    block = at(CASES["longest-word"]["input"], 100, 50)

    assert lines(block) == ["nghiêng"] * 3
    assert block.over == pytest.approx(block.width - 50)


def test_letters_that_a_face_lacks_come_from_its_fallbacks() -> None:
    """→ ✓ are drawn from the next family of the chain, and no glyph is the empty box."""
    block = at("→ ✓ ≥ ₫")

    assert {run.face for run in block.runs} == {TEXT, FIGURES}
    assert all(glyph for run in block.runs for glyph in run.glyphs)


def test_letters_that_no_face_has_are_an_error() -> None:
    """Each is told once, with letter, code point, font and field, at the row's own cell."""
    with pytest.raises(ProducerError) as caught:
        at("Tết ★ 中 ★")

    told = caught.value.diagnostics
    assert [(problem.code, problem.facts["codepoint"], problem.scope) for problem in told] == [
        ("text/missing-glyph", "U+2605", Scope.ROW),
        ("text/missing-glyph", "U+4E2D", Scope.ROW),
    ]
    assert told[0].span == ORIGIN.span
    assert "{" not in "".join(words(told[0], "vi") + words(told[0], "en"))


def test_tracking_opens_between_letters_only() -> None:
    """The line grows by one tracking less than it has letters, so that centred words stand in the middle."""
    plain, wide = at("CHÀO", style=BODY), at("CHÀO", style=replace(BODY, tracking=0.1))

    assert wide.width == pytest.approx(plain.width + 3 * 0.1 * 40)


def test_lines_are_aligned_in_the_width_given() -> None:
    """Start, centre and end put what is left free behind, around and before a line."""
    lefts = [at("Chào", align=align).lines[0].left for align in ("start", "centre", "end")]
    free = 600 - at("Chào").width

    assert lefts == pytest.approx([0, free / 2, free])


def test_blocks_of_one_line_have_one_height() -> None:
    """Cards beside each other agree, with tails or without; only marks above capitals raise the top."""
    assert at("ne").height == at("gạy").height
    assert at("ẪN").height > at("AN").height


def test_a_line_end_of_the_author_is_kept() -> None:
    """A line break parts paragraphs, and what they say stays parted by a space."""
    block = at("Tết \n  Sum vầy\n")

    assert lines(block) == ["Tết", "Sum vầy"]
    assert said(block) == "Tết Sum vầy"


def test_no_words_take_no_room() -> None:
    """An empty text is an empty block."""
    assert (at(" \n ").height, at("").runs, at("").fits) == (0, (), True)


def test_a_moved_block_moves_whole() -> None:
    """Glyphs, lines and ink go along; nothing else changes."""
    block = at("Tết Sum vầy")
    there = block.moved(10, 20)

    assert there.runs[0].points[0] == (block.runs[0].points[0][0] + 10, block.runs[0].points[0][1] + 20)
    assert (there.lines[0].left, there.lines[0].baseline) == (10, block.lines[0].baseline + 20)
    assert replace(there, runs=(), lines=(), ink_top=0, ink_bottom=0) == replace(
        block, runs=(), lines=(), ink_top=0, ink_bottom=0
    )


def test_ligatures_are_off() -> None:
    """Each letter keeps its glyph, so that text read from a PDF says "office"."""
    assert [len(run.glyphs) for run in at("office ffi").runs] == [10]


def test_cells_of_a_counter_hold_every_digit() -> None:
    """Figures of equal width get cells of that width, and the marks are the face's own."""
    cells = FONTS.digit_cells(FIGURES, 100)
    cmap, names, _, _ = outlines(FIGURES.path)

    assert [names[glyph] for glyph in cells.digits] == [cmap[ord(digit)] for digit in "0123456789"]
    assert (names[cells.group_mark], names[cells.decimal_mark]) == (cmap[ord(".")], cmap[ord(",")])
    figure = replace(BODY, face=FIGURES, bold=FIGURES)
    assert at("0123456789", 100, style=figure).width == pytest.approx(10 * cells.digit_width, rel=0.01)
