"""`producer impact`: every product that a change of a profile, a unit or a dated name touches."""

from __future__ import annotations

import sys
from collections import Counter
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

import click

from producer.build.impact import Touched, known_words, touched_by
from producer.build.worker import stages_named
from producer.cli.progress import write_json
from producer.cli.project import OUT, find, project_here, recipes_of, shown
from producer.cli.settings import Settings, with_settings
from producer.cli.words import Words
from producer.diagnostics import Diagnostic, ProducerError, Span
from producer.pipeline import prepare
from producer.world import FolderWorld


class Wish(NamedTuple):
    """The options of `impact`."""

    profile: str
    recipes: tuple[Path, ...]
    out: Path | None
    as_json: bool


def command(words: Words, stages: str) -> click.Command:
    """Return the command in the reader's language."""
    path = click.Path(path_type=Path)

    @with_settings("impact", words, stages)
    @click.argument("profile", metavar=words("meta.profile"))
    @click.argument("recipes", nargs=-1, metavar=f"[{words('meta.recipe')}…]", type=path)
    @click.option("-o", "--out", type=path, metavar=words("meta.dir"), help=words("option.out"))
    @click.option("--json", "as_json", is_flag=True, help=words("option.json"))
    def impact(settings: Settings, **options: Any) -> int:  # noqa: ANN401 - click's
        return run_impact(settings, Wish(**options))

    return impact


def run_impact(settings: Settings, wish: Wish) -> int:
    """List what is touched, recipe by recipe; one that cannot be read is told, and the others are looked at."""
    places = [find(recipe) for recipe in wish.recipes] or recipes_of(project_here())
    code = 0
    known: dict[str, None] = {}
    found: list[Touched] = []
    for place in places:
        settings.console.world = world = FolderWorld(place.root)
        try:
            road = prepare(place.recipe, world, stages_named(settings.stages))
        except ProducerError as error:
            code = max(code, settings.console.problems(error.diagnostics))
            continue
        known |= dict.fromkeys(known_words(road.project.brand.organisation))
        found += touched_by(wish.profile, road, wish.out or place.root / OUT)
    if known and wish.profile not in known:
        nearest = get_close_matches(wish.profile, known, n=1)
        facts = {"name": wish.profile, "nearest": nearest[0] if nearest else "", "known": ", ".join(known)}
        raise ProducerError([Diagnostic("cli/no-profile", Span(wish.profile), facts)])
    tell_json(found) if wish.as_json else tell_people(found, settings.words)
    return code


def tell_json(found: list[Touched]) -> None:
    """Write one object for each product."""
    for one in found:
        write_json(
            {
                "event": "touched",
                "recipe": one.recipe,
                "job": one.job.id,
                "why": one.touch.value,
                "path": shown(one.place),
                "made": one.made,
            }
        )


def tell_people(found: list[Touched], words: Words) -> None:
    """Write the products recipe by recipe, and how many there are."""
    lines: list[str] = []
    for recipe, count in Counter(one.recipe for one in found).items():
        lines.append(f"{recipe} ({count})")
        for one in (one for one in found if one.recipe == recipe):
            made = words("impact.made" if one.made else "impact.planned")
            lines.append(f"  {one.job.id}  {words(f'impact.{one.touch.value}')}, {made}")
    there = sum(one.made for one in found)
    lines.append(words("impact.sum", count=len(found), made=there))
    sys.stdout.write("\n".join(lines) + "\n")
