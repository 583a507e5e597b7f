"""`producer init`: a working folder that builds."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import click

import producer
from producer.cli.settings import Settings, with_settings
from producer.cli.words import FOLDER, Words
from producer.diagnostics import Diagnostic, ProducerError, Span

PARTS = ("assets", "brand", "recipes")
FIRST = "cong-doan-2025"  # the recipe of the starter that shows every medium
README = "README.md"
ASIDE = ".aside-init"


def command(words: Words, stages: str) -> click.Command:
    """Return the command in the reader's language."""

    @with_settings("init", words, stages)
    @click.argument("folder", metavar=words("meta.dir"), type=click.Path(path_type=Path, file_okay=False))
    def init(settings: Settings, folder: Path) -> int:
        return run_init(settings, folder)

    return init


def run_init(settings: Settings, folder: Path) -> int:
    """Copy the starter into a new or empty folder and tell what to type next."""
    if folder.exists() and any(entry.name != ASIDE for entry in folder.iterdir()):
        raise ProducerError(
            [Diagnostic("cli/not-empty", Span(folder.as_posix()), {"folder": folder.as_posix()})]
        )
    copy_whole(starter(), folder)
    words, console = settings.words, settings.console
    console.line(words("word.done"), words("init.made", folder=folder.as_posix()))
    recipes = sorted(
        folder.glob("recipes/*/recipe.yaml"), key=lambda place: (place.parent.name != FIRST, place)
    )
    for recipe in recipes[:1]:
        console.line("", words("init.next", recipe=recipe.as_posix()))
    return 0


def starter() -> Path:
    """Return the folder of the starter: inside the wheel, or the checkout that producer is linked to.

    Raises:
        ProducerError: neither is there.
    """
    package = Path(producer.__file__).parent
    for place in (package / "starter", package.parent):
        if (place / "brand" / "brand.yaml").is_file():
            return place
    raise ProducerError([Diagnostic("cli/no-starter", Span(package.as_posix()))])


def copy_whole(source: Path, folder: Path) -> None:
    """Copy the starter's parts, and what tells of them, so that they appear whole: aside first, then renamed."""
    aside = folder / ASIDE
    shutil.rmtree(aside, ignore_errors=True)
    for part in PARTS:
        if (source / part).is_dir():
            shutil.copytree(source / part, aside / part, ignore=unwanted)
    aside.mkdir(exist_ok=True)
    shutil.copy(FOLDER / "starter.md", aside / README)
    for made in sorted(aside.iterdir()):
        made.rename(folder / made.name)
    aside.rmdir()


def unwanted(_folder: str, names: Iterable[str]) -> set[str]:
    """What tools and desktops leave behind is not copied."""
    return {name for name in names if name.startswith((".", "__pycache__"))}
