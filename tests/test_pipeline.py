"""The road from a scene to a file, with stages that only note who was asked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pdf_words import read_pdf
from small_project import Small, laid

from producer.diagnostics import Diagnostic, Level, Scope, Span
from producer.pipeline import Finished, Stages, produce, real_stages
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
