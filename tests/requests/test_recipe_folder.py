"""A request becomes a recipe in a folder, and comes back; by form or by sheet it gives the same bytes."""

import csv
import hashlib
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from PIL import Image

from producer.build.batch import Choice, examine
from producer.build.run import Means, Status, run
from producer.diagnostics import ProducerError
from producer.pipeline import prepare, real_stages
from producer.requests.draft import Photo, clean
from producer.requests.recipe_folder import materialise, materialise_all, read_back
from producer.requests.sheet import read_sheet
from producer.requests.upload import PhotoShelf, photo
from producer.world import FolderWorld

FOLDER = "recipes/yeu-cau-1"


class Silent:
    """A reporter that hears nothing."""

    def begin(self, *_told) -> None: ...
    def end(self, *_told) -> None: ...
    def removed(self, *_told) -> None: ...
    def put_away(self, *_told) -> None: ...
    def kept(self, *_told) -> None: ...


def build(project: Path, folder: str) -> list:
    """Make all files of a request by the build engine."""
    road = prepare(f"{folder}/recipe.yaml", FolderWorld(project), real_stages())
    batch = examine(road, real_stages(), project, project / "output", Choice())
    return list(run(batch, Means(1), Silent()))


def digests(results) -> list[str]:
    """The SHA-256 of each file, in the order of the plan."""
    assert all(result.status in (Status.MADE, Status.CACHED) for result in results), [
        r.problems for r in results
    ]
    return [result.made.sha256 for result in results]


@pytest.mark.parametrize("look", ["anh-tren", "mang-mau"])
def test_read_back_gives_what_was_written(shown, project, look) -> None:
    """Every kind of the starter, untouched, comes back as the same draft."""
    for kind in shown.kinds():
        form = shown.form(kind.template)
        draft = kind.example if kind.template != "su-kien" else replace(kind.example, look=look)
        materialise(draft, form, project, FOLDER)
        back = read_back(project, FOLDER, form)
        assert (back.drafts, back.by_hand) == ((draft,), False), kind.template


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(max_size=40).map(clean), min_size=5, max_size=5))
def test_whatever_was_typed_stands_in_the_sheet(shown, project, said) -> None:
    """Separators, quotation marks, lines and formulas come back as they were; no cell becomes another's."""
    example = shown.example("su-kien")
    keys = ("organiser", "title", "message", "place", "hashtags")
    values = {**example.values, **dict(zip(keys, said, strict=True))}
    draft = replace(example, values={key: text for key, text in values.items() if text})
    form = shown.form("su-kien")
    materialise(draft, form, project, FOLDER)
    rows = list(
        csv.DictReader(io.StringIO((project / FOLDER / "rows.csv").read_bytes().decode(), newline=""))
    )
    assert [rows[0][key] for key in keys] == list(said)


def test_a_designers_changes_come_back(shown, project) -> None:
    """Words in the sheet, the look and the channels; what no form can say is left to the folder."""
    form, example = shown.form("su-kien"), shown.example("su-kien")
    materialise(example, form, project, FOLDER)
    sheet = project / FOLDER / "rows.csv"
    title = example.value("title")
    text = sheet.read_text("utf-8").replace(title, "Hội thao công nhân", 1).replace("anh-tren", "anh-nen")
    sheet.write_text(text, "utf-8")
    (draft,) = read_back(project, FOLDER, form).drafts
    assert draft == replace(example, look="anh-nen", values={**example.values, "title": "Hội thao công nhân"})

    recipe = project / FOLDER / "recipe.yaml"
    before = recipe.read_text("utf-8")
    recipe.write_text(
        before.replace("    post:", "    with: {message: Của người thiết kế}\n    post:"), "utf-8"
    )
    assert read_back(project, FOLDER, form).by_hand
    recipe.write_text("title: {", "utf-8")
    with pytest.raises(ProducerError):
        read_back(project, FOLDER, form)


def test_a_folder_that_is_no_request(shown, project) -> None:
    """A recipe of the house is not read as one, and a request without its memory is told."""
    form = shown.form("su-kien")
    with pytest.raises(ProducerError) as caught:
        read_back(project, "recipes/bo-mau-su-kien", form)
    assert [one.code for one in caught.value.diagnostics] == ["request/not-a-request"]
    materialise(shown.example("su-kien"), form, project, FOLDER)
    (project / FOLDER / "request.json").write_text("{}", "utf-8")
    with pytest.raises(ProducerError) as caught:
        read_back(project, FOLDER, form)
    assert [one.code for one in caught.value.diagnostics] == ["request/not-a-request"]


