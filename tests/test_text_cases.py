"""The hard cases of Vietnamese text, tests/text_cases.yaml: each is proven, with all that it expects."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from small_project import RECIPE, Small

from producer.brand.model import Case, Face, Ink, TextStyle
from producer.data.cell import read_cell
from producer.data.model import ColumnType
from producer.data.read import read_tables
from producer.diagnostics import Diagnostic, Level, ProducerError, Scope, SourceText, Span
from producer.facts.anniversary import wrong_years
from producer.facts.check import check_text
from producer.facts.reading import Reading
from producer.facts.slip import ABBREVIATIONS, slips
from producer.layout.breaking import LONGEST_SYLLABLE, join_words
from producer.layout.font import FontBook
from producer.layout.text import TextBlock, fit_text, set_text
from producer.letter import hashtag, search_form, slug
from producer.lunar import lunar_words
from producer.recipe.load import load_project
from producer.recipe.model import Recipe, Source
from producer.recipe.schema_brand import StyleKeys
from producer.render.slides import oxml
from producer.scene.filter import FILTERS, amount_words, range_words, tidy
from producer.scene.model import Origin, Run
from producer.world import DictWorld

ROOT = Path(__file__).resolve().parent.parent
CASES = {case["id"]: case for case in YAML(typ="safe").load(ROOT / "tests/text_cases.yaml")["cases"]}
# What a case says for people who read it: examples of what is wrong, and remarks.
REMARKS = ("wrong", "wrong_slug", "min_line_height_note", "locale_default_not_used")

FONTS = FontBook(lambda path: (ROOT / path).read_bytes())
OSWALD = Face("brand/fonts/Oswald/Oswald-Bold.ttf", "1", "Oswald", 700)
TEXT = Face("brand/fonts/BeVietnamPro/BeVietnamPro-Regular.ttf", "2", "Be Vietnam Pro")
FIGURES = Face("brand/fonts/SourceSans3/SourceSans3-Regular.ttf", "4", "Source Sans 3")
BODY = TextStyle("body", TEXT, TEXT, (FIGURES,), (3.6, 3.2), 6, leading=1.45)
HEADLINE = TextStyle("headline", OSWALD, OSWALD, (FIGURES,), (11, 9, 7.5, 6, 5, 4.2), 3, Case.UPPER, 1.22)
INK, ORIGIN = Ink("ink"), Origin(Span("su-kien.csv", 3, 2), "title", "EV-1")
NBSP = "\u00a0"

Proof = Callable[[Any, Mapping[str, Any]], None]


def at(text: str, size: float = 40, width: float = 2000, style: TextStyle = BODY) -> TextBlock:
    """A text at one size."""
    return set_text((Run(text),), style, size, INK, width, FONTS, (), ORIGIN)


def said(block: TextBlock) -> str:
    """What the glyphs say."""
    return "".join(run.text for run in block.runs)


def lines(block: TextBlock) -> list[str]:
    """What each line says."""
    return [line.text.replace(NBSP, " ") for line in block.lines]


def told(text: str) -> list[Diagnostic]:
    """What is said of a text in the data."""
    return list(check_text(text, Span("a.csv", 2, 1), Scope.ROW))


def same_as_composed(text: str, expect: Mapping[str, Any]) -> None:
    """Decomposed text is read as composed, and gives the same glyphs at the same places."""
    assert read_cell(text, ColumnType.TEXT) == expect["nfc"]
    assert expect["pixel_equal_to_nfc"] == (at(text) == at(expect["nfc"]))


def eth(text: str, expect: Mapping[str, Any]) -> None:
    """Told, with the right spelling; and drawn as it."""
    (problem,) = told(text)

    assert problem.code == f"facts/{expect['warn']}"
    assert problem.level is Level.WARNING
    assert problem.facts["right"] == expect["repaired"]


def legacy(text: str, expect: Mapping[str, Any]) -> None:
    """Refused in a recipe; in a sheet read as it was meant, and told."""
    (problem,) = check_text(text, Span("recipe.yaml", 2, 1), Scope.RECIPE)
    assert f"{problem.code}-suspected" == f"facts/{expect['reject']}"
    assert problem.level is Level.ERROR
    place = Span("recipe.yaml", 1, 1)
    source = Source(SourceText("rows", place), place, file=SourceText("a.csv", place))
    recipe = Recipe("thu", "recipe.yaml", SourceText("Thử", place), date(2025, 1, 1), (source,), ())
    (row,) = read_tables(recipe, DictWorld({"a.csv": f"title\n{text}\n"}))["rows"].rows
    assert row.values["title"] == problem.facts["right"] == "Công đoàn Việt Nam"
    assert [told.level for told in row.problems] == [Level.WARNING]


def hidden(text: str, expect: Mapping[str, Any]) -> None:
    """What cannot be seen is not drawn."""
    assert said(at(text)) == expect["clean"]


def inside(text: str, expect: Mapping[str, Any]) -> None:
    """First and last line keep their ink inside the block, in both families, on one line and on many."""
    for style in (BODY, HEADLINE):
        for width in (150, 700, 2000):
            block = at(text, 100, width, style)
            assert expect["ink_inside_box"] == (block.ink_top >= 0 and block.ink_bottom <= block.height)


def apart(text: str, expect: Mapping[str, Any]) -> None:
    """No glyph of a line touches one of the line above."""
    for style in (BODY, HEADLINE):
        block = at(text, 100, 1200, style)
        assert len(block.lines) > 1
        assert expect["no_ink_overlap_between_lines"] == (least_gap(block) > 0)


def least_gap(block: TextBlock) -> float:
    """The px between the ink of two neighbouring lines where one stands over the other."""
    rows = [[] for _ in block.lines]  # type: list[list[tuple[float, float, float, float]]]
    for run in block.runs:
        font = FONTS.font(run.face)
        for glyph, (x, y) in zip(run.glyphs, run.points, strict=True):
            row = min(range(len(rows)), key=lambda at, y=y: abs(block.lines[at].baseline - y))
            box = font.box(glyph)
            if box:
                rows[row].append(
                    (
                        x + box[0] * run.size,
                        y + box[1] * run.size,
                        x + box[2] * run.size,
                        y + box[3] * run.size,
                    )
                )
    gaps = (
        low[1] - high[3]
        for upper, lower in pairwise(rows)
        for high in upper
        for low in lower
        if high[0] < low[2] and low[0] < high[2]
    )
    return min(gaps, default=1.0)


def capitals(text: str, expect: Mapping[str, Any]) -> None:
    """Each letter has its capital, with its marks."""
    assert said(at(text, style=replace(BODY, case=Case.UPPER))) == expect["upper"]


def no_small_capitals(_text: str, expect: Mapping[str, Any]) -> None:
    """A style is as written or in capitals; small capitals are no choice, and nothing makes them up."""
    assert expect["no_synthetic_small_caps"] == ({case.value for case in Case} == {"as-written", "upper"})
    with pytest.raises(ValueError, match="case"):
        StyleKeys.model_validate({"font": "text", "size": [3], "case": "small-caps"})


def kept(text: str, expect: Mapping[str, Any]) -> None:
    """Spelling is the author's: read, told of and set as it was written."""
    shown = read_cell(text, ColumnType.TEXT)

    assert expect["keep_as_is"] == (said(at(text)) == text == shown)
    assert told(text) == []


