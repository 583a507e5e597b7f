"""What staff see while typing is what they get."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from producer.diagnostics import Level
from producer.kept import NO_NOTES
from producer.pipeline import composed, prepare, real_stages
from producer.recipe.model import Kind
from producer.requests.draft import from_json, to_json
from producer.requests.recipe_folder import materialise
from producer.requests.workshop import line_breaks
from producer.world import FolderWorld


def finished_breaks(project, folder, stages) -> list[dict]:
    """The line breaks of every file of a request, read from the disk by the real stages."""
    world = FolderWorld(project)
    road = prepare(f"{folder}/recipe.yaml", world, stages)
    layout = stages.prepare_layout(world.read_bytes, NO_NOTES)
    scenes = [composed(job, road, stages).scene for job in road.plan.jobs]
    return [line_breaks(layout(scene)) for scene in scenes if scene is not None]


def test_line_breaks_are_the_final_ones(shown, project) -> None:
    """Of every still template in every look: the preview is the page, painted smaller."""
    stages, compared = real_stages(), 0
    for kind in shown.kinds():
        if shown.state.template(kind.template).kind is not Kind.STILL:
            continue
        form = shown.form(kind.template)
        for look in form.looks:
            draft = replace(kind.example, look=look.value, channels=kind.example.channels[:1])
            preview = shown.preview(draft)
            if not preview.png:  # a look that cannot show this example says so, and is no file either
                assert [one for one in preview.problems if one.level is Level.ERROR]
                continue
            folder = f"recipes/thu-{kind.template}-{look.value}"
            materialise(draft, form, project, folder)
            assert [preview.line_breaks] == finished_breaks(project, folder, stages), (
                kind.template,
                look.value,
            )
            assert preview.line_breaks
            compared += 1
    assert compared > 35


def test_a_preview_is_a_picture_of_the_asked_width(shown) -> None:
    """And the shape of its channel, the first picture of those that are asked for."""
    example = replace(shown.example("su-kien"), channels=("poster-a3", "fb-post-square"))
    with Image.open(BytesIO(shown.preview(example, 300).png)) as image:
        assert image.size == (300, 300)
    with Image.open(BytesIO(shown.preview(example, 300, "poster-a3").png)) as image:
        assert image.size == (300, 424)


def test_an_empty_form_is_shown_with_the_examples_words(shown) -> None:
    """What is borrowed is named, so that nobody takes it for theirs; such a draft cannot be sent."""
    empty = replace(shown.example("su-kien"), values={}, event="")
    preview = shown.preview(empty)
    assert preview.png
    assert set(preview.borrowed) == {"organiser", "title", "start_date", "start_time"}
    assert not preview.is_whole
    assert {one.code for one in preview.problems} == {"request/missing"}
    assert shown.preview(shown.example("su-kien")).is_whole


def test_too_long_says_how_much_and_what_fits(shown) -> None:
    """In Vietnamese, at the field, with the number of letters; what it advises fits."""
    example = shown.example("su-kien")
    long = "Hội thao chào mừng ngày thành lập Công đoàn Việt Nam " * 12
    preview = shown.preview(replace(example, values={**example.values, "title": long.strip()}))
    (problem,) = [one for one in preview.problems if one.level is Level.ERROR]
    assert (preview.png, problem.field) == (b"", "title")
    assert problem.over == len(long.strip()) - problem.fit
    assert f"{problem.over} ký tự" in problem.text
    assert f"{problem.fit} ký tự" in problem.fix
    shorter = replace(example, values={**example.values, "title": long[: problem.fit].strip()})
    assert shown.preview(shorter).png


def test_a_wrong_weekday_is_told_beside_its_field_and_the_page_is_still_shown(shown) -> None:
    """Whoever types sees the page go on; it cannot be sent."""
    example = shown.example("su-kien")
    draft = replace(example, values={**example.values, "message": "Khai mạc thứ Hai, 13/4/2025"})
    preview = shown.preview(draft)
    (problem,) = [one for one in preview.problems if one.level is Level.ERROR]
    assert (problem.field, problem.code) == ("message", "facts/wrong-weekday")
    assert preview.png
    assert not preview.is_whole


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_problem_speaks_of_files(shown, language) -> None:
    """Staff have no sheet, no recipe and no `accept:`."""
    example = replace(shown.example("su-kien"), language=language)
    wild = {
        "title": "Hội thao " * 80, "message": "ngày 31/2/2025 \u200b 🦄", "start_date": "x", "start_time": "25:99",
        "organiser": "", "photo": "photos/none.jpg", "place": "x" * 900,
    }  # fmt: skip
    for key, value in wild.items():
        told = shown.preview(replace(example, values={**example.values, key: value})).problems
        assert told, key
        for one in told:
            words = f"{one.text} {one.fix}"
            assert not any(word in words for word in ("accept", ".csv", ".yaml", "with:", "{", "px")), words


def test_hostile_words_are_only_words(shown) -> None:
    """Braces, filters and templates of other engines stand on the page as they were typed."""
    example = shown.example("su-kien")
    for said in ("{{7*7}}", "{title | upper}", "{organisation.name}", "${x}", "<script>", "=1+1", "{place}"):
        preview = shown.preview(replace(example, values={**example.values, "message": said}))
        drawn = " ".join(line for lines in preview.line_breaks.values() for line in lines)
        assert said in drawn.replace("\u00a0", " ").replace("\u2060", ""), said


def test_looks_to_choose_from(shown) -> None:
    """Two or three layouts, each with the draft's own words."""
    cards = shown.looks(shown.example("su-kien"))
    assert [card.look for card in cards] == ["anh-tren", "anh-nen", "mang-mau"]
    assert all(card.preview.png and card.about for card in cards)
    assert len({card.preview.png for card in cards}) == 3