def sheet_of(drafts, form, kind: str) -> bytes:
    """The drafts as somebody fills them into a sheet, under its labels, days as people write them."""
    keys = [one.key for one in form.fields if one.key != "register"]
    heads = [one.label for one in form.fields if one.key != "register"]

    def cell(draft, key):
        text = draft.value(key)
        if key == "start_date":
            year, month, day = text.split("-")
            return f"{int(day)}/{int(month)}/{year}"
        return text

    rows = [["Mã dòng", *heads, "Kiểu trình bày"]]
    rows += [[draft.event, *(cell(draft, key) for key in keys), draft.look] for draft in drafts]
    if kind == "csv":
        made = io.StringIO()
        csv.writer(made, delimiter=";").writerows(rows)
        return made.getvalue().encode("utf-8-sig")
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_sheet_gives_the_bytes_of_the_form(shown, project, kind) -> None:
    """Three events, one by one by form and all at once by sheet: PNG, PDF and PPTX are the same, by SHA-256."""
    form = shown.form("su-kien")
    events = [one for one in shown.events("su-kien") if one.id in ("EV-2025-03", "EV-2025-09", "EV-2025-14")]
    channels = ("fb-post-square", "poster-a4", "slide-16x9")
    drafts = [
        replace(
            shown.example("su-kien"),
            values=dict(event.values),
            event=event.id,
            channels=channels,
            look="anh-tren",
        )
        for event in events
    ]
    by_form = []
    for number, draft in enumerate(drafts):
        materialise(draft, form, project, f"recipes/le-{number}")
        by_form += digests(build(project, f"recipes/le-{number}"))

    start = replace(shown.example("su-kien"), values={}, event="", channels=channels)
    both = (form, shown.form("su-kien", "en"))
    read = read_sheet(sheet_of(drafts, form, kind), f"bang.{kind}", start, both)
    assert [row.problems for row in read.rows] == [(), (), ()]
    # The theme is no field of the form, and comes with the event alone.
    rows = [
        replace(row.draft, values={**row.draft.values, **beside(draft)})
        for row, draft in zip(read.rows, drafts, strict=True)
    ]
    materialise_all(rows, form, project, "recipes/ca-bang")
    (project / ".producer").rename(project / ".producer-before")  # nothing may come from the store
    assert digests(build(project, "recipes/ca-bang")) == by_form


def beside(draft) -> dict:
    """What a draft carries along and no form shows."""
    return {key: draft.value(key) for key in ("theme", "calendar_id") if draft.value(key)}


def test_errors_of_a_sheet_are_told_by_row_and_column(shown) -> None:
    """A day that is none, an unknown column, a row without its title: each where it stands in the sheet."""
    form = shown.form("su-kien")
    data = "Tên sự kiện,Ngày,Giờ,Ghi chú\nHội thao,31/2/2025,07:30,x\n,2025-05-25,7h30,\n".encode()
    read = read_sheet(data, "bang.csv", replace(shown.example("su-kien"), values={}), (form,))
    assert [(one.code, one.span.line, one.span.column) for one in read.problems] == [
        ("request/unknown-field", 1, 4)
    ]
    first, second = read.rows
    assert [(one.code, one.span.line, one.span.column) for one in first.problems] == [
        ("data/no-such-day", 2, 2)
    ]
    assert (second.line, second.draft.value("start_time")) == (3, "07:30")
    assert read.columns == {"title": 1, "start_date": 2, "start_time": 3}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "request/not-a-sheet"),
        (b"PK\x03\x04 no workbook", "request/not-a-sheet"),
        (b"x" * 5_000_001, "request/sheet-too-large"),
        (b"title\n" + b"Hoi thao\n" * 501, "request/sheet-too-large"),
    ],
)
def test_what_is_no_sheet(shown, data, code) -> None:
    """A problem each, and no traceback."""
    with pytest.raises(ProducerError) as caught:
        read_sheet(data, "bang", shown.example("su-kien"), (shown.form("su-kien"),))
    assert caught.value.diagnostics[0].code == code


