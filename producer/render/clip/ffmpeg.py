"""The one door to ffmpeg: its command lines, and how it is run.

Every graph is a value of ffmpeg-python, compiled to an argument list; no shell, no name that a user wrote. Formats
are named and never guessed, and no protocol but files and pipes is open, so that no file makes ffmpeg open another.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import ffmpeg
import imageio_ffmpeg

from producer.render.model import FfmpegError

Bytes = bytes | memoryview
SAFE = {"protocol_whitelist": "file,pipe"}
EXACT = {"fflags": "+bitexact", "map_metadata": -1}
SAMPLE_RATE = 48_000
# As a filter, because the encoder takes them from the frames, and raw frames say nothing of colour.
COLOUR = {"colorspace": "bt709", "color_primaries": "bt709", "color_trc": "bt709", "range": "tv"}
TICKS = 512  # of the clock, to a frame
RAW_SOUND = {"f": "f32le", "ar": SAMPLE_RATE, "ac": 2}
# Measured on zooming photographs, docs/clips.md: the bytes and likeness of veryfast in half its time. A segment
# has no cuts inside and moves slowly, so nothing is looked for that is not there. aq-mode 3 spares the dark grounds.
PRESET, CRF = "superfast", 19
X264 = (
    "open-gop=0:force-cfr=1:mbtree=1:rc-lookahead=12:aq-mode=3:scenecut=0:b-adapt=0:weightp=0:me=dia:subme=1"
)
PR_SET_PDEATHSIG = 1  # prctl(2)


@dataclass(frozen=True, slots=True)
class Program:
    """Where ffmpeg is; empty for the one of imageio-ffmpeg."""

    path: str = ""

    def command(self, graph: Any, *, level: str = "error") -> list[str]:  # noqa: ANN401 — ffmpeg-python has no types
        """The argument list of a graph."""
        program = self.path or imageio_ffmpeg.get_ffmpeg_exe()
        quiet = ("-hide_banner", "-nostdin", "-nostats", "-loglevel", level, "-y")
        return list(map(str, graph.global_args(*quiet).compile(cmd=program)))


@dataclass(frozen=True, slots=True)
class Said:
    """What a program wrote to its two outputs."""

    out: bytes
    err: str


def run(command: list[str], sent: Iterable[Bytes] = (), folder: Path | None = None) -> Said:
    """Run a command line in ``folder``, sending pieces to its standard input, and wait for it.

    It runs in a process group of its own, which ends with us: on every way out of here, and on Linux also when
    this process is killed.

    Raises:
        FfmpegError: it could not be started, or ended with another status than 0.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = _start(command, out, err, folder)
        try:
            _send(child, sent)
            status = child.wait()
        finally:
            _end(child)
        said = Said(_content(out), _content(err).decode("utf-8", "replace"))
    if status:
        raise FfmpegError(command, status, said.err)
    return said


def _start(
    command: list[str], out: IO[bytes], err: IO[bytes], folder: Path | None
) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=out, stderr=err, cwd=folder,
            start_new_session=True, preexec_fn=_die_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509
        )  # fmt: skip
    except OSError as error:  # it is not there, or no program
        raise FfmpegError(command, None, str(error)) from error


def _send(child: subprocess.Popen[bytes], sent: Iterable[Bytes]) -> None:
    """Feed a child. One that stops reading has failed, which its status will say."""
    assert child.stdin is not None  # noqa: S101 — it was asked for
    with suppress(BrokenPipeError):
        for piece in sent:
            child.stdin.write(piece)
        child.stdin.close()


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        if sys.platform == "win32":
            child.kill()
        else:
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    if child.stdin is not None:
        with suppress(OSError):  # what was left to send has nobody to go to
            child.stdin.close()


def _content(file: Any) -> bytes:  # noqa: ANN401 — TemporaryFile has no public type
    file.seek(0)
    return bytes(file.read())


def _die_with_parent() -> None:
    """Between fork and exec: have the kernel end the child when we are killed without a chance to do it."""
    _LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


_LIBC: Any = ctypes.CDLL(None) if sys.platform == "linux" else None


def encode(program: Program, size: tuple[int, int], rate: int, frames: Iterable[Bytes], count: int) -> bytes:
    """Return ``count`` I420 frames as one closed group of pictures in an MP4 file.

    One encoder thread: more of them change the pixels.

    Raises:
        FfmpegError: it failed, or wrote another number of frames.
    """
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "segment.mp4"
        source = ffmpeg.input(
            "pipe:0", f="rawvideo", pix_fmt="yuv420p", s=f"{size[0]}x{size[1]}", r=rate, **SAFE
        ).filter("setparams", **COLOUR)
        options = {
            "c:v": "libx264", "preset": PRESET, "crf": CRF, "profile:v": "high", "pix_fmt": "yuv420p", "threads": 1,
            "g": 4 * rate, "x264-params": X264, "flags": "+bitexact+cgop",
            "video_track_timescale": TICKS * rate, "progress": "pipe:1", "f": "mp4", **EXACT,
        }  # fmt: skip
        command = program.command(source.output(str(place), **options))
        said = run(command, frames)
        _expect(command, said, count)
        return place.read_bytes()


