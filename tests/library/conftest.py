"""Lets the tests find their neighbours by name, and those of the build's toy project."""

import hashlib
import sys
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "build"))
sys.path.insert(0, str(Path(__file__).parent))

import fake_stages
import pytest
from said import producer
from toy import Toy
from toy import toy as bare_toy

__all__ = ["bare_toy", "producer"]


@pytest.fixture
def toy(bare_toy: Toy, monkeypatch: pytest.MonkeyPatch) -> Toy:
    """The toy project, with a font on disk that is the one its scenes name, and the archive in its usual place."""
    place = bare_toy.write("fonts/a.ttf", "font")
    face = replace(fake_stages.FACE, digest=hashlib.sha256(place.read_bytes()).hexdigest())
    monkeypatch.setattr(fake_stages, "STYLE", replace(fake_stages.STYLE, face=face, bold=face))
    monkeypatch.setattr("producer.cli.shelf.library_of", lambda _world: "")  # its brand is no YAML
    monkeypatch.setenv("XDG_CACHE_HOME", str(bare_toy.root.parent / "cache"))
    return bare_toy