def test_a_sent_photograph_is_in_the_project_with_its_entries(shown, project) -> None:
    """Credit and consent stand in both registers, once; the page names the photographer, the crop keeps the point."""
    file = io.BytesIO()
    Image.effect_noise((1600, 1200), 60).convert("RGB").save(file, "JPEG")
    upload = photo(file.getvalue(), "hoi-thao.jpg")
    PhotoShelf(project).keep(upload)
    sent = Photo(upload.digest, "Lê Mẫu An", "event_notice", (30, 20), "Công nhân kéo co trên sân")
    form, example = shown.form("su-kien"), replace(shown.example("su-kien"), channels=("fb-post-square",))
    draft = replace(
        example, photos={"photo": sent}, values={k: v for k, v in example.values.items() if k != "photo"}
    )
    for _ in range(2):
        materialise(draft, form, project, FOLDER)
    licences = (project / "assets/licences.yaml").read_text("utf-8")
    assert licences.count("Lê Mẫu An") == 1
    assert read_back(project, FOLDER, form).drafts == (draft,)
    (result,) = build(project, FOLDER)
    assert result.status is Status.MADE, result.problems
    told = json.dumps(result.made.entries, ensure_ascii=False)
    assert "Ảnh: Lê Mẫu An" in told
    assert "Công nhân kéo co trên sân" in told


def test_a_photograph_nobody_agreed_to_is_not_made(project) -> None:
    """Unknown means no, in the preview as in the build."""
    from producer.requests.workshop import Workshop

    file = io.BytesIO()
    Image.effect_noise((1600, 1200), 60).convert("RGB").save(file, "JPEG")
    upload = photo(file.getvalue())
    PhotoShelf(project).keep(upload)
    workshop = Workshop(project)
    example = replace(workshop.example("su-kien"), channels=("fb-post-square",))
    draft = replace(example, photos={"photo": Photo(upload.digest, "Lê Mẫu An")})
    before = workshop.preview(draft)
    assert "request/no-consent" in {one.code for one in before.problems if one.field == "photo"}
    asked = replace(
        draft, photos={"photo": Photo(upload.digest, "Lê Mẫu An", "none_needed", alt="Sân vận động")}
    )
    after = workshop.preview(asked)
    assert after.is_whole
    assert after.png != before.png


def test_a_photograph_that_is_gone_is_told(shown) -> None:
    """An upload may have been cleared away before its draft was sent."""
    draft = replace(shown.example("su-kien"), photos={"photo": Photo("0" * 64, "Lê Mẫu An", "none_needed")})
    assert [(one.field, one.code) for one in shown.preview(draft).problems] == [
        ("photo", "request/photo-gone")
    ]


def test_values_are_never_templates(shown, project) -> None:
    """Braces and filters in a value are printed as they stand, in every kind of file."""
    form = shown.form("su-kien")
    said = "{{7*7}} {title | upper}"
    channels = ("fb-post-portrait", "poster-a4", "slide-16x9")
    example = replace(shown.example("su-kien"), channels=channels, look="anh-tren")
    draft = replace(example, values={**example.values, "message": said, "theme": ""})
    materialise(draft, form, project, FOLDER)
    recipe = project / FOLDER / "recipe.yaml"
    assert said not in recipe.read_text("utf-8")
    accepted = (
        "accept:\n  facts/blank: {su-kien/" + draft.event + ": Thử}\n"
    )  # the check takes the braces for a blank
    recipe.write_text(recipe.read_text("utf-8") + accepted, "utf-8")
    for result in build(project, FOLDER):
        assert result.status is Status.MADE, result.problems
        facts = {fact["text"] for entry in result.made.entries for fact in entry["facts"]}
        assert said in facts
        assert not any("49" in fact for fact in facts if fact.startswith("{"))
    texts = (project / "output/yeu-cau-1").rglob("*.txt")
    assert all(said in place.read_text("utf-8") for place in texts)


def test_the_recipe_says_nothing_that_was_typed(shown, project) -> None:
    """Whatever is typed, the YAML stays the same: there is no way from a field into a recipe."""
    form, example = shown.form("su-kien"), shown.example("su-kien")
    made = []
    for title in ("Hội thao", 'x"\npieces: {}', "{title}", "!!python/object"):
        materialise(replace(example, values={**example.values, "title": title}), form, project, FOLDER)
        made.append(hashlib.sha256((project / FOLDER / "recipe.yaml").read_bytes()).hexdigest())
    assert len(set(made)) == 1
