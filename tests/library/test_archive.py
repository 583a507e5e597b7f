import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import bagit
import fake_stages
import judge
import pytest
from toy import Toy

from producer.build.canonical import canonical, plain
from producer.build.manifest import read_manifest
from producer.build.store import Store
from producer.diagnostics import Diagnostic, Level, Span
from producer.library.local import LocalStore
from producer.library.ocfl import Archive
from producer.library.record import ASSET, FACTS, HISTORY, RIGHTS, ROWS, SCENES
from producer.library.store import ChangedError
from producer.library.thaw import FormError, thawed
from producer.plan.model import Job
from producer.rights.model import Rights
from producer.rights.show import Shown

RECIPE = "recipes/thu/recipe.yaml"
ID = "urn:x-producer:thu/poster/EV-1"


def outcomes(said: object) -> dict[str, str]:
    """What became of each object, by its short id."""
    return {
        event["id"].rpartition("/")[2]: event["outcome"]
        for event in said.events
        if event["event"] == "object"
    }


def archive_of(toy: Toy) -> Archive:
    """The archive in the usual place."""
    return Archive(LocalStore(toy.root / "library"))


def read(toy: Toy, path: str, version: str = "") -> bytes:
    """A file of the first row's object."""
    archive = archive_of(toy)
    inventory = archive.inventory(ID)
    with archive.open(inventory, path, inventory.version(version or inventory.head)) as file:
        return file.read()


def test_every_piece_is_archived_with_what_it_was_made_from(toy: Toy, producer: Callable) -> None:
    """One command builds and archives; an object holds its files, its source, its facts, its rights and its page."""
    said = producer("archive", RECIPE, "--json")

    assert said.code == 0, said.err
    assert outcomes(said) == dict.fromkeys(("EV-1", "EV-2", "EV-3"), "archived")
    assert said.events[-1]["archived"] == 3
    assert judge.root_is_valid(toy.root / "library")
    state = archive_of(toy).inventory(ID).state
    assert {"README.txt", ASSET, HISTORY, FACTS, RIGHTS, ROWS} < set(state)
    assert read(toy, "source/files/fonts/a.ttf") == b"font"
    assert read(toy, "master/EV-1-png.png") == (toy.root / "output/thu/poster/EV-1-png.png").read_bytes()
    assert read(toy, "source/written/recipes/thu/recipe.yaml") == (toy.root / RECIPE).read_bytes()
    page = read(toy, "README.txt").decode()
    assert "một\n===\n" in page
    assert len(page.splitlines()) < 45


def test_archiving_again_changes_nothing(toy: Toy, producer: Callable) -> None:
    """The second run writes not a byte; a comment in the recipe, and other rows, make no version either."""
    producer("archive", RECIPE)
    before = {path: path.stat().st_mtime_ns for path in (toy.root / "library").rglob("*")}
    toy.write(RECIPE, '{"formats": ["png"], "note": "mới"}')
    toy.rows(EV_0="không", EV_1="một", EV_2="hai hai", EV_3="ba")
    said = producer("archive", RECIPE, "--json")

    assert outcomes(said) == {
        "EV-0": "archived",
        "EV-1": "unchanged",
        "EV-2": "archived",
        "EV-3": "unchanged",
    }
    after = {path: path.stat().st_mtime_ns for path in (toy.root / "library").rglob("*")}
    untouched = {path: time for path, time in before.items() if "EV-1" in str(path) or "EV-3" in str(path)}
    assert untouched
    assert untouched.items() <= after.items()
    events = [json.loads(line)["version"] for line in read(toy, HISTORY).splitlines()]
    assert events == ["v1"]


def test_a_changed_word_is_a_new_version_and_the_old_one_stays(toy: Toy, producer: Callable) -> None:
    """Both versions give their own bytes back, and the history tells of both."""
    producer("archive", RECIPE)
    old = read(toy, "master/EV-1-png.png")
    toy.rows(EV_1="một một", EV_2="hai", EV_3="ba")
    producer("archive", RECIPE)

    assert read(toy, "master/EV-1-png.png", "v1") == old
    assert read(toy, "master/EV-1-png.png", "v2") != old
    assert [json.loads(line)["version"] for line in read(toy, HISTORY).splitlines()] == ["v1", "v2"]


