"""A template becomes the form that staff fill in."""

import tomllib

import pytest

from producer.requests.form import (
    DATE_FILTERS,
    NUMBER_FILTERS,
    TIME_FILTERS,
    FieldKind,
    is_askable,
)
from producer.scene.filter import FILTERS

TEXT_FILTERS = {"quarter", "hashtag", "tidy", "institution", "slug"}
WORDS = ("form", "staff")


def test_every_filter_says_what_its_column_holds() -> None:
    """A filter that is added without a word here would turn a day into a plain text field."""
    known = [*DATE_FILTERS, *TIME_FILTERS, *NUMBER_FILTERS, *TEXT_FILTERS]
    assert sorted(known) == sorted(FILTERS)


def test_an_event_poster_asks_for_what_it_shows(shown) -> None:
    """Fields stand in the order of the page; what it cannot do without is required, in the template's own words."""
    form = shown.form("su-kien")
    asked = [(field.key, field.kind, field.required) for field in form.fields]
    assert asked == [
        ("register", FieldKind.EVENT, False),
        ("photo", FieldKind.PHOTO, False),
        ("organiser", FieldKind.TEXT, True),
        ("title", FieldKind.TEXT, True),
        ("message", FieldKind.LONG, False),
        ("start_date", FieldKind.DATE, True),
        ("start_time", FieldKind.TIME, True),
        ("place", FieldKind.TEXT, False),
        ("hashtags", FieldKind.TEXT, False),
        ("post", FieldKind.LONG, False),
    ]
    title = form.field("title")
    assert title is not None
    assert (title.label, title.help) == ("Tên sự kiện", "Không quá 12 từ")
    assert [look.value for look in form.looks] == ["anh-tren", "anh-nen", "mang-mau"]
    assert {channel.group for channel in form.channels} >= {"Facebook", "In", "Chèn vào bài trình bày"}


def test_what_needs_a_recipe_cannot_be_asked_for(shown) -> None:
    """Charts, tables and pages of rows are the designer's; every other template of the starter is on offer."""
    names = {path.rpartition("/")[2].removesuffix(".yaml") for path in shown.world.files("brand/templates")}
    kinds = {kind.template for kind in shown.kinds()}
    assert names - kinds == {"album", "bao-cao", "con-so"}
    assert not is_askable(shown.state.template("con-so"))


def test_a_flag_is_chosen_and_a_label_of_another_slot_is_not_taken(shown) -> None:
    """A column that two slots show has the label of its own."""
    flag = shown.form("chuc-mung").field("flag")
    assert flag is not None
    assert (flag.kind, [choice.value for choice in flag.choices]) == (FieldKind.CHOICE, ["", "có"])
    title = shown.form("qua-tang").field("title")
    assert title is not None
    assert title.label == "Tên dịp"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_word_of_every_form_is_known(shown, language) -> None:
    """No field is called by its column, and in English nothing is left in Vietnamese."""
    for kind in shown.kinds():
        form = shown.form(kind.template, language)
        for field in form.fields:
            assert field.label != field.key, (kind.template, field.key)
        if language == "en":
            own = shown.form(kind.template, "vi")
            same = {form.about} & {own.about}
            same |= {one.label for one in form.fields} & {one.label for one in own.fields}
            same |= {one.help for one in form.fields if one.help} & {one.help for one in own.fields}
            same |= {one.label for one in (*form.looks, *form.channels) if one.label} & {
                one.label for one in (*own.looks, *own.channels)
            }
            assert same <= UNTRANSLATED, kind.template


UNTRANSLATED = {"YouTube Shorts", "Anh, Chị, Ông, Bà"}  # the same in both


@pytest.mark.parametrize("name", WORDS)
def test_both_languages_have_the_same_words(name) -> None:
    """Whoever adds a sentence adds it twice."""
    from producer.diagnostics import catalogue

    vi, en = (tomllib.loads(text(f"{name}.{language}")) for language in ("vi", "en"))
    assert flat(vi) == flat(en)
    if name == "staff":
        assert set(vi) - {"other"} <= set(catalogue("vi"))
        assert list(vi) == sorted(vi)


def flat(table: dict, above: str = "") -> set[str]:
    """Every path of a table."""
    return {
        path
        for key, value in table.items()
        for path in (flat(value, f"{above}.{key}") if isinstance(value, dict) else {f"{above}.{key}"})
    }


def text(name: str) -> str:
    """A catalogue as it is written."""
    from importlib import resources

    return (resources.files("producer") / "messages" / f"{name}.toml").read_text("utf-8")


def test_an_unknown_template_is_a_problem(shown) -> None:
    """Not a traceback."""
    from producer.diagnostics import ProducerError

    with pytest.raises(ProducerError) as caught:
        shown.form("khong-co")
    assert [one.code for one in caught.value.diagnostics] == ["plan/unknown-template"]
