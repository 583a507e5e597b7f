"""Streams that outlive their readers: whoever reads us may stop reading, and the work goes on."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TextIO, cast


class Patient:
    """A text stream that falls silent, and raises nothing, once nobody reads it any more.

    `producer build … | head -1` must still make every file and still end with the exit code of the build.
    """

    def __init__(self, stream: TextIO) -> None:
        """Take the stream to write to; letters that it does not know are written as their numbers."""
        self._stream = stream
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")

    def write(self, text: str) -> int:
        """Write, unless nobody reads."""
        with self._unread():
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Hand on what was written, unless nobody reads."""
        with self._unread():
            self._stream.flush()

    def _unread(self) -> _Silence:
        return _Silence(self._stream)

    def __getattr__(self, name: str) -> object:
        """Everything else is the stream's own."""
        return getattr(self._stream, name)


class _Silence(suppress):
    """Swallows that a stream is closed, and sends what is still buffered nowhere."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__(BrokenPipeError, ValueError)  # ValueError: somebody closed the stream itself
        self._stream = stream

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> bool:
        if kind is not None and issubclass(kind, BrokenPipeError):
            # What waits in the buffer is written when the interpreter ends; it must go somewhere.
            with suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), self._stream.fileno())
        return super().__exit__(kind, *rest)  # type: ignore[arg-type]  # as suppress has it


def outlive_readers() -> None:
    """Make stdout and stderr patient; one that was closed before we began writes nowhere."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name) or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - to the end
        if not isinstance(stream, Patient):
            setattr(sys, name, cast("TextIO", Patient(stream)))
