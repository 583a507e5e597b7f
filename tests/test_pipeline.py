"""The road from a scene to a file, with stages that only note who was asked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pdf_words import read_pdf
from small_project import EVENTS, ORGANISATION, RECIPE, Small, laid

from producer.diagnostics import Diagnostic, Level, Scope, Span
from producer.pipeline import Finished, Stages, composed, prepare, produce, real_stages
from producer.render.model import Resources
from producer.scene.model import Scene, Waiver

TEMPLATE = "about: Thử\nkind: still\nslots:\n  photo: {type: photo, treatment: wave}\nshapes: {any: photo}\n"
PRINT = "  anh: {kind: print, trim: [90, 55], bleed: 3mm, safe: [4, 4, 4, 4], formats: [pdf]}\n"
SCREEN = Small(template=TEMPLATE)


def made(project: Small, scene: Scene, stages: Stages) -> Finished:
    """The file of a scene."""
    resources = Resources(scene.colours, ("leaf", "sun"), project.world.read_bytes)
    return produce(scene, lambda one: laid(one, project.world), resources, stages)


@pytest.mark.parametrize(("form", "again"), [("png", 0), ("pdf", 1)])
@pytest.mark.parametrize("project", [SCREEN, SCREEN.but(channels=PRINT)], ids=["screen", "print"])
def test_a_picture_is_looked_at_once(project: Small, form: str, again: int) -> None:
    """What was painted under no words is known from the painting; other files are painted for it."""
    asked: list[int] = []

    def looks(*arguments: object) -> tuple[()]:
        asked.append(len(arguments))
        return ()

    stages = replace(real_stages(), underlays=looks, review=lambda *_: (), prove=lambda *_: ())
    finished = made(project, replace(project.scene(), format=form), stages)

    assert finished.artifact.data
    assert len(asked) == again


@pytest.mark.parametrize("form", ["pdf", "png"])
def test_the_page_of_checks_says_what_every_stage_found(form: str) -> None:
    """It is written last: what review and proof saw stands there, and why somebody takes it all the same."""

    def found(code: str, **facts: str | int) -> tuple[Diagnostic, ...]:
        return (Diagnostic(code, Span("a.csv", 2), {"job": "tin", **facts}, Level.WARNING, Scope.ROW),)

    project = SCREEN.but(channels=PRINT)
    accepted = (Waiver("build/changed", "Đã hỏi nhà in"),)
    scene = replace(project.scene(), format=form, waivers=accepted)
    stages = replace(
        real_stages(),
        review=lambda *_: found("build/changed"),
        prove=lambda *_: found("build/timeout", seconds=7),
    )
    finished = made(project, scene, stages)
    said = " ".join(read_pdf(dict(finished.artifact.extras)[".kiem-tra.pdf"]).split())

    assert "(đã chấp nhận: Đã hỏi nhà in)" in said
    assert "chưa xong sau 7 giây" in said
    assert {problem.code for problem in finished.warnings} >= {"build/changed", "build/timeout"}


SAMPLE = "https://congdoan.example/su-kien"
LINKED = SCREEN.but(
    channels=PRINT,
    events=EVENTS.replace("Vì đoàn viên", "Vì vì đoàn viên").replace("Sum vầy", "Sum vầy vầy"),
    more={
        "brand/organisation.yaml": ORGANISATION.replace(
            "since: 2025-07-01,", f'since: 2025-07-01, link: "{SAMPLE}",'
        )
    },
)


@pytest.mark.parametrize("only", [None, "tin/A1-anh"])
def test_the_page_of_checks_says_what_was_found_before(only: str | None) -> None:
    """A sample link behind the code and a slip of its row stand there; no other row's do."""
    road = prepare(RECIPE, LINKED.world, real_stages(), only)
    job = road.plan.jobs[0]
    scene = composed(job, road, real_stages()).scene
    assert scene is not None
    codes = [problem.code for problem in scene.found]
    assert "facts/sample-link" in codes
    assert {problem.span.line for problem in scene.found if problem.span.file.endswith(".csv")} == {2}
    unseen = replace(real_stages(), review=lambda *_: (), prove=lambda *_: ())
    said = " ".join(read_pdf(dict(made(LINKED, scene, unseen).artifact.extras)[".kiem-tra.pdf"]).split())
    assert SAMPLE in said
    assert "Không có cảnh báo nào" not in said


def test_what_was_found_before_is_no_part_of_a_picture_for_screens() -> None:
    """It has no page of checks: a note on its row makes nothing anew."""
    project = LINKED.but(channels=SCREEN.channels)
    road = prepare(RECIPE, project.world, real_stages())
    scene = composed(road.plan.jobs[0], road, real_stages()).scene
    assert scene is not None
    assert scene.found == ()
