"""All files of a request as one archive: a folder for each use, the words to post, and what to do with each."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from producer.diagnostics import Diagnostic, ProducerError, Scope, Span
from producer.recipe.channel import presets
from producer.recipe.model import Medium
from producer.requests.render import MadeFile
from producer.requests.words import called, helped, phrase
from producer.world import confined

MOST_FILES = 200
MOST_BYTES = 300_000_000
WHEN = (1980, 1, 1, 0, 0, 0)  # of every entry: the same files are the same archive
OWN = "own"  # of a channel that is no preset
POSTS = ".txt"  # beside a picture: words to post and what it shows


@dataclass(frozen=True, slots=True)
class Download:
    """What one channel takes, as staff call it."""

    group: str  # "facebook"
    label: str  # "Facebook", "In A3", "Đài truyền hình", "Chèn vào bài trình bày"
    how: str  # what to do with it
    channel: str
    files: tuple[MadeFile, ...]


def downloads(files: Iterable[MadeFile], language: str) -> tuple[Download, ...]:
    """Return files by channel, in the order in which they were made."""
    by_channel: dict[str, list[MadeFile]] = {}
    for one in files:
        by_channel.setdefault(one.channel, []).append(one)
    return tuple(_download(channel, tuple(of), language) for channel, of in by_channel.items())


def _download(channel: str, files: tuple[MadeFile, ...], language: str) -> Download:
    preset = presets().get(channel)
    group = preset.group if preset is not None and preset.group else OWN
    section = "package" if group == OWN else "group"
    return Download(group, label_of(channel, language), helped(section, group, language), channel, files)


def label_of(channel: str, language: str) -> str:
    """Return what staff call a channel: by where it goes, and of prints by their size."""
    preset = presets().get(channel)
    if preset is None or not preset.group:
        return channel
    group, name = called("group", preset.group, language), phrase(preset.name, language)
    if preset.medium is Medium.PRINT:
        return f"{group} {name[:1].lower()}{name[1:]}" if preset.group == "print" else name
    return group


def archive(folder: Path, files: Sequence[MadeFile], title: str, language: str) -> bytes:
    """Return the archive of a request; ``folder`` is where its files are.

    Raises:
        ProducerError: ``request/package-too-large``: more files or bytes than anybody downloads at once.
        OSError: a file is gone.
    """
    size = sum(one.bytes for one in files)
    if len(files) > MOST_FILES or size > MOST_BYTES:
        most = {"most": MOST_BYTES // 10**6, "most_files": MOST_FILES}
        facts = {"count": len(files), "size": size // 10**6, **most}
        raise ProducerError([Diagnostic("request/package-too-large", Span(""), facts, scope=Scope.ROW)])
    made = io.BytesIO()
    found = downloads(files, language)
    with zipfile.ZipFile(made, "w") as packed:
        _write(
            packed,
            f"{_name('readme', language)}.txt",
            readme(found, title, folder, language).encode("utf-8-sig"),
        )
        for download in found:
            for one in download.files:
                place = folder / confined(one.path)
                _write(packed, f"{safe(download.label)}/{PurePosixPath(one.path).name}", place.read_bytes())
    return made.getvalue()


def _name(word: str, language: str) -> str:
    return safe(called("package", f"{word}_file", language))


def safe(label: str) -> str:
    """Return a label as a folder of every system may be called."""
    kept = "".join(letter if letter.isalnum() or letter in " ,.-×" else "-" for letter in label)
    return kept.strip(" .") or "-"


def _write(packed: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, WHEN)
    entry.compress_type = zipfile.ZIP_DEFLATED if name.endswith((".txt", ".svg")) else zipfile.ZIP_STORED
    entry.external_attr = 0o644 << 16
    packed.writestr(entry, data)


def readme(found: Sequence[Download], title: str, folder: Path, language: str) -> str:
    """Return the text that says which file goes where, what to post, and what each picture shows."""
    lines = [called("package", "readme", language), title, "", f"[{called('package', 'where', language)}]"]
    for download in found:
        names = ", ".join(PurePosixPath(one.path).name for one in download.files)
        lines += ["", f"{download.label}: {names}", *([download.how] if download.how else [])]
    lines += ["", called("package", "unchanged", language)]
    posts = [one for download in found for one in download.files if one.path.endswith(POSTS)]
    if posts:  # words to post, and below them what the picture shows
        lines += ["", (folder / confined(posts[0].path)).read_text("utf-8").strip()]
    elif alts := list(dict.fromkeys(one.alt for download in found for one in download.files if one.alt)):
        lines += ["", f"[{called('package', 'alt', language)}]", *alts]
    return "\n".join(lines) + "\n"
