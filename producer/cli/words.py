"""The sentences of the command line in the reader's language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

LANGUAGES = ("vi", "en")
FOLDER = Path(__file__).parents[1] / "messages"


class Words:
    """Sentences by their key, ``section.key``."""

    def __init__(self, language: str) -> None:
        """Read the catalogue of a language."""
        self.language = language
        self._sentences: Mapping[str, Mapping[str, str]] = tomllib.loads(
            (FOLDER / f"ui.{language}.toml").read_text("utf-8")
        )

    def __call__(self, key: str, **facts: str | int) -> str:
        """Return a sentence with its facts filled in."""
        section, _, name = key.partition(".")
        return self._sentences[section][name].format_map(facts)

    def counted(self, count: int, thing: str) -> str:
        """Return so many of a thing: ``1 row``, ``2 rows``."""
        return f"{count} {self(f'word.{thing}' if count == 1 else f'word.{thing}s')}"


def language_of(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return the language that the command line asks for, else that of the environment, else Vietnamese.

    It is needed before the command line is parsed: help is an answer too.
    """
    asked = ""
    for before, argument in zip(("", *arguments), arguments, strict=False):
        if before == "--lang":
            asked = argument
        elif argument.startswith("--lang="):
            asked = argument.removeprefix("--lang=")
    if asked in LANGUAGES:
        return asked
    names = (environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    named = next((name for name in names if name), "")
    return "en" if named.lower().startswith("en") else "vi"
