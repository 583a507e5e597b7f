"""Pages: contexts, drawings, grounds, titles and facts."""

from __future__ import annotations

import pytest
from small_project import BRAND, CHANNELS, ORGANISATION, OURS, PICTURE, TEMPLATE, Small, elements, said, slot

from producer.brand.model import Ink
from producer.diagnostics import ProducerError
from producer.scene.drawing import kept_cells
from producer.scene.model import Gradient, PictureElement, Role, Scene, SignatureElement, Solid, TextElement

DECK = """\
about: Thử
kind: deck
slots:
  name: {type: text, style: headline}
  list: {type: rows}
  picture: {type: photo, optional: true}
  title: {type: text, style: headline, text: "{title}"}
  message: {type: text, style: lead, optional: true}
pages:
  cover: {ground: night, shapes: {any: name}}
  one: {ground: picture, each: list, notes: "Nói về {title}", shapes: {any: "title\\nmessage"}}
  closing: {over: picture, when: picture, shapes: {any: name}}
"""
SLIDES = "  trang: {kind: deck, size: [480, 270], formats: [pptx]}\n"


def deck(**more: str) -> Scene:
    """A deck of all rows: a cover, a page for each row, and one where there is a photograph."""
    fill = more.pop("fill", "{name: Năm 2025, list: events}")
    return Small(template=DECK, fill=fill, take="all", channels=SLIDES, used="trang", **more).scene()


def problems(small: Small) -> list[tuple[str, str]]:
    """Why a job cannot be composed: codes, and the name each is about."""
    with pytest.raises(ProducerError) as caught:
        small.scene()
    return [(one.code, str(one.facts.get("name"))) for one in caught.value.diagnostics]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("{title | count} sự kiện", "2 sự kiện"),
        ("{figure | sum | number} suất", "1.250 suất"),
        ("{day | first | year}–{day | last | year}", "2025–2025"),
        ("{figure}", "1.250"),  # one value among all rows needs nothing
    ],
)
def test_all_rows_are_gathered_into_one_value(words: str, told: str) -> None:
    """A piece of all rows speaks of them by what makes one value of many."""
    small = Small(template=slot("text", style="lead"), fill=f'{{it: "{words}"}}', take="all")

    assert said(elements(small.scene())["it"]) == told


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("{title}", ("scene/many-values", "title")),
        ("{tittle}", ("scene/unknown-field", "tittle")),
        ("{title | count | nunber}", ("scene/unknown-filter", "nunber")),
        ("{title | first | date}", ("scene/wrong-filter", "date")),
    ],
)
def test_what_a_text_cannot_say_is_told(words: str, problem: tuple[str, str]) -> None:
    """Many values, and names that there are not, are the author's to mend."""
    small = Small(template=slot("text", style="lead"), fill=f'{{it: "{words}"}}', take="all")

    assert problems(small) == [problem]


def test_all_problems_of_a_piece_are_told_at_once() -> None:
    """Both slots of a page, each once, though two pages show the second."""
    small = Small(
        template=DECK,
        fill='{name: "{a}", title: "{b}", list: events}',
        take="all",
        channels=SLIDES,
        used="trang",
    )

    assert problems(small) == [("scene/unknown-field", "a"), ("scene/unknown-field", "b")]


def test_the_drawing_without_is_taken_where_its_slot_is_empty() -> None:
    """A row without photograph gets the type-led drawing, not an empty box."""
    with_photo, without = Small().scenes()

    assert [row[0] for row in with_photo.pages[0].cells] == ["photo", "title", "message", "facts", "sign"]
    assert [row[0] for row in without.pages[0].cells] == ["title", ".", "facts", "sign"]


def cells(drawing: str) -> tuple[tuple[str, ...], ...]:
    """A drawing's cells."""
    return tuple(tuple(line.split()) for line in drawing.split("/"))


