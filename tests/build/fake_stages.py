"""Stages for a toy language, so that the build is tested without the heavy ones: recipes are JSON.

Words make things happen: `die` ends the worker once, `die-always` each time, `bug` raises, `too-long`
does not fit, `ffmpeg-…` fails as the encoder does, `full` as a disk, `doubtful` draws a warning, `reads` opens a
file the scene does not name, `swapped` one that is not what the scene was made with any more, `sleep` takes long.
A file `fail-with` in the log's folder says one of them for every row.
"""

# ruff: noqa: ARG001, ARG005, D103 - the signatures are the real stages', which say what they are for

import errno
import json
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from producer.brand.model import Artwork as Art
from producer.brand.model import Brand, Colour, Face, Ink, MarkSpec, MotionSpec, Organisation, TextStyle
from producer.build import key
from producer.data.model import Row, Table
from producer.diagnostics import Diagnostic, Level, ProducerError, Scope, SourceText, Span
from producer.geometry import Insets, Size
from producer.kept import Notes
from producer.layout.model import Document, Page
from producer.pipeline import Stages
from producer.plan.model import Channel, Job, Medium, Plan
from producer.recipe.model import Kind, Piece, Project, Recipe, Template
from producer.render.model import Artifact, FfmpegError, Resources
from producer.rights.read import read_rights
from producer.rights.show import show
from producer.scene.model import (
    Canvas,
    Fact,
    Ground,
    Move,
    Origin,
    Role,
    Run,
    Scene,
    ScenePage,
    Solid,
    TextElement,
)
from producer.world import World

# Our own code may be edited while its tests run; in main process and workers alike it counts as unchanged.
key.own_code = lambda: "the same"
key.engine.cache_clear()

FACE = Face("fonts/a.ttf", "00", "A")
STYLE = TextStyle("headline", FACE, FACE, (), (10.0, 8.0), 3)
ART = Art("mark.svg", "11")
ENCODER_FAULTS: Mapping[str, dict[str, Any]] = {
    "ffmpeg-failed": {"status": 3},
    "ffmpeg-killed": {"status": -9},
    "ffmpeg-frames": {"status": 0, "frames": (3, 4)},
    "ffmpeg-missing": {"status": None},
}


def stages() -> Stages:
    return Stages(
        load_project, read_tables, check_facts, make_plan, read_rights, compose, show, prepare_layout, render,
        lambda document, resources, side: (), lambda document, under, resources: (), prove,
        lambda document, found, problems, resources: ("", b""), lambda texts: (),
        lambda scene, brand: replace(scene, title=f"{scene.title} (nháp)"), lambda document, resources, side: (),
        lambda document, resources, width: (b"", ()),
    )  # fmt: skip


def load_project(path: str, world: World) -> Project:
    try:
        read = json.loads(world.read_bytes(path))
    except FileNotFoundError:
        raise ProducerError([Diagnostic("recipe/no-file", Span(path), {"path": path})]) from None
    span = Span(path, 1, 1)
    formats = tuple(SourceText(name, span) for name in read["formats"])
    piece = Piece(SourceText("poster", span), span, SourceText("t", span), SourceText("rows", span), True)
    recipe = Recipe(Path(path).parent.name, path, SourceText("Thử", span), date(2025, 1, 1), (), (piece,))
    asked = read.get("approvers", 1)
    template = Template("t", "brand/templates/t.yaml", "22", "", Kind.STILL, {}, (), approvers=asked)
    channels = {
        str(name): Channel(str(name), Medium.IMAGE, Size(100, 100), Insets(), 0.0, (str(name),), 72)
        for name in formats
    }
    return Project(recipe, read_brand(world), {"t": template}, channels)


def read_brand(world: World) -> Brand:
    said = json.loads(world.read_bytes("brand/brand.yaml"))
    return Brand(
        "b", "vi", {"red": Colour(said["red"], 0, 0)}, {}, {}, ("red",), {}, {}, {}, MarkSpec(ART, True),
        MotionSpec(), Organisation(), approval=said.get("approval") == "required",
    )  # fmt: skip


def read_tables(recipe: Recipe, world: World) -> Mapping[str, Table]:
    file = "assets/data/rows.json"
    columns = ("id", "title", "place")
    rows = tuple(
        Row(values["id"], file, number, columns, values)
        for number, values in enumerate(json.loads(world.read_bytes(file)), start=1)
    )
    return {"rows": Table("rows", file, columns, {}, rows)}


