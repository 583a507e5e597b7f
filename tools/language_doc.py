"""Write the tables of the docs: ``.venv/bin/python tools/language_doc.py [--check]``.

What stands between the markers comes from the schema and from the commands themselves, so that a key or an
option cannot be added without its line. The words around the markers are written by hand and stay.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections.abc import Iterator
from enum import Enum
from importlib import resources
from pathlib import Path
from typing import Literal, get_args, get_origin

import click
from pydantic.fields import FieldInfo

from producer.cli import COMMANDS, REAL_STAGES, Program
from producer.cli.words import Words
from producer.recipe.channel import PX_PER_MM, presets
from producer.recipe.model import Channel, Medium
from producer.recipe.schema import FILES
from producer.recipe.schema_type import Keys, Millimetres, Percent

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGES = tuple(DOCS / name for name in ("language.md", "commands.md", "channels.md"))
PART = re.compile(r"(<!-- made by tools/language_doc.py: (\S+) -->\n).*?(<!-- end -->)", re.DOTALL)
UNITS = ((Percent, "%"), (Millimetres, "mm"))
EVERYWHERE = {"--lang", "--quiet", "--verbose", "--color"}


def main() -> int:
    """Write, or with ``--check`` only say whether there is something to write."""
    parser = argparse.ArgumentParser(
        description="Write the tables of language.md, commands.md and channels.md."
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit with 1 where a table is old"
    )
    check = parser.parse_args().check
    old = [path for path in PAGES if filled(path) != path.read_text("utf-8")]
    for path in old:
        if check:
            print(f"docs/{path.name} is old: run tools/language_doc.py", file=sys.stderr)
        else:
            path.write_text(filled(path), "utf-8")
            print(f"docs/{path.name}")
    return 1 if check and old else 0


def filled(path: Path) -> str:
    """Return a page with all its parts made anew."""
    return PART.sub(
        lambda found: f"{found[1]}\n{part(found[2]).strip()}\n\n{found[3]}", path.read_text("utf-8")
    )


def part(name: str) -> str:
    """Return one part: the keys of a kind of file, the presets, or the options of a command or of all."""
    if name in FILES:
        return "\n".join(table for path, keys in sections(FILES[name]) for table in key_table(path, keys))
    if name == "channels":
        return channel_table()
    if name == "every-command":
        return option_table([p for p in command("build").params if p.opts[-1] in EVERYWHERE])
    return option_table([p for p in command(name).params if p.opts[-1] not in EVERYWHERE])


# -- keys ---------------------------------------------------------------------------------------------------------


def sections(keys: type[Keys], path: str = "") -> Iterator[tuple[str, type[Keys]]]:
    """Yield a class of keys and all classes below it, each with the path that leads there."""
    yield path, keys
    for name, field in keys.model_fields.items():
        inner, many = inside(field.annotation)
        if inner is not None:
            step = f"{field.alias or name}.NAME" if many else field.alias or name
            yield from sections(inner, f"{path}.{step}".strip("."))


def inside(annotation: object) -> tuple[type[Keys] | None, bool]:
    """Return the class of keys that a value holds, and whether by names of the author's own."""
    if isinstance(annotation, type) and issubclass(annotation, Keys):
        return annotation, False
    found = [inside(argument)[0] for argument in get_args(annotation)]
    return next((keys for keys in found if keys is not None), None), get_origin(annotation) is dict


def key_table(path: str, keys: type[Keys]) -> Iterator[str]:
    """Yield the lines of one class: heading, sentence and a row for each key."""
    about = (keys.__doc__ or "").strip()
    yield f"#### `{path}`\n\n{about}\n" if path else f"{about}\n"
    yield "| key | what it is for | example | left out |\n| --- | --- | --- | --- |"
    for name, field in keys.model_fields.items():
        key, example = field.alias or name, written(field)
        about = f"{(field.description or '').rstrip('.')}{choices(field)}"
        yield f"| `{key}` | {cell(about)} | `{cell(f'{key}: {example}')}` | {default(field)} |"
    yield ""


