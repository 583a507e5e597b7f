"""How a build goes on: a bar on a terminal, a line now and then elsewhere, JSON on stdout where asked for."""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from typing import Any

from producer.build.batch import Batch, State
from producer.build.output import path_of
from producer.build.run import Result, Status
from producer.cli.console import Console
from producer.cli.project import shown
from producer.cli.report import duration, tell_plan
from producer.diagnostics import Diagnostic, Scope, Span

STEP = 0.05  # of the work, between two lines where there is no bar
PAUSE = 10.0  # s, after which a line is due anyhow


def is_live() -> bool:
    """Whether a bar can be drawn: never in a pipe, a dumb terminal or a CI run that pretends to have one."""
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb" and not os.environ.get("CI")


class Progress:
    """Tells people, and machines with ``as_json``, how a build goes on."""

    def __init__(self, console: Console, *, as_json: bool, verbose: bool = False) -> None:
        """Take where to tell, and whether machines listen and people want to see every file."""
        self.console, self.as_json, self.verbose = console, as_json, verbose
        self.began = time.monotonic()
        self.counts: Counter[Status] = Counter()
        self._batch: Batch | None = None
        self._bar: Any = None
        self._cost = self._done = self._told = 0.0
        self._told_at = self.began

    def begin(self, batch: Batch, seconds: float) -> None:
        """See Reporter."""
        tell_plan(batch, self.console)
        self._batch = batch
        self._cost, self._done, self._told = seconds, 0.0, 0.0
        self._started = self._told_at = time.monotonic()
        if batch.count(State.STALE) and is_live() and not self.console.quiet:
            self._bar = self._open(seconds)

    def _open(self, seconds: float) -> Any:  # noqa: ANN401 - rich is imported only where there is a terminal
        from rich.console import Console as Terminal
        from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        words = self.console.words
        terminal = Terminal(stderr=True, no_color=not self.console.coloured, highlight=False)
        columns = (
            TextColumn(f"  {words('word.render'):<10}"),
            BarColumn(32),
            TaskProgressColumn(),
            TextColumn(words("word.left")),
            TimeRemainingColumn(),
            TextColumn("{task.description}"),
        )
        bar = Bar(*columns, console=terminal, transient=True, refresh_per_second=8)
        bar.add_task("", total=seconds)
        bar.start()
        return bar

    def end(self, result: Result, cost: float) -> None:
        """See Reporter."""
        self.counts[result.status] += 1
        if self.as_json and self._batch is not None:
            write_json(artifact(self._batch, result))
        if result.item.state is State.STALE:  # how far we are before what is wrong: that shall be read last
            self._done += cost
            self._go_on(result)
        if result.status is not Status.CACHED or result.problems:
            self._tell(result)
        if self.verbose and result.made:
            told = f"{result.item.job.id}.{result.item.job.format}"
            self.console.line(self.console.words(f"status.{result.status.value}"), told)

    def _tell(self, result: Result) -> None:
        """Tell the problems of a job, above the bar where there is one."""
        if self._bar is not None and (result.problems or result.fault):
            self._bar.stop()
        if result.fault:
            self.console.write(result.fault)
        job = result.item.job.id
        bug = (Diagnostic("build/bug", Span(result.item.job.piece.span.file), {"job": job}, scope=Scope.ROW),)
        self.console.problems(result.problems or (bug if result.fault else ()))
        if result.status is Status.FAILED:
            self.console.line(self.console.words("word.failed"), job, "red")
        if result.status is Status.REFUSED:
            self.console.line(self.console.words("word.refused"), job, "yellow")
        if self._bar is not None and (result.problems or result.fault):
            self._bar.start()

    def _go_on(self, result: Result) -> None:
        now, part = time.monotonic(), self._done / self._cost if self._cost else 1.0
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], completed=self._done, description=result.item.job.id)
        elif part - self._told >= STEP or now - self._told_at >= PAUSE:
            self._told, self._told_at = part, now
            left = (now - self._started) * (1 - part) / part if part else 0.0
            words = self.console.words
            rest = f" · {words('word.left')} {duration(left, words)}" if part < 1 else ""
            self.console.line(words("word.render"), f"{part:4.0%}  {result.item.job.id}{rest}")

    def removed(self, batch: Batch, path: str) -> None:
        """See Reporter."""
        words = self.console.words
        self.console.line(
            words("word.removed"), words("build.removed", path=f"{batch.recipe}/{path}"), "yellow"
        )

    def put_away(self, batch: Batch, path: str) -> None:
        """See Reporter."""
        words = self.console.words
        self.console.line(
            words("word.put_away"), words("build.put_away", path=f"{batch.recipe}/{path}"), "yellow"
        )

    def kept(self, batch: Batch, path: str) -> None:
        """See Reporter."""
        words = self.console.words
        self.console.line(words("word.kept"), words("build.kept", path=f"{batch.recipe}/{path}"), "yellow")

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def tell_machine(self, batch: Batch, results: tuple[Result, ...]) -> None:
        """Write one JSON object for each job that was never begun; the others were told as they ended."""
        for result in results if self.as_json else ():
            if result.status is Status.SKIPPED:
                write_json(artifact(batch, result))


def artifact(batch: Batch, result: Result) -> dict[str, Any]:
    """Return what a machine hears of one job."""
    return {
        "event": "artifact",
        "job": result.item.job.id,
        "path": shown(batch.folder / path_of(result.item.job)),
        "media_type": result.media_type,
        "status": result.status.value,
        "seconds": round(result.seconds, 3),
        "sha256": result.made.sha256 if result.made else None,
    }


def summary(counts: Counter[Status], seconds: float) -> dict[str, Any]:
    """Return the last object that a machine hears."""
    told: dict[str, Any] = {status.value: counts[status] for status in Status}
    return {"event": "summary", **told, "seconds": round(seconds, 3)}


def write_json(value: dict[str, Any]) -> None:
    """Write one object on a line of its own."""
    sys.stdout.write(f"{json.dumps(value, ensure_ascii=False)}\n")
    sys.stdout.flush()
