"""Strangers' data is handled in processes of their own: bound, without a network, replaced where they hang."""

import io
import os
import signal
import socket
import subprocess
import sys
import textwrap
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from producer.requests.limits import Limits
from producer.requests.message import Message
from producer.requests.recipe_folder import materialise
from producer.requests.render import Order, Progress, Rendered, render
from producer.requests.serve import answer
from producer.requests.worker import LostError, PreviewWorkers, RefusedError

ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="limits of Linux")


@pytest.fixture(scope="module")
def workers(starter):
    """Two workers over the starter."""
    with PreviewWorkers(starter) as made:
        yield made


def test_a_worker_draws_what_the_workshop_draws(workers, shown) -> None:
    """Byte for byte, with its problems, line breaks and looks."""
    example = shown.example("su-kien")
    assert workers.preview("s", example) == shown.preview(example)
    assert workers.looks("s", example) == shown.looks(example)
    assert workers.problems(replace(example, channels=())) == shown.problems(replace(example, channels=()))


def test_only_the_newest_keystroke_of_a_session_is_drawn(starter, shown) -> None:
    """Those that wait are dropped at once; another session's is not touched."""
    example = shown.example("su-kien")
    typed = [replace(example, values={**example.values, "message": "Vì đoàn viên"[:n]}) for n in range(1, 9)]
    answers: dict[int, object] = {}
    with PreviewWorkers(starter, workers=1) as workers:
        workers.preview("warm", example)

        def ask(number: int) -> None:
            answers[number] = workers.preview("a", typed[number])

        other = threading.Thread(target=lambda: answers.update({99: workers.preview("b", example)}))
        threads = [threading.Thread(target=ask, args=(number,)) for number in range(len(typed))]
        for thread in (*threads[:4], other, *threads[4:]):
            thread.start()
            time.sleep(0.002)
        for thread in (*threads, other):
            thread.join()
    assert answers[len(typed) - 1] == shown.preview(typed[-1])
    assert answers[99] == shown.preview(example)
    assert sum(answers[number] is None for number in range(len(typed) - 1)) >= 5


def test_photographs_and_sheets_are_opened_there(workers, project) -> None:
    """What may be taken is kept by its digest; what may not is refused in words."""
    file = io.BytesIO()
    Image.new("RGB", (80, 60), (10, 90, 40)).save(file, "PNG")
    with PreviewWorkers(project, workers=1) as own:
        told = own.photo(file.getvalue(), "a.png")
        assert (told["width"], told["height"], told["located"]) == (80, 60, False)
        assert (project / f".producer/uploads/{told['digest']}.png").is_file()
    with pytest.raises(RefusedError) as caught:
        workers.photo(b"<svg/>", "a.jpg")
    assert [one.code for one in caught.value.problems] == ["request/not-a-photo"]


def test_a_sheet_comes_back_as_drafts(workers, shown) -> None:
    """With its problems by line and column."""
    start = replace(shown.example("su-kien"), values={})
    read = workers.sheet("title,start_date\nHội thao,31/2/2025\n".encode(), "b.csv", start)
    assert [row.draft.value("title") for row in read.rows] == ["Hội thao"]
    assert [(one.code, one.span.line) for one in read.rows[0].problems] == [("data/no-such-day", 2)]


@ON_LINUX
def test_a_worker_that_dies_or_hangs_is_replaced(starter, shown) -> None:
    """Whoever waited is told, and the next one is answered."""
    example, others = shown.example("su-kien"), working()
    with PreviewWorkers(starter, workers=1, limits=Limits(wall=3)) as workers:
        workers.preview("s", example)
        for sign in (signal.SIGKILL, signal.SIGSTOP):
            (child,) = working() - others
            os.kill(child, sign)
            began = time.monotonic()
            with pytest.raises(LostError):
                workers.preview("s", example)
            assert time.monotonic() - began < 5
            assert workers.preview("s", example) is not None
    assert working() == others


def working() -> set[int]:
    """The workers among them."""
    return {pid for pid in children() if "spawn_main" in command(pid)}


def children() -> list[int]:
    """The processes that this one started."""
    told = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(os.getpid())], capture_output=True, text=True, check=False
    )
    return [int(line) for line in told.stdout.split()]


