"""Segments: stretches of a clip that are encoded alone, so that more cores can share them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from producer.layout.model import Document
from producer.render.clip.ffmpeg import Program, encode
from producer.render.clip.frame import ClipFrames, clip_size
from producer.render.clip.yuv import I420
from producer.render.model import Resources
from producer.render.pixel import PixelPainter

LONGEST = 4  # seconds; short enough to be shared out, long enough to pay for its first whole picture


@dataclass(frozen=True, slots=True)
class Segment:
    """Frames ``first`` to ``stop`` (excluded) of one page."""

    page_index: int
    first: int
    stop: int


def segments(document: Document) -> tuple[Segment, ...]:
    """Cut a clip at its pages, and pages of more than 4 s into nearly even parts."""
    return tuple(
        Segment(index, first, stop)
        for index, page in enumerate(document.pages)
        for first, stop in _stretches(page.frames, document.rate)
    )


def _stretches(frames: int, rate: int) -> Iterator[tuple[int, int]]:
    """Cut at whole fifths of a second, where 25 and 30 frames a second meet."""
    step = max(rate // 5, 1)
    parts = -(-frames // (LONGEST * rate))
    cuts = [frames * part // parts // step * step for part in range(parts)]
    yield from zip(cuts, [*cuts[1:], frames], strict=True)


def render_segment(document: Document, page_index: int, first: int, stop: int, resources: Resources) -> bytes:
    """Return frames ``first`` to ``stop`` (excluded) of a page as an MP4 file without sound.

    Raises:
        FfmpegError: the encoder failed.
        ValueError: a side of the canvas is odd.
    """
    frames = _frames(document, page_index, first, stop, resources)
    return encode(Program(resources.ffmpeg), clip_size(document), document.rate, frames, stop - first)


def _frames(
    document: Document, page_index: int, first: int, stop: int, resources: Resources
) -> Iterator[memoryview]:
    """Each frame as I420, in one buffer: what did not change is neither painted nor converted again."""
    picture = I420(*clip_size(document))
    frames = ClipFrames(document, page_index, PixelPainter(resources))
    for frame in range(first, stop):
        pixels, (top, bottom) = frames.show(frame)
        if bottom > top:
            picture.fill(pixels, top, bottom)
        yield picture.data
