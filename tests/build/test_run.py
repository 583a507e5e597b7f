import hashlib
import json
import os
import signal
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from toy import Toy

from producer.build.batch import Choice, State, Why
from producer.build.manifest import entries_of
from producer.build.pool import Limits, run_tasks
from producer.build.receipt import warned
from producer.build.run import Means, run
from producer.build.store import FOLDER, Store
from producer.build.task import Task
from producer.diagnostics import Diagnostic, Level, Span


def test_a_second_build_renders_nothing(toy: Toy) -> None:
    """Everything is made once; then everything is cached, no worker starts and no file is touched."""
    assert toy.build() == {"EV-1-png": "made", "EV-2-png": "made", "EV-3-png": "made"}
    before = {path: path.stat().st_mtime_ns for path in (toy.root / "output").rglob("*")}
    assert len(toy.rendered()) == 3

    assert set(toy.build().values()) == {"cached"}
    assert toy.rendered() == []
    assert {path: path.stat().st_mtime_ns for path in (toy.root / "output").rglob("*")} == before


def test_one_changed_field_renders_its_own_jobs(toy: Toy) -> None:
    """Only the row that changed is rendered, and the reason names the slot with both values."""
    toy.build()
    toy.rendered()
    toy.rows(EV_1="một", EV_2="hai hai", EV_3="ba")

    (stale,) = toy.batch().having(State.STALE)
    reasons = {(r.why, r.name, r.before, r.after) for r in stale.reasons}
    assert (Why.CHANGED, "pages.t.elements.title.runs.0.text", "hai", "hai hai") in reasons
    assert toy.build() == {"EV-1-png": "cached", "EV-2-png": "made", "EV-3-png": "cached"}
    assert toy.rendered() == ["EV-2-png"]


def test_moved_lines_render_nothing(toy: Toy) -> None:
    """A new first row moves the others down: none is rendered again, and a stored warning moves along."""
    toy.rows(EV_1="doubtful", EV_2="hai")
    toy.build()
    toy.rendered()
    toy.rows(EV_0="không", EV_1="doubtful", EV_2="hai")
    toy.build()

    assert toy.rendered() == ["EV-0-png"]
    told = [problem.span.line for result in toy.heard.results for problem in result.problems]
    assert told == [2]


def test_a_colour_of_the_brand_is_an_input(toy: Toy) -> None:
    """A colour that the scene names only by its token renders everything anew, and is named."""
    toy.build()
    toy.write("brand/brand.yaml", '{"red": 200}')

    batch = toy.batch()
    assert batch.count(State.STALE) == 3
    assert {reason.name for item in batch.items for reason in item.reasons} == {"colours.red.red"}


def test_a_file_read_besides_the_scene_is_an_input(toy: Toy) -> None:
    """What a stage opened without the scene naming it is remembered with its digest."""
    toy.rows(EV_1="reads", EV_2="hai")
    note = toy.write("note.txt", "a")
    toy.build()
    toy.rendered()
    note.write_text("b")

    (stale,) = toy.batch().having(State.STALE)
    assert [reason.name for reason in stale.reasons] == ["note.txt"]
    toy.build()
    assert toy.rendered() == ["EV-1-png"]
    assert set(toy.build().values()) == {"cached"}


@pytest.mark.parametrize("now", ["another", None])
def test_a_file_changed_under_way_is_not_stored(toy: Toy, now: str | None) -> None:
    """A file that is gone, or not what its scene named, stops its job: its picture would have another's key."""
    if now is not None:
        toy.write("fonts/a.ttf", now)
    toy.rows(EV_1="swapped", EV_2="hai")

    assert toy.build() == {"EV-1-png": "failed", "EV-2-png": "made"}
    (told,) = [problem.code for result in toy.heard.results for problem in result.problems]
    assert told == "build/changed"


