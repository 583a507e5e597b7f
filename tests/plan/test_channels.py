"""Where a row's pieces go."""

import csv
import tomllib
from pathlib import Path

import pytest
from small_project import Small

from producer.pipeline import prepare, real_stages
from producer.recipe.channel import presets
from producer.world import FolderWorld

NOT_ONLINE = ("print", "pano", "venue", "deck", "gift")  # go by their kind alone
CHECKOUT = Path(__file__).parents[2]
HEAD = "id,title,day,hour,place,formats,channels\n"
TEMPLATE = """\
about: Thử
kind: still
slots:
  title: {type: text, style: headline}
  sign: {type: signature}
shapes: {any: "title\\nsign"}
"""


def made(formats: str, channels: str, used: str = "") -> list[str]:
    """The channels of one row's jobs."""
    events = f"{HEAD}A1,Ngày hội,2025-07-28,07:30,Nhà văn hóa,{formats},{channels}\n"
    project = Small(template=TEMPLATE, events=events, used=used)
    files = dict(project.files)
    recipe = str(files["recipes/thu/recipe.yaml"]).replace(
        "photo: photo, figure: number", "formats: list, channels: list"
    )
    files["recipes/thu/recipe.yaml"] = recipe if used else recipe.replace("    channels: []\n", "")
    return [job.channel.id for job in project.but(more=files).road().plan.jobs]


@pytest.mark.parametrize(
    ("formats", "channels", "expected"),
    [
        ("fb-post", "facebook", ["fb-post-portrait"]),
        ("fb-post", "facebook;zalo;portal", ["fb-post-portrait", "zalo-article-cover", "web-article"]),
        ("poster;story", "facebook", ["fb-story", "poster-a3"]),
        ("banner;pano", "facebook", ["pano-3x2", "banner-6x0_8"]),
    ],
)
def test_a_row_names_kinds_and_places(formats: str, channels: str, expected: list[str]) -> None:
    """One file for each kind and place, not one for each preset; print goes by its kind alone."""
    assert [name for name in made(formats, channels) if presets()[name].medium.value != "video"] == expected


def test_a_piece_names_a_group_or_a_product() -> None:
    """Asked for by name, all of a group's or product's presets that the template draws are made."""
    assert made("", "", "poster") == ["poster-a4", "poster-a3", "poster-a2", "poster-a1"]
    assert {"fb-cover", "fb-profile", "fb-post-square"} <= set(made("", "", "facebook"))


def test_every_format_of_a_recipes_own_channel() -> None:
    """A recipe that lists formats gets each, under names of their own."""
    own = "  anh: {kind: image, size: [360, 450], formats: [png, webp]}\n"
    jobs = Small(template=TEMPLATE, channels=own).road().plan.jobs

    assert [job.path for job in jobs[:2]] == ["tin/A1-anh.png", "tin/A1-anh.webp"]
    assert len({job.id for job in jobs}) == len(jobs)


def test_gifts_and_large_formats_know_their_limits() -> None:
    """What a preset says of scale, trim, inks and least sizes reaches the channel."""
    known = presets()

    assert (known["pano-6x3"].scale, known["banner-6x0_8"].scale, known["poster-a3"].scale) == (10, 10, 1)
    assert (known["gift-badge-58"].circle, known["gift-pen"].inks, known["gift-cap"].inks) == (
        True,
        "one",
        "flat",
    )
    assert known["gift-cap"].least_text == pytest.approx(6 * 72 / 25.4)
    assert known["gift-tote"].least_line == pytest.approx(0.5 * 72 / 25.4)
    assert "svg" in known["gift-pen"].formats


