"""`producer doctor`: whether this machine has what the program needs."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib import import_module, metadata
from pathlib import Path

import click

from producer.cli.project import root_of
from producer.cli.settings import FAILED, Settings, with_settings
from producer.cli.words import Words

# Name of the distribution → module that must be importable.
LIBRARIES = {
    "babel": "babel",
    "cryptography": "cryptography",
    "fonttools": "fontTools",
    "icalendar": "icalendar",
    "matplotlib": "matplotlib",
    "opencv-python-headless": "cv2",
    "pebble": "pebble",
    "pikepdf": "pikepdf",
    "pillow": "PIL",
    "python-calamine": "python_calamine",
    "python-pptx": "pptx",
    "segno": "segno",
    "uharfbuzz": "uharfbuzz",
    "zxing-cpp": "zxingcpp",
}
LEAST_DISK = 10**9  # bytes

Finding = tuple[bool, str]


def command(words: Words, stages: str) -> click.Command:
    """Return the command in the reader's language."""

    @with_settings("doctor", words, stages)
    def doctor(settings: Settings) -> int:
        return run_doctor(settings)

    return doctor


def run_doctor(settings: Settings) -> int:
    """Try everything once, tell what works, and exit with 1 where something is missing."""
    words, missing = settings.words, 0
    width = max(len(words("word.ok")), len(words("word.missing")))
    for good, sentence in findings(words):
        missing += not good
        if not good or not settings.console.quiet:
            mark = words("word.ok" if good else "word.missing")
            sys.stdout.write(f"{mark:<{width}}  {sentence}\n")
    settings.console.line("", words("doctor.bad", count=missing) if missing else words("doctor.good"))
    return FAILED if missing else 0


def findings(words: Words) -> Iterator[Finding]:
    """Yield what was found, one thing after the other."""
    version = ".".join(str(part) for part in sys.version_info[:3])
    yield True, words("doctor.python", version=version)
    yield from (library(name, module, words) for name, module in LIBRARIES.items())
    yield tried(_skia, words, "graphics")
    yield tried(_ffmpeg, words, "ffmpeg")
    yield from fonts(words)
    yield disk(words)


def library(name: str, module: str, words: Words) -> Finding:
    """Import a library and tell its version, or what stands in the way."""
    try:
        import_module(module)
        return True, words("doctor.library", name=name, version=metadata.version(name))
    except (ImportError, metadata.PackageNotFoundError) as error:
        return False, words("doctor.library_missing", name=name, problem=str(error))


def tried(attempt: Callable[[], str], words: Words, name: str) -> Finding:
    """Tell whether an attempt came through."""
    try:
        return True, words(f"doctor.{name}", version=attempt())
    except (ImportError, OSError, RuntimeError, subprocess.SubprocessError) as error:
        return False, words(f"doctor.{name}_missing", problem=str(error))


def _skia() -> str:
    """Draw nothing on a tiny surface: the libraries that it links to must be there for that."""
    from producer.diagnostics import ProducerError

    try:
        import_module("producer.render._skia")
    except ProducerError as error:
        raise RuntimeError(str(error.diagnostics[0].facts.get("library", error))) from error
    return metadata.version("skia-python")


def _ffmpeg() -> str:
    import imageio_ffmpeg

    call = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-version"]
    done = subprocess.run(call, capture_output=True, text=True, timeout=20, check=True)
    return done.stdout.split("\n")[0].removeprefix("ffmpeg version ").split(" ")[0]


def fonts(words: Words) -> Iterator[Finding]:
    """Open every font of the brand of the project that we stand in."""
    from fontTools.ttLib import TTFont, TTLibError

    root = root_of(Path())
    if root is None:
        yield True, words("doctor.no_brand")
        return
    count = 0
    for place in sorted((root / "brand").rglob("*.[to]tf")):
        try:
            TTFont(place, lazy=True).getBestCmap()
            count += 1
        except (TTLibError, OSError) as error:
            yield (
                False,
                words("doctor.font_missing", problem=f"{place.relative_to(root).as_posix()}: {error}"),
            )
    yield count > 0, words("doctor.fonts", count=count)


def disk(words: Words) -> Finding:
    """Tell how much room is left where we stand."""
    free = shutil.disk_usage(Path()).free
    size = f"{free / 10**9:.1f}"
    size = size.replace(".", ",") if words.language == "vi" else size
    return free >= LEAST_DISK, words("doctor.disk" if free >= LEAST_DISK else "doctor.disk_low", size=size)
