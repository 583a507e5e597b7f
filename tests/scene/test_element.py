"""Slots become elements."""

from __future__ import annotations

from decimal import Decimal

import pytest
from small_project import CHANNELS, EVENTS, ORGANISATION, TEMPLATE, Small, elements, said, slot

from producer.brand.model import FrameShape, Ink, LookKind
from producer.diagnostics import ProducerError, Scope
from producer.recipe.model import SlotType
from producer.scene.element import BUILDERS
from producer.scene.model import (
    ChartElement,
    ChartKind,
    Element,
    ListElement,
    NumberCard,
    NumberElement,
    NumbersElement,
    PictureElement,
    QrElement,
    Run,
    SignatureElement,
    TableElement,
    TextElement,
    TimelineElement,
)


def made(template: str, fill: str = "", **more: str) -> Element:
    """The element of a template's one slot."""
    (element,) = elements(Small(template=template, fill=fill, **more).scene()).values()
    return element


def refused(small: Small) -> list[tuple[str, Scope, str]]:
    """The problems of composing: code, scope, and the column or file that they point at."""
    with pytest.raises(ProducerError) as caught:
        small.scene()
    return [(one.code, one.scope, one.span.field or one.span.file) for one in caught.value.diagnostics]


@pytest.mark.parametrize(
    ("fill", "words"),
    [
        ("", "Vì đoàn viên"),  # the column of its own name
        ("{message: Chào}", "Chào"),
        ('{message: "{title}: {figure | number} suất, {{ok}}"}', "Ngày hội công nhân: 1.250 suất, {ok}"),
    ],
)
def test_a_text_is_the_recipes_else_the_rows(fill: str, words: str) -> None:
    """The recipe goes before the column that is called like the slot."""
    assert said(made(slot("text", "message"), fill)) == words


def test_a_text_of_the_template_goes_before_the_column() -> None:
    """What the template says stands where the recipe says nothing."""
    assert said(made(slot("text", "message", text='"{place}"'))) == "Nhà văn hóa xã Thử"


def test_stars_set_words_bold() -> None:
    """``*…*`` is bold; an odd star is a star."""
    text = made(slot("text"), '{it: "Trao *1.250* suất"}')
    odd = made(slot("text"), '{it: "5 * 3"}')

    assert isinstance(text, TextElement)
    assert isinstance(odd, TextElement)
    assert text.runs == (Run("Trao "), Run("1.250", bold=True), Run(" suất"))
    assert odd.runs == (Run("5 * 3"),)


@pytest.mark.parametrize("cell", ["Khách sạn 5* và 4*", "2 * 3 * 4", "*đậm*"])
def test_stars_of_a_value_stay_stars(cell: str) -> None:
    """What stands in a cell is shown as it is, in a column of the slot's own and inside a sentence."""
    events = EVENTS.replace("Vì đoàn viên", cell)
    own = made(slot("text", "message"), events=events)
    inside = made(slot("text"), '{it: "Xem *{message}* nhé"}', events=events)

    assert isinstance(own, TextElement)
    assert isinstance(inside, TextElement)
    assert own.runs == (Run(cell),)
    assert inside.runs == (Run("Xem "), Run(cell, bold=True), Run(" nhé"))


def test_a_list_keeps_the_stars_of_its_rows() -> None:
    """Items are texts like any other."""
    listed = made(
        slot("list", items='["*Nơi:* {place}"]'), events=EVENTS.replace("Nhà văn hóa", "Hội trường 2*")
    )

    assert isinstance(listed, ListElement)
    assert listed.items[0].runs == (Run("Nơi:", bold=True), Run(" Hội trường 2* xã Thử"))


def test_emphasis_has_an_ink_that_can_be_read() -> None:
    """Words between stars take the slot's role; one that cannot be read on the ground gives way to the text's."""
    text = made(slot("text", emphasis="accent"), '{it: "Trao *1.250* suất"}')
    faint = made(slot("text", emphasis="good"), '{it: "Trao *1.250* suất"}')  # green on green

    assert isinstance(text, TextElement)
    assert isinstance(faint, TextElement)
    assert [run.ink for run in text.runs] == [None, Ink("sun"), None]
    assert faint.runs[1] == Run("1.250", Ink("white"), bold=True)


