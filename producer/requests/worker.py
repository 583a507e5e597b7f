"""The web's side of the preview workers: who waits, whose keystroke is stale, and what becomes of a worker that hangs.

Threads of the web call :meth:`PreviewWorkers.preview` and wait. Of one session only the newest keystroke is drawn:
those before it that still wait are dropped at once. A worker that takes too long, or dies, is replaced, and whoever
waited for it is told so; nobody else notices. What goes on in the process is `producer.requests.serve`; whole requests
are made by `producer.requests.render`.
"""

from __future__ import annotations

import multiprocessing
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any, Self

from producer.build.pool import surroundings
from producer.build.receipt import problem_from_plain
from producer.diagnostics import Diagnostic
from producer.requests.draft import Draft, from_json, to_json
from producer.requests.limits import Limits
from producer.requests.message import Message, preview_from_plain, problems_from_plain, receive, send
from producer.requests.problem import FieldProblem
from producer.requests.serve import serve
from producer.requests.sheet import RowDraft, SheetDrafts
from producer.requests.workshop import CARD, SMALL, LookCard, Preview

TASKS = 2_000  # after which a worker is replaced, against libraries that lose memory
START = 60.0  # s that a new worker may take to open the project
_SPAWN = threading.Lock()  # the surroundings of a new process are this one's while it starts


class LostError(RuntimeError):
    """A worker took too long, died, or met a fault of ours; the request may be made again."""


class RefusedError(ValueError):
    """What was sent cannot be used; ``problems`` say why."""

    def __init__(self, problems: tuple[FieldProblem, ...]) -> None:
        """Keep the problems."""
        self.problems = problems
        super().__init__("; ".join(one.code for one in problems))


@dataclass(eq=False, slots=True)
class _Ask:
    """Something that waits for a worker."""

    message: Message
    done: threading.Event = field(default_factory=threading.Event)
    answer: Message | None = None
    stale: bool = False