def test_what_was_planned_is_made(toy: Toy) -> None:
    """Data that somebody saves while a build goes on is the next build's: workers read none of their own."""
    batch = toy.batch()
    toy.rows(EV_1="khác", EV_2="hai", EV_3="ba")
    results = run(batch, Means(1, "fake_stages:stages"), toy.heard)

    assert {result.status.value for result in results} == {"made"}
    assert toy.tree()["thu/poster/EV-1-png.png"].startswith("một ".encode())
    assert toy.build() == {"EV-1-png": "made", "EV-2-png": "cached", "EV-3-png": "cached"}


@pytest.mark.parametrize("workers", [1, 2])
def test_a_killed_worker_loses_one_job(toy: Toy, workers: int) -> None:
    """A worker that dies takes nothing with it; its job is tried again and made."""
    toy.rows(EV_1="một", EV_2="die", EV_3="ba", EV_4="bốn")
    assert set(toy.build(workers=workers).values()) == {"made"}
    assert toy.rendered() == ["EV-1-png", "EV-2-png", "EV-2-png", "EV-3-png", "EV-4-png"]


def test_a_poison_job_fails_alone(toy: Toy) -> None:
    """A job that kills each of its workers fails after its tries; the others are made."""
    toy.rows(EV_1="die-always", EV_2="hai", EV_3="bug")
    assert toy.build(workers=2) == {"EV-1-png": "failed", "EV-2-png": "made", "EV-3-png": "failed"}
    ends = {result.item.job.row.id: result for result in toy.heard.results}
    assert [problem.code for problem in ends["EV-1"].problems] == ["build/worker-lost"]
    assert "ValueError: a bug in a stage" in ends["EV-3"].fault


def test_a_job_that_takes_too_long_is_killed(toy: Toy) -> None:
    """A job past its time is ended and says so."""
    toy.rows(EV_1="sleep")
    (item,) = toy.batch().items
    recipe = "recipes/thu/recipe.yaml"
    task = Task(str(toy.root), recipe, item.job.id, "png", item.key, "fake_stages:stages", (), item.scene)
    ((_, answer),) = run_tasks([task], Limits(1, {"png": 1.0}), bool)
    assert [problem.code for problem in answer.problems] == ["build/timeout"]


def test_workers_do_not_change_the_tree(toy: Toy) -> None:
    """One worker and two give the same folder, manifest and all; so does a build in two parts."""
    toy.write("recipes/thu/recipe.yaml", '{"formats": ["png", "pdf", "mp4"]}')
    toy.build(out="one", workers=1)
    one = toy.tree("one")
    for leftover in (toy.root / FOLDER).rglob("*"):
        if leftover.is_file():
            leftover.unlink()
    toy.build(Choice(only="EV-2"), out="two", workers=2)
    toy.build(out="two", workers=2)

    assert toy.tree("two") == one
    assert "thu/poster/EV-1-mp4.srt" in one


def test_the_manifest_says_what_was_accepted(toy: Toy) -> None:
    """By its check, its row or field and the reason: other warnings are for the report alone."""
    toy.build()
    batch = toy.batch()
    item = batch.items[0]
    stored = Store(toy.root).get(item.key)
    assert stored is not None
    facts = {"field": "sign", "row": "EV-1", "accepted": "Bản in lẻ"}
    accepted = Diagnostic("mark/crowded", Span("a.csv", 2), facts, Level.NOTE)
    other = Diagnostic("photo/low-dpi", Span("a.csv", 2), {"row": "EV-1"}, Level.WARNING)
    receipt = replace(stored, warnings=warned((accepted, other), batch.compose(item.job)))

    (entry,) = entries_of(item.job, receipt, batch.road)

    assert entry["accepted"] == [
        {"check": "mark/crowded", "row": "EV-1", "field": "sign", "reason": "Bản in lẻ"}
    ]