def written(field: FieldInfo) -> str:
    """Return a key's example as YAML; a text that begins with a brace needs quotes there."""
    example = str((field.examples or [""])[0])
    mapping, _ = inside(field.annotation)
    kinds = {get_origin(kind) for kind in (field.annotation, *get_args(field.annotation))}
    plain = mapping is None and dict not in kinds
    return f'"{example}"' if plain and example.startswith("{") else example


def cell(text: str) -> str:
    """Return a text that does not end its cell."""
    return text.replace("|", "\\|").replace("\n", " ")


def choices(field: FieldInfo) -> str:
    """Return the words that a key may hold, where they are a fixed set."""
    words = [word for word in allowed(field.annotation) if word]
    return ". One of " + " · ".join(f"`{word}`" for word in words) if words else ""


def allowed(annotation: object) -> list[str]:
    """Return the words of a literal or an enumeration anywhere inside a type."""
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return [str(member.value) for member in annotation]
    if get_origin(annotation) is Literal:
        return [str(word) for word in get_args(annotation)]
    if isinstance(annotation, type) and issubclass(annotation, Keys):
        return []
    return [word for argument in get_args(annotation) for word in allowed(argument)]


def default(field: FieldInfo) -> str:
    """Return what holds where the key is left out."""
    if field.is_required():
        return "**needed**"
    value = field.default
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if value in (None, "", (), {}) or isinstance(value, Keys):
        return "–"
    unit = next((unit for kind, unit in UNITS if kind.__metadata__[0] in field.metadata), "")
    return f"`{value:g}{unit}`" if isinstance(value, float) else f"`{value}`"


# -- channels -----------------------------------------------------------------------------------------------------


def channel_table() -> str:
    """Return a row for each preset, in the order of channels.toml."""
    listed = tomllib.loads(resources.files("producer.recipe").joinpath("channels.toml").read_text("utf-8"))
    rows = [
        f"| `{made.id}` | `{made.group}` | {listed['presets'][name]['name_vi']} | {extent(made)} "
        f"| {' · '.join(made.formats)} | {listed['presets'][name].get('certainty', '')} |"
        for name, made in presets().items()
    ]
    head = "| preset | group | for | size | formats | certainty |\n| --- | --- | --- | --- | --- | --- |"
    return "\n".join([head, *rows])


def extent(channel: Channel) -> str:
    """Return a preset's size as people know it: px, or mm and bleed in print."""
    if channel.medium is not Medium.PRINT:
        return f"{channel.size.width:g} × {channel.size.height:g} px"
    width, height, bleed = (
        round(side / PX_PER_MM, 1) for side in (channel.size.width, channel.size.height, channel.bleed)
    )
    return f"{width:g} × {height:g} mm" + (f", bleed {bleed:g} mm" if bleed else "")


# -- commands -----------------------------------------------------------------------------------------------------


def command(name: str, language: str = "en") -> click.Command:
    """Return one command, or one below it (`consent.withdraw`), as it speaks in a language."""
    group, _, below = name.partition(".")
    found = Program(Words(language), REAL_STAGES).get_command(click.Context(click.Command("producer")), group)
    if below and isinstance(found, click.Group):
        found = found.commands.get(below)
    if found is None:
        raise KeyError(name, COMMANDS)
    return found


def option_table(params: list[click.Parameter]) -> str:
    """Return a row for each option; a command without any says so."""
    options = [param for param in params if isinstance(param, click.Option)]
    if not options:
        return "No options of its own."
    rows = [f"| {' '.join(f'`{name}`' for name in o.opts)} | {cell(o.help or '')} |" for o in options]
    return "\n".join(["| option | what it does |", "| --- | --- |", *rows])


if __name__ == "__main__":
    sys.exit(main())