def kept_and_found(text: str, expect: Mapping[str, Any]) -> None:
    """As above, and a search finds both spellings."""
    kept(text, expect)
    assert search_form(text) == expect["search_fold"]


def address(text: str, expect: Mapping[str, Any]) -> None:
    """đ is d in an address, and is not lost."""
    assert slug(text) == expect["slug"]


def found(text: str, expect: Mapping[str, Any]) -> None:
    """However it is typed."""
    assert search_form(text) == expect["search_fold"]
    assert search_form(unicodedata.normalize("NFD", text)) == expect["search_fold"]


def sorted_names(names: list[str], expect: Mapping[str, Any]) -> None:
    """A column of names is sorted by given names."""
    assert in_order(names) == expect["sorted"]


def in_order(names: list[str]) -> list[str]:
    """The names of a file in the order of a data name."""
    small = Small(
        events="id,person\n" + "".join(f"{at},{name}\n" for at, name in enumerate(names)),
        template="about: Thử\nkind: still\nslots: {person: {type: text}}\nshapes: {any: person}\n",
    )
    recipe = str(small.files[RECIPE])
    types = recipe.partition("types: ")[2].partition("}")[0] + "}"
    recipe = recipe.replace(types, "{person: name}, order: person")
    world = small.but(more={RECIPE: recipe}).world
    project = load_project(RECIPE, world)
    return [str(row.values["person"]) for row in read_tables(project.recipe, world)["events"].rows]


