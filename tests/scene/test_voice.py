"""Who speaks and what others are called, each by the day of the row."""

import pytest
from small_project import MARK, RECIPE, Small, elements, said, slot

from producer.diagnostics import ProducerError

ROWS = """\
id,day,station,stations,calendar_id
A1,2025-06-30,dai-tinh,dai-tinh,union-day
A2,2025-07-28,dai-tinh,dai-tinh,union-day
A3,2019-01-01,dai-tinh,dai-tinh,
A4,2025-07-28,dai-la,dai-la,khong-co
"""
ORGANISATION = """\
profiles:
  huyen: {name: Liên đoàn Lao động huyện Thử, short: LĐLĐ huyện Thử, since: 2020-01-01, until: 2025-06-30,
    congress: Đại hội lần thứ X, term: 2023–2028}
  xa: {name: Công đoàn xã Thử, short: CĐ xã Thử, since: 2025-07-01, mark: moi.svg}
names:
  dai-tinh:
    - {name: Đài Thử, short: ĐT, since: 2020-01-01, until: 2025-06-30}
    - {name: Báo và đài Thử, since: 2025-07-01}
"""
MAKES = """\
title: Thử
today: 2025-07-01
data:
  events: {{file: assets/events.csv, id: id, types: {{day: date}}}}
pieces:
  tin: {{template: thu, {take}: events, channels: [anh], with: {{it: "{text}"}}}}
channels:
  anh: {{kind: image, size: [360, 450], formats: [png]}}
"""


def project(text: str, take: str = "each", template: str = "") -> Small:
    """One slot that says ``text`` of each row."""
    more = {
        RECIPE: MAKES.format(text=text, take=take),
        "brand/organisation.yaml": ORGANISATION,
        "brand/moi.svg": MARK.replace("#FFC61A", "#FFFFFF"),
    }
    return Small(template=template or slot("text", style="lead"), events=ROWS, more=more)


def words(text: str, at: int, take: str = "each") -> str:
    """What the slot says of one row."""
    return said(elements(project(text, take).scene(at))["it"])


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("{organisation.name}", "Liên đoàn Lao động huyện Thử", "Công đoàn xã Thử"),
        ("{organisation.short}", "LĐLĐ huyện Thử", "CĐ xã Thử"),
        ("{station | name}", "Đài Thử", "Báo và đài Thử"),
        ("{station | short-name}", "ĐT", "Báo và đài Thử"),  # one without a short name has its full one
        (
            "{calendar.title}, {calendar.years} năm",
            *["Kỷ niệm Ngày thành lập Công đoàn Việt Nam, 96 năm"] * 2,
        ),
        ("{calendar.years | ordinal}", "thứ 96", "thứ 96"),
    ],
)
def test_names_are_those_of_the_rows_day(text: str, before: str, after: str) -> None:
    """A name that changed on 1 July changes every later product and no earlier one."""
    assert (words(text, 0), words(text, 1)) == (before, after)


def test_all_rows_speak_of_today() -> None:
    """A piece of all rows has the names of the recipe's day."""
    assert words("{organisation.name}", 0, take="all") == "Công đoàn xã Thử"


@pytest.mark.parametrize(
    ("text", "at", "code"),
    [
        ("{organisation.name}", 2, "scene/no-profile"),
        ("{organisation.nam}", 0, "scene/unknown-field"),
        ("{station | name}", 2, "scene/no-name-then"),
        ("{station | name}", 3, "scene/unknown-name"),
        ("{station | name | slug}", 0, "scene/two-looks"),
    ],
)
def test_what_nobody_is_called_is_told(text: str, at: int, code: str) -> None:
    """A day before the first name, a word that nobody has and a field that profiles lack."""
    with pytest.raises(ProducerError) as refused:
        project(text).scene(at)
    assert code in [problem.code for problem in refused.value.diagnostics]


def test_what_a_profile_leaves_out_is_empty() -> None:
    """The text is empty as a whole, as with an empty cell; a row without a day of the calendar has no years."""
    optional = slot("text", style="lead", optional="true")
    for text, at in (("Nhiệm kỳ {organisation.term}", 1), ("{calendar.years} năm", 3)):
        shown = elements(project(text, template=optional).scene(at))
        assert "it" not in shown


def test_a_profile_signs_with_its_own_mark() -> None:
    """The commune has a mark of its own; the district had the brand's."""
    small = project("", template=slot("signature"))
    recipe = str(small.more[RECIPE]).replace(', with: {it: ""}', "")
    small = small.but(more={**small.more, RECIPE: recipe})
    marks = [elements(small.scene(at))["it"].mark.path for at in (0, 1)]  # type: ignore[union-attr]
    assert marks == ["brand/mark.svg", "brand/moi.svg"]


def test_units_have_sets_of_their_own() -> None:
    """With units listed, `units: all` makes one set for each that is there on the day, and none for profiles."""
    small = project("{organisation.short}")
    organisation = (
        f"{ORGANISATION}units:\n"
        "  may: {name: Công đoàn cơ sở May Mẫu, short: CĐCS May Mẫu, since: 2020-01-01, until: 2025-06-30}\n"
        "  det: {name: Công đoàn cơ sở Dệt Mẫu, short: CĐCS Dệt Mẫu, since: 2020-01-01}\n"
    )
    recipe = f"{small.more[RECIPE]}units: all\n"
    small = small.but(
        events="\n".join(ROWS.splitlines()[:3]),
        more={**small.more, RECIPE: recipe, "brand/organisation.yaml": organisation},
    )
    road = small.road()
    jobs = list(road.plan.jobs)
    assert [(job.row.id, job.unit.id) for job in jobs if job.row and job.unit] == [
        ("A1", "may"), ("A1", "det"), ("A2", "det"),
    ]  # fmt: skip
    at = road.plan.jobs.index(jobs[1])
    assert said(elements(small.scene(at))["it"]) == "CĐCS Dệt Mẫu"