class PreviewWorkers:
    """Workers over one project. Threads may share it; :meth:`close` ends it."""

    def __init__(self, project: Path, workers: int = 2, limits: Limits | None = None) -> None:
        """Start the workers; they open the project while the first callers wait."""
        self.project, self.limits = project, limits or Limits()
        self._waiting: OrderedDict[object, _Ask] = OrderedDict()  # by session, the oldest first
        self._news = threading.Condition()
        self._closed = False
        self._threads = [threading.Thread(target=self._run, daemon=True) for _ in range(workers)]
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """End the workers; whoever still waits is told that they are lost."""
        with self._news:
            self._closed = True
            self._news.notify_all()
        for thread in self._threads:
            thread.join()

    def __enter__(self) -> Self:
        """Be closed at the end."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close."""
        self.close()

    # what may be asked

    def preview(self, session: str, draft: Draft, width: int = SMALL, channel: str = "") -> Preview | None:
        """How a draft looks; nothing where a newer keystroke of the ``session`` has overtaken this one.

        Raises:
            LostError: the worker hung or died.
        """
        said = {"ask": "preview", "draft": to_json(draft), "width": width, "channel": channel}
        answer = self._ask((session, "preview"), Message(said))
        return None if answer is None else preview_from_plain(answer.said, answer.parts[0])

    def looks(self, session: str, draft: Draft, width: int = CARD) -> tuple[LookCard, ...] | None:
        """The layouts to choose from; nothing where a newer call of the ``session`` has overtaken this one."""
        said = {"ask": "looks", "draft": to_json(draft), "width": width}
        answer = self._ask((session, "looks"), Message(said))
        if answer is None:
            return None
        pairs = zip(answer.said["looks"], answer.parts, strict=True)
        return tuple(LookCard(one["look"], one["about"], preview_from_plain(one, png)) for one, png in pairs)

    def problems(self, draft: Draft) -> tuple[FieldProblem, ...]:
        """What is wrong with a draft in any of its channels: to be asked when it is sent."""
        return problems_from_plain(self._wait({"ask": "problems", "draft": to_json(draft)}).said["problems"])

    def photo(self, data: bytes, name: str, language: str = "vi") -> dict[str, Any]:
        """Open a photograph that was sent and keep it: its `digest`, `width`, `height`, and whether it was `located`.

        Raises:
            RefusedError: it is none, or may not be taken.
        """
        return self._wait({"ask": "photo", "name": name, "language": language}, (data,)).said

    def sheet(self, data: bytes, name: str, start: Draft) -> SheetDrafts:
        """Read a sheet of many; see :func:`producer.requests.sheet.read_sheet`.

        Raises:
            RefusedError: it is none.
        """
        asked = {"ask": "sheet", "name": name, "draft": to_json(start), "language": start.language}
        said = self._wait(asked, (data,)).said

        def read(plain: list[dict[str, Any]]) -> tuple[Diagnostic, ...]:
            return tuple(problem_from_plain(one) for one in plain)

        rows = (
            RowDraft(int(row["line"]), from_json(row["draft"]), read(row["problems"])) for row in said["rows"]
        )
        return SheetDrafts(tuple(rows), said["columns"], read(said["problems"]))

    def _wait(self, said: dict[str, Any], parts: Sequence[bytes] = ()) -> Message:
        """Ask what nothing overtakes."""
        answer = self._ask(object(), Message(said, tuple(parts)))
        if answer is None:
            raise LostError("closed")
        return answer

    def _ask(self, session: object, message: Message) -> Message | None:
        ask = _Ask(message)
        with self._news:
            if self._closed:
                raise LostError("closed")
            before = self._waiting.pop(session, None)
            if before is not None:
                before.stale = True
                before.done.set()
            self._waiting[session] = ask
            self._news.notify()
        ask.done.wait()
        if ask.stale:
            return None
        if ask.answer is None or "fault" in ask.answer.said:
            raise LostError(ask.answer.said["fault"] if ask.answer is not None else "the worker hung or died")
        if "refused" in ask.answer.said:
            raise RefusedError(problems_from_plain(ask.answer.said["refused"]))
        return ask.answer

    # the workers, a thread for each

    def _run(self) -> None:
        while not self._closed:
            with self._process() as connection:
                self._serve(connection)
        with self._news:
            while self._waiting:
                self._waiting.popitem()[1].done.set()

    def _serve(self, connection: Connection | None) -> None:
        """Hand asks to one process until it is lost or has done enough."""
        for _ in range(TASKS):
            session, ask = self._next()
            if ask is None:
                return
            if connection is not None:
                ask.answer = self._exchange(connection, ask.message)
            with self._news:
                ask.stale = session in self._waiting
            ask.done.set()
            if ask.answer is None:
                return

    def _next(self) -> tuple[object, _Ask | None]:
        with self._news:
            self._news.wait_for(lambda: self._waiting or self._closed)
            return (None, None) if self._closed else self._waiting.popitem(last=False)

    def _exchange(self, connection: Connection, message: Message) -> Message | None:
        """Say something and hear the answer; nothing where none came in time."""
        with suppress(EOFError, OSError, ValueError, KeyError, TypeError):
            send(connection, message)
            if connection.poll(self.limits.wall):
                return receive(connection)
        return None

    @contextmanager
    def _process(self) -> Iterator[Connection | None]:
        """Give the line to a new process, or nothing where it could not open the project; at the end it is killed."""
        context = multiprocessing.get_context("spawn")
        ours, its = context.Pipe()
        process: SpawnProcess = context.Process(
            target=serve, args=(its, str(self.project), self.limits), daemon=True
        )
        with _SPAWN, surroundings(str(self.project)):
            process.start()
        its.close()
        try:
            ready = None
            with suppress(EOFError, OSError, ValueError, KeyError, TypeError):
                ready = receive(ours) if ours.poll(START) else None
            yield ours if ready is not None else None
        finally:
            ours.close()
            process.kill()
            process.join()
