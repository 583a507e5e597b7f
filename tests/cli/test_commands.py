import errno
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest
from toy import Toy, surroundings

from producer.__main__ import start
from producer.cli import COMMANDS, build, doctor, init
from producer.cli.console import Console
from producer.cli.words import FOLDER, LANGUAGES, Words, language_of
from producer.diagnostics import Diagnostic, Level, Scope, Span

RECIPE = "recipes/thu/recipe.yaml"


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_every_command(command: str, producer: Callable) -> None:
    """Help exits with 0 on stdout and names the options that every command has."""
    said = producer(command, "--help", "--lang", "vi")
    assert said.code == 0
    assert said.err == ""
    for word in ("Cách dùng: producer", "--lang", "--quiet", "--verbose", "--color"):
        assert word in said.out


def test_build_in_machine_words(toy: Toy, producer: Callable) -> None:
    """`--json` writes one object a job in the plan's order and a summary; people read stderr."""
    toy.rows(EV_1="một", EV_2="too-long", EV_3="ba")
    producer("build", RECIPE, "--only", "EV-1")
    said = producer("build", RECIPE, "--json", "-j", "1")

    *artifacts, summary = said.events
    assert said.code == 1
    assert [event["status"] for event in artifacts] == ["cached", "failed", "made"]
    assert [set(event) for event in artifacts] == [
        {"event", "job", "path", "media_type", "status", "seconds", "sha256"}
    ] * 3
    assert {event["event"] for event in artifacts} == {"artifact"}
    assert [event["media_type"] for event in artifacts] == ["image/png"] * 3
    assert artifacts[2]["path"] == "output/thu/poster/EV-3-png.png"
    assert Path(artifacts[2]["path"]).is_file()
    assert artifacts[1]["sha256"] is None
    seconds = summary.pop("seconds")
    assert isinstance(seconds, float)
    assert summary == {"event": "summary", "made": 1, "cached": 1, "failed": 1, "refused": 0, "skipped": 0}


def test_build_in_peoples_words(toy: Toy, producer: Callable) -> None:
    """The plan, its reasons, what failed and the end are told; stdout stays empty."""
    toy.rows(EV_1="một", EV_2="too-long", EV_3="ba")
    said = producer("build", RECIPE, "-o", "ra")

    assert said.out == ""
    assert "Plan      3 items = poster 3 (3 rows × 1 channel)" in said.err
    assert "3 to render" in said.err
    assert "why: 3 new" in said.err
    assert "error[build/changed]" in said.err
    assert "--> assets/data/rows.json:2:2 (title)" in said.err
    assert "FAILED    poster/EV-2-png" in said.err
    assert re.search(r"Done      2 rendered · 1 failed · 2 files in all · \d", said.err)
    assert re.search(r"Render .*poster/EV-2-png.*\nerror\[build/changed\]", said.err)  # not after it
    assert f"producer build {RECIPE} --failed" in said.err
    assert (toy.root / "ra/thu/poster/EV-1-png.png").is_file()


def test_quiet_says_only_problems(producer: Callable) -> None:
    """`-q` of a good build is silent, and Vietnamese numbers have their comma elsewhere."""
    assert producer("build", RECIPE, "-q").err == ""
    said = producer("build", RECIPE, "--lang", "vi")
    assert re.search(r"Xong      3 giữ nguyên · tất cả 3 tệp · \d,\d giây", said.err)


def test_plan_and_its_exit_codes(toy: Toy, producer: Callable) -> None:
    """`--exit-code` is 3 while there is work and 0 after the build, which does what the plan said."""
    assert producer("plan", RECIPE).code == 0
    said = producer("plan", RECIPE, "--exit-code")
    assert said.code == 3
    assert [line.split()[-1] for line in said.out.splitlines()] == [
        f"poster/EV-{n}-png.png" for n in (1, 2, 3)
    ]
    assert producer("build", RECIPE, "-q").code == 0
    assert producer("plan", RECIPE, "--exit-code").code == 0
    toy.rows(EV_1="một", EV_2="wrong-day", EV_3="ba")
    said = producer("plan", RECIPE, "--json")
    assert said.code == 1
    assert [event.get("state") for event in said.events] == ["current", "failed", "current", None]


