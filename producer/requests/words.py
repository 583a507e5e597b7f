"""What staff read: the names of fields and channels, and problems in words without files or rows."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

LANGUAGES = ("vi", "en")


@cache
def spoken(language: str) -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Return the words of forms in one language: ``{section: {name: {"label": …, "help": …}}}``.

    Raises:
        FileNotFoundError: there is no such language.
    """
    source = resources.files("producer") / "messages" / f"form.{language}.toml"
    return tomllib.loads(source.read_text("utf-8"))


@cache
def _phrases(language: str) -> Mapping[str, str]:
    source = resources.files("producer") / "messages" / f"template.{language}.toml"
    return tomllib.loads(source.read_text("utf-8")) if source.is_file() else {}


def phrase(text: str, language: str) -> str:
    """Return what a template, a preset or a look says of itself in ``language``; as it is written where nobody knows.

    Templates are written in the language of their brand. The starter's are known in English too.
    """
    return _phrases(language).get(text, text)


def called(section: str, name: str, language: str) -> str:
    """Return the label of a name in a section; the name itself where nobody gave it one."""
    return spoken(language).get(section, {}).get(name, {}).get("label", name)


def helped(section: str, name: str, language: str) -> str:
    """Return the hint beside a name in a section; nothing where there is none."""
    return spoken(language).get(section, {}).get(name, {}).get("help", "")