def test_the_manifest_lists_every_file(toy: Toy) -> None:
    """Each file is there with its digest, size, facts and inputs, and no path of this machine."""
    toy.write("recipes/thu/recipe.yaml", '{"formats": ["mp4"]}')
    toy.build()
    place = toy.root / "output/thu/manifest.json"
    manifest = json.loads(place.read_bytes())

    listed = {entry["path"]: entry for entry in manifest["files"]}
    there = {path.removeprefix("thu/"): data for path, data in toy.tree().items() if "manifest" not in path}
    assert {path: entry["sha256"] for path, entry in listed.items()} == {
        path: hashlib.sha256(data).hexdigest() for path, data in there.items()
    }
    entry = listed["poster/EV-1-mp4.mp4"]
    assert entry["facts"] == [{"field": "title", "text": "một"}]
    assert entry["inputs"]["row"] == {"file": "assets/data/rows.json", "id": "EV-1"}
    assert entry["inputs"]["files"]["fonts/a.ttf"] == "00"
    assert str(toy.root) not in place.read_text("utf-8")


@pytest.mark.parametrize("harm", ["cut short", "altered", "gone"])
def test_a_damaged_store_heals(toy: Toy, harm: str) -> None:
    """Where output and store are both broken the file is rendered again, and is what it was."""
    toy.build()
    toy.rendered()
    place = toy.root / "output/thu/poster/EV-2-png.png"
    data = place.read_bytes()
    place.unlink()
    (stored,) = (p for p in (toy.root / FOLDER / "cas").rglob("*") if p.is_file() and p.read_bytes() == data)
    if harm == "gone":
        stored.unlink()
    else:
        stored.write_bytes(data[:-1] if harm == "cut short" else b"x" + data[1:])

    assert toy.build() == {"EV-1-png": "cached", "EV-2-png": "made", "EV-3-png": "cached"}
    assert place.read_bytes() == data
    assert stored.read_bytes() == data


def test_a_lost_output_comes_from_the_store(toy: Toy) -> None:
    """Another folder, a deleted file and an altered one are filled without rendering."""
    toy.build()
    toy.rendered()
    toy.build(out="elsewhere")
    (toy.root / "output/thu/poster/EV-1-png.png").unlink()
    (toy.root / "output/thu/poster/EV-2-png.png").write_text("written over")
    toy.build()

    assert toy.rendered() == []
    kept = {f"thu/{path}" for path in toy.heard.aside}
    assert toy.tree("elsewhere") == {path: data for path, data in toy.tree().items() if path not in kept}


def test_a_row_with_a_problem_fails_alone(toy: Toy) -> None:
    """Wrong facts, composing and layout each fail their row; the rest stands; `--failed` returns to them."""
    toy.rows(EV_1="wrong-day", EV_2="no-letter", EV_3="too-long", EV_4="bốn")
    ends = toy.build()
    assert list(ends.values()) == ["failed", "failed", "failed", "made"]
    toy.rows(EV_1="một", EV_2="hai", EV_3="too-long", EV_4="bốn")
    assert toy.build(Choice(failed=True)) == {"EV-1-png": "made", "EV-2-png": "made", "EV-3-png": "failed"}
    assert toy.build(Choice(failed=True)) == {"EV-3-png": "failed"}


def test_nothing_untrue_stays(toy: Toy) -> None:
    """The file of a failed job is put away, that of a row no longer there is removed; one altered by hand stays."""
    toy.rows(EV_1="một", EV_2="hai", EV_3="ba", EV_4="bốn")
    toy.build()
    by_hand = toy.root / "output/thu/poster/EV-4-png.png"
    by_hand.write_text("altered")
    toy.rows(EV_1="too-long", EV_2="hai")
    toy.build(Choice(only="EV-2"))
    assert toy.heard.gone == []
    toy.build()

    assert toy.heard.gone == ["poster/EV-3-png.png"]
    assert toy.heard.old == ["ban-cu/poster/EV-1-png.png"]
    assert sorted(toy.tree()) == [
        "thu/ban-cu/poster/EV-1-png.png",
        "thu/manifest.json",
        "thu/poster/EV-2-png.png",
        "thu/poster/EV-4-png.png",
    ]
    assert by_hand.read_text() == "altered"