@pytest.mark.parametrize(
    ("drawing", "there", "kept"),
    [
        ("a b/. ./c c", "abc", "a b/. ./c c"),  # all there: a row of dots is a spring
        ("a a/b b/c c", "ac", "a a/c c"),  # a row of its own goes
        ("a b b", "b", "b b b"),  # a neighbour takes the place, the one before if it can
        ("a b b", "a", "a a a"),
        ("p a/p b/p c", "pac", "p a/p c"),  # a row that only a spanning neighbour shares goes
        ("p a/p b", "p", "p p"),  # … but the last one stays
        ("p a/p b", "ab", "a a/b b"),  # the spanning one is missing
        ("p . a/p b b", "pb", "p b b"),  # dots do not hold a row
        ("p a b/p c c", "pbc", "p b b/p c c"),  # the spanning one would be no rectangle
        ("a . b", "a", "a . ."),
    ],
)
def test_cells_close_up_where_slots_are_empty(drawing: str, there: str, kept: str) -> None:
    """What is missing leaves no hole, and what is there stays a rectangle."""
    assert kept_cells(cells(drawing), there) == cells(kept)


@pytest.mark.parametrize(
    ("drawing", "there", "panels", "kept"),
    [
        ("a b/a c", "ac", ["a"], "a c"),
        ("t p q/s b r/u c c", "tpqsruc", ["tsu"], "t p q/s r r/u c c"),  # under p comes no panel
        ("t n/g b/h q", "tnghq", ["nbq"], "t n/g ./h q"),  # g would stand on the panel
        ("t n/g b/h q", "tnghq", ["tgh", "nbq"], "t n/g ./h q"),
        ("s w", "s", ["sw"], "s s"),  # its own panel is no stranger
    ],
)
def test_no_panel_comes_to_lie_under_cells_of_others(
    drawing: str, there: str, panels: list[str], kept: str
) -> None:
    """Where an optional cell in the middle is empty, a panel keeps to its own cells."""
    assert kept_cells(cells(drawing), there, panels) == cells(kept)


def test_one_page_for_every_row() -> None:
    """``each`` makes a page of every row, which speaks of that row alone, its notes too."""
    scene = deck()

    assert [page.name for page in scene.pages] == ["cover", "one", "one"]
    assert [page.notes for page in scene.pages] == ["", "Nói về Ngày hội công nhân", "Nói về Tết Sum vầy"]
    assert "message" in elements(scene, 1)
    assert "message" not in elements(scene, 2)


def test_a_page_waits_for_its_slot() -> None:
    """``when`` leaves the page out where the slot is empty, and shows it over the picture where it is not."""
    last = deck(fill="{name: Năm, list: events, picture: assets/picture.svg}").pages[-1]

    assert "closing" not in [page.name for page in deck().pages]
    assert last.name == "closing"
    assert isinstance(last.ground.picture, PictureElement)
    assert [element.name for element in last.elements] == ["name"]  # the picture is ground, not element


def test_no_page_left_is_told() -> None:
    """A piece of which every page waits for an empty slot makes no file of nothing."""
    template = DECK.replace("each: list", "when: picture").replace("ground: night", "when: picture")
    fill = "{name: Năm, title: Tên, message: Lời}"
    template = template.replace("Nói về {title}", "–")
    small = Small(template=template, fill=fill, take="all", channels=SLIDES, used="trang")

    assert [code for code, _ in problems(small)] == ["scene/no-pages"]


def test_titles_of_pages_are_told_apart() -> None:
    """A deck's outline numbers the second page of one title, and takes no number twice."""
    fill = "{name: Năm (2), title: Năm, list: events}"

    assert [page.title for page in deck(fill=fill).pages] == ["Năm (2)", "Năm", "Năm (3)"]


def test_the_largest_words_are_the_title() -> None:
    """Roles come from the styles: readers and slides know title, lead and running text apart."""
    made = elements(Small().scene())
    roles = {name: e.role for name, e in made.items() if isinstance(e, TextElement)}

    assert roles == {"title": Role.TITLE, "message": Role.LEAD}
    assert Small().scene().pages[0].title == "Ngày hội công nhân"


def test_grounds_and_panels_take_the_rows_theme() -> None:
    """Fill, motif and bar follow the theme; a panel whose cells are all empty is left out."""
    red, green = (scene.pages[0] for scene in Small().scenes())

    assert red.ground.fill == Gradient((Ink("brick"), Ink("night")), 160)
    assert green.ground.fill == Gradient((Ink("leaf"), Ink("night")), 160)
    assert [(motif.ink, motif.size) for motif in red.ground.motifs] == [(Ink("sun", 0.2), 100)]
    assert [(panel.cells, panel.fill, panel.bar) for panel in red.panels] == [
        (("sign",), Ink("white"), Ink("sun"))
    ]
    empty = Small(template=TEMPLATE.replace("foot: [sign]", "foot: [message]"))
    assert [len(scene.pages[0].panels) for scene in empty.scenes()] == [1, 0]