def check_facts(project: Project, tables: Mapping[str, Table]) -> tuple[Diagnostic, ...]:
    facts = {"written": "a", "date": "b", "right": "c"}
    return tuple(
        Diagnostic("facts/wrong-weekday", row.span("title"), facts, scope=Scope.ROW)
        for row in tables["rows"].rows
        if row.values["title"] == "wrong-day"
    )


def make_plan(project: Project, tables: Mapping[str, Table], only: str | None) -> Plan:
    (piece,) = project.recipe.pieces
    jobs = tuple(
        Job(
            f"poster/{row.id}-{name}", piece, project.templates["t"], (), row, tables["rows"],
            channel, None, str(name), f"poster/{row.id}-{name}.{name}",
        )
        for row in tables["rows"].rows
        for name, channel in project.channels.items()
        if only is None or only in row.id
    )  # fmt: skip
    return Plan(project.recipe.name, jobs)


def compose(job: Job, project: Project, tables: Mapping[str, Table], world: World) -> Scene:
    assert job.row is not None
    span = job.row.span("title")
    title = str(job.row.values["title"])
    if title == "no-letter":
        raise ProducerError([Diagnostic("build/changed", span, {"job": job.id}, scope=Scope.ROW)])
    if title == "bad-template":
        raise ProducerError([Diagnostic("recipe/no-file", Span("brand/templates/t.yaml"), {"path": "x"})])
    ink = Ink("red")
    element = TextElement("title", Role.TITLE, (Run(title),), STYLE, ink, Origin(span, "title", job.row.id))
    page = ScenePage(
        "t", title, (("title",),), (element,), Ground(Solid(ink)), (), Decimal("2.50"), Move.NONE, span
    )
    canvas = Canvas(Size(100, 100), Insets(), 0.0, Medium.IMAGE, 96, 72, 6, 3)
    facts = (Fact("title", title, span),)
    return Scene(
        job=job.id, format=job.format, title=title, language="vi", canvas=canvas, pages=(page,), facts=facts,
        rate=30, enter="rise", between="cut", least_seconds=None, most_seconds=None, joins=(),
        colours=project.brand.colours,
    )  # fmt: skip


def prepare_layout(read_bytes: Callable[[str], bytes], notes: Notes) -> Callable[[Scene], Document]:
    def lay_out(scene: Scene) -> Document:
        if scene.title == "too-long":
            span = scene.facts[0].span
            raise ProducerError([Diagnostic("build/changed", span, {"job": scene.job}, scope=Scope.ROW)])
        if scene.title == "reads":
            read_bytes("note.txt")
        if scene.title == "swapped":
            read_bytes(FACE.path)
        pages = (Page("t", scene.title, (), ()),)
        canvas, facts = scene.canvas, scene.facts
        return Document(scene.job, scene.format, scene.title, "vi", canvas, pages, facts, 30, "cut")

    return lay_out


def render(document: Document, resources: Resources) -> Artifact:
    folder = Path(os.environ["FAKE_STAGES"])
    with (folder / "rendered").open("a") as log:
        log.write(f"{document.job}\n")
    told = folder / "fail-with"
    words = told.read_text() if told.exists() else document.title
    marker = folder / "died"
    if words == "die-always" or (words == "die" and not marker.exists()):
        marker.touch()
        os._exit(9)
    if words == "bug":
        raise ValueError("a bug in a stage")
    if words in ENCODER_FAULTS:
        raise FfmpegError(("ffmpeg", "-y"), said="its last words", **ENCODER_FAULTS[words])
    if words == "full":
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/tmp/segment.mp4")
    if words == "sleep":
        (folder / f"asleep-{os.getpid()}").touch()
        time.sleep(30)
    data = f"{words} in {resources.colours['red'].hex} as {document.format}".encode()
    extras = ((".srt", b"1\n"),) if document.format == "mp4" else ()
    return Artifact(data, f"image/{document.format}", (100, 100), 1, extras)


def prove(
    artifact: Artifact, document: Document, read_bytes: Callable[[str], bytes]
) -> tuple[Diagnostic, ...]:
    if document.title != "doubtful":
        return ()
    return (
        Diagnostic("build/changed", document.facts[0].span, {"job": document.job}, Level.WARNING, Scope.ROW),
    )
