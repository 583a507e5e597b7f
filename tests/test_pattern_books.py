"""The pattern books: every family in every look and shape, with short, usual and cruel content, fits."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from producer.pipeline import inspect, prepare, real_stages
from producer.recipe.channel import presets
from producer.recipe.load import load_project
from producer.recipe.model import Kind, Medium, PageShape
from producer.world import FolderWorld

CHECKOUT = Path(__file__).resolve().parent.parent
BOOKS = sorted(path.parent.name for path in (CHECKOUT / "recipes").glob("bo-mau-*/recipe.yaml"))
ALL_FOUR = ("su-kien", "chuc-mung", "trich-dan", "thong-bao", "qua-tang")


@pytest.mark.parametrize("book", BOOKS)
def test_every_page_of_a_pattern_book_fits(book: str) -> None:
    """No row of a book has a problem up to layout, in any look and channel that it shows."""
    road = prepare(f"recipes/{book}/recipe.yaml", FolderWorld(CHECKOUT), real_stages())

    found = [problem for problems in inspect(road, real_stages()) for problem in problems]

    assert [str(problem) for problem in found if problem.level.value == "error"] == []


def test_the_books_show_every_family_and_look() -> None:
    """What a brand offers is shown: each still template, in each of its looks."""
    offered: dict[str, set[str]] = {}
    shown = defaultdict[str, set[str]](set)
    for book in BOOKS:
        world = FolderWorld(CHECKOUT)
        path = f"recipes/{book}/recipe.yaml"
        for template in load_project(path, world).templates.values():
            offered[template.name] = set(template.looks)
        for job in prepare(path, world, real_stages()).plan.jobs:
            shown[job.template.name] |= {one.look for one in job.parts or (job,)}

    assert len(offered) >= 12
    assert {name: looks - shown[name] for name, looks in offered.items() if looks - shown[name]} == {}


def test_families_serve_the_shapes_that_staff_ask_for() -> None:
    """Events, greetings, quotations, announcements and presents draw all four shapes, and offer three looks or more."""
    for book in BOOKS:
        for template in load_project(f"recipes/{book}/recipe.yaml", FolderWorld(CHECKOUT)).templates.values():
            if template.kind is Kind.STILL and template.name in ALL_FOUR:
                drawn = {d.shape for page in template.pages for d in page.drawings}
                assert None in drawn or drawn == set(PageShape), template.name
                assert len(template.looks) >= 3, template.name


def test_every_slot_and_look_speaks_to_staff() -> None:
    """A form can be made of each template: slots have a label, templates and looks say what they are for."""
    for book in BOOKS:
        for template in load_project(f"recipes/{book}/recipe.yaml", FolderWorld(CHECKOUT)).templates.values():
            assert template.about
            assert all(template.abouts.values())
            silent = [
                n for n, slot in template.slots.items() if not slot.label and slot.type.value != "signature"
            ]
            assert silent == [], template.name


class OnePieceEach(FolderWorld):
    """The checkout with a recipe that sends one row to every print preset there is."""

    def read_bytes(self, path: str) -> bytes:
        """See FolderWorld."""
        return PRINTS.encode() if path == "recipes/ban-in/recipe.yaml" else super().read_bytes(path)


PRINTS = """\
title: Mọi kênh in
today: 2025-06-20
data:
  events:
    file: assets/data/events.csv
    id: event_id
    types: {start_date: date, end_date: date, start_time: time, photo: photo}
    only: {event_id: EV-2025-11}
  gifts: {file: assets/data/gifts.csv, id: gift_id, types: {day: date}, only: {gift_id: QT-02}}
pieces:
  lon: {template: su-kien, each: events, channels: [print, pano, venue]}
  qua: {template: qua-tang, each: gifts, look: dau-hieu, channels: [gift-mug-11oz, gift-tote, gift-cap, gift-notebook-a5, gift-badge-58, gift-shirt-chest, sticker-70]}
  day: {template: qua-tang-dai, each: gifts, look: hai-dong, channels: [gift-lanyard]}
  but: {template: qua-tang-dai, each: gifts, look: ten-don-vi, channels: [gift-pen]}
"""  # noqa: E501 - one line is one piece


def test_every_print_preset_has_a_template_that_fills_it() -> None:
    """No preset of print is only a name: one row of the samples is laid out on each, without a problem."""
    road = prepare("recipes/ban-in/recipe.yaml", OnePieceEach(CHECKOUT), real_stages())
    found = [problem for problems in inspect(road, real_stages()) for problem in problems]

    # The samples' photographs are made for screens: on the largest sheets they have too few dots, rightly told.
    errors = [
        problem for problem in found if problem.level.value == "error" and problem.code != "photo/low-dpi"
    ]
    assert [str(problem) for problem in errors] == []
    prints = {name for name, channel in presets().items() if channel.medium is Medium.PRINT}
    assert prints - {job.channel.id for job in road.plan.jobs} == set()
