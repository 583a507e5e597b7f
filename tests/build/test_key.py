from dataclasses import dataclass, replace
from datetime import date, time
from decimal import Decimal
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from toy import Toy

from producer.build.canonical import canonical, flat, plain, spans
from producer.build.key import ENGINES, engine, key_of, package_digest
from producer.diagnostics import SourceText, Span
from producer.scene.model import ChartKind


@dataclass(frozen=True)
class One:
    text: str
    span: Span


@dataclass(frozen=True)
class Other:
    text: str
    span: Span


def test_the_form_of_values() -> None:
    """Texts lose their place, numbers stay exact, dates, times and enums become words."""
    here = Span("a", 1, 1)
    value = (
        SourceText("a", here),
        Decimal("1.50"),
        0.1,
        True,
        None,
        date(2025, 3, 8),
        time(7, 30),
        ChartKind.BAR,
    )
    assert canonical(plain(value)) == b'["a","1.50",0.1,true,null,"2025-03-08","07:30:00","bar"]'


def test_places_do_not_count() -> None:
    """The same words on another line have the same form, and their places come in the same order."""
    here, there = One("a", Span("a", 1, 1)), One("a", Span("a", 9, 1))
    assert plain(here) == plain(there)
    assert list(spans((here, there))) == [here.span, there.span]


def test_kinds_do_count() -> None:
    """Two dataclasses of the same fields are not the same thing."""
    assert plain(One("a", Span("a"))) != plain(Other("a", Span("a")))


def test_an_unknown_type_is_no_input() -> None:
    """What has no canonical form is refused, and not hashed by its address."""
    with pytest.raises(TypeError):
        plain(object())


def test_long_values_differ_by_their_digest() -> None:
    """Two long texts that begin alike are two inputs."""
    assert flat({"a": "x" * 500}) != flat({"a": "x" * 499 + "y"})
    assert len(flat({"a": "x" * 500})["a"]) < 200


def test_every_field_of_a_scene_is_in_its_key(toy: Toy) -> None:
    """A scene with another title, rate, format or colour has another key; an equal one the same."""
    item = toy.batch().items[0]
    scene, series = toy.batch().compose(item.job), toy.batch().road.project.brand.series
    others = [
        replace(scene, title="khác"),
        replace(scene, rate=25),
        replace(scene, format="pdf"),
        replace(scene, colours={}),
        replace(scene, canvas=replace(scene.canvas, bleed=1.0)),
    ]
    keys = {key_of(plain(other), series) for other in others}
    keys.add(key_of(plain(scene), ()))
    assert len(keys) == len(others) + 1
    assert item.key not in keys
    assert key_of(plain(replace(scene)), series) == item.key


def test_our_own_code_is_in_the_fingerprint(tmp_path: Path) -> None:
    """A renderer's change counts, its name too; the command line's does not."""
    for name in ("layout", "cli", "__pycache__"):
        (tmp_path / name).mkdir()
    (tmp_path / "layout/text.py").write_text("a")
    first = package_digest(tmp_path)
    (tmp_path / "cli/build.py").write_text("a")
    (tmp_path / "__pycache__/text.pyc").write_text("a")
    assert package_digest(tmp_path) == first
    (tmp_path / "layout/text.py").write_text("b")
    second = package_digest(tmp_path)
    (tmp_path / "layout/text.py").rename(tmp_path / "layout/word.py")
    assert len({first, second, package_digest(tmp_path)}) == 3


def test_every_engine_is_there() -> None:
    """Each library of the fingerprint is installed under that name, else its version would never count."""
    assert [name for name in ENGINES if not engine()[name]] == []


# What we run on that reads no picture and writes no byte of a product.
# What reads sheets gives values, which are in every scene's digest; what reads codes back makes nothing; what signs
# writes beside a product, never into it.
BESIDE_THE_BYTES = {
    "click", "pebble", "pydantic", "rich", "ruamel-yaml", "ruamel-yaml-clib",
    "python-calamine", "icalendar", "zxing-cpp", "cryptography",
}  # fmt: skip


def test_every_requirement_is_in_the_fingerprint() -> None:
    """A library that we begin to use is an engine, or stands above as one that no byte passes through."""
    required = [Requirement(line) for line in metadata.requires("producer") or ()]
    names = {
        r.name.replace(".", "-") for r in required if r.marker is None or r.marker.evaluate({"extra": ""})
    }

    assert names - BESIDE_THE_BYTES == set(ENGINES)


def test_another_encoder_counts_by_its_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program in the place of the wheel's ffmpeg is told from its next version, wherever it lies."""
    seen = []
    for folder, data in (("a", b"1"), ("b", b"1"), ("a", b"2")):
        place = tmp_path / folder / "ffmpeg"
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(data)
        monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(place))
        seen.append(engine.__wrapped__()["encoder"])

    assert seen[0] == seen[1] != seen[2]