def test_every_row_of_the_register_yields_its_kinds() -> None:
    """As many files as rows × the usual presets of their kinds and places, counted without our own code (R-01)."""
    with (CHECKOUT / "assets/data/events.csv").open(encoding="utf-8", newline="") as file:
        register = list(csv.DictReader(file))
    listed = tomllib.loads((CHECKOUT / "producer/recipe/channels.toml").read_text("utf-8"))["presets"]
    usual = {name: preset for name, preset in listed.items() if preset.get("usual")}
    expected = {
        (row["event_id"], name)
        for row in register
        for name, preset in usual.items()
        if preset.get("product") in row["formats"].split(";")
        and (preset["group"] in row["channels"].split(";") or preset["group"] in NOT_ONLINE)
    }
    recipe = """\
title: Cả năm
today: 2025-01-02
data:
  events:
    file: assets/data/events.csv
    id: event_id
    types: {start_date: date, end_date: date, start_time: time, formats: list, channels: list}
pieces:
  goi: {template: su-kien, each: events, except: {formats: NOTHING}}
"""
    rows = {name for name, _ in expected}
    idle = [row["formats"].split(";")[0] for row in register if row["event_id"] not in rows]

    class Whole(FolderWorld):
        def read_bytes(self, path: str) -> bytes:
            told = recipe.replace("NOTHING", f"[{', '.join(idle)}]" if idle else "none")
            return told.encode() if path == "recipes/ca-nam/recipe.yaml" else super().read_bytes(path)

    plan = prepare("recipes/ca-nam/recipe.yaml", Whole(CHECKOUT), real_stages()).plan

    made = [(job.row.id, job.channel.id) for job in plan.jobs if job.row is not None]
    assert sorted(made) == sorted(expected)
    assert len(made) > len(register) * 2


def test_what_hides_a_side_is_kept_free() -> None:
    """A roll-up's base, a mug's handle and people before a backdrop hide sides: no word goes there."""
    known = presets()
    millimetre = 72 / 25.4

    assert known["standee-80x180"].safe.bottom == pytest.approx(150 * millimetre)
    assert known["gift-mug-11oz"].safe.left == pytest.approx(15 * millimetre)
    assert known["gift-mug-11oz"].safe.right == pytest.approx(15 * millimetre)
    assert known["gift-mug-11oz"].safe.top == pytest.approx(6.35 * millimetre)
    assert known["backdrop-4x2_4"].safe.bottom == pytest.approx(known["backdrop-4x2_4"].size.height / 3)
    assert known["yt-thumbnail"].safe.bottom == 100
    assert known["backdrop-6x3_5"].safe.bottom == pytest.approx(1166 * millimetre)


def test_print_of_ones_own_is_held_in_the_hand() -> None:
    """A print channel that names no resolution has 300 dpi, not a screen's 72."""
    own = "  giay: {kind: print, trim: [90, 55], formats: [pdf]}\n"
    own += "  to: {kind: print, trim: [900, 550], dpi: 100, formats: [pdf]}\n"
    channels = Small(template=TEMPLATE, channels=own, used="giay, to").road().project.channels

    assert (channels["giay"].dpi, channels["to"].dpi) == (300, 100)


def test_a_recipe_says_what_its_maker_prints() -> None:
    """A mug in one colour and a round badge of another size are lines of a recipe; a bag may take all inks."""
    own = """\
  coc: {kind: print, trim: [228.6, 88.9], safe: [6, 15, 6, 15], formats: [svg], inks: one}
  tron: {kind: print, trim: [44, 44], bleed: 5mm, safe: [3, 3, 3, 3], formats: [pdf], round: true}
  gift-tote: {inks: all}
  gift-cap: {inks: flat}
"""
    channels = Small(template=TEMPLATE, channels=own, used="coc, tron").road().project.channels

    assert (channels["coc"].inks, channels["coc"].most_inks, channels["coc"].circle) == ("one", 1, False)
    assert (channels["tron"].inks, channels["tron"].circle) == ("", True)
    assert (channels["gift-tote"].inks, channels["gift-tote"].most_inks) == ("", 0)
    assert (channels["gift-cap"].inks, channels["gift-cap"].most_inks) == ("flat", 6)