def command(pid: int) -> str:
    """What a process was started as."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text("utf-8", "replace")
    except OSError:
        return ""


def confined(code: str, limits: str = "Limits()") -> subprocess.CompletedProcess:
    """Run code in a process that was bound."""
    head = f"from producer.requests.limits import Limits, confine, allow_cpu\nconfine({limits})\n"
    return subprocess.run(
        [sys.executable, "-c", head + textwrap.dedent(code)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@ON_LINUX
@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("x = bytearray(3 << 30)", "MemoryError"),
        ("open('/tmp/producer-large', 'wb').write(b'x' * 2_000_000)", "File too large"),
        ("import urllib.request; urllib.request.urlopen('http://127.0.0.1:{port}')", "no network here"),
        ("import socket; socket.create_connection(('127.0.0.1', {port}))", "no network here"),
        ("import socket; socket.getaddrinfo('example.org', 80)", "no network here"),
        ("import socket; socket.socket(2, 2).sendto(b'x', ('127.0.0.1', {port}))", "no network here"),
    ],
)
def test_limits_hold(code, said) -> None:
    """Memory, size of files and the network; a listener on this machine is never called."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        done = confined(
            code.replace("{port}", str(listener.getsockname()[1])), "Limits(memory=2 << 30, file=1_000_000)"
        )
        with pytest.raises(TimeoutError):
            listener.accept()
    assert done.returncode != 0
    assert said in done.stderr or done.returncode == -signal.SIGXFSZ, done.stderr


@ON_LINUX
def test_computing_for_ever_ends() -> None:
    """A task has its seconds, counted from its beginning, and the system ends it."""
    done = confined("sum(range(10**6)); allow_cpu(1)\nwhile True: pass")
    assert done.returncode == -signal.SIGXCPU


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"ask": "no-such"},
        {"ask": "preview"},
        {"ask": "preview", "draft": "{}", "width": 1, "channel": ""},
        {"ask": "photo", "name": 1},
    ],
)
def test_an_odd_message_is_an_answer(shown, said) -> None:
    """A worker does not end over it."""
    told = answer(shown, Message(said)).said
    assert set(told) <= {"fault", "refused"}
    assert told


def test_a_request_is_rendered_elsewhere_and_told_as_it_goes(shown, project) -> None:
    """Files as `producer build` makes them, each told as it ends; a second time all come from the store."""
    form = shown.form("su-kien")
    draft = replace(shown.example("su-kien"), channels=("fb-post-square", "poster-a4"))
    materialise(draft, form, project, "recipes/yc-1")
    *told, end = render(Order(project, "recipes/yc-1"))
    assert isinstance(end, Rendered)
    assert end.is_whole, (end.problems, end.fault)
    assert {one.status for one in told if isinstance(one, Progress) and one.job} == {"made"}
    assert {(one.channel, one.media_type) for one in end.files} >= {
        ("fb-post-square", "image/png"),
        ("poster-a4", "application/pdf"),
    }
    *told, again = render(Order(project, "recipes/yc-1"))
    assert {one.status for one in told if isinstance(one, Progress) and one.job} == {"cached"}
    assert again == end


def test_a_request_that_cannot_be_made_says_why(shown, project) -> None:
    """Problems of its row, and of its recipe; no traceback and no file."""
    form, example = shown.form("su-kien"), shown.example("su-kien")
    draft = replace(
        example, channels=("fb-post-square",), values={**example.values, "title": "Hội thao " * 200}
    )
    materialise(draft, form, project, "recipes/yc-2")
    *_, end = render(Order(project, "recipes/yc-2"))
    assert not end.is_whole
    assert {one.code for one in end.problems if one.level.value == "error"} & {
        "layout/text-over",
        "layout/too-tall",
    }
    assert (end.files, end.fault) == ((), "")
    (project / "recipes/yc-2/recipe.yaml").write_text("title: [", "utf-8")
    *_, end = render(Order(project, "recipes/yc-2"))
    assert [one.code for one in end.problems] == ["recipe/bad-yaml"]


@ON_LINUX
def test_a_render_that_is_stopped_or_late_leaves_nobody(shown, project) -> None:
    """Its process and all that it started are gone, and the next one finishes what it began."""
    draft = replace(shown.example("su-kien"), channels=("fb-post-square",))
    materialise(draft, shown.form("su-kien"), project, "recipes/yc-3")
    others = working()
    for given in ({"order": Order(project, "recipes/yc-3", limits=Limits(wall=0.0))}, {"stop": lambda: True}):
        *_, end = render(**{"order": Order(project, "recipes/yc-3"), **given})
        assert end.fault in ("took too long", "stopped")
    assert working() == others
    *_, end = render(Order(project, "recipes/yc-3"))
    assert end.is_whole
