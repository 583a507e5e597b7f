import sqlite3
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from test_archive import RECIPE
from toy import Toy

from producer.library.catalogue import NoCatalogueError, build, opened, update
from producer.library.entry import Entry
from producer.library.fold import fold
from producer.library.search import Query, duplicates, search

BASE = Entry(
    "urn:x-producer:thu/poster/EV-1", "v1", "Tháng Công nhân", "still", "su-kien", "poster", "thu", "EV-1",
    date(2025, 5, 1), "Công đoàn xã Thử", "approved", "a" * 64,
    "Công đoàn xã Thử\nNgày hội của đoàn viên, lúc 07 giờ 30",
    ("fb-post", "poster-a3"), ("III.1",), ("CC-BY-4.0",), ("p1",),
)  # fmt: skip


def entry(number: int, title: str = "Tháng Công nhân", **changed: object) -> Entry:
    """An entry that differs from the first."""
    name = f"urn:x-producer:thu/poster/EV-{number}"
    return replace(BASE, id=name, title=title, digest=f"{number:064}", photos=(f"p{number}",), **changed)


ENTRIES = (
    BASE,
    entry(2, "Đại hội Công đoàn xã Thử", day=date(2025, 7, 28), kind="deck", state="published"),
    entry(
        3, "Đường chạy vì an toàn", day=date(2024, 4, 5), unit="Công đoàn Khu chế xuất", channels=("fb-reel",)
    ),
    entry(
        4,
        "Lời chúc Tết",
        day=date(2025, 1, 12),
        themes=("tet-sum-vay",),
        rights=("signed",),
        event="EV-77",
        body="EV-77 Công đoàn xã",
    ),
    entry(5, "Thang cuốn hỏng", day=date(2025, 12, 1), state="withdrawn"),
)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A catalogue of the five."""
    build(tmp_path / "cache" / "c.sqlite", ENTRIES)
    return tmp_path / "cache" / "c.sqlite"


def found(place: Path, words: str = "", **asked: object) -> list[str]:
    """The numbers of what is found, in order."""
    with opened(place) as connection:
        return [hit.id.rpartition("-")[2] for hit in search(connection, Query(words, **asked))]


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("cong doan", ["5", "2", "1", "4", "3"]),
        ("dai hoi", ["2"]),
        ("duong", ["3"]),
        ("đường CHẠY", ["3"]),
        ("Tháng", ["1", "5"]),  # the accented one first, though the other is newer
        ("thang", ["5", "1"]),
        (unicodedata.normalize("NFD", "Tháng"), ["1", "5"]),
        ("tha*", ["5", "1"]),
        ("EV-77", ["4"]),
        ("thang 07", ["5", "1"]),
        ("không có", []),
        ('" OR title:', []),
        ("NEAR(", []),
    ],
)
def test_words_are_found_with_marks_or_without(words: str, numbers: list[str], place: Path) -> None:
    """Marks may be left out, đ too; who types them sees what has them first; nothing typed is a command."""
    assert found(place, words) == numbers


def test_every_vietnamese_letter_folds() -> None:
    """All 134 letters with marks, in both forms of Unicode, become letters of ASCII."""
    letters = [
        letter
        for code in (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA))
        if (letter := chr(code)).isalpha() and fold(letter).isascii()
    ]
    assert len(letters) >= 134
    assert all(fold(unicodedata.normalize("NFD", letter)) == fold(letter) for letter in letters)
    assert fold("ĐƯỜNG Nguyễn Ứng, quốc tế") == "duong nguyen ung, quoc te"


def test_sqlites_own_fold_would_not_do() -> None:
    """The control: `remove_diacritics 2` does not find Công đoàn without its đ."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5(x, tokenize='unicode61 remove_diacritics 2')")
    connection.execute("INSERT INTO t VALUES ('Công đoàn Việt Nam')")
    assert connection.execute("SELECT count(*) FROM t WHERE t MATCH 'cong doan'").fetchone() == (0,)
    connection.close()


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({"kind": "deck"}, ["2"]),
        ({"kind": "su-kien", "limit": 2}, ["5", "2"]),
        ({"year": 2024}, ["3"]),
        ({"unit": "khu che xuat"}, ["3"]),
        ({"event": "EV-77"}, ["4"]),
        ({"theme": "tet-sum-vay"}, ["4"]),
        ({"channel": "fb-reel"}, ["3"]),
        ({"rights": "signed"}, ["4"]),
        ({"state": "withdrawn"}, ["5"]),
        ({"words": "cong doan", "year": 2025, "state": "published"}, ["2"]),
        ({}, ["5", "2", "1", "4", "3"]),
    ],
)
def test_filters(asked: dict[str, object], numbers: list[str], place: Path) -> None:
    """Each filter leaves what it names, the newest first; together with words they hold at once."""
    assert found(place, **asked) == numbers