def test_a_page_without_ground_stands_on_the_brands() -> None:
    """A role may be a ground by itself; none is the background."""
    plain = Small(template=TEMPLATE.replace("ground: night", "ground: paper")).scene()
    none = Small(template=TEMPLATE.replace("ground: night\n", "")).scene(1)

    assert plain.pages[0].ground.fill == Solid(Ink("white"))
    assert none.pages[0].ground.fill == Solid(Ink("leaf"))


def test_facts_are_every_word_of_the_data() -> None:
    """What the finished file must say, each at the cell where it was written."""
    facts = {fact.text: fact.span for fact in Small().scene().facts}

    assert set(facts) == {
        "Ngày hội công nhân",
        "Vì đoàn viên",
        "07 giờ 30, Thứ Hai, 28/7/2025",
        "Nhà văn hóa xã Thử",
        "Liên đoàn Lao động tỉnh Thử",
        "Công đoàn xã Thử",
    }
    assert (facts["Vì đoàn viên"].file, facts["Vì đoàn viên"].field) == ("assets/events.csv", "message")


def test_white_space_is_the_brands() -> None:
    """Margin and gap are percentages of the shorter side; only print counts 72 px to the inch."""
    channels = CHANNELS + "  giay: {kind: print, trim: [90, 120], bleed: 3mm, formats: [pdf]}\n"
    image, paper = (scene.canvas for scene in Small(channels=channels, used="anh, giay").scenes()[:2])

    assert (image.margin, image.gap, image.px_per_inch) == (21.6, 10.8, 96)
    assert (paper.px_per_inch, paper.marks) == (72, True)
    assert paper.bleed == pytest.approx(3 / 25.4 * 72)


def test_a_slot_is_missing_where_its_row_has_nothing_for_it() -> None:
    """A filling whose drawing was left for want of it is no mistake of the recipe."""
    without = Small(fill='{photo: "{photo}", message: "{message}"}').scenes()

    assert [page.name for scene in without for page in scene.pages] == ["thu", "thu"]


def test_music_and_pictures_are_credited_under_the_signature() -> None:
    """Whom a licence asks to be named is named, whatever was taken of theirs."""
    template = """about: Thử
kind: clip
slots:
  photo: {type: photo, optional: true}
  music: {type: sound}
  sign: {type: signature}
pages:
  one: {shapes: {any: "photo\\nsign"}}
"""
    register = "".join(
        f"assets/{name}: {{author: {who}, licence: {licence}}}\n"
        for name, who, licence in (("a.flac", "An", "CC-BY-4.0"), ("picture.svg", "Bé", "CC-BY-SA-4.0"))
    )
    channels = "  doc: {kind: video, size: [180, 320], seconds: [3, 20], formats: [mp4]}\n"
    more = {"assets/a.flac": b"fLaC", "assets/licences.yaml": OURS + register}
    small = Small(template=template, channels=channels, used="doc", fill="{music: assets/a.flac}", more=more)
    signed = (elements(scene)["sign"] for scene in small.scenes())
    named = [element.credits for element in signed if isinstance(element, SignatureElement)]

    assert named == ["Ảnh: Bé (CC BY-SA 4.0); Nhạc: An (CC BY 4.0)", "Nhạc: An (CC BY 4.0)"]


def test_how_clips_move_is_no_part_of_a_still() -> None:
    """Another motion of the brand makes no poster anew."""
    motions = ("{enter: rise, between: slide}", "{enter: fade, between: cut}")
    one, other = (Small(brand=f"{BRAND}motion: {motion}\n").scene() for motion in motions)

    assert one == other