@pytest.mark.parametrize("blank", ["\u200b", " \u2060\ufeff", "\u00ad\u200d"])
def test_what_cannot_be_seen_is_no_text(blank: str) -> None:
    """A cell or a text of zero-width signs alone is empty, and a slot that needs words says so."""
    events = EVENTS.replace("Ngày hội công nhân", blank)

    assert [code for code, _, _ in refused(Small(events=events))] == ["scene/empty-slot"]
    assert [code for code, _, _ in refused(Small(fill=f'{{title: "{blank}"}}'))] == ["scene/empty-slot"]


def test_an_empty_value_empties_the_whole_text() -> None:
    """No half sentence: where one value is missing, an optional slot gives up its place."""
    small = Small(template=TEMPLATE.replace("style: lead", 'style: lead, text: "Lời: {message}"'))

    assert "message" in elements(small.scene(0))
    assert "message" not in elements(small.scene(1))


def test_a_slot_that_must_be_filled_is_told_at_its_cell() -> None:
    """The author is sent to the row and column that are empty; only that row's files fail."""
    small = Small(template=TEMPLATE.replace("style: lead, optional: true", "style: lead"))

    with pytest.raises(ProducerError) as caught:
        small.scene(1)

    (problem,) = caught.value.diagnostics
    assert (problem.code, problem.scope) == ("scene/empty-slot", Scope.ROW)
    assert (problem.span.file, problem.span.line, problem.span.field) == ("assets/events.csv", 3, "message")


def test_items_of_a_list_give_up_their_place_too() -> None:
    """An item whose column is empty is left out, the others close up."""
    items = '["{place}", "{message}", "Vào cửa tự do"]'
    full, short = (Small(template=slot("list", items=items)).scene(at) for at in (0, 1))

    def told(element: Element) -> list[str]:
        assert isinstance(element, ListElement)
        return ["".join(run.text for run in item.runs) for item in element.items]

    assert told(elements(full)["it"]) == ["Nhà văn hóa xã Thử", "Vì đoàn viên", "Vào cửa tự do"]
    assert told(elements(short)["it"]) == ["Sân vận động huyện Thử", "Vào cửa tự do"]


def test_steps_of_rows_are_numbered() -> None:
    """A list may speak of rows of its own; steps have figures."""
    steps = made(slot("steps"), '{it: {rows: events, text: "{title}"}}')

    assert isinstance(steps, ListElement)
    assert steps.numbered
    assert [item.runs[0].text for item in steps.items] == ["Ngày hội công nhân", "Tết Sum vầy"]


def test_more_rows_than_a_slot_can_show_are_refused() -> None:
    """Nothing is dropped silently."""
    small = Small(template=slot("steps", most="1"), fill='{it: {rows: events, text: "{title}"}}')

    assert refused(small)[0][:2] == ("scene/too-many-items", Scope.ROW)


def test_a_photograph_has_its_frame_and_look() -> None:
    """Roles of the brand are inks by now; what it shows is said in words."""
    photo = made(slot("photo", "photo", treatment="round", label="Ảnh"))

    assert isinstance(photo, PictureElement)
    assert (photo.frame, photo.bleed, photo.find_focus) == (FrameShape.ROUNDED, False, True)
    assert photo.look is not None
    assert (photo.look.kind, photo.look.dark, photo.look.strength) == (LookKind.DUOTONE, Ink("night"), 0.6)
    assert (photo.picture.width, photo.picture.height, photo.picture.vector) == (160, 120, True)
    assert photo.alt == "Ngày hội công nhân"


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("none.jpg", "photo/missing"),
        ("../out.jpg", "recipe/outside-project"),
        ("text.jpg", "photo/no-picture"),
    ],
)
def test_a_picture_that_cannot_be_used_is_told(path: str, code: str) -> None:
    """Missing, outside the folder, or no picture: each is a problem of its row."""
    small = Small(template=slot("photo"), fill=f"{{it: {path}}}", more={"text.jpg": "chữ"})

    assert [problem[:2] for problem in refused(small)] == [(code, Scope.ROW)]


