"""A draft goes to JSON and back, and says what is wrong with it at its fields."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.diagnostics import ProducerError
from producer.requests.draft import Draft, Photo, clean, from_json, problems, to_json
from producer.requests.form import Choice, Field, FieldKind, Form

DAY = date(2025, 4, 15)
texts = st.text(max_size=60).map(clean)
drafts = st.builds(
    Draft,
    template=texts,
    today=st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    values=st.dictionaries(texts, texts, max_size=6),
    look=texts,
    channels=st.lists(texts, max_size=3).map(tuple),
    row=texts,
    event=texts,
    unit=texts,
    photos=st.dictionaries(
        texts,
        st.builds(
            Photo,
            digest=st.text("0123456789abcdef", min_size=64, max_size=64),
            credit=texts,
            consent=st.sampled_from(["none_needed", "event_notice", "yes", "unknown"]),
            focus=st.none() | st.tuples(st.integers(0, 100), st.integers(0, 100)),
            alt=texts,
        ),
        max_size=2,
    ),
    language=st.sampled_from(["vi", "en"]),
)


@given(drafts)
def test_json_gives_back_what_it_took(draft) -> None:
    """Whatever letters people type."""
    assert from_json(to_json(draft)) == draft


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "{}",
        '{"version": 2}',
        to_json(Draft("t", DAY)).replace('"look": ""', '"look": 7'),
        to_json(Draft("t", DAY)).replace('"values": {}', '"values": {"a": ["b"]}'),
        to_json(Draft("t", DAY)).replace('"photos": {}', '"photos": {"photo": {"digest": "../../etc"}}'),
        to_json(Draft("t", DAY)).replace("2025-04-15", "2025-04-31"),
        "[" * 10_000,
        '{"a": "' + "x" * 70_000 + '"}',
        to_json(Draft("t", DAY, {"a": "x" * 70_000})),
    ],
)
def test_what_is_no_draft_is_one_problem(text) -> None:
    """Whoever writes the request by hand meets no traceback."""
    with pytest.raises(ProducerError) as caught:
        from_json(text)
    assert [one.code for one in caught.value.diagnostics] == ["request/unreadable"]


def test_control_letters_and_half_letters_go() -> None:
    """A NUL, a lone surrogate or a carriage return reaches no sheet."""
    assert clean("Hội\x00 thao\ud800\r\nNăm\x1b[31m ") == "Hội thao\nNăm[31m"


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("title", "", "request/missing"),
        ("start_date", "ngày mai", "request/not-a-date"),
        ("start_date", "2025-02-30", "request/not-a-date"),
        ("start_time", "sáng", "request/not-a-time"),
        ("title", "x" * 2_001, "request/too-long"),
        ("no_such", "x", "request/unknown-field"),
    ],
)
def test_each_problem_is_at_its_field(shown, key, value, code) -> None:
    """An unknown field is a problem of the whole: there is nothing to put it beside."""
    example = shown.example("su-kien")
    draft = replace(example, values={**example.values, key: value})
    found = [(one.span.field, one.code) for one in problems(draft, shown.form("su-kien"))]
    assert found == [("" if code == "request/unknown-field" else key, code)]


def test_choices_photographs_and_channels(shown) -> None:
    """What was not on offer is told, and a photograph without its photographer or consent."""
    example = shown.example("su-kien")
    photo = Photo("0" * 64)
    draft = replace(
        example, look="dep", channels=("fb-post-square", "gio"), photos={"photo": photo, "x": photo}
    )
    found = {(one.span.field, one.code) for one in problems(draft, shown.form("su-kien"))}
    assert found == {
        ("look", "request/unknown-choice"),
        ("channels", "request/unknown-choice"),
        ("photo", "request/no-credit"),
        ("photo", "request/no-consent"),
        ("", "request/unknown-field"),
    }
    none = problems(replace(example, channels=()), shown.form("su-kien"))
    assert [one.code for one in none] == ["request/no-channel"]


def test_a_field_that_hides_another_is_told(shown) -> None:
    """Role and unit share a line of a certificate: one without the other is not shown, and that is no silence."""
    example = shown.example("chung-nhan")
    draft = replace(example, values={**example.values, "role": ""})
    found = [
        (one.span.field, one.code, one.facts["others"]) for one in problems(draft, shown.form("chung-nhan"))
    ]
    assert found == [("role", "request/half-filled", "Đơn vị công tác")]


def test_a_number_and_a_flag(shown) -> None:
    """Numbers are read as sheets are, and a flag takes no other word."""
    example = shown.example("guong")
    draft = replace(example, values={**example.values, "figure": "nhiều"})
    assert [one.code for one in problems(draft, shown.form("guong"))] == ["request/not-a-number"]
    feast = shown.example("chuc-mung")
    waved = replace(feast, values={**feast.values, "flag": "maybe"})
    assert [one.code for one in problems(waved, shown.form("chuc-mung"))] == ["request/unknown-choice"]


def test_a_list_has_an_item_on_each_line() -> None:
    """Too many are told, and the mark that parts the items of a cell."""
    steps = Field("steps", FieldKind.LIST, "Các bước")
    form = Form("t", "", (steps,), (Choice("", ""),), (Choice("c", ""),), {"steps": ("steps",)}, (), "vi")
    draft = Draft("t", DAY, {"steps": "\n".join(["một; hai"] * 21)}, channels=("c",))
    assert [one.code for one in problems(draft, form)] == ["request/many-items", "request/semicolon"]


def test_a_piece_that_nobody_makes_cannot_be_asked_for(shown) -> None:
    """A template that no recipe shows has no example; the album needs a designer."""
    with pytest.raises(ProducerError) as caught:
        shown.example("album")
    assert [one.code for one in caught.value.diagnostics] == ["request/unknown-kind"]