def join(program: Program, segments: Iterable[bytes], sound: Bytes, frames: int) -> bytes:
    """Return segments one after the other, not encoded again, with raw 48 kHz stereo floats as their AAC track.

    Raises:
        FfmpegError: it failed, or the file has another number of frames.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = []
        for number, data in enumerate(segments):
            (folder / f"{number:04}.mp4").write_bytes(data)
            lines.append(f"file '{number:04}.mp4'\n")
        (folder / "list.txt").write_text("".join(lines), "ascii")
        pictures = ffmpeg.input("list.txt", f="concat", safe=1, **SAFE)
        music = ffmpeg.input("pipe:0", **RAW_SOUND, **SAFE)
        options = {
            "c:v": "copy", "bsf:v": f"setts=pts={on_frame('PTS')}:dts={on_frame('DTS')}",
            "c:a": "aac", "b:a": "192k", "ar": SAMPLE_RATE, "ac": 2, "flags:a": "+bitexact", "threads": 1,
            "movflags": "+faststart", "progress": "pipe:1", "f": "mp4", **EXACT,
        }  # fmt: skip
        command = program.command(ffmpeg.output(pictures.video, music.audio, "clip.mp4", **options))
        said = run(command, (sound,), folder)
        _expect(command, said, frames)
        return (folder / "clip.mp4").read_bytes()


def on_frame(stamp: str) -> str:
    """A time brought to its frame: ffmpeg adds up the lengths of files in whole µs, which 1/30 s is not."""
    return f"round({stamp}/{TICKS})*{TICKS}"


def _expect(command: list[str], said: Said, frames: int) -> None:
    """Hold the number of frames that ffmpeg counted at its end against the number it should have been."""
    counted = [line for line in said.out.decode("ascii").splitlines() if line.startswith("frame=")]
    written = int(counted[-1].removeprefix("frame=")) if counted else 0
    if written != frames:
        raise FfmpegError(command, 0, said.err, (written, frames))


def decode_sound(program: Program, data: bytes, kind: str, seconds: float) -> bytes:
    """Return the first seconds of a sound file of ``kind`` (flac, wav) as raw 48 kHz stereo floats."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "sound").write_bytes(data)
        source = ffmpeg.input("sound", f=kind, t=seconds, **SAFE).audio
        command = program.command(source.output("pipe:1", **RAW_SOUND, **EXACT))
        return run(command, (), Path(folder)).out


def limit_sound(program: Program, sound: Bytes, gain_db: float, ceiling: float) -> bytes:
    """Return raw sound louder by ``gain_db``, its peaks held under ``ceiling`` (1 is full scale).

    Four times oversampled, since peaks between the samples count too.
    """
    source = ffmpeg.input("pipe:0", **RAW_SOUND, **SAFE).audio
    limited = (
        source.filter("volume", f"{gain_db:.4f}dB", precision="float")
        .filter("aresample", 4 * SAMPLE_RATE)
        .filter("alimiter", limit=f"{ceiling:.4f}", attack=5, release=80, level=0, latency=1)
        .filter("aresample", SAMPLE_RATE)
    )
    return run(program.command(limited.output("pipe:1", **RAW_SOUND, **EXACT)), (sound,)).out


def loudness(program: Program, sound: Bytes) -> tuple[float, float]:
    """Return the integrated loudness in LUFS and the true peak in dBTP of raw sound, after EBU R 128.

    Raises:
        FfmpegError: it failed, or measured nothing.
    """
    source = ffmpeg.input("pipe:0", **RAW_SOUND, **SAFE).audio.filter(
        "ebur128", peak="true", framelog="quiet"
    )
    command = program.command(source.output("pipe:1", f="null"), level="info")
    said = run(command, (sound,)).err
    _, found, summary = said.rpartition("Summary:")
    if not found:
        raise FfmpegError(command, 0, said)
    pairs = (line.strip().split(":") for line in summary.splitlines() if line.count(":") == 1)
    figures = {name.strip(): words for name, words in pairs}
    return _figure(figures["I"]), _figure(figures["Peak"])


def _figure(words: str) -> float:
    return float(words.split(maxsplit=1)[0])
