"""A no is heard however it is written, and wherever a name could get out."""

import json
from pathlib import Path

import pytest
from bad_input import run
from PIL import Image
from small_project import CHANNELS, RECIPE, Small

from producer.pipeline import composed, prepare, real_stages
from producer.rights.fold import folded, folded_path, joined_ids, says, says_plain
from producer.rights.show import Shown
from producer.world import DictWorld

HEAD = "id,title,place,full_name,consent,consent_scope,consent_until"
YES = "yes,anh,2027-12-31"
REGISTER = "id,who,photos,consent,consent_scope,consent_until,proof"
TITLE = """\
about: Thử
kind: still
ground: night
slots:
  title: {type: text, style: headline}
  list: {type: list, style: body, optional: true}
  sign: {type: signature}
shapes: {any: "title\\nlist\\nsign"}
"""


def shown(
    piece: str, rows: str, register: str = "", data: str = "", head: str = HEAD, **more: str
) -> dict[str, Shown]:
    """What becomes of the jobs of a piece whose rows are those of a sheet, by the names of their rows."""
    recipe = (
        f"title: Thử\ntoday: 2025-11-03\n{more.pop('recipe', '')}data:\n"
        f"  events: {{file: assets/events.csv, id: id{more.pop('source', '')}}}\n{data}"
        f"pieces:\n  tin: {{template: thu, channels: [anh], {piece}}}\nchannels:\n{CHANNELS}"
    )
    texts = {"assets/consent.csv": f"{REGISTER}\n{register}"} if register else {}
    small = Small(template=TITLE, events=f"{head}\n{rows}", more={RECIPE: recipe, **texts, **more})
    stages = real_stages()
    road = prepare(RECIPE, DictWorld(small.files), stages)
    told = {"": Shown(None, road.problems)}
    return told | {job.row.id if job.row else job.id: composed(job, road, stages) for job in road.plan.jobs}


def codes(found: Shown) -> tuple[str, ...]:
    """Why it is not made; nothing where it is."""
    return tuple(why.code for why in found.refused)


def words(found: Shown) -> str:
    """All that a product says."""
    assert found.scene is not None, found.refused
    return " ".join((*(fact.text for fact in found.scene.facts), found.scene.post, *found.scene.alts))


TWO = f"P1,Một,Sân,Lê Mẫu An,{YES}\nP2,Hai,Sân,Ngô Mẫu Bình,{{}}\n"


@pytest.mark.parametrize("answer", ["withdrawn,,", "pending,,", "yes,zalo,2027-12-31"])
def test_each_row_of_a_group_is_asked(answer: str) -> None:
    """A group that shows the last of its names has not the consent of its first."""
    group = "group: {by: place, full_name: last}"
    data = f"  both: {{from: events, {group}}}\n"
    found = shown('each: both, with: {title: "{full_name}"}', TWO.format(answer), data=data)
    assert len(codes(found["Sân"])) == 1


def test_the_register_is_asked_for_each_row_of_a_group() -> None:
    """A withdrawal in the register holds for a person who is one of many in a row."""
    data = "  both: {from: events, group: {by: place, full_name: last}}\n"
    found = shown(
        'each: both, with: {title: "{full_name}"}', TWO.format(YES), "P1,,,withdrawn,,,\n", data=data
    )
    assert codes(found["Sân"]) == ("consent/withdrawn",)


@pytest.mark.parametrize("name", ["P1;P2", "P1+P2", "P1 & P2", "P2, P1"])
def test_the_register_is_asked_for_each_part_of_an_id(name: str) -> None:
    """A row about two people is about each of them."""
    found = shown("each: events", f'"{name}",Hai,Sân,,{YES}\n', "P2,Ngô Mẫu Bình,,withdrawn,,,\n")
    assert codes(found[name]) == ("consent/withdrawn",)


def test_an_id_of_several_columns_has_parts() -> None:
    """So does the id of a row that two columns name."""
    data = "  many: {file: assets/events.csv, id: [id, place]}\n"
    found = shown("each: many", f"P1,Một,Sân,,{YES}\n", "P1,Lê Mẫu An,,no,,,\n", data=data)
    assert codes(found["P1-Sân"]) == ("consent/not-given",)


