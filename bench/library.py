"""Measure the archive: putting in beside cp, sha512sum and sync; reading again beside sha512sum; the catalogue.

Usage: .venv/bin/python bench/library.py [--objects 60] [--entries 100000] [--rounds 3]

An object is four files of a poster: a PDF of 3 MB, a PNG of 2 MB, a photograph of 1.5 MB, a record of 20 kB. What was
made for it is synced to the disk before each run. The catalogue's entries are synthetic; their words are Vietnamese.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from producer.library.catalogue import build, opened
from producer.library.entry import Entry
from producer.library.local import LocalStore
from producer.library.ocfl import Archive, Content, Deposit
from producer.library.scrub import Checked, Count, scrub
from producer.library.search import Query, search

SIZES = {
    "master/a3.pdf": 3_000_000,
    "channels/post.png": 2_000_000,
    "source/anh.jpg": 1_500_000,
    "metadata/asset.json": 20_000,
}
NOW = datetime(2025, 11, 3, 2, tzinfo=timezone(timedelta(hours=7)))
# The words of our titles, the commonest first; behind them syllables, which Vietnamese has some thousands of.
COMMON = [
    "công",
    "đoàn",
    "viên",
    "người",
    "lao",
    "động",
    "hội",
    "tháng",
    "nhân",
    "đại",
    "tết",
    "sum",
    "vầy",
    "an",
    "toàn",
    "vệ",
    "sinh",
    "thao",
    "diễn",
    "phúc",
    "lợi",
    "mái",
    "ấm",
    "học",
    "bổng",
    "chế",
    "độ",
    "chính",
    "sách",
    "thi",
    "đua",
    "khen",
    "thưởng",
    "tuyên",
    "truyền",
    "pháp",
    "luật",
    "đối",
    "thoại",
    "thỏa",
    "ước",
    "nữ",
    "gia",
    "đình",
    "đường",
    "hành",
    "trình",
    "ngày",
    "văn",
    "hóa",
    "thể",
    "trao",
    "quà",
    "thăm",
    "hỏi",
]
ONSETS = (
    "b",
    "c",
    "ch",
    "d",
    "đ",
    "gi",
    "h",
    "kh",
    "l",
    "m",
    "n",
    "ng",
    "nh",
    "ph",
    "s",
    "t",
    "th",
    "tr",
    "v",
    "x",
)
RIMES = [
    "a",
    "ả",
    "an",
    "ạn",
    "ang",
    "ắng",
    "ao",
    "ạo",
    "ay",
    "âm",
    "ần",
    "ất",
    "ên",
    "ệt",
    "inh",
    "ình",
    "oa",
    "on",
    "ông",
    "ộng",
    "ơi",
    "ới",
    "u",
    "ủ",
    "ung",
    "ươi",
    "ường",
    "y",
    "ỹ",
]
WORDS = [*COMMON, *(f"{onset}{rime}" for rime in RIMES for onset in ONSETS)]
WEIGHTS = [1 / (rank + 3) for rank in range(len(WORDS))]  # Zipf's law, flattened at its head


QUESTIONS = (
    "thi dua khen thuong", "mái ấm công đoàn", "tet sum vay", "đối thoại thỏa ước", "EV-4711", "hoi dien van hoa",
    "phuc loi doan vien", "hành trình đường", "hoc bong gia dinh", "an toàn vệ sinh",
)  # fmt: skip
BROAD = ("cong doan", "công đoàn", "hoi", "đoàn")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure the archive.")
    parser.add_argument("--objects", type=int, default=60)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        files(Path(folder), asked.objects, asked.rounds)
        catalogue(Path(folder), asked.entries)


def files(folder: Path, objects: int, rounds: int) -> None:
    """Put objects in and read them again, each beside the tools that every system has."""
    made = folder / "made"
    for number in range(objects):
        for name, size in SIZES.items():
            place = made / str(number) / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(os.urandom(size))
    megabytes = objects * sum(SIZES.values()) / 1e6
    ours, theirs = [], []
    for turn in range(rounds):
        os.sync()
        ours.append(timed(lambda turn=turn: put(made, folder / f"kho-{turn}", objects)))
        os.sync()
        theirs.append(timed(lambda turn=turn: copied(made, folder / f"ban-{turn}")))
        shutil.rmtree(folder / f"ban-{turn}")
    tell("archive", ours, "cp, sha512sum, sync", theirs, megabytes)
    root = folder / "kho-0"
    ours = [timed(lambda: read(root, folder)) for _ in range(rounds)]
    theirs = [timed(lambda: summed(root)) for _ in range(rounds)]
    tell("scrub", ours, "sha512sum", theirs, megabytes)


def put(made: Path, root: Path, objects: int) -> None:
    """Archive every object."""
    archive = Archive(LocalStore(root))
    for number in range(objects):
        contents = {name: Content(place=made / str(number) / name) for name in SIZES}
        archive.put(Deposit(f"urn:x-producer:thu/poster/{number}", contents, "", NOW.isoformat()))


def copied(made: Path, folder: Path) -> None:
    """Copy the same files, sum them, and wait until they are on the disk."""
    shutil.copytree(made, folder) if os.name == "nt" else subprocess.run(
        ["cp", "-r", made, folder], check=True
    )
    summed(folder)
    os.sync()


def summed(folder: Path) -> None:
    """Let sha512sum read every file below a folder."""
    subprocess.run(
        ["find", folder, "-type", "f", "-exec", "sha512sum", "{}", "+"], check=True, stdout=subprocess.DEVNULL
    )


def read(root: Path, folder: Path) -> None:
    """Scrub an archive."""
    faults = list(scrub(Archive(LocalStore(root)), Checked(folder / "checked.json"), NOW, (1, 1), Count()))
    if faults:
        raise SystemExit(f"faults: {faults[:3]}")


def timed(run: Callable[[], object]) -> float:
    """Return the seconds that a call takes."""
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def tell(name: str, ours: list[float], other: str, theirs: list[float], megabytes: float) -> None:
    """Print both medians, and how much of the other's speed is ours."""
    one, two = statistics.median(ours), statistics.median(theirs)
    print(f"{name}: {megabytes / one:.0f} MB/s; {other}: {megabytes / two:.0f} MB/s; ratio {two / one:.2f}")