def test_explain_and_why_name_the_field(toy: Toy, producer: Callable) -> None:
    """Both name the slot that changed, with both values; `why` takes an id, a file and a recipe's name."""
    producer("build", RECIPE, "-q")
    toy.rows(EV_1="một", EV_2="hai hai", EV_3="ba")

    said = producer("plan", RECIPE, "--explain")
    assert said.out.count("“hai” → “hai hai”") == 1
    assert "title changed: “hai” → “hai hai”" in said.out
    assert "why: 1 title changed" in said.err
    for name in ("poster/EV-2-png", "output/thu/poster/EV-2-png.png", "thu/poster/EV-2-png"):
        assert "title changed: “hai” → “hai hai”" in producer("why", name).out
    assert "up to date" in producer("why", "poster/EV-1-png").out
    said = producer("why", "poster/EV-9-png")
    assert said.code == 2
    assert "did you mean poster/EV-" in said.err


def test_check_goes_as_far_as_layout(toy: Toy, producer: Callable) -> None:
    """`check` finds what facts, composing and layout find, renders nothing and writes nothing."""
    assert producer("check", RECIPE).code == 0
    toy.rows(EV_1="wrong-day", EV_2="no-letter", EV_3="too-long", EV_4="bốn")
    said = producer("check", RECIPE)
    assert said.code == 1
    assert said.err.count("error[") == 3
    assert toy.rendered() == []
    assert not (toy.root / ".producer").exists()
    assert not (toy.root / "output").exists()


def test_a_problem_of_the_recipe_makes_nothing(toy: Toy, producer: Callable) -> None:
    """One bad recipe of two: exit 2, and nothing is made of the other either."""
    said = producer("build", RECIPE, "recipes/none/recipe.yaml")
    assert said.code == 2
    assert "error[recipe/no-file]" in said.err
    assert not (toy.root / "output").exists()
    toy.rows(EV_1="bad-template", EV_2="hai")
    said = producer("build", RECIPE, "--json")
    assert (said.code, said.out) == (2, "")
    assert said.err.count("error[") == 1
    assert not (toy.root / "output").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("build",), 2, "RECIPE… is missing"),
        (("biuld", RECIPE), 2, "there is no command biuld"),
        (("build", RECIPE, "--onyl", "x"), 2, "there is no option --onyl: did you mean --only?"),
        (("build", RECIPE, "-j", "0"), 2, "the value of --jobs will not do"),
        (("schema", "poster"), 2, "the value of the argument will not do"),
        (("build", "/recipe.yaml"), 2, "error[cli/no-project]"),
        (("build", RECIPE, "--only", "nothing"), 2, "error[cli/nothing-matches]"),
        (("init", "."), 2, "error[cli/not-empty]"),
    ],
)
def test_misuse(arguments: tuple[str, ...], code: int, words: str, producer: Callable) -> None:
    """Whatever is typed wrongly is told in a sentence, with the exit code of the contract."""
    said = producer(*arguments)
    assert said.code == code
    assert words in said.err
    assert "Traceback" not in said.err


def test_two_recipes_of_one_name(toy: Toy, producer: Callable) -> None:
    """Two folders of one name would write over each other; nothing is made."""
    toy.write("other/thu/recipe.yaml", '{"formats": ["png"]}')
    said = producer("build", RECIPE, "other/thu/recipe.yaml")
    assert said.code == 2
    assert "error[cli/same-name]" in said.err
    assert not (toy.root / "output").exists()


def test_a_lost_store_is_exit_4(toy: Toy, producer: Callable) -> None:
    """Where store or output cannot be written the build says so; run again, it goes on."""
    toy.write("output", "a file where a folder should be")
    said = producer("build", RECIPE)
    assert said.code == 4
    assert "error[cli/file-in-the-way]" in said.err
    (toy.root / "output").unlink()
    assert producer("build", RECIPE).code == 0