def test_an_old_file_stays_as_long_as_its_item_fails(toy: Toy) -> None:
    """It is byte for byte what it was, listed nowhere, and goes when there is a new one or no row any more."""
    toy.write("recipes/thu/recipe.yaml", '{"formats": ["mp4"]}')
    toy.build()
    first = toy.tree()
    toy.rows(EV_1="too-long", EV_2="too-long", EV_3="ba")
    toy.build()
    toy.build(Choice(only="EV-3"))
    toy.build()
    now = toy.tree()

    assert toy.heard.old == []  # told once
    for name in ("poster/EV-1-mp4.mp4", "poster/EV-1-mp4.srt", "poster/EV-2-mp4.mp4"):
        assert now[f"thu/ban-cu/{name}"] == first[f"thu/{name}"]
        assert f"thu/{name}" not in now
    assert "EV-1" not in (toy.root / "output/thu/manifest.json").read_text("utf-8")
    toy.rows(EV_1="một", EV_3="ba")
    toy.build()
    assert [path for path in toy.tree() if "ban-cu" in path] == []
    assert not (toy.root / "output/thu/ban-cu").exists()


def test_what_somebody_put_among_old_files_stays(toy: Toy) -> None:
    """Only what the store knows is ours to remove."""
    toy.build()
    note = toy.write("output/thu/ban-cu/poster/EV-1-png.png", "mine")

    toy.build()

    assert note.read_text() == "mine"


def test_force_renders_what_is_current(toy: Toy) -> None:
    """`--force` renders everything again."""
    toy.build()
    toy.rendered()
    assert set(toy.build(Choice(force=True)).values()) == {"made"}
    assert len(toy.rendered()) == 3


def test_stopping_drains_and_goes_on(toy: Toy) -> None:
    """Asked to stop, a build begins nothing more, ends what runs, and the next one makes the rest."""
    toy.rows(EV_1="một", EV_2="hai", EV_3="ba", EV_4="bốn")
    batch = toy.batch()
    results = run(batch, Means(1, "fake_stages:stages", lambda: bool(toy.heard.results)), toy.heard)

    ends = [result.status.value for result in results]
    assert ends.count("made") == 2  # the one that ended, and the one that the worker was at by then
    assert ends.count("skipped") == 2
    toy.rendered()
    toy.build()
    assert len(toy.rendered()) == 2


def test_an_interrupted_build_leaves_no_half_file(toy: Toy) -> None:
    """A second Ctrl-C kills at once: workers end, finished files stand, nothing lies aside."""
    toy.rows(EV_1="một", EV_2="sleep")
    batch = toy.batch()

    def interrupt() -> None:
        while not (list(toy.log.glob("asleep-*")) and toy.heard.results):
            time.sleep(0.05)
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=interrupt, daemon=True).start()
    with pytest.raises(KeyboardInterrupt):
        run(batch, Means(1, "fake_stages:stages"), toy.heard)

    (worker,) = (int(path.name.removeprefix("asleep-")) for path in toy.log.glob("asleep-*"))
    assert not Path(f"/proc/{worker}").exists()
    assert sorted(toy.tree()) == ["thu/manifest.json", "thu/poster/EV-1-png.png"]
    assert list(toy.root.rglob(".aside-*")) == []


def test_leftovers_of_a_killed_build_are_swept(toy: Toy) -> None:
    """What a killed build had written aside is gone after the next one."""
    toy.build()
    toy.write("output/thu/poster/.aside-0123456789ab", "half a fi")
    toy.build()
    assert "thu/poster/.aside-0123456789ab" not in toy.tree()