def glued(text: str, expect: Mapping[str, Any]) -> None:
    """Groups part last or never: on every width at which they can be whole, they are."""
    wide = max(at(group, 40).width for group in expect["glue"]) + at(",", 40).width
    for width in range(int(wide) + 1, 900, 7):
        block = at(text, 40, width)
        for group in expect["glue"]:
            assert any(group in line for line in lines(block)), (width, lines(block))
    if "hyphenation" in expect:
        broken = " ".join(lines(at(text, 40, wide)))
        assert expect["hyphenation"] == (broken != text)


def no_orphan(text: str, expect: Mapping[str, Any]) -> None:
    """The last line has two syllables at least, whatever the width."""
    for width in range(300, 1200, 10):
        last = lines(at(text, 40, width))[-1]
        assert expect["no_orphan"] == (" " in last)


def longest(text: str, expect: Mapping[str, Any]) -> None:
    """The type shrinks, the syllable stays."""
    assert max(map(len, text.split())) == expect["max_syllable_letters"] == LONGEST_SYLLABLE
    assert set(lines(at(text, 100, 50))) == {"nghiêng"}
    assert fitted(text, 300).size > fitted(text, 200).size


def fitted(text: str, width: float) -> TextBlock:
    """A headline on a page 1080 px wide."""
    return fit_text((Run(text),), HEADLINE, INK, width, 1080, FONTS, (), ORIGIN)


def organisation(text: str, expect: Mapping[str, Any]) -> None:
    """Within its lines and not below its least size, or told; the short form stands larger."""
    long, short = fitted(text, 864), fitted(expect["short_form"], 864)

    assert short.fits
    assert len(short.lines) <= expect["max_lines"] == HEADLINE.lines
    assert short.size > long.size or not long.fits
    assert long.size >= HEADLINE.sizes[-1] * 10.8 - 0.01


def number(value: float, expect: Mapping[str, Any]) -> None:
    """Dots group, a comma marks decimals."""
    assert FILTERS["number"](Decimal(str(value))) == expect["vi"]


def share(value: float, expect: Mapping[str, Any]) -> None:
    """No zero that says nothing; written apart, the sign stays with its figure."""
    assert FILTERS["share"](Decimal(str(value))) == expect["vi"]
    assert join_words(expect["vi_spaced"].replace(NBSP, " ")) == expect["vi_spaced"]


def parsed(text: str, expect: Mapping[str, Any]) -> None:
    """A number as an office program of ours saves it."""
    assert read_cell(text, ColumnType.NUMBER) == Decimal(str(expect["value"]))
    assert read_cell("90,5", ColumnType.NUMBER) == Decimal("90.5")
    assert read_cell("1.234", ColumnType.NUMBER) == Decimal(1234)
    assert read_cell("0.925", ColumnType.NUMBER) == Decimal("0.925")


