"""A document as a clip: MP4 with H.264 and AAC, and its subtitles beside it."""

from __future__ import annotations

from producer.layout.model import Cue, Document
from producer.render.clip.ffmpeg import Program, join
from producer.render.clip.frame import clip_size
from producer.render.clip.segment import render_segment, segments
from producer.render.clip.sound import clip_sound
from producer.render.metadata import mp4_box, packet
from producer.render.model import Artifact, Resources


def render_clip(document: Document, resources: Resources) -> Artifact:
    """Return the clip of a document, with as many ``pages`` as frames, and ``.srt`` where it has cues.

    The segments are encoded one after another; whoever has more cores encodes those of :func:`segments` apart
    and calls :func:`join_clip`.

    Raises:
        FfmpegError: a child failed.
        ProducerError: ``sound/unreadable``.
    """
    parts = segments(document)
    made = [render_segment(document, part.page_index, part.first, part.stop, resources) for part in parts]
    return join_clip(document, made, resources)


def join_clip(document: Document, made: list[bytes], resources: Resources) -> Artifact:
    """Return the clip whose segments are ``made``, all of them in order."""
    frames = sum(page.frames for page in document.pages)
    sound = clip_sound(document.sound, frames, document.rate, resources)
    data = join(Program(resources.ffmpeg), made, sound, frames) + mp4_box(packet(document, resources))
    extras = ((".srt", subtitles(document.cues, document.rate).encode()),) if document.cues else ()
    return Artifact(data, "video/mp4", clip_size(document), frames, extras)


def subtitles(cues: tuple[Cue, ...], rate: int) -> str:
    """Return cues in SubRip form."""
    return "\n".join(
        f"{number}\n{_clock(cue.first, rate)} --> {_clock(cue.last, rate)}\n{cue.text}\n"
        for number, cue in enumerate(cues, 1)
    )


def _clock(frame: int, rate: int) -> str:
    """A moment as SubRip writes it: ``00:00:03,200``."""
    ms = frame * 1000 // rate
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02},{ms % 1000:03}"
