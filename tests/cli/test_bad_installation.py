"""What is wrong with an installation is told as any problem is."""

import sys
from pathlib import Path

import pytest
from bad_input import run

import producer
from producer.diagnostics import ProducerError
from producer.render import _skia


def test_an_installation_without_its_starter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without brand and samples beside the program `init` says so and makes nothing."""
    monkeypatch.setattr(producer, "__file__", str(tmp_path / "lib" / "producer" / "__init__.py"))
    said = run(tmp_path, "init", "x")
    assert said.code == 2
    assert "error[cli/no-starter]" in said.err
    assert not (tmp_path / "x" / "brand").exists()


def test_a_computer_without_the_graphics_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library that is missing is named as render/no-gl, not as a traceback of an import."""

    class Missing:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "skia":
                raise ImportError("libEGL.so.1: cannot open shared object file")

    monkeypatch.delitem(sys.modules, "skia")
    monkeypatch.setattr(sys, "meta_path", [Missing(), *sys.meta_path])
    with pytest.raises(ProducerError, match="render/no-gl") as error:
        _skia._import_skia()
    assert error.value.diagnostics[0].facts == {"library": "libEGL.so.1"}
