"""Khmer read back: from glyphs in the order of drawing, from files in the order of writing."""

from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
from pptx import Presentation
from small_project import BRAND, EVENTS, Small, slot

from producer.brand.model import Face
from producer.layout.font import FontBook
from producer.layout.lay_out import lay_out
from producer.layout.model import Document, GlyphRun
from producer.proof.fact import clean
from producer.proof.glyph_text import letters_of
from producer.proof.khmer import syllable_form, written_order
from producer.proof.prove import prove
from producer.render.model import Artifact, Resources
from producer.render.picture import picture_pixels
from producer.render.render import render

ROOT = Path(__file__).parents[2]
PATHS = sorted(
    path.relative_to(ROOT).as_posix() for path in (ROOT / "brand/fonts/NotoSansKhmer").glob("*.ttf")
)
_WORDS = """
    សូមស្វាគមន៍ សហជីព កម្មករ កម្ពុជា ព្រះរាជាណាចក្រ ឆ្នាំថ្មី ទោះ ឡើង រឿង រៀន នៅ ស្ត្រី កិច្ចប្រជុំ សំណួរ ជំនួយ
    ខ្មែរ ការងារ សុខភាព ពិនិត្យ ឥតគិតថ្លៃ សមាជិក ថ្ងៃ ម៉ោង គ្រួសារ ច្បាប់ ពលករ ប្រាក់ខែ សុវត្ថិភាព ក្រុមហ៊ុន
    """
WORDS = tuple(_WORDS.split())
LINE = "Chào mừng đoàn viên\nសូមស្វាគមន៍សមាជិកសហជីព និងកម្មករ"
CHANNELS = """\
  anh: {kind: image, size: [360, 450], formats: [png]}
  giay: {kind: print, trim: [90, 120], bleed: 3mm, safe: [5, 5, 5, 5], formats: [pdf]}
  chieu: {kind: deck, size: [640, 360], formats: [pptx]}
"""

DECK = """\
about: Thử
kind: deck
ground: night
slots:
  title: {type: text, style: lead}
pages:
  one: {shapes: {any: title}}
"""


def drawn(word: str, path: str) -> str:
    """What the glyphs of a shaped word say, from left to right."""
    fonts = FontBook(lambda name: (ROOT / name).read_bytes())
    letters = letters_of((ROOT / path).read_bytes())
    shaped = fonts.shape(Face(path, path, "Noto Sans Khmer"), word)
    return "".join(letters.text[glyph] for stretch in shaped.stretches for glyph in stretch.glyphs)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("word", WORDS)
def test_a_drawn_word_is_read_as_it_was_written(word: str, path: str) -> None:
    """Ra and the vowels that stand before their letter come back behind it, in both weights."""
    assert syllable_form(written_order(drawn(word, path))) == syllable_form(word)


def test_words_that_differ_stay_apart() -> None:
    """The form forgives an order of marks, and no letter."""
    forms = {clean(word) for word in WORDS}

    assert len(forms) == len(WORDS)
    assert clean("កម្មករ") != clean("កម្មកា")
    assert clean("ការ") != clean("រកា")


def test_a_line_end_inside_khmer_is_no_gap() -> None:
    """A text broken between two words of Khmer says the same; spaces beside other letters count."""
    assert clean("សហជីព កម្មករ") == clean("សហជីពកម្មករ")
    assert clean("xã សហជីព") != clean("xãសហជីព")


def small(used: str) -> Small:
    """A project with a Khmer face in its chain, and one text in two languages."""
    row = f'A1,,2025-07-28,07:30,"{LINE}",,,,,\n'
    return Small(
        template=DECK if used == "chieu" else slot("text", "title", style="lead"),
        events=EVENTS.partition("\n")[0] + "\n" + row,
        channels=CHANNELS,
        used=used,
        brand=BRAND.replace("{text: fonts}", "{text: fonts, khmer: khmer}\n  fallback: [khmer]"),
        more={f"brand/khmer/{path.rpartition('/')[2]}": (ROOT / path).read_bytes() for path in PATHS},
    )


def made(project: Small) -> tuple[Document, Artifact]:
    """The page and its file."""
    scene, read = project.scene(), project.world.read_bytes
    resources = Resources(scene.colours, ("leaf", "sun"), read)
    document = lay_out(scene, FontBook(read), read, partial(picture_pixels, resources=resources))
    return document, render(document, resources)


@pytest.mark.parametrize("used", ["anh", "giay", "chieu"])
def test_a_page_in_two_languages_says_both(used: str) -> None:
    """Pixels, print and slides are read back with the Khmer in them."""
    project = small(used)
    document, artifact = made(project)

    assert prove(artifact, document, project.world.read_bytes) == ()


def test_a_wrong_khmer_glyph_is_found() -> None:
    """One glyph taken for another is a fact missing, at the row."""
    project = small("anh")
    document, artifact = made(project)
    page = document.pages[0]
    at = next(at for at, item in enumerate(page.items) if item.name == "title")
    paints = list(page.items[at].paints)
    where = next(
        n for n, paint in enumerate(paints) if isinstance(paint, GlyphRun) and "Khmer" in paint.face.path
    )
    run = paints[where]
    paints[where] = replace(run, glyphs=(run.glyphs[2], *run.glyphs[1:]))
    items = (*page.items[:at], replace(page.items[at], paints=tuple(paints)), *page.items[at + 1 :])
    wrong = replace(document, pages=(replace(page, items=items),))

    assert [one.code for one in prove(artifact, wrong, project.world.read_bytes)] == [
        "proof/fact-missing",
        "proof/words-differ",
    ]


def test_slides_name_the_khmer_face() -> None:
    """Khmer words are a run of their own, with the brand's face for complex scripts, in its language."""
    _, artifact = made(small("chieu"))
    xml = Presentation(BytesIO(artifact.data)).slides[0]._element
    runs = xml.xpath("//a:r[contains(a:t, 'សហជីព')]/a:rPr")

    assert [run.get("lang") for run in runs] == ["km-KH"]
    assert [run.xpath("a:cs/@typeface") for run in runs] == [["Noto Sans Khmer"]]
