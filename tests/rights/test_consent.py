"""Who does not agree is not shown: on no channel, in no deck, in no file that was made before."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import BinaryIO

import pypdfium2
import pytest
from bad_input import Said, run
from PIL import Image
from small_project import OURS, RECIPE, Small

from producer.data.model import Row
from producer.pipeline import composed, prepare, real_stages
from producer.rights.grant import grants_of, years
from producer.rights.show import Shown
from producer.scene.model import PictureElement
from producer.world import DictWorld, FolderWorld

CHECKOUT = Path(__file__).resolve().parents[2]
SAMPLE = """\
title: Gương
today: {today}
data:
  honorees: {{file: assets/data/honorees.csv, id: honoree_id, types: {{full_name: name, figure: number, photo: photo}}}}
pieces:
  guong: {{template: guong, each: honorees, order: full_name, channels: [{channel}]}}
"""


class Sample(FolderWorld):
    """The sample project with a recipe of its own."""

    def __init__(self, recipe: str, more: dict[str, str]) -> None:
        super().__init__(CHECKOUT)
        self.more = DictWorld({"recipes/thu/recipe.yaml": recipe, **more})

    def read_bytes(self, path: str) -> bytes:
        return self.more.read_bytes(path) if self.more.exists(path) else super().read_bytes(path)

    def open(self, path: str) -> BinaryIO:
        return self.more.open(path) if self.more.exists(path) else super().open(path)

    def exists(self, path: str) -> bool:
        return self.more.exists(path) or super().exists(path)

    def digest(self, path: str) -> str:
        return self.more.digest(path) if self.more.exists(path) else super().digest(path)


def sets(today: str = "2025-11-03", channel: str = "fb-post-square", **more: str) -> dict[str, Shown]:
    """What becomes of each honoree of the sample."""
    stages = real_stages()
    world = Sample(
        SAMPLE.format(today=today, channel=channel), {f"assets/{k}.csv": v for k, v in more.items()}
    )
    road = prepare("recipes/thu/recipe.yaml", world, stages)
    return {job.row.id: composed(job, road, stages) for job in road.plan.jobs if job.row is not None}


def how(shown: Shown) -> str:
    """With a portrait, without, or why not."""
    if shown.scene is None:
        return shown.refused[0].code
    pictures = [e for page in shown.scene.pages for e in page.elements if isinstance(e, PictureElement)]
    return "portrait" if pictures else "words"


def test_the_honorees_of_the_sample() -> None:
    """22 have a portrait, 5 are set without one, 3 are refused: two have not answered, one has withdrawn."""
    counts = Counter(how(shown) for shown in sets().values())
    assert counts == {"portrait": 22, "words": 5, "consent/not-given": 2, "consent/withdrawn": 1}


def test_the_recipe_of_honorees_that_ships() -> None:
    """It makes 27 with a post each, and refuses the three."""
    stages = real_stages()
    road = prepare("recipes/guong-dien-hinh/recipe.yaml", FolderWorld(CHECKOUT), stages)
    found = [composed(job, road, stages) for job in road.plan.jobs]
    assert sum(shown.scene is not None and bool(shown.scene.post) for shown in found) == 27
    assert sum(shown.scene is None for shown in found) == 3


@pytest.mark.parametrize(
    ("today", "channel", "code"),
    [("2028-01-01", "fb-post-square", "consent/ended"), ("2025-11-03", "tiktok-photo", "consent/channel")],
)
def test_consent_has_an_end_and_a_scope(today: str, channel: str, code: str) -> None:
    """On the day after its last, and on a channel that nobody was asked for, all are refused."""
    assert Counter(how(shown) for shown in sets(today, channel).values())[code] == 27


@pytest.mark.parametrize(("today", "made"), [("2027-12-31", 27), ("2028-01-01", 0)])
def test_the_last_day_counts(today: str, made: int) -> None:
    """Consent until a day holds on that day."""
    assert sum(shown.scene is not None for shown in sets(today).values()) == made


@pytest.mark.parametrize("channel", ["poster-a4", "standee-80x180", "web-og", "zalo-article-cover"])
def test_words_of_channels(channel: str) -> None:
    """`print` means all that is printed; a group means its channels."""
    assert sum(shown.scene is not None for shown in sets(channel=channel).values()) == 27


def test_the_register_has_the_last_word() -> None:
    """Who withdraws in the register is refused, though the own sheet still says yes."""
    people = (
        "id,who,photos,consent,consent_scope,consent_until,proof\nGT-2025-01,Nguyễn Mẫu Ưỡng,,withdrawn,,,\n"
    )
    found = sets(consent=people)
    assert how(found["GT-2025-01"]) == "consent/withdrawn"
    assert sum(shown.scene is not None for shown in found.values()) == 26


EVENTS = """\
id,day,title,place,photo,consent,consent_scope,consent_until,full_name
A1,2025-07-28,Một,Sân,a.jpg,yes,anh,2027-12-31,Lê Mẫu An
A2,2025-07-28,Hai,Sân,,yes,anh,2027-12-31,Ngô Mẫu Bình
A3,2025-07-28,Lê Mẫu An kể,Sân,,yes,anh,2027-12-31,Trần Mẫu Chi
"""
ALBUM = """\
about: Thử
kind: still
ground: night
slots:
  people: {type: rows}
  photo: {type: photo, optional: true}
  title: {type: text, style: headline}
  sign: {type: signature}