def test_a_number_counts_to_its_amount() -> None:
    """It is shown as it is written, with its unit and label."""
    number = made(
        slot("number", "figure", text='"{place}"', count="up"), "{figure: {value: figure, unit: suất}}"
    )

    assert isinstance(number, NumberElement)
    assert (number.text, number.amount, number.decimals, number.counts) == ("1.250", Decimal(1250), 0, True)
    assert (number.suffix, number.label) == ("suất", "Nhà văn hóa xã Thử")


@pytest.mark.parametrize("value", ["chữ", "NaN", "{title}"])
def test_words_are_no_figure(value: str) -> None:
    """A text in place of a figure is told, at its cell where it is one."""
    small = Small(template=slot("number", "figure"), fill=f'{{figure: {{value: "{value}"}}}}')

    code, scope, place = refused(small)[0]
    assert (code, scope) == ("data/wrong-type", Scope.ROW)
    assert place == ("title" if value == "{title}" else "recipes/thu/recipe.yaml")


INDICATORS = {
    "data": "  kpi: {file: assets/kpi.csv, id: id, types: {now: number, aim: number}}\n",
    "more": {"assets/kpi.csv": "id,name,unit,now,aim\nK1,Bài,%,95,90\nK2,Tin,%,40,90\nK3,Quà,đồng,,5\n"},
}


def test_cards_say_how_far_it_is() -> None:
    """Reached, short and unknown; what is unknown is never nought, and money has its word."""
    fill = (
        '{it: {rows: kpi, value: now, target: aim, label: name, unit: unit, note: "{aim}", empty: chưa có}}'
    )
    cards = made(slot("numbers"), fill, **INDICATORS)  # type: ignore[arg-type]

    assert isinstance(cards, NumbersElement)
    assert cards.cards == (
        NumberCard(
            "95%", "", "Bài", "Đạt: 90", pytest.approx(95 / 90), met=True, track=pytest.approx(100 / 90)
        ),
        NumberCard(
            "40%", "", "Tin", "Chưa đạt: 90", pytest.approx(40 / 90), met=False, track=pytest.approx(100 / 90)
        ),
        NumberCard("–", "", "Quà", "chưa có", None, None),
    )


def test_a_period_that_runs_is_not_short() -> None:
    """``running: yes`` leaves open what may still be reached."""
    fill = "{it: {rows: kpi, value: now, target: aim, label: name, running: yes}}"
    cards = made(slot("numbers"), fill, **INDICATORS)  # type: ignore[arg-type]

    assert [card.met for card in cards.cards] == [True, None, None]  # type: ignore[union-attr]


def test_a_chart_keeps_what_is_missing() -> None:
    """A missing value is nothing, and reads so in the words for those who cannot see it."""
    fill = "{it: {rows: kpi, type: bar, x: id, y: now, target: aim, title: Kết quả, names: {K1: Một, now: Đã làm}}}"
    chart = made(slot("chart"), fill, **INDICATORS)  # type: ignore[arg-type]

    assert isinstance(chart, ChartElement)
    assert (chart.kind, chart.categories) == (ChartKind.BAR, ("Một", "K2", "K3"))
    assert chart.values == (Decimal(95), Decimal(40), None)
    assert chart.targets == (Decimal(90), Decimal(90), Decimal(5))
    assert (chart.series, chart.highlight, chart.series_name) == (Ink("leaf"), Ink("sun"), "Đã làm")
    assert chart.alt == "Kết quả: Một: 95; K2: 40; K3: chưa có số liệu"


def test_a_table_knows_its_columns_of_figures() -> None:
    """Figures stand to the right, an empty cell has its sign, and the head may filter."""
    fill = "{it: {rows: kpi, columns: {name: Tên, now | percent: Nay}}}"
    table = made(slot("table"), fill, **INDICATORS)  # type: ignore[arg-type]

    assert isinstance(table, TableElement)
    assert (table.header, table.figures) == (("Tên", "Nay"), (False, True))
    assert table.rows == (("Bài", "95%"), ("Tin", "40%"), ("Quà", "–"))