def test_ranked_is_asked_for(place: Path) -> None:
    """The best match first: a word of the title counts more than one of the body, however old."""
    assert found(place, "cong doan")[0] == "5"
    assert found(place, "cong doan", ranked=True)[0] == "2"


def test_duplicates_are_told_by_digest(place: Path) -> None:
    """The same source, and the same photograph, are told; what only looks alike is not."""
    update(place, [replace(entry(6), digest=BASE.digest), replace(entry(7), photos=BASE.photos)])
    with opened(place) as connection:
        twins = {(one.what, tuple(name[-1] for name in one.ids)) for one in duplicates(connection)}
    assert twins == {("source", ("1", "6")), ("photo", ("1", "7"))}


def rows(place: Path) -> list[tuple[object, ...]]:
    """Everything in a catalogue but its own numbers."""
    with opened(place) as connection:
        assets = connection.execute("SELECT * FROM asset JOIN words USING (n) ORDER BY id").fetchall()
        tags = connection.execute(
            "SELECT what, value, id FROM tag JOIN asset USING (n) ORDER BY 1, 2, 3"
        ).fetchall()
        connection.execute("INSERT INTO found (found) VALUES ('integrity-check')")
    return [row[1:] for row in assets] + tags


def test_a_catalogue_that_grew_is_one_made_anew(place: Path, tmp_path: Path) -> None:
    """Laid over one by one, changed and changed back, its rows are those of a new one, and its words as well."""
    grown = tmp_path / "grown.sqlite"
    build(grown, ENTRIES[:1])
    for one in ENTRIES:
        update(grown, [replace(one, title="Khác", day=date(1999, 1, 1))])
        update(grown, [one])
    assert rows(grown) == rows(place)
    assert found(grown, "khac") == []


def test_a_rebuild_that_is_killed_leaves_the_old_one(place: Path) -> None:
    """Whoever stops in the midst of it leaves a catalogue that finds what it found, and nothing beside it."""

    class KilledError(BaseException):
        pass

    def half() -> Iterator[Entry]:
        yield entry(8)
        raise KilledError

    with pytest.raises(KilledError):
        build(place, half())
    assert found(place, "dai hoi") == ["2"]
    assert [path.name for path in place.parent.iterdir()] == [place.name]


@pytest.mark.parametrize("harm", ["lost", "torn", "empty", "cut"])
def test_a_harmed_catalogue_is_known_as_one(harm: str, place: Path) -> None:
    """Missing, torn, empty or cut short: it is never searched as if it were whole."""
    data = place.read_bytes()
    if harm == "lost":
        place.unlink()
    else:
        place.write_bytes({"torn": b"\0" * len(data), "empty": b"", "cut": data[: len(data) // 3]}[harm])
    with pytest.raises(NoCatalogueError):
        found(place, "dai hoi")


# -- by the command -----------------------------------------------------------------------------------------------


def test_archived_objects_are_found(toy: Toy, producer: Callable) -> None:
    """What is archived is found at once, what changed in its new words; a torn catalogue is made anew by a search."""
    toy.rows(EV_1="Đại hội", EV_2="hai", EV_3="ba")
    producer("archive", RECIPE)
    said = producer("library", "search", "dai", "hoi", "--json")
    assert [event.get("title") for event in said.events] == ["Đại hội", None]
    toy.rows(EV_1="Hội nghị", EV_2="hai", EV_3="ba")
    producer("archive", RECIPE)
    assert producer("library", "search", "dai hoi", "--json").events == [{"event": "summary", "found": 0}]
    (place,) = (toy.root.parent / "cache").rglob("*.sqlite")
    place.write_bytes(b"torn")
    said = producer("library", "search", "nghi")
    assert said.out == "2025-01-01  thu/poster/EV-1  Hội nghị  (draft)\n"
    assert "3 objects in the catalogue" in said.err
    assert "nothing found" in producer("library", "search", "zzz").err


def test_the_same_under_two_names_is_told(toy: Toy, producer: Callable) -> None:
    """Two rows that say the same are twins."""
    toy.rows(EV_1="một", EV_2="hai", EV_3="hai")
    producer("archive", RECIPE)
    said = producer("library", "search", "--duplicates")
    assert said.out.splitlines()[1:] == ["    thu/poster/EV-2", "    thu/poster/EV-3"]


def test_an_object_that_cannot_be_read_is_left_out_and_told(toy: Toy, producer: Callable) -> None:
    """`reindex` makes a catalogue of the others, and its exit code says that one is missing."""
    producer("archive", RECIPE)
    (folder,) = (toy.root / "library").glob("*/*EV-2")
    (folder / "v1/content/metadata/facts.json").write_bytes(b"rot")
    said = producer("library", "reindex")
    assert said.code == 1
    assert "error[library/unread]" in said.err
    assert "2 objects in the catalogue" in said.err