pages:
  one: {each: people, shapes: {any: "photo\\ntitle\\nsign"}}
"""
STILL = """\
about: Thử
kind: still
ground: night
slots:
  photo: {type: photo, optional: true}
  title: {type: text, style: headline}
  sign: {type: signature}
shapes:
  any: "photo\\ntitle\\nsign"
  any without photo: "title\\nsign"
"""
TYPES = "{photo: photo, day: date}"
HEADS = (
    f"title: Thử\ntoday: 2025-11-03\ndata:\n  events: {{file: assets/events.csv, id: id, types: {TYPES}}}\n"
)
CHANNEL = "channels: {anh: {kind: image, size: [360, 450], formats: [png]}}\n"
PIECE = "{template: album, all: events, channels: [anh], with: {people: events}}"
OTHER = f"{HEADS}pieces:\n  album: {PIECE}\n{CHANNEL}"
FIRST = f"{HEADS}pieces:\n  tin: {{template: thu, each: events, channels: [anh]}}\n{CHANNEL}"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Three people, of whom one has a photograph; a card for each, and an album of all in a second recipe."""
    small = Small(template=STILL, events=EVENTS).write(tmp_path)
    Image.effect_noise((900, 900), 60).convert("RGB").save(small / "assets/a.jpg")
    (small / RECIPE).write_text(FIRST, encoding="utf-8")
    (small / "recipes/khac").mkdir()
    (small / "recipes/khac/recipe.yaml").write_text(OTHER, encoding="utf-8")
    (small / "brand/templates/album.yaml").write_text(ALBUM, encoding="utf-8")
    (small / "assets/licences.yaml").write_text(
        f"{OURS}assets/: {{author: An Mẫu, licence: CC0-1.0}}\n", encoding="utf-8"
    )
    return small


def build(project: Path) -> tuple[Said, dict[str, str], dict[str, int]]:
    """Build both recipes in a process of its own; how every job ended, and the summary."""
    words = ("build", RECIPE, "recipes/khac/recipe.yaml", "--json", "-j", "1", "--lang", "en")
    done = subprocess.run(
        [sys.executable, "-m", "producer", *words], cwd=project, capture_output=True, text=True, check=False
    )
    *jobs, summary = (json.loads(line) for line in done.stdout.splitlines())
    said = Said(done.returncode, done.stdout, done.stderr)
    return said, {job["job"]: job["status"] for job in jobs}, summary


def files(project: Path) -> set[str]:
    """The pictures in the output folder."""
    return {place.relative_to(project / "output").as_posix() for place in project.glob("output/*/*/*.png")}