def test_a_timeline_knows_what_is_past() -> None:
    """By the recipe's `today`, never by a clock."""
    events = EVENTS.replace("2025-07-28", "2025-11-03").replace("2025-01-12", "2025-11-04")
    fill = '{it: {rows: events, when: "{day | day-month}", text: "{title}"}}'
    timeline = made(slot("timeline"), fill, events=events, take="all")

    assert isinstance(timeline, TimelineElement)
    assert [(e.when, e.text, e.done) for e in timeline.entries] == [
        ("3/11", "Ngày hội công nhân", True),
        ("4/11", "Tết Sum vầy", False),
    ]


@pytest.mark.parametrize(
    ("kind", "settings"),
    [
        ("numbers", "value: now, label: name"),
        ("chart", "x: id, y: now"),
        ("table", "columns: {id: Mã}"),
        ("timeline", "when: '{id}', text: '{id}'"),
        ("steps", "text: '{id}'"),
    ],
)
def test_no_rows_are_an_empty_slot(kind: str, settings: str) -> None:
    """A view without rows is told as any empty slot is, and never reaches the layout."""
    none = "  none: {from: kpi, only: {id: X}}\n"
    small = Small(
        template=slot(kind),
        fill=f"{{it: {{rows: none, {settings}}}}}",
        data=f"{INDICATORS['data']}{none}",
        more=INDICATORS["more"],  # type: ignore[arg-type]
    )

    assert {problem[0] for problem in refused(small)} == {"scene/empty-slot"}


def test_a_code_leads_to_its_address() -> None:
    """Dark on light, whatever it stands on."""
    code = made(slot("qr", label="Quét mã"), "{it: 'https://congdoan.example/A1'}")

    assert isinstance(code, QrElement)
    assert (code.payload, code.caption) == ("https://congdoan.example/A1", "Quét mã")
    assert (code.ink, code.paper) == (Ink("soot"), Ink("white"))


def test_a_page_shows_one_code() -> None:
    """Where a page has a code of its own, its signature has none."""
    organisation = ORGANISATION.replace("}", ', link: "https://congdoan.example"}')
    code = '  code: {type: qr, style: small, text: "https://congdoan.example/A1"}\n  sign:'
    template = TEMPLATE.replace("  sign:", code).replace("facts\\nsign", "facts\\ncode\\nsign")
    linked = {"brand/organisation.yaml": organisation}
    alone, beside = (elements(Small(template=t, more=linked).scene())["sign"] for t in (TEMPLATE, template))

    assert isinstance(alone, SignatureElement)
    assert isinstance(beside, SignatureElement)
    assert alone.payload.startswith("https://congdoan.example")
    assert beside.payload == ""


def test_a_label_without_letters_stands_after_its_figure() -> None:
    """12% is one word; a label of letters stands under the figure."""
    share, amount = (
        made(slot("number", style="number", text=f'"{text}"'), "{it: {value: figure}}")
        for text in ("%", "lượt")
    )

    assert isinstance(share, NumberElement)
    assert isinstance(amount, NumberElement)
    assert (share.suffix, share.label) == ("%", "")
    assert (amount.suffix, amount.label) == ("", "lượt")


def test_who_signs_goes_by_the_day_of_the_event() -> None:
    """Before July the district, since then the commune."""
    signatures = [elements(scene)["sign"] for scene in Small().scenes()]

    assert [s.unit for s in signatures if isinstance(s, SignatureElement)] == [
        "Công đoàn xã Thử",
        "Liên đoàn Lao động huyện Thử",
    ]


def test_nobody_may_sign() -> None:
    """A day before the first profile is told at the row."""
    small = Small(events=EVENTS.replace("2025-07-28", "2001-07-28"))

    assert [problem[:2] for problem in refused(small)] == [("scene/no-profile", Scope.ROW)]


def test_the_mark_is_large_enough_for_its_medium() -> None:
    """Millimetres count in print, pixels on screens."""
    channels = CHANNELS + "  giay: {kind: print, trim: [90, 120], formats: [pdf]}\n"
    small = Small(channels=channels, used="anh, giay")
    sides = [elements(scene)["sign"].mark_least for scene in small.scenes()[:2]]  # type: ignore[union-attr]

    assert sides == [64, pytest.approx(15 / 25.4 * 72)]


def test_every_type_of_slot_is_made_or_holds_nothing() -> None:
    """Only rows and sound have no element."""
    assert set(SlotType) - set(BUILDERS) == {SlotType.ROWS, SlotType.SOUND}
