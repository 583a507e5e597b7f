"""What does not fit is told with field, row, px over and about how many letters would fit."""

from __future__ import annotations

import pytest
from small_project import BRAND, EVENTS, Small, slot

from producer.diagnostics import Diagnostic, Level, Span, words
from producer.layout.model import GlyphRun
from producer.layout.text import LEAST_ADVISED, advised
from producer.scene.model import LEAST_SCREEN

LONG = "Hội thao công nhân viên chức lao động chào mừng ngày thành lập công đoàn " * 6
WIDE = "Nghiêng" * 12
NUMBERS = 'numbers: {rows: events, label: title, value: figure, unit: "%s"}'

TIMELINE = 'way: {rows: events, when: "{day | day-month}", text: "{place}"}'


def small(template: str, *, title: str = "Ngày hội", place: str = "Sân", **more: str) -> Small:
    """A project of one row with these words."""
    row = f'A1,,2025-07-28,07:30,"{title}",Vì đoàn viên,"{place}",,1250,\n'
    return Small(template=template, events=EVENTS.partition("\n")[0] + "\n" + row, **more)


OVER = {
    "a text": (small(slot("text", "title", style="body"), title=LONG), "layout/text-over", "title"),
    "a joined group": (small(slot("text", "title", style="body"), title=WIDE), "layout/group-over", "title"),
    "an item of a list": (
        small(slot("list", "facts", items='["{place}"]'), place=LONG),
        "layout/text-over",
        "facts",
    ),
    "a figure with its unit": (
        small(slot("numbers", "numbers"), fill="{" + NUMBERS % WIDE + "}"),
        "layout/group-over",
        "numbers",
    ),
    "a moment of a timeline": (
        small(slot("timeline", "way"), fill="{" + TIMELINE + "}", place=WIDE),
        "layout/group-over",
        "way",
    ),
    "the words under a code": (
        small(slot("qr", "link", text='"https://example.org"', label=WIDE)),
        "layout/group-over",
        "link",
    ),
    "an address": (
        small(slot("qr", "link", text='"https://example.org/{place}"'), place="a" * 400),
        "layout/code-over",
        "link",
    ),
    "an address that no code holds": (
        small(slot("qr", "link", text='"https://example.org/{place}"'), place="a" * 4000),
        "layout/code-over",
        "link",
    ),
    "a word of a table": (
        small(slot("table", "rows"), fill="{rows: {rows: events, columns: {title: Tên, place: Nơi}}}", place=WIDE),
        "layout/table-over",
        "rows",
    ),
}  # fmt: skip


def problem(project: Small, code: str) -> Diagnostic:
    """The one problem of a code."""
    found = {one.code: one for one in project.refused()}
    assert code in found, sorted(found)
    return found[code]


@pytest.mark.parametrize("what", OVER)
def test_what_is_over_says_where_and_by_how_much(what: str) -> None:
    """Whatever element it is: field, row, px over, and fewer letters than there are; in both languages."""
    project, code, field = OVER[what]
    told = problem(project, code)

    assert told.facts["field"] == field
    assert told.facts["row"] == "A1"
    assert int(told.facts["over"]) >= 1
    letters = len(str(told.facts["group"])) if "group" in told.facts else int(told.facts["letters"])
    assert 0 <= int(told.facts["fit"]) < letters
    for language in ("vi", "en"):
        text, advice = words(told, language)
        assert "A1" in text
        assert str(told.facts["over"]) in text
        assert not told.facts["fit"] or str(told.facts["fit"]) in advice


def test_letters_that_fit_do_fit() -> None:
    """An author who cuts the address to the length that is told has a code."""
    start = "https://example.org/"

    def linked(letters: int) -> Small:
        made = small(slot("qr", "link", text=f'"{start}{{place}}"'), place="a" * (letters - len(start)))
        return made.but(channels="  anh: {kind: image, size: [1080, 1350], formats: [png]}\n")

    most = int(problem(linked(900), "layout/code-over").facts["fit"])

    assert most > len(start)
    assert linked(most).refused() == ()
    assert [one.code for one in linked(most + 1).refused()] == ["layout/code-over"]


def test_a_figure_never_shrinks_below_what_can_be_read() -> None:
    """A long unit makes the figures of cards smaller, down to the least size, then it is an error."""
    unit = "lượt người trên một nghìn đoàn viên"
    page = small(slot("numbers", "numbers"), fill="{" + NUMBERS % unit + "}").document().pages[0]
    sizes = [paint.size for item in page.items for paint in item.paints if isinstance(paint, GlyphRun)]

    assert min(sizes) >= LEAST_SCREEN * 360 / 100 - 0.01


@pytest.mark.parametrize(("fit", "letters", "told"), [
    (60, 200, 60), (LEAST_ADVISED, 9, LEAST_ADVISED), (0, 9, 0), (1, 9, 0), (60, 60, 0), (70, 60, 0),
])  # fmt: skip
def test_only_what_helps_is_advised(fit: int, letters: int, told: int) -> None:
    """Nobody is asked to shorten a text to nothing, or to as many letters as it has."""
    assert advised(fit, letters) == told


@pytest.mark.parametrize("language", ["vi", "en"])
def test_without_a_length_another_way_is_told(language: str) -> None:
    """Where no shortening helps, the help speaks of the template and the channel."""
    facts = {"field": "title", "row": "A1", "letters": 9, "lines": 2, "limit": 0, "over": 3}
    short, far = (
        words(Diagnostic("layout/text-over", Span(""), {**facts, "fit": fit}), language)[1] for fit in (8, 0)
    )
    assert "8" in short
    assert "0" not in far
    assert far


def test_a_title_of_fifty_words_is_told() -> None:
    """It fits, and nobody reads it: a note, which stops nothing."""
    plain = small(slot("text", "title", style="small"), title="Ngày hội " * 12).document()
    assert plain.problems == ()
    long = small(slot("text", "title", style="small"), title="Ngày hội " * 25).document()
    assert [(one.code, one.level, one.facts["count"]) for one in long.problems] == [
        ("layout/long-title", Level.NOTE, 50)
    ]


def test_the_letter_that_is_missing_is_named() -> None:
    """A selector of emoji behind a letter is told as itself: the letter before it is in the font."""
    (told,) = small(slot("text", "title", style="body"), title="Hội\N{VARIATION SELECTOR-16}").refused()
    assert (told.code, told.facts["codepoint"]) == ("text/missing-glyph", "U+FE0F")


def test_a_divider_stays_in_its_cell() -> None:
    """One that is longer than its cell is wide would run over its neighbour or the page's edge: it is told."""
    template = slot("text", "title", style="body", treatment="bar")
    brand = BRAND.replace("bar: {divider: {ink: accent}}", "bar: {divider: {ink: accent, length: 60%}}")
    narrow = template.replace("{any: title}", '{any: "title . ."}')
    assert small(template, brand=brand).refused() == ()
    assert [one.code for one in small(narrow, brand=brand).refused()] == ["layout/no-room"]
