import json
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import bagit
import numpy as np
import pytest
from small_project import RECIPE as SMALL_RECIPE
from small_project import Small
from test_archive import RECIPE, archive_of, read
from toy import Toy

from producer.build import key
from producer.cli import main
from producer.library.bag import sheet, write_bag
from producer.library.difference import worst_squares
from producer.library.local import LocalStore
from producer.library.ocfl import Archive

NAME = "thu/poster/EV-1"


def lose_the_project(root: Path) -> None:
    """Delete everything that people wrote, and everything that was built."""
    for part in ("recipes", "brand", "assets", "fonts", "output", ".producer"):
        shutil.rmtree(root / part, ignore_errors=True)


def test_products_are_made_again_from_the_record_alone(toy: Toy, producer: Callable) -> None:
    """With recipe, data, brand, fonts and store deleted, the same engine makes the same bytes."""
    producer("archive", RECIPE)
    lose_the_project(toy.root)
    said = producer("library", "rebuild", NAME, "--library", "library", "--json")

    (event,) = said.events
    assert said.code == 0, said.err
    assert event["same_engine"]
    assert [file["same"] for file in event["files"]] == [True]
    assert event["unsaid"] == []


def test_another_engine_is_no_fault_while_the_facts_are_said(
    toy: Toy, producer: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other bytes of another engine are told, and the command ends well; from the same engine they are a fault."""
    producer("archive", RECIPE)
    rot_the_record(toy)
    said = producer("library", "rebuild", NAME, "--json")
    assert said.code == 1
    assert [file["same"] for file in said.events[0]["files"]] == [False]

    monkeypatch.setattr(key, "own_code", lambda: "another")
    key.engine.cache_clear()
    try:
        said = producer("library", "rebuild", NAME)
    finally:
        monkeypatch.undo()
        key.engine.cache_clear()
    assert said.code == 0, said.err
    assert "another engine" in said.err


def rot_the_record(toy: Toy) -> None:
    """Archive an object whose list of products names other bytes than those that rendering gives."""
    from producer.library.archive import _deposit
    from producer.library.ocfl import Content
    from producer.library.record import ASSET, told

    archive = archive_of(toy)
    inventory = archive.inventory(f"urn:x-producer:{NAME}")
    asset = json.loads(read(toy, ASSET))
    asset["products"][0]["sha256"] = "0" * 64
    files = {path: Content(held=digest) for path, digest in inventory.state.items()}
    from datetime import datetime
    from zoneinfo import ZoneInfo

    now = datetime(2025, 11, 3, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    archive.put(_deposit(inventory.id, {**files, ASSET: Content(told(asset))}, "archived", now, archive))


def test_a_record_of_another_make_is_told(producer: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    """A form that this version does not read says so, and every file can still be had."""
    producer("archive", RECIPE)
    monkeypatch.setattr("producer.library.rebuild.thawed", refuse)
    said = producer("library", "rebuild", NAME)
    assert said.code == 2
    assert "error[library/other-form]" in said.err


def refuse(_form: object) -> None:
    """Read nothing."""
    from producer.library.thaw import FormError

    raise FormError("no Scene")


def test_the_real_stages_make_the_same_bytes_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture with type, an icon's drawing and a photograph: archived, its project deleted, made again, the same."""
    root = Small().write(tmp_path / "project")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(root)
    assert run("archive", SMALL_RECIPE, "-q", "--only", "A1") == 0
    shutil.move(root / "library", tmp_path / "kho")
    monkeypatch.chdir(tmp_path)
    shutil.rmtree(root)
    assert run("library", "rebuild", "thu/tin/A1", "--library", "kho") == 0


def run(*arguments: str) -> object:
    """Run the program as people do, and return its exit code."""
    with pytest.raises(SystemExit) as end:
        main(arguments)
    return end.value.code


def test_the_worst_square_finds_a_word() -> None:
    """Equal pages are 0 apart, a black square of 8 px is as far as black from white, another size is nothing."""
    from io import BytesIO

    from PIL import Image

    def png(pixels: np.ndarray) -> bytes:
        made = BytesIO()
        Image.fromarray(pixels).save(made, "PNG")
        return made.getvalue()

    white = np.full((40, 60, 3), 255, np.uint8)
    black = white.copy()
    black[8:16, 16:24] = 0
    assert worst_squares(png(white), png(white), "image/png") == (0.0,)
    assert worst_squares(png(white), png(black), "image/png") == pytest.approx((100.0,), abs=0.1)
    assert worst_squares(png(white), png(white[:, :50]), "image/png") == (None,)
    assert worst_squares(b"", b"", "video/mp4") == ()


# -- bags ---------------------------------------------------------------------------------------------------------


def test_a_bag_is_what_libraries_take(toy: Toy, producer: Callable) -> None:
    """The Library of Congress's own program and sha512sum take it; it lists every file, and has plain formats."""
    producer("archive", RECIPE)
    said = producer("library", "export", "goi", "--event", "EV-1", "--json")

    assert said.code == 0, said.err
    assert said.events[0]["objects"] == [f"urn:x-producer:{NAME}"]
    assert bagit.Bag(str(toy.root / "goi")).validate()
    assert sums(toy.root / "goi") == 0
    top = toy.root / "goi/data/thu/poster/EV-1"
    assert {path.name for path in (top / "ban-pho-thong").iterdir()} == {
        "noi-dung.txt",
        "du-lieu.csv",
        "quyen.csv",
    }
    assert "một" in (top / "ban-pho-thong/noi-dung.txt").read_text()
    listed = (toy.root / "goi/data/danh-muc.csv").read_text("utf-8-sig")
    assert "thu/poster/EV-1/master/EV-1-png.png" in listed
    assert producer("library", "export", "goi").code == 2  # it is there


def sums(bag: Path) -> int:
    """What sha512sum says of a bag."""
    return subprocess.run(
        ["sha512sum", "--quiet", "-c", "manifest-sha512.txt"], cwd=bag, check=False
    ).returncode


def test_the_judges_of_bags_can_say_no(toy: Toy, producer: Callable) -> None:
    """A changed file is found."""
    producer("archive", RECIPE)
    producer("library", "export", "goi", NAME)
    (toy.root / "goi/data/danh-muc.csv").write_text("changed")
    assert not bagit.Bag(str(toy.root / "goi")).is_valid()
    assert sums(toy.root / "goi") != 0


def test_no_bag_holds_a_rotten_file(toy: Toy, producer: Callable) -> None:
    """Where a file of an object is not what it was, there is no bag at all."""
    producer("archive", RECIPE)
    (place,) = (toy.root / "library").glob("*/*EV-1/v1/content/master/*.png")
    place.write_bytes(b"rot")
    said = producer("library", "export", "goi", NAME)
    assert said.code == 2
    assert "error[library/damaged-file]" in said.err
    assert not (toy.root / "goi").exists()
    assert "error[library/nothing-matches]" in producer("library", "export", "goi", "--year", "1999").err


def test_two_ids_without_marks_are_two_folders(toy: Toy, producer: Callable) -> None:
    """Ids that differ in their marks alone do not fall together in a bag, and no path of one needs escaping."""
    toy.rows(Đ1="một", D1="hai")
    producer("archive", RECIPE)
    assert producer("library", "export", "goi").code == 0
    assert bagit.Bag(str(toy.root / "goi")).validate()
    folders = [path.name for path in (toy.root / "goi/data/thu/poster").iterdir()]
    assert len(folders) == 2
    assert all(name.isascii() and "%" not in name for name in folders)


def test_no_cell_of_a_list_is_a_formula() -> None:
    """What looks like a formula is kept as text."""
    made = sheet(("a",), [("=1+1",), ("@x",), ("văn",)]).decode("utf-8-sig")
    assert made.splitlines() == ["a", "'=1+1", "'@x", "văn"]


def test_a_bag_that_was_interrupted_is_no_bag(toy: Toy, producer: Callable) -> None:
    """What a stopped export left aside is made anew by the next."""
    producer("archive", RECIPE)
    archive = Archive(LocalStore(toy.root / "library"))
    (toy.root / "goi.work/data").mkdir(parents=True)
    inventory = archive.inventory(f"urn:x-producer:{NAME}")
    assert write_bag(archive, [inventory], toy.root / "goi", date(2025, 11, 3)) > 10
    assert bagit.Bag(str(toy.root / "goi")).validate()
    with pytest.raises(FileExistsError):
        write_bag(archive, [inventory], toy.root / "goi", date(2025, 11, 3))
