"""Which look a row is made in."""

from itertools import pairwise

from small_project import RECIPE, Small

LOOKS = """\
about: Thử
kind: still
ground: night
slots:
  photo: {type: photo, optional: true}
  title: {type: text, style: headline}
  message: {type: text, style: lead, optional: true}
  sign: {type: signature}
looks:
  anh:   {shapes: {any omits message: "photo\\ntitle\\nsign"}}
  chu:
    ground: gold
    shapes: {any omits photo: "title\\nmessage\\nsign"}
    set: {title: {style: statement, align: centre}}
  ngang: {shapes: {wide omits photo: "title message\\nsign sign", any omits photo: "sign\\ntitle\\nmessage"}}
  dung:  {shapes: {tall omits photo: "message\\ntitle\\nsign"}}
"""
HEAD = "id,theme,day,hour,title,message,place,photo,figure,tags"


def rows(count: int, photo: str = "picture.svg", look: str | None = None) -> str:
    """A sheet of events that differ in their ids."""
    head = HEAD if look is None else f"{HEAD},look"
    tail = "" if look is None else f",{look}"
    lines = [
        f"A{n},,2025-07-28,07:30,Ngày hội {n},Vì đoàn viên,Nhà văn hóa,{photo},,{tail}" for n in range(count)
    ]
    return "\n".join([head, *lines, ""])


def looks(project: Small) -> dict[str, str]:
    """The look of each row's job."""
    return {job.row.id: job.look for job in project.road().plan.jobs if job.row is not None}


def test_neighbours_differ_and_all_looks_occur() -> None:
    """No two neighbours of a series look alike, and a template's looks are all used."""
    found = looks(Small(template=LOOKS, events=rows(40)))

    assert all(one != other for one, other in pairwise(found.values()))
    assert set(found.values()) == {"anh", "chu", "ngang", "dung"}


def test_a_row_keeps_its_look_in_all_channels() -> None:
    """A post and its cover are one announcement: they differ only where a shape is not drawn in the row's look."""
    shapes = "".join(
        f"  {name}: {{kind: image, size: {size}, formats: [png]}}\n"
        for name, size in (("anh", [900, 450]), ("dung", [360, 450]))
    )
    found: dict[str, list[str]] = {}
    for job in Small(template=LOOKS, events=rows(40), channels=shapes, used="anh, dung").road().plan.jobs:
        found.setdefault(job.row.id if job.row is not None else "", []).append(job.look)

    assert len(found) == 40
    assert all(len(set(looks)) == 1 for looks in found.values())
    assert len({looks[0] for looks in found.values()}) > 1


def test_a_new_row_changes_no_more_than_its_neighbours() -> None:
    """A look hangs on the row's id, not on its number: last week's posters stay as they were."""
    sheet = rows(40).splitlines()
    before = looks(Small(template=LOOKS, events="\n".join(sheet)))
    sheet.insert(10, sheet[1].replace("A0,", "B0,"))
    after = looks(Small(template=LOOKS, events="\n".join(sheet)))

    assert sum(before[row] != after[row] for row in before) <= 3


def test_several_to_a_sheet_are_one_batch() -> None:
    """Cards that are cut from one sheet look alike, but for the row that asks for another look."""
    card = "  anh: {kind: print, trim: [90, 55], bleed: 3mm, formats: [pdf]}\n"
    asked = rows(8, look="") + rows(1, look="chu").splitlines()[1].replace("A0", "B0") + "\n"
    small = Small(template=LOOKS, events=asked, channels=card)
    recipe = str(small.files[RECIPE]).replace("    each: events\n", "    each: events\n    sheet: a4\n")
    (job,) = small.but(more={RECIPE: recipe}).road().plan.jobs
    found = {part.row.id: part.look for part in job.parts if part.row is not None}

    assert found.pop("B0") == "chu"
    assert set(found.values()) == {"anh"}


def test_only_changes_no_look() -> None:
    """One poster made by itself is the poster of the whole series."""
    project = Small(template=LOOKS, events=rows(12))
    whole = looks(project)

    from producer.pipeline import prepare, real_stages

    for row, look in whole.items():
        (job,) = prepare("recipes/thu/recipe.yaml", project.world, real_stages(), f"tin/{row}-*").plan.jobs
        assert job.look == look


def test_no_photograph_no_look_made_for_it() -> None:
    """A row without a picture never gets a look that would leave a hole."""
    assert "anh" not in looks(Small(template=LOOKS, events=rows(20, photo=""))).values()


def test_a_look_shows_what_the_recipe_fills() -> None:
    """What the recipe puts in a slot is never dropped by a look that has no place for it."""
    kept = LOOKS.replace("any omits message", "any")
    assert "anh" not in looks(Small(template=kept, events=rows(20), fill="{message: Vì đoàn viên}")).values()