def test_a_withdrawal_from_end_to_end(project: Path) -> None:
    """Everything that shows them is listed, over all recipes; then it is gone or made anew without them, exit 0."""
    assert build(project)[0].code == 0
    everything = files(project)
    assert len(everything) == 6

    said = run(project, "consent", "withdraw", "A1", "--json", "--date", "2025-07-01")

    *listed, summary = (json.loads(line) for line in said.out.splitlines())
    assert said.code == 0
    assert [(one["recipe"], one["job"], one["shows"], one["action"]) for one in listed] == [
        ("khac", "album/album-anh", ["row", "picture", "name"], "remove"),
        ("thu", "tin/A1-anh", ["row", "picture"], "remove"),
        ("thu", "tin/A3-anh", ["name"], "remove"),
    ]
    assert {path.removeprefix("output/") for one in listed for path in one["paths"]} == everything - {
        "thu/tin/A2-anh.png"
    }
    kept = {"store": 5, "old": 0, "by_hand": 0}
    assert summary == {"event": "summary", "affected": 3, "files": 5, **kept, "recorded": True}
    assert (
        (project / "assets/consent.csv")
        .read_text("utf-8")
        .splitlines()[1]
        .startswith("A1,Lê Mẫu An,a.jpg,withdrawn")
    )

    built, ends, counts = build(project)

    assert built.code == 0
    assert ends == {
        "tin/A1-anh": "refused",
        "tin/A2-anh": "cached",
        "tin/A3-anh": "refused",
        "album/album-anh": "made",
    }
    assert (counts["refused"], counts["failed"]) == (2, 0)
    assert files(project) == {"thu/tin/A2-anh.png", "khac/album/album-anh-01.png"}
    manifest = json.loads((project / "output/thu/manifest.json").read_text("utf-8"))
    assert manifest["refused"] == {"tin/A1-anh": ["consent/withdrawn"], "tin/A3-anh": ["consent/named"]}
    assert [shown.problem.code for shown in built.shown] == [
        "consent/withdrawn", "consent/named", "consent/left-out", "consent/left-out",
    ]  # fmt: skip

    again = run(project, "consent", "withdraw", "A1", "--json")
    assert [json.loads(line)["event"] for line in again.out.splitlines()] == ["summary"]
    assert ",2025-07-01," in (project / "assets/consent.csv").read_text("utf-8")


def test_a_picture_is_found_wherever_it_is_used(project: Path) -> None:
    """A row of somebody else that shows the photograph is listed before anything was built, and refused after."""
    (project / "assets/events.csv").write_text(EVENTS.replace("Hai,Sân,", "Hai,Sân,a.jpg"), encoding="utf-8")

    listed = run(project, "consent", "withdraw", "A1", "--recipe", RECIPE, "--json").out.splitlines()[:-1]

    shows = {one["job"]: one["shows"] for one in map(json.loads, listed)}
    assert shows["tin/A2-anh"] == ["picture"]
    states = {
        one.get("job"): one["state"]
        for one in map(json.loads, run(project, "plan", RECIPE, "--json").out.splitlines()[:-1])
    }
    assert set(states.values()) == {"refused"}


def test_a_sheet_has_no_place_for_who_does_not_agree(project: Path) -> None:
    """Several to a sheet: the others stand on it, and the one who is left out is told."""
    print_channel = (
        "channels: {anh: {kind: print, trim: [80, 60], safe: [3, 3, 3, 3], dpi: 72, formats: [pdf]}}\n"
    )
    piece = "pieces:\n  tin: {template: thu, each: events, channels: [anh], sheet: a4}\n"
    (project / RECIPE).write_text(f"{HEADS}{piece}{print_channel}", encoding="utf-8")
    alone = EVENTS.replace("Lê Mẫu An kể", "Ba")
    (project / "assets/events.csv").write_text(alone.replace("a.jpg,yes", ",pending"), encoding="utf-8")
    stages = real_stages()
    road = prepare(RECIPE, FolderWorld(project), stages)

    (shown,) = (composed(job, road, stages) for job in road.plan.jobs)

    assert shown.scene is not None
    assert len(shown.scene.pages) == 2
    assert [told.code for told in shown.scene.problems] == ["consent/left-out"]


def test_the_page_of_checks_says_nothing_of_who_is_left_out(project: Path) -> None:
    """It goes to the printer, whom the id and the name of somebody who said no are nothing to."""
    channel = (
        "channels: {anh: {kind: print, trim: [105, 148], safe: [3, 3, 3, 3], dpi: 72, formats: [pdf]}}\n"
    )
    piece = "pieces:\n  tin: {template: thu, each: events, channels: [anh], sheet: a4}\n"
    (project / RECIPE).write_text(f"{HEADS}{piece}{channel}", encoding="utf-8")
    alone = EVENTS.replace("Lê Mẫu An kể", "Ba")
    (project / "assets/events.csv").write_text(
        alone.replace("A1,2025", "LeMauAn,2025").replace("a.jpg,yes", ",no"), encoding="utf-8"
    )

    said = run(project, "build", RECIPE, "-j", "1")

    assert "consent/left-out" in [shown.problem.code for shown in said.shown]
    (page,) = (project / "output/thu/tin").glob("*.kiem-tra.pdf")
    words = "".join(sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(page))
    assert "105 × 148 mm" in words
    assert "LeMauAn" not in words