def test_a_piece_that_failed_is_left_as_it_was(toy: Toy, producer: Callable) -> None:
    """The others are archived; the exit code says that one is missing, and half of it never is in the archive."""
    producer("archive", RECIPE)
    toy.rows(EV_1="too-long", EV_2="hai hai", EV_3="ba")
    said = producer("archive", RECIPE, "--json")

    assert said.code == 1
    assert outcomes(said) == {"EV-1": "failed", "EV-2": "archived", "EV-3": "unchanged"}
    assert archive_of(toy).inventory(ID).head == "v1"


def test_a_withdrawn_consent_is_a_version(
    toy: Toy, producer: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What nobody may show any more is withdrawn in the archive: its files stay, its state and its page say so."""
    producer("archive", RECIPE)
    withhold(monkeypatch)
    said = producer("archive", RECIPE, "--json")

    assert said.code == 0, said.err
    assert outcomes(said)["EV-1"] == "withdrawn"
    assert json.loads(read(toy, ASSET))["state"] == "withdrawn"
    assert "ĐÃ RÚT" in read(toy, "README.txt").decode()
    assert read(toy, "master/EV-1-png.png") == read(toy, "master/EV-1-png.png", "v1")
    assert archive_of(toy).inventory(ID).head == "v2"
    assert judge.root_is_valid(toy.root / "library")
    producer("archive", RECIPE)
    assert archive_of(toy).inventory(ID).head == "v2"


def test_what_was_refused_from_the_start_is_not_archived(
    toy: Toy, producer: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of somebody who did not agree comes into the archive."""
    withhold(monkeypatch)
    said = producer("archive", RECIPE, "--json")
    assert outcomes(said)["EV-1"] == "refused"
    assert [folder for folder in archive_of(toy).objects() if "EV-1" in folder] == []


def withhold(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the person of the first row say no."""
    shown = fake_stages.show

    def show(job: Job, rights: Rights, compose: Callable) -> Shown:
        refused = (
            Diagnostic("consent/ended", Span("a.csv"), {"id": "EV-1", "until": "2025-01-01"}, Level.REFUSED),
        )
        return Shown(None, refused) if "EV-1" in job.id else shown(job, rights, compose)

    monkeypatch.setattr(fake_stages, "show", show)


def test_a_store_that_lost_a_file_archives_nothing_of_it(toy: Toy, producer: Callable) -> None:
    """A content that is no longer what was built is told, and not archived."""
    producer("build", RECIPE)
    (listed,) = [one for one in read_manifest(toy.root / "output/thu").listed if "EV-1" in one.job]
    place = Store(toy.root).place("cas", listed.sha256)
    place.write_bytes(place.read_bytes().swapcase())
    said = producer("archive", RECIPE, "--json")
    assert said.code == 1
    assert outcomes(said)["EV-1"] == "damaged"


def test_a_font_that_changed_since_is_told(toy: Toy, producer: Callable) -> None:
    """A record with another font than the one in the picture would be no record."""
    producer("build", RECIPE)
    toy.write("fonts/a.ttf", "another")
    said = producer("archive", RECIPE, "--json")
    assert set(outcomes(said).values()) == {"damaged"}


def test_a_folder_of_somebody_else_is_refused(toy: Toy, producer: Callable) -> None:
    """Nothing is written among other people's files."""
    toy.write("library/thu.docx", "mine")
    said = producer("archive", RECIPE)
    assert said.code == 2
    assert "error[library/not-ours]" in said.err


@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_object_is_shown_and_given_back(language: str, toy: Toy, producer: Callable) -> None:
    """Every file comes back byte for byte, of any version; a folder with something in it is left alone."""
    producer("archive", RECIPE)
    toy.rows(EV_1="một một", EV_2="hai", EV_3="ba")
    producer("archive", RECIPE)

    shown = producer("library", "show", "thu/poster/EV-1", "--lang", language)
    assert shown.code == 0
    assert "một một" in shown.out
    assert "v2" in shown.out
    said = producer("library", "restore", "thu/poster/EV-1", "-o", "ra", "--version", "v1", "--json")
    assert said.code == 0, said.err
    got = {path.relative_to(toy.root / "ra").as_posix(): path for path in (toy.root / "ra").rglob("*.*")}
    assert set(got) == set(archive_of(toy).inventory(ID).version("v1").state)
    assert all(place.read_bytes() == read(toy, path, "v1") for path, place in got.items())
    assert producer("library", "restore", "thu/poster/EV-1", "-o", "ra").code == 2


def test_what_is_not_there_is_told(toy: Toy, producer: Callable) -> None:
    """No archive, no object, no version, and a file that rotted: each has its own words."""
    assert "error[library/none]" in producer("library", "show", "thu/poster/EV-1").err
    producer("archive", RECIPE)
    said = producer("library", "show", "thu/poster/EV-9")
    assert "error[library/no-object]" in said.err
    assert "thu/poster/EV-" in said.err
    assert (
        "error[library/no-version]" in producer("library", "show", "thu/poster/EV-1", "--version", "v7").err
    )
    (folder,) = (toy.root / "library").glob("*/*EV-1")
    (folder / "v1/content/master/EV-1-png.png").write_bytes(b"rot")
    said = producer("library", "restore", "thu/poster/EV-1", "-o", "ra")
    assert said.code == 1
    assert "error[library/damaged-file]" in said.err
    (folder / "inventory.json").write_bytes(b"rot")
    (folder / "v1/inventory.json").write_bytes(b"rot")
    assert "error[library/damaged-object]" in producer("library", "show", "thu/poster/EV-1").err


def test_a_scene_comes_back_from_its_plain_form(toy: Toy, producer: Callable) -> None:
    """What was written down is the same scene again; one of another make is refused."""
    producer("archive", RECIPE)
    form = json.loads(read(toy, f"{SCENES}poster-EV-1-png.json"))["scene"]
    assert canonical(plain(thawed(form))) == canonical(form)
    with pytest.raises(FormError):
        thawed({**form, "": "Other"})
    with pytest.raises(FormError):
        thawed({**form, "canvas": None})


def test_a_lost_archive_is_no_lost_work(toy: Toy, producer: Callable) -> None:
    """After the disk is back, the same command goes on."""
    producer("archive", RECIPE)
    shutil.rmtree(toy.root / "library")
    Path(toy.root / "library").write_text("in the way")
    assert producer("archive", RECIPE).code in (2, 4)
    Path(toy.root / "library").unlink()
    assert producer("archive", RECIPE).code == 0


def test_the_page_is_enough_without_the_program(toy: Toy, producer: Callable, tmp_path: Path) -> None:
    """Only with the commands of an object's own page, typed as they stand, it is checked and taken out as a bag.

    The same commands say no where a file was altered.
    """
    producer("archive", RECIPE)
    (folder,) = (toy.root / "library").glob("*/*EV-1")
    page = (folder / "v1/content/README.txt").read_text("utf-8")
    check, bag = (
        commands(page, "KIỂM TRA"),
        commands(page, "MANG HỒ SƠ ĐI").replace("THU-MUC-NAY", f"'{folder}'"),
    )

    assert shell(check, folder) == 0
    assert shell(bag, tmp_path) == 0
    assert bagit.Bag(str(tmp_path / "goi")).validate()
    place = folder / "v1/content/master/EV-1-png.png"
    place.write_bytes(place.read_bytes().swapcase())
    assert shell(check, folder) != 0


def commands(page: str, heading: str) -> str:
    """The lines under a heading of a page that are to be typed: they are indented, and no sentences."""
    part = page[page.index(heading) :].split("\n\n", maxsplit=1)[0].splitlines()[1:]
    return "\n".join(
        line for line in part if line.startswith("  ") and "Windows" not in line and "Người" not in line
    )


def shell(typed: str, folder: Path) -> int:
    """Type commands in a folder, and return how they ended."""
    return subprocess.run(
        ["bash", "-ec", f"set -o pipefail\n{typed}"], cwd=folder, capture_output=True, check=False
    ).returncode


def test_a_bucket_needs_its_package(producer: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without boto3 the author reads what to install."""
    monkeypatch.setitem(sys.modules, "boto3", None)
    said = producer("archive", RECIPE, "--library", "s3://kho/thu")
    assert said.code == 2
    assert "error[library/no-boto3]" in said.err


def test_another_writer_is_told(producer: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where somebody else writes at the same time, one of the two stops and says so."""

    def clash(_archive: object, _deposit: object) -> None:
        raise ChangedError("a28/x/inventory.json")

    monkeypatch.setattr(Archive, "put", clash)
    said = producer("archive", RECIPE)
    assert said.code == 2
    assert "error[library/other-writer]" in said.err
