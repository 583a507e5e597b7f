"""The whole way with the real stages: marked copy, contact sheet, release, a fallen approval with its pictures."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from small_project import BRAND, CHANNELS, EVENTS, Small

from producer.cli import main
from producer.library.change import contact_sheet, picture_difference, word_changes
from producer.library.key_file import new_key


def picture(colour: tuple[int, int, int], size: tuple[int, int] = (80, 60)) -> bytes:
    """A page of one colour."""
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


def test_a_product_goes_the_whole_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A draft is marked; what is approved comes out without the mark; a new title brings the mark back."""
    events = "".join(EVENTS.splitlines(keepends=True)[:2])
    channels = (
        CHANNELS + "  in: {kind: print, trim: [105, 148], bleed: 3mm, safe: [3, 3, 3, 3], formats: [pdf]}\n"
    )
    project = Small(brand=f"{BRAND}approval: required\n", channels=channels, used="anh, in", events=events)
    root = project.write(tmp_path / "work")
    key = tmp_path / "an.key"
    public = new_key(key, root)
    (root / "brand/approvers.yaml").write_text(
        f"approvers: {{an: {{name: Nguyễn Mẫu An, role: Chủ tịch, key: {public}, since: 2020-01-01}}}}\n",
        encoding="utf-8",
    )
    monkeypatch.chdir(root)

    def run(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main(("--lang", "en", *arguments))
        said = capsys.readouterr()
        assert isinstance(end.value.code, int)
        return end.value.code, said.out, said.err

    out = root / "output/thu/tin"
    assert run("build", "recipes/thu", "-j", "1")[0] == 0
    drafts = {place.name: place.read_bytes() for place in out.iterdir()}

    assert run("approve", "A1", "--as", "an", "--key", str(key), "--yes")[0] == 0
    with Image.open(root / ".producer/approval/thu/duyet.png") as sheet:
        assert sheet.width > sheet.height / 3
    assert run("build", "recipes/thu", "-j", "1")[0] == 0
    finals = {place.name: place.read_bytes() for place in out.iterdir()}
    assert set(finals) == {*drafts, "A1-anh.png.duyet.json", "A1-in.pdf.duyet.json"}
    assert all(finals[name] != data for name, data in drafts.items())
    assert b"photoshop:Instructions" in drafts["A1-anh.png"]
    assert b"photoshop:Instructions" not in finals["A1-anh.png"]
    assert run("verify", *(str(out / name) for name in drafts))[0] == 0

    (root / "assets/events.csv").write_text(events.replace("Ngày hội", "Ngày vui"), encoding="utf-8")
    code, _, err = run("build", "recipes/thu", "-j", "1")
    assert code == 0
    assert err.count("[approval/fallen]") == 2
    assert "“Ngày hội công nhân” → “Ngày vui công nhân”" in err
    assert sorted(place.name for place in (root / ".producer/approval/thu/tin").glob("*.khac-biet.png")) == [
        "A1-anh.png.khac-biet.png",
        "A1-in.pdf.khac-biet.png",
    ]
    manifest = json.loads((root / "output/thu/manifest.json").read_bytes())
    assert {entry["state"] for entry in manifest["files"]} == {"draft"}


def test_pages_that_look_the_same_are_left_out() -> None:
    """Of two pages the one that changed is shown three times: before, after, and what differs in red."""
    before, after = [picture((9, 9, 9)), picture((200, 0, 0))], [picture((9, 9, 9)), picture((0, 200, 0))]

    drawn = picture_difference(before, after)

    assert picture_difference(before, before) is None
    assert drawn is not None
    image = np.asarray(Image.open(BytesIO(drawn)))
    assert image.shape[1] == 3 * 80 + 4 * 12
    assert (image == (208, 16, 28)).all(axis=2).sum() == 80 * 60
    assert picture_difference(before, after) == drawn


def test_a_page_more_or_less_or_of_another_size_stands_alone() -> None:
    """Nothing is stretched to fit its fellow."""
    one, other = picture((9, 9, 9)), picture((9, 9, 9), (40, 60))

    assert picture_difference([one], [one, one]) is not None
    assert picture_difference([one], [other]) is not None


def test_a_long_sheet_stays_a_picture() -> None:
    """As many pages as a picture bears."""
    sheet = Image.open(BytesIO(contact_sheet([picture((9, 9, 9), (10, 2000))] * 500)))

    assert sheet.height <= 13_000


def test_words_that_changed_are_told_with_their_field() -> None:
    """Old and new beside each other; what is new or gone has nothing beside it."""
    before = (("title", "Một"), ("place", "Sân"), ("sign", "CĐ"))
    after = (("title", "Hai"), ("place", "Sân"), ("note", "Thêm"), ("sign", "CĐ"))

    assert word_changes(before, after) == (("title", "Một", "Hai"), ("note", "", "Thêm"))
    assert word_changes(before, before[:1]) == (("place", "Sân", ""), ("sign", "CĐ", ""))