def test_rows_that_a_sheets_slots_name_are_asked_too(project: Path) -> None:
    """A list of people on each of several to a sheet leaves out who withdrew, as on a page of its own."""
    (project / "brand/templates/thu.yaml").write_text(
        STILL.replace(
            "  sign: {type", "  names: {type: list, style: body, optional: true}\n  sign: {type"
        ).replace("title\\nsign", "title\\nnames\\nsign"),
        encoding="utf-8",
    )
    channel = "channels: {anh: {kind: print, trim: [80, 60], safe: [3, 3, 3, 3], dpi: 72, formats: [pdf]}}\n"
    names = 'with: {names: {rows: people, text: "{full_name}"}}'
    tin = f"{{template: thu, each: events, channels: [anh], sheet: a4, {names}}}"
    piece = f"  people: {{from: events}}\npieces:\n  tin: {tin}\n"
    (project / RECIPE).write_text(f"{HEADS}{piece}{channel}", encoding="utf-8")
    alone = EVENTS.replace("Lê Mẫu An kể", "Ba")
    (project / "assets/events.csv").write_text(alone.replace("a.jpg,yes", ",withdrawn"), encoding="utf-8")
    stages = real_stages()
    road = prepare(RECIPE, FolderWorld(project), stages)

    (shown,) = (composed(job, road, stages) for job in road.plan.jobs)

    assert shown.scene is not None
    names = {fact.text for fact in shown.scene.facts if fact.field != "title"}
    assert "Ngô Mẫu Bình" in names
    assert "Lê Mẫu An" not in names


def test_a_photograph_is_asked_besides_its_person() -> None:
    """Who agrees to be shown has not answered for a photograph that others still think about."""
    columns = ("id", "consent", "photo_consent")
    row = Row("A1", "a.csv", 2, columns, dict(zip(columns, ("A1", "yes", "pending"), strict=True)))
    assert [(grant.given, grant.of_photo) for grant in grants_of(row, ("a.jpg",))] == [
        ("yes", False), ("pending", True),
    ]  # fmt: skip


@pytest.mark.parametrize(("written", "age"), [("9", 9), ("2018", 0), ("sinh 2018", 0), ("", None)])
def test_ages_that_nobody_has_are_a_childs(written: str, age: int | None) -> None:
    """A year of birth in the column of ages must not make an adult of a child."""
    assert years(written) == age


def test_plan_and_why_say_it_too(project: Path) -> None:
    """The state is refused in every command, and none counts it as a failure or as work."""
    (project / "assets/events.csv").write_text(EVENTS.replace("a.jpg,yes", "a.jpg,pending"), encoding="utf-8")

    planned = run(project, "plan", RECIPE, "--json")
    assert planned.code == 0
    assert json.loads(planned.out.splitlines()[-1])["refused"] == 2
    why = run(project, "why", "tin/A1-anh")
    assert (why.code, why.out.splitlines()[0]) == (0, "tin/A1-anh: refused")
    assert run(project, "check", RECIPE).code == 0


def test_withdrawal_of_nobody(project: Path) -> None:
    """An id that nobody has is an error with the nearest, and nothing is written."""
    said = run(project, "consent", "withdraw", "A11")
    assert (said.code, [shown.problem.code for shown in said.shown]) == (2, ["cli/no-person"])
    assert "A1?" in said.err
    assert not (project / "assets/consent.csv").exists()


def test_a_product_of_a_recipe_that_is_gone(project: Path) -> None:
    """What lies in the output folder is found by its manifest."""
    build(project)
    (project / "recipes/khac/recipe.yaml").unlink()
    said = run(project, "consent", "withdraw", "A1", "--dry-run", "--json")
    assert "khac" in {json.loads(line).get("recipe") for line in said.out.splitlines()}
    assert not (project / "assets/consent.csv").exists()


def test_everything_that_ships_has_its_entry() -> None:
    """Every file of assets and brand is in the register of licences, but for itself and the licences of fonts."""
    from producer.recipe.licence_file import read_register

    licensed = read_register(FolderWorld(CHECKOUT)).licensed
    shipped = [
        place for folder in ("assets", "brand") for place in (CHECKOUT / folder).rglob("*") if place.is_file()
    ]
    names = [place.relative_to(CHECKOUT).as_posix() for place in shipped if place.name != "OFL.txt"]
    assert [name for name in names if name not in licensed] == ["assets/licences.yaml"]
