"""``{column | filter}`` inside a text: where it stands and what it names."""

from __future__ import annotations

import re
from collections.abc import Iterator

# What stands before a name that no row has: of who speaks, and of the day of the year that the row is about.
SPOKEN = ("organisation.", "calendar.")
PLACEHOLDER = re.compile(r"\{\{|\}\}|\{([^{}]*)\}")


def placeholders(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each ``{column | filter | …}`` of a text as column and filters."""
    for found in PLACEHOLDER.finditer(text):
        if found.group(1) is not None:
            column, *filters = (part.strip() for part in found.group(1).split("|"))
            yield column, tuple(filters)
