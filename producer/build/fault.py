"""What failed beside what people wrote: the encoder, the disk. Anything else is a bug and keeps its traceback."""

from __future__ import annotations

import errno
import signal
from contextlib import suppress

from producer.build.lost import StoreLostError
from producer.diagnostics import Diagnostic, Scope, Span
from producer.render.model import FfmpegError

OF_A_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}


def encoder_problem(error: Exception, recipe: str, job: str) -> Diagnostic | None:
    """Return what is said of an encoder that failed, or nothing where ``error`` is another one."""
    if not isinstance(error, FfmpegError):
        return None
    log = error.log

    def problem(code: str, **facts: str | int) -> Diagnostic:
        return Diagnostic(code, Span(recipe), {"job": job, **facts, "log": log}, scope=Scope.ROW)

    if error.status is None:
        return problem("build/ffmpeg-missing", reason=log.splitlines()[-1])
    if error.frames is not None:
        return problem("build/ffmpeg-frames", written=error.frames[0], expected=error.frames[1])
    if error.status < 0:
        return problem("build/ffmpeg-killed", signal=_name(-error.status))
    return problem("build/ffmpeg-failed", status=error.status)


def _name(number: int) -> str:
    with suppress(ValueError):
        return signal.Signals(number).name
    return str(number)


def lost_disk(error: Exception) -> StoreLostError | None:
    """Return what is said of a disk that is full or broken, or nothing where ``error`` is another one.

    Rendering writes to the system's folder of passing files too, which may lie on that disk.
    """
    if isinstance(error, StoreLostError):
        return error
    if isinstance(error, OSError) and error.errno in OF_A_DISK:
        return StoreLostError.of(error)
    return None