@pytest.mark.parametrize("typed", ["p1", "P1\u200b", "P\u20111", "P\u20131", "Ｐ-1", " P-1 "])
def test_a_no_is_found_however_its_id_is_typed(typed: str) -> None:
    """Case, hyphens of other kinds and letters without width are no ways out."""
    own = "P-1" if "1" in typed and typed.strip("\u200b ") not in ("p1", "P1") else "P1"
    found = shown("each: events", f"{own},Một,Sân,Lê Mẫu An,{YES}\n", f"{typed},Lê Mẫu An,,withdrawn,,,\n")
    assert codes(found[own]) == ("consent/withdrawn",)


def test_a_yes_of_somebody_else_is_not_taken() -> None:
    """Where two ids differ by a dash alone, each has the consent of the own line."""
    rows = f"P-1,Một,Sân,,{YES}\nP–1,Hai,Sân,,{YES}\n"
    listed = 'all: events, with: {title: Gương, list: {rows: events, text: "{title}"}}'
    said = words(shown(listed, rows, "P–1,Ngô Mẫu Bình,,yes,zalo,2027-12-31,Phiếu 1\n")["tin/tin-anh"])
    assert ("Một" in said, "Hai" in said) == (True, False)


def test_a_line_that_speaks_of_nobody_is_told() -> None:
    """With its place and what it may mean; a no louder than a yes."""
    rows = f"GT-01,Một,Sân,Lê Mẫu An,{YES}\n"
    lines = f"GT-0I,Vũ Mẫu Em,,{YES},Phiếu 1\nGT-77,Trần Mẫu Chi,,no,,,\nX9,Lê Mẫu Duy,photos/khong-co.jpg,no,,,\n"
    told = shown("each: events", rows, lines)[""].refused
    assert [(one.code, one.span.line, one.span.column, one.facts["nearest"]) for one in told] == [
        ("consent/lost-no", 4, 3, ""),
        ("consent/matches-nothing", 2, 1, "GT-01"),
        ("consent/lost-no", 3, 1, ""),
        ("consent/lost-no", 4, 1, ""),
    ]


def test_a_no_without_its_id_holds_for_the_name() -> None:
    """Nobody has the id, and one row the name: it waits until somebody looks; a line of its own ends that."""
    rows, line = f"P1,Một,Sân,Lê Mẫu An,{YES}\n", "Q7,LÊ MẪU AN,,withdrawn,,,\n"
    assert codes(shown("each: events", rows, line)["P1"]) == ("consent/same-name",)
    own = f"P1,Lê Mẫu An,,{YES},Phiếu 1\n"
    assert codes(shown("each: events", rows, line + own)["P1"]) == ()


@pytest.mark.parametrize(
    ("listed", "there"),
    [
        ("a.jpg;b.jpg", True),
        ('"b.jpg,a.jpg"', True),
        ("A.JPG", True),
        ("assets/a.jpg", True),
        (".\\a.jpg", True),
        ("c.jpg", False),
    ],
)
def test_paths_are_found_however_they_are_typed(tmp_path: Path, listed: str, there: bool) -> None:
    """A photograph has its no by capitals, other separators and commas too; a path of nothing is told."""
    small = Small(
        events="id,title,photo\nA1,Một,a.jpg\n",
        template=TITLE.replace("  list", "  photo: {type: photo}\n  list").replace(
            '"title', '"photo\\ntitle'
        ),
    ).write(tmp_path)
    for name in ("a.jpg", "b.jpg"):
        Image.effect_noise((900, 900), 60).convert("RGB").save(small / "assets" / name)
    (small / RECIPE).write_text(
        (small / RECIPE)
        .read_text("utf-8")
        .replace("day: date, hour: time, photo: photo, figure: number", "photo: photo"),
        "utf-8",
    )
    (small / "assets/consent.csv").write_text(f"{REGISTER}\nP1,Lê Mẫu An,{listed},no,,,\n", "utf-8")
    said = run(small, "plan", RECIPE, "--json")
    state = json.loads(said.out.splitlines()[0])["state"]
    assert (state == "refused") == there, said.err
    assert ("consent/lost-no" in [one.problem.code for one in said.shown]) != there