def money(value: int, expect: Mapping[str, Any]) -> None:
    """The whole amount, its unit joined to it."""
    assert join_words(FILTERS["dong"](Decimal(value))) == expect["text"]
    assert join_words(FILTERS["dong-sign"](Decimal(value))) == expect["table"]


def short_money(value: int, expect: Mapping[str, Any]) -> None:
    """Billions in headlines."""
    assert " ".join(amount_words(Decimal(value), "đồng")) == expect["text"].replace(NBSP, " ")
    assert NBSP.join(expect["text"].split()) == join_words(FILTERS["money"](Decimal(value)))


def dated(name: str) -> Proof:
    """A date through a filter."""

    def proof(text: str, expect: Mapping[str, Any]) -> None:
        assert FILTERS[name](date.fromisoformat(text)) == expect["vi"]

    return proof


def weekday(text: str, expect: Mapping[str, Any]) -> None:
    """The weekday is computed, and another one written by hand is refused."""
    assert FILTERS["weekday"](date.fromisoformat(text)) == expect["vi"]
    assert [one.code for one in told(expect["wrong"])] == ["facts/wrong-weekday"]


def ranged(days: list[str], expect: Mapping[str, Any]) -> None:
    """From one day to another."""
    first, last = map(date.fromisoformat, days)

    assert range_words(first, last) == expect["vi"]
    assert range_words(first, last, long=True) == expect["vi_words"]


def anniversary(text: str, expect: Mapping[str, Any]) -> None:
    """The count is checked against its dates, which stay on one line."""
    title, years = expect["title"], str(expect["years"])
    wrong = title.replace(years, "95", 1)

    assert text in title
    assert list(wrong_years(Reading(title))) == []
    assert [dict(one.facts) for one in wrong_years(Reading(wrong))] == [{"written": "95", "right": years}]
    assert any(f"({text})" in line for line in lines(at(title, 40, 700)))


def hour(text: str, expect: Mapping[str, Any]) -> None:
    """Three looks of an hour, the longest kept on a line."""
    clock = time.fromisoformat(text)

    assert FILTERS["time"](clock) == expect["vi"]
    assert FILTERS["time-full"](clock) == expect["vi_full"]
    assert FILTERS["time-short"](clock) == expect["compact"]
    assert " " not in join_words(expect["vi_full"])


def lunar(value: Mapping[str, Any], expect: Mapping[str, Any]) -> None:
    """A lunar day says so, and when it is."""
    assert lunar_words(*value["lunar"], value["year"]) == expect["vi"]


def tidied(text: str, expect: Mapping[str, Any]) -> None:
    """Quotes, spaces and dashes set right, and what is right left alone."""
    assert FILTERS["tidy"](text) == expect["out"]
    assert tidy(expect["out"]) == expect["out"]
    assert tidy("Kế hoạch số 70/KH-LĐLĐ ngày 10-02-2025") == "Kế hoạch số 70/KH-LĐLĐ ngày 10-02-2025"


def known(text: str, expect: Mapping[str, Any]) -> None:
    """Abbreviations of the trade are no slips."""
    assert set(expect["known"]) <= set(ABBREVIATIONS)
    assert list(slips(Reading(text), {})) == []


def slipped(text: str, expect: Mapping[str, Any]) -> None:
    """Told as warnings, the words left alone."""
    problems = told(text)

    assert [one.facts["written"] for one in problems] == expect["warn"]
    assert {(one.code, one.level) for one in problems} == {("facts/likely-slip", Level.WARNING)}


def tag(text: str, expect: Mapping[str, Any]) -> None:
    """Without marks and spaces."""
    assert FILTERS["hashtag"](text) == hashtag(text) == expect["hashtag"]


def mixed(text: str, expect: Mapping[str, Any]) -> None:
    """& becomes &amp; once where a file is XML, and stays & on the page."""
    assert oxml.words(text) == expect["html"]
    assert said(at(text, 20)) == text