def test_a_picked_event_fills_the_form(shown) -> None:
    """Day, place and organiser come from the register, and nobody types them again."""
    from producer.requests.draft import Draft
    from producer.requests.register import filled_from

    (event,) = [one for one in shown.events("su-kien") if one.id == "EV-2025-09"]
    draft = filled_from(Draft("su-kien", date(2025, 4, 15)), event, shown.form("su-kien"))
    assert draft.event == "EV-2025-09"
    assert all(draft.value(key) for key in ("title", "start_date", "start_time", "place", "organiser"))
    assert shown.preview(replace(draft, channels=("fb-post-portrait",))).is_whole


def test_a_changed_template_is_seen(project) -> None:
    """A workshop that stays open starts anew where the brand's files change."""
    from producer.requests.workshop import Workshop

    workshop = Workshop(project)
    before = workshop.form("su-kien").about
    place = project / "brand/templates/su-kien.yaml"
    place.write_text(place.read_text("utf-8").replace("Áp phích sự kiện, có", "Áp phích mới, có"), "utf-8")
    assert workshop.form("su-kien").about != before


ODD = (
    "", "{", "}}", "{{7*7}}", "{title", "../../../etc/passwd", "assets/../../x.png", "http://127.0.0.1/x.png",
    "=cmd|' /C'!A0", "\u202e\u2066", "a\u0301" * 50, "ᠠ" * 10, "9" * 400, "-1", "1e999", "0000-00-00", "99:99",
    "*" * 50, "x" * 1_900, "\n" * 40,
)  # fmt: skip
HOSTILE = st.one_of(st.text(max_size=80), st.sampled_from(ODD))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_sent_is_a_picture_or_problems(shown, data) -> None:
    """No field of any form makes a traceback: a preview is drawn, or its problems say why not."""
    kind = data.draw(st.sampled_from(shown.kinds()))
    keys = [field.key for field in shown.form(kind.template).fields]
    said = data.draw(
        st.dictionaries(st.sampled_from([*keys, "theme", "calendar_id", "no-such"]), HOSTILE, max_size=4)
    )
    look, channel = data.draw(st.sampled_from(["", kind.example.look, "x/../y"])), data.draw(HOSTILE)
    draft = replace(kind.example, values={**kind.example.values, **said}, look=look, row=data.draw(HOSTILE))
    sent = from_json(to_json(replace(draft, channels=(channel, *draft.channels))))

    preview = shown.preview(sent, 200)

    assert preview.png or any(one.level in (Level.ERROR, Level.REFUSED) for one in preview.problems)
