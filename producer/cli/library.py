"""`producer library`: everything that is done with an archive but filling it."""

from __future__ import annotations

import click

from producer.cli import Group
from producer.cli.library_rebuild import export_command, rebuild_command
from producer.cli.library_restore import restore_command, show_command
from producer.cli.library_scrub import scrub_command
from producer.cli.library_search import reindex_command, search_command
from producer.cli.settings import common
from producer.cli.words import Words

MAKERS = (
    search_command,
    show_command,
    restore_command,
    rebuild_command,
    export_command,
    scrub_command,
    reindex_command,
)


def command(words: Words, stages: str) -> click.Command:
    """Return the command in the reader's language."""
    made = [make(words, stages) for make in MAKERS]
    library = click.Option(["--library"], metavar=words("meta.library"), help=words("option.library"))
    return Group("library", made, [*common(words), library], words)
