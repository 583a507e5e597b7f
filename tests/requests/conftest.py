"""A copy of the starter that tests may write into, and a workshop over it."""

import shutil
from pathlib import Path

import pytest

from producer.requests.workshop import Workshop

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def starter(tmp_path_factory) -> Path:
    """The starter as `producer init` lays it out."""
    place = tmp_path_factory.mktemp("starter")
    for folder in ("assets", "brand", "recipes"):
        shutil.copytree(CHECKOUT / folder, place / folder)
    return place


@pytest.fixture(scope="session")
def shown(starter) -> Workshop:
    """A workshop over a project that no test writes into."""
    return Workshop(starter)


@pytest.fixture
def project(starter, tmp_path) -> Path:
    """One that a test may write into."""
    place = tmp_path / "project"
    shutil.copytree(starter, place)
    return place