@pytest.mark.parametrize("name", ["Consent", "CONSENT", "Đồng ý", "đồng_ý", "Đồng  ý"])
def test_a_column_of_consent_is_found_by_its_folded_name(name: str) -> None:
    """Capitals and Vietnamese are no ways round the gate."""
    found = shown(
        "each: events",
        "P1,Một,Sân,Lê Mẫu An,pending,anh,2027-12-31\nP2,Hai,Sân,,YES,anh,2027-12-31\n",
        head=HEAD.replace("consent,", f"{name},"),
    )
    assert (codes(found["P1"]), codes(found["P2"])) == (("consent/not-given",), ())


@pytest.mark.parametrize("renamed", ["answer: consent", "consent: answer"])
def test_a_renamed_column_of_consent_is_one(renamed: str) -> None:
    """By what the file calls it, and by what the recipe does."""
    head = HEAD if renamed.startswith("answer") else HEAD.replace("consent,", "answer,")
    found = shown(
        "each: events", "P1,Một,Sân,,pending,anh,2027-12-31\n", head=head, source=f", columns: {{{renamed}}}"
    )
    assert codes(found["P1"]) == ("consent/not-given",)


@pytest.mark.parametrize("name", ["agree", "Consent form", "Phiếu đồng ý", "agreed?"])
def test_a_column_that_looks_like_consent_is_told(name: str) -> None:
    """Nothing reads it: whoever wrote it must not think so."""
    (told,) = shown("each: events", "P1,Một,no\n", head=f"id,title,{name}")[""].refused
    assert (told.code, told.span.line, told.span.column) == ("consent/unread-column", 1, 3)


def test_no_text_names_who_does_not_agree() -> None:
    """In a title, a post, a tag of another row: the product is refused, or made without that row."""
    titles = ("Bài của LÊ MẪU\u00a0AN", "#LeMauAn", "Lê Mẫu Anh")
    others = "".join(f"P{at},{title},Sân,,{YES}\n" for at, title in enumerate(titles, 2))
    rows = f"P1,Một,Sân,Lê Mẫu An,no,,\n{others}"
    found = shown("each: events", rows)
    assert {name: codes(one) for name, one in found.items() if name} == {
        "P1": ("consent/not-given",), "P2": ("consent/named",), "P3": ("consent/named",), "P4": (),
    }  # fmt: skip
    posted = shown('each: events, only: {id: P4}, post: "Cảm ơn Lê Mẫu An"', rows)
    assert codes(posted["P4"]) == ("consent/named",)
    listed = shown('all: events, with: {title: Gương, list: {rows: events, text: "{title}"}}', rows)
    assert "Lê Mẫu Anh" in words(listed["tin/tin-anh"])
    assert "MẪU\u00a0AN" not in words(listed["tin/tin-anh"])


def test_two_people_of_one_name() -> None:
    """The one who agrees has the own product; a text of a third names either, which somebody must look at."""
    rows = f"P1,Một,Sân,Lê Mẫu An,no,,\nP2,Bài Lê Mẫu An,Sân,Lê Mẫu An,{YES}\nP3,Về Lê Mẫu An,Sân,,{YES}\n"
    found = shown("each: events", rows)
    assert (codes(found["P2"]), codes(found["P3"])) == ((), ())
    assert found["P3"].scene is not None
    assert [told.code for told in found["P3"].scene.problems] == ["consent/named"]
    assert found["P2"].scene is not None
    assert found["P2"].scene.problems == ()


def test_a_name_of_one_word_is_a_word() -> None:
    """Whoever is entered as An alone takes no safety at work from others."""
    found = shown("each: events", f"P1,Một,Sân,An,no,,\nP2,An toàn lao động,Sân,,{YES}\n")
    assert (codes(found["P1"]), codes(found["P2"])) == (("consent/not-given",), ())


CHILDREN = "id,title,child,school,age,consent,guardian_consent,consent_scope,consent_until"
CHILD = "C1,Vẽ,Bé Mẫu An,Trường Mẫu 1,9,yes,yes,anh,2027-12-31\n"


