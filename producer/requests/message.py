"""What goes between web and worker: JSON, and bytes beside it. Nothing is pickled: either side may have been taken."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from multiprocessing.connection import Connection
from typing import Any

from producer.diagnostics import Level
from producer.requests.problem import FieldProblem
from producer.requests.workshop import Preview

MOST_BYTES = 64_000_000  # of one message
MOST_PARTS = 32


@dataclass(frozen=True, slots=True)
class Message:
    """One thing said."""

    said: dict[str, Any]
    parts: tuple[bytes, ...] = ()


def send(connection: Connection, message: Message) -> None:
    """Say something; raises OSError where nobody listens any more."""
    head = json.dumps({"said": message.said, "parts": len(message.parts)}, ensure_ascii=False)
    connection.send_bytes(head.encode())
    for part in message.parts:
        connection.send_bytes(part)


def receive(connection: Connection) -> Message:
    """Hear what the other side says.

    Raises:
        EOFError, OSError: it is gone, or says more than it may.
        ValueError, KeyError, TypeError: it does not speak as we do.
    """
    head = json.loads(connection.recv_bytes(MOST_BYTES))
    count = int(head["parts"])
    if not 0 <= count <= MOST_PARTS:
        raise ValueError("parts")
    return Message(dict(head["said"]), tuple(connection.recv_bytes(MOST_BYTES) for _ in range(count)))


def problems_to_plain(problems: Sequence[FieldProblem]) -> list[dict[str, Any]]:
    """Return problems as JSON takes them."""
    return [
        {one.name: getattr(problem, one.name) for one in fields(problem)} | {"level": problem.level.value}
        for problem in problems
    ]


def problems_from_plain(said: Sequence[dict[str, Any]]) -> tuple[FieldProblem, ...]:
    """Return the problems that :func:`problems_to_plain` wrote."""
    return tuple(FieldProblem(**{**one, "level": Level(one["level"])}) for one in said)


def preview_to_plain(preview: Preview) -> dict[str, Any]:
    """Return a preview without its picture."""
    return {
        "problems": problems_to_plain(preview.problems),
        "line_breaks": {item: list(lines) for item, lines in preview.line_breaks.items()},
        "borrowed": list(preview.borrowed),
    }


def preview_from_plain(said: dict[str, Any], png: bytes) -> Preview:
    """Return the preview that :func:`preview_to_plain` wrote, with its picture."""
    breaks = {str(item): tuple(map(str, lines)) for item, lines in said["line_breaks"].items()}
    return Preview(png, problems_from_plain(said["problems"]), breaks, tuple(map(str, said["borrowed"])))