def test_a_name_that_is_not_utf8(toy: Toy, producer: Callable) -> None:
    """A recipe in a folder of other letters is told so, in build and check alike; an output folder may be called so."""
    odd = os.fsdecode(b"recipes/th\xe9/recipe.yaml")
    try:
        toy.write(odd, '{"formats": ["png"]}')
    except OSError:
        pytest.skip("this system takes only UTF-8")

    for command in ("build", "check"):
        said = producer(command, odd)
        assert (said.code, "error[cli/not-utf8]" in said.err) == (2, True)
    assert producer("build", RECIPE, "-o", os.fsdecode(b"out\xe9"), "--json").code == 0


def test_a_full_disk_leaves_no_half_file(
    toy: Toy, producer: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing half written lies in the output, and the file is named, in Vietnamese too."""

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    producer("build", RECIPE, "--only", "EV-1")
    shutil.rmtree(toy.root / "output")
    monkeypatch.setattr(os, "fsync", full)

    said = producer("build", RECIPE, "--lang", "vi")

    assert said.code == 4
    assert "lỗi[cli/disk-full]: ổ đĩa đã đầy" in said.err
    assert "output/thu" in said.err
    assert "Traceback" not in said.err
    assert [path for path in (toy.root / "output").rglob("*") if path.is_file()] == []


def test_nothing_to_do_needs_no_writing(toy: Toy, producer: Callable) -> None:
    """A build whose files are all there ends well where nothing may be written."""
    producer("build", RECIPE)
    last = toy.root / ".producer/last"
    (last / "thu.lock").unlink()
    (last / "thu.lock").mkdir()  # as good as read-only, for root too

    assert producer("build", RECIPE).code == 0


def test_a_disk_that_turned_read_only_is_told(
    toy: Toy, producer: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was left aside and cannot be swept, or a journal that cannot be cleared, is a disk's fault, not ours."""
    producer("build", RECIPE)
    (toy.root / "output/thu/poster/.aside-0123").write_text("half")

    def read_only(self: Path, **_: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(self))

    monkeypatch.setattr(Path, "unlink", read_only)
    said = producer("build", RECIPE)

    assert (said.code, "Traceback" in said.err) == (4, False)
    assert "error[cli/read-only]" in said.err
    assert ".aside-0123" in said.err


def test_a_bug_in_a_stage_keeps_its_traceback(toy: Toy, producer: Callable) -> None:
    """A fault of ours fails its job, shows where it happened, and lets the others be."""
    toy.rows(EV_1="bug", EV_2="hai")
    said = producer("build", RECIPE)
    assert said.code == 1
    assert "ValueError: a bug in a stage" in said.err
    assert "error[build/bug]" in said.err


def test_colour_only_where_it_is_wanted(toy: Toy, producer: Callable) -> None:
    """No escape reaches a pipe; `always` colours problems, and words stay the same."""
    toy.rows(EV_1="too-long")
    plain = producer("check", RECIPE).err
    coloured = producer("check", RECIPE, "--color", "always").err
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain


def test_stopping_is_exit_130(producer: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that was asked to stop says what it did not begin, on stdout too."""
    monkeypatch.setattr(build, "asked_to_stop", lambda _console: nullcontext(lambda: True))
    said = producer("build", RECIPE, "--json")
    assert said.code == 130
    assert [event.get("status") for event in said.events] == ["skipped", "skipped", "skipped", None]
    assert "Stopped   3 not begun" in said.err


def test_notes_take_no_room_from_errors() -> None:
    """However much is noted before, what failed is told; past the most of a level the rest is counted once."""
    stream = io.StringIO()
    console = Console(Words("en"), stream)

    def tell(level: Level, count: int) -> None:
        for at in range(count):
            facts: dict[str, str | int] = {"job": f"{level.value}-{at}"}
            console.problems([Diagnostic("build/bug", Span("a.yaml"), facts, level=level, scope=Scope.ROW)])

    tell(Level.NOTE, 60)
    tell(Level.ERROR, 60)

    assert stream.getvalue().count("note[") == stream.getvalue().count("error[") == 40
    assert stream.getvalue().count("1 more") == 2


def test_the_first_ctrl_c_asks_and_the_second_kills() -> None:
    """One signal sets the flag, the next one interrupts, and afterwards signals mean what they meant."""
    before = signal.getsignal(signal.SIGINT)
    console = Console(Words("en"), io.StringIO())
    with build.asked_to_stop(console) as stop:
        assert not stop()
        os.kill(os.getpid(), signal.SIGINT)
        assert stop()
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


def test_ctrl_c_at_the_edges_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """While the command line loads, and while Python leaves, Ctrl-C ends the process; in between it is 130."""
    heard: list[object] = []

    def interrupted() -> None:
        heard.append(signal.getsignal(signal.SIGINT))
        raise KeyboardInterrupt

    monkeypatch.setattr("producer.cli.main", interrupted)
    before = signal.getsignal(signal.SIGINT)
    try:
        with pytest.raises(SystemExit) as end:
            start()
        after = signal.getsignal(signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, before)

    assert (end.value.code, heard, after) == (130, [signal.default_int_handler], signal.SIG_DFL)


def test_the_output_is_the_projects_own(
    toy: Toy, producer: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Called from elsewhere, a build writes to the project's folder and not to where one stands."""
    monkeypatch.chdir(tmp_path)
    said = producer("build", f"project/{RECIPE}", "--json")
    made = {
        event["path"] for event in said.events if event["event"] == "artifact"
    }  # in whatever order they end
    assert "project/output/thu/poster/EV-1-png.png" in made
    assert (toy.root / "output/thu/manifest.json").is_file()


def test_init_fills_an_empty_folder_once(
    toy: Toy, producer: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new or an empty folder gets the starter, what an interrupted copy left is replaced; nothing else is."""
    monkeypatch.setattr(init, "starter", lambda: toy.root)
    toy.write("brand/.DS_Store", "")
    toy.write("new/.aside-init/brand/half.yaml", "")
    assert producer("init", "new").code == 0
    made = sorted(path.relative_to(toy.root / "new").as_posix() for path in (toy.root / "new").rglob("*.*"))
    assert made == ["README.md", "assets/data/rows.json", "brand/brand.yaml", "recipes/thu/recipe.yaml"]
    assert producer("init", "new").code == 2
    assert producer("build", "new/recipes/thu").code == 0


def test_init_begins_with_the_recipe_that_shows_most(producer: Callable) -> None:
    """What to type next is the recipe with every medium; what the folder's README names is there, twice over."""
    said = producer("init", "new")

    assert "producer build new/recipes/cong-doan-2025/recipe.yaml" in said.err
    text = Path("new/README.md").read_text("utf-8")
    vietnamese, english = text.split("# Working folder\n")
    for part in (vietnamese, english):
        assert set(re.findall(r"producer (\w+)", part)) <= set(COMMANDS)
        named = re.findall(r"(?:assets|brand|recipes)/[\w./-]*\w", part)
        assert len(named) > 8
        assert [path for path in named if not (Path("new") / path).exists()] == []


def test_the_starter_is_there() -> None:
    """The installed program carries a brand to begin with."""
    assert (init.starter() / "brand/brand.yaml").is_file()


def test_doctor_names_what_is_missing(producer: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    """A library and a program that fail are told and make exit 1; without them it is 0."""
    monkeypatch.setattr(doctor, "fonts", lambda _words: iter(()))
    monkeypatch.setattr(doctor, "_skia", lambda: "1")
    monkeypatch.setattr(doctor, "_ffmpeg", lambda: "1")
    monkeypatch.setattr(doctor, "LIBRARIES", {"pebble": "pebble"})
    assert producer("doctor").code == 0
    monkeypatch.setattr(doctor, "LIBRARIES", {"nothing": "no_such_module"})
    monkeypatch.setattr(doctor, "_ffmpeg", lambda: Path("/nowhere/ffmpeg").read_text())
    said = producer("doctor")
    assert said.code == 1
    assert "missing  nothing" in said.out
    assert "missing  ffmpeg does not run" in said.out


@pytest.mark.parametrize(
    ("arguments", "heavy"),
    [
        (["--help"], "rich pebble pydantic ruamel producer.pipeline producer.build"),
        (
            ["build", RECIPE],
            "rich pebble multiprocessing skia uharfbuzz numpy PIL matplotlib cv2 pikepdf pptx",
        ),
    ],
)
def test_nothing_heavy_is_imported_for_nothing(
    arguments: list[str], heavy: str, toy: Toy, producer: Callable
) -> None:
    """Neither help nor a build with nothing to do imports what only rendering needs."""
    producer("build", RECIPE)
    program = f"""
import sys; sys.path.insert(0, {str(Path(__file__).parents[1] / "build")!r})
from producer.cli import main
try: main({arguments!r}, stages="fake_stages:stages")
finally: print(*sorted(sys.modules), file=open({str(toy.log / "modules")!r}, "w"))
"""
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
    imported = set((toy.log / "modules").read_text().split())
    assert sorted(imported & set(heavy.split())) == []


def test_schema_is_json(producer: Callable) -> None:
    """Each kind of file has a schema that is valid JSON."""
    for kind in ("recipe", "brand", "template", "organisation"):
        said = producer("schema", kind)
        assert said.code == 0
        assert json.loads(said.out)["type"] == "object"


def test_both_languages_say_the_same_things() -> None:
    """The catalogues have the same keys, and each sentence the same facts."""
    vi, en = (Words(language)._sentences for language in LANGUAGES)
    facts = re.compile(r"{(\w+)}")
    assert {(s, k, *sorted(facts.findall(v))) for s in vi for k, v in vi[s].items()} == {
        (s, k, *sorted(facts.findall(v))) for s in en for k, v in en[s].items()
    }
    assert sorted(FOLDER.glob("ui.*.toml")) == [FOLDER / "ui.en.toml", FOLDER / "ui.vi.toml"]


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ((), {}, "vi"),
        ((), {"LANG": "C.UTF-8"}, "vi"),
        ((), {"LANG": "en_GB.UTF-8"}, "en"),
        ((), {"LANG": "en_GB.UTF-8", "LC_ALL": "vi_VN"}, "vi"),
        (("build", "--lang", "en"), {}, "en"),
        (("build", "--lang=vi"), {"LANG": "en_US"}, "vi"),
    ],
)
def test_the_language_spoken(arguments: tuple[str, ...], environment: dict[str, str], language: str) -> None:
    """The command line decides, then the environment, then Vietnamese."""
    assert language_of(arguments, environment) == language


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_a_reader_who_leaves_stops_nothing(stream: str, toy: Toy) -> None:
    """Every file is made, and the exit code is the build's, though nobody reads on."""
    toy.rows(**{f"EV_{number}": "một" for number in range(20)}, EV_99="too-long")
    program = "import sys; from producer.cli import main; main(sys.argv[1:], stages='fake_stages:stages')"
    end, ours = os.pipe()
    os.close(end)
    other = {"stdout": "stderr", "stderr": "stdout"}[stream]
    done = subprocess.run(
        [sys.executable, "-c", program, "build", "--json", "-v", "recipes/thu/recipe.yaml"],
        cwd=toy.root,
        env=surroundings(),
        check=False,
        timeout=60,
        **{stream: ours, other: subprocess.PIPE},
    )
    os.close(ours)

    assert done.returncode == 1
    assert len(list((toy.root / "output/thu/poster").iterdir())) == 20
    assert b"Traceback" not in (done.stderr or b"")


def test_closed_streams_stop_nothing(toy: Toy) -> None:
    """A service that closes all its streams gets its files too."""
    program = "import sys; from producer.cli import main; main(sys.argv[1:], stages='fake_stages:stages')"
    code = subprocess.run(
        [
            "sh",
            "-c",
            '"$0" -c "$1" build --json recipes/thu/recipe.yaml <&- >&- 2>&-',
            sys.executable,
            program,
        ],
        cwd=toy.root,
        env=surroundings(),
        check=False,
        timeout=60,
    ).returncode

    assert code == 0
    assert len(list((toy.root / "output/thu/poster").iterdir())) == 3


def test_no_more_workers_than_a_machine_bears(monkeypatch: pytest.MonkeyPatch, producer: Callable) -> None:
    """`-j 99` on one core runs four workers, and says so."""
    monkeypatch.setattr(build, "cores_here", lambda: 1)
    monkeypatch.setattr(build, "free_memory", lambda: 2**40)

    said = producer("build", "-j", "99", "recipes/thu/recipe.yaml")

    assert said.code == 0
    assert "99 workers are too many for this machine; 4 run" in said.err


def test_due_lists_what_lacks_a_product(producer: Callable) -> None:
    """Days of the calendar with their years in people's words, one object for each in machine words."""
    said = producer("due", "--today", "2029-07-01", "--within", "10d")
    assert "union-day" in said.out
    assert "(100 years)" in said.out
    assert "18 days late" in said.out
    assert "2/7/2029 – 8/7/2029" in said.out
    told = producer("due", "--today", "2029-07-01", "--within", "10d", "--json").events
    assert {"event": "empty-week", "monday": "2029-07-02"} in told
    (union,) = [event for event in told if event.get("id") == "union-day"]
    assert (union["kind"], union["first"], union["begin"], union["state"]) == (
        "day", "2029-07-28", "2029-06-13", "missing",
    )  # fmt: skip


def test_due_counts_days_of_little_weight(producer: Callable) -> None:
    """In one line, unless somebody asks for all; machines are told all, with the weight of each."""
    said, every = (producer("due", "--today", "15/1/2029", *more).out for more in ((), ("--all",)))
    told = producer("due", "--today", "15/1/2029", "--json").events
    small = [event["id"] for event in told if event.get("weight") == "low"]

    assert small
    assert [name for name in small if name in said] == []
    assert [name for name in small if name not in every] == []
    assert f"{len(small)} more days of little weight" in said


def test_due_calls_nothing_by_its_id_twice(producer: Callable) -> None:
    """A row without a title is called by its first text of some words."""
    lines = producer("due", "--today", "2025-07-15").out.splitlines()

    assert lines
    assert [line for line in lines if len(line.split()) > 1 and line.split()[-1] == line.split()[-2]] == []


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("31/6/2025", "không có ngày 31/6/2025"), ("mai", "viết ngày như 15/7/2025"),
        ("9999-12-31", "từ 1800 đến 2199"),
        ("0001-01-01", "từ 1800 đến 2199"),
    ],
)  # fmt: skip
def test_a_day_that_will_not_do_is_told_in_the_reader_s_language(
    producer: Callable, day: str, told: str
) -> None:
    """And no end of the calendar is a traceback."""
    said = producer("due", "--today", day, "--lang", "vi")

    assert (said.code, told in said.err, "Traceback" in said.err) == (2, True, False)


@pytest.mark.parametrize("day", ["1800-01-01", "31/12/2199"])
def test_due_looks_ahead_from_either_end_of_the_calendar(producer: Callable, day: str) -> None:
    """The first and the last year that the moon is reckoned for."""
    assert producer("due", "--today", day).code == 0


def test_due_goes_on_where_a_recipe_is_not_there(producer: Callable) -> None:
    """The problem is told, the code is that of a wrong recipe, and the rest is listed."""
    said = producer("due", RECIPE, "recipes/none/recipe.yaml", "--today", "2029-07-01")
    assert (said.code, "union-day" in said.out, "error[recipe/no-file]" in said.err) == (2, True, True)
