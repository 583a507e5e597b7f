"""A withdrawal reaches posts, descriptions, earlier files and the store, and no other is lost beside it."""

import json
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from bad_input import run
from small_project import RECIPE, Small

from producer.build.withdraw import Person, record
from producer.letter import TONES
from producer.rights.register_text import with_withdrawal

TEMPLATE = """\
about: Thử
kind: still
ground: night
slots:
  title: {type: text, style: headline}
  sign: {type: signature}
shapes: {any: "title\\nsign"}
"""
EVENTS = """\
id,title,full_name,consent,consent_scope,consent_until
A1,Một,Lê Mẫu An,yes,anh,2027-12-31
A2,Hai,Ngô Mẫu Bình,yes,anh,2027-12-31
"""
HEAD = "id,who,photos,consent,consent_scope,consent_until,proof,withdrawn"
DAY = date(2025, 7, 1)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two people with a card each, whose post alone names them."""
    small = Small(template=TEMPLATE, events=EVENTS).write(tmp_path)
    recipe = (
        "title: Thử\ntoday: 2025-11-03\ndata:\n  events: {file: assets/events.csv, id: id}\npieces:\n"
        '  tin: {template: thu, each: events, channels: [anh], post: "Cảm ơn {full_name}"}\n'
        "channels: {anh: {kind: image, size: [360, 450], formats: [png]}}\n"
    )
    (small / RECIPE).write_text(recipe, encoding="utf-8")
    return small


def test_a_post_of_a_recipe_that_is_gone_is_found(project: Path) -> None:
    """Its manifest does not say whom the post names: the file beside the picture does."""
    assert run(project, "build", RECIPE, "-j", "1").code == 0
    (project / "recipes/khac").mkdir()
    (project / "recipes/khac/recipe.yaml").write_text(
        (project / RECIPE)
        .read_text("utf-8")
        .replace("tin:", "khac:")
        .replace("title: Thử", "title: Khác")
        .replace(', post: "Cảm ơn {full_name}"', ', only: {id: A2}, post: "Cảm ơn Lê Mẫu An"'),
        encoding="utf-8",
    )
    assert run(project, "build", "recipes/khac/recipe.yaml", "-j", "1").code == 0
    (project / "recipes/khac/recipe.yaml").unlink()

    said = run(project, "consent", "withdraw", "A1", "--dry-run", "--json")

    listed = [json.loads(line) for line in said.out.splitlines()[:-1]]
    assert [(one["job"], one["shows"]) for one in listed] == [
        ("khac/A2-anh", ["name"]),
        ("tin/A1-anh", ["row", "name"]),
    ]


def test_earlier_files_and_the_store_lose_them(project: Path) -> None:
    """What was kept aside byte for byte goes, and so do the contents; what somebody altered is told and stays."""
    run(project, "build", RECIPE, "-j", "1")
    out = project / "output/thu"
    broken = EVENTS.replace("A1,Một,", f'A1,"{"Một" * 2000}",')
    (project / "assets/events.csv").write_text(broken, encoding="utf-8")
    run(project, "build", RECIPE, "-j", "1")
    (old,) = (out / "ban-cu").rglob("*A1*.png")
    altered = out / "tin/A1-anh-sua-tay-01234567.png"
    altered.write_bytes(b"von Hand")
    other = out / "tin/A2-anh-sua-tay-01234567.png"
    other.write_bytes(b"von Hand")
    stored = sum(place.is_file() for place in (project / ".producer/cas").rglob("*"))

    dry = run(project, "consent", "withdraw", "a1", "--dry-run", "--json").out.splitlines()
    assert old.exists()
    said = run(project, "consent", "withdraw", "a1", "--json").out.splitlines()

    assert dry[:-1] == said[:-1]
    told = {
        one["path"].rpartition("/")[2]: one["action"]
        for one in map(json.loads, said)
        if one["event"] == "copy"
    }
    assert told == {"A1-anh.png": "remove", "A1-anh.txt": "remove", altered.name: "review"}
    assert not (out / "ban-cu").exists()
    assert altered.exists()
    assert sum(place.is_file() for place in (project / ".producer/cas").rglob("*")) == stored - 2
    left = [place for place in (project / ".producer").rglob("*") if place.is_file()]
    assert [place for place in left if "Lê Mẫu An" in place.read_bytes().decode("utf-8", "replace")] == []
    assert json.loads(said[-1])["store"] == 2


def test_two_withdrawals_at_once_are_both_recorded(tmp_path: Path) -> None:
    """Each reads the register after the other has written it."""
    Small().write(tmp_path)
    people = [Person(f"P{at}", frozenset({f"P{at}"})) for at in range(24)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda person: record(person, DAY, tmp_path), people))
    lines = (tmp_path / "assets/consent.csv").read_text("utf-8-sig").splitlines()[1:]
    assert {line.split(",")[0] for line in lines} == {person.id for person in people}


ROWS = "P1,Lê Mẫu An,,yes,zalo,2027-01-01,Phiếu 1,\r\nP2,Ngô Mẫu Bình,,yes,zalo,2027-01-01,Phiếu 2,\r\n"
TITLED = f"Sổ đồng ý của Công đoàn Thử,,,,,,,\r\n,,,,,,,\r\n{HEAD}\r\n{ROWS}"


def in_pairs(text: str) -> str:
    """A text as Windows-1258 has it: letters whose tones stand behind them."""
    return "".join(letter if letter in "đĐêôâ" else pair(letter) for letter in text)


def pair(letter: str) -> str:
    """A letter without its tone, and the tone."""
    parted = unicodedata.normalize("NFD", letter)
    tone = next((mark for mark in parted if mark in TONES), "")
    return unicodedata.normalize("NFC", parted.replace(tone, "")) + tone if tone else letter


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32", "cp1258"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_encoding_title_and_separator_stay(codec: str, sign: str) -> None:
    """All but the line that changes is as it was, byte for byte, and the file reads as before."""
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(codec, b"")
    text = TITLED.replace(",", sign)
    if codec == "cp1258":
        text = in_pairs(text)
    before = mark + text.encode(codec)

    after = with_withdrawal(before, {"id": "p2"}, DAY)

    line = ROWS.splitlines()[1].replace(",", sign)
    if codec == "cp1258":
        line = in_pairs(line)
    changed = line.replace("yes", "withdrawn") + "2025-07-01"
    assert after == mark + text.replace(line, changed).encode(codec)


def test_a_new_line_stands_in_the_encoding_of_the_file() -> None:
    """In a register of UTF-16 a name keeps its marks; where there are none the name goes without."""
    entry = {"id": "P3", "who": "Trần Mẫu Chi", "photos": ""}
    wide = with_withdrawal(TITLED.encode("utf-16"), entry, DAY).decode("utf-16")
    assert wide == f"{TITLED}P3,Trần Mẫu Chi,,withdrawn,,,,2025-07-01\r\n"
    narrow = with_withdrawal(f"{HEAD}\r\nP1,Lª MÉu An,,yes,,,,\r\n".encode("cp1252"), entry, DAY)
    assert narrow.endswith(b"P3,Tran Mau Chi,,withdrawn,,,,2025-07-01\r\n")


def test_the_word_of_excel_for_its_separator_stays() -> None:
    """A line `sep=;` above the head is none of the register's."""
    head = HEAD.replace(",", ";")
    before = f"sep=;\r\n{head}\r\nP2;;;yes;;;;\r\n"
    after = with_withdrawal(before.encode(), {"id": "P2"}, DAY).decode()
    assert after == f"sep=;\r\n{head}\r\nP2;;;withdrawn;;;;2025-07-01\r\n"
