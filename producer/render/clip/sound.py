"""The sound of a clip: as long as its pictures, faded, at the loudness that platforms expect."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from producer.diagnostics import Diagnostic, ProducerError, Span
from producer.render.clip.ffmpeg import SAMPLE_RATE, Program, decode_sound, limit_sound, loudness
from producer.render.model import FfmpegError, Resources
from producer.scene.model import Sound

TARGET_LUFS = -14.0  # what the large platforms play at; louder is turned down by them
# Below the -1 dBTP of the delivery, because AAC overshoots by up to half a dB.
CEILING_DB = -2.0
FADE_IN, FADE_OUT = 0.3, 1.2  # seconds
NEAR = 0.3  # LU; the limiter takes some loudness away, so the gain is tried again until this near
KINDS = {b"fLaC": "flac", b"RIFF": "wav"}

Samples = NDArray[np.float32]  # (samples, 2) at 48 kHz


def clip_sound(sound: Sound | None, frames: int, rate: int, resources: Resources) -> bytes:
    """Return raw 48 kHz stereo floats as long as ``frames``; silence where there is no sound.

    Raises:
        ProducerError: ``sound/unreadable``; it is no FLAC or WAV, or has nothing in it.
    """
    length = frames * SAMPLE_RATE // rate
    if sound is None:
        return bytes(length * 2 * 4)
    program = Program(resources.ffmpeg)
    samples = _faded(_looped(_decoded(sound, length, program, resources), length))
    return _levelled(samples, program)


def _decoded(sound: Sound, length: int, program: Program, resources: Resources) -> Samples:
    data = resources.read_bytes(sound.path)
    kind = KINDS.get(data[:4])
    try:
        raw = decode_sound(program, data, kind, length / SAMPLE_RATE) if kind else b""
    except FfmpegError as error:
        if error.status is None or error.status < 0:
            raise  # it was not started, or was killed: that says nothing of the file
        raise _unreadable(sound) from error
    if not raw:
        raise _unreadable(sound)
    return np.frombuffer(raw, "<f4").reshape(-1, 2)


def _unreadable(sound: Sound) -> ProducerError:
    return ProducerError([Diagnostic("sound/unreadable", Span(sound.path), {"path": sound.path})])


def _looped(samples: Samples, length: int) -> Samples:
    times = -(-length // len(samples))
    return np.tile(samples, (times, 1))[:length]


def _faded(samples: Samples) -> Samples:
    """In at the start and out at the end, by quarter sines; a clip shorter than both fades keeps their ratio."""
    whole = min(1.0, len(samples) / SAMPLE_RATE / (FADE_IN + FADE_OUT))
    curve = np.ones(len(samples), np.float32)
    for seconds, way in ((FADE_IN, 1), (FADE_OUT, -1)):
        count = int(seconds * whole * SAMPLE_RATE)
        curve[::way][:count] *= np.sin(np.linspace(0, np.pi / 2, count, dtype=np.float32))
    return samples * curve[:, None]


def _levelled(samples: Samples, program: Program) -> bytes:
    """One static gain, then a limiter for the peaks: the dynamics inside the music stay as they are."""
    quiet = np.ascontiguousarray(samples, "<f4").tobytes()
    measured, _ = loudness(program, quiet)
    if measured < -60:
        return quiet
    gain, out = TARGET_LUFS - measured, quiet
    for _ in range(4):
        out = limit_sound(program, quiet, gain, 10 ** (CEILING_DB / 20))[: len(quiet)]
        out += bytes(len(quiet) - len(out))
        off = TARGET_LUFS - loudness(program, out)[0]
        if abs(off) < NEAR:
            break
        gain += off
    return out
