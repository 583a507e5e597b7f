"""`producer schema`: the JSON Schema of a kind of file."""

from __future__ import annotations

import json
import sys

import click

from producer.cli.settings import Settings, with_settings
from producer.cli.words import Words

KINDS = ("recipe", "brand", "template", "organisation", "calendar", "approvers")


def command(words: Words, stages: str) -> click.Command:
    """Return the command in the reader's language."""

    @with_settings("schema", words, stages)
    @click.argument("kind", type=click.Choice(KINDS), metavar=f"{words('meta.kind')} ({' · '.join(KINDS)})")
    def schema(settings: Settings, kind: str) -> int:  # noqa: ARG001 - every command has settings
        from producer.recipe.schema import json_schema

        sys.stdout.write(json.dumps(json_schema(kind), ensure_ascii=False, indent=2) + "\n")
        return 0

    return schema
