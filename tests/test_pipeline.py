"""The road from a scene to a file, with stages that only note who was asked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_project import Small, laid

from producer.pipeline import produce, real_stages
from producer.render.model import Artifact, Resources


@pytest.mark.parametrize(("form", "again"), [("png", 0), ("pdf", 1)])
def test_a_picture_is_looked_at_once(form: str, again: int) -> None:
    """What was painted under no words is known from the painting; other files are painted for it."""
    asked: list[int] = []
    template = (
        "about: Thử\nkind: still\nslots:\n  photo: {type: photo, treatment: wave}\nshapes: {any: photo}\n"
    )
    project = Small(template=template)
    scene, world, real = replace(project.scene(), format=form), project.world, real_stages()

    def looks(*arguments: object) -> tuple[()]:
        asked.append(len(arguments))
        return ()

    def proves(*_: object) -> tuple[()]:
        return ()

    stages = replace(real, underlays=looks, review=proves, prove=proves)
    resources = Resources(scene.colours, ("leaf", "sun"), world.read_bytes)
    made: Artifact = produce(scene, lambda one: laid(one, world), resources, stages).artifact

    assert made.data
    assert len(asked) == again
