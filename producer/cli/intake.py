"""`producer intake`: take in the pictures that members sent."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import click

from producer.cli.progress import write_json
from producer.cli.project import project_here, root_of
from producer.cli.settings import Settings, with_settings
from producer.cli.words import Words
from producer.diagnostics import Diagnostic, ProducerError, Span, render_text
from producer.intake.model import Outcome, Status
from producer.intake.take import take_in


class Wish(NamedTuple):
    """The options of `intake`."""

    folder: Path
    project: Path | None
    dry_run: bool
    as_json: bool


def command(words: Words, stages: str) -> click.Command:
    """Return the command in the reader's language."""
    path, folder = click.Path(path_type=Path), words("meta.dir")

    @with_settings("intake", words, stages)
    @click.argument("folder", metavar=folder, type=path)
    @click.option("--project", type=path, metavar=folder, help=words("option.project"))
    @click.option("--dry-run", is_flag=True, help=words("option.dry_run"))
    @click.option("--json", "as_json", is_flag=True, help=words("option.json"))
    def intake(settings: Settings, **options: Any) -> int:  # noqa: ANN401 - click's
        return run_intake(settings, Wish(**options))

    return intake


def run_intake(settings: Settings, wish: Wish) -> int:
    """Take in a folder and tell what became of each file; files that are no pictures make exit code 1."""
    root = root_of(wish.project) if wish.project is not None else project_here()
    if root is None:
        raise ProducerError([Diagnostic("cli/no-project", Span(str(wish.project)))])
    if not wish.folder.is_dir():
        raise ProducerError([Diagnostic("intake/no-folder", Span(wish.folder.as_posix()))])
    try:
        outcomes, idle = take_in(wish.folder, root, _words(settings), dry_run=wish.dry_run)
    except ProducerError as error:
        raise ProducerError(placed(error.diagnostics, wish.folder)) from error
    code = 0
    for outcome in outcomes:
        code = max(code, settings.console.problems(placed(outcome.problems, wish.folder)))
        tell(outcome, settings.words, as_json=wish.as_json)
    code = max(code, settings.console.problems(placed(idle, wish.folder)))
    counts = Counter(outcome.status for outcome in outcomes)
    located = sum(outcome.located for outcome in outcomes)
    if wish.as_json:
        write_json(
            {
                "event": "summary",
                **{s.value: counts[s] for s in Status},
                "located": located,
                "dry_run": wish.dry_run,
            }
        )
    words = settings.words
    told = [f"{counts[status]} {words(f'intake.{status.value}')}" for status in Status if counts[status]]
    settings.console.line(words("word.done"), " · ".join(told) or words("intake.nothing"))
    if located:
        settings.console.line("", words("intake.located", count=located))
    return code


def placed(problems: Iterable[Diagnostic], folder: Path) -> tuple[Diagnostic, ...]:
    """Return problems at their places from where the reader stands: what is taken in knows its folder alone."""
    return tuple(
        replace(one, span=replace(one.span, file=(folder / one.span.file).as_posix())) for one in problems
    )


def _words(settings: Settings) -> Callable[[Diagnostic], str]:
    def words(problem: Diagnostic) -> str:
        return render_text(problem, settings.words.language, lambda _: None)

    return words


def tell(outcome: Outcome, words: Words, *, as_json: bool) -> None:
    """Tell what became of one file."""
    if as_json:
        write_json(
            {
                "event": "picture",
                "file": outcome.sent.name,
                "status": outcome.status.value,
                "path": outcome.path,
                "problems": [problem.code for problem in outcome.problems],
                "located": outcome.located,
            }
        )
        return
    status = words(f"intake.{outcome.status.value}")
    sys.stdout.write(f"{status:<14}  {outcome.sent.name} → {outcome.path}\n")
