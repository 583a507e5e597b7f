"""The check of finished files finds what is wrong, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from hand_page import RESOURCES, TITLE, document, item, poster, print_sheet, read_bytes, run, screen
from pptx import Presentation
from pptx.util import Pt

from producer.diagnostics import Scope, Span
from producer.geometry import Box
from producer.layout.model import Document
from producer.proof.fact import clean, missing_facts
from producer.proof.glyph_text import read_glyphs
from producer.proof.prove import prove
from producer.proof.slide_text import read_pptx
from producer.render.model import Artifact
from producer.render.pdf.render import render_pdf
from producer.render.raster.render import render_raster
from producer.scene.model import Fact, Role

SPAN = Span("data.csv", 7, 3)
BOX = Box(0, 0, 400, 100)


def fact(text: str) -> Fact:
    """A fact of one cell."""
    return Fact("so_luong", text, SPAN)


def page(*lines: str, facts: tuple[str, ...] = ()) -> Document:
    """A screen page of lines."""
    runs = (run(line, 10, 30 + 30 * i, 20) for i, line in enumerate(lines))
    return document(screen(400, 100), item(Role.BODY, BOX, *runs), facts=facts)


@pytest.mark.parametrize(
    "words",
    [
        "28/5/2025",
        "Đồng\u00a0Tháp",
        "To\u0302\u0309 chức",
        "bé\u2060 Ba",
        "trân trọng cảm ơn",
        "1.250",
        "15 %",
    ],
)
def test_a_fact_is_found_however_it_is_set(words: str) -> None:
    """Capitals of a style, joins, line breaks and the form of the accents are how, not what."""
    said = "Ngày 28/5/2025 tại Đồng\nTháp: Tổ  chức cho bé Ba\nTRÂN TRỌNG\nCẢM ƠN (1.250, 15\u00a0%)"
    assert missing_facts((fact(words),), said) == ()


@pytest.mark.parametrize("words", ["28/5/2026", "Đông Tháp", "Tổchức", "đồng tháp"])
def test_a_fact_that_is_off_by_a_sign_is_missing(words: str) -> None:
    """The problem names the field and the words, at the cell, and takes down its row alone."""
    (problem,) = missing_facts((fact(words),), "Ngày 28/5/2025 tại Đồng\nTháp: Tổ chức")

    assert (problem.code, problem.span, problem.scope) == ("proof/fact-missing", SPAN, Scope.ROW)
    assert problem.facts == {"field": "so_luong", "expected": words}


def test_cleaning_twice_changes_nothing() -> None:
    """What was cleaned is clean."""
    text = clean("  Mỹ\u00a0HƯNG\r\n\u00adẤp ")
    assert text == clean(text) == "Mỹ HƯNG Ấp"


@pytest.mark.parametrize(
    "said",
    [
        "128/7/2025",
        "28/7/20250",
        "28/7/2025/1",
        "1.28/7/2025",
        "28/7/2025a",
        "a28/7/2025",
        "28/7/20255",
        "28/7/2025 27/7",
    ],
)
def test_a_fact_inside_another_word_or_figure_is_missing(said: str) -> None:
    """It ends where they do; what stands beside it may be a bracket, a comma, a sign of per cent."""
    facts = (fact("28/7/2025"), *((fact("28/7"),) if " " in said else ()))

    assert missing_facts(facts, said)
    assert missing_facts(facts[:1], "(28/7/2025), 28/7/2025%.") == ()


def test_a_fact_that_is_given_twice_must_be_said_twice() -> None:
    """Each has a place of its own, and a short one is not found inside a long one that needs its place."""
    facts = (fact("1.250"), fact("1.250"), fact("Trao 1.250 suất"))

    assert missing_facts(facts, "Trao 1.250 suất\n1.250\n1.250") == ()
    assert len(missing_facts(facts, "Trao 1.250 suất\n1.250\n1.520")) == 1
    assert len(missing_facts(facts, "Trao 1.250 suất\n1.250")) == 1
    assert len(missing_facts(facts, "1.250 1.250")) == 1


@pytest.mark.parametrize("canvas", [screen(300, 375), print_sheet(297, 420)])
def test_a_pdf_that_says_its_facts_passes(canvas: object) -> None:
    """Size, pages and words of both kinds of file are as they should be."""
    made = poster(canvas, "pdf")  # type: ignore[arg-type]

    assert prove(render_pdf(made, RESOURCES), made, read_bytes) == ()


def test_a_pdf_that_lacks_a_fact_or_a_page_is_found_out() -> None:
    """The file is read, not the page it was made from."""
    two = page("một nghìn", facts=("1.000",))
    made = render_pdf(two, RESOURCES)

    assert [d.code for d in prove(made, two, read_bytes)] == ["proof/fact-missing"]
    longer = replace(two, pages=two.pages * 2, facts=())
    assert [d.code for d in prove(made, longer, read_bytes)] == ["proof/wrong-size", "proof/words-differ"]
    wider = replace(two, canvas=screen(500, 100), facts=())
    assert [d.facts for d in prove(made, wider, read_bytes)] == [
        {"found": "300 × 75 pt", "expected": "375 × 75 pt"}
    ]
    assert [d.code for d in prove(replace(made, data=b"%PDF"), two, read_bytes)] == ["proof/broken-file"]


def test_wide_set_letters_are_still_words() -> None:
    """A reader that sees gaps between tracked capitals finds the fact all the same."""
    line = run("CÔNG ĐOÀN", 10, 50, 20)
    spread = replace(line, points=tuple((x + 6 * i, y) for i, (x, y) in enumerate(line.points)))
    page = document(screen(400, 100), item(Role.BODY, BOX, spread), facts=("Công đoàn",))

    assert prove(render_pdf(page, RESOURCES), page, read_bytes) == ()


def test_a_figure_beside_two_lines_does_not_part_them() -> None:
    """The title is looked up as it was painted, not across the page; and what is not there stays missing."""
    title = item(Role.TITLE, BOX, run("Ngày thành lập", 10, 40, 20), run("Công đoàn Việt Nam", 10, 70, 20))
    figure = item(Role.FIGURE, BOX, run("96 năm", 250, 44, 40))
    told = ("Ngày thành lập Công đoàn Việt Nam", "96 năm", "95 năm")
    page = document(screen(400, 100), title, figure, facts=told)

    missing = prove(render_pdf(page, RESOURCES), page, read_bytes)

    assert [problem.facts["expected"] for problem in missing] == ["95 năm"]


def test_pixels_are_proved_by_their_glyphs_not_by_what_they_claim() -> None:
    """A run that claims one figure and shows another is found out; one that claims nothing passes."""
    honest = page("Trao 1.250 suất", facts=("1.250",))
    line = honest.pages[0].items[0].paints[0]
    liar = replace(run("Trao 1.520 suất", 10, 30, 20), text="Trao 1.250 suất")
    silent = replace(line, text="")

    def with_run(paint: object) -> Document:
        told = replace(honest.pages[0].items[0], paints=(paint,))  # type: ignore[arg-type]
        return replace(honest, pages=(replace(honest.pages[0], items=(told,)),))

    found_out = ["proof/fact-missing", "proof/words-differ"]
    for document_, codes in ((with_run(liar), found_out), (with_run(silent), [])):
        made = render_raster(document_, RESOURCES)
        assert [d.code for d in prove(made, document_, read_bytes)] == codes


def test_glyphs_are_read_as_words_across_runs_and_lines() -> None:
    """A bold figure inside a word touches it; a new line is a gap; the letters are all of Vietnamese."""
    first = run("1.25", 10, 30, 20)
    end = run("1.250", 10, 30, 20).points[-1][0]
    second, third = run("0 ₫", end, 30, 20), run("Ỹ ặ ữ Đ đ", 10, 60, 20)

    made = document(screen(400, 100), item(Role.BODY, BOX, first, second, third))

    assert read_glyphs(made, read_bytes) == "1.250 ₫ Ỹ ặ ữ Đ đ"


def test_a_picture_that_is_cut_short_or_of_another_size_is_found_out() -> None:
    """The bytes are decoded again, to their end."""
    made = render_raster(page(TITLE), RESOURCES)

    def codes(artifact: Artifact) -> list[str]:
        return [d.code for d in prove(artifact, page(TITLE), read_bytes)]

    assert codes(made) == []
    assert codes(replace(made, data=made.data[:-200])) == ["proof/broken-file"]
    assert codes(replace(made, size=(400, 99))) == ["proof/wrong-size"]
    assert codes(replace(made, media_type="image/jpeg")) == ["proof/broken-file"]


def test_a_deck_is_read_through_its_slides() -> None:
    """Text boxes, tables and line breaks count; notes do not."""
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    slide.shapes.add_textbox(Pt(1), Pt(1), Pt(90), Pt(20)).text_frame.text = "Tháng\vCông nhân"
    slide.shapes.add_table(1, 1, Pt(1), Pt(40), Pt(90), Pt(20)).table.cell(0, 0).text = "1.250"
    slide.notes_slide.notes_text_frame.text = "lời nói"
    out = BytesIO()
    deck.save(out)

    assert missing_facts((fact("Tháng Công nhân"), fact("1.250")), read_pptx(out.getvalue())) == ()
    assert missing_facts((fact("lời nói"),), read_pptx(out.getvalue()))


def test_a_file_that_lacks_pages_or_frames_is_found_out() -> None:
    """A picture of two pages shows one, and a clip is as long as its pages; its head says that it is one."""
    made = render_raster(page("một"), RESOURCES)
    two = page("một")
    two = replace(two, pages=two.pages * 2)
    clip = Artifact(b"\0\0\0\x20ftypisom", "video/mp4", (400, 100), 2)

    assert [d.code for d in prove(made, two, read_bytes)] == ["proof/wrong-size"]
    assert prove(clip, two, read_bytes) == ()
    assert [d.code for d in prove(replace(clip, pages=1), two, read_bytes)] == ["proof/wrong-size"]
    assert [d.code for d in prove(replace(clip, data=b"moov"), two, read_bytes)] == ["proof/broken-file"]