@pytest.mark.parametrize(
    "piece",
    [
        'all: events, with: {title: Bé ngoan, list: {rows: others, text: "{child}, {school}"}}',
        'each: events, with: {title: "{title}", list: {rows: others, text: "{child}, {school}"}}',
        'each: events, with: {title: "{child}"}, post: "{child}, {school}"',
    ],
)
def test_a_child_and_its_school_stand_in_no_list_and_no_post(piece: str) -> None:
    """Rows that a slot names, and the text that goes out beside a picture, say them together as pages do."""
    data = "  others: {from: events}\n"
    found = shown(piece, CHILD, data=data, head=CHILDREN)
    (made,) = (one for name, one in found.items() if name)
    assert set(codes(made)) == {"consent/name-and-school"}


def test_rows_of_all_are_asked_behind_a_row() -> None:
    """A table in a product of one row shows all rows of its piece: those who agree."""
    table = TITLE.replace("{type: list, style: body, optional: true}", "{type: table, style: table}")
    found = shown(
        "each: events, only: {place: Sân}, with: {list: {columns: {full_name: Tên}}}",
        TWO.format("no,,"),
        **{"brand/templates/thu.yaml": table},
    )
    assert "Lê Mẫu An" in words(found["P1"])
    assert "Ngô Mẫu Bình" not in words(found["P1"])


@pytest.mark.parametrize(
    ("asked", "purpose", "refused"),
    [
        ("", "", ()),
        ("", "purpose: quảng bá\n", ()),
        ("Quảng bá;báo chí", "purpose: quảng bá\n", ()),
        ("báo chí", "purpose: quảng bá\n", ("consent/purpose",)),
        ("báo chí", "", ("consent/purpose",)),
    ],
)
def test_a_consent_holds_for_the_purposes_that_were_asked(
    asked: str, purpose: str, refused: tuple[str, ...]
) -> None:
    """Who agreed to one thing is not shown for another, nor for what nobody names."""
    found = shown("each: events", f"P1,Một,Sân,,{YES},{asked}\n", head=f"{HEAD},purposes", recipe=purpose)
    assert codes(found["P1"]) == refused


def test_the_purpose_of_a_piece_comes_before_that_of_its_recipe() -> None:
    """One recipe may make things for several."""
    found = shown(
        "each: events, purpose: báo chí",
        f"P1,Một,Sân,,{YES},báo chí\n",
        head=f"{HEAD},purposes",
        recipe="purpose: quảng bá\n",
    )
    assert codes(found["P1"]) == ()


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ("yes,anh,2025-01-01", "consent/ended", "consent_until"),
        ("yes,zalo,2027-12-31", "consent/channel", "consent_scope"),
        ("yes,anh,", "consent/no-end", "consent_until"),
        ("none_needed,anh,2027-12-31", "consent/nobody-misplaced", "consent"),
    ],
)
def test_a_refusal_points_at_the_cell_that_is_to_be_mended(cells: str, code: str, column: str) -> None:
    """Not at the word yes beside it."""
    (why,) = shown("each: events", f"P1,Một,Sân,,{cells}\n")["P1"].refused
    assert (why.code, why.span.column, why.span.field) == (code, HEAD.split(",").index(column) + 1, column)


def test_folding() -> None:
    """What counts for nothing in an id, a path and a name, and what does."""
    assert folded("  Ｐ\u20114\u200b ") == folded("p-4") != folded("p4")
    assert folded("Đặng Mẫu\u00a0THỦY") == folded("Đặng  Mẫu Thủy")
    assert folded_path("photos\\A.JPG") == folded_path("assets/photos/a.jpg") == "assets/photos/a.jpg"
    assert joined_ids("a; b+c") == ("a", "b", "c")
    assert joined_ids("EV-2025-01") == ()
    assert says("lê mẫu an", "“lê mẫu an”, hai") is True
    assert says("lê mẫu an", "lê mẫu anh; bélê mẫu an") is False
    assert says_plain("lê mẫu an", "tin/le-mau-an-anh.png")
    assert not says_plain("lê mẫu an", "tin/le-mau-anh.png/#LeMauAnh")