def khmer_names(text: str, expect: Mapping[str, Any]) -> None:
    """Left as they are, kept on a line, sorted by the last syllable."""
    names = text.split(", ")

    kept(text, expect)
    assert in_order(names) == ["Thạch Thị Mẫu Sô Phia", "Danh Mẫu Sà Rây"]
    assert lines(at(f"Gặp gỡ {names[0]} và gia đình", 40, 420))[0] != f"Gặp gỡ {names[0][:8]}"


def no_box(text: str, expect: Mapping[str, Any]) -> None:
    """A letter is drawn from a fallback, or told; none is the empty box."""
    drawn = text.replace("★ ", "")
    block = at(drawn)

    assert expect["no_tofu"] == all(glyph for run in block.runs for glyph in run.glyphs)
    assert said(block) == drawn
    with pytest.raises(ProducerError) as caught:
        at(text)
    assert [one.facts["letter"] for one in caught.value.diagnostics] == ["★"]


def mapped(text: str, expect: Mapping[str, Any]) -> None:
    """Rare spaces and hyphens become the usual ones, and the joins stay."""
    assert at(text).lines[0].text == join_words(expect["mapped"])
    assert NBSP in expect["mapped"]


PROOFS: dict[str, Proof] = {
    "enc-nfd": same_as_composed,
    "enc-partial": same_as_composed,
    "enc-eth": eth,
    "enc-legacy": legacy,
    "enc-vni": legacy,
    "enc-hidden": hidden,
    "mark-stack-upper": inside,
    "mark-stack-lower": inside,
    "mark-two-lines": apart,
    "mark-upper": capitals,
    "mark-smallcaps": no_small_capitals,
    "i-dot": inside,
    "tone-old-new": kept_and_found,
    "tone-seed": kept,
    "fold-slug": address,
    "fold-search": found,
    "sort-names": sorted_names,
    "break-compound": glued,
    "break-union": glued,
    "break-number-unit": glued,
    "break-no-orphan": no_orphan,
    "break-title": glued,
    "break-slash": glued,
    "longest-word": longest,
    "long-org": organisation,
    "num-group": number,
    "num-percent": share,
    "num-parse": parsed,
    "money": money,
    "money-short": short_money,
    "date-legal": dated("date-legal"),
    "date-legal-2": dated("date-legal"),
    "date-long": dated("date-long"),
    "date-weekday": weekday,
    "date-range": ranged,
    "date-anniversary": anniversary,
    "time": hour,
    "lunar": lunar,
    "quotes": tidied,
    "spaces": tidied,
    "dash": tidied,
    "abbr": known,
    "abbr-typo": slipped,
    "hashtag": tag,
    "english-mix": mixed,
    "khmer-name": khmer_names,
    "missing-glyph": no_box,
    "nbsp-glyph": mapped,
}


class Expected(Mapping[str, Any]):
    """What a case expects, and which of it was looked at."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values_, self.used = values, set()  # type: Mapping[str, Any], set[str]

    def __getitem__(self, key: str) -> Any:
        """The value, noted as used."""
        self.used.add(key)
        return self.values_[key]

    def __iter__(self) -> Iterator[str]:
        """The keys."""
        return iter(self.values_)

    def __len__(self) -> int:
        """How many."""
        return len(self.values_)

    def __contains__(self, key: object) -> bool:
        """Whether it is there; that alone uses nothing."""
        return key in self.values_


def test_every_case_is_claimed() -> None:
    """All 48 have their proof, and no proof lacks its case."""
    assert len(CASES) == 48
    assert set(PROOFS) == set(CASES)


@pytest.mark.parametrize("case", CASES)
def test_a_case_holds(case: str) -> None:
    """The case is as it expects, and none of what it expects was left out."""
    expect = Expected(CASES[case]["expect"])

    PROOFS[case](CASES[case]["input"], expect)

    assert [key for key in expect if key not in expect.used and key not in REMARKS] == []