ALBUM = """about: Album
kind: still
slots:
  cover:  {type: photo, optional: true, label: Ảnh bìa}
  photos: {type: rows}
  photo:  {type: photo, optional: true, label: Ảnh}
  title:  {type: text, style: body}
  sign:   {type: signature}
pages:
  cover: {shapes: {any: "cover\\nsign"}}
  plain: {each: photos, shapes: {any: "photo"}}
  each:  {each: photos, shapes: {any: "photo\\ntitle\\nsign"}}
"""
PICTURES = """assets/a.svg: {author: An, licence: CC-BY-4.0}
assets/b.svg: {author: Bé, licence: CC-BY-4.0}
assets/picture.svg: {author: Ca, licence: CC-BY-4.0}
"""


def album(template: str, *, row: str = "A2,,,,Hai,,,b.svg,,") -> list[str]:
    """Whom each signature of an album names."""
    more = {
        "assets/a.svg": PICTURE,
        "assets/b.svg": PICTURE.replace("<svg", "<svg id='b'"),
        "assets/licences.yaml": OURS + PICTURES,
    }
    events = f"id,theme,day,hour,title,message,place,photo,figure,tags\nA1,,,,Một,,,a.svg,,\n{row}\n"
    fill = "{cover: assets/picture.svg, photos: events}"
    small = Small(template=template, take="all", events=events, fill=fill, more=more)
    made = small.scene()
    return [e.credits for page in made.pages for e in page.elements if isinstance(e, SignatureElement)]


def test_a_page_credits_its_own_pictures_alone() -> None:
    """Each page of an album goes out by itself: another's author under it would be wrong."""
    template = ALBUM.replace('  plain: {each: photos, shapes: {any: "photo"}}\n', "")

    assert album(template) == [f"Ảnh: {who} (CC BY 4.0)" for who in ("Ca", "An", "Bé")]


def test_pages_without_a_signature_are_credited_by_the_next() -> None:
    """So a deck names everybody where it is signed."""
    template = (
        ALBUM.replace("  title:  {type: text, style: body}\n", "")
        .replace("cover\\nsign", "cover")
        .replace(
            'each:  {each: photos, shapes: {any: "photo\\ntitle\\nsign"}}', "end:   {shapes: {any: sign}}"
        )
    )

    assert album(template) == ["Ảnh: Ca (CC BY 4.0); An (CC BY 4.0); Bé (CC BY 4.0)"]


def test_a_drawing_can_be_made_for_upright_photographs() -> None:
    """It is taken where its photographs are higher than wide, and more conditions come before fewer."""
    template = ALBUM.replace(
        'each:  {each: photos, shapes: {any: "photo\\ntitle\\nsign"}}',
        'each:  {each: photos, shapes: {any: "photo\\ntitle\\nsign", any upright photo: "photo title\\nphoto sign",'
        ' any without photo: "title\\nsign"}}',
    ).replace('  plain: {each: photos, shapes: {any: "photo"}}\n', "")
    upright = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 400" width="300" height="400"></svg>'
    events = "id,theme,day,hour,title,message,place,photo,figure,tags\n" + "".join(
        f"A{n},,,,T{n},,,{photo},,\n" for n, photo in enumerate(("picture.svg", "up.svg", ""))
    )
    more = {"assets/up.svg": upright}
    made = Small(template=template, take="all", events=events, fill="{photos: events}", more=more).scene()

    assert [len(page.cells[0]) for page in made.pages[1:]] == [1, 2, 1]
    assert [page.cells[0][0] for page in made.pages[1:]] == ["photo", "photo", "title"]


def test_pages_made_from_rows_are_numbered_and_carry_no_code() -> None:
    """A text may name the page and how many there are; the code, the same for all, stands on the other pages."""
    template = ALBUM.replace(
        "title:  {type: text, style: body}", 'title:  {type: text, style: body, text: "{page}/{pages}"}'
    )
    linked = {
        "brand/organisation.yaml": ORGANISATION.replace(
            "CĐ xã Thử,", "CĐ xã Thử, link: 'https://thu.example',"
        )
    }
    made = Small(template=template, take="all", fill="{photos: events}", more=linked).scene()
    signs = [e for page in made.pages for e in page.elements if isinstance(e, SignatureElement)]
    numbers = [said(e) for page in made.pages for e in page.elements if isinstance(e, TextElement)]

    assert numbers == ["1/2", "2/2"]
    assert [bool(sign.payload) for sign in signs] == [True, False, False]