def test_a_look_that_does_not_draw_the_shape_is_left_out() -> None:
    """On a wide page only the looks that draw one are chosen from."""
    wide = "  anh: {kind: image, size: [900, 450], formats: [png]}\n"

    assert set(looks(Small(template=LOOKS, events=rows(20), channels=wide)).values()) == {
        "anh",
        "chu",
        "ngang",
    }


def test_a_row_asks_for_a_look() -> None:
    """The column `look` decides."""
    assert set(looks(Small(template=LOOKS, events=rows(5, look="chu"))).values()) == {"chu"}


def test_all_rows_take_the_first_look() -> None:
    """A piece of all rows has no id to choose by."""
    (job,) = Small(template=LOOKS, take="all", fill="{title: A, photo: picture.svg}").road().plan.jobs
    assert job.look == "anh"


def test_what_a_look_sets_holds_in_it_alone() -> None:
    """A slot's style, lines and ground are the look's own."""
    for look, style, align in (("chu", "statement", "centre"), ("ngang", "headline", "start")):
        page = Small(template=LOOKS, events=rows(1, look=look)).scene().pages[0]
        (title,) = (element for element in page.elements if element.name == "title")
        assert (title.style.name, title.align) == (style, align)


FULL = """\
about: Thử
kind: still
ground: night
slots:
  title: {type: text, style: headline}
  points: {type: steps, style: body, items: ["{message}", "{place}"], optional: true}
  was: {type: text, style: label, text: Trước đây, when: figure}
  figure: {type: text, style: lead, optional: true}
  sign: {type: signature}
looks:
  hoi:   {panels: {card: [points]}, shapes: {any: "title\\npoints\\nsign"}}
  truoc: {panels: {foot: [was, figure]}, shapes: {any: "title\\nwas\\nfigure\\nsign"}}
  ca: {shapes: {wide: "title points\\nwas figure\\nsign sign"}}
"""


def sheet(count: int, message: str = "", place: str = "", figure: str = "") -> str:
    """Rows that have some of the columns."""
    lines = [f"A{n},,2025-07-28,07:30,Ngày hội,{message},{place},,{figure}," for n in range(count)]
    return "\n".join([HEAD, *lines, ""])


def test_a_look_shows_what_the_template_takes_from_the_row() -> None:
    """Columns that a template's own texts name count as much as those of the slots' names."""
    assert set(looks(Small(template=FULL, events=sheet(12, message="Một"))).values()) == {"hoi"}
    assert set(looks(Small(template=FULL, events=sheet(12, figure="5"))).values()) == {"truoc"}
    wide = "  anh: {kind: image, size: [900, 450], formats: [png]}\n"
    both = Small(template=FULL, events=sheet(12, message="Một", figure="5"), channels=wide)
    assert set(looks(both).values()) == {"ca"}


def test_no_look_is_chosen_for_a_panel_that_stays_empty() -> None:
    """A panel drawn for what the row lacks is taken only where no other look fits."""
    plain = FULL.replace("  truoc: {panels: {foot: [was, figure]}, ", "  truoc: {").replace(
        ", when: figure", ""
    )
    assert set(looks(Small(template=plain, events=sheet(12))).values()) == {"truoc"}


def test_fixed_words_wait_for_what_they_introduce() -> None:
    """A text with ``when`` stands only where that slot is filled."""
    for figure, shown in (("5", True), ("", False)):
        line = f"A0,,2025-07-28,07:30,Ngày hội,,,,{figure},,truoc"
        page = Small(template=FULL, events=f"{HEAD},look\n{line}\n").scene().pages[0]
        assert ("was" in [element.name for element in page.elements]) is shown


def test_a_look_may_have_pages() -> None:
    """An album is made in one of its looks, a file for each of that look's pages; its ground is theirs."""
    template = """\
about: Album
kind: still
slots:
  photos: {type: rows}
  title: {type: text, style: headline}
looks:
  sang: {ground: gold, pages: {cover: {shapes: {any: title}}, one: {each: photos, shapes: {any: title}}}}
  dam:  {ground: night, shapes: {any: title}}
"""
    small = Small(template=template, take="all", fill="{title: Hội, photos: events}")
    recipe = str(small.files[RECIPE])
    (job,) = small.road().plan.jobs
    asked = small.but(
        more={RECIPE: recipe.replace("    template: thu\n", "    template: thu\n    look: dam\n")}
    )
    (other,) = asked.road().plan.jobs

    assert (job.look, [page.name for page, _ in job.drawings]) == ("sang", ["cover", "one"])
    assert {str(page.ground) for page, _ in job.drawings} == {"gold"}
    assert job.path.endswith("-01.png")
    assert (other.look, other.path.endswith("-anh.png")) == ("dam", True)
