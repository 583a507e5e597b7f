"""The process that draws what staff type, opens what they send, and never is the web's own.

It is warm: the project stays open between two keystrokes. It is bound by `producer.requests.limits`, answers one
message at a time, and ends when whoever started it does.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from producer.build.receipt import problem_to_plain
from producer.build.worker import prepare_process
from producer.diagnostics import ProducerError
from producer.requests.draft import from_json, to_json
from producer.requests.limits import Limits, allow_cpu, confine
from producer.requests.message import Message, preview_to_plain, problems_to_plain, receive, send
from producer.requests.problem import as_read
from producer.requests.sheet import read_sheet
from producer.requests.upload import photo
from producer.requests.words import LANGUAGES
from producer.requests.workshop import Workshop

Said = dict[str, Any]


def serve(connection: Connection, project: str, limits: Limits) -> None:
    """Answer messages until the other side is gone."""
    network = confine(limits)
    prepare_process()
    workshop = Workshop(Path(project))
    warm(workshop)
    send(connection, Message({"ready": network.value}))
    while True:
        try:
            asked = receive(connection)
        except (EOFError, OSError):
            return
        allow_cpu(limits.cpu)
        send(connection, answer(workshop, asked))


def warm(workshop: Workshop) -> None:
    """Draw one piece, so that fonts and libraries are open when somebody types."""
    try:
        for kind in workshop.kinds()[:1]:
            workshop.preview(kind.example)
    except ProducerError:
        return  # the brand has a fault: it is told to whoever asks


def answer(workshop: Workshop, asked: Message) -> Message:
    """Return what is to be said to a message; a fault of ours is an answer too, and its traceback is for the log."""
    try:
        return ANSWERS[str(asked.said["ask"])](workshop, asked)
    except ProducerError as error:
        told = as_read(error.diagnostics, None, str(asked.said.get("language", "vi")))
        return Message({"refused": problems_to_plain(told)})
    except Exception as error:  # noqa: BLE001 - one bad message must not end the process
        return Message({"fault": "".join(traceback.format_exception(error))})


def _preview(workshop: Workshop, asked: Message) -> Message:
    draft = from_json(str(asked.said["draft"]))
    made = workshop.preview(draft, int(asked.said["width"]), str(asked.said["channel"]))
    return Message(preview_to_plain(made), (made.png,))


def _looks(workshop: Workshop, asked: Message) -> Message:
    cards = workshop.looks(from_json(str(asked.said["draft"])), int(asked.said["width"]))
    told = [{"look": one.look, "about": one.about, **preview_to_plain(one.preview)} for one in cards]
    return Message({"looks": told}, tuple(one.preview.png for one in cards))


def _problems(workshop: Workshop, asked: Message) -> Message:
    return Message({"problems": problems_to_plain(workshop.problems(from_json(str(asked.said["draft"]))))})


def _photo(workshop: Workshop, asked: Message) -> Message:
    upload = photo(asked.parts[0], str(asked.said["name"]))
    workshop.photos.keep(upload)
    return Message(
        {"digest": upload.digest, "width": upload.width, "height": upload.height, "located": upload.located}
    )


def _sheet(workshop: Workshop, asked: Message) -> Message:
    start = from_json(str(asked.said["draft"]))
    forms = [workshop.form(start.template, language) for language in LANGUAGES]
    read = read_sheet(asked.parts[0], str(asked.said["name"]), start, forms)
    rows = [
        {
            "line": row.line,
            "draft": to_json(row.draft),
            "problems": [problem_to_plain(one) for one in row.problems],
        }
        for row in read.rows
    ]
    problems = [problem_to_plain(one) for one in read.problems]
    return Message({"rows": rows, "columns": dict(read.columns), "problems": problems})


ANSWERS: Mapping[str, Callable[[Workshop, Message], Message]] = {
    "preview": _preview,
    "looks": _looks,
    "problems": _problems,
    "photo": _photo,
    "sheet": _sheet,
}