def catalogue(folder: Path, count: int) -> None:
    """Make a catalogue and ask it."""
    place = folder / "catalogue.sqlite"
    seconds = timed(lambda: build(place, entries(count)))
    print(f"catalogue of {count:,}: {seconds:.1f} s, {place.stat().st_size / 1e6:.0f} MB")
    with opened(place) as connection:
        for name, queries in (
            ("usual, newest first", [Query(words) for words in QUESTIONS]),
            ("usual, ranked", [Query(words, ranked=True) for words in QUESTIONS]),
            ("broad, newest first", [Query(words) for words in BROAD]),
            ("broad, ranked", [Query(words, ranked=True) for words in BROAD]),
            (
                "filters alone",
                [Query(year=2024, kind="deck"), Query(theme="III.2"), Query(state="draft"), Query()],
            ),
            ("words and filters", [Query(words, year=2024, channel="fb-reel") for words in QUESTIONS]),
        ):
            times = sorted(
                timed(lambda query=query: search(connection, query)) for _ in range(20) for query in queries
            )
            p50, p95 = (1000 * times[int(len(times) * part)] for part in (0.5, 0.95))
            print(f"  {name}: median {p50:.1f} ms, p95 {p95:.1f} ms")


def entries(count: int) -> Iterator[Entry]:
    """Yield entries of some years, with words as titles have them."""
    chance = random.Random(7)  # noqa: S311 - the same entries each time
    for number in range(count):
        title = " ".join(chance.choices(WORDS, WEIGHTS, k=8))
        yield Entry(
            id=f"urn:x-producer:nam/poster/EV-{number}",
            head="v1",
            title=title,
            kind=chance.choice(("still", "clip", "deck")),
            template="su-kien",
            piece="poster",
            recipe="nam",
            event=f"EV-{number}",
            day=date(2015, 1, 1) + timedelta(days=chance.randrange(4000)),
            unit=f"Công đoàn xã {number % 90}",
            state=chance.choice(("approved", "published", "published", "draft", "withdrawn")),
            digest=f"{number:064x}",
            body=f"EV-{number}\n{title}\n" + " ".join(chance.choices(WORDS, WEIGHTS, k=60)),
            channels=(chance.choice(("fb-post", "fb-reel", "poster-a3")),),
            themes=(f"III.{number % 7}",),
            rights=("CC0-1.0",),
            photos=(f"{number % 5000:064x}",),
        )


if __name__ == "__main__":
    main()
